"""What the first page of a site says of procedures."""

from __future__ import annotations

from typing import Any

from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries
from dinhlang.portal.catalogue.views import changed, life_events
from dinhlang.portal.sites.frame import Place

MOST_LINES = 5


def for_home(place: Place) -> dict[str, Any]:
    """What happens in a life, and the newest changes; nothing for a site without procedures."""
    if not queries.has_any(place.to.site, today()):
        return {}
    return {
        "events": life_events(place),
        "changes": changed(place, queries.changes(place.to.site, today(), most=MOST_LINES)),
    }
