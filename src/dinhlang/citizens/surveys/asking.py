"""Questions as a page shows them, with what was answered and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dinhlang.citizens.surveys.rules.answers import Value
from dinhlang.citizens.surveys.rules.definition import CHOSEN, Definition, Kind, Question


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
    values: Mapping[str, Value] | None = None,
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
