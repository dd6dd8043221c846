"""Which dossiers a person may see, and what else their pages share."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules import clock
from dinhlang.onestop.rules.clock import Timing
from dinhlang.onestop.slips import SlipFile
from dinhlang.org.views import looking_of, signed_in, today

MARKS = {
    Timing.SOON: "wait",
    Timing.OVERDUE: "late",
    Timing.LATE: "late",
    Timing.STANDS: "calm",
    Timing.EARLY: "done",
    Timing.ON_THE_DAY: "done",
}


def seen_dossier(request: HttpRequest, pk: int) -> Dossier:
    """A dossier of a body whose matters the person reads; 404 otherwise."""
    found = Dossier.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("unit", "book", "held_by", "version__procedure"), pk=pk)


def own_dossier(request: HttpRequest, pk: int) -> Dossier:
    """As `seen_dossier`, of one whose applicant the person may see; 404 otherwise."""
    found = seen_dossier(request, pk)
    if not permissions.can_see_whose(signed_in(request), found, today()):
        raise Http404
    return found


def timing_of(dossier: Dossier, at: datetime) -> Timing:
    """How the dossier stands to its day now."""
    return clock.timing(
        state=dossier.state,
        due_at=dossier.due_at,
        resolved_at=dossier.resolved_at,
        at=at,
        soon=queries.SOON,
    )


def as_response(made: SlipFile) -> HttpResponse:
    """A file to look at (PDF) or to keep (.docx)."""
    shown = "inline" if made.name.endswith(".pdf") else "attachment"
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'{shown}; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
            # A sheet with a name on it is no page to keep in a browser.
            "Cache-Control": "no-store",
        },
    )


def crumb() -> tuple[str, str]:
    return reverse("onestop:dossiers"), _("Một cửa")
