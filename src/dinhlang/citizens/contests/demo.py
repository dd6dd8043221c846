"""The contest of the fictional commune: a first week that ended with its draw, a second one that is open. All of it is invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.actions import ContestGiven
from dinhlang.citizens.contests.rules.people import Group, Person
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.contests.rules.weeks import WeekGiven
from dinhlang.citizens.models import Contest, ContestWeek
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.rules.marking import right_options
from dinhlang.citizens.surveys.templates import templates
from dinhlang.org import queries as org
from dinhlang.org.models import Person as Official
from dinhlang.org.models import Unit

_SAT, _DAY = 36, timedelta(days=1)
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ")
_NAMES = ("Minh Họa", "Thí Dụ", "Giả Định", "Ví Dụ", "Không Thật", "Mẫu Thử")
_TERMS = (
    "Cuộc thi minh họa của xã không có thật.\n\n"
    "Mọi người đang sống, làm việc, học tập ở xã được dự thi. Mỗi số điện thoại thi chính thức một lần mỗi tuần.\n\n"
    "Xếp hạng theo điểm, rồi dự đoán, rồi thời gian. Hai bài trong những bài đúng tất cả được bốc thăm."
)


def load_demo(*, at: datetime) -> None:
    """Give the demonstration its contest, once."""
    unit = Unit.objects.filter(is_demo=True, pk="ben-truc").first()
    if unit is None or Contest.objects.filter(unit=unit).exists():
        return
    by = Official.objects.filter(username="van-hoa").first()
    leader = Official.objects.filter(username="chu-tich").first()
    began = at - 9 * _DAY
    version = surveys.begin_survey(unit=unit, definition=templates()["tim-hieu-cchc"], by=by, at=began - _DAY)
    given = ContestGiven(
        "Tìm hiểu cải cách hành chính (minh họa)",
        _TERMS,
        "Một giải Nhất, hai giải bốc thăm; hiện vật minh họa.",
        Timing.QUESTION,
        45,
        5,
    )
    contest = actions.begin(unit=unit, given=given, by=by, at=began - _DAY)
    for opens_at in (began, at - _DAY):
        actions.write_week(
            contest=contest,
            version=version,
            given=WeekGiven(opens_at, opens_at + 7 * _DAY, None, 2),
            by=by,
            at=began - _DAY,
        )
    actions.send(contest=contest, by=by, at=began - _DAY)
    actions.approve(contest=contest, seen=queries.digest_of(contest), by=leader, at=began - _DAY / 2)
    first, second = contest.weeks.select_related("contest__unit", "version").order_by("number")
    hamlets = sorted(
        Unit.objects.filter(
            pk__in=org.ids_below(unit, at.date(), parts_only=True), level=Unit.Level.HAMLET
        ).values_list("pk", flat=True)
    )
    for number in range(_SAT):
        _sit(first, number, hamlets, began + _DAY + number * _DAY / 9)
    for number in range(5):
        _sit(second, number, hamlets, at - _DAY / 2)
    week = actions.finish(week=first, by=by, at=at - _DAY / 2)
    actions.draw_lots(week=week, by=by, at=at - _DAY / 2)


def _sit(week: ContestWeek, number: int, hamlets: list[str], at: datetime) -> None:
    # Always the same answers: pictures of the demonstration stay as they are.
    chance = Random(number)  # noqa: S311 - nobody is to be kept from guessing these
    person = Person(
        name=f"{chance.choice(_FAMILIES)} {chance.choice(('Văn', 'Thị'))} {chance.choice(_NAMES)}",
        phone=f"0900{number:06d}",
        hamlet=chance.choice(hamlets) if hamlets and number % 6 else "",
        group=chance.choice((Group.CITIZEN, Group.CITIZEN, Group.OFFICIAL)),
        is_agreed=True,
        is_shown=number % 5 != 0,
        guess=chance.randint(5, 30) if number % 4 else None,
    )
    sitting = actions.join(
        week=week, given=person, key=f"minh-hoa-{week.pk}-{number}", hamlets=hamlets, at=at
    )
    knows = number % 3 == 0
    for place, question in enumerate(queries.questions_of(sitting), 1):
        actions.go_on(sitting=sitting, after=place - 1, at=at)
        at += timedelta(seconds=chance.randint(5, 40))
        right = sorted(right_options(question))
        is_right = knows or chance.random() < 0.7
        sent = right if is_right else [next(one.id for one in question.options if one.id not in right)]
        actions.answer(sitting=sitting, place=place, sent=sent, at=at)
