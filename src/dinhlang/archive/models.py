"""What is stored about old documents and the figures read from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.archive.rules import Step
from dinhlang.org.models import Unit
from dinhlang.work.models import Blob, Exactness


class ArchivedDocument(models.Model):
    """An old document of a unit: the file as it came, and how it was read."""

    PERSONAL_FIELDS = ("document", "taken_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="archived_documents", verbose_name="đơn vị"
    )
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc")
    name = models.CharField("tên tệp", max_length=255)
    kind = models.CharField("loại văn bản", max_length=20)
    subject = models.CharField("trích yếu", max_length=500, blank=True)
    period = models.CharField("kỳ", max_length=10, blank=True)
    document = models.JSONField("nội dung đã đọc", default=dict)
    taken_at = models.DateTimeField("đưa vào lúc")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người đưa vào",
    )

    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người xác nhận",
    )

    class Meta:
        ordering = ["unit", "-period"]
        verbose_name = "văn bản lưu"
        verbose_name_plural = "văn bản lưu"
        constraints = [models.UniqueConstraint(fields=["unit", "blob"], name="archived_once")]

    def __str__(self) -> str:
        return self.subject or self.name


class ArchivedText(models.Model):
    """The whole text of an archived document, in a table of its own: lists do not drag it along.

    `folded` is the text with subject and name, without marks, for search; `signature` says which other texts may be
    alike (see `rules.alike`).
    """

    PERSONAL_FIELDS = ("text", "folded")

    document = models.OneToOneField(
        ArchivedDocument,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="text",
        verbose_name="văn bản",
    )
    text = models.TextField("nội dung")
    folded = models.TextField("nội dung không dấu", editable=False)
    signature = models.BinaryField("dấu nhận dạng", max_length=256, default=b"")

    class Meta:
        verbose_name = "nội dung văn bản lưu"
        verbose_name_plural = "nội dung văn bản lưu"


class Intake(models.Model):
    """A file on its way into the archive: received, read, compared, and waiting for a person to confirm.

    `pages` counts them where the file says how many it has. `leaves` are the pages of a PDF file or a scan, and where
    on them each value stands (`leaves.kept_of`). `unit` is where it was handed in until the letterhead says whose it
    is (`is_unit_given`: the person chose it, and it stays). `document` is what was read, `proposal` what a person says
    of it (see `proposal`). `near` is an archived document much like it; `is_kept_beside` that a person wants both.
    `watched` is where the file lies when it came through the watched folder.
    """

    PERSONAL_FIELDS = ("text", "document", "proposal", "received_by")

    class Origin(models.TextChoices):
        WEB = "web", _("tải lên")
        FOLDER = "folder", _("thư mục theo dõi")
        CHECK = "check", _("trang kiểm tra")
        COMMAND = "command", _("dòng lệnh")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    is_unit_given = models.BooleanField("đơn vị do người chọn", default=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc")
    name = models.CharField("tên tệp", max_length=255)
    origin = models.CharField("đến từ", max_length=10, choices=Origin.choices)
    watched = models.CharField("chỗ trong thư mục theo dõi", max_length=500, blank=True)
    step = models.CharField("bước", max_length=12, choices=Step.choices, default=Step.RECEIVED)
    history = models.JSONField("các bước đã qua", default=list)
    reason = models.CharField("lý do", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần đọc", default=0)
    text = models.TextField("nội dung", blank=True)
    document = models.JSONField("nội dung đã đọc", null=True)
    proposal = models.JSONField("giá trị đề xuất", null=True)
    pages = models.PositiveIntegerField("số trang", null=True)
    pages_read = models.PositiveIntegerField("số trang đã đọc", null=True)
    leaves = models.JSONField("các trang", null=True)
    signature = models.BinaryField("dấu nhận dạng", max_length=256, default=b"")
    near = models.ForeignKey(
        ArchivedDocument,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="văn bản gần giống",
    )
    likeness = models.FloatField("độ giống", null=True)
    is_kept_beside = models.BooleanField("giữ cả hai", default=False)
    archived = models.OneToOneField(
        ArchivedDocument,
        null=True,
        on_delete=models.CASCADE,
        related_name="intake",
        verbose_name="văn bản lưu",
    )
    received_at = models.DateTimeField("nhận lúc")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người đưa vào",
    )
    changed_at = models.DateTimeField("thay đổi lúc")

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = "văn bản chờ vào kho"
        verbose_name_plural = "văn bản chờ vào kho"
        indexes = [models.Index(fields=["unit", "step"], name="intake_by_step")]
        constraints = [
            models.CheckConstraint(
                name="intake_archived_with_its_document",
                condition=models.Q(step="archived", archived__isnull=False)
                | (~models.Q(step="archived") & models.Q(archived__isnull=True)),
            ),
            models.CheckConstraint(
                name="intake_refused_with_a_reason",
                condition=~models.Q(step="refused") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_being_read(self) -> bool:
        return self.step in (Step.READING, Step.RECOGNISING)


class BackfilledFact(models.Model):
    """A figure an old document states, in its own words. Unaudited: no line of the ledger stands behind it."""

    PERSONAL_FIELDS = ()

    document = models.ForeignKey(
        ArchivedDocument, on_delete=models.CASCADE, related_name="facts", verbose_name="văn bản"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="backfilled_facts", verbose_name="đơn vị"
    )
    period = models.CharField("kỳ", max_length=10, blank=True)
    concept = models.CharField("chỉ tiêu", max_length=40, blank=True)
    value = models.DecimalField("giá trị", max_digits=20, decimal_places=4)
    measure = models.CharField("đơn vị tính", max_length=60, blank=True)
    subject = models.CharField("nội dung", max_length=500, blank=True)
    exactness = models.CharField("độ chính xác", max_length=10, choices=Exactness.choices, blank=True)
    quote = models.CharField("nguyên văn", max_length=500)
    line = models.PositiveIntegerField("dòng", null=True)
    doubts = models.JSONField("điểm cần lưu ý", default=list)

    class Meta:
        ordering = ["document", "line"]
        verbose_name = "số liệu từ văn bản cũ"
        verbose_name_plural = "số liệu từ văn bản cũ"
