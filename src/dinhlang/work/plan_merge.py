"""Two people edit the rows of one plan: what the second keeps, what they are told. Plain values.

Rows are known by their task. Where only one of the two changed a cell, that change stands; where both did, the
second's own words stay in the cell and those of the first are told beside it, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.work.models import ActivityKind
from dinhlang.work.plan_values import Row

FIELDS = (
    "ordinal",
    "text",
    "product",
    "lead",
    "cooperating",
    "schedule_text",
    "watch_months",
    "expected_kinds",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two states of a plan. `field` is '' for a whole row, added or removed."""

    row: str
    field: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The change as a sentence."""
        if self.field:
            return _("%(row)s, %(field)s: “%(before)s” thành “%(after)s”") % {
                "row": self.row,
                "field": field_label(self.field).lower(),
                "before": self.before or "—",
                "after": self.after or "—",
            }
        said = _("thêm %(row)s: “%(after)s”") if self.after else _("xóa %(row)s: “%(before)s”")
        return said % {"row": self.row, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell of the merged rows that both changed: `at` counts rows from 0, `theirs` is what the other wrote."""

    at: int
    field: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows to go on with, and where the two did not agree."""

    rows: tuple[Row, ...]
    clashes: tuple[Clash, ...]


def field_label(field: str) -> str:
    """What a column is called."""
    return {
        "ordinal": _("STT"),
        "text": _("Nhiệm vụ"),
        "product": _("Sản phẩm, kết quả"),
        "lead": _("Chủ trì"),
        "cooperating": _("Phối hợp"),
        "schedule_text": _("Thời gian"),
        "watch_months": _("Nhịp theo dõi"),
        "expected_kinds": _("Loại hoạt động"),
    }[field]


def shown(value: Any) -> str:
    """A cell's value as text."""
    if isinstance(value, tuple):
        return ", ".join(ActivityKind(kind).label for kind in value)
    if isinstance(value, int):
        return _("%(count)d tháng") % {"count": value}
    return value or ""


def changes(before: Sequence[Row], after: Sequence[Row]) -> tuple[Change, ...]:
    """What differs, in the order of the rows as they are now, then what was removed."""
    were = {row.task: row for row in before if row.task is not None}
    found: list[Change] = []
    for number, row in enumerate(after, 1):
        name = _name(row, number)
        was = were.pop(row.task, None) if row.task is not None else None
        if was is None:
            found.append(Change(name, "", "", row.text))
            continue
        found += [
            Change(name, field, shown(getattr(was, field)), shown(getattr(row, field)))
            for field in FIELDS
            if getattr(was, field) != getattr(row, field)
        ]
    for number, row in enumerate(before, 1):
        if row.task in were:
            found.append(Change(_name(row, number), "", row.text, ""))
    return tuple(found)


def _name(row: Row, number: int) -> str:
    return _("nhiệm vụ %(ordinal)s") % {"ordinal": row.ordinal or number}


def merge(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> Merged:
    """What I wrote on `base`, brought onto what stands now (`theirs`)."""
    were: dict[int | None, Row] = {row.task: row for row in base if row.task is not None}
    now: dict[int | None, Row] = {row.task: row for row in theirs if row.task is not None}
    kept = list(_mine(mine, were, now))
    have = {row.task for row, _clashes in kept if row.task is not None}
    for at, row in enumerate(theirs):
        if row.task in have or row.task is None:
            continue
        was = were.get(row.task)
        if was == row:
            continue  # I removed it, and nobody touched it since.
        after = next((one.task for one in reversed(theirs[:at]) if one.task in have), None)
        place = next((i + 1 for i, (one, _c) in enumerate(kept) if one.task == after and after), 0)
        told = {"text": _("dòng này vừa được sửa")} if was is not None else {}
        kept.insert(place, (row, told))
        have.add(row.task)
    return Merged(
        tuple(row for row, _clashes in kept),
        tuple(Clash(at, field, said) for at, (_row, told) in enumerate(kept) for field, said in told.items()),
    )


def _mine(
    mine: Sequence[Row], were: dict[int | None, Row], now: dict[int | None, Row]
) -> Iterator[tuple[Row, dict[str, str]]]:
    """My rows on what stands now, each with the cells that clash."""
    for row in mine:
        was = were.get(row.task)
        if row.task is None or was is None:
            yield row, {}
        elif row.task in now:
            yield _cells(was, row, now[row.task])
        elif row != was:
            yield replace(row, task=None), {"text": _("dòng này vừa bị xóa; lưu sẽ thêm lại")}


def _cells(was: Row, mine: Row, theirs: Row) -> tuple[Row, dict[str, str]]:
    merged: dict[str, Any] = {}
    clashes: dict[str, str] = {}
    for field in FIELDS:
        old, my, their = (getattr(row, field) for row in (was, mine, theirs))
        merged[field] = their if my == old else my
        if my != old and their != old and my != their:
            clashes[field] = shown(their)
    return replace(mine, **merged), clashes
