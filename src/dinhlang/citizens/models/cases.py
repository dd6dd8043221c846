"""Cases, what happened to them, who opened the original."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.rules import kinds
from dinhlang.citizens.rules.kinds import Actor, Nature, Said, Satisfaction, Way
from dinhlang.citizens.rules.states import Deed, State
from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField


class Case(models.Model):
    """What somebody told the commune, sealed, and where it stands.

    `code` and a PIN lead the sender back to it; of the PIN there is only a sealed hash. `key_mark` is made of the key of the
    form it came by: sent twice, it is one case. The term and its ground (`term*`) are those that stood at receipt: a later
    rule does not change them. `due_at` is empty while the clock stands, and for what has no promised day. `days_used` are the
    working days until the first answer without those on which the clock stood. `subject` is written by an official and
    names nobody; `folded` is its words and the code, by which the desk searches. `flags` say why it may be a machine's
    (`trap,fast,no-proof`): it is looked at all the same. `looks_like`: a complaint or a denunciation by its words, until a
    person decided. `part_since`: since when a case that was given to a part waits for one of its people to take it.
    `is_invited`: a code for a survey was shown to the sender; which one and what became of it nobody knows. `erased_at`: every personal field is empty since.
    """

    PERSONAL_FIELDS = (
        "words", "sender_name", "sender_phone", "phone_mark", "sender_mail", "sender_address", "place", "latitude",
        "longitude", "spoken_for", "forwarded_as", "taken_by", "handler",
    )  # fmt: skip

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="citizen_cases", verbose_name=_("đơn vị")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("mã tra cứu"), max_length=16, unique=True, editable=False)
    pin_hash = SealedTextField(_("mã bí mật"), blank=True)
    key_mark = models.CharField(max_length=64, blank=True, editable=False)
    content_mark = models.CharField(max_length=64, blank=True, editable=False)
    way = models.CharField(_("nhận qua"), max_length=8, choices=Way.choices)
    nature = models.CharField(_("loại"), max_length=12, choices=Nature.choices)
    # Empty is null: on SQLite a column that must say something makes the table anew, a million rows of it.
    looks_like = models.CharField(  # noqa: DJ001
        _("có vẻ là"), max_length=12, choices=Nature.choices, null=True, blank=True
    )
    category = models.CharField(_("lĩnh vực"), max_length=20)
    subject = models.CharField(_("tóm tắt"), max_length=kinds.SUBJECT_LENGTH, blank=True)
    folded = models.TextField(editable=False, blank=True, default="")
    words = SealedTextField(_("nội dung"), blank=True)
    hamlet = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("thôn")
    )
    place = SealedTextField(_("nơi xảy ra"), blank=True)
    latitude = models.DecimalField(_("vĩ độ"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=9, decimal_places=6, null=True, blank=True)
    sender_name = SealedTextField(_("họ và tên người gửi"), blank=True)
    sender_phone = SealedTextField(_("điện thoại"), blank=True)
    phone_mark = FingerprintField(of="sender_phone", db_index=True)
    sender_mail = SealedTextField(_("thư điện tử"), blank=True)
    sender_address = SealedTextField(_("địa chỉ người gửi"), blank=True)
    spoken_for = SealedTextField(_("gửi thay cho"), blank=True)
    flags = models.CharField(_("dấu hiệu gửi tự động"), max_length=40, blank=True)
    is_named = models.BooleanField(_("có tên và địa chỉ"), default=False)
    is_publishable = models.BooleanField(_("người gửi đồng ý công khai nội dung"), default=False)
    consent = models.CharField(_("bản điều khoản đã đồng ý"), max_length=20, blank=True)
    consent_at = models.DateTimeField(_("đồng ý lúc"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=12, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("nhận lúc"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhận"),
    )
    part = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("bộ phận")
    )
    part_since = models.DateTimeField(_("chờ bộ phận nhận từ"), null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="citizen_cases",
        verbose_name=_("người xử lý"),
    )
    forwarded_to = models.CharField(_("chuyển đến"), max_length=kinds.AUTHORITY_LENGTH, blank=True)
    forwarded_as = models.CharField(_("số văn bản chuyển"), max_length=60, blank=True)
    term = models.CharField(_("thời hạn"), max_length=40, blank=True)
    term_basis = models.CharField(_("căn cứ của thời hạn"), max_length=300, blank=True)
    clock_from = models.DateTimeField(_("tính thời hạn từ"), null=True, blank=True)
    due_at = models.DateTimeField(_("hẹn trả lời"), null=True, blank=True)
    first_due_at = models.DateTimeField(_("hẹn lúc đầu"), null=True, blank=True)
    paused_since = models.DateTimeField(_("tạm dừng từ"), null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lần đầu lúc"), null=True, blank=True)
    answered_in_time = models.BooleanField(_("trả lời đúng hạn"), null=True, blank=True)
    days_used = models.PositiveSmallIntegerField(_("số ngày làm việc đã dùng"), null=True, blank=True)
    last_answered_at = models.DateTimeField(_("trả lời gần nhất lúc"), null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        _("mức hài lòng"),
        null=True,
        blank=True,
        choices=Satisfaction.choices,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    rated_at = models.DateTimeField(_("đánh giá lúc"), null=True, blank=True)
    is_invited = models.BooleanField(_("đã nhận mã khảo sát"), default=False)
    reopened_at = models.DateTimeField(_("mở lại lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("đóng lúc"), null=True, blank=True)
    erased_at = models.DateTimeField(_("xóa dữ liệu cá nhân lúc"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("thay đổi lúc"))

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("phản ánh, kiến nghị")
        verbose_name_plural = _("phản ánh, kiến nghị")
        indexes = [
            models.Index(fields=["unit", "-received_at"], name="case_of_unit"),
            models.Index(fields=["unit", "state", "-received_at"], name="case_unit_state"),
            models.Index(fields=["unit", "category", "-received_at"], name="case_unit_category"),
            models.Index(fields=["unit", "nature", "-received_at"], name="case_unit_nature"),
            models.Index(fields=["part", "state", "-received_at"], name="case_of_part"),
            models.Index(
                fields=["unit", "part_since"], condition=Q(part_since__isnull=False), name="case_for_a_part"
            ),
            models.Index(fields=["unit", "-received_at"], condition=Q(flags__gt=""), name="case_doubtful"),
            models.Index(
                fields=["unit", "-received_at"],
                condition=Q(looks_like__isnull=False),
                name="case_looks_apart",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(
                    due_at__isnull=False, state__in=["received", "accepted", "routed", "drafted", "reopened"]
                ),
                name="case_running",
            ),
            models.Index(
                fields=["last_answered_at"],
                condition=Q(state__in=["answered", "dissatisfied"]),
                name="case_waiting_to_close",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key_mark"], condition=~Q(key_mark=""), name="case_sent_once"
            ),
            models.CheckConstraint(
                name="case_rating_in_range", condition=Q(rating=None) | Q(rating__range=(1, 5))
            ),
            models.CheckConstraint(
                name="case_rated_at_a_moment",
                condition=Q(rating=None, rated_at=None) | Q(rating__isnull=False, rated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_first_answer_whole",
                condition=Q(answered_at=None, days_used=None)
                | Q(answered_at__isnull=False, days_used__isnull=False),
            ),
            models.CheckConstraint(
                name="case_place_has_both",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CaseEvent(models.Model):
    """One thing that happened to a case; never changed. It holds nobody's words: those are in `CaseWords`."""

    PERSONAL_FIELDS = ("by",)

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="events", verbose_name=_("phản ánh")
    )
    number = models.PositiveIntegerField(_("thứ tự"))
    deed = models.CharField(_("việc"), max_length=16, choices=Deed.choices)
    before = models.CharField(_("từ trạng thái"), max_length=12, choices=State.choices, blank=True)
    after = models.CharField(_("sang trạng thái"), max_length=12, choices=State.choices)
    at = models.DateTimeField(_("lúc"))
    actor = models.CharField(_("ai làm"), max_length=8, choices=Actor.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )
    detail = models.JSONField(_("chi tiết"), default=dict)

    class Meta:
        ordering = ["case", "number"]
        verbose_name = _("việc của phản ánh")
        verbose_name_plural = _("việc của phản ánh")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_event_once"),
            models.CheckConstraint(
                name="case_event_of_an_official", condition=Q(by=None) | Q(actor=Actor.OFFICIAL)
            ),
        ]

    def __str__(self) -> str:
        return self.get_deed_display()


