"""A table of activities in steps: the file, its columns if they are not clear, what would come of it, and then it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for, visible_unit
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import actions, blobs, forms, queries, rows, sheets
from dinhlang.work.concepts import CONCEPTS, offered_for
from dinhlang.work.import_progress import Told
from dinhlang.work.models import ActivityKind, Blob
from dinhlang.work.rules import Fate
from dinhlang.work.views.ledger import ledger_crumb

_SALT = "work.import"
_TICKET_SECONDS = 2 * 60 * 60
SHOWN_ROWS = 500


@dataclass(frozen=True)
class Held:
    """A file between two steps: whose, for which unit, and what its columns were said to hold."""

    unit: Unit
    blob: Blob
    name: str
    told: Mapping[int, str] | None = None

    def ticket(self, request: HttpRequest) -> str:
        """A signed note of what was shown to whom."""
        told = None if self.told is None else {str(column): meaning for column, meaning in self.told.items()}
        note = {
            "person": signed_in(request).pk,
            "unit": self.unit.pk,
            "blob": self.blob.pk,
            "name": self.name,
            "told": told,
        }
        return signing.dumps(note, salt=_SALT, compress=True)


def _held(request: HttpRequest) -> Held | None:
    """The file that the form's note stands for; `None` when the note is forged, another's or too old."""
    try:
        note = signing.loads(request.POST.get("ticket", ""), salt=_SALT, max_age=_TICKET_SECONDS)
    except signing.BadSignature:
        return None
    if note["person"] != request.user.pk:
        return None
    told = note["told"]
    return Held(
        visible_unit(request, note["unit"], today()),
        get_object_or_404(Blob, pk=note["blob"]),
        note["name"],
        None if told is None else {int(column): meaning for column, meaning in told.items()},
    )


def _expired(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Lần xem trước này đã hết hạn. Hãy chọn lại tệp."))
    return redirect("work:activity-import")


def _page(request: HttpRequest, template: str, title: str, step: int, **context: Any) -> HttpResponse:
    steps = [_("Chọn tệp"), _("Hiểu các cột"), _("Xem trước"), _("Nhập vào sổ")]
    return page(request, template, title, crumbs=[ledger_crumb()], steps=steps, step=step, **context)


def activity_import(request: HttpRequest) -> HttpResponse:
    """First step: the file. What is clear is shown at once; else the columns are asked about. Nothing is stored yet."""
    on = today()
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.ACTIVITY_IMPORT, on),
        accept=".xlsx,.csv",
        hint=_(
            "Bảng .xlsx hoặc .csv. Nên có các cột Ngày, Loại, Nội dung và các cột số lượng; tên cột khác cũng được."
        ),
    )
    if request.method == "POST" and form.is_valid():
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        data = file.read()
        try:
            sheets.read_sheet(data, file.name)
            held = Held(unit, blobs.store(data, None, timezone.now()), file.name[:255])
            return _shown(request, held, data)
        except Refused as reason:
            show_refusal(form, reason)
    return _page(request, "work/import.html", _("Nhập tệp hoạt động"), 1, form=form)


def _shown(request: HttpRequest, held: Held, data: bytes) -> HttpResponse:
    """What would become of each row, or the question what the columns hold."""
    on = today()
    try:
        preview = queries.preview_import(held.unit, data, held.name, on, held.told)
    except rows.HeadingsUnknown as reason:
        return _columns(request, held, data, str(reason))
    return _page(
        request,
        "work/preview.html",
        _("Xem trước tệp hoạt động"),
        3,
        preview=preview,
        shown=_worst_first(preview.rows),
        shown_rows=SHOWN_ROWS,
        refused=preview.with_fate(Fate.REFUSED),
        new=preview.with_fate(Fate.NEW),
        known=preview.with_fate(Fate.KNOWN),
        unit_name=org.title_of(held.unit, on),
        ticket=held.ticket(request),
    )


def _worst_first(fates: tuple[Any, ...]) -> list[Any]:
    """The first rows to show: what has to be mended before what is well."""
    return sorted(fates, key=lambda fate: fate.fate is not Fate.REFUSED)[:SHOWN_ROWS]


def _columns(request: HttpRequest, held: Held, data: bytes, why: str = "") -> HttpResponse:
    header_row, columns = rows.columns_of(sheets.read_sheet(data, held.name))
    told = held.told or {}
    counters = {concept.id: concept.label for concept in CONCEPTS.values() if concept.is_offered}
    return _page(
        request,
        "work/columns.html",
        _("Các cột của tệp"),
        2,
        columns=[(column, told.get(column.number, column.meaning)) for column in columns],
        header_row=header_row,
        parts=rows.PARTS.items(),
        counters=counters.items(),
        why=why,
        name=held.name,
        ticket=held.ticket(request),
    )


@require_POST
def activity_import_columns(request: HttpRequest) -> HttpResponse:
    """Second step: what each column holds, said by a person; without an answer the question is put."""
    held = _held(request)
    if held is None:
        return _expired(request)
    data = blobs.read(held.blob)
    given = {
        int(name.removeprefix("column-")): value
        for name, value in request.POST.items()
        if name.startswith("column-") and name.removeprefix("column-").isdecimal() and len(name) < 11
    }
    if not given:
        return _columns(request, held, data)
    told = {
        column: meaning for column, meaning in given.items() if meaning in rows.PARTS or meaning in CONCEPTS
    }
    return _shown(request, Held(held.unit, held.blob, held.name, told), data)


@require_POST
def activity_import_faults(request: HttpRequest) -> HttpResponseBase:
    """The rows that have to be mended, as a table: where, what is wrong."""
    held = _held(request)
    if held is None:
        return _expired(request)
    preview = queries.preview_import(held.unit, blobs.read(held.blob), held.name, today(), held.told)
    faults = [(fate.row, fate.cell or "", fate.message) for fate in preview.with_fate(Fate.REFUSED)]
    return tables.download("can-sua", "xlsx", [_("Dòng"), _("Ô"), _("Cần sửa")], faults)


@require_POST
def activity_import_confirm(request: HttpRequest) -> HttpResponse:
    """Last step: store the rows of the file that was shown."""
    held = _held(request)
    if held is None:
        return _expired(request)
    told = Told(signed_in(request), request.POST.get("ticket", ""))
    try:
        done = actions.import_activities(
            unit=held.unit,
            data=blobs.read(held.blob),
            name=held.name,
            told=held.told,
            by=signed_in(request),
            at=timezone.now(),
            progress=told.keep,
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("work:activity-import")
    finally:
        told.forget()
    messages.success(
        request,
        _("Đã nhập %(rows)s dòng của tệp “%(name)s” vào sổ.")
        % {"rows": printed(done.rows), "name": held.name},
    )
    return redirect(f"{reverse('work:ledger')}?unit={held.unit.pk}&lan={done.batch_id}")


@require_POST
def activity_import_progress(request: HttpRequest) -> JsonResponse:
    """How many rows of how many are written: asked again and again while the last step runs."""
    found = Told(signed_in(request), request.POST.get("ticket", "")).read()
    if found is None:
        return JsonResponse({})
    done, total = found
    words = _("Đã ghi %(done)s/%(total)s dòng.") % {"done": printed(done), "total": printed(total)}
    return JsonResponse({"done": done, "total": total, "words": words})


@kept_in_vietnamese
def activity_import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty table with the columns that are understood, and a row for each kind to copy from."""
    counters = list(dict.fromkeys(concept for kind in ActivityKind for concept in offered_for(kind)))
    header = [_("Ngày"), _("Loại hoạt động"), _("Nội dung"), *(concept.label for concept in counters)]
    header += [_("Nhiệm vụ"), _("Minh chứng"), _("Ghi chú")]
    year = today().year
    examples: list[list[str | int]] = [
        [
            f"15/6/{year}",
            str(kind.label),
            _("Ví dụ – xóa dòng này"),
            *(1 if concept is offered_for(kind)[0] else "" for concept in counters),
            "",
            "",
            "",
        ]
        for kind in (ActivityKind.RADIO, ActivityKind.WEBSITE, ActivityKind.MEETING)
    ]
    return tables.download("mau-nhap-hoat-dong", "xlsx", header, examples)
