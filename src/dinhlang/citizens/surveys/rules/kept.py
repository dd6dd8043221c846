"""Results as they are stored when a round closes, and back. A figure never loses its method on the way."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.citizens.surveys.rules.results import (
    AnyIndex,
    Breakdown,
    FactorResult,
    GroupRow,
    OptionCount,
    QuestionResult,
    Results,
)
from dinhlang.citizens.surveys.rules.scoring import METHODS, Index, Method

Plain = dict[str, Any]


def plain(found: Results) -> Plain:
    """As JSON has it; shares and figures are fractions as words, so that nothing is rounded twice."""
    return {
        "method": str(found.method),
        "people": found.people,
        "asked": found.asked,
        "is_shown": found.is_shown,
        "whole": _index(found.whole),
        "overall": _index(found.overall),
        "factors": {one.factor.id: _index(one.index) for one in found.factors},
        "questions": {one.question.id: _question(one) for one in found.questions},
        "breakdowns": {one.question.id: [_row(row) for row in one.rows] for one in found.breakdowns},
        "satisfied": found.satisfied,
        "satisfied_of": found.satisfied_of,
        "flagged": [list(one) for one in found.flagged],
        "without_flagged": _index(found.without_flagged),
    }


def restored(definition: Definition, held: Mapping[str, Any]) -> Results:
    """What `plain` gave, for the definition the round asked, in its order: PostgreSQL keeps names in one of its own."""
    return Results(
        method=Method(held["method"]),
        people=held["people"],
        asked=held["asked"],
        is_shown=held["is_shown"],
        whole=_index_back(held["whole"]),
        overall=_index_back(held["overall"]),
        factors=tuple(
            FactorResult(one, _index_back(held["factors"][one.id]))
            for one in definition.factors
            if one.id in held["factors"]
        ),
        questions=tuple(
            QuestionResult(
                one,
                said["answered"],
                tuple(
                    OptionCount(o["text"], o["score"], o["times"], _fraction(o["share"]))
                    for o in said["options"]
                ),
                _fraction(said["median"]),
                _index_back(said["index"]),
            )
            for one in definition.questions
            if (said := held["questions"].get(one.id)) is not None
        ),
        breakdowns=tuple(
            Breakdown(one, tuple(_row_back(row) for row in held["breakdowns"][one.id]))
            for one in definition.breakdowns
            if one.id in held["breakdowns"]
        ),
        satisfied=held["satisfied"],
        satisfied_of=held["satisfied_of"],
        flagged=tuple((name, times) for name, times in held["flagged"]),
        without_flagged=_index_back(held["without_flagged"]),
    )


def _question(one: QuestionResult) -> Plain:
    return {
        "answered": one.answered,
        "options": [
            {"text": o.text, "score": o.score, "times": o.times, "share": _told(o.share)} for o in one.options
        ],
        "median": _told(one.median),
        "index": _index(one.index),
    }


def _row(row: GroupRow) -> Plain:
    return {
        "label": row.label,
        "people": row.people,
        "indexes": [_index(one) for one in row.indexes],
        "whole": _index(row.whole),
        "is_hidden": row.is_hidden,
    }


def _row_back(held: Mapping[str, Any]) -> GroupRow:
    return GroupRow(
        held["label"],
        held["people"],
        tuple(_index_back(one) for one in held["indexes"]),
        _index_back(held["whole"]),
        is_hidden=held["is_hidden"],
    )


def _index(one: AnyIndex | None) -> Plain | None:
    if one is None:
        return None
    return {
        "method": str(one.method),
        "value": str(one.value),
        "low": one.low,
        "high": one.high,
        "people": one.people,
        "valid": one.valid,
        "left_out": one.left_out,
    }


def _index_back(held: Mapping[str, Any] | None) -> AnyIndex | None:
    if held is None:
        return None
    return Index(
        METHODS[Method(held["method"])],
        Fraction(held["value"]),
        held["low"],
        held["high"],
        held["people"],
        held["valid"],
        held["left_out"],
    )


def _told(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _fraction(held: str | None) -> Fraction | None:
    return None if held is None else Fraction(held)
