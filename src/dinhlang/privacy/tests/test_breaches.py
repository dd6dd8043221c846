"""A breach is noted, two people decide whether the authority is told, the notice goes within 72 real hours, or says why not."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import docx
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from dinhlang.org.actions import erase_due
from dinhlang.org.models import AuditEntry, Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.tests.clients import as_
from dinhlang.portal.privacy_mail import mail_privacy_reminders
from dinhlang.privacy import actions as requests
from dinhlang.privacy import reminding
from dinhlang.privacy.breaches import actions, papers, queries
from dinhlang.privacy.models import Breach, BreachStep, PrivacyReminder
from dinhlang.privacy.queries import LATE
from dinhlang.privacy.reminding import remind_due
from dinhlang.privacy.rules.breaches import (
    ENDED,
    NEXT,
    OWED,
    DataKind,
    Nature,
    Outcome,
    Source,
    State,
    Telling,
    notice_due,
    persons_must_be_told,
    term_on,
)
from dinhlang.privacy.rules.states import Kind

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOUR = timedelta(hours=1)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = "Gửi nhầm danh sách hộ nghèo vào nhóm Zalo của thôn, gỡ sau 20 phút."


def known(at: datetime, **more: Any) -> actions.Known:
    told = actions.Known(
        at - HOUR,
        None,
        Source.OFFICIAL,
        Nature.LEAK,
        WORDS,
        ["contact", "money"],
        46,
        "Có thể bị gọi điện lừa đảo.",
        "Đã gỡ tệp, nhắc các thành viên xóa.",
    )
    return replace(told, **more)


@pytest.fixture
def noted(cast: Cast) -> Breach:
    return actions.note(unit=cast.commune, known=known(cast.now), by=cast.office_clerk, at=cast.now)


def proposed(one: Breach, cast: Cast, at: datetime, outcome: str = "notify", **more: str) -> None:
    given = {"words": "Danh sách có số tiền trợ cấp.", "ground": "", "late_reason": "", **more}
    actions.propose(breach=one, outcome=outcome, by=cast.office_clerk, at=at, **given)


def do(client: Client, one: Breach, deed: str, **said: str) -> str:
    client.post(reverse("breaches:step", args=[one.pk]), {"do": deed, **said})
    one.refresh_from_db()
    return str(one.state)


def test_the_table_of_states_is_whole_and_the_hours_are_real() -> None:
    assert NEXT.keys() == set(State)
    assert {State.CLOSED} == ENDED
    assert set(State) > OWED
    # Friday evening before Tết: Monday evening, whatever the calendar of the office says.
    friday = datetime(2026, 2, 13, 18, 30, tzinfo=VIETNAM)
    assert notice_due(friday, term_on(friday.date())) == datetime(2026, 2, 16, 18, 30, tzinfo=VIETNAM)


def test_from_the_first_note_to_the_end(cast: Cast, noted: Breach) -> None:
    at, clerk, chair = cast.now, cast.office_clerk, cast.chair
    assert str(noted) == f"VP-{localtime(at).year}-01"
    assert noted.due_at == at + 71 * HOUR
    assert queries.waits(cast.commune, at) == queries.Waits(owed=1, to_decide=0, late=0)
    proposed(noted, cast, at)
    assert queries.waits(cast.commune, at).to_decide == 1
    actions.decide(breach=noted, by=chair, at=at)
    actions.send(breach=noted, number="15/TB-UBND", sent_at=at + HOUR, by=clerk, at=at + 2 * HOUR)
    assert noted.notified_at == at + HOUR
    actions.amend(
        breach=noted, known=known(at, persons=52), words="Đếm lại: 52 hộ.", by=clerk, at=at + 3 * HOUR
    )
    actions.supplement(
        breach=noted,
        words="Số người là 52.",
        number="16/TB-UBND",
        sent_at=None,
        by=clerk,
        at=at + 4 * HOUR,
    )
    with pytest.raises(Refused, match="người có dữ liệu"):
        actions.close(breach=noted, words="Xong.", by=chair, at=at + 5 * HOUR)
    actions.tell(breach=noted, is_told=True, words="Gọi điện 52 hộ.", by=clerk, at=at + 5 * HOUR)
    actions.close(breach=noted, words="Đã xóa hết, tập huấn lại.", by=chair, at=at + 6 * HOUR)
    assert noted.state == State.CLOSED
    assert queries.waits(cast.commune, at + 99 * HOUR) == queries.Waits(0, 0, 0)
    assert [step.deed for step in queries.steps(noted)] == [
        "note", "propose", "approve", "send", "amend", "supplement", "tell", "close",
    ]  # fmt: skip
    told = " ".join(str(row.detail) for row in AuditEntry.objects.filter(action__startswith="breach."))
    assert WORDS not in told


def test_two_people_and_a_neighbour_sees_nothing(cast: Cast, noted: Breach) -> None:
    given = {"outcome": "notify", "words": "Có số tiền.", "ground": "", "late_reason": ""}
    actions.propose(breach=noted, by=cast.chair, at=cast.now, **given)
    with pytest.raises(Refused, match="tự duyệt"):
        actions.decide(breach=noted, by=cast.chair, at=cast.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=noted.pk).update(decided_by=cast.chair)
    with pytest.raises(Refused):
        actions.decide(breach=noted, by=cast.office_clerk, at=cast.now)
    neighbour = as_(cast.neighbour)
    for name, more in (("breach", []), ("amend", []), ("paper", ["thong-bao", "pdf"])):
        assert neighbour.get(reverse(f"breaches:{name}", args=[noted.pk, *more])).status_code == 404


def test_late_asks_for_its_reason_and_the_notice_prints_it(cast: Cast, noted: Breach) -> None:
    late = cast.now + 80 * HOUR
    assert queries.waits(cast.commune, late).late == 1
    with pytest.raises(Refused, match="lý do thông báo chậm"):
        proposed(noted, cast, late)
    proposed(noted, cast, cast.now)
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    with pytest.raises(Refused, match="Ghi lý do thông báo chậm"):
        actions.send(breach=noted, number="15/TB-UBND", sent_at=None, by=cast.office_clerk, at=late)
    actions.explain(breach=noted, words="Mất điện hai ngày do bão.", by=cast.office_clerk, at=late)
    made = papers.paper(noted, list(queries.steps(noted)), papers.NOTICE, "docx", at=late)
    text = "\n".join(line.text for line in docx.Document(io.BytesIO(made.data)).paragraphs)
    # In the order of Mẫu số 08 of NĐ 356/2025/NĐ-CP.
    parts = (
        "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân, Bộ Công an",
        "Thông tin về tổ chức",
        "Nhân sự chịu trách nhiệm bảo vệ dữ liệu cá nhân",
        "Thời gian: ",
        "Địa điểm: ",
        "Hành vi: ",
        WORDS,
        "Tổ chức, cá nhân liên quan",
        "số lượng dữ liệu liên quan",
        "họ tên, điện thoại, địa chỉ, thư điện tử; tài khoản, tài sản, chế độ được hưởng; khoảng 46 người",
        "Hậu quả",
        "Biện pháp áp dụng",
        "Lý do thông báo chậm: Mất điện hai ngày",
        "Biên bản xác nhận về việc xảy ra hành vi vi phạm",
        "cam kết chịu trách nhiệm",
        "Mẫu số 08",
    )
    assert sorted(text.index(part) for part in parts) == [text.index(part) for part in parts]
    actions.send(breach=noted, number="15/TB-UBND", sent_at=None, by=cast.office_clerk, at=late)
    assert noted.state == State.NOTIFIED


def test_no_notice_names_its_ground_and_can_be_thought_over(cast: Cast, noted: Breach) -> None:
    with pytest.raises(Unfit, match="không thuộc trường hợp"):
        proposed(noted, cast, cast.now, Outcome.NO_NOTICE)
    proposed(noted, cast, cast.now, Outcome.NO_NOTICE, ground="Chỉ cán bộ xã thấy, không gây hại cho ai.")
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    assert noted.state == State.NOT_DUE
    misuse = known(cast.now, nature=Nature.MISUSE)
    with pytest.raises(Unfit, match="Xem xét lại") as refused:
        actions.amend(breach=noted, known=misuse, words="Đem đi tiếp thị.", by=cast.office_clerk, at=cast.now)
    assert refused.value.field == "nature"
    assert Breach.objects.get().nature == Nature.LEAK
    # As one that was amended before this was refused.
    Breach.objects.update(nature=Nature.MISUSE)
    actions.tell(breach=noted, is_told=False, words="Không ai thấy.", by=cast.office_clerk, at=cast.now)
    with pytest.raises(Refused, match="Xem xét lại"):
        actions.close(breach=noted, words="Xong.", by=cast.chair, at=cast.now)
    actions.reopen(breach=noted, words="Có người đã chuyển tiếp.", by=cast.office_clerk, at=cast.now)
    assert (noted.state, noted.due_at) == (State.NOTED, cast.now + 71 * HOUR)
    proposed(noted, cast, cast.now)
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    assert noted.state == State.APPROVED


def test_what_the_law_always_wants_told_cannot_be_left_out(cast: Cast, noted: Breach, settings: Any) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=cast.office_clerk.pk).update(email="x@ben-truc.example")
    at, clerk = cast.now, cast.office_clerk
    actions.tell(breach=noted, is_told=False, words="Không ai thấy.", by=clerk, at=at)
    opened_before = Breach.objects.get(pk=noted.pk)
    actions.amend(
        breach=noted,
        known=known(at, data_kinds=["contact", "place"], nature=Nature.MISUSE),
        words="Có cả định vị.",
        by=clerk,
        at=at,
    )
    assert noted.telling == Telling.UNDECIDED
    page = as_(clerk).get(reverse("breaches:breach", args=[noted.pk])).content.decode()
    assert "báo cho từng người trước" in page
    assert 'value="not-tell"' not in page
    for seen in (noted, opened_before):
        with pytest.raises(Refused, match="Điều 29"):
            actions.tell(breach=seen, is_told=False, words="Không ai thấy.", by=clerk, at=at)
        with pytest.raises(Unfit, match="sai mục đích"):
            proposed(seen, cast, at, Outcome.NO_NOTICE, ground="Không gây hại.")
    proposed(noted, cast, at)
    actions.decide(breach=noted, by=cast.chair, at=at)
    actions.send(breach=noted, number="15/TB-UBND", sent_at=None, by=clerk, at=at)
    # The authority knows, those concerned do not.
    later = localtime(at + 48 * HOUR).replace(hour=9)
    assert remind_due(at=later) > 0
    assert mail_privacy_reminders(at=later) == 1
    actions.tell(breach=noted, is_told=True, words="Gọi điện 46 người.", by=clerk, at=at + 61 * HOUR)
    assert remind_due(at=at + 80 * HOUR) == 0


def test_persons_who_must_be_told_are_reminded_of_where_no_notice_is_owed(
    cast: Cast, noted: Breach, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=cast.office_clerk.pk).update(email="x@ben-truc.example")
    for kind in DataKind.values:
        Breach.objects.update(data_kinds=["contact", kind])
        assert queries.untold().exists() is persons_must_be_told([kind])
    Breach.objects.update(data_kinds=["contact", "body"])
    proposed(noted, cast, cast.now, Outcome.NO_NOTICE, ground="Chỉ cán bộ xã thấy.")
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    later = localtime(cast.now + 72 * HOUR).replace(hour=9)
    # One of which nobody is told does not take the place of those that wait.
    other = actions.note(unit=cast.commune, known=known(cast.now - HOUR), by=cast.office_clerk, at=cast.now)
    Breach.objects.filter(pk=other.pk).update(
        state=State.NOTIFIED, notified_at=cast.now, notice_number="1/TB", due_at=cast.now
    )
    monkeypatch.setattr(reminding, "_MOST", 1)
    evening = later - 14 * HOUR
    assert remind_due(at=evening) > 0
    assert {one.breach for one in PrivacyReminder.objects.all()} == {noted}
    assert mail_privacy_reminders(at=evening) == 0
    # What is told at night is mailed in the morning: the 72 hours run on.
    assert mail_privacy_reminders(at=later) == 1

    late = cast.now + 80 * HOUR
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert queries.waits(cast.commune, late).late == 1
    assert list(queries.breaches(cast.commune, standing=LATE, at=late)) == [noted]
    clerk, mark = as_(cast.office_clerk), "Quá hạn báo cho người có dữ liệu"
    assert clerk.get(reverse("breaches:breaches")).content.decode().count(mark) == 1
    there = reverse("breaches:breach", args=[noted.pk])
    page = clerk.get(there).content.decode()
    assert mark in page
    assert '<p class="soft">Thông báo theo <span lang="vi">Mẫu số 08' in page
    do(clerk, noted, "tell", words="Gọi điện 46 người.")
    assert mark not in clerk.get(there).content.decode()
    assert queries.waits(cast.commune, late).late == 0


def test_nobody_is_mailed_of_a_notice_that_went_before_its_reminder(
    cast: Cast, noted: Breach, settings: Any
) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=cast.office_clerk.pk).update(email="x@ben-truc.example")
    proposed(noted, cast, cast.now)
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    later = localtime(cast.now + 48 * HOUR).replace(hour=9)
    assert remind_due(at=later) > 0
    actions.send(breach=noted, number="15/TB-UBND", sent_at=later - HOUR, by=cast.office_clerk, at=later)
    assert mail_privacy_reminders(at=later) == 0


def test_odd_input_is_told_and_nothing_is_lost(cast: Cast, noted: Breach) -> None:
    at, clerk = cast.now, as_(cast.office_clerk)
    for wrong in (
        {"words": " \0"},
        {"words": "x" * 5000},
        {"discovered_at": at + HOUR},
        {"occurred_at": at + HOUR},
        {"persons": -1},
    ):
        with pytest.raises(Unfit):
            actions.note(unit=cast.commune, known=known(at, **wrong), by=cast.office_clerk, at=at)
    for given in (
        {"number": "", "sent_at": None},
        {"number": "x" * 50, "sent_at": None},
        {"number": "1/TB", "sent_at": at + HOUR},
        {"number": "1/TB", "sent_at": at - 9 * HOUR},
    ):
        with pytest.raises(Unfit):
            actions.send(breach=noted, by=cast.office_clerk, at=at, **given)  # type: ignore[arg-type]
    page = clerk.post(
        reverse("breaches:new"),
        {"discovered_at": "hôm qua", "words": "Mất máy tính xách tay", "source": "x", "persons": "vài"},
    ).content.decode()
    assert "Mất máy tính xách tay" in page
    assert "Ngày giờ không đúng" in page
    assert clerk.post(reverse("breaches:step", args=[noted.pk]), {"do": "bay"}).status_code == 404
    assert do(clerk, noted, "send", number="1", sent_at="mai") == State.NOTED
    assert do(clerk, noted, "propose", outcome="x", words="x") == State.NOTED
    assert Breach.objects.count() == 1


def test_the_pages_the_filter_and_the_export(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    clerk, chair = as_(cast.office_clerk), as_(cast.chair)
    here = localtime(cast.now)
    given = {
        "discovered_at": f"{here - HOUR:%Y-%m-%dT%H:%M}",
        "source": "person",
        "nature": "leak",
        "words": f"{WORDS} =HYPERLINK(1)",
        "data_kinds": ["contact", "identity"],
        "persons": "46",
        "consequences": "Có thể bị lừa.",
        "measures": "Đã gỡ.",
    }
    assert clerk.post(reverse("breaches:new"), given).status_code == 302
    one = Breach.objects.get()
    page = clerk.get(reverse("breaches:breach", args=[one.pk])).content.decode()
    assert WORDS in page
    assert "còn 7" in page
    assert do(clerk, one, "propose", outcome="notify", words="Có số tiền.") == State.PROPOSED
    assert "Người trình" in page or "trình" in page
    assert do(chair, one, "decide") == State.APPROVED
    assert do(clerk, one, "send", number="=1+1", sent_at="") == State.NOTIFIED
    changed = given | {"persons": "50", "change": "Đếm lại."}
    assert clerk.post(reverse("breaches:amend", args=[one.pk]), changed).status_code == 302
    for which in papers.PAPERS:
        for form in papers.FORMS:
            answer = clerk.get(reverse("breaches:paper", args=[one.pk, which, form]))
            assert answer.status_code == 200
            assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
    assert AuditEntry.objects.filter(action="breach.paper").count() == 6
    there = reverse("breaches:breaches")
    day = f"{here:%Y-%m-%d}"
    for query, is_found in (
        ({"q": str(one)}, True),
        ({"q": "VP-1999-01"}, False),
        ({"nature": "loss"}, False),
        ({"standing": "chua-xong", "first": day, "last": day}, True),
        ({"standing": "qua-han"}, False),
        ({"q": "\0²"}, False),
    ):
        assert (str(one) in clerk.get(there, query).content.decode()) is is_found, query
    table = clerk.post(reverse("breaches:export", args=["csv"]))
    told = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in told
    assert WORDS not in told


def test_the_database_keeps_the_steps_and_empties_their_words_when_the_term_is_over(
    cast: Cast, noted: Breach
) -> None:
    for change in ({"deed": "close"}, {"at": cast.now + HOUR}, {"number": "9"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BreachStep.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreachStep.objects.all().delete()
    proposed(noted, cast, cast.now, Outcome.NO_NOTICE, ground="Không gây hại.")
    actions.decide(breach=noted, by=cast.chair, at=cast.now)
    actions.tell(breach=noted, is_told=False, words="Không ai thấy.", by=cast.office_clerk, at=cast.now)
    actions.close(breach=noted, words="Xong.", by=cast.chair, at=cast.now)
    erase_due(at=cast.now + timedelta(days=365 * 4))
    noted.refresh_from_db()
    assert noted.words
    erase_due(at=cast.now + timedelta(days=365 * 6))
    noted.refresh_from_db()
    assert not noted.words
    assert not any(step.words for step in queries.steps(noted))
    assert noted.persons == 46


def test_both_registers_remind_in_the_list_and_by_mail(cast: Cast, noted: Breach, settings: Any) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk__in=[cast.office_clerk.pk, cast.chair.pk]).update(email="x@ben-truc.example")
    asked = requests.Asked(Kind.SEE, "", "Nguyễn Thị Thử", "0900000001")
    requests.submit(unit=cast.commune, asked=asked, key="k" * 20, at=cast.now)
    assert not PrivacyReminder.objects.filter(breach=noted).exists()
    later = localtime(cast.now + 48 * HOUR).replace(hour=9)
    assert remind_due(at=later) > 0
    assert remind_due(at=later) == 0
    assert {one.person for one in PrivacyReminder.objects.filter(breach=noted)} == {
        cast.office_clerk,
        cast.chair,
    }
    assert mail_privacy_reminders(at=later) > 0
    assert mail_privacy_reminders(at=later + HOUR) == 0
    assert any("36 giờ tới" in one.body for one in mail.outbox)
    told = " ".join(one.subject + one.body for one in mail.outbox)
    assert WORDS not in told
    assert "Nguyễn" not in told
    assert remind_due(at=later + 48 * HOUR) > 0
    assert PrivacyReminder.objects.filter(why="overdue", breach=noted).exists()
