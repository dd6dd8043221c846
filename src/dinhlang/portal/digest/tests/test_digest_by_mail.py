"""News by mail from the first question to the last click."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Unfit
from dinhlang.portal.digest import actions, letters, queries, rules
from dinhlang.portal.digest.rules import Worthless
from dinhlang.portal.digest.telling import mails_carried
from dinhlang.portal.models import Column, Mailing, Reader, Site
from dinhlang.portal.sites import registry
from dinhlang.portal.tests.newsroom_cast import WORDS, published

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cast
    from dinhlang.portal.models import Item
    from dinhlang.portal.sites.registry import SiteNow

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ADDRESS = "Nguoi.Doc@Example.vn"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()


@pytest.fixture
def item(cast: Cast) -> Item:
    return published(cast)


@pytest.fixture
def site(cast: Cast, item: Item) -> SiteNow:
    registry.forget()
    return registry.now().by_unit[cast.commune.pk]


@pytest.fixture
def at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Lets time go on, for views too."""

    def moment(later: timedelta = timedelta()) -> Any:
        now = cast.now + later
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    moment()
    return moment


def asked(site: SiteNow, moment: Any, **given: Any) -> None:
    usual = {"address": ADDRESS, "columns": [one.pk for one in site.open_columns], "rhythm": "ngay"}
    actions.ask(**{"site": site, "at": moment, **usual, **given})


def confirmed(site: SiteNow, moment: Any, **given: Any) -> Reader:
    asked(site, moment, **given)
    reader = actions.confirm(reader=Reader.objects.get(), at=moment)
    # As if what is published in these tests appeared after it.
    Reader.objects.update(since=moment - DAY, next_on=localdate(moment))
    mail.outbox.clear()
    return reader


def test_nothing_comes_until_the_link_in_the_one_mail_was_opened_and_confirmed(
    site: SiteNow, at: Any
) -> None:
    here = reverse("digest:subscribe", args=[site.path])
    reader = Client()
    page = reader.get(here)
    assert page.status_code == 200
    assert not page.cookies
    form = {"address": ADDRESS, "columns": [one.pk for one in site.open_columns], "rhythm": "ngay"}
    assert "Đánh dấu ô đồng ý" in reader.post(here, form).content.decode()
    assert "Mở thư và bấm xác nhận" in reader.post(here, {**form, "agrees": "on"}).content.decode()
    [letter] = mail.outbox
    assert letter.to == ["nguoi.doc@example.vn"]
    assert actions.send_due(at=at(DAY)) == 0
    link = next(line for line in letter.body.splitlines() if "/xac-nhan/" in line)
    path = (
        link.removeprefix("http://localhost:8000")
        if link.startswith("http://localhost:8000")
        else link[link.index("/thu-tin/") :]
    )
    assert reader.get(path).status_code == 200
    assert Reader.objects.get().confirmed_at is None
    assert "Đã xác nhận" in reader.post(path).content.decode()
    assert Reader.objects.get().confirmed_at is not None
    assert not reader.cookies


def test_an_address_is_not_in_the_database_in_words(site: SiteNow, at: Any) -> None:
    asked(site, at())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_reader")
        assert "example" not in str(cursor.fetchall()).lower()
    assert Reader.objects.get().address.shown() == ADDRESS.lower()


def test_a_link_to_confirm_ends_after_two_days_and_the_address_goes(site: SiteNow, at: Any) -> None:
    asked(site, at())
    reader = Reader.objects.get()
    with pytest.raises(Worthless, match="hết hạn"):
        actions.confirm(reader=reader, at=at(2 * DAY + timedelta(minutes=1)))
    assert Client().post(reverse("digest:confirm", args=[letters.sign(reader)])).status_code == 410
    assert actions.forget_due(at=at(3 * DAY)) == 1
    assert not Reader.objects.exists()


def test_a_mail_tells_what_is_new_in_both_forms_and_can_be_left_by_one_click(
    site: SiteNow, at: Any, item: Item
) -> None:
    reader = confirmed(site, at())
    assert actions.send_due(at=at(timedelta(hours=1))) == 1
    [letter] = mail.outbox
    html = letter.alternatives[0][0]
    for body in (letter.body, html):
        assert WORDS.title in body
        assert f"/{item.slug}/" in body
        assert "Thôi nhận thư" in body
    for counted in ("<img", "src=", "@import", "url(", "<script", "<link", "utm_"):
        assert counted not in html
    headers = letter.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = headers["List-Unsubscribe"].strip("<>")
    assert leave.startswith("http")
    path = leave[leave.index("/thu-tin/") :]
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(path).status_code == 200
    assert Reader.objects.filter(pk=reader.pk).exists(), "a look alone leaves nothing"
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Reader.objects.exists()
    assert browser.post(path).status_code == 200
    mailing = Mailing.objects.get()
    assert (mailing.sent, mailing.refused, list(mailing.items.all())) == (1, 0, [item])
    [told] = mails_carried("item", [str(item.pk), "0"])[str(item.pk)]
    assert (told.state, told.detail) == ("Đã gửi", "trong ngày gửi 1 thư")


def test_the_same_news_is_told_once_and_silence_sends_nothing(site: SiteNow, at: Any, cast: Cast) -> None:
    confirmed(site, at())
    assert actions.send_due(at=at(timedelta(hours=1))) == 1
    assert actions.send_due(at=at(timedelta(hours=1))) == 0
    assert actions.send_due(at=at(DAY)) == 0
    assert Reader.objects.get().next_on == localdate(cast.now) + 2 * DAY


