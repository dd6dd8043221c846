"""A document on the page that checks it: what was read, what a person decided, and how both are shown. Plain values.

The findings are those of the document as it came, and stay so: a fix that is accepted is shown in its place and can
be taken back, whatever else was accepted meanwhile. What the document becomes is made of all accepted fixes at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from dinhlang.archive.leaves import Leaf, Leaves, Mark, Marks, leaves_of
from dinhlang.officialdoc import check, codec
from dinhlang.officialdoc.check import Finding, FindingKind, Layout, Severity, Suppression
from dinhlang.officialdoc.check.fixes import applied_to_text
from dinhlang.officialdoc.model import Document, Kind, Span
from dinhlang.org.models import Unit
from dinhlang.org.unit_findings import judged

# More than this nobody reads on one page; the gravest come first, and the sheet of findings has them all.
MOST_FINDINGS = 400
# Longer documents show only the passages that something is said of.
MOST_PASSAGES = 1200
MOST_LEAVES = 80
_LINES_OF_A_PASSAGE = 10


class Stage(StrEnum):
    """How far the reading is."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class State:
    """What is held of a document beside its file. `person` alone may see it.

    `read` is the document as JSON, `text` what its spans point into. `as_of`, `kind` and `is_draft` say how a person
    wants it judged; `accepted` are the keys of findings whose fix is taken, `left` those left as they are, with the
    reason.
    """

    person: int
    name: str
    form: str
    stage: Stage = Stage.WAITING
    told: str = ""
    read: dict[str, Any] | None = None
    text: str = ""
    as_of: str | None = None
    kind: str | None = None
    is_draft: bool = False
    accepted: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, data: bytes) -> State:
        given = json.loads(data.decode("utf-8", "surrogatepass"))
        return cls(**{**given, "stage": Stage(given["stage"]), "accepted": tuple(given["accepted"])})


@dataclass(frozen=True)
class Checked:
    """A document that was read, judged as its state says; on its printed page too, where `layout` is known.

    `leaves` are the pages of a PDF file or a scan, `near` the units of who checks it: units named in it are looked up in
    their province.
    """

    state: State
    today: date
    layout: Layout | None = None
    leaves: Leaves | None = None
    near: tuple[Unit, ...] = ()

    @cached_property
    def document(self) -> Document:
        document = codec.from_json(self.state.read or {})
        return replace(document, kind=Kind(self.state.kind)) if self.state.kind else document

    @cached_property
    def as_of(self) -> date:
        """The day on which it is judged: the one that was asked for, else its own, else today."""
        if self.state.as_of:
            return date.fromisoformat(self.state.as_of)
        return check.judged_on(self.document) or self.today

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """Everything found, by key, in the order of the text."""
        found = judged(
            self.document,
            self.near,
            as_of=self.as_of,
            text=self.state.text,
            draft=self.state.is_draft,
            layout=self.layout,
        )
        return {key_of(one): one for one in found}

    @cached_property
    def accepted(self) -> list[Finding]:
        return [one for key, one in self.findings.items() if key in self.state.accepted]

    @cached_property
    def suppressions(self) -> list[Suppression]:
        """What is left as it is: the same words elsewhere too, as everywhere a reason counts."""
        return [
            Suppression(one.rule, one.quote_hash, self.state.left[key])
            for key, one in self.findings.items()
            if key in self.state.left
        ]

    @cached_property
    def reasons(self) -> dict[str, str]:
        """The reason of each finding that is left, by key."""
        parted = check.set_aside(self.findings.values(), self.suppressions)
        return {key_of(one): suppression.reason for one, suppression in parted.set_aside}

    @cached_property
    def standing(self) -> dict[str, Finding]:
        """What is neither mended nor left."""
        return {
            key: one
            for key, one in self.findings.items()
            if key not in self.state.accepted and key not in self.reasons
        }

    @cached_property
    def problems(self) -> list[dict[str, Any]]:
        """What reading could not do or find, without what a finding says too, in its place and with its law."""
        kinds = {one.kind for one in self.findings.values()}
        said = {kind.value for kind in kinds}
        is_missing_told = FindingKind.MISSING_ELEMENT in kinds
        return [
            one
            for one in (self.state.read or {}).get("problems", [])
            if one["code"] not in said and not (is_missing_told and one["code"].startswith("missing-"))
        ]

    def may_accept(self, key: str) -> bool:
        """Whether the finding's fix can be taken: there is one, its place is known, no other fix stands in it."""
        one = self.findings.get(key)
        if one is None or one.fix is None or one.span is None or key in self.state.accepted:
            return False
        return not any(_overlap(one, other) for other in self.accepted)

    @cached_property
    def corrected_text(self) -> str:
        """The text with every accepted fix in its place."""
        text = self.state.text
        for one in sorted(self.accepted, key=_start, reverse=True):
            text = applied_to_text(text, one)
        return text


