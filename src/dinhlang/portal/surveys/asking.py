"""What the page of a survey carries with it: when it was opened, and a key by which two taps are one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing

from dinhlang.citizens.surveys.rules.answers import Value
from dinhlang.citizens.surveys.rules.definition import CHOSEN, Definition, Kind, Question
from dinhlang.citizens.surveys.rules.rounds import OLDEST_PAGE

_SALT = "dinhlang.survey.page"
_COOKIE_SALT = "dinhlang.survey.answered"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as it was opened."""

    key: UUID
    at: datetime

    def seconds(self, now: datetime, touched: str) -> float:
        """How long somebody was at it. `touched` is what the page says of its first touch: it can only shorten."""
        whole = (now - self.at).total_seconds()
        try:
            said = float(touched)
        except ValueError:
            return whole
        return min(whole, said) if said >= 0 else whole


def stamp(code: str, at: datetime) -> str:
    """What a fresh page carries."""
    return signing.dumps({"c": code, "k": uuid4().hex, "t": int(at.timestamp())}, salt=_SALT)


def opened(code: str, text: str) -> Opened | None:
    """What a page says of itself; None for one that is too old, of another round, or not ours."""
    try:
        held: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=OLDEST_PAGE)
        if held["c"] != code:
            return None
        return Opened(UUID(held["k"]), datetime.fromtimestamp(held["t"], UTC))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None


def answered_stamp(at: datetime) -> str:
    """What a device keeps after it answered: the moment and nothing else."""
    return signing.dumps(int(at.timestamp()), salt=_COOKIE_SALT)


def answered_before(text: str | None, within: timedelta) -> datetime | None:
    """When the device answered last, as far as it says so."""
    try:
        return datetime.fromtimestamp(signing.loads(text or "", salt=_COOKIE_SALT, max_age=within), UTC)
    except (signing.BadSignature, ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is shown."""

    id: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is shown; `when` says for which earlier answers, `control` what kind of field it is."""

    number: int
    question: Question
    choices: tuple[Choice, ...]
    typed: str
    problem: str
    when: str
    only_if: tuple[str, ...]

    @property
    def control(self) -> str:
        kind = self.question.kind
        if kind in CHOSEN:
            return "checkbox" if kind is Kind.MULTIPLE else "radio"
        return {Kind.NUMBER: "number", Kind.DATE: "date", Kind.TEXT: "text"}[kind]


def asked(
    definition: Definition,
    sent: dict[str, list[str]] | None = None,
    problems: dict[str, str] | None = None,
    values: dict[str, Value] | None = None,
) -> list[Asked]:
    """Every question with what was sent or stands there already, and what is wrong with it."""
    given = sent or {id_: one if isinstance(one, list) else [str(one)] for id_, one in (values or {}).items()}
    return [
        _asked(number, one, given.get(one.id, []), (problems or {}).get(one.id, ""), definition)
        for number, one in enumerate(definition.questions, 1)
    ]


def _asked(number: int, question: Question, given: list[str], problem: str, definition: Definition) -> Asked:
    return Asked(
        number=number,
        question=question,
        choices=tuple(Choice(one.id, one.text, one.id in given) for one in question.options),
        typed=given[0] if given else "",
        problem=problem,
        when=";".join(f"{one.question}={','.join(one.options)}" for one in question.when),
        only_if=tuple(_said(one.question, one.options, definition) for one in question.when),
    )


def _said(id_: str, options: tuple[str, ...], definition: Definition) -> str:
    earlier = definition.question(id_)
    if earlier is None:
        return ""
    place = definition.questions.index(earlier) + 1
    texts = [one.text for one in earlier.options if one.id in options]
    return f"{place}: {' / '.join(texts)}"
