"""What would come of a file, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.models import Unit
from dinhlang.procedures import rules
from dinhlang.procedures.models import Version
from dinhlang.procedures.queries.catalogue import inherited_versions
from dinhlang.procedures.rules import Change, Difference, EventKind, Sheet

if TYPE_CHECKING:
    # Reading documents loads half of that room; asking the catalogue needs none of it.
    from dinhlang.procedures.reading import Reading, Record


class Fate(StrEnum):
    """What becomes of a row. `LEFT` stays outside, with the reason."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ENDED = "ended"
    LEFT = "left"


FATE_WORDS = {
    Fate.NEW: gettext_lazy("mới"),
    Fate.CHANGED: gettext_lazy("thay đổi"),
    Fate.SAME: gettext_lazy("không đổi"),
    Fate.ENDED: gettext_lazy("bãi bỏ"),
    Fate.LEFT: gettext_lazy("để lại"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One record with what would become of it; `differences` to what stands now."""

    record: Record
    fate: Fate
    change: Change | None = None
    differences: tuple[Difference, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be taken in. `left_out` are rows in which no procedure was found, in their words."""

    reading: Reading
    rows: tuple[Row, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.reading.left_out

    @property
    def changes(self) -> list[Change]:
        return [row.change for row in self.rows if row.change is not None]

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        counted = Counter(row.fate for row in self.rows)
        return [(fate, counted[fate]) for fate in Fate if counted[fate]]

    def report(self) -> dict[str, Any]:
        """What is kept of it beside the file: the counts, and everything that could not be understood, verbatim."""
        return {
            "counts": {fate.value: count for fate, count in self.counts},
            "left_out": list(self.left_out),
            "left": [[row.record.where, row.record.code, row.reason] for row in self.rows if row.reason],
            "doubts": [
                [row.record.where, row.record.code, doubt] for row in self.rows for doubt in row.record.doubts
            ],
            "unread": [
                [row.record.where, row.record.code, one.part, one.text]
                for row in self.rows
                for one in row.record.sheet.unread
            ],
        }


def preview(unit: Unit, reading: Reading, on: date) -> Preview:
    """What would become of each record in the body's own catalogue, beside what it shows of the bodies above it.

    A record without a kind is of a list of what stands: a new code stands since before anything is known, one that
    differs is amended. A second row for the same code is left outside; in an annex a row often lacks parts that
    the catalogue has, and those stay as they are.
    """
    codes = {record.code for record in reading.records}
    newest = {**inherited_versions(unit, on, codes), **_newest(unit, codes)}
    seen: dict[str, str] = {}
    rows = []
    for record in reading.records:
        if record.code in seen:
            told = _("Mã này đã có ở %(where)s của tệp.") % {"where": seen[record.code]}
            rows.append(Row(record, Fate.LEFT, reason=told))
            continue
        seen[record.code] = record.where
        rows.append(_row(record, newest.get(record.code), reading))
    return Preview(reading, tuple(rows))


def _newest(unit: Unit, codes: set[str]) -> Mapping[str, Version]:
    found: dict[str, Version] = {}
    rows = Version.objects.filter(procedure__unit=unit).select_related("procedure").order_by("number")
    for version in rows.defer("folded"):
        if version.procedure.code in codes:
            found[version.procedure.code] = version
    return found


def _row(record: Record, version: Version | None, reading: Reading) -> Row:
    stands = version if version is not None and version.ends_on is None else None
    day = record.effective_on or reading.effective_on
    if record.kind is EventKind.ABOLISH:
        if version is None:
            return Row(
                record, Fate.LEFT, reason=_("Danh mục của đơn vị không có thủ tục này nên không cần bãi bỏ.")
            )
        if stands is None:
            return Row(record, Fate.SAME)
        ends = Change(record.code, EventKind.ABOLISH, None, day, record.replaced_by, record.source_act)
        return Row(record, Fate.ENDED, ends)
    before = rules.from_json(version.sheet) if version is not None else None
    sheet = _filled(record, before, reading)
    if not sheet.name:
        return Row(record, Fate.LEFT, reason=_("Dòng này chưa có tên thủ tục."))
    if stands is not None and before == sheet:
        return Row(record, Fate.SAME)
    kind = record.kind or (EventKind.AMEND if stands is not None else EventKind.ANNOUNCE)
    change = Change(
        record.code,
        kind,
        sheet,
        day,
        record.replaced_by,
        record.source_act,
        since_ever=record.kind is None and day is None,
    )
    if stands is None or before is None:
        return Row(record, Fate.NEW, change)
    return Row(record, Fate.CHANGED, change, rules.differences(before, sheet))


def _filled(record: Record, before: Sheet | None, reading: Reading) -> Sheet:
    """The sheet of a row of an annex, with what the catalogue has for the parts the row does not show."""
    sheet = record.sheet
    if reading.decision is None or before is None:
        return sheet
    missing = {
        part: getattr(before, part)
        for part in rules.PARTS
        if not getattr(sheet, part) and getattr(before, part)
    }
    return replace(sheet, **missing)
