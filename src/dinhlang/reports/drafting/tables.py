"""The tables of a report being drafted: statistics beside earlier periods, channels, tasks, Biểu 06."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from dinhlang.officialdoc.model import Table
from dinhlang.onestop import queries as onestop
from dinhlang.reports import dossiers
from dinhlang.reports.drafting.figures import Figures, Missing
from dinhlang.reports.outline import GAP, Mark, OutlineError
from dinhlang.reports.rules import LINES, change, printed_value
from dinhlang.reports.sources import ARCHIVE, Stated, is_share, label_of, points_of
from dinhlang.reports.words import TaskWords
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import ActivityKind

_COLUMNS = {"previous": "Kỳ trước", "same": "Cùng kỳ năm trước"}


@dataclass
class Tables(Figures):
    """A report being drafted, with the tables its outline may print."""

    def _tables(self, rows: Sequence[TaskWords]) -> Callable[[str], Mark]:
        makers: dict[str, Callable[[], Mark]] = {
            "statistics": self._statistics_table,
            "channels": self._channel_table,
            "tasks": lambda: self._task_table(rows),
            "dossiers": self._dossier_table,
        }

        def table(name: str) -> Mark:
            if name not in makers:
                raise OutlineError(None, f"không có bảng “{name}”. Các bảng dùng được: {', '.join(makers)}.")
            return makers[name]()

        return table

    def _statistics_table(self) -> Mark:
        shown = self._columns_shown
        header = ("STT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", *(_COLUMNS[which] for which in shown))
        against = "same" in shown
        rows = [
            (
                str(number),
                label_of(concept),
                CONCEPTS[concept].unit,
                self.figure(concept),
                *(self.figure(concept, which) for which in shown),
                *([self._change_cell(concept)] if against else []),
            )
            for number, concept in enumerate(self.rows, start=1)
        ]
        widths = (9.5, 36.0, 14.0, 12.0, *(14.0 for _ in shown), *([16.0] if against else []))
        header = (*header, *(["So với cùng kỳ"] if against else []))
        table = self.marks.table(Table(header, tuple(rows), widths))
        gaps = any(self.marks.text_of(cell) == GAP for row in rows for cell in row)
        return Mark(table + "\n\n".join(self._notes(gaps=gaps)) + "\n\n")

    @cached_property
    def _columns_shown(self) -> list[str]:
        """The earlier periods of which anything is known; for a year the previous one is the same one."""
        if self.sources.period_of("previous") == self.sources.period_of("same"):
            return ["same"] if any(self.known(concept, "same") for concept in self.rows) else []
        return [which for which in _COLUMNS if any(self.known(concept, which) for concept in self.rows)]

    def _change_cell(self, concept: str) -> str:
        words = change(
            self.sources.stated(concept).known,
            self.sources.stated(concept, "same").known,
            is_share=is_share(concept),
            points=points_of(concept),
        )
        return "không đổi" if words == "bằng" else words or GAP

    def _notes(self, *, gaps: bool) -> Iterator[str]:
        """What a reader must know under the table; doubts go to the list of what is missing."""
        if gaps:
            yield f"Ghi chú: dấu {GAP} là chưa có số liệu hoặc chưa so sánh được."
        old = [
            (which, stated)
            for concept in self.rows
            for which in self._columns_shown
            if (stated := self.sources.stated(concept, which)).origin == ARCHIVE
        ]
        if old:
            yield "(*) Theo báo cáo cũ, chưa đối chiếu với sổ theo dõi."
        for which, stated in old:
            self._note_doubts(stated, "kỳ trước" if which == "previous" else "cùng kỳ năm trước")

    def _note_doubts(self, stated: Stated, when: str) -> None:
        if stated.value is None or stated.quote is None:
            return
        figure = f"{label_of(stated.concept)} {when} ({printed_value(stated.value)})"
        for doubt in stated.doubts:
            noted = Missing(f"{figure}, theo {stated.quote.place}: {doubt}", stated.concept)
            if noted not in self.missing:
                self.missing.append(noted)

    def _channel_table(self) -> Mark:
        counts = self.sources.lines.by_kind
        used = [kind for kind in ActivityKind if counts.get(kind)]
        rows = []
        for number, kind in enumerate(used, start=1):
            stated = self.sources.stated(LINES + kind)
            rows.append((str(number), str(kind.label), self.place(stated, f"lines_{kind.value}")))
        return self.marks.table(Table(("STT", "Hình thức", "Số hoạt động"), tuple(rows), (8.0, 64.0, 28.0)))

    def _dossier_table(self) -> Mark:
        """Biểu số 06/VPCP/KSTT: a row for each field of the unit's own register, then the sum: what the ledger keeps as
        figures, what follows from them as text."""
        fields = self._by_field()
        parts = dossiers.total(fields.values())
        known = self._dossiers()
        told = list(known.contradictions())
        if fields:
            # Why a sum does not come out is known where each dossier is.
            known = replace(known, left=parts.left, untimed=parts.untimed)
            if known.carried is None:
                # The ledger knows no period before; the register knows what it began with.
                known = replace(known, carried=parts.carried)
            told = [*known.contradictions(), *dossiers.unlike(known, parts)]
        self.missing += [one for one in map(Missing, told) if one not in self.missing]
        named = [(name or "Chưa ghi lĩnh vực", one) for name, one in fields.items()]
        if fields and (rest := dossiers.rest(known, parts)):
            named.append(("Chưa chia lĩnh vực", rest))
        rows = [
            (
                str(number),
                name,
                *(printed_value(value) if value is not None else GAP for value in one.columns.values()),
            )
            for number, (name, one) in enumerate(named, start=1)
        ]
        # Alone it is the first row; under rows of fields it has no number.
        rows.append(("" if rows else "1", "Tổng số", *self._sums(known)))
        table = self.marks.table(Table(dossiers.HEADER, tuple(rows), dossiers.WIDTHS))
        return Mark(table + "".join(f"{note}\n\n" for note in self._dossier_notes(rows, known)))

    def _sums(self, known: dossiers.Dossiers) -> list[str]:
        """The row of sums: figures that can be unfolded, and what follows from them."""
        kept: dict[int, tuple[str, str]] = {
            4: ("dossiers_online", "current"),
            6: ("dossiers_open", "previous"),
            7: ("dossiers_resolved", "current"),
            8: ("dossiers_early", "current"),
            10: ("dossiers_late", "current"),
            11: ("dossiers_open", "current"),
            13: ("dossiers_open_late", "current"),
        }
        # What rests on a count that is only about right is so itself.
        about = any(self.sources.stated(*one).exactness for one in kept.values())
        return [
            self.figure(*kept[column])
            if column in kept and (value is None or self.known(*kept[column]))
            else (f"khoảng {printed_value(value)}" if about else printed_value(value))
            if value is not None
            else GAP
            for column, value in known.columns.items()
        ]

    def _dossier_notes(self, rows: Sequence[Sequence[str]], known: dossiers.Dossiers) -> Iterator[str]:
        if any(self.marks.text_of(cell) == GAP for row in rows for cell in row):
            yield f"Ghi chú: dấu {GAP} là chưa có số liệu."
        if known.left:
            yield (
                f"Cột 3 gồm {printed_value(known.left)} hồ sơ người nộp rút, cơ quan dừng giải quyết hoặc hủy trong kỳ, "
                "không tính vào cột 7 và cột 11."
            )
        if known.untimed:
            yield f"Cột 7 gồm {printed_value(known.untimed)} hồ sơ không có ngày hẹn trả, không tính vào cột 8, 9, 10."

    def _by_field(self) -> Mapping[str, dossiers.Dossiers]:
        """The unit's own dossiers by field; nothing for a unit that keeps no register here.

        Of a period that goes on: until the day before, for a day reaches the ledger when it is over.
        """
        window = self.sources.window
        last = window.end if self.unit.ends_on else min(window.end, self.on - timedelta(days=1))
        if last < window.start:
            return {}
        return {
            name: dossiers.Dossiers(
                received=one.received,
                online=one.online,
                carried=one.carried,
                settled=one.solved,
                early=one.early,
                in_time=one.in_time,
                late=one.late,
                open=one.open,
                open_late=one.open_late,
                left=one.left,
                untimed=one.untimed,
            )
            for name, one in onestop.figures_by_field(self.unit, window.start, last).items()
        }

    def _dossiers(self) -> dossiers.Dossiers:
        def count(concept: str, which: str = "current") -> int | None:
            value = self.sources.stated(concept, which).value
            return None if value is None else int(value)

        return dossiers.Dossiers(
            received=count("dossiers_received"),
            online=count("dossiers_online"),
            carried=count("dossiers_open", "previous"),
            settled=count("dossiers_resolved"),
            early=count("dossiers_early"),
            in_time=count("dossiers_on_time"),
            late=count("dossiers_late"),
            open=count("dossiers_open"),
            open_late=count("dossiers_open_late"),
        )

    def _task_table(self, rows: Sequence[TaskWords]) -> Mark:
        header = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện", "Kết quả")
        cells = [
            (
                str(number),
                row.text,
                row.lead,
                row.schedule,
                f"{row.state} ({row.progress})" if row.progress else row.state,
            )
            for number, row in enumerate(rows, start=1)
        ]
        return self.marks.table(Table(header, tuple(cells), (8.5, 39.0, 19.0, 15.5, 18.0)))
