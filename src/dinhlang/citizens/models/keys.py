"""Keys by which apps send feedback (Open311)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import MachineKey, Unit


class Open311Key(MachineKey):
    """What an app shows to send feedback to one unit. Its name says whose app it is."""

    PERSONAL_FIELDS = ("made_by", "revoked_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="open311_keys", verbose_name=_("đơn vị nhận")
    )

    class Meta(MachineKey.Meta):
        verbose_name = _("khóa gửi phản ánh")
        verbose_name_plural = _("khóa gửi phản ánh")
