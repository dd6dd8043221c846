"""What is stored of reports handed to the level above: each submission, its figures, its steps, keys and uploads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import MachineKey, Unit
from dinhlang.reports.models.duties import Obligation
from dinhlang.reports.models.issued import Report
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.work.models import Blob, Exactness


class SubmissionKey(MachineKey):
    """What a commune's own box shows to hand in for one unit, and for no other."""

    PERSONAL_FIELDS = ("made_by", "revoked_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="submission_keys", verbose_name=_("đơn vị nộp")
    )
    made_for = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi cấp"))

    class Meta(MachineKey.Meta):
        verbose_name = _("khóa nộp báo cáo")
        verbose_name_plural = _("khóa nộp báo cáo")


class Submission(models.Model):
    """A report handed in for one obligation: the first, or one that takes the place of another.

    `package` is what came, byte for byte: the package of docs/submission.md, or a file that came another way
    (`file`). `report` is null when it was written elsewhere. Three days are kept apart: of the document, of handing
    in, of receipt. `decided_at` is when it was returned or accepted (`decision`), also after another one replaced it.
    `place` is where the level above can be asked about it, of one that this installation handed in elsewhere.
    """

    PERSONAL_FIELDS = ("document", "reason", "handed_in_by")

    State = State

    class Way(models.TextChoices):
        INSIDE = "inside", _("trong hệ thống")
        API = "api", _("từ máy của đơn vị")
        FILE = "file", _("văn bản gửi ngoài hệ thống")
        NIL = "nil", _("báo cáo không phát sinh")

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("báo cáo phải nộp")
    )
    report = models.ForeignKey(
        Report,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name=_("báo cáo"),
    )
    number = models.PositiveSmallIntegerField(_("lần nộp"))
    way = models.CharField(_("cách nộp"), max_length=6, choices=Way.choices)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.RECEIVED)
    recipient = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submissions_received",
        verbose_name=_("nơi nhận"),
    )
    package = models.ForeignKey(
        Blob, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("gói")
    )
    digest = models.CharField(_("mã băm"), max_length=64, db_index=True)
    document = models.JSONField(_("nội dung"), default=dict)
    outline_version = models.CharField(_("bản đề cương"), max_length=80, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    subject = models.CharField(_("trích yếu"), max_length=500, blank=True)
    document_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("nộp lúc"))
    received_at = models.DateTimeField(_("nhận lúc"))
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decision = models.CharField(_("quyết định"), max_length=9, choices=Deed.choices, blank=True)
    reason = models.CharField(_("lý do không phát sinh"), max_length=500, blank=True)
    receipt_year = models.PositiveSmallIntegerField(_("năm tiếp nhận"))
    receipt_number = models.PositiveIntegerField(_("số tiếp nhận"))
    place = models.URLField(_("nơi nộp"), max_length=500, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nộp"),
    )
    key = models.ForeignKey(
        SubmissionKey,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name=_("khóa"),
    )

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("báo cáo đã nộp")
        verbose_name_plural = _("báo cáo đã nộp")
        indexes = [
            models.Index(fields=["recipient", "state", "received_at"], name="submission_received"),
            models.Index(fields=["obligation", "number"], name="submission_of_obligation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="submission_number_once"),
            # The same package again is the same submission, unless the first was taken back.
            models.UniqueConstraint(
                fields=["obligation", "digest"], condition=~Q(state="taken-back"), name="package_once"
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="received"), name="one_submission_waits"
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="accepted"), name="one_submission_holds"
            ),
            models.UniqueConstraint(
                fields=["recipient", "receipt_year", "receipt_number"],
                condition=Q(place=""),
                name="receipt_number_once",
            ),
            models.CheckConstraint(
                name="nil_has_a_reason",
                condition=Q(way="nil") & ~Q(reason="") | ~Q(way="nil") & Q(reason=""),
            ),
            models.CheckConstraint(
                name="submission_decided_with_a_time",
                condition=Q(decided_at=None, decision="")
                | Q(decided_at__isnull=False, decision__in=["return", "accept", "take-back"]),
            ),
            models.CheckConstraint(
                name="submission_state_says_what_was_decided",
                condition=Q(state="received", decision="")
                | Q(state="returned", decision="return")
                | Q(state="accepted", decision="accept")
                | Q(state="taken-back", decision="take-back")
                | Q(state="replaced"),
            ),
            models.CheckConstraint(
                name="received_not_before_handed_in", condition=Q(received_at__gte=F("submitted_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.obligation)


class SubmittedFigure(models.Model):
    """A figure of a submitted report, as the unit stated it. Never changed.

    `evidence` lists the ledger's lines behind it (docs/submission.md, "ledger.json"): id, hash, day, kind, title, value
    and, where a link or a file shows that two units speak of one event, `joint`. `changed_from` is what it was before
    a hand changed it in the file; empty when nobody did. `has_evidence` when lines stand behind the value as stated.
    """

    PERSONAL_FIELDS = ("evidence",)

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="figures", verbose_name=_("báo cáo đã nộp")
    )
    anchor = models.CharField(_("dấu trong văn bản"), max_length=60)
    concept = models.CharField(_("chỉ tiêu"), max_length=40, blank=True)
    window_from = models.DateField(_("từ ngày"))
    window_to = models.DateField(_("đến ngày"))
    value = models.DecimalField(_("giá trị"), max_digits=20, decimal_places=4, null=True)
    numerator = models.BigIntegerField(_("tử số"), null=True)
    denominator = models.BigIntegerField(_("mẫu số"), null=True)
    exactness = models.CharField(_("độ chính xác"), max_length=10, choices=Exactness.choices, blank=True)
    printed = models.CharField(_("in trong văn bản"), max_length=60, blank=True)
    origin = models.CharField(_("nguồn"), max_length=10, blank=True)
    lines = models.PositiveIntegerField(_("số dòng sổ"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(_("minh chứng"), default=list)
    changed_from = models.CharField(_("trước khi sửa tay"), max_length=60, blank=True)
    has_evidence = models.BooleanField(_("có minh chứng"), default=False)
    quote = models.CharField(_("nguyên văn"), max_length=300, blank=True)

    class Meta:
        ordering = ["submission", "id"]
        verbose_name = _("số liệu đã nộp")
        verbose_name_plural = _("số liệu đã nộp")
        indexes = [models.Index(fields=["submission", "concept"], name="submitted_figure_of")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "anchor"], name="submitted_anchor_once"),
            models.CheckConstraint(
                name="submitted_window_in_order", condition=Q(window_to__gte=F("window_from"))
            ),
        ]


class SubmissionStep(models.Model):
    """One act about a submission: who did what when. Never changed; counted, since clocks may differ.

    `points` are the paragraphs and figures a return is about: {"anchor" or "key", "quote": words, "said": what is to
    be mended}. `receipt` is what was confirmed to the sender (docs/submission.md), in the step that received.
    """

    PERSONAL_FIELDS = ("by", "reason", "points")

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="steps", verbose_name=_("báo cáo đã nộp")
    )
    number = models.PositiveSmallIntegerField(_("thứ tự"))
    deed = models.CharField(_("việc"), max_length=9, choices=Deed.choices)
    before = models.CharField(_("trước đó"), max_length=10, choices=State.choices, blank=True)
    after = models.CharField(_("sau đó"), max_length=10, choices=State.choices)
    reason = models.CharField(_("lý do, ý kiến"), max_length=500, blank=True)
    points = models.JSONField(_("chỗ cần sửa"), default=list)
    receipt = models.JSONField(_("giấy tiếp nhận"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )
    key = models.ForeignKey(
        SubmissionKey, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("khóa")
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ["submission", "number"]
        verbose_name = _("việc đã làm với báo cáo nộp")
        verbose_name_plural = _("việc đã làm với báo cáo nộp")
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="submission_step_once"),
            models.CheckConstraint(
                name="submission_returned_with_points",
                condition=~Q(deed="return") | ~Q(reason="") | ~Q(points=[]),
            ),
        ]


class Upload(models.Model):
    """A package on its way in, part by part; the bytes lie in a file beside the stored ones until all are there."""

    PERSONAL_FIELDS = ()

    key = models.ForeignKey(
        SubmissionKey, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("khóa")
    )
    token = models.CharField(max_length=40, unique=True, editable=False)
    digest = models.CharField(_("mã băm"), max_length=64)
    size = models.PositiveBigIntegerField(_("kích thước (byte)"))
    offset = models.PositiveBigIntegerField(_("đã nhận (byte)"), default=0)
    begun_at = models.DateTimeField(_("bắt đầu lúc"))
    moved_at = models.DateTimeField(_("phần cuối lúc"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("gói đang gửi lên")
        verbose_name_plural = _("gói đang gửi lên")
        constraints = [
            models.UniqueConstraint(fields=["key", "digest"], name="uploaded_once_at_a_time"),
            models.CheckConstraint(name="upload_within_its_size", condition=Q(offset__lte=F("size"))),
        ]
