"""The steps of a unit, who signs for its head, and its keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org
from dinhlang.org import queries as people
from dinhlang.org.models import Person, SigningKey, SigningMandate, Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.rules.signing import Mandate
from dinhlang.org.views import may, page, show_refusal, signed_in, today, visible_unit
from dinhlang.reports.approval import actions, forms, queries
from dinhlang.reports.approval.queries.paths import in_order
from dinhlang.reports.views.found import list_crumb


@never_cache
@sensitive_post_parameters("passphrase")
def setup(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Show and set the steps, mandates and keys; each form is one act."""
    unit = _unit(request, unit_id)
    on, at = today(), timezone.now()
    path = queries.path_of(unit, on)
    everyone = in_order({post.person for post in people.posts_in(unit, on)})
    signers = in_order(people.holders(unit, Permission.REPORT_ISSUE, on))
    wanted = request.POST.get("do", "") if request.method == "POST" else ""
    all_forms = {
        "path": forms.PathForm(
            request.POST if wanted == "path" else None,
            people=everyone,
            initial={
                "has_head": path.has_head,
                "head": str(path.head.pk) if path.head else "",
                "own_reason": path.own_reason,
            },
        ),
        "mandate": forms.MandateForm(
            request.POST if wanted == "mandate" else None, people=everyone, initial={"starts_on": on}
        ),
        "key": forms.KeyForm(
            request.POST if wanted == "key" else None,
            request.FILES if wanted == "key" else None,
            people=in_order({*signers, *_told(unit, on)}),
        ),
    }
    form = all_forms.get(wanted)
    if form is not None and form.is_valid():
        try:
            said = _act(wanted, form, unit, signed_in(request))
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, said)
            return redirect("reports:approval-setup", unit.pk)
    return page(
        request,
        "reports/approval/setup.html",
        _("Các bước duyệt báo cáo"),
        crumbs=[list_crumb()],
        status=422 if form is not None else 200,
        unit=unit,
        unit_name=people.title_of(unit, on),
        path=path,
        heads=path.heads(on),
        forms=all_forms,
        mandates=SigningMandate.objects.filter(unit=unit).select_related("person").order_by("-pk")[:20],
        keys=[
            (key, key.ends_at < at, key.ends_at < at + people.ENDS_SOON)
            for key in SigningKey.objects.filter(unit=unit, retired_at=None).select_related("person")
        ],
        today=on,
    )


def _told(unit: Unit, on: Any) -> set[Person]:
    rows = SigningMandate.objects.in_force(on).filter(unit=unit).select_related("person")
    return {row.person for row in rows}


def _act(wanted: str, form: Any, unit: Unit, by: Person) -> str:
    at, given = timezone.now(), form.cleaned_data
    if wanted == "path":
        actions.set_path(
            unit=unit,
            has_head=given["has_head"],
            head=form.chosen,
            own_reason=given["own_reason"],
            legal_basis=given["legal_basis"],
            by=by,
            at=at,
        )
        return _("Đã đặt các bước duyệt. Báo cáo đang trình giữ nguyên bước của nó.")
    if wanted == "mandate":
        org.give_mandate(
            unit=unit,
            person=form.chosen,
            kind=Mandate(given["kind"]),
            title=given["title"],
            legal_basis=given["legal_basis"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=by,
            at=at,
        )
        return _("Đã ghi việc giao ký.")
    org.add_key(
        unit=unit,
        person=form.chosen,
        data=given["file"].read(),
        passphrase=given["passphrase"],
        picture=given["picture"].read() if given["picture"] else b"",
        by=by,
        at=at,
    )
    return _("Đã thêm khóa ký số. Mật khẩu của khóa không được lưu.")


def _unit(request: HttpRequest, unit_id: str) -> Unit:
    on = today()
    unit = visible_unit(request, unit_id, on)
    if not may(request, Permission.REPORT_ISSUE, unit, on):
        raise Http404
    return unit


@require_POST
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate from today on."""
    mandate = get_object_or_404(SigningMandate.objects.select_related("unit"), pk=pk)
    unit = _unit(request, mandate.unit_id)
    try:
        org.end_mandate(mandate=mandate, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thôi giao ký."))
    return redirect("reports:approval-setup", unit.pk)


@require_POST
def key_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a key no more."""
    key = get_object_or_404(SigningKey.objects.select_related("unit"), pk=pk)
    unit = _unit(request, key.unit_id)
    try:
        org.retire_key(key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thôi dùng khóa. Văn bản đã ký bằng khóa này vẫn có giá trị."))
    return redirect("reports:approval-setup", unit.pk)
