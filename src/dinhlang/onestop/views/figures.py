"""Figures of the register by field, as Biểu 06 has them, and the dossiers behind each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.onestop import queries
from dinhlang.onestop.forms import BookForm
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules.figures import FORM_06, Figures
from dinhlang.onestop.rules.regimes import limits_on
from dinhlang.onestop.views.lists import dossiers_file
from dinhlang.onestop.views.seen import MARKS, crumb, timing_of
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.views import body_asked, page, query_without_page, signed_in, slice_of, today

NAMES: Mapping[int, str | Promise] = {
    3: gettext_lazy("Tổng nhận giải quyết"),
    4: gettext_lazy("Nhận trực tuyến"),
    5: gettext_lazy("Nhận trực tiếp, bưu chính"),
    6: gettext_lazy("Từ kỳ trước chuyển sang"),
    7: gettext_lazy("Đã giải quyết"),
    8: gettext_lazy("Giải quyết trước hạn"),
    9: gettext_lazy("Giải quyết đúng hạn"),
    10: gettext_lazy("Giải quyết quá hạn"),
    11: gettext_lazy("Đang giải quyết"),
    12: gettext_lazy("Đang giải quyết, trong hạn"),
    13: gettext_lazy("Đang giải quyết, quá hạn"),
}
# Counts that stand in no form, by the names that addresses have for them.
OTHERS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "trong-han": (gettext_lazy("Giải quyết trước hạn, đúng hạn"), ("early", "on_the_day")),
    "ban-dien-tu": (gettext_lazy("Đã giải quyết, trả bản điện tử"), ("electronic",)),
}
LEFT = "rut"
"""Dossiers that were withdrawn or stopped are in no column but the third."""
ASKED_LATE = "bo-sung-cham"
"""Dossiers whose missing papers were asked for too long after receipt are in no column of Biểu 06."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count and where the dossiers behind it are listed; a zero has none."""

    name: str
    count: int
    url: str


def figures(request: HttpRequest) -> HttpResponse:
    """Dossiers by field from a day until a day, the sum below; each count leads to its dossiers."""
    on = today()
    body, bodies = body_asked(request, on)
    first, last, form = _days(request, on)
    by_field = queries.figures_by_field(body, first, last)
    whole = sum(by_field.values(), Figures())
    rows = [
        (name or _("Chưa ghi lĩnh vực"), _cells(body, one, first, last, name))
        for name, one in by_field.items()
    ]
    return page(
        request,
        "onestop/figures.html",
        _("Số liệu theo lĩnh vực"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        first=first,
        last=last,
        form=form,
        rows=rows,
        total=_cells(body, whole, first, last, None),
        whole=whole,
        left=Cell("", whole.left, _behind(body, first, last, LEFT, None)),
        asked_late=Cell(
            "", len(queries.asked_late([body.pk], first, last)), _behind(body, first, last, ASKED_LATE, None)
        ),
        limits=limits_on(last),
        kinds=tables.KINDS,
        query=urlencode({"unit": body.pk, "first": first, "last": last}),
    )


@require_POST
def figures_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table as a file, the sum in its last row; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, _bodies = body_asked(request, on)
    first, last, _days_form = _days(request, on)
    by_field = queries.figures_by_field(body, first, last)
    export_list(
        action="dossier.figures",
        rows={body.pk: len(by_field)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [_("Lĩnh vực"), *(f"{name} ({number})" for number, name in NAMES.items())]
    lines = [(name or _("Chưa ghi lĩnh vực"), one) for name, one in by_field.items()]
    lines.append((_("Tổng số"), sum(by_field.values(), Figures())))
    rows: list[tables.Row] = [[name, *(one.column(number) for number in FORM_06)] for name, one in lines]
    return tables.download(f"bieu-06-{body.pk}-{first:%Y%m%d}-{last:%Y%m%d}", form, header, rows)


def behind(request: HttpRequest, column: str) -> HttpResponse:
    """The dossiers that one count counts, without anybody's name."""
    on, at = today(), timezone.now()
    body, _bodies = body_asked(request, on)
    first, last, _form = _days(request, on)
    field = request.GET.get("linh-vuc")
    name, found = _behind_it(body, first, last, column, field)
    rows = slice_of(request, found)
    days = urlencode({"unit": body.pk, "first": first, "last": last})
    return page(
        request,
        "onestop/behind.html",
        name,
        crumbs=[crumb(), (f"{reverse('onestop:figures')}?{days}", _("Số liệu theo lĩnh vực"))],
        body_name=capfirst(org.title_of(body, on)),
        first=first,
        last=last,
        field=field if field is None else field or _("Chưa ghi lĩnh vực"),
        page=rows,
        rows=[(one, timing := timing_of(one, at), MARKS.get(timing, "")) for one in rows],
        query=query_without_page(request),
        column=column,
        kinds=tables.KINDS,
    )


@require_POST
def behind_export(request: HttpRequest, column: str, form: str) -> HttpResponseBase:
    """The dossiers that one count counts as a table, without anybody's name; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on, at = today(), timezone.now()
    body, _bodies = body_asked(request, on)
    first, last, _form = _days(request, on)
    _name, found = _behind_it(body, first, last, column, request.GET.get("linh-vuc"))
    return dossiers_file(
        request, f"ho-so-cot-{column}-{body.pk}-{first:%Y%m%d}-{last:%Y%m%d}", form, body, found, at
    )


def _behind_it(
    body: Unit, first: date, last: date, column: str, field: str | None
) -> tuple[str, QuerySet[Dossier]]:
    """What a count is called and the dossiers that it counts; 404 for one that there is not."""
    if column == ASKED_LATE:
        return _("Phiếu bổ sung chậm"), queries.dossiers_asked_late(body, first, last, field=field)
    name, parts = _column(column)
    return name, queries.counted(body, first, last, parts, field=field)


def _column(column: str) -> tuple[str, tuple[str, ...]]:
    """What a count is called, and which counts of `Figures` it adds up; 404 for one that there is not."""
    if column == LEFT:
        return _("Rút, dừng, hủy"), ("left",)
    if column in OTHERS:
        return str(OTHERS[column][0]), OTHERS[column][1]
    if column.isascii() and column.isdecimal() and int(column) in FORM_06:
        return str(NAMES[int(column)]), FORM_06[int(column)]
    raise Http404


def _days(request: HttpRequest, on: date) -> tuple[date, date, BookForm]:
    """The days asked for; this year until today when nothing that makes sense is asked."""
    usual = {"first": on.replace(month=1, day=1), "last": on}
    form = BookForm(request.GET if "first" in request.GET else None, initial=usual)
    if form.is_valid():
        return form.cleaned_data["first"], form.cleaned_data["last"], form
    return usual["first"], usual["last"], form


def _cells(body: Unit, found: Figures, first: date, last: date, field: str | None) -> list[Cell]:
    return [
        Cell(str(NAMES[number]), found.column(number), _behind(body, first, last, str(number), field))
        for number in FORM_06
    ]


def _behind(body: Unit, first: date, last: date, column: str, field: str | None) -> str:
    asked = {"unit": body.pk, "first": first, "last": last}
    if field is not None:
        asked["linh-vuc"] = field
    return f"{reverse('onestop:behind', args=[column])}?{urlencode(asked)}"
