"""Who may do what, where and when: from positions in force, never from the person's own row.

A position acts for its unit and for the departments and hamlets of that unit. A department or a hamlet is
no level of government of its own (Luật 72/2025/QH15): whoever holds a position there acts for the commune
or province it belongs to. A role that sees below reads every unit under its own. A successor's people keep
reading and filing the papers of the units it took over.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from dinhlang.org import queries
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import DEEDS, INHERITED, ROLES, Permission, Refused, Role, printed_day


class NotAllowed(Refused):
    """No position in force on the day gives this permission in this unit."""


def check_can(person: Person | AnonymousUser | None, permission: str, unit: Unit, on: date) -> None:
    """Return quietly when `person` may do `permission` in `unit` on that day; raise `NotAllowed` with the reason.

    `None` is the operator at the command line, who may. An unknown permission is a `ValueError`.
    """
    wanted = Permission(permission)
    if person is None or _allows(person, wanted, unit, on):
        return
    deed = DEEDS[wanted]
    where = queries.title_of(unit, on)
    said = {"person": person, "deed": deed, "where": where, "day": printed_day(on)}
    if isinstance(person, AnonymousUser):
        raise NotAllowed(_("Cần đăng nhập để %(deed)s tại %(where)s.") % said)
    if not queries.positions(person, on).exists():
        raise NotAllowed(
            _(
                "%(person)s không giữ chức vụ nào vào ngày %(day)s nên không thể %(deed)s tại %(where)s. "
                "Hãy đề nghị người quản trị cập nhật chức vụ."
            )
            % said
        )
    raise NotAllowed(
        _(
            "%(person)s chưa được giao quyền %(deed)s tại %(where)s. "
            "Hãy đề nghị người có trách nhiệm của đơn vị đó thực hiện."
        )
        % said
    )


def can(person: Person | AnonymousUser | None, permission: str, unit: Unit, on: date) -> bool:
    """Whether `check_can` would let it pass."""
    wanted = Permission(permission)
    return person is None or _allows(person, wanted, unit, on)


def _allows(person: Person | AnonymousUser, permission: Permission, unit: Unit, on: date) -> bool:
    if isinstance(person, AnonymousUser) or not person.is_active:
        return False
    return any(_gives(position, permission, unit, on) for position in queries.positions(person, on))


def _gives(position: Position, permission: Permission, unit: Unit, on: date) -> bool:
    role = ROLES[Role(position.role)]
    if permission not in role.permissions:
        return False
    home = queries.body_of(position.unit, on)
    within = {home.id} | queries.ids_below(home, on, parts_only=not role.sees_below)
    if unit.id in within:
        return True
    return permission in INHERITED and bool(queries.heir_ids(unit, on) & within)


def check_can_manage(by: Person | None, person: Person, on: date) -> None:
    """Return quietly when `by` may act on the person's account: its name, its passphrase, whether it is open.

    An account opens every post its person holds, so whoever acts on it must manage people in all of those units;
    of somebody who has left, in one of the units where they were. Raises `NotAllowed`.
    """
    if by is None:
        return
    held = list(person.positions.select_related("unit"))
    lasting = [post for post in held if post.ends_on is None or post.ends_on > on]
    others = [post for post in lasting or held if not can(by, Permission.PEOPLE_MANAGE, post.unit, on)]
    if lasting and not others:
        return
    if not lasting and len(others) < len(held):
        return
    if lasting and len(others) < len(lasting):
        raise NotAllowed(
            _(
                "%(person)s còn giữ chức vụ ở đơn vị khác nên tài khoản này không thuộc riêng đơn vị của bạn. "
                "Hãy đề nghị người vận hành hệ thống thực hiện."
            )
            % {"person": person}
        )
    raise NotAllowed(_("Bạn không quản lý tài khoản này."))


def can_manage(by: Person | None, person: Person, on: date) -> bool:
    """Whether `check_can_manage` would let it pass."""
    try:
        check_can_manage(by, person, on)
    except NotAllowed:
        return False
    return True
