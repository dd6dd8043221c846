"""A draft as the editor shows it: its pieces with their figures, the state of each part, what was found in it.

Only values: what a page needs is put together here, so that templates have nothing to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dinhlang.officialdoc.model import Document, Paragraph, Table
from dinhlang.officialdoc.write import printed as legal
from dinhlang.officialdoc.write.columns import grid
from dinhlang.officialdoc.write.layout import PAGE
from dinhlang.periods.window import Window
from dinhlang.reports import editing, findings, reuse
from dinhlang.reports.catalogue import Entry, printed
from dinhlang.reports.editing import Draft, Origin, Piece
from dinhlang.reports.findings import Remark
from dinhlang.reports.models import Manuscript, Report, Suppression
from dinhlang.reports.passages import TOKEN, Grid, Passage, Text
from dinhlang.reports.rules import LINES, printed_value
from dinhlang.reports.sources import ARCHIVE, CHILDREN, PLAN, UNITS_DUE, UNITS_SENT, is_share, label_of


@dataclass(frozen=True, slots=True)
class Chip:
    """A figure as it stands in the text, and what its card says."""

    name: str
    printed: str
    is_missing: bool
    label: str
    window: str
    fold: str
    lines: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph: plain text, a number typed by hand, or a figure."""

    text: str = ""
    is_typed: bool = False
    chip: Chip | None = None


