"""A contest to play with: written by the culture officer, approved by the chairwoman, one week of three questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.actions import ContestGiven
from dinhlang.citizens.contests.rules.people import Person
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.contests.rules.weeks import WeekGiven
from dinhlang.citizens.models import Contest, ContestSitting, ContestWeek, SurveyVersion
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.rules.definition import Definition, Kind, Option, Purpose, Question

if TYPE_CHECKING:
    from conftest import Cast

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
BANK = Definition(
    "Bộ câu hỏi thử",
    Purpose.CONTEST,
    questions=tuple(
        Question(
            id_,
            Kind.SINGLE,
            f"Câu {id_}?",
            options=(Option("sai", "Phương án thứ nhất"), Option("dung", "Phương án thứ hai", correct=True)),
            explanation=f"Giải thích {id_} (minh họa).",
        )
        for id_ in ("mot", "hai", "ba")
    ),
)
GIVEN = ContestGiven(
    "Tìm hiểu cải cách hành chính (minh họa)",
    "Mọi người ở xã được thi.\n\nMỗi số điện thoại thi một lần mỗi tuần.",
    "Một giải Nhất (minh họa).",
    Timing.QUESTION,
    30,
    5,
)
PERSON = Person("Nguyễn Thị Minh Họa", "0900000111", is_agreed=True, is_shown=True)


def bank(cast: Cast) -> SurveyVersion:
    return surveys.begin_survey(unit=cast.commune, definition=BANK, by=cast.culture_officer, at=cast.now)


def drafted(cast: Cast, **change: Any) -> Contest:
    contest = actions.begin(
        unit=cast.commune, given=replace(GIVEN, **change), by=cast.culture_officer, at=cast.now
    )
    week = WeekGiven(cast.now + HOUR, cast.now + 25 * HOUR, None, 2)
    actions.write_week(contest=contest, version=bank(cast), given=week, by=cast.culture_officer, at=cast.now)
    return contest


def opened(cast: Cast, *, week: dict[str, Any] | None = None, **change: Any) -> ContestWeek:
    contest = drafted(cast, **change)
    if week:
        found = contest.weeks.get()
        given = WeekGiven(found.opens_at, found.closes_at, None, 2)
        actions.write_week(
            contest=contest,
            version=found.version,
            given=replace(given, **week),
            week=found,
            by=cast.culture_officer,
            at=cast.now,
        )
    actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    actions.approve(contest=contest, seen=queries.digest_of(contest), by=cast.chair, at=cast.now)
    return contest.weeks.select_related("contest__unit", "version").get()


def joined(
    week: ContestWeek, number: int = 0, *, at: datetime | None = None, **change: Any
) -> ContestSitting:
    person = replace(PERSON, phone=f"0900{number:06d}", **change)
    return actions.join(
        week=week, given=person, key=f"key-{number}", hamlets=(), at=at or week.opens_at + HOUR
    )


def sat(
    week: ContestWeek, number: int = 0, answers: str = "ddd", *, seconds: float = 10, **change: Any
) -> ContestSitting:
    """Somebody who answers each question after so many seconds: 'd' rightly, 's' wrongly, '-' not at all."""
    at = week.opens_at + HOUR
    sitting = joined(week, number, at=at, **change)
    for place, letter in enumerate(answers, 1):
        row = actions.go_on(sitting=sitting, after=place - 1, at=at)
        assert row is not None
        if letter == "-":
            at = row.due_at + HOUR / 60
            continue
        at += seconds * SECOND
        actions.answer(sitting=sitting, place=place, sent=["dung" if letter == "d" else "sai"], at=at)
    actions.go_on(sitting=sitting, after=len(answers), at=at)
    sitting.refresh_from_db()
    return sitting
