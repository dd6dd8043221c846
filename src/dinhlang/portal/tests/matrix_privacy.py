"""Who gets what from the addresses of data requests and of breaches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import CAST, ONLY_BY_A_FORM
from dinhlang.privacy import actions
from dinhlang.privacy.breaches import actions as breaches
from dinhlang.privacy.models import Breach, DataRequest
from dinhlang.privacy.rules.breaches import Nature, Source
from dinhlang.privacy.rules.states import Kind

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_NOBODY = dict.fromkeys(CAST, 404)
_HANDLERS = {**_NOBODY, **dict.fromkeys(("chu-tich", "van-phong"), 200)}


def _request(world: World) -> DataRequest:
    asked = actions.Asked(Kind.ERASE, "", "Nguyễn Thị Thử", "0900000001")
    return actions.submit(unit=world.commune, asked=asked, key="0123456789abcdef", at=world.at).request


def _breach(world: World) -> Breach:
    known = breaches.Known(
        world.at - timedelta(hours=1), None, Source.OFFICIAL, Nature.LEAK, "Gửi nhầm danh sách."
    )
    return breaches.note(unit=world.commune, known=known, by=world.people["van-phong"], at=world.at)


MATRIX: dict[str, dict[str, int]] = {
    "privacy:requests": _HANDLERS,
    "privacy:export": ONLY_BY_A_FORM,
    "privacy:new": _HANDLERS,
    "privacy:request": _HANDLERS,
    "privacy:step": ONLY_BY_A_FORM,
    "privacy:original": _HANDLERS,
    "privacy:file": ONLY_BY_A_FORM,
    "breaches:breaches": _HANDLERS,
    "breaches:export": ONLY_BY_A_FORM,
    "breaches:new": _HANDLERS,
    "breaches:breach": _HANDLERS,
    "breaches:amend": _HANDLERS,
    "breaches:step": ONLY_BY_A_FORM,
    "breaches:paper": _HANDLERS,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "privacy:export": lambda world: ["csv"],
    "privacy:request": lambda world: [_request(world).pk],
    "privacy:step": lambda world: [_request(world).pk],
    "privacy:original": lambda world: [_request(world).pk],
    "privacy:file": lambda world: [_request(world).pk],
    "breaches:export": lambda world: ["csv"],
    "breaches:breach": lambda world: [_breach(world).pk],
    "breaches:amend": lambda world: [_breach(world).pk],
    "breaches:step": lambda world: [_breach(world).pk],
    "breaches:paper": lambda world: [_breach(world).pk, "thong-bao", "docx"],
}
