"""The demonstration: the fictional commune's plan and what it did in the year so far.

Nothing here happened; links end in '.example', which never resolves. Some months are left without evidence on
purpose, so that gaps and missing figures can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from dinhlang.org.models import Person, Unit
from dinhlang.work.actions.lines import record_activity
from dinhlang.work.actions.plans import import_plan
from dinhlang.work.models import Basis, Plan, Task
from dinhlang.work.rules import Count, LinkEvidence

UNIT = "ben-truc"
_SITE = "https://ben-truc.example/cchc"

_ARTICLES = (
    "Xã Bến Trúc triển khai kế hoạch cải cách hành chính năm mới",
    "Nộp hồ sơ khai sinh tại nhà: các bước cần làm",
    "Lịch tiếp công dân và số điện thoại đường dây nóng của xã",
    "Trung tâm Phục vụ hành chính công trả kết quả sớm trước Tết",
    "Chứng thực bản sao điện tử: ai nên dùng, làm thế nào",
    "Công khai mức độ hài lòng của người dân quý I",
    "Hỏi đáp về đăng ký hộ kinh doanh trực tuyến",
    "Tổ công nghệ số cộng đồng thôn Đình đến từng nhà",
    "Những thủ tục đất đai mới được sửa đổi",
    "Thanh toán phí, lệ phí không dùng tiền mặt tại xã",
    "Người cao tuổi làm quen với tài khoản định danh điện tử",
    "Giảm giấy tờ phải nộp khi đăng ký thường trú",
    "Gương sáng ở nơi tiếp nhận hồ sơ: giải thích đến khi dân hiểu",
    "Sáu tháng cải cách hành chính ở Bến Trúc qua các con số",
    "Xin lỗi công dân khi trễ hẹn: cách làm và kết quả",
    "Tra cứu tình trạng hồ sơ bằng mã trên giấy hẹn",
    "Chuẩn bị hồ sơ nhập học cho con không phải đi lại",
    "Đối thoại với hộ kinh doanh về thủ tục hành chính",
    "Số hóa kết quả giải quyết thủ tục: lợi ích cho người dân",
    "Cuộc thi tìm hiểu cải cách hành chính sắp bắt đầu",
    "Trao giải cuộc thi tìm hiểu cải cách hành chính",
    "Thôn Soi không còn hồ sơ giấy trong đăng ký tạm trú",
    "Góp ý của người dân và việc xã đã sửa",
    "Nhìn lại một năm cải cách hành chính",
)


@dataclass(frozen=True, slots=True)
class _Act:
    """Something done on a day, by the person of that user name, for the task of that ordinal."""

    day: date
    kind: str
    title: str
    measures: Mapping[str, int | Count]
    by: str
    task: str | None = None
    is_evidenced: bool = True
    basis: str = Basis.EVENT
    reform_field: str = ""


def moment(day: date, hour: int, at: datetime) -> datetime:
    """That hour of the day, never after `at`: when the demonstration says that something was done."""
    return min(datetime.combine(day, time(hour), tzinfo=get_default_timezone()), at)


def load_demo(*, at: datetime) -> None:
    """Give the fictional commune a plan of the year of `at` and the acts of that year up to that day, once."""
    unit = Unit.objects.get(pk=UNIT)
    if Plan.objects.filter(unit=unit).exists():
        return
    year = localdate(at).year
    text = files("dinhlang.work").joinpath("demo_plan.md").read_text(encoding="utf-8").format(year=year)
    people = {person.username: person for person in Person.objects.filter(positions__unit__isnull=False)}
    with transaction.atomic():
        plan = import_plan(
            unit=unit, data=text.encode(), name=f"ke-hoach-{year}.md", by=people["van-hoa"], at=at
        )
        tasks = {task.ordinal: task for task in plan.tasks.select_related("plan")}
        for number, act in enumerate(_acts(year)):
            if act.day <= localdate(at):
                _record(unit, act, number, tasks, people, at)


def _record(
    unit: Unit, act: _Act, number: int, tasks: Mapping[str, Task], people: Mapping[str, Person], at: datetime
) -> None:
    link = f"{_SITE}/{act.day:%Y/%m}/{number}"
    record_activity(
        unit=unit,
        kind=act.kind,
        happened_on=act.day,
        title=act.title,
        measures=act.measures,
        task=tasks[act.task] if act.task else None,
        evidence=[LinkEvidence(link)] if act.is_evidenced else [],
        uid=uuid5(NAMESPACE_URL, link),
        basis=act.basis,
        reform_field=act.reform_field,
        by=people[act.by],
        # In the evening of its day: what a report was issued with was there before.
        at=moment(act.day, 17, at),
    )


def _acts(year: int) -> Iterator[_Act]:
    for month in range(1, 13):
        yield from _on_channels(year, month)
        yield from _at_the_counter(year, month)
    yield from _once(year)


def _on_channels(year: int, month: int) -> Iterator[_Act]:
    first, second = _ARTICLES[2 * month - 2 : 2 * month]
    day = date(year, month, 6)
    yield _Act(day, "website", first, {"articles": 1, "posts": 1}, "van-hoa", "5", reform_field="chi-dao")
    yield _Act(
        day.replace(day=17),
        "website",
        second,
        {"articles": 1, "posts": 1},
        "van-hoa",
        "5",
        reform_field="thu-tuc",
    )
    if month % 2:
        yield _Act(day.replace(day=18), "social", second, {"posts": 1, "reach": 240 + 35 * month}, "van-hoa")
    yield _Act(
        day.replace(day=12),
        "radio",
        f"Chuyên mục Cải cách hành chính tháng {month}",
        {"broadcasts": 4, "broadcast_minutes": 20 + 2 * (month % 3)},
        "truyen-thanh",
        "4",
        # The log of one month was not handed in.
        is_evidenced=month != 8,
    )


def _at_the_counter(year: int, month: int) -> Iterator[_Act]:
    day = date(year, month, 27)
    yield _Act(
        date(year, month, 3),
        "meeting",
        f"Giao ban tháng {month}: việc cải cách hành chính",
        {"meetings": 1, "attendees": 18 + month % 4},
        "van-phong",
        "1",
    )
    yield _Act(
        day,
        "guidance",
        f"Hướng dẫn tại nơi tiếp nhận hồ sơ, tháng {month}",
        {"guidance": Count(150 + 20 * month, "hơn" if month == 2 else "")},
        "mot-cua",
        "6",
        is_evidenced=month not in (4, 9),
        basis=Basis.BOOK,
    )
    if month not in (5, 7):  # nothing was posted: the watch of task 3 shows two gaps
        yield _Act(
            day,
            "posting",
            f"Cập nhật bảng niêm yết tháng {month}",
            {"procedures_posted": 2 + month % 5},
            "mot-cua",
            "3",
        )
    received = 300 + 12 * month
    yield _Act(
        day.replace(day=28),
        "onestop",
        f"Tình hình giải quyết hồ sơ tháng {month}",
        {
            "dossiers_received": received,
            "dossiers_online": 180 + 14 * month,
            "dossiers_resolved": received - 20,
            "dossiers_on_time": received - 23,
            "dossiers_late": 3,
            "feedback": month % 3,
        },
        "mot-cua",
        basis=Basis.SYSTEM,
    )


def _once(year: int) -> Iterator[_Act]:
    yield _Act(
        date(year, 3, 10), "website", "Công khai chỉ số cải cách hành chính và chỉ số hài lòng",
        {"articles": 1, "posts": 1}, "van-phong", "2",
    )  # fmt: skip
    yield _Act(date(year, 3, 20), "board", "Treo băng rôn tại trụ sở và hai thôn", {"banners": 6}, "van-hoa")
    yield _Act(
        date(year, 5, 15), "training", "Tập huấn tổ công nghệ số cộng đồng",
        {"trainings": 1, "training_attendees": 32}, "van-hoa", "7",
    )  # fmt: skip
    yield _Act(
        date(year, 6, 2),
        "leaflet",
        "Phát tờ rơi hướng dẫn dịch vụ công trực tuyến",
        {"leaflets": 450},
        "van-hoa",
    )
    yield _Act(
        date(year, 9, 4),
        "meeting",
        "Họp thôn Đình",
        {"meetings": 1, "attendees": Count(85, "hơn")},
        "truong-thon",
    )
    yield _Act(
        date(year, 10, 16), "contest", "Cuộc thi tìm hiểu cải cách hành chính",
        {"contests": 1, "contest_entries": 214}, "van-hoa", "8",
    )  # fmt: skip
