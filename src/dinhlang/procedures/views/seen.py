"""Which body's catalogue a person looks at, and which procedures they may see."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.views import looking_of
from dinhlang.procedures import queries
from dinhlang.procedures.models import Place, Procedure


def seen_procedure(request: HttpRequest, pk: int, on: date) -> tuple[Procedure, Unit]:
    """A procedure with the body as whose it is looked at; 404 when it is of a catalogue the person does not see."""
    found = get_object_or_404(Procedure.objects.select_related("unit"), pk=pk)
    body = seen_by(request, found.unit, on)
    if body is None:
        raise Http404
    return found, body


def seen_by(request: HttpRequest, unit: Unit, on: date) -> Unit | None:
    """As whose the person looks at this unit's catalogue: its own, or a body of theirs below it; else `None`."""
    looking = looking_of(request)
    if unit.pk in looking.readable_ids:
        return unit
    return next((home for home in looking.home_units if unit.pk in queries.catalogue_ids(home, on)), None)


def seen_place(request: HttpRequest, pk: int) -> Place:
    """A place of a body that the person may see; 404 otherwise."""
    return get_object_or_404(
        Place.objects.filter(unit__in=looking_of(request).readable_ids).select_related("unit"), pk=pk
    )


def crumb() -> tuple[str, str]:
    return reverse("procedures:list"), _("Thủ tục hành chính")
