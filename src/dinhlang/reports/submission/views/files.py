"""A report that came as a file or lies in the archive: chosen, looked at, confirmed with its three days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.archive import queries as archive
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc.model import Kind
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, show_refusal, signed_in, today
from dinhlang.reports.duties.views.duty import found
from dinhlang.reports.duties.views.lists import duties_crumb
from dinhlang.reports.models import Obligation
from dinhlang.reports.submission import actions, forms
from dinhlang.reports.submission.showing import name_of_figure
from dinhlang.reports.views.found import list_crumb
from dinhlang.work import blobs
from dinhlang.work.models import Blob

_SALT = "submission-file"
_HELD_SECONDS = 3600
_OFFERED = 40


def duty_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the file, or a document of the archive; then see what was read of it and confirm the days."""
    one, by, at = found(request, pk), signed_in(request), timezone.now()
    offered = _offered(request, one.row)
    archived = {str(document.pk): _called(document) for document in offered}
    looked, confirming, choosing, chosen = None, None, forms.FileForm(archived=archived), 0
    try:
        if "held" in request.POST:
            data, name, chosen = _held(request.POST["held"], pk, by.pk)
            given: dict[str, Any] = {"obligation": one.row, "by": by, "at": at}
            document = get_object_or_404(offered, pk=chosen) if chosen else None
            looked = (
                actions.look_at_archived(document=document, **given)
                if document
                else actions.look_at_file(data=data, name=name, **given)
            )
            confirming = forms.DaysForm(request.POST, is_doubtful=bool(looked.found.doubts))
            if confirming.is_valid():
                given |= confirming.days
                made = (
                    actions.take_in_archived(document=document, **given)
                    if document
                    else actions.take_in_file(data=data, name=name, **given)
                )
                messages.success(request, _("Đã nhận văn bản và gắn với báo cáo phải nộp."))
                return redirect("reports:submission", made.pk)
        elif request.method == "POST":
            choosing = forms.FileForm(request.POST, request.FILES, archived=archived)
            if choosing.is_valid():
                file, picked = choosing.cleaned_data["file"], choosing.cleaned_data.get("archived")
                if picked:
                    chosen = int(picked)
                    looked = actions.look_at_archived(
                        obligation=one.row, document=offered.get(pk=chosen), by=by, at=at
                    )
                else:
                    looked = actions.look_at_file(
                        obligation=one.row, data=file.read(), name=file.name, by=by, at=at
                    )
                written_on = looked.found.document_on
                days = {
                    "document_on": written_on,
                    "submitted_on": _likely_sent(one.row, written_on, today()),
                    "received_on": today(),
                }
                confirming = forms.DaysForm(initial=days, is_doubtful=bool(looked.found.doubts))
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
        held=signing.dumps([looked.blob.pk, looked.name, pk, by.pk, chosen], salt=_SALT) if looked else "",
        allowed=allowed,
    )


def _likely_sent(owed: Obligation, written_on: date | None, on: date) -> date | None:
    """The day of handing in to begin with; none where it decides whether the report came in time: that is said, not guessed."""
    if written_on is None:
        return on
    return None if written_on <= owed.due_on < on else written_on


def _offered(request: HttpRequest, owed: Obligation) -> QuerySet[ArchivedDocument]:
    """The reports of the unit that lie in its archive: of the period first, then those that came last."""
    there = archive.documents_for(request.user, today()).filter(unit=owed.unit_id)
    of_period = Case(When(period=owed.period or "-", then=0), default=1)
    is_report = Case(When(kind=Kind.REPORT, then=0), default=1)
    last = there.order_by(of_period, is_report, "-pk").values_list("pk", flat=True)[:_OFFERED]
    return there.filter(pk__in=list(last)).order_by(of_period, is_report, "-pk")


def _called(document: ArchivedDocument) -> str:
    """A document in a list to choose from: number and subject, else the file's name."""
    head = document.document
    number = "/".join(part for part in (head.get("number"), head.get("symbol")) if part)
    return f"{number} {document}".strip()[:120]


def _held(token: str, pk: int, person: int) -> tuple[bytes, str, int]:
    """The file that this person looked at for this obligation a moment ago, and the archive's number of it, or 0."""
    try:
        blob, name, of, by, chosen = signing.loads(token, salt=_SALT, max_age=_HELD_SECONDS)
        if (of, by) != (pk, person):
            raise signing.BadSignature
        return blobs.read(Blob.objects.get(pk=blob)), name, chosen
    except (signing.BadSignature, Blob.DoesNotExist, blobs.BlobLost, ValueError):
        raise Refused(_("Tệp đã chọn không còn giữ. Chọn lại tệp.")) from None
