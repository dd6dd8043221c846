"""What is true of the open data, in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dinhlang.reports.duties.rules import State

LICENCE = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/deed.vi"
# An answer is remembered for so long: what is handed in now stands in the data after this, at the latest.
HOLDS_SECONDS = 600
FORMS = ("csv", "json")


class ReportStanding(StrEnum):
    """How a report stands, as everyone is told: whether the unit writes at it is its own matter."""

    NOT_YET = "not-yet"
    EXTENDED = "extended"
    LATE = "late"
    RETURNED = "returned"
    DONE = "done"
    DONE_LATE = "done-late"
    RELEASED = "released"


_TOLD_AS: Mapping[State, ReportStanding] = {
    State.OPEN: ReportStanding.NOT_YET,
    State.DRAFT: ReportStanding.NOT_YET,
    State.ISSUED: ReportStanding.NOT_YET,
    State.EXTENDED: ReportStanding.EXTENDED,
    State.LATE: ReportStanding.LATE,
    State.RETURNED: ReportStanding.RETURNED,
    State.DONE: ReportStanding.DONE,
    State.DONE_LATE: ReportStanding.DONE_LATE,
    State.RELEASED: ReportStanding.RELEASED,
}


def told_as(state: State) -> ReportStanding:
    """What everyone is told of a state."""
    return _TOLD_AS[state]
