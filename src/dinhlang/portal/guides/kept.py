"""Which pages of guides there are to keep."""

from __future__ import annotations

from collections.abc import Iterator

from dinhlang.onestop.support.guides import all_guides
from dinhlang.portal.sites.addresses import LANGUAGES, Addresses
from dinhlang.portal.sites.registry import SiteNow


def addresses(site: SiteNow) -> Iterator[str]:
    """Every page of guides of a site, in both languages."""
    for language in LANGUAGES:
        to = Addresses(site, language)
        yield to.guides
        for guide in all_guides():
            yield to.guide(guide.id)
            for number in range(1, len(guide.steps) + 1):
                yield to.guide_step(guide.id, number)
