"""The runs of a document as they travel inside its PDF: what a page shows of bold words, and does not of figures.

A .docx has its runs and bookmarks; a page has letters. So the file carries, for each paragraph that is more than plain
words, where its runs end and which figures they show. It carries no words: whose runs these are is told by a digest of
the words that are seen, and of words that were changed since nothing is said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from dinhlang.officialdoc.model import Document, Paragraph

NAME = "dinhlang-runs.json"
"""What the file inside the PDF is called."""
SCHEMA = "dinhlang.runs/1"


def told(document: Document) -> str | None:
    """The runs as JSON; None where all paragraphs are plain.

    `paragraphs` holds for each, in their order, the digest of its letters and its runs: how many letters, whether the
    space after them is the run's, bold, italic, the anchor of the figure.
    """
    blocks = (*document.body, *(block for one in document.appendices for block in one.blocks))
    by_digest = [(letters_digest(one.text), one) for one in blocks if isinstance(one, Paragraph)]
    # Of two paragraphs with the same words the plain one is told too, so that they are not taken for each other.
    wanted = {digest for digest, one in by_digest if not _is_plain(one)}
    paragraphs = [(digest, list(_runs(one))) for digest, one in by_digest if digest in wanted]
    if not paragraphs:
        return None
    return json.dumps({"schema": SCHEMA, "paragraphs": paragraphs}, separators=(",", ":"))


def letters_digest(text: str) -> str:
    """What a paragraph is known by: its letters, for a page tells nothing of its spaces."""
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def _is_plain(paragraph: Paragraph) -> bool:
    return not any(run.bold or run.italic or run.fact is not None for run in paragraph.runs)


def _runs(paragraph: Paragraph) -> Iterator[tuple[int, bool, bool, bool, str | None]]:
    for run in paragraph.runs:
        letters = len("".join(run.text.split()))
        if letters:
            yield letters, run.text[-1].isspace(), run.bold, run.italic, run.fact
