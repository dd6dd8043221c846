"""Who gets what from the addresses of citizens' feedback."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.kinds import Nature, Way
from dinhlang.portal.tests.cast import CAST

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_READERS = {**dict.fromkeys(CAST, 404), **dict.fromkeys(("chu-tich", "van-hoa", "van-phong", "mot-cua"), 200)}


def _case(world: World) -> list[Any]:
    case, _ = Case.objects.get_or_create(
        code="PA-MATRIX00",
        defaults={
            "unit": world.commune,
            "way": Way.COUNTER,
            "nature": Nature.FEEDBACK,
            "category": "khac",
            "words": "Đèn đường cháy",
            "received_at": world.at,
            "changed_at": world.at,
        },
    )
    return [case.pk]


MATRIX: dict[str, dict[str, int]] = {
    "citizens:cases": {**_READERS, "ben-dua": 200},
    "citizens:case": _READERS,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "citizens:case": _case,
}
