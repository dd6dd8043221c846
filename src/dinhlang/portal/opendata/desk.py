"""The desk's page about the open data: what would be told, and the switch."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.rules import Permission
from dinhlang.org.views import page, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import Site
from dinhlang.portal.opendata import actions, telling
from dinhlang.portal.opendata.rules import LICENCE_ADDRESS
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute


def duties(request: HttpRequest) -> HttpResponse:
    """Whether everyone may read how the reports of a unit stand."""
    on = today()
    body = managed_body(request, on, Permission.REPORT_PUBLISH)
    site = Site.objects.select_related("unit").filter(unit=body).first()
    if request.method == "POST" and site is not None:
        opens = request.POST.get("do") == "open"
        actions.open_duties(site=site, opens=opens, by=signed_in(request), at=timezone.now())
        messages.success(
            request,
            _("Đã công khai tình hình nộp báo cáo.")
            if opens
            else _("Đã thôi công khai tình hình nộp báo cáo."),
        )
        return redirect(f"{reverse('publications:duties')}?unit={body.pk}")
    now = registry.now().by_pk.get(site.pk) if site else None
    return page(
        request,
        "portal/open_duties.html",
        _("Công khai tình hình nộp báo cáo"),
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        body=body,
        bodies=units_for(request, Permission.REPORT_PUBLISH, on),
        site=site,
        columns=telling.columns(),
        licence=LICENCE_ADDRESS,
        address=absolute(now, Addresses(now).standings) if now and now.is_open and now.opens_duties else "",
    )
