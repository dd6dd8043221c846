"""A person asks about their data, two people of the office decide, and what was asked is done."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens import actions as citizens
from dinhlang.citizens.contests.tests import world as contest
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.training.tests import test_classes as training
from dinhlang.org.models import AuditEntry
from dinhlang.org.personal.people import told
from dinhlang.org.rules import Refused
from dinhlang.org.tests.clients import as_
from dinhlang.portal.models import Site
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.privacy import actions, queries
from dinhlang.privacy.models import DataRequest, DataRequestStep
from dinhlang.privacy.rules.states import ENDED, NEXT, Kind, State
from dinhlang.privacy.rules.terms import terms_on

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

WORDS = "Đèn đường đầu thôn cháy đã hai tuần."
SENDER = Sender("Nguyễn Thị Thử", "0900000001", "", "Thôn Thượng")


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    if not Site.objects.filter(unit=cast.commune).exists():
        make_site(unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now)
    registry.forget()


@pytest.fixture
def sent(cast: Cast) -> citizens.Receipt:
    return citizens.submit(
        unit=cast.commune,
        told=Told(WORDS, "dien-nuoc", "Đèn đường cháy"),
        sender=SENDER,
        way=Way.WEB,
        key="0123456789abcdef0123456789abcdef",
        at=cast.now,
    )


def ended(receipt: citizens.Receipt, cast: Cast) -> None:
    case = citizens.accept(case=receipt.case, by=cast.office_clerk, at=cast.now)
    made = citizens.draft_answer(case=case, words="Xã đã thay bóng đèn.", by=cast.office_clerk, at=cast.now)
    citizens.approve_answer(case=case, seen=made.digest, by=cast.chair, at=cast.now)
    citizens.close_due(at=cast.now + timedelta(days=60))


def asked(cast: Cast, kind: str, **more: str) -> tuple[str, str]:
    """What a person is told who sends the form of the public page: code and PIN."""
    phone = Client()
    home = registry.now().by_unit[cast.commune.pk].prefix
    page = phone.get(f"{home}/du-lieu-cua-toi/").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    answer = phone.post(
        f"{home}/du-lieu-cua-toi/", {"kind": kind, "ticket": ticket[1], "altcha": "\x00", **more}
    )
    shown = answer.content.decode()
    code, pin = re.search(r"data-code>([^<]+)<", shown), re.search(r"data-pin>([^<]+)<", shown)
    assert code, shown
    assert pin
    return code[1], pin[1]


def followed(cast: Cast, code: str, pin: str, **more: str) -> Any:
    home = registry.now().by_unit[cast.commune.pk].prefix
    return Client().post(f"{home}/du-lieu-cua-toi/theo-doi/", {"code": code, "pin": pin, **more})


def do(client: Client, one: DataRequest, deed: str, **said: str) -> str:
    client.post(reverse("privacy:step", args=[one.pk]), {"do": deed, **said})
    one.refresh_from_db()
    return str(one.state)


def test_every_state_is_in_the_table() -> None:
    assert NEXT.keys() == set(State)
    assert {State.DONE, State.REFUSED, State.WITHDRAWN} == ENDED
    # Điều 5 NĐ 356/2025/NĐ-CP, khoản 2 to 5.
    held = terms_on(timezone.localdate())
    assert held.reply == "2 ngày làm việc"
    days = {kind: int(words.partition(" ")[0]) for kind, words in held.done.items()}
    short = (Kind.SEE, Kind.COPY, Kind.CORRECT)
    assert days == {one: 10 if one in short else 20 if one == Kind.ERASE else 15 for one in Kind.values}
    assert held.extended == held.done


def test_erasing_takes_a_proposal_and_another_persons_decision(cast: Cast, sent: citizens.Receipt) -> None:
    ended(sent, cast)
    code, pin = asked(cast, "erase", code=sent.code, pin=sent.pin)
    one = DataRequest.objects.get(code=code)
    assert one.is_proven
    clerk, chair = as_(cast.office_clerk), as_(cast.chair)
    page = clerk.get(reverse("privacy:request", args=[one.pk])).content.decode()
    assert sent.code in page
    assert WORDS not in page
    assert do(clerk, one, "accept", words="Xã sẽ xóa trong thời hạn.") == State.ACCEPTED
    assert do(clerk, one, "propose", outcome="fulfil", words="Xã đã xóa dữ liệu.") == State.PROPOSED
    assert "Xã đã xóa" not in followed(cast, code, pin).content.decode(), (
        "nothing is told before it is decided"
    )
    assert do(clerk, one, "decide") == State.PROPOSED, "a clerk does not decide"
    assert Case.objects.get().words
    assert do(chair, one, "decide") == State.DONE
    assert not Case.objects.get().words
    assert "Xã đã xóa dữ liệu." in followed(cast, code, pin).content.decode()
    entry = AuditEntry.objects.get(action="personal.erase")
    assert entry.detail["request"] == code
    whole = " ".join(str(row.detail) for row in AuditEntry.objects.all())
    assert SENDER.name not in whole
    assert WORDS not in whole


def test_who_proposed_does_not_decide(cast: Cast, sent: citizens.Receipt) -> None:
    ended(sent, cast)
    code, _pin = asked(cast, "erase", code=sent.code, pin=sent.pin)
    one = DataRequest.objects.get(code=code)
    chair = as_(cast.chair)
    do(chair, one, "accept", words="Xã sẽ xóa.")
    do(chair, one, "propose", outcome="fulfil", words="Đã xóa.")
    assert do(chair, one, "decide") == State.PROPOSED
    assert Case.objects.get().words


def test_an_open_case_is_not_erased(cast: Cast, sent: citizens.Receipt) -> None:
    code, _pin = asked(cast, "erase", code=sent.code, pin=sent.pin)
    one = DataRequest.objects.get(code=code)
    actions.accept(request=one, words="Xã sẽ xem.", by=cast.office_clerk, at=cast.now)
    with pytest.raises(Refused, match="chưa giải quyết xong"):
        actions.propose(
            request=one, outcome="fulfil", words="Xóa.", ground="", by=cast.office_clerk, at=cast.now
        )
    actions.propose(
        request=one,
        outcome="refuse",
        words="Phản ánh đang xử lý.",
        ground="Luật 91/2025/QH15",
        by=cast.office_clerk,
        at=cast.now,
    )
    actions.decide(request=one, by=cast.chair, at=cast.now)
    assert one.state == State.REFUSED


def test_a_copy_is_taken_away_by_code_and_pin(cast: Cast, sent: citizens.Receipt) -> None:
    code, pin = asked(cast, "copy", code=sent.code, pin=sent.pin)
    one = DataRequest.objects.get(code=code)
    actions.accept(request=one, words="Xã lập bản sao.", by=cast.office_clerk, at=cast.now)
    actions.propose(
        request=one, outcome="fulfil", words="Tải ở trang này.", ground="", by=cast.office_clerk, at=cast.now
    )
    actions.decide(request=one, by=cast.chair, at=cast.now)
    page = followed(cast, code, pin).content.decode()
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened
    answer = followed(cast, code, pin, opened=opened[1], deed="file")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert WORDS in archive.read("doc-du-lieu.html").decode()
        assert WORDS in archive.read("1/du-lieu.json").decode()
    assert followed(cast, code, "000000").status_code == 403
    assert AuditEntry.objects.filter(action="personal.export", unit=cast.commune).count() == 1


def test_without_a_code_somebody_finds_out_who_asks_and_the_clock_stands(
    cast: Cast, sent: citizens.Receipt
) -> None:
    code, _pin = asked(cast, "see", name=SENDER.name, contact=SENDER.phone)
    one = DataRequest.objects.get(code=code)
    assert not one.is_proven
    clerk = as_(cast.office_clerk)
    assert do(clerk, one, "ask", words="Mang giấy tờ đến xã.") == State.WAITING
    assert one.due_at is None
    assert do(clerk, one, "confirm", words="Đã gặp trực tiếp.") == State.ACCEPTED
    assert one.due_at is not None
    page = clerk.get(reverse("privacy:request", args=[one.pk]), {"tim": SENDER.phone}).content.decode()
    assert sent.code in page
    do(clerk, one, "add-matter", kind="citizens.Case", code=sent.code)
    assert [held.kind for held in queries.matters(one)] == ["citizens.Case"]


def test_a_sitting_of_a_contest_is_found_handed_out_and_erased_while_its_points_stay(cast: Cast) -> None:
    week = contest.opened(cast)
    mine, other = contest.sat(week, 1), contest.sat(week, 2, name="Trần Văn Khác")
    phone = mine.phone.shown()
    code, _pin = asked(cast, "erase", name="Nguyễn Thị Minh Họa", contact=phone)
    one = DataRequest.objects.get(code=code)
    clerk = as_(cast.office_clerk)
    page = clerk.get(reverse("privacy:request", args=[one.pk]), {"tim": phone}).content.decode()
    assert "Bài thi tìm hiểu" in page
    assert mine.code in page
    assert other.code not in page
    do(clerk, one, "ask", words="Mang giấy tờ đến xã.")
    do(clerk, one, "confirm", words="Đã gặp trực tiếp.")
    do(clerk, one, "add-matter", kind="citizens.ContestSitting", code=f" {mine.code.lower()} ")
    [held] = queries.matters(one)
    values = str(told(held, at=cast.now, for_sender=True))
    assert phone in values
    assert "Trần Văn Khác" not in values
    assert mine.mark not in values
    do(clerk, one, "propose", outcome="fulfil", words="Xã đã xóa.")
    assert do(as_(cast.chair), one, "decide") == State.DONE
    mine.refresh_from_db()
    other.refresh_from_db()
    assert [bool(one) for one in (mine.name, mine.phone, mine.phone_mark, mine.guardian)] == [False] * 4
    assert mine.erased_at
    assert (mine.answers.count(), bool(other.phone), other.erased_at) == (3, True, None)
    assert not list(queries.matters(one))
    assert AuditEntry.objects.get(action="personal.erase").unit == cast.commune


def test_a_guest_of_a_class_is_found_handed_out_and_erased_while_the_count_stays(cast: Cast) -> None:
    made = training.made(cast)
    mine = next(row for row in made.guests.all() if row.phone.shown() == training.GUESTS[0].phone)
    others = made.guests.exclude(pk=mine.pk)
    code, _pin = asked(cast, "erase", name=training.GUESTS[0].name, contact=training.GUESTS[0].phone)
    one = DataRequest.objects.get(code=code)
    clerk = as_(cast.office_clerk)
    for words in (
        "nguyen thi thu",
        training.GUESTS[0].phone,
        "0900 000 001",
        "+84 900.000.001",
        "THU@example.vn",
    ):
        page = clerk.get(reverse("privacy:request", args=[one.pk]), {"tim": words}).content.decode()
        assert "Người dự lớp tập huấn" in page
        assert mine.code in page
        assert not any(other.code in page for other in others)
    do(clerk, one, "ask", words="Mang giấy tờ đến xã.")
    do(clerk, one, "confirm", words="Đã gặp trực tiếp.")
    do(clerk, one, "add-matter", kind="citizens.TrainingGuest", code=f" {mine.code.lower()} ")
    [held] = queries.matters(one)
    values = str(told(held, at=cast.now, for_sender=True))
    assert training.GUESTS[0].phone in values
    assert training.GUESTS[1].name not in values
    do(clerk, one, "propose", outcome="fulfil", words="Xã đã xóa.")
    assert do(as_(cast.chair), one, "decide") == State.DONE
    mine.refresh_from_db()
    marks = (mine.name, mine.phone, mine.mail, mine.place, mine.name_mark, mine.phone_mark, mine.mail_mark)
    assert not any(marks)
    assert mine.erased_at
    assert made.guests.count() == others.count() + 1
    assert all(other.name for other in others)


def test_a_form_sent_twice_is_one_request_and_a_wrong_pin_is_told(cast: Cast, sent: citizens.Receipt) -> None:
    given = actions.Asked(Kind.ERASE, "", "Nguyễn Thị Thử", "0900000001")
    first = actions.submit(unit=cast.commune, asked=given, key="k" * 20, at=cast.now)
    assert actions.submit(unit=cast.commune, asked=given, key="k" * 20, at=cast.now).pin == first.pin
    assert DataRequest.objects.count() == 1
    with pytest.raises(AssertionError, match="chưa đúng"):
        asked(cast, "see", code=sent.code, pin="000000")


def test_late_is_what_was_not_answered_in_two_working_days(cast: Cast) -> None:
    given = actions.Asked(Kind.SEE, "", "Nguyễn Thị Thử", "0900000001")
    one = actions.submit(unit=cast.commune, asked=given, key="k" * 20, at=cast.now).request
    assert not queries.is_late(one, cast.now)
    later = cast.now + timedelta(days=7)
    assert queries.is_late(one, later)
    assert queries.waits(cast.commune, later).late == 1
    assert list(queries.requests(cast.commune, standing=queries.LATE, at=later)) == [one]
    assert list(queries.requests(cast.commune, text="0900000001", at=later)) == [one]


def test_what_the_software_does_not_do_by_itself_is_said(cast: Cast) -> None:
    said = {Kind.RESTRICT: "chưa tự chặn", Kind.WITHDRAW: "chưa tự chặn", Kind.PROTECT: "không tự áp dụng"}
    for kind, words in said.items():
        given = actions.Asked(kind, "Đừng đăng ảnh tôi.", "Nguyễn Thị Thử", "0900000001")
        one = actions.submit(unit=cast.commune, asked=given, key=kind * 4, at=cast.now).request
        page = as_(cast.office_clerk).get(reverse("privacy:request", args=[one.pk])).content.decode()
        assert words in page


def test_what_was_written_is_opened_with_a_trace_and_not_by_a_neighbour(cast: Cast) -> None:
    given = actions.Asked(Kind.CORRECT, "Sửa tên tôi thành Thử.", "Nguyễn Thị Thử", "0900000001")
    one = actions.submit(unit=cast.commune, asked=given, key="k" * 20, at=cast.now).request
    address = reverse("privacy:original", args=[one.pk])
    assert as_(cast.neighbour).get(address).status_code == 404
    assert "Sửa tên tôi" in as_(cast.office_clerk).get(address).content.decode()
    assert AuditEntry.objects.filter(action="data-request.open").count() == 1
    table = as_(cast.office_clerk).post(reverse("privacy:export", args=["csv"]))
    told = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert one.code in told
    assert "Nguyễn Thị Thử" not in told
    step = DataRequestStep.objects.get()
    assert step.by is None
