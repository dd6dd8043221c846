"""When the station speaks: rules with their validity, slots, and the programme of a month with its sessions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models.bulletins import Bulletin, BulletinEdition
from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.broadcast.rules.words import TITLE_LENGTH
from dinhlang.org.models import Dated, Unit
from dinhlang.org.models.dated import days_in_order
from dinhlang.work.models import ReformField, Task


class StationRules(Dated):
    """What a province or a commune has decided on when stations speak, for a time. `values` is `rules.airtime.AirRules`.

    Those of the unit itself hold, else those of the nearest unit above it.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="air_rules", verbose_name=_("đơn vị")
    )
    values = models.JSONField(_("quy định"), default=dict)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        ordering = ["unit", "-starts_on", "-pk"]
        verbose_name = _("quy định giờ phát")
        verbose_name_plural = _("quy định giờ phát")
        constraints = [
            days_in_order("air_rules_days_in_order"),
            models.CheckConstraint(name="air_rules_with_a_basis", condition=~Q(legal_basis="")),
        ]


class AirDay(models.Model):
    """Days on which stations of a unit and of all below it do not speak as on others: days of mourning."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="air_days", verbose_name=_("đơn vị")
    )
    first = models.DateField(_("từ ngày"))
    last = models.DateField(_("đến hết ngày"))
    legal_basis = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        ordering = ["first", "pk"]
        verbose_name = _("ngày quốc tang")
        verbose_name_plural = _("ngày quốc tang")
        constraints = [
            models.CheckConstraint(name="air_day_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="air_day_with_a_basis", condition=~Q(legal_basis="")),
        ]


class Slot(Dated):
    """A time at which the station speaks, coming back on the days that `days` says in words (`periods.returning`).

    `legal_basis` is the paper in which the commune set it. `relay` names what is carried, for a slot that only relays.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="air_slots", verbose_name=_("đơn vị")
    )
    name = models.CharField(_("tên chương trình"), max_length=120)
    days = models.CharField(_("ngày phát"), max_length=300)
    starts = models.TimeField(_("giờ bắt đầu"))
    minutes = models.PositiveSmallIntegerField(_("số phút"))
    zone = models.CharField(_("cụm loa"), max_length=120, blank=True)
    relay = models.CharField(_("tiếp âm đài"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("đặt lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đặt"),
    )

    class Meta:
        ordering = ["unit", "starts", "pk"]
        verbose_name = _("khung giờ phát")
        verbose_name_plural = _("khung giờ phát")
        constraints = [
            days_in_order("air_slot_days_in_order"),
            models.CheckConstraint(
                name="air_slot_has_minutes", condition=Q(minutes__gte=1, minutes__lte=1440)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """What a station plans for a month. `settled_at`: a person said that it is so, and each play was noted as planned."""

    PERSONAL_FIELDS = ("made_by", "settled_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    settled_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người chốt"),
    )

    class Meta:
        ordering = ["unit", "-year", "-month"]
        verbose_name = _("chương trình phát thanh tháng")
        verbose_name_plural = _("chương trình phát thanh tháng")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "month"], name="programme_once_a_month"),
            models.CheckConstraint(name="programme_month", condition=Q(month__gte=1, month__lte=12)),
        ]

    def __str__(self) -> str:
        return f"{self.month}/{self.year}"


class Session(models.Model):
    """One time the station speaks. `uid` is its name for players and the air log, also when the row is gone.

    `special` says why it is held beside the rules; `cancelled_why` why it was not held. `count_due`: the log has said
    something new about it that the ledger does not know yet.
    """

    PERSONAL_FIELDS = ()

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("chương trình")
    )
    slot = models.ForeignKey(
        Slot,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        verbose_name=_("khung giờ"),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("tên chương trình"), max_length=120)
    day = models.DateField(_("ngày"))
    starts = models.TimeField(_("giờ bắt đầu"))
    minutes = models.PositiveSmallIntegerField(_("số phút"))
    zone = models.CharField(_("cụm loa"), max_length=120, blank=True)
    special = models.CharField(_("lý do phát ngoài quy định"), max_length=300, blank=True)
    cancelled_why = models.CharField(_("lý do không phát"), max_length=300, blank=True)
    count_due = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["day", "starts", "pk"]
        verbose_name = _("buổi phát")
        verbose_name_plural = _("buổi phát")
        indexes = [
            models.Index(fields=["programme", "day", "starts"], name="session_by_day"),
            models.Index(fields=["day"], condition=Q(count_due=True), name="session_count_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "day"], condition=Q(slot__isnull=False), name="session_of_a_slot_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RunningItem(models.Model):
    """One thing in the running order of a session: a bulletin, a relay, or a place that waits for a bulletin of a task.

    `planned_digest` is what the log said last was planned here ('' for nothing): a change since is noted when the
    programme is settled again.
    """

    PERSONAL_FIELDS = ()

    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, related_name="items", verbose_name=_("buổi phát")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    bulletin = models.ForeignKey(
        Bulletin,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plays",
        verbose_name=_("bản tin"),
    )
    edition = models.ForeignKey(
        BulletinEdition,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plays",
        verbose_name=_("bản"),
    )
    title = models.CharField(_("tên"), max_length=TITLE_LENGTH)
    kind = models.CharField(_("thể loại"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    priority = models.PositiveSmallIntegerField(
        _("mức ưu tiên"), choices=Priority.choices, default=Priority.ORDINARY
    )
    seconds = models.PositiveIntegerField(_("thời lượng (giây)"))
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="air_places",
        verbose_name=_("nhiệm vụ"),
    )
    field = models.CharField(_("lĩnh vực CCHC"), max_length=20, choices=ReformField.choices, blank=True)
    planned_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["session", "position", "pk"]
        verbose_name = _("mục của buổi phát")
        verbose_name_plural = _("mục của buổi phát")

    def __str__(self) -> str:
        return self.title
