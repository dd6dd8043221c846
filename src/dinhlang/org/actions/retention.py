"""Erasing: what has been kept long enough, what a person asked to be erased, and that again after a restore.

Each batch is one transaction with its counts and its entry of the audit: killed in between, the next look goes on.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions.audit import audit
from dinhlang.org.models import Person, RetentionRun
from dinhlang.org.personal.people import Held, by_key
from dinhlang.org.personal.retention import Term, added, terms
from dinhlang.org.rules import Refused

BATCH = 500
_MOST_AT_ONCE = 40 * BATCH
# Beside the database and in no backup: it must be newer than whatever is restored.
ERASED = "erased.jsonl"


def erase_due(*, at: datetime, anew: bool = False) -> int:
    """Empty what has been kept long enough; gives how many rows. For the worker, once a day; `anew` looks again on that day.

    A turn of the worker takes so many rows at most; the next turn goes on.
    """
    run, _is_new = RetentionRun.objects.get_or_create(day=localdate(at), defaults={"started_at": at})
    if run.finished_at is not None and not anew:
        return 0
    done = 0
    for term in terms():
        rows = term.due(at).order_by("pk").values_list("pk", flat=True)
        keys = list(rows[:BATCH])
        while keys:
            _erase_batch(run.pk, term, keys, at)
            done += len(keys)
            if done >= _MOST_AT_ONCE and not anew:
                return done
            keys = list(rows.filter(pk__gt=keys[-1])[:BATCH])
    RetentionRun.objects.filter(pk=run.pk).update(finished_at=at)
    return done


@transaction.atomic
def _erase_batch(run_key: int, term: Term, keys: list[Any], at: datetime) -> None:
    run = RetentionRun.objects.select_for_update().get(pk=run_key)
    counted = term.count(term.due(at).filter(pk__in=keys))
    units = term.by_unit(keys)
    term.empty(keys, at)
    run.counts = {**run.counts, term.name: added(run.counts.get(term.name, {}), counted)}
    run.save(update_fields=["counts"])
    # In the book of each unit: whoever reads the audit of a commune sees what went there.
    for unit, rows in units.items():
        audit(
            by=None,
            at=at,
            action="personal.retention",
            target=run,
            unit=unit,
            detail={"kind": term.name, "rows": rows},
        )


def erase_person(*, held: Held, request: str, by: Person | None, at: datetime) -> int:
    """Empty what is stored of a person in one request of theirs, because they asked; gives how many rows.

    `request` is where they asked, never their words ('Đơn số 5 ngày 1/3/2026'). Raises `Refused` while the request is still open.
    """
    if not request.strip():
        raise Refused(_("Hãy ghi số, ngày của yêu cầu xóa."))
    if held.is_open:
        raise Refused(_("Việc này chưa giải quyết xong nên chưa xóa được. Hãy kết thúc việc rồi xóa."))
    # First into the list: broken off after it, the worker does the rest.
    _note_erased(held, at)
    return _emptied(held, by=by, at=at, request=request.strip()[:120])


def erase_again(*, at: datetime) -> int:
    """Erase once more what was erased on request and came back with a restored backup; gives how many requests. For the worker."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in _erased():
        found[line["kind"]].append(line["key"])
    done = 0
    for kind, keys in found.items():
        for start in range(0, len(keys), BATCH):
            for held in by_key(kind, keys[start : start + BATCH]):
                _emptied(held, by=None, at=at, request="", again=True)
                done += 1
    return done


def note_export(*, held: Held, by: Person | None, at: datetime) -> None:
    """Note that what is stored of a person was taken out for them."""
    audit(by=by, at=at, action="personal.export", target=held.row, unit=held.unit)


@transaction.atomic
def _emptied(held: Held, *, by: Person | None, at: datetime, request: str, again: bool = False) -> int:
    done = 0
    for term, rows in held.terms():
        keys = list(rows.values_list("pk", flat=True))
        term.empty(keys, at)
        done += len(keys)
    detail = {"rows": done} | ({"request": request} if request else {})
    action = "personal.erase-again" if again else "personal.erase"
    audit(by=by, at=at, action=action, target=held.row, unit=held.unit, detail=detail)
    return done


def _note_erased(held: Held, at: datetime) -> None:
    path = Path(settings.DATA) / ERASED
    line = json.dumps({"kind": held.kind, "key": held.key, "at": at.isoformat(timespec="seconds")})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        # On a line of its own, also after one that a power cut broke off.
        os.write(descriptor, f"\n{line}".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _erased() -> Iterator[dict[str, str]]:
    """The lines of the list; one that a power cut broke off was never answered, and is passed over."""
    try:
        lines = (Path(settings.DATA) / ERASED).read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and isinstance(said.get("kind"), str) and isinstance(said.get("key"), str):
            yield said
