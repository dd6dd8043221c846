"""Real recognising of drawn papers: cards on a table, in a letter, and what must not be taken for one."""

from __future__ import annotations

from functools import partial

import pytest
from PIL import Image

from dinhlang.citizens.actions.looking import look, shows_identity_paper
from dinhlang.citizens.keeping import made_fit
from dinhlang.citizens.tests.drawn_papers import (
    BACK,
    OLD,
    POSTER,
    card,
    copied,
    jpeg,
    pdf,
    photographed,
    sheet,
)
from dinhlang.officialdoc.read.pages import ocr

pytestmark = [pytest.mark.ocr, pytest.mark.font]

LYING = {
    "on its side": {"turned": 90},
    "on its head": {"turned": 180},
    "askew on its side": {"turned": 75},
    "small": {"share": 0.36},
    "in the evening": {"light": 0.22, "noise": 4},
    "grainy": {"noise": 18},
}


@pytest.mark.parametrize("how", LYING)
def test_a_card_is_known_however_it_lies(how: str) -> None:
    assert ocr.is_there()
    photo = made_fit(jpeg(photographed(card(), **LYING[how]))).data  # type: ignore[arg-type]
    assert shows_identity_paper(photo)


@pytest.mark.parametrize("lines", [OLD, BACK], ids=["old", "back"])
def test_other_papers_and_the_back_are_known(lines: object) -> None:
    assert shows_identity_paper(jpeg(photographed(card(lines), turned=-8)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "picture",
    [
        lambda: photographed(sheet(), turned=90, share=0.5),
        lambda: photographed(sheet(POSTER).crop((0, 0, 1654, 700))),
        lambda: photographed(Image.new("RGB", (1000, 630), "#6f7f5a")),
    ],
    ids=["letter on a table", "poster on a table", "nothing"],
)
def test_a_letter_with_its_writers_number_and_a_poster_about_cards_pass(
    picture: partial[Image.Image],
) -> None:
    assert not shows_identity_paper(jpeg(picture()))


def test_the_page_of_a_letter_that_shows_a_card_is_named() -> None:
    scan = made_fit(
        pdf(sheet(), copied(card(), card(BACK)), sheet(POSTER), copied(card(OLD)).rotate(90, expand=True))
    )
    seen = look(scan)
    assert (seen.papers, seen.pages, seen.total) == ((2, 4), 4, 4)
