"""Who may sign in, and which posts people hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions, queries
from dinhlang.org.actions.audit import audit
from dinhlang.org.actions.decision_links import end_links
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import (
    ROLES,
    USERNAME,
    Permission,
    Refused,
    Role,
    Unfit,
    person_name,
    post_title,
    printed_day,
)
from dinhlang.vietnamese.text import one_line

# How long after its last day an end of a post may still be taken back as a mistake.
TAKEN_BACK_WITHIN = timedelta(days=30)


def new_person(*, username: str, full_name: str) -> Person:
    """A person ready to be stored. Raises `Unfit` for a name or a user name that cannot be."""
    if not USERNAME.fullmatch(username):
        raise Unfit(
            _(
                "Tên đăng nhập “%(username)s” không dùng được. Chỉ dùng chữ thường không dấu, số, dấu chấm và gạch "
                "nối, từ 3 đến 40 ký tự, ví dụ nguyen.van.a."
            )
            % {"username": one_line(username)[:60]},
            "username",
        )
    if Person.objects.filter(username=username).exists():
        raise Unfit(
            _("Tên đăng nhập “%(username)s” đã có người dùng. Hãy chọn tên khác.") % {"username": username},
            "username",
        )
    return Person(username=username, full_name=person_name(full_name))


@transaction.atomic
def register_person(
    *, username: str, full_name: str, passphrase: str, by: Person | None, at: datetime
) -> Person:
    """Let someone sign in at once. What they may do comes with `appoint`.

    Only the operator of the installation (`by=None`) does this; administrators `invite`. Raises `Unfit`.
    """
    if by is not None:
        raise permissions.NotAllowed(_("Hãy mời cán bộ bằng đường dẫn."))
    person = new_person(username=username, full_name=full_name)
    person.date_joined = at
    person.set_password(passphrase)
    person.save()
    audit(by=by, at=at, action="person.register", target=person)
    return person


@transaction.atomic
def rename_person(*, person: Person, full_name: str, by: Person | None, at: datetime) -> Person:
    """Correct a person's name. Raises `Unfit`, `permissions.NotAllowed`."""
    permissions.check_can_manage(by, person, localdate(at))
    before, person.full_name = person.full_name, person_name(full_name)
    person.save(update_fields=["full_name"])
    audit(
        by=by,
        at=at,
        action="person.rename",
        target=person,
        unit=queries.body_of_person(person, localdate(at)),
        detail={"from": before, "to": person.full_name},
    )
    return person


@transaction.atomic
def lock_account(*, person: Person, by: Person | None, at: datetime) -> None:
    """Keep a person out at once, on every device; their posts stay. Open links to the account are worth nothing.

    Raises `Refused` for one's own account and for that of the unit's only administrator.
    """
    on = localdate(at)
    permissions.check_can_manage(by, person, on)
    if by is not None and by.pk == person.pk:
        raise Refused(_("Không tự khóa tài khoản của mình được. Hãy nhờ một quản trị khác."))
    if by is not None:
        for post in queries.positions(person, on).filter(role=Role.ADMINISTRATOR):
            _check_another_administrator(post, on)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_links(person.invitations.all(), at)
    audit(by=by, at=at, action="account.lock", target=person, unit=queries.body_of_person(person, on))


