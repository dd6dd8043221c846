"""One submission for both sides: the document beside its figures, what was done with it, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import looking_of, may, page, show_refusal, signed_in, today
from dinhlang.reports.models import Submission
from dinhlang.reports.submission import actions, forms, queries, showing
from dinhlang.reports.submission.rules.receipts import printed_number
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.views.found import Crumb, list_crumb
from dinhlang.work import blobs


def found(request: HttpRequest, pk: int) -> Submission:
    """The submission, or 404 when it is of a unit that the person may not see."""
    rows = queries.submissions_for(request.user, today()).select_related(
        "report", "package", "handed_in_by", "key", "obligation__regime"
    )
    return get_object_or_404(rows, pk=pk)


def list_title(request: HttpRequest) -> str:
    """What the list is called for who looks: received where one decides, else handed in."""
    if Permission.SUBMISSION_DECIDE in looking_of(request).permissions:
        return _("Báo cáo nhận được")
    return _("Báo cáo đã nộp")


def crumbs(request: HttpRequest) -> list[Crumb]:
    """The way back to the list."""
    return [list_crumb(), (reverse("reports:submissions"), list_title(request))]


def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one submission."""
    return _page(request, found(request, pk))


def _page(
    request: HttpRequest, one: Submission, returning: forms.ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    on, unit = today(), one.obligation.unit
    waits = one.state == State.RECEIVED and not one.place
    decides = waits and may(request, Permission.SUBMISSION_DECIDE, unit, on)
    may_submit = may(request, Permission.REPORT_SUBMIT, unit, on)
    figures = showing.figures_of(one)
    steps = one.steps.select_related("by", "key").order_by("-number")
    returned = queries.returned_points(one) if one.state == State.RETURNED else None
    others = one.obligation.submissions.exclude(pk=one.pk).defer("document").order_by("-number")
    return page(
        request,
        "reports/submission/one.html",
        one.subject or one.obligation.subject,
        crumbs=crumbs(request),
        status=status,
        one=one,
        unit_name=capfirst(org.title_of(unit, one.obligation.window_to or on)),
        recipient_name=capfirst(org.title_of(one.recipient, on)) if one.recipient else "",
        number=printed_number(one.receipt_number, one.receipt_year),
        paper=showing.paper_of(one),
        figures=figures,
        changed=[line for line in figures if line.row.changed_from],
        evidenced=sum(line.row.has_evidence for line in figures),
        lacking=showing.lacking(one, figures),
        steps=[(step, showing.doer_of(step, one)) for step in steps],
        returned=returned,
        returned_by=showing.doer_of(returned, one) if returned else "",
        others=others,
        forms_of_file=showing.forms_of(one),
        decides=decides,
        returning=(returning or forms.ReturnForm(places=showing.places(one, figures))) if decides else None,
        may_take_back=waits and may_submit,
        may_correct=may_submit and one.state == State.RETURNED and one.report is not None,
    )


@require_POST
def submission_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with what is to be mended."""
    one = found(request, pk)
    form = forms.ReturnForm(request.POST, places=showing.places(one, showing.figures_of(one)))
    if form.is_valid():
        try:
            actions.return_submission(
                submission=one,
                reason=form.cleaned_data["reason"],
                points=form.points,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã trả lại, kèm chỗ cần sửa."))
            return redirect("reports:submission", pk)
    return _page(request, one, form, status=422)


@require_POST
def submission_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept it."""
    return _done(request, pk, actions.accept_submission, _("Đã chấp nhận báo cáo."))


@require_POST
def submission_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back."""
    return _done(request, pk, actions.take_back, _("Đã rút lại. Báo cáo lại còn phải nộp."))


def _done(request: HttpRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    try:
        act(submission=found(request, pk), by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect("reports:submission", pk)


def submission_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The Word file, the PDF, the ledger or the whole package, as it came."""
    one = found(request, pk)
    if form not in dict(showing.forms_of(one)):
        raise Http404
    try:
        data, name, media_type = showing.file_of(one, form)
    except blobs.BlobLost:
        raise Http404 from None
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
