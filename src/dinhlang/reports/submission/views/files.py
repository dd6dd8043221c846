"""A report that came as a file: chosen, looked at, confirmed with its three days."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, show_refusal, signed_in, today
from dinhlang.reports.duties.views.duty import found
from dinhlang.reports.duties.views.lists import duties_crumb
from dinhlang.reports.submission import actions, forms
from dinhlang.reports.submission.showing import name_of_figure
from dinhlang.reports.views.found import list_crumb
from dinhlang.work import blobs
from dinhlang.work.models import Blob

_SALT = "submission-file"
_HELD_SECONDS = 3600


def duty_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the file; then see what was read of it and confirm the days."""
    one, by, at = found(request, pk), signed_in(request), timezone.now()
    looked, confirming, choosing = None, None, forms.FileForm()
    try:
        if "held" in request.POST:
            data, name = _held(request.POST["held"], pk, by.pk)
            looked = actions.look_at_file(obligation=one.row, data=data, name=name, by=by, at=at)
            confirming = forms.DaysForm(request.POST)
            if confirming.is_valid():
                made = actions.take_in_file(
                    obligation=one.row, data=data, name=name, by=by, at=at, **confirming.cleaned_data
                )
                messages.success(request, _("Đã nhận văn bản và gắn với báo cáo phải nộp."))
                return redirect("reports:submission", made.pk)
        elif request.method == "POST":
            choosing = forms.FileForm(request.POST, request.FILES)
            if choosing.is_valid():
                file = choosing.cleaned_data["file"]
                looked = actions.look_at_file(
                    obligation=one.row, data=file.read(), name=file.name, by=by, at=at
                )
                written_on = looked.found.document_on
                days = {
                    "document_on": written_on,
                    "submitted_on": written_on or today(),
                    "received_on": today(),
                }
                confirming = forms.DaysForm(initial=days)
    except Refused as reason:
        if confirming is not None:
            show_refusal(confirming, reason)
        else:
            messages.error(request, str(reason))
    row = one.row
    allowed = may(request, Permission.SUBMISSION_DECIDE, row.unit, today()) or may(
        request, Permission.REPORT_SUBMIT, row.unit, today()
    )
    return page(
        request,
        "reports/submission/file.html",
        _("Nhận văn bản gửi ngoài hệ thống"),
        crumbs=[list_crumb(), duties_crumb(), (reverse("reports:duty", args=[pk]), row.subject)],
        one=one,
        row=row,
        choosing=choosing,
        confirming=confirming if looked else None,
        looked=looked,
        figures=[(name_of_figure(figure, row), figure) for figure in looked.found.figures] if looked else [],
        held=signing.dumps([looked.blob.pk, looked.name, pk, by.pk], salt=_SALT) if looked else "",
        allowed=allowed,
    )


def _held(token: str, pk: int, person: int) -> tuple[bytes, str]:
    """The file that this person looked at for this obligation a moment ago."""
    try:
        blob, name, of, by = signing.loads(token, salt=_SALT, max_age=_HELD_SECONDS)
        if (of, by) != (pk, person):
            raise signing.BadSignature
        return blobs.read(Blob.objects.get(pk=blob)), name
    except (signing.BadSignature, Blob.DoesNotExist, blobs.BlobLost, ValueError):
        raise Refused(_("Tệp đã chọn không còn giữ. Chọn lại tệp.")) from None
