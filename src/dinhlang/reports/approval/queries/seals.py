"""Whether an issued report can take the agency's seal, and whose signatures it has."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.queries import key_of_unit
from dinhlang.reports.models import Report, ReportSeal, ReportSignature, Submission
from dinhlang.reports.submission.rules.states import State


def why_no_seal(report: Report) -> str:
    """Why the report takes no seal, as a sentence; empty when it does."""
    if report.status != Report.Status.ISSUED:
        return _("Báo cáo chưa phát hành. Duyệt và phát hành rồi mới đóng dấu.")
    if ReportSeal.objects.filter(report=report).exists():
        return _("Báo cáo đã có dấu số của cơ quan, không đóng lần nữa.")
    if ReportSignature.objects.filter(report=report, is_of_the_unit=True).exists():
        return _("Báo cáo đã ký bằng khóa của cơ quan khi phát hành, không đóng dấu lần nữa.")
    handed_in = Submission.objects.filter(report=report).exclude(state=State.TAKEN_BACK)
    if handed_in.exists():
        return _(
            "Báo cáo đã nộp lên cấp trên nên bản đã nộp không đổi được nữa. Rút lại khi cấp trên chưa quyết định rồi đóng dấu."
        )
    return ""


def can_be_sealed(report: Report) -> bool:
    """Whether the unit has a key of its own and the report takes its seal."""
    return key_of_unit(report.unit) is not None and not why_no_seal(report)


def seal_of(report: Report) -> ReportSeal | None:
    """The agency's seal on the report, with who put it."""
    found: ReportSeal | None = ReportSeal.objects.filter(report=report).select_related("by").first()
    return found


def to_be_sealed(unit: Unit, since: date) -> QuerySet[Report]:
    """Issued reports of the unit that could take its seal and have none yet, those issued from that day on.

    Empty where the unit has no key of its own: nobody is told to do what cannot be done.
    """
    handed_in = Submission.objects.filter(report=OuterRef("pk")).exclude(state=State.TAKEN_BACK)
    signed = ReportSignature.objects.filter(report=OuterRef("pk"), is_of_the_unit=True)
    found: QuerySet[Report] = Report.objects.filter(
        unit=unit, status=Report.Status.ISSUED, issued_on__gte=since, seal=None
    )
    if key_of_unit(unit) is None:
        return found.none()
    return found.filter(~Exists(handed_in), ~Exists(signed)).defer("document").order_by("issued_on", "pk")
