"""Findings put back into the .docx they were found in: a comment at each place, fixes as tracked changes.

    annotated(data, findings, accepted=fixes, author="Kiểm tra văn bản", at=now)

Whoever opens the file in Word accepts or rejects the changes there. Everything else of the file stays as it was: the
main part is changed, the part of comments is added to, all others are copied byte for byte.
"""

from __future__ import annotations

from dinhlang.officialdoc.check.marked.file import Unmarkable, annotated

__all__ = ["Unmarkable", "annotated"]
