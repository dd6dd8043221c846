"""Units that change: each change as it was decided, what was done of it and when, and changes that are only prepared."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.changes.rules import Kind


class UnitChange(models.Model):
    """A merger, a split, another name, another unit above, or the end of a tier, by a legal instrument. Never changed.

    `asked` is what was decided (`changes.rules.Asked`), `scope` which units it concerns (`changes.registry.Scope`),
    `touched` how many things of each sort it touched when it was applied. What became of it is in its steps.
    """

    PERSONAL_FIELDS = ("by",)

    kind = models.CharField(
        _("loại thay đổi"), max_length=8, choices=[(each.value, each.value) for each in Kind]
    )
    takes_effect_on = models.DateField(_("có hiệu lực ngày"))
    legal_basis = models.CharField(_("căn cứ"), max_length=200)
    asked = models.JSONField(_("nội dung"))
    scope = models.JSONField(_("các đơn vị"), default=dict)
    touched = models.JSONField(_("những gì bị động đến"), default=dict)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("thay đổi đơn vị")
        verbose_name_plural = _("thay đổi đơn vị")
        constraints = [
            models.CheckConstraint(name="unit_change_with_its_instrument", condition=~Q(legal_basis=""))
        ]


class UnitChangeStep(models.Model):
    """One act about a change: applied, what was open passed on, undone. Never changed.

    `rows` is what the act wrote (`changes.record`): with it the act is taken back.
    """

    PERSONAL_FIELDS = ("by", "reason")

    class Deed(models.TextChoices):
        APPLY = "apply", _("áp dụng")
        PASS_ON = "pass-on", _("bàn giao việc đang mở")
        UNDO = "undo", _("hoàn tác")

    change = models.ForeignKey(
        UnitChange, on_delete=models.PROTECT, related_name="steps", verbose_name=_("thay đổi")
    )
    deed = models.CharField(_("việc"), max_length=8, choices=Deed.choices)
    rows = models.JSONField(_("những dòng đã ghi"), default=list, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bước của thay đổi đơn vị")
        verbose_name_plural = _("bước của thay đổi đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["change", "deed"], name="unit_change_step_once"),
            models.CheckConstraint(name="undone_with_a_reason", condition=~Q(deed="undo") | ~Q(reason="")),
        ]


class ChangeDraft(models.Model):
    """A change that is being prepared: looked at in a dry run, and applied or thrown away."""

    PERSONAL_FIELDS = ("by",)

    asked = models.JSONField(_("nội dung"))
    at = models.DateTimeField(_("lập lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("người lập")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bản chuẩn bị thay đổi đơn vị")
        verbose_name_plural = _("bản chuẩn bị thay đổi đơn vị")
