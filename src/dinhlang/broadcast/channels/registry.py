"""Which ways a published thing has to people, and what each says it carried of it: what the board shows.

Every way registers itself where its room is made ready, so that nobody edits the board for a new one:

    registry.add(Way("in", _("Ấn phẩm"), 40, prints_carried))

where `prints_carried(kind, keys)` gives, for each key that has something, what was carried, the newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Carried:
    """One thing that went out, or should have. `tone` is 'done', 'wait', 'late' or 'calm', `page` where the desk tells more."""

    where: str
    state: str
    tone: str
    at: datetime | None = None
    detail: str = ""
    page: str = ""
    address: str = ""


Asked = Callable[[str, Sequence[str]], Mapping[str, list[Carried]]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to people: its name in addresses, what the board calls it, where it stands, and what it carried of things."""

    name: str
    label: str | Promise
    order: int
    carried: Asked


_ways: dict[str, Way] = {}


def add(way: Way) -> None:
    """Register a way; one of the same name takes its place."""
    _ways[way.name] = way


def ways() -> list[Way]:
    """All ways, in the order of the board."""
    return sorted(_ways.values(), key=lambda way: (way.order, way.name))
