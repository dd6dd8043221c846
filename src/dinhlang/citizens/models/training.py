"""Classes at which people learn: guests, files, tests without names."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.contests.rules.draw import CODE_LENGTH, new_code
from dinhlang.citizens.models.surveys import SurveyVersion
from dinhlang.citizens.training.rules.calls import ABOUT_CALLING_OFF, ABOUT_INVITATION, Answer
from dinhlang.citizens.training.rules.classes import (
    FILE_LENGTH,
    REASON_LENGTH,
    Group,
    Kind,
    Paper,
    Stage,
    State,
    state_of,
)
from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField
from dinhlang.work.models import Activity, Blob, Task

SUBJECT_LENGTH = 200


class TrainingClass(models.Model):
    """One class or meeting. `code` stands in the address that guests open. `line` is its line of the ledger while it is closed.

    `ticked` is what the last tick of attendance changed, so that it can be taken back. `version` is the test that is asked next;
    each answer says which one it answered. `results` are the figures of the tests, kept when the last was handed in.
    """

    PERSONAL_FIELDS = ("lecturer", "signer", "made_by", "closed_by", "cancelled_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="training_classes", verbose_name=_("đơn vị")
    )
    code = models.CharField(_("mã lớp"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    subject = models.CharField(_("nội dung"), max_length=SUBJECT_LENGTH)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="training_classes",
        verbose_name=_("nhiệm vụ của kế hoạch"),
    )
    starts_at = models.DateTimeField(_("bắt đầu lúc"))
    ends_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=200)
    lecturer = models.CharField(_("người trình bày"), max_length=200, blank=True)
    contents = models.TextField(_("chương trình"), blank=True)
    expected = models.PositiveIntegerField(_("số người dự kiến"), null=True, blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ký giấy mời"),
    )
    version = models.ForeignKey(
        SurveyVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_classes",
        verbose_name=_("bài kiểm tra"),
    )
    stage = models.CharField(_("bài đang mở"), max_length=10, choices=Stage.choices, default=Stage.NONE)
    results = models.JSONField(_("kết quả bài kiểm tra"), null=True, blank=True)
    ticked = models.JSONField(default=dict, blank=True, editable=False)
    key = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    invited_at = models.DateTimeField(_("mời lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người chốt"),
    )
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="training_classes",
        verbose_name=_("dòng sổ theo dõi"),
    )
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người hủy"),
    )
    cancel_reason = models.CharField(_("lý do hủy"), max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("lớp tập huấn")
        verbose_name_plural = _("lớp tập huấn")
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_start", condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="training_closed_with_line",
                condition=Q(closed_at=None, line=None) | Q(closed_at__isnull=False, line__isnull=False),
            ),
            models.CheckConstraint(
                name="training_cancelled_with_reason",
                condition=Q(cancelled_at=None) | Q(closed_at=None) & ~Q(cancel_reason=""),
            ),
            models.UniqueConstraint(fields=["unit", "key"], name="training_class_sent_once"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state(self) -> State:
        return state_of(
            invited=self.invited_at is not None,
            closed=self.closed_at is not None,
            cancelled=self.cancelled_at is not None,
        )


class TrainingGuest(models.Model):
    """Somebody who is invited or came. `person` is whoever has an account here. `attended_at` is when the attendance was ticked.

    `code` is random and names the row where somebody asks for what is held of them; it is printed nowhere.
    """

    PERSONAL_FIELDS = ("person", "name", "name_mark", "place", "phone", "phone_mark", "mail", "mail_mark")

    training = models.ForeignKey(
        TrainingClass, on_delete=models.CASCADE, related_name="guests", verbose_name=_("lớp tập huấn")
    )
    code = models.CharField(_("mã"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    number = models.PositiveIntegerField(_("số thứ tự"))
    group = models.CharField(_("thành phần"), max_length=10, choices=Group.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người có tài khoản"),
    )
    name = SealedTextField(_("họ tên"), blank=True)
    name_mark = FingerprintField(of="name", folded=True, db_index=True, blank=True)
    place = SealedTextField(_("thôn, đơn vị"), blank=True)
    phone = SealedTextField(_("điện thoại"), blank=True)
    phone_mark = FingerprintField(of="phone", db_index=True, blank=True)
    mail = SealedTextField(_("thư điện tử"), blank=True)
    mail_mark = FingerprintField(of="mail", folded=True, db_index=True, blank=True)
    is_unannounced = models.BooleanField(_("đến không có giấy mời"), default=False)
    attended_at = models.DateTimeField(_("điểm danh lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("gửi giấy mời lúc"), null=True, blank=True)
    called_off_at = models.DateTimeField(_("báo hủy lúc"), null=True, blank=True)
    erased_at = models.DateTimeField(_("xóa dữ liệu cá nhân lúc"), null=True, blank=True)

    class Meta:
        ordering = ["training", "number"]
        verbose_name = _("người dự")
        verbose_name_plural = _("người dự")
        constraints = [
            models.UniqueConstraint(fields=["training", "number"], name="training_guest_number_once"),
            models.UniqueConstraint(
                fields=["training", "person"], condition=Q(person__isnull=False), name="training_person_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class TrainingCall(models.Model):
    """That a guest was called, and what they said; the newest counts. `is_off`: the call told that the class is called off."""

    PERSONAL_FIELDS = ("note", "by")

    guest = models.ForeignKey(
        TrainingGuest, on_delete=models.CASCADE, related_name="calls", verbose_name=_("người dự")
    )
    is_off = models.BooleanField(_("báo hủy"), default=False)
    answer = models.CharField(_("trả lời"), max_length=10, choices=Answer.choices)
    note = SealedTextField(_("nói thêm"), blank=True)
    key = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(_("gọi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gọi"),
    )

    class Meta:
        ordering = ["guest", "-pk"]
        verbose_name = _("cuộc gọi mời dự")
        verbose_name_plural = _("cuộc gọi mời dự")
        constraints = [
            models.CheckConstraint(
                name="training_call_answers_what_was_asked",
                condition=Q(is_off=False, answer__in=[one.value for one in ABOUT_INVITATION])
                | Q(is_off=True, answer__in=[one.value for one in ABOUT_CALLING_OFF]),
            ),
            models.UniqueConstraint(fields=["guest", "key"], name="training_call_sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class TrainingFile(models.Model):
    """A file of a class, in versions: the same title again is the next version. What was removed stays as a row."""

    PERSONAL_FIELDS = ("added_by",)

    training = models.ForeignKey(
        TrainingClass, on_delete=models.CASCADE, related_name="files", verbose_name=_("lớp tập huấn")
    )
    kind = models.CharField(_("loại tệp"), max_length=10, choices=Paper.choices)
    title = models.CharField(_("tên"), max_length=FILE_LENGTH)
    version = models.PositiveSmallIntegerField(_("bản"), default=1)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp"))
    name = models.CharField(_("tên tệp"), max_length=FILE_LENGTH)
    added_at = models.DateTimeField(_("thêm lúc"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người thêm"),
    )
    removed_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)

    class Meta:
        ordering = ["training", "kind", "title", "-version"]
        verbose_name = _("tệp của lớp")
        verbose_name_plural = _("tệp của lớp")
        constraints = [
            models.UniqueConstraint(
                fields=["training", "kind", "title", "version"], name="training_file_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class TrainingAnswer(models.Model):
    """One answered test: what was chosen, the day, which test. No name, no hour, no address.

    `pair` is the mark of the code that the person keeps; the code itself is nowhere. The key is random.
    """

    PERSONAL_FIELDS = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    training = models.ForeignKey(
        TrainingClass, on_delete=models.CASCADE, related_name="answers", verbose_name=_("lớp tập huấn")
    )
    is_after = models.BooleanField(_("bài sau"))
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("bài kiểm tra")
    )
    pair = models.CharField(max_length=64, blank=True, editable=False)
    values = models.JSONField(_("câu trả lời"))
    answered_on = models.DateField(_("ngày làm bài"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bài kiểm tra đã làm")
        verbose_name_plural = _("bài kiểm tra đã làm")
        constraints = [
            models.UniqueConstraint(
                fields=["training", "is_after", "pair"], condition=~Q(pair=""), name="training_answer_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
