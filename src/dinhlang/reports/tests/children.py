"""Reports handed in by communes that do not exist, for tests of what the level above makes of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dinhlang.org.models import Unit, UnitName, UnitPlacement
from dinhlang.periods.identifier import Period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Programme, Submission, SubmittedFigure
from dinhlang.reports.submission.rules.states import State
from dinhlang.vietnamese.text import fold
from dinhlang.work.models import Blob

PROGRAMME = "cchc-tuyen-truyen"
WINDOW = (date(2022, 12, 15), date(2023, 6, 14))
H1 = Period.parse("2023-H1")


@dataclass(frozen=True)
class Stated:
    """A figure as a commune states it."""

    value: float | int | None
    exactness: str = ""
    counts: tuple[int | None, int | None] = (None, None)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    changed_from: str = ""


def commune(unit_id: str, name: str, above: str = "tinh-mau", kind: str = "xã", **life: date) -> Unit:
    """A commune that stands under a body."""
    unit = Unit.objects.create(pk=unit_id, level=Unit.Level.COMMUNE, is_demo=True, **life)
    UnitName.objects.create(unit=unit, kind=kind, name=name, folded=fold(f"{kind} {name}"))
    UnitPlacement.objects.create(unit=unit, parent_id=above)
    return unit


def owed(
    unit: Unit,
    at: datetime,
    *,
    to: str = "tinh-mau",
    period: Period = H1,
    window: tuple[date, date] = WINDOW,
    **more: Any,
) -> Obligation:
    """A report that the commune owes."""
    programme = Programme.objects.filter(pk=PROGRAMME).first()
    if programme is None:
        import_shipped(at=at)
        programme = Programme.objects.get(pk=PROGRAMME)
    row, _made = Obligation.objects.get_or_create(
        unit=unit,
        programme=programme,
        period=str(period),
        defaults={
            "regime": programme.regimes.get(under=None),
            "subject": f"Báo cáo kết quả tuyên truyền cải cách hành chính {period.label}",
            "window_from": window[0],
            "window_to": window[1],
            "due_on": window[1],
            "recipient_id": to,
            "opened_at": at,
            **more,
        },
    )
    return row


def line(pk: int, on: date, kind: str, title: str, value: int, joint: str | None = None) -> dict[str, Any]:
    """A line of a ledger as it travels with a figure."""
    return {
        "id": pk, "hash": f"{pk:064x}", "on": on.isoformat(), "kind": kind, "title": title, "value": value,
        "exactness": "", "files": 1, "joint": joint,
    }  # fmt: skip


def handed_in(
    row: Obligation,
    figures: Mapping[str, int | Stated],
    at: datetime,
    *,
    proposals: Sequence[str] = (),
    state: State = State.ACCEPTED,
    window: tuple[date, date] | None = None,
    way: str = Submission.Way.API,
) -> Submission:
    """The commune's report, handed in and, unasked, accepted; the one that held before is replaced."""
    number = Submission.objects.filter(obligation=row).count() + 1
    if state is State.ACCEPTED:
        Submission.objects.filter(obligation=row, state=State.ACCEPTED).update(state=State.REPLACED)
    digest = hashlib.sha256(f"{row.pk}/{number}".encode()).hexdigest()
    blob, _made = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": 1, "media_type": "application/zip", "stored_at": at}
    )
    last = Submission.objects.filter(recipient_id=row.recipient_id).order_by("-receipt_number").first()
    one = Submission.objects.create(
        obligation=row,
        number=number,
        way=way,
        state=state,
        recipient_id=row.recipient_id,
        package=blob,
        digest=digest,
        document={
            "schema": "dinhlang.document/1",
            "kind": "bao-cao",
            "proposals": [{"text": one} for one in proposals],
        },
        submitted_at=at,
        received_at=at,
        decided_at=None if state is State.RECEIVED else at,
        decision={State.RECEIVED: "", State.RETURNED: "return", State.ACCEPTED: "accept"}[state],
        reason="Trong kỳ không phát sinh." if way == Submission.Way.NIL else "",
        receipt_year=at.year,
        receipt_number=last.receipt_number + 1 if last else 1,
    )
    start, end = window or (row.window_from, row.window_to)
    SubmittedFigure.objects.bulk_create(
        _figure(one, concept, said if isinstance(said, Stated) else Stated(said), start, end)
        for concept, said in figures.items()
    )
    return one


def _figure(one: Submission, concept: str, said: Stated, start: date, end: date) -> SubmittedFigure:
    top, bottom = said.counts
    return SubmittedFigure(
        submission=one,
        anchor=concept.replace("-", "_"),
        concept=concept,
        window_from=start,
        window_to=end,
        value=None if said.value is None else Decimal(str(said.value)),
        numerator=top,
        denominator=bottom,
        exactness=said.exactness,
        printed=f"{said.exactness} {said.value}".strip(),
        origin="ledger",
        lines=len(said.evidence),
        digest=hashlib.sha256(f"{concept}{said}".encode()).hexdigest(),
        evidence=said.evidence,
        has_evidence=bool(said.evidence),
        changed_from=said.changed_from,
    )
