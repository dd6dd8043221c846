"""The reminder by mail of what waits in the newsroom: who wants it, where to, when it last went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Digest(models.Model):
    """A person's choice about the daily reminder. `sent_on` is the last day on which one went, or was tried."""

    PERSONAL_FIELDS = ("person", "address")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="newsroom_digest",
        verbose_name=_("người nhận"),
    )
    address = models.EmailField(_("địa chỉ thư"), blank=True)
    is_wanted = models.BooleanField(_("nhận thư nhắc"), default=True)
    sent_on = models.DateField(_("gửi lần cuối ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư nhắc việc")
        verbose_name_plural = _("thư nhắc việc")
