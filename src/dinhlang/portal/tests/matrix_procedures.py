"""Who gets what from the addresses of procedures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT
from dinhlang.procedures.actions import load_demo
from dinhlang.procedures.models import Decision, Place, Procedure

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World


def _procedure(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Procedure.objects.get(unit=world.commune, code="1.001193").pk]


def _decision(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Decision.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # so has it one


def _place(world: World) -> list[Any]:
    load_demo(at=world.at)
    return [Place.objects.filter(unit=world.commune).first().pk]  # type: ignore[union-attr]  # the demonstration has one


MATRIX: dict[str, dict[str, int]] = {
    "procedures:list": EVERYONE,
    "procedures:export": ONLY_BY_A_FORM,
    "procedures:codes": EVERYONE,
    "procedures:import": EVERYONE,
    "procedures:import-confirm": ONLY_BY_A_FORM,
    "procedures:decisions": EVERYONE,
    "procedures:decision": WHO_MAY_SEE_IT,
    "procedures:postings": EVERYONE,
    "procedures:place-add": ONLY_BY_A_FORM,
    "procedures:place-change": ONLY_BY_A_FORM,
    "procedures:post": ONLY_BY_A_FORM,
    "procedures:procedure": WHO_MAY_SEE_IT,
    "procedures:notice": WHO_MAY_SEE_IT,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "procedures:export": lambda world: ["csv"],
    "procedures:codes": lambda world: ["a4"],
    "procedures:place-change": _place,
    "procedures:post": _place,
    "procedures:procedure": _procedure,
    "procedures:decision": _decision,
    "procedures:notice": lambda world: [*_procedure(world), "a4"],
}
