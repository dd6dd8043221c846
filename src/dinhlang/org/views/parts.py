"""The hamlets and departments of a body: listed, added, renamed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions, queries
from dinhlang.org.forms.people import EndPartForm, PartsForm, RenamePartForm
from dinhlang.org.models import Unit
from dinhlang.org.queries.standing import PARTS
from dinhlang.org.rules import Permission, Refused, printed_day
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.vietnamese.text import collation_key


def parts_crumb() -> tuple[str, str]:
    return (reverse("org:parts"), _("Thôn, bộ phận"))


def parts(request: HttpRequest) -> HttpResponse:
    """What the body is made of, and a form for more."""
    on = today()
    body = managed_body(request, on, Permission.PARTS_MANAGE)
    form = PartsForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_parts(
                body=body,
                level=form.level,
                kind=form.kind_word,
                names=form.cleaned_data["names"].splitlines(),
                starts_on=form.cleaned_data["starts_on"],
                legal_basis=form.cleaned_data["legal_basis"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã thêm %(count)s thôn, bộ phận.") % {"count": len(made)})
            return redirect(f"{reverse('org:parts')}?unit={body.pk}")
    rows = _rows(body)
    return page(
        request,
        "org/parts.html",
        _("Thôn, bộ phận"),
        body=body,
        bodies=units_for(request, Permission.PARTS_MANAGE, on),
        hamlets=[row for row in rows if row["unit"].level == Unit.Level.HAMLET and not row["ended"]],
        departments=[row for row in rows if row["unit"].level != Unit.Level.HAMLET and not row["ended"]],
        ended=[row for row in rows if row["ended"]],
        form=form,
    )


def _rows(body: Unit) -> list[dict[str, Any]]:
    on = today()
    units = Unit.objects.filter(placements__parent=body, level__in=PARTS).distinct()
    titles = queries.titles_of((unit.pk for unit in units), on)
    held: dict[str, int] = {}
    for post in queries.posts_in(body, on):
        held[post.unit_id] = held.get(post.unit_id, 0) + 1
    rows = [
        {
            "unit": unit,
            "name": capfirst(titles[unit.pk]),
            "posts": held.get(unit.pk, 0),
            "ended": unit.ends_on is not None and unit.ends_on <= on,
        }
        for unit in units
    ]
    return sorted(rows, key=lambda row: collation_key(row["name"]))


def part(request: HttpRequest, unit_id: str) -> HttpResponse:
    """One hamlet or department: another name from a day on, or its end."""
    on = today()
    unit = _managed_part(request, unit_id)
    now = queries.name_of(unit, on) or unit.names.first()
    asked = request.POST.get("do", "")
    sent = posted(request)[0]
    rename = RenamePartForm(
        sent if asked == "rename" else None,
        part=unit,
        now_called=now.kind if now else "",
        initial={"kind": now.kind if now else "", "name": now.name if now else "", "starts_on": on},
        prefix="rename",
    )
    end = EndPartForm(sent if asked == "end" else None, initial={"on": on}, prefix="end")
    by, at = signed_in(request), timezone.now()
    try:
        if rename.is_bound and rename.is_valid():
            given = {"kind": "", **rename.cleaned_data}
            actions.rename_part(part=unit, **given, by=by, at=at)
            messages.success(
                request, _("Đã đổi tên từ ngày %(day)s.") % {"day": printed_day(given["starts_on"])}
            )
            return redirect("org:parts")
        if end.is_bound and end.is_valid():
            actions.end_part(part=unit, **end.cleaned_data, by=by, at=at)
            messages.success(
                request, _("Đã kết thúc. Nhầm thì bấm Lấy lại ở danh sách đã kết thúc, cuối trang này.")
            )
            return redirect("org:parts")
    except Refused as reason:
        show_refusal(rename if rename.is_bound else end, reason)
    return page(
        request,
        "org/part.html",
        capfirst(queries.title_of(unit, on)),
        crumbs=[parts_crumb()],
        unit=unit,
        rename=rename,
        end=end,
        names=queries.names_through_time(unit),
    )


@require_POST
def part_restore(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Take back the end of a hamlet or department."""
    unit = _managed_part(request, unit_id)
    try:
        actions.restore_part(part=unit, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã lấy lại."))
    return redirect("org:parts")


def _managed_part(request: HttpRequest, unit_id: str) -> Unit:
    """A hamlet or department that is or was part of a body the person manages; 404 otherwise."""
    bodies = units_for(request, Permission.PARTS_MANAGE, today())
    found = Unit.objects.filter(pk=unit_id, level__in=PARTS, placements__parent__in=bodies).first()
    if found is None:
        raise Http404
    return found
