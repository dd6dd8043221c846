"""The five groups over any days: each part with its points, what was counted, and where; as a page and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.onestop.forms import BookForm
from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.views import body_asked, page, signed_in, today
from dinhlang.reports.quality import published, queries, rules
from dinhlang.reports.quality.rules import GroupScore


def quality(request: HttpRequest) -> HttpResponse:
    """The groups with their points, as far as our own registers go."""
    on = today()
    body, bodies = body_asked(request, on)
    first, last, form = _days(request, on)
    scheme = rules.scheme_on(last)
    groups, total = rules.scored(scheme, queries.measured(body, first, last, at=timezone.now()))
    where = queries.places(body, first, last)
    said = published.newest_within(body, first, last)
    least, most = total.points, total.points + total.maximum - total.known
    return page(
        request,
        "reports/quality/quality.html",
        _("Chất lượng phục vụ"),
        crumbs=[(reverse("reports:reports"), _("Báo cáo"))],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        first=first,
        last=last,
        form=form,
        scheme=scheme,
        groups=[
            (one, [(part, where.get(part.part.measure, "")) for part in one.parts], its)
            for one, its in zip(groups, published.beside(groups, said, first, last), strict=True)
        ],
        total=total,
        said=said,
        said_beside=published.difference(least, most, said.total) if said and total.known else "",
        said_other_days=said is not None and (said.row.first, said.row.last) != (first, last),
        may_write=published.can_write(signed_in(request), body, on),
        unchecked=any(not part.is_checked for group in scheme.groups for part in group.parts),
        asked=urlencode({"unit": body.pk, "first": first, "last": last}),
    )


@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, _bodies = body_asked(request, on)
    first, last, _form = _days(request, on)
    groups, _total = rules.scored(
        rules.scheme_on(last), queries.measured(body, first, last, at=timezone.now())
    )
    said = published.newest_within(body, first, last)
    rows = list(_rows(groups, published.beside(groups, said, first, last)))
    org_actions.export_list(
        action="quality.export",
        rows={body.pk: len(rows)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Mã"),
        _("Nội dung"),
        _("Điểm tối đa"),
        _("Đạt"),
        _("Trên tổng số"),
        _("Điểm"),
        _("Chưa có số liệu"),
        _("Cổng công bố"),
        _("So với Cổng"),
    ]
    return tables.download(f"chat-luong-phuc-vu-{body.pk}-{first:%Y%m%d}-{last:%Y%m%d}", form, header, rows)


def _rows(
    groups: Sequence[GroupScore], beside: Sequence[tuple[Decimal, str] | None]
) -> Iterator[list[str | float]]:
    for one, said in zip(groups, beside, strict=True):
        score = one.score
        yield [
            one.group.code,
            one.group.name,
            float(one.group.maximum),
            "",
            "",
            float(score.points) if score.known else "",
            "",
            *((float(said[0]), said[1]) if said else ("", "")),
        ]
        for part in one.parts:
            counted = part.measured
            yield [
                part.part.code,
                part.part.name,
                float(part.part.maximum),
                counted.reached if counted else "",
                counted.whole if counted else "",
                float(part.points) if part.points is not None else "",
                ""
                if part.points is not None
                else part.part.missing or _("không có gì để đếm trong các ngày này"),
                "",
                "",
            ]


def _days(request: HttpRequest, on: date) -> tuple[date, date, BookForm]:
    """The days asked for; this year until today when nothing that makes sense is asked."""
    usual = {"first": on.replace(month=1, day=1), "last": on}
    form = BookForm(request.GET if "first" in request.GET else None, initial=usual)
    if form.is_valid():
        if form.cleaned_data["last"] >= rules.first_day():
            return form.cleaned_data["first"], form.cleaned_data["last"], form
        form.add_error("last", _("Trước ngày 23/6/2022 chưa có bộ chỉ số này. Chọn ngày sau đó."))
    return usual["first"], usual["last"], form
