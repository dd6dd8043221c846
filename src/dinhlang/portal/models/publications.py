"""What of the house is open to all: issued reports, in which words their lines are shown, the columns they stand in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.reports.models import Report
from dinhlang.work.models import Activity


class Column(models.Model):
    """A column (chuyên mục) of a commune's public page. One that is closed keeps what stands in it.

    Its address is made of its first name and stays when it is renamed: people have it in their bookmarks.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="columns", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên"), max_length=80)
    slug = models.SlugField(_("địa chỉ"), max_length=80)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    is_open = models.BooleanField(_("đang mở"), default=True)

    class Meta:
        ordering = ["unit", "position", "pk"]
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="column_named_once"),
            models.UniqueConstraint(fields=["unit", "slug"], name="column_at_its_own_address"),
        ]

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """An issued report that is, or was, open to all. One that was withdrawn keeps its address and says why.

    `months` says what the pinned lines add up to, by concept and first day of the month. They never change, so they are
    added up once, and no reader waits for it.
    """

    PERSONAL_FIELDS = ("published_by", "withdrawn_by")

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="publication", verbose_name=_("báo cáo")
    )
    published_at = models.DateTimeField(_("công khai lúc"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người công khai"),
    )
    note = models.CharField(_("lời dẫn"), max_length=500, blank=True)
    column = models.ForeignKey(
        Column,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
        verbose_name=_("chuyên mục"),
    )
    months = models.JSONField(_("số liệu theo tháng"), default=dict)
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
        ordering = ["-report__issued_on", "-pk"]
        verbose_name = _("báo cáo công khai")
        verbose_name_plural = _("báo cáo công khai")
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, reason="", withdrawn_by=None)
                | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.report)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None


class PublicLine(models.Model):
    """What a person decided about the words of a line of the ledger on public pages.

    Without a row the detector of personal data decides (`rules.public_title`).
    """

    PERSONAL_FIELDS = ("decided_by",)

    class Wording(models.TextChoices):
        OWN = "own", _("giữ nguyên")
        COMMON = "common", _("dùng tên chung")

    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="public_line", verbose_name=_("hoạt động")
    )
    wording = models.CharField(_("nội dung công khai"), max_length=6, choices=Wording.choices)
    decided_at = models.DateTimeField(_("duyệt lúc"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )

    class Meta:
        verbose_name = _("nội dung công khai của hoạt động")
        verbose_name_plural = _("nội dung công khai của hoạt động")
