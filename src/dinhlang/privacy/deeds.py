"""Doing one thing from the page of a request or of a breach: what was typed, which deed, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in, tell_refusal

Deed = tuple[Callable[[HttpRequest, dict[str, Any]], None], Any]
"""What is done with what was sent, and what is said when it is done."""


def said(request: HttpRequest, name: str = "words") -> str:
    """What was typed under a name; '' for nothing."""
    return request.POST.get(name, "").replace("\0", "")


def do(
    request: HttpRequest,
    deeds: Mapping[str, Deed],
    given: dict[str, Any],
    *,
    page: Callable[[], HttpResponse],
    address: str,
) -> HttpResponse:
    """Do the deed that was asked for to what is `given`, and go to its address.

    Refused, the page stands there with what was typed. Raises `Http404` for no deed.
    """
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    act, told = deed
    try:
        act(request, {**given, "by": signed_in(request), "at": timezone.now()})
    except Refused as reason:
        tell_refusal(request, reason)
        return page()
    messages.success(request, str(told))
    return redirect(address)
