"""Answers, the public text of a case, and replies that stand ready."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.models.cases import Case
from dinhlang.citizens.rules import kinds
from dinhlang.citizens.rules.states import Shown
from dinhlang.org.models import Unit
from dinhlang.org.sealed import SealedTextField


class Answer(models.Model):
    """What the office says to the sender: drafted, then approved word for word (`digest`). An approved one never changes."""

    PERSONAL_FIELDS = ("words", "drafted_by", "approved_by")

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="answers", verbose_name=_("phản ánh")
    )
    number = models.PositiveSmallIntegerField(_("lần"))
    words = SealedTextField(_("câu trả lời"))
    digest = models.CharField(max_length=64, editable=False)
    drafted_at = models.DateTimeField(_("trình lúc"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người soạn"),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )

    class Meta:
        ordering = ["case", "number"]
        verbose_name = _("câu trả lời")
        verbose_name_plural = _("câu trả lời")
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_answer_once")]


class PublicText(models.Model):
    """A text that may become public: made from the original and from the approved answer, kept apart from both.

    `spans` holds what was decided of each proposal of the detector (`rules.publishing`). `source_digest` says of which
    original and answer it was made: when either changes, it is made anew. `reopened_on` is the day on which the sender had
    the case looked at again before this answer.
    """

    case: models.OneToOneField[Case, Case]
    state = models.CharField(_("trạng thái"), max_length=10, choices=Shown.choices, default=Shown.DRAFT)
    title = models.CharField(_("tiêu đề công khai"), max_length=kinds.SUBJECT_LENGTH, blank=True)
    question = models.TextField(_("nội dung công khai"), blank=True)
    answer = models.TextField(_("câu trả lời công khai"), blank=True)
    spans = models.JSONField(_("chỗ đã xem"), default=list)
    source_digest = models.CharField(max_length=64, editable=False)
    answered_on = models.DateField(_("trả lời ngày"), null=True, blank=True)
    reopened_on = models.DateField(_("mở lại ngày"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("trình lúc"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người trình"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Publication(PublicText):
    """What everyone reads of a case. The public address is made of `uid`, never of the code that leads the sender to the case.

    `published_at` is of the pair that is shown, by which lists are in order; `first_published_at` is of the first one ever.
    """

    PERSONAL_FIELDS = ("proposed_by", "approved_by", "spans")

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="publication", verbose_name=_("phản ánh")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="citizen_publications", verbose_name=_("đơn vị")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    category = models.CharField(_("lĩnh vực"), max_length=20)
    hamlet = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("thôn")
    )
    received_on = models.DateField(_("nhận ngày"))
    folded = models.TextField(editable=False, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    published_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("công khai lần đầu lúc"), null=True, blank=True)
    taken_down_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)
    taken_down_why = models.CharField(_("lý do gỡ"), max_length=500, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("bản công khai")
        verbose_name_plural = _("bản công khai")
        indexes = [
            models.Index(
                fields=["unit", "-published_at"], condition=Q(state="published"), name="publication_public"
            ),
            models.Index(
                fields=["unit", "category", "-published_at"],
                condition=Q(state="published"),
                name="publication_by_category",
            ),
            models.Index(
                fields=["hamlet", "-published_at"],
                condition=Q(state="published"),
                name="publication_by_hamlet",
            ),
            models.Index(
                fields=["unit", "-received_on"], condition=Q(state="published"), name="publication_by_receipt"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_published_whole",
                condition=~Q(state="published")
                | Q(published_at__isnull=False, approved_by__isnull=False) & ~Q(question="") & ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="publication_down_with_a_reason",
                condition=~Q(state="taken-down") | Q(taken_down_at__isnull=False) & ~Q(taken_down_why=""),
            ),
        ]


class Renewal(PublicText):
    """The next public text of a case whose former one is still shown: a later answer was approved. Published, it takes the
    former one's place under the same address, and this row goes."""

    PERSONAL_FIELDS = ("proposed_by", "spans")

    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="renewal", verbose_name=_("phản ánh")
    )

    class Meta:
        ordering = ["case"]
        verbose_name = _("bản công khai mới")
        verbose_name_plural = _("bản công khai mới")
        constraints = [
            models.CheckConstraint(
                name="renewal_is_not_shown", condition=Q(state__in=[Shown.DRAFT.value, Shown.PROPOSED.value])
            )
        ]


class StandardReply(models.Model):
    """An answer that stands ready for a category. `cites` are its citations as read; what of them is out of force is asked
    on the day it is used."""

    PERSONAL_FIELDS = ("made_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="standard_replies", verbose_name=_("đơn vị")
    )
    title = models.CharField(_("tên câu trả lời mẫu"), max_length=160)
    category = models.CharField(_("lĩnh vực"), max_length=20, blank=True)
    words = models.TextField(_("lời"))
    key = models.UUIDField(null=True, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    changed_at = models.DateTimeField(_("sửa lúc"))
    ended_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("câu trả lời mẫu")
        verbose_name_plural = _("câu trả lời mẫu")
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="standard_reply_sent_once")]

    def __str__(self) -> str:
        return self.title
