"""What of a line and of a report may be open to all, in plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.officialdoc.model import Document, Paragraph, Table
from dinhlang.org.rules import Refused
from dinhlang.portal.models import PublicLine
from dinhlang.vietnamese import redaction
from dinhlang.vietnamese.redaction import Kind
from dinhlang.work.models import ActivityKind, ReformField


class CannotPublish(Refused):
    """The report cannot be opened to all, or closed again, now; the message says why and what to do."""


KINDS = {
    Kind.PERSON: gettext_lazy("tên người"),
    Kind.PHONE: gettext_lazy("số điện thoại"),
    Kind.ID_NUMBER: gettext_lazy("số giấy tờ"),
    Kind.ACCOUNT: gettext_lazy("số tài khoản"),
    Kind.PLATE: gettext_lazy("biển số xe"),
    Kind.ADDRESS: gettext_lazy("địa chỉ"),
    Kind.EMAIL: gettext_lazy("thư điện tử"),
    Kind.BIRTH_DATE: gettext_lazy("ngày sinh"),
    Kind.OTHER: gettext_lazy("thông tin riêng"),
}


# --- the words of a line --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicTitle:
    """How a line is called in public. `is_own` when these are its own words; `found` is what stood against them."""

    text: str
    is_own: bool
    found: tuple[Kind, ...] = ()


def public_title(title: str, kind: str, reform_field: str, wording: str | None) -> PublicTitle:
    """The title itself when an officer decided so, or nothing in it is personal; else only what sort of work it was."""
    found = kinds_in(title)
    if wording == PublicLine.Wording.OWN or (wording is None and not found):
        return PublicTitle(title, True, found)
    return PublicTitle(common_title(kind, reform_field), False, found)


@lru_cache(maxsize=2**16)
def kinds_in(title: str) -> tuple[Kind, ...]:
    """What sorts of personal data a title holds. Looking takes 50 µs, and the desk looks at each line of a report."""
    return tuple(
        dict.fromkeys(
            span.kind for line in title.splitlines() for span in redaction.spans(line, is_official=True)
        )
    )


def common_title(kind: str, reform_field: str) -> str:
    """'Hướng dẫn tại nơi tiếp nhận hồ sơ – Cải cách thủ tục hành chính'."""
    label = str(ActivityKind(kind).label)
    return f"{label} – {ReformField(reform_field).label}" if reform_field else label


# --- the links of a line --------------------------------------------------------------------------

# What these channels carry was made for everyone; the rest (a meeting, a counter) has its papers inside.
OPEN_CHANNELS = frozenset(
    {
        ActivityKind.WEBSITE,
        ActivityKind.SOCIAL,
        ActivityKind.RADIO,
        ActivityKind.BOARD,
        ActivityKind.BULLETIN,
        ActivityKind.LEAFLET,
        ActivityKind.POSTING,
    }
)
# Shelves of an office's or a person's own files: whoever has the link gets in, so the link is no public page.
_SHELVES = (
    "drive.google.com",
    "docs.google.com",
    "photos.app.goo.gl",
    "photos.google.com",
    "1drv.ms",
    "onedrive.live.com",
    "sharepoint.com",
    "dropbox.com",
    "icloud.com",
    "mega.nz",
    "fshare.vn",
    "mail.google.com",
    "chat.zalo.me",
)
_INSIDE = ("localhost", ".local", ".lan", ".internal", ".intranet", ".home.arpa")
_PARTING = re.compile(r"[-_/+.]")
_KEYS = (
    "token",
    "password",
    "passwd",
    "pass=",
    "secret",
    "apikey",
    "api_key",
    "signature=",
    "sig=",
    "auth",
    "session",
)


def is_open_address(url: str, *, may_name: bool = False) -> bool:
    """Whether a link leads to a page that is open to all, as far as its address tells.

    An address that names a person ('…/guong-sang-ba-nguyen-thi-lan') is held back unless it `may_name` one.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or parts.username is not None or port not in (None, 80, 443):
        return False
    if "." not in host or host.replace(".", "").isdigit() or ":" in host or host.endswith(_INSIDE):
        return False
    if any(host == shelf or host.endswith(f".{shelf}") for shelf in _SHELVES):
        return False
    asked = parts.query.lower()
    if any(key in asked for key in _KEYS):
        return False
    words = unquote(f"{parts.path} {parts.query} {parts.fragment}").replace("\n", " ")
    # Numbers as they stand; words with what parts those of an address read as spaces.
    found = {span.kind for span in redaction.spans(words, is_official=True)} - {Kind.PERSON, Kind.ADDRESS}
    found |= {span.kind for span in redaction.spans(_PARTING.sub(" ", words), is_official=True)}
    return not (found - {Kind.PERSON} if may_name else found)


# --- the words of a report ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a report's text that someone should read before it is open to all."""

    kind: Kind
    words: str
    around: str

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


_AROUND = 60


def passages(document: Document) -> list[Passage]:
    """Where the text of a report seems to name private people. Its letterhead, signature and recipients are official."""
    found: dict[tuple[Kind, str], Passage] = {}
    for text in _texts(document):
        for line in text.splitlines():
            for span in redaction.spans(line, is_official=True):
                words = line[span.start : span.end]
                around = line[max(0, span.start - _AROUND) : span.end + _AROUND]
                found.setdefault((span.kind, words), Passage(span.kind, words, around))
    return list(found.values())


def _texts(document: Document) -> Iterator[str]:
    yield document.subject or ""
    for blocks in (document.body, *(appendix.blocks for appendix in document.appendices)):
        for block in blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Table):
                yield from (cell for row in (block.header, *block.rows) for cell in row)


def check_open_words(text: str, field: str) -> None:
    """Words that will be read by all name nobody. Raises `CannotPublish`."""
    found = sorted(
        {
            str(KINDS[span.kind])
            for line in text.splitlines()
            for span in redaction.spans(line, is_official=True)
        }
    )
    if found:
        raise CannotPublish(
            _(
                "%(field)s sẽ hiện cho mọi người xem nhưng có %(found)s. Viết lại mà không nêu thông tin cá nhân."
            )
            % {"field": field, "found": ", ".join(found)}
        )


def short_hash(sha256: str) -> str:
    """Enough of a SHA-256 to know a file by, grouped to be read: 'a1b2 c3d4 e5f6'."""
    return " ".join(sha256[start : start + 4] for start in range(0, 12, 4))


def summary_of(kinds: Iterable[Kind]) -> str:
    """'tên người, số điện thoại'."""
    return ", ".join(str(KINDS[kind]) for kind in kinds)
