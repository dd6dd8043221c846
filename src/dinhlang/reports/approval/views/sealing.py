"""The office clerk puts the agency's signature on an issued report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, posted, show_refusal, signed_in, today
from dinhlang.reports import rules
from dinhlang.reports.approval import actions, forms, queries
from dinhlang.reports.models import Report, ReportSignature
from dinhlang.reports.views.found import crumbs_of, report_for


@never_cache
@sensitive_post_parameters("passphrase")
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signed, with which key the seal is put, and the passphrase; then it is put."""
    report = report_for(request, pk)
    if report.status != Report.Status.ISSUED or not may(
        request, Permission.REPORT_SEAL, report.unit, today()
    ):
        raise Http404
    form = forms.SealForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.seal_report(
                report=report,
                passphrase=form.cleaned_data["passphrase"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã đóng dấu số của cơ quan vào báo cáo."))
            return redirect("reports:signature", report.pk)
    return page(
        request,
        "reports/approval/seal.html",
        _("Đóng dấu số của cơ quan"),
        crumbs=crumbs_of(report),
        status=422 if form.errors else 200,
        report=report,
        symbol=rules.printed_number_of(report.number or 0, report.symbol),
        signed=ReportSignature.objects.filter(report=report).first(),
        key=org.key_of_unit(report.unit),
        why_not=queries.why_no_seal(report),
        seal=queries.seal_of(report),
        form=form,
    )
