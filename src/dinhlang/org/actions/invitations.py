"""Links by which people get into their account for the first time, or again."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions, queries
from dinhlang.org.actions.audit import audit
from dinhlang.org.actions.decision_links import end_links, open_links
from dinhlang.org.actions.people import appoint, new_person
from dinhlang.org.models import Invitation, Person, Unit
from dinhlang.org.rules import Permission, Refused, Role
from dinhlang.org.rules.invitations import LIFETIME, Purpose, new_token, token_hash


@transaction.atomic
def invite(
    *,
    full_name: str,
    username: str,
    unit: Unit,
    role: Role,
    title: str,
    starts_on: date | None,
    legal_basis: str = "",
    by: Person | None,
    at: datetime,
) -> tuple[Invitation, str]:
    """Make an account that nobody can enter yet, give it a post, and a link with which its person comes in.

    Gives the link's secret too: it is shown once and stored nowhere. Raises what `appoint` raises, and `Unfit` for
    a name or a user name that cannot be.
    """
    permissions.check_can(by, Permission.PEOPLE_MANAGE, unit, localdate(at))
    person = new_person(username=username, full_name=full_name)
    person.date_joined, person.is_active = at, False
    person.set_unusable_password()
    person.save()
    appoint(
        person=person,
        unit=unit,
        role=role,
        title=title,
        starts_on=starts_on,
        legal_basis=legal_basis,
        by=by,
        at=at,
    )
    body = queries.body_of(unit, localdate(at))
    audit(by=by, at=at, action="person.invite", target=person, unit=body)
    return _linked(person, body, by=by, at=at)


@transaction.atomic
def renew_link(*, person: Person, by: Person | None, at: datetime) -> tuple[Invitation, str]:
    """Make a new link for a person: to come in for the first time, or with a new passphrase. Older ones end.

    A second factor stays as it is: a link is no way around it. Raises `permissions.NotAllowed`, and `Refused` for
    an account that is locked, and for one's own.
    """
    on = localdate(at)
    permissions.check_can_manage(by, person, on)
    if by is not None and by.pk == person.pk:
        raise Refused(_("Đổi mật khẩu của mình ở trang Tài khoản."))
    if not person.is_active and not person.is_awaited:
        raise Refused(_("Tài khoản đang khóa. Hãy mở khóa trước khi lập đường dẫn."))
    unit = queries.body_of_person(person, on)
    if unit is None:
        raise Refused(_("Cán bộ chưa giữ chức vụ nào. Hãy giao chức vụ trước."))
    audit(by=by, at=at, action="invitation.renew", target=person, unit=unit)
    return _linked(person, unit, by=by, at=at)


@transaction.atomic
def revoke_link(*, invitation: Invitation, by: Person | None, at: datetime) -> None:
    """Make a link worth nothing. Raises `permissions.NotAllowed`, and `Refused` when it is no longer open."""
    permissions.check_can(by, Permission.PEOPLE_MANAGE, invitation.unit, localdate(at))
    if not open_links(Invitation.objects.filter(pk=invitation.pk), at).update(revoked_at=at):
        raise Refused(_("Đường dẫn này đã dùng, đã thu hồi hoặc đã hết hạn."))
    audit(by=by, at=at, action="invitation.revoke", target=invitation.person, unit=invitation.unit)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, passphrase: str, at: datetime) -> Person:
    """Use a link: its person has the new passphrase and, when invited, may come in.

    The conditional update decides who used it, so that it works once. Raises `Refused` for a link that is not open,
    or whose account was locked since.
    """
    person = invitation.person
    joins = invitation.purpose == Purpose.JOIN
    if not joins and not person.is_active:
        raise Refused(_("Tài khoản đang khóa. Hãy liên hệ quản trị của đơn vị."))
    if not open_links(Invitation.objects.filter(pk=invitation.pk), at).update(used_at=at):
        raise Refused(
            _("Đường dẫn này đã dùng, đã thu hồi hoặc đã hết hạn. Hãy xin quản trị một đường dẫn mới.")
        )
    person.set_password(passphrase)
    if joins:
        person.is_active = True
    person.save(update_fields=["password", "is_active"])
    audit(
        by=person,
        at=at,
        action="invitation.accept" if joins else "passphrase.renew",
        target=person,
        unit=invitation.unit,
    )
    return person


def _linked(person: Person, unit: Unit, *, by: Person | None, at: datetime) -> tuple[Invitation, str]:
    purpose = Purpose.JOIN if person.is_awaited else Purpose.PASSPHRASE
    end_links(person.invitations.all(), at)
    token = new_token()
    invitation = Invitation.objects.create(
        person=person,
        unit=unit,
        purpose=purpose,
        token_hash=token_hash(token),
        made_by=by,
        made_at=at,
        expires_at=at + LIFETIME[purpose],
    )
    return invitation, token
