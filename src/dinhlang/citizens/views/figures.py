"""Figures of feedback on the desk, and the cases that each of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.forms import CountedFilter, WindowForm
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.categories import label_of
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.views.listing import case_cells, case_header
from dinhlang.citizens.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    asked_text,
    looking_of,
    page,
    query_without_page,
    readable_units,
    signed_in,
    slice_of_many,
    today,
    units_for,
    visible_unit,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.vietnamese.text import lower_first

# What stands in the address of the list behind a figure: the figure's name in `queries.counting`, and its words.
_COUNTED = {
    "da-nhan": ("received", gettext_lazy("Đã nhận")),
    "gop-y": ("advice", gettext_lazy("Góp ý")),
    "khieu-nai-to-cao": ("led_away", gettext_lazy("Hướng dẫn sang khiếu nại, tố cáo")),
    "khong-tiep-nhan": ("refused", gettext_lazy("Không tiếp nhận")),
    "da-tra-loi": ("answered", gettext_lazy("Đã trả lời")),
    "dung-han": ("on_time", gettext_lazy("Trả lời đúng hạn")),
    "tre-han": ("late", gettext_lazy("Trả lời quá hạn")),
    "chua-tra-loi": ("open", gettext_lazy("Chưa trả lời")),
    "chua-tra-loi-qua-han": ("open_late", gettext_lazy("Chưa trả lời, đã quá hạn")),
    "da-danh-gia": ("rated", gettext_lazy("Người gửi đã đánh giá")),
    "hai-long": ("content", gettext_lazy("Hài lòng, rất hài lòng")),
}
_RATED = ("da-danh-gia", "hai-long")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its words; `there` is the list of what it counts, '' for who may not open it, or when it counts nothing."""

    label: str
    count: int
    there: str


def figures(request: HttpRequest) -> HttpResponse:
    """Figures of a window; nobody is in them, so whoever sees the unit sees them. Who reads cases opens what they count."""
    on = today()
    units = readable_units(request, on)
    body = visible_unit(request, request.GET.get("unit") or next(iter(units), ""), on)
    form = WindowForm(request.GET or None, units=units)
    since, until = form.window(on)
    if not form.errors:
        form = WindowForm(initial={"unit": body.pk, "since": since, "until": until}, units=units)
    found = queries.statistics(body, since=since, until=until, at=timezone.now())
    may_open = Permission.CITIZENS_READ in looking_of(request).permissions_in(body)

    def told(slug: str, label: str, count: int, **asked: str) -> Told:
        there = _there(slug, body, since, until, **asked) if may_open and count else ""
        return Told(label, count, there)

    counts = {slug: told(slug, str(label), getattr(found, name)) for slug, (name, label) in _COUNTED.items()}
    return page(
        request,
        "citizens/figures.html",
        _("Thống kê phản ánh, kiến nghị"),
        crumbs=[crumb()] if permissions.can_take(signed_in(request), body, on) else [],
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        since=since,
        until=until,
        found=found,
        counts=[one for slug, one in counts.items() if slug not in _RATED],
        ratings=[counts[slug] for slug in _RATED],
        answered=counts["da-tra-loi"],
        by_category=[told("da-nhan", label_of(key), count, category=key) for key, count in found.by_category],
        by_way=[told("da-nhan", str(Way(key).label), count, way=key) for key, count in found.by_way],
    )


def _there(slug: str, body: Unit, since: date, until: date, **asked: str) -> str:
    query = {"unit": body.pk, "since": since.isoformat(), "until": until.isoformat(), **asked}
    return f"{reverse('citizens:counted', args=[slug])}?{urlencode(query)}"


def counted(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases that a figure counts, searched and filtered; 404 for a figure that there is not."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    form, found, (since, until) = _asked(request, slug, body, on)
    rows = slice_of_many(request, found)
    days = {"unit": body.pk, "since": since.isoformat(), "until": until.isoformat()}
    return page(
        request,
        "citizens/counted.html",
        _("Phản ánh, kiến nghị: %(figure)s") % {"figure": lower_first(str(_COUNTED[slug][1]))},
        crumbs=[crumb(), (f"{reverse('citizens:figures')}?{urlencode(days)}", _("Thống kê"))],
        body_name=capfirst(org.title_of(body, on)),
        slug=slug,
        form=form,
        since=since,
        until=until,
        page=rows,
        rows=[(one, label_of(one.category)) for one in rows],
        query=query_without_page(request),
        kinds=tables.KINDS,
    )


def _asked(
    request: HttpRequest, slug: str, body: Unit, on: date
) -> tuple[CountedFilter, QuerySet[Case], tuple[date, date]]:
    if slug not in _COUNTED:
        raise Http404
    units = units_for(request, Permission.CITIZENS_READ, on)
    form = CountedFilter(request.GET or None, units=units)
    since, until = form.window(on)
    said = form.asked
    if not form.errors:
        days = {"since": since.isoformat(), "until": until.isoformat()}
        filled = {**request.GET.dict(), **days} if request.GET else None
        form = CountedFilter(filled, initial={"unit": body.pk, **days}, units=units)
    found = queries.counted(
        body,
        _COUNTED[slug][0],
        since=since,
        until=until,
        at=timezone.now(),
        asked=queries.Asked(asked_text(request), category=said.get("category", "")),
        way=said.get("way", ""),
    )
    return form, found, (since, until)


@require_POST
def counted_export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same cases as a table without anybody's words or names; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    _form, found, _window = _asked(request, slug, body, on)
    export_list(
        action="case.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"phan-anh-{slug}-{body.pk}-{on:%Y%m%d}", form, case_header(), case_cells(found))
