"""What can be asked about surveys."""

from dinhlang.citizens.surveys.queries.asked import (
    asked_of,
    counted,
    definition_of,
    open_round_of,
    public_remarks,
    published_rounds,
    results_of,
    round_after_answers,
    round_at_return,
    round_by_code,
    round_by_token,
    rounds_for_everyone,
    slip_of,
    trend_of,
    ways_of,
)
from dinhlang.citizens.surveys.queries.paper import Sheet, Step, state_of

__all__ = [
    "Sheet",
    "Step",
    "asked_of",
    "counted",
    "definition_of",
    "open_round_of",
    "public_remarks",
    "published_rounds",
    "results_of",
    "round_after_answers",
    "round_at_return",
    "round_by_code",
    "round_by_token",
    "rounds_for_everyone",
    "slip_of",
    "state_of",
    "trend_of",
    "ways_of",
]
