"""Who gets what from the addresses of prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dinhlang.broadcast.models import Print, PrintPlace, PrintRun
from dinhlang.broadcast.prints import actions
from dinhlang.broadcast.prints.actions import PlaceGiven, RunGiven, Sheet
from dinhlang.broadcast.prints.rules import Form, Words
from dinhlang.portal.tests.cast import CAST, EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM, WHO_MAY_SEE_IT
from dinhlang.work.photos import clean

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_WRITERS = dict.fromkeys(("van-hoa", "van-phong", "truyen-thanh"), 200)


def a_photo() -> bytes:
    """A small picture as a phone would send it."""
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 20).save(held, "PNG")
    return clean(held.getvalue()).data


def _print(world: World) -> list[Any]:
    words, sheet = Words("Nộp hồ sơ tại xã", "Không phải lên tỉnh."), Sheet(Form.BOARD)
    return [actions.write_print(unit=world.commune, words=words, sheet=sheet, by=None, at=world.at).pk]


def _printed(world: World) -> Print:
    made = Print.objects.get(pk=_print(world)[0])
    made = actions.approve_print(made=made, seen=made.digest, by=None, at=world.at)
    actions.record_run(made=made, run=RunGiven(localdate(world.at), 5), by=None, at=world.at)
    return made


def _run(world: World) -> list[Any]:
    return [PrintRun.objects.get(of=_printed(world)).pk]


def _place(world: World) -> PrintPlace:
    on = localdate(world.at)
    return actions.record_place(
        made=_printed(world),
        place=PlaceGiven("cổng chợ", 1, on, on, a_photo()),
        by=None,
        at=world.at,
    )


MATRIX: dict[str, dict[str, int]] = {
    "broadcast:prints": EVERYONE,
    "broadcast:print-new": {**dict.fromkeys(CAST, 404), **_WRITERS, NEIGHBOUR: 200},
    "broadcast:print-places": EVERYONE,
    "broadcast:print-places-export": ONLY_BY_A_FORM,
    "broadcast:print-place-step": ONLY_BY_A_FORM,
    "broadcast:print-photo": WHO_MAY_SEE_IT,
    "broadcast:print-run-take-back": ONLY_BY_A_FORM,
    "broadcast:print": WHO_MAY_SEE_IT,
    "broadcast:print-edit": {**dict.fromkeys(CAST, 404), **_WRITERS},
    "broadcast:print-step": ONLY_BY_A_FORM,
    "broadcast:print-picture": ONLY_BY_A_FORM,
    "broadcast:print-preview": WHO_MAY_SEE_IT,
    "broadcast:print-file": WHO_MAY_SEE_IT,
    "broadcast:print-run": ONLY_BY_A_FORM,
    "broadcast:print-place": ONLY_BY_A_FORM,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "broadcast:print-places-export": lambda world: ["csv"],
    "broadcast:print-place-step": lambda world: [_place(world).pk],
    "broadcast:print-photo": lambda world: [_place(world).pk, "nho"],
    "broadcast:print-run-take-back": _run,
    "broadcast:print": _print,
    "broadcast:print-edit": _print,
    "broadcast:print-step": _print,
    "broadcast:print-picture": _print,
    "broadcast:print-preview": lambda world: [*_print(world), 1],
    "broadcast:print-file": lambda world: [*_print(world), "may-in.pdf"],
    "broadcast:print-run": _print,
    "broadcast:print-place": _print,
}
