"""The first page of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.org.views import looking_of, page
from dinhlang.portal import queries


def home(request: HttpRequest) -> HttpResponse:
    """What awaits the person in each of their units."""
    looking = looking_of(request)
    return page(
        request,
        "portal/home.html",
        _("Bàn làm việc"),
        desks=queries.desks(looking),
        overview=queries.overview(looking),
        on=looking.on,
        days_ahead=queries.DAYS_AHEAD,
    )


def shortcuts(request: HttpRequest) -> HttpResponse:
    """Which keys lead where."""
    return page(request, "portal/shortcuts.html", _("Phím tắt"))
