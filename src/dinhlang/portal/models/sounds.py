"""The sound of what is published, made by the worker (`broadcast.voicing`): of each edition, of each step of a guide."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models import Voicing
from dinhlang.org.models import Unit
from dinhlang.portal.models.editions import Edition


class ItemSound(models.Model):
    """What is heard of a published edition. `voicing` has the files once they are made; `problem` says why nothing can be read."""

    PERSONAL_FIELDS = ()

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="sound", verbose_name=_("bản")
    )
    voicing = models.ForeignKey(
        Voicing,
        null=True,
        on_delete=models.PROTECT,
        related_name="of_items",
        verbose_name=_("bản âm thanh"),
    )
    problem = models.CharField(_("vì sao không đọc được"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("âm thanh của tin, bài")
        verbose_name_plural = _("âm thanh của tin, bài")
        constraints = [
            models.CheckConstraint(
                name="item_sound_or_a_reason",
                condition=Q(voicing__isnull=False, problem="") | Q(voicing=None) & ~Q(problem=""),
            )
        ]


class StepSound(models.Model):
    """What is heard of a step of a guide as a unit gives it. `digest` is of the words that are read: other words, another sound."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="step_sounds", verbose_name=_("đơn vị")
    )
    guide = models.CharField(_("bài hướng dẫn"), max_length=40)
    step = models.CharField(_("bước"), max_length=40)
    digest = models.CharField(max_length=64, editable=False)
    voicing = models.ForeignKey(
        Voicing,
        null=True,
        on_delete=models.PROTECT,
        related_name="of_steps",
        verbose_name=_("bản âm thanh"),
    )
    problem = models.CharField(_("vì sao không đọc được"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("âm thanh của một bước hướng dẫn")
        verbose_name_plural = _("âm thanh của các bước hướng dẫn")
        constraints = [
            models.UniqueConstraint(fields=["unit", "guide", "step", "digest"], name="step_sound_once"),
            models.CheckConstraint(
                name="step_sound_or_a_reason",
                condition=Q(voicing__isnull=False, problem="") | Q(voicing=None) & ~Q(problem=""),
            ),
        ]
