"""The installation's own first page, which leads to where whoever comes looks first."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dinhlang.org.models import Unit
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, finished, page
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.vietnamese.text import collation_key

_FROM_ABOVE = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """People of the house come to their desk, all others to the public face.

    That is the site of the highest unit, which lists those below it. Where several stand side by side they are listed
    here; an installation without any has only its desk.
    """
    if request.user.is_authenticated:
        return redirect("desk:home")
    found = highest(registry.now().by_unit.values())
    if not found:
        return redirect("desk:home")
    if len(found) == 1:
        return HttpResponseRedirect(_home(found[0]))
    answer = page(
        request,
        Place(None),
        "portal/site/front.html",
        _("Các xã, phường"),
        sites=[(one, _home(one)) for one in sorted(found, key=lambda one: collation_key(one.name))],
    )
    return finished(request, answer)


def highest(sites: Iterable[SiteNow]) -> list[SiteNow]:
    """The sites of the highest level that has any; those of units that are no more only when there are no others."""
    there = list(sites)
    standing = [one for one in there if one.ended_on is None] or there
    for level in _FROM_ABOVE:
        if found := [one for one in standing if one.level == level]:
            return found
    return standing


def _home(site: SiteNow) -> str:
    home = Addresses(site).home
    return absolute(site, home) if site.host else home
