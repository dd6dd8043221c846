"""Data requests, their steps, and the matters they are about."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField
from dinhlang.privacy.rules.states import Kind, Outcome, State

GROUND_LENGTH = 300


class DataRequest(models.Model):
    """What somebody asks about their own data, sealed, and where it stands.

    `code` and a PIN lead the person back to it. `is_proven`: who asks has shown to be the person, with the code and PIN of a
    matter or to an official. `term` and its ground are those that stood at receipt. `due_at` is empty while the clock stands.
    `ground` is the law by which it is refused. `erased_at`: every personal field is empty since.
    """

    PERSONAL_FIELDS = ("words", "name", "contact", "contact_mark", "proposed_by", "decided_by", "taken_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="data_requests", verbose_name=_("đơn vị")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("mã tra cứu"), max_length=16, unique=True, editable=False)
    pin_hash = SealedTextField(_("mã bí mật"), blank=True)
    key_mark = models.CharField(max_length=64, blank=True, editable=False)
    kind = models.CharField(_("yêu cầu"), max_length=10, choices=Kind.choices)
    is_from_web = models.BooleanField(_("gửi trên trang công khai"), default=True)
    words = SealedTextField(_("nội dung"), blank=True)
    name = SealedTextField(_("họ và tên"), blank=True)
    contact = SealedTextField(_("điện thoại hoặc thư điện tử"), blank=True)
    contact_mark = FingerprintField(of="contact", db_index=True)
    is_proven = models.BooleanField(_("đã xác minh người yêu cầu"), default=False)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("nhận lúc"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhận"),
    )
    term = models.CharField(_("thời hạn"), max_length=40)
    term_basis = models.CharField(_("căn cứ của thời hạn"), max_length=300)
    reply_due_at = models.DateTimeField(_("phải phản hồi trước"))
    replied_at = models.DateTimeField(_("phản hồi lúc"), null=True, blank=True)
    due_at = models.DateTimeField(_("phải thực hiện trước"), null=True, blank=True)
    is_extended = models.BooleanField(_("đã gia hạn"), default=False)
    outcome = models.CharField(_("kết quả trình"), max_length=8, choices=Outcome.choices, blank=True)
    ground = models.CharField(_("căn cứ không thực hiện"), max_length=GROUND_LENGTH, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người trình"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    erased_at = models.DateTimeField(_("xóa dữ liệu cá nhân lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("yêu cầu về dữ liệu cá nhân")
        verbose_name_plural = _("yêu cầu về dữ liệu cá nhân")
        indexes = [models.Index(fields=["unit", "-received_at"], name="data_request_of_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key_mark"], condition=~Q(key_mark=""), name="data_request_sent_once"
            ),
            models.CheckConstraint(
                name="data_request_ends_with_its_state",
                condition=Q(ended_at=None, state__in=["received", "accepted", "waiting", "proposed"])
                | Q(ended_at__isnull=False, state__in=["done", "refused", "withdrawn"]),
            ),
            # Two people: who proposed does not decide.
            models.CheckConstraint(
                name="data_request_two_people",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="data_request_refused_by_law", condition=~Q(state="refused") | ~Q(ground="")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DataRequestStep(models.Model):
    """What was done to a request, and the words said at it; `is_told`: the person reads them."""

    PERSONAL_FIELDS = ("words", "by")

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    deed = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = SealedTextField(blank=True)
    is_told = models.BooleanField(default=True)
    new_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["request", "number"]
        verbose_name = _("bước của yêu cầu về dữ liệu")
        verbose_name_plural = _("các bước của yêu cầu về dữ liệu")
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="data_request_step_number")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number}"


class DataRequestMatter(models.Model):
    """A matter that a request is about: a case, a dossier. `key` finds it on every copy of the database and finds nothing else."""

    PERSONAL_FIELDS = ("key", "added_by")

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["request", "pk"]
        verbose_name = _("việc mà yêu cầu nói đến")
        verbose_name_plural = _("các việc mà yêu cầu nói đến")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "key"], condition=~Q(key=""), name="data_request_matter_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
