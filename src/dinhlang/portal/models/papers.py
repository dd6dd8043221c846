"""Plans that are open to all, as they read when they were opened."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Blob, Plan


class OpenPlan(models.Model):
    """A plan that is, or was, open to all. What readers see is what was opened: the plan may be amended meanwhile.

    `version` is that of the plan when it was opened, `document` its text. `file` is the one it was read from when that
    is a document, else the PDF made of it. One that was withdrawn keeps its address and says why.
    """

    PERSONAL_FIELDS = ("document", "published_by", "withdrawn_by")

    plan = models.OneToOneField(
        Plan, on_delete=models.PROTECT, related_name="opened", verbose_name=_("kế hoạch")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    slug = models.SlugField(_("địa chỉ"), max_length=80)
    number = models.CharField(_("số, ký hiệu"), max_length=70)
    issued_on = models.DateField(_("ngày ban hành"))
    subject = models.TextField(_("trích yếu"))
    version = models.PositiveIntegerField(_("lần sửa"))
    document = models.JSONField(_("nội dung"))
    file = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp"))
    form = models.CharField(_("dạng tệp"), max_length=4)
    shows_progress = models.BooleanField(_("cho xem tiến độ"), default=True)
    published_at = models.DateTimeField(_("công khai lúc"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người công khai"),
    )
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gỡ"),
    )
    reason = models.CharField(_("lý do gỡ"), max_length=500, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("kế hoạch công khai")
        verbose_name_plural = _("kế hoạch công khai")
        constraints = [
            models.UniqueConstraint(fields=["unit", "slug"], name="open_plan_at_its_own_address"),
            models.CheckConstraint(
                name="open_plan_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, reason="", withdrawn_by=None)
                | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None
