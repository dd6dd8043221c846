"""What every field that holds something of a person is kept for, on what ground, and how long.

Every room has a module `personal` with `DECLARED`: for each of its models, for each of its fields, either a `Personal` or
`NOT_PERSONAL`. A field that says nothing fails a test (`tests/test_personal.py`), so that none is added
without a thought (Luật 91/2025/QH15: data is kept for a purpose, and no longer than this needs). `own` says it for `org` and for
the packages whose tables stand beside ours.

Beside it a room may have `FILES`, where rows have a file outside the database, and `PEOPLE`: which rows together are one
request of a person. `retention` finds what has been kept long enough, `people` what is stored of somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dinhlang.org.sealed import FingerprintField, SealedTextField


@dataclass(frozen=True, slots=True)
class Retention:
    """How long: `months` after the field `after` was set, of the row or of one it points to (`case__ended_at`).

    Without months, as long as the row itself; `until` says in Vietnamese when that goes, or what the months count from.
    `only`: for these rows of the model; in others the field is of no person.
    """

    months: int | None
    after: str = ""
    only: models.Q = field(default_factory=models.Q)
    until: str | Promise = ""

    def __str__(self) -> str:
        """In words, as people read it."""
        if self.months is None:
            return str(self.until or _("cùng dòng dữ liệu"))
        return _("%(months)s tháng sau khi %(until)s") % {
            "months": self.months,
            "until": self.until or _("việc kết thúc"),
        }


@dataclass(frozen=True, slots=True)
class Personal:
    """What a personal field is for. `purpose` and `basis` are Vietnamese and shown to people.

    `open_because`: why the database may read it; a field that is neither sealed nor a mark of one says so.
    """

    purpose: str | Promise
    basis: str | Promise
    retention: Retention
    open_because: str | Promise = ""


class _NotPersonal:
    """Of no person, or of an official in office."""

    def __repr__(self) -> str:
        return "NOT_PERSONAL"


NOT_PERSONAL = _NotPersonal()
Row = Mapping[str, Personal | _NotPersonal]
Declared = Mapping[str, Row]


def said(plain: str, **kept: Personal) -> Row:
    """The declaration of a model: the names of what is of no person, and what each other field is kept for."""
    return {**dict.fromkeys(plain.split(), NOT_PERSONAL), **kept}


@dataclass(frozen=True, slots=True)
class Files:
    """Rows with a file beside the database: the field with its name there, what reads it, and what removes it for good.

    `read` gives its bytes, None when the disk has lost it; `erase` of a file that is gone does nothing.
    """

    name: str
    read: Callable[[str], bytes | None]
    erase: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Whole:
    """What is stored of one request of a person: the row that people find by `code`, and the rows beside it.

    `read` makes of a typed code the stored one; it gives '' or raises `Refused` for what is none. `key` is a random value that never leads to another row, not even after a restore; the row
    has a field `erased_at`. `parts` are models of the same room with the field that leads to the row. `ended` is the field with the
    moment from which it may be erased; without one it may be at any time. `hidden` fields open something and are told to nobody; rows under `desk_only` are not given to who comes with a secret of the sender's.
    """

    code: str
    read: Callable[[str], str]
    key: str
    parts: Mapping[str, str]
    ended: str = ""
    hidden: tuple[str, ...] = ()
    desk_only: Mapping[str, models.Q] = field(default_factory=dict)


def declared(label: str) -> Declared | None:
    """What is declared for the tables of this label; None when nothing is."""
    found: Declared | None = _said(label, "DECLARED")
    return found


def files(label: str) -> Mapping[str, Files]:
    """Which models of a room have files beside the database."""
    return _said(label, "FILES") or {}


def wholes(label: str) -> Mapping[str, Whole]:
    """Which models of a room are requests of people."""
    return _said(label, "PEOPLE") or {}


def declaring() -> list[str]:
    """The labels for which something is declared, in the order in which Django knows them."""
    return [config.label for config in apps.get_app_configs() if declared(config.label)]


def faults(label: str) -> Iterator[str]:
    """What is wrong with a room's declarations: fields that say nothing, and words about fields that are not there."""
    said = declared(label) or {}
    found = {model.__name__: model for model in apps.get_app_config(label).get_models()}
    for name, model in found.items():
        fields = {one.name: one for one in model._meta.concrete_fields}
        row = said.get(name, {})
        yield from (f"{label}.{name}.{one} says nothing" for one in sorted(set(fields) - set(row)))
        yield from (f"{label}.{name}.{one} is not there" for one in sorted(set(row) - set(fields)))
        for one, kept in row.items():
            if one in fields and isinstance(kept, Personal):
                if kept.retention.months is not None:
                    yield from (
                        f"{label}.{name}.{one} {fault}"
                        for fault in _unkept(model, fields[one], kept.retention)
                    )
                if not is_sealed(fields[one]) and not kept.open_because:
                    yield f"{label}.{name}.{one} is not sealed and does not say why (open_because)"
    yield from (f"{label}.{name} is not there" for name in sorted(set(said) - set(found)))


def is_sealed(one: models.Field[Any, Any]) -> bool:
    """Whether the database cannot read the field."""
    return isinstance(one, SealedTextField | FingerprintField)


def empty(one: models.Field[Any, Any]) -> Any:
    """What a field holds when nothing is left in it. Raises `TypeError` for one that cannot be emptied."""
    if one.null:
        return None
    if isinstance(one, models.JSONField):
        return one.get_default() if one.has_default() else {}
    if isinstance(one, models.CharField | models.TextField) and not one.unique:
        return ""
    raise TypeError(f"{one} cannot be emptied")


def _unkept(model: type[models.Model], one: models.Field[Any, Any], term: Retention) -> Iterator[str]:
    """Why a term could not be kept: the moment it counts from is nowhere, or the field cannot be emptied."""
    try:
        at: Any = model
        for step in term.after.split("__"):
            last = at._meta.get_field(step)
            at = last.related_model
        if not isinstance(last, models.DateTimeField):
            yield f"is kept after {term.after}, which is no moment"
    except (FieldDoesNotExist, AttributeError):
        yield f"is kept after {term.after}, which is not there"
    try:
        empty(one)
    except TypeError:
        yield "cannot be emptied"


def _said(label: str, name: str) -> Any:
    room = apps.get_app_config(label).name
    if room == "dinhlang.org" or not room.startswith("dinhlang."):
        own = import_module("dinhlang.org.personal.own")
        return own.DECLARED_OF.get(label) if name == "DECLARED" else None
    module = f"{room}.personal"
    return getattr(import_module(module), name, None) if find_spec(module) else None
