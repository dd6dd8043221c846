"""What happens to readers and their mails. Nobody of the house acts for a reader but to take an address out."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import date, datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.org import mail
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.often import is_too_often
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.org.sealed import Unreadable, fingerprints
from dinhlang.portal.digest import letters, queries, rules
from dinhlang.portal.digest.letters import Letter
from dinhlang.portal.digest.rules import Worthless, next_day
from dinhlang.portal.models import Item, Mailing, Reader
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.registry import SiteNow

# In one turn of the worker, so that a large town does not hold up what else is due.
MOST_AT_ONCE = 200
_log = logging.getLogger(__name__)


def ask(*, site: SiteNow, address: str, columns: Collection[int], rhythm: str, at: datetime) -> None:
    """Send the mail that asks whether it was them. The same for whoever is a reader: nobody learns who is.

    Raises `Unfit` for an address or a choice that is none, `Refused` when no mail can be sent.
    """
    if not mail.is_configured():
        raise Refused(_("Nơi này chưa gửi được thư. Bạn theo dõi tin bằng nguồn tin RSS."))
    address = rules.checked_address(address)
    chosen = _checked_choice(site, columns, rhythm)
    unit = Unit.objects.get(pk=site.unit_id)
    [mark, *_older] = fingerprints(Reader, "mark", address)
    if is_too_often(f"digest:{mark}", most=rules.MOST_OF_AN_ADDRESS, within=rules.ADDRESS_WITHIN):
        return
    with transaction.atomic():
        reader = queries.reader_at(unit, address)
        if reader is None:
            try:
                with transaction.atomic():
                    reader = Reader.objects.create(unit=unit, address=address, rhythm=rhythm, asked_at=at)
            except IntegrityError:  # asked twice in one moment: the other one has written it
                return
        if reader.confirmed_at is None:
            reader.rhythm, reader.asked_at = rhythm, at
            reader.save(update_fields=["rhythm", "asked_at"])
            reader.columns.set(chosen)
    letter = letters.question(site, reader) if reader.confirmed_at is None else letters.already(site, reader)
    if not _handed_over(site, letter, reader):
        raise Refused(_("Máy chủ thư không nhận thư lúc này. Kiểm tra lại địa chỉ rồi thử lại sau."))


def _checked_choice(site: SiteNow, columns: Collection[int], rhythm: str) -> list[int]:
    known = {one.pk for one in site.open_columns}
    chosen = [one for one in columns if one in known]
    if not chosen:
        raise Unfit(_("Chọn ít nhất một chuyên mục."), "columns")
    if rhythm not in Reader.Rhythm.values:
        raise Unfit(_("Chọn bao lâu nhận một thư."), "rhythm")
    return chosen


@transaction.atomic
def confirm(*, reader: Reader, at: datetime) -> Reader:
    """Consent: mails come from now on. Again it changes nothing. Raises `Worthless` after two days."""
    reader = _locked(reader)
    if reader.confirmed_at is not None:
        return reader
    if not queries.can_be_confirmed(reader, at):
        raise Worthless(_("Đường dẫn xác nhận đã hết hạn. Bạn đăng ký lại, thư mới sẽ tới ngay."))
    on = localdate(at)
    reader.confirmed_at = reader.since = at
    reader.ends_on = on + rules.KEPT_FOR
    reader.next_on = next_day(reader.rhythm, on)
    reader.save(update_fields=["confirmed_at", "since", "ends_on", "next_on"])
    return reader


@transaction.atomic
def choose(*, reader: Reader, site: SiteNow, columns: Collection[int], rhythm: str, at: datetime) -> Reader:
    """Other columns, another rhythm; and the two years begin anew. Raises `Unfit` and `Worthless`."""
    reader = _locked(reader)
    if reader.confirmed_at is None:
        raise Worthless(_("Bạn chưa xác nhận. Mở đường dẫn xác nhận trong thư trước."))
    reader.columns.set(_checked_choice(site, columns, rhythm))
    on = localdate(at)
    reader.rhythm, reader.ends_on, reader.next_on = rhythm, on + rules.KEPT_FOR, next_day(rhythm, on)
    reader.save(update_fields=["rhythm", "ends_on", "next_on"])
    return reader


def leave(*, reader: Reader) -> None:
    """Forget the reader at once."""
    Reader.objects.filter(pk=reader.pk).delete()


@transaction.atomic
def take_out(*, unit: Unit, address: str, by: Person | None, at: datetime) -> bool:
    """Forget a reader whose mails come back, or who asks for it by telephone; whether there was one.

    The audit notes that it was done, not whose address it was. Raises `Unfit` and `org.permissions.NotAllowed`.
    """
    check_can(by, Permission.NEWS_REVIEW, unit, localdate(at))
    reader = queries.reader_at(unit, rules.checked_address(address))
    if reader is not None:
        reader.delete()
    audit(
        by=by,
        at=at,
        action="digest.take-out",
        target=unit,
        unit=unit,
        detail={"rows": int(reader is not None)},
    )
    return reader is not None


def forget_due(*, at: datetime) -> int:
    """Delete who did not confirm in time and whose two years are over; how many. For the worker, once an hour."""
    unconfirmed = Reader.objects.filter(confirmed_at=None, asked_at__lt=at - rules.CONFIRM_WITHIN)
    ended = Reader.objects.filter(ends_on__lte=localdate(at))
    return len([one.delete() for one in (*unconfirmed, *ended)])


def send_due(*, at: datetime) -> int:
    """Send the mails that are due, where there is something new; how many the server took. For the worker, at every turn.

    A reader's day is moved on before the mail goes, so that two workers never send it twice, and moved back when the server did
    not take it. What was told up to when is noted after it went: a worker killed in between tells twice, never not at all.
    """
    now = localtime(at)
    if not mail.is_configured() or not rules.FROM_HOUR <= now.hour < rules.UNTIL_HOUR:
        return 0
    waiting = list(queries.due(now.date())[:MOST_AT_ONCE])
    if not waiting:
        return 0
    sent = refused = 0
    with django_mail.get_connection() as connection:
        for reader in waiting:
            was_taken = _send_to(reader, at, connection)
            sent += was_taken is True
            refused = refused + 1 if was_taken is False else 0
            if refused == mail.MOST_REFUSED:
                break
    return sent


def _send_to(reader: Reader, at: datetime, connection: BaseEmailBackend) -> bool | None:
    """Whether the server took it; `None` where nothing was to be sent."""
    on, day = localdate(at), reader.next_on
    site = registry.now().by_unit.get(reader.unit_id)
    if not Reader.objects.filter(pk=reader.pk, next_on=day).update(next_on=next_day(reader.rhythm, on)):
        return None
    if site is None or reader.since is None:
        return None
    items, more = queries.new_for(reader.unit, [one.pk for one in reader.columns.all()], reader.since, at)
    if not items:
        return None
    letter = letters.news(site, items, more, on, ends_on=reader.ends_on)
    try:
        was_taken = _handed_over(site, letter, reader, connection)
    except _Bounced:
        _note(reader.unit, on, [], refused=1)
        _count_failure(reader)
        return False
    if not was_taken:
        Reader.objects.filter(pk=reader.pk).update(next_on=day)
        return False
    Reader.objects.filter(pk=reader.pk).update(since=at, failures=0)
    _note(reader.unit, on, items, sent=1)
    return True


class _Bounced(Exception):
    """The server said for good that this mailbox takes nothing."""


def _handed_over(
    site: SiteNow, letter: Letter, reader: Reader, connection: BaseEmailBackend | None = None
) -> bool:
    """Whether the server took it. Raises `_Bounced` for a mailbox that is none, with a connection of many."""
    try:
        return letters.addressed(site, letter, reader, connection).send() == 1
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _said in refusal.recipients.values()]
        if connection is not None and codes and all(500 <= code < 600 for code in codes):
            raise _Bounced from None
        return False
    except (SMTPException, SMTPResponseException, OSError, ValueError, Unreadable):
        # Without the address: what goes wrong is written down where others read it.
        _log.warning("a digest could not be handed to the mail server")
        return False


def _count_failure(reader: Reader) -> None:
    Reader.objects.filter(pk=reader.pk).update(failures=F("failures") + 1)
    Reader.objects.filter(pk=reader.pk, failures__gte=rules.MOST_FAILURES).delete()


def _note(unit: Unit, on: date, items: Sequence[Item], *, sent: int = 0, refused: int = 0) -> None:
    mailing, _is_new = Mailing.objects.get_or_create(unit=unit, sent_on=on)
    Mailing.objects.filter(pk=mailing.pk).update(sent=F("sent") + sent, refused=F("refused") + refused)
    mailing.items.add(*items)


def _locked(reader: Reader) -> Reader:
    found = Reader.objects.select_for_update().filter(pk=reader.pk).first()
    if found is None:
        raise Worthless(_("Bạn đã thôi nhận thư."))
    return found
