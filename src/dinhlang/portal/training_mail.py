"""Invitations to a class by mail, and word that it is called off, to whoever has an address.

As in every mail of the house no name and no title leaves it: when, and where to read the rest. An official who switched
mail off gets none; a guest gets none but about this class.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass, TrainingGuest
from dinhlang.citizens.training.papers.words import when
from dinhlang.org import mail
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.mail import Letter, send_once
from dinhlang.portal.reminder_mail import address_of


def mail_invitations(*, at: datetime) -> int:
    """Send what was announced or called off and not mailed yet; say how many went. For the worker."""
    if not mail.is_configured():
        return 0
    ahead = TrainingGuest.objects.filter(
        training__invited_at__isnull=False, training__starts_at__gt=at, is_unannounced=False
    )
    invited = ahead.filter(training__cancelled_at=None, mailed_at=None)
    # Who was never written to, after a class was called off, is not told of it by mail either: the desk lists them.
    called_off = ahead.filter(
        training__cancelled_at__isnull=False, mailed_at__isnull=False, called_off_at=None
    )
    return _each(invited, "mailed_at", _invitation, at) + _each(called_off, "called_off_at", _off, at)


def _each(
    waiting: QuerySet[TrainingGuest],
    marked: str,
    words: Callable[[TrainingClass], tuple[str, str]],
    at: datetime,
) -> int:
    reachable = waiting.filter(~Q(mail="") | Q(person__isnull=False))

    def letter(guest: TrainingGuest) -> Letter:
        mine = TrainingGuest.objects.filter(pk=guest.pk)
        subject, body = words(guest.training)
        return Letter(
            guest.mail.shown() or (address_of(guest.person) if guest.person is not None else ""),
            claim=lambda: mine.filter(**{marked: None}).update(**{marked: at}),
            send=lambda address: mail.hand_over(to=address, subject=subject, body=body),
            release=lambda: mine.update(**{marked: None}),
        )

    guests = reachable.select_related("training__unit", "person__newsroom_digest").order_by("pk")
    return send_once(letter(guest) for guest in guests)


@kept_in_vietnamese
def _invitation(training: TrainingClass) -> tuple[str, str]:
    lines = [
        _("Trân trọng kính mời ông/bà dự buổi học, lúc %s.") % when(training),
        "",
        _("Nội dung, địa điểm, giấy mời và tài liệu: %s") % _address(training),
    ]
    return _("Giấy mời dự buổi học"), "\n".join(lines)


@kept_in_vietnamese
def _off(training: TrainingClass) -> tuple[str, str]:
    lines = [
        _("Buổi học lúc %s đã hủy. Kính mong ông/bà thông cảm.") % when(training),
        "",
        _("Lý do: xem tại %s") % _address(training),
    ]
    return _("Buổi học đã hủy"), "\n".join(lines)


def _address(training: TrainingClass) -> str:
    return f"{str(settings.PUBLIC_URL).rstrip('/')}{reverse('class:page', args=[training.code])}"
