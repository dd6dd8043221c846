"""A file of procedures in steps: the file, what would come of it, and then it is stored."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for, visible_unit
from dinhlang.procedures import actions, queries, reading
from dinhlang.procedures.models import Intake
from dinhlang.procedures.queries import FATE_WORDS, Fate, Preview
from dinhlang.procedures.views.seen import crumb
from dinhlang.work import blobs
from dinhlang.work.forms.fields import FileForm
from dinhlang.work.models import Blob

_SALT = "procedures.import"
_TICKET_SECONDS = 2 * 60 * 60
SHOWN_ROWS = 200


def procedure_import(request: HttpRequest) -> HttpResponse:
    """First step: the file. What would come of it is shown at once; nothing is stored in the catalogue yet."""
    on = today()
    units = units_for(request, Permission.PROCEDURES_EDIT, on)
    form = FileForm(
        *posted(request),
        units=units,
        accept=".xlsx,.csv,.json,.jsonl,.gz,.docx,.doc,.odt,.pdf,.html,.rtf",
        hint=_(
            "Danh mục .xlsx, .csv, .json; quyết định công bố có phụ lục hoặc tờ chi tiết của một thủ tục (.docx, .doc, .pdf)."
        ),
    )
    if request.method == "POST" and form.is_valid():
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        try:
            check_can(request.user, Permission.PROCEDURES_EDIT, unit, on)
            data = file.read()
            preview = queries.preview(unit, reading.read(data, file.name), on)
            blob = blobs.store(data, None, timezone.now())
            return _preview(request, unit, blob, file.name[:255], preview)
        except Refused as reason:
            show_refusal(form, reason)
    return page(
        request,
        "procedures/import.html",
        _("Nhập thủ tục hành chính"),
        crumbs=[crumb()],
        form=form,
        may_import=bool(units),
        intakes=Intake.objects.filter(unit__in=units).select_related("by")[:10],
    )


def _preview(request: HttpRequest, unit: Unit, blob: Blob, name: str, preview: Preview) -> HttpResponse:
    ticket = signing.dumps(
        {"person": signed_in(request).pk, "unit": unit.pk, "blob": blob.pk, "name": name}, salt=_SALT
    )
    rows = sorted(preview.rows, key=lambda row: _ORDER[row.fate])
    doubts = [(row.record.code, doubt) for row in preview.rows for doubt in row.record.doubts]
    return page(
        request,
        "procedures/preview.html",
        _("Xem trước khi nhập"),
        crumbs=[crumb()],
        name=name,
        unit_name=capfirst(org.title_of(unit, today())),
        decision=preview.reading.decision,
        effective_on=preview.reading.effective_on,
        counts=[(FATE_WORDS[fate], count, fate) for fate, count in preview.counts],
        rows=[(row, FATE_WORDS[row.fate]) for row in rows[:SHOWN_ROWS]],
        all=len(rows),
        left_out=preview.left_out,
        doubts=doubts[:SHOWN_ROWS],
        all_doubts=len(doubts),
        unread=sum(len(row.record.sheet.unread) for row in preview.rows),
        changes=len(preview.changes),
        ticket=ticket,
    )


_ORDER = {Fate.CHANGED: 0, Fate.ENDED: 1, Fate.LEFT: 2, Fate.NEW: 3, Fate.SAME: 4}


@require_POST
def procedure_import_confirm(request: HttpRequest) -> HttpResponse:
    """Second step: what was shown goes into the catalogue, all of it or nothing."""
    try:
        note = signing.loads(request.POST.get("ticket", ""), salt=_SALT, max_age=_TICKET_SECONDS)
    except signing.BadSignature:
        note = None
    if note is None or note["person"] != signed_in(request).pk:
        messages.error(request, _("Lần xem trước này đã hết hạn. Hãy chọn lại tệp."))
        return redirect("procedures:import")
    unit = visible_unit(request, note["unit"], today())
    blob = get_object_or_404(Blob, pk=note["blob"])
    try:
        intake = actions.import_procedures(
            unit=unit, data=blobs.read(blob), name=note["name"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("procedures:import")
    counts = intake.report["counts"]
    told = ", ".join(f"{count} {FATE_WORDS[Fate(fate)]}" for fate, count in counts.items())
    messages.success(request, _("Đã nhập tệp “%(name)s”: %(told)s.") % {"name": intake.name, "told": told})
    return redirect("procedures:list")
