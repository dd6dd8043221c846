"""Kill processes that hand reports in, somewhere in the middle, and count what is there: nothing lost, nothing twice.

    .venv/bin/python scripts/kill_submission.py 200

Each round sends one package through the same steps as the API in a process of its own, which is killed after a random
moment; then it is sent again until there is a receipt. Uses a data folder of its own. The last line is JSON. The tests
do fewer rounds (`reports/tests/test_submission_killed.py`).
"""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import prepared_database

PART = 64 * 1024


def main(rounds: int) -> int:
    """Run so many rounds; give the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="dinhlang-kill-"))
    os.environ["DINHLANG_DATA"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    prepared_database.into(folder)
    from dinhlang.config import start

    start.setup()
    from django.utils import timezone

    now = timezone.now()
    secret, package = _prepared(now)
    chance = random.Random(rounds)
    usual = _timed(secret, package(0), now)
    killed = interrupted = 0
    for number in range(1, rounds + 1):
        data = package(number)
        _forget_connections()
        child = os.fork()
        if child == 0:
            _send(secret, data, now + timedelta(seconds=number))
            os._exit(0)
        # The first one early for certain, so that a few rounds show something too.
        time.sleep(chance.uniform(0, usual * 3) if number > 1 else usual / 3)
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        _forget_connections()
        interrupted += not _is_there(data)
        first = _send(secret, data, now + timedelta(seconds=number))
        again = _send(secret, data, now + timedelta(seconds=number))
        if first != again:
            raise SystemExit(f"round {number}: two receipts for one package: {first}, {again}")
    return _told(rounds, killed, interrupted)


def _prepared(now):  # type: ignore[no-untyped-def]
    """A province, a commune with an issued report, its key; and the package of each round, all different."""
    from dinhlang.org import actions as org
    from dinhlang.org.models import Unit
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.actions import draft_report, issue_report
    from dinhlang.reports.duties.actions import open_period
    from dinhlang.reports.duties.actions.importing import import_shipped
    from dinhlang.reports.models import Obligation, Programme
    from dinhlang.reports.submission import actions, packing
    from dinhlang.reports.submission.rules import package as form
    from dinhlang.reports.submission.rules.ledger import Ledger

    org.load_demo(at=now, passphrase=secrets.token_hex(12))
    import_shipped(at=now)
    unit, above = Unit.objects.get(pk="ben-truc"), Unit.objects.get(pk="tinh-mau")
    period = Period.parse(f"{now.year - 1}")
    open_period(
        programme=Programme.objects.get(pk="cchc-tuyen-truyen"), period=period, at=now, units=["ben-truc"]
    )
    owed = Obligation.objects.get(unit=unit, period=str(period))
    draft = draft_report(unit=unit, period=period, by=None, at=now)
    report = issue_report(report=draft, on=now.date(), by=None, at=now)
    whole = form.read(packing.pack(owed, report))
    _key, secret = actions.make_key(unit=unit, above=above, name="kill", by=None, at=now)

    def package(number: int) -> bytes:
        # The text differs in each round, so each is a submission of its own that replaces the one before.
        document = {**(whole.document or {}), "round": number}
        parts = {
            form.DOCX: whole.docx,
            form.PDF: whole.pdf,
            form.LEDGER: form.as_json((whole.ledger or Ledger((), {})).told()),
            form.DOCUMENT: form.as_json(document),
        }
        return form.packed(whole.manifest, parts)

    return secret, package


def _send(secret: str, data: bytes, at) -> str:  # type: ignore[no-untyped-def]
    """What the API does, request by request; give the receipt's number."""
    from dinhlang.reports.submission import queries
    from dinhlang.reports.submission.actions import uploads
    from dinhlang.reports.submission.rules.package import digest_of

    key = uploads.key_of(secret, at)
    begun = uploads.begin_upload(key=key, digest=digest_of(data), size=len(data), at=at)
    made = begun.submission
    if begun.upload is not None:
        offset = begun.upload.offset
        while offset < len(data):
            part = data[offset : offset + PART]
            offset = uploads.add_part(key=key, token=begun.upload.token, offset=offset, data=part, at=at)
        made = uploads.complete_upload(key=key, token=begun.upload.token, at=at)
    return str(queries.receipt_of(made)["number"]) if made is not None else ""


def _timed(secret: str, data: bytes, now) -> float:  # type: ignore[no-untyped-def]
    began = time.monotonic()
    _send(secret, data, now)
    return time.monotonic() - began


def _is_there(data: bytes) -> bool:
    from dinhlang.reports.models import Submission
    from dinhlang.reports.submission.rules.package import digest_of

    return Submission.objects.filter(digest=digest_of(data)).exists()


def _forget_connections() -> None:
    """A connection must not be shared with a process that is killed."""
    from django.db import connections

    connections.close_all()


def _told(rounds: int, killed: int, interrupted: int) -> int:
    from dinhlang.reports.models import Submission, SubmissionStep, SubmittedFigure, Upload
    from dinhlang.reports.submission.rules.states import State

    rows = list(Submission.objects.order_by("number").values_list("number", "receipt_number", "state"))
    figures = SubmittedFigure.objects.values("submission").distinct().count()
    told = {
        "rounds": rounds,
        "killed": killed,
        "killed_before_it_was_taken_in": interrupted,
        "submissions": len(rows),
        "numbers_without_gaps": [row[0] for row in rows] == list(range(1, rounds + 2)),
        "receipts_without_gaps": [row[1] for row in rows] == list(range(1, rounds + 2)),
        "waiting": sum(row[2] == State.RECEIVED for row in rows),
        "with_figures": figures,
        "receiving_steps": SubmissionStep.objects.filter(deed="receive").count(),
        "uploads_left": Upload.objects.count(),
    }
    is_well = (
        told["submissions"] == told["receiving_steps"] == rounds + 1
        and told["numbers_without_gaps"]
        and told["receipts_without_gaps"]
        and told["waiting"] == 1
        and told["uploads_left"] == 0
    )
    print(json.dumps({**told, "well": is_well}))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
