"""What was told of dossiers: to the ledger, and to people whose days come near."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models.dossiers import Dossier
from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class ToldDay(models.Model):
    """One day of a unit for which a register keeps a `line` of the ledger. `is_due` when the day must be counted anew."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    day = models.DateField(_("ngày"))
    line: models.OneToOneField[Activity | None, Activity | None]
    is_due = models.BooleanField(_("phải tính lại"), default=True)

    class Meta:
        abstract = True
        ordering = ["unit", "-day"]

    @classmethod
    def mark(cls, unit: Unit, day: date) -> None:
        """Let the day be counted anew."""
        cls._default_manager.update_or_create(unit=unit, day=day, defaults={"is_due": True})


class CountedDay(ToldDay):
    """The line that stands for one day's dossiers of a unit."""

    PERSONAL_FIELDS = ()

    line = models.OneToOneField(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_of_the_day",
        verbose_name=_("dòng sổ"),
    )

    class Meta(ToldDay.Meta):
        verbose_name = _("ngày đã tính hồ sơ")
        verbose_name_plural = _("ngày đã tính hồ sơ")
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="dossier_day_once")]
        indexes = [models.Index(fields=["is_due", "day"], name="dossier_day_due")]


class Reminder(models.Model):
    """That a person was told of a dossier whose day comes near, or has passed: once for each day that was promised."""

    PERSONAL_FIELDS = ("person",)

    class Why(models.TextChoices):
        SOON = "soon", _("sắp đến hạn")
        OVERDUE = "overdue", _("quá hạn")

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("hồ sơ")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người được nhắc"),
    )
    why = models.CharField(_("vì sao"), max_length=7, choices=Why.choices)
    due_at = models.DateTimeField(_("hạn khi nhắc"))
    told_at = models.DateTimeField(_("nhắc lúc"))
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        verbose_name = _("lời nhắc về hồ sơ")
        verbose_name_plural = _("lời nhắc về hồ sơ")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person", "why", "due_at"], name="dossier_reminder_once"
            )
        ]
