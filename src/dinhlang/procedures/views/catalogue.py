"""The catalogue, one procedure with its versions, and what leaves as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    asked_text,
    body_asked,
    looking_of,
    page,
    query_without_page,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.procedures import exchange, notices, public, queries, rules
from dinhlang.procedures.forms import CatalogueFilter
from dinhlang.procedures.models import Version
from dinhlang.procedures.rules import EVENT_WORDS, STANDING_WORDS, EventKind, Span, Standing, checklist
from dinhlang.procedures.rules.changes import CHANNEL_WORDS, LEVEL_WORDS, PART_WORDS
from dinhlang.procedures.views.seen import crumb, seen_procedure

AHEAD = timedelta(days=60)
_MOST_CODES = 60


def procedure_list(request: HttpRequest) -> HttpResponse:
    """The catalogue of a body, searched and filtered, with what must be posted."""
    on = today()
    body, bodies = body_asked(request, on)
    form = CatalogueFilter(
        request.GET or None, units=bodies, fields=[field for field, _count in queries.fields_of(body, on)]
    )
    shown = slice_of(request, _asked(form, body, request))
    return page(
        request,
        "procedures/list.html",
        _("Thủ tục hành chính"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        rows=shown,
        page=shown,
        query=query_without_page(request),
        counter=queries.counter(body, on, ahead=on + AHEAD),
        may_edit=bool(units_for(request, Permission.PROCEDURES_EDIT, on)),
        may_export=True,
    )


def _asked(form: CatalogueFilter, body: Unit, request: HttpRequest) -> QuerySet[Version]:
    on, asked = today(), form.asked
    narrowed = {
        "words": asked_text(request),
        "field": asked.get("field", ""),
        "level": asked.get("level", ""),
        "online": {"yes": True, "no": False}.get(asked.get("online", "")),
    }
    match asked.get("stands", ""):
        case "ended":
            found = _not_standing(body).filter(ends_on__lte=on)
        case "coming":
            found = _not_standing(body).filter(starts_on__gt=on)
        case _:
            return queries.standing_versions(body, on, **narrowed)  # type: ignore[arg-type]
    return queries.narrowed_versions(found, **narrowed)  # type: ignore[arg-type]


def _not_standing(body: Unit) -> QuerySet[Version]:
    """The newest version of each procedure that does not stand today."""
    on = today()
    later = Version.objects.filter(procedure=OuterRef("procedure"), number__gt=OuterRef("number"))
    standing = Version.objects.in_force(on).filter(procedure=OuterRef("procedure"))
    return (
        Version.objects.filter(procedure__in=queries.catalogue(body, on).values("pk"))
        .filter(~Exists(later), ~Exists(standing))
        .select_related("procedure")
        .defer("sheet", "folded")
    )


@require_POST
def procedure_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The rows that the filter asks for as a table with every part; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    asked = CatalogueFilter(
        request.GET or None, units=bodies, fields=[field for field, _count in queries.fields_of(body, on)]
    )
    found = _asked(asked, body, request)
    export_list(
        action="procedures.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"thu-tuc-{body.pk}-{on:%Y%m%d}", form, exchange.COLUMNS, _rows(found))


def _rows(found: QuerySet[Version]) -> Iterator[tuple[str, ...]]:
    for version in found.defer(None).iterator(chunk_size=200):
        yield exchange.row(version.procedure.code, rules.from_json(version.sheet))


def procedure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One procedure: what stands, or the version that the address asks for (?ban=), and what was new in it."""
    on = today()
    found, body = seen_procedure(request, pk, on)
    shown = queries.page_of(found, on)
    if shown is None:
        raise Http404
    versions = sorted((shown.version, *shown.before, *shown.coming), key=lambda one: one.number)
    version = _version_asked(request, versions) or shown.version
    sheet = rules.from_json(version.sheet)
    earlier = next((one for one in versions if one.number == version.number - 1), None)
    news = rules.differences(rules.from_json(earlier.sheet), sheet) if earlier is not None else ()
    told = public.articles(looking_of(request), body, versions=[version.pk] if news else [])
    return page(
        request,
        "procedures/procedure.html",
        sheet.name,
        crumbs=[crumb()],
        shown=shown,
        version=version,
        versions=list(reversed(versions)),
        is_current=version == shown.version,
        sheet=sheet,
        standing=STANDING_WORDS[shown.standing],
        is_in_force=shown.standing is Standing.IN_FORCE,
        texts=[
            (PART_WORDS[part], getattr(sheet, part))
            for part in PART_WORDS
            if part not in ("name", "field", "summary", "keywords")
            and isinstance(getattr(sheet, part), str)
            and getattr(sheet, part)
        ],
        levels=", ".join(str(LEVEL_WORDS[one]) for one in sheet.levels),
        methods=[(one.named or CHANNEL_WORDS[one.channel], one) for one in sheet.methods],
        papers=checklist(sheet),
        unread=[(PART_WORDS.get(one.part, one.part), one.text) for one in sheet.unread],
        missing=[_missing_word(part) for part in rules.missing_parts(sheet)],
        news=news,
        earlier=earlier,
        body=body,
        articles=told.of_versions.get(version.pk, ()),
        begin=told.begin,
        events=[(one, EVENT_WORDS[EventKind(one.kind)]) for one in shown.events],
        postings=queries.postings_of([one.pk for one in versions], body),
        address=public.address(body, shown.code),
        body_name=capfirst(org.title_of(body, on)),
    )


