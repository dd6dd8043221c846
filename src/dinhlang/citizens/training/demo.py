"""The fictional commune's classes: one that was held, with both its tests, one that is to come. All of it is invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import localdate

from dinhlang.citizens.models import SurveyVersion, TrainingClass
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules.marking import right_options
from dinhlang.citizens.surveys.templates import templates
from dinhlang.citizens.training import actions, papers, queries
from dinhlang.citizens.training.actions import ClassGiven
from dinhlang.citizens.training.rules.classes import Group, Kind, Paper, Stage, new_pair
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.org.models import Person, Unit

_GUESTS = (
    Named("Nguyễn Thị Ví Dụ", "Thôn Thượng", "0900000001"),
    Named("Trần Văn Mẫu", "Thôn Thượng", "0900000002"),
    Named("Lê Thị Minh Họa", "Thôn Hạ", "0900000003"),
    Named("Phạm Văn Thử", "Thôn Hạ"),
    Named("Hoàng Thị Bịa", "Thôn Bãi"),
    Named("Vũ Văn Giả Định", "Thôn Bãi"),
)
_SAT = 14
_CONTENTS = "Nộp hồ sơ trên Cổng Dịch vụ công quốc gia\nĐăng nhập bằng VNeID\nTrả phí, lệ phí trực tuyến"


def load_demo(*, at: datetime) -> None:
    """Give the demonstration its classes, once."""
    unit = Unit.objects.filter(is_demo=True, pk="ben-truc").first()
    by = Person.objects.filter(username="van-hoa").first()
    if unit is None or TrainingClass.objects.filter(unit=unit).exists():
        return
    began = at - timedelta(days=30)
    version = surveys.begin_survey(unit=unit, definition=templates()["kiem-tra-cchc"], by=by, at=began)
    _held(unit, version, by, at, began)
    training = actions.make_class(
        unit=unit,
        given=ClassGiven(
            Kind.MEETING,
            "Công khai kết quả giải quyết hồ sơ và lấy ý kiến người dân",
            _morning(at + timedelta(days=6)),
            "Nhà văn hóa thôn Bãi",
            contents="Kết quả giải quyết hồ sơ\nHỏi và đáp",
            expected=40,
        ),
        by=by,
        at=at,
    )
    _invite(training, by, at)


def _held(unit: Unit, version: SurveyVersion, by: Person | None, at: datetime, began: datetime) -> None:
    starts = _morning(at - timedelta(days=20))
    training = actions.make_class(
        unit=unit,
        given=ClassGiven(
            Kind.TRAINING,
            "Nộp hồ sơ trực tuyến và trả phí trên điện thoại",
            starts,
            "Hội trường Ủy ban nhân dân xã",
            ends_at=starts + timedelta(hours=3),
            lecturer="Tổ công nghệ số cộng đồng",
            contents=_CONTENTS,
            expected=30,
        ),
        by=by,
        at=began,
    )
    _invite(training, by, began)
    actions.send_invitations(training=training, by=by, at=began)
    during = starts + timedelta(hours=1)
    actions.choose_test(training=training, version=version, by=by, at=during)
    _sit(training, version, by, during)
    there = [one.row.pk for one in queries.guests(training)]
    actions.tick(training=training, shown=there, came=there[:-2], by=by, at=during)
    actions.add_unannounced(
        training=training, group=Group.CITIZEN, named=Named("Đỗ Thị Khách", "Thôn Thượng"), by=by, at=during
    )
    # Unsigned: nobody's signature is invented.
    sheet = papers.sheet(
        training, queries.guests(training), "pdf", address=training.code, on=localdate(starts)
    )
    actions.add_file(
        training=training,
        kind=Paper.SHEET,
        title="Danh sách điểm danh (minh họa)",
        data=sheet.data,
        name=sheet.name,
        by=by,
        at=during,
    )
    actions.close_class(training=training, by=by, at=starts + timedelta(hours=5))


def _invite(training: TrainingClass, by: Person | None, at: datetime) -> None:
    people = {one.person.pk for one in queries.candidates(training, localdate(at))}
    actions.invite_people(training=training, people=people, by=by, at=at)
    actions.invite_named(training=training, group=Group.CITIZEN, people=_GUESTS, by=by, at=at)


def _sit(training: TrainingClass, version: SurveyVersion, by: Person | None, at: datetime) -> None:
    # Always the same answers: pictures of the demonstration stay as they are.
    chance = Random(_SAT)  # noqa: S311 - nobody is to be kept from guessing these
    pairs = [new_pair() for _one in range(_SAT)]
    questions = definition_of(version).questions
    for stage, knows in ((Stage.BEFORE, 0.45), (Stage.AFTER, 0.85)):
        actions.move_test(training=training, to=stage, by=by, at=at)
        for pair in pairs:
            sent = {}
            for one in questions:
                right = next(iter(right_options(one)))
                wrong = next(option.id for option in one.options if option.id != right)
                sent[one.id] = [right if chance.random() < knows else wrong]
            key = UUID(int=chance.getrandbits(128), version=4)
            actions.answer_test(training=training, sent=sent, pair=pair, key=key, at=at)
        after = Stage.BETWEEN if stage is Stage.BEFORE else Stage.DONE
        actions.move_test(training=training, to=after, by=by, at=at)


def _morning(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(localdate(at), time(8)))
