"""The open data as everyone gets it: a page that describes it, and its files."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.org.views import today
from dinhlang.portal.api.serving import JSON, Wrong, as_of, served, site_of
from dinhlang.portal.kept.remembered import moment, remembered_inside
from dinhlang.portal.opendata import queries, telling
from dinhlang.portal.opendata.rules import FORMS, HOLDS_SECONDS, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page
from dinhlang.reports.models import Programme


def _described(request: HttpRequest, place: Place) -> HttpResponse:
    """Which files there are, how the newest year stands, what each column is, how the data may be used."""
    to, site, on = place.to, place.to.site, today()
    if not site.opens_duties:
        return not_there(request, place)
    years = queries.years_of(site, on)
    programmes = queries.programmes(years)
    return page(
        request,
        place,
        "portal/site/standings.html",
        _("Tình hình nộp báo cáo"),
        description=_("Báo cáo phải nộp, đúng hạn hay muộn, số liệu có minh chứng: dữ liệu mở của %(body)s.")
        % {"body": site.body},
        crumbs=((to.home, _("Trang chủ")), (to.results, _("Kết quả"))),
        told=[telling.dataset(site, [(one, year) for one in programmes for year in years[one.pk]])],
        programmes=[
            (
                one,
                years[one.pk][0],
                queries.told(queries.rows_of(site, years[one.pk][0], on, one.pk), on)[1],
                [
                    (year, [(form, to.standing_file(one.pk, year, form)) for form in FORMS])
                    for year in years[one.pk]
                ],
            )
            for one in programmes
        ],
        columns=telling.columns(),
        on=on,
        licence=LICENCE_ADDRESS,
        example=_example(to, programmes, years),
        api=to.api,
    )


def _example(to: Addresses, programmes: list[Programme], years: dict[str, list[int]]) -> str:
    """An address as of an earlier day."""
    if not programmes:
        return ""
    first = programmes[0]
    year = years[first.pk][0]
    return absolute(to.site, to.standing_file(first.pk, year, "csv")) + f"?on={date(year, 6, 30)}"


def _file(request: HttpRequest, programme: str, year: str, form: str) -> HttpResponse:
    """One programme's reports of one year as of a day."""
    site = site_of(request)
    found = Programme.objects.filter(pk=programme).first() if site.opens_duties else None
    if found is None:
        raise Wrong(404, _("Không có dữ liệu ở địa chỉ này, hoặc đơn vị chưa công khai."))
    on = as_of(_day(request))
    rows, sums = queries.told(queries.rows_of(site, int(year), on, found.pk), on)
    if form == "csv":
        answer = HttpResponse(telling.as_csv(rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(telling.as_json(site, found, int(year), on, rows, sums), content_type=JSON)
    return answer


def _day(request: HttpRequest) -> date | None:
    asked = request.GET.get("on")
    if asked is None:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        raise Wrong(400, _("Ngày “on” phải viết như 2026-01-31."), "on") from None


described = site_page(remembered_inside(_described, moment(HOLDS_SECONDS)))
file = served(remembered_inside(_file, moment(HOLDS_SECONDS)), ("on",))
