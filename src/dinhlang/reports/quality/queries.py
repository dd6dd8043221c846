"""What our own registers say of each part: a count over a count, and the page where the counted stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from dinhlang.citizens import queries as citizens
from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys.queries import results_of
from dinhlang.onestop import queries as onestop
from dinhlang.org.models import Unit
from dinhlang.procedures import queries as procedures
from dinhlang.procedures.models import Version
from dinhlang.procedures.rules import Level
from dinhlang.reports.quality.rules import Measured


def measured(unit: Unit, first: date, last: date, *, at: datetime) -> Mapping[str, Measured | None]:
    """Every measure there is, of a unit over days; None where nothing is kept to count over."""
    dossiers = onestop.figures(unit, first, last)
    solved = onestop.counted(unit, first, last, ("early", "on_the_day", "late", "untimed")).count()
    electronic = onestop.counted(unit, first, last, ("electronic",)).count()
    feedback = citizens.statistics(unit, since=first, until=last, at=at)
    return {
        "posted": _posted(unit, last),
        "in-time": _over(dossiers.in_time, dossiers.in_time + dossiers.late),
        "electronic-results": _over(electronic, solved),
        "online-procedures": _online(unit, last),
        "online-dossiers": _over(dossiers.online, dossiers.received),
        "satisfied": _satisfied(unit, first, last),
        "answered-in-time": _over(feedback.on_time, feedback.on_time + feedback.late),
        "content-with-answers": _over(feedback.content, feedback.rated),
    }


def places(unit: Unit, first: date, last: date) -> Mapping[str, str]:
    """Where what a measure counts can be looked at."""
    days = urlencode({"unit": unit.pk, "first": first, "last": last})
    received = urlencode({"unit": unit.pk, "since": first, "until": last})
    body = urlencode({"unit": unit.pk})

    def behind(column: str) -> str:
        return f"{reverse('onestop:behind', args=[column])}?{days}"

    return {
        "posted": f"{reverse('procedures:postings')}?{body}",
        "in-time": behind("trong-han"),
        "electronic-results": behind("ban-dien-tu"),
        "online-procedures": f"{reverse('procedures:list')}?{body}",
        "online-dossiers": behind("4"),
        "satisfied": f"{reverse('surveys:list')}?{body}",
        "answered-in-time": f"{reverse('citizens:figures')}?{received}",
        "content-with-answers": f"{reverse('citizens:figures')}?{received}",
    }


def _over(reached: int, whole: int) -> Measured | None:
    return Measured(reached, whole) if whole else None


def _posted(unit: Unit, on: date) -> Measured | None:
    """Of the procedures that the commune receives dossiers for those that hang in every place; None without a place."""
    states = procedures.place_states(unit, on)
    if not states:
        return None
    wanted = _received_here(unit, on)
    waiting = {one.version.pk for state in states for one in state.to_hang}
    return _over(sum(1 for one in wanted if one.pk not in waiting), len(wanted))


def _online(unit: Unit, on: date) -> Measured | None:
    """Of the same procedures those that can be done online, wholly or in part."""
    wanted = _received_here(unit, on)
    return _over(sum(1 for one in wanted if one.online != Version.Online.NONE), len(wanted))


def _received_here(unit: Unit, on: date) -> list[Version]:
    return [
        one
        for one in procedures.standing_versions(unit, on)
        if not one.levels or f",{Level.COMMUNE}," in one.levels
    ]


def _satisfied(unit: Unit, first: date, last: date) -> Measured | None:
    """Answers that say satisfied or very satisfied, in the rounds that closed within the days and have enough of them."""
    reached = whole = 0
    rounds = SurveyRound.objects.filter(unit=unit, closes_on__range=(first, last), results__isnull=False)
    for one in rounds.select_related("version"):
        found = results_of(one)
        if found.is_shown and found.satisfied_of:
            reached, whole = reached + (found.satisfied or 0), whole + found.satisfied_of
    return _over(reached, whole)
