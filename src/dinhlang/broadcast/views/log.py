"""The air log as a station's log-book: on the page, as a table, on paper; taking back what was written by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.broadcast import actions, papers, queries
from dinhlang.broadcast.models import AirLogEntry
from dinhlang.broadcast.queries import BookRow
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb, month_asked, month_beside
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.rules import Permission
from dinhlang.org.views import body_asked, may, page, query_without_page, signed_in, slice_of, today
from dinhlang.org.views.managed import managed_body

_FORMS = (*tables.FORMS, "pdf")


def log(request: HttpRequest) -> HttpResponse:
    """The log-book of a month, with its sums and whether the chain holds."""
    on = today()
    body, bodies = body_asked(request, on)
    year, month = month_asked(request, on)
    first, last = airtime.days_of_month(year, month)
    rows = queries.book(body, first, last)
    return page(
        request,
        "broadcast/log.html",
        _("Sổ nhật ký phát thanh"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        month=first,
        month_key=f"{year}-{month:02d}",
        before=month_beside(year, month, -1),
        after=month_beside(year, month, 1),
        page=slice_of(request, rows),
        query=query_without_page(request),
        sums=queries.sums(rows),
        waiting=queries.waiting(body, on),
        broken=queries.first_wrong(body),
        checked_at=queries.checked_at(body),
        forms=(("xlsx", "Excel (.xlsx)"), ("csv", "CSV"), ("pdf", "PDF")),
        may_log=may(request, Permission.BROADCAST_LOG, body, on),
    )


@require_POST
def log_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The log-book of a month as a file; noted in the audit."""
    if form not in _FORMS:
        raise Http404
    on = today()
    body, _bodies = body_asked(request, on)
    year, month = month_asked(request, on)
    first, last = airtime.days_of_month(year, month)
    rows = queries.book(body, first, last)
    export_list(
        action="air.export", rows={body.pk: len(rows)}, form=form, by=signed_in(request), at=timezone.now()
    )
    name = f"so-nhat-ky-phat-thanh-{body.pk}-{year}-{month:02d}"
    if form == "pdf":
        made = papers.log_book(
            rows,
            queries.sums(rows),
            body=org.title_of(body, last),
            month=first,
            columns=_columns(),
            cells=_cells,
            on=on,
        )
        return papers.as_response(made, name)
    return tables.download(name, form, _columns(), _cells(rows))


def _columns() -> list[str]:
    """The columns of a station's log-book, and what is known beside them."""
    return [
        _("Ngày"),
        _("Buổi"),
        _("Bắt đầu"),
        _("Kết thúc"),
        _("Chương trình"),
        _("Nội dung"),
        _("Tác giả"),
        _("Thể loại"),
        _("Nguồn"),
        _("Thời lượng"),
        _("Cụm loa"),
        _("Thiết bị, sự cố"),
        _("Người phát"),
        _("Người duyệt"),
        _("Tình trạng"),
        _("Căn cứ"),
        _("Ghi chú"),
    ]


def _cells(rows: Sequence[BookRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [
            f"{row.day:%d/%m/%Y}",
            row.part,
            f"{row.starts:%H:%M}" if row.starts else "",
            f"{row.ends:%H:%M}" if row.ends else "",
            row.programme,
            row.title,
            row.writer,
            row.kind,
            row.source,
            f"{row.seconds // 60}:{row.seconds % 60:02d}",
            row.zone,
            row.equipment,
            row.presented_by,
            row.approved_by,
            str(row.standing.label),
            row.witness,
            row.note,
        ]


@require_POST
def log_take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back an entry that a person wrote by mistake."""
    body = managed_body(request, today(), Permission.BROADCAST_LOG)
    get_object_or_404(AirLogEntry, unit=body, number=number)
    do(
        request,
        lambda: actions.take_back_entry(
            unit=body,
            number=number,
            reason=request.POST.get("reason", ""),
            by=signed_in(request),
            at=timezone.now(),
        ),
        _("Đã rút lại dòng ghi nhầm. Cả hai dòng vẫn nằm trong sổ."),
    )
    return redirect(f"{reverse('broadcast:log')}?unit={body.pk}")
