"""What every field that holds something of a person is kept for, on what ground, and how long.

A room with persons in it has a module `personal` with `DECLARED`: for each of its models, for each of its fields, either a
`Personal` or `NOT_PERSONAL`. A field that says nothing fails a test (`tests/test_personal.py`), so that none is added
without a thought (Luật 91/2025/QH15: data is kept for a purpose, and no longer than this needs).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Retention:
    """How long: `months` after the field `after` of the row was set. Without months, as long as the row itself."""

    months: int | None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Personal:
    """What a personal field is for. `purpose` and `basis` are Vietnamese and shown to people."""

    purpose: str | Promise
    basis: str | Promise
    retention: Retention


class _NotPersonal:
    """Of no person, or of an official in office."""

    def __repr__(self) -> str:
        return "NOT_PERSONAL"


NOT_PERSONAL = _NotPersonal()
Declared = Mapping[str, Mapping[str, Personal | _NotPersonal]]


def declared(label: str) -> Declared | None:
    """What the room of this label declares; None for a room without a module `personal`."""
    name = f"{apps.get_app_config(label).name}.personal"
    return getattr(import_module(name), "DECLARED", None) if find_spec(name) else None


def faults(label: str) -> Iterator[str]:
    """What is wrong with a room's declarations: fields that say nothing, and words about fields that are not there."""
    said = declared(label) or {}
    found = {model.__name__: model for model in apps.get_app_config(label).get_models()}
    for name, model in found.items():
        fields = {field.name for field in _stored(model)}
        known = set(said.get(name, ()))
        yield from (f"{label}.{name}.{field} says nothing" for field in sorted(fields - known))
        yield from (f"{label}.{name}.{field} is not there" for field in sorted(known - fields))
    yield from (f"{label}.{name} is not there" for name in sorted(set(said) - set(found)))


def _stored(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    return list(model._meta.concrete_fields)
