"""How a unit, a period, a plan and a task are written in a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.reports.models import Request
from dinhlang.reports.outline import Mark
from dinhlang.vietnamese.dates import printed as printed_date
from dinhlang.vietnamese.text import fold, lower_first
from dinhlang.work import queries as work
from dinhlang.work.models import Plan
from dinhlang.work.rules import State


@dataclass(frozen=True, slots=True)
class UnitWords:
    """How the unit is written: 'xã', 'Nam Trung', 'xã Nam Trung', 'Ủy ban nhân dân xã Nam Trung', 'Nam Trung'."""

    kind: str
    name: str
    full: str
    body: str
    place: str


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """'6 tháng đầu năm 2023', '6 tháng cuối năm 2023', 'từ ngày … đến hết ngày …'."""

    label: str
    next: str
    year: int
    window: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The plan as it is cited at first and later, and the number of its tasks."""

    reference: str
    short: str
    tasks: Mark


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task of the plan, in the plan's own words, where it stands, and how many of its times were done ('5/6 kỳ')."""

    text: str
    lead: str
    product: str
    schedule: str
    state: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class ActWords:
    """A line of the ledger as a report tells it: what was done, and on which day ('05/3/2026')."""

    title: str
    day: str


@dataclass(frozen=True, slots=True)
class PracticeWords:
    """A good model or a commendation that was recognised: its name, why, what it brought, whose it is, its decision."""

    title: str
    why: str
    effect: str
    credited: str
    decision: str
    day: str
    is_commendation: bool


@dataclass(frozen=True, slots=True)
class RequestWords:
    """The letter that asks for a report: how it is cited, empty without its number and day; what it asks."""

    reference: str
    subject: str


def request_words(request: Request) -> RequestWords:
    """'Công văn số 1234/SNV-CCHC ngày 05 tháng 11 năm 2026 của Sở Nội vụ'; 'Báo cáo việc …' without its first word."""
    subject = clean(request.subject)
    folded = fold(subject)
    for start in ("bao cao ve ", "bao cao "):
        if folded.startswith(start):
            subject = subject[len(start) :]
            break
    reference = ""
    if request.symbol and request.dated and request.asker:
        reference = (
            f"Công văn số {clean(request.symbol)} {printed_date(request.dated)} của {clean(request.asker)}"
        )
    return RequestWords(reference, subject[:1].upper() + subject[1:])


def unit_words(unit: Unit, on: date) -> UnitWords:
    """How the unit was written on that day."""
    name = org.name_of(unit, on)
    kind, own = (name.kind, name.name) if name else ("", unit.id)
    full = f"{kind} {own}".strip()
    is_body = name is not None and unit.level not in org.PARTS
    place = org.place_called(name) if is_body and name else org.letterhead(unit, on).place
    return UnitWords(kind, own, full, f"Ủy ban nhân dân {full}", place)


def plan_reference(plan: Plan, body: str) -> str:
    """The plan as it is cited at first: kind, number, date, issuer, subject."""
    subject = clean(plan.title)
    lowered = lower_first(subject)
    about = lowered if lowered.startswith("về ") else f"về {lowered}"
    if not plan.number:
        return f"Kế hoạch {about.removeprefix('về ').removeprefix('việc ')} của {body}"
    dated = f" {printed_date(plan.issued_on)}" if plan.issued_on else ""
    return f"{plan_short(plan)}{dated} của {body} {about}"


def plan_short(plan: Plan) -> str:
    """The plan as it is cited later: kind and number."""
    if not plan.number:
        return f"Kế hoạch tuyên truyền cải cách hành chính năm {plan.year}"
    return f"Kế hoạch số {plan.number.zfill(2)}/{plan.symbol or 'KH-UBND'}"


def clean(text: str) -> str:
    """The text on one line, without the marks the outline's reader looks for."""
    return " ".join("".join(letter for letter in text if not "\ue000" <= letter <= "\uf8ff").split())


def task_words(row: work.TaskProgress) -> TaskWords:
    """The task in the plan's own words, and where it stands in ours."""
    task = row.task
    begun = sum(1 for one in row.occurrences if one.state is not State.UPCOMING)
    return TaskWords(
        clean(task.text),
        clean(task.lead),
        clean(task.product),
        clean(task.schedule_text),
        _standing(row),
        f"{row.done}/{begun} kỳ" if begun > 1 else "",
    )


def _standing(row: work.TaskProgress) -> str:
    if row.is_completed is None:
        return "chưa đến kỳ thực hiện"
    if row.is_completed:
        return "đã thực hiện, có minh chứng"
    if not row.evidenced_lines:
        return "quá hạn, chưa có minh chứng" if row.late else "chưa có minh chứng"
    return "chưa đủ minh chứng các kỳ" if row.late or row.gaps else "đang thực hiện"
