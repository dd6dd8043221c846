"""What a commune has decided about its counter, with days and legal basis."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class CounterRulesQuerySet(models.QuerySet):
    def in_force(self, on: date) -> CounterRulesQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


class CounterRules(models.Model):
    """How the counter is called, its code, hours and account, from a day on.

    `hours` are the sittings of a working day ([["07:30", "11:30"], ["13:30", "17:00"]]); empty: the usual ones. Days are
    half open: `ends_on` is the first that no longer counts.
    """

    PERSONAL_FIELDS = ("set_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="counter_rules", verbose_name=_("đơn vị")
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("văn bản quy định"), max_length=300)
    office = models.CharField(_("tên nơi tiếp nhận"), max_length=200)
    agency_code = models.CharField(_("mã cơ quan"), max_length=20, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    hours = models.JSONField(_("giờ làm việc"), default=list)
    bank = models.CharField(_("mã ngân hàng"), max_length=6, blank=True)
    account = models.CharField(_("số tài khoản thu"), max_length=19, blank=True)
    account_name = models.CharField(_("tên tài khoản thu"), max_length=120, blank=True)
    set_at = models.DateTimeField(_("ghi lúc"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    objects = CounterRulesQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-starts_on", "-pk"]
        verbose_name = _("quy định nơi tiếp nhận")
        verbose_name_plural = _("quy định nơi tiếp nhận")
        constraints = [
            models.CheckConstraint(
                name="counter_rules_days_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(ends_on=None), name="counter_rules_one_without_an_end"
            ),
            models.CheckConstraint(
                name="counter_rules_account_with_bank",
                condition=Q(bank="", account="") | (~Q(bank="") & ~Q(account="")),
            ),
        ]

    def __str__(self) -> str:
        return self.office
