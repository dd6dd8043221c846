"""What only the room of public pages knows: where a procedure stands there, and the commune's hotline."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from dinhlang.org.models import Unit

_address: list[Callable[[Unit, str], str]] = []
_hotline: list[Callable[[Unit], str]] = []


def tell(address: Callable[[Unit, str], str], hotline: Callable[[Unit], str]) -> None:
    """Let the room of public pages say where a unit shows a code ('' for its whole catalogue), and its hotline.

    Both give '' for a unit that has no site.
    """
    _address[:], _hotline[:] = [address], [hotline]


def address(unit: Unit, code: str = "") -> str:
    """The whole address, for a QR code and for machines; that which a site would have where there is none yet."""
    told = _address[0](unit, code) if _address else ""
    rest = f"{code}/" if code else ""
    return told or f"{str(settings.PUBLIC_URL).rstrip('/')}/{unit.pk}/thu-tuc/{rest}"


def hotline(unit: Unit) -> str:
    """Where people say what is wrong with a rule; '' when nobody has said."""
    return _hotline[0](unit) if _hotline else ""
