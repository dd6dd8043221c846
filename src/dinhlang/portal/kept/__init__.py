"""Public pages kept as files: each is rendered once for a change, and served without asking the database (ADR 0015).

Whoever changes something that public pages show says so with `changed("item:5", "column:2")` inside the transaction.
The tags are `item:<pk>`, `column:<pk>` (what stands in it), `procedure:<code>`, `site:<pk>` (its frame, so all its
pages), `report:<pk>` and `plan:<pk>`. A page notes the tags of what it shows while it is rendered (`note`).
"""

from dinhlang.portal.kept.changes import changed
from dinhlang.portal.kept.recording import note

__all__ = ["changed", "note"]
