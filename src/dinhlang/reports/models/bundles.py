"""What is stored of bundles: all reports of a period of a unit and those below, made into one file to take away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.reports.bundles.rules import State


class Bundle(models.Model):
    """One bundle that a person asked for. Its file lies beside the stored ones under its token, for some days.

    `rows` is what was in it when it was asked for: {"unit", "name", and the keys here of its "report" or "submission"}; `told` what became
    of each row that gave no file: {"unit", "name", "why"}. `done` counts rows, so that progress can be shown.
    """

    PERSONAL_FIELDS = ("asked_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="report_bundles", verbose_name=_("đơn vị")
    )
    programme = models.CharField(_("chương trình"), max_length=40)
    period = models.CharField(_("kỳ báo cáo"), max_length=10)
    docx = models.BooleanField(_("tệp Word"), default=True)
    pdf = models.BooleanField(_("tệp PDF"), default=False)
    with_drafts = models.BooleanField(_("cả dự thảo"), default=False)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.JSONField(_("các báo cáo"), default=list)
    told = models.JSONField(_("chưa có tệp"), default=list)
    done = models.PositiveIntegerField(_("đã ghi"), default=0)
    files = models.PositiveIntegerField(_("số tệp"), default=0)
    size = models.PositiveBigIntegerField(_("kích thước (byte)"), default=0)
    token = models.CharField(max_length=40, unique=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("số lần làm"), default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người yêu cầu"),
    )
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    moved_at = models.DateTimeField(_("động đến lúc"))
    ready_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bộ báo cáo của kỳ")
        verbose_name_plural = _("bộ báo cáo của kỳ")
        constraints = [
            models.CheckConstraint(name="bundle_of_some_form", condition=Q(docx=True) | Q(pdf=True)),
            models.CheckConstraint(
                name="bundle_ready_with_its_time", condition=~Q(state="ready") | Q(ready_at__isnull=False)
            ),
        ]
