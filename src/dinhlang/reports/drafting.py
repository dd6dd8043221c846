"""What an outline can print: the words, figures and tables of one report, made only when they are called for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dinhlang.officialdoc.model import Run, Table
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Role
from dinhlang.periods.window import numeric_date
from dinhlang.reports import dossiers
from dinhlang.reports.models import Obligation, Practice
from dinhlang.reports.outline import GAP, Mark, Marks, OutlineError
from dinhlang.reports.practices.queries import recognised_in
from dinhlang.reports.rules import HEADLINE, LINES, PROGRAMME, change, next_period, printed_value
from dinhlang.reports.sources import ARCHIVE, PLAN, PLAN_TASKS, Sources, Stated, is_share, label_of
from dinhlang.reports.words import (
    ActWords,
    PeriodWords,
    PlanWords,
    PracticeWords,
    TaskWords,
    clean,
    plan_reference,
    plan_short,
    request_words,
    task_words,
    unit_words,
)
from dinhlang.vietnamese.dates import printed as printed_date
from dinhlang.vietnamese.text import fold
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN
from dinhlang.work.models import Activity, ActivityKind, Plan, ReformField

WHICH = ("current", "previous", "same")
_MOST_ACTS = 15
_COLUMNS = {"previous": "Kỳ trước", "same": "Cùng kỳ năm trước"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a person must still bring, as a sentence; `concept` when it is evidence of a figure."""

    message: str
    concept: str = ""


class StatisticWords:
    """A line of statistics; the figure is placed only when the outline prints it."""

    def __init__(self, drafting: Drafting, concept: str) -> None:
        self._drafting, self._concept = drafting, concept
        self.label = CONCEPTS[concept].label
        self.measure = CONCEPTS[concept].unit

    @property
    def figure(self) -> Mark:
        return self._drafting.figure(self._concept)

    @property
    def change(self) -> str:
        return self._drafting.change(self._concept)


