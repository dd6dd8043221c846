"""What is stored about reports, their figures and the unit's register of outgoing documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.reports.models.outlines import Outline
from dinhlang.work.models import Blob, Exactness, Plan


class Report(models.Model):
    """A report of one unit for one period.

    Once issued, nothing in it changes: the database itself refuses (migration `issued_is_final`). `missing`
    lists what a person must still bring: {"concept": id or "", "message": a sentence}. `ruled_by` is the version of the
    programme's regime that cut its window; without one the rule of `periods` named by `regime` did.
    """

    PERSONAL_FIELDS = ("document", "drafted_by", "issued_by")

    class Status(models.TextChoices):
        DRAFT = "draft", _("dự thảo")
        ISSUED = "issued", _("đã phát hành")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name=_("đơn vị"))
    plan = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("kế hoạch"),
    )
    programme = models.CharField(_("chương trình"), max_length=40, default="cchc-tuyen-truyen")
    outline = models.ForeignKey(
        Outline, on_delete=models.PROTECT, related_name="+", verbose_name=_("đề cương")
    )
    period = models.CharField(_("kỳ báo cáo"), max_length=10)
    regime = models.CharField(_("chế độ báo cáo"), max_length=40)
    ruled_by = models.ForeignKey(
        "reports.Regime",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản chế độ báo cáo"),
    )
    window_from = models.DateField(_("số liệu từ ngày"))
    window_to = models.DateField(_("đến ngày"))
    status = models.CharField(_("trạng thái"), max_length=8, choices=Status.choices, default=Status.DRAFT)
    subject = models.CharField(_("trích yếu"), max_length=500)
    document = models.JSONField(_("nội dung"), default=dict)
    missing = models.JSONField(_("còn thiếu"), default=list)
    drafted_at = models.DateTimeField(_("lập lúc"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40, default="BC-UBND")
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issued_at = models.DateTimeField(_("phát hành lúc"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người phát hành"),
    )
    corrects = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("thay thế báo cáo"),
    )
    docx = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-window_to", "unit", "-id"]
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
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
                condition=Q(status="issued", corrects=None),
                name="one_issue_of_a_period",
            ),
            # A report is replaced by one other; what is wrong with that one is put right in a third.
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(status="issued"), name="report_replaced_once"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ReportFigure(models.Model):
    """One figure of a report: which fact it shows, and what stood behind it when the report was made.

    `value` is null when the evidence is missing. `digest` pins the lines (`work.models.DailyFact`); at issue
    `evidence` holds every line's id and hash. Of a consolidated figure (origin "children") `lines` are the units that
    gave one, `digest` pins their figures, and `evidence` holds each unit's submission with what it stated. `cell` is [table, row, column] for a figure in a table: cells are
    plain text in the document's model, so the place is kept here.
    """

    PERSONAL_FIELDS = ()

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="figures", verbose_name=_("báo cáo")
    )
    anchor = models.CharField(_("dấu trong văn bản"), max_length=60)
    concept = models.CharField(_("chỉ tiêu"), max_length=40)
    window_from = models.DateField(_("từ ngày"))
    window_to = models.DateField(_("đến ngày"))
    value = models.DecimalField(_("giá trị"), max_digits=20, decimal_places=4, null=True)
    numerator = models.BigIntegerField(_("tử số"), null=True)
    denominator = models.BigIntegerField(_("mẫu số"), null=True)
    exactness = models.CharField(_("độ chính xác"), max_length=10, choices=Exactness.choices, blank=True)
    printed = models.CharField(_("in trong văn bản"), max_length=60, blank=True)
    origin = models.CharField(
        "nguồn",
        max_length=10,
        choices=[
            ("ledger", _("sổ theo dõi")),
            ("archive", _("văn bản cũ")),
            ("plan", _("kế hoạch")),
            ("children", _("báo cáo của đơn vị cấp dưới")),
        ],
    )
    lines = models.PositiveIntegerField(_("số dòng sổ"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(_("minh chứng đã chốt"), default=list)
    cell = models.JSONField(_("ô trong bảng"), null=True)
    is_final = models.BooleanField(_("đã chốt"), default=False)

    class Meta:
        ordering = ["report", "id"]
        verbose_name = _("số liệu trong báo cáo")
        verbose_name_plural = _("số liệu trong báo cáo")
        constraints = [models.UniqueConstraint(fields=["report", "anchor"], name="figure_anchor_once")]


class RegisterEntry(models.Model):
    """A line of the unit's register of outgoing documents: one series for each kind and year, in order.

    NĐ 30/2020/NĐ-CP, art. 15: numbers begin at 01 on 1 January; the head of the office says how kinds are numbered,
    and offices number each kind by itself ('BC', 'KH', …).
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="register_entries", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    kind = models.CharField(_("loại văn bản"), max_length=10, default="BC")
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    issued_on = models.DateField(_("ngày ban hành"))
    subject = models.CharField(_("trích yếu"), max_length=500)
    report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="register_entry"
    )
    entered_at = models.DateTimeField(_("vào sổ lúc"))

    class Meta:
        ordering = ["unit", "-year", "kind", "-number"]
        verbose_name = _("sổ đăng ký văn bản đi")
        verbose_name_plural = _("sổ đăng ký văn bản đi")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "kind", "number"], name="register_number_once")
        ]
