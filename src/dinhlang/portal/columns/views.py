"""The page of columns: make the usual ones, add, rename, close and open again."""

from __future__ import annotations

from django.contrib import messages
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
from dinhlang.portal.columns import actions, rules
from dinhlang.portal.columns.forms import ColumnForm
from dinhlang.portal.models import Column


def columns(request: HttpRequest) -> HttpResponse:
    """The columns of one unit, and adding one."""
    on = today()
    body = managed_body(request, on, Permission.COLUMNS_MANAGE)
    form = ColumnForm(posted(request)[0])
    if form.is_bound and form.is_valid():
        try:
            column = actions.add_column(
                unit=body, name=form.cleaned_data["name"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã thêm chuyên mục “%(name)s”.") % {"name": column.name})
            return _back(body)
    found = list(Column.objects.filter(unit=body))
    return page(
        request,
        "portal/columns.html",
        _("Chuyên mục"),
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        body=body,
        bodies=units_for(request, Permission.COLUMNS_MANAGE, on),
        columns=found,
        usual=rules.usual_names(),
        form=form,
    )


@require_POST
def make_usual(request: HttpRequest) -> HttpResponse:
    """Make the usual columns of a unit."""
    body = managed_body(request, today(), Permission.COLUMNS_MANAGE)
    made = actions.make_usual_columns(unit=body, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã lập %(count)s chuyên mục.") % {"count": len(made)})
    return _back(body)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a column, close it or open it again."""
    bodies = units_for(request, Permission.COLUMNS_MANAGE, today())
    column = get_object_or_404(Column.objects.filter(unit__in=bodies).select_related("unit"), pk=pk)
    deed = request.POST.get("do", "")
    try:
        actions.change_column(
            column=column,
            name=request.POST.get("name", column.name),
            is_open={"close": False, "open": True}.get(deed, column.is_open),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã lưu chuyên mục “%(name)s”.") % {"name": column.name})
    return _back(column.unit)


def _back(body: Unit) -> HttpResponse:
    return redirect(f"{reverse('publications:columns')}?unit={body.pk}")
