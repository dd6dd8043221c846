"""What a check says: findings, where they stand, and those that somebody has set aside with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dinhlang.officialdoc.model import Span

Step = str | int


class FindingKind(StrEnum):
    """What is wrong: the closed set of the schema `dinhlang.findings/1`."""

    BLANK_NUMBER = "blank-number"
    BLANK_DATE = "blank-date"
    STALE_YEAR = "stale-year"
    PERIOD_MISMATCH = "period-mismatch"
    IMPOSSIBLE_DATE = "impossible-date"
    WRONG_AUTHORITY = "wrong-authority"
    OBSOLETE_TERM = "obsolete-term"
    ABOLISHED_BODY = "abolished-body"
    MISSING_DENOMINATOR = "missing-denominator"
    SUM_MISMATCH = "sum-mismatch"
    PERCENT_MISMATCH = "percent-mismatch"
    NUMBERING = "numbering"
    HEADING_JUMP = "heading-jump"
    MISSING_ELEMENT = "missing-element"
    SIGNATURE_FORM = "signature-form"
    SYMBOL_FORM = "symbol-form"
    REFERENCE_FORM = "reference-form"
    SPELLING = "spelling"
    PUNCTUATION = "punctuation"
    CAPITALISATION = "capitalisation"
    TONE_STYLE = "tone-style"
    REPETITION = "repetition"
    LAYOUT = "layout"
    OTHER = "other"


class Severity(StrEnum):
    """How grave: an office chief would send an error back."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)

    @property
    def label(self) -> str:
        return {"error": "lỗi", "warning": "cảnh báo", "info": "gợi ý"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document: the way to a text of it, and the characters from `start` up to `end` of that text.

    The way is one of the model's fields and what stands in it: ('body', 3), ('body', 4, 'rows', 0, 2), ('subject',),
    ('appendices', 0, 'blocks', 1). A paragraph's text is that of its runs, without the mark before it.
    ('lines', 11) is a line of the file, counted from 0, for what reading leaves out.
    """

    path: tuple[Step, ...]
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        words = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path]
        return "".join(words).lstrip(".")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `message` is Vietnamese: what, and what to do. `fix` is to stand in place of `quote`."""

    rule: str
    kind: FindingKind
    severity: Severity
    message: str
    quote: str
    place: Place
    span: Span | None = None
    fix: str | None = None
    basis: str | None = None

    @property
    def quote_hash(self) -> str:
        """What stays the same of the quote when the lines around it are broken elsewhere."""
        return hash_of(self.quote)


def hash_of(quote: str) -> str:
    """By which a suppression knows its quote."""
    return hashlib.sha256(" ".join(quote.split()).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Somebody's word that this rule is wrong about this quote. The reason is shown to whoever approves."""

    rule: str
    quote_hash: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings, parted into those that stand and those set aside, each with its suppression."""

    standing: tuple[Finding, ...]
    set_aside: tuple[tuple[Finding, Suppression], ...] = ()
    unused: tuple[Suppression, ...] = ()


def set_aside(findings: Iterable[Finding], suppressions: Iterable[Suppression]) -> Judged:
    """Part the findings. A suppression without a reason counts for nothing; one that meets no finding is unused."""
    known = {(one.rule, one.quote_hash): one for one in suppressions if one.reason.strip()}
    standing: list[Finding] = []
    aside: list[tuple[Finding, Suppression]] = []
    for finding in findings:
        suppression = known.get((finding.rule, finding.quote_hash))
        if suppression is None:
            standing.append(finding)
        else:
            aside.append((finding, suppression))
    used = {suppression for _, suppression in aside}
    return Judged(tuple(standing), tuple(aside), tuple(one for one in known.values() if one not in used))
