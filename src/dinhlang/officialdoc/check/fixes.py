"""A fix accepted: the document, or the text of its file, with the quote replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dinhlang.officialdoc.check.findings import Finding, Step
from dinhlang.officialdoc.model import Document, Paragraph, Run


def applied(document: Document, finding: Finding) -> Document:
    """The document with this finding's fix in place of its quote; unchanged when there is no fix.

    The finding must be of this document as it is: fix one, check again, fix the next. A figure keeps its name when
    the quote lies inside it or around it.
    """
    place = finding.place
    if finding.fix is None or place.path[:1] == ("lines",):
        return document
    changed: Document = _at(document, place.path, (place.start, place.end, finding.fix))
    return changed


def applied_to_text(text: str, finding: Finding) -> str:
    """The text of a file with the fix in place of the quote; unchanged when there is no fix or no span."""
    span = finding.span
    if finding.fix is None or span is None:
        return text
    lines = text.split("\n")
    before = lines[span.line - 1][: span.column - 1]
    after = lines[span.end_line - 1][span.end_column - 1 :]
    return "\n".join([*lines[: span.line - 1], f"{before}{finding.fix}{after}", *lines[span.end_line :]])


_Change = tuple[int, int, str]


def _at(value: Any, path: Sequence[Step], change: _Change) -> Any:
    """The value with the text at the end of the path changed, everything on the way copied."""
    if not path:
        return _in_runs(value, change) if isinstance(value, Paragraph) else _in_text(value, change)
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return (*value[:step], _at(value[step], rest, change), *value[step + 1 :])
    return replace(value, **{step: _at(getattr(value, step), rest, change)})


def _in_text(text: str, change: _Change) -> str:
    start, end, new = change
    return text[:start] + new + text[end:]


def _in_runs(paragraph: Paragraph, change: _Change) -> Paragraph:
    """The new text goes into the run where the quote begins; the others lose what was quoted of them."""
    start, end, new = change
    runs: list[Run] = []
    offset = 0
    for run in paragraph.runs:
        length = len(run.text)
        left = run.text[: min(max(start - offset, 0), length)]
        right = run.text[min(max(end - offset, 0), length) :]
        here = new if offset <= start < offset + length else ""
        runs.append(replace(run, text=left + here + right))
        offset += length
    return replace(paragraph, runs=tuple(runs))
