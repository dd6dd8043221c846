"""What is stored about outlines, reports, their figures and the unit's register of outgoing documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Blob, Exactness, Plan


class Outline(models.Model):
    """The commune's own outline of a report: prose with places for figures. Editing makes a new version."""

    PERSONAL_FIELDS = ("created_by",)

    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="outlines",
        verbose_name=_("đơn vị"),
    )
    programme = models.CharField(_("chương trình"), max_length=40, default="cchc-tuyen-truyen")
    version = models.PositiveIntegerField(_("phiên bản"))
    text = models.TextField(_("nội dung đề cương"))
    created_at = models.DateTimeField(_("tạo lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["unit", "programme", "-version"]
        verbose_name = _("đề cương")
        verbose_name_plural = _("đề cương")
        constraints = [
            models.UniqueConstraint(fields=["unit", "programme", "version"], name="outline_version_once"),
            models.UniqueConstraint(
                fields=["programme", "version"], condition=Q(unit=None), name="default_outline_version_once"
            ),
        ]

    def __str__(self) -> str:
        return _("%(programme)s, bản %(version)s") % {"programme": self.programme, "version": self.version}


class Report(models.Model):
    """A report of one unit for one period.

    Once issued, nothing in it changes: the database itself refuses (migration `issued_is_final`). `missing`
    lists what a person must still bring: {"concept": id or "", "message": a sentence}.
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
    `evidence` holds every line's id and hash. `cell` is [table, row, column] for a figure in a table: cells are
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
        choices=[("ledger", _("sổ theo dõi")), ("archive", _("văn bản cũ")), ("plan", _("kế hoạch"))],
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
    """A line of the unit's register of outgoing documents: one series a year, in order (NĐ 30/2020, art. 15)."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="register_entries", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    issued_on = models.DateField(_("ngày ban hành"))
    subject = models.CharField(_("trích yếu"), max_length=500)
    report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.PROTECT, related_name="register_entry"
    )
    entered_at = models.DateTimeField(_("vào sổ lúc"))

    class Meta:
        ordering = ["unit", "-year", "-number"]
        verbose_name = _("sổ đăng ký văn bản đi")
        verbose_name_plural = _("sổ đăng ký văn bản đi")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="register_number_once")
        ]


# --- a draft while it is written ------------------------------------------------------------------


class Manuscript(models.Model):
    """A draft while people write in it: its text in pieces, the figures it may show, and what was found in it.

    `state` is an `editing.Draft` as JSON; `figures` says of each figure of the draft what stood behind it when the
    ledger was last read; `reused` is what was found of older reports in it, by digest of the text. The document of
    the report is made from these at every change, so that files and preview always show the edited text.
    """

    PERSONAL_FIELDS = ("state", "reused", "changed_by")

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, related_name="manuscript", verbose_name=_("báo cáo")
    )
    version = models.PositiveIntegerField(_("bản"))
    state = models.JSONField(_("nội dung"), default=dict)
    figures = models.JSONField(_("số liệu dùng được"), default=dict)
    missing = models.JSONField(_("còn thiếu khi lập"), default=list)
    reused = models.JSONField(_("câu dùng lại"), default=dict)
    changed_at = models.DateTimeField(_("sửa lúc"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        verbose_name = _("bản thảo")
        verbose_name_plural = _("bản thảo")


class ManuscriptChange(models.Model):
    """One step of a draft, kept so that it can be taken back: `patch` makes the draft before it again."""

    PERSONAL_FIELDS = ("patch", "by")

    class What(models.TextChoices):
        DRAW = "draw", _("lập từ sổ")
        EDIT = "edit", _("sửa")
        INSERT = "insert", _("thêm đoạn")
        REMOVE = "remove", _("bỏ đoạn")
        RESTORE = "restore", _("đưa lại đoạn đã bỏ")
        RESET = "reset", _("trở về đề cương")
        SETTLE = "settle", _("chọn bản")
        BACK = "back", _("trở lại bản cũ")

    manuscript = models.ForeignKey(
        Manuscript, on_delete=models.CASCADE, related_name="changes", verbose_name=_("bản thảo")
    )
    version = models.PositiveIntegerField(_("bản"))
    what = models.CharField(_("việc"), max_length=8, choices=What.choices)
    key = models.CharField(_("đoạn"), max_length=40, blank=True)
    lost = models.JSONField(_("số liệu bỏ đi"), default=list)
    patch = models.JSONField(_("cách trở lại"), default=dict)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["manuscript", "-version"]
        verbose_name = _("lần sửa bản thảo")
        verbose_name_plural = _("lần sửa bản thảo")
        constraints = [
            models.UniqueConstraint(fields=["manuscript", "version"], name="manuscript_version_once")
        ]


class Presence(models.Model):
    """Who has a draft open, and where in it; a row that is not renewed says nothing any more."""

    PERSONAL_FIELDS = ("person",)

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="presences", verbose_name=_("báo cáo")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("người")
    )
    key = models.CharField(_("đoạn"), max_length=40, blank=True)
    seen_at = models.DateTimeField(_("thấy lúc"))

    class Meta:
        verbose_name = _("người đang mở dự thảo")
        verbose_name_plural = _("người đang mở dự thảo")
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="presence_once")]


class Suppression(models.Model):
    """A finding that a person decided to leave, with the reason; it is shown again before the report is issued."""

    PERSONAL_FIELDS = ("quote", "reason", "by")

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="suppressions", verbose_name=_("báo cáo")
    )
    rule = models.CharField(_("quy tắc"), max_length=20)
    quote = models.CharField(_("nguyên văn"), max_length=300, blank=True)
    message = models.CharField(_("điều đã nhắc"), max_length=500)
    reason = models.CharField(_("lý do"), max_length=300)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người bỏ qua"),
    )

    class Meta:
        ordering = ["report", "pk"]
        verbose_name = _("điều bỏ qua")
        verbose_name_plural = _("điều bỏ qua")
        constraints = [
            models.UniqueConstraint(fields=["report", "rule", "quote"], name="suppressed_once"),
            models.CheckConstraint(name="suppression_has_a_reason", condition=~Q(reason="")),
        ]


class TextBlock(models.Model):
    """A sentence that a unit likes to use again, for one part of its reports. Shipped ones are kept when first used."""

    PERSONAL_FIELDS = ("text", "created_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="text_blocks", verbose_name=_("đơn vị")
    )
    section = models.CharField(_("phần"), max_length=20)
    text = models.TextField(_("câu"))
    shipped = models.CharField(_("mã câu có sẵn"), max_length=40, blank=True)
    uses = models.PositiveIntegerField(_("số lần dùng"), default=0)
    retired_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    created_at = models.DateTimeField(_("tạo lúc"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người tạo"),
    )

    class Meta:
        ordering = ["unit", "section", "-uses", "pk"]
        verbose_name = _("câu mẫu")
        verbose_name_plural = _("câu mẫu")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "shipped"], condition=~Q(shipped=""), name="shipped_block_once"
            )
        ]
