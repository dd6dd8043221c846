"""The audit of a unit: read by who may, filtered, exported, and its chain looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dinhlang.org import actions, queries, tables
from dinhlang.org.audit_words import Named, details, named
from dinhlang.org.forms.audit import AuditFilter
from dinhlang.org.models import AuditEntry, Unit
from dinhlang.org.rules import Permission
from dinhlang.org.rules.deeds import sentence
from dinhlang.org.views import page, query_without_page, signed_in, slice_of, today, units_for
from dinhlang.org.views.managed import asked_for, managed_body

# The page looks at the newest entries each time it is read; the whole chain is gone through when asked for.
LOOKED_AT = 500
OPERATOR = "-"


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what in the unit, newest first."""
    on = today()
    body = managed_body(request, on, Permission.AUDIT_READ)
    asked = _filter(request, body, on)
    # First which, then what: a database sorts fifty thousand numbers in no time, but not fifty thousand whole rows.
    shown = slice_of(request, _found(body, asked).select_related(None).values_list("pk", flat=True))
    wanted = AuditEntry.objects.filter(pk__in=list(shown.object_list)).select_related("by", "unit")
    rows = list(wanted.order_by("-pk"))
    names = named(rows, on, manages=body.pk in units_for(request, Permission.PEOPLE_MANAGE, on))
    whole = "kiem-tra" in request.GET
    verdict = queries.verify_body(body, on, newest=None if whole else LOOKED_AT)
    return page(
        request,
        "org/audit.html",
        _("Nhật ký thao tác"),
        body=body,
        bodies=units_for(request, Permission.AUDIT_READ, on),
        form=asked,
        rows=[_row(entry, names) for entry in rows],
        page=shown,
        query=query_without_page(request),
        verdict=verdict,
        whole=whole,
        newest=AuditEntry.objects.filter(unit=body).order_by("-number").first(),
    )


@require_POST
def audit_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered entries as a file, with the hashes by which whoever gets it can check the chain."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on, Permission.AUDIT_READ)
    entries = _found(body, _filter(request, body, on))
    actions.export_audit(unit=body, rows=entries.count(), form=form, by=signed_in(request), at=timezone.now())
    return tables.download(f"nhat-ky-{body.pk}-{on:%Y%m%d}", form, header(), export_rows(entries))


def header() -> list[str]:
    """What stands above the columns of an exported audit."""
    return [
        _("Lúc"),
        _("Người làm"),
        _("Tên đăng nhập"),
        _("Việc"),
        _("Mã việc"),
        _("Đối tượng"),
        _("Chi tiết"),
        _("Chuỗi"),
        _("Số trong chuỗi"),
        _("Mã dòng trước"),
        _("Mã dòng"),
    ]


def export_rows(entries: QuerySet[AuditEntry]) -> Iterator[tables.Row]:
    """The entries as rows of a table, one by one."""
    for entry in entries.iterator(chunk_size=500):
        yield [
            timezone.localtime(entry.at).strftime("%d/%m/%Y %H:%M:%S"),
            str(entry.by) if entry.by else _("Người vận hành hệ thống"),
            entry.by.username if entry.by else "",
            capfirst(sentence(entry.action)),
            entry.action,
            entry.target,
            "; ".join(f"{key}: {value}" for key, value in sorted(entry.detail.items())),
            entry.unit_id or "*",
            entry.number,
            entry.previous_hash,
            entry.entry_hash,
        ]


def _filter(request: HttpRequest, body: Unit, on: date) -> AuditFilter:
    people = [(str(one.person.pk), one.person.full_name) for one in queries.people_of(body, on)]
    return AuditFilter(asked_for(request, AuditFilter), people=people)


def _found(body: Unit, asked: AuditFilter) -> QuerySet[AuditEntry]:
    entries = queries.entries_for(body)
    wanted = asked.asked
    if by := wanted.get("by"):
        entries = entries.filter(by=None if by == OPERATOR else by)
    if action := wanted.get("action"):
        entries = entries.filter(action=action)
    if target := wanted.get("target"):
        entries = entries.filter(target=target)
    if start := wanted.get("start"):
        entries = entries.filter(at__gte=_midnight(start))
    if end := wanted.get("end"):
        entries = entries.filter(at__lt=_midnight(end + timedelta(days=1)))
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _row(entry: AuditEntry, names: dict[str, Named]) -> dict[str, Any]:
    return {
        "entry": entry,
        "deed": capfirst(sentence(entry.action)),
        "object": names[entry.target],
        "details": details(entry.detail),
    }
