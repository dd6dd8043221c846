"""What every public page shares: how it is looked at, how long it may be kept, and how it says that it is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

# How a page may be looked at, by the cookie that keeps it; the first of each is what a newcomer gets.
CHOICES = {
    "text": ("100", "115", "130"),
    "contrast": ("usual", "more"),
    "theme": ("auto", "light", "dark"),
}

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def looks(request: HttpRequest) -> dict[str, str]:
    """How this person looks at pages; anything unknown is as if it were not said."""
    return {
        name: kept if (kept := request.COOKIES.get(name, "")) in choices else choices[0]
        for name, choices in CHOICES.items()
    }


def public(view: View[P]) -> View[P]:
    """A page open to all: may be kept by anyone, but is asked for anew each time, so that what is withdrawn is gone at once.

    A page that did not change is answered with 304. It differs only by how it is looked at.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "public, no-cache")
        patch_vary_headers(answer, ["Cookie"])
        if answer.status_code != 200:
            return answer
        if not answer.has_header("ETag"):
            set_response_etag(answer)
        return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer

    return answered


def keep_file(answer: HttpResponse, sha256: str) -> HttpResponse:
    """A file that never changes, named by what it contains."""
    answer.headers["ETag"] = quote_etag(sha256)
    return answer


def page(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A public page."""
    given = {"title": title, "looks": looks(request), "canonical": absolute(request.path), **context}
    return render(request, f"portal/public/{template}", given, status=status)


def absolute(path: str) -> str:
    """The address under which the installation is known outside."""
    return urljoin(settings.PUBLIC_URL, path)


def not_there(request: HttpRequest) -> HttpResponse:
    """There is no such page: the same answer for what never was and for what is not published."""
    return page(request, "not_there.html", _("Không tìm thấy trang"), status=404)
