"""The register: books whose numbers have no gaps, dossiers, and the steps of each, which are only added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.rules.codes import LONGEST, RefusalCode
from dinhlang.onestop.rules.states import Deed, Delivery, Fee, State
from dinhlang.org import word_index
from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField
from dinhlang.procedures.models import Version


class Channel(models.TextChoices):
    """How a dossier came in."""

    COUNTER = "counter", _("trực tiếp")
    POST = "post", _("bưu chính công ích")
    ONLINE = "online", _("trực tuyến")


class ReturnWay(models.TextChoices):
    """How its result is to go back."""

    COUNTER = "counter", _("tại quầy")
    POST = "post", _("qua bưu chính công ích")
    ELECTRONIC = "electronic", _("bản điện tử")


class Source(models.TextChoices):
    """Who keeps the dossier: this register, or the province's system, of whose exports it was taken in."""

    OWN = "own", _("sổ của xã")
    OFFICIAL = "official", _("hệ thống giải quyết thủ tục")


class Book(models.Model):
    """A book of the register: one of a unit and a year. `count` is its last number; it only ever goes up, by one."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="dossier_books", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    volume = models.PositiveSmallIntegerField(_("quyển số"), default=1)
    count = models.PositiveIntegerField(_("số cuối"), default=0)
    opened_at = models.DateTimeField(_("mở lúc"))

    class Meta:
        ordering = ["unit", "-year", "-volume"]
        verbose_name = _("quyển sổ theo dõi hồ sơ")
        verbose_name_plural = _("quyển sổ theo dõi hồ sơ")
        constraints = [models.UniqueConstraint(fields=["unit", "year", "volume"], name="dossier_book_once")]

    def __str__(self) -> str:
        return f"{self.volume}/{self.year}"


class Dossier(models.Model):
    """One request of one person for one procedure.

    What it says of states, days and money is what its steps add up to (`rules.journey`), kept beside them to ask by. `key`
    is the mark of the form it came with: the same form sent twice is one dossier. `term_*` is the time it may take, of the
    `version` that stood at receipt. Three offices may share it: one received, one decides (`handling`), one gives the result
    back; where somebody was helped is a fourth (`assisted_at`). All are names as of that day.
    """

    PERSONAL_FIELDS = (
        "applicant",
        "applicant_mark",
        "on_behalf_of",
        "address",
        "phone",
        "phone_mark",
        "email",
        "entered_by",
        "held_by",
    )

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="dossiers", verbose_name=_("đơn vị")
    )
    key = models.UUIDField(_("khóa của biểu mẫu"))
    source = models.CharField(_("nguồn"), max_length=8, choices=Source.choices, default=Source.OWN)
    book = models.ForeignKey(
        Book,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name=_("quyển"),
    )
    number = models.PositiveIntegerField(_("số thứ tự"), null=True, blank=True)
    code = models.CharField(_("mã hồ sơ"), max_length=LONGEST, blank=True)
    code_key = models.CharField(max_length=LONGEST, blank=True, editable=False)
    channel = models.CharField(_("cách nộp"), max_length=8, choices=Channel.choices, default=Channel.COUNTER)
    return_way = models.CharField(
        _("nhận kết quả"), max_length=10, choices=ReturnWay.choices, default=ReturnWay.COUNTER
    )
    version = models.ForeignKey(
        Version,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
        verbose_name=_("bản của thủ tục"),
    )
    procedure_code = models.CharField(_("mã thủ tục"), max_length=8, blank=True)
    procedure_name = models.CharField(_("tên thủ tục"), max_length=2000)
    field = models.CharField(_("lĩnh vực"), max_length=250, blank=True)
    folded = models.TextField(editable=False, blank=True)
    term_amount = models.DecimalField(_("thời hạn"), max_digits=7, decimal_places=2, null=True, blank=True)
    term_unit = models.CharField(_("đơn vị của thời hạn"), max_length=12, blank=True)
    term_words = models.CharField(_("thời hạn theo thủ tục"), max_length=500, blank=True)
    term_cut_off = models.TimeField(_("nhận sau giờ này tính ngày sau"), null=True, blank=True)
    term_basis = models.CharField(_("căn cứ của thời hạn"), max_length=300, blank=True)
    assisted_at = models.CharField(_("nơi hỗ trợ nộp"), max_length=200, blank=True)
    receiving = models.CharField(_("cơ quan tiếp nhận"), max_length=200)
    handling = models.CharField(_("cơ quan giải quyết"), max_length=200)
    returning = models.CharField(_("nơi trả kết quả"), max_length=200)
    papers = models.JSONField(_("giấy tờ đã nộp"), default=list)
    sets = models.PositiveSmallIntegerField(_("số bộ"), default=1)
    applicant = SealedTextField(_("người nộp"))
    applicant_mark = FingerprintField(of="applicant", folded=True, db_index=True)
    on_behalf_of = SealedTextField(_("nộp thay cho"), default="")
    address = SealedTextField(_("địa chỉ"), default="")
    phone = SealedTextField(_("điện thoại"), default="")
    phone_mark = FingerprintField(of="phone", db_index=True)
    email = SealedTextField(_("thư điện tử"), default="")
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.PRESENTED)
    fee_state = models.CharField(_("phí, lệ phí"), max_length=8, choices=Fee.choices, default=Fee.FREE)
    delivery_state = models.CharField(
        _("trả kết quả"), max_length=7, choices=Delivery.choices, default=Delivery.NOTHING
    )
    fee_amount = models.PositiveBigIntegerField(_("mức thu (đồng)"), null=True, blank=True)
    fee_words = models.CharField(_("mức thu theo thủ tục"), max_length=1000, blank=True)
    presented_at = models.DateTimeField(_("nộp lúc"))
    received_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    first_due_at = models.DateTimeField(_("hẹn lần đầu"), null=True, blank=True)
    due_at = models.DateTimeField(_("hẹn trả"), null=True, blank=True)
    apologised_at = models.DateTimeField(_("xin lỗi lúc"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("có kết quả lúc"), null=True, blank=True)
    given_at = models.DateTimeField(_("trả lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    calendar = models.CharField(_("lịch nghỉ đã dùng"), max_length=80, blank=True)
    is_provisional = models.BooleanField(_("ngày hẹn tạm tính"), default=False)
    told_on = models.DateField(_("hệ thống của tỉnh ghi như thế đến ngày"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_held",
        verbose_name=_("người đang giữ"),
    )
    held_at = models.CharField(_("nơi đang giữ"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("ghi vào sổ lúc"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    erased_at = models.DateTimeField(_("xóa dữ liệu cá nhân lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        indexes = [
            models.Index(fields=["unit", "state", "due_at"], name="dossier_unit_state_due"),
            models.Index(fields=["unit", "-received_at"], name="dossier_unit_received"),
            models.Index(fields=["unit", "-presented_at", "-id"], name="dossier_unit_presented"),
            models.Index(fields=["unit", "resolved_at"], name="dossier_unit_resolved"),
            # What was open on a day: figures of a month do not read those that ended before it.
            models.Index(fields=["unit", "ended_at"], name="dossier_unit_ended"),
            models.Index(fields=["code_key"], name="dossier_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="dossier_form_once"),
            models.UniqueConstraint(fields=["book", "number"], name="dossier_number_once"),
            models.UniqueConstraint(
                fields=["unit", "code_key"], condition=~Q(code_key=""), name="dossier_code_once"
            ),
            # A number and a code are given at a valid receipt, never before.
            models.CheckConstraint(
                name="dossier_number_only_when_received",
                condition=Q(number=None, book=None)
                | Q(number__isnull=False, book__isnull=False, received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_code_only_when_received", condition=Q(code="") | Q(received_at__isnull=False)
            ),
            models.CheckConstraint(
                name="dossier_given_only_what_ended",
                condition=~Q(delivery_state="given") | Q(given_at__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_resolved_with_its_moment",
                condition=Q(state="resolved", resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_at=None)),
            ),
            models.CheckConstraint(
                name="dossier_fee_due_has_an_amount",
                condition=~Q(fee_state__in=["due", "paid", "refunded"]) | Q(fee_amount__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"{self._meta.verbose_name} {self.pk}"

    def words(self) -> str:
        """What `folded` holds: the desk finds a dossier by these words."""
        return word_index.folded(self.code, self.procedure_code, self.procedure_name, self.field)


class Refusal(models.Model):
    """A line of the register of refusals: what was refused has no number in the book, but a slip that can be found again.

    One that was taken back keeps its line, so the register has no gap; refused once more it stands in the same line.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="dossier_refusals", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, related_name="refusal", verbose_name=_("hồ sơ")
    )

    class Meta:
        ordering = ["unit", "-year", "-number"]
        verbose_name = _("dòng của sổ từ chối tiếp nhận")
        verbose_name_plural = _("sổ từ chối tiếp nhận")
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="refusal_number_once")]

    def __str__(self) -> str:
        return str(RefusalCode(self.year, self.number))


