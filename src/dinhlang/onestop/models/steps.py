"""What a commune says in a step of a guide in place of the house: every version, the newest of which stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.work.models import Blob

WORDS_LENGTH = 300
NOTE_LENGTH = 200
ALTERNATIVE_LENGTH = 300


class StepVersion(models.Model):
    """What a unit says in the step `step` of the guide `guide` since `made_at`, or (`is_house`) that the house's words stand again.

    Rows are added and never changed, but for `checked_at` and `checked_by`: when it was last compared with the real screen, None
    for the house's words that nobody compared.
    `house_version` is the version of the house's guide it was written against. `is_drawn` keeps the house's drawing; `picture`
    is the unit's own, told in `alternative`; with neither the step has words alone.
    """

    PERSONAL_FIELDS = ("made_by", "checked_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="guide_steps", verbose_name=_("đơn vị")
    )
    guide = models.CharField(_("bài hướng dẫn"), max_length=40)
    step = models.CharField(_("bước"), max_length=40)
    is_house = models.BooleanField(_("dùng lời của hệ thống"), default=False)
    words = models.CharField(_("lời hướng dẫn"), max_length=WORDS_LENGTH, blank=True)
    note = models.CharField(_("lưu ý"), max_length=NOTE_LENGTH, blank=True)
    is_drawn = models.BooleanField(_("giữ hình vẽ của hệ thống"), default=False)
    picture = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh")
    )
    alternative = models.CharField(_("mô tả ảnh"), max_length=ALTERNATIVE_LENGTH, blank=True)
    house_version = models.PositiveSmallIntegerField(_("bản của hệ thống"))
    made_at = models.DateTimeField(_("viết lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người viết"),
    )
    checked_at = models.DateTimeField(_("kiểm tra lần cuối"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người kiểm tra"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bản riêng của một bước hướng dẫn")
        verbose_name_plural = _("bản riêng của các bước hướng dẫn")
        constraints = [
            models.CheckConstraint(
                name="step_of_the_house_or_own_words",
                condition=Q(is_house=True, words="", note="", is_drawn=False, picture=None)
                | Q(is_house=False) & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="step_in_own_words_is_checked",
                condition=Q(is_house=True) | Q(checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="step_picture_is_told",
                condition=Q(picture=None, alternative="")
                | Q(picture__isnull=False, is_drawn=False) & ~Q(alternative=""),
            ),
        ]
        indexes = [models.Index(fields=["unit", "guide", "step"], name="step_version_where")]
