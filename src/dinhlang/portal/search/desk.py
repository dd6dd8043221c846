"""The desk's page about search: what nobody found, and what is put first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import Promoted, Unfound
from dinhlang.portal.search import actions
from dinhlang.portal.search.forms import PromotedForm
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, origin

_MOST_SHOWN = 100


def care(request: HttpRequest) -> HttpResponse:
    """Questions without an answer, the most frequent first, and the pages that are put first."""
    on = today()
    body = managed_body(request, on, Permission.SITE_MANAGE)
    site = registry.now().by_unit.get(body.pk)
    form = PromotedForm(
        posted(request)[0],
        prefix_of_site=site.prefix if site else "",
        hosts={request.get_host(), urlsplit(origin(site)).netloc},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.promote(unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã đưa trang lên đầu kết quả."))
            return _back(body)
    return page(
        request,
        "portal/search_desk.html",
        _("Tìm kiếm trên trang công khai"),
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        body=body,
        bodies=units_for(request, Permission.SITE_MANAGE, on),
        form=form,
        unfound=_unfound(body),
        promoted=list(Promoted.objects.filter(unit=body)),
        address=Addresses(site).search if site else "",
    )


@require_POST
def demote(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a page stand where its words put it again; the form to put it first again stays filled in."""
    bodies = units_for(request, Permission.SITE_MANAGE, today())
    promoted = get_object_or_404(Promoted.objects.filter(unit__in=bodies).select_related("unit"), pk=pk)
    actions.demote(promoted=promoted, by=signed_in(request), at=timezone.now())
    messages.success(
        request,
        _("Đã thôi đưa “%(title)s” lên đầu khi tìm “%(words)s”.")
        % {"title": promoted.title, "words": promoted.words},
    )
    return _back(promoted.unit)


def _unfound(body: Unit) -> list[dict[str, Any]]:
    found = (
        Unfound.objects.filter(unit=body)
        .values("words")
        .annotate(all=Sum("times"), last=Max("on"))
        .order_by("-all", "words")
    )
    return [dict(row) for row in found[:_MOST_SHOWN]]


def _back(body: Unit) -> HttpResponse:
    return redirect(f"{reverse('publications:search')}?unit={body.pk}")
