"""Anyone checks a document: nothing is stored, nothing is remembered, and it is off unless the operator turns it on.

Whoever sends many is asked to wait: counted for ten minutes by a keyed hash of the address, never by the address. One
document is read at a time in a process, so that a stranger cannot hold up the people of the office.
"""

from __future__ import annotations

import hmac
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.archive import rules
from dinhlang.archive.checking import Checked, Filter, Stage, State, View, view_of
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.check import layout_of
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.read.pages.limits import Limits
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.limits import address_of

MOST_BYTES = 5 * 1024 * 1024
MOST_CHARACTERS = 200_000
MOST_TIMES = 10
WINDOW_SECONDS = 10 * 60
# What recognising a few pages takes; a longer scan is for the desk, where it waits in the background.
LIMITS = Limits(seconds=15, megabytes=512, pages=20)

_reading = threading.Lock()


class TooOften(Refused):
    """This address has sent enough for now, or another document is being read."""


@dataclass(frozen=True)
class Result:
    """A document that was checked, as the page shows it."""

    name: str
    view: View
    checked: Checked
    problems: list[dict[str, Any]]


def count(request: HttpRequest, at: datetime) -> None:
    """Count one document of this address. Raises `TooOften`."""
    window = int(at.timestamp()) // WINDOW_SECONDS
    said = f"{address_of(request)}|{window}".encode()
    key = "public-check:" + hmac.new(settings.SECRET_KEY.encode(), said, "sha256").hexdigest()[:32]
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    if cache.incr(key) > MOST_TIMES:
        raise TooOften(
            _("Bạn đã kiểm tra %(times)d văn bản trong ít phút qua. Hãy đợi mười phút rồi thử lại.")
            % {"times": MOST_TIMES}
        )


def check(data: bytes, name: str, at: datetime) -> Result:
    """Read and check a document in memory. Raises `Refused` with the reason."""
    _check_readable(data)
    if not _reading.acquire(blocking=False):
        raise TooOften(_("Máy đang đọc văn bản của người khác. Hãy thử lại sau ít giây."))
    try:
        reading = read_with_places(data, name, limits=LIMITS)
        if not reading.text.strip():
            told = next((one.message for one in reading.document.problems), "")
            raise Refused(
                _("Không đọc được chữ nào trong tệp. %(told)s")
                % {"told": told or _("Kiểm tra lại tệp đã chọn.")}
            )
        state = State(
            0,
            rules.shown_name(name),
            rules.form_of(data, name),
            Stage.READ,
            read=codec.to_json(reading.document),
            text=reading.text[:MOST_CHARACTERS],
        )
        layout = layout_of(data, reading.document.source.format, reading.decoded.sheets)
        checked = Checked(state, timezone.localdate(at), layout)
        return Result(state.name, view_of(checked, Filter()), checked, checked.problems)
    finally:
        _reading.release()


def _check_readable(data: bytes) -> None:
    if not data.strip():
        raise Refused(_("Không có chữ nào để kiểm tra. Chọn tệp khác hoặc dán lại nội dung."))
    if len(data) > MOST_BYTES:
        raise Refused(too_large())
    if rules.needs_password(data):
        raise Refused(_("Tệp có mật khẩu nên không đọc được. Mở tệp, bỏ mật khẩu, lưu lại rồi chọn tệp đó."))


def too_large() -> str:
    return _("Tệp nặng quá %(most)d MB. Tách văn bản thành nhiều tệp rồi kiểm tra từng tệp.") % {
        "most": MOST_BYTES // 1048576
    }
