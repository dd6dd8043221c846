"""The document as it becomes: accepted fixes in it, a comment for each finding that is still open.

A Word file keeps everything it has; the fixes are tracked changes, so that whoever signs sees them. Any other document
is laid out anew as the law wants it, from its corrected text, with comments for what is still found there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dinhlang.archive.checking import Checked
from dinhlang.officialdoc.check import Finding, set_aside
from dinhlang.officialdoc.check.marked import Unmarkable, annotated
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.write import docx as laid_out
from dinhlang.org.rules import Refused
from dinhlang.org.unit_findings import judged


def docx(checked: Checked, data: bytes, *, author: str, at: datetime) -> bytes:
    """The .docx to download. `data` is the file as it came, `author` stands at each comment and change.

    Raises `Refused` for a Word file into which nothing can be written.
    """
    if checked.state.form == "docx":
        open_ones = list(checked.standing.values())
        return _marked(data, open_ones, checked.accepted, author, at)
    corrected = read_with_places(checked.corrected_text.encode("utf-8", "replace"), "van-ban.txt").document
    made = laid_out(corrected)
    reading = read_with_places(made, "van-ban.docx")
    found = judged(
        reading.document, checked.near, as_of=checked.as_of, text=reading.text, draft=checked.state.is_draft
    )
    return _marked(made, set_aside(found, checked.suppressions).standing, (), author, at)


def _marked(
    data: bytes, findings: Sequence[Finding], accepted: Sequence[Finding], author: str, at: datetime
) -> bytes:
    try:
        return annotated(data, findings, accepted=accepted, author=author, at=at)
    except Unmarkable as reason:
        raise Refused(str(reason)) from None
