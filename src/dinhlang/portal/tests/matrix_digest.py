"""Who gets what from news by mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.models import Site
from dinhlang.portal.tests.cast import EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_EDITORS = {**dict.fromkeys(EVERYONE, 404), "van-hoa": 200, "van-phong": 200, NEIGHBOUR: 200}

MATRIX: dict[str, dict[str, int]] = {
    "digest-desk:desk": _EDITORS,
    "digest-desk:preview": {**_EDITORS, NEIGHBOUR: 404},
    "digest-desk:take-out": ONLY_BY_A_FORM,
}

# For readers, who show a signed link and no session.
PUBLIC: dict[str, int] = {
    "digest:subscribe": 200,
    "digest:confirm": 410,
    "digest:choose": 410,
    "digest:leave": 200,
}

ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "digest:subscribe": lambda world: [Site.objects.get(unit=world.commune).path],
    **dict.fromkeys(("digest:confirm", "digest:choose", "digest:leave"), lambda world: ["khong-co"]),
}
