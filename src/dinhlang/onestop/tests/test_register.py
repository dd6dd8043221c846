"""The register: numbers, codes, days, steps, who may, and what is never lost or doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from dinhlang.onestop import actions, queries, slips
from dinhlang.onestop.actions.moving import BadClock
from dinhlang.onestop.models import Book, Dossier, DossierStep
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.intake import Applicant
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Deed, Delivery, Fee, State
from dinhlang.onestop.tests.counters import APPLICANT, Counter
from dinhlang.org import word_index
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.personal import faults
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.moves import WrongMove
from dinhlang.procedures.rules import Change, EventKind, from_json

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_every_field_of_the_room_says_what_it_is_kept_for() -> None:
    assert list(faults("onestop")) == []


def test_a_receipt_gives_number_code_and_day(counter: Counter) -> None:
    first, second = counter.receive(), counter.receive()
    assert (first.number, second.number) == (1, 2)
    assert first.code == "H99.12.34-230720-0001"
    assert second.code_key == codes.read("000.34.12.H99-230720-0002").key
    # Thursday 20/7/2023 and the term of the version in force (the amended one).
    assert first.due_at is not None
    assert first.first_due_at == first.due_at
    assert first.term_words in from_json(first.version.sheet).methods[0].time_limit


def test_the_same_form_sent_twice_is_one_dossier(counter: Counter) -> None:
    key = uuid4()
    made = [
        actions.receive(
            unit=counter.cast.commune,
            given=counter.given(),
            key=key,
            received_at=counter.now,
            by=counter.cast.one_stop_clerk,
            at=counter.now,
        )
        for _time in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Book.objects.get().count == 1
    assert made[0].steps.count() == 1


def test_a_form_that_was_refused_takes_no_number(counter: Counter) -> None:
    with pytest.raises(Unfit):
        counter.receive(applicant=Applicant(""))
    with pytest.raises(codes.BadCode):
        counter.receive(code="sai mã")
    assert counter.receive().number == 1


def test_a_code_is_in_the_register_once_in_whichever_order_it_is_written(counter: Counter) -> None:
    counter.receive(code="000.34.12.H99-230719-0042")
    with pytest.raises(codes.BadCode, match="đã có trong sổ"):
        counter.receive(code="H99.12.34-230719-0042")
    assert counter.receive().code.endswith("-0001")


def test_the_version_in_force_at_receipt_decides_and_later_ones_do_not(counter: Counter) -> None:
    from dinhlang.procedures.actions import apply_changes

    dossier = counter.receive()
    due, words = dossier.due_at, dossier.term_words
    before = from_json(dossier.version.sheet)
    quicker = [replace(one, time_limit="01 ngày làm việc", duration=None) for one in before.methods]
    sheet = replace(before, methods=tuple(quicker))
    apply_changes(
        unit=counter.cast.commune,
        changes=[Change("1.004873", EventKind.AMEND, sheet, counter.cast.today + timedelta(days=1))],
        by=None,
        at=counter.now,
    )
    counter.do(actions.hand_over, dossier, to=counter.cast.culture_officer)
    assert (dossier.due_at, dossier.term_words) == (due, words)
    counter.later(days=1)
    with pytest.raises(Unfit) as refused:
        counter.receive()
    assert refused.value.field == "version"
    [chosen] = queries.procedures_to_choose(counter.cast.commune, counter.now.date(), words="1.004873")
    counter.version = chosen.version
    assert counter.receive().term_words == "01 ngày làm việc"


def test_a_dossier_from_receipt_to_return_with_one_apology(counter: Counter) -> None:
    dossier = counter.receive(fee=8000)
    assert (dossier.fee_state, dossier.fee_amount) == (Fee.DUE, 8000)
    counter.do(actions.pay, dossier, how="transfer")
    counter.do(actions.hand_over, dossier, to=counter.cast.culture_officer)
    first = dossier.due_at
    assert first is not None
    new_on = date(2023, 8, 10)
    counter.do(actions.apologise, dossier, reason="Chờ kết quả xác minh", new_on=new_on, responsible="")
    assert dossier.due_at is not None
    assert (dossier.due_at.date(), dossier.first_due_at) == (new_on, first)
    with pytest.raises(BadClock, match="một lần"):
        counter.do(actions.apologise, dossier, reason="Lại chờ", new_on=date(2023, 9, 5), responsible="")
    counter.do(actions.resolve, dossier)
    counter.do(actions.give, dossier, note="Người nộp nhận tại quầy")
    assert (dossier.state, dossier.fee_state, dossier.delivery_state) == (
        State.RESOLVED,
        Fee.PAID,
        Delivery.GIVEN,
    )
    told = [(one.number, one.deed) for one in queries.steps_of(dossier)]
    assert told == list(
        enumerate(["receive", "set-fee", "pay", "hand-over", "apologise", "resolve", "give"], 1)
    )


def test_a_late_result_is_returned_like_any_other(counter: Counter) -> None:
    dossier = counter.receive()
    counter.later(days=60)
    counter.do(actions.resolve, dossier)
    counter.do(actions.give, dossier)
    assert dossier.delivery_state == Delivery.GIVEN
    assert dossier.resolved_at is not None
    assert dossier.due_at is not None
    assert dossier.resolved_at > dossier.due_at


def test_papers_are_asked_for_once_and_again_only_with_a_reason(counter: Counter) -> None:
    dossier = counter.receive()
    counter.do(actions.ask_papers, dossier, wanted="Thiếu bản chính giấy xác nhận")
    assert (dossier.state, dossier.due_at) == (State.SUPPLEMENT, None)
    counter.later(days=10)
    counter.do(actions.take_papers, dossier)
    # NĐ 118/2025/NĐ-CP, Điều 19, khoản 5: counted from the beginning, like one that comes in today.
    assert dossier.due_at == counter.receive().due_at
    with pytest.raises(Unfit) as refused:
        counter.do(actions.ask_papers, dossier, wanted="Thiếu một giấy nữa")
    assert refused.value.field == "why_again"
    counter.do(
        actions.ask_papers, dossier, wanted="Thiếu một giấy nữa", why_again="Kết quả xác minh mới có hôm nay"
    )
    assert dossier.state == State.SUPPLEMENT


def test_what_is_not_complete_has_no_number_until_it_is_received(counter: Counter) -> None:
    at = counter.later()
    clerk = counter.cast.one_stop_clerk
    dossier = actions.present(
        unit=counter.cast.commune, given=counter.given(), key=uuid4(), presented_at=at, by=clerk, at=at
    )
    counter.do(actions.ask_papers, dossier, wanted="Thiếu tờ khai")
    assert (dossier.number, dossier.code, dossier.state) == (None, "", State.INCOMPLETE)
    at = counter.later(days=1)
    got = actions.receive_presented(
        dossier=dossier, given=counter.given(), key=uuid4(), received_at=at, by=clerk, at=at
    )
    assert (got.number, got.state) == (1, State.RECEIVED)
    refused = actions.present(
        unit=counter.cast.commune, given=counter.given(), key=uuid4(), presented_at=at, by=clerk, at=at
    )
    got = actions.refuse(
        dossier=refused, reason="Không thuộc thẩm quyền của xã", key=uuid4(), by=clerk, at=counter.later()
    )
    assert (got.state, got.number) == (State.REFUSED, None)
    assert Book.objects.get().count == 1


def test_refusals_are_numbered_without_gaps_and_found_by_their_number(counter: Counter) -> None:
    clerk, unit = counter.cast.one_stop_clerk, counter.cast.commune

    first, second = counter.refused(), counter.refused()
    assert [str(queries.refusal_of(one)) for one in (first, second)] == ["TCHS-2023-0001", "TCHS-2023-0002"]
    # Taken back and refused once more it is the same line of the register.
    actions.reverse(
        dossier=first,
        number=2,
        reason="Xem lại",
        key=uuid4(),
        by=clerk,
        at=counter.later(),
    )
    key, at = uuid4(), counter.later()
    for _twice in range(2):
        actions.refuse(dossier=first, reason="Không đủ điều kiện", key=key, by=clerk, at=at)
    assert str(queries.refusal_of(first)) == "TCHS-2023-0001"
    # A new year begins with 1 again.
    counter.later(days=200)
    third = counter.refused()
    assert str(queries.refusal_of(third)) == "TCHS-2024-0001"

    def found(words: str) -> set[int]:
        asked = queries.Asked(words=words)
        return set(queries.dossiers([unit.pk], asked, at=counter.now).values_list("pk", flat=True))

    assert found("TCHS-2023-0002") == found("2/TCHS") == {second.pk}
    assert found("01/TCHS") == {first.pk, third.pk}
    assert (
        queries.dossiers(
            [counter.cast.neighbour_commune.pk], queries.Asked(words="2/TCHS"), at=counter.now
        ).count()
        == 0
    )


def test_the_register_of_refusals_lists_what_was_taken_back_and_a_later_slip_says_its_year(
    counter: Counter,
) -> None:
    first, second = counter.refused(), counter.refused()
    clerk, unit = counter.cast.one_stop_clerk, counter.cast.commune

    def listed(state: str, words: str = "") -> list[Dossier]:
        return list(queries.dossiers([unit.pk], queries.Asked(words=words, state=state), at=counter.now))

    counter.receive()
    actions.reverse(dossier=first, number=2, reason="Xem lại", key=uuid4(), by=clerk, at=counter.later())
    assert listed(State.REFUSED) == [second]
    assert listed(queries.REGISTER_OF_REFUSALS) == [second, first]
    assert listed(queries.REGISTER_OF_REFUSALS, "1/TCHS") == [first]
    counter.later(days=200)
    third = counter.refused()
    again = actions.refuse(
        dossier=first, reason="Không đủ điều kiện", key=uuid4(), by=clerk, at=counter.later()
    )
    assert listed(queries.REGISTER_OF_REFUSALS) == [third, second, first]
    heads = [slips.slip(one, Slip.REFUSAL) for one in (third, again)]
    assert [(one.number, one.symbol) for one in heads] == [("1", "TCHS"), ("1", "2023/TCHS")]
    assert listed("", "01/2023/TCHS") == [first]


def test_a_mistake_is_taken_back_by_a_further_step(counter: Counter) -> None:
    dossier = counter.receive()
    counter.do(actions.resolve, dossier)
    wrong = counter.do(actions.give, dossier)
    at = counter.later()
    step = actions.reverse(
        dossier=dossier,
        number=wrong.number,
        reason="Bấm nhầm",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=at,
    )
    dossier.refresh_from_db()
    assert (dossier.delivery_state, dossier.given_at) == (Delivery.READY, None)
    assert step.reverses == wrong
    assert [one.deed for one in queries.steps_of(dossier)][-2:] == ["give", "reverse"]


def test_a_receipt_taken_back_leaves_its_number_in_the_book(counter: Counter) -> None:
    wrong = counter.receive()
    actions.reverse(
        dossier=wrong,
        number=1,
        reason="Ghi hai lần",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    wrong.refresh_from_db()
    assert (wrong.state, wrong.number) == (State.CANCELLED, 1)
    assert counter.receive().number == 2
    with pytest.raises(WrongMove):
        counter.do(actions.resolve, wrong)


def test_the_database_lets_nobody_rewrite_a_step_or_the_book(counter: Counter) -> None:
    dossier = counter.receive()
    step = dossier.steps.get()
    for change in (
        lambda: DossierStep.objects.filter(pk=step.pk).update(deed=Deed.GIVE),
        lambda: DossierStep.objects.filter(pk=step.pk).delete(),
        lambda: Book.objects.update(count=7),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    step.reason = "xóa được khi người nộp yêu cầu"
    step.save(update_fields=["reason"])


def test_who_handed_in_is_not_to_be_read_in_the_database(counter: Counter) -> None:
    dossier = counter.receive()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM onestop_dossier")
        row = str(cursor.fetchall())
    for word in (APPLICANT.name, APPLICANT.address, "0900000123"):
        assert word not in row
    assert dossier.applicant.shown() == APPLICANT.name
    assert "Ví Dụ" not in str(AuditEntry.objects.values_list("detail", flat=True))


@pytest.mark.parametrize(
    "words", ["nguyen thi vi du", "0900000123", "+84 900 000 123", "H99.12.34-230720-0001", "1.004873"]
)
def test_a_dossier_is_found_by_name_telephone_code_and_procedure(counter: Counter, words: str) -> None:
    dossier = counter.receive()
    asked = queries.Asked(words=words)
    found = queries.dossiers([counter.cast.commune.pk], asked, at=counter.now, people=True)
    assert list(found) == [dossier]


@pytest.mark.parametrize("most", [word_index.MOST, 0])
def test_the_register_is_searched_by_words(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The same from the index and, for words of very many rows, from the rows themselves."""
    monkeypatch.setattr(word_index, "MOST", most)
    dossier, other = counter.receive(), counter.receive()

    def found(words: str, unit: str = dossier.unit_id) -> set[int]:
        rows = queries.dossiers([unit], queries.Asked(words=words), at=counter.now)
        return {one.pk for one in rows}

    name = dossier.procedure_name.split()
    both = {dossier.pk, other.pk}
    for words, wanted in (
        (" ".join(name[:2]), both),
        (f"{name[1]} {name[0].upper()}", both),
        ("1.004873 0002", {other.pk}),
        ("230720-0001", {dossier.pk}),
        (f"{name[0]} khôngcótừnày", set()),
        ("2", {other.pk}),
        ("…", set()),
        ("x' OR 1=1 -- \" * NEAR(", set()),
    ):
        assert found(words) == wanted, words
        assert found(words, counter.cast.neighbour_commune.pk) == set(), words
    # The beginning of a word that nobody wrote whole.
    assert found("23072") == both
    # What the words were before is forgotten; a row that goes takes them with it.
    dossier.procedure_name, dossier.code = "Cấp giấy phép thử", "H99-230720-7777"
    dossier.folded = dossier.words()
    dossier.save()
    assert (found("giay phep thu"), found("1.004873 0001")) == ({dossier.pk}, set())
    bare = Dossier.objects.create(
        unit=dossier.unit, key=uuid4(), folded=" viec la ", presented_at=counter.now, entered_at=counter.now
    )
    assert found("viec la") == {bare.pk}
    bare.delete()
    assert found("viec la") == set()


