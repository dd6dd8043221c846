"""Opening what a person sent by its code and PIN, and holding it open in a field of the page. Neither ever stands in an address."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dinhlang.portal.voices import limits

HOLDS_FOR = timedelta(hours=2)
_LONGEST = 40


class NotOpened(Exception):
    """Nothing is opened; the message says why to whoever asks."""

    status = 403


class WrongCode(NotOpened):
    """Code and PIN do not belong together, or there is no such code: it is one answer."""


class TooOften(NotOpened):
    """So many tries were wrong that no other is looked at for a while."""

    status = 429


class _Opened(Protocol):
    pk: int
    code: str


Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)


def by_code(
    request: HttpRequest,
    code: str,
    pin: str,
    *,
    read_code: Callable[[str], str],
    find: Callable[[str, str], Row | None],
) -> Row:
    """What `find` gives for the code and the PIN as they were typed. Raises `TooOften`, `WrongCode`; a wrong try is counted."""
    code = read_code(code[:_LONGEST])
    if not limits.may_look(request, code):
        raise TooOften(
            _("Đã nhập sai nhiều lần nên tạm khóa tra cứu. Đợi một giờ rồi thử lại, hoặc gọi điện cho xã.")
        )
    found = find(code, pin[:_LONGEST])
    if found is None:
        limits.note_wrong(request, code)
        raise WrongCode(_("Mã tra cứu hoặc mã bí mật chưa đúng. Xem lại phiếu nhận; mã bí mật có 6 chữ số."))
    return found


def held(row: _Opened, salt: str) -> str:
    """What the page carries in its field `opened`, signed for this kind of thing."""
    return signing.dumps([row.pk, row.code], salt=salt)


def again(request: HttpRequest, rows: QuerySet[Stored], salt: str) -> Stored | None:
    """The one of these rows that the page's field still holds open; None when it is no more, or never was."""
    try:
        pk, code = signing.loads(
            request.POST.get("opened", ""), salt=salt, max_age=int(HOLDS_FOR.total_seconds())
        )
    except (signing.BadSignature, ValueError):
        return None
    return rows.filter(pk=pk, code=code).first()
