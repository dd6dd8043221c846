"""How much was published, on a page and as a file."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.forms.fields import DayField
from dinhlang.org.models import Unit
from dinhlang.org.views import looking_of, page, query_without_page, readable_units, signed_in, visible_unit
from dinhlang.portal.newsroom.queries.statistics import Statistics
from dinhlang.portal.newsroom.queries.statistics import statistics as counted
from dinhlang.portal.newsroom.views.found import crumb


class PeriodForm(forms.Form):
    """From which day to which."""

    since = DayField(label=gettext_lazy("Từ ngày"), required=False)
    until = DayField(label=gettext_lazy("đến ngày"), required=False)


def _asked(request: HttpRequest) -> tuple[PeriodForm, Unit, dict[str, str], Statistics]:
    looking = looking_of(request)
    units = readable_units(request, looking.on)
    home = looking.home_units
    chosen = request.GET.get("unit") or (home[0].pk if home else next(iter(units), ""))
    unit = visible_unit(request, chosen, looking.on)
    form = PeriodForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    until = given.get("until") or looking.on
    since = given.get("since") or date(until.year, 1, 1)
    if since > until:
        form.add_error("since", _("Ngày đầu phải trước ngày cuối."))
        since = until
    return form, unit, units, counted(unit, since, until)


def statistics(request: HttpRequest) -> HttpResponse:
    """What a unit published in a period."""
    form, unit, units, found = _asked(request)
    return page(
        request,
        "newsroom/statistics.html",
        _("Thống kê tin, bài"),
        crumbs=[crumb()],
        form=form,
        body=unit,
        bodies=units if len(units) <= 12 else {},
        found=found,
        tables=_tables(found),
        query=query_without_page(request),
    )


def _tables(found: Statistics) -> list[tuple[str, str, tuple[tuple[str, int], ...]]]:
    """The groups with the heading of their names."""
    return [
        (_("Theo tháng"), _("Tháng"), found.by_month),
        (_("Theo chuyên mục"), _("Chuyên mục"), found.by_column),
        (_("Theo lĩnh vực cải cách hành chính"), _("Lĩnh vực"), found.by_field),
        (_("Theo thể loại"), _("Thể loại"), found.by_kind),
        (_("Theo người viết"), _("Người viết"), found.by_author),
    ]


@require_POST
def statistics_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The counts as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    _form, unit, _units, found = _asked(request)
    rows: list[list[str | int]] = [
        [title, name or _("không có"), count]
        for title, _heading, group in _tables(found)
        for name, count in group
    ]
    export_list(
        action="item.export", rows={unit.pk: len(rows)}, form=form, by=signed_in(request), at=timezone.now()
    )
    header = [_("Cách chia"), _("Tên"), _("Số tin, bài")]
    return tables.download(f"thong-ke-tin-bai-{found.since:%Y%m%d}-{found.until:%Y%m%d}", form, header, rows)
