"""A citizen on a phone, without an account: from the form to the answer, and whoever comes with ill will."""

from __future__ import annotations

import html
import json
import re
import time
import unicodedata
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import altcha
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from dinhlang.citizens import actions as citizens
from dinhlang.citizens.models import (
    Case,
    CaseFile,
    Publication,
    Renewal,
    SurveyAnswer,
    SurveyRound,
    SurveyToken,
)
from dinhlang.citizens.queries import statistics, waits
from dinhlang.citizens.rules.publishing import public_digest
from dinhlang.citizens.rules.states import State
from dinhlang.citizens.surveys.tests.test_surveys import opened as opened_round
from dinhlang.citizens.surveys.tests.test_surveys import slip
from dinhlang.org.models import Position, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.api.files import about
from dinhlang.portal.models import Site
from dinhlang.portal.search import actions as search
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.voices import guards, limits, lists, opendata
from dinhlang.portal.voices.sending import CONSENT, hamlets_of
from dinhlang.portal.voices.uploads import LARGEST
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOUR = timedelta(hours=1)
WORDS = "Rác ở cầu số 2 tràn ra đường từ thứ bảy, mùi hôi, trẻ con đi học phải tránh."
NAMED = {
    "name": "Trần Thị Ví Dụ",
    "address": "Thôn Đông, xã Bến Trúc",
    "phone": "0912 345 678",
    "agrees": "on",
}


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, cast: Cast, at: Callable[..., Any]) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    cache.clear()
    if not Site.objects.filter(unit=cast.commune).exists():
        make_site(unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now)
    registry.forget()


