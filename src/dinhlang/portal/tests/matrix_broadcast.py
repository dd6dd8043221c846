"""Who gets what from the addresses of the radio."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.broadcast.actions import load_demo
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Session, Slot
from dinhlang.portal.tests.cast import CAST, EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_WRITERS = dict.fromkeys(("van-hoa", "van-phong", "truyen-thanh"), 200)


def _bulletin(world: World) -> list[Any]:
    """One in work."""
    load_demo(at=world.at)
    return [Bulletin.objects.get(unit=world.commune, state="draft").pk]


def _session(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Session.objects.filter(programme__unit=world.commune).first().pk]  # type: ignore[union-attr]  # so has it one


def _slot(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Slot.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # the demonstration has two


def _entry(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [AirLogEntry.objects.filter(unit=world.commune).first().number]  # type: ignore[union-attr]  # so has its log


MATRIX: dict[str, dict[str, int]] = {
    "broadcast:bulletins": EVERYONE,
    "broadcast:export": ONLY_BY_A_FORM,
    "broadcast:new": {**dict.fromkeys(CAST, 404), **_WRITERS, NEIGHBOUR: 200},
    "broadcast:programme": EVERYONE,
    "broadcast:programme-make": ONLY_BY_A_FORM,
    "broadcast:slots": EVERYONE,
    "broadcast:slot-add": ONLY_BY_A_FORM,
    "broadcast:rules": ONLY_BY_A_FORM,
    "broadcast:slot-end": ONLY_BY_A_FORM,
    "broadcast:session": WHO_MAY_SEE_IT,
    "broadcast:session-change": ONLY_BY_A_FORM,
    "broadcast:session-paper": WHO_MAY_SEE_IT,
    "broadcast:log": EVERYONE,
    "broadcast:log-export": ONLY_BY_A_FORM,
    "broadcast:log-take-back": ONLY_BY_A_FORM,
    "broadcast:bulletin": WHO_MAY_SEE_IT,
    "broadcast:edit": {**dict.fromkeys(CAST, 404), **_WRITERS},
    "broadcast:step": ONLY_BY_A_FORM,
    "broadcast:say-in": ONLY_BY_A_FORM,
    "broadcast:recording": ONLY_BY_A_FORM,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "broadcast:export": lambda world: ["csv"],
    "broadcast:slot-end": _slot,
    "broadcast:session": _session,
    "broadcast:session-change": _session,
    "broadcast:session-paper": _session,
    "broadcast:log-export": lambda world: ["csv"],
    "broadcast:log-take-back": _entry,
    "broadcast:bulletin": _bulletin,
    "broadcast:edit": _bulletin,
    "broadcast:step": _bulletin,
    "broadcast:say-in": _bulletin,
    "broadcast:recording": _bulletin,
}