class CaseWords(models.Model):
    """Words beside a case: what the sender added, what was asked, reasons, notes of the office. Sealed; erased with it."""

    PERSONAL_FIELDS = ("words", "by")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="said", verbose_name=_("phản ánh"))
    event = models.ForeignKey(
        CaseEvent,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="said",
        verbose_name=_("việc"),
    )
    kind = models.CharField(_("loại"), max_length=10, choices=Said.choices)
    words = SealedTextField(_("lời"))
    key = models.UUIDField(null=True, editable=False)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["case", "at", "pk"]
        verbose_name = _("lời bên phản ánh")
        verbose_name_plural = _("lời bên phản ánh")


class CaseFile(models.Model):
    """A photo or a scanned letter of a case, sealed on the disk under `name_there`; photos are shrunk and tell no place.

    One that shows an identity paper is removed, of a letter the page that shows it (`actions.look_at_files`); how many of its pages were
    looked at is `looked_pages`, and `looked_at` is when all were."""

    PERSONAL_FIELDS = ("name", "by", "name_there")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files", verbose_name=_("phản ánh"))
    name = SealedTextField(_("tên tệp"))
    name_there = models.CharField(max_length=40, unique=True, editable=False)
    media_type = models.CharField(_("kiểu"), max_length=100)
    size = models.PositiveIntegerField(_("cỡ"))
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đưa lên"),
    )
    erased_at = models.DateTimeField(_("xóa lúc"), null=True, blank=True)
    looked_at = models.DateTimeField(_("máy đã xem ảnh lúc"), null=True, blank=True)
    looked_pages = models.PositiveSmallIntegerField(_("số trang máy đã xem"), default=0)
    is_identity_paper = models.BooleanField(_("có giấy tờ tùy thân"), default=False)

    class Meta:
        ordering = ["case", "pk"]
        verbose_name = _("tệp của phản ánh")
        indexes = [
            models.Index(
                fields=["id"], condition=Q(looked_at=None, erased_at=None), name="case_file_not_looked_at"
            )
        ]
        verbose_name_plural = _("tệp của phản ánh")


