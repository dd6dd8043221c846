"""What is stored about good models (mô hình hay, cách làm mới) and commendations: a line of the ledger that stands out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class Practice(models.Model):
    """A notable activity: marked by an officer with why, proposed by the unit, decided, open to all.

    `decider` is who is asked: the unit's own leader or the level above. What happened is in its steps.
    """

    PERSONAL_FIELDS = ("title", "why", "effect", "credited")

    class Kind(models.TextChoices):
        MODEL = "model", _("mô hình hay, cách làm mới")
        COMMENDATION = "commendation", _("đề nghị khen thưởng")

    class State(models.TextChoices):
        MARKED = "marked", _("đã đánh dấu")
        PROPOSED = "proposed", _("đã đề xuất, chờ quyết định")
        RECOGNISED = "recognised", _("đã công nhận")
        REFUSED = "refused", _("không công nhận")
        PUBLISHED = "published", _("đã công bố")
        DROPPED = "dropped", _("đã bỏ đánh dấu")

    class Decider(models.TextChoices):
        LEADER = "leader", _("lãnh đạo đơn vị")
        ABOVE = "above", _("cấp trên")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="practices", verbose_name=_("đơn vị")
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="practices", verbose_name=_("dòng sổ theo dõi")
    )
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices, default=Kind.MODEL)
    title = models.CharField(_("tên"), max_length=300)
    why = models.CharField(_("vì sao đáng chú ý"), max_length=1000)
    effect = models.CharField(_("kết quả mang lại"), max_length=1000, blank=True)
    credited = models.CharField(_("tập thể, cá nhân"), max_length=300, blank=True)
    happened_on = models.DateField(_("ngày thực hiện"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.MARKED)
    decider = models.CharField(
        _("nơi quyết định"), max_length=6, choices=Decider.choices, default=Decider.LEADER
    )
    decided_on = models.DateField(_("quyết định ngày"), null=True, blank=True)
    decision = models.CharField(_("số quyết định, giấy khen"), max_length=80, blank=True)
    marked_at = models.DateTimeField(_("đánh dấu lúc"))

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("mô hình, khen thưởng")
        verbose_name_plural = _("mô hình, khen thưởng")
        indexes = [models.Index(fields=["unit", "happened_on"], name="practice_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind"], condition=~Q(state="dropped"), name="practice_once_a_line"
            ),
            models.CheckConstraint(name="practice_says_why", condition=~Q(why="") & ~Q(title="")),
            models.CheckConstraint(
                name="practice_decided_with_a_day",
                condition=~Q(state__in=["recognised", "refused", "published"]) | Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PracticeStep(models.Model):
    """What was done with a practice, in order. Rows are only added."""

    PERSONAL_FIELDS = ("by", "note")

    class Deed(models.TextChoices):
        MARK = "mark", _("đánh dấu")
        EDIT = "edit", _("sửa")
        PROPOSE = "propose", _("đề xuất")
        TAKE_BACK = "take-back", _("rút đề xuất")
        RECOGNISE = "recognise", _("công nhận")
        REFUSE = "refuse", _("không công nhận")
        UNDO = "undo", _("hủy quyết định")
        PUBLISH = "publish", _("công bố")
        WITHDRAW = "withdraw", _("gỡ công bố")
        DROP = "drop", _("bỏ đánh dấu")

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="steps", verbose_name=_("mô hình, khen thưởng")
    )
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    note = models.CharField(_("lý do"), max_length=500, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["practice", "pk"]
        verbose_name = _("bước của mô hình, khen thưởng")
        verbose_name_plural = _("bước của mô hình, khen thưởng")
