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


class Standing(StrEnum):
    """How a report stands, as everyone is told: whether the unit writes at it is its own matter."""

    NOT_YET = "not-yet"
    EXTENDED = "extended"
    LATE = "late"
    RETURNED = "returned"
    DONE = "done"
    DONE_LATE = "done-late"
    RELEASED = "released"


_TOLD_AS: Mapping[State, Standing] = {
    State.OPEN: Standing.NOT_YET,
    State.DRAFT: Standing.NOT_YET,
    State.ISSUED: Standing.NOT_YET,
    State.EXTENDED: Standing.EXTENDED,
    State.LATE: Standing.LATE,
    State.RETURNED: Standing.RETURNED,
    State.DONE: Standing.DONE,
    State.DONE_LATE: Standing.DONE_LATE,
    State.RELEASED: Standing.RELEASED,
}


def told_as(state: State) -> Standing:
    """What everyone is told of a state."""
    return _TOLD_AS[state]
