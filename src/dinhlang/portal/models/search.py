"""What search keeps in the database: changes to be indexed, questions that found nothing, results put first by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class SearchChange(models.Model):
    """Something whose words are to be indexed anew: written with the change itself, so that none is ever forgotten.

    `tag` is that of the change ("item:5"); "*" asks for the whole index.
    """

    PERSONAL_FIELDS = ()

    tag = models.CharField(max_length=80)

    class Meta:
        ordering = ["pk"]


class Unfound(models.Model):
    """A question that found nothing, and how often on a day. Who asked is not stored."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("đơn vị"))
    words = models.CharField(_("từ đã tìm"), max_length=120)
    on = models.DateField(_("ngày"))
    times = models.PositiveIntegerField(_("số lần"), default=1)

    class Meta:
        ordering = ["-on", "-times", "words"]
        verbose_name = _("câu tìm không có kết quả")
        verbose_name_plural = _("các câu tìm không có kết quả")
        constraints = [models.UniqueConstraint(fields=["unit", "words", "on"], name="unfound_once_a_day")]

    def __str__(self) -> str:
        return self.words


class Promoted(models.Model):
    """A page that stands above the others when certain words are asked for. `folded` are those words, without marks."""

    PERSONAL_FIELDS = ("added_by",)

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", verbose_name=_("đơn vị"))
    words = models.CharField(_("khi tìm"), max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    title = models.CharField(_("tiêu đề"), max_length=200)
    target = models.CharField(_("địa chỉ"), max_length=500)
    added_at = models.DateTimeField(_("thêm lúc"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người thêm"),
    )

    class Meta:
        ordering = ["words", "pk"]
        verbose_name = _("kết quả đưa lên đầu")
        verbose_name_plural = _("các kết quả đưa lên đầu")
        constraints = [
            models.UniqueConstraint(fields=["unit", "folded", "target"], name="promoted_once_for_words")
        ]

    def __str__(self) -> str:
        return self.words
