"""The frame around every page of the desk: its menu, and who is looking.

Each room puts its own places into the menu from its `AppConfig.ready`; the frame shows those that the person may
use. Which shortcut leads where is said once, here, and printed by the page itself.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst

from dinhlang.org import queries
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import ROLES, Permission, Role


@dataclass(frozen=True, order=True)
class Entry:
    """A place in the menu. `url_name` is reversed without arguments; `icon` is a name of lucide's.

    Shown to whoever has `permission` in any unit today, to all when it is `None`. `key` is pressed after 'g';
    `short` stands in the narrow bar of a phone.
    """

    order: int
    label: str | Promise = field(compare=False)
    url_name: str
    icon: str = field(compare=False)
    permission: Permission | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)
    short: str | Promise = field(default="", compare=False)


_entries: list[Entry] = []


def add(entry: Entry) -> None:
    """Put a place into the menu, once."""
    if entry not in _entries:
        insort(_entries, entry)


class Looking:
    """Who looks at the desk in this request: posts held today, and what they allow anywhere.

    The posts are read once for a request; the gate, the menu and the pages share them.
    """

    def __init__(self, person: Person, on: date) -> None:
        self.person = person
        self.on = on

    @cached_property
    def posts(self) -> list[Position]:
        return list(queries.positions(self.person, self.on))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(ROLES[Role(post.role)].permissions for post in self.posts))

    @cached_property
    def home_units(self) -> list[Unit]:
        """The bodies the person acts for, in the order of their posts."""
        return queries.homes_of(self.posts, self.on)

    @cached_property
    def home_names(self) -> dict[str, str]:
        """Names by id of the bodies the person acts for: 'Xã Bến Trúc'."""
        titles = queries.titles_of((unit.pk for unit in self.home_units), self.on)
        return {unit.pk: capfirst(titles[unit.pk]) for unit in self.home_units}

    @cached_property
    def readable_ids(self) -> set[str]:
        """Ids of the units whose matters the person may read."""
        return queries.ids_read_in(self.posts, self.on) if self.person.is_active else set()

    def reads(self, unit: Unit) -> bool:
        """Whether the person may read the unit's matters: quicker than all of `readable_ids` for one unit."""
        return self.person.is_active and queries.is_read_in(self.posts, unit, self.on)

    def permissions_in(self, unit: Unit) -> frozenset[Permission]:
        """What the posts held in this body, or in its departments and hamlets, allow in it."""
        roles = [ROLES[Role(post.role)] for post in self.posts if queries.body_of(post.unit, self.on) == unit]
        return frozenset().union(*(role.permissions for role in roles if not role.sees_below))

    @cached_property
    def unit_name(self) -> str:
        """The body of the first post held: 'Xã Bến Trúc'."""
        if not self.posts:
            return ""
        body = queries.body_of(self.posts[0].unit, self.on)
        # One that the person only reads, as a reviewer does, is not among those acted for.
        return self.home_names.get(body.pk) or capfirst(queries.title_of(body, self.on))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the menu for whoever is looking; nothing on pages outside the desk."""
    looking: Looking | None = getattr(request, "looking", None)
    if looking is None:
        return {}
    places = [
        (entry, reverse(entry.url_name))
        for entry in _entries
        if entry.permission is None or entry.permission in looking.permissions
    ]
    here = _here(request.path, [address for _, address in places])
    return {
        "looking": looking,
        "menu": [{"entry": entry, "address": address, "here": address == here} for entry, address in places],
    }


def _here(path: str, addresses: list[str]) -> str:
    """The place of the menu under which a page lies: the nearest one above it, the first page only for itself."""
    above = [
        one for one in addresses if path == one or (one != reverse("desk:home") and path.startswith(one))
    ]
    return max(above, key=len, default="")
