"""Who holds which position on a day, which units they may therefore see, and who belongs to a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from dinhlang.org.models import EARLIEST_FIRST, Person, Position, Unit, UnitPlacement
from dinhlang.org.queries.standing import PARTS, body_of, ids_below
from dinhlang.org.queries.succession import predecessor_ids, successors
from dinhlang.org.rules import ROLES, Role
from dinhlang.vietnamese.text import name_key


def positions(person: Person | AnonymousUser, on: date) -> QuerySet[Position]:
    """The person's positions in force on that day, with their units."""
    if person.pk is None:
        return Position.objects.none()
    held: QuerySet[Position] = (
        Position.objects.in_force(on).filter(person_id=person.pk).select_related("unit")
    )
    return held


def home_units(person: Person | AnonymousUser, on: date) -> list[Unit]:
    """The bodies the person acts for on that day (not those they only read), in the order of their positions."""
    return homes_of(positions(person, on), on)


def homes_of(posts: Iterable[Position], on: date) -> list[Unit]:
    """As `home_units`, of posts that are known already."""
    acting = [post for post in posts if not ROLES[Role(post.role)].sees_below]
    return list(dict.fromkeys(body_of(post.unit, on) for post in acting))


def visible_units(person: Person | AnonymousUser | None, on: date) -> QuerySet[Unit]:
    """The units whose matters the person may read on that day: every query of the rooms above goes through it.

    Their own bodies with departments and hamlets; for a role that sees below, everything below; and the
    units these took over from. `None` is the operator at the command line, who sees all; a person without
    a position, or one who is not signed in, sees none.
    """
    if person is None:
        return Unit.objects.all()
    if not person.is_active:
        return Unit.objects.none()
    return Unit.objects.filter(id__in=ids_read_in(positions(person, on), on))


def ids_read_in(posts: Iterable[Position], on: date) -> set[str]:
    """Ids of the units whose matters whoever holds these posts may read on that day (see `visible_units`)."""
    ids: set[str] = set()
    for post in posts:
        home = body_of(post.unit, on)
        ids |= {home.id} | ids_below(home, on, parts_only=not ROLES[Role(post.role)].sees_below)
    return ids | predecessor_ids(ids, on)


def is_read_in(posts: Iterable[Position], unit: Unit, on: date) -> bool:
    """Whether the unit is among `ids_read_in`. Asked from the unit upwards: below a nation are 3,321 communes and the
    10,000 they took over from, above a commune are two."""
    homes: dict[str, bool] = {}
    for post in posts:
        home = body_of(post.unit, on).pk
        homes[home] = homes.get(home, False) or ROLES[Role(post.role)].sees_below
    return bool(homes) and any(_is_within(homes, one, on) for one in (unit, *successors(unit, on)))


def _is_within(homes: Mapping[str, bool], unit: Unit, on: date) -> bool:
    """Whether the unit is one of these bodies or stands below one. `homes` says of each whether all below it is meant, or
    its departments and hamlets only."""
    # With each unit on the way up: whether only such parts lie below it.
    layer, seen = {unit.pk: True}, {unit.pk}
    while layer:
        if any(pk in homes and (homes[pk] or only_parts) for pk, only_parts in layer.items()):
            return True
        placed = UnitPlacement.objects.in_force(on).filter(unit__in=layer)
        above: dict[str, bool] = {}
        for pk, level, parent in placed.values_list("unit_id", "unit__level", "parent_id"):
            if parent not in seen:
                above[parent] = above.get(parent, False) or (layer[pk] and level in PARTS)
        seen |= above.keys()
        layer = above
    return False


def ids_of_body(body: Unit, on: date) -> set[str]:
    """Ids of a body and of its departments and hamlets on that day."""
    return {body.pk} | ids_below(body, on, parts_only=True)


def posts_of(body: Unit) -> QuerySet[Position]:
    """Every position ever held in a body or in what is or was its department or hamlet."""
    parts = Unit.objects.filter(placements__parent=body, level__in=(Unit.Level.HAMLET, Unit.Level.DEPARTMENT))
    # A subquery: a join would give a post once for each placement of its unit.
    rows: QuerySet[Position] = Position.objects.filter(Q(unit=body) | Q(unit__in=parts.values("pk")))
    return rows.select_related("person", "unit").order_by("person", EARLIEST_FIRST, "pk")


def posts_in(body: Unit, on: date) -> QuerySet[Position]:
    """The positions in force on that day in a body and its departments and hamlets."""
    held: QuerySet[Position] = (
        Position.objects.in_force(on)
        .filter(unit__in=ids_of_body(body, on))
        .select_related("person", "unit")
        .order_by(EARLIEST_FIRST, "pk")
    )
    return held


def body_of_person(person: Person, on: date) -> Unit | None:
    """The body of the first post the person holds on that day, else of the last one they held or will hold."""
    post = positions(person, on).order_by(EARLIEST_FIRST, "pk").first()
    if post is None:
        post = person.positions.select_related("unit").order_by(EARLIEST_FIRST, "pk").last()
    return body_of(post.unit, on) if post else None


def by_given_name(posts: Iterable[Position]) -> list[Position]:
    """Posts in the order of their people's given names."""
    return sorted(posts, key=lambda post: name_key(post.person.full_name))


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a list of a body: the posts held there on the day, and those before and after."""

    person: Person
    held: tuple[Position, ...]
    others: tuple[Position, ...]


def people_of(body: Unit, on: date) -> list[Member]:
    """Whoever holds, held or will hold a post in a body, in the order of given names. Two questions in all."""
    found: dict[Person, list[Position]] = {}
    for post in posts_of(body):
        found.setdefault(post.person, []).append(post)
    listed = [
        Member(
            person,
            tuple(post for post in posts if _holds(post, on)),
            tuple(post for post in posts if not _holds(post, on)),
        )
        for person, posts in found.items()
    ]
    return sorted(listed, key=lambda each: name_key(each.person.full_name))


def _holds(post: Position, on: date) -> bool:
    return (post.starts_on is None or post.starts_on <= on) and (post.ends_on is None or post.ends_on > on)
