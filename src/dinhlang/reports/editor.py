"""What the editor's pages ask for in one go: a draft as it is shown, who is in it, what to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.reports import library, queries, render
from dinhlang.reports.editing import HEAD_KEYS, Piece
from dinhlang.reports.models import Manuscript, ManuscriptChange, Report, ReportFigure, TextBlock
from dinhlang.reports.passages import Grid, Text
from dinhlang.reports.rules import printed_value
from dinhlang.reports.showing import Showing, Shown, fold_in_words
from dinhlang.reports.sources import label_of
from dinhlang.work.concepts import CONCEPTS, counters_under
from dinhlang.work.models import Activity


def shown(report: Report, on: date) -> Shown | None:
    """The report as the editor shows it; `None` for one drafted before there were manuscripts."""
    manuscript = queries.manuscript_of(report)
    if manuscript is None:
        return None
    draft = queries.draft_in(manuscript)
    left = list(report.suppressions.select_related("by"))
    return Showing(report, manuscript, draft, render.document_of(report), left, on).shown()


def busy_in_words(found: Sequence[queries.Busy], shown: Shown | None) -> list[str]:
    """'Lê Thị Minh Họa đang sửa mục II.1'."""
    return [_busy(one, shown) for one in found]


def _busy(one: queries.Busy, shown: Shown | None) -> str:
    heading = _heading_above(shown, one.key) if shown and one.key else ""
    if heading:
        return _("%(name)s đang sửa mục %(heading)s") % {"name": one.name, "heading": heading}
    return _("%(name)s đang mở dự thảo này") % {"name": one.name}


def _heading_above(shown: Shown, key: str) -> str:
    """The number of the section a piece stands in: 'I.2'."""
    above: dict[int, str] = {}
    for piece in shown.pieces:
        if piece.is_heading and piece.mark:
            above = {level: mark for level, mark in above.items() if level < piece.level}
            above[piece.level] = piece.mark.rstrip(".)")
        if piece.key == key:
            # '2.1' names the second level already.
            return ".".join(mark for level, mark in above.items() if not (level == 2 and 3 in above))
    return ""


# --- sentences to choose from ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence to choose."""

    name: str
    text: str
    uses: int
    is_own: bool
    pk: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sentences of one part of a report."""

    section: str
    label: str | Promise
    choices: tuple[Choice, ...]
    retired: tuple[Choice, ...] = ()


def sections() -> Mapping[str, str | Promise]:
    return library.SECTIONS


def library_of(unit: Unit) -> list[Shelf]:
    """All sentences of a unit, part by part: the most used first, its own before those that are shipped."""
    rows = list(TextBlock.objects.filter(unit=unit).order_by("-uses", "pk"))
    counted = {row.shipped: row.uses for row in rows if row.shipped}
    hidden = {row.shipped for row in rows if row.shipped and row.retired_at}
    return [
        Shelf(
            section,
            label,
            choices=tuple(
                sorted(
                    [
                        *(
                            _own(row)
                            for row in rows
                            if row.section == section and not row.shipped and not row.retired_at
                        ),
                        *(
                            Choice(block.name, block.text, counted.get(block.name, 0), is_own=False)
                            for block in library.shipped().values()
                            if block.section == section and block.name not in hidden
                        ),
                    ],
                    key=lambda one: (-one.uses, not one.is_own),
                )
            ),
            retired=tuple(
                _own(row) for row in rows if row.section == section and row.retired_at and not row.shipped
            ),
        )
        for section, label in library.SECTIONS.items()
    ]


def _own(row: TextBlock) -> Choice:
    return Choice(str(row.pk), row.text, row.uses, is_own=True, pk=row.pk)


def blocks_to_choose(unit: Unit, shown: Shown) -> list[Shelf]:
    """The shelves for the panel beside a draft; those with nothing on them left out."""
    return [shelf for shelf in library_of(unit) if shelf.choices]


def section_at(shown: Shown, key: str) -> str:
    """The part of a report in which a piece stands, for the sentences that fit there."""
    above: list[tuple[int, str]] = []
    for piece in shown.pieces:
        if piece.is_heading:
            title = "".join(stretch.text for stretch in piece.line)
            above = [one for one in above if one[0] < piece.level] + [(piece.level, title)]
        if piece.key == key:
            break
    return library.section_of([title for _level, title in above])


# --- words ----------------------------------------------------------------------------------------


def name_of(piece: Piece) -> str:
    """What a piece is called: 'Sửa trích yếu', 'Sửa đoạn'."""
    named = {
        "subject": _("Sửa trích yếu"),
        "place": _("Sửa địa danh"),
        "recipients": _("Sửa nơi nhận"),
        "signature": _("Sửa phần ký"),
    }
    if piece.key in HEAD_KEYS:
        return named[piece.key]
    if isinstance(piece.block, Grid):
        return _("Sửa bảng")
    return _("Sửa đầu mục") if piece.is_heading else _("Sửa đoạn")


def fold_of(figure: ReportFigure) -> str:
    """How a figure was made, in words."""
    return fold_in_words(
        {
            "origin": figure.origin,
            "concept": figure.concept,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
        }
    )


def counts_of(line: Activity, figure: ReportFigure) -> str:
    """What a line adds to a figure: '2 tin, bài'; nothing for a figure that counts the lines themselves."""
    wanted = counters_under(figure.concept) if figure.concept in CONCEPTS else ()
    return "; ".join(
        f"{one.exactness} {printed_value(CONCEPTS[one.concept].told(one.value))} {CONCEPTS[one.concept].unit}".strip()
        for one in line.measures.all()
        if one.concept in wanted
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the history: what was done, where, by whom; `before` is the version to go back to."""

    version: int
    what: str
    where: str
    lost: str
    by: str
    at: datetime
    is_newest: bool


def steps_in_words(steps: Sequence[ManuscriptChange], manuscript: Manuscript) -> list[Step]:
    draft = queries.draft_in(manuscript)
    return [
        Step(
            version=step.version,
            what=str(ManuscriptChange.What(step.what).label),
            where=_beginning(draft.find(step.key)) if step.key else "",
            lost=", ".join(_label(name, manuscript) for name in step.lost),
            by=step.by.full_name if step.by else _("hệ thống"),
            at=step.at,
            is_newest=step.version == manuscript.version,
        )
        for step in steps
    ]


def _label(name: str, manuscript: Manuscript) -> str:
    known = manuscript.figures.get(name)
    return label_of(known["concept"]) if known else name


_SHOWN_OF_A_PIECE = 70


def _beginning(piece: Piece | None) -> str:
    if piece is None:
        return ""
    if not isinstance(piece.block, Text):
        return _("bảng")
    words = piece.block.words
    return f"“{words[:_SHOWN_OF_A_PIECE]}…”" if len(words) > _SHOWN_OF_A_PIECE else f"“{words}”"
