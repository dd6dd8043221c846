"""Surveys: definitions in versions, rounds, codes of slips, answers without identity, paper that two people type."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method
from dinhlang.org.models import Unit
from dinhlang.org.sealed import SealedTextField
from dinhlang.work.models import Activity

TITLE_LENGTH = 200


class Survey(models.Model):
    """One form of a unit, through its versions."""

    PERSONAL_FIELDS = ("made_by",)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="surveys", verbose_name=_("đơn vị"))
    title = models.CharField(_("tên phiếu"), max_length=TITLE_LENGTH)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("phiếu khảo sát")
        verbose_name_plural = _("phiếu khảo sát")

    def __str__(self) -> str:
        return self.title


class SurveyVersion(models.Model):
    """What a form asks (`rules.codec`). Once a round asks it, it is frozen and the database refuses to change it."""

    PERSONAL_FIELDS = ("written_by",)

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="versions", verbose_name=_("phiếu")
    )
    number = models.PositiveIntegerField(_("bản"))
    definition = models.JSONField(_("nội dung"))
    digest = models.CharField(max_length=64, editable=False)
    edits = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(_("ghi lúc"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    frozen_at = models.DateTimeField(_("khóa lúc"), null=True, blank=True)

    class Meta:
        ordering = ["survey", "-number"]
        verbose_name = _("bản của phiếu")
        verbose_name_plural = _("bản của phiếu")
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="survey_version_once")]

    def __str__(self) -> str:
        return f"{self.survey} – {self.number}"


class SurveyRound(models.Model):
    """One time a version is asked, from a day until a day, both included.

    `code` stands in the address of the poster and the kiosk. `given_out` is how many slips without a code were handed
    out; None is unknown. `results` is what was counted when it closed, with its method. `line` is its line of the ledger.
    """

    PERSONAL_FIELDS = ("closed_by", "opened_by", "published_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="survey_rounds", verbose_name=_("đơn vị")
    )
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("bản của phiếu")
    )
    title = models.CharField(_("tên đợt"), max_length=TITLE_LENGTH)
    code = models.CharField(_("mã đợt"), max_length=12, unique=True)
    method = models.CharField(
        _("cách tính"), max_length=1, choices=[(one.value, METHOD_WORDS[one]) for one in Method]
    )
    opens_on = models.DateField(_("từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))
    by_poster = models.BooleanField(_("có mã QR chung"), default=True)
    by_kiosk = models.BooleanField(_("có màn hình ở quầy"), default=True)
    by_after = models.BooleanField(_("mời sau khi trả lời phản ánh"), default=False)
    by_return = models.BooleanField(_("phát phiếu có mã khi trả kết quả hồ sơ"), default=False)
    least_seconds = models.PositiveSmallIntegerField(_("trả lời ít nhất (giây)"), default=15)
    cooldown_hours = models.PositiveSmallIntegerField(_("một máy trả lời lại sau (giờ)"), default=12)
    given_out = models.PositiveIntegerField(_("số phiếu phát ra"), null=True, blank=True)
    opened_at = models.DateTimeField(_("mở lúc"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người mở"),
    )
    closed_at = models.DateTimeField(_("đóng lúc"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người đóng"),
    )
    results = models.JSONField(_("kết quả"), null=True, blank=True)
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="survey_rounds",
        verbose_name=_("dòng sổ theo dõi"),
    )
    published_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người công khai"),
    )

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name = _("đợt khảo sát")
        verbose_name_plural = _("đợt khảo sát")
        constraints = [
            models.CheckConstraint(name="survey_round_has_days", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="survey_round_published_closed",
                condition=Q(published_at=None) | Q(closed_at__isnull=False, results__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyToken(models.Model):
    """A code that lets one voice in, kept as its SHA-256. That it was used is all that is known of it: nothing leads from
    it to an answer, and there is no hour to lay beside one."""

    PERSONAL_FIELDS = ()

    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="tokens", verbose_name=_("đợt")
    )
    mark = models.CharField(max_length=64, unique=True, editable=False)
    way = models.CharField(_("cách trả lời"), max_length=10, choices=Way.choices)
    sheet = models.PositiveIntegerField(_("tờ số"), null=True, blank=True)
    made_on = models.DateField(_("cấp ngày"))
    is_used = models.BooleanField(_("đã dùng"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mã trả lời")
        verbose_name_plural = _("mã trả lời")

    def __str__(self) -> str:
        return self.mark[:8]


class SurveyAnswer(models.Model):
    """One filled slip: what was chosen and the way it came. No name, no day, no hour, no address, no code: in a round with few
    slips the day would lead to whoever was served that day.

    The key is random, so that no order of coming is kept. `flags` (`rules.rounds.Flag`) say why somebody should look twice.
    """

    PERSONAL_FIELDS = ()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="answers", verbose_name=_("đợt")
    )
    way = models.CharField(_("cách trả lời"), max_length=10, choices=Way.choices)
    values = models.JSONField(_("câu trả lời"))
    flags = models.JSONField(_("điều cần xem"), default=list)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("phiếu trả lời")
        verbose_name_plural = _("phiếu trả lời")

    def __str__(self) -> str:
        return str(self.pk)


class SurveyRemark(models.Model):
    """What somebody wrote in their own words, apart from what they chose. Sealed; everyone reads `public_text` only, which a
    person wrote of it or let stand."""

    class State(models.TextChoices):
        NEW = "new", _("Chưa xem")
        KEPT = "kept", _("Chỉ xem trong đơn vị")
        PUBLIC = "public", _("Công khai")

    PERSONAL_FIELDS = ("words", "decided_by")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("đợt")
    )
    question = models.CharField(_("câu hỏi"), max_length=40)
    words = SealedTextField(_("ý kiến"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.NEW)
    public_text = models.TextField(_("lời công khai"), blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người quyết định"),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ý kiến ghi thêm")
        verbose_name_plural = _("ý kiến ghi thêm")
        constraints = [
            models.CheckConstraint(
                name="survey_remark_public_decided",
                condition=~Q(state="public") | Q(decided_at__isnull=False) & ~Q(public_text=""),
            )
        ]


class PaperBatch(models.Model):
    """A bundle of filled slips on paper, typed by two people and compared."""

    PERSONAL_FIELDS = ("finished_by", "made_by")

    round = models.ForeignKey(
        SurveyRound, on_delete=models.PROTECT, related_name="batches", verbose_name=_("đợt")
    )
    title = models.CharField(_("tên tập phiếu"), max_length=TITLE_LENGTH)
    sheets = models.PositiveSmallIntegerField(_("số phiếu"))
    key = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người chốt"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("tập phiếu giấy")
        verbose_name_plural = _("tập phiếu giấy")
        constraints = [
            models.CheckConstraint(name="paper_batch_has_sheets", condition=Q(sheets__gte=1)),
            models.UniqueConstraint(fields=["round", "key"], name="paper_batch_sent_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PaperEntry(models.Model):
    """One slip as one person typed it: `turn` 1 and 2 are two people, 3 settles where they differ."""

    PERSONAL_FIELDS = ("remarks", "typed_by")

    batch = models.ForeignKey(
        PaperBatch, on_delete=models.PROTECT, related_name="entries", verbose_name=_("tập phiếu")
    )
    sheet = models.PositiveSmallIntegerField(_("phiếu số"))
    turn = models.PositiveSmallIntegerField(_("lần nhập"))
    values = models.JSONField(_("câu trả lời"))
    remarks = SealedTextField(_("ý kiến"), blank=True, default="")
    typed_at = models.DateTimeField(_("nhập lúc"))
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhập"),
    )

    class Meta:
        ordering = ["batch", "sheet", "turn"]
        verbose_name = _("lần nhập phiếu giấy")
        verbose_name_plural = _("lần nhập phiếu giấy")
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "turn"], name="paper_entry_once"),
            models.CheckConstraint(
                name="paper_entry_numbered", condition=Q(sheet__gte=1, turn__gte=1, turn__lte=3)
            ),
        ]