@dataclass
class Drafting:
    """One report being drafted. `on` is the day whose names, posts and recipient it prints.

    `owed` is what the report meets, where anybody asked for it. `wanted` are the names its outline speaks of: a report that cites no plan is not told that it lacks one.
    """

    unit: Unit
    sources: Sources
    on: date
    marks: Marks
    placed: dict[str, Stated] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    programme: str = PROGRAMME
    wanted: frozenset[str] = frozenset({"plan", "next_tasks"})
    owed: Obligation | None = None

    def context(self) -> Mapping[str, object]:
        """The names an outline may use."""
        progress = self.sources.progress
        tasks = [(row.is_completed, task_words(row)) for row in progress.tasks] if progress else []
        return {
            "unit": unit_words(self.unit, self.on),
            "period": self._period_words(),
            "plan": self._plan_words() if "plan" in self.wanted else None,
            "recipient": self._recipient(),
            "signer": self._signer(),
            "figure": self.figure,
            "known": self.known,
            "change": self.change,
            "table": self._tables([words for _, words in tasks]),
            "statistics": [StatisticWords(self, concept) for concept in self._worth_telling()],
            "comparison": any(self._known_before(concept) for concept in self.rows),
            "channels": bool(self.sources.lines.by_kind),
            "fields": self._fields(),
            "practices": self._practices(),
            "tasks": [words for _, words in tasks],
            "done": [words for completed, words in tasks if completed],
            "behind": [words for completed, words in tasks if completed is False],
            "next_tasks": self._next_tasks() if "next_tasks" in self.wanted else [],
            "acts": self.acts,
            "request": request_words(self.owed.request) if self.owed and self.owed.request else None,
        }

    # --- figures ----------------------------------------------------------------------------------

    def figure(self, concept: str, which: str = "current") -> Mark:
        """Place a figure: a run with an anchor, '…' when nothing shows it."""
        if concept not in CONCEPTS or which not in WHICH:
            raise OutlineError(
                None, f"không có chỉ tiêu “{concept}” của kỳ “{which}”. Đối chiếu với đề cương mẫu."
            )
        return self.place(
            self.sources.stated(concept, which), concept if which == "current" else f"{concept}_{which}"
        )

    def place(self, stated: Stated, anchor: str) -> Mark:
        """The mark of a figure's run; what is missing behind it is noted."""
        if stated.value is None:
            self._note_missing(stated)
        elif stated.unevidenced_lines and not is_share(stated.concept):
            self._note_unevidenced(stated)
        name = self.marks.anchor(anchor.replace("-", "_"))
        self.placed[name] = stated
        return self.marks.run(Run(stated.printed, fact=name))

    def known(self, concept: str, which: str = "current") -> bool:
        return concept in CONCEPTS and self.sources.stated(concept, which).value is not None

    def change(self, concept: str) -> str:
        """', tăng 12,5% so với cùng kỳ năm trước'; nothing when the two cannot be compared."""
        now, before = self.sources.stated(concept), self.sources.stated(concept, "same")
        words = change(now.known, before.known, is_share=is_share(concept))
        if not words:
            return ""
        return ", bằng cùng kỳ năm trước" if words == "bằng" else f", {words} so với cùng kỳ năm trước"

    @cached_property
    def rows(self) -> list[str]:
        """The concepts worth a line: those with a figure, those the plan's work should give, and the articles of a
        report on communication."""
        progress = self.sources.progress
        begun = [row.task for row in progress.tasks if row.is_completed is not None] if progress else []
        usual = {"articles"} if self.programme == PROGRAMME else set()
        expected = usual | {
            HEADLINE[kind] for task in begun for kind in task.expected_kinds if kind in HEADLINE
        }
        return [
            concept
            for concept in CONCEPTS
            if concept not in FROM_PLAN
            and (concept in expected or self.known(concept) or self._known_before(concept))
        ]

    def _worth_telling(self) -> list[str]:
        return [concept for concept in self.rows if concept != "articles"]

    def _known_before(self, concept: str) -> bool:
        return self.known(concept, "previous") or self.known(concept, "same")

    def _note_missing(self, stated: Stated) -> None:
        if stated.window == self.sources.window and stated.concept in CONCEPTS:
            noted = Missing(CONCEPTS[stated.concept].missing, stated.concept)
            if noted not in self.missing:
                self.missing.append(noted)

    def _note_unevidenced(self, stated: Stated) -> None:
        """A figure that is known, but not wholly shown; an earlier period's evidence was that report's matter."""
        if stated.window != self.sources.window:
            return
        noted = Missing(
            f"{label_of(stated.concept)}: {stated.unevidenced_lines} trên {stated.lines} dòng sổ chưa có minh chứng. "
            "Bổ sung minh chứng trong sổ theo dõi.",
            stated.concept,
        )
        if noted not in self.missing:
            self.missing.append(noted)

    # --- tables -----------------------------------------------------------------------------------

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
        """Biểu số 06/VPCP/KSTT: what the ledger keeps as figures, what follows from them as text."""
        kept: dict[int, tuple[str, str]] = {
            4: ("dossiers_online", "current"),
            6: ("dossiers_open", "previous"),
            7: ("dossiers_resolved", "current"),
            8: ("dossiers_early", "current"),
            10: ("dossiers_late", "current"),
            11: ("dossiers_open", "current"),
            13: ("dossiers_open_late", "current"),
        }
        known = self._dossiers()
        told = map(Missing, known.contradictions())
        self.missing += [one for one in told if one not in self.missing]
        # What rests on a count that is only about right is so itself.
        about = any(self.sources.stated(*one).exactness for one in kept.values())
        cells = [
            self.figure(*kept[column])
            if column in kept
            else (f"khoảng {printed_value(value)}" if about else printed_value(value))
            if value is not None
            else GAP
            for column, value in known.columns.items()
        ]
        row = ("1", "Tổng số", *cells)
        table = self.marks.table(Table(dossiers.HEADER, (row,), dossiers.WIDTHS))
        is_unknown = any(self.marks.text_of(cell) == GAP for cell in row)
        note = f"Ghi chú: dấu {GAP} là chưa có số liệu.\n\n" if is_unknown else ""
        return Mark(table + note)

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

    # --- words ------------------------------------------------------------------------------------

    def _period_words(self) -> PeriodWords:
        window, period = self.sources.window, self.sources.period
        return PeriodWords(
            label=period.label,
            next=next_period(period).label,
            year=period.year,
            window=f"từ {printed_date(window.start)} đến hết {printed_date(window.end)}",
        )

    def _plan_words(self) -> PlanWords | None:
        plan = self.sources.plan
        if plan is None:
            year = self.sources.period.year
            self.missing.append(
                Missing(
                    f"Chưa có kế hoạch năm {year}. Nhập văn bản kế hoạch rồi lập lại dự thảo để có tiến độ."
                )
            )
            return None
        if not (plan.number and plan.issued_on):
            self.missing.append(
                Missing(
                    f"Kế hoạch năm {plan.year} chưa có số, ngày ban hành nên báo cáo dẫn chưa đủ. Ghi bằng lệnh: "
                    f"dinhlang plan amend --unit {plan.unit_id} --year {plan.year} --number SỐ --on NGÀY"
                )
            )
        count = self.sources.progress.planned if self.sources.progress else 0
        stated = Stated(PLAN_TASKS, self.sources.window, count or None, origin=PLAN, lines=count)
        body = f"UBND {unit_words(self.unit, plan.issued_on or self.on).full}"
        return PlanWords(plan_reference(plan, body), plan_short(plan), self.place_later(stated))

    def place_later(self, stated: Stated) -> Mark:
        return self.place(stated, "plan_tasks")

    def _recipient(self) -> str:
        found = org.recipient_of(self.unit, self.programme, self.on)
        if found is None and self.owed is not None and self.owed.recipient_name:
            return self.owed.recipient_name
        if found is None:
            self.missing.append(
                Missing("Chưa biết cơ quan nhận báo cáo. Ghi cơ quan nhận ở phần Nơi nhận của đề cương.")
            )
            return ""
        return found.name

    def _signer(self) -> str:
        held = self.unit.positions.in_force(self.on).filter(role=Role.APPROVER).select_related("person")
        chairs = [position for position in held if fold(position.title).startswith("chu tich")]
        if not chairs:
            self.missing.append(
                Missing(
                    "Chưa có người giữ chức Chủ tịch trong hệ thống nên chưa ghi tên người ký. "
                    "Ghi tên ở phần Ký của đề cương hoặc nhờ người quản trị giao chức vụ."
                )
            )
            return ""
        return chairs[0].person.full_name

    def _fields(self) -> str:
        used = self.sources.lines.fields
        return "; ".join(str(field.label).lower() for field in ReformField if field.value in used)

    def acts(self, field: str) -> list[ActWords]:
        """What the ledger has of a field of reform in the window, as the commune wrote it; the first of them."""
        if field not in ReformField.values:
            raise OutlineError(
                None,
                f"không có lĩnh vực “{field}”. Các lĩnh vực dùng được: {', '.join(ReformField.values)}.",
            )
        return self._acts.get(field, [])

    @cached_property
    def _acts(self) -> Mapping[str, list[ActWords]]:
        found: dict[str, list[ActWords]] = {}
        for act in self._lines_of_fields():
            said = found.setdefault(act.reform_field, [])
            words = ActWords(clean(act.title).rstrip(". "), numeric_date(act.happened_on))
            if words not in said and len(said) < _MOST_ACTS:
                said.append(words)
        return found

    def _lines_of_fields(self) -> Iterable[Activity]:
        lines = work.ledger(self.unit, self.sources.window, standing=work.Standing.COUNTED)
        # What the one-stop settled is counted, not told line by line.
        told = lines.exclude(reform_field="").exclude(kind=ActivityKind.ONESTOP)
        return told.order_by("happened_on", "pk")

    def _practices(self) -> list[PracticeWords]:
        """Good models and commendations of the window that were recognised."""
        return [
            PracticeWords(
                clean(one.title),
                clean(one.why),
                clean(one.effect),
                clean(one.credited),
                clean(one.decision),
                f"{one.happened_on.day}/{one.happened_on.month}/{one.happened_on.year}",
                one.kind == Practice.Kind.COMMENDATION,
            )
            for one in recognised_in(self.unit, self.sources.window)
        ]

    def _next_tasks(self) -> list[TaskWords]:
        """What the plan sets for the coming period; of next year's plan after the last period of a year."""
        coming = next_period(self.sources.period)
        plan = self.sources.plan
        if coming.year != self.sources.period.year:
            plan = plan_of(self.unit, coming.year)
        if plan is None:
            if self.sources.plan is not None:
                self.missing.append(
                    Missing(
                        f"Chưa có kế hoạch năm {coming.year} nên chưa nêu được nhiệm vụ {coming.label}. Nhập kế hoạch đó rồi lập lại."
                    )
                )
            return []
        window = self.sources.regime.window(coming)
        progress = self.sources.progress
        over = (
            {row.task.pk for row in progress.tasks if row.done and len(row.occurrences) == 1}
            if progress
            else set()
        )
        return [
            TaskWords(clean(task.text), clean(task.lead), clean(task.product), clean(task.schedule_text))
            for task in dict.fromkeys(work.tasks_in(self.unit, window))
            if task.plan_id == plan.pk and task.pk not in over
        ]


def plan_of(unit: Unit, year: int, programme: str = PROGRAMME) -> Plan | None:
    """The unit's newest plan of the year."""
    found: Plan | None = (
        Plan.objects.filter(unit=unit, year=year, programme=programme).order_by("-pk").first()
    )
    return found