def key_of(finding: Finding) -> str:
    """A short name of a finding, the same each time the same document is checked."""
    said = f"{finding.rule}|{finding.place}|{finding.place.start}|{finding.place.end}|{finding.quote_hash}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _start(one: Finding) -> tuple[int, int]:
    return (one.span.line, one.span.column) if one.span else (0, 0)


def _end(one: Finding) -> tuple[int, int]:
    return (one.span.end_line, one.span.end_column) if one.span else (0, 0)


def _overlap(one: Finding, other: Finding) -> bool:
    return (_start(one) < _end(other) and _start(other) < _end(one)) or _start(one) == _start(other)


# --- how it is shown ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in its place. `number` counts from the top of the document."""

    key: str
    number: int
    finding: Finding
    is_accepted: bool = False
    may_accept: bool = False
    reason: str = ""
    page: int | None = None

    @property
    def line(self) -> int | None:
        return self.finding.span.line if self.finding.span else None

    @property
    def look(self) -> str:
        """Which sign stands beside it."""
        return "done" if self.is_accepted else "left" if self.reason else self.finding.severity.value


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: plain, or the place of findings, of which the gravest gives the look and the way."""

    text: str
    of: Shown | None = None
    is_first: bool = False
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines and what is said of them. `page` is set where a page begins."""

    lines: tuple[Line, ...]
    found: tuple[Shown, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedLeaf:
    """A page of the file: its picture with marks, what is said of it, and its text as it was read."""

    leaf: Leaf
    found: tuple[Shown, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are shown: of one severity, of one kind, or only what is still open."""

    severity: Severity | None = None
    kind: FindingKind | None = None

    def lets(self, one: Finding) -> bool:
        return (self.severity is None or one.severity is self.severity) and (
            self.kind is None or one.kind is self.kind
        )


@dataclass(frozen=True)
class View:
    """The page: what is about the whole document, then passage by passage, or leaf by leaf where there are pages."""

    whole: tuple[Shown, ...]
    passages: tuple[Passage, ...]
    shown: int
    matching: int
    is_shortened: bool
    leaves: tuple[CheckedLeaf, ...] = ()


def view_of(checked: Checked, wanted: Filter) -> View:
    """The document with its findings beside it."""
    numbered = [
        Shown(
            key,
            number,
            one,
            key in checked.state.accepted,
            checked.may_accept(key),
            checked.reasons.get(key, ""),
        )
        for number, (key, one) in enumerate(checked.findings.items(), 1)
    ]
    matching = [one for one in numbered if wanted.lets(one.finding)]
    gravest = sorted(
        matching, key=lambda one: (one.is_accepted or bool(one.reason), one.finding.severity.rank)
    )
    kept = {one.key for one in gravest[:MOST_FINDINGS]}
    chosen = [one for one in matching if one.key in kept]
    whole = tuple(one for one in chosen if one.finding.span is None)
    if checked.leaves is not None:
        leaves = list(_leaves(checked.state.text, checked.leaves, chosen))
        is_shortened = len(leaves) > MOST_LEAVES
        shown = tuple(one for one in leaves if one.found or not is_shortened)
        return View(whole, (), len(chosen), len(matching), is_shortened, shown)
    passages = list(_passages(_numbered(checked.state.text), chosen))
    is_shortened = len(passages) > MOST_PASSAGES
    if is_shortened:
        passages = [one for one in passages if one.found]
    return View(whole, tuple(passages), len(chosen), len(matching), is_shortened)


def _leaves(text: str, kept: Leaves, chosen: Sequence[Shown]) -> Iterator[CheckedLeaf]:
    lines = _numbered(text)
    page_of = kept.page_of_lines(len(lines))
    marks = Marks()
    found: dict[int, list[Shown]] = {}
    for one in chosen:
        if one.finding.span is None:
            continue
        rows = kept.rows(one.finding.span)
        page = rows[0][0] if rows else page_of[min(one.finding.span.line, len(lines)) - 1]
        shown = replace(one, page=page if rows else None)
        found.setdefault(page, []).append(shown)
        marks.add(_mark_of(shown), rows)
    by_page: dict[int, list[tuple[int, str]]] = {}
    for line, page in zip(lines, page_of, strict=True):
        by_page.setdefault(page, []).append(line)
    for leaf in leaves_of(kept.sizes, marks.by_page):
        passages = _passages(by_page.get(leaf.number, ()), chosen)
        yield CheckedLeaf(leaf, tuple(found.get(leaf.number, ())), tuple(passages))


def _mark_of(one: Shown) -> Mark:
    return Mark(f"h-{one.key}", f"d-{one.key}", one.look, one.finding.message, str(one.number))


def _numbered(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), 1))


def _passages(lines: Sequence[tuple[int, str]], chosen: Sequence[Shown]) -> Iterator[Passage]:
    begins: dict[int, list[Shown]] = {}
    touches: dict[int, list[Shown]] = {}
    for one in chosen:
        span = one.finding.span
        if span is None:
            continue
        begins.setdefault(span.line, []).append(one)
        for at in range(span.line, span.end_line + 1):
            touches.setdefault(at, []).append(one)
    page = 1
    gathered: list[Line] = []
    starts: int | None = None
    for number, raw in lines:
        if "\f" in raw:
            yield from _passage(gathered, begins, starts)
            gathered, page = [], page + raw.count("\f")
            starts = page
        line = raw.replace("\f", " ")
        if not line.strip():
            yield from _passage(gathered, begins, starts)
            starts = None if gathered else starts
            gathered = []
            continue
        gathered.append(Line(number, tuple(_parts(line, number, touches.get(number, [])))))
        if len(gathered) >= _LINES_OF_A_PASSAGE or len(begins.get(number, [])) > 1:
            yield from _passage(gathered, begins, starts)
            gathered, starts = [], None
    yield from _passage(gathered, begins, starts)


def _passage(lines: list[Line], begins: Mapping[int, list[Shown]], page: int | None) -> Iterator[Passage]:
    if lines:
        found = tuple(one for line in lines for one in begins.get(line.number, []))
        yield Passage(tuple(lines), found, page)


def _parts(text: str, number: int, touching: Sequence[Shown]) -> Iterator[Part]:
    """The line cut where a finding begins or ends."""
    stretches = [(*_within(one.finding.span, number, len(text)), one) for one in touching if one.finding.span]
    # A place without width still needs something to point at.
    stretches = [(start, max(end, min(start + 1, len(text))), one) for start, end, one in stretches]
    cuts = sorted({0, len(text), *(at for start, end, _one in stretches for at in (start, end))})
    begun: set[str] = set()
    for start, end in pairwise(cuts):
        over = [one for first, last, one in stretches if first <= start and end <= last]
        # What was mended is shown as mended; else the gravest gives the look.
        over.sort(key=lambda one: (not one.is_accepted, bool(one.reason), one.finding.severity.rank))
        of = over[0] if over else None
        is_first = of is not None and of.key not in begun and of.line == number
        replaced_by = ""
        if of is not None:
            begun.add(of.key)
            span = of.finding.span
            if of.is_accepted and span and span.end_line == number and end >= _end_on(stretches, of):
                replaced_by = of.finding.fix or ""
        yield Part(text[start:end], of, is_first, replaced_by)


def _end_on(stretches: Sequence[tuple[int, int, Shown]], of: Shown) -> int:
    return max(end for _start, end, one in stretches if one.key == of.key)


def _within(span: Span, number: int, length: int) -> tuple[int, int]:
    start = span.column - 1 if span.line == number else 0
    end = span.end_column - 1 if span.end_line == number else length
    return max(0, min(start, length)), max(0, min(end, length))
