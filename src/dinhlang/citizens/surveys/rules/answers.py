"""One filled slip: what was sent against what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.utils.translation import gettext as _

from dinhlang.citizens.surveys.rules.definition import CHOSEN, Definition, Kind, Question, is_asked
from dinhlang.vietnamese import dates
from dinhlang.vietnamese.numbers import parse
from dinhlang.vietnamese.text import nfc

Value: TypeAlias = "str | int | float | list[str]"
"""A stored answer: an option's id, several of them, a number, a day as 2026-11-26. Free text is kept apart."""

REMARK_LENGTH = 2000
_LONGEST = 40
_LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A slip that was looked through. `remarks` are its free texts, `problems` what must be mended, by question."""

    values: dict[str, Value] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.remarks


def filled(definition: Definition, sent: Mapping[str, Sequence[str]], *, on_paper: bool = False) -> Filled:
    """What was sent for each question, checked. Answers to questions that were not to be asked are left out.

    On paper nobody can be asked again: what is missing there stays missing, and is no problem.
    """
    out = Filled()
    for question in definition.questions:
        given = [one for one in (nfc(str(one)).strip() for one in sent.get(question.id, ())) if one]
        if not is_asked(question, out.values):
            continue
        if not given:
            if question.required and not on_paper:
                out.problems[question.id] = (
                    _("Chọn một câu trả lời.") if question.kind in CHOSEN else _("Ghi câu trả lời.")
                )
            continue
        _take(question, given, out)
    return out


def _take(question: Question, given: list[str], out: Filled) -> None:
    if question.kind in CHOSEN:
        _take_choice(question, given, out)
    elif question.kind is Kind.TEXT:
        most = min(question.most or REMARK_LENGTH, REMARK_LENGTH)
        if len(given[0]) > most:
            out.problems[question.id] = _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.") % {
                "length": len(given[0]),
                "most": most,
            }
        else:
            out.remarks[question.id] = given[0]
    elif question.kind is Kind.NUMBER:
        _take_number(question, given[0][:_LONGEST], out)
    else:
        _take_day(question, given[0][:_LONGEST], out)


def _take_choice(question: Question, given: list[str], out: Filled) -> None:
    known = [one.id for one in question.options if one.id in set(given)]
    if len(known) < len(set(given)):
        out.problems[question.id] = _("Câu trả lời không có trong phiếu. Chọn lại.")
    elif question.kind is not Kind.MULTIPLE:
        if len(known) > 1:
            out.problems[question.id] = _("Chỉ chọn một câu trả lời.")
        else:
            out.values[question.id] = known[0]
    elif len(known) < (question.least or 1):
        out.problems[question.id] = _("Chọn ít nhất %s câu trả lời.") % question.least
    elif question.most is not None and len(known) > question.most:
        out.problems[question.id] = _("Chọn nhiều nhất %s câu trả lời.") % question.most
    else:
        out.values[question.id] = known


def _take_number(question: Question, given: str, out: Filled) -> None:
    value = parse(given)
    if value is None or abs(value) > _LARGEST:
        out.problems[question.id] = _("Ghi bằng số, ví dụ 15.")
    elif (question.least is not None and value < question.least) or (
        question.most is not None and value > question.most
    ):
        out.problems[question.id] = _bounds(question)
    else:
        out.values[question.id] = value


def _bounds(question: Question) -> str:
    if question.least is None:
        return _("Ghi số không quá %s.") % question.most
    if question.most is None:
        return _("Ghi số từ %s trở lên.") % question.least
    return _("Ghi số từ %(least)s đến %(most)s.") % {"least": question.least, "most": question.most}


def _take_day(question: Question, given: str, out: Filled) -> None:
    day: date | None
    try:
        # As the date field of a browser sends it; else as people write it.
        day = date.fromisoformat(given)
    except ValueError:
        day = dates.parse(given)
    if day is None:
        out.problems[question.id] = _("Ghi ngày dạng 25/11/2026.")
    else:
        out.values[question.id] = day.isoformat()
