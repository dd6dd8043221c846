"""A proposal as JSON, as a draft keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dinhlang.officialdoc.model import Span
from dinhlang.work.plan_values import PlanValues, row_from_json, row_to_json
from dinhlang.work.proposal.model import Item, Proposal


def to_json(proposal: Proposal) -> dict[str, Any]:
    """The proposal as a draft keeps it."""
    base = proposal.base
    return {
        "base": {
            "year": base.year,
            "title": base.title,
            "number": base.number,
            "symbol": base.symbol,
            "issued_on": base.issued_on.isoformat() if base.issued_on else None,
            "bases": list(base.bases),
            "rows": [row_to_json(row) for row in base.rows],
            "duties": [list(duty) for duty in base.duties],
        },
        "items": [
            {
                "path": item.path,
                "value": item.value,
                "read": item.read,
                "spans": [
                    [span.line, span.column, span.end_line, span.end_column, span.page] for span in item.spans
                ],
                "doubts": list(item.doubts),
                "suggestion": item.suggestion,
                "seen": item.is_seen,
            }
            for item in proposal.items
        ],
        "dropped": sorted(proposal.dropped),
        "added": proposal.added,
    }


def from_json(data: Mapping[str, Any]) -> Proposal:
    """The proposal that `to_json` wrote."""
    base = data["base"]
    return Proposal(
        PlanValues(
            year=base["year"],
            title=base["title"],
            number=base["number"],
            symbol=base["symbol"],
            issued_on=date.fromisoformat(base["issued_on"]) if base["issued_on"] else None,
            bases=tuple(base["bases"]),
            rows=tuple(row_from_json(row) for row in base["rows"]),
            duties=tuple((unit, duty) for unit, duty in base["duties"]),
        ),
        tuple(
            Item(
                one["path"],
                one["value"],
                one["read"],
                tuple(Span(*span) for span in one["spans"]),
                tuple(one["doubts"]),
                one["suggestion"],
                one["seen"],
            )
            for one in data["items"]
        ),
        frozenset(data.get("dropped", ())),
        data.get("added", 0),
    )
