"""What pages say about a report's approval, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.models import Person
from dinhlang.reports.approval.rules.words import Content, Touched
from dinhlang.reports.sources import label_of

_SHOWN_OF_A_PIECE = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was touched: what it is, how it was and how it is; `note` for what cannot be set side by side."""

    what: str
    old: str
    new: str
    note: str = ""
    is_figure: bool = False


def lines_of(touched: Sequence[Touched]) -> list[Line]:
    """What was touched since the last time, in words: figures first."""
    return [_line(one) for one in touched]


def _line(one: Touched) -> Line:
    if one.kind == "figure":
        note = _("số giữ nguyên, dòng sổ đứng sau đã đổi") if one.is_behind else ""
        return Line(label_of(one.concept), one.old, one.new, note, is_figure=True)
    if one.kind == "order":
        return Line(_("Thứ tự các đoạn"), "", "", _("đã đổi chỗ"))
    heads = {
        "issuer": _("Cơ quan ban hành"),
        "symbol": _("Ký hiệu"),
        "place": _("Địa danh"),
        "subject": _("Trích yếu"),
        "recipients": _("Nơi nhận"),
    }
    if one.kind == "head":
        return Line(heads[one.name], one.old, one.new)
    note = _("đoạn mới") if not one.old else _("đã bỏ") if not one.new else ""
    return Line(_("Đoạn văn"), one.old, one.new, note)


def names_of(people: Sequence[Person]) -> str:
    """'Lê Thị Minh Họa, Nguyễn Thị Mẫu'."""
    return ", ".join(one.full_name for one in people)


def places_in(content: Content) -> list[tuple[str, Any]]:
    """The paragraphs and figures that a return can name, for a choice, in two groups."""
    pieces = [
        (f"k:{one['key']}", _short(f"{one['mark']} {one['text']}".strip()))
        for one in content["pieces"]
        if one["text"]
    ]
    figures = [
        (f"a:{one['anchor']}", f"{label_of(one['concept'])}: {one['printed']}") for one in content["figures"]
    ]
    return [("", _("cả văn bản")), (_("Đoạn văn"), pieces), (_("Số liệu"), figures)]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_SHOWN_OF_A_PIECE]}…" if len(line) > _SHOWN_OF_A_PIECE else line
