"""Keys of apps that send feedback (Open311): given out, shown once, revoked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.actions import keys as actions
from dinhlang.citizens.forms import KeyForm
from dinhlang.citizens.models import Open311Key
from dinhlang.citizens.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body

_MOST_SHOWN = 200


@never_cache
def key_list(request: HttpRequest) -> HttpResponse:
    """The keys of a body; a new one is shown once, in the answer to the form."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_HANDLE)
    form, secret = KeyForm(posted(request)[0]), ""
    if form.is_valid():
        try:
            _key, secret = actions.make_key(
                unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            form = KeyForm()
    given = Open311Key.objects.filter(unit=body).select_related("made_by", "revoked_by")
    return page(
        request,
        "citizens/keys.html",
        _("Khóa ứng dụng gửi phản ánh"),
        crumbs=[crumb()],
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        secret=secret,
        keys=given[:_MOST_SHOWN],
    )


@require_POST
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key worth nothing."""
    on = today()
    bodies = units_for(request, Permission.CITIZENS_HANDLE, on)
    key = get_object_or_404(Open311Key.objects.select_related("unit"), pk=pk, unit__in=list(bodies))
    try:
        actions.revoke_key(key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi khóa. Ứng dụng dùng khóa này không gửi được nữa."))
    return redirect(f"{reverse('citizens:keys')}?{urlencode({'unit': key.unit_id})}")
