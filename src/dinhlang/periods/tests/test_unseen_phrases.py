"""Phrases as plan appendices and titles have them, with what an examiner expected before they were first read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinhlang.periods import schedule
from dinhlang.periods.identifier import find_period

UNSEEN = Path(__file__).parent / "unseen"


def rows(name: str) -> list[list[str]]:
    return [line.split("|") for line in (UNSEEN / name).read_text(encoding="utf-8").splitlines()]


SCHEDULES = rows("schedules.psv")
PERIODS = rows("periods.psv")


def test_there_are_as_many_phrases_as_were_written():
    assert len(SCHEDULES) > 220
    assert len(PERIODS) > 80


@pytest.mark.parametrize(("text", "kind", "period", "rrule", "deadline"), SCHEDULES)
def test_a_phrase_of_an_appendix_is_read(text, kind, period, rrule, deadline):
    read = schedule.to_json(schedule.parse(text, 2026))

    assert (read["kind"], read["rrule"] or "", read["deadline"] or "") == (kind, rrule, deadline)
    if kind != "range" or period:
        assert (read["period"] or "") == period


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_a_title_names_its_period(text, period):
    assert str(find_period(text) or "") == period
