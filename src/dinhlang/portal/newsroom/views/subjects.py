"""Beginning an item about what another room knows, from a button on its page there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in, today, visible_unit
from dinhlang.portal.newsroom import actions
from dinhlang.procedures.models import Decision, Version
from dinhlang.reports.practices.queries import practices_for


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draft an item about a decision on procedures or a version of one; the one that is there already is opened."""
    unit = visible_unit(request, request.POST.get("unit", ""), today())
    by, at = signed_in(request), timezone.now()
    try:
        if "decision" in request.POST:
            decision = get_object_or_404(Decision, pk=_number(request, "decision"))
            item, is_new = actions.write_about_decision(unit=unit, decision=decision, by=by, at=at)
        elif "practice" in request.POST:
            practice = get_object_or_404(practices_for([unit.pk]), pk=_number(request, "practice"))
            item, is_new = actions.write_about_practice(unit=unit, practice=practice, by=by, at=at)
        else:
            version = get_object_or_404(
                Version.objects.select_related("procedure"), pk=_number(request, "version")
            )
            item, is_new = actions.write_about_version(unit=unit, version=version, by=by, at=at)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(_back(request))
    if not is_new:
        messages.info(request, _("Đã có tin về việc này."))
        return redirect("newsroom:item", item.pk)
    messages.success(request, _("Đã soạn sẵn tin. Đọc lại, sửa lời rồi gửi duyệt."))
    return redirect("newsroom:edit", item.pk)


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _back(request: HttpRequest) -> str:
    """The page with the button."""
    from_ = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(from_, {request.get_host()}, require_https=request.is_secure())
    return from_ if is_ours else "procedures:list"
