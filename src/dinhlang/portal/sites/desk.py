"""The desk's page about a unit's public site: make it, and say how the unit is reached."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import Site
from dinhlang.portal.sites import actions, registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.forms import SiteForm


def site(request: HttpRequest) -> HttpResponse:
    """The public site of one unit."""
    on = today()
    body = managed_body(request, on, Permission.SITE_MANAGE)
    found = Site.objects.filter(unit=body).first()
    form = SiteForm(posted(request)[0], initial=_initial(body, found))
    if form.is_bound and form.is_valid():
        try:
            _save(request, body, found, form)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu trang công khai."))
            return redirect(f"{reverse('publications:site')}?unit={body.pk}")
    now = registry.now().by_pk.get(found.pk) if found else None
    return page(
        request,
        "portal/site_desk.html",
        _("Trang công khai của đơn vị"),
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        body=body,
        bodies=units_for(request, Permission.SITE_MANAGE, on),
        form=form,
        site=found,
        address=absolute(now, Addresses(now).home) if now and now.is_open else "",
        hosts=list(found.hosts.all()) if found else [],
    )


def _initial(body: Unit, found: Site | None) -> dict[str, object]:
    if found is None:
        return {"path": body.pk[:60].strip("-"), "is_open": True}
    said: dict[str, object] = {name: getattr(found, name) for name in ("path", "is_open", *actions.WORDS)}
    return said | {"host": _main_host(found)}


def _main_host(found: Site) -> str:
    return found.hosts.filter(is_main=True).values_list("host", flat=True).first() or ""


@transaction.atomic
def _save(request: HttpRequest, body: Unit, found: Site | None, form: SiteForm) -> None:
    """All that the form says, or nothing of it."""
    given = form.cleaned_data
    by, at, words = signed_in(request), timezone.now(), {name: given[name] for name in actions.WORDS}
    if found is None:
        found = actions.make_site(unit=body, path=given["path"], by=by, at=at, words=words)
    else:
        actions.change_site(
            site=found, path=given["path"], is_open=given["is_open"], by=by, at=at, words=words
        )
    if given["host"] or _main_host(found):
        actions.move_to_host(site=found, host=given["host"], by=by, at=at)
