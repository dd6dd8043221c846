"""The ledger: lines, their counters and evidence, what takes them out of the count, and what is folded from them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models.files import Blob
from dinhlang.work.models.kinds import ActivityKind, Basis, Exactness, ReformField
from dinhlang.work.models.plans import Task


class Batch(models.Model):
    """Something done to many lines of a ledger at once, so that it can be undone as a whole.

    The lines that it wrote or reversed and the evidence that it brought point to it. Never changed: undoing is a
    batch of its own that says which one it undoes.
    """

    PERSONAL_FIELDS = ("note", "by")

    class Deed(models.TextChoices):
        REVERSE = "reverse", _("Hủy ghi")
        AMEND = "amend", _("Sửa phân loại")
        EVIDENCE = "evidence", _("Thêm minh chứng")
        IMPORT = "import", _("Nhập tệp")
        UNDO = "undo", _("Hoàn tác")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    note = models.CharField(_("lý do"), max_length=500, blank=True)
    lines = models.PositiveIntegerField(_("số dòng"))
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("thao tác hàng loạt")
        verbose_name_plural = _("thao tác hàng loạt")


class Import(models.Model):
    """A file of activities that was taken in, so that the same file is not taken in twice unless it was undone."""

    PERSONAL_FIELDS = ("name", "by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    name = models.CharField("tên tệp", max_length=255)
    rows = models.PositiveIntegerField("số dòng")
    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="taken_in")
    is_undone = models.BooleanField(_("đã hoàn tác"), default=False)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người nhập",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = "lần nhập tệp"
        verbose_name_plural = "lần nhập tệp"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "blob"], condition=Q(is_undone=False), name="import_once_unless_undone"
            )
        ]


class Activity(models.Model):
    """One line of the ledger: something that was done, by which unit, on which day. Never changed.

    `uid` comes from whoever records it, so that a line sent twice is stored once. `line_hash` is the SHA-256
    of the line's content (see `rules.line_hash`); facts and issued reports pin it. `folded` is title and note
    without marks, for search. `instead_of` is the reversed line that this one stands for.
    """

    PERSONAL_FIELDS = ("title", "note", "recorded_by")

    uid = models.UUIDField("mã", unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities", verbose_name="đơn vị")
    kind = models.CharField("loại hoạt động", max_length=12, choices=ActivityKind.choices)
    happened_on = models.DateField("ngày thực hiện")
    title = models.CharField("nội dung", max_length=500)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name="nhiệm vụ",
    )
    reform_field = models.CharField("lĩnh vực CCHC", max_length=20, choices=ReformField.choices, blank=True)
    basis = models.CharField("căn cứ đếm", max_length=12, choices=Basis.choices, default=Basis.EVENT)
    note = models.TextField("ghi chú", blank=True)
    folded = models.TextField(editable=False)
    imported_from = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    instead_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        verbose_name=_("thay cho dòng"),
    )
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="written")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
    )
    line_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            # A report counts lines by kind and by field over a window: answered from the index alone.
            models.Index(fields=["unit", "happened_on", "kind", "reform_field"], name="activity_unit_day"),
            models.Index(fields=["task", "happened_on"], name="activity_task_day"),
        ]
        verbose_name = "hoạt động"
        verbose_name_plural = "sổ theo dõi"

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One counter of a line: so many of one concept, known so exactly."""

    PERSONAL_FIELDS = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="measures")
    concept = models.CharField("chỉ tiêu", max_length=40)
    value = models.PositiveBigIntegerField("số lượng")
    exactness = models.CharField("độ chính xác", max_length=10, choices=Exactness.choices, blank=True)

    class Meta:
        ordering = ["activity", "concept"]
        constraints = [models.UniqueConstraint(fields=["activity", "concept"], name="measure_once")]


class Evidence(models.Model):
    """What shows that a line is true: a stored file or photo, a link, or the entry of a register that it was counted in."""

    PERSONAL_FIELDS = ("blob", "caption", "added_by")

    class Kind(models.TextChoices):
        FILE = "file", "tệp"
        PHOTO = "photo", "ảnh"
        LINK = "link", "đường dẫn"
        ENTRY = "entry", "mục trong sổ"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="evidence", verbose_name="hoạt động"
    )
    kind = models.CharField("loại", max_length=6, choices=Kind.choices)
    blob = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence", verbose_name="tệp"
    )
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField("thêm lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_a_link_or_an_entry",
                condition=Q(kind="link", blob=None) & ~Q(url="")
                | Q(kind="entry", blob=None, url="") & ~Q(caption="")
                | Q(kind__in=["file", "photo"], blob__isnull=False, url=""),
            ),
        ]


class Reversal(models.Model):
    """Takes a line out of the count, with the reason. The line itself stays."""

    PERSONAL_FIELDS = ("reason", "by")

    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="reversal", verbose_name="hoạt động"
    )
    reason = models.CharField("lý do", max_length=500)
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="reversals"
    )
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người hủy",
    )

    class Meta:
        verbose_name = "hủy ghi"
        verbose_name_plural = "hủy ghi"
        constraints = [models.CheckConstraint(name="reversal_has_a_reason", condition=~Q(reason=""))]


class KeptBoth(models.Model):
    """Two lines that look alike, and someone who knows says that they are two acts. `first` is the older line."""

    PERSONAL_FIELDS = ("by",)

    first = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )

    class Meta:
        verbose_name = _("cặp dòng giữ cả hai")
        verbose_name_plural = _("cặp dòng giữ cả hai")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kept_both_once"),
            models.CheckConstraint(name="kept_both_in_order", condition=Q(first__lt=models.F("second"))),
        ]


class DailyFact(models.Model):
    """The fold of one concept over one unit's lines of one day (ADR 0005).

    `digest` is the sum of the lines' hashes modulo 2^256, in hex: it changes when any line behind the total
    changes, and can be kept up line by line in any order. Lines are folded as such too, by task, kind and
    field of reform (`rules.task_concept`, `kind_concept`, `field_concept`).
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    concept = models.CharField(max_length=40)
    day = models.DateField()
    total = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    inexact_lines = models.PositiveIntegerField(default=0)
    unevidenced_lines = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "concept", "day"], name="daily_fact_once")]