@transaction.atomic
def unlock_account(*, person: Person, by: Person | None, at: datetime) -> None:
    """Let a person in again with the passphrase they had. Raises `Refused` for one that never had any."""
    on = localdate(at)
    permissions.check_can_manage(by, person, on)
    if not person.has_usable_password():
        raise Refused(_("Tài khoản này chưa có mật khẩu. Hãy lập đường dẫn mời mới."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit(by=by, at=at, action="account.unlock", target=person, unit=queries.body_of_person(person, on))


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    role: Role,
    title: str,
    starts_on: date | None,
    ends_on: date | None = None,
    legal_basis: str = "",
    by: Person | None,
    at: datetime,
) -> Position:
    """Give a person a post in a unit from a day on.

    Raises `permissions.NotAllowed`; `Refused` for a post of one's own, so that nobody gives themselves rights;
    `Unfit` for a role that has no place in such a unit, a day on which the unit is not in being, or a post that
    the person holds already.
    """
    permissions.check_can(by, Permission.PEOPLE_MANAGE, unit, localdate(at))
    _check_not_own(by, person)
    _check_fits(role, unit)
    if starts_on is not None and not queries.exists_on(unit, starts_on):
        raise Unfit(
            _("Ngày %(day)s, %(unit)s không hoạt động. Hãy chọn ngày khác.")
            % {"day": printed_day(starts_on), "unit": queries.title_of(unit, starts_on)},
            "starts_on",
        )
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        raise Unfit(_("Ngày thôi giữ phải sau ngày bắt đầu."), "ends_on")
    held = Position.objects.filter(person=person, unit=unit, role=role)
    if starts_on is not None:
        held = held.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on))
    if ends_on is not None:
        held = held.filter(Q(starts_on=None) | Q(starts_on__lt=ends_on))
    if held.exists():
        raise Unfit(
            _("%(person)s đã giữ vai trò này ở đơn vị này trong thời gian đó.") % {"person": person}, "role"
        )
    position = Position.objects.create(
        person=person,
        unit=unit,
        role=role,
        title=post_title(title),
        starts_on=starts_on,
        ends_on=ends_on,
        legal_basis=one_line(legal_basis)[:200],
    )
    audit(
        by=by,
        at=at,
        action="position.appoint",
        target=position,
        unit=queries.body_of(unit, localdate(at)),
        detail={"person": person.pk, "role": role, "from": starts_on, "until": ends_on},
    )
    return position


@transaction.atomic
def withdraw_position(*, position: Position, by: Person | None, at: datetime) -> None:
    """Take back an appointment that has not counted before today, as if it had not been made.

    Raises `permissions.NotAllowed`, or `Refused` for one that has counted: that one is ended.
    """
    on = localdate(at)
    permissions.check_can(by, Permission.PEOPLE_MANAGE, position.unit, on)
    _check_not_own(by, position.person)
    if position.starts_on is None or position.starts_on < on:
        raise Refused(_("Chức vụ này đã có hiệu lực từ trước nên chỉ cho thôi giữ, không hủy được."))
    if by is not None and position.role == Role.ADMINISTRATOR:
        _check_another_administrator(position, position.starts_on)
    # The entry is written while the row still has its number.
    audit(
        by=by,
        at=at,
        action="position.withdraw",
        target=position,
        unit=queries.body_of(position.unit, localdate(at)),
        detail={"person": position.person_id, "role": position.role},
    )
    position.delete()


@transaction.atomic
def end_position(*, position: Position, on: date, by: Person | None, at: datetime) -> Position:
    """End a post: `on` is the first day it no longer holds.

    Raises `permissions.NotAllowed`; `Refused` for a post of one's own and for the unit's only administrator (the
    operator, who can appoint another, is not stopped); `Unfit` when it would end before it began.
    """
    permissions.check_can(by, Permission.PEOPLE_MANAGE, position.unit, localdate(at))
    _check_not_own(by, position.person)
    if position.starts_on is not None and on <= position.starts_on:
        raise Unfit(
            _("Chức vụ bắt đầu ngày %(day)s; ngày thôi giữ phải sau ngày đó.")
            % {"day": printed_day(position.starts_on)},
            "on",
        )
    if position.ends_on is not None and position.ends_on <= localdate(at):
        raise Refused(
            _("Chức vụ này đã thôi từ ngày %(day)s. Muốn giữ lại thì dùng “Lấy lại”, hoặc giao chức vụ mới.")
            % {"day": printed_day(position.ends_on)}
        )
    if by is not None and position.role == Role.ADMINISTRATOR:
        _check_another_administrator(position, on)
    position.ends_on = on
    position.save(update_fields=["ends_on"])
    audit(
        by=by,
        at=at,
        action="position.end",
        target=position,
        unit=queries.body_of(position.unit, localdate(at)),
        detail={"person": position.person_id, "on": on},
    )
    return position


