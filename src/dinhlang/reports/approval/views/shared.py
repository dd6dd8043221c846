"""What the pages on the desk and those opened by a link show alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.reports import editor
from dinhlang.reports.approval import queries, told
from dinhlang.reports.approval.actions.approving import signature_of
from dinhlang.reports.approval.paper import as_signed, paper_of
from dinhlang.reports.approval.rules.stages import Stage
from dinhlang.reports.models import Report


def looked_at(report: Report, stage: Stage, on: date) -> dict[str, Any]:
    """What whoever decides has to see: what was touched, findings, what was left with a reason, what is missing."""
    seen = queries.digest_now(report)
    touched = queries.touched_for(report, stage, seen)
    return {
        "seen": seen,
        "touched": told.lines_of(touched) if touched is not None else None,
        "shown": editor.shown(report, on),
        "steps": queries.steps_of(report),
    }


def paper_for(report: Report, person: Person | None, on: date) -> dict[str, Any]:
    """The exact document as `person` would issue it on that day, and why they could not."""
    why_not, signature = "", None
    if person is not None:
        try:
            signature = signature_of(report, person, on)
        except Refused as reason:
            why_not = str(reason)
    document = as_signed(report, signature, on)
    paper = paper_of(document)
    return {
        "paper": paper,
        "why_not": why_not,
        "number": f"{document.number}/{document.symbol}",
        "signature_lines": paper.letterhead["signature"] if signature else (),
        "signer": person.full_name if person else "",
    }
