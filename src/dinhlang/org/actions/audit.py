"""The trace that every act leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import models, transaction

from dinhlang.org.models import AuditEntry, AuditHead, Person, Unit
from dinhlang.org.rules.chain import NO_UNIT, Link, plain


@transaction.atomic
def audit(
    *,
    by: Person | None,
    at: datetime,
    action: str,
    target: models.Model | str,
    unit: Unit | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write who did what to what, inside the caller's transaction. `by=None` is the operator at the command line.

    `action` is room-less and short ('plan.import') and has a sentence in `rules.deeds`; `target` is a row or a label.
    The chain of the unit stays locked until the caller's transaction ends, so this is called last.
    """
    label = target if isinstance(target, str) else f"{target._meta.label_lower}:{target.pk}"
    # Two writers must not take the same end of the chain. On SQLite a writing transaction is alone anyway.
    head, _ = AuditHead.objects.select_for_update().get_or_create(chain=unit.pk if unit else NO_UNIT)
    link = Link(
        number=head.count + 1,
        at=at,
        by=by.pk if by else None,
        unit=unit.pk if unit else None,
        action=action,
        target=label[:120].replace("\0", ""),
        detail=plain(detail or {}),
        previous_hash=head.last_hash,
    )
    link = replace(link, entry_hash=link.hashed())
    entry = AuditEntry.objects.create(
        at=link.at,
        by=by,
        unit=unit,
        action=link.action,
        target=link.target,
        detail=link.detail,
        number=link.number,
        previous_hash=link.previous_hash,
        entry_hash=link.entry_hash,
    )
    head.count, head.last_hash = link.number, link.entry_hash
    head.save(update_fields=["count", "last_hash"])
    return entry
