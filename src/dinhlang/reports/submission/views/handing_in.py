"""A report goes to the level above, or the word that there is nothing to report."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, signed_in, today
from dinhlang.reports.approval.queries import can_be_sealed
from dinhlang.reports.duties.queries import shown, with_standing
from dinhlang.reports.duties.views.duty import found
from dinhlang.reports.models import Obligation, Report, Submission
from dinhlang.reports.submission import actions, forms, queries
from dinhlang.reports.submission.entering import recipient_of
from dinhlang.reports.submission.rules.receipts import printed_number
from dinhlang.reports.views.found import crumbs_of, report_for


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is handed in, to whom and by when; then it is."""
    report, on = report_for(request, pk), today()
    if request.method == "POST":
        try:
            made = actions.submit_report(report=report, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("reports:submit", pk)
        messages.success(request, said_of(made))
        return redirect("reports:submission", made.pk)
    owed = queries.obligation_for(report) if report.status == Report.Status.ISSUED else None
    recipient = recipient_of(owed, on) if owed else None
    standing = shown(with_standing(Obligation.objects.filter(pk=owed.pk), on).get(), on) if owed else None
    figures = report.figures.all()
    return page(
        request,
        "reports/submission/submit.html",
        _("Nộp lên cấp trên"),
        crumbs=crumbs_of(report),
        report=report,
        owed=owed,
        standing=standing,
        on=on,
        symbol=queries.symbol_of(report) if report.number else "",
        recipient_name=org.title_of(recipient, on) if recipient else "",
        office=owed.recipient_name if owed else "",
        has_receiver=owed is not None and queries.has_receiver(owed, on),
        figures=len(figures),
        without=sum(one.value is not None and not one.lines for one in figures),
        handed_in=list(owed.submissions.order_by("-number")) if owed else [],
        lacks_seal=can_be_sealed(report),
        may_seal=may(request, Permission.REPORT_SEAL, report.unit, on),
        may_submit=may(request, Permission.REPORT_SUBMIT, report.unit, on),
    )


@require_POST
def duty_nil(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing to report for the period: handed in with the reason."""
    one = found(request, pk)
    form = forms.NilForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do không phát sinh số liệu trong kỳ."))
        return redirect("reports:duty", pk)
    try:
        made = actions.submit_nil(
            obligation=one.row, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:duty", pk)
    messages.success(request, said_of(made))
    return redirect("reports:submission", made.pk)


def said_of(made: Submission) -> str:
    """What is said when something was handed in."""
    return _("Đã nộp, cấp trên đã tiếp nhận với số %(number)s.") % {
        "number": printed_number(made.receipt_number, made.receipt_year)
    }
