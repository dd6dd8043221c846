"""A damaged document read after it was restored; what was read still points at the text as it came."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dinhlang.officialdoc.model import Document, Problem, Span
from dinhlang.officialdoc.read import Reading
from dinhlang.officialdoc.read.document import document_of
from dinhlang.officialdoc.read.sheets import located, with_spans
from dinhlang.officialdoc.repair.restore import Progress, repair
from dinhlang.officialdoc.repair.result import Repaired


def read_repaired(
    reading: Reading,
    *,
    like: Sequence[tuple[str, str]] = (),
    known_names: Sequence[str] = (),
    progress: Progress | None = None,
) -> tuple[Document, Repaired | None]:
    """The document read from its restored text, and the repair; as it was read, and `None`, when it is not damaged.

    `source.repaired` is set, `source.damage` says how damaged the text came, and a problem tells that the values rest on a
    restored text. Spans point into the text as it came, quotes are in the restored words.
    """
    document = reading.document
    repaired = repair(
        reading.text, name=document.source.name, like=like, known_names=known_names, progress=progress
    )
    if not repaired.is_changed or repaired.kind == "sound":
        return document, None
    restored = replace(reading.decoded, text=repaired.text, places=())
    found = document_of(restored, document.source.name or "")
    if restored.finish:
        found = restored.finish(found)
    found = located(with_spans(found, Columns(repaired).span), reading.decoded.places)
    source = replace(found.source, pages=document.source.pages, damage=document.source.damage, repaired=True)
    problem = Problem(
        "repaired",
        f"Văn bản bị hỏng, đọc từ bản phục hồi: {len(repaired.doubtful)} chỗ cần đối chiếu với bản gốc.",
    )
    return replace(found, source=source, problems=(problem, *repaired.problems, *found.problems)), repaired


@dataclass(frozen=True, slots=True)
class _Moved:
    """Columns that a change took before, and takes now; the end is the one after the last."""

    start: int
    end: int
    old_start: int
    old_end: int


class Columns:
    """From places in the restored text to places in the text as it came. Lines stay, columns move."""

    def __init__(self, repaired: Repaired) -> None:
        self._lines: defaultdict[int, list[_Moved]] = defaultdict(list)
        for change in repaired.changes:
            if change.applied:
                moved = self._lines[change.span.line]
                shift = moved[-1].end - moved[-1].old_end if moved else 0
                start, end = change.span.column, change.span.end_column
                moved.append(_Moved(start + shift, start + shift + len(change.after), start, end))

    def span(self, span: Span) -> Span:
        """The span in the text as it came."""
        return replace(
            span,
            column=self._column(span.line, span.column, at_end=False),
            end_column=self._column(span.end_line, span.end_column, at_end=True),
        )

    def _column(self, line: int, column: int, *, at_end: bool) -> int:
        moved = self._lines.get(line)
        if not moved:
            return column
        index = bisect_right([one.start for one in moved], column - 1 if at_end else column) - 1
        if index < 0:
            return column
        last = moved[index]
        if column < last.end or (at_end and column == last.end):
            return last.old_end if at_end else last.old_start
        return column - last.end + last.old_end
