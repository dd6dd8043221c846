"""Emergency messages as they were sent, never changed after, and which device said that it has them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.emergency import rules
from dinhlang.broadcast.emergency.rules import (
    Category,
    Certainty,
    Message,
    Severity,
    State,
    Status,
    Urgency,
)
from dinhlang.broadcast.models.devices import Device
from dinhlang.org.models import HeldLink, Unit, link_constraints
from dinhlang.work.models import Blob


class Emergency(models.Model):
    """One message. Once it is issued the database refuses every change of it: what is wrong is said by another message.

    `uid` is its name for devices, the air log and CAP. `refers` is the message it updates or cancels. Taken in from
    above, `sender`, `sender_key` and `sender_sent` are what CAP's `references` names it by, and `document` is the file.
    The people are there together with their moments; who issues is another person than who proposed
    (`rules.check_two_people`).
    """

    PERSONAL_FIELDS = ("made_by", "proposed_by", "issued_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="emergencies", verbose_name=_("đơn vị")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.DRAFT)
    status = models.CharField(_("tính chất"), max_length=8, choices=Status.choices)
    message = models.CharField(_("loại thông điệp"), max_length=6, choices=Message.choices)
    refers = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        verbose_name=_("thông điệp trước"),
    )
    category = models.CharField(_("loại việc"), max_length=9, choices=Category.choices)
    urgency = models.CharField(_("mức khẩn"), max_length=9, choices=Urgency.choices)
    severity = models.CharField(_("mức nguy hiểm"), max_length=8, choices=Severity.choices)
    certainty = models.CharField(_("độ tin cậy"), max_length=8, choices=Certainty.choices)
    event = models.CharField(_("việc xảy ra"), max_length=rules.EVENT_LENGTH)
    headline = models.CharField(_("tóm tắt"), max_length=rules.HEADLINE_LENGTH)
    words = models.TextField(_("lời đọc"))
    area = models.CharField(_("nơi bị ảnh hưởng"), max_length=rules.AREA_LENGTH)
    zone = models.CharField(_("cụm loa"), max_length=120, blank=True)
    repeats = models.PositiveSmallIntegerField(_("số lần đọc"), default=3)
    expires_at = models.DateTimeField(_("hết hiệu lực lúc"))
    recording = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("âm thanh"),
    )
    seconds = models.PositiveIntegerField(_("thời lượng (giây)"), default=0)
    is_spoken_by_machine = models.BooleanField(_("máy đọc"), default=False)
    sender = models.CharField(_("nơi gửi"), max_length=200, blank=True)
    sender_key = models.CharField(max_length=200, blank=True)
    sender_sent = models.CharField(max_length=40, blank=True)
    document = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp CAP")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người soạn"),
    )
    proposed_at = models.DateTimeField(_("đề nghị lúc"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đề nghị"),
    )
    issued_at = models.DateTimeField(_("phát lệnh lúc"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người phát lệnh"),
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("thông điệp khẩn cấp")
        verbose_name_plural = _("thông điệp khẩn cấp")
        indexes = [
            models.Index(fields=["unit", "-made_at"], name="emergency_of_unit"),
            models.Index(fields=["issued_at"], condition=Q(issued_at__isnull=False), name="emergency_issued"),
        ]
        constraints = [
            models.CheckConstraint(
                name="emergency_issued_whole",
                condition=Q(issued_at=None) & ~Q(state="issued")
                | Q(issued_at__isnull=False, state="issued", recording__isnull=False) & ~Q(digest=""),
            ),
            # Real messages and exercises have two people; a test may have one.
            models.CheckConstraint(
                name="emergency_by_two_people",
                condition=Q(issued_at=None)
                | Q(status="test")
                | Q(issued_by__isnull=False) & (Q(proposed_by=None) | ~Q(proposed_by=F("issued_by"))),
            ),
            models.CheckConstraint(
                name="emergency_follows_something",
                condition=Q(message="alert", refers=None) | ~Q(message="alert") & Q(refers__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit", "sender", "sender_key"],
                condition=~Q(sender_key=""),
                name="emergency_taken_in_once",
            ),
            # What is over cannot be changed twice by two people who do not know of each other.
            models.UniqueConstraint(
                fields=["refers"], condition=Q(state="issued"), name="emergency_followed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class EmergencyReceipt(models.Model):
    """A device said that it has a message. `is_logged` when its word stands in the air log too, by its own number."""

    PERSONAL_FIELDS = ()

    emergency = models.ForeignKey(
        Emergency, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("thông điệp")
    )
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("máy phát")
    )
    sequence = models.PositiveBigIntegerField(_("số của thiết bị"))
    at = models.DateTimeField(_("nhận lúc, theo máy"))
    received_at = models.DateTimeField(_("biết lúc"))
    way = models.CharField(_("qua"), max_length=4, choices=[("http", "HTTP"), ("mqtt", "MQTT")])
    is_logged = models.BooleanField(default=False)

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("xác nhận của máy phát")
        verbose_name_plural = _("xác nhận của máy phát")
        indexes = [
            models.Index(fields=["received_at"], condition=Q(is_logged=False), name="receipt_not_logged")
        ]
        constraints = [
            models.UniqueConstraint(fields=["emergency", "device"], name="emergency_received_once")
        ]


class EmergencyLink(HeldLink):
    """A link by which one leader sends one message from a phone, once."""

    PERSONAL_FIELDS = ("approver", "made_by")

    emergency = models.ForeignKey(
        Emergency, on_delete=models.PROTECT, related_name="links", verbose_name=_("thông điệp")
    )

    class Meta(HeldLink.Meta):
        constraints = link_constraints("emergency_link")
