"""What the first page of a site says of contests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.timezone import localdate

from dinhlang.citizens.contests import queries
from dinhlang.portal.kept.recording import note
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place


@dataclass(frozen=True, slots=True)
class Told:
    """A contest by its days: the page is made anew each day, so it says nothing of hours."""

    title: str
    address: str
    first: date
    last: date
    is_over: bool
    results: tuple[tuple[int, str], ...]


def for_home(place: Place, on: date) -> list[Told]:
    """The contests that run or ended lately, each with the results there are."""
    site = place.to.site
    note(f"contests:{site.unit_id}")
    told = []
    for contest, held in groupby(queries.for_everyone(site.unit_id, on), key=lambda one: one.contest):
        weeks = list(held)
        last = localdate(queries.ends_at(weeks[-1]))
        told.append(
            Told(
                contest.title,
                _address(place, "contest:contest", contest.code),
                localdate(weeks[0].opens_at),
                last,
                last < on or contest.closed_at is not None,
                tuple(
                    (one.number, _address(place, "contest:results", contest.code, one.number))
                    for one in weeks
                    if one.finished_at is not None
                ),
            )
        )
    return told


def _address(place: Place, name: str, *given: object) -> str:
    # Contests stand at the installation, also those of a site with a host name of its own.
    there = reverse(name, args=given)
    return absolute(None, there) if place.to.site.host else there
