"""Which versions a consolidated report counts, kept beside it: pinned while it is a draft, final once it is issued."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dinhlang.reports.consolidation.figures import own_as_json
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.taking import kept, take
from dinhlang.reports.models import ConsolidatedChild, Consolidation, Report, ReportFigure
from dinhlang.reports.sources import CHILDREN


def consolidation_of(report: Report) -> Consolidation | None:
    """What a report was taken together from; `None` for one that was not."""
    if not report.pk:
        return None
    return Consolidation.objects.select_related("report__unit").filter(report=report).first()


def again(report: Report) -> Taken | None:
    """What counts today for a consolidated report; `None` for any other."""
    pinned = consolidation_of(report)
    return newest(pinned) if pinned else None


def newest(pinned: Consolidation) -> Taken:
    """What counts today of what a consolidated report is about."""
    before = kept(pinned)
    found = take(
        before.unit, before.programme, before.period, before.window, with_received=pinned.with_received
    )
    return found.without(pinned.apart)


def pin(report: Report, taken: Taken, decided: Consolidation | None, at: datetime) -> None:
    """Keep what the report counts now, and what a person decided about it."""
    # An earlier moment stays when the very same versions are drawn once more.
    known = Consolidation.objects.filter(report=report).first()
    row = known or Consolidation(report=report, taken_at=at)
    pins = {unit: one.pk for unit, one in taken.submissions.items()}
    if known is None or pins != dict(known.children.values_list("unit_id", "submission_id")):
        row.taken_at = at
    row.with_received = decided.with_received if decided else False
    row.joined, row.parted = (decided.joined, decided.parted) if decided else ([], [])
    row.apart = sorted(taken.apart)
    row.expected = sorted(taken.coverage.expected)
    row.ended = sorted(taken.coverage.ended)
    row.own = own_as_json(taken.own)
    row.coverage = taken.sentence
    row.save()
    row.children.all().delete()
    ConsolidatedChild.objects.bulk_create(
        ConsolidatedChild(
            consolidation=row,
            unit_id=unit,
            submission=one,
            digest=one.digest,
            window_from=taken.windows[unit].start,
            window_to=taken.windows[unit].end,
            passed_to_id=taken.coverage.passed.get(unit),
            was_accepted=unit not in taken.coverage.unaccepted,
        )
        for unit, one in sorted(taken.submissions.items())
    )


def evidence_of(taken: Taken, concept: str) -> list[dict[str, Any]]:
    """What stands behind a consolidated figure: each unit's submission and what it stated, ready for JSON."""
    digests = {unit: one.digest for unit, one in taken.submissions.items()}
    return [
        {
            "unit": one.unit,
            "submission": taken.submissions[one.unit].pk if one.unit in digests else None,
            "digest": digests.get(one.unit, ""),
            "figure": one.digest,
            "value": None if one.value is None else str(one.value),
            "exactness": one.exactness,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "lines": one.lines,
        }
        for one in taken.behind(concept)
    ]


def freeze(report: Report, figures: list[ReportFigure]) -> None:
    """Close what a consolidated report counts, and set its figures' evidence. Part of the act that issues it."""
    pinned = consolidation_of(report)
    if pinned is None:
        return
    taken = kept(pinned)
    found: Mapping[str, list[dict[str, Any]]] = {
        concept: evidence_of(taken, concept) for concept in {one.concept for one in figures}
    }
    for one in figures:
        if one.origin == CHILDREN and one.window_to == report.window_to:
            one.evidence = found[one.concept]
    pinned.children.update(is_final=True)
    pinned.is_final = True
    pinned.save(update_fields=["is_final"])


def says_what_it_covers(report: Report, pinned: Consolidation) -> bool:
    """Whether the sentence on coverage stands in the document as it is true."""
    said = " ".join(
        "".join(run.get("text") or "" for run in block.get("runs") or [])
        for block in report.document.get("body") or []
    )
    return " ".join(pinned.coverage.split()) in " ".join(said.split())
