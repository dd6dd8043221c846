"""A decision and its rows, before they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.procedures.rules.sheet import Sheet
from dinhlang.procedures.rules.validity import EventKind


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does to one procedure. `sheet` is what it says from then on; `None` when it is abolished.

    `effective_on=None`: the decision is silent. `since_ever`: the day on which the procedure began is unknown, as in a
    list of what stands today.
    """

    code: str
    kind: EventKind
    sheet: Sheet | None = None
    effective_on: date | None = None
    replaced_by: str = ""
    source_act: str = ""
    since_ever: bool = False


@dataclass(frozen=True, slots=True)
class DecisionGiven:
    """What is known of a decision."""

    number: str
    signed_on: date | None = None
    issuer: str = ""
    subject: str = ""
