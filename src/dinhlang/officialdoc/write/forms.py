"""What form a document's parts take by its kind: the samples of NĐ 30/2020/NĐ-CP, Phụ lục III, over the one layout.

The model knows headings, bases, items and text. Which text is the command of a decision, the address of a letter or
the note of a regulation shows in its words and its place; the writers are told here, so that all three agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.officialdoc.model import Block, Document, Kind, Paragraph, PartialDate, Role, Run, Table
from dinhlang.officialdoc.write import printed
from dinhlang.officialdoc.write.layout import OUTLINE, Element

# Kinds whose authority and command stand in capitals on lines of their own.
_COMMANDING = (Kind.DECISION, Kind.RESOLUTION)
_COMMAND = re.compile(
    r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|LỆNH)\s*:?|Q ?U ?Y ?Ế ?T\s+(?:Đ ?Ị ?N ?H|N ?G ?H ?Ị)\s*:?"
)
_LONGEST_COMMAND = 220
_ADDRESSED = re.compile(r"kính gửi\b", re.IGNORECASE)
_ATTACHED = re.compile(r"\((?:ban hành )?kèm theo\b.*\)", re.IGNORECASE | re.DOTALL)
# 'Kính gửi' stands first, at most after the note of what a decision issues and a line beside it.
_BEFORE_ADDRESS = 2
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph as it is printed: its look, its runs with the mark first, and how deep it stands in the tree of
    headings (1 for the outermost, 0 for what is no heading)."""

    element: Element
    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """The lines between letterhead and text; each may be empty. `note` is '(Kèm theo …)' of what a decision issues."""

    name: str
    subject: str
    note: str

    @property
    def last(self) -> tuple[Element, str] | None:
        """The line a rule is drawn under."""
        if self.note:
            return Element.APPENDIX_NOTE, self.note
        return (Element.SUBJECT, self.subject) if self.subject else None


_FIRST = 6
"""In so many paragraphs minutes say when the meeting was."""


def has_number(doc: Document) -> bool:
    """A regulation belongs to the decision it comes with, which has the number (Phụ lục III, sample 1.3)."""
    return doc.kind is not Kind.REGULATION or bool(printed.line(doc.number) or printed.line(doc.symbol))


def has_place(doc: Document) -> bool:
    """Minutes say where and when in their text, a regulation in its decision (Phụ lục III, samples 1.3 and 1.9)."""
    known = doc.date is not None and doc.date != PartialDate()
    if doc.kind is Kind.MINUTES and not printed.line(doc.place) and doc.date and _says(doc.body, doc.date):
        return False
    return doc.kind not in (Kind.REGULATION, Kind.MINUTES) or known or bool(printed.line(doc.place))


def _says(blocks: tuple[Block, ...], date: PartialDate) -> bool:
    """Whether the first paragraphs name this day: 'Thời gian: 8 giờ, ngày 12 tháng 8 năm 2026'."""
    named = re.compile(rf"\b0?{date.day}(?:\s+tháng\s+|/)0?{date.month}(?:\s+năm\s+|/){date.year}\b")
    return any(isinstance(one, Paragraph) and named.search(one.text) for one in blocks[:_FIRST])


def title(doc: Document) -> Title:
    """What stands between letterhead and text."""
    subject = "" if printed.subject_under_number(doc) else printed.line(doc.subject)
    note = _note(doc.body)
    return Title(printed.kind_name(doc), subject, printed.line(note.text) if note else "")


def body(doc: Document) -> list[Shaped | Table]:
    """The text of `doc` without what `title` has taken."""
    blocks = doc.body[1:] if _note(doc.body) else doc.body
    shaped = shape(blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _is_command(doc.kind, block):
            shaped[index] = Shaped(Element.COMMAND, tuple(printed.runs_with_mark(block)))
    for index, element in _address(blocks):
        block = blocks[index]
        if isinstance(block, Paragraph):
            shaped[index] = Shaped(element, tuple(printed.runs_with_mark(block)))
    return shaped


def shape(blocks: Sequence[Block], *, under: int = 0) -> list[Shaped | Table]:
    """Blocks in the form every kind of document has them, `under` so many headings of their own."""
    found: list[Shaped | Table] = []
    # The levels of the headings that what follows stands under. Screen readers (PDF/UA-1, WCAG) must not meet a
    # heading two levels below the one before, as 'Điều' under 'Chương' would be.
    above: list[int] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            found.append(block)
            continue
        element = printed.element_of(block)
        depth = 0
        if block.role is Role.HEADING:
            level = OUTLINE.get(element, 1)
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            depth = min(under + len(above), _DEEPEST)
        found.append(Shaped(element, tuple(printed.runs_with_mark(block)), depth))
    return found


def _note(blocks: Sequence[Block]) -> Paragraph | None:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or first.role is not Role.BODY or first.number:
        return None
    plain = not any(run.fact for run in first.runs)
    return first if plain and _ATTACHED.fullmatch(printed.line(first.text)) else None


def _is_command(kind: Kind, paragraph: Paragraph) -> bool:
    """'CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …' over the bases, 'QUYẾT ĐỊNH:' under them."""
    if paragraph.role is not Role.BODY or paragraph.number:
        return False
    text = paragraph.text
    if len(text) > _LONGEST_COMMAND or not text.isupper():
        return False
    return kind in _COMMANDING or _COMMAND.fullmatch(printed.line(text)) is not None


def _address(blocks: Sequence[Block]) -> list[tuple[int, Element]]:
    """Where 'Kính gửi' stands, alone or over a list of names."""
    for index, block in enumerate(blocks[: _BEFORE_ADDRESS + 1]):
        if not isinstance(block, Paragraph) or block.role is not Role.BODY or block.number:
            return []
        if _ADDRESSED.match(printed.line(block.text)):
            listed = _listed(blocks, index + 1)
            if not listed:
                return [(index, Element.ADDRESS)]
            names = [(one, Element.ADDRESS_NAME) for one in listed[:-1]]
            return [(index, Element.ADDRESS_HEAD), *names, (listed[-1], Element.ADDRESS_LAST)]
    return []


def _listed(blocks: Sequence[Block], start: int) -> list[int]:
    found = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph) or block.role is not Role.ITEM or block.number != "-":
            break
        found.append(index)
    return found
