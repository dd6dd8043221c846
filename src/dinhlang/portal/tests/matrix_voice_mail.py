"""Who gets what from the link in letters to senders: whoever has one, without a session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {}
PUBLIC: dict[str, int] = {"voice-mail:stop": 410}
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {"voice-mail:stop": lambda world: ["khong-co"]}
