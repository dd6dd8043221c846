"""What is stored of a report that was taken together from others: which versions of which units, what a person decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.reports.models.issued import Report
from dinhlang.reports.models.submission import Submission


class Consolidation(models.Model):
    """That a report is taken together from reports of units below, and from what.

    `expected` are the ids of the units that owed a report when it was taken together, `ended` those that ceased within
    the window and of whose days nobody reports. `own` is what the upper unit's own ledger adds, by concept (value,
    exactness, numerator, denominator, lines, digest). `joined` and `parted` are pairs of names of proposals, `apart` keys
    of joint events: what a person decided against the rules. `is_final` once the report is issued: the database then
    refuses any change.
    """

    PERSONAL_FIELDS = ()

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, related_name="consolidation", verbose_name=_("báo cáo")
    )
    with_received = models.BooleanField(_("cả báo cáo chưa chấp nhận"), default=False)
    expected = models.JSONField(_("đơn vị phải nộp"), default=list)
    ended = models.JSONField(_("đơn vị đã kết thúc"), default=list)
    own = models.JSONField(_("số liệu của chính đơn vị"), default=dict)
    joined = models.JSONField(_("kiến nghị gộp tay"), default=list)
    parted = models.JSONField(_("kiến nghị tách tay"), default=list)
    apart = models.JSONField(_("sự kiện không chung"), default=list)
    coverage = models.TextField(_("câu về phạm vi tổng hợp"), blank=True)
    taken_at = models.DateTimeField(_("lấy số liệu lúc"))
    is_final = models.BooleanField(_("đã chốt"), default=False)

    class Meta:
        verbose_name = _("việc tổng hợp")
        verbose_name_plural = _("việc tổng hợp")


class ConsolidatedChild(models.Model):
    """The version of a unit's report that a consolidated report counts.

    `digest` is that of the package. `passed_to` is the successor whose report has this unit's days already, so that this
    one is not counted.
    """

    PERSONAL_FIELDS = ()

    consolidation = models.ForeignKey(
        Consolidation, on_delete=models.CASCADE, related_name="children", verbose_name=_("việc tổng hợp")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    submission = models.ForeignKey(
        Submission,
        on_delete=models.PROTECT,
        related_name="consolidated_in",
        verbose_name=_("báo cáo đã nộp"),
    )
    digest = models.CharField(_("mã băm"), max_length=64)
    window_from = models.DateField(_("số liệu từ ngày"))
    window_to = models.DateField(_("đến ngày"))
    passed_to = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("tính trong báo cáo của"),
    )
    was_accepted = models.BooleanField(_("đã được chấp nhận khi lấy"))
    is_final = models.BooleanField(_("đã chốt"), default=False)

    class Meta:
        ordering = ["consolidation", "unit"]
        verbose_name = _("báo cáo được tổng hợp")
        verbose_name_plural = _("báo cáo được tổng hợp")
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "unit"], name="consolidated_once"),
            models.CheckConstraint(
                name="consolidated_window_in_order", condition=Q(window_to__gte=F("window_from"))
            ),
        ]
