"""Where a bulletin that was taken in came from, and the keys by which machines of the level above send."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models.bulletins import Bulletin
from dinhlang.org.models import MachineKey, Unit
from dinhlang.work.models import Blob


class IntakeKey(MachineKey):
    """What a machine of another body shows to send bulletins to one unit. Its name is the sender of whatever comes with it."""

    PERSONAL_FIELDS = ("made_by", "revoked_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="intake_keys", verbose_name=_("đơn vị nhận")
    )

    class Meta(MachineKey.Meta):
        verbose_name = _("khóa gửi bản tin")
        verbose_name_plural = _("khóa gửi bản tin")


class Way(models.TextChoices):
    """How a bulletin came."""

    FILE = "file", _("tệp")
    API = "api", _("máy gửi")


class BulletinSource(models.Model):
    """What came, as it came: the file, or the message as JSON. Never changed.

    `digest` is of those bytes; `words_digest` of the words that were taken of them, so that a page can say whether
    somebody changed them since.
    """

    PERSONAL_FIELDS = ("file",)

    bulletin = models.OneToOneField(
        Bulletin, on_delete=models.PROTECT, related_name="came_as", verbose_name=_("bản tin")
    )
    way = models.CharField(_("cách nhận"), max_length=4, choices=Way.choices)
    file = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("bản nhận"))
    name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    words_digest = models.CharField(max_length=64, editable=False)
    key = models.ForeignKey(
        IntakeKey,
        null=True,
        on_delete=models.PROTECT,
        related_name="sent",
        verbose_name=_("khóa gửi"),
    )
    at = models.DateTimeField(_("nhận lúc"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("nguồn của bản tin đã nhận")
        verbose_name_plural = _("nguồn của bản tin đã nhận")
        constraints = [
            models.CheckConstraint(
                name="bulletin_source_key_with_api",
                condition=Q(way="api", key__isnull=False) | ~Q(way="api") & Q(key=None),
            )
        ]
