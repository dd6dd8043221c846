"""What is stored of how a report is approved: the steps a unit has, where a report stands, each step, links, signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Dated, HeldLink, Unit, link_constraints
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.models.issued import Report
from dinhlang.work.models import Blob


class ApprovalPath(Dated):
    """Which steps the reports of a unit take, from a day on; the newest row in force counts.

    `head` names who looks a report through before the approver; without a name it is whoever has that right. Whether
    somebody may decide about a draft of their own is said with a reason.
    """

    PERSONAL_FIELDS = ("head", "made_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="approval_paths", verbose_name=_("đơn vị")
    )
    has_head = models.BooleanField(_("qua bước phụ trách"), default=True)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người phụ trách"),
    )
    own_is_allowed = models.BooleanField(_("được duyệt dự thảo của mình"), default=False)
    own_reason = models.CharField(_("lý do"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đặt"),
    )
    made_at = models.DateTimeField(_("đặt lúc"))

    class Meta(Dated.Meta):
        ordering = ["unit", "-pk"]
        verbose_name = _("các bước duyệt")
        verbose_name_plural = _("các bước duyệt")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="own_draft_approved_with_a_reason",
                condition=Q(own_is_allowed=False, own_reason="") | Q(own_is_allowed=True) & ~Q(own_reason=""),
            ),
            models.CheckConstraint(
                name="head_named_where_there_is_one", condition=Q(has_head=True) | Q(head=None)
            ),
        ]


class Presented(models.Model):
    """The exact words and figures that were presented, by their digest (`approval.words`). Never changed."""

    PERSONAL_FIELDS = ("content",)

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="presented", verbose_name=_("báo cáo")
    )
    digest = models.CharField(max_length=64, editable=False)
    content = models.JSONField(_("nội dung"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ["report", "pk"]
        verbose_name = _("bản trình")
        verbose_name_plural = _("bản trình")
        constraints = [
            models.UniqueConstraint(fields=["report", "digest"], name="presented_once"),
        ]


class Approval(models.Model):
    """Where a report stands on its way to being issued, and which words were presented; no row while nobody sent it."""

    PERSONAL_FIELDS = ("sent_by",)

    report = models.OneToOneField(
        Report, on_delete=models.CASCADE, related_name="approval", verbose_name=_("báo cáo")
    )
    stage = models.CharField(_("đang ở"), max_length=8, choices=Stage.choices, default=Stage.WRITING)
    presented = models.ForeignKey(
        Presented, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("bản trình")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người trình"),
    )
    since = models.DateTimeField(_("từ lúc"))

    class Meta:
        verbose_name = _("việc duyệt")
        verbose_name_plural = _("việc duyệt")
        constraints = [
            models.CheckConstraint(
                name="approval_waits_for_words", condition=Q(stage="writing") | Q(presented__isnull=False)
            )
        ]


class ApprovalStep(models.Model):
    """One step of a report: who did what when, about which words. Never changed.

    `number` counts a report's steps, since clocks of two machines may differ. `points` are the paragraphs and figures
    a return is about: {"key": piece, "anchor": figure, "quote": words, "said": what is to be mended}.
    """

    PERSONAL_FIELDS = ("by", "reason", "points")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="steps", verbose_name=_("báo cáo")
    )
    number = models.PositiveIntegerField(_("thứ tự"))
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    before = models.CharField(_("trước đó ở"), max_length=8, choices=Stage.choices)
    after = models.CharField(_("sau đó ở"), max_length=8, choices=Stage.choices)
    presented = models.ForeignKey(
        Presented, null=True, on_delete=models.PROTECT, related_name="steps", verbose_name=_("bản trình")
    )
    reason = models.CharField(_("lý do, ý kiến"), max_length=500, blank=True)
    points = models.JSONField(_("chỗ cần sửa"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )
    link = models.ForeignKey(
        "reports.ReportLink",
        null=True,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("đường dẫn duyệt"),
    )
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ["report", "-number"]
        verbose_name = _("bước duyệt")
        verbose_name_plural = _("bước duyệt")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="approval_step_once"),
            models.CheckConstraint(
                name="returned_with_a_reason", condition=~Q(deed="return") | ~Q(reason="") | ~Q(points=[])
            ),
            models.CheckConstraint(
                name="step_about_words", condition=Q(presented__isnull=False) | Q(deed="reopen")
            ),
        ]


class ReportLink(HeldLink):
    """A link by which one approver decides about one report on a phone, once."""

    PERSONAL_FIELDS = ("approver", "made_by")

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="links", verbose_name=_("báo cáo")
    )

    class Meta(HeldLink.Meta):
        constraints = link_constraints("report_link")


class ReportSignature(models.Model):
    """The digital signature of an issued report's PDF: whose key it was, and what the ledger's digest in it is."""

    PERSONAL_FIELDS = ("name",)

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="digital_signature", verbose_name=_("báo cáo")
    )
    name = models.CharField(_("người ký số"), max_length=200)
    organisation = models.CharField(_("tổ chức trên chứng thư"), max_length=200, blank=True)
    is_of_the_unit = models.BooleanField(_("chữ ký số của cơ quan"), default=False)
    ledger_digest = models.CharField(max_length=64)
    certificate_ends_at = models.DateTimeField(_("chứng thư hết hạn lúc"))
    at = models.DateTimeField(_("ký lúc"))

    class Meta:
        verbose_name = _("chữ ký số của báo cáo")
        verbose_name_plural = _("chữ ký số của báo cáo")


class ReportSeal(models.Model):
    """The agency's own signature, put by the office clerk behind the approver's: the sealed PDF, and whose key it was.

    An issued report never changes, so the sealed file stands beside the one that was issued. Never changed itself.
    """

    PERSONAL_FIELDS = ("name", "by")

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="seal", verbose_name=_("báo cáo")
    )
    pdf = models.ForeignKey(
        Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("PDF đã đóng dấu")
    )
    name = models.CharField(_("tên trên chứng thư"), max_length=200)
    organisation = models.CharField(_("tổ chức trên chứng thư"), max_length=200, blank=True)
    ledger_digest = models.CharField(max_length=64)
    certificate_ends_at = models.DateTimeField(_("chứng thư hết hạn lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đóng dấu"),
    )
    at = models.DateTimeField(_("đóng dấu lúc"))

    class Meta:
        verbose_name = _("dấu số của cơ quan")
        verbose_name_plural = _("dấu số của cơ quan")