@pytest.fixture
def at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Lets time go on, for views too."""

    def moment(later: timedelta = timedelta()) -> Any:
        now = cast.now + later
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    moment()
    return moment


@pytest.fixture
def home(cast: Cast, _world: None) -> str:
    return registry.now().by_unit[cast.commune.pk].prefix


def ticket_of(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]


def filled(client: Client, home: str, at: Callable[..., Any], **more: Any) -> dict[str, Any]:
    """A form that was shown, filled in within a minute, its question answered."""
    at()
    page = client.get(f"{home}/phan-anh/gui/").content.decode()
    written = ticket_of(page)
    total = sum(guards.read_ticket(written, at()).question)
    at(timedelta(minutes=1))
    return {"words": WORDS, "ticket": written, "answer": str(total), **more}


def codes_of(page: str) -> tuple[str, str]:
    code, pin = re.search(r"data-code>([^<]+)", page), re.search(r"data-pin>([^<]+)", page)
    assert code, page
    assert pin
    return code[1], pin[1]


def test_a_citizen_sends_and_follows_a_case(client: Client, home: str, at: Any, cast: Cast) -> None:
    form = filled(client, home, at, **NAMED, is_publishable="on")
    answer = client.post(f"{home}/phan-anh/gui/", form)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    code, pin = codes_of(answer.content.decode())
    case = Case.objects.get()
    assert (case.code, case.flags, case.category, case.is_named) == (code, "", "moi-truong", True)
    assert case.words.shown() == WORDS
    assert case.consent
    look = client.post(f"{home}/phan-anh/tra-cuu/", {"code": code.lower().replace("-", " "), "pin": pin})
    page = look.content.decode()
    assert "Mới nhận, chờ xem" in page
    assert "Vì sao hẹn ngày này?" in page
    assert WORDS in page
    for private in ("Ví Dụ", "0912", "345 678"):
        assert private not in page
    citizens.accept(case=case, by=cast.office_clerk, at=at(timedelta(hours=1)))
    citizens.ask(case=case, question="Ở đầu cầu nào?", by=cast.office_clerk, at=at(timedelta(hours=2)))
    page = client.post(f"{home}/phan-anh/tra-cuu/", {"code": code, "pin": pin}).content.decode()
    assert "Ở đầu cầu nào?" in page
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened
    done = client.post(
        f"{home}/phan-anh/tra-cuu/",
        {
            "opened": opened[1],
            "deed": "supplement",
            "words": "Đầu phía chợ.",
            "photos": [
                SimpleUploadedFile("cau.jpg", photo(), "image/jpeg"),
                SimpleUploadedFile("la.html", b"<script>", "text/html"),
                SimpleUploadedFile("to.jpg", photo() + b"x" * LARGEST, "image/jpeg"),
            ],
        },
    ).content.decode()
    assert "Đã gửi phần bổ sung" in done
    assert "Đầu phía chợ." in done
    # What is no photo, or too large, is named; the words and the good photo are there, and the worker looks at it.
    assert "la.html" in done
    assert "to.jpg" in done
    assert "Kèm 1 ảnh." in done
    [kept] = CaseFile.objects.all()
    assert (kept.name.shown(), kept.media_type, kept.looked_at) == ("cau.jpg", "image/jpeg", None)
    case.refresh_from_db()
    assert case.state == State.ROUTED


def test_whoever_was_answered_gets_one_code_for_a_survey_that_nothing_links_to_them(
    client: Client, home: str, at: Any, cast: Cast
) -> None:
    there = f"{home}/phan-anh/tra-cuu/"
    sent = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **NAMED))
    known = dict(zip(("code", "pin"), codes_of(sent.content.decode()), strict=True))
    case = Case.objects.get()
    citizens.accept(case=case, by=cast.office_clerk, at=at(timedelta(hours=1)))
    round_ = opened_round(cast, by_after=True, by_poster=False)
    assert "Lấy mã khảo sát" not in client.post(there, known).content.decode()
    made = citizens.draft_answer(
        case=case, words="Xã đã dọn rác ở cầu số 2.", by=cast.office_clerk, at=at(timedelta(hours=2))
    )
    citizens.approve_answer(case=case, seen=made.digest, by=cast.chair, at=at(timedelta(hours=3)))
    page = client.post(there, known).content.decode()
    assert "Lấy mã khảo sát" in page
    assert not SurveyToken.objects.exists()
    ticket = re.search(r'name="opened" value="([^"]+)"', page)
    assert ticket
    first, again = (
        client.post(there, {"opened": ticket[1], "deed": "survey"}).content.decode() for _tap in range(2)
    )
    address = re.search(r'href="(/ks/\w{12}/)"', first)
    assert address
    assert "đã hiện một lần" in again
    assert "/ks/" not in again
    assert "Lấy mã khảo sát" not in client.post(there, known).content.decode()
    stamp = re.search(r'name="page" value="([^"]+)"', client.get(address[1]).content.decode())
    assert stamp
    assert client.post(address[1], {"page": stamp[1], "touched": "40", **slip()}).status_code == 200
    answer, token = SurveyAnswer.objects.get(), SurveyToken.objects.get()
    assert (answer.way, answer.round, token.is_used) == ("after", round_, True)
    held = str(Case.objects.filter(pk=case.pk).values())
    assert token.mark not in held
    assert address[1][4:-1] not in held
    related = {one.related_model for kept in (SurveyToken, SurveyAnswer) for one in kept._meta.get_fields()}
    assert Case not in related
    SurveyRound.objects.update(closed_at=at(timedelta(hours=4)))
    Case.objects.update(is_invited=False)
    assert "Lấy mã khảo sát" not in client.post(there, known).content.decode()


def test_a_form_sent_twice_is_one_case_with_the_same_codes(client: Client, home: str, at: Any) -> None:
    form = filled(client, home, at)
    first = codes_of(client.post(f"{home}/phan-anh/gui/", form).content.decode())
    assert codes_of(client.post(f"{home}/phan-anh/gui/", form).content.decode()) == first
    assert Case.objects.count() == 1
    other = client.post(f"{home}/phan-anh/gui/", {**form, "words": WORDS + " Thêm một câu."}).content.decode()
    assert "nội dung khác" in other
    assert "Thêm một câu." in other
    assert Case.objects.count() == 1


def test_a_browser_that_worked_needs_no_answer_and_what_is_no_work_is_a_doubt_only(
    client: Client, home: str, at: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The library asks the machine's clock; the play is set earlier.
    clock = SimpleNamespace(time=cast.now.timestamp, monotonic=time.monotonic)
    monkeypatch.setattr("altcha.v2.time", clock)
    page = client.get(f"{home}/phan-anh/gui/").content.decode()
    found = re.search(r'data-challenge="([^"]+)"', page)
    assert found
    challenge = altcha.Challenge.from_dict(json.loads(html.unescape(found[1])))
    solution = altcha.solve_challenge(challenge, timeout=0)
    assert solution
    at(timedelta(minutes=1))
    form = {
        "words": WORDS,
        "ticket": ticket_of(page),
        "altcha": altcha.Payload(challenge, solution).to_base64(),
    }
    first, again = (
        codes_of(client.post(f"{home}/phan-anh/gui/", form).content.decode()) for _one in range(2)
    )
    assert first == again
    assert Case.objects.get().flags == ""
    for payload in ("không phải base64", "\x00", "x" * 4_000_000, form["altcha"]):
        other = filled(client, home, at, answer="", altcha=payload)
        code, _pin = codes_of(client.post(f"{home}/phan-anh/gui/", other).content.decode())
        assert Case.objects.get(code=code).flags == "no-proof"


def test_without_name_and_address_it_is_advice_and_says_so_before_and_after(
    client: Client, home: str, at: Any
) -> None:
    assert (
        "Không có tên và địa chỉ thì ghi nhận là góp ý"
        in client.get(f"{home}/phan-anh/gui/").content.decode()
    )
    page = client.post(f"{home}/phan-anh/gui/", filled(client, home, at)).content.decode()
    assert "được ghi nhận là góp ý" in page
    code, pin = codes_of(page)
    opened = re.search(
        r'name="opened" value="([^"]+)"',
        client.post(f"{home}/phan-anh/tra-cuu/", {"code": code, "pin": pin}).content.decode(),
    )
    assert opened
    said = {"opened": opened[1], "deed": "name", "name": NAMED["name"], "address": NAMED["address"]}
    assert "đồng ý" in client.post(f"{home}/phan-anh/tra-cuu/", said).content.decode()
    case = Case.objects.get()
    assert (case.nature, case.consent, case.consent_at) == ("advice", "", None)
    page = client.post(f"{home}/phan-anh/tra-cuu/", {**said, "agrees": "1"}).content.decode()
    assert "có hẹn ngày trả lời" in page
    case.refresh_from_db()
    assert (case.nature, case.consent, case.consent_at) == ("feedback", CONSENT, timezone.now())


def test_nothing_is_ticked_beforehand_and_a_name_needs_consent(client: Client, home: str, at: Any) -> None:
    assert "checked" not in client.get(f"{home}/phan-anh/gui/").content.decode()
    form = filled(client, home, at, name="Trần Thị Ví Dụ", place="Cầu số 2", news_by_mail="on")
    page = client.post(f"{home}/phan-anh/gui/", form).content.decode()
    assert "Đánh dấu ô đồng ý" in page
    assert "Trần Thị Ví Dụ" in page
    # What is filled in or refused stands open.
    assert "<details open><summary>Thêm nơi xảy ra, lĩnh vực" in page
    assert "<details open><summary>Thêm điện thoại" in page
    assert "<details><summary>Thêm ảnh" in page
    assert WORDS in page
    assert not Case.objects.exists()


def test_who_writes_for_somebody_else_says_so_where_it_asks_nothing_of_the_others(
    client: Client, home: str, at: Any
) -> None:
    shown = client.get(f"{home}/phan-anh/gui/").content.decode()
    assert "<details><summary>Gửi thay người khác" in shown
    form = filled(client, home, at, spoken_for="Hoàng Thị Nhờ, mẹ tôi")
    page = client.post(f"{home}/phan-anh/gui/", form).content.decode()
    assert "Đánh dấu ô đồng ý" in page
    assert "<details open><summary>Gửi thay người khác" in page
    client.post(f"{home}/phan-anh/gui/", form | NAMED)
    case = Case.objects.get()
    assert (case.spoken_for.shown(), case.is_named) == ("Hoàng Thị Nhờ, mẹ tôi", True)


@pytest.mark.parametrize(
    ("words", "nature", "said"),
    [
        ("Tôi khiếu nại quyết định xử phạt của Chủ tịch xã vì không đúng.", "complaint", "Luật Khiếu nại"),
        ("toi to cao can bo dia chinh doi tien khi lam so do", "denunciation", "Luật Tố cáo"),
    ],
)
def test_what_is_another_process_is_led_there_and_not_kept(
    client: Client, home: str, at: Any, words: str, nature: str, said: str
) -> None:
    form = filled(client, home, at, words=words)
    page = client.post(f"{home}/phan-anh/gui/", form).content.decode()
    assert said in page
    assert words in page
    same = [guards.read_ticket(one, at()) for one in (ticket_of(page), form["ticket"])]
    assert same[0] == same[1]  # signed anew, perhaps a second later
    page = client.post(f"{home}/phan-anh/gui/", {**form, "meant": nature}).content.decode()
    assert "chưa gửi và không giữ lại gì" in page
    assert not Case.objects.exists()
    client.post(f"{home}/phan-anh/gui/", {**form, "meant": "feedback"})
    assert Case.objects.get().words.shown() == words


def test_a_machine_is_taken_and_marked_but_not_often(client: Client, home: str, at: Any) -> None:
    for number in range(7):
        form = filled(client, home, at, words=f"{WORDS} {number}", website="https://x.example", answer="")
        answer = client.post(f"{home}/phan-anh/gui/", form)
    assert answer.status_code == 429
    assert f"{WORDS} 6" in answer.content.decode()
    assert set(Case.objects.values_list("flags", flat=True)) == {"trap,no-proof"}
    assert Case.objects.count() == 6


def test_one_address_sends_and_does_only_so_much_in_an_hour_and_what_it_wrote_is_kept(
    client: Client, home: str, at: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_SENT", 1)
    monkeypatch.setattr(limits, "MOST_DEEDS", 1)
    sheet, look = f"{home}/phan-anh/gui/", f"{home}/phan-anh/tra-cuu/"
    code, pin = codes_of(client.post(sheet, filled(client, home, at, **NAMED)).content.decode())
    case = Case.objects.get()
    more = filled(client, home, at, **NAMED, words="Đèn đường đầu thôn cháy đã hai tuần.")
    refused = client.post(sheet, more)
    page = refused.content.decode()
    assert refused.status_code == 429
    assert "máy chủ tạm dừng nhận. Nội dung của bạn vẫn còn ở dưới: đợi một giờ rồi gửi" in page
    for written in (more["words"], NAMED["name"], NAMED["address"], NAMED["phone"]):
        assert written in page
    assert Case.objects.count() == 1
    codes_of(client.post(sheet, more, REMOTE_ADDR="192.0.2.9").content.decode())

    citizens.accept(case=case, by=cast.office_clerk, at=at(timedelta(hours=1)))
    citizens.ask(case=case, question="Ở đầu cầu nào?", by=cast.office_clerk, at=at(timedelta(hours=2)))
    opened = re.search(
        r'name="opened" value="([^"]+)"', client.post(look, {"code": code, "pin": pin}).content.decode()
    )
    assert opened
    added = {"opened": opened[1], "deed": "supplement", "words": "Đầu phía chợ."}
    withdrawn = {"opened": opened[1], "deed": "withdraw", "words": "Tôi đã tự dọn."}
    assert "Đã gửi phần bổ sung" in client.post(look, added).content.decode()
    page = client.post(look, withdrawn).content.decode()
    assert "Có nhiều lượt gửi từ mạng của bạn. Đợi một giờ rồi thử lại." in page
    assert '<textarea id="vi-sao" name="words" rows="2">Tôi đã tự dọn.</textarea>' in page
    case.refresh_from_db()
    assert case.state == State.ROUTED
    client.post(look, withdrawn, REMOTE_ADDR="192.0.2.9")
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)> rác ở đầu thôn",
        "{{ 7*7 }} {% debug %} ' OR 1=1 -- đường hỏng trước nhà văn hóa",
        unicodedata.normalize("NFD", "Đường thôn Đông ngập từ hôm qua, xe không đi được"),
        "cháu học lớp 4 ạ, ở cổng trường có cái hố to lắm bạn cháu bị ngã rồi ạ 😢",
        "duong hu qua xe te hoai sao xa ko sua",
        "chữ\u202eđảo\u200b chiều ở biển báo đầu cầu số 2",
    ],
)
def test_whatever_people_type_is_kept_as_words(client: Client, home: str, at: Any, words: str) -> None:
    form = filled(client, home, at, words=words, place=words[:100], meant="feedback")
    code, pin = codes_of(client.post(f"{home}/phan-anh/gui/", form).content.decode())
    page = client.post(f"{home}/phan-anh/tra-cuu/", {"code": code, "pin": pin}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    kept = Case.objects.get().words.shown()
    assert kept == unicodedata.normalize("NFC", kept)
    assert "49" not in kept


def test_a_name_of_300_letters_is_refused_beside_its_field_with_everything_kept(
    client: Client, home: str, at: Any
) -> None:
    form = filled(client, home, at, **{**NAMED, "name": "Ư" * 300})
    page = client.post(f"{home}/phan-anh/gui/", form).content.decode()
    assert "tối đa 120" in page
    assert "Ư" * 300 in page
    assert WORDS in page
    form = filled(client, home, at, words="x" * 5001)
    page = client.post(f"{home}/phan-anh/gui/", form).content.decode()
    assert "x" * 5001 in page
    assert not Case.objects.exists()


def test_photos_too_many_and_too_large_are_left_out_and_the_words_are_kept(
    client: Client, home: str, at: Any
) -> None:
    good = photo()
    files = [SimpleUploadedFile("to.jpg", b"\xff\xd8\xff" + b"0" * LARGEST, "image/jpeg")]
    files += [SimpleUploadedFile(f"{number}.jpg", good, "image/jpeg") for number in range(6)]
    files[1] = SimpleUploadedFile("hong.jpg", b"\xff\xd8\xff\xe0 nothing", "image/jpeg")
    page = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, photos=files)).content.decode()
    codes_of(page)
    assert "to.jpg: nặng hơn 15 MB" in page
    assert "1 ảnh quá số ảnh nhận một lần" in page
    assert "hong.jpg: Ảnh bị hỏng" in page
    assert CaseFile.objects.count() == 4


def test_codes_guessed_by_the_hundred_are_shut_out(client: Client, home: str, at: Any) -> None:
    code, pin = codes_of(client.post(f"{home}/phan-anh/gui/", filled(client, home, at)).content.decode())
    wrong = f"{(int(pin) + 1) % 1_000_000:06d}"
    address = f"{home}/phan-anh/tra-cuu/"
    for number in range(10):
        told = client.post(address, {"code": code, "pin": wrong}, REMOTE_ADDR=f"192.0.2.{number}")
        assert told.status_code == 403
        assert "chưa đúng" in told.content.decode()
    # Of this code nobody may guess any more, from wherever; of others one address may some time longer.
    assert client.post(address, {"code": code, "pin": pin}, REMOTE_ADDR="192.0.2.99").status_code == 429
    answers = [
        client.post(address, {"code": f"PA2345678{one}", "pin": "123456"}).status_code
        for one in "ABCDEFGHJKMNPQRSTUVWXYZ"
    ]
    assert set(answers) == {403, 429}
    assert answers.index(429) == 20


def test_what_opened_a_case_opens_no_other_and_not_for_ever(
    client: Client, home: str, at: Any, cast: Cast
) -> None:
    codes_of(client.post(f"{home}/phan-anh/gui/", filled(client, home, at)).content.decode())
    for opened in ("", "x", "WzEsIlBBIl0:abc:def"):
        answer = client.post(f"{home}/phan-anh/tra-cuu/", {"opened": opened, "deed": "withdraw"})
        assert answer.status_code == 403
    assert Case.objects.get().state == State.RECEIVED


# --- what is public ------------------------------------------------------------------------------------------------------


def made_public(cast: Cast, number: int, **more: Any) -> Publication:
    """A pair as the desk leaves it, without the way there."""
    at = cast.now + timedelta(minutes=number)
    case = Case.objects.create(
        unit=cast.commune,
        code=f"PA-TEST-{number:04d}",
        way="web",
        nature="feedback",
        category=more.get("category", "moi-truong"),
        state=State.ANSWERED,
        received_at=at,
        answered_at=at,
        days_used=number % 10,
        answered_in_time=True,
        changed_at=at,
    )
    return Publication.objects.create(
        case=case,
        unit=cast.commune,
        state=more.pop("state", "published"),
        title=f"Rác ở cầu số {number}",
        question=f"Câu hỏi {number} <b>",
        answer="Xã đã dọn.",
        category=more.pop("category", "moi-truong"),
        received_on=at.date(),
        answered_on=at.date(),
        published_at=at,
        approved_by=cast.chair,
        **more,
    )


def test_the_answer_after_looking_again_takes_the_place_of_the_first_everywhere(
    client: Client, home: str, at: Any, cast: Cast
) -> None:
    clerk, chair = {"by": cast.office_clerk}, {"by": cast.chair}
    client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **NAMED, is_publishable="on"))
    case = Case.objects.get()
    citizens.accept(case=case, at=at(), **clerk)

    def answered(words: str, hours: int) -> Publication:
        """Answered, redacted and shown."""
        when = at(timedelta(hours=hours))
        made = citizens.draft_answer(case=case, words=words, at=when, **clerk)
        citizens.approve_answer(case=case, seen=made.digest, at=when, **chair)
        text = citizens.decide_redactions(case=case, answers={}, at=when, **clerk)
        text = citizens.propose_publication(
            publication=text, title="Rác ở cầu", question=text.question, answer=text.answer, at=when, **clerk
        )
        waiting = citizens.return_publication(publication=text, at=when, **clerk)
        assert waiting.state == "draft"
        text = citizens.propose_publication(
            publication=text, title="Rác ở cầu", question=text.question, answer=text.answer, at=when, **clerk
        )
        assert waits(cast.commune, when).to_publish == 1
        seen = public_digest(text.title, text.question, text.answer)
        return citizens.publish(publication=text, seen=seen, at=when, **chair)

    first = answered("Xã đã nhắc các hộ quanh cầu.", 1)
    page = f"{home}/phan-anh/{first.uid}/"
    assert "đã nhắc các hộ" in client.get(page).content.decode()
    citizens.rate(case=case, rating=1, at=at(timedelta(hours=2)))
    citizens.reopen(case=case, reason="Rác vẫn còn.", at=at(timedelta(hours=3)))
    meanwhile = client.get(page).content.decode()
    assert "đã nhắc các hộ" in meanwhile
    assert "đã mở lại để xem xét" in meanwhile
    second = answered("Xã đã dọn rác và đặt thùng ở hai đầu cầu.", 30)
    assert (second.pk, second.uid, second.version > first.version) == (first.pk, first.uid, True)
    assert not Renewal.objects.exists()
    addresses = (
        page, f"{home}/phan-anh/", f"{home}/phan-anh/nhat-ky.json", f"{home}/phan-anh/nhat-ky.rss",
        f"{home}/phan-anh/du-lieu/{cast.now.year}.json", f"{home}/phan-anh/du-lieu/{cast.now.year}.csv",
        f"{home}/open311/v2/requests/{case.uid}.json",
    )  # fmt: skip
    told = {one: client.get(one) for one in addresses}
    texts = {
        one: b"".join(answer).decode() if answer.streaming else answer.content.decode()
        for one, answer in told.items()
    }
    for address, text in texts.items():
        assert "đã nhắc các hộ" not in text, address
        assert "đặt thùng" in text or address.endswith("/phan-anh/"), address
    assert "câu trả lời sau khi xem lại" in texts[page]
    assert "đã xem lại" in texts[f"{home}/phan-anh/"]
    assert first.first_published_at == second.first_published_at < second.published_at
    # What shows too much goes at once, with what was to take its place; then it is made anew.
    citizens.take_down(publication=second, reason="Còn nêu nơi ở", at=at(timedelta(hours=31)), **clerk)
    assert client.get(page).status_code == 404
    assert citizens.decide_redactions(case=case, answers={}, at=at(timedelta(hours=32)), **clerk) == second


def test_the_list_goes_on_page_by_page_without_gap_or_repetition(
    client: Client, home: str, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(45):
        made_public(cast, number)
    made_public(cast, 99, state="draft")
    seen: list[str] = []
    address = f"{home}/phan-anh/"
    for _page in range(3):
        # The frame is read anew in a transaction; the page itself asks one question, and two for the years.
        with django_assert_max_num_queries(20):
            page = client.get(address).content.decode()
        seen += re.findall(r"Rác ở cầu số (\d+)<", page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert [int(one) for one in seen] == list(range(44, -1, -1))
    assert not address


def test_a_pair_shows_question_and_answer_and_a_hidden_one_is_not_there(
    client: Client, home: str, cast: Cast
) -> None:
    shown, hidden = made_public(cast, 1), made_public(cast, 2, state="proposed")
    page = client.get(f"{home}/phan-anh/{shown.uid}/").content.decode()
    assert "Câu hỏi 1 &lt;b&gt;" in page
    assert "Xã đã dọn." in page
    assert '"@type": "QAPage"' in page or '"@type":"QAPage"' in page
    assert shown.case.code not in page
    assert client.get(f"{home}/phan-anh/{hidden.uid}/").status_code == 404


def test_lists_narrow_by_field_and_days_and_pass_over_nonsense(client: Client, home: str, cast: Cast) -> None:
    made_public(cast, 1)
    made_public(cast, 2, category="giao-thong")
    address = f"{home}/phan-anh/"
    # On a phone the filter is folded until it is asked for, or in force.
    assert '<details class="sheet voices__fold"><summary>' in client.get(address).content.decode()
    narrowed = client.get(address, {"linh-vuc": "giao-thong"}).content.decode()
    assert '<details class="sheet voices__fold" open><summary>' in narrowed
    assert "cầu số 1<" not in client.get(address, {"linh-vuc": "giao-thong"}).content.decode()
    day = cast.now.date().isoformat()
    assert "cầu số 1<" in client.get(address, {"tu": day, "den": day}).content.decode()
    assert "cầu số 1<" not in client.get(address, {"den": "2020-01-01"}).content.decode()
    for nonsense in (
        {"tu": "hôm qua"},
        {"linh-vuc": "x"},
        {"thon": "../.."},
        {"sau": "x_y"},
        {"sau": "2026-01-01_1"},
    ):
        assert client.get(address, nonsense).status_code == 200


def test_the_list_is_searched_without_marks_and_what_is_taken_down_is_found_nowhere(
    client: Client, home: str, cast: Cast, at: Any
) -> None:
    lamp = made_public(cast, 1)
    made_public(cast, 2, category="giao-thong")
    made_public(cast, 3, state="draft")
    Publication.objects.filter(pk=lamp.pk).update(question="Đèn đường thôn Đông hỏng từ thứ bảy.")
    search.follow(at=at())

    def found(words: str, where: str = "phan-anh", **asked: str) -> list[str]:
        answer = client.get(f"{home}/{where}/", {"q": words, **asked})
        assert answer.status_code == 200
        return sorted(set(re.findall(r"cầu số (\d+)<", re.sub("</?mark>", "", answer.content.decode()))))

    assert found("rac o cau") == ["1", "2"]
    assert found("rác ở cầu", **{"linh-vuc": "giao-thong"}) == ["2"]
    assert found("den duong") == found("ĐÈN  ĐƯỜNG") == found("den duong", "tim-kiem") == ["1"]
    assert found("xyzabc") == found('"xyz:((') == found("x" * 5000) == []
    page = client.get(f"{home}/phan-anh/", {"q": "<zzqx>"}).content.decode()
    assert "Không có câu trả lời nào khớp" in page
    assert "<zzqx>" not in page
    # The index itself lets go of it, not only the list that asks the database as well.
    citizens.take_down(publication=lamp, reason="Còn nêu nơi ở", by=cast.office_clerk, at=at())
    assert search.follow(at=at()) > 0
    assert found("den duong") == found("den duong", "tim-kiem") == []
    assert found("rac o cau", "tim-kiem") == ["2"]


def test_feeds_and_open_data_tell_the_same(client: Client, home: str, cast: Cast) -> None:
    one = made_public(cast, 1)
    for form, kind in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
        for where in ("", "linh-vuc/moi-truong/"):
            answer = client.get(f"{home}/phan-anh/{where}nhat-ky.{form}")
            assert kind in answer["Content-Type"]
            assert answer["ETag"]
            assert str(one.uid) in answer.content.decode()
            again = client.get(f"{home}/phan-anh/{where}nhat-ky.{form}", HTTP_IF_NONE_MATCH=answer["ETag"])
            assert again.status_code == 304
    assert client.get(f"{home}/phan-anh/linh-vuc/khong-co/nhat-ky.rss").status_code == 404
    year = cast.now.year
    table = b"".join(client.get(f"{home}/phan-anh/du-lieu/{year}.csv").streaming_content).decode()
    assert "Xã đã dọn." in table
    whole = client.get(f"{home}/phan-anh/du-lieu/{year}.json")
    rows = json.loads(b"".join(whole.streaming_content))["rows"]
    assert [row["id"] for row in rows] == [str(one.uid)]


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_reader_who_asks_whether_a_feed_changed_hears_that_an_answer_was_taken_down(
    client: Client, home: str, at: Any, cast: Cast, form: str
) -> None:
    kept, gone = made_public(cast, 1), made_public(cast, 2)
    there = f"{home}/phan-anh/nhat-ky.{form}"
    first = client.get(there)
    # Its newest entry goes, and with it the newest moment of all entries: nobody may be answered by such a moment.
    citizens.take_down(publication=gone, reason="Còn nêu nơi ở", by=cast.office_clerk, at=at(HOUR))
    for asked in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": http_date((cast.now + timedelta(minutes=2)).timestamp())},
        {"if-modified-since": http_date(at(HOUR).timestamp())},
    ):
        again = client.get(there, headers=asked)
        assert again.status_code == 200, asked
        assert (str(kept.uid) in again.content.decode(), str(gone.uid) in again.content.decode()) == (
            True,
            False,
        )
        assert "Last-Modified" not in again


def test_a_yearly_file_is_another_when_its_columns_are(
    client: Client, home: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_public(cast, 1)
    files = [f"{home}/phan-anh/du-lieu/{cast.now.year}.{form}" for form in ("csv", "json")]

    def tags() -> list[str]:
        return [str(client.get(one)["ETag"]) for one in files]

    first = tags()
    assert tags() == first
    assert first[0] != first[1]
    with monkeypatch.context() as newer:
        newer.setattr(opendata, "about", lambda row: {**about(row), "more": "Cột mới."})
        assert not set(tags()) & set(first)
    with monkeypatch.context() as newer:
        newer.setattr(opendata, "__version__", "99.0")
        assert not set(tags()) & set(first)


def test_a_hamlet_has_its_own_list_and_feeds(client: Client, home: str, cast: Cast) -> None:
    here, elsewhere = (pk for pk, _name in hamlets_of(cast.commune.pk, cast.today)[:2])
    made_public(cast, 1, hamlet_id=here)
    made_public(cast, 2, hamlet_id=elsewhere)
    made_public(cast, 3)
    addresses = [f"phan-anh/?thon={here}"]
    addresses += [f"phan-anh/thon/{here}/nhat-ky.{form}" for form in ("rss", "atom", "json")]
    for address in addresses:
        told = client.get(f"{home}/{address}").content.decode()
        assert set(re.findall(r"Rác ở cầu số (\d)", told)) == {"1"}, address
    assert client.get(f"{home}/phan-anh/thon/{cast.neighbour_commune.pk}/nhat-ky.rss").status_code == 404


def test_figures_tell_the_middle_only_of_enough_answers(
    client: Client, home: str, cast: Cast, at: Any
) -> None:
    for number in range(4):
        made_public(cast, number)
    at(timedelta(days=1))
    few = client.get(f"{home}/phan-anh/so-lieu.json").json()["rows"][0]
    assert (few["answered"], few["median_days"], few["ninetieth_days"]) == (4, None, None)
    assert not re.search(r"\d ngày<", client.get(f"{home}/phan-anh/so-lieu/").content.decode())
    for number in range(4, 11):
        made_public(cast, number)
    whole = client.get(f"{home}/phan-anh/so-lieu.json").json()
    assert whole["rows"][0] == {
        "category": None, "category_name": "Tất cả", "received": 11, "answered": 11, "answered_with_promised_day": 11,
        "answered_in_time": 11, "timely_share": 1.0, "median_days": 4, "ninetieth_days": 8, "rated": 0, "content": None,
    }  # fmt: skip
    assert "4 ngày<" in client.get(f"{home}/phan-anh/so-lieu/").content.decode()


def test_the_public_reads_the_same_figures_as_the_desk(
    client: Client, home: str, cast: Cast, at: Any
) -> None:
    cases = [made_public(cast, number).case for number in range(6)]
    # Advice has no promised day, so its answer is neither in time nor late.
    Case.objects.filter(pk=cases[0].pk).update(nature="advice", answered_in_time=None)
    Case.objects.filter(pk=cases[1].pk).update(answered_in_time=False)
    for case, rating in zip(cases, (5, 4, 3, 3, 2, 1), strict=True):
        citizens.rate(case=case, rating=rating, at=at(timedelta(hours=1)))
    moment = at(timedelta(days=1))
    for row in client.get(f"{home}/phan-anh/so-lieu.json").json()["rows"]:
        assert (row["rated"], row["content"]) == (6, 2)
        told = (
            row["answered"],
            row["answered_with_promised_day"],
            row["answered_in_time"],
            row["timely_share"],
        )
        assert told == (6, 5, 4, 0.8)
    page = client.get(f"{home}/phan-anh/so-lieu/").content.decode()
    assert page.count(">4 / 5<") == page.count(">2 / 6<") == 2
    since, until = lists.span()
    desk = statistics(cast.commune, since=since, until=until, at=moment)
    assert (desk.rated, desk.content, desk.on_time + desk.late, desk.on_time) == (6, 2, 5, 4)


def test_few_ratings_are_told_as_ratings_and_not_as_a_share(
    client: Client, home: str, cast: Cast, at: Any
) -> None:
    made_public(cast, 0)
    Case.objects.update(rating=5, rated_at=cast.now)
    at(timedelta(days=1))
    assert "mới có 1 đánh giá" in client.get(f"{home}/phan-anh/so-lieu/").content.decode()


def test_an_address_for_posting_only_posts(client: Client, home: str) -> None:
    assert client.put(f"{home}/phan-anh/gui/").status_code == 405
    assert (
        Client(enforce_csrf_checks=True)
        .post(f"{home}/phan-anh/tra-cuu/", {"code": "", "pin": ""})
        .status_code
        == 403
    )


def test_after_a_merger_old_codes_and_pages_work_and_the_new_commune_goes_on(
    client: Client, home: str, at: Any, cast: Cast
) -> None:
    sent = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **NAMED, is_publishable="on"))
    closed, known = (
        Case.objects.get(),
        dict(zip(("code", "pin"), codes_of(sent.content.decode()), strict=True)),
    )
    clerk, chair = {"by": cast.office_clerk}, {"by": cast.chair}
    citizens.accept(case=closed, at=at(), **clerk)
    made = citizens.draft_answer(case=closed, words="Xã đã dọn rác ở cầu số 2.", at=at(), **clerk)
    citizens.approve_answer(case=closed, seen=made.digest, at=at(), **chair)
    text = citizens.decide_redactions(case=closed, answers={}, at=at(), **clerk)
    text = citizens.propose_publication(
        publication=text, title="Rác ở cầu", question=text.question, answer=text.answer, at=at(), **clerk
    )
    seen = public_digest(text.title, text.question, text.answer)
    shown = citizens.publish(publication=text, seen=seen, at=at(), **chair)
    citizens.rate(case=closed, rating=5, at=at())
    form = filled(client, home, at, words=f"{WORDS} Vẫn thế.")
    running = dict(
        zip(
            ("code", "pin"),
            codes_of(client.post(f"{home}/phan-anh/gui/", form).content.decode()),
            strict=True,
        )
    )

    heir = Unit.objects.create(pk="ben-moi", level=Unit.Level.COMMUNE, starts_on=cast.today)
    UnitName.objects.create(unit=heir, kind="xã", name="Bến Mới", folded="ben moi")
    UnitPlacement.objects.create(unit=heir, parent=cast.province)
    UnitSuccession.objects.create(
        predecessor=cast.commune, successor=heir, reason="merged", takes_effect_on=cast.today
    )
    Unit.objects.filter(pk=cast.commune.pk).update(ends_on=cast.today)
    Case.objects.filter(state="received").update(unit=heir)  # as `unit_changes` passes on what is open
    Position.objects.filter(person=cast.office_clerk).update(unit=heir)
    make_site(unit=heir, path="ben-moi", by=None, at=at())
    registry.forget()

    # The sender looks either case up on either site, the published pair stays at its address.
    for there in (home, registry.now().by_unit[heir.pk].prefix):
        for codes in (known, running):
            page = client.post(f"{there}/phan-anh/tra-cuu/", codes).content.decode()
            assert codes["code"] in page, (there, codes)
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened
    withdrawn = {"opened": opened[1], "deed": "withdraw"}
    page = client.post(f"{home}/phan-anh/tra-cuu/", withdrawn).content.decode()
    # What was taken back has no day any more, and the sender reads of themselves.
    assert "Bạn đã rút" in page
    assert "Hẹn trả lời" not in page
    assert client.get(f"{home}/phan-anh/{shown.uid}/").status_code == 200
    assert client.get(f"{home}/open311/v2/requests/{closed.uid}.json").status_code == 200

    # The new commune finds it by its code and by the telephone, reads it, and takes down what it must.
    desk = Client()
    desk.force_login(cast.office_clerk)
    for words in (closed.code, "0912 345 678"):
        found = desk.get("/ban-lam-viec/phan-anh/", {"q": words}).content.decode()
        assert closed.code in found
        assert "bến trúc" in found.casefold()
    assert "nay đã kết thúc" in desk.get(f"/ban-lam-viec/phan-anh/{closed.pk}/").content.decode()
    assert WORDS in desk.get(f"/ban-lam-viec/phan-anh/{closed.pk}/ban-goc/").content.decode()
    citizens.write_note(case=closed, words="Người gửi hỏi lại qua điện thoại.", at=at(), **clerk)
    citizens.take_down(publication=shown, reason="Còn nêu nơi ở", at=at(), **clerk)
    with pytest.raises(NotAllowed):
        citizens.write_note(case=closed, words="Không phải việc của xã này.", by=cast.neighbour, at=at())
