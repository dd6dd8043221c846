"""Secret addresses of calendars."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class CalendarFeed(models.Model):
    """A calendar that a person's own phone or mail program may fetch without signing in.

    The address is derived from `key` and the secret of the installation (see `calendars`), so that this table
    alone opens no calendar. A new key makes the old address void.
    """

    PERSONAL_FIELDS = ("person",)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    only_own = models.BooleanField(_("chỉ việc tôi chủ trì"), default=False)
    name = models.CharField(max_length=32, unique=True, editable=False)
    key = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["person", "unit", "only_own"]
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "only_own"], name="calendar_feed_once")
        ]
