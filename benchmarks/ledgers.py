"""Ledgers to measure with: a plan of seven tasks and a year's acts, always the same for the same unit and size.

Import it once Django is set up.
"""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta

from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import fold
from dinhlang.work import folds
from dinhlang.work.concepts import COUNTERS
from dinhlang.work.models import Activity, ActivityKind, Evidence, Measure, Occurrence, Plan, Task
from dinhlang.work.rules import Count, Line, line_hash

_TITLES = (
    "Hoạt động mẫu số {}",
    "Họp thôn Đình lần {} về thủ tục đất đai",
    "Bản tin cải cách hành chính số {}",
    "Hướng dẫn nộp hồ sơ trực tuyến, lượt {}",
    "Giới thiệu dịch vụ công, bài {}",
)


def fill(unit: Unit, lines: int, year: int, at: datetime) -> None:
    """A plan of seven tasks and a year's ledger: every kind of work, half of it for a task, most with evidence."""
    chance = random.Random(f"{unit.pk} {lines}")
    tasks = list(_plan(unit, year, at).tasks.values_list("pk", flat=True))
    for first in range(0, lines, 5000):
        made = [
            _line(unit, number, chance, tasks, year, at) for number in range(first, min(first + 5000, lines))
        ]
        Activity.objects.bulk_create([activity for activity, _ in made], batch_size=500)
        Measure.objects.bulk_create(
            [
                Measure(activity=activity, concept=concept, value=value)
                for activity, counts in made
                for concept, value in counts.items()
            ],
            batch_size=900,
        )
        Evidence.objects.bulk_create(
            [
                Evidence(activity=activity, kind="link", url=f"https://xa.example/{activity.pk}", added_at=at)
                for activity, _ in made
                if chance.random() < 0.95
            ],
            batch_size=900,
        )
    folds.rebuild(unit)


def _line(
    unit: Unit, number: int, chance: random.Random, tasks: list[int], year: int, at: datetime
) -> tuple[Activity, dict[str, int]]:
    kind = chance.choice(list(ActivityKind))
    counts = {concept.id: chance.randint(1, 30) for concept in COUNTERS[kind][:3]}
    day = date(year - 1, 12, 15) + timedelta(days=chance.randrange(365))
    title = chance.choice(_TITLES).format(number)
    task = chance.choice(tasks) if chance.random() < 0.5 else None
    uid = uuid.UUID(int=chance.getrandbits(128), version=4)
    line = Line(uid, unit.pk, kind, day, title, {c: Count(v) for c, v in counts.items()}, task)
    activity = Activity(
        uid=uid,
        unit=unit,
        kind=kind,
        happened_on=day,
        title=title,
        task_id=task,
        folded=fold(title),
        recorded_at=at,
        line_hash=line_hash(line),
    )
    return activity, counts


def _plan(unit: Unit, year: int, at: datetime) -> Plan:
    plan = Plan.objects.create(
        unit=unit,
        year=year,
        title=f"Tuyên truyền cải cách hành chính năm {year}",
        number="04",
        symbol="KH-UBND",
        issued_on=date(year, 2, 13),
        created_at=at,
    )
    for position in range(1, 8):
        task = Task.objects.create(
            plan=plan,
            position=position,
            ordinal=str(position),
            text=f"Nhiệm vụ tuyên truyền số {position} theo kế hoạch của Ủy ban nhân dân xã",
            lead="Văn phòng",
            schedule_text="Mỗi tháng 01 kỳ",
            expected_kinds=[list(ActivityKind)[position].value],
        )
        for month in range(1, 13):
            last = date(year, month, 28)
            Occurrence.objects.create(
                task=task, number=month, starts_on=date(year, month, 1), ends_on=last, due_on=last
            )
    return plan
