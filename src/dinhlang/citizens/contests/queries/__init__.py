"""What can be asked about contests."""

from dinhlang.citizens.contests.queries.sat import Standing, Step, standing
from dinhlang.citizens.contests.queries.told import (
    Place,
    by_code,
    current_draw,
    ends_at,
    figures_of,
    for_everyone,
    is_open,
    listed,
    places,
    public_entries,
    sittings,
    state_words,
    unfinished,
    winners,
)
from dinhlang.citizens.contests.queries.writing import (
    bank_of,
    banks,
    digest_of,
    doubtful,
    questions_of,
    sitting_by_key,
)

__all__ = [
    "Place",
    "Standing",
    "Step",
    "bank_of",
    "banks",
    "by_code",
    "current_draw",
    "digest_of",
    "doubtful",
    "ends_at",
    "figures_of",
    "for_everyone",
    "is_open",
    "listed",
    "places",
    "public_entries",
    "questions_of",
    "sitting_by_key",
    "sittings",
    "standing",
    "state_words",
    "unfinished",
    "winners",
]
