"""How often people were helped at the counter: a row for each time, of nobody by name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models.telling import ToldDay
from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class GuidanceWay(models.TextChoices):
    """Where somebody was helped."""

    COUNTER = "counter", _("Tại quầy")
    PHONE = "phone", _("Qua điện thoại")
    OUTSIDE = "outside", _("Lưu động, tại nhà")


class Guidance(models.Model):
    """That `people` were shown how to do a procedure; with `online`, helped to file it online. Rows are only added; `reverses` takes
    one back and says the same as that one. Without a procedure: a question of another kind. `key` is the mark of the form.
    """

    PERSONAL_FIELDS = ("by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="guidance", verbose_name=_("đơn vị")
    )
    key = models.UUIDField(_("khóa của biểu mẫu"))
    day = models.DateField(_("ngày"))
    people = models.PositiveSmallIntegerField(_("số lượt người"), default=1)
    procedure_code = models.CharField(_("mã thủ tục"), max_length=8, blank=True)
    procedure_name = models.CharField(_("tên thủ tục"), max_length=2000, blank=True)
    way = models.CharField(_("cách hướng dẫn"), max_length=7, choices=GuidanceWay.choices)
    online = models.BooleanField(_("giúp nộp trực tuyến"), default=False)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversal",
        verbose_name=_("rút lại lượt"),
    )

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("lượt hướng dẫn")
        verbose_name_plural = _("lượt hướng dẫn")
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="guidance_form_once"),
            models.CheckConstraint(name="guidance_of_somebody", condition=Q(people__gte=1)),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="guidance_unit_day")]


class GuidedDay(ToldDay):
    """The line that stands for one day's guidance of a unit."""

    PERSONAL_FIELDS = ()

    line = models.OneToOneField(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guidance_of_the_day",
        verbose_name=_("dòng sổ"),
    )

    class Meta(ToldDay.Meta):
        verbose_name = _("ngày đã tính lượt hướng dẫn")
        verbose_name_plural = _("ngày đã tính lượt hướng dẫn")
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="guided_day_once")]
        indexes = [models.Index(fields=["is_due", "day"], name="guided_day_due")]
