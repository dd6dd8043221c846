"""What a province or a commune decided on how cases are handled, and who handles which."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class HandlingRules(models.Model):
    """The terms that hold in a unit from a day on, with their legal basis (`rules.terms.Terms` as JSON). Where none holds, the
    shipped ones of `data/terms.toml` do. `ends_on` is the first day on which they hold no more."""

    PERSONAL_FIELDS = ("made_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="handling_rules", verbose_name=_("đơn vị")
    )
    name = models.CharField(_("tên quy định"), max_length=200)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300)
    values = models.JSONField(_("quy định"))
    made_at = models.DateTimeField(_("ghi lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["unit", "-starts_on", "-pk"]
        verbose_name = _("quy định về thời hạn phản ánh")
        verbose_name_plural = _("quy định về thời hạn phản ánh")
        constraints = [
            models.CheckConstraint(
                name="handling_rules_days_in_order", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name


class Route(models.Model):
    """Who handles a category in a unit: a part of it, a person, or both."""

    PERSONAL_FIELDS = ("handler",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="citizen_routes", verbose_name=_("đơn vị")
    )
    category = models.CharField(_("lĩnh vực"), max_length=20)
    part = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("bộ phận")
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người xử lý"),
    )

    class Meta:
        ordering = ["unit", "category"]
        verbose_name = _("phân công theo lĩnh vực")
        verbose_name_plural = _("phân công theo lĩnh vực")
        constraints = [
            models.UniqueConstraint(fields=["unit", "category"], name="route_once"),
            models.CheckConstraint(
                name="route_leads_somewhere", condition=Q(part__isnull=False) | Q(handler__isnull=False)
            ),
        ]
