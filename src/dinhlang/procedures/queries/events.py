"""What happens in a life, the procedures it brings, and the questions that narrow them down.

The events are data of our own wording (`data/life_events.toml`); what is shown of one is what stands in the catalogue.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dinhlang.org.models import Unit
from dinhlang.procedures.models import Version
from dinhlang.procedures.queries.catalogue import standing_versions


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and what it leaves of the event's procedures."""

    text: str
    procedures: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life, or in a trade when `is_business`. `procedures` are short codes in their order."""

    id: str
    title: str
    summary: str
    procedures: tuple[str, ...]
    questions: tuple[Question, ...]
    is_business: bool = False


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """All events, in the order in which they are offered."""
    data = tomllib.loads((files("dinhlang.procedures") / "data" / "life_events.toml").read_text("utf-8"))
    return tuple(
        LifeEvent(
            one["id"],
            one["title"],
            one["summary"],
            tuple(one["procedures"]),
            tuple(
                Question(
                    asked["text"],
                    tuple(Answer(said["text"], frozenset(said["procedures"])) for said in asked["answers"]),
                )
                for asked in one.get("questions", ())
            ),
            one.get("kind") == "business",
        )
        for one in data["events"]
    )


def life_event(event_id: str) -> LifeEvent | None:
    """The event with this id, `None` when there is none."""
    return next((one for one in life_events() if one.id == event_id), None)


def events_of(code: str) -> list[tuple[str, str]]:
    """(id, title) of the events that a procedure belongs to."""
    return [(one.id, one.title) for one in life_events() if code in one.procedures]


def narrowed(event: LifeEvent, answers: Sequence[int | None]) -> list[str]:
    """The codes that are left when the questions are answered so: the n-th with that answer, counted from 0.

    An answer that is missing, `None` or out of range narrows nothing.
    """
    left = list(event.procedures)
    for question, chosen in zip(event.questions, answers, strict=False):
        if chosen is not None and 0 <= chosen < len(question.answers):
            left = [code for code in left if code in question.answers[chosen].procedures]
    return left


def standing_in_order(
    unit: Unit, on: date, codes: Iterable[str], *, ids: list[str] | None = None
) -> list[Version]:
    """What stands of these codes, in their order; those the catalogue does not have are left out. One question."""
    wanted = list(codes)
    found = {one.procedure.code: one for one in standing_versions(unit, on, codes=wanted, ids=ids)}
    return [found[code] for code in wanted if code in found]