def _missing_word(part: str) -> str:
    return _("Thời hạn giải quyết") if part == "time_limit" else str(PART_WORDS[part])


def _version_asked(request: HttpRequest, versions: list[Version]) -> Version | None:
    asked = request.GET.get("ban", "")
    return next((one for one in versions if str(one.number) == asked), None)


def procedure_notice(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The sheet to hang, as PDF. `?nong=` is another hotline than that of the site, `?ban=` another version than what stands."""
    on = today()
    found, body = seen_procedure(request, pk, on)
    shown = queries.page_of(found, on)
    if shown is None or paper not in notices.PAPERS:
        raise Http404
    asked = _version_asked(request, [shown.version, *shown.before, *shown.coming])
    if asked is not None:
        span = Span(asked.starts_on, asked.ends_on)
        shown = replace(
            shown,
            version=asked,
            sheet=rules.from_json(asked.sheet),
            standing=rules.standing([span], on),
        )
    made = notices.notice(
        shown,
        body=_("Ủy ban nhân dân %(name)s") % {"name": org.title_of(body, on)},
        address=public.address(body, shown.code),
        paper=paper,
        on=on,
        hotline=request.GET.get("nong", "").strip()[:60] or public.hotline(body),
    )
    return _pdf(made, f"thu-tuc-{shown.code}-{paper}")


def procedure_codes(request: HttpRequest, paper: str) -> HttpResponse:
    """A sheet of QR codes: the whole catalogue, then the procedures that the filter asks for."""
    on = today()
    if paper not in notices.PAPERS:
        raise Http404
    body, bodies = body_asked(request, on)
    form = CatalogueFilter(
        request.GET or None, units=bodies, fields=[field for field, _count in queries.fields_of(body, on)]
    )
    found = list(_asked(form, body, request)[: _MOST_CODES + 1])
    if len(found) > _MOST_CODES and form.asked:
        raise BadRequest(_("Quá nhiều thủ tục cho một tờ mã QR. Hãy lọc còn tối đa 60 thủ tục."))
    codes = [notices.Code(public.address(body), _("Toàn bộ danh mục"))]
    if form.asked:
        codes += [
            notices.Code(public.address(body, one.procedure.code), one.name, one.procedure.code)
            for one in found
        ]
    else:
        codes += [
            notices.Code(f"{public.address(body)}?field={field}", field)
            for field, _count in queries.fields_of(body, on)
            if field
        ][:_MOST_CODES]
    made = notices.codes(
        _("Thủ tục hành chính"),
        codes,
        body=_("Ủy ban nhân dân %(name)s") % {"name": org.title_of(body, on)},
        paper=paper,
        on=on,
    )
    return _pdf(made, f"ma-qr-{body.pk}-{paper}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
