"""What is stored about the quality of an issued report."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.reports.models.issued import Report


class ReportQuality(models.Model):
    """What can be counted of an issued report besides its day: measured once, since the report never changes.

    `figures` are those with a value, `evidenced` those of them that evidence stands behind. `letters` are in
    sentences long enough to be recognised, `copied` in those that stood in a report of an earlier year. `findings`
    are what the checker and a careful reader would mark, `left` those that a person left with a reason. `told` says
    which: sentences and remarks, for whoever opens the number.
    """

    PERSONAL_FIELDS = ("told",)

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, related_name="quality", verbose_name=_("báo cáo")
    )
    figures = models.PositiveIntegerField(_("số liệu"))
    evidenced = models.PositiveIntegerField(_("số liệu có minh chứng"))
    letters = models.PositiveIntegerField(_("số chữ của các câu"))
    copied = models.PositiveIntegerField(_("số chữ lấy từ báo cáo trước"))
    findings = models.PositiveIntegerField(_("điều cần sửa"))
    left = models.PositiveIntegerField(_("điều bỏ qua có lý do"))
    told = models.JSONField(_("chi tiết"), default=dict)
    measured_at = models.DateTimeField(_("đo lúc"))

    class Meta:
        verbose_name = _("chất lượng báo cáo")
        verbose_name_plural = _("chất lượng báo cáo")
        constraints = [
            models.CheckConstraint(
                name="quality_parts_within_wholes",
                condition=Q(evidenced__lte=F("figures"), copied__lte=F("letters"), left__lte=F("findings")),
            )
        ]
