"""What has been kept long enough, read off the declarations of the rooms, and how its fields are emptied.

A row stays, for counts; its personal fields are emptied and its file is removed. What is empty already is not due again, so a
look may be broken off anywhere and begun anew.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Field, ForeignKey, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from dinhlang.org.models import Person, Unit
from dinhlang.org.personal import Personal, declared, declaring, empty, files

Rows = QuerySet[Model]
_FURTHEST = 3


@dataclass(frozen=True, slots=True)
class Term:
    """The fields of one model that are kept equally long: `months` after the moment `after`, in rows that `only` names."""

    label: str
    model: type[Model]
    after: str
    months: int
    only: Q
    fields: tuple[Field[Any, Any], ...]

    @property
    def name(self) -> str:
        """The model as reports write it: 'citizens.Case'."""
        return f"{self.label}.{self.model.__name__}"

    def until(self, at: datetime) -> datetime:
        """What ended before this moment has been kept long enough at another."""
        return months_before(at, self.months)

    def due(self, at: datetime) -> Rows:
        """The rows with something left in them whose time is over."""
        return self.left(_all(self.model).filter(**{f"{self.after}__lt": self.until(at)}))

    def left(self, rows: Rows) -> Rows:
        """Those rows in which one of the fields still holds something."""
        held = Q(pk__in=[])
        for one in self.fields:
            held |= _held(one)
        return rows.filter(held & self.only)

    def count(self, rows: Rows) -> dict[str, int]:
        """How many rows, and in how many each field holds something. Never what."""
        asked = {f"n{number}": Count("pk", filter=_held(one)) for number, one in enumerate(self.fields)}
        found = rows.order_by().aggregate(rows=Count("pk"), **asked)
        values = {one.name: found[f"n{number}"] for number, one in enumerate(self.fields)}
        return {"rows": found["rows"]} | {name: count for name, count in values.items() if count}

    def empty(self, keys: Collection[Any], at: datetime) -> None:
        """Empty the fields of these rows, inside the caller's transaction. Files go first: a file without its row would stay for ever."""
        rows = _all(self.model).filter(pk__in=keys)
        if (kept := files(self.label).get(self.model.__name__)) is not None:
            for name in rows.values_list(kept.name, flat=True):
                kept.erase(name)
        values: dict[str, Any] = {one.name: empty(one) for one in self.fields}
        if any(one.name == "erased_at" for one in self.model._meta.concrete_fields):
            values["erased_at"] = Coalesce(F("erased_at"), Value(at))
        rows.update(**values)

    def by_unit(self, keys: Collection[Any]) -> dict[Unit | None, int]:
        """How many of these rows are of which unit, itself or through the row it belongs to; units in the order of their ids."""
        path = way_to_unit(self.model)
        if path is None:
            return {None: len(keys)}
        rows = _all(self.model).filter(pk__in=keys).order_by().values_list(path).annotate(rows=Count("pk"))
        found = dict(rows)
        units = Unit.objects.in_bulk([one for one in found if one is not None])
        return {units.get(one): found[one] for one in sorted(found, key=str)}


def terms(labels: Collection[str] = ()) -> Iterator[Term]:
    """What the rooms declare to be kept for a time, model by model. Of all rooms, or of those named."""
    for label in labels or declaring():
        for name, row in (declared(label) or {}).items():
            model = apps.get_model(label, name)
            alike: dict[tuple[str, int, Q], list[Field[Any, Any]]] = defaultdict(list)
            for field_name, said in row.items():
                if isinstance(said, Personal) and said.retention.months is not None:
                    key = (said.retention.after, said.retention.months, said.retention.only)
                    alike[key].append(model._meta.get_field(field_name))  # type: ignore[arg-type]
            for (after, months, only), fields in alike.items():
                yield Term(label, model, after, months, only, tuple(fields))


def would_go(at: datetime) -> dict[str, dict[str, int]]:
    """How many rows of each model, and in how many which field, have been kept long enough: what erasing would empty."""
    found: dict[str, dict[str, int]] = {}
    for term in terms():
        counted = term.count(term.due(at))
        if counted["rows"]:
            found[term.name] = added(found.get(term.name, {}), counted)
    return found


def added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """Two counts of a model as one."""
    return {name: one.get(name, 0) + other.get(name, 0) for name in (*one, *(set(other) - set(one)))}


def months_before(at: datetime, months: int) -> datetime:
    """The same hour so many calendar months earlier, on the last day of the month where there is no such day."""
    here = localtime(at)
    year, month = divmod(here.year * 12 + here.month - 1 - months, 12)
    return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))


def way_to_unit(model: type[Model]) -> str | None:
    """The shortest way by foreign keys from a model to the unit it belongs to: 'unit', 'case__unit'."""
    ways: list[tuple[str, type[Model]]] = [("", model)]
    for way, at in ways:
        keys = [one for one in at._meta.concrete_fields if isinstance(one, ForeignKey)]
        for one in keys:
            if one.name == "unit" and one.related_model is Unit:
                return f"{way}unit"
        if way.count("__") < _FURTHEST:
            ways += [
                (f"{way}{one.name}__", one.related_model)
                for one in keys
                if one.related_model not in (Person, Unit, at) and not one.null
            ]
    return None


def _held(one: Field[Any, Any]) -> Q:
    nothing = empty(one)
    held = Q(**{f"{one.name}__isnull": False})
    return held if nothing is None else held & ~Q(**{one.name: nothing})


def _all(model: type[Model]) -> Rows:
    return model._base_manager.all()
