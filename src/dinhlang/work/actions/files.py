"""Stored files that nothing speaks of: left by previews nobody confirmed and forms nobody finished."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from dinhlang.work import blobs
from dinhlang.work.models import Blob, Picture

# A form may come back for its files for a day; a preview for two hours.
KEPT_FOR = timedelta(days=2)


def sweep_files(*, at: datetime) -> int:
    """Remove every file that nothing in any room speaks of and nobody stored again lately. Gives how many went."""
    swept = 0
    # A photo that goes frees its small copy, which then goes too.
    while found := list(_unused(at).values_list("pk", flat=True)[:500]):
        gone = sum(_sweep(sha256, at) for sha256 in found)
        swept += gone
        if not gone:
            break
    return swept


def _unused(at: datetime) -> QuerySet[Blob]:
    old = Blob.objects.filter(stored_at__lt=at - KEPT_FOR)
    for relation in _relations():
        field = relation.remote_field.name
        old = old.filter(~Exists(relation.related_model._default_manager.filter(**{field: OuterRef("pk")})))
    return old.order_by("stored_at")


def _relations() -> Iterator[ForeignObjectRel]:
    """Every field of any room that points at a stored file, but what was measured of the file itself."""
    for relation in Blob._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        if relation.related_model is Picture and relation.remote_field.name == "blob":
            continue
        yield relation


@transaction.atomic
def _sweep(sha256: str, at: datetime) -> int:
    # Asked again in the statement that deletes: whoever stored the same bytes meanwhile has touched the row.
    row = _unused(at).filter(pk=sha256).select_for_update().first()
    if row is None:
        return 0
    row.delete()
    # Before the row's end is seen by others: a store that finds no row then writes the bytes anew.
    blobs.path_of(sha256).unlink(missing_ok=True)
    return 1
