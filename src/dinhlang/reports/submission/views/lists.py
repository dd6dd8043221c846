"""What was handed in, as a list: received by whoever looks from above, sent by the unit itself."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    looking_of,
    page,
    query_without_page,
    readable_units,
    signed_in,
    slice_of,
    today,
)
from dinhlang.periods.identifier import Period
from dinhlang.reports.models import Submission
from dinhlang.reports.submission import forms, queries
from dinhlang.reports.submission.rules.receipts import printed_number
from dinhlang.reports.submission.views.one import list_title
from dinhlang.reports.views.found import list_crumb


def _asked(request: HttpRequest, on: date) -> tuple[forms.SubmissionFilter, QuerySet[Any]]:
    """The filter, and the submissions that it asks for, last received first."""
    seen = queries.submissions_for(request.user, on)
    years = [day.year for day in seen.order_by().dates("received_at", "year", order="DESC")]
    form = forms.SubmissionFilter(request.GET or None, units=readable_units(request, on), years=years)
    asked = _with_words(seen, form)
    if year := form.asked.get("year"):
        asked = asked.filter(received_at__year=year)
    columns = {
        "unit": "obligation__unit",
        "programme": "obligation__programme",
        "state": "state",
        "way": "way",
    }
    for name, column in columns.items():
        if value := form.asked.get(name):
            asked = asked.filter(**{column: value})
    return form, asked.order_by("-received_at", "-pk")


def _with_words(seen: QuerySet[Any], form: forms.SubmissionFilter) -> QuerySet[Any]:
    """Those whose title, number or receipt has the words, with marks or without (as `org.views.filtered`)."""
    if not form.words:
        return seen
    known = seen.order_by().values_list("pk", "subject", "symbol", "receipt_number", "receipt_year")
    return seen.filter(
        pk__in=[
            pk
            for pk, subject, symbol, number, year in known
            if form.fits(f"{subject} {symbol} {printed_number(number, year)}")
        ]
    )


def submissions(request: HttpRequest) -> HttpResponse:
    """What the person's units handed in, and what was received of those below."""
    on = today()
    form, asked = _asked(request, on)
    shown = slice_of(request, asked.defer("document"))
    titles = org.titles_of({one.obligation.unit_id for one in shown}, on)
    looking = looking_of(request)
    return page(
        request,
        "reports/submission/list.html",
        list_title(request),
        crumbs=[list_crumb()],
        rows=[
            (
                one,
                capfirst(titles[one.obligation.unit_id]),
                printed_number(one.receipt_number, one.receipt_year),
            )
            for one in shown
        ],
        page=shown,
        query=query_without_page(request),
        form=form,
        decides=Permission.SUBMISSION_DECIDE in looking.permissions,
        gives_keys=Permission.SUBMISSION_KEYS in looking.permissions,
    )


@require_POST
def submissions_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the filter asks for, as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, asked = _asked(request, on)
    found = list(
        asked.defer("document").annotate(
            all_figures=Count("figures"), evidenced=Count("figures", filter=Q(figures__has_evidence=True))
        )
    )
    counts = Counter(one.obligation.unit_id for one in found)
    org_actions.export_list(
        action="submission.export", rows=counts, form=form, by=signed_in(request), at=timezone.now()
    )
    titles = org.titles_of(counts, on)
    header = [
        _("Báo cáo"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Kỳ"),
        _("Lần nộp"),
        _("Số, ký hiệu"),
        _("Ngày văn bản"),
        _("Nộp lúc"),
        _("Nhận lúc"),
        _("Số tiếp nhận"),
        _("Cách nộp"),
        _("Trạng thái"),
        _("Số liệu"),
        _("Có minh chứng"),
        _("Mã băm"),
    ]
    return tables.download(
        f"bao-cao-nhan-duoc-{on:%Y%m%d}",
        form,
        header,
        (_row(one, titles[one.obligation.unit_id]) for one in found),
    )


def _row(one: Any, unit: str) -> list[str | int]:
    owed: Submission = one
    period = owed.obligation.period
    return [
        owed.subject or owed.obligation.subject,
        owed.obligation.unit_id,
        unit,
        Period.parse(period).label if period else "",
        owed.number,
        owed.symbol,
        f"{owed.document_on:%d/%m/%Y}" if owed.document_on else "",
        f"{localtime(owed.submitted_at):%d/%m/%Y %H:%M}",
        f"{localtime(owed.received_at):%d/%m/%Y %H:%M}",
        printed_number(owed.receipt_number, owed.receipt_year),
        str(owed.get_way_display()),
        str(owed.get_state_display()),
        one.all_figures,
        one.evidenced,
        owed.digest,
    ]
