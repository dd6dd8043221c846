"""What APIs for other machines have in common: a key in the header, readable JSON, what is wrong as one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import HttpBearer

from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.limits import address_of

_MOST_WRONG, _WITHIN = 20, timedelta(minutes=10)


class Readable(JSONRenderer):
    """Vietnamese stays readable."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


class Wrong(Exception):
    """What is asked cannot be done; the sentence says why, `more` what a program needs to go on."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.told = status, {"message": message, **more}


class Key(HttpBearer):
    """`Authorization: Bearer …`: a key that stands for its owner; an address that tries many is told to wait.

    `counted` names the tries of one kind of key. `opened` gives what a secret stands for at a moment, or raises `none`.
    """

    def __init__(self, counted: str, opened: Callable[[str, datetime], Any], none: type[Refused]) -> None:
        super().__init__()
        self._counted, self._opened, self._none = counted, opened, none

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        who = f"{self._counted}:{address_of(request)}"
        if was_too_often(who, most=_MOST_WRONG):
            raise Wrong(429, _("Sai khóa quá nhiều lần. Xin đợi mười phút."))
        try:
            return self._opened(token, timezone.now())
        except self._none as reason:
            is_too_often(who, most=_MOST_WRONG, within=_WITHIN)
            raise Wrong(401, str(reason)) from None


def said(status: int, told: Mapping[str, Any]) -> HttpResponse:
    """What is wrong, as JSON that nobody keeps."""
    return HttpResponse(
        json.dumps(told, ensure_ascii=False),
        content_type="application/json; charset=utf-8",
        status=status,
        headers={"Cache-Control": "no-store"},
    )


def _where(wrong: ValidationError) -> str:
    """The first value that is missing or wrong, as a path inside what was sent."""
    # The first two parts say where it stood (body, query) and how our code calls that.
    found = [str(part) for part in wrong.errors[0]["loc"]] if wrong.errors else []
    return ".".join(found[2:] or found[-1:])


def tell_what_is_wrong(api: NinjaAPI, *, no_key: Promise, busy: Promise) -> None:
    """Answer every fault of the API with a sentence; what the rules refuse is for the API itself to say."""

    @api.exception_handler(Wrong)
    def wrong_said(_request: HttpRequest, wrong: Wrong) -> HttpResponse:
        return said(wrong.status, wrong.told)

    @api.exception_handler(AuthenticationError)
    def without_key(_request: HttpRequest, _reason: AuthenticationError) -> HttpResponse:
        return said(401, {"message": str(no_key)})

    @api.exception_handler(ValidationError)
    def invalid(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
        words = _("Yêu cầu thiếu hoặc sai giá trị ở “%(where)s”. Xem mô tả OpenAPI của địa chỉ này.")
        return said(422, {"message": words % {"where": _where(wrong)}})

    @api.exception_handler(HttpError)
    def unreadable(_request: HttpRequest, reason: HttpError) -> HttpResponse:
        # All that the library itself raises so: a body that is no JSON.
        return said(reason.status_code, {"message": _("Nội dung gửi lên không phải JSON đọc được.")})

    @api.exception_handler(DatabaseError)
    def away(_request: HttpRequest, _reason: DatabaseError) -> HttpResponse:
        answer = said(503, {"message": str(busy)})
        answer.headers["Retry-After"] = "60"
        return answer

    @api.exception_handler(Exception)
    def unforeseen(_request: HttpRequest, reason: Exception) -> HttpResponse:
        # Ours to mend: let the frame around all pages see it.
        raise reason
