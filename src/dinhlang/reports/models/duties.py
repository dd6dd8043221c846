"""What is stored about reports that are owed: programmes, their regimes, obligations, requests, reminders."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from dinhlang.archive.models import ArchivedDocument
from dinhlang.org.models import Unit
from dinhlang.reports.rules import REQUESTED
from dinhlang.work.models import Blob


class Programme(models.Model):
    """A kind of report that is asked for again and again ('cchc-tuyen-truyen'). Ids are chosen once.

    `is_drafted` when the desk writes such a report from the ledger.
    """

    PERSONAL_FIELDS = ()

    id = models.SlugField(_("mã chương trình"), primary_key=True, max_length=40)
    name = models.CharField(_("tên báo cáo"), max_length=200)
    short = models.CharField(_("tên ngắn"), max_length=60)
    is_drafted = models.BooleanField(_("lập được từ sổ"), default=False)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("chương trình báo cáo")
        verbose_name_plural = _("chương trình báo cáo")

    def __str__(self) -> str:
        return self.name


class Regime(models.Model):
    """One version of what a programme asks: who owes what for which periods, by when, to whom.

    `rule` is the window and deadlines as `periods.regimes.from_row` reads them; `owed`, `recipients`, `outline` and
    `concepts` are as the file has them (`duties.catalogue`). `under` limits the version to the units below one body:
    a province's own decision. A version is never edited: it ends, and the next one begins.
    """

    PERSONAL_FIELDS = ()

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="regimes", verbose_name=_("chương trình")
    )
    version = models.CharField(_("phiên bản"), max_length=30)
    under = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("áp dụng cho đơn vị thuộc"),
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ"), max_length=300)
    rule = models.JSONField(_("ngày chốt và hạn"))
    owed = models.JSONField(_("ai phải nộp kỳ nào"))
    recipients = models.JSONField(_("nơi nhận"), default=list)
    outline = models.CharField(_("đề cương"), max_length=40, blank=True)
    concepts = models.JSONField(_("chỉ tiêu"), default=list)
    imported_at = models.DateTimeField(_("nạp lúc"))

    class Meta:
        ordering = ["programme", "starts_on", "pk"]
        verbose_name = _("chế độ báo cáo")
        verbose_name_plural = _("chế độ báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["programme", "version", "under"], name="regime_version_once"),
            models.UniqueConstraint(
                fields=["programme", "version"], condition=Q(under=None), name="general_regime_version_once"
            ),
            models.CheckConstraint(
                name="regime_days_in_order", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.version}"


class Request(models.Model):
    """A letter that asks for a report outside the regimes (báo cáo đột xuất), read and then confirmed by a person.

    `unit` is the body whose office took it in. `read` holds what was read and where it stands (`duties.letter`); the
    other fields are what a person confirmed. Obligations exist once it is confirmed.
    """

    PERSONAL_FIELDS = ("text", "read", "by")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ xác nhận")
        CONFIRMED = "confirmed", _("đã giao")
        WITHDRAWN = "withdrawn", _("đã rút")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị nhận"))
    blob = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp gốc")
    )
    archived = models.ForeignKey(
        ArchivedDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("văn bản lưu"),
    )
    name = models.CharField(_("tên tệp"), max_length=255)
    text = models.TextField(_("nội dung"))
    read = models.JSONField(_("đã đọc được"), default=dict)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.PROPOSED)
    asker = models.CharField(_("cơ quan yêu cầu"), max_length=200, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    dated = models.DateField(_("ngày văn bản"), null=True, blank=True)
    subject = models.CharField(_("nội dung yêu cầu"), max_length=500, blank=True)
    due_on = models.DateField(_("hạn gửi"), null=True, blank=True)
    received_at = models.DateTimeField(_("nhận lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhận"),
    )
    decided_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("yêu cầu báo cáo")
        verbose_name_plural = _("yêu cầu báo cáo")
        constraints = [
            models.CheckConstraint(
                name="confirmed_request_says_what_and_when",
                condition=~Q(state="confirmed") | (~Q(subject="") & Q(due_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.name


class Obligation(models.Model):
    """A report that one unit owes: made when its period opens or a request is confirmed, and never worked out anew.

    It keeps the window, the deadline and the reasons (`why`, sentences) it was made with, whatever the regime says
    later. `released_on` is the day from which it is no longer owed (the unit ceased before the cut-off, the request
    was withdrawn), with the reason; `passed_to` the obligation of a successor. `sent_…` is what a person noted of a
    report sent outside the system; one issued here is found by unit, `kept_as` and period.
    """

    PERSONAL_FIELDS = ("sent_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="obligations", verbose_name=_("đơn vị")
    )
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("chương trình"),
    )
    regime = models.ForeignKey(
        Regime,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("chế độ báo cáo"),
    )
    request = models.ForeignKey(
        Request,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations",
        verbose_name=_("yêu cầu"),
    )
    period = models.CharField(_("kỳ báo cáo"), max_length=10, blank=True)
    subject = models.CharField(_("báo cáo"), max_length=500)
    window_from = models.DateField(_("số liệu từ ngày"), null=True, blank=True)
    window_to = models.DateField(_("đến ngày"), null=True, blank=True)
    due_on = models.DateField(_("hạn gửi"))
    is_provisional = models.BooleanField(_("tạm tính"), default=False)
    why = models.JSONField(_("vì sao hẹn ngày này"), default=list)
    recipient = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="obligations_received",
        verbose_name=_("nơi nhận"),
    )
    recipient_name = models.CharField(_("nơi nhận, như ghi trên văn bản"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("mở lúc"))
    released_on = models.DateField(_("thôi phải nộp từ ngày"), null=True, blank=True)
    released_why = models.CharField(_("vì sao thôi"), max_length=500, blank=True)
    passed_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="passed_from",
        verbose_name=_("chuyển sang"),
    )
    sent_on = models.DateField(_("đã gửi ngày"), null=True, blank=True)
    sent_as = models.CharField(_("số, ký hiệu văn bản gửi"), max_length=60, blank=True)
    sent_noted_at = models.DateTimeField(_("ghi lúc"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["due_on", "unit", "pk"]
        verbose_name = _("báo cáo phải nộp")
        verbose_name_plural = _("báo cáo phải nộp")
        indexes = [
            models.Index(fields=["programme", "period"], name="obligation_of_period"),
            models.Index(fields=["unit", "due_on"], name="obligation_by_due"),
            models.Index(fields=["due_on"], name="obligation_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "programme", "period"], condition=Q(request=None), name="owed_once_a_period"
            ),
            models.UniqueConstraint(fields=["unit", "request"], name="owed_once_a_request"),
            models.CheckConstraint(
                name="owed_by_regime_or_by_request",
                condition=Q(request=None, regime__isnull=False, programme__isnull=False)
                | Q(request__isnull=False, regime=None),
            ),
            models.CheckConstraint(
                name="released_with_a_reason",
                condition=Q(released_on=None, released_why="")
                | (Q(released_on__isnull=False) & ~Q(released_why="")),
            ),
            models.CheckConstraint(
                name="sent_on_and_noted_together",
                condition=Q(sent_on=None, sent_noted_at=None)
                | Q(sent_on__isnull=False, sent_noted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def kept_as(self) -> str:
        """Under which programme the reports are kept that meet it."""
        return self.programme_id or "" if self.request_id is None else f"{REQUESTED}{self.request_id}"

    @staticmethod
    def keeping() -> Case:
        """`kept_as` in the words of the database, to be compared with the programme of a report."""
        requested = Concat(Value(REQUESTED), Cast("request_id", models.CharField()))
        return Case(
            When(request=None, then=F("programme_id")), default=requested, output_field=models.CharField()
        )


class Exemption(models.Model):
    """A later day for one obligation: asked for by the unit, decided by the level above; the deadline itself stays."""

    PERSONAL_FIELDS = ("reason", "requested_by", "decided_by", "note")

    class State(models.TextChoices):
        ASKED = "asked", _("chờ duyệt")
        GRANTED = "granted", _("được lùi hạn")
        REFUSED = "refused", _("không được lùi hạn")

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="exemptions", verbose_name=_("báo cáo phải nộp")
    )
    until = models.DateField(_("xin lùi đến ngày"))
    reason = models.CharField(_("lý do"), max_length=500)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.ASKED)
    requested_at = models.DateTimeField(_("đề nghị lúc"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đề nghị"),
    )
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    note = models.CharField(_("ý kiến"), max_length=500, blank=True)

    class Meta:
        ordering = ["obligation", "pk"]
        verbose_name = _("đề nghị lùi hạn")
        verbose_name_plural = _("đề nghị lùi hạn")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(state="asked"), name="one_open_exemption"
            ),
            models.CheckConstraint(name="exemption_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="exemption_decided_with_a_time",
                condition=Q(state="asked", decided_at=None)
                | (~Q(state="asked") & Q(decided_at__isnull=False)),
            ),
        ]


class Nudge(models.Model):
    """A reminder that one person was given about one obligation, at one rung of the ladder: once, ever."""

    PERSONAL_FIELDS = ("person",)

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="nudges", verbose_name=_("báo cáo phải nộp")
    )
    rung = models.CharField(_("bậc nhắc"), max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("người được nhắc"),
    )
    told_on = models.DateField(_("nhắc ngày"))
    seen_at = models.DateTimeField(_("đã xem lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-told_on", "-pk"]
        verbose_name = _("lời nhắc")
        verbose_name_plural = _("lời nhắc")
        indexes = [models.Index(fields=["person", "seen_at"], name="nudge_unseen")]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "rung", "person"], name="nudged_once_a_rung")
        ]
