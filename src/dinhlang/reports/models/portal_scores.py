"""What is stored about the points that the national portal publishes for a unit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class PortalScore(models.Model):
    """That somebody read the unit's points on the portal: of which days, when, where. Rows are only added.

    The points themselves are the counters of `line`, hundredths of a point; reversing it takes the row out.
    """

    PERSONAL_FIELDS = ("by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="portal_scores", verbose_name=_("đơn vị")
    )
    line = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="portal_score", verbose_name=_("dòng sổ theo dõi")
    )
    first = models.DateField(_("tính từ ngày"))
    last = models.DateField(_("tính đến ngày"))
    seen_on = models.DateField(_("ngày xem"))
    source = models.CharField(_("xem ở đâu"), max_length=200)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["-last", "-pk"]
        verbose_name = _("điểm Cổng Dịch vụ công quốc gia công bố")
        verbose_name_plural = _("điểm Cổng Dịch vụ công quốc gia công bố")
        indexes = [models.Index(fields=["unit", "last"], name="portal_score_unit_last")]
        constraints = [
            models.CheckConstraint(
                name="portal_score_days_in_order", condition=Q(first__lte=F("last"), last__lte=F("seen_on"))
            ),
            models.CheckConstraint(name="portal_score_says_where", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return self.line.title
