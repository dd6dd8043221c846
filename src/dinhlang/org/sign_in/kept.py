"""Nothing typed is lost when a session ends: a form that comes too late is shown again, to be sent once more.

With a script, `keep.js` has the draft in the browser. This is the way without one: whoever posts to the desk without
a session, or with a form older than their session, gets a page that holds what was sent, in a form with a fresh
token. The server keeps nothing of it. The page is offered only when the browser says that the form was one of ours
(`Origin` or `Sec-Fetch-Site`), so that a stranger's page cannot put words into it; never for passwords.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from dinhlang.org.models import Person

Answer = Callable[[HttpRequest], HttpResponse]

SECRET_WORDS = ("password", "passphrase", "credential", "secret")
SHOWN = 300  # of a long text; the whole of it is sent


@dataclass(frozen=True)
class Typed:
    """What a form held: fields as they were sent, texts to show, names of files that must be chosen again."""

    fields: list[tuple[str, str]]
    shown: list[str]
    files: list[str]


class NothingLost:
    """Middleware: a form posted to the desk by nobody is kept on a page that leads to the sign-in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and is_of_the_desk(request) and not isinstance(request.user, Person):
            return without_a_session(request)
        return self.get_response(request)


def is_of_the_desk(request: HttpRequest) -> bool:
    """Whether a page of the desk is asked for, by its address alone."""
    return request.path.startswith(reverse("desk:home"))


def without_a_session(request: HttpRequest) -> HttpResponse:
    """401: to a script in its own words, to a person as a page with what was typed."""
    address = f"{reverse('desk:sign-in')}?{urlencode({'next': came_from(request)})}"
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=401)
        answer.headers["HX-Redirect"] = address
        return answer
    if "application/json" in request.headers.get("Accept", "") or request.content_type == "application/json":
        said = _("Phiên làm việc đã hết. Hãy đăng nhập lại.")
        # The scripts of the rooms show the words under names of their own.
        return JsonResponse(dict.fromkeys(("reason", "refused", "error"), said), status=401)
    return page(request, _("Phiên làm việc đã hết"), typed_in(request), sign_in=address, status=401)


def token_is_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form whose token does not fit: from our own pages it is shown again with a new one."""
    if request.method == "POST" and is_of_the_desk(request) and isinstance(request.user, Person):
        typed = typed_in(request)
        if typed is not None and (typed.fields or typed.files):
            return page(request, _("Kiểm tra rồi gửi lại"), typed, sign_in="", status=403)
    return csrf_failure(request, reason)


def page(request: HttpRequest, title: str, typed: Typed | None, *, sign_in: str, status: int) -> HttpResponse:
    context = {"title": title, "typed": typed, "sign_in": sign_in, "address": request.get_full_path()}
    response = render(request, "org/sign_in/kept.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed_in(request: HttpRequest) -> Typed | None:
    """What the form held; `None` when it was not one of ours, cannot be read, or holds a password."""
    if not is_ours(request):
        return None
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        files = [file.name or "" for _name, group in request.FILES.lists() for file in group]
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, BadRequest, UnicodeError):
        return None
    if any(word in name.lower() for name, _value in sent for word in SECRET_WORDS):
        return None
    fields = [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
    texts = [value.strip() for _name, value in fields if value.strip()]
    shown = [text if len(text) <= SHOWN else f"{text[:SHOWN]}…" for text in texts]
    return Typed(fields, shown, files)


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    origin = request.headers.get("Origin")
    if origin is not None:
        own = f"{request.scheme}://{request.get_host()}"
        return origin == own or origin in settings.CSRF_TRUSTED_ORIGINS
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def came_from(request: HttpRequest) -> str:
    """The page of the form, for the way back: where the browser says it was, else where the form went."""
    for written in (request.headers.get("HX-Current-URL"), request.headers.get("Referer")):
        parts = urlsplit(written or "")
        if parts.netloc == request.get_host() and parts.path.startswith(reverse("desk:home")):
            return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()
