"""Fields: what Word computes and puts into the text. The result is text; the instruction is not."""

from __future__ import annotations

from dataclasses import dataclass, field

# Results that belong to the page or repeat the text: numbers of pages, the table of contents.
_DROPPED = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "TOA", "INDEX", "TC", "XE", "ADVANCE")
_DEEPEST = 50
# Paragraphs of the longest table of contents seen: 60.
_LONGEST = 200


def is_dropped(instruction: str) -> bool:
    words = instruction.split(maxsplit=1)
    return bool(words) and words[0].upper() in _DROPPED


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False
    paragraphs: int = 0

    @property
    def hides(self) -> bool:
        return not self.in_result or is_dropped(self.instruction)


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the text."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        """Whether text here is an instruction, or a result that is left out."""
        return bool(self._open) and any(one.hides for one in self._open)

    def mark(self, kind: str | None) -> None:
        """Pass a `w:fldChar`."""
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    def end_paragraph(self) -> None:
        """An instruction and the number of a page end with their paragraph: one never closed must not swallow the text."""
        for one in self._open:
            one.paragraphs += 1
        self._open = [
            one for one in self._open if not one.hides or (one.in_result and one.paragraphs < _LONGEST)
        ]
