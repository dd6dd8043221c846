"""The points that the portal publishes: the list, typing one in, taking one back, the list as a table."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.org.views import (
    body_asked,
    filtered,
    looking_of,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.reports.models import PortalScore
from dinhlang.reports.quality import published, rules
from dinhlang.reports.quality.forms import ScoreFilter, ScoreForm


def _crumbs() -> list[tuple[str, str]]:
    return [
        (reverse("reports:reports"), _("Báo cáo")),
        (reverse("reports:quality"), _("Chất lượng phục vụ")),
    ]


def _asked(request: HttpRequest, on: date) -> tuple[ScoreFilter, QuerySet[PortalScore]]:
    rows = published.rows_of(sorted(looking_of(request).readable_ids))
    years = [day.year for day in rows.order_by().dates("last", "year", order="DESC")]
    form = ScoreFilter(request.GET or None, units=readable_units(request, on), years=years)
    return form, filtered(rows, form, text="source", year="last__year")


def scores(request: HttpRequest) -> HttpResponse:
    """Every row, those taken back struck through with the reason."""
    on = today()
    body, _bodies = body_asked(request, on)
    form, rows = _asked(request, on)
    shown = slice_of(request, rows)
    titles = org.titles_of({row.unit_id for row in shown}, on)
    may_write = {
        unit.pk: published.can_write(signed_in(request), unit, on)
        for unit in Unit.objects.filter(pk__in={row.unit_id for row in shown})
    }
    return page(
        request,
        "reports/quality/scores.html",
        _("Điểm Cổng Dịch vụ công quốc gia công bố"),
        crumbs=_crumbs(),
        body=body,
        rows=[
            (
                found := published.published(row),
                capfirst(titles[row.unit_id]),
                _groups(found),
                may_write[row.unit_id],
            )
            for row in shown
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_write=published.can_write(signed_in(request), body, on),
    )


def _groups(found: published.Published) -> list[tuple[rules.Group, object]]:
    return [(one, found.groups.get(one.code)) for one in rules.scheme_on(found.row.last).groups]


def score_new(request: HttpRequest) -> HttpResponse:
    """Type in what the portal publishes."""
    on = today()
    body, _bodies = body_asked(request, on)
    if not published.can_write(signed_in(request), body, on):
        raise Http404
    begun = on.replace(day=1)
    form = ScoreForm(
        posted(request)[0], on=on, initial={"key": uuid4(), "first": begun, "last": on, "seen_on": on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            published.write(
                unit=body,
                seen=form.seen,
                key=form.cleaned_data["key"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi điểm Cổng công bố."))
            return redirect(f"{reverse('reports:quality-scores')}?unit={body.pk}")
    return page(
        request,
        "reports/quality/score_new.html",
        _("Ghi điểm Cổng công bố"),
        crumbs=[*_crumbs(), (reverse("reports:quality-scores"), _("Điểm Cổng công bố"))],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
    )


@require_POST
def score_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a row out of the count, with the reason."""
    rows = published.rows_of(sorted(looking_of(request).readable_ids))
    found = get_object_or_404(rows.select_related("unit", "line__unit"), pk=pk)
    try:
        published.take_back(
            score=found, reason=request.POST.get("reason", ""), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã hủy ghi. Dòng vẫn còn trong danh sách, gạch ngang."))
    return redirect(f"{reverse('reports:quality-scores')}?unit={found.unit_id}")


@require_POST
def scores_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, rows = _asked(request, on)
    found = [published.published(row) for row in rows]
    counts = Counter(one.row.unit_id for one in found)
    org_actions.export_list(
        action="quality.export-scores", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    titles = org.titles_of(counts, on)
    groups = rules.scheme_on(on).groups
    header = [
        _("Đơn vị"),
        _("Từ ngày"),
        _("Đến ngày"),
        _("Điểm tổng"),
        *(one.name for one in groups),
        _("Ngày xem"),
        _("Xem ở đâu"),
        _("Người ghi"),
        _("Ghi lúc"),
        _("Lý do hủy"),
    ]
    lines: list[tables.Row] = [
        [
            capfirst(titles[one.row.unit_id]),
            f"{one.row.first:%d/%m/%Y}",
            f"{one.row.last:%d/%m/%Y}",
            float(one.total),
            *(float(one.groups[group.code]) if group.code in one.groups else "" for group in groups),
            f"{one.row.seen_on:%d/%m/%Y}",
            one.row.source,
            one.row.by.full_name if one.row.by else "",
            f"{timezone.localtime(one.row.at):%d/%m/%Y %H:%M}",
            one.reason,
        ]
        for one in found
    ]
    return tables.download(f"diem-cong-cong-bo-{on:%Y%m%d}", form, header, lines)
