"""What a rule is: its number, its words, its law, its way of finding, and examples that are run as tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import Finding, FindingKind, Place, Severity, Step
from dinhlang.officialdoc.check.layout.pages import Layout
from dinhlang.officialdoc.check.noted import NOTHING, WordKind
from dinhlang.officialdoc.check.pieces import Piece
from dinhlang.officialdoc.check.source import SourceText
from dinhlang.officialdoc.model import (
    Block,
    Document,
    Issuer,
    Kind,
    PartialDate,
    Recipient,
    Signature,
    SignatureMode,
)
from dinhlang.officialdoc.read.blocks import ONE_LINE_EACH, drafts_of, placed
from dinhlang.officialdoc.read.decode import Decoded
from dinhlang.officialdoc.read.document import document_of
from dinhlang.officialdoc.read.lines import lines_of
from dinhlang.periods.identifier import find_period

_STATE_FORMS = "Nghị định 30/2020/NĐ-CP, Phụ lục I,"
MOST_FINDINGS = 200
"""Of one rule in one document: more are one thing that is wrong everywhere, and nobody reads them one by one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the characters from `start` up to `end` of a piece."""

    piece: Piece
    start: int
    end: int
    message: str
    fix: str | None = None
    basis: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """What a rule misses: a part of the document that is not there.

    `near` is where it should stand: its text, or the characters `within`.
    """

    path: tuple[Step, ...]
    message: str
    near: Piece | None = None
    within: tuple[int, int] | None = None


Found = Iterable[Hit | Lack]


@dataclass(frozen=True, slots=True)
class Example:
    """A document on which a rule must find something, or nothing.

    `text` is paragraph by paragraph the body of a report on 2023 in good order, of which `given` replaces parts;
    with `is_file` it is a whole file.
    """

    text: str
    given: Mapping[str, Any] = field(default_factory=dict)
    is_file: bool = False
    as_of: date | None = None
    draft: bool = False
    blocks: tuple[Block, ...] = ()
    layout: Layout | None = None
    plan: Document | None = None
    previous: Document | None = None

    def case(self) -> Case:
        """The example as a document to check."""
        if self.is_file:
            document = document_of(Decoded(self.text, "text"), "vi-du.txt")
            return Case(replace(document, **self.given), self.as_of, SourceText.of(self.text), self.draft)
        document = replace(_GOOD, body=_body(self.text) + self.blocks, **self.given)
        if "subject" in self.given and "period" not in self.given:
            period = find_period(document.subject or "")
            document = replace(document, period=str(period) if period else None)
        return Case(document, self.as_of, None, self.draft, self.layout, self.plan, self.previous)


def _body(text: str) -> tuple[Block, ...]:
    return tuple(one.paragraph for one in placed(drafts_of(lines_of(text), ONE_LINE_EACH)))


_GOOD = Document(
    kind=Kind.REPORT,
    issuer=Issuer("ỦY BAN NHÂN DÂN XÃ BẾN MẪU", "xã", "Bến Mẫu"),
    number="12",
    symbol="BC-UBND",
    place="Bến Mẫu",
    date=PartialDate(12, 12, 2023),
    subject="Kết quả tuyên truyền cải cách hành chính năm 2023",
    period="2023",
    signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
    recipients=(Recipient("Sở Nội vụ", "BC"), Recipient("Lưu: VT, VP")),
)


HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ BẾN MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 01/BC-UBND\nBến Mẫu, ngày 12 tháng 12 năm 2023\n"
    "BÁO CÁO\nKết quả năm 2023\n\n"
)
FOOT = "\n\nNơi nhận:\n- Sở Nội vụ (để b/c);\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Mẫu\n"
"""The head and the foot of a file in good order, for examples."""


_BESIDE = ("as_of", "draft", "blocks", "plan", "previous")


def said(text: str, **given: Any) -> Example:
    """An example by its body: one paragraph on each line."""
    extra = {name: given.pop(name) for name in _BESIDE if name in given}
    return Example(text, given, **extra)


def printed(layout: Layout) -> Example:
    """An example by how its pages look."""
    return Example("Đã làm.", layout=layout)


def filed(text: str, **given: Any) -> Example:
    """An example by the whole text of a file."""
    return Example(text, given, is_file=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong. `title` says it in general, for the list of rules."""

    id: str
    kind: FindingKind
    severity: Severity
    title: str
    find: Callable[[Case], Found]
    bad: Sequence[Example] = ()
    good: Sequence[Example] = ()
    basis: str | None = None
    on_damaged: bool = False
    """Whether it may judge text that a machine misread."""
    needs: WordKind = NOTHING
    """What the document must have or say for the rule to find anything: else it is not asked."""
    words: Sequence[tuple[str, str | None, date | None]] = ()
    """Of a list: what is not to be written, what instead, and since when."""

    def check(self, case: Case) -> list[Finding]:
        """What this rule finds; of a flood the first ones."""
        return findings_of((self,), case)

    @property
    def _is_of_state(self) -> bool:
        return (self.basis or "").startswith(_STATE_FORMS)

    def _finding(self, found: Hit | Lack) -> Finding:
        return self._lack(found) if isinstance(found, Lack) else self._hit(found)

    def _hit(self, found: Hit) -> Finding:
        return Finding(
            self.id,
            self.kind,
            found.severity or self.severity,
            found.message,
            found.piece.text[found.start : found.end],
            Place(found.piece.path, found.start, found.end),
            found.piece.span(found.start, found.end),
            found.fix,
            found.basis or self.basis,
        )

    def _lack(self, lack: Lack) -> Finding:
        near = lack.near
        text = near.text if near else ""
        start, end = lack.within or (len(text) - len(text.lstrip()), len(text.rstrip()))
        end = max(start, end)
        span = near.span(start, end) if near else None
        return Finding(
            self.id,
            self.kind,
            self.severity,
            lack.message,
            text[start:end],
            Place(near.path if near else lack.path, start, end),
            span,
            None,
            self.basis,
        )


def findings_of(rules: Iterable[Rule], case: Case) -> list[Finding]:
    """What the rules find, each in its turn; of a flood of one rule the first ones."""
    # There are hundreds, and most find nothing: those that cannot are not asked.
    lacking = ~case.has
    asked = [rule for rule in rules if not rule.needs.bits & lacking]
    if case.is_damaged:
        asked = [rule for rule in asked if rule.on_damaged]
    if case.is_of_party:
        asked = [rule for rule in asked if not rule._is_of_state]
    return [rule._finding(hit) for rule in asked for hit in islice(rule.find(case), MOST_FINDINGS)]


def rule(
    number: str, kind: FindingKind, severity: Severity, title: str, **more: Any
) -> Callable[[Callable[[Case], Found]], Rule]:
    """Make a rule of the function that finds it."""

    def made(find: Callable[[Case], Found]) -> Rule:
        return Rule(number, kind, severity, title, find, **more)

    return made