class SurveySlip(models.Model):
    """That a dossier had its slip of a survey, so that it gets no second: one voice each.

    The dossier is the key, so that no order is kept; no code, no round, no hour. Nothing leads from here to a slip.
    """

    PERSONAL_FIELDS = ()

    dossier = models.OneToOneField(
        Dossier,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="survey_slip",
        verbose_name=_("hồ sơ"),
    )

    class Meta:
        ordering = ["dossier"]
        verbose_name = _("hồ sơ đã có phiếu khảo sát")
        verbose_name_plural = _("hồ sơ đã có phiếu khảo sát")

    def __str__(self) -> str:
        return str(self.dossier_id)


class DossierStep(models.Model):
    """One thing that was done to a dossier: what, when, by whom, why. Rows are only added; `reverses` takes one back.

    `reason` is sealed: it is what was asked for, or what went wrong, in words about one person's request. `said` holds what is
    no person's: the new day, an amount, offices, papers by their names in the procedure. `key` is the mark of the form.
    """

    PERSONAL_FIELDS = ("reason", "by")

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="steps", verbose_name=_("hồ sơ")
    )
    number = models.PositiveIntegerField(_("bước"))
    key = models.UUIDField(_("khóa của biểu mẫu"))
    deed = models.CharField(_("việc"), max_length=12, choices=Deed.choices)
    state = models.CharField(_("trạng thái sau đó"), max_length=10, choices=State.choices)
    at = models.DateTimeField(_("lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    reason = SealedTextField(_("lý do, nội dung"), default="")
    said = models.JSONField(_("chi tiết"), default=dict)
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversal",
        verbose_name=_("rút lại bước"),
    )

    class Meta:
        ordering = ["dossier", "number"]
        verbose_name = _("bước của hồ sơ")
        verbose_name_plural = _("bước của hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_step_number_once"),
            models.UniqueConstraint(fields=["dossier", "key"], name="dossier_step_form_once"),
            models.CheckConstraint(
                name="dossier_step_reverses_only_by_reversal",
                condition=Q(deed="reverse", reverses__isnull=False) | (~Q(deed="reverse") & Q(reverses=None)),
            ),
        ]
