"""Banks of questions, what exactly was approved, sittings by the key in their address."""

from __future__ import annotations

import json
from hashlib import sha256

from django.utils.timezone import localdate

from dinhlang.citizens.models import Contest, ContestSitting, ContestWeek, SurveyVersion
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules.citing import doubts
from dinhlang.citizens.surveys.rules.definition import Purpose, Question
from dinhlang.citizens.surveys.rules.marking import markable
from dinhlang.org.models import Unit


def banks(unit: Unit) -> list[SurveyVersion]:
    """The banks of questions of a unit: the newest version of each form with right answers."""
    found = SurveyVersion.objects.filter(survey__unit=unit, definition__purpose=Purpose.CONTEST)
    newest: dict[int, SurveyVersion] = {}
    for one in found.select_related("survey").order_by("survey", "-number"):
        newest.setdefault(one.survey_id, one)
    return sorted(newest.values(), key=lambda one: -one.survey_id)


def bank_of(week: ContestWeek) -> tuple[Question, ...]:
    """The questions a week may ask."""
    return markable(definition_of(week.version))


def doubtful(week: ContestWeek) -> int:
    """How many questions of a week rest on acts that are not in force on the day it opens."""
    opens_on = localdate(week.opens_at)
    return sum(bool(doubts(one, opens_on)) for one in bank_of(week))


def questions_of(sitting: ContestSitting) -> list[Question]:
    """The questions of a sitting in their order."""
    known = {one.id: one for one in bank_of(sitting.week)}
    return [known[id_] for id_ in sitting.questions if id_ in known]


def digest_of(contest: Contest) -> str:
    """SHA-256 over everything a leader approves: an approval is of exactly these words, weeks and questions."""
    said = [
        contest.title,
        contest.terms,
        contest.prizes,
        contest.timing,
        contest.seconds,
        contest.grace_seconds,
        [
            [
                one.number,
                one.opens_at.isoformat(),
                one.closes_at.isoformat(),
                one.version.digest,
                one.drawn,
                one.lots,
                one.public_source,
            ]
            for one in contest.weeks.select_related("version").order_by("number")
        ],
    ]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def mark_of(key: str) -> str:
    """What is kept of the key in the address of a sitting."""
    return sha256(f"dinhlang contest {key}".encode()).hexdigest()


def sitting_by_key(key: str) -> ContestSitting | None:
    """The sitting of a key."""
    found = ContestSitting.objects.select_related("week__contest__unit", "week__version", "hamlet")
    return found.filter(mark=mark_of(key)).first()
