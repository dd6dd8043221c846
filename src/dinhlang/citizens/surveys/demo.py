"""What the fictional commune asked: a round that ended and is published, one that runs. All of it is invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils.timezone import localdate

from dinhlang.citizens.models import Survey, SurveyRound
from dinhlang.citizens.surveys import actions
from dinhlang.citizens.surveys.actions import Received, RoundGiven
from dinhlang.citizens.surveys.rules.definition import Definition, Kind
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.templates import templates
from dinhlang.org.models import Person, Unit

_ANSWERS = 64
_WEIGHTS = {5: 38, 4: 40, 3: 15, 2: 5, 1: 2, None: 6}


def load_demo(*, at: datetime) -> None:
    """Give the demonstration its survey, once."""
    unit = Unit.objects.filter(is_demo=True, pk="ben-truc").first()
    if unit is None or Survey.objects.filter(unit=unit).exists():
        return
    by = Person.objects.filter(username="van-phong").first()
    definition = templates()["nam-yeu-to"]
    began = at - timedelta(days=40)
    version = actions.begin_survey(unit=unit, definition=definition, by=by, at=began)
    first = localdate(began)
    given = RoundGiven("Đợt minh họa thứ nhất", first, first + timedelta(days=30), Method.B)
    round_ = actions.open_round(version=version, given=given, by=by, at=began)
    _answer(round_, definition, _ANSWERS, began)
    ended = at - timedelta(days=9)
    round_ = actions.close_round(round_=round_, by=by, at=ended)
    actions.publish_results(round_=round_, by=by, at=ended)
    now = localdate(at)
    ends = now + timedelta(days=30)
    given = RoundGiven("Đợt minh họa thứ hai", now, ends, Method.B, by_after=True, by_return=True)
    _answer(actions.open_round(version=version, given=given, by=by, at=at), definition, 14, at)


def _answer(round_: SurveyRound, definition: Definition, count: int, at: datetime) -> None:
    # Always the same answers: pictures of the demonstration stay as they are.
    chance = Random(count)  # noqa: S311 - nobody is to be kept from guessing these
    for _one in range(count):
        sent: dict[str, list[str]] = {}
        for question in definition.questions:
            if question.scored:
                score = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
                found = next((one for one in question.options if one.score == score), question.options[1])
                sent[question.id] = [found.id]
            elif question.kind is Kind.SINGLE:
                sent[question.id] = [chance.choice(question.options).id]
        actions.answer(
            round_=round_,
            sent=sent,
            way=Way.POSTER,
            key=UUID(int=chance.getrandbits(128), version=4),
            received=Received(seconds=chance.randint(40, 200)),
            at=at,
        )
