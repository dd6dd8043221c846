"""The receipt: a page, a PDF, and the page where anybody can check one by its digest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dinhlang.org import queries as org
from dinhlang.org.often import is_too_often
from dinhlang.org.sign_in.limits import address_of
from dinhlang.org.views import page
from dinhlang.org.views.decision_links import MISSES_WITHIN
from dinhlang.reports.models import Submission
from dinhlang.reports.submission import forms, queries
from dinhlang.reports.submission.receipt import receipt_as_pdf
from dinhlang.reports.submission.rules.receipts import printed_number
from dinhlang.reports.submission.views.one import crumbs, found

_MOST_CHECKS = 60


def told(one: Submission) -> dict[str, Any]:
    """What a receipt says, for a page."""
    on = timezone.localdate(one.received_at)
    return {
        "one": one,
        "number": printed_number(one.receipt_number, one.receipt_year),
        "unit_name": capfirst(org.title_of(one.obligation.unit, on)),
        "recipient_name": capfirst(org.title_of(one.recipient, on)) if one.recipient else "",
    }


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a submission, to be read and printed."""
    one = found(request, pk)
    return page(
        request,
        "reports/submission/receipt.html",
        _("Giấy tiếp nhận"),
        crumbs=[*crumbs(request), (reverse("reports:submission", args=[pk]), one.subject)],
        **told(one),
    )


def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as PDF."""
    one = found(request, pk)
    name = f"giay-tiep-nhan-{one.receipt_number}-{one.receipt_year}.pdf"
    return HttpResponse(
        receipt_as_pdf(one),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@never_cache
@require_safe
def receipt_check(request: HttpRequest) -> HttpResponse:
    """Whether a package was received here, by its digest. Open to all: a digest tells nobody anything who does not hold
    the package."""
    form = forms.DigestForm(request.GET or None)
    asked, refusal, one = "", "", None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data["ma"]
        if is_too_often(f"receipt:{address_of(request)}", most=_MOST_CHECKS, within=MISSES_WITHIN):
            refusal = _("Đã kiểm tra nhiều lần. Xin đợi mười phút rồi thử lại.")
        else:
            one = queries.by_digest(asked)
    return render(
        request,
        "reports/submission/check.html",
        {
            "title": _("Kiểm tra giấy tiếp nhận"),
            "form": form,
            "asked": asked,
            "refusal": refusal,
            **(told(one) if one else {"one": None}),
        },
        status=429 if refusal else 200,
    )
