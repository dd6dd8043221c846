"""What every page of the desk has: a name, one heading, help in two sentences, nothing that the policy forbids."""

from __future__ import annotations

import re
from typing import Any

from lxml import html

SENTENCE = re.compile(r"[.?](?:\s|$)")
# What a script element may hold that is no script.
DATA = {"application/json", "application/ld+json"}


def of(answer: Any) -> html.HtmlElement | None:
    """The page that was answered; `None` for a file or a part of a page."""
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return None
    tree = html.fromstring(answer.content)
    return tree if tree.xpath("//body[contains(@class, 'framed')]") else None


def faults_of(answer: Any) -> list[str]:
    """What the page lacks, or has and must not; nothing where the answer is no page."""
    tree = of(answer)
    if tree is None:
        return []
    found = []
    headings = [one.text_content().strip() for one in tree.xpath("//h1")]
    if len(headings) != 1 or not headings[0]:
        found.append(f"one heading, not {headings}")
    if tree.get("lang") != "vi" or tree.xpath("string(//title)").strip().startswith("–"):
        found.append("language and title")
    said = tree.xpath("string(//details[@class='help']/p)").strip()
    if len(SENTENCE.findall(said)) != 2:
        found.append(f"help in two sentences, not {said!r}")
    if tree.xpath("//*[@style] | //style") or any(
        one.attrname.startswith("on") for one in tree.xpath("//@*")
    ):
        found.append("style or script in the page, which the policy forbids")
    if [one for one in tree.xpath("//script[not(@src)]") if one.get("type") not in DATA]:
        found.append("a script in the page")
    return found
