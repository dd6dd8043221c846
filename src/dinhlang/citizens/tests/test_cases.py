"""Cases from receipt to the end: taken in once, handled, answered in time, reopened once; and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test import Client

from dinhlang.citizens import actions, queries
from dinhlang.citizens.models import Answer, Case, CaseEvent, CaseOpening, Route
from dinhlang.citizens.rules import codes
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Actor, Nature, Said, Way
from dinhlang.citizens.rules.states import Deed, State
from dinhlang.citizens.rules.terms import read_terms
from dinhlang.org import queries as org
from dinhlang.org import word_index
from dinhlang.org.changes import actions as changes
from dinhlang.org.changes.rules import from_json
from dinhlang.org.models import AuditEntry, Position, Unit, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Role, Unfit
from dinhlang.org.rules.deeds import SENTENCES
from dinhlang.org.rules.moves import NoReason, WrongMove

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

TOLD = Told("Đèn đường đầu thôn cháy đã hai tuần, buổi tối rất khó đi.", "dien-nuoc", "Đèn đường cháy")
SENDER = Sender("Nguyễn Thị Thử", "0900000001", "thu@example.vn", "Thôn Thượng, nhà số 5")
KEY = "0123456789abcdef0123456789abcdef"
DAY = timedelta(days=1)


def sent(
    cast: Cast, key: str = KEY, told: Told = TOLD, sender: Sender = SENDER, **more: Any
) -> actions.Receipt:
    return actions.submit(
        unit=cast.commune, told=told, sender=sender, way=Way.WEB, key=key, at=cast.now, **more
    )


def accepted(cast: Cast, key: str = KEY) -> Case:
    return actions.accept(case=sent(cast, key).case, by=cast.office_clerk, at=cast.now)


def answered(cast: Cast, at: datetime, case: Case | None = None) -> Case:
    case = case or accepted(cast)
    made = actions.draft_answer(
        case=case, words="Xã đã thay bóng đèn ngày hôm nay.", by=cast.office_clerk, at=at
    )
    actions.approve_answer(case=case, seen=made.digest, by=cast.chair, at=at)
    case.refresh_from_db()
    return case


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [word_index.MOST, 0])
def test_the_desk_finds_a_case_by_words_of_its_summary_and_by_its_code(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(word_index, "MOST", most)
    case = accepted(cast)

    def found(words: str, unit: str = cast.commune.pk) -> list[Case]:
        return list(queries.cases([unit], queries.Asked(words=words)))

    end = case.code.removeprefix("PA-")
    for words in (
        "đèn đường",
        "DUONG den",
        "đường chá",
        case.code.lower(),
        end,
        end.replace("-", ""),
        end[:4],
    ):
        assert found(words) == [case], words
        assert found(words, "mot-xa-khac") == [], words
    for words in ("ngõ tối", "đèn ngõ", "'; DROP TABLE", "%", "_"):
        assert found(words) == [], words
    actions.set_subject(
        case=case, subject="Ngõ tối", category=case.category, by=cast.office_clerk, at=cast.now
    )
    assert (found("ngõ tối"), found("đèn đường")) == ([case], [])
    Case.objects.update(folded="")
    import_module("dinhlang.citizens.migrations.0009_words_from_an_index").fold(apps, None)
    assert found("ngõ tối") == [case]


# --- coming in ------------------------------------------------------------------------------------


def test_a_form_sent_twice_is_one_case_with_the_same_code_and_pin(cast: Cast) -> None:
    first, again = sent(cast), sent(cast)
    assert first.is_new
    assert not again.is_new
    assert (first.code, first.pin) == (again.code, again.pin)
    assert Case.objects.count() == 1
    with pytest.raises(Refused, match="nội dung khác"):
        sent(cast, told=Told("Một việc khác hẳn, ở chỗ khác.", "khac"))
    assert sent(cast, key="f" * 32).code != first.code


def test_no_transaction_is_open_while_a_pin_is_hashed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scrypt, outside, hashed = codes._hash, len(connection.savepoint_ids), []

    def watched(pin: str, salt: bytes) -> bytes:
        hashed.append(len(connection.savepoint_ids) - outside)
        return scrypt(pin, salt)

    monkeypatch.setattr(codes, "_hash", watched)
    case = sent(cast).case
    sent(cast)
    given = {"unit": cast.commune, "told": TOLD, "sender": SENDER, "way": Way.PHONE, "at": cast.now}
    taken = [actions.take_in(**given, key="t" * 32, by=cast.one_stop_clerk) for _twice in range(2)]
    assert taken[0].case.state == State.ACCEPTED
    assert taken[0].pin == taken[1].pin
    pin = actions.renew_pin(case=case, by=cast.one_stop_clerk, at=cast.now)
    assert queries.find(cast.commune, case.code, pin) == case
    assert hashed == [0] * 6


def test_nothing_personal_can_be_read_in_the_database(cast: Cast) -> None:
    receipt = sent(cast)
    with connection.cursor() as cursor:
        for table in ("citizens_case", "citizens_caseevent"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of ours
            stored = str(cursor.fetchall())
            for said in (
                SENDER.name,
                SENDER.phone,
                SENDER.mail,
                SENDER.address,
                TOLD.words,
                receipt.pin,
                KEY,
            ):
                assert said not in stored
    case = Case.objects.get()
    assert case.sender_name.shown() == SENDER.name
    assert str(case) == receipt.code


def test_a_case_has_a_promised_day_that_tells_its_reasons(cast: Cast) -> None:
    case = sent(cast).case
    found = queries.appointment_of(case)
    assert case.due_at is not None
    assert found is not None
    assert case.due_at == case.first_due_at == found.due_at
    assert any("15 ngày làm việc" in line for line in found.told)
    assert "20/2008" in case.term_basis


def test_without_name_and_address_it_is_advice_until_the_sender_says_who(cast: Cast) -> None:
    receipt = sent(cast, sender=Sender(phone="0900000001"))
    assert "góp ý" in receipt.told
    case = actions.accept(case=receipt.case, by=cast.office_clerk, at=cast.now)
    assert (case.state, case.nature, case.due_at) == (State.ADVICE, Nature.ADVICE, None)
    with pytest.raises(Unfit):
        actions.name_sender(case=case, sender=Sender("Nguyễn Thị Thử"), at=cast.now, by=None)
    later = cast.now + 3 * DAY
    case = actions.name_sender(case=case, sender=SENDER, at=later, by=None)
    assert (case.state, case.nature, case.clock_from) == (State.ACCEPTED, Nature.FEEDBACK, later)
    assert case.due_at is not None


def test_an_official_writes_down_a_call_and_it_goes_to_whoever_handles_its_category(cast: Cast) -> None:
    Route.objects.create(unit=cast.commune, category="dien-nuoc", handler=cast.culture_officer)
    given = {
        "unit": cast.commune,
        "told": TOLD,
        "sender": SENDER,
        "way": Way.PHONE,
        "key": KEY,
        "at": cast.now,
    }
    with pytest.raises(NotAllowed):
        actions.take_in(**given, by=cast.radio_operator)
    case = actions.take_in(**given, by=cast.one_stop_clerk).case
    assert (case.state, case.handler, case.taken_by) == (
        State.ROUTED,
        cast.culture_officer,
        cast.one_stop_clerk,
    )
    deeds = AuditEntry.objects.filter(target=f"citizens.case:{case.pk}").values_list("action", flat=True)
    assert set(deeds) == {"case.receive", "case.accept", "case.route"}
    assert not actions.take_in(**given, by=cast.one_stop_clerk).is_new


def test_a_hamlet_of_elsewhere_is_refused(cast: Cast) -> None:
    with pytest.raises(Unfit) as refused:
        sent(cast, told=Told(TOLD.words, "khac", hamlet=cast.neighbour_commune.pk))
    assert refused.value.field == "hamlet"


# --- tracking -------------------------------------------------------------------------------------


def test_code_and_pin_lead_to_the_case_and_nothing_else_does(cast: Cast) -> None:
    receipt = sent(cast)
    assert queries.find(cast.commune, receipt.code.lower(), f" {receipt.pin} ") == receipt.case
    wrong = f"{(int(receipt.pin) + 1) % 10**6:06d}"
    for code, pin in ((receipt.code, wrong), (receipt.code, ""), ("PA-2222-2222", receipt.pin), ("", "")):
        assert queries.find(cast.commune, code, pin) is None
    assert queries.find(cast.neighbour_commune, receipt.code, receipt.pin) is None
    pin = actions.renew_pin(case=receipt.case, by=cast.office_clerk, at=cast.now)
    assert queries.find(None, receipt.code, pin) == receipt.case
    assert pin == receipt.pin or queries.find(None, receipt.code, receipt.pin) is None


def test_the_sender_reads_reasons_and_never_the_notes_of_the_office(cast: Cast) -> None:
    case = accepted(cast)
    actions.write_note(case=case, words="Hỏi lại đội điện", by=cast.office_clerk, at=cast.now)
    actions.ask(case=case, question="Cột đèn số mấy?", by=cast.office_clerk, at=cast.now + DAY)
    case.refresh_from_db()
    told = queries.tracked(case, cast.now + DAY)
    assert told.question == "Cột đèn số mấy?"
    assert told.may_withdraw
    later = cast.now + 2 * DAY
    actions.supplement(case=case, words="Cột số 12", at=later)
    actions.extend(case=case, reason="Phải chờ vật tư", by=cast.office_clerk, at=later)
    actions.draft_answer(case=case, words="Xã sẽ thay bóng đèn trong tuần.", by=cast.office_clerk, at=later)
    actions.return_answer(case=case, reason="Ghi rõ ngày thay", by=cast.chair, at=later)
    case.refresh_from_db()

    def said(steps: list[queries.Step]) -> list[tuple[str, str]]:
        return [(one.kind, one.words.shown()) for step in steps for one in step.words]

    for_sender = [
        (Said.QUESTION, "Cột đèn số mấy?"), (Said.SUPPLEMENT, "Cột số 12"), (Said.REASON, "Phải chờ vật tư"),
    ]  # fmt: skip
    assert said(queries.tracked(case, later).steps) == for_sender
    assert said(queries.steps(case, for_sender=False)) == [*for_sender, (Said.NOTE, "Ghi rõ ngày thay")]


# --- handling -------------------------------------------------------------------------------------


def test_a_question_stops_the_clock_and_the_answer_of_the_sender_starts_it(cast: Cast) -> None:
    case = accepted(cast)
    first = case.due_at
    assert first is not None
    case = actions.ask(case=case, question="Cột đèn số mấy?", by=cast.office_clerk, at=cast.now + DAY)
    assert (case.state, case.due_at) == (State.WAITING, None)
    case = actions.supplement(case=case, words="Cột số 12", at=cast.now + 8 * DAY)
    assert case.state == State.ROUTED
    assert case.due_at is not None
    assert case.due_at > first
    last = CaseEvent.objects.filter(case=case).order_by("-number")[0]
    assert (last.actor, last.by) == (Actor.SENDER, None)


def test_a_case_is_extended_once_with_a_reason(cast: Cast) -> None:
    case = accepted(cast)
    with pytest.raises(NoReason):
        actions.extend(case=case, reason=" ", by=cast.office_clerk, at=cast.now + DAY)
    longer = actions.extend(case=case, reason="Phải chờ vật tư", by=cast.office_clerk, at=cast.now + DAY)
    assert longer.due_at is not None
    assert case.due_at is not None
    assert longer.due_at > case.due_at
    with pytest.raises(Refused, match="một lần"):
        actions.extend(case=case, reason="Vẫn chờ", by=cast.office_clerk, at=cast.now + 2 * DAY)
    far = longer.due_at.date() + 200 * DAY
    other = accepted(cast, "e" * 32)
    with pytest.raises(Unfit, match="muộn nhất"):
        actions.extend(case=other, reason="Chờ", new_on=far, by=cast.office_clerk, at=cast.now + DAY)


def test_a_complaint_is_led_away_with_the_way_it_takes(cast: Cast) -> None:
    case = sent(cast).case
    case = actions.lead_away(case=case, nature=Nature.COMPLAINT, by=cast.office_clerk, at=cast.now)
    assert (case.state, case.nature, case.due_at) == (State.LED_AWAY, Nature.COMPLAINT, None)
    said = [one.words.shown() for step in queries.steps(case, for_sender=True) for one in step.words]
    assert any("90 ngày" in words for words in said)
    back = actions.accept(case=case, by=cast.office_clerk, at=cast.now + DAY)
    assert (back.state, back.nature) == (State.ACCEPTED, Nature.FEEDBACK)
    assert back.due_at is not None


def test_a_case_goes_to_another_authority_and_comes_back(cast: Cast) -> None:
    case = accepted(cast)
    case = actions.forward(case=case, authority="Công an xã", by=cast.office_clerk, at=cast.now + DAY)
    assert (case.state, case.forwarded_to, case.due_at) == (State.FORWARDED, "Công an xã", None)
    case = actions.come_back(
        case=case, reason="Không thuộc thẩm quyền", by=cast.office_clerk, at=cast.now + 4 * DAY
    )
    assert case.state == State.ACCEPTED
    assert case.due_at is not None


def test_only_those_who_handle_do_and_whoever_was_given_a_case_handles_that_one(cast: Cast) -> None:
    case = accepted(cast)
    for nobody in (cast.one_stop_clerk, cast.contributor, cast.neighbour, cast.chair):
        with pytest.raises(NotAllowed):
            actions.ask(case=case, question="Ở đâu?", by=nobody, at=cast.now)
    actions.assign(case=case, part=None, handler=cast.contributor, by=cast.office_clerk, at=cast.now)
    actions.ask(case=case, question="Ở đâu?", by=cast.contributor, at=cast.now)
    other = accepted(cast, "d" * 32)
    with pytest.raises(NotAllowed):
        actions.ask(case=other, question="Ở đâu?", by=cast.contributor, at=cast.now)
    with pytest.raises(Unfit):
        actions.assign(case=other, part=None, handler=cast.neighbour, by=cast.office_clerk, at=cast.now)


def test_each_opening_of_the_original_is_kept(cast: Cast) -> None:
    case = accepted(cast)
    actions.open_original(case=case, by=cast.chair, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.open_original(case=case, by=cast.radio_operator, at=cast.now)
    opening = CaseOpening.objects.get(case=case)
    assert (opening.by, opening.what) == (cast.chair, "original")
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseOpening.objects.update(at=cast.now + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseEvent.objects.all().delete()


# --- the answer and after -------------------------------------------------------------------------


def test_an_answer_is_read_by_the_sender_only_when_another_person_approved_these_words(cast: Cast) -> None:
    case = accepted(cast)
    later = cast.now + DAY
    made = actions.draft_answer(case=case, words="Xã đã thay bóng đèn.", by=cast.office_clerk, at=later)
    case.refresh_from_db()
    assert queries.tracked(case, later).answers == []
    with pytest.raises(NotAllowed):
        actions.approve_answer(case=case, seen=made.digest, by=cast.office_clerk, at=later)
    with pytest.raises(actions.SomebodyElse):
        actions.approve_answer(case=case, seen="0" * 64, by=cast.chair, at=later)
    actions.return_answer(case=case, reason="Ghi rõ ngày", by=cast.chair, at=later)
    again = actions.draft_answer(
        case=case, words="Xã đã thay bóng đèn ngày 21/7/2023.", by=cast.office_clerk, at=later
    )
    assert again.pk == made.pk
    actions.approve_answer(case=case, seen=again.digest, by=cast.chair, at=later)
    case.refresh_from_db()
    assert queries.tracked(case, later).answers == [("Xã đã thay bóng đèn ngày 21/7/2023.", later)]
    assert (case.state, case.answered_in_time, case.days_used) == (State.ANSWERED, True, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(case=case).update(digest="0" * 64)


def test_a_late_answer_is_late_and_is_given_all_the_same(cast: Cast) -> None:
    case = answered(cast, cast.now + 40 * DAY)
    assert (case.state, case.answered_in_time) == (State.ANSWERED, False)


def test_a_sender_who_is_not_content_has_it_reopened_once(cast: Cast) -> None:
    case = answered(cast, cast.now + DAY)
    assert queries.tracked(case, cast.now + 2 * DAY).may_rate
    case = actions.rate(case=case, rating=2, words="Đèn vẫn chưa sáng", at=cast.now + 2 * DAY)
    assert case.state == State.DISSATISFIED
    with pytest.raises(NoReason):
        actions.reopen(case=case, reason="", at=cast.now + 2 * DAY)
    case = actions.reopen(case=case, reason="Đèn vẫn chưa sáng", at=cast.now + 2 * DAY)
    assert (case.state, case.term) == (State.REOPENED, "10 ngày làm việc")
    assert case.due_at is not None
    assert case.due_at > cast.now + 10 * DAY
    case = answered(cast, cast.now + 5 * DAY, case)
    assert case.days_used == 1
    assert Answer.objects.filter(case=case).count() == 2
    case = actions.rate(case=case, rating=1, at=cast.now + 6 * DAY)
    assert not queries.tracked(case, cast.now + 6 * DAY).may_reopen
    with pytest.raises(Refused, match="một lần"):
        actions.reopen(case=case, reason="Vẫn chưa", at=cast.now + 6 * DAY)


def test_content_senders_close_their_case_and_a_late_word_is_refused(cast: Cast) -> None:
    case = answered(cast, cast.now + DAY)
    with pytest.raises(Refused, match="đã đóng"):
        actions.rate(case=case, rating=5, at=cast.now + 60 * DAY)
    with pytest.raises(Unfit):
        actions.rate(case=case, rating=9, at=cast.now + 2 * DAY)
    case = actions.rate(case=case, rating=5, at=cast.now + 2 * DAY)
    assert (case.state, case.rating, case.ended_at) == (State.CLOSED, 5, cast.now + 2 * DAY)
    with pytest.raises(WrongMove):
        actions.rate(case=case, rating=4, at=cast.now + 2 * DAY)


def test_a_sender_withdraws(cast: Cast) -> None:
    case = actions.withdraw(case=sent(cast).case, reason="Đèn sáng rồi", at=cast.now)
    assert (case.state, case.ended_at) == (State.WITHDRAWN, cast.now)


def test_a_standard_reply_names_nobody_and_cites_what_is_in_force(cast: Cast) -> None:
    given = {"unit": cast.commune, "title": "Đèn đường", "category": "dien-nuoc", "by": cast.office_clerk}
    made = actions.write_reply(**given, words="Xã đã báo đơn vị quản lý thay bóng đèn.", at=cast.now)
    assert made.ended_at is None
    with pytest.raises(Unfit, match="không được có tên"):
        actions.write_reply(**given, words="Gọi bà Nguyễn Thị Thử, số 0912 345 678.", at=cast.now)
    late = datetime(2026, 11, 20, 9, tzinfo=cast.now.tzinfo)
    with pytest.raises(Unfit, match="hết hiệu lực"):
        actions.write_reply(**given, words="Căn cứ Nghị định số 61/2018/NĐ-CP, xã trả lời.", at=late)
    with pytest.raises(NotAllowed):
        actions.write_reply(**given | {"by": cast.neighbour}, words="Xã đã báo đơn vị quản lý.", at=cast.now)
    assert actions.end_reply(reply=made, by=cast.office_clerk, at=cast.now).ended_at == cast.now


def test_a_subject_names_nobody(cast: Cast) -> None:
    case = accepted(cast)
    with pytest.raises(Unfit, match="không nêu ai"):
        actions.set_subject(
            case=case,
            subject="Ông Nguyễn Văn Thử báo đèn cháy",
            category="khac",
            by=cast.office_clerk,
            at=cast.now,
        )
    case = actions.set_subject(
        case=case, subject="Đèn đường cháy", category="dien-nuoc", by=cast.office_clerk, at=cast.now
    )
    assert case.subject == "Đèn đường cháy"


def test_every_deed_has_a_sentence_in_the_audit() -> None:
    assert {f"case.{deed}" for deed in Deed} <= set(SENTENCES)


def test_terms_of_a_province_hold_from_their_day_and_leave_promised_days_alone(cast: Cast) -> None:
    old = sent(cast).case
    given = read_terms(
        b'name = "Quy che mau"\nlegal_basis = "Quyet dinh mau"\nstarts_on = 2023-07-21\n[values]\naccept = "2 ng\xc3\xa0y l\xc3\xa0m vi\xe1\xbb\x87c"\n'
        b'answer = "7 ng\xc3\xa0y l\xc3\xa0m vi\xe1\xbb\x87c"\nextended = "20 ng\xc3\xa0y l\xc3\xa0m vi\xe1\xbb\x87c"\n'
        b'reopened = "5 ng\xc3\xa0y l\xc3\xa0m vi\xe1\xbb\x87c"\nwait = "10 ng\xc3\xa0y l\xc3\xa0m vi\xe1\xbb\x87c"\nrate_days = 10\n'
    )
    rules = {"unit": cast.commune, "terms": given.terms, "starts_on": given.starts_on, "at": cast.now}
    with pytest.raises(NotAllowed):
        actions.write_rules(**rules, by=cast.office_clerk)
    actions.write_rules(**rules, by=cast.chair)
    with pytest.raises(Unfit, match="muộn hơn"):
        actions.write_rules(**rules, by=cast.chair)
    assert queries.terms_of(cast.commune, cast.today).answer == "15 ngày làm việc"
    assert queries.terms_of(cast.commune, cast.today + DAY) == given.terms
    old.refresh_from_db()
    assert old.term == "15 ngày làm việc"
    new = actions.submit(
        unit=cast.commune, told=TOLD, sender=SENDER, way=Way.WEB, key="9" * 32, at=cast.now + 2 * DAY
    ).case
    assert (new.term, new.term_basis) == ("7 ngày làm việc", "Quyet dinh mau")


@pytest.mark.parametrize(
    "data", [b"\xff", b"a = ", b'name = "a"', b'name = "a"\nlegal_basis = "b"\nstarts_on = "mai"']
)
def test_a_file_of_terms_that_cannot_be_read_says_what_is_missing(data: bytes) -> None:
    with pytest.raises(Unfit):
        read_terms(data)


# --- when a unit is split --------------------------------------------------------------------------


def test_after_a_split_a_case_is_open_to_the_one_successor_that_keeps_it(cast: Cast, client: Client) -> None:
    first, second = sorted(
        Unit.objects.filter(
            pk__in=org.ids_below(cast.commune, cast.today, parts_only=True), level=Unit.Level.HAMLET
        ),
        key=lambda one: one.pk,
    )[:2]
    told = {
        "ours": TOLD,
        "stays": replace(TOLD, hamlet=first.pk),
        "goes": replace(TOLD, hamlet=second.pk),
        "still open": replace(TOLD, hamlet=second.pk),
    }
    cases = {
        name: sent(cast, f"{number}" * 32, one).case for number, (name, one) in enumerate(told.items(), 1)
    }
    Case.objects.exclude(pk=cases["still open"].pk).update(state=State.CLOSED)
    # The neighbour takes the second hamlet with 40 % of the commune, which ends; the rest is a new one with its people.
    said = {
        "kind": "split",
        "on": cast.today,
        "basis": "NQ 9/NQ-HĐND ngày 1/6/2023",
        "units": [cast.commune.pk],
        "targets": [
            {"unit": cast.neighbour_commune.pk, "share": "40%", "parts": [second.pk]},
            {"kind": "xã", "name": "Bến Mới", "code": "99999", "share": "60%"},
        ],
    }
    changes.apply(asked=[from_json(said)], by=None, at=cast.now)
    Position.objects.filter(person=cast.neighbour).update(role=Role.OFFICE_CLERK)
    new = org.keeper(Unit.objects.get(pk=cast.commune.pk), cast.today)
    assert new is not None
    assert new.pk == "ben-moi-99999"

    for who, sees in ((cast.office_clerk, {"ours", "stays"}), (cast.neighbour, {"goes", "still open"})):
        client.force_login(who)
        listed = client.get("/ban-lam-viec/phan-anh/").content.decode()
        for name, case in cases.items():
            case.refresh_from_db()
            assert (case.code in listed) is (name in sees), (who, name)
            opened = client.get(f"/ban-lam-viec/phan-anh/{case.pk}/ban-goc/").status_code
            assert opened == (200 if name in sees else 404), (who, name)
            if name not in sees:
                with pytest.raises(NotAllowed):
                    actions.write_note(case=case, words="Không phải của xã này.", by=who, at=cast.now)
    assert cases["still open"].unit == cast.neighbour_commune


def test_a_part_that_goes_elsewhere_takes_no_case_of_the_unit_that_lives_on(cast: Cast) -> None:
    UnitSuccession.objects.create(
        predecessor=cast.commune,
        successor=cast.neighbour_commune,
        reason="split",
        is_partial=True,
        takes_effect_on=cast.today,
    )
    assert queries.kept_by(cast.neighbour_commune, cast.today) == ({cast.neighbour_commune.pk}, Q())
    assert queries.keeper_of(sent(cast).case, cast.today) == cast.commune
