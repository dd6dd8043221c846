"""Which forms and limits hold on a day: `data/regimes.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class Slip(StrEnum):
    """A form of the one-stop desk. In the book of the circulars each has a number, which moved in 2025."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms in force: their numbers ('06'), and the circular."""

    basis: str
    numbers: Mapping[str, str]

    def number(self, slip: Slip) -> str:
        """The number of the form; '' for one that the circular of that day does not know."""
        return self.numbers.get(slip.value, "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How often papers are asked for without a further reason; how many days before the end an apology must go; after how many
    days without the papers a dossier is closed, 0 where the decree does not say. Of what another office decides the term runs from when
    that office has it; what comes after the hour `handed_on_until` is handed on the next working day. None where it runs from
    the receipt at the counter all the same. Papers are asked for within `asked_within` working days of receipt, 0 where no time is set.
    """

    basis: str
    asked_before_receipt: int
    asked_after_receipt: int
    apology_days_before: int
    closed_after_days: int
    handed_on_until: time | None
    asked_within: int


def forms_on(day: date) -> Forms:
    """The forms of the day; of a day before the first circular its own."""
    row = _row("forms", day)
    return Forms(row["basis"], row["numbers"])


def limits_on(day: date) -> Limits:
    """The limits of the day; of a day before the first decree its own."""
    row = _row("limits", day)
    return Limits(
        row["basis"],
        row["asked_before_receipt"],
        row["asked_after_receipt"],
        row["apology_days_before"],
        row["closed_after_days"],
        row.get("handed_on_until"),
        row["asked_within"],
    )


def _row(name: str, day: date) -> dict[str, Any]:
    rows: list[dict[str, Any]] = _data()[name]
    begun = [one for one in rows if one["from"] <= day and ("until" not in one or one["until"] > day)]
    return begun[-1] if begun else rows[0]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("dinhlang.onestop") / "data" / "regimes.toml").read_text("utf-8"))
