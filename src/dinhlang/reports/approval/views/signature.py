"""The digital signature of an issued report: what was kept when it was signed, judged anew from the kept file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.views import page
from dinhlang.reports import render as files
from dinhlang.reports.approval.queries import seal_of
from dinhlang.reports.models import ReportSignature
from dinhlang.reports.views.found import crumbs_of, report_for


def signature(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the kept PDF and judge its signatures now."""
    from dinhlang.officialdoc import sign

    report = report_for(request, pk)
    sealed = seal_of(report)
    kept = ReportSignature.objects.filter(report=report).first() or sealed
    if kept is None:
        raise Http404
    signatures: tuple[sign.Signed, ...] = ()
    problem = ""
    try:
        signatures = sign.verify(files.pdf(report), at=timezone.now()).signatures
    except sign.CannotSign as reason:
        problem = str(reason)
    said = {
        sign.Verdict.GOOD: _("Chữ ký còn nguyên vẹn: tệp không bị sửa từ khi ký."),
        sign.Verdict.UNKNOWN_SIGNER: _("Tệp còn nguyên vẹn nhưng chứng thư không có hiệu lực vào lúc ký."),
        sign.Verdict.CHANGED: _("Tệp đã bị sửa sau khi ký. Lấy lại tệp gốc."),
        sign.Verdict.BROKEN: _("Chữ ký không khớp với tệp: nội dung đã bị thay đổi."),
    }
    return page(
        request,
        "reports/approval/signature.html",
        _("Chữ ký số của báo cáo"),
        crumbs=crumbs_of(report),
        report=report,
        kept=kept,
        sealed=sealed,
        problem=problem,
        rows=[
            (
                one,
                said[one.verdict],
                one.verdict is sign.Verdict.GOOD,
                one.ledger_digest == kept.ledger_digest,
            )
            for one in signatures
        ],
    )
