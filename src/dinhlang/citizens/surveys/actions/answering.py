"""Answers as they come from citizens: once, durable, and with nothing that leads back to who gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyAnswer, SurveyRemark, SurveyRound, SurveyToken
from dinhlang.citizens.surveys.queries import definition_of, round_after_answers
from dinhlang.citizens.surveys.rules import rounds
from dinhlang.citizens.surveys.rules.answers import Filled, filled
from dinhlang.citizens.surveys.rules.rounds import ONE_VOICE, Way, WrongToken
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused


class NotFilled(Refused):
    """Something is missing or wrong: `problems` by question."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(_("Còn %s câu chưa trả lời đúng. Xem các câu được đánh dấu.") % len(problems))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Received:
    """What is known of how an answer came: how long the page was open, when this device answered last, whether many came
    from one place within the hour. None of it is kept, but for flags."""

    seconds: float | None = None
    came_before: datetime | None = None
    is_one_of_many: bool = False


@transaction.atomic
def answer(
    *,
    round_: SurveyRound,
    sent: Mapping[str, Sequence[str]],
    way: Way,
    key: UUID,
    token: str = "",
    received: Received,
    at: datetime,
) -> bool:
    """Take one answer; False when it was taken before (`key` is the page it was written on: two taps are one answer).

    Raises `NotFilled`, `rounds.NotNow`, and `WrongToken` for a code that is unknown, of another round, or used.
    """
    on = localdate(at)
    if SurveyAnswer.objects.filter(pk=key).exists():
        return False
    rounds.check_takes(round_.opens_on, round_.closes_on, is_closed=round_.closed_at is not None, on=on)
    rounds.check_way(way, by_poster=round_.by_poster, by_kiosk=round_.by_kiosk)
    definition = definition_of(round_.version)
    found = filled(definition, sent)
    if found.problems:
        raise NotFilled(found.problems)
    if found.is_empty:
        raise NotFilled({one.id: _("Chọn một câu trả lời.") for one in definition.questions[:1]})
    # Whether a round is closed is asked again under its lock: an answer is in the results, or was refused.
    held = SurveyRound.objects.select_for_update(no_key=True).get(pk=round_.pk)
    rounds.check_takes(held.opens_on, held.closes_on, is_closed=held.closed_at is not None, on=on)
    if way in ONE_VOICE:
        _use(held, way, token)
    _made, is_new = SurveyAnswer.objects.get_or_create(
        pk=key,
        defaults={
            "round": held,
            "way": way,
            "values": found.values,
            "flags": rounds.flags_of(
                definition,
                found.values,
                seconds=received.seconds,
                least_seconds=held.least_seconds,
                came_before=received.came_before,
                at=at,
                cooldown=timedelta(hours=held.cooldown_hours),
                is_one_of_many=received.is_one_of_many,
            ),
        },
    )
    if is_new:
        keep_remarks(held, found)
    return is_new


def keep_remarks(round_: SurveyRound, found: Filled) -> None:
    """Free words, apart from the slip they stood on."""
    for question, words in found.remarks.items():
        SurveyRemark.objects.create(round=round_, question=question, words=words)


def _use(round_: SurveyRound, way: Way, token: str) -> None:
    mark = rounds.mark_of(rounds.typed_token(token))
    if not round_.tokens.filter(mark=mark, way=way, is_used=False).update(is_used=True):
        raise WrongToken(
            _("Mã này đã dùng rồi. Mỗi mã trả lời một lần; ý kiến đã gửi được giữ nguyên.")
            if round_.tokens.filter(mark=mark).exists()
            else _("Không có mã này. Xem lại mã in trên phiếu.")
        )


def invite_after(*, unit: Unit, at: datetime) -> str:
    """A code for whoever was just answered, for the open round that asks those; '' where there is none.

    The caller shows it once beside the answer; nothing is kept of whom it was shown to.
    """
    on = localdate(at)
    round_ = round_after_answers(unit, on)
    if round_ is None:
        return ""
    token = rounds.new_token()
    SurveyToken.objects.create(round=round_, mark=rounds.mark_of(token), way=Way.AFTER, made_on=on)
    return token
