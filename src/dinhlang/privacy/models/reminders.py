"""That a person was told of a request or a breach whose term comes near or has passed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.privacy.models.breaches import Breach
from dinhlang.privacy.models.requests import DataRequest


class PrivacyReminder(models.Model):
    """Once for each person and term; of a request or of a breach, never of both."""

    PERSONAL_FIELDS = ("person",)

    class Why(models.TextChoices):
        SOON = "soon", _("sắp đến hạn")
        OVERDUE = "overdue", _("quá hạn")

    request = models.ForeignKey(
        DataRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="reminders"
    )
    breach = models.ForeignKey(
        Breach, null=True, blank=True, on_delete=models.PROTECT, related_name="reminders"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người được nhắc"),
    )
    why = models.CharField(_("vì sao"), max_length=7, choices=Why.choices)
    due_at = models.DateTimeField(_("hạn khi nhắc"))
    told_at = models.DateTimeField(_("nhắc lúc"))
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        verbose_name = _("lời nhắc về dữ liệu cá nhân")
        verbose_name_plural = _("lời nhắc về dữ liệu cá nhân")
        constraints = [
            models.CheckConstraint(
                name="privacy_reminder_of_one",
                condition=Q(request=None, breach__isnull=False) | Q(request__isnull=False, breach=None),
            ),
            models.UniqueConstraint(
                fields=["request", "person", "why", "due_at"],
                condition=Q(breach=None),
                name="request_reminder_once",
            ),
            models.UniqueConstraint(
                fields=["breach", "person", "why", "due_at"],
                condition=Q(request=None),
                name="breach_reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id or self.request_id} {self.why}"
