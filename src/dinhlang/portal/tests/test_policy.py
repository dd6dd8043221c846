"""Every page keeps the policy: nothing inline, nothing from outside, and no answer without the header."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from dinhlang.portal.tests.test_permission_matrix import MATRIX, address

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

STRICT = {"default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "object-src": "'none'"}
DATA_BLOCKS = {"application/json"}


class Inline(HTMLParser):
    """What of a page the policy would stop, or would lead out of the house."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS
        ):
            self.found.append(tag)
        loaded = [given.get("src", "")] + ([given.get("href", "")] if tag == "link" else [])
        self.found += [f"{tag} {one}" for one in loaded if re.match(r"(https?:)?//", one)]


def policy(header: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in parts}


def test_every_page_of_the_desk_keeps_the_policy(world: World) -> None:
    people = [world.signed_in(who) for who in ("chu-tich", "quan-tri", "van-hoa")]
    pages = 0
    for name in MATRIX:
        for person in people:
            answer = person.get(address(name, world))
            header = answer.headers["Content-Security-Policy"]
            if "default-src 'none'" in header:
                # A document or a file that a room shows in a box of its own: stricter, and its own styles.
                assert "script-src" not in header, name
                continue
            assert STRICT.items() <= policy(header).items(), name
            assert "unsafe" not in header, name
            if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
                reader = Inline()
                reader.feed(answer.content.decode())
                assert reader.found == [], name
                pages += answer.status_code == 200
                if answer.status_code == 200:
                    break
    assert pages > 30


def test_a_reader_of_the_test_sees_what_the_policy_stops() -> None:
    reader = Inline()
    reader.feed(
        '<p style="x" onclick="y"></p><style></style><script>z</script><script src="//a.vn/b.js"></script>'
        '<script type="application/json">{}</script><link href="https://a.vn/c.css">'
    )
    assert reader.found == [
        "p style",
        "p onclick",
        "style",
        "script",
        "script //a.vn/b.js",
        "link https://a.vn/c.css",
    ]
