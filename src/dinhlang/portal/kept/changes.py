"""A change announces itself: what pages show it is rendered anew once the change is committed."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dinhlang.portal.models import KeptChange

_log = logging.getLogger(__name__)


def changed(*tags: str) -> None:
    """Say that what these tags name has changed; for the transaction that changes it. Without tags nothing happens."""
    if not tags:
        return
    KeptChange.objects.create(tags=sorted(set(tags)), at=timezone.now())
    transaction.on_commit(_refresh)


def _refresh() -> None:
    """Render what is little at once; the rest, and whatever fails, is the worker's."""
    # Not at the top: the pages import the rooms that announce their changes here.
    from dinhlang.portal.kept import refreshing

    if connection.in_atomic_block or not KeptChange.objects.exists():
        return
    try:
        refreshing.refresh(most=refreshing.MOST_AT_ONCE)
    except (DatabaseError, OSError):
        _log.warning("pages wait for the worker", exc_info=True)


def changed_if_shown(tag: str) -> None:
    """As `changed`, for what seldom stands on a page: nothing is written unless a kept page shows it.

    For changes that rooms below announce by saving (a line of the ledger), in numbers.
    """
    transaction.on_commit(lambda: _changed_if_shown(tag))


def _changed_if_shown(tag: str) -> None:
    from dinhlang.portal.kept import refreshing

    if not connection.in_atomic_block and refreshing.store().showing([tag]):
        changed(tag)