def test_a_register_from_before_the_index_is_found(counter: Counter) -> None:
    dossier = counter.receive()
    wanted, before = dossier.folded, "1.004873 thu tuc"
    Dossier.objects.update(folded=before)
    import_module("dinhlang.onestop.migrations.0006_words_from_an_index").fold(apps, None)
    dossier.refresh_from_db()
    assert dossier.folded == wanted


def test_whoever_may_not_see_people_does_not_find_by_them(counter: Counter) -> None:
    counter.receive()
    for words in ("nguyen thi vi du", "0900000123"):
        found = queries.dossiers([counter.cast.commune.pk], queries.Asked(words=words), at=counter.now)
        assert not found.exists()


def test_only_the_counter_registers_and_only_who_holds_it_carries_on(counter: Counter) -> None:
    cast = counter.cast
    for who in (cast.culture_officer, cast.neighbour, cast.reviewer, cast.chair):
        with pytest.raises(NotAllowed):
            actions.receive(
                unit=cast.commune,
                given=counter.given(),
                key=uuid4(),
                received_at=counter.now,
                by=who,
                at=counter.now,
            )
    dossier = counter.receive()
    with pytest.raises(NotAllowed):
        counter.do(actions.resolve, dossier, by=cast.culture_officer)
    counter.do(actions.hand_over, dossier, to=cast.culture_officer)
    counter.do(actions.resolve, dossier, by=cast.culture_officer)
    with pytest.raises(NotAllowed):
        counter.do(actions.give, dossier, by=cast.culture_officer)
    assert Dossier.objects.get().state == State.RESOLVED


def test_steps_of_one_form_are_done_once_and_out_of_order_ones_are_refused(counter: Counter) -> None:
    dossier = counter.receive()
    key = uuid4()
    first = counter.do(actions.pause, dossier, reason="Xin ý kiến cơ quan chuyên môn", key=key)
    assert counter.do(actions.pause, dossier, reason="Xin ý kiến cơ quan chuyên môn", key=key) == first
    with pytest.raises(Unfit, match="trước bước"):
        counter.do(actions.resume, dossier, happened_at=counter.now - timedelta(hours=1))
    with pytest.raises(Unfit, match="chưa đến"):
        counter.do(actions.resume, dossier, happened_at=counter.now + timedelta(days=1))


def test_details_are_mended_without_telling_what_they_were(counter: Counter) -> None:
    dossier = counter.receive()
    at = counter.later()
    step = actions.correct_applicant(
        dossier=dossier,
        applicant=Applicant("Nguyễn Thị Ví Dụ", address="Thôn Mẫu, xã Bến Trúc", phone="0900000124"),
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=at,
    )
    dossier.refresh_from_db()
    assert step.said == {"changed": ["phone"]}
    assert dossier.phone.shown() == "0900000124"
