"""What is stored about a draft while people write in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.reports.models.issued import Report


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
