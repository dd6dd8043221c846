"""Damaged text restored: read by a machine without Vietnamese, typed without marks, saved in the wrong code.

`damage` (in `dinhlang.vietnamese`) says what happened to each part; `tokens` cuts it into words and what is left alone;
`options` and `plain` say what each word may have been, by the `channel` of misreadings or by its letters; `lattice`
finds the likeliest row of words by the language model; `passes` looks twice, `sister` brings in a document that says
nearly the same, `light` mends slips in sound text, `names` and `result` see to it that nothing is changed silently.
`reading` reads a document from its restored text.

The text that comes out is never the original: `Repaired.is_changed`, and every change with its place, is there to be shown.
"""

from __future__ import annotations

from dinhlang.officialdoc.repair.reading import read_repaired
from dinhlang.officialdoc.repair.restore import repair
from dinhlang.officialdoc.repair.result import SCHEMA, Change, Class, Repaired, to_json

__all__ = ["SCHEMA", "Change", "Class", "Repaired", "read_repaired", "repair", "to_json"]
