"""What is stored about outlines, reports, their figures and the unit's register of outgoing documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from dinhlang.org.models import Unit
from dinhlang.work.models import Blob, Exactness, Plan


class Outline(models.Model):
    """The commune's own outline of a report: prose with places for figures. Editing makes a new version."""

    PERSONAL_FIELDS = ("created_by",)

    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="outlines", verbose_name="đơn vị"
    )
    programme = models.CharField("chương trình", max_length=40, default="cchc-tuyen-truyen")
    version = models.PositiveIntegerField("phiên bản")
    text = models.TextField("nội dung đề cương")
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người sửa",
    )

    class Meta:
        ordering = ["unit", "programme", "-version"]
        verbose_name = "đề cương"
        verbose_name_plural = "đề cương"
        constraints = [
            models.UniqueConstraint(fields=["unit", "programme", "version"], name="outline_version_once"),
            models.UniqueConstraint(
                fields=["programme", "version"], condition=Q(unit=None), name="default_outline_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, bản {self.version}"


class Report(models.Model):
    """A report of one unit for one period.

    Once issued, nothing in it changes: the database itself refuses (migration `issued_is_final`). `missing`
    lists what a person must still bring: {"concept": id or "", "message": a sentence}.
    """

    PERSONAL_FIELDS = ("document", "drafted_by", "issued_by")

    class Status(models.TextChoices):
        DRAFT = "draft", "dự thảo"
        ISSUED = "issued", "đã phát hành"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name="đơn vị")
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="reports", verbose_name="kế hoạch"
    )
    programme = models.CharField("chương trình", max_length=40, default="cchc-tuyen-truyen")
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="+", verbose_name="đề cương")
    period = models.CharField("kỳ báo cáo", max_length=10)
    regime = models.CharField("chế độ báo cáo", max_length=40)
    window_from = models.DateField("số liệu từ ngày")
    window_to = models.DateField("đến ngày")
    status = models.CharField("trạng thái", max_length=8, choices=Status.choices, default=Status.DRAFT)
    subject = models.CharField("trích yếu", max_length=500)
    document = models.JSONField("nội dung", default=dict)
    missing = models.JSONField("còn thiếu", default=list)
    drafted_at = models.DateTimeField("lập lúc")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người lập",
    )
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, default="BC-UBND")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người phát hành",
    )
    docx = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-window_to", "unit", "-id"]
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        constraints = [
            models.CheckConstraint(
                name="report_issued_with_number_date_and_files",
                condition=Q(status="draft", number=None, issued_on=None, issued_at=None, docx=None, pdf=None)
                | Q(
                    status="issued",
                    number__isnull=False,
                    issued_on__isnull=False,
                    issued_at__isnull=False,
                    docx__isnull=False,
                    pdf__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["unit", "programme", "period"],
                condition=Q(status="draft"),
                name="one_draft_of_a_period",
            ),
            models.UniqueConstraint(
                fields=["unit", "programme", "period"],
                condition=Q(status="issued"),
                name="one_issue_of_a_period",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ReportFigure(models.Model):
    """One figure of a report: which fact it shows, and what stood behind it when the report was made.

    `value` is null when the evidence is missing. `digest` pins the lines (`work.models.DailyFact`); at issue
    `evidence` holds every line's id and hash. `cell` is [table, row, column] for a figure in a table: cells are
    plain text in the document's model, so the place is kept here.
    """

    PERSONAL_FIELDS = ()

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="figures", verbose_name="báo cáo"
    )
    anchor = models.CharField("dấu trong văn bản", max_length=60)
    concept = models.CharField("chỉ tiêu", max_length=40)
    window_from = models.DateField("từ ngày")
    window_to = models.DateField("đến ngày")
    value = models.DecimalField("giá trị", max_digits=20, decimal_places=4, null=True)
    numerator = models.BigIntegerField("tử số", null=True)
    denominator = models.BigIntegerField("mẫu số", null=True)
    exactness = models.CharField("độ chính xác", max_length=10, choices=Exactness.choices, blank=True)
    printed = models.CharField("in trong văn bản", max_length=60, blank=True)
    origin = models.CharField(
        "nguồn",
        max_length=10,
        choices=[("ledger", "sổ theo dõi"), ("archive", "văn bản cũ"), ("plan", "kế hoạch")],
    )
    lines = models.PositiveIntegerField("số dòng sổ", default=0)
    digest = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField("minh chứng đã chốt", default=list)
    cell = models.JSONField("ô trong bảng", null=True)
    is_final = models.BooleanField("đã chốt", default=False)

    class Meta:
        ordering = ["report", "id"]
        verbose_name = "số liệu trong báo cáo"
        verbose_name_plural = "số liệu trong báo cáo"
        constraints = [models.UniqueConstraint(fields=["report", "anchor"], name="figure_anchor_once")]


class RegisterEntry(models.Model):
    """A line of the unit's register of outgoing documents: one series a year, in order (NĐ 30/2020, art. 15)."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="register_entries", verbose_name="đơn vị"
    )
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("ký hiệu", max_length=40)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="register_entry"
    )
    entered_at = models.DateTimeField("vào sổ lúc")

    class Meta:
        ordering = ["unit", "-year", "-number"]
        verbose_name = "sổ đăng ký văn bản đi"
        verbose_name_plural = "sổ đăng ký văn bản đi"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="register_number_once")
        ]
