"""What is stored about the reform index: criteria sets as data, and how a unit was scored by one in a year."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Activity, Blob


class IndexSet(models.Model):
    """One version of the criteria by which the communes under a province are scored, for the years it names.

    It comes from a file and is looked at before it is in force; from then on it is never edited: the next file makes
    the next version, and assessments keep the version they were begun with. `digest` is of all that scores follow
    from (`index.scheme`), so two versions with one digest are one set, and only then years are compared. `problems`
    are those of the file, row by row; a set with any cannot be put in force. `counting` names the window of
    `periods.regimes` that figures are counted over, 'calendar' for the calendar's year. `is_sample`: invented, to try.
    """

    PERSONAL_FIELDS = ("by",)

    class State(models.TextChoices):
        PROPOSED = "proposed", _("chờ xác nhận")
        IN_FORCE = "in-force", _("đang dùng")
        DROPPED = "dropped", _("đã bỏ")

    class WithoutSurvey(models.TextChoices):
        RESCALE = "rescale", _("quy đổi điểm thẩm định về thang đầy đủ")
        KEEP = "keep", _("giữ nguyên điểm, không quy đổi")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="index_sets", verbose_name=_("tỉnh ban hành")
    )
    version = models.PositiveSmallIntegerField(_("bản"))
    name = models.CharField(_("tên bộ tiêu chí"), max_length=300)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    first_year = models.PositiveSmallIntegerField(_("từ năm"))
    last_year = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)
    counting = models.CharField(_("cách tính ngày"), max_length=40, default="calendar")
    without_survey = models.CharField(
        _("khi không điều tra"), max_length=8, choices=WithoutSurvey.choices, default=WithoutSurvey.RESCALE
    )
    is_capped = models.BooleanField(_("không vượt thang điểm"), default=True)
    is_sample = models.BooleanField(_("bộ mẫu, không có thật"), default=False)
    maximum = models.DecimalField(_("thang điểm"), max_digits=7, decimal_places=2)
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.PROPOSED)
    problems = models.JSONField(_("chỗ sai trong tệp"), default=list)
    source = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp gốc")
    )
    source_name = models.CharField(_("tên tệp gốc"), max_length=255, blank=True)
    at = models.DateTimeField(_("nạp lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nạp"),
    )
    decided_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "-first_year", "-version"]
        verbose_name = _("bộ tiêu chí chấm chỉ số")
        verbose_name_plural = _("bộ tiêu chí chấm chỉ số")
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="index_set_version_once"),
            models.CheckConstraint(
                name="index_set_years_in_order",
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
            ),
            models.CheckConstraint(
                name="index_set_in_force_without_problems", condition=~Q(state="in-force") | Q(problems=[])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """A row of a set: an area, a criterion or a sub-criterion. Those without rows below them are scored.

    `rule` says how the score follows (`index.scheme`); `measure` what the value is of one that the ledger computes.
    """

    PERSONAL_FIELDS = ()

    class Scoring(models.TextChoices):
        SELF = "self", _("đơn vị tự chấm")
        COMPUTED = "computed", _("tính từ sổ")
        SURVEY = "survey", _("điều tra xã hội học")
        BONUS = "bonus", _("điểm thưởng")
        PENALTY = "penalty", _("điểm trừ")

    index_set = models.ForeignKey(
        IndexSet, on_delete=models.CASCADE, related_name="criteria", verbose_name=_("bộ tiêu chí")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    code = models.CharField(_("mã"), max_length=20)
    parent = models.CharField(_("thuộc mã"), max_length=20, blank=True)
    text = models.CharField(_("nội dung"), max_length=1000)
    maximum = models.DecimalField(_("điểm tối đa"), max_digits=6, decimal_places=2)
    scoring = models.CharField(_("cách chấm"), max_length=8, choices=Scoring.choices, blank=True)
    measure = models.CharField(_("chỉ tiêu"), max_length=40, blank=True)
    rule = models.JSONField(_("quy tắc chấm"), default=dict)

    class Meta:
        ordering = ["index_set", "position"]
        verbose_name = _("tiêu chí")
        verbose_name_plural = _("tiêu chí")
        constraints = [
            models.UniqueConstraint(fields=["index_set", "code"], name="criterion_code_once"),
            models.CheckConstraint(name="criterion_maximum_not_negative", condition=Q(maximum__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Assessment(models.Model):
    """How one unit was scored for one year: by itself, then by the level above, then open to all.

    `survey` says whether people were asked; without an answer the total is provisional. `result` is what was made
    public: totals and scores as they read then.
    """

    PERSONAL_FIELDS = ("survey_note",)

    class State(models.TextChoices):
        OPEN = "open", _("đang tự chấm")
        SENT = "sent", _("đã gửi, chờ thẩm định")
        APPRAISED = "appraised", _("đã thẩm định")
        PUBLISHED = "published", _("đã công bố")

    class Survey(models.TextChoices):
        UNKNOWN = "unknown", _("chưa có kết quả điều tra")
        HELD = "held", _("có điều tra")
        ABSENT = "absent", _("năm nay không điều tra")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="index_assessments", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    index_set = models.ForeignKey(
        IndexSet, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("bộ tiêu chí")
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.OPEN)
    survey = models.CharField(_("điều tra"), max_length=8, choices=Survey.choices, default=Survey.UNKNOWN)
    survey_asked = models.PositiveIntegerField(_("số phiếu phát"), null=True, blank=True)
    survey_valid = models.PositiveIntegerField(_("số phiếu hợp lệ"), null=True, blank=True)
    survey_note = models.CharField(_("cách điều tra, hoặc vì sao không"), max_length=300, blank=True)
    begun_at = models.DateTimeField(_("bắt đầu lúc"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    appraised_at = models.DateTimeField(_("thẩm định xong lúc"), null=True, blank=True)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True)
    result = models.JSONField(_("kết quả đã công bố"), default=dict)

    class Meta:
        ordering = ["-year", "unit"]
        verbose_name = _("lần chấm chỉ số")
        verbose_name_plural = _("lần chấm chỉ số")
        indexes = [models.Index(fields=["year", "state"], name="assessment_of_year")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="assessed_once_a_year"),
            models.CheckConstraint(
                name="assessment_published_with_a_time",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="survey_answers_not_more_than_asked",
                condition=Q(survey_valid=None)
                | Q(survey_asked=None)
                | Q(survey_valid__lte=F("survey_asked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class Score(models.Model):
    """One criterion of one assessment: what was measured or chosen, what follows, and what the level above says.

    `value` is a count or a percentage, `option` the place of a choice in the rule. `reasons` are the sentences by
    which a computed score explains itself, `basis` the figures and the digest of the lines behind it.
    """

    PERSONAL_FIELDS = ("explanation", "appraised_why")

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="scores", verbose_name=_("lần chấm")
    )
    criterion = models.ForeignKey(
        Criterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("tiêu chí")
    )
    value = models.DecimalField(_("giá trị"), max_digits=12, decimal_places=2, null=True, blank=True)
    option = models.PositiveSmallIntegerField(_("mức chọn"), null=True, blank=True)
    own = models.DecimalField(_("điểm tự chấm"), max_digits=6, decimal_places=2, null=True, blank=True)
    explanation = models.CharField(_("giải trình"), max_length=1000, blank=True)
    reasons = models.JSONField(_("vì sao được điểm này"), default=list)
    basis = models.JSONField(_("căn cứ tính"), default=dict)
    appraised = models.DecimalField(
        _("điểm thẩm định"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    appraised_why = models.CharField(_("lý do chấm khác"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("sửa lúc"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["assessment", "criterion"]
        verbose_name = _("điểm của tiêu chí")
        verbose_name_plural = _("điểm của tiêu chí")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="scored_once"),
            models.CheckConstraint(name="own_score_not_negative", condition=Q(own=None) | Q(own__gte=0)),
            models.CheckConstraint(
                name="appraised_score_not_negative", condition=Q(appraised=None) | Q(appraised__gte=0)
            ),
        ]


class ScoreEvidence(models.Model):
    """A line of the ledger that a person put beside a criterion, as it was then (`line_hash`)."""

    PERSONAL_FIELDS = ("by",)

    score = models.ForeignKey(
        Score, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("điểm của tiêu chí")
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="+", verbose_name=_("dòng sổ theo dõi")
    )
    line_hash = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gắn"),
    )

    class Meta:
        ordering = ["score", "pk"]
        verbose_name = _("minh chứng của tiêu chí")
        verbose_name_plural = _("minh chứng của tiêu chí")
        constraints = [models.UniqueConstraint(fields=["score", "activity"], name="score_evidence_once")]


class AssessmentStep(models.Model):
    """What was done with an assessment, in order. Rows are only added."""

    PERSONAL_FIELDS = ("by", "note")

    class Deed(models.TextChoices):
        BEGIN = "begin", _("bắt đầu tự chấm")
        SEND = "send", _("gửi thẩm định")
        TAKE_BACK = "take-back", _("rút lại")
        RETURN = "return", _("trả lại")
        APPRAISE = "appraise", _("thẩm định xong")
        REOPEN = "reopen", _("thẩm định lại")
        PUBLISH = "publish", _("công bố")
        WITHDRAW = "withdraw", _("gỡ công bố")

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="steps", verbose_name=_("lần chấm")
    )
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    note = models.CharField(_("lý do"), max_length=500, blank=True)
    total = models.DecimalField(_("tổng điểm khi đó"), max_digits=7, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["assessment", "pk"]
        verbose_name = _("bước chấm chỉ số")
        verbose_name_plural = _("bước chấm chỉ số")
