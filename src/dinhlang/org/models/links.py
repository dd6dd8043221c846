"""Links that work once: into an account, or to decide about something without signing in.

Only the hash of a link's secret is stored; whoever made the link has seen it once.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dinhlang.org.rules.invitations import LinkState, link_state


def link_constraints(name: str) -> list[models.BaseConstraint]:
    """What the database holds a table of such links to; `name` begins the names of the constraints."""
    return [
        models.CheckConstraint(
            condition=Q(used_at=None) | Q(revoked_at=None), name=f"{name}_used_or_revoked"
        ),
        models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name=f"{name}_lasts"),
    ]


class DecisionLink(models.Model):
    """A link by which one approver decides about something on a phone, once.

    The rooms above say in a model of their own what it is about. `digest` is of what stood to be approved when the
    link was made: of anything else the link is worth nothing.
    """

    digest = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người duyệt"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người lập",
    )
    made_at = models.DateTimeField("lập lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng lúc", null=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)

    class Meta:
        abstract = True
        ordering = ["-pk"]
        verbose_name = "đường dẫn duyệt"
        verbose_name_plural = "đường dẫn duyệt"

    def worth(self, at: datetime) -> LinkState:
        return link_state(at, expires_at=self.expires_at, used_at=self.used_at, revoked_at=self.revoked_at)


class HeldLink(DecisionLink):
    """A decision link that belongs to the browser which begins to decide with it.

    `held_hash` is of a secret in that browser: the same link in another hand decides nothing.
    """

    held_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(DecisionLink.Meta):
        abstract = True
