"""What can happen in this room. Every act checks, changes and leaves its trace together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.utils.timezone import localdate

from dinhlang.org import permissions, places
from dinhlang.org.models import (
    AuditEntry,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from dinhlang.org.rules import Permission, Refused, Role, folded_name
from dinhlang.vietnamese.text import nfc

USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")


def audit(
    *,
    by: Person | None,
    at: datetime,
    action: str,
    target: models.Model | str,
    unit: Unit | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write who did what to what, inside the caller's transaction. `by=None` is the operator at the command line.

    `action` is room-less and short ('plan.import'); `target` a row or a label; `detail` must go into JSON.
    """
    label = target if isinstance(target, str) else f"{target._meta.label_lower}:{target.pk}"
    return AuditEntry.objects.create(
        by=by, at=at, action=action, target=label[:120], unit=unit, detail=dict(detail or {})
    )


@transaction.atomic
def register_person(
    *, username: str, full_name: str, passphrase: str, by: Person | None, at: datetime
) -> Person:
    """Let someone sign in. What they may do comes with `appoint`.

    Raises `Refused` for a user name that is taken or that cannot be typed in an address, and for no full name.
    Only the operator of the installation (`by=None`) registers people so far.
    """
    name = " ".join(nfc(full_name).split())
    if not USERNAME.fullmatch(username):
        raise Refused(
            f"Tên đăng nhập “{username}” không dùng được. Chỉ dùng chữ thường không dấu, số, dấu chấm và gạch nối, "
            "từ 3 đến 40 ký tự, ví dụ nguyen.van.a."
        )
    if not name:
        raise Refused("Chưa có họ và tên.")
    if Person.objects.filter(username=username).exists():
        raise Refused(f"Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.")
    person = Person(username=username, full_name=name)
    person.set_password(passphrase)
    person.save()
    audit(by=by, at=at, action="person.register", target=person)
    return person


@transaction.atomic
def end_position(*, position: Position, on: date, by: Person | None, at: datetime) -> Position:
    """End a post: `on` is the first day it no longer holds. Raises `permissions.NotAllowed`, or `Refused` when it
    would end before it began."""
    permissions.check_can(by, Permission.PEOPLE_MANAGE, position.unit, localdate(at))
    if position.starts_on is not None and on <= position.starts_on:
        raise Refused(f"Chức vụ bắt đầu ngày {position.starts_on:%d/%m/%Y}; ngày thôi giữ phải sau ngày đó.")
    position.ends_on = on
    position.save(update_fields=["ends_on"])
    audit(
        by=by,
        at=at,
        action="position.end",
        target=position,
        unit=position.unit,
        detail={"on": on.isoformat()},
    )
    return position


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
    """Give a person a post in a unit from a day on. Raises `permissions.NotAllowed`."""
    permissions.check_can(by, Permission.PEOPLE_MANAGE, unit, localdate(at))
    position = Position.objects.create(
        person=person,
        unit=unit,
        role=role,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        legal_basis=legal_basis,
    )
    audit(
        by=by,
        at=at,
        action="position.appoint",
        target=position,
        unit=unit,
        detail={"person": person.pk, "role": role},
    )
    return position


@transaction.atomic
def change_passphrase(*, person: Person, passphrase: str, by: Person, at: datetime) -> None:
    """Give a person a new passphrase; only they themselves may. Raises `permissions.NotAllowed`."""
    if by.pk != person.pk:
        raise permissions.NotAllowed("Chỉ chính người dùng mới đổi được mật khẩu của mình.")
    person.set_password(passphrase)
    person.save(update_fields=["password"])
    audit(by=by, at=at, action="passphrase.change", target=person)


# --- places and the demonstration -----------------------------------------------------------------

Progress = Callable[[int, int], None]


@transaction.atomic
def load_places(progress: Progress | None = None) -> int:
    """Store the present provinces and communes and the curated units of the documents we hold.

    Gives the number of units that were new. Units that are there stay as they are, so that a second load
    changes nothing and never overwrites what an office corrected. `progress` hears (done, total).
    """
    curated = places.collection("hai_duong")
    made = _store_units([*places.present_day(), *curated.units], progress=progress)
    _store_successions(curated.successions)
    _store_reporting(curated.reporting, only_of=made)
    return len(made)


