"""Which cases a person may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions
from dinhlang.citizens.models import Case
from dinhlang.org.views import signed_in, today


def seen_case(request: HttpRequest, pk: int) -> Case:
    """A case that the person may read; 404 otherwise."""
    case = get_object_or_404(
        Case.objects.select_related("unit", "hamlet", "part", "handler", "taken_by"), pk=pk
    )
    if not permissions.can_read(signed_in(request), case, today()):
        raise Http404
    return case


def crumb() -> tuple[str, str]:
    return reverse("citizens:cases"), _("Phản ánh, kiến nghị")
