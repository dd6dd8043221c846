"""Contests: weeks with a bank of questions, sittings with sealed names, answers with the server's time, draws."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.contests.rules.draw import CODE_LENGTH
from dinhlang.citizens.contests.rules.people import Group
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.models.surveys import SurveyVersion
from dinhlang.org.models import Unit
from dinhlang.org.sealed import FingerprintField, SealedTextField
from dinhlang.work.models import Activity

TITLE_LENGTH = 200
WORDS_LENGTH = 6000


def _official(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=label,
    )


class Contest(models.Model):
    """A contest of a unit. `seconds` is for a question or for the sitting, as `timing` says; a question of the bank may have
    its own. Once it was sent for approval nobody writes in it."""

    PERSONAL_FIELDS = ("approved_by", "closed_by", "made_by", "sent_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="contests", verbose_name=_("đơn vị")
    )
    title = models.CharField(_("tên cuộc thi"), max_length=TITLE_LENGTH)
    code = models.CharField(_("mã cuộc thi"), max_length=12, unique=True)
    terms = models.TextField(_("thể lệ"), max_length=WORDS_LENGTH)
    prizes = models.TextField(_("giải thưởng"), max_length=WORDS_LENGTH, blank=True)
    timing = models.CharField(
        _("cách tính giờ"), max_length=10, choices=Timing.choices, default=Timing.QUESTION
    )
    seconds = models.PositiveSmallIntegerField(_("số giây"), default=45)
    grace_seconds = models.PositiveSmallIntegerField(_("chờ mạng chậm (giây)"), default=5)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    edits = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = _official(_("người lập"))
    sent_at = models.DateTimeField(_("trình lúc"), null=True, blank=True)
    sent_by = _official(_("người trình"))
    returned_why = models.CharField(_("cần sửa"), max_length=500, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = _official(_("người duyệt"))
    closed_at = models.DateTimeField(_("dừng lúc"), null=True, blank=True)
    closed_by = _official(_("người dừng"))
    closed_why = models.CharField(_("lý do dừng"), max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("cuộc thi")
        verbose_name_plural = _("cuộc thi")
        constraints = [
            models.CheckConstraint(
                name="contest_open_approved",
                condition=Q(state__in=["draft", "waiting"]) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contest_closed_with_reason",
                condition=Q(closed_at=None) | Q(state="closed") & ~Q(closed_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContestWeek(models.Model):
    """One week. Its seed is made and its `commitment` published when the contest is approved; `void` holds the questions that
    were declared void, each with its reason and moment. `public_source` says, beforehand, where the public value of lots comes from."""

    PERSONAL_FIELDS = ("finished_by",)

    contest = models.ForeignKey(
        Contest, on_delete=models.PROTECT, related_name="weeks", verbose_name=_("cuộc thi")
    )
    number = models.PositiveSmallIntegerField(_("tuần"))
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, related_name="contest_weeks", verbose_name=_("bộ câu hỏi")
    )
    drawn = models.PositiveSmallIntegerField(_("số câu lấy ngẫu nhiên"), null=True, blank=True)
    lots = models.PositiveSmallIntegerField(_("số người trúng giải bốc thăm"), default=0)
    public_source = models.CharField(_("nguồn của số công khai"), max_length=200, blank=True)
    seed = SealedTextField(_("hạt giống"), blank=True, default="")
    commitment = models.CharField(_("mã cam kết"), max_length=64, blank=True)
    void = models.JSONField(_("câu bị hủy"), default=list)
    all_right = models.PositiveIntegerField(_("số bài đúng tất cả"), null=True, blank=True)
    finished_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)
    finished_by = _official(_("người chốt"))
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contest_weeks",
        verbose_name=_("dòng sổ theo dõi"),
    )

    class Meta:
        ordering = ["contest", "number"]
        verbose_name = _("tuần thi")
        verbose_name_plural = _("tuần thi")
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="contest_week_once"),
            models.CheckConstraint(name="contest_week_has_hours", condition=Q(closes_at__gt=F("opens_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.contest} – {self.number}"


class ContestSitting(models.Model):
    """One official sitting of one person in one week: a telephone number sits once.

    `mark` is SHA-256 of the key in its address, `code` what it is called in public. `questions` are those it is asked, in order.
    What was reached is written when the week is finished. The name, the number and the guardian go half a year after the week, or
    when the person asks for it (`erased_at`).
    """

    PERSONAL_FIELDS = ("excluded_by", "guardian", "name", "phone", "phone_mark")

    week = models.ForeignKey(
        ContestWeek, on_delete=models.PROTECT, related_name="sittings", verbose_name=_("tuần thi")
    )
    mark = models.CharField(max_length=64, unique=True, editable=False)
    code = models.CharField(_("mã bài thi"), max_length=CODE_LENGTH)
    name = SealedTextField(_("họ và tên"), blank=True, default="")
    phone = SealedTextField(_("số điện thoại"), blank=True, default="")
    phone_mark = FingerprintField(of="phone")
    guardian = SealedTextField(_("cha, mẹ hoặc người giám hộ"), blank=True, default="")
    hamlet = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("thôn")
    )
    group = models.CharField(_("đối tượng"), max_length=10, choices=Group.choices, default=Group.CITIZEN)
    is_child = models.BooleanField(_("dưới 16 tuổi"), default=False)
    is_shown = models.BooleanField(_("hiện tên viết tắt"), default=False)
    consent = models.CharField(_("lời đồng ý"), max_length=20)
    pace = models.PositiveSmallIntegerField(_("số lần thời gian thường"), default=1)
    guess = models.PositiveIntegerField(_("dự đoán"), null=True, blank=True)
    questions = models.JSONField(_("câu hỏi"))
    flags = models.CharField(_("điều cần xem"), max_length=60, blank=True)
    joined_at = models.DateTimeField(_("đăng ký lúc"))
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    points = models.PositiveIntegerField(_("điểm"), null=True, blank=True)
    right = models.PositiveSmallIntegerField(_("số câu đúng"), null=True, blank=True)
    is_all_right = models.BooleanField(_("đúng tất cả"), default=False)
    milliseconds = models.PositiveIntegerField(_("thời gian tính"), null=True, blank=True)
    rank = models.PositiveIntegerField(_("hạng"), null=True, blank=True)
    excluded_at = models.DateTimeField(_("loại lúc"), null=True, blank=True)
    excluded_by = _official(_("người loại"))
    excluded_why = models.CharField(_("lý do loại"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("xóa dữ liệu cá nhân lúc"), null=True, blank=True)

    class Meta:
        ordering = ["week", "pk"]
        verbose_name = _("bài thi")
        verbose_name_plural = _("bài thi")
        constraints = [
            models.UniqueConstraint(fields=["week", "code"], name="contest_sitting_code_once"),
            models.UniqueConstraint(
                fields=["week", "phone_mark"], condition=~Q(phone_mark=""), name="contest_sitting_once_a_week"
            ),
            models.CheckConstraint(
                name="contest_sitting_excluded_why",
                condition=Q(excluded_at=None, excluded_why="")
                | Q(excluded_at__isnull=False) & ~Q(excluded_why=""),
            ),
        ]
        indexes = [models.Index(fields=["week", "rank"], name="contest_sitting_rank")]

    def __str__(self) -> str:
        return self.code


class ContestAnswer(models.Model):
    """One question of a sitting as it was given out: from when, until when, what came and when. What came too late is kept."""

    PERSONAL_FIELDS = ()

    sitting = models.ForeignKey(
        ContestSitting, on_delete=models.PROTECT, related_name="answers", verbose_name=_("bài thi")
    )
    place = models.PositiveSmallIntegerField(_("câu thứ"))
    question = models.CharField(_("câu hỏi"), max_length=40)
    usual_seconds = models.PositiveSmallIntegerField(_("thời gian thường (giây)"))
    given_at = models.DateTimeField(_("đưa câu hỏi lúc"))
    due_at = models.DateTimeField(_("hết giờ lúc"))
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    value = models.JSONField(_("câu trả lời"), null=True, blank=True)
    is_late = models.BooleanField(_("quá giờ"), default=False)

    class Meta:
        ordering = ["sitting", "place"]
        verbose_name = _("câu trả lời thi")
        verbose_name_plural = _("câu trả lời thi")
        constraints = [models.UniqueConstraint(fields=["sitting", "place"], name="contest_answer_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id}.{self.place}"


class ContestDraw(models.Model):
    """One draw of lots: of which entries, which won. It stays when a later one takes its place."""

    PERSONAL_FIELDS = ("drawn_by",)

    week = models.ForeignKey(
        ContestWeek, on_delete=models.PROTECT, related_name="draws", verbose_name=_("tuần thi")
    )
    number = models.PositiveSmallIntegerField(_("lần"))
    public_value = models.CharField(_("số công khai"), max_length=80, blank=True)
    entries = models.JSONField(_("các mã bốc thăm"))
    winners = models.JSONField(_("các mã trúng"))
    drawn_at = models.DateTimeField(_("bốc lúc"))
    drawn_by = _official(_("người bốc"))
    replaced_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    replaced_why = models.CharField(_("lý do bỏ"), max_length=300, blank=True)

    class Meta:
        ordering = ["week", "number"]
        verbose_name = _("lần bốc thăm")
        verbose_name_plural = _("lần bốc thăm")
        constraints = [
            models.UniqueConstraint(fields=["week", "number"], name="contest_draw_once"),
            models.CheckConstraint(
                name="contest_draw_replaced_why",
                condition=Q(replaced_at=None, replaced_why="")
                | Q(replaced_at__isnull=False) & ~Q(replaced_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week} – {self.number}"
