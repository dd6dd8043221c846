"""The operations: each fetches what the site shows and tells it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from dinhlang.citizens import queries as citizens
from dinhlang.citizens.rules import categories
from dinhlang.org.machines import Readable
from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.api import queries, telling
from dinhlang.portal.api.schemas import (
    AnswerOut,
    AnswersAsked,
    CountOut,
    DocumentOut,
    DocumentsAsked,
    Error,
    IndicatorOut,
    IndicatorsAsked,
    ItemOut,
    ItemsAsked,
    ItemWhole,
    Listing,
    Paging,
    ProcedureOut,
    ProceduresAsked,
    ProcedureWhole,
    StandingOut,
    StandingsAsked,
)
from dinhlang.portal.api.serving import Wrong, as_of, said, site_of
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.models import OpenPlan, Publication
from dinhlang.portal.news import queries as news
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.opendata import queries as opendata
from dinhlang.portal.papers import queries as papers
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.sites.results import seed_counts
from dinhlang.portal.voices import opendata as voices
from dinhlang.portal.voices.sending import hamlets_of
from dinhlang.procedures import rules

api = NinjaAPI(
    title="Dữ liệu mở của xã",
    version="1.1.0",
    description=(
        "Tin bài, thủ tục hành chính, văn bản, chỉ tiêu, câu trả lời phản ánh, kết quả khảo sát và tình hình giải quyết hồ sơ mà xã "
        "đã công khai. Chỉ đọc, không cần đăng ký; trang của nơi khác cũng đọc được (CORS). "
        "Gửi lại ETag trong If-None-Match thì nhận 304 khi không có gì đổi. "
        "Trường chỉ được thêm, không đổi nghĩa và không bớt, khi số đầu của phiên bản còn là 1."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="site-api",
    renderer=Readable(),
)
# What only the demonstration answers; described there only.
DEMO_ONLY = "other-indicators"
# What is answered where the unit opened it; described there only.
STANDINGS = "standings"
_ERRORS = {400: Error}
_ERRORS_OF_ONE = {400: Error, 404: Error}


# --- the operations -------------------------------------------------------------------------------


@api.get(
    "/items",
    response={200: Listing[ItemOut], **_ERRORS},
    operation_id="items",
    url_name="api-items",
    summary="Tin bài đang đăng",
    description="Tin đăng hoặc sửa nội dung gần nhất đứng trước.",
)
def items(request: HttpRequest, asked: Query[ItemsAsked]) -> Any:
    site = site_of(request)
    column = next((one.pk for one in site.columns if one.slug == asked.column), None)
    if asked.column and column is None:
        names = ", ".join(one.slug for one in site.columns)
        raise Wrong(
            400,
            _("Không có chuyên mục “%(slug)s”. Các chuyên mục: %(names)s.")
            % {"slug": asked.column, "names": names},
            "column",
        )
    narrowed = news.Asked(column=column, field=asked.field or "", kind=asked.kind or "")
    found = news.changed_since(site, narrowed, asked.since)
    return _page(request, asked, found, lambda rows: [telling.item(site, one) for one in rows])


@api.get(
    "/items/{slug}",
    response={200: ItemWhole, 410: Error, **_ERRORS_OF_ONE},
    operation_id="item",
    url_name="api-item",
    summary="Một tin bài",
    description="Cả bài với ảnh và văn bản trích dẫn. Bài đã gỡ trả lời 410.",
)
def item(request: HttpRequest, slug: str) -> Any:
    site = site_of(request)
    found = newsroom.item_at(Unit(pk=site.unit_id), slug)
    if found is None:
        raise Wrong(404, _("Không có tin bài nào ở địa chỉ này, hoặc tin chưa được đăng."))
    if found.shown is None:
        raise Wrong(410, _("Tin bài này đã được gỡ. Xin bỏ bản đã lưu."))
    return telling.whole_item(site, news.story(found))


@api.get(
    "/procedures",
    response={200: Listing[ProcedureOut], **_ERRORS},
    operation_id="procedures",
    url_name="api-procedures",
    summary="Thủ tục hành chính đang có hiệu lực",
    description="Xếp theo lĩnh vực và tên.",
)
def procedures(request: HttpRequest, asked: Query[ProceduresAsked]) -> Any:
    site = site_of(request)
    found = queries.standing(site, today(), field=asked.field, words=asked.words)
    return _page(request, asked, found, lambda rows: [telling.procedure(site, one) for one in rows])


@api.get(
    "/procedures/{code}",
    response={200: ProcedureWhole, **_ERRORS_OF_ONE},
    operation_id="procedure",
    url_name="api-procedure",
    summary="Một thủ tục với các bản",
    description="Theo mã ngắn hoặc mã dài. Thủ tục đã bãi bỏ vẫn tra được, ở trạng thái abolished.",
)
def procedure(request: HttpRequest, code: str) -> Any:
    site = site_of(request)
    try:
        short = rules.short_code(code)
    except rules.BadCode:
        raise Wrong(404, _("Mã thủ tục viết như 1.001193. Kiểm tra lại mã trong địa chỉ."), "code") from None
    story = catalogue.story(site, short, today())
    if story is None:
        raise Wrong(404, _("Xã không có thủ tục mang mã này."), "code")
    return telling.whole_procedure(site, story)


@api.get(
    "/documents",
    response={200: Listing[DocumentOut], **_ERRORS},
    operation_id="documents",
    url_name="api-documents",
    summary="Văn bản đã công khai",
    description="Báo cáo, kế hoạch mở cho mọi người và quyết định công bố thủ tục, mới nhất trước.",
)
def documents(request: HttpRequest, asked: Query[DocumentsAsked]) -> Any:
    site = site_of(request)

    def told(rows: list[Any]) -> list[telling.Json]:
        return [_document(site, one) for one in queries.documents(site, ((row[0], row[1]) for row in rows))]

    # The whole list is asked for, which tells how many there are, too.
    return _page(request, asked, list(papers.rows(site, asked.kind or "")), told)


def _document(site: SiteNow, one: queries.ToldPaper) -> telling.Json:
    if isinstance(one.paper, OpenPlan):
        return telling.plan(site, one.paper)
    if isinstance(one.paper, Publication):
        return telling.report(site, one.paper, one.replaced_by)
    return telling.decision(site, one.paper, one.procedures)


@api.get(
    "/indicators",
    response={200: Listing[IndicatorOut], **_ERRORS},
    operation_id="indicators",
    url_name="api-indicators",
    summary="Số liệu trong các báo cáo đã công khai",
    description=(
        "Mỗi số kèm đơn vị tính, khoảng thời gian, tử số, mẫu số và địa chỉ xem minh chứng. "
        "Số của báo cáo đã có báo cáo khác thay thế không nằm ở đây."
    ),
)
def indicators(request: HttpRequest, asked: Query[IndicatorsAsked]) -> Any:
    site = site_of(request)
    found = queries.indicators(site, concept=asked.concept, since=asked.since)
    return _page(request, asked, found, lambda rows: [telling.indicator(site, one) for one in rows])


@api.get(
    "/indicators/others",
    response={200: Listing[CountOut], 404: Error, **_ERRORS},
    operation_id=DEMO_ONLY,
    url_name=f"api-{DEMO_ONLY}",
    summary="Số liệu các xã khác đã báo cáo",
    description="Mỗi số kèm văn bản và chỗ ghi số ấy. Chỉ có ở bản minh họa, đặt cạnh số liệu bịa của xã minh họa.",
)
def other_indicators(request: HttpRequest, asked: Query[Paging]) -> Any:
    if not site_of(request).is_demo:
        raise Wrong(404, _("Chỉ bản minh họa có số liệu của xã khác."))
    return _page(request, asked, seed_counts(), lambda rows: [telling.counted(one) for one in rows])


@api.get(
    "/answers",
    response={200: Listing[AnswerOut], **_ERRORS},
    operation_id="answers",
    url_name="api-answers",
    summary="Phản ánh, kiến nghị đã trả lời công khai",
    description="Câu hỏi đã bỏ thông tin riêng và câu trả lời, công khai gần nhất đứng trước.",
)
def answers(request: HttpRequest, asked: Query[AnswersAsked]) -> Any:
    site, known = site_of(request), categories.categories()
    if asked.category and asked.category not in known:
        raise Wrong(
            400,
            _("Không có lĩnh vực “%(key)s”. Các lĩnh vực: %(names)s.")
            % {"key": asked.category, "names": ", ".join(known)},
            "category",
        )
    found = citizens.pairs(site.unit_id, citizens.PublicAsked(category=asked.category, since=asked.since))

    def told(rows: list[Any]) -> list[telling.Json]:
        # Names of hamlets are asked for only where there is one to name.
        names = dict(hamlets_of(site.unit_id, today())) if any(one.hamlet_id for one in rows) else {}
        return [voices.row(site, one, names) for one in rows]

    return _page(request, asked, found, told)


@api.get(
    "/standings",
    response={200: Listing[StandingOut], 404: Error, **_ERRORS},
    operation_id=STANDINGS,
    url_name=f"api-{STANDINGS}",
    summary="Tình hình nộp báo cáo",
    description=(
        "Mỗi mục là một báo cáo mà một đơn vị phải nộp: hạn, ngày nộp, số liệu có minh chứng, lời văn trùng năm trước. "
        "Trang của tỉnh nói cả các đơn vị bên dưới. Chỉ có khi đơn vị công khai. Số liệu chậm nhất mười phút."
    ),
)
def standings(request: HttpRequest, asked: Query[StandingsAsked]) -> Any:
    site = site_of(request)
    if not site.opens_duties:
        raise Wrong(404, _("Đơn vị chưa công khai tình hình nộp báo cáo."))
    on = as_of(asked.on)
    found = opendata.rows_of(site, asked.year or on.year, on, asked.programme)
    return _page(request, asked, found, lambda rows: opendata.told(rows, on)[0])


def _page(
    request: HttpRequest,
    asked: Paging,
    found: QuerySet[Any] | Sequence[Any],
    told: Callable[[list[Any]], list[telling.Json]],
) -> telling.Json:
    total = found.order_by().count() if isinstance(found, QuerySet) else len(found)
    begin = (asked.page - 1) * asked.per_page
    rows = list(found[begin : begin + asked.per_page]) if begin < total else []
    more = begin + asked.per_page < total
    beside = urlencode({**request.GET.dict(), "page": asked.page + 1})
    address = request.path + "?" + beside
    return {
        "total": total,
        "page": asked.page,
        "next": absolute(site_of(request), address) if more else None,
        "results": told(rows),
    }


# --- what is wrong with what is asked -------------------------------------------------------------

# What each parameter may be; said when something else is given.
_MAY_BE: dict[str, Promise | str] = {
    "page": gettext_lazy("một số từ 1 đến 500"),
    "per_page": gettext_lazy("một số từ 1 đến 100"),
    "since": gettext_lazy("một ngày viết như 2026-01-31"),
    "on": gettext_lazy("một ngày viết như 2026-01-31"),
    "year": gettext_lazy("một năm từ 2000 đến 2100"),
}


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """The first parameter that is wrong, and what it may be."""
    first = wrong.errors[0]
    name = next((str(one) for one in reversed(first["loc"]) if one in request.GET), "")
    if first["type"] == "string_too_long":
        most = first["ctx"]["max_length"]
        message = _("Tham số “%(name)s” không quá %(most)s chữ.") % {"name": name, "most": most}
        return said(Wrong(400, message, name))
    choices = (first.get("ctx") or {}).get("expected", "")
    may_be = _MAY_BE.get(name) or _("một trong: %(choices)s") % {
        "choices": choices.replace("'", "").replace(" or ", ", ")
    }
    return said(
        Wrong(400, _("Tham số “%(name)s” phải là %(may_be)s.") % {"name": name, "may_be": may_be}, name)
    )


@api.exception_handler(Wrong)
def _wrong(request: HttpRequest, wrong: Wrong) -> HttpResponse:
    return said(wrong)


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, reason: Exception) -> HttpResponse:
    """Ours to mend: let the frame around all pages see it, in every setting."""
    raise reason


def not_there(request: HttpRequest, rest: str) -> HttpResponse:
    site = site_of(request)
    listed = absolute(site, Addresses(site).api)
    raise Wrong(404, _("Không có dữ liệu ở địa chỉ này. Các địa chỉ có ở %(listed)s.") % {"listed": listed})


def openapi(request: HttpRequest) -> HttpResponse:
    from dinhlang.portal.api.described import description

    return HttpResponse(
        json.dumps(description(site_of(request)), ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
    )
