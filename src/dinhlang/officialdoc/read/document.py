"""The whole text to a document: head, body, foot, appendices, and the facts found in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dinhlang.officialdoc.model import (
    Document,
    Figure,
    Issuer,
    Kind,
    PartialDate,
    Problem,
    Reference,
    Role,
    Source,
    Task,
)
from dinhlang.officialdoc.read import appendices, issuer, joint, listed, sections, tables
from dinhlang.officialdoc.read.blocks import ONE_LINE_EACH, Placed, wrap_width
from dinhlang.officialdoc.read.counts import Cell, figure_of
from dinhlang.officialdoc.read.dates import DATE, date_of
from dinhlang.officialdoc.read.decode import Decoded
from dinhlang.officialdoc.read.figures import Stretch, figures_in
from dinhlang.officialdoc.read.header import Head, read_head
from dinhlang.officialdoc.read.lines import Line, Passage, lines_of, passage
from dinhlang.officialdoc.read.markdown import unpiped
from dinhlang.officialdoc.read.mend import mend
from dinhlang.officialdoc.read.references import Cited, distinct, references_in
from dinhlang.officialdoc.read.sheets import located
from dinhlang.officialdoc.read.signature import Foot, foot_start, read_foot
from dinhlang.officialdoc.read.words import fold, kind_names, kind_of, pattern

# Above this share of broken words the vowels cannot be trusted and matching goes by consonants: clean texts of
# the family stay under 0.1, one read without Vietnamese is over 0.6.
DAMAGED = 0.35
# Damage is even over a text; a sample of this many characters tells it as well as the whole.
# A heading of this length is a paragraph with a Roman number, and may state a figure.
_LONG_HEADING = 200
_SENTENCE = 8
# What these say is yet to be done: their figures are targets, which no indicator may take for results.
_PLANNING = (Kind.PLAN, Kind.PROGRAMME, Kind.RESOLUTION, Kind.DIRECTIVE)
# No list of legal bases seen has more lines.
_OPENING = 40
# 'những tháng cuối năm 2023' is neither a year nor half of one.
_PART_OF_YEAR = re.compile(
    r"(?:những|các|mấy) tháng (?:đầu|cuối|còn lại)|(?:dịp|thời gian) cuối năm", re.IGNORECASE
)
_YEAR = 4
# Where minutes say when the meeting began.
_MEETING_LINES = 6
_MEETING = pattern(
    rf"\b(?:«hôm nay»|«vào hồi»|«hồi»|«lúc»|«thời gian»|«bắt đầu»|«khai mạc»)\b[^;]{{0,120}}?{DATE}"
)
_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")


def document_of(decoded: Decoded, name: str) -> Document:
    """The document that a decoded text is. Never raises for any text in NFC."""
    text = decoded.text
    pages = text.count("\f") + 1 if decoded.pages is None and "\f" in text else decoded.pages
    source = Source(name or None, decoded.format, pages, damage_of(text), decoded.ocr)
    if not text.strip():
        return Document(source=source, problems=decoded.problems)
    width = ONE_LINE_EACH if decoded.whole_lines else None
    document = _Reader(lines_of(text, decoded.places), source, decoded.problems, width).read()
    return located(document, decoded.places)


def damage_of(text: str) -> float:
    """How much of the text is damaged, 0 to 1; a text in another language is not."""
    from dinhlang.vietnamese import damage

    found = damage.health(text)
    return round(1 - found.score, 3) if found.words else 0.0


class _Reader:
    """One reading: the lines, what is known of them, and what is found."""

    def __init__(
        self, lines: list[Line], source: Source, problems: tuple[Problem, ...], width: int | None
    ) -> None:
        self.source_lines = lines
        self.lines = unpiped(lines)
        self.source = source
        self.problems = problems
        self.damaged = source.damage > DAMAGED
        self.width = wrap_width(lines) if width is None else width

    def read(self) -> Document:
        head = read_head(self.lines, self.damaged)
        main, rest = appendices.split(self.lines, head.end)
        foot_at = foot_start(main, head.end, self.damaged)
        foot = read_foot(main[foot_at:], self.damaged)
        together = joint.signers(main, head.end) if head.kind is Kind.MINUTES else None
        together = together or joint.side_by_side(main, head.end)
        if together:
            others = [*main[foot_at : together.start], *main[together.end :]]
            foot_at = min(foot_at, together.start) if foot_at < len(main) else together.start
            foot = replace(read_foot(others, self.damaged), signature=together.signature)
        head = self._with_appendix_note(head, rest)
        if self.damaged and head.subject is not None:
            head = replace(head, subject=mend(head.subject))
        if head.kind is Kind.MINUTES and head.date is None:
            head = replace(head, date=_day_of_meeting(main[head.end : foot_at]))
        kind, kind_is_known = self._kind(head, main)
        period = self._period(head.subject)
        year = int(period[:4]) if period else head.date.year if head.date else None
        body_lines = [*_without_page_numbers(main[head.end : foot_at]), *foot.left_over]
        body = appendices.body_of(body_lines, year, self.damaged, self.width)
        placed = body.text
        found = [appendices.read_appendix(lines, year, self.damaged, self.width) for lines in rest]
        tasks = tuple(task for one in found for task in one.tasks) or body.tasks
        if not tasks and kind in _PLANNING:
            tasks = listed.tasks_of(placed, year)
        cells = [*body.cells, *(cell for one in found for cell in one.cells)]
        everything = [*placed, *(block for one in found for block in one.blocks)]
        cited = self._references(placed, everything)
        document = Document(
            kind=kind,
            issuer=self._issuer(head, everything, [one.appendix.note for one in found]),
            number=head.number,
            symbol=head.symbol,
            place=head.place,
            date=head.date,
            subject=head.subject,
            period=period,
            body=body.blocks,
            appendices=tuple(one.appendix for one in found),
            references=self._distinct(_of_others(cited, head)),
            figures=self._figures(kind, everything, cited, tasks, cells),
            tasks=tasks,
            assignments=sections.assignments(placed, kind, self.damaged),
            proposals=sections.proposals(placed, self.damaged),
            directions=sections.directions(placed, kind, self.damaged),
            signature=foot.signature,
            co_signers=together.others if together else (),
            recipients=foot.recipients,
            source=self.source,
        )
        return replace(
            document, problems=(*self.problems, *self._problems(document, head, foot, kind_is_known))
        )

    def _with_appendix_note(self, head: Head, rest: Sequence[Sequence[Line]]) -> Head:
        """A head that was cut off may be repeated in the note of an appendix."""
        if head.has_number_line or not rest:
            return head
        note = appendices.read_note(rest[0])
        parent = appendices.parent_of(note)
        return replace(
            head,
            number=head.number or parent.number,
            symbol=head.symbol or parent.symbol,
            date=head.date or parent.date,
        )

    def _kind(self, head: Head, main: Sequence[Line]) -> tuple[Kind, bool]:
        """From the title, else from the closing sentence or the one that opens the report."""
        if head.kind is not None:
            return head.kind, True
        names = kind_names(self.damaged)
        text = " ".join(line.folded for line in main[-120:])
        found = pattern(rf"«trên đây là»\s+(?:«toàn bộ»\s+)?{names}\b", self.damaged).search(text)
        if found is None:
            text = " ".join(line.folded for line in main[:60])
            found = pattern(rf"\b{names}\s[^.;]{{0,200}}«như sau»", self.damaged).search(text)
        return (kind_of(found["kind"], self.damaged), True) if found else (Kind.OTHER, False)

    def _period(self, subject: str | None) -> str | None:
        from dinhlang.periods.identifier import find_period

        if subject is None:
            return None
        period = find_period(subject)
        if period is None or (len(str(period)) == _YEAR and _PART_OF_YEAR.search(subject)):
            return None
        return str(period)

    def _issuer(self, head: Head, blocks: Sequence[Placed], notes: Sequence[str | None]) -> Issuer | None:
        passages = [*(block.words for block in blocks), *(Passage(note, (), ()) for note in notes if note)]
        known = issuer.from_letterhead(head.bodies)
        if known is None:
            return issuer.from_text(passages, self.damaged)
        if known.unit_name is None and (named := issuer.from_text(passages, self.damaged)):
            return replace(known, unit_kind=known.unit_kind or named.unit_kind, unit_name=named.unit_name)
        return known

    def _references(self, placed: Sequence[Placed], everything: Sequence[Placed]) -> list[list[Cited]]:
        """The citations of each paragraph. Before the first heading stands what the document is based on."""
        first = next((i for i, one in enumerate(placed) if one.paragraph.role is Role.HEADING), len(placed))
        first = min(first, _OPENING)
        return [
            references_in(block.words, self.damaged, opening=index < first)
            for index, block in enumerate(everything)
        ]

    def _distinct(self, cited: Sequence[Cited]) -> tuple[Reference, ...]:
        references = distinct(cited)
        if not self.damaged:
            return references
        return tuple(
            replace(one, issuer=one.issuer and mend(one.issuer), subject=one.subject and mend(one.subject))
            for one in references
        )

    def _figures(
        self,
        kind: Kind,
        blocks: Sequence[Placed],
        cited: Sequence[Sequence[Cited]],
        tasks: Sequence[Task],
        cells: Sequence[Cell],
    ) -> tuple[Figure, ...]:
        found: list[Figure] = []
        planned_from: int | None = 0 if kind in _PLANNING else None
        for block, references in zip(blocks, cited, strict=True):
            paragraph = block.paragraph
            if paragraph.role is Role.HEADING:
                if planned_from is None or paragraph.level <= planned_from:
                    is_target = sections.is_target(block.words.folded, self.damaged)
                    planned_from = paragraph.level if is_target else None
                if not _says_something(block.words.text):
                    continue
            taken = [Stretch(one.start, one.end) for one in references]
            target = planned_from is not None
            found += figures_in(block.words, self.source_lines, taken, damaged=self.damaged, target=target)
        for task in tasks:
            found += _figures_of(task, self.source_lines)
        for cell in cells:
            target = kind in _PLANNING
            alone = figure_of(cell, target)
            found += [alone] if alone else self._figures_in_cell(cell, target)
        return tuple(sorted(found, key=_place))

    def _figures_in_cell(self, cell: Cell, target: bool) -> list[Figure]:
        cited = references_in(cell.words, self.damaged)
        taken = [Stretch(one.start, one.end) for one in cited]
        return figures_in(cell.words, self.source_lines, taken, damaged=self.damaged, target=target)

    def _problems(self, document: Document, head: Head, foot: Foot, kind_is_known: bool) -> list[Problem]:
        found: list[Problem] = []
        if self.damaged:
            share = f"{document.source.damage:.0%}"
            found.append(
                Problem(
                    "damaged-text",
                    f"Văn bản bị hỏng dấu ({share} số chữ): trích yếu và căn cứ được đọc theo cụm từ quen thuộc, hãy đối chiếu "
                    "số liệu và tên riêng với bản gốc.",
                )
            )
        if not head.bodies:
            found.append(Problem("missing-header", "Không thấy tên cơ quan ban hành ở đầu văn bản."))
        if document.number is None:
            found.append(Problem("blank-number", "Văn bản chưa ghi số."))
        if document.date is None or None in (document.date.day, document.date.month, document.date.year):
            found.append(Problem("blank-date", "Văn bản chưa ghi đủ ngày, tháng, năm."))
        if not kind_is_known:
            found.append(Problem("unknown-kind", "Không nhận ra tên loại văn bản (báo cáo, kế hoạch, …)."))
        if document.subject is None:
            found.append(Problem("missing-subject", "Không thấy trích yếu nội dung văn bản."))
        if foot.signature is None:
            found.append(Problem("missing-signature", "Không thấy phần ký (quyền hạn, chức vụ, họ tên)."))
        if not foot.recipients:
            found.append(Problem("missing-recipients", "Không thấy nơi nhận."))
        return found


def _of_others(cited: Sequence[Sequence[Cited]], head: Head) -> list[Cited]:
    """The citations without those of the document itself: '(Kèm theo Quyết định số …)' over what it issues."""
    found = [one for group in cited for one in group]
    if head.number is None or head.symbol is None:
        return found
    own = (head.number.lstrip("0"), fold(head.symbol))
    return [one for one in found if _code(one.reference) != own]


def _code(reference: Reference) -> tuple[str, str] | None:
    if reference.number is None or reference.symbol is None:
        return None
    return reference.number.lstrip("0"), fold(reference.symbol)


def _day_of_meeting(lines: Sequence[Line]) -> PartialDate | None:
    """The day on which minutes say the meeting began: 'Hôm nay, vào hồi 8 giờ ngày 12 tháng 5 năm 2024'."""
    first = [line for line in lines if not line.is_blank][:_MEETING_LINES]
    found = _MEETING.search(passage(first).folded)
    return date_of(found) if found else None


def _says_something(heading: str) -> bool:
    """Whether a numbered paragraph states more than what it is about: it is long, or a sentence."""
    words = len(heading.split())
    return len(heading) >= _LONG_HEADING or (words >= _SENTENCE and heading.endswith((":", ".", ";")))


def _place(figure: Figure) -> tuple[int, int]:
    return (figure.span.line, figure.span.column) if figure.span else (0, 0)


def _figures_of(task: Task, lines: Sequence[Line]) -> list[Figure]:
    """What a task's schedule counts: 'Mỗi tháng 01 kỳ' promises one in each month."""
    if task.schedule is None or task.span is None:
        return []
    found = []
    for line in lines[task.span.line - 1 : task.span.end_line]:
        words = passage([line])
        for figure in figures_in(words, lines, damaged=False, target=True):
            if figure.unit and "/" in figure.unit and figure.quote in task.schedule.text:
                found.append(replace(figure, subject=task.task))
    return found


