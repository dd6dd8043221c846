"""The desk pages of feedback, as the clerk at the telephone, the officer and the leader use them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dinhlang.citizens import actions, queries
from dinhlang.citizens.actions import keys
from dinhlang.citizens.models import (
    Answer,
    Case,
    CaseOpening,
    CaseReminder,
    HandlingRules,
    Open311Key,
    Publication,
    Route,
    StandardReply,
)
from dinhlang.citizens.rules import publishing
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.states import State
from dinhlang.org import word_index
from dinhlang.org.models import AuditEntry
from dinhlang.org.rules import Refused
from dinhlang.org.tests.clients import as_
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

WORDS = "Cạnh nhà ông Nguyễn Văn Thử có bãi rác bốc mùi hôi thối, <b>nhờ xã dọn</b>."
SHEET = {
    "key": "k" * 32, "way": "phone", "words": WORDS, "category": "", "hamlet": "", "place": "cạnh kênh", "name": "Lê Thị Gửi",
    "phone": "0987 654 321", "address": "Thôn Thượng", "mail": "", "spoken_for": "Bà Hoàng Thị Nhờ", "publishable": "on",
}  # fmt: skip


def said(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_a_call_is_taken_in_answered_and_made_public_by_three_people(cast: Cast) -> None:
    counter, officer, chair = as_(cast.one_stop_clerk), as_(cast.office_clerk), as_(cast.chair)
    # A call, sent twice by an impatient thumb.
    pages = [counter.post(reverse("citizens:new"), SHEET).content.decode() for _ in range(2)]
    case = Case.objects.get()
    [pin] = {re.search(r'<dd class="pin">(\d{6})</dd>', page)[1] for page in pages}  # type: ignore[index]
    assert queries.find(cast.commune, case.code, pin) == case
    assert case.category == "moi-truong"
    assert case.code in said(officer, "citizens:cases", q="0987654321")
    assert case.code not in said(officer, "citizens:cases", q="0911111111")
    # Neither the list nor the case shows what is personal; the original does, and that is noted.
    for page in (said(officer, "citizens:cases"), said(officer, "citizens:case", case.pk)):
        assert "Nguyễn Văn Thử" not in page
        assert "Lê Thị Gửi" not in page
        assert "Hoàng Thị Nhờ" not in page
    assert case.spoken_for.shown() == "Bà Hoàng Thị Nhờ"
    assert not CaseOpening.objects.exists()
    original = said(officer, "citizens:original", case.pk)
    assert "Lê Thị Gửi" in original
    assert "<dt>Gửi thay cho</dt><dd>Bà Hoàng Thị Nhờ</dd>" in original
    assert "<b>nhờ" not in original
    assert CaseOpening.objects.get().by == cast.office_clerk

    step = reverse("citizens:step", args=[case.pk])
    officer.post(step, {"do": "assign", "handler": cast.culture_officer.pk, "part": ""})
    officer.post(step, {"do": "ask", "reason": "Bãi rác rộng chừng nào?"})
    counter.post(step, {"do": "supplement", "reason": "Chừng mười mét"})
    officer.post(step, {"do": "describe", "subject": "Bãi rác cạnh kênh", "category": "moi-truong"})
    officer.post(step, {"do": "draft", "words": "Xã đã dọn bãi rác và cắm biển cấm đổ."})
    case.refresh_from_db()
    assert (case.state, case.subject) == (State.DRAFTED, "Bãi rác cạnh kênh")
    page = said(chair, "citizens:approval", case.pk)
    assert "cắm biển" in page
    chair.post(
        reverse("citizens:approval", args=[case.pk]), {"do": "approve", "seen": Answer.objects.get().digest}
    )
    case.refresh_from_db()
    assert case.state == State.ANSWERED

    there = reverse("citizens:publication", args=[case.pk])
    assert "Để nguyên" in said(officer, "citizens:publication", case.pk)
    officer.post(there, {"do": "decide"})
    assert not Publication.objects.exists()
    chosen = {f"question-{one.start}-{one.end}": "hide" for one in publishing.proposals(case.words.shown())}
    officer.post(there, {"do": "decide", **chosen})
    made = Publication.objects.get()
    assert "Nguyễn Văn Thử" not in made.question
    text = {"title": "Bãi rác cạnh kênh", "question": made.question, "answer": made.answer}
    refused = officer.post(there, {"do": "propose", **text, "question": WORDS}).content.decode()
    assert "Còn thông tin có thể là riêng tư" in refused
    officer.post(there, {"do": "propose", **text})
    made.refresh_from_db()
    seen = publishing.public_digest(made.title, made.question, made.answer)
    officer.post(there, {"do": "publish", "seen": seen})
    assert not queries.published(cast.commune).exists()
    chair.post(there, {"do": "publish", "seen": seen})
    assert queries.published(cast.commune).get() == made
    assert "mười mét" in said(officer, "citizens:original", case.pk)


def test_a_call_without_a_name_is_advice_and_what_is_wrong_is_said_beside_its_field(cast: Cast) -> None:
    counter = as_(cast.one_stop_clerk)
    there = reverse("citizens:new")
    page = counter.post(there, SHEET | {"phone": "12345"}).content.decode()
    assert "Số điện thoại chưa đúng" in page
    page = counter.post(there, SHEET | {"name": "", "address": ""}).content.decode()
    assert "ghi nhận là góp ý" in page
    page = counter.post(
        there, SHEET | {"key": "z" * 32, "words": "Tôi tố cáo ông Ba nhận hối lộ của dân"}
    ).content.decode()
    assert "Có vẻ là tố cáo" in page
    bad = SimpleUploadedFile("a.html", b"<script>alert(1)</script>", "text/html")
    page = counter.post(there, SHEET | {"key": "y" * 32, "files": [bad]}).content.decode()
    assert "a.html: Chỉ nhận ảnh hoặc tệp PDF" in page
    assert Case.objects.count() == 2


def test_whoever_opens_a_file_stands_among_those_who_saw_the_original(cast: Cast) -> None:
    letter = SimpleUploadedFile("don.jpg", photo(), "image/jpeg")
    as_(cast.one_stop_clerk).post(reverse("citizens:new"), SHEET | {"files": [letter]})
    case, officer = Case.objects.get(), as_(cast.office_clerk)
    when = date_format(timezone.localtime(cast.now), "H:i j/n/Y")
    page = said(officer, "citizens:original", case.pk)
    there = reverse("citizens:file", args=[case.pk, case.files.get().pk])
    assert f'<a href="{there}">don.jpg</a>' in page
    assert "mở tệp" not in page
    assert as_(cast.neighbour).get(there).status_code == 404
    assert not CaseOpening.objects.filter(what="file").exists()
    answer = officer.get(there)
    assert answer.content.startswith(b"\xff\xd8")
    assert "no-store" in answer["Cache-Control"]
    assert CaseOpening.objects.get(what="file").file == case.files.get()
    for name in ("citizens:original", "citizens:case"):
        line = f"<li>{cast.office_clerk.full_name}, {when}: mở tệp</li>"
        assert line in said(officer, name, case.pk), name


def test_a_list_leaves_without_words_and_names_and_is_noted(cast: Cast) -> None:
    as_(cast.one_stop_clerk).post(reverse("citizens:new"), SHEET)
    answer = as_(cast.office_clerk).post(reverse("citizens:export", args=["csv"]))
    table = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert Case.objects.get().code in table
    for personal in ("Gửi", "0987654321", "bãi rác", "Thượng"):
        assert personal not in table
    assert AuditEntry.objects.filter(action="case.export").exists()


def test_what_may_be_a_machines_is_found_with_its_reason(cast: Cast) -> None:
    officer, told = as_(cast.office_clerk), Told("Đèn đường đầu thôn cháy đã hai tuần.", "dien-nuoc")
    given = {"unit": cast.commune, "told": told, "way": Way.WEB, "at": cast.now}
    odd = actions.submit(**given, sender=Sender(), key="a" * 32, flags=("trap", "no-proof")).case
    plain = actions.submit(**given, sender=Sender("Lê Thị Gửi", address="Thôn Thượng"), key="b" * 32).case
    assert "đã nhắc" not in said(officer, "citizens:cases")
    CaseReminder.objects.create(
        case=plain, step="truoc-1", due_at=plain.due_at, at=cast.now, to=cast.culture_officer
    )
    page = said(officer, "citizens:cases")
    assert odd.code in page
    assert plain.code in page
    assert "đã nhắc: còn 1 ngày làm việc đến hạn" in page
    page = said(officer, "citizens:cases", standing="nghi-may")
    assert odd.code in page
    assert plain.code not in page
    assert "ô ẩn, người đọc trang không thấy, có chữ; máy gửi không làm phép tính" in page
    assert "Vẫn xem như mọi phản ánh khác" in said(officer, "citizens:case", odd.pk)
    page = said(officer, "citizens:case", plain.pk)
    assert "Vẫn xem như" not in page
    assert "còn 1 ngày làm việc đến hạn." in page
    assert cast.culture_officer.full_name in page


def test_a_key_of_an_app_is_shown_once_and_revoked_by_who_handles(cast: Cast) -> None:
    officer, there = as_(cast.office_clerk), reverse("citizens:keys")
    assert "Chưa cấp khóa nào" in said(officer, "citizens:keys")
    assert as_(cast.one_stop_clerk).post(there, {"name": "Ứng dụng"}).status_code == 404
    assert not Open311Key.objects.exists()
    officer.post(there, {"name": "  "})
    assert not Open311Key.objects.exists()
    secret = re.search(r"pa311_[-\w]{20,}", officer.post(there, {"name": "Ứng dụng tỉnh"}).content.decode())
    assert secret
    assert secret[0] not in said(officer, "citizens:keys")
    key = keys.key_of(secret[0], cast.commune.pk, cast.now)
    assert key is not None
    revoke = reverse("citizens:key-revoke", args=[key.pk])
    for person in (cast.one_stop_clerk, cast.neighbour, cast.chair):
        assert as_(person).post(revoke).status_code == 404
    assert keys.key_of(secret[0], cast.commune.pk, cast.now)
    officer.post(revoke)
    assert keys.key_of(secret[0], cast.commune.pk, cast.now) is None
    assert "Khóa này đã thu hồi rồi" in officer.post(revoke, follow=True).content.decode()
    assert AuditEntry.objects.filter(action__in=("case.key", "case.key-revoke")).count() == 2


def test_routes_and_replies_are_set_by_who_handles(cast: Cast) -> None:
    officer, counter = as_(cast.office_clerk), as_(cast.one_stop_clerk)
    chosen = {"handler-moi-truong": cast.culture_officer.pk}
    counter.post(reverse("citizens:routes"), chosen)
    assert not Route.objects.exists()
    officer.post(reverse("citizens:routes"), chosen)
    assert Route.objects.get().handler == cast.culture_officer
    officer.post(reverse("citizens:routes"), {})
    assert not Route.objects.exists()
    reply = {"title": "Đèn đường", "category": "dien-nuoc", "words": "Xã đã báo đơn vị quản lý thay bóng."}
    counter.post(reverse("citizens:replies"), reply)
    officer.post(reverse("citizens:replies"), reply)
    made = StandardReply.objects.get()
    officer.post(reverse("citizens:reply-end", args=[made.pk]))
    assert "Chưa có câu trả lời mẫu nào" in said(officer, "citizens:replies")


def test_replies_are_searched_filtered_and_exported(cast: Cast) -> None:
    officer, counter = as_(cast.office_clerk), as_(cast.one_stop_clerk)
    for title, category, words in (
        ("Đèn đường hỏng", "dien-nuoc", "Xã đã báo đơn vị quản lý thay bóng trong tuần."),
        ("Bãi rác", "moi-truong", "=Xã đã giao thôn dọn bãi rác và cắm biển cấm đổ."),
    ):
        officer.post(reverse("citizens:replies"), {"title": title, "category": category, "words": words})

    def shown(**asked: str) -> tuple[bool, bool]:
        page = said(counter, "citizens:replies", **asked)
        return "Đèn đường hỏng</h2>" in page, "Bãi rác</h2>" in page

    assert shown() == (True, True)
    assert shown(q="den duong") == shown(q="THAY BÓNG") == shown(category="dien-nuoc") == (True, False)
    assert shown(standing="het-hieu-luc") == shown(q="không có chữ này") == (False, False)
    assert shown(q="x" * 500, category="sai") == (True, True)
    address = f"{reverse('citizens:replies-export', args=['csv'])}?q=rac"
    lines = b"".join(counter.post(address)).decode().splitlines()  # type: ignore[arg-type]
    assert len(lines) == 2
    assert lines[1].startswith("Bãi rác,")
    assert ",'=Xã" in lines[1]
    assert AuditEntry.objects.get(action="reply.export").detail == {"rows": 1, "form": "csv"}
    assert counter.post(reverse("citizens:replies-export", args=["pdf"])).status_code == 404


def test_each_figure_opens_the_cases_that_it_counts(cast: Cast) -> None:
    officer = as_(cast.office_clerk)
    rows = (
        ("feedback", "answered", True, 5, "web"),
        ("feedback", "answered", False, 2, "phone"),
        ("feedback", "accepted", None, None, "web"),
        ("advice", "advice", None, None, "web"),
        ("complaint", "led-away", None, None, "letter"),
    )
    for number, (nature, state, in_time, rating, way) in enumerate(rows):
        is_answered = in_time is not None
        Case.objects.create(
            unit=cast.commune, code=f"PA-55KX-{number:04d}", folded=word_index.folded("Ổ gà" if number == 3 else ""), way=way, nature=nature, state=state,
            category="giao-thong" if number else "moi-truong", received_at=cast.now - timedelta(days=number),
            changed_at=cast.now, answered_in_time=in_time, answered_at=cast.now if is_answered else None,
            days_used=3 if is_answered else None, rating=rating, rated_at=cast.now if rating else None,
            due_at=cast.now - timedelta(hours=1) if state == "accepted" else None,
        )  # fmt: skip
    page = said(officer, "citizens:figures")
    # The days of the window stand in their fields, also when nobody asked for any.
    assert re.search(r'name="until"[^>]*value="2023-07-20"|value="2023-07-20"[^>]*name="until"', page)
    assert re.search(r'name="since"[^>]*value="2023-04-22"|value="2023-04-22"[^>]*name="since"', page)
    behind = said(officer, "citizens:counted", "da-nhan", category="moi-truong")
    assert 'value="2023-04-22"' in behind
    links = re.findall(
        r'<a class="count" href="([^"]+)">([\d.]+)<span class="sr-only">: ([^<]+)</span></a>', page
    )
    told = {label: int(count) for _link, count, label in links}
    assert told | {"Góp ý": 1} == told
    assert (told["Đã nhận"], told["Đã trả lời"], told["Trả lời đúng hạn"], told["Trả lời quá hạn"]) == (
        5,
        2,
        1,
        1,
    )
    assert (told["Chưa trả lời, đã quá hạn"], told["Người gửi đã đánh giá"]) == (1, 2)
    assert "Không tiếp nhận" not in told
    assert len(links) > 12
    for link, count, label in links:
        behind = officer.get(link.replace("&amp;", "&"))
        assert behind.status_code == 200, label
        assert len(behind.context["rows"]) == int(count), label

    def codes(**asked: str) -> list[str]:
        found = officer.get(reverse("citizens:counted", args=["da-nhan"]), asked)
        return [case.code[-1] for case, _category in found.context["rows"]]

    assert codes(category="moi-truong") == ["0"]
    assert codes(way="phone") == ["1"]
    assert codes(since="2023-07-18", until="2023-07-19") == ["1", "2"]
    assert codes(q="ô gà") == codes(q="O GA") == ["3"]
    # What makes no sense is as if it were left empty, and the day beside it still holds.
    assert codes(since="hôm qua", until="2023-07-17", way="bay") == ["3", "4"]
    address = f"{reverse('citizens:counted-export', args=['tre-han', 'csv'])}?way=phone"
    lines = b"".join(officer.post(address)).decode().splitlines()  # type: ignore[arg-type]
    assert [line.split(",")[0] for line in lines[1:]] == ["PA-55KX-0001"]
    assert AuditEntry.objects.get(action="case.export").detail == {"rows": 1, "form": "csv"}
    assert officer.get(reverse("citizens:counted", args=["khong-co"])).status_code == 404
    # Whoever reads figures only gets no link, and no list.
    reviewer = as_(cast.reviewer)
    shown = said(reviewer, "citizens:figures", unit=cast.commune.pk)
    assert "thong-ke/da-nhan" not in shown
    asked = {"unit": cast.commune.pk}
    for person in (cast.reviewer, cast.neighbour, cast.hamlet_head):
        assert as_(person).get(reverse("citizens:counted", args=["da-nhan"]), asked).status_code == 404


def test_what_the_sender_says_later_is_read_with_the_original_only(cast: Cast) -> None:
    officer, at = as_(cast.office_clerk), cast.now
    as_(cast.one_stop_clerk).post(reverse("citizens:new"), SHEET)
    case = Case.objects.get()
    made = actions.draft_answer(
        case=case, words="Xã đã dọn bãi rác trong ngày hôm nay.", by=cast.office_clerk, at=at
    )
    actions.approve_answer(case=case, seen=made.digest, by=cast.chair, at=at)
    actions.rate(case=case, rating=2, words="Chưa sạch", at=at)
    actions.reopen(case=case, reason="Bà Trần Thị Mẫu vẫn đổ rác", at=at)
    actions.extend(case=case, reason="Chờ đơn vị thi công", by=cast.office_clerk, at=at)
    actions.withdraw(case=case, reason="Tôi chuyển nhà rồi", at=at)
    own = ("Chưa sạch", "Bà Trần Thị Mẫu vẫn đổ rác", "Tôi chuyển nhà rồi")
    page = said(officer, "citizens:case", case.pk)
    assert not [one for one in own if one in page]
    assert page.count("xem ở bản gốc") == 3
    assert "Chờ đơn vị thi công" in page
    assert not CaseOpening.objects.exists()
    original = said(officer, "citizens:original", case.pk)
    for told in (*own, "Lý do mở lại", "Lý do rút"):
        assert told in original
    assert "Chờ đơn vị thi công" not in original
    assert CaseOpening.objects.get().by == cast.office_clerk


def test_a_reply_whose_ground_is_no_longer_in_force_is_marked_wherever_it_stands(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_(cast.one_stop_clerk).post(reverse("citizens:new"), SHEET)
    case = Case.objects.get()
    words = "Căn cứ Nghị định số 61/2018/NĐ-CP, xã trả lời trong ngày."
    reply = actions.write_reply(
        unit=cast.commune, title="Giờ trả lời", words=words, by=cast.office_clerk, at=cast.now
    )
    actions.write_reply(
        unit=cast.commune,
        title="Dọn rác",
        words="Xã đã dọn bãi rác trong ngày hôm nay.",
        by=cast.office_clerk,
        at=cast.now,
    )

    def marked() -> tuple[bool, ...]:
        """In the list of the case, beside the reply that is begun with, and among the replies."""
        officer = as_(cast.office_clerk)
        offered = said(officer, "citizens:case", case.pk)
        begun = said(officer, "citizens:case", case.pk, mau=str(reply.pk))
        assert words in begun
        assert "Dọn rác</a>" in offered
        return (
            "Giờ trả lời (căn cứ đã hết hiệu lực)</a>" in offered,
            "118/2025/NĐ-CP" in begun,
            "118/2025/NĐ-CP" in said(officer, "citizens:replies"),
        )

    assert marked() == (False, False, False)
    later = datetime(2025, 7, 1, 9, tzinfo=cast.now.tzinfo)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert marked() == (True, True, True)
    actions.draft_answer(case=case, words=words, by=cast.office_clerk, at=later)
    assert "118/2025/NĐ-CP" in said(as_(cast.chair), "citizens:approval", case.pk)


def test_what_cannot_be_done_is_said_and_changes_nothing(cast: Cast) -> None:
    counter, officer = as_(cast.one_stop_clerk), as_(cast.office_clerk)
    counter.post(reverse("citizens:new"), SHEET)
    case = Case.objects.get()
    step = reverse("citizens:step", args=[case.pk])
    answer = officer.post(step, {"do": "come-back", "reason": "x"}, follow=True).content.decode()
    assert "nên không thể nhận lại từ cơ quan khác" in answer
    assert officer.post(step, {"do": "steal"}).status_code == 404
    assert as_(cast.neighbour).post(step, {"do": "close", "reason": "x"}).status_code == 404
    due_at = case.due_at
    answer = officer.post(step, {"do": "extend", "reason": "Chờ", "new_on": "2023-13-45"}, follow=True)
    assert "Ngày hẹn mới chưa đúng" in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.due_at) == (State.ACCEPTED, due_at)


def test_terms_of_a_province_are_looked_at_before_they_hold_and_taken_back_before_their_day(
    cast: Cast,
) -> None:
    leader, there = as_(cast.chair), reverse("citizens:terms")
    assert "chưa đối chiếu" in said(leader, "citizens:terms")
    given = {
        "name": "Quy chế mẫu của tỉnh", "legal_basis": "Quyết định mẫu số 1", "starts_on": "2023-08-01",
        "accept": "2 ngày làm việc", "answer": "7 ngày làm việc", "extended": "20 ngày làm việc",
        "reopened": "5 ngày làm việc", "wait": "10 ngày làm việc", "rate_days": "10", "of-an-toan": "1 ngày làm việc",
    }  # fmt: skip
    wrong = given | {"answer": "sớm nhất", "rate_days": "0", "starts_on": "31/02/2023", "legal_basis": ""}
    page = leader.post(there, wrong | {"do": "save"}).content.decode()
    for told in ("Không đọc được thời hạn “sớm nhất”", "từ 1 đến 365", "sớm nhất"):
        assert told in page
    page = leader.post(there, given | {"extended": "3 ngày làm việc", "do": "save"}).content.decode()
    assert "phải dài hơn thời hạn trả lời" in page
    assert not HandlingRules.objects.exists()
    page = leader.post(there, given | {"do": "preview"}).content.decode()
    # Received on Tuesday 1 August 2023: the 15th working day was the 22nd, the 7th is the 10th.
    assert "22/8/2023" in page
    assert "10/8/2023" in page
    assert not HandlingRules.objects.exists()
    assert "Người duyệt câu trả lời ghi thời hạn" in said(as_(cast.office_clerk), "citizens:terms")
    as_(cast.office_clerk).post(there, given | {"do": "save"})
    assert not HandlingRules.objects.exists()
    leader.post(there, given | {"do": "save"})
    made = HandlingRules.objects.get()
    assert (made.values["answer"], made.values["categories"]) == (
        "7 ngày làm việc", {"an-toan": "1 ngày làm việc"},
    )  # fmt: skip
    assert "muộn hơn" in leader.post(there, given | {"do": "save"}).content.decode()
    assert queries.terms_of(cast.commune, cast.today).answer == "15 ngày làm việc"
    cancel = reverse("citizens:terms-cancel", args=[made.pk])
    assert as_(cast.office_clerk).post(cancel).status_code == 404
    with pytest.raises(Refused, match="đã áp dụng"):
        actions.cancel_rules(rules=made, by=cast.chair, at=cast.now + timedelta(days=40))
    leader.post(cancel)
    assert not HandlingRules.objects.exists()
    assert set(AuditEntry.objects.filter(action__startswith="handling-rules").values_list("action", flat=True)) == {
        "handling-rules.set", "handling-rules.cancel",
    }  # fmt: skip
