"""A table of activities: shown first, stored when confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for, visible_unit
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import actions, blobs, forms, queries
from dinhlang.work.models import Blob
from dinhlang.work.rules import Fate
from dinhlang.work.views.ledger import ledger_crumb


def activity_import(request: HttpRequest) -> HttpResponse:
    """Take in a table: first show what would become of each row, store nothing."""
    on = today()
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.ACTIVITY_IMPORT, on),
        accept=".xlsx,.csv",
        hint="Bảng .xlsx hoặc .csv có các cột Ngày, Loại, Nội dung và các cột số lượng.",
    )
    crumbs = [ledger_crumb()]
    if request.method == "POST" and form.is_valid():
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        data = file.read()
        try:
            preview = queries.preview_import(unit, data, file.name, on)
            ticket = _ticket(request, unit, data, file.name) if preview.ok else ""
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return page(
                request,
                "work/preview.html",
                "Xem trước tệp hoạt động",
                crumbs=crumbs,
                preview=preview,
                refused=preview.with_fate(Fate.REFUSED),
                new=preview.with_fate(Fate.NEW),
                unit_name=org.title_of(unit, on),
                ticket=ticket,
            )
    return page(request, "work/file.html", "Nhập tệp hoạt động", crumbs=crumbs, form=form, verb="Xem trước")


_SALT = "work.import"
_TICKET_SECONDS = 2 * 60 * 60


def _ticket(request: HttpRequest, unit: Unit, data: bytes, name: str) -> str:
    """Keep the file between the two steps; give a signed note of what was shown to whom for which unit."""
    held = blobs.store(data, None, timezone.now())
    shown = {"person": signed_in(request).pk, "unit": unit.pk, "blob": held.pk, "name": name}
    return signing.dumps(shown, salt=_SALT)


@require_POST
def activity_import_confirm(request: HttpRequest) -> HttpResponse:
    """Store the rows of the file that was shown."""
    try:
        shown = signing.loads(request.POST.get("ticket", ""), salt=_SALT, max_age=_TICKET_SECONDS)
        if shown["person"] != request.user.pk:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.error(request, "Lần xem trước này đã hết hạn. Hãy chọn lại tệp.")
        return redirect("work:activity-import")
    unit = visible_unit(request, shown["unit"], today())
    held = get_object_or_404(Blob, pk=shown["blob"])
    try:
        done = actions.import_activities(
            unit=unit, data=blobs.read(held), name=shown["name"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("work:activity-import")
    messages.success(request, f"Đã nhập {printed(done.rows)} dòng của tệp “{shown['name']}” vào sổ.")
    return redirect(f"{reverse('work:ledger')}?unit={unit.pk}")
