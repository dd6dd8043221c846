"""The answers given so far, as they stand in an address: '0-x-1' is the first, none, the second. No database."""

from __future__ import annotations

from collections.abc import Sequence

from dinhlang.procedures.queries import LifeEvent

UNSURE = "x"


def answers_of(event: LifeEvent, text: str) -> list[int | None] | None:
    """What was answered, None for 'not sure'; None for a row that the event's questions do not allow."""
    given: list[int | None] = [
        None if one == UNSURE else int(one) for one in (text.split("-") if text else ())
    ]
    if len(given) > len(event.questions):
        return None
    allowed = all(
        one is None or one < len(asked.answers) for one, asked in zip(given, event.questions, strict=False)
    )
    return given if allowed else None


def written(answers: Sequence[int | None]) -> str:
    """The answers as they stand in an address."""
    return "-".join(UNSURE if one is None else str(one) for one in answers)
