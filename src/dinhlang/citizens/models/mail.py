"""The wish of a sender to have a receipt, or word of what happens, by mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.models.cases import Case


class CaseMail(models.Model):
    """What a sender wants by mail, and what went. The address is the case's own, sealed there and erased with it.

    `receipt_at` is set as well where the address had all the receipts of a day already and none went; `told_to` is the number of
    the last event that was told of. `address_mark` tells how many letters one address got of
    late, so that nobody's mailbox is filled by forms that somebody else sends.
    """

    PERSONAL_FIELDS = ("address_mark",)

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="mail", verbose_name=_("phản ánh")
    )
    wants_news = models.BooleanField(_("muốn nhận tin qua thư"), default=False)
    address_mark = models.CharField(max_length=64, blank=True, editable=False)
    receipt_at = models.DateTimeField(_("gửi giấy báo nhận lúc"), null=True, blank=True)
    told_to = models.PositiveIntegerField(_("đã báo đến bước"), default=1)
    told_at = models.DateTimeField(_("báo tin lúc"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("thôi nhận thư lúc"), null=True, blank=True)

    class Meta:
        ordering = ["case"]
        verbose_name = _("thư cho người gửi")
        verbose_name_plural = _("thư cho người gửi")
        indexes = [
            models.Index(fields=["case"], condition=models.Q(stopped_at=None), name="case_mail_wanted"),
            models.Index(fields=["address_mark", "receipt_at"], name="case_mail_of_address"),
        ]
