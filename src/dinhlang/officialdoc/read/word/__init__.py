"""A .docx as lines of text, and the way back from a line to the run it came from.

`package` opens the file within limits, `story` reads its paragraphs and tables (`runs` their text, `numbering` the
numbers that Word prints, `styles` and `legacy` what a look changes), and `flow` makes lines of them. Only the text
and its order are taken; the reader of text does the rest, so both know the same documents.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dinhlang.officialdoc.model import Problem, Span
from dinhlang.officialdoc.read.archive import Broken
from dinhlang.officialdoc.read.decode import MOST_LINES, Decoded
from dinhlang.officialdoc.read.flow import Block, Printed, are_whole, printed
from dinhlang.officialdoc.read.flow.pieces import Stretch
from dinhlang.officialdoc.read.word import letterhead, looks
from dinhlang.officialdoc.read.word.names import W
from dinhlang.officialdoc.read.word.package import Package
from dinhlang.officialdoc.read.word.story import Story

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Place", "Traced", "text_of", "traced"]

MOST_CHARACTERS = 3_000_000
"""A book of 1 000 pages. The longest official document seen has 600 000."""

_REMEDY = "hãy mở bằng Word hoặc LibreOffice rồi lưu lại."


class Place(NamedTuple):
    """Characters of one run of a .docx: from `start` up to `end`, counted as python-docx counts (a tab or break is one).

    `paragraph` and `run` are elements of `Traced.root`.
    """

    paragraph: _Element
    run: _Element
    start: int
    end: int


@dataclass(frozen=True)
class Traced:
    """A .docx that was read, with the way back from its text to its runs.

    `root` is the tree of the main part, `part` its name in the package.
    """

    decoded: Decoded
    root: _Element | None
    part: str
    _printed: Printed

    def places(self, span: Span) -> list[Place]:
        """The runs that a span of the text covers, in the order of the text.

        Leaves out what Word prints by itself (numbers of lists) and what stands in other parts (notes).
        """
        found: list[Place] = []
        for line in range(span.line, min(span.end_line, len(self._printed.lines)) + 1):
            start = span.column if line == span.line else 1
            end = span.end_column if line == span.end_line else len(self._printed.shown[line - 1]) + 1
            found += [place for one in self._printed.stretches(line, start, end) if (place := _place(one))]
        return found

    def paragraph(self, line: int) -> int | None:
        """The index, among the paragraphs of the main part in document order, of the one a line begins with."""
        if self.root is None or not 1 <= line <= len(self._printed.lines):
            return None
        first = next((one.source for one in self._printed.lines[line - 1] if one.source is not None), None)
        if first is None:
            return None
        wanted = _paragraph_of(first)
        return next((at for at, one in enumerate(self.root.iter(f"{W}p")) if one is wanted), None)


def text_of(data: bytes) -> Decoded:
    """The text of a .docx. Never raises; what is broken or too large is said in `problems`."""
    found = traced(data)
    return replace(found.decoded, finish=partial(looks.with_runs, traced=found))


def traced(data: bytes) -> Traced:
    """The text of a .docx and where each of its letters came from. Never raises."""
    try:
        package = Package(data)
    except Broken:
        return _refused("unreadable", f"Tệp không phải văn bản Word (.docx) nguyên vẹn: {_REMEDY}")
    root = package.xml(package.main)
    if package.is_locked:
        return _refused("locked", "Tệp Word này có mật khẩu: hãy bỏ mật khẩu rồi lưu lại.")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        return _refused("unreadable", f"Tệp Word bị hỏng, không còn phần chữ: {_REMEDY}")
    story = Story(package)
    blocks: list[Block] = [*letterhead.in_header(package, story, body), *story.blocks(body)]
    text, is_cut = printed(blocks, most_lines=MOST_LINES, most_characters=MOST_CHARACTERS)
    problems = _problems(package, text.text, is_cut=is_cut or story.is_cut or package.is_cut)
    return Traced(
        Decoded(text.text, "docx", problems, whole_lines=are_whole(text.text)), root, package.main, text
    )


def _problems(package: Package, text: str, *, is_cut: bool) -> tuple[Problem, ...]:
    found = []
    if is_cut:
        found.append(
            Problem("cut-off", "Văn bản Word quá dài, chỉ đọc được phần đầu: hãy tách thành nhiều tệp.")
        )
    if package.is_damaged:
        found.append(Problem("damaged-file", f"Tệp Word bị hỏng, chỉ đọc được phần còn nguyên: {_REMEDY}"))
    if not text.strip():
        found.append(Problem("empty", "Văn bản Word không có chữ nào: hãy kiểm tra lại tệp."))
    return tuple(found)


def _refused(code: str, message: str) -> Traced:
    return Traced(Decoded("", "docx", (Problem(code, message),)), None, "", Printed("", ()))


def _place(stretch: Stretch) -> Place | None:
    paragraph = _paragraph_of(stretch.source)
    if paragraph is None:
        return None
    run: _Element = stretch.source  # type: ignore[assignment]
    return Place(paragraph, run, stretch.start, stretch.end)


def _paragraph_of(run: object) -> _Element | None:
    return next(run.iterancestors(f"{W}p"), None)  # type: ignore[attr-defined]
