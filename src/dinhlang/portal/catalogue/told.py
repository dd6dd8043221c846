"""What the room of procedures cannot know: at which address a site shows one, and the commune's hotline."""

from __future__ import annotations

from dinhlang.org.models import Unit
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute


def address(unit: Unit, code: str) -> str:
    """The whole address of a procedure on the unit's site, of its catalogue for ''; '' without a site."""
    site = registry.now().by_unit.get(unit.pk)
    if site is None:
        return ""
    to = Addresses(site)
    return absolute(site, to.procedure(code) if code else to.procedures)


def hotline(unit: Unit) -> str:
    """The hotline of the unit's site, '' when there is none."""
    site = registry.now().by_unit.get(unit.pk)
    return site.hotline if site is not None else ""
