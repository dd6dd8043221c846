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


class YearFigures(models.Model):
    """The figures of a unit's year as the public page tells them, kept so that nobody waits for them to be counted.

    `months` and `fields` are lists of a name and its counts; `last` is the day until which they were counted. `is_due` when a
    dossier of that year, or of one before, has changed since; `is_counting` while it is counted, and after a cut. Every figure
    is in the register: a row that goes is made again.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.DateField(_("đến hết ngày"))
    months = models.JSONField(_("theo tháng"), default=list)
    fields = models.JSONField(_("theo lĩnh vực"), default=list)
    counted_at = models.DateTimeField(_("tính lúc"))
    is_due = models.BooleanField(_("phải tính lại"), default=False)
    is_counting = models.BooleanField(_("đang tính lại"), default=False)

    class Meta:
        ordering = ["unit", "-year"]
        verbose_name = _("số liệu của năm")
        verbose_name_plural = _("số liệu của năm")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="year_figures_once")]

    @classmethod
    def mark(cls, unit: Unit, since: date) -> None:
        """Let the years from this day on be counted anew."""
        # Also what is marked already: whoever counts waits for this transaction before the mark goes.
        cls._default_manager.filter(unit=unit, year__gte=since.year).update(is_due=True)


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
