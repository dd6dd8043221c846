"""Who stands in which part of the office, and which cases are theirs by it. A post in a part is what makes somebody one of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.parts import FIT_ROLES, is_head
from dinhlang.citizens.rules.states import ENDED, State
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.queries.standing import PARTS
from dinhlang.vietnamese.text import name_key


@dataclass(frozen=True, slots=True)
class People:
    """Those of a part who handle what is given to it: its heads first, then by given name. `heads` are among them."""

    all: tuple[Person, ...] = ()
    heads: tuple[Person, ...] = ()


def people_of_parts(part_ids: Iterable[str], on: date) -> dict[str, People]:
    """The people of each of these parts on a day; a part without any is not among the keys. One question."""
    posts = Position.objects.in_force(on).filter(
        unit__in=set(part_ids), role__in=FIT_ROLES, person__is_active=True
    )
    found: dict[str, dict[Person, bool]] = {}
    for post in posts.select_related("person"):
        known = found.setdefault(post.unit_id, {})
        known[post.person] = known.get(post.person, False) or is_head(post.role, post.title)
    return {
        part: People(
            tuple(sorted(known, key=lambda one: (not known[one], name_key(one.full_name)))),
            tuple(one for one in known if known[one]),
        )
        for part, known in found.items()
    }


def has_people(part: Unit, body: Unit, on: date) -> bool:
    """Whether a part of the body is in being on a day, with anybody who can handle what is given to it."""
    return part.pk in org.ids_below(body, on, parts_only=True) and part.pk in people_of_parts([part.pk], on)


def stands_in(person: Person, part_id: str, on: date) -> bool:
    """Whether somebody handles what is given to a part, on a day."""
    posts = Position.objects.in_force(on).filter(person=person, unit=part_id, role__in=FIT_ROLES)
    return person.is_active and posts.exists()


def has_left(person: Person, part_id: str, on: date) -> bool:
    """Whether somebody stood in a part before and does no more. Whoever never did has what was given to them by name."""
    ended = Position.objects.filter(person=person, unit=part_id, ends_on__lte=on)
    return not stands_in(person, part_id, on) and ended.exists()


def has_still(person: Person, on: date) -> Q:
    """The cases that somebody was given and has still, as `has_left` says it of many: those of a part they left are theirs no more,
    though the worker takes them back only by the hour."""
    posts = Position.objects.filter(person=person)
    ended = posts.filter(ends_on__lte=on).values("unit")
    stands = posts.in_force(on).filter(role__in=FIT_ROLES).values("unit")
    return Q(handler=person) & (Q(part=None) | Q(part__in=stands) | ~Q(part__in=ended))


def parts_of(posts: Iterable[Position]) -> set[str]:
    """The parts in which whoever holds these posts handles cases."""
    return {post.unit_id for post in posts if post.unit.level in PARTS and post.role in FIT_ROLES}


def given_to(person: Person, parts: Collection[str], units: Iterable[str], on: date) -> list[int]:
    """Of the cases of these units that have not ended, those somebody has and those of the parts in which they stand, on a day."""
    kept, rows = set(units), Case.objects.filter(state__in=set(State) - ENDED).order_by()
    own, ours = rows.filter(has_still(person, on)), rows.filter(part__in=parts)
    # Units are looked at here: asked for them as well, SQLite goes through all cases of the unit for the few of a part.
    found = own.values_list("pk", "unit").union(ours.values_list("pk", "unit"))
    return [pk for pk, unit in found if unit in kept]


def was_given(person: Person, parts: Collection[str]) -> bool:
    """Whether anything was ever given to somebody or to these parts."""
    return Case.objects.filter(handler=person).exists() or Case.objects.filter(part__in=list(parts)).exists()
