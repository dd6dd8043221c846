"""What was read from a document on its way into the archive, and what a person says of it. Plain values.

A value keeps what was read beside what it is now; a figure can be struck, when it is none or belongs elsewhere.
Nothing here is in the archive: `document_of` gives the document as it will be, once a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.archive.words import KINDS
from dinhlang.officialdoc.model import Document, Figure, Kind, PartialDate, Span
from dinhlang.officialdoc.read import Places
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period, find_period
from dinhlang.vietnamese.numbers import parse, printed
from dinhlang.work.concepts import CONCEPTS

MOST_FIGURES = 300
_LONGEST = {"number": 20, "symbol": 60, "subject": 500, "measure": 60}


class NotAValue(Refused):
    """What was typed cannot stand in this place; `path` says in which."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person said: values by path, figures struck, and what was looked at."""

    said: Mapping[str, str] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()

    def to_json(self) -> dict[str, Any]:
        return {"said": dict(self.said), "struck": sorted(self.struck)}

    @classmethod
    def from_json(cls, given: Mapping[str, Any] | None) -> Proposal:
        given = given or {}
        return cls(dict(given.get("said", {})), frozenset(given.get("struck", ())))


@dataclass(frozen=True, slots=True)
class Value:
    """One value: as it is now, as it was read, and where that stands."""

    path: str
    label: str
    value: str
    read: str
    spans: tuple[Span, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.value != self.read

    @property
    def line(self) -> int | None:
        return self.spans[0].line if self.spans else None


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as it will be a fact: number, measure, concept, and the words it was read from."""

    index: int
    figure: Figure
    value: Value
    measure: Value
    concept: Value
    is_struck: bool

    @property
    def line(self) -> int | None:
        return self.figure.span.line if self.figure.span else None


def head_of(document: Document, proposal: Proposal, places: Places | None = None) -> list[Value]:
    """The values of the document's head."""
    read = _head(document)
    where: dict[str, tuple[Span, ...]] = {}
    if places is not None:
        where = {
            "kind": places.of_words(str(KINDS[document.kind])),
            "number": places.of_number(document.number),
            "symbol": places.of_number(document.number),
            "day": places.of_date(document.date),
            "subject": places.of_words(document.subject or ""),
            "period": places.of_words(_period_words(document)) or places.of_words(document.subject or ""),
        }
    labels = {
        "kind": _("Loại văn bản"),
        "number": _("Số"),
        "symbol": _("Ký hiệu"),
        "day": _("Ngày ban hành"),
        "subject": _("Trích yếu"),
        "period": _("Kỳ báo cáo"),
    }
    return [
        Value(path, labels[path], proposal.said.get(path, value), value, where.get(path, ()))
        for path, value in read.items()
    ]


def spans_of(document: Document, places: Places) -> dict[str, list[Span]]:
    """Where each value stands in the text: those of the head by path, figures as 'figures.0' and so on."""
    found = {one.path: list(one.spans) for one in head_of(document, Proposal(), places)}
    for index, one in enumerate(document.figures[:MOST_FIGURES]):
        found[f"figures.{index}"] = [one.span] if one.span else []
    return found


def _head(document: Document) -> dict[str, str]:
    day = _whole(document.date)
    return {
        "kind": document.kind.value,
        "number": document.number or "",
        "symbol": document.symbol or "",
        "day": day.isoformat() if day else "",
        "subject": document.subject or "",
        "period": _period_words(document),
    }


def _whole(given: PartialDate | None) -> date | None:
    if given is None or not (given.day and given.month and given.year):
        return None
    try:
        return date(given.year, given.month, given.day)
    except ValueError:
        return None


def _period_words(document: Document) -> str:
    return Period.parse(document.period).label if document.period else ""


def figures_of(document: Document, proposal: Proposal) -> list[ShownFigure]:
    """The figures of a report; of another kind of document none, since only a report states results."""
    if kind_of(document, proposal) is not Kind.REPORT:
        return []
    return [
        ShownFigure(
            index,
            one,
            _value(proposal, index, "value", _("Giá trị"), printed(one.value)),
            _value(proposal, index, "measure", _("Đơn vị tính"), one.unit or ""),
            _value(proposal, index, "concept", _("Chỉ tiêu"), one.concept or ""),
            index in proposal.struck,
        )
        for index, one in enumerate(document.figures[:MOST_FIGURES])
    ]


def _value(proposal: Proposal, index: int, name: str, label: str, read: str) -> Value:
    path = f"figures.{index}.{name}"
    return Value(path, label, proposal.said.get(path, read), read)


def kind_of(document: Document, proposal: Proposal) -> Kind:
    return Kind(proposal.said.get("kind", document.kind.value))


def decided(
    document: Document, proposal: Proposal, said: Mapping[str, str], struck: Iterable[int] | None = None
) -> Proposal:
    """The proposal with what was typed. Raises `NotAValue`; what is as it was read is not kept."""
    kept = dict(proposal.said)
    read = _paths(document)
    for path, typed in said.items():
        if path not in read:
            continue
        value = _checked(path, " ".join(typed.replace("\0", "").split()))
        if value == read[path]:
            kept.pop(path, None)
        else:
            kept[path] = value
    known = range(min(len(document.figures), MOST_FIGURES))
    gone = proposal.struck if struck is None else frozenset(one for one in struck if one in known)
    return Proposal(kept, gone)


def _paths(document: Document) -> dict[str, str]:
    found = _head(document)
    for index, one in enumerate(document.figures[:MOST_FIGURES]):
        found[f"figures.{index}.value"] = printed(one.value)
        found[f"figures.{index}.measure"] = one.unit or ""
        found[f"figures.{index}.concept"] = one.concept or ""
    return found


def _checked(path: str, value: str) -> str:
    name = path.rpartition(".")[2]
    match name:
        case "kind" if value not in set(Kind):
            raise NotAValue(path, _("Loại văn bản không có trong danh sách."))
        case "day" if value:
            return _day(path, value)
        case "period" if value:
            return _period(path, value)
        case "value":
            number = parse(value)
            if number is None or abs(number) >= 10**15:
                raise NotAValue(
                    path, _("“%(value)s” không phải là số. Viết như 6.694 hoặc 86,5.") % {"value": value}
                )
            return printed(number)
        case "concept" if value and value not in CONCEPTS:
            raise NotAValue(path, _("Chỉ tiêu không có trong danh sách."))
    most = _LONGEST.get(name)
    if most is not None and len(value) > most:
        raise NotAValue(path, _("Dài quá %(most)d ký tự. Viết ngắn lại.") % {"most": most})
    return value


def _day(path: str, value: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(value, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise NotAValue(path, _("Ngày không có trong lịch. Viết như 20/7/2023."))


def _period(path: str, value: str) -> str:
    """The words of a period, typed as words ('6 tháng đầu năm 2023') or as its name ('2023-H1')."""
    try:
        return Period.parse(value).label
    except ValueError:
        found = find_period(value)
    if found is None:
        raise NotAValue(path, _("Kỳ không đúng dạng. Viết như “năm 2023” hoặc “6 tháng đầu năm 2023”."))
    return found.label


def document_of(document: Document, proposal: Proposal) -> Document:
    """The document as it will be in the archive."""
    said = proposal.said
    head: dict[str, Any] = {
        name: said[name] or None for name in ("number", "symbol", "subject") if name in said
    }
    if "period" in said:
        period = find_period(said["period"])
        head["period"] = str(period) if period else None
    if "day" in said:
        day = date.fromisoformat(said["day"]) if said["day"] else None
        head["date"] = PartialDate(day.day, day.month, day.year) if day else None
    figures = [
        _corrected(one, index, said)
        for index, one in enumerate(document.figures[:MOST_FIGURES])
        if index not in proposal.struck
    ]
    return replace(document, kind=kind_of(document, proposal), figures=tuple(figures), **head)


def _corrected(one: Figure, index: int, said: Mapping[str, str]) -> Figure:
    value = said.get(f"figures.{index}.value")
    number = parse(value) if value is not None else None
    return replace(
        one,
        value=one.value if number is None else number,
        unit=said.get(f"figures.{index}.measure", one.unit or "") or None,
        concept=said.get(f"figures.{index}.concept", one.concept or "") or None,
    )


def corrections(document: Document, proposal: Proposal) -> dict[str, list[str]]:
    """What a person changed, for the audit: what was read, and what it was made; struck figures by their quote."""
    read = _paths(document)
    found = {path: [read[path], value] for path, value in proposal.said.items() if path in read}
    for index in sorted(proposal.struck):
        if index < len(document.figures):
            found[f"figures.{index}"] = [document.figures[index].quote[:200], ""]
    return found
