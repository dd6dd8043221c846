"""Guides are data that a helper and an old phone can rely on."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from dinhlang.onestop.models import SupportMatter
from dinhlang.onestop.support import guides
from dinhlang.onestop.support.guides import Guide
from dinhlang.onestop.support.screens import LONGEST, screen_svg

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("guide", guides.all_guides(), ids=lambda one: one.id)
def test_a_guide_is_short_told_in_steps_and_says_how_far_it_was_checked(guide: Guide) -> None:
    assert guide.version >= 1
    assert guide.sources
    assert guide.unsure
    assert guide.needed
    keys = [step.key for step in guide.steps]
    assert len(keys) == len(set(keys))
    assert 3 <= len(keys) <= 9
    for step in guide.steps:
        assert re.fullmatch(r"[a-z0-9-]+", step.key)
        # A step is read at a glance, in large type on an old phone.
        assert len(step.title) <= 45
        assert len(step.words) <= 200
        assert len(step.note) <= 160
        assert guides.step_named(guide.name_of(step)) == (guide, step, keys.index(step.key) + 1)


@pytest.mark.parametrize("guide", guides.all_guides(), ids=lambda one: one.id)
def test_every_screen_marks_one_place_and_tells_it_in_words(guide: Guide) -> None:
    for step in guide.steps:
        screen = step.screen
        assert [words for _kind, words in screen.rows].count(screen.press) == 1
        assert all(len(words) <= LONGEST for words in (screen.title, *(one for _kind, one in screen.rows)))
        assert screen.press in screen.words
        drawn = etree.fromstring(screen_svg(screen, plain=True))
        assert drawn.get("aria-label") == screen.words
        assert "var(" not in screen_svg(screen, plain=True)


def test_there_is_a_guide_for_what_people_are_helped_with_most() -> None:
    matters = {one.matter for one in guides.all_guides()}
    assert matters == set(SupportMatter) - {SupportMatter.SIGNATURE, SupportMatter.OTHER}
    assert guides.step_named("vneid") is None
    assert guides.guide_named("../vneid") is None
