"""The demonstration: what the communes beside did, the two that were merged and the one they became.

Nothing here happened. It is less than the commune of `demo`, enough for what the level above makes of several reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Unit
from dinhlang.work.actions.demo import UNIT, moment
from dinhlang.work.actions.lines import record_activity
from dinhlang.work.models import Activity, Evidence
from dinhlang.work.rules import LinkEvidence

BEFORE, HEIR = ("con-sen", "ben-say"), "ben-sen"
MERGED_ON = date(2025, 7, 1)
# Two communes held it together: each has it in its own ledger, with the same page as evidence.
JOINT = "Tập huấn tổ công nghệ số cộng đồng"

_ARTICLES = (
    "Nộp hồ sơ tạm trú bằng điện thoại",
    "Lịch trả kết quả lưu động ở các tổ dân phố",
    "Chữ ký số cá nhân: đăng ký ở đâu",
    "Những giấy tờ không còn phải nộp bản giấy",
    "Tổ dân phố giúp người cao tuổi tra cứu hồ sơ",
    "Công khai hồ sơ trễ hẹn và lời xin lỗi",
)


@dataclass(frozen=True, slots=True)
class _Act:
    day: date
    kind: str
    title: str
    measures: Mapping[str, int]


def load_demo_beside(*, at: datetime) -> None:
    """Give the communes their lines, once: the merged ones for the months before, their heir from its first day or from
    the beginning of last year on."""
    if Activity.objects.filter(unit=HEIR).exists():
        return
    today = localdate(at)
    units = Unit.objects.in_bulk([*BEFORE, HEIR])
    with transaction.atomic():
        for number, unit in enumerate(BEFORE):
            for month in range(1, 7):
                _record_all(units[unit], _month(2025, month, number), at)
        first = max(MERGED_ON, date(today.year - 1, 1, 1))
        for year in range(first.year, today.year + 1):
            for month in range(first.month if year == first.year else 1, 13):
                acts = [one for one in _month(year, month, 2) if one.day <= today]
                _record_all(units[HEIR], acts, at)
        _record_joint(units[HEIR], at)


def _month(year: int, month: int, number: int) -> Iterator[_Act]:
    """What a commune does in a month; the number of the commune keeps them apart."""
    title = _ARTICLES[(month + 2 * number) % len(_ARTICLES)]
    yield _Act(date(year, month, 8 + number), "website", title, {"articles": 1, "posts": 1 + number})
    yield _Act(
        date(year, month, 14),
        "radio",
        f"Chuyên mục Cải cách hành chính tháng {month}",
        {"broadcasts": 2 + number, "broadcast_minutes": 15},
    )
    yield _Act(
        date(year, month, 25),
        "guidance",
        f"Hướng dẫn tại nơi tiếp nhận hồ sơ, tháng {month}",
        {"guidance": 60 + 10 * number + 5 * month},
    )
    if month % 2 == 0:
        yield _Act(
            date(year, month, 20),
            "meeting",
            "Đối thoại với người dân về thủ tục hành chính",
            {"meetings": 1, "attendees": 30 + 4 * number + month},
        )
    if month in (4, 10):
        yield _Act(date(year, month, 21), "leaflet", "Phát tờ rơi tại chợ", {"leaflets": 200 + 50 * number})


def _record_all(unit: Unit, acts: Iterator[_Act] | list[_Act], at: datetime) -> None:
    for act in acts:
        _record(unit, act, f"https://{unit.pk}.example/cchc/{act.day:%Y/%m}/{act.kind}", at)


def _record(unit: Unit, act: _Act, link: str, at: datetime) -> None:
    record_activity(
        unit=unit,
        kind=act.kind,
        happened_on=act.day,
        title=act.title,
        measures=act.measures,
        evidence=[LinkEvidence(link)],
        uid=uuid5(NAMESPACE_URL, f"{unit.pk}:{link}"),
        by=None,
        at=moment(act.day, 17, at),
    )


def _record_joint(unit: Unit, at: datetime) -> None:
    shown = (
        Evidence.objects.filter(activity__unit=UNIT, activity__title=JOINT).select_related("activity").first()
    )
    if shown is not None:
        line = shown.activity
        act = _Act(
            line.happened_on,
            line.kind,
            f"{JOINT}, cùng xã Bến Trúc",
            {"trainings": 1, "training_attendees": 32},
        )
        _record(unit, act, shown.url, at)
