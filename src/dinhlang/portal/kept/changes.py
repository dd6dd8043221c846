"""A change announces itself: what pages show it is rendered anew once the change is committed."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dinhlang.portal.models import KeptChange

_log = logging.getLogger(__name__)


# The changes of this thread's transaction. Those of one that was rolled back stay: there is nothing under their keys.
_announced = threading.local()


def changed(*tags: str) -> None:
    """Say that what these tags name has changed; for the transaction that changes it. Without tags nothing happens."""
    if not tags:
        return
    change = KeptChange.objects.create(tags=sorted(set(tags)), at=timezone.now())
    _waiting().append(change.pk)
    transaction.on_commit(_refresh)


def _waiting() -> list[int]:
    waiting: list[int] = _announced.__dict__.setdefault("waiting", [])
    return waiting


def _refresh() -> None:
    """Render what is little at once, and only what was changed here; the rest, and whatever fails, is the worker's."""
    # Not at the top: the pages import the rooms that announce their changes here.
    from dinhlang.portal.kept import refreshing

    if connection.in_atomic_block:
        return
    waiting = _waiting()
    changes = waiting.copy()
    waiting.clear()
    if not changes:
        return
    try:
        refreshing.refresh_at_once(changes)
    except (DatabaseError, OSError):
        _log.warning("pages wait for the worker", exc_info=True)


def changed_if_shown(tag: str) -> None:
    """As `changed`, for what seldom stands on a page: nothing is written unless a kept page shows it.

    For changes that rooms below announce by saving (a line of the ledger), in numbers.
    """
    transaction.on_commit(lambda: _changed_if_shown(tag))


def _changed_if_shown(tag: str) -> None:
    from dinhlang.portal.kept import refreshing

    if refreshing.store().showing([tag]):
        changed(tag)
