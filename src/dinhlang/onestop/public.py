"""What only the room of public pages knows: where a citizen looks a dossier up."""

from __future__ import annotations

from collections.abc import Callable

from dinhlang.org.models import Unit

_address: list[Callable[[Unit, str], str]] = []


def tell(address: Callable[[Unit, str], str]) -> None:
    """Let the room of public pages say where a unit's dossiers are looked up, with a code filled in or '' for none.

    It gives '' for a unit that has no open site.
    """
    _address[:] = [address]


def address(unit: Unit, code: str = "") -> str:
    """The whole address, for a QR code and to be typed; '' where there is no such page."""
    return _address[0](unit, code) if _address else ""
