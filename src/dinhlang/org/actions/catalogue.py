"""Loading the catalogue of units, and the fictional communes of the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction

from dinhlang.org import places
from dinhlang.org.actions.audit import audit
from dinhlang.org.models import (
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from dinhlang.org.rules import Role, folded_name

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
def load_demo(*, at: datetime, passphrase: str, name: str = "demo") -> list[tuple[str, str]]:
    """Store the fictional communes and their people, who sign in with the passphrase; `name` is a file of `data/`.

    Gives (sign-in name, who it is) of each. A second load changes nothing but the passphrase.
    """
    demo = places.collection(name)
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
