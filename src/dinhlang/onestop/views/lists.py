"""The register as a list: searched, filtered, taken away as a table."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.forms import DossierFilter
from dinhlang.onestop.models import Dossier
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.views import asked_text, body_asked, page, query_without_page, signed_in, slice_of, today


def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers of a body."""
    on, at = today(), timezone.now()
    body, bodies = body_asked(request, on)
    form = DossierFilter(request.GET or None, units=bodies)
    people = permissions.can_see_people(signed_in(request), body, on)
    return page(
        request,
        "onestop/dossiers.html",
        _("Hồ sơ một cửa"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=slice_of(request, _asked(form, body, request, at=at, people=people)),
        query=query_without_page(request),
        people=people,
        may_register=permissions.can_register(signed_in(request), body, on),
    )


def _asked(
    form: DossierFilter, body: Unit, request: HttpRequest, *, at: datetime, people: bool
) -> QuerySet[Dossier]:
    asked = form.asked
    return queries.dossiers(
        [body.pk],
        queries.Asked(
            words=asked_text(request),
            state=asked.get("state", ""),
            timing=asked.get("timing", ""),
            channel=asked.get("channel", ""),
            first=asked.get("first"),
            last=asked.get("last"),
        ),
        at=at,
        people=people,
    )
