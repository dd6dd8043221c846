"""The test before and the test after: chosen, opened, answered without a name, handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyVersion, TrainingAnswer, TrainingClass
from dinhlang.citizens.surveys.actions import NotFilled
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules.answers import filled
from dinhlang.citizens.training import queries
from dinhlang.citizens.training.actions.noting import noted, running
from dinhlang.citizens.training.rules import classes as rules
from dinhlang.citizens.training.rules import testing
from dinhlang.citizens.training.rules.classes import CHOOSING, MOST_SLIPS, SITTING, NotNow, Stage
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit


class WrongPair(Refused):
    """A code that nobody kept from the test before, or that answered this test already."""


@transaction.atomic
def choose_test(
    *, training: TrainingClass, version: SurveyVersion | None, by: Person | None, at: datetime
) -> TrainingClass:
    """Which test is asked next. Raises `NotNow` while people sit one, and `org.permissions.NotAllowed`."""
    training = running(training, by=by, at=at)
    if training.stage not in CHOOSING:
        raise NotNow(_("Đang làm bài hoặc đã thu bài nên không đổi bài kiểm tra nữa."))
    if version is not None and version.pk not in {one.pk for one in queries.tests(training.unit)}:
        raise NotNow(_("Chọn một bài kiểm tra của đơn vị, có ghi đáp án."))
    training.version = version
    training.save(update_fields=["version"])
    noted(training, "training.test", by=by, at=at)
    return training


@transaction.atomic
def move_test(*, training: TrainingClass, to: Stage, by: Person | None, at: datetime) -> TrainingClass:
    """Open a test in the room, or take it in. What is asked is frozen; figures are kept once the last is in.

    Raises `NotNow` and `org.permissions.NotAllowed`.
    """
    training = running(training, by=by, at=at)
    if training.stage == to:
        return training
    rules.check_stage(Stage(training.stage), to)
    if training.version is None:
        raise NotNow(_("Chọn bài kiểm tra trước, rồi mở bài."))
    if to in SITTING and localdate(training.starts_at) > localdate(at):
        raise NotNow(_("Chưa tới ngày học nên chưa mở bài kiểm tra."))
    training.stage = to
    if to in SITTING and training.version.frozen_at is None:
        training.version.frozen_at = at
        training.version.save(update_fields=["frozen_at"])
    if to == Stage.DONE:
        training.results = testing.plain(queries.told(training))
    training.save(update_fields=["stage", "results"])
    noted(training, "training.stage", by=by, at=at, to=to)
    return training


@transaction.atomic
def note_slips(*, training: TrainingClass, count: int, by: Person | None, at: datetime) -> list[str]:
    """New codes for so many slips. They are known now and never again. Raises `Unfit`, `NotNow`, `NotAllowed`."""
    training = running(training, by=by, at=at)
    if not 1 <= count <= MOST_SLIPS:
        raise Unfit(_("Mỗi lần in từ 1 đến %s phiếu.") % MOST_SLIPS, "count")
    noted(training, "training.slips", by=by, at=at, count=count)
    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[rules.new_pair()] = None
    return list(codes)


@transaction.atomic
def answer_test(
    *,
    training: TrainingClass,
    sent: Mapping[str, Sequence[str]],
    pair: str,
    key: UUID,
    is_typed: bool = False,
    at: datetime,
) -> bool:
    """Take one test; False when it was taken before (`key` is the page it was written on). `is_typed`: the person typed the code,
    so one that nobody kept is a slip of the hand.

    Raises `NotNow`, `NotFilled`, and `WrongPair`.
    """
    # Against taking the tests in at the same moment: an answer is in the results, or was refused.
    found = TrainingClass.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    training = found.get(pk=training.pk)
    if training.stage not in SITTING or training.version is None or training.cancelled_at is not None:
        raise NotNow(_("Bài kiểm tra chưa mở hoặc đã thu. Xem hướng dẫn của người trình bày."))
    if TrainingAnswer.objects.filter(pk=key).exists():
        return False
    definition = definition_of(training.version)
    read = filled(definition, sent)
    if read.problems:
        raise NotFilled(read.problems)
    if not read.values:
        raise NotFilled({one.id: _("Chọn một câu trả lời.") for one in definition.questions[:1]})
    is_after = training.stage == Stage.AFTER
    mark = _mark(training, pair, is_after=is_after, is_typed=is_typed)
    # Free words are not kept: a test asks for none, and they might name somebody.
    TrainingAnswer.objects.create(
        pk=key,
        training=training,
        is_after=is_after,
        version=training.version,
        pair=mark,
        values=read.values,
        answered_on=localdate(at),
    )
    return True


def _mark(training: TrainingClass, pair: str, *, is_after: bool, is_typed: bool) -> str:
    if not pair:
        return ""
    if not rules.is_pair(pair):
        raise WrongPair(
            _("Mã gồm 5 chữ và số, in trên phiếu hoặc hiện khi làm bài trước. Không có mã thì để trống.")
        )
    mark = rules.pair_mark(training.pk, pair)
    if training.answers.filter(is_after=is_after, pair=mark).exists():
        raise WrongPair(_("Mã này đã nộp bài rồi. Mỗi mã nộp mỗi bài một lần."))
    if is_typed and is_after and not training.answers.filter(is_after=False, pair=mark).exists():
        raise WrongPair(
            _("Không có bài trước nào mang mã này. Xem lại mã; không làm bài trước thì để trống ô mã.")
        )
    return mark
