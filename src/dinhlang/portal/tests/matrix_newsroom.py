"""Who gets what from the newsroom, on the desk and by an approval link."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import CAST, EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM, REVIEWER

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

# The draft of the world is seen by those who act for the commune; what was never public is nobody else's.
_WHO_ACTS_THERE = {**EVERYONE, NEIGHBOUR: 404, REVIEWER: 404}
_WRITERS = ("van-hoa", "van-phong", "mot-cua", "truyen-thanh", "truong-thon", "cong-tac-vien")

MATRIX: dict[str, dict[str, int]] = {
    "newsroom:list": EVERYONE,
    "newsroom:export": ONLY_BY_A_FORM,
    "newsroom:board": EVERYONE,
    "newsroom:statistics": EVERYONE,
    "newsroom:statistics-export": ONLY_BY_A_FORM,
    "newsroom:new": {**dict.fromkeys(CAST, 404), **dict.fromkeys(_WRITERS, 200), NEIGHBOUR: 200},
    "newsroom:import": {**dict.fromkeys(CAST, 404), "van-hoa": 200, "van-phong": 200, NEIGHBOUR: 200},
    "newsroom:old-pictures": {**dict.fromkeys(CAST, 404), "van-hoa": 200, "van-phong": 200, NEIGHBOUR: 200},
    # The world has none.
    "newsroom:old-picture": dict.fromkeys(CAST, 404),
    "newsroom:digest": ONLY_BY_A_FORM,
    "newsroom:begin": ONLY_BY_A_FORM,
    "newsroom:preview": ONLY_BY_A_FORM,
    "newsroom:paste": ONLY_BY_A_FORM,
    "newsroom:item": _WHO_ACTS_THERE,
    # Whoever wrote it, and those who look items through.
    "newsroom:edit": {**dict.fromkeys(CAST, 404), "cong-tac-vien": 200, "van-hoa": 200, "van-phong": 200},
    "newsroom:autosave": ONLY_BY_A_FORM,
    "newsroom:deed": ONLY_BY_A_FORM,
    "newsroom:bulletin": ONLY_BY_A_FORM,
    "newsroom:send": ONLY_BY_A_FORM,
    "newsroom:spread": EVERYONE,
    "newsroom:spread-export": ONLY_BY_A_FORM,
    "newsroom:print": ONLY_BY_A_FORM,
    "newsroom:sound-again": ONLY_BY_A_FORM,
    "newsroom:assign": ONLY_BY_A_FORM,
    "newsroom:classify": ONLY_BY_A_FORM,
    "newsroom:history": _WHO_ACTS_THERE,
    "newsroom:picture-add": ONLY_BY_A_FORM,
    "newsroom:picture": _WHO_ACTS_THERE,
    "newsroom:picture-change": ONLY_BY_A_FORM,
    "newsroom:picture-remove": ONLY_BY_A_FORM,
    "newsroom:document-add": ONLY_BY_A_FORM,
    "newsroom:document-remove": ONLY_BY_A_FORM,
    "newsroom:recording": ONLY_BY_A_FORM,
    "newsroom:link-make": ONLY_BY_A_FORM,
    "newsroom:link-revoke": ONLY_BY_A_FORM,
}

# The link is the key; one that is none says so, whoever asks.
PUBLIC: dict[str, int] = {"approval": 410, "approval-picture": 404}


def _item(world: World) -> list[Any]:
    return [world.item.pk]


def _picture(world: World) -> list[Any]:
    return [world.item.draft.pictures.get().pk] if world.item.draft else []


ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "newsroom:export": lambda world: ["xlsx"],
    "newsroom:spread-export": lambda world: ["xlsx"],
    "newsroom:statistics-export": lambda world: ["xlsx"],
    "newsroom:deed": lambda world: [world.item.pk, "submit"],
    "newsroom:picture": _picture,
    "newsroom:picture-change": _picture,
    "newsroom:picture-remove": _picture,
    "newsroom:document-remove": lambda world: [1],
    "newsroom:old-picture": lambda world: [1],
    "newsroom:link-revoke": lambda world: [1],
    "approval": lambda world: ["khong-co"],
    "approval-picture": lambda world: ["khong-co", 1],
    **dict.fromkeys(
        (
            "newsroom:item",
            "newsroom:edit",
            "newsroom:autosave",
            "newsroom:bulletin",
            "newsroom:send",
            "newsroom:print",
            "newsroom:sound-again",
            "newsroom:assign",
            "newsroom:classify",
            "newsroom:history",
            "newsroom:picture-add",
            "newsroom:document-add",
            "newsroom:recording",
            "newsroom:link-make",
        ),
        _item,
    ),
}
