"""Taking a bulletin in on the desk, the keys of machines that send, and an approved bulletin as a file for below."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.broadcast import permissions
from dinhlang.broadcast.intake import actions, queries
from dinhlang.broadcast.intake.forms import IntakeForm, KeyForm
from dinhlang.broadcast.models import BulletinSource, IntakeKey
from dinhlang.broadcast.speech.finishing import BadSound
from dinhlang.broadcast.views.bulletins import body_to_write
from dinhlang.broadcast.views.seen import crumb, seen_bulletin
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, show_refusal, signed_in, slice_of, today
from dinhlang.org.views.managed import managed_body
from dinhlang.work.views.files import download

CRUMB = "broadcast:intake"


@never_cache
def intake(request: HttpRequest) -> HttpResponse:
    """Take in a file; what was taken in before, and who may send by machine. A new key is shown once."""
    body = body_to_write(request)
    form = IntakeForm(request.POST or None, request.FILES or None) if _does(request, "take") else IntakeForm()
    key_form = _key_form(request.POST if _does(request, "key") else None)
    secret = ""
    if form.is_bound and form.is_valid():
        answer = _take(request, body, form)
        if answer is not None:
            return answer
    elif key_form.is_bound and key_form.is_valid():
        secret = _give(request, body, key_form)
    return page(
        request,
        "broadcast/intake.html",
        _("Nhận bản tin của cấp trên"),
        crumbs=[crumb()],
        body=body,
        body_name=capfirst(org.title_of(body, today())),
        form=form,
        key_form=_key_form() if secret else key_form,
        secret=secret,
        keys=queries.keys_of(body),
        page=slice_of(request, queries.taken_in(body)),
        query=f"unit={body.pk}",
        may_plan=may(request, Permission.BROADCAST_PLAN, body, today()),
        api=request.build_absolute_uri(reverse("bulletin-api:openapi-json")),
    )


def _key_form(sent: QueryDict | None = None) -> KeyForm:
    """The form for a key; both forms of the page ask who sends, so its ids are others."""
    return KeyForm(sent, auto_id="key_%s")


def _does(request: HttpRequest, what: str) -> bool:
    return request.method == "POST" and request.POST.get("do") == what


def _take(request: HttpRequest, body: Unit, form: IntakeForm) -> HttpResponse | None:
    file = form.cleaned_data["file"]
    try:
        taken = actions.take_in_file(
            unit=body,
            data=file.read(),
            name=file.name or "",
            given=form.given(),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        show_refusal(form, reason)
        return None
    except BadSound as reason:
        form.add_error("file", str(reason))
        return None
    if taken.is_new:
        messages.success(request, _("Đã nhận bản tin. Đọc lại so với tệp gốc, rồi gửi duyệt."))
    else:
        messages.info(request, _("Tệp này đã nhận trước đây. Đây là bản tin của tệp."))
    for one in taken.told:
        messages.warning(request, one)
    return redirect("broadcast:bulletin", taken.bulletin.pk)


def _give(request: HttpRequest, body: Unit, form: KeyForm) -> str:
    try:
        _key, secret = actions.make_key(
            unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
    except Refused as reason:
        show_refusal(form, reason)
        return ""
    return secret


@require_POST
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key worth nothing."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    key = get_object_or_404(IntakeKey, pk=pk, unit=body)
    try:
        actions.revoke_key(key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi khóa. Máy dùng khóa này không gửi được nữa."))
    return redirect(f"{reverse(CRUMB)}?unit={body.pk}")


def source_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What came, as it came."""
    bulletin = seen_bulletin(request, pk)
    source = get_object_or_404(BulletinSource.objects.select_related("file"), bulletin=bulletin)
    return download(source.file, source.name or f"ban-tin-{pk}")


@require_POST
def bulletin_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The approved edition as a file for the stations below; noted in the audit."""
    bulletin = seen_bulletin(request, pk)
    if not permissions.can_write(signed_in(request), bulletin.unit, today()):
        raise Http404
    try:
        data = actions.file_of(bulletin, sender=capfirst(org.title_of(bulletin.unit, today())))
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("broadcast:bulletin", pk)
    audit(
        by=signed_in(request),
        at=timezone.now(),
        action="bulletin.file",
        target=bulletin,
        unit=bulletin.unit,
    )
    return HttpResponse(
        data,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="ban-tin-{pk}.json"'},
    )
