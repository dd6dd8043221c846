"""One report that is owed: why then, what was sent, a later day."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import looking_of, may, page, posted, show_refusal, signed_in, today
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report
from dinhlang.reports.duties import actions, forms, queries
from dinhlang.reports.duties.queries import Shown
from dinhlang.reports.duties.views.lists import duties_crumb
from dinhlang.reports.models import Exemption, Obligation
from dinhlang.reports.submission import queries as submitting
from dinhlang.reports.submission.forms import NilForm
from dinhlang.reports.views.found import list_crumb


def found(request: HttpRequest, pk: int) -> Shown:
    """The obligation as it stands today; 404 for one of a unit that the person may not see."""
    on = today()
    rows = Obligation.objects.filter(unit__in=looking_of(request).readable_ids).select_related(
        "unit", "programme", "regime", "request", "passed_to__unit", "sent_by"
    )
    return queries.shown(get_object_or_404(queries.with_standing(rows, on), pk=pk), on)


def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one obligation. Whoever was reminded of it has seen the reminder by opening it."""
    one = found(request, pk)
    actions.see_nudges(person=signed_in(request), obligations=[pk], at=timezone.now())
    return _page(request, one, sent=forms.SentForm(initial={"sent_on": today()}))


def _page(request: HttpRequest, one: Shown, **more: Any) -> HttpResponse:
    on, row = today(), one.row
    may_draft = may(request, Permission.REPORT_DRAFT, row.unit, on)
    extensions = row.exemptions.select_related("requested_by", "decided_by").order_by("-pk")
    return page(
        request,
        "reports/duties/duty.html",
        row.subject,
        crumbs=[list_crumb(), duties_crumb()],
        one=one,
        row=row,
        on=on,
        unit_name=capfirst(org.title_of(row.unit, row.window_to or row.due_on)),
        passed_name=org.title_of(row.passed_to.unit, on) if row.passed_to else "",
        extensions=extensions,
        nudges=row.nudges.select_related("person").order_by("told_on", "pk"),
        may_draft=may_draft,
        may_submit=may(request, Permission.REPORT_SUBMIT, row.unit, on),
        takes_file=may(request, Permission.SUBMISSION_DECIDE, row.unit, on)
        or may(request, Permission.REPORT_SUBMIT, row.unit, on),
        has_receiver=one.state.is_owed and submitting.has_receiver(row, on),
        submissions=row.submissions.defer("document").order_by("-number"),
        last_issued=submitting.report_to_submit(row),
        nil=NilForm(),
        may_decide=may(request, Permission.DUTY_ASSIGN, row.unit, on),
        drafts_here=bool(row.programme and row.programme.is_drafted),
        is_asked=bool(row.request_id and row.period),
        **more,
    )


@require_POST
def duty_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the report that is owed, with the days it is asked for."""
    row = found(request, pk).row
    try:
        report = draft_report(
            unit=row.unit,
            period=Period.parse(row.period),
            programme=row.kept_as,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:duty", pk)
    return redirect("reports:report", report.pk)


@require_POST
def duty_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the report went out by another way."""
    one = found(request, pk)
    form = forms.SentForm(request.POST)
    if form.is_valid():
        try:
            actions.note_sent(
                obligation=one.row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi báo cáo đã gửi."))
            return redirect("reports:duty", pk)
    return _page(request, one, sent=form)


@require_POST
def duty_unsent(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that note back."""
    one = found(request, pk)
    try:
        actions.take_back_sent(obligation=one.row, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã hủy ghi. Báo cáo lại còn phải nộp."))
    return redirect("reports:duty", pk)


def duty_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a later day."""
    one = found(request, pk)
    form = forms.ExtensionForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_extension(
                obligation=one.row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã gửi đề nghị lùi hạn lên cấp trên."))
            return redirect("reports:duty", pk)
    return page(
        request,
        "reports/duties/extend.html",
        _("Đề nghị lùi hạn"),
        crumbs=[list_crumb(), duties_crumb()],
        one=one,
        form=form,
        may_ask=may(request, Permission.REPORT_DRAFT, one.row.unit, today()),
    )


@require_POST
def extension_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse what a unit asked."""
    readable = looking_of(request).readable_ids
    rows = Exemption.objects.filter(obligation__unit__in=readable).select_related("obligation__unit")
    asked = get_object_or_404(rows, pk=pk)
    is_granted = request.POST.get("decide") == "grant"
    try:
        actions.decide_extension(
            exemption=asked,
            is_granted=is_granted,
            note=request.POST.get("note", "")[:500],
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã đồng ý lùi hạn.") if is_granted else _("Đã trả lời không lùi hạn."))
    return redirect("reports:duty", asked.obligation_id)
