"""What of the radio a person may see: bulletins, programmes and sessions of the bodies they read."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import Bulletin, Session
from dinhlang.org.views import looking_of


def seen_bulletin(request: HttpRequest, pk: int) -> Bulletin:
    """A bulletin of a body that the person may see; 404 otherwise."""
    found = Bulletin.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(
        found.select_related("unit", "draft__recording", "approved__recording", "task", "author", "original"),
        pk=pk,
    )


def seen_session(request: HttpRequest, pk: int) -> Session:
    """A session of a body that the person may see; 404 otherwise."""
    found = Session.objects.filter(programme__unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("programme__unit", "slot"), pk=pk)


def month_asked(request: HttpRequest, on: date) -> tuple[int, int]:
    """The month that the address asks for (?thang=2023-07), else this one; 404 for what is none."""
    asked = request.GET.get("thang", "")
    if not asked:
        return on.year, on.month
    year, _dash, month = asked.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) <= 2):
        raise Http404
    if not (2000 <= int(year) <= 2098 and 1 <= int(month) <= 12):
        raise Http404
    return int(year), int(month)


def month_beside(year: int, month: int, step: int) -> str:
    """The month before or after, as the address has it."""
    number = year * 12 + month - 1 + step
    return f"{number // 12}-{number % 12 + 1:02d}"


def crumb() -> tuple[str, str]:
    return reverse("broadcast:bulletins"), _("Phát thanh")
