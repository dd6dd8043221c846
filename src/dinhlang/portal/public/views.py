"""How everyone reaches published reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dinhlang.officialdoc.write import article
from dinhlang.officialdoc.write.web import Links
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.org.views import today
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.kept import note
from dinhlang.portal.models import Publication
from dinhlang.portal.public import checking, pages, queries, wording
from dinhlang.portal.public.pages import absolute, not_there, page, public
from dinhlang.portal.rights import notice
from dinhlang.reports.render import DOCX, PDF, pdf_kept
from dinhlang.work import blobs
from dinhlang.work.models import Blob

P = ParamSpec("P")
PER_PAGE = 50
FILES = {"docx": DOCX, "pdf": PDF}


def of_a_publication(
    view: Callable[Concatenate[HttpRequest, Publication, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of a published report: 404 for one that is not published, 410 with the reason for one withdrawn."""

    @public
    @wraps(view)
    def found(
        request: HttpRequest, unit_id: str, year: str, number: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        moved = pages.elsewhere(request, unit_id)
        if moved is not None:
            return moved
        publication = queries.publication_of(unit_id, int(year), int(number))
        if publication is None:
            return not_there(request)
        note(f"report:{publication.report_id}")
        if not publication.is_open:
            return _withdrawn(request, publication)
        return view(request, publication, *args, **kwargs)

    return found


def place_of(publication: Publication) -> list[Any]:
    """What stands in the address of a published report."""
    report = publication.report
    return [report.unit_id, queries.issued_on(report).year, report.number]


def address_of(publication: Publication, name: str = "report", *more: Any) -> str:
    """The address of a published report, or of something under it."""
    return reverse(f"public:{name}", args=[*place_of(publication), *more])


def _withdrawn(request: HttpRequest, publication: Publication) -> HttpResponse:
    related = queries.related(publication.report)
    return page(
        request,
        "withdrawn.html",
        _("Báo cáo này đã được gỡ"),
        status=410,
        publication=publication,
        number=queries.number_of(publication.report),
        unit=queries.unit_now(publication.report.unit, today()),
        replaced_by=_mention(related.replaced_by),
    )


def _mention(publication: Publication | None) -> dict[str, Any] | None:
    """A published report as another one names it."""
    if publication is None:
        return None
    return {
        "address": address_of(publication),
        "number": queries.number_of(publication.report),
        "issued_on": publication.report.issued_on,
    }


# --- lists and reports ----------------------------------------------------------------------------


@public
def report_list(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The published reports of one unit, by year."""
    moved = pages.elsewhere(request, unit_id)
    if moved is not None:
        return moved
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not queries.has_publications(unit_id):
        return not_there(request)
    listed = queries.listed(unit_id)
    columns = queries.columns_of(listed)
    asked = request.GET.get("chuyen-muc", "")
    column = next((one for one in columns if str(one.pk) == asked), None)
    rows = [
        (one, address_of(one.publication))
        for one in listed
        if column is None or one.publication.column_id == column.pk
    ]
    note(*(f"report:{one.publication.report_id}" for one in listed))
    now = queries.unit_now(unit, today())
    return page(
        request,
        "reports.html",
        _("Báo cáo công khai của %(unit)s") % {"unit": now.name},
        unit=now,
        years=[(year, list(found)) for year, found in groupby(rows, key=lambda row: row[0].year)],
        columns=columns,
        column=column,
        is_demo=unit.is_demo,
    )


@of_a_publication
def report(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The report as it was issued, each figure a link to what stands behind it."""
    given = publication.report
    figures = queries.figures_of(given)
    known = {figure.anchor for figure in figures}

    def address(anchor: str) -> str | None:
        return address_of(publication, "figure", anchor) if anchor in known else None

    related = queries.related(given)
    unit = queries.unit_now(given.unit, today())
    return page(
        request,
        "report.html",
        given.subject,
        publication=publication,
        report=given,
        number=queries.number_of(given),
        period=capfirst(Period.parse(given.period).label),
        window=Window(given.window_from, given.window_to).label,
        unit=unit,
        # The writer escapes every word of the document; a test holds it to that.
        body=mark_safe(article(queries.document_of(given), Links(address, queries.cells_of(figures)))),  # noqa: S308
        figures=[(one, address(one.figure.anchor)) for one in queries.shown_once(figures)],
        drifted=queries.drifted(given),
        charts=queries.charts_of(publication),
        replaces=_mention(related.replaces),
        replaced_by=_mention(related.replaced_by),
        files={form: address_of(publication, "file", form) for form in FILES},
        data={form: address_of(publication, "data", form) for form in ("json", "csv")},
        list_address=reverse("public:reports", args=[given.unit_id]),
        linked_data=_linked_data(publication, unit),
        description=_("%(subject)s: báo cáo số %(number)s của %(body)s, mỗi con số mở ra minh chứng.")
        % {"subject": given.subject, "number": queries.number_of(given), "body": unit.body},
        is_demo=given.unit.is_demo,
    )


def _linked_data(publication: Publication, unit: queries.UnitNow) -> str:
    """What search engines read (schema.org), as the text of a data block: it cannot end its own element."""
    given = publication.report
    said = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": given.subject,
        "reportNumber": queries.number_of(given),
        "datePublished": queries.issued_on(given).isoformat(),
        "dateModified": localdate(publication.published_at).isoformat(),
        "temporalCoverage": f"{given.window_from.isoformat()}/{given.window_to.isoformat()}",
        "inLanguage": "vi",
        "url": absolute(address_of(publication)),
        "publisher": {"@type": "GovernmentOrganization", "name": unit.body},
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": kind,
                "contentUrl": absolute(address_of(publication, "file", form)),
            }
            for form, kind in FILES.items()
        ],
    }
    return mark_safe(json.dumps(said, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308


@of_a_publication
def figure(request: HttpRequest, publication: Publication, anchor: str) -> HttpResponse:
    """One figure: what it counts, how, and the lines that stood behind it when the report was issued."""
    one = publication.report.figures.filter(anchor=anchor).first()
    if one is None:
        return not_there(request)
    one.report = publication.report
    shown = Paginator(queries.pinned(one), PER_PAGE).get_page(request.GET.get("p"))
    return page(
        request,
        "figure.html",
        wording.label_of(one),
        publication=publication,
        number=queries.number_of(publication.report),
        unit=queries.unit_now(publication.report.unit, today()),
        report_address=address_of(publication),
        figure=one,
        shown=queries.shown(one),
        value=wording.value_of(one),
        page=shown,
        lines=queries.lines(one, list(shown)),
        quoted=queries.quoted(one),
        is_demo=publication.report.unit.is_demo,
    )


# --- files and open data --------------------------------------------------------------------------


@of_a_publication
def file(request: HttpRequest, publication: Publication, form: str) -> HttpResponse:
    """The very file that was issued."""
    given = publication.report
    # An issued report has its files: the database holds it to that.
    blob = cast(Blob, given.docx if form == "docx" else pdf_kept(given))
    answer = HttpResponse(blobs.read(blob), content_type=FILES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name(publication)}.{form}"'
    return pages.keep_file(answer, blob.sha256)


@of_a_publication
def data(request: HttpRequest, publication: Publication, form: str) -> HttpResponse:
    """The figures for programs and spreadsheets."""
    found = queries.as_open_data(
        publication,
        queries.figures_of(publication.report),
        lambda anchor: absolute(address_of(publication, "figure", anchor)),
    )
    name = f"{_file_name(publication)}.{form}"
    headers = {
        "Content-Disposition": f'{"inline" if form == "json" else "attachment"}; filename="{name}"',
        # Anyone's page may read it: it is open, and asks for no cookie.
        "Access-Control-Allow-Origin": "*",
    }
    if form == "json":
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)
    return HttpResponse(_table(found["figures"]), content_type="text/csv; charset=utf-8", headers=headers)


def _file_name(publication: Publication) -> str:
    given = publication.report
    return f"bao-cao-{given.unit_id}-{queries.issued_on(given).year}-{given.number:02d}"


_COLUMNS = (
    "label",
    "value",
    "unit",
    "from",
    "to",
    "numerator",
    "denominator",
    "exactness",
    "printed",
    "lines",
    "concept",
    "url",
)


def _table(figures: list[dict[str, Any]]) -> bytes:
    """A CSV that Excel opens as Vietnamese, with nothing in it that a spreadsheet would run."""
    rows = ([figure[column] for column in _COLUMNS] for figure in figures)
    return "".join(tables.csv_lines(_COLUMNS, rows)).encode()


# --- what anyone may do, and what the pages promise -----------------------------------------------


# Nothing is stored and nobody is signed in: a token would protect nothing, and would need a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check_document(request: HttpRequest) -> HttpResponse:
    """Anyone checks a document; not there unless the operator turned it on."""
    if not settings.PUBLIC_CHECK:
        return not_there(request)
    result, told, status = None, "", 200
    if request.method == "POST":
        at = timezone.now()
        try:
            checking.count(request, at)
            data, name = _sent(request)
            result = checking.check(data, name, at)
        except checking.TooOften as reason:
            told, status = str(reason), 429
        except Refused as reason:
            told, status = str(reason), 422
    answer = page(
        request,
        "check.html",
        _("Kiểm tra văn bản"),
        status=status,
        result=result,
        refused=told,
        most=checking.MOST_BYTES // 1048576,
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """The file or the text that was sent; looked at by its size before it is read. Raises `Refused`."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > checking.MOST_BYTES + 100_000:
        raise Refused(checking.too_large())
    try:
        file = request.FILES.get("file")
        text = request.POST.get("text", "")
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        raise Refused(checking.too_large()) from None
    if isinstance(file, UploadedFile):
        return file.read(checking.MOST_BYTES + 1), file.name or ""
    return text.encode("utf-8", "replace"), _("văn bản dán vào") + ".txt"


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages promise to those who see, hear or move otherwise."""
    return page(request, "accessibility.html", _("Trợ năng"))


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What the pages show of people, and what they keep of readers."""
    return page(request, "privacy.html", _("Quyền riêng tư"), notices=notice.told())
