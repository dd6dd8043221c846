"""What an outline can print: the words, figures and tables of one report, made only when they are called for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Role
from dinhlang.periods.window import numeric_date
from dinhlang.reports.drafting.figures import Missing, StatisticWords
from dinhlang.reports.drafting.tables import Tables
from dinhlang.reports.models import Practice
from dinhlang.reports.outline import Mark, OutlineError
from dinhlang.reports.practices.queries import recognised_in
from dinhlang.reports.rules import PROGRAMME, next_period
from dinhlang.reports.sources import PLAN, PLAN_TASKS, Stated
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
from dinhlang.work.models import Activity, ActivityKind, Plan, ReformField

_MOST_ACTS = 15


@dataclass
class Drafting(Tables):
    """One report being drafted, with all that its outline may speak of."""

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
