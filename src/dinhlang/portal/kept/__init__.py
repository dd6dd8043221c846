"""Public pages kept as files: each is rendered once for a change, and served without asking the database (ADR 0015).

Whoever changes something that public pages show says so with `changed("item:5", "column:2")` inside the transaction.
The tags are `item:<pk>`, `column:<pk>`, `procedure:<code>`, `site:<pk>` (all pages of the site), `report:<pk>`
and `plan:<pk>`.
"""

from dinhlang.portal.kept.changes import changed

__all__ = ["changed"]
