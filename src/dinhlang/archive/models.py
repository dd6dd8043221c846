"""What is stored about old documents and the figures read from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

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

    class Meta:
        ordering = ["unit", "-period"]
        verbose_name = "văn bản lưu"
        verbose_name_plural = "văn bản lưu"
        constraints = [models.UniqueConstraint(fields=["unit", "blob"], name="archived_once")]

    def __str__(self) -> str:
        return self.subject or self.name


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