@transaction.atomic
def load_demo(*, at: datetime, passphrase: str) -> list[tuple[str, str]]:
    """Store the fictional communes and their people, who sign in with the passphrase.

    Gives (sign-in name, who it is) of each. A second load changes nothing but the passphrase.
    """
    demo = places.collection("demo")
    made = _store_units(demo.units, is_demo=True)
    _store_people(demo.people, passphrase, at)
    if made:
        audit(by=None, at=at, action="demo.load", target="org.unit", detail={"units": len(made)})
    return [(person.username, f"{person.full_name} – {person.title}") for person in demo.people]


def _store_units(
    specs: Sequence[places.UnitSpec], *, is_demo: bool = False, progress: Progress | None = None
) -> frozenset[str]:
    """Store the units that are not there yet, with all that hangs on them; give their ids."""
    known = set(Unit.objects.values_list("id", flat=True))
    new = [spec for spec in specs if spec.id not in known]
    batches: tuple[tuple[type[models.Model], list[Any]], ...] = (
        (Unit, [_unit(spec, is_demo) for spec in new]),
        (UnitName, [_name(spec.id, name) for spec in new for name in spec.names]),
        (UnitPlacement, [_placement(spec.id, link) for spec in new for link in spec.parents]),
        (ReportingLine, [_reporting(spec.id, link) for spec in new for link in spec.reports_to]),
    )
    for number, (model, rows) in enumerate(batches, start=1):
        model._default_manager.bulk_create(rows)
        if progress is not None:
            progress(number, len(batches))
    return frozenset(spec.id for spec in new)


def _unit(spec: places.UnitSpec, is_demo: bool) -> Unit:
    return Unit(
        id=spec.id,
        level=spec.level,
        official_code=spec.official_code,
        starts_on=spec.days.starts_on,
        ends_on=spec.days.ends_on,
        is_demo=is_demo,
    )


def _name(unit_id: str, spec: places.NameSpec) -> UnitName:
    return UnitName(
        unit_id=unit_id,
        kind=spec.kind,
        name=spec.name,
        folded=folded_name(spec.name),
        named_after=places.named_after(spec.name),
        **_days(spec.days),
    )


def _placement(unit_id: str, link: places.LinkSpec) -> UnitPlacement:
    return UnitPlacement(unit_id=unit_id, parent_id=link.unit_id, **_days(link.days))


def _reporting(unit_id: str, link: places.LinkSpec) -> ReportingLine:
    return ReportingLine(
        unit_id=unit_id, recipient_id=link.unit_id, recipient_name=link.written, **_days(link.days)
    )


def _days(days: places.Days) -> dict[str, Any]:
    return {"starts_on": days.starts_on, "ends_on": days.ends_on, "legal_basis": days.legal_basis}


def _store_successions(specs: Iterable[places.SuccessionSpec]) -> None:
    UnitSuccession.objects.bulk_create(
        (
            UnitSuccession(
                predecessor_id=spec.predecessor,
                successor_id=spec.successor,
                reason=spec.reason,
                takes_effect_on=spec.takes_effect_on,
                legal_basis=spec.legal_basis,
                is_confirmed=spec.is_confirmed,
            )
            for spec in specs
        ),
        ignore_conflicts=True,
    )


def _store_reporting(lines: Iterable[tuple[str, places.LinkSpec]], only_of: frozenset[str]) -> None:
    ReportingLine.objects.bulk_create(
        _reporting(unit_id, link) for unit_id, link in lines if unit_id in only_of
    )


def _store_people(specs: Sequence[places.PersonSpec], passphrase: str, at: datetime) -> None:
    there = {
        person.username: person for person in Person.objects.filter(username__in=[s.username for s in specs])
    }
    stored = {person.password for person in there.values()}
    # One hash for all of them: they share the passphrase, and a hash costs a third of a second.
    same = len(there) == len(specs) and len(stored) == 1 and check_password(passphrase, min(stored))
    password = min(stored) if same else make_password(passphrase)
    for spec in specs:
        person = there.get(spec.username) or Person(
            username=spec.username, full_name=spec.full_name, date_joined=at
        )
        if person.password != password:
            person.password = password
            person.save()
        Position.objects.get_or_create(
            person=person, unit_id=spec.unit_id, role=Role(spec.role), defaults={"title": spec.title}
        )
