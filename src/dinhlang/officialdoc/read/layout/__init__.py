"""Pages of words and rules to text: reading order, columns, tables as '|' rows, whole paragraphs.

`rows` puts words into lines, `running` takes off what belongs to the page and not to the text, `grid` finds ruled
tables and `open_tables` those without rules, `columns` parts what stands side by side, `paragraphs` joins lines,
`compose` writes the text and remembers where each of its words stands.
"""

from __future__ import annotations

from dinhlang.officialdoc.read.layout.compose import text_of

__all__ = ["text_of"]