def test_only_the_chosen_columns_are_told(site: SiteNow, at: Any, item: Item, cast: Cast) -> None:
    other = Column.objects.create(unit=cast.commune, name="Khác", slug="khac", position=9)
    registry.forget()
    site = registry.now().by_unit[cast.commune.pk]
    confirmed(site, at(), columns=[other.pk])
    assert actions.send_due(at=at(timedelta(hours=1))) == 0
    reader = Reader.objects.get()
    chosen = {"columns": [item.column_id], "rhythm": "tuan"}
    there = reverse("digest:choose", args=[letters.sign(reader)])
    assert "Đã lưu lựa chọn" in Client().post(there, chosen).content.decode()
    reader.refresh_from_db()
    assert reader.next_on is not None
    assert (reader.rhythm, reader.next_on.weekday()) == ("tuan", 0)
    with pytest.raises(Unfit):
        actions.choose(reader=reader, site=site, columns=[0], rhythm="tuan", at=at())


@pytest.mark.parametrize(
    ("raised", "refused", "is_due_again"),
    [(SMTPServerDisconnected("gone"), 0, True), (SMTPRecipientsRefused({"x": (450, b"busy")}), 0, True), (SMTPRecipientsRefused({"x": (550, b"no such")}), 1, False)],
)  # fmt: skip
def test_what_the_server_does_not_take_is_tried_again_and_a_dead_mailbox_is_forgotten(
    site: SiteNow,
    at: Any,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    refused: int,
    is_due_again: bool,
) -> None:
    confirmed(site, at())

    def send(_self: object, **_of_django: object) -> int:
        raise raised

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)
    for day in range(rules.MOST_FAILURES):
        Reader.objects.update(next_on=localdate(at()))
        assert actions.send_due(at=at(timedelta(hours=1))) == 0
        if day == 0:
            assert (Reader.objects.get().next_on == localdate(at())) is is_due_again
    assert Reader.objects.exists() is is_due_again
    assert sum(one.refused for one in Mailing.objects.all()) == refused * rules.MOST_FAILURES


def test_whoever_asks_again_and_again_gets_three_mails_a_day_and_the_page_tells_nothing(
    site: SiteNow, at: Any
) -> None:
    confirmed(site, at())
    here = reverse("digest:subscribe", args=[site.path])
    form = {
        "address": ADDRESS,
        "columns": [one.pk for one in site.open_columns],
        "rhythm": "ngay",
        "agrees": "on",
    }
    answers = [Client().post(here, form) for _time in range(rules.MOST_OF_A_CALLER + 1)]
    assert {answer.content for answer in answers[:-1]} == {answers[0].content}
    assert answers[-1].status_code == 429
    assert len(mail.outbox) == rules.MOST_OF_AN_ADDRESS - 1
    assert "Bạn đang nhận" in mail.outbox[0].subject
    cache.clear()
    mail.outbox.clear()
    assert Client().post(here, {**form, "website": "x", "address": "b@example.vn"}).status_code == 200
    assert not mail.outbox


def test_without_a_mail_server_the_page_says_so(site: SiteNow, at: Any, settings: Any) -> None:
    settings.MAIL = False
    answer = Client().get(reverse("digest:subscribe", args=[site.path]))
    assert answer.status_code == 200
    assert "chưa gửi được thư" in answer.content.decode()
    assert actions.send_due(at=at()) == 0


def test_after_two_years_the_address_goes_and_the_mails_before_ask(site: SiteNow, at: Any) -> None:
    reader = confirmed(site, at())
    assert reader.ends_on is not None
    Reader.objects.update(ends_on=localdate(at()) + 30 * DAY)
    actions.send_due(at=at(timedelta(hours=1)))
    assert "Muốn nhận tiếp" in mail.outbox[0].body
    assert actions.forget_due(at=at(31 * DAY)) == 1


def test_the_office_sees_numbers_and_takes_out_an_address_that_came_back(
    site: SiteNow, at: Any, cast: Cast
) -> None:
    confirmed(site, at())
    officer = Client()
    officer.force_login(cast.culture_officer, backend="django.contrib.auth.backends.ModelBackend")
    page = officer.get(reverse("digest-desk:desk")).content.decode()
    assert "Đã xác nhận" in page
    assert "example" not in page.replace(".example.", "")
    shown = officer.get(reverse("digest-desk:preview"))
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert WORDS.title in shown.content.decode()
    assert WORDS.title in officer.get(reverse("digest-desk:preview"), {"chu": "1"}).content.decode()
    with pytest.raises(NotAllowed):
        actions.take_out(unit=cast.commune, address=ADDRESS, by=cast.neighbour, at=at())
    officer.post(reverse("digest-desk:take-out"), {"address": ADDRESS})
    assert not Reader.objects.exists()
    assert "example" not in str(AuditEntry.objects.get(action="digest.take-out").detail)


@pytest.mark.parametrize("address", ["", "a", "a@b", "a@b.vn\nBcc: c@d.vn", f"{'a' * 200}@b.vn"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Unfit):
        rules.checked_address(address)


def test_a_closed_site_and_a_forged_link_lead_nowhere(site: SiteNow, at: Any) -> None:
    confirmed(site, at())
    token = letters.sign(Reader.objects.get())
    with pytest.raises(Worthless):
        queries.reader_of(token[:-2] + ("aa" if not token.endswith("aa") else "bb"))
    Site.objects.update(is_open=False)
    registry.forget()
    assert Client().get(reverse("digest:subscribe", args=[site.path])).status_code == 404
    assert actions.send_due(at=at(timedelta(hours=1))) == 0
