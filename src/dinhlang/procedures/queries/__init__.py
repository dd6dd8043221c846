"""What can be asked of procedures: what stands on a day, what changed, what hangs where. Days are always given."""

from dinhlang.procedures.queries.catalogue import (
    Page,
    catalogue,
    catalogue_ids,
    changes_feed,
    fields_of,
    page,
    page_of,
    procedure,
    standing_versions,
    version_on,
    with_versions,
)
from dinhlang.procedures.queries.events import (
    LifeEvent,
    events_of,
    life_event,
    life_events,
    narrowed,
    standing_in_order,
)
from dinhlang.procedures.queries.previews import FATE_WORDS, Fate, Preview, preview

__all__ = [
    "FATE_WORDS",
    "Fate",
    "LifeEvent",
    "Page",
    "Preview",
    "catalogue",
    "catalogue_ids",
    "changes_feed",
    "events_of",
    "fields_of",
    "life_event",
    "life_events",
    "narrowed",
    "page",
    "page_of",
    "preview",
    "procedure",
    "standing_in_order",
    "standing_versions",
    "version_on",
    "with_versions",
]
