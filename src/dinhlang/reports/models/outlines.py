"""What is stored about outlines, and the sentences a unit likes to use again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class Outline(models.Model):
    """The commune's own outline of a report: prose with places for figures. Editing makes a new version."""

    PERSONAL_FIELDS = ("created_by",)

    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outlines",
        verbose_name=_("đơn vị"),
    )
    programme = models.CharField(_("chương trình"), max_length=40, default="cchc-tuyen-truyen")
    version = models.PositiveIntegerField(_("phiên bản"))
    text = models.TextField(_("nội dung đề cương"))
    created_at = models.DateTimeField(_("tạo lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["unit", "programme", "-version"]
        verbose_name = _("đề cương")
        verbose_name_plural = _("đề cương")
        constraints = [
            models.UniqueConstraint(fields=["unit", "programme", "version"], name="outline_version_once"),
            models.UniqueConstraint(
                fields=["programme", "version"], condition=Q(unit=None), name="default_outline_version_once"
            ),
        ]

    def __str__(self) -> str:
        return _("%(programme)s, bản %(version)s") % {"programme": self.programme, "version": self.version}


class TextBlock(models.Model):
    """A sentence that a unit likes to use again, for one part of its reports. Shipped ones are kept when first used."""

    PERSONAL_FIELDS = ("text", "created_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="text_blocks", verbose_name=_("đơn vị")
    )
    section = models.CharField(_("phần"), max_length=20)
    text = models.TextField(_("câu"))
    shipped = models.CharField(_("mã câu có sẵn"), max_length=40, blank=True)
    uses = models.PositiveIntegerField(_("số lần dùng"), default=0)
    retired_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    created_at = models.DateTimeField(_("tạo lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người tạo"),
    )

    class Meta:
        ordering = ["unit", "section", "-uses", "pk"]
        verbose_name = _("câu mẫu")
        verbose_name_plural = _("câu mẫu")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "shipped"], condition=~Q(shipped=""), name="shipped_block_once"
            )
        ]
