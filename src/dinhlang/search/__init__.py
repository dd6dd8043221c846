"""Finding things by Vietnamese words, in plain Python: no Django, and no server unless one is wanted.

A `Document` is what can be found: an article, a procedure, an official document, an answer. An `Engine` keeps their words
and is never the only copy: it is made again from the database at any time (`rebuild`). There are two: `Index`, a folder;
`opensearch.OpenSearch`, a server. `Question.of` understands what a person typed; `find` answers with a `Found`: the best,
how many there are, and how they part by kind or field. `marks` and `excerpt` show a found text with the words that were asked for.

Every word is kept twice: as it is written (in NFC, new-style tone marks, i for a final y) and folded (no marks, đ as d).
So “ho tich”, “hộ tịch”, HỘ TỊCH and decomposed letters find the same, and what is written as it was asked stands first.
Used by `portal.search`; the worker is the one that writes (ADR 0016).
"""

from dinhlang.search.engine import Engine
from dinhlang.search.excerpts import Mark, excerpt, marks
from dinhlang.search.index import Index
from dinhlang.search.model import Document, Found, Hit
from dinhlang.search.question import Question

__all__ = ["Document", "Engine", "Found", "Hit", "Index", "Mark", "Question", "excerpt", "marks"]