@transaction.atomic
def restore_position(*, position: Position, by: Person | None, at: datetime) -> Position:
    """Take back the end of a post, as if it had not been ended. Raises `permissions.NotAllowed`, `Refused`."""
    on = localdate(at)
    permissions.check_can(by, Permission.PEOPLE_MANAGE, position.unit, on)
    _check_not_own(by, position.person)
    if position.ends_on is None:
        raise Refused(_("Chức vụ này vẫn đang giữ, không có gì để lấy lại."))
    if position.ends_on < on - TAKEN_BACK_WITHIN:
        raise Refused(_("Chức vụ đã thôi quá 30 ngày. Hãy giao chức vụ mới từ ngày nhận lại."))
    later = Position.objects.filter(
        person=position.person, unit=position.unit, role=position.role, starts_on__gte=position.ends_on
    )
    if later.exists() or not queries.exists_on(position.unit, on):
        raise Refused(_("Đã có chức vụ mới thay cho chức vụ này, hoặc đơn vị không còn hoạt động."))
    position.ends_on = None
    position.save(update_fields=["ends_on"])
    audit(
        by=by,
        at=at,
        action="position.restore",
        target=position,
        unit=queries.body_of(position.unit, localdate(at)),
        detail={"person": position.person_id},
    )
    return position


@transaction.atomic
def hand_over(
    *, person: Person, successor: Person, unit: Unit, on: date, by: Person | None, at: datetime
) -> list[Position]:
    """Give the posts that one person holds in a body on a day to another from that day on, and end the first's.

    Gives the new posts. Raises what `appoint` and `end_position` raise, and `Refused` when there is nothing to hand
    over, or nobody to hand it to.
    """
    if person.pk == successor.pk:
        raise Unfit(_("Hãy chọn người nhận khác người bàn giao."), "successor")
    if not successor.is_active and not successor.is_awaited:
        raise Unfit(_("Tài khoản của người nhận đang khóa."), "successor")
    held = list(queries.posts_in(unit, on).filter(person=person))
    if not held:
        raise Refused(
            _("%(person)s không giữ chức vụ nào ngày %(day)s.") % {"person": person, "day": printed_day(on)}
        )
    known = set(queries.posts_in(unit, on).filter(person=successor).values_list("unit_id", "role"))
    taken = [
        appoint(
            person=successor,
            unit=post.unit,
            role=Role(post.role),
            title=post.title,
            starts_on=on,
            legal_basis=post.legal_basis,
            by=by,
            at=at,
        )
        for post in held
        if (post.unit_id, post.role) not in known
    ]
    # Ended after the other has them: a unit is never without an administrator in between.
    for post in held:
        end_position(position=post, on=on, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="person.hand-over",
        target=person,
        unit=unit,
        detail={"to": successor.pk, "on": on},
    )
    return taken


@transaction.atomic
def change_passphrase(*, person: Person, passphrase: str, by: Person, at: datetime) -> None:
    """Give a person a new passphrase; only they themselves may. Raises `permissions.NotAllowed`."""
    if by.pk != person.pk:
        raise permissions.NotAllowed(_("Chỉ chính người dùng mới đổi được mật khẩu của mình."))
    person.set_password(passphrase)
    person.save(update_fields=["password"])
    audit(by=by, at=at, action="passphrase.change", target=person)


def _check_not_own(by: Person | None, person: Person) -> None:
    if by is not None and by.pk == person.pk:
        raise Refused(
            _(
                "Không tự thay đổi chức vụ của mình được. Hãy nhờ một quản trị khác của đơn vị, "
                "hoặc người vận hành hệ thống."
            )
        )


def _check_fits(role: Role, unit: Unit) -> None:
    of_a_hamlet = unit.level == Unit.Level.HAMLET
    described = ROLES[role]
    if of_a_hamlet and not described.in_hamlets:
        raise Unfit(
            _("Vai trò “%(role)s” không có ở thôn, tổ dân phố. Hãy chọn xã hoặc một bộ phận của xã.")
            % {"role": described.label},
            "role",
        )
    if not of_a_hamlet and not described.in_offices:
        raise Unfit(
            _("Vai trò “%(role)s” chỉ có ở thôn, tổ dân phố. Hãy chọn thôn, tổ dân phố ở ô Đơn vị.")
            % {"role": described.label},
            "unit",
        )


def _check_another_administrator(position: Position, on: date) -> None:
    """Refuse when nobody else could let people in from that day on."""
    today_or_then = queries.posts_in(queries.body_of(position.unit, on), on)
    others = today_or_then.filter(role=Role.ADMINISTRATOR, person__is_active=True).exclude(
        person=position.person
    )
    # Who is to leave soon is no one to rely on.
    if not others.filter(ends_on=None).exists():
        raise Refused(
            _(
                "%(person)s là quản trị duy nhất của đơn vị. Hãy giao vai trò quản trị cho một người khác trước, "
                "nếu không sẽ không còn ai lập được tài khoản."
            )
            % {"person": position.person}
        )
