"""On a commune's own box: what the level above received of it, and what it decided there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate

from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.reports.models import Obligation, Report, Submission
from dinhlang.reports.submission import answering, packing, queries
from dinhlang.reports.submission.actions.submitting import MEDIA_TYPE, obligation_of
from dinhlang.reports.submission.client import Client
from dinhlang.reports.submission.entering import Incoming, enter, step
from dinhlang.reports.submission.figures import figures_of
from dinhlang.reports.submission.rules import coming, package
from dinhlang.reports.submission.rules.package import Package
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.work import blobs

_DECIDED = {State.RETURNED: Deed.RETURN, State.ACCEPTED: Deed.ACCEPT, State.TAKEN_BACK: Deed.TAKE_BACK}


def send_report(
    *, report: Report, client: Client, server: str, by: Person | None, at: datetime, told: Any = None
) -> Submission:
    """Send an issued report to the server of the level above, and keep its receipt.

    Sent again after a cut it goes on; sent again after all it gives the same receipt. Raises `client.NotSent`,
    `coming.CannotSubmit`, `BadLedger`.
    """
    owed = obligation_of(report)
    data = packing.pack(owed, report)
    # What the other side would refuse is not sent at all.
    read = package.read(data)
    figures = list(figures_of(read))
    receipt = client.send(data, *([told] if told else []))
    return _kept(owed, report, read, figures, receipt, server, by, at)


def _kept(
    owed: Obligation,
    report: Report,
    read: Package,
    figures: Any,
    receipt: Mapping[str, Any],
    server: str,
    by: Person | None,
    at: datetime,
) -> Submission:
    come = Incoming(
        obligation=owed,
        way=Submission.Way.API,
        package=blobs.store(read.data, MEDIA_TYPE, at),
        submitted_at=at,
        received_at=at,
        document_on=report.issued_on,
        report=report,
        document=report.document,
        outline_version=read.manifest.outline,
        symbol=queries.symbol_of(report),
        subject=report.subject,
        figures=figures,
        by=by,
        place=server,
        receipt=receipt,
    )
    return _entered(come, receipt, at)


def _entered(come: Incoming, receipt: Mapping[str, Any], at: datetime) -> Submission:
    """Write down here what the level above received, at the times that its receipt says."""
    received_at = parse_datetime(str(receipt["received_at"])) or at
    submitted_at = min(parse_datetime(str(receipt["submitted_at"])) or at, received_at)
    with transaction.atomic():
        made = enter(replace(come, submitted_at=submitted_at, received_at=received_at))
        follow(made, receipt, at)
    return made


def send_file(
    *,
    obligation: Obligation,
    data: bytes,
    name: str,
    document_on: date,
    symbol: str = "",
    client: Client,
    server: str,
    by: Person | None,
    at: datetime,
    told: Any = None,
) -> Submission:
    """Send a file (.docx, .xlsx, .pdf) as the answer to a letter, and keep its receipt.

    The same file again gives the same receipt. Raises as `send_report` and `answering.pack_file`.
    """
    coming.check_days(document_on, localdate(at), localdate(at), localdate(at))
    made = answering.pack_file(obligation, data, name, document_on=document_on, symbol=symbol)
    read = package.read(made)
    document, figures = answering.read_file(read, obligation)
    receipt = client.send(made, *([told] if told else []))
    come = Incoming(
        obligation=obligation,
        way=Submission.Way.API,
        package=blobs.store(made, MEDIA_TYPE, at),
        submitted_at=at,
        received_at=at,
        document_on=document_on,
        document=document,
        symbol=symbol,
        subject=obligation.subject,
        figures=figures,
        by=by,
        place=server,
        receipt=receipt,
    )
    return _entered(come, receipt, at)


def ask_standing(*, submission: Submission, client: Client, at: datetime) -> Submission:
    """Ask the level above what it decided, and write it down here. Raises `client.NotSent`."""
    told = client.standing(submission.digest)
    with transaction.atomic():
        lock(submission.obligation.unit)
        current = queries.whole(submission.pk)
        follow(current, told, at)
    return current


def take_back_there(*, submission: Submission, client: Client, at: datetime) -> Submission:
    """Take back there and here what was sent. Raises `client.NotSent`."""
    told = client.take_back(submission.digest)
    with transaction.atomic():
        lock(submission.obligation.unit)
        current = queries.whole(submission.pk)
        follow(current, told, at)
    return current


def follow(submission: Submission, told: Mapping[str, Any], at: datetime) -> None:
    """Move a submission on to how it stands at the level above."""
    if told.get("state") not in State.values:
        return
    there = State(told["state"])
    deed = _DECIDED.get(there)
    if deed is None or submission.state != State.RECEIVED:
        return
    if deed is Deed.ACCEPT:
        earlier = submission.obligation.submissions.filter(state=State.ACCEPTED).first()
        if earlier is not None:
            step(earlier, Deed.REPLACE, by=None, at=at)
    decided_at = parse_datetime(str(told.get("decided_at") or "")) or at
    reason, points = str(told.get("reason") or "")[:500], told.get("points") or []
    if deed is Deed.RETURN and not (reason or points):
        reason = "Xem ý kiến của cấp trên."
    step(submission, deed, by=None, at=decided_at, reason=reason, points=points)
