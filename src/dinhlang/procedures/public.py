"""Where a procedure stands on the public pages: the room above says so, since this one does not know the sites."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from dinhlang.org.models import Unit

Address = Callable[[Unit, str], str]
_said: list[Address] = []


def tell(address: Address) -> None:
    """Let the room of public pages say at which whole address a unit shows a code ('' for its whole catalogue)."""
    _said[:] = [address]


def address(unit: Unit, code: str = "") -> str:
    """The whole address, for a QR code and for machines."""
    if _said:
        return _said[0](unit, code)
    rest = f"{code}/" if code else ""
    return f"{str(settings.PUBLIC_URL).rstrip('/')}/{unit.pk}/thu-tuc/{rest}"
