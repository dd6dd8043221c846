"""Pages about units: whose name is public, and what is known of each through time."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dinhlang.org import queries
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import asked_text, may, page, today
from dinhlang.vietnamese.text import collation_key

MOST_FOUND = 50


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """Search for a unit by name or code. Names of units are public; their matters are not shown here."""
    on = today()
    asked = asked_text(request)
    own = queries.home_units(request.user, on)
    titles = queries.titles_of((unit.pk for unit in own), on)
    parts = {unit.pk: queries.names_of_parts(unit, on).values() for unit in own}
    found = queries.find(asked, limit=MOST_FOUND) if asked else []
    above = queries.parents_of(name.unit_id for name in found)
    return page(
        request,
        "org/units.html",
        _("Đơn vị"),
        asked=asked,
        found=[(name, above.get(name.unit_id, "")) for name in found],
        most=MOST_FOUND,
        own=[
            {
                "unit": unit,
                "name": capfirst(titles[unit.pk]),
                "parts": sorted(parts[unit.pk], key=lambda name: collation_key(name.full)),
                "may_change": may(request, Permission.PARTS_MANAGE, unit, on),
            }
            for unit in own
        ],
    )


@require_GET
def unit_detail(request: HttpRequest, unit_id: str) -> HttpResponse:
    """A unit through time: its names, where it stood, who came before and after, to whom it reports."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    on = today()
    return page(
        request,
        "org/unit.html",
        capfirst(queries.title_of(unit, on)),
        crumbs=[(reverse("org:units"), _("Đơn vị"))],
        unit=unit,
        history={heading: lines for heading, lines in queries.history(unit).items() if lines},
        exists=queries.exists_on(unit, on),
        parts=sorted(queries.names_of_parts(unit, on).values(), key=lambda name: collation_key(name.full)),
    )
