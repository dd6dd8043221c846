"""Due dates of dossiers and feedback: the vectors of the law, and random cases beside a slow clock.

- `due_vectors_share`: the seven vectors of the regulation notes (§11.2–11.3) met, swaps and make-up Saturdays among them;
- `due_random_equal_share`: of `due_random_cases` cases with pauses, resumptions, apologies and cut-off times over Tết and
  swap days, those whose due moment equals that of a clock that walks day by day, or by quarters of an hour
  (`periods/tests/slow_clock.py`, with days off of its own);
- `due_us`: microseconds of processor time for one due moment with its explanation.
"""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from decimal import Decimal
from random import Random

from dinhlang.periods.clock import VIETNAM, Term, appointment
from dinhlang.periods.duration import Duration, DurationUnit
from dinhlang.periods.tests import slow_clock

GOALS = {
    "due_vectors_share": ("≥", 1.0),
    "due_random_equal_share": ("≥", 1.0),
    "due_random_cases": ("≥", 100_000.0),
}
CASES = 100_000
VECTORS = (
    (date(2025, 12, 31), 3, date(2026, 1, 7)),
    (date(2026, 1, 8), 2, date(2026, 1, 10)),
    (date(2026, 2, 13), 5, date(2026, 2, 27)),
    (date(2026, 4, 24), 3, date(2026, 5, 4)),
    (date(2026, 8, 21), 1, date(2026, 8, 22)),
    (date(2026, 8, 28), 5, date(2026, 9, 9)),
    (date(2026, 11, 20), 3, date(2026, 11, 26)),
)


def figures() -> dict[str, float]:
    """All figures."""
    met = sum(_due_on(received, working_days) == due for received, working_days, due in VECTORS)
    dice, cases = Random(2026), int(os.environ.get("BENCH_CASES", CASES))
    equal, taken = 0, 0.0
    for _number in range(cases):
        case = slow_clock.random_case(dice)
        began = time.process_time()
        found = appointment(*case).due_at
        taken += time.process_time() - began
        equal += found == slow_clock.due(*case)
    return {
        "due_vectors_share": met / len(VECTORS),
        "due_random_cases": float(cases),
        "due_random_equal_share": equal / cases,
        "due_us": taken / cases * 1e6,
    }


def _due_on(received: date, working_days: int) -> date | None:
    term = Term(Duration(Decimal(working_days), DurationUnit.WORKING_DAY))
    due_at = appointment(
        datetime(received.year, received.month, received.day, 9, tzinfo=VIETNAM), term
    ).due_at
    return None if due_at is None else due_at.date()
