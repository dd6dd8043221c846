"""The checker: a document in, findings out, as a careful office chief would mark it.

    findings = check(document, as_of=date(2026, 1, 5))

Plain Python, no clock, never raises. `rules` holds what can be wrong, each rule with its own examples; `set_aside` parts
the findings from those somebody has answered with a reason; `show` prints them for people and machines.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from dinhlang.officialdoc.check.case import Case, made_on, period_of
from dinhlang.officialdoc.check.findings import (
    Finding,
    FindingKind,
    Judged,
    Place,
    Severity,
    Suppression,
    set_aside,
)
from dinhlang.officialdoc.check.layout import Layout, layout_of
from dinhlang.officialdoc.check.packs import Pack, packs_for, rules_in
from dinhlang.officialdoc.check.registry import Rule, findings_of
from dinhlang.officialdoc.check.source import SourceText
from dinhlang.officialdoc.model import Document, Kind

__all__ = [
    "Finding",
    "FindingKind",
    "Judged",
    "Layout",
    "Pack",
    "Place",
    "Rule",
    "Severity",
    "Suppression",
    "all_rules",
    "check",
    "judged_on",
    "layout_of",
    "packs_for",
    "rules_in",
    "set_aside",
    "settle",
]


def check(
    document: Document,
    *,
    as_of: date | None = None,
    text: str | None = None,
    draft: bool = False,
    layout: Layout | None = None,
    plan: Document | None = None,
    previous: Document | None = None,
    rules: Iterable[Rule] | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the document, in the order of its text.

    `as_of` is the day on which it is judged (else its own date, or the earliest it can have been made). `text` is the
    text of the file it was read from: with it, findings carry spans and what reading leaves out is looked at too.
    `layout` says how the file is printed (`layout_of`): only with it the pages are judged.
    With `plan` and `previous` (the report before) it is compared. Without `rules` those for its kind are taken.
    A `draft` is not asked for its own number and day, which it gets when it is issued, nor for parts not yet written.
    """
    case = Case(document, as_of, SourceText.of(text) if text else None, draft, layout, plan, previous)
    if rules is None:
        rules = _rules_for(document.kind)
    found = _once(findings_of(rules, case))
    return tuple(sorted(found, key=_Order(case)) if len(found) > 1 else found)


def all_rules() -> tuple[Rule, ...]:
    """Every rule. They are loaded when they are first asked for: a server that checks nothing does not carry them."""
    from dinhlang.officialdoc.check.rules import RULES

    return tuple(RULES)


def settle() -> None:
    """Load the rules and take what is loaded out of the garbage collector's sight: for a process that checks many
    documents. Looking through it again and again takes a twentieth of the time; a check itself leaves nothing to collect.
    """
    all_rules()
    gc.collect()
    gc.freeze()


@cache
def _rules_for(kind: Kind) -> Sequence[Rule]:
    return tuple(rules_in(packs_for(kind), all_rules()))


def judged_on(document: Document) -> date | None:
    """The day on which the document is judged when nobody says another."""
    return made_on(document, period_of(document))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """One finding for each rule and place, and for each mistake: of two rules that find the same, the first. So the one
    that knows the phrase goes before the one that knows the word."""
    kept: dict[tuple[str, Place], Finding] = {}
    alike: dict[object, list[Place]] = defaultdict(list)
    for finding in found:
        mistake = _mistake(finding)
        if mistake is not None:
            if any(_overlap(finding.place, other) for other in alike[mistake]):
                continue
            alike[mistake].append(finding.place)
        kept.setdefault((finding.rule, finding.place), finding)
    return list(kept.values())


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _mistake(finding: Finding) -> object:
    """What two findings in one place have in common when they are about one mistake; None where each is its own.

    A word is misspelled once. A sum is wrong once, whichever way it is told: by what it makes and what is written.
    """
    if finding.kind is FindingKind.SPELLING:
        return finding.kind
    if finding.kind is FindingKind.SUM_MISMATCH:
        return tuple(_NUMBER.findall(finding.message)[-2:])
    return FindingKind.STALE_YEAR if finding.kind in _OF_TIME else None


_OF_TIME = frozenset((FindingKind.STALE_YEAR, FindingKind.IMPOSSIBLE_DATE, FindingKind.PERIOD_MISMATCH))
"""A time is wrong once, as a year gone by, as a day that cannot be, or as another period."""


def _overlap(one: Place, other: Place) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end


class _Order:
    """By line where lines are known, else by the order of the pieces; then by rule."""

    def __init__(self, case: Case) -> None:
        self.at = {piece.path: number for number, piece in enumerate(case.pieces)}

    def __call__(self, one: Finding) -> tuple[int, int, int, str]:
        if one.span is not None:
            return (one.span.line, one.span.column, one.place.start, one.rule)
        return (self.at.get(one.place.path, -1), 0, one.place.start, one.rule)
