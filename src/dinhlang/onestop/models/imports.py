"""Files of the province's system that were taken in: how each was understood, what it found, what a person decided."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models.dossiers import Dossier
from dinhlang.org.models import Unit


class RunState(models.TextChoices):
    """How far a file is. The first, the third and the two that write are the worker's; the others wait for a person."""

    RECEIVED = "received", _("Đang đọc tệp")
    ASKING = "asking", _("Chờ xác nhận cột")
    COMPARING = "comparing", _("Đang đối chiếu")
    SHOWN = "shown", _("Chờ xác nhận nhập")
    WRITING = "writing", _("Đang ghi vào sổ")
    DONE = "done", _("Đã nhập")
    UNDOING = "undoing", _("Đang hoàn tác")
    UNDONE = "undone", _("Đã hoàn tác")
    DROPPED = "dropped", _("Đã bỏ")
    REFUSED = "refused", _("Không đọc được")


class ImportLayout(models.Model):
    """What the columns of files with these headings hold in this unit, as a person confirmed it last."""

    PERSONAL_FIELDS = ("saved_by",)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    fingerprint = models.CharField(_("dấu của các tiêu đề"), max_length=64)
    meanings = models.JSONField(_("các cột"), default=dict)
    orders = models.JSONField(_("thứ tự ngày, tháng"), default=dict)
    states = models.JSONField(_("các trạng thái"), default=dict)
    saved_at = models.DateTimeField(_("lưu lúc"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lưu"),
    )

    class Meta:
        verbose_name = _("cách hiểu tệp của tỉnh")
        verbose_name_plural = _("cách hiểu tệp của tỉnh")
        constraints = [models.UniqueConstraint(fields=["unit", "fingerprint"], name="import_layout_once")]


class ImportRun(models.Model):
    """One file. `found` is what was recognised in it, `counts` what becomes of its rows, `before` and `after` the register around it;
    `done` of `total` rows are written, each with its step in one transaction. `kept_as` names the sealed file and goes with it."""

    PERSONAL_FIELDS = ("received_by", "confirmed_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="dossier_imports", verbose_name=_("đơn vị")
    )
    key = models.UUIDField(_("khóa của lần nhập"), unique=True)
    name = models.CharField(_("tên tệp"), max_length=255)
    sha256 = models.CharField(_("dấu của tệp"), max_length=64)
    kept_as = models.CharField(_("tên trên đĩa"), max_length=64, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=9, choices=RunState.choices, default=RunState.RECEIVED
    )
    as_of = models.DateField(_("số liệu đến ngày"))
    sheet = models.CharField(_("trang tính"), max_length=100, blank=True)
    fingerprint = models.CharField(_("dấu của các tiêu đề"), max_length=64, blank=True)
    meanings = models.JSONField(_("các cột"), default=dict)
    orders = models.JSONField(_("thứ tự ngày, tháng"), default=dict)
    states = models.JSONField(_("các trạng thái"), default=dict)
    found = models.JSONField(_("đã nhận ra"), default=dict)
    counts = models.JSONField(_("số dòng"), default=dict)
    before = models.JSONField(_("sổ trước khi nhập"), default=dict)
    after = models.JSONField(_("sổ sau khi nhập"), default=dict)
    done = models.PositiveIntegerField(_("dòng đã làm"), default=0)
    total = models.PositiveIntegerField(_("số dòng"), default=0)
    attempts = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    told = models.TextField(_("lý do"), blank=True)
    received_at = models.DateTimeField(_("nhận tệp lúc"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đưa tệp"),
    )
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )
    moved_at = models.DateTimeField(_("cập nhật lúc"))

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("lần nhập tệp của tỉnh")
        verbose_name_plural = _("các lần nhập tệp của tỉnh")
        indexes = [models.Index(fields=["unit", "-received_at"], name="import_run_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def written_at(self) -> datetime:
        """The moment that all its steps bear, however often the writing was begun again."""
        return self.confirmed_at or self.received_at


class ConfirmedRows(models.Model):
    """The dossiers of which some rows of a file said what the register says already: to be known when that file is taken back."""

    PERSONAL_FIELDS = ()

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="confirmations", verbose_name=_("lần nhập")
    )
    dossiers = models.JSONField(_("các hồ sơ"), default=list)

    class Meta:
        ordering = ["run", "pk"]
        verbose_name = _("hồ sơ được tệp xác nhận")
        verbose_name_plural = _("hồ sơ được tệp xác nhận")


class FindingKind(models.TextChoices):
    """What a person may want to look at."""

    CONTRADICTS = "contradicts", _("Trái với sổ ghi tay")
    TWICE = "twice", _("Hai dòng trái nhau trong tệp")
    UNREAD = "unread", _("Dòng không đọc được")
    MISSING = "missing", _("Đang giải quyết trong sổ, không có trong tệp")
    DUE = "due", _("Ngày hẹn khác nhau")


class Finding(models.Model):
    """One row of a file, or one dossier, that does not simply fit. `decision`: 'file' takes what the file says, 'ours' keeps the
    register; empty where nobody decided, and then the register stays as it is."""

    PERSONAL_FIELDS = ()

    class Decision(models.TextChoices):
        OPEN = "", _("Chưa quyết")
        OURS = "ours", _("Giữ theo sổ")
        FILE = "file", _("Lấy theo tệp")

    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="findings", verbose_name=_("lần nhập")
    )
    kind = models.CharField(_("loại"), max_length=11, choices=FindingKind.choices)
    row = models.PositiveIntegerField(_("dòng"), null=True, blank=True)
    code = models.CharField(_("mã hồ sơ"), max_length=40, blank=True)
    code_key = models.CharField(max_length=40, blank=True, editable=False)
    dossier = models.ForeignKey(
        Dossier,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
        verbose_name=_("hồ sơ"),
    )
    told = models.JSONField(_("hệ thống ghi"), default=dict)
    why = models.CharField(_("vì sao"), max_length=600)
    decision = models.CharField(_("quyết định"), max_length=4, choices=Decision.choices, blank=True)

    class Meta:
        ordering = ["run", "kind", "row", "pk"]
        verbose_name = _("điều cần xem của lần nhập")
        verbose_name_plural = _("điều cần xem của lần nhập")
        indexes = [
            models.Index(fields=["run", "kind"], name="finding_run_kind"),
            models.Index(fields=["code_key", "decision"], name="finding_code_decision"),
        ]