def _without_page_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that hold only the number of a page."""
    kept = []
    unparted = _unparted_page_numbers(lines)
    for index, line in enumerate(lines):
        if index in unparted or (_PAGE_NUMBER.fullmatch(line.stripped) and _is_at_edge(lines, index)):
            continue
        kept.append(line)
    return kept


def _is_at_edge(lines: Sequence[Line], index: int) -> bool:
    """Whether a line stands between blank ones, or first or last on its page."""
    beside = [*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2]]
    return all(one.is_blank for one in beside) or any(one.page != lines[index].page for one in beside)


def _unparted_page_numbers(lines: Sequence[Line]) -> frozenset[int]:
    """Where '2', '3', … stand alone among lines that no blank parts, one of them in mid-sentence.

    The ordinals of a flattened table stand so too.
    """
    table = tables.flattened_within(lines)
    alone = [
        index
        for index, line in enumerate(lines)
        if index and index not in table and re.fullmatch(r"\d{1,3}", line.stripped)
    ]
    if [int(lines[index].stripped) for index in alone] != list(range(2, 2 + len(alone))):
        return frozenset()
    in_sentence = any(re.search(r"[^\W\d_],?$", lines[index - 1].stripped) for index in alone)
    return frozenset(alone) if in_sentence else frozenset()
