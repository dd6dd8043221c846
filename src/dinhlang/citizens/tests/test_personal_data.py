"""What a citizen said is kept for its time and no longer, is given to who asks for it, and goes when they ask."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.actions.taking import add_kept
from dinhlang.citizens.models import (
    Answer,
    Case,
    CaseEvent,
    CaseFile,
    CaseWords,
    Publication,
    Survey,
    SurveyAnswer,
    SurveyRemark,
    SurveyRound,
    SurveyVersion,
)
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Said, Way
from dinhlang.org import actions as org
from dinhlang.org import queries
from dinhlang.org.models import AuditEntry, RetentionRun
from dinhlang.org.personal import people
from dinhlang.org.personal.retention import months_before, terms, would_go
from dinhlang.org.rules import Refused
from dinhlang.work.sealed_files import FileLost
from dinhlang.work.tests.pictures import empty_pdf

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

SENDER = Sender("Nguyễn Thị Thử", "0900000001", "thu@example.vn", "Thôn Thượng, nhà số 5")
WORDS = "Đèn đường đầu thôn cháy đã hai tuần, buổi tối rất khó đi."
ANSWER = "Xã đã thay bóng đèn ngày hôm nay."
NOTE = "Gọi lại cho người gửi buổi chiều."
REQUEST = "Đơn số 5 ngày 01/3/2026"
LETTER = empty_pdf()


@pytest.fixture
def ended(cast: Cast, settings: Any, tmp_path: Any) -> actions.Receipt:
    """A case with all that can be beside one, answered and closed."""
    settings.DATA = tmp_path
    receipt = actions.submit(
        unit=cast.commune,
        told=Told(WORDS, "dien-nuoc", "Đèn đường cháy"),
        sender=SENDER,
        way=Way.WEB,
        key="0123456789abcdef0123456789abcdef",
        at=cast.now,
    )
    case = actions.accept(case=receipt.case, by=cast.office_clerk, at=cast.now)
    add_kept(case, keeping.keep(LETTER, "thu.pdf"), by=None, at=cast.now)
    CaseWords.objects.create(case=case, kind=Said.NOTE, words=NOTE, at=cast.now, by=cast.office_clerk)
    made = actions.draft_answer(case=case, words=ANSWER, by=cast.office_clerk, at=cast.now)
    actions.approve_answer(case=case, seen=made.digest, by=cast.chair, at=cast.now)
    actions.close_due(at=cast.now + timedelta(days=60))
    return receipt


def held_by(receipt: actions.Receipt) -> people.Held:
    return people.find("citizens.Case", receipt.code)


def test_after_its_time_what_leads_to_a_person_goes_and_the_rows_stay(
    cast: Cast, ended: actions.Receipt
) -> None:
    before = (
        Case.objects.count(),
        CaseEvent.objects.count(),
        Answer.objects.count(),
        CaseFile.objects.count(),
    )
    file = CaseFile.objects.get()
    assert org.erase_due(at=cast.now + timedelta(days=700)) == 0
    later = cast.now + timedelta(days=800)
    expected = would_go(later)
    assert expected["citizens.Case"]["sender_phone"] == expected["citizens.CaseFile"]["rows"] == 1
    assert keeping.FILES.read(file.name_there)

    assert org.erase_due(at=later) == sum(found["rows"] for found in expected.values())
    case = Case.objects.get()
    noted = AuditEntry.objects.filter(action="personal.retention")
    # In the book of the commune, where its administrator reads it.
    assert set(noted.values_list("unit", flat=True)) == {cast.commune.pk}
    assert case.erased_at == later
    for name in ("words", "sender_name", "sender_phone", "sender_mail", "sender_address", "pin_hash"):
        assert not getattr(case, name), name
    assert (case.phone_mark, case.key_mark, case.content_mark) == ("", "", "")
    assert case.subject == "Đèn đường cháy"
    assert not any(one.words for one in CaseWords.objects.all())
    assert not Answer.objects.get().words
    assert before == (
        Case.objects.count(), CaseEvent.objects.count(), Answer.objects.count(), CaseFile.objects.count(),
    )  # fmt: skip
    with pytest.raises(FileLost):
        keeping.FILES.read(file.name_there)

    run = RetentionRun.objects.get(day=later.date())
    assert run.counts == expected
    assert run.finished_at == later
    entries = AuditEntry.objects.filter(action="personal.retention")
    assert {one.detail["kind"] for one in entries} == set(expected)
    for told in (*map(str, run.counts.items()), *(str(one.detail) for one in entries)):
        assert SENDER.name not in told
        assert SENDER.phone not in told
    assert queries.verify_audit().broken is None
    assert would_go(later) == {}
    assert org.erase_due(at=later, anew=True) == 0


def test_a_look_that_was_killed_goes_on_and_counts_once(
    cast: Cast, ended: actions.Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = cast.now + timedelta(days=800)
    expected = would_go(later)
    real = keeping.FILES.erase

    def killed(name: str) -> None:
        real(name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        from dinhlang.citizens.personal import FILES
        from dinhlang.org.personal import Files

        patched.setitem(FILES, "CaseFile", Files("name_there", FILES["CaseFile"].read, killed))
        with pytest.raises(KeyboardInterrupt):
            org.erase_due(at=later)
    assert RetentionRun.objects.get(day=later.date()).finished_at is None
    org.erase_due(at=later)
    assert RetentionRun.objects.get(day=later.date()).counts == expected
    assert would_go(later) == {}


def test_public_words_stay_and_those_taken_down_or_never_shown_go(cast: Cast, ended: actions.Receipt) -> None:
    shown = Publication.objects.create(
        case=ended.case, unit=cast.commune, category="dien-nuoc", received_on=cast.today, state="published",
        title="Đèn đường", question="Đèn cháy.", answer=ANSWER, folded="den duong", spans=[{"is": "hidden"}],
        published_at=cast.now, approved_by=cast.chair,
    )  # fmt: skip
    later = cast.now + timedelta(days=800)
    assert would_go(later)["citizens.Publication"] == {"rows": 1, "spans": 1}
    org.erase_due(at=later)
    shown.refresh_from_db()
    assert (shown.question, shown.spans) == ("Đèn cháy.", [])
    Publication.objects.update(state="taken-down", taken_down_at=cast.now, taken_down_why="Có tên người.")
    assert would_go(later)["citizens.Publication"]["question"] == 1
    org.erase_due(at=later, anew=True)
    shown.refresh_from_db()
    assert (shown.title, shown.question, shown.answer, shown.folded) == ("", "", "", "")


def test_what_is_still_open_is_never_erased(cast: Cast, ended: actions.Receipt) -> None:
    Case.objects.update(ended_at=None, state="accepted")
    assert would_go(cast.now + timedelta(days=5000)) == {}
    with pytest.raises(Refused, match="chưa giải quyết xong"):
        org.erase_person(held=held_by(ended), request=REQUEST, by=None, at=cast.now)


def test_answers_of_a_round_go_two_years_after_it_closed(cast: Cast) -> None:
    survey = Survey.objects.create(unit=cast.commune, title="Thử", made_at=cast.now)
    version = SurveyVersion.objects.create(
        survey=survey, number=1, definition={}, digest="", edits=0, written_at=cast.now
    )
    round_ = SurveyRound.objects.create(
        unit=cast.commune, version=version, title="Thử", code="THU", method="A",
        opens_on=cast.today, closes_on=cast.today, opened_at=cast.now, closed_at=cast.now,
    )  # fmt: skip
    SurveyAnswer.objects.create(round=round_, way="poster", values={"q1": 5})
    SurveyRemark.objects.create(round=round_, question="q2", words="Cán bộ nhiệt tình.")
    assert would_go(months_before(cast.now, -24)) == {}
    later = months_before(cast.now, -24) + timedelta(minutes=1)
    assert would_go(later) == {
        "citizens.SurveyAnswer": {"rows": 1, "values": 1},
        "citizens.SurveyRemark": {"rows": 1, "words": 1},
    }
    assert org.erase_due(at=later) == 2
    assert SurveyAnswer.objects.get().values == {}
    assert not SurveyRemark.objects.get().words


def test_a_person_is_given_what_is_stored_of_them_with_its_grounds(
    cast: Cast, ended: actions.Receipt
) -> None:
    held = held_by(ended)
    mine = people.told(held, at=cast.now, for_sender=True)
    [case] = mine["rows"]["Case"]
    assert (case["sender_name"], case["words"]) == (SENDER.name, WORDS)
    assert [one["words"] for one in mine["rows"]["Answer"]] == [ANSWER]
    assert mine["fields"]["Case.sender_phone"]["purpose"]
    assert "24" in mine["fields"]["Case.sender_phone"]["kept"]
    assert [data for _name, data in people.files_of(held, for_sender=True)] == [LETTER]
    written = json.dumps(mine, default=str, ensure_ascii=False)
    assert NOTE not in written
    for hidden in ("pin_hash", "phone_mark", "name_there", '"by"', "taken_by", "approved_by"):
        assert hidden not in written
    assert NOTE in str(people.told(held, at=cast.now, for_sender=False))


def test_what_a_person_had_erased_stays_erased_after_a_restore(cast: Cast, ended: actions.Receipt) -> None:
    case = Case.objects.get()
    kept = {one.name: getattr(case, one.name) for one in Case._meta.concrete_fields}
    with pytest.raises(Refused, match="số, ngày"):
        org.erase_person(held=held_by(ended), request=" ", by=None, at=cast.now)
    assert org.erase_person(held=held_by(ended), request=REQUEST, by=None, at=cast.now) >= 4
    assert not Case.objects.get().sender_name
    entry = AuditEntry.objects.get(action="personal.erase")
    assert (entry.unit_id, entry.detail["request"]) == (cast.commune.pk, REQUEST)
    assert org.erase_again(at=cast.now) == 0

    # An older backup is put back; another line of the list was damaged.
    Case.objects.filter(pk=case.pk).update(**kept)
    assert Case.objects.get().sender_name
    from django.conf import settings

    with (settings.DATA / "erased.jsonl").open("a", encoding="utf-8") as file:
        file.write(
            '\n{"kind": "citizens.Case", "key": "\n{"kind": "citizens.Case", "key": "no key"}\n{"kind": "x.Y", "key": "1"}'
        )
    assert org.erase_again(at=cast.now) == 1
    assert not Case.objects.get().sender_name
    assert AuditEntry.objects.filter(action="personal.erase-again").count() == 1
    assert org.erase_again(at=cast.now) == 0


def test_a_code_that_leads_nowhere_is_told(db: None) -> None:
    for typed in ("PA-2222-2222", "không phải mã", ""):
        with pytest.raises(Refused, match="Không có mã"):
            people.find("citizens.Case", typed)


def test_every_room_that_has_terms_can_be_asked_for_them(db: None) -> None:
    assert {"citizens.Case", "citizens.PaperEntry", "onestop.Dossier", "onestop.DossierStep"} <= {
        term.name for term in terms()
    }
