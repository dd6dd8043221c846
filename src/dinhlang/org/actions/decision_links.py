"""Links by which a leader decides about something on a phone, once, without signing in.

The rooms above say what is decided about: each has a model of its own (`org.models.DecisionLink`) and calls these as
parts of its actions, which check rights, keep the trace and hold the transaction.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dinhlang.org.models import DecisionLink, HeldLink, Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.rules.invitations import new_token, token_hash

LIFETIME = timedelta(days=2)


class LinkSpent(Refused):
    """The link was used, taken back, has expired, or is about words that have changed since."""


class HeldElsewhere(LinkSpent):
    """Somebody began to decide with this link on another device."""


def make_decision_link(
    links: Any,
    *,
    digest: str,
    approver: Person,
    by: Person | None,
    at: datetime,
) -> tuple[Any, str]:
    """A new link beside `links` (the related manager of one thing), and its secret. Earlier ones end.

    The secret is shown once and stored nowhere.
    """
    end_links(links.all(), at)
    token = new_token()
    link = links.create(
        digest=digest,
        token_hash=token_hash(token),
        approver=approver,
        made_by=by,
        made_at=at,
        expires_at=at + LIFETIME,
    )
    return link, token


def end_decision_link(link: DecisionLink, at: datetime) -> None:
    """Make a link worth nothing. Raises `LinkSpent` when it is not open."""
    if not open_links(type(link)._default_manager.filter(pk=link.pk), at).update(revoked_at=at):
        raise LinkSpent(_("Đường dẫn này đã dùng, đã thu hồi hoặc đã hết hạn."))


def check_reader(link: DecisionLink, signed_in: Person | None) -> None:
    """Refuse a browser that is known to be somebody else's. Raises `NotAllowed`."""
    if signed_in is not None and signed_in != link.approver:
        raise NotAllowed(
            _("Đường dẫn này dành cho %(approver)s, còn máy này đang đăng nhập tên %(person)s.")
            % {"approver": link.approver, "person": signed_in}
        )


def hold(*, link: HeldLink, device: str) -> None:
    """Bind a link to the browser that begins to decide with it; looking alone binds nothing.

    Raises `HeldElsewhere` for any other: a link that was passed on decides nothing in a second hand.
    """
    mark = token_hash(device)
    links = type(link)._default_manager
    links.filter(pk=link.pk, held_hash="").update(held_hash=mark)
    if links.filter(pk=link.pk, held_hash=mark).exists():
        return
    raise HeldElsewhere(
        _(
            "Đường dẫn này đang được dùng trên một máy khác. Nếu đó là bạn, hãy mở lại trên máy đó; "
            "nếu không, báo ngay cho %(maker)s để thu hồi và gửi đường dẫn mới."
        )
        % {"maker": link.made_by or _("người gửi")}
    )


def use_decision_link(link: DecisionLink, at: datetime) -> None:
    """Take the link for the decision that is being made; of two at once one gets it. Raises `LinkSpent`."""
    # The conditional update decides who used it, so that it works once.
    if not open_links(type(link)._default_manager.filter(pk=link.pk), at).update(used_at=at):
        raise LinkSpent(_("Đường dẫn này đã dùng, đã thu hồi hoặc đã hết hạn. Hãy xin một đường dẫn mới."))
    link.used_at = at


def open_links(links: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Those of the links that can be used at the moment: of any kind that is used once (`org.models`)."""
    return links.filter(used_at=None, revoked_at=None, expires_at__gt=at)


def end_links(links: QuerySet[Any], at: datetime) -> None:
    """Make those that nobody used worth nothing."""
    links.filter(used_at=None, revoked_at=None).update(revoked_at=at)
