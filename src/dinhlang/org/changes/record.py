"""What an act wrote, row by row, so that it can be taken back; and what was built on those rows since.

A row of the record is {"model", "pk"} for what was made, with {"was", "now"} for what was changed, with {"gone"} for what
was erased. Taking back goes from the last row to the first. It refuses, naming each, what others changed or hung on these rows meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

Row = dict[str, Any]


class Record:
    """The rows that an act writes, gathered while it does."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def make(self, made: models.Model) -> None:
        """Store a new row."""
        made.save(force_insert=True)
        self.made(made)

    def made(self, made: models.Model) -> None:
        """Note a row that was stored already."""
        self.rows.append({"model": made._meta.label, "pk": made.pk})

    def change(self, row: models.Model, **values: Any) -> None:
        """Give a row other values, where they are others."""
        fields = [_field(row, name) for name in values]
        was = {field.attname: getattr(row, field.attname) for field in fields}
        for name, value in values.items():
            setattr(row, name, value)
        now = {name: getattr(row, name) for name in was}
        if was == now:
            return
        row.save(update_fields=[field.name for field in fields])
        self.changed(row, was)

    def changed(self, row: models.Model, was: Mapping[str, Any]) -> None:
        """Note a row that was changed and stored already; `was` holds the values before."""
        now = {name: getattr(row, name) for name in was}
        self.rows.append({"model": row._meta.label, "pk": row.pk, "was": dict(was), "now": now})

    def erase(self, row: models.Model) -> None:
        """Delete a row, keeping what it said."""
        said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        self.rows.append({"model": row._meta.label, "pk": row.pk, "gone": said})
        row.delete()


def _field(row: models.Model, name: str) -> models.Field[Any, Any]:
    return next(one for one in row._meta.concrete_fields if name in (one.name, one.attname))


def take_back(rows: Sequence[Row], copies: Container[str] = ()) -> list[str]:
    """Undo the rows, last first. Gives sentences about what stands in the way; then the caller rolls back.

    `copies` are labels of models whose rows only follow others, so that nothing is built with them.
    """
    held: Counter[str] = Counter()
    known = {(row["model"], str(row["pk"])) for row in rows}
    for row in reversed(rows):
        model = apps.get_model(row["model"])
        if "gone" in row:
            fields = {field.attname: field for field in model._meta.concrete_fields}
            said = {name: _value(fields[name], value) for name, value in row["gone"].items()}
            model(**said).save(force_insert=True)
            continue
        found = model._base_manager.filter(pk=row["pk"]).first()
        if found is None:
            held[_("%(what)s đã bị xóa sau đó") % {"what": _called(model)}] += 1
        elif "was" in row:
            _restore(found, row, held)
        else:
            _remove(found, known, copies, held)
    return [sentence if count == 1 else f"{sentence} ({count})" for sentence, count in held.items()]


def _restore(found: models.Model, row: Row, held: Counter[str]) -> None:
    fields = {field.attname: field for field in found._meta.concrete_fields}
    if any(getattr(found, name) != _value(fields[name], now) for name, now in row["now"].items()):
        held[_("%(what)s đã được sửa sau đó") % {"what": _called(type(found))}] += 1
        return
    for name, was in row["was"].items():
        setattr(found, name, _value(fields[name], was))
    found.save(update_fields=[fields[name].name for name in row["was"]])


def _value(field: models.Field[Any, Any], stored: Any) -> Any:
    if isinstance(field, models.JSONField) or stored is None:
        return stored
    return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(stored)


def _remove(
    found: models.Model, known: set[tuple[str, str]], copies: Container[str], held: Counter[str]
) -> None:
    hanging = list(_hanging_on(found, known))
    others = [one for one in hanging if one._meta.label not in copies]
    for other in others:
        held[_("đã có %(what)s") % {"what": _called(type(other))}] += 1
    if others:
        return
    for copy in hanging:
        copy.delete()
    found.delete()


def _hanging_on(found: models.Model, known: set[tuple[str, str]]) -> Iterable[models.Model]:
    """What others hung on a row that the act made; what the act itself made is gone by now, or goes with it."""
    collector = Collector(using=router.db_for_write(type(found)), origin=found)
    try:
        collector.collect([found])
    except ProtectedError as reason:
        yield from reason.protected_objects
        return
    except RestrictedError as reason:
        yield from reason.restricted_objects
        return
    yield from (
        one for rows in collector.data.values() for one in rows if one != found and not _of(one, known)
    )
    for rows in collector.fast_deletes:
        yield from (one for one in rows if not _of(one, known))


def _of(row: models.Model, known: set[tuple[str, str]]) -> bool:
    return (row._meta.label, str(row.pk)) in known


def _called(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)
