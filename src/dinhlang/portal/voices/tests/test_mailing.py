"""Letters to senders: a receipt without the PIN, word of what happens, one click to stop, a mail server that is dead."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dinhlang.citizens import actions as citizens
from dinhlang.citizens.models import Case, CaseMail
from dinhlang.portal.models import Site
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.voices.mailing import MOST_OF_AN_ADDRESS, mail_senders
from dinhlang.portal.voices.tests.test_voices import NAMED, WORDS, codes_of, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
HOUR = timedelta(hours=1)
ADDRESS = "nguoi.gui@example.vn"
WANTED = {**NAMED, "mail": ADDRESS, "receipt_by_mail": "on", "news_by_mail": "on"}


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, cast: Cast) -> None:
    settings.DATA, settings.BLOBS, settings.MAIL = tmp_path, tmp_path / "blobs", True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
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

    return moment


@pytest.fixture
def home(cast: Cast, at: Any) -> str:
    at()
    return registry.now().by_unit[cast.commune.pk].prefix


def test_a_receipt_goes_without_the_pin_and_news_until_they_are_stopped(
    client: Client, home: str, at: Any, cast: Cast
) -> None:
    assert "Gửi giấy báo nhận vào thư này" in client.get(f"{home}/phan-anh/gui/").content.decode()
    page = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **WANTED)).content.decode()
    assert "Thư không có mã bí mật" in page
    code, pin = codes_of(page)
    assert (mail_senders(at=at(HOUR)), mail_senders(at=at(HOUR))) == (1, 0)
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert code in letter.body
    assert f"/phan-anh/tra-cuu/#{code}" in letter.body
    for private in (pin, "Ví Dụ", "0912", "Rác", "Thôn Đông"):
        assert private not in f"{letter.subject} {letter.body}", private
    case = Case.objects.get()
    citizens.accept(case=case, by=cast.office_clerk, at=at(2 * HOUR))
    citizens.assign(case=case, part=None, handler=cast.culture_officer, by=cast.office_clerk, at=at(2 * HOUR))
    citizens.ask(case=case, question="Ở đầu cầu nào?", by=cast.office_clerk, at=at(3 * HOUR))
    assert (mail_senders(at=at(4 * HOUR)), mail_senders(at=at(4 * HOUR))) == (1, 0)
    assert "Xã hỏi thêm bạn" in mail.outbox[-1].body
    assert "đầu cầu" not in mail.outbox[-1].body
    # What the sender does, or the office inside, is no news.
    citizens.supplement(case=case, words="Đầu phía chợ.", at=at(5 * HOUR))
    assert mail_senders(at=at(5 * HOUR)) == 0
    stop = mail.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")
    path = stop[stop.index("/thu-phan-anh/") :]
    assert "Thôi nhận thư" in client.get(path).content.decode()
    assert CaseMail.objects.get().stopped_at is None
    said = client.post(path).content.decode()
    assert "Đã thôi gửi thư" in said
    assert code not in said
    made = citizens.draft_answer(
        case=case, words="Xã đã dọn rác ở cầu số 2.", by=cast.office_clerk, at=at(6 * HOUR)
    )
    citizens.approve_answer(case=case, seen=made.digest, by=cast.chair, at=at(6 * HOUR))
    assert mail_senders(at=at(7 * HOUR)) == 0
    assert client.post("/thu-phan-anh/bịa:đặt/").status_code == 410


def test_whoever_asks_for_nothing_gets_nothing_and_a_wish_needs_an_address(
    client: Client, home: str, at: Any, settings: Any
) -> None:
    wanted = {**NAMED, "receipt_by_mail": "on"}
    page = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **wanted)).content.decode()
    assert "Ghi địa chỉ thư điện tử" in page
    client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **NAMED, mail=ADDRESS))
    assert Case.objects.get().sender_mail.shown() == ADDRESS
    assert not CaseMail.objects.exists()
    settings.MAIL = ""
    assert "Gửi giấy báo nhận vào thư này" not in client.get(f"{home}/phan-anh/gui/").content.decode()


def test_a_dead_server_loses_no_letter_and_old_news_are_not_told(
    client: Client, home: str, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.post(f"{home}/phan-anh/gui/", filled(client, home, at, **WANTED))
    assert page.status_code == 200

    def dead(*given: Any) -> int:
        raise SMTPServerDisconnected("no more")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", dead)
        assert mail_senders(at=at(HOUR)) == 0
    assert CaseMail.objects.get().receipt_at is None
    assert mail_senders(at=at(9 * 24 * HOUR)) == 0
    assert mail_senders(at=at(2 * HOUR)) == 1


def test_erased_addresses_do_not_keep_others_waiting(
    client: Client, home: str, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinhlang.portal.voices.mailing._MOST_AT_ONCE", 1)
    for number in range(2):
        client.post(
            f"{home}/phan-anh/gui/", filled(client, home, at, **WANTED, words=f"{WORDS} Lần {number}.")
        )
    first, second = CaseMail.objects.order_by("pk")
    Case.objects.filter(pk=first.case_id).update(sender_mail="")
    assert mail_senders(at=at(HOUR)) == 1
    assert mail.outbox[-1].subject.endswith(second.case.code)


def test_nobodys_mailbox_is_filled_by_others_forms(client: Client, home: str, at: Any, cast: Cast) -> None:
    for number in range(MOST_OF_AN_ADDRESS + 2):
        form = filled(client, home, at, **WANTED, words=f"{WORDS} Lần {number}.")
        client.post(f"{home}/phan-anh/gui/", form)
    machine = filled(client, home, at, **{**WANTED, "mail": "khac@example.vn"}, website="x")
    client.post(f"{home}/phan-anh/gui/", machine)
    assert mail_senders(at=at(HOUR)) == MOST_OF_AN_ADDRESS
    # What the mailbox gets no receipt of waits for none any more, and news of it go.
    above = CaseMail.objects.filter(case__flags="").order_by("-pk")[0].case
    assert not CaseMail.objects.filter(receipt_at=None, case__flags="").exists()
    assert above.code not in "".join(one.subject for one in mail.outbox)
    citizens.accept(case=above, by=cast.office_clerk, at=at(HOUR))
    assert [mail_senders(at=at(HOUR)) for _turn in range(2)] == [1, 0]
    assert above.code in mail.outbox[-1].subject
    # What may be a machine's is told of once a person looked at it.
    case = Case.objects.exclude(flags="").get()
    citizens.accept(case=case, by=cast.office_clerk, at=at(2 * HOUR))
    assert [mail_senders(at=at(2 * HOUR)) for _turn in range(3)] == [1, 1, 0]
    assert {one.to[0] for one in mail.outbox} == {ADDRESS, "khac@example.vn"}
    assert "bước mới" in mail.outbox[-1].body
    # The next day has its own five.
    form = filled(client, home, at, **WANTED, words=f"{WORDS} Hôm sau.")
    client.post(f"{home}/phan-anh/gui/", form)
    assert mail_senders(at=at(25 * HOUR)) == 1
