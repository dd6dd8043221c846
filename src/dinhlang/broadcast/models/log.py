"""The air log: what was planned, sent and aired, each with its witness. Rows are only added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models.bulletins import Bulletin
from dinhlang.broadcast.models.schedule import Session
from dinhlang.broadcast.rules.log import Fact, Witness
from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class AirLogEntry(models.Model):
    """One fact about one play or session, chained to the entry before it in the same unit (`org.rules.chain`).

    `said` holds all that was known of it then, titles and hashes copied in: nothing in it leads to a row that could go.
    The columns beside it are the same once more, to ask by. A device numbers what it reports: `device` and `sequence`
    together come once, however late and however often they are sent.
    """

    PERSONAL_FIELDS = ("by", "said")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    number = models.PositiveBigIntegerField(_("số trong sổ"))
    fact = models.CharField(_("việc"), max_length=10, choices=Fact.choices)
    witness = models.CharField(_("căn cứ xác nhận"), max_length=8, choices=Witness.choices)
    session = models.UUIDField(_("buổi phát"))
    play = models.UUIDField(_("mục"), null=True, blank=True)
    day = models.DateField(_("ngày"))
    at = models.DateTimeField(_("lúc"))
    ended_at = models.DateTimeField(_("đến lúc"), null=True, blank=True)
    device = models.CharField(_("thiết bị"), max_length=80, blank=True)
    sequence = models.PositiveBigIntegerField(_("số của thiết bị"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )
    received_at = models.DateTimeField(_("ghi lúc"))
    said = models.JSONField(_("nội dung"), default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    entry_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["unit", "number"]
        verbose_name = _("dòng nhật ký phát thanh")
        verbose_name_plural = _("sổ nhật ký phát thanh")
        indexes = [
            models.Index(fields=["session"], name="air_log_session"),
            models.Index(fields=["unit", "day"], name="air_log_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="air_log_number_once"),
            models.UniqueConstraint(
                fields=["device", "sequence"], condition=~Q(device=""), name="air_log_device_once"
            ),
            models.CheckConstraint(
                name="air_log_device_with_sequence",
                condition=Q(device="", sequence=None) | ~Q(device="") & Q(sequence__isnull=False),
            ),
            models.CheckConstraint(
                name="air_log_witness_is_there",
                condition=~Q(witness="person") & ~Q(device="") | Q(witness="person", device=""),
            ),
        ]


class AirLogHead(models.Model):
    """The end of a unit's air log. It only ever counts up, by one: the database refuses the rest."""

    PERSONAL_FIELDS = ()

    unit = models.OneToOneField(Unit, primary_key=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveBigIntegerField(_("số dòng"), default=0)
    last_hash = models.CharField(_("mã của dòng cuối"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("đầu sổ nhật ký phát thanh")
        verbose_name_plural = _("đầu sổ nhật ký phát thanh")


class AirLogCheckpoint(models.Model):
    """Up to where a unit's air log was gone through whole, and when; what was wrong there, if anything.

    A look at the log begins here. The worker goes through all of it anew each day, so that what was changed before this
    place is found too.
    """

    PERSONAL_FIELDS = ()

    unit = models.OneToOneField(Unit, primary_key=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveBigIntegerField(_("số dòng đã kiểm"), default=0)
    last_hash = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(_("kiểm toàn bộ lúc"))
    wrong_number = models.PositiveBigIntegerField(_("sai từ dòng"), null=True, blank=True)
    wrong_reason = models.CharField(_("sai thế nào"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mốc kiểm sổ nhật ký phát thanh")
        verbose_name_plural = _("mốc kiểm sổ nhật ký phát thanh")


class Counted(models.Model):
    """A line of the ledger that stands for what a session aired under one task and one field of reform.

    `pieces` are the bulletins whose writing was counted with it; each is written once, however often it is heard.
    """

    PERSONAL_FIELDS = ()

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="counted", verbose_name=_("buổi phát")
    )
    line = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="aired", verbose_name=_("dòng sổ")
    )
    pieces = models.ManyToManyField(
        Bulletin, related_name="counted_in", verbose_name=_("bản tin đã tính là tin, bài")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("dòng sổ của buổi phát")
        verbose_name_plural = _("dòng sổ của buổi phát")
