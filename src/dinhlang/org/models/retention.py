"""The report of what was erased because it had been kept long enough."""

from __future__ import annotations

from django.db import models


class RetentionRun(models.Model):
    """One day's look at what has been kept long enough: how many rows of each model, and in how many which field was emptied.

    Written batch by batch together with what it tells of; without `finished_at` the look goes on. It holds counts only; a row whose
    fields are kept for different times counts once for each.
    """

    PERSONAL_FIELDS = ()

    day = models.DateField("ngày", unique=True)
    counts = models.JSONField("số đã xóa", default=dict)
    started_at = models.DateTimeField("bắt đầu lúc")
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        ordering = ["-day"]
        verbose_name = "lần xóa dữ liệu hết thời hạn lưu"
        verbose_name_plural = "lần xóa dữ liệu hết thời hạn lưu"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