Line = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A piece on the page."""

    key: str
    version: int
    look: str
    level: int
    mark: str
    line: Line
    table: tuple[tuple[Line, ...], ...] = ()
    is_heading: bool = False
    is_empty: bool = False
    is_removed: bool = False
    origin: str = ""
    state: str = ""
    ages: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    theirs: tuple[Line, ...] = ()
    is_gone: bool = False
    widths: tuple[int, ...] = ()

    @property
    def is_in_conflict(self) -> bool:
        return bool(self.theirs) or self.is_gone

    @property
    def head(self) -> tuple[Line, ...]:
        return self.table[0] if self.table else ()

    @property
    def rows(self) -> tuple[tuple[Line, ...], ...]:
        return self.table[1:]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading in the outline on the left, with the state of what stands under it."""

    key: str
    title: str
    level: int
    mark: str
    missing: int
    by_hand: int
    is_empty: bool

    @property
    def state(self) -> str:
        if self.is_empty:
            return _("chưa viết")
        if self.missing:
            return ngettext("còn thiếu %(count)s", "còn thiếu %(count)s", self.missing) % {
                "count": self.missing
            }
        return _("sửa tay") if self.by_hand else _("đủ")

    @property
    def look(self) -> str:
        if self.is_empty or self.missing:
            return "wait"
        return "calm" if self.by_hand else "done"


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole editor."""

    version: int
    pieces: tuple[ShownPiece, ...]
    head: Mapping[str, ShownPiece]
    outline: tuple[Part, ...]
    remarks: tuple[Remark, ...]
    suppressed: tuple[tuple[Suppression, bool], ...]
    chips: tuple[Chip, ...]
    saved_at: datetime
    letterhead: Mapping[str, Any] = field(default_factory=dict)

    @property
    def conflicts(self) -> tuple[ShownPiece, ...]:
        return tuple(piece for piece in (*self.head.values(), *self.pieces) if piece.is_in_conflict)

    @property
    def grouped(self) -> list[tuple[Remark, list[Remark]]]:
        """What is said more than once is said once, with each place."""
        groups: dict[tuple[str, str], list[Remark]] = {}
        for one in self.remarks:
            groups.setdefault((one.rule, one.message), []).append(one)
        return [(same[0], same) for same in groups.values()]

    def piece(self, key: str) -> ShownPiece | None:
        return self.head.get(key) or next((piece for piece in self.pieces if piece.key == key), None)


class Showing:
    """Puts one draft together."""

    def __init__(
        self,
        report: Report,
        manuscript: Manuscript,
        draft: Draft,
        document: Document,
        suppressions: Sequence[Suppression],
        on: date,
    ) -> None:
        self.report, self.manuscript, self.draft = report, manuscript, draft
        self.figures: Mapping[str, Entry] = manuscript.figures
        self.composed = editing.compose(draft, printed(self.figures))
        self.document = document
        self.year = report.window_to.year
        self._chips: dict[str, Chip] = {}
        self._printed = dict(self.composed.blocks)
        window = Window(report.window_from, report.window_to)
        found = findings.remarks(draft, self.composed, document, manuscript.reused, on, window, report.unit)
        left = {(one.rule, one.quote): one for one in suppressions}
        self.remarks = tuple(one for one in found if one.name not in left)
        names = {one.name for one in found}
        self.suppressed = tuple((one, key in names) for key, one in left.items())

    def shown(self) -> Shown:
        pieces = tuple(self.piece(piece) for piece in self.draft.body)
        return Shown(
            version=self.draft.version,
            pieces=pieces,
            head={piece.key: self.piece(piece) for piece in self.draft.head},
            outline=tuple(self._outline(pieces)),
            remarks=self.remarks,
            suppressed=self.suppressed,
            chips=tuple(self.chip(name) for name in self.figures),
            saved_at=self.manuscript.changed_at,
            letterhead=letterhead(self.document),
        )

    def piece(self, piece: Piece) -> ShownPiece:
        """One piece as it is shown."""
        block = piece.block
        paragraph = self._printed.get(piece.key)
        mark = legal.mark(paragraph) if isinstance(paragraph, Paragraph) else ""
        own = tuple(one for one in self.remarks if one.key == piece.key)
        return ShownPiece(
            key=piece.key,
            version=piece.version,
            look=_look(block),
            level=block.level if isinstance(block, Text) else 0,
            mark=mark.strip(),
            line=self._line(block.words, findings.typed_figures(piece)) if isinstance(block, Text) else (),
            table=self._table(block) if isinstance(block, Grid) else (),
            is_heading=piece.is_heading,
            is_empty=piece.key in self.composed.empty or (piece.is_heading and paragraph is None),
            is_removed=piece.removed,
            origin=piece.origin.value,
            state=_state(piece),
            ages=tuple(self._ages(piece)),
            remarks=own,
            theirs=tuple(self._lines_of(piece.theirs)) if piece.theirs else (),
            is_gone=piece.gone,
            widths=_widths(paragraph) if isinstance(paragraph, Table) else (),
        )

    def chip(self, name: str) -> Chip:
        """A figure with its card."""
        if name not in self._chips:
            self._chips[name] = _chip(name, self.figures[name])
        return self._chips[name]

    def _line(self, words: str, typed: Sequence[tuple[int, int]] = ()) -> Line:
        return tuple(self._stretches(words, typed))

    def _stretches(self, words: str, typed: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
        at = 0
        tokens = [
            (found.start(), found.end(), found[1])
            for found in TOKEN.finditer(words)
            if found[1] in self.figures
        ]
        for start, end, name in sorted([*tokens, *((start, end, "") for start, end in typed)]):
            if start > at:
                yield Stretch(words[at:start])
            yield Stretch(chip=self.chip(name)) if name else Stretch(words[start:end], is_typed=True)
            at = end
        if at < len(words):
            yield Stretch(words[at:])

    def _table(self, grid: Grid) -> tuple[tuple[Line, ...], ...]:
        return tuple(tuple(self._line(cell) for cell in line) for line in grid.lines)

    def _lines_of(self, block: Passage) -> Iterator[Line]:
        if isinstance(block, Text):
            yield self._line(block.words)
        else:
            for line in block.lines:
                yield self._line(" · ".join(line))

    def _ages(self, piece: Piece) -> Iterator[str]:
        """'nguyên văn từ báo cáo 2022 (1 năm)', once for each report."""
        told = set()
        for one in reuse.in_piece(piece, self.manuscript.reused, self.year):
            years = self.year - one.year
            age = _("%(years)s năm trước") % {"years": years}
            words = (
                _("nguyên văn từ báo cáo %(name)s") if one.is_exact else _("gần nguyên văn báo cáo %(name)s")
            )
            line = f"{words % {'name': one.label}} ({age})"
            if line not in told:
                told.add(line)
                yield line

    def _outline(self, pieces: Sequence[ShownPiece]) -> Iterator[Part]:
        for at, piece in enumerate(pieces):
            if not piece.is_heading or piece.is_removed:
                continue
            under = _until_next_heading(pieces[at + 1 :])
            yield Part(
                key=piece.key,
                title="".join(one.text or (one.chip.printed if one.chip else "") for one in piece.line),
                level=piece.level,
                mark=piece.mark,
                missing=sum(1 for one in under for chip in _chips_in(one) if chip.is_missing),
                by_hand=sum(
                    1 for one in (piece, *under) if one.origin in {Origin.EDITED, Origin.ADDED, Origin.REUSED}
                ),
                is_empty=piece.is_empty,
            )


def _until_next_heading(pieces: Sequence[ShownPiece]) -> list[ShownPiece]:
    under = []
    for piece in pieces:
        if piece.is_heading and not piece.is_removed:
            break
        if not piece.is_removed:
            under.append(piece)
    return under


def _chips_in(piece: ShownPiece) -> Iterator[Chip]:
    lines = (piece.line, *(cell for line in piece.table for cell in line))
    for line in lines:
        for stretch in line:
            if stretch.chip is not None:
                yield stretch.chip


def _look(block: Passage) -> str:
    """The class of the legal page that the block has."""
    if isinstance(block, Grid):
        return "table"
    return legal.element_of(Paragraph(block.role, (), block.level)).value


def _widths(table: Table) -> tuple[int, ...]:
    """The columns as they will be printed, in per cent of the line."""
    drawn = grid(table, PAGE.line())
    return tuple(round(width * 100 / PAGE.line()) for width in drawn.columns.widths) if drawn else ()


def _state(piece: Piece) -> str:
    if piece.removed:
        return _("đã bỏ, không in")
    return {
        Origin.OUTLINE: "",
        Origin.EDITED: _("sửa tay"),
        Origin.ADDED: _("thêm tay"),
        Origin.REUSED: _("câu mẫu"),
    }[piece.origin]


def _chip(name: str, one: Entry) -> Chip:
    window = Window(date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
    is_missing = one["value"] is None
    return Chip(
        name=name,
        printed=_("thiếu minh chứng") if is_missing else one["printed"],
        is_missing=is_missing,
        label=label_of(one["concept"]),
        window=window.label,
        fold=fold_in_words(one),
        lines=_lines_in_words(one),
    )


def fold_in_words(one: Entry) -> str:
    """How a figure was made: 'đếm số dòng sổ', 'tổng các dòng sổ', '98 trên 100'."""
    if one["origin"] == ARCHIVE:
        return _("số ghi trong văn bản cũ")
    if one["concept"] in (UNITS_SENT, UNITS_DUE):
        return _("đếm đơn vị")
    if is_share(one["concept"]):
        if one["numerator"] is None or one["denominator"] is None:
            return _("tỷ lệ, chưa đủ số để tính")
        return _("tỷ lệ: %(top)s trên %(bottom)s") % {
            "top": printed_value(one["numerator"]),
            "bottom": printed_value(one["denominator"]),
        }
    if one["origin"] == CHILDREN:
        return _("tổng số liệu của các đơn vị, hoạt động chung tính một lần")
    if one["origin"] == PLAN:
        return _("đếm nhiệm vụ của kế hoạch")
    return _("đếm số dòng sổ") if one["concept"].startswith(LINES) else _("tổng các dòng sổ")


def _lines_in_words(one: Entry) -> str:
    if one["origin"] == ARCHIVE:
        return _("không có dòng sổ nào đứng sau")
    if one["origin"] == CHILDREN:
        return _("%(count)s đơn vị") % {"count": printed_value(Decimal(one["lines"]))}
    if not one["lines"]:
        return _("chưa có dòng sổ nào")
    return _("%(count)s dòng sổ") % {"count": printed_value(Decimal(one["lines"]))}


def letterhead(document: Document) -> dict[str, Any]:
    """The lines around the text, as they will be printed."""
    return {
        "parent": legal.parent_line(document.issuer),
        "issuer": legal.issuer_lines(document.issuer),
        "number": legal.number_line(document),
        "place_date": legal.place_and_date(document),
        "title": legal.TITLES[document.kind],
        "subject": document.subject or "",
        "recipients": legal.recipient_lines(document.recipients),
        "signature": legal.signature_lines(document.signature),
        "signer": document.signature.name if document.signature else "",
    }
