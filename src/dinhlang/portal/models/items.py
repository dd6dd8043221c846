"""Items of the newsroom: what a commune tells everyone, where it stands with the editorial board, and who did what.

What an item says is in its editions (`models.editions`). An item is open to all exactly when `shown` names one.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import DecisionLink, Unit, link_constraints
from dinhlang.portal.models.publications import Column
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.slugs import SLUG_LENGTH
from dinhlang.portal.newsroom.rules.states import Deed, State
from dinhlang.procedures.models import Decision, Version
from dinhlang.reports.models import Practice
from dinhlang.work.models import Activity, ReformField, Task


class Item(models.Model):
    """One thing a commune publishes: an article, a notice, a document page, a question, an event, an audio item.

    `state` is where the edition in work stands. `shown` is the edition everyone reads, `draft` the one in work; they
    are the same while nothing is being changed. `publish_at` is when it should appear, `published_at` when it first
    did. `owes_approval` since: published in an emergency, still to be approved. `line` is its line of the ledger.
    """

    PERSONAL_FIELDS = ("author", "assignee", "approved_by")

    Kind = Kind
    State = State

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="items", verbose_name=_("đơn vị"))
    kind = models.CharField(_("thể loại"), max_length=10, choices=Kind.choices, default=Kind.ARTICLE)
    column = models.ForeignKey(
        Column,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("chuyên mục"),
    )
    field = models.CharField(_("lĩnh vực CCHC"), max_length=20, choices=ReformField.choices, blank=True)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("nhiệm vụ"),
    )
    slug = models.CharField(_("đường dẫn"), max_length=SLUG_LENGTH)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="items_written",
        verbose_name=_("người viết"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items_assigned",
        verbose_name=_("người phụ trách"),
    )
    due_on = models.DateField(_("hạn xong"), null=True, blank=True)
    publish_at = models.DateTimeField(_("hẹn đăng lúc"), null=True, blank=True)
    published_at = models.DateTimeField(_("đăng lúc"), null=True, blank=True)
    review_by = models.DateField(_("xem lại trước ngày"), null=True, blank=True)
    owes_approval = models.DateTimeField(_("đăng khẩn từ lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)
    withdrawn_why = models.CharField(_("lý do gỡ"), max_length=500, blank=True)
    # It should never have been there: its address says that it is gone (410), and nothing of what it said.
    withdrawn_in_error = models.BooleanField(_("đăng nhầm"), default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    # What was approved, as `Edition.digest` gave it: a word changed since needs approval anew.
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    shown = models.ForeignKey(
        "portal.Edition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản đang đăng"),
    )
    draft = models.ForeignKey(
        "portal.Edition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản đang viết"),
    )
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("dòng sổ theo dõi"),
    )
    # What it tells of, when it was drafted from there (`newsroom.actions.subjects`).
    decision = models.ForeignKey(
        Decision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("quyết định công bố"),
    )
    procedure_version = models.ForeignKey(
        Version,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("bản của thủ tục"),
    )
    practice = models.ForeignKey(
        Practice,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("mô hình, khen thưởng"),
    )
    imported_from = models.CharField(_("địa chỉ cũ"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    changed_at = models.DateTimeField(_("thay đổi lúc"))

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("tin, bài")
        verbose_name_plural = _("tin, bài")
        constraints = [
            models.UniqueConstraint(fields=["unit", "slug"], name="item_slug_once_in_a_unit"),
            models.CheckConstraint(
                name="item_shown_since_a_moment", condition=Q(shown=None) | Q(published_at__isnull=False)
            ),
            models.CheckConstraint(
                name="item_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, shown=None) & ~Q(withdrawn_why=""),
            ),
            models.CheckConstraint(
                name="item_in_error_when_withdrawn",
                condition=Q(withdrawn_in_error=False) | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_scheduled_for_a_moment",
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_owes_approval_while_shown",
                condition=Q(owes_approval=None) | Q(shown__isnull=False),
            ),
        ]
        indexes = [
            # Lists of a public page: newest first, of a unit or a column.
            models.Index(fields=["unit", "-published_at"], name="item_by_unit_and_moment"),
            models.Index(fields=["column", "-published_at"], name="item_by_column_and_moment"),
            models.Index(fields=["state", "publish_at"], name="item_due"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        return self.shown_id is not None


class Step(models.Model):
    """One act of the editorial board about an item: who, when, what, why. Never changed.

    Who approved by a link has `by` and the `link`; who made the link is told by it. `by=None` is the scheduler.
    """

    PERSONAL_FIELDS = ("by", "reason")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps", verbose_name=_("tin, bài"))
    edition = models.ForeignKey(
        "portal.Edition", null=True, on_delete=models.PROTECT, related_name="steps", verbose_name=_("bản")
    )
    deed = models.CharField(_("việc"), max_length=16, choices=Deed.choices)
    state = models.CharField(_("trạng thái sau đó"), max_length=10, choices=State.choices)
    reason = models.CharField(_("lý do, ghi chú"), max_length=500, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )
    link = models.ForeignKey(
        "portal.ApprovalLink",
        null=True,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("đường dẫn duyệt"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bước xử lý")
        verbose_name_plural = _("bước xử lý")
        constraints = [
            models.CheckConstraint(
                name="step_with_a_reason",
                condition=~Q(deed__in=["return", "withdraw", "emergency"]) | ~Q(reason=""),
            )
        ]


class ApprovalLink(DecisionLink):
    """A link by which one approver decides about one edition on a phone, once."""

    PERSONAL_FIELDS = ("approver", "made_by")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links", verbose_name=_("tin, bài"))

    class Meta(DecisionLink.Meta):
        constraints = link_constraints("approval_link")
