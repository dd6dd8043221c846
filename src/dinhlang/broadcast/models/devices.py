"""What the station speaks through: zones, the players and devices with a key, and the speakers that hang somewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.players.rules import Alarm, DeviceKind, SpeakerState
from dinhlang.org.models import Unit


class Zone(models.Model):
    """Speakers that are fed together. A session for a zone is aired by the devices of that zone and by those without one."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="air_zones", verbose_name=_("đơn vị")
    )
    name = models.CharField(_("cụm loa"), max_length=120)

    class Meta:
        ordering = ["unit", "name"]
        verbose_name = _("cụm loa")
        verbose_name_plural = _("cụm loa")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="air_zone_once")]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A player or a box of a vendor that airs for one unit and no other. Only the hash of its key is kept.

    `log_name` is what the air log calls it, for ever. `heard_at` is when it spoke to us last by our clock, `clock_off`
    how many seconds its clock was ahead then, `told` what it said of itself. `alarm` is since when and why somebody
    should look after it (`players.rules.alarm_of`). A device is never deleted.
    """

    PERSONAL_FIELDS = ("made_by", "revoked_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="air_devices", verbose_name=_("đơn vị")
    )
    zone = models.ForeignKey(
        Zone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="devices",
        verbose_name=_("cụm loa"),
    )
    kind = models.CharField(_("loại"), max_length=8, choices=DeviceKind.choices)
    name = models.CharField(_("tên máy"), max_length=60)
    place = models.CharField(_("nơi đặt"), max_length=200, blank=True)
    log_name = models.CharField(max_length=80, unique=True, editable=False)
    start = models.CharField(_("bắt đầu bằng"), max_length=12, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("cấp lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người cấp"),
    )
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người thu hồi"),
    )
    heard_at = models.DateTimeField(_("nghe lần cuối"), null=True, blank=True)
    clock_off = models.BigIntegerField(_("đồng hồ lệch (giây)"), null=True, blank=True)
    told = models.JSONField(_("máy tự báo"), default=dict, blank=True)
    alarm = models.CharField(_("báo động"), max_length=8, choices=Alarm.choices, blank=True)
    alarm_since = models.DateTimeField(_("báo động từ"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "pk"]
        verbose_name = _("máy phát, thiết bị")
        verbose_name_plural = _("máy phát, thiết bị")
        constraints = [
            models.CheckConstraint(
                name="air_device_alarm_with_its_moment",
                condition=Q(alarm="", alarm_since=None) | ~Q(alarm="") & Q(alarm_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """A loudspeaker where it hangs. What it is heard through is its device; its own state is what a person saw and heard."""

    PERSONAL_FIELDS = ("state_by", "state_note")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="speakers", verbose_name=_("đơn vị")
    )
    zone = models.ForeignKey(
        Zone,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="speakers",
        verbose_name=_("cụm loa"),
    )
    device = models.ForeignKey(
        Device,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="speakers",
        verbose_name=_("máy phát"),
    )
    name = models.CharField(_("tên loa"), max_length=60)
    place = models.CharField(_("nơi treo"), max_length=200)
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=SpeakerState.choices, default=SpeakerState.WORKS
    )
    state_note = models.CharField(_("ghi chú tình trạng"), max_length=200, blank=True)
    state_at = models.DateTimeField(_("ghi lúc"))
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["unit", "zone__name", "name", "pk"]
        verbose_name = _("loa")
        verbose_name_plural = _("loa")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="air_speaker_once")]

    def __str__(self) -> str:
        return self.name
