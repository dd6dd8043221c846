"""What every page of the desk has: a name, one heading, help in two sentences, nothing that the policy forbids."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from lxml import html

from dinhlang.portal.tests.test_permission_matrix import MATRIX, address

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

SENTENCE = re.compile(r"[.?](?:\s|$)")


def page_of(world: World, name: str) -> html.HtmlElement | None:
    """The page at that address for someone of the cast who may see it; `None` for a file or a part of a page."""
    who = next((person for person in sorted(MATRIX[name]) if MATRIX[name][person] == 200), None)
    if who is None:
        return None
    answer = world.signed_in(who).get(address(name, world))
    if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
        return None
    tree = html.fromstring(answer.content)
    return tree if tree.xpath("//body[contains(@class, 'framed')]") else None


# What a script element may hold that is no script.
DATA = {"application/json", "application/ld+json"}


def faults_of(tree: html.HtmlElement) -> list[str]:
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


@pytest.mark.parametrize("name", MATRIX)
def test_a_page_says_what_it_is_for_and_carries_nothing_forbidden(world: World, name: str) -> None:
    tree = page_of(world, name)
    assert tree is None or faults_of(tree) == []


def test_the_pages_are_looked_at(world: World) -> None:
    looked_at = (name for name in MATRIX if page_of(world, name) is not None)
    assert len(list(islice(looked_at, 21))) == 21
