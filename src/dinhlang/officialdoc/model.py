"""The immutable model of an official document, shared by `read`, `write` and every room above.

One value, `Document`, says what a document is: its header, its text in blocks, its appendices, and the
facts found in the text. `to_json` and `from_json` speak the schema `dinhlang.document/1`
(one key more than the contract asks for: `body`, the text itself, so that a document that was read can be
written again).

All text is NFC. Unknown is `None`, never an empty string and never a guess.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA = "dinhlang.document/1"


class Kind(StrEnum):
    """What kind of document it is (NĐ 30/2020/NĐ-CP, art. 7; abbreviations in its Phụ lục III)."""

    REPORT = "bao-cao"
    PLAN = "ke-hoach"
    DECISION = "quyet-dinh"
    NOTICE = "thong-bao"
    LETTER = "cong-van"
    SUBMISSION = "to-trinh"
    RESOLUTION = "nghi-quyet"
    DIRECTIVE = "chi-thi"
    GUIDANCE = "huong-dan"
    PROGRAMME = "chuong-trinh"
    REGULATION = "quy-che"
    MINUTES = "bien-ban"
    OTHER = "khac"


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the upper left corner of the page as it is seen."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the source. Lines and columns count from 1; the end column is the one after the last.

    `box` is known for PDF files and images; what goes over to the next page has its box on `page` only.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which each part may be missing, as in 'ngày    tháng 02 năm 2023'."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issues: `parent` is the line above it in the letterhead."""

    name: str | None = None
    unit_kind: str | None = None
    unit_name: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. `fact` names the figure it shows, and becomes a bookmark."""

    text: str
    bold: bool = False
    italic: bool = False
    fact: str | None = None


class Role(StrEnum):
    """What a paragraph does in the document."""

    HEADING = "heading"
    BASIS = "basis"
    BODY = "body"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    `level` is 1 to 4 for a heading (I., 1., 1.1., a)), 1 or 2 for an item ('-', '+'), else 0.
    `number` is the mark as printed without its stop or bracket ('I', '2.1', 'a', '-'), else `None`.
    `runs` hold the text without that mark.
    """

    role: Role
    runs: tuple[Run, ...]
    level: int = 0
    number: str | None = None
    span: Span | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        if len(self.runs) == 1:
            return self.runs[0].text
        return "".join([run.text for run in self.runs])


@dataclass(frozen=True, slots=True)
class Table:
    """A table: one header row, then rows of as many cells. `widths` are shares of the line, or empty.

    `row_mm` is the least height of a row, for what people write by hand. Only a writer knows it; JSON leaves it out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    span: Span | None = field(default=None, compare=False)
    row_mm: float = field(default=0.0, compare=False)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix in a section of its own (NĐ 30/2020/NĐ-CP, Phụ lục I, II.3).

    `label` is 'Phụ lục' or 'Phụ lục I'; `title` stands under it in capitals; `note` is the italic line
    '(Kèm theo …)'.
    """

    title: str | None = None
    label: str | None = None
    note: str | None = None
    blocks: tuple[Block, ...] = ()
    landscape: bool = False
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. Derived from the headings of the body."""

    number: str | None
    level: int
    title: str
    children: tuple[Section, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one cites."""

    kind: Kind
    number: str | None = None
    symbol: str | None = None
    date: PartialDate | None = None
    issuer: str | None = None
    subject: str | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure stated in the text. `qualifier` is the exactness word ('hơn', 'gần', …) or `None`."""

    value: int | float
    unit: str | None
    subject: str | None
    quote: str
    qualifier: str | None = None
    concept: str | None = None
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TaskSchedule:
    """When a task is due, in the document's own words and as read by `periods.schedule`."""

    text: str
    kind: str = "unknown"
    period: str | None = None
    rrule: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where one value stands, a span for each line it covers: cells of a table share their lines."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a plan's appendix.

    `places` are those of its cells, by the names of the fields. Only a reader knows them; JSON leaves them out.
    """

    task: str
    ordinal: str | None = None
    product: str | None = None
    lead: str | None = None
    cooperating: str | None = None
    schedule: TaskSchedule | None = None
    span: Span | None = field(default=None, compare=False)
    places: tuple[Place, ...] = field(default=(), compare=False)

    def spans_of(self, name: str) -> tuple[Span, ...]:
        """The places of one cell; the whole row when its cell is not known."""
        known = next((place.spans for place in self.places if place.name == name), ())
        return known or ((self.span,) if self.span else ())


@dataclass(frozen=True, slots=True)
class Assignment:
    """What the plan asks of one unit."""

    unit: str
    duties: tuple[str, ...]
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """A proposal to the level above, or a direction for the coming period."""

    text: str
    number: str | None = None
    span: Span | None = field(default=None, compare=False)


class SignatureMode(StrEnum):
    """In what capacity the signer signs (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7)."""

    FOR_BODY = "TM"
    FOR_HEAD = "KT"
    BY_ORDER = "TL"
    BY_AUTHORITY = "TUQ"
    ACTING = "Q"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `on_behalf_of` is what follows 'TM.'; `role` and `name` as printed."""

    mode: SignatureMode | None = None
    on_behalf_of: str | None = None
    role: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line under 'Nơi nhận'. `purpose` is 'BC' (to report), 'TH' (to carry out), … or `None`."""

    name: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the reading that a person should know. `message` is Vietnamese."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the document was read from. `damage` runs from 0 (clean) to 1."""

    name: str | None = None
    format: str | None = None
    pages: int | None = None
    damage: float = 0.0
    ocr: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """An official document. Equality leaves out where it was read from and the problems of reading it.

    `co_signers` sign to the left of `signature`: the secretary of minutes, the other side of a joint document.
    """

    kind: Kind = Kind.OTHER
    issuer: Issuer | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: PartialDate | None = None
    subject: str | None = None
    period: str | None = None
    body: tuple[Block, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    references: tuple[Reference, ...] = ()
    figures: tuple[Figure, ...] = ()
    tasks: tuple[Task, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    proposals: tuple[Statement, ...] = ()
    directions: tuple[Statement, ...] = ()
    signature: Signature | None = None
    co_signers: tuple[Signature, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    source: Source = field(default=Source(), compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The tree of headings of the body."""
        return _section_tree(
            iter([b for b in self.body if isinstance(b, Paragraph) and b.role is Role.HEADING])
        )


def _section_tree(headings: Iterator[Paragraph]) -> tuple[Section, ...]:
    pending = deque(headings)

    def take(parent_level: int) -> tuple[Section, ...]:
        found: list[Section] = []
        while pending and pending[0].level > parent_level:
            heading = pending.popleft()
            found.append(
                Section(
                    number=heading.number,
                    level=heading.level,
                    title=heading.text,
                    children=take(heading.level),
                    span=heading.span,
                )
            )
        return tuple(found)

    return take(0)