class CaseOpening(models.Model):
    """Somebody opened the original of a case, one of its files, or took it out in a list; never changed."""

    PERSONAL_FIELDS = ("by",)

    class What(models.TextChoices):
        ORIGINAL = "original", _("xem bản gốc")
        FILE = "file", _("mở tệp")

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="openings", verbose_name=_("phản ánh")
    )
    what = models.CharField(_("đã xem"), max_length=8, choices=What.choices)
    file = models.ForeignKey(
        CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp")
    )
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người xem")
    )

    class Meta:
        ordering = ["case", "-at", "-pk"]
        verbose_name = _("lượt xem bản gốc")
        verbose_name_plural = _("lượt xem bản gốc")


class CaseReminder(models.Model):
    """Somebody was reminded of an answer that is owed: each person once for a step of the ladder and a promised day.

    `to` is empty where nobody could be told. `mailed_at` is when a mail went to that person.
    """

    PERSONAL_FIELDS = ("to",)

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("phản ánh")
    )
    step = models.CharField(_("bậc nhắc"), max_length=20)
    due_at = models.DateTimeField(_("hẹn trả lời"))
    at = models.DateTimeField(_("nhắc lúc"))
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người được nhắc"),
    )
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    class Meta:
        ordering = ["case", "at", "pk"]
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("lần nhắc")
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "due_at", "to"], name="case_reminded_once"),
            models.UniqueConstraint(
                fields=["case", "step", "due_at"], condition=Q(to=None), name="case_nobody_reminded_once"
            ),
        ]
