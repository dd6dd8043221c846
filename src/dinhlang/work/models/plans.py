"""Plans with their tasks and occurrences, and plans that are only proposed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models.files import Blob


class Plan(models.Model):
    """A year's plan of one unit, as its document says."""

    PERSONAL_FIELDS = ("document", "created_by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    programme = models.CharField("chương trình", max_length=40, default="cchc-tuyen-truyen")
    title = models.TextField("trích yếu")
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    source = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc"
    )
    source_name = models.CharField("tên tệp gốc", max_length=255, blank=True)
    document = models.JSONField("nội dung đã đọc", default=dict)
    bases = models.JSONField("căn cứ", default=list, blank=True)
    rolled_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rolled_to",
        verbose_name="lập từ kế hoạch",
    )
    version = models.PositiveIntegerField("lần sửa", default=1)
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người tạo",
    )

    class Meta:
        ordering = ["-year", "unit"]
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source"], condition=Q(source__isnull=False), name="plan_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanDraft(models.Model):
    """A plan that is only proposed: read from a document, or rolled over, and not yet confirmed.

    `proposal` holds each value with its place in `source_text` (see `proposal`), and what was decided about it.
    Nothing of it is in any plan until someone confirms; then the row goes. One left alone is swept.
    """

    PERSONAL_FIELDS = ("source_text", "proposal", "document", "created_by", "changed_by")

    class Origin(models.TextChoices):
        DOCUMENT = "document", _("đọc từ văn bản")
        ROLLOVER = "rollover", _("lập từ kế hoạch năm trước")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="plan_drafts")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    source = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=255, blank=True)
    rolled_from = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source_text = models.TextField()
    document = models.JSONField(default=dict)
    proposal = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = _("bản đề xuất kế hoạch")
        verbose_name_plural = _("bản đề xuất kế hoạch")
        indexes = [models.Index(fields=["changed_at"], name="plan_draft_age")]


class Task(models.Model):
    """A row of the plan's appendix. The schedule keeps its own words; `schedule` holds how they were read."""

    PERSONAL_FIELDS = ()

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    ordinal = models.CharField("STT", max_length=10, blank=True)
    text = models.TextField("nhiệm vụ")
    product = models.TextField("sản phẩm, kết quả", blank=True)
    lead = models.TextField("cơ quan chủ trì", blank=True)
    cooperating = models.TextField("cơ quan phối hợp", blank=True)
    schedule_text = models.TextField("thời gian thực hiện", blank=True)
    schedule = models.JSONField("thời gian đã đọc", default=dict)
    watch_months = models.PositiveSmallIntegerField("nhịp theo dõi (tháng)", null=True, blank=True)
    expected_kinds = models.JSONField("loại hoạt động mong đợi", default=list, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="task_position_once")]

    def __str__(self) -> str:
        return self.text


class Assignment(models.Model):
    """What section III of the plan asks of one unit: one row for each duty."""

    PERSONAL_FIELDS = ()

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="assignments", verbose_name="kế hoạch"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    unit_text = models.TextField("đơn vị được giao")
    duty = models.TextField("nội dung giao")

    class Meta:
        ordering = ["plan", "position"]
        verbose_name = "phân công"
        verbose_name_plural = "phân công"


class Occurrence(models.Model):
    """One time a task is due: the span in which the work counts, and the working day by which it is due."""

    PERSONAL_FIELDS = ()

    task = models.ForeignKey(
        Task, on_delete=models.CASCADE, related_name="occurrences", verbose_name="nhiệm vụ"
    )
    number = models.PositiveSmallIntegerField("kỳ")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    due_on = models.DateField("hạn")
    needed = models.PositiveSmallIntegerField("số lần", default=1)
    is_watch = models.BooleanField("nhịp theo dõi, không phải hạn", default=False)

    class Meta:
        ordering = ["task", "number"]
        verbose_name = "kỳ thực hiện"
        verbose_name_plural = "kỳ thực hiện"
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="occurrence_once")]
