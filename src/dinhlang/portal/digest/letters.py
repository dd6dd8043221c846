"""The mails: plain text and HTML side by side, readable on a phone, with nothing in them that is fetched or counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.rules import printed_day
from dinhlang.portal.digest.rules import is_ending, shortened
from dinhlang.portal.models import Item, Reader
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow

_SALT = "dinhlang.portal.digest"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail before it has a reader: what it is called, and what its templates are told."""

    subject: str
    kind: str
    told: dict[str, Any]


def sign(reader: Reader) -> str:
    """What the links of a reader carry. It holds as long as the reader is there; confirming has its own limit."""
    return signing.Signer(salt=_SALT).sign(reader.uid.hex)


def uid_of(token: str) -> str:
    """The reader's mark in a link; empty for one that we did not make."""
    try:
        return signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return ""


def link(name: str, reader: Reader) -> str:
    """The whole address of a page for one reader."""
    return absolute(None, reverse(f"digest:{name}", args=[sign(reader)]))


@kept_in_vietnamese
def news(site: SiteNow, items: Sequence[Item], more: int, on: date, *, ends_on: date | None = None) -> Letter:
    """The mail with what is new; `more` are those there was no room for."""
    to = Addresses(site)
    rows = [
        {
            "title": item.shown.title,
            "lead": shortened(item.shown.lead),
            "day": printed_day(localdate(item.published_at)) if item.published_at else "",
            "column": item.column.name,
            "address": absolute(site, to.item(item.column.slug, item.slug)),
        }
        for item in items
        if item.shown is not None and item.column is not None
    ]
    name = capfirst(site.name)
    first = rows[0]["title"] if rows else ""
    return Letter(
        subject=_("%(name)s: %(title)s") % {"name": name, "title": shortened(first, 90)},
        kind="news",
        told={
            "rows": rows,
            "more": more,
            "news": absolute(site, to.news),
            "day": printed_day(on),
            "ends": printed_day(ends_on) if ends_on is not None and is_ending(ends_on, on) else "",
        },
    )


@kept_in_vietnamese
def question(site: SiteNow, reader: Reader) -> Letter:
    """The one mail before consent: whether it was you."""
    return Letter(
        subject=_("Xác nhận nhận thư tin của %(name)s") % {"name": site.name},
        kind="question",
        told={"confirm": link("confirm", reader)},
    )


@kept_in_vietnamese
def already(site: SiteNow, reader: Reader) -> Letter:
    """For whoever asks again though they get it: the page says the same to everyone, only the mailbox learns it."""
    return Letter(
        subject=_("Bạn đang nhận thư tin của %(name)s") % {"name": site.name}, kind="already", told={}
    )


@kept_in_vietnamese
def bodies(site: SiteNow, letter: Letter, reader: Reader | None) -> tuple[str, str]:
    """A mail's plain text and its HTML; without a reader its links lead nowhere, for a look at it."""
    told = {
        **letter.told,
        "subject": letter.subject,
        "kind": letter.kind,
        "body": capfirst(site.body or site.name),
        "name": capfirst(site.name),
        "home": absolute(site, Addresses(site).home),
        "post_address": site.address,
        "leave": link("leave", reader) if reader is not None else "#",
        "choose": link("choose", reader) if reader is not None else "#",
    }
    text = render_to_string("portal/digest/mail.txt", told)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(lines).strip() + "\n", render_to_string("portal/digest/mail.html", told)


def addressed(
    site: SiteNow, letter: Letter, reader: Reader, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The mail for one reader, with one click to leave (RFC 8058) and no machine on holiday writing back (RFC 3834)."""
    text, html = bodies(site, letter, reader)
    headers = {
        "List-Id": f"<thu-tin.{site.path}.{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>",
        "List-Unsubscribe": f"<{link('leave', reader)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    message = EmailMultiAlternatives(
        letter.subject,
        text,
        to=[reader.address.shown()],
        headers=headers,
        reply_to=[site.email] if site.email else None,
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    return message
