"""How often pages were opened: counts by day, and nothing about who."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.portal.models.items import Item


class Visits(models.Model):
    """How often people opened the pages of a commune on one day; without an item all of its pages together."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits", verbose_name=_("đơn vị"))
    item = models.ForeignKey(
        Item,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="visits",
        verbose_name=_("tin, bài"),
    )
    day = models.DateField(_("ngày"))
    count = models.PositiveBigIntegerField(_("lượt"), default=0)
    # The line of the ledger once the day is over; only of all pages together.
    is_recorded = models.BooleanField(_("đã ghi sổ"), default=False)

    class Meta:
        ordering = ["unit", "-day"]
        verbose_name = _("lượt truy cập")
        verbose_name_plural = _("lượt truy cập")
        constraints = [
            models.UniqueConstraint(fields=["unit", "item", "day"], name="visits_of_an_item_once_a_day"),
            models.UniqueConstraint(
                fields=["unit", "day"], condition=models.Q(item=None), name="visits_of_a_unit_once_a_day"
            ),
        ]
