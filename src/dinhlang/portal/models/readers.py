"""Readers of a commune's news by mail, and which items went to how many of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField
from dinhlang.portal.models.items import Item
from dinhlang.portal.models.publications import Column


class Reader(models.Model):
    """Who gets news of one unit by mail. Nothing is kept but the address, sealed, and what was chosen.

    Until `confirmed_at` nothing is sent but the one mail that asks. `next_on` is the day of the next mail, `since` the moment
    up to which items were told; on `ends_on` the row goes. `uid` is what the links in mails carry, signed.
    """

    PERSONAL_FIELDS = ("address", "mark")

    class Rhythm(models.TextChoices):
        DAILY = "ngay", _("Mỗi ngày có tin mới")
        WEEKLY = "tuan", _("Mỗi tuần một thư, sáng thứ Hai")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="readers", verbose_name=_("đơn vị"))
    address = SealedTextField(_("địa chỉ thư"))
    mark = FingerprintField(of="address")
    columns = models.ManyToManyField(Column, related_name="readers", verbose_name=_("chuyên mục"))
    rhythm = models.CharField(
        _("bao lâu một thư"), max_length=5, choices=Rhythm.choices, default=Rhythm.WEEKLY
    )
    asked_at = models.DateTimeField(_("đăng ký lúc"))
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    ends_on = models.DateField(_("nhận đến ngày"), null=True, blank=True)
    next_on = models.DateField(_("thư tới"), null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("lần gửi hỏng"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("người nhận thư tin")
        verbose_name_plural = _("người nhận thư tin")
        constraints = [
            models.UniqueConstraint(fields=["unit", "mark"], name="reader_once_in_a_unit"),
            models.CheckConstraint(
                name="reader_confirmed_until_a_day",
                condition=Q(confirmed_at=None, ends_on=None, next_on=None, since=None)
                | Q(
                    confirmed_at__isnull=False,
                    ends_on__isnull=False,
                    next_on__isnull=False,
                    since__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["next_on"], name="reader_due")]


class Mailing(models.Model):
    """What a unit sent by mail on a day: to how many, how many were refused, and which items were in it."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="mailings", verbose_name=_("đơn vị")
    )
    sent_on = models.DateField(_("ngày gửi"))
    sent = models.PositiveIntegerField(_("số thư máy chủ đã nhận"), default=0)
    refused = models.PositiveIntegerField(_("số thư bị từ chối"), default=0)
    items = models.ManyToManyField(Item, related_name="mailings", verbose_name=_("tin, bài"))

    class Meta:
        ordering = ["-sent_on", "unit"]
        verbose_name = _("đợt gửi thư tin")
        verbose_name_plural = _("đợt gửi thư tin")
        constraints = [models.UniqueConstraint(fields=["unit", "sent_on"], name="mailing_once_a_day")]
