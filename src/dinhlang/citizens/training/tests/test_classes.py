"""A class from its plan to the line of the ledger and back, with guests, files and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from dinhlang.citizens.models import (
    TrainingAnswer,
    TrainingCall,
    TrainingClass,
    TrainingFile,
    TrainingGuest,
)
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.actions import NotFilled
from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.citizens.training import actions, queries
from dinhlang.citizens.training.actions import ClassGiven
from dinhlang.citizens.training.actions.tests import WrongPair
from dinhlang.citizens.training.rules.calls import Answer
from dinhlang.citizens.training.rules.classes import Group, Kind, NotNow, Paper, Stage, State, new_pair
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.citizens.training.tests.test_rules import TEST, question
from dinhlang.org import actions as org
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.personal.people import marked
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.window import Window
from dinhlang.work import actions as work
from dinhlang.work import queries as ledger

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.usefixtures("own_data")]

PDF = b"%PDF-1.7 thu"
GUESTS = (
    Named("Nguyễn Thị Thử", "Thôn Thượng", "0900000001", "thu@example.vn"),
    Named("Trần Văn Mẫu", "Thôn Hạ"),
)


def given(cast: Cast, **more: Any) -> ClassGiven:
    usual = ClassGiven(
        Kind.TRAINING, "Nộp hồ sơ trực tuyến", cast.now - timedelta(hours=2), "Hội trường xã", cast.now
    )
    return replace(usual, **more)


def made(cast: Cast, **more: Any) -> TrainingClass:
    """A class of this morning with two citizens and everyone who holds a post in the unit."""
    by, at = cast.culture_officer, cast.now - timedelta(days=3)
    training = actions.make_class(unit=cast.commune, given=given(cast, **more), by=by, at=at)
    people = {one.person.pk for one in queries.candidates(training, cast.today)}
    actions.invite_people(training=training, people=people, by=by, at=at)
    actions.invite_named(training=training, group=Group.CITIZEN, people=GUESTS, by=by, at=at)
    return actions.send_invitations(training=training, by=by, at=at)


def tick_all(cast: Cast, training: TrainingClass) -> int:
    there = set(training.guests.values_list("pk", flat=True))
    on, _off = actions.tick(training=training, shown=there, came=there, by=cast.culture_officer, at=cast.now)
    return on


def figure(cast: Cast, concept: str) -> Any:
    window = Window(cast.today - timedelta(days=30), cast.today)
    return ledger.fact(cast.commune, concept, window).value


def with_test(cast: Cast, training: TrainingClass, definition: Definition = TEST) -> TrainingClass:
    version = surveys.begin_survey(
        unit=cast.commune, definition=definition, by=cast.office_clerk, at=cast.now
    )
    return actions.choose_test(training=training, version=version, by=cast.office_clerk, at=cast.now)


def sit(cast: Cast, training: TrainingClass, right: bool, pair: str = "", **more: Any) -> bool:
    sent = {one.id: ["a" if right else "b"] for one in TEST.questions}
    return actions.answer_test(
        training=training, sent=sent, pair=pair, key=more.pop("key", uuid4()), at=cast.now, **more
    )


def move(cast: Cast, training: TrainingClass, to: Stage) -> TrainingClass:
    return actions.move_test(training=training, to=to, by=cast.culture_officer, at=cast.now)


def test_only_who_holds_classes_makes_one(cast: Cast) -> None:
    for who in (cast.one_stop_clerk, cast.chair, cast.neighbour, cast.hamlet_head):
        with pytest.raises(NotAllowed):
            actions.make_class(unit=cast.commune, given=given(cast), by=who, at=cast.now)
    assert actions.make_class(unit=cast.commune, given=given(cast), by=cast.office_clerk, at=cast.now).code


def test_an_end_before_the_beginning_is_refused_with_its_field(cast: Cast) -> None:
    with pytest.raises(Unfit) as told:
        made(cast, ends_at=cast.now - timedelta(hours=3))
    assert told.value.field == "ends"


def test_guests_are_sealed_and_each_stands_once_in_the_list(cast: Cast) -> None:
    training = made(cast)
    listed = queries.guests(training)
    assert [one.row.group for one in listed][-2:] == [Group.CITIZEN, Group.CITIZEN]
    assert any(one.row.group == Group.HAMLET for one in listed)
    stored = TrainingGuest.objects.extra(select={"raw": "name"}).values_list("raw", flat=True)
    assert not any("Thử" in one for one in stored)
    again = [*GUESTS, Named("Lê Thị Ví Dụ", "Thôn Hạ")]
    done = actions.invite_named(
        training=training, group=Group.CITIZEN, people=again, by=cast.office_clerk, at=cast.now
    )
    assert (done.added, done.known) == (1, 2)
    assert not queries.candidates(training, cast.today)


def test_who_was_called_and_what_they_said_is_noted_and_the_newest_counts(cast: Cast) -> None:
    training = made(cast, starts_at=cast.now + timedelta(days=2), ends_at=None)
    rows = {one.guest.name: one for one in queries.on_list(training)}
    everyone = len(rows)
    # No mail is configured here, so that nobody is reached by it.
    assert queries.called(rows.values()) == queries.Called((), everyone)
    guest = rows["Trần Văn Mẫu"].guest.row
    by = cast.office_clerk

    def note(answer: Answer, said: str = "", who: Any = by, of: TrainingGuest = guest) -> Any:
        return actions.note_call(guest=of, answer=answer, note=said, by=who, at=cast.now)

    first = note(Answer.UNREACHED)
    assert queries.called(queries.on_list(training)).left == everyone
    note(Answer.NOT_COMING, "  cử con trai\nđi thay ")
    [told] = [one for one in queries.on_list(training) if one.call]
    assert (told.call.note, told.call.by, told.is_to_call) == ("cử con trai đi thay", by.full_name, False)
    assert queries.called(queries.on_list(training)) == queries.Called(
        ((Answer.NOT_COMING, 1),), everyone - 1
    )
    stored = TrainingCall.objects.extra(select={"raw": "note"}).values_list("raw", flat=True)
    assert not any("con trai" in one for one in stored)
    said = AuditEntry.objects.filter(action="training.call")
    assert said.count() == 2
    assert not any("con trai" in str(one.detail) for one in said)
    for error, why, told_again in (
        (NotAllowed, "quyền", {"answer": Answer.COMING, "who": cast.hamlet_head}),
        (NotAllowed, "quyền", {"answer": Answer.COMING, "who": cast.neighbour}),
        (NotNow, "không hợp", {"answer": Answer.TOLD}),
        (Unfit, "dài quá", {"answer": Answer.COMING, "said": "a" * 201}),
    ):
        with pytest.raises(error, match=why):
            note(**told_again)
    # Once the class is called off everyone is called anew: what they said before is about something else.
    training = actions.call_off(training=training, reason="Mưa bão", by=by, at=cast.now)
    assert queries.called(queries.on_list(training)) == queries.Called((), everyone)
    with pytest.raises(NotNow):
        note(Answer.COMING)
    note(Answer.TOLD)
    assert queries.called(queries.on_list(training)).left == everyone - 1
    with pytest.raises(DatabaseError), transaction.atomic():
        TrainingCall.objects.filter(pk=first.pk).update(answer=Answer.TOLD)
    unsent = actions.make_class(unit=cast.commune, given=given(cast), by=by, at=cast.now)
    actions.invite_named(training=unsent, group=Group.CITIZEN, people=GUESTS, by=by, at=cast.now)
    with pytest.raises(NotNow, match="chưa gửi giấy mời"):
        note(Answer.COMING, of=unsent.guests.all()[0])


def test_attendance_is_ticked_in_bulk_and_the_last_time_taken_back(cast: Cast) -> None:
    training = made(cast)
    everyone = tick_all(cast, training)
    assert everyone == training.guests.count() > 2
    one = training.guests.last()
    assert one is not None
    actions.tick(training=training, shown={one.pk}, came=set(), by=cast.office_clerk, at=cast.now)
    assert queries.attended(training) == everyone - 1
    actions.undo_tick(training=training, by=cast.office_clerk, at=cast.now)
    assert queries.attended(training) == everyone
    with pytest.raises(NotNow):
        actions.undo_tick(training=training, by=cast.office_clerk, at=cast.now)


def test_nobody_is_ticked_before_the_day(cast: Cast) -> None:
    training = made(cast, starts_at=cast.now + timedelta(days=1), ends_at=None)
    with pytest.raises(NotNow):
        tick_all(cast, training)
    with pytest.raises(NotNow):
        actions.close_class(training=training, by=cast.culture_officer, at=cast.now)


def test_a_closed_class_is_one_line_with_its_sheet_and_counts_in_the_figures(cast: Cast) -> None:
    training = made(cast)
    came = tick_all(cast, training)
    actions.add_unannounced(
        training=training,
        group=Group.CITIZEN,
        named=Named("Phạm Khách"),
        by=cast.culture_officer,
        at=cast.now,
    )
    actions.add_file(
        training=training,
        kind=Paper.SHEET,
        title="",
        data=PDF,
        name="danh-sach.pdf",
        by=cast.office_clerk,
        at=cast.now,
    )
    training = actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    assert training.state is State.CLOSED
    assert training.line is not None
    assert training.line.evidence.count() == 1
    assert "Phạm" not in training.line.note
    assert figure(cast, "trainings") == 1
    assert figure(cast, "training_attendees") == came + 1
    with pytest.raises(NotNow):
        tick_all(cast, training)


def test_a_correction_reverses_the_line_and_closing_again_writes_another(cast: Cast) -> None:
    training = made(cast)
    came = tick_all(cast, training)
    training = actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    first = training.line
    with pytest.raises(Unfit):
        actions.reopen_class(training=training, reason=" ", by=cast.office_clerk, at=cast.now)
    training = actions.reopen_class(
        training=training, reason="Nhầm một người", by=cast.office_clerk, at=cast.now
    )
    assert not figure(cast, "trainings")
    one = training.guests.last()
    assert one is not None
    actions.tick(training=training, shown={one.pk}, came=set(), by=cast.office_clerk, at=cast.now)
    training = actions.close_class(training=training, by=cast.office_clerk, at=cast.now)
    assert training.line != first
    assert figure(cast, "training_attendees") == came - 1


def test_a_class_whose_line_was_reversed_in_the_ledger_can_be_opened_again(cast: Cast) -> None:
    training = made(cast)
    tick_all(cast, training)
    training = actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    assert training.line is not None
    work.reverse_activity(activity=training.line, reason="Ghi hai lần", by=cast.culture_officer, at=cast.now)
    training = TrainingClass.objects.get(pk=training.pk)
    training = actions.reopen_class(training=training, reason="Ghi lại", by=cast.culture_officer, at=cast.now)
    assert training.line is None


def test_a_meeting_counts_as_a_meeting(cast: Cast) -> None:
    training = made(cast, kind=Kind.MEETING)
    came = tick_all(cast, training)
    actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    assert (figure(cast, "meetings"), figure(cast, "attendees")) == (1, came)
    assert not figure(cast, "trainings")


def test_a_class_called_off_needs_a_reason_and_counts_nothing(cast: Cast) -> None:
    training = made(cast)
    with pytest.raises(Unfit):
        actions.call_off(training=training, reason="", by=cast.culture_officer, at=cast.now)
    training = actions.call_off(training=training, reason="Mưa lớn", by=cast.culture_officer, at=cast.now)
    assert training.state is State.CANCELLED
    assert not figure(cast, "trainings")
    with pytest.raises(NotNow):
        actions.close_class(training=training, by=cast.culture_officer, at=cast.now)


def test_material_has_versions_and_only_kinds_that_people_read(cast: Cast) -> None:
    training = made(cast)

    def add(data: bytes, name: str, kind: Paper = Paper.MATERIAL) -> TrainingFile:
        return actions.add_file(
            training=training,
            kind=kind,
            title="Tài liệu",
            data=data,
            name=name,
            by=cast.office_clerk,
            at=cast.now,
        )

    first, second = add(PDF, "a.pdf"), add(PDF + b"2", "b.pdf")
    assert (first.version, second.version) == (1, 2)
    assert queries.newest(queries.files(training, Paper.MATERIAL)) == [second]
    for data, name in ((b"<html><script>", "a.html"), (b"MZ\x90", "a.exe"), (b"chu thuong", "a.txt")):
        with pytest.raises(Refused):
            add(data, name)
    with pytest.raises(Refused):
        add(PDF, "anh.pdf", Paper.PHOTO)
    actions.remove_file(file=second, by=cast.office_clerk, at=cast.now)
    assert queries.newest(queries.files(training, Paper.MATERIAL)) == [first]


def test_evidence_of_a_closed_class_stays_and_more_may_come(cast: Cast) -> None:
    training = made(cast)
    tick_all(cast, training)
    training = actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    sheet = actions.add_file(
        training=training,
        kind=Paper.SHEET,
        title="Ký",
        data=PDF,
        name="ky.pdf",
        by=cast.office_clerk,
        at=cast.now,
    )
    assert training.line is not None
    assert training.line.evidence.count() == 1
    with pytest.raises(NotNow):
        actions.remove_file(file=sheet, by=cast.office_clerk, at=cast.now)


def test_both_tests_are_paired_by_a_code_that_nobody_stores(cast: Cast) -> None:
    training = with_test(cast, made(cast))
    codes = [new_pair() for _one in range(12)]
    with pytest.raises(NotNow):
        sit(cast, training, False, codes[0])
    training = move(cast, training, Stage.BEFORE)
    for code in codes:
        sit(cast, training, False, code)
    with pytest.raises(WrongPair):
        sit(cast, training, False, codes[0])
    training = move(cast, move(cast, training, Stage.BETWEEN), Stage.AFTER)
    for code in codes:
        sit(cast, training, True, code, is_typed=True)
    with pytest.raises(WrongPair):
        sit(cast, training, True, new_pair(), is_typed=True)
    with pytest.raises(WrongPair):
        sit(cast, training, True, "abc")
    training = move(cast, training, Stage.DONE)
    found = queries.told(training)
    assert (found.pairs, found.paired_before, found.paired_after) == (12, 0, 1)
    assert not TrainingAnswer.objects.filter(pair__in=codes).exists()
    with pytest.raises(NotNow):
        sit(cast, training, True)


def test_two_taps_are_one_test_and_an_empty_one_is_none(cast: Cast) -> None:
    training = move(cast, with_test(cast, made(cast)), Stage.BEFORE)
    key = uuid4()
    assert sit(cast, training, True, key=key)
    assert not sit(cast, training, True, key=key)
    with pytest.raises(NotFilled):
        actions.answer_test(training=training, sent={}, pair="", key=uuid4(), at=cast.now)
    assert queries.sat(training) == (1, 0)


def test_another_test_between_the_two_is_not_compared(cast: Cast) -> None:
    training = move(cast, with_test(cast, made(cast)), Stage.BEFORE)
    with pytest.raises(NotNow):
        with_test(cast, training)
    code = new_pair()
    sit(cast, training, True, code)
    training = move(cast, training, Stage.BETWEEN)
    other = replace(TEST, questions=(question("mot", right="c"), question("hai")))
    training = move(cast, with_test(cast, training, other), Stage.AFTER)
    sit(cast, training, True, code)
    found = queries.told(move(cast, training, Stage.DONE))
    assert (found.is_comparable, found.pairs) == (False, 0)


def test_names_go_after_two_years_and_the_figures_stay(cast: Cast) -> None:
    training = move(cast, with_test(cast, made(cast)), Stage.BEFORE)
    sit(cast, training, True)
    training = move(cast, training, Stage.BETWEEN)
    tick_all(cast, training)
    training = actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    came = queries.attended(training)
    org.erase_due(at=cast.now + timedelta(days=700))
    assert queries.guests(training)[0].name
    org.erase_due(at=cast.now + timedelta(days=740))
    assert not any(one.name or one.phone or one.mail or one.row.person_id for one in queries.guests(training))
    assert queries.attended(training) == came
    assert queries.told(TrainingClass.objects.get(pk=training.pk)).people_before == 1
    assert not TrainingAnswer.objects.exclude(values={}).exists()


def test_the_trace_names_no_guest(cast: Cast) -> None:
    training = made(cast)
    tick_all(cast, training)
    actions.close_class(training=training, by=cast.culture_officer, at=cast.now)
    entries = list(AuditEntry.objects.filter(action__startswith="training."))
    assert {"training.make", "training.guests", "training.tick", "training.close"} <= {
        one.action for one in entries
    }
    assert not any("Thử" in str(one.detail) for one in entries)


def moment(cast: Cast, days: int) -> datetime:
    return cast.now + timedelta(days=days)


def test_invitations_are_not_sent_to_nobody_nor_after_the_beginning(cast: Cast) -> None:
    late = given(cast, starts_at=moment(cast, 2), ends_at=None)
    training = actions.make_class(unit=cast.commune, given=late, by=cast.office_clerk, at=cast.now)
    with pytest.raises(NotNow):
        actions.send_invitations(training=training, by=cast.office_clerk, at=cast.now)
    actions.invite_named(
        training=training, group=Group.CITIZEN, people=GUESTS, by=cast.office_clerk, at=cast.now
    )
    with pytest.raises(NotNow):
        actions.send_invitations(training=training, by=cast.office_clerk, at=moment(cast, 3))


def test_guests_typed_before_they_could_be_found_are_found_by_their_number(cast: Cast) -> None:
    row = next(one for one in made(cast).guests.all() if one.name.shown() == GUESTS[0].name)
    row.phone = "+84 900 000 001"
    row.save()
    import_module("dinhlang.citizens.migrations.0014_guests_found").mark(apps, None)
    assert [held.key for held in marked("0900 000 001", unit_id=cast.commune.pk)] == [
        TrainingGuest.objects.get(pk=row.pk).code
    ]
