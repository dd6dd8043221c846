"""What is stored of a person in one request of theirs: found by its code, told as plain values, counted, emptied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q
from django.utils.translation import gettext as _

from dinhlang.org.models import Person, Unit
from dinhlang.org.personal import Personal, Whole, declared, declaring, files, wholes
from dinhlang.org.personal.retention import Rows, Term, terms, way_to_unit
from dinhlang.org.rules import Refused
from dinhlang.org.rules.phones import phone_number
from dinhlang.org.sealed import FingerprintField, Secret, fingerprints

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Held:
    """A request of a person with the rows that belong to it. `kind` is its model: 'citizens.Case'."""

    label: str
    row: Model
    whole: Whole

    @property
    def kind(self) -> str:
        return f"{self.label}.{type(self.row).__name__}"

    @property
    def key(self) -> str:
        """What finds it again on every copy of the database, and finds nothing else."""
        return str(getattr(self.row, self.whole.key))

    @property
    def unit(self) -> Unit | None:
        """The unit it was sent to, itself or through the row it belongs to."""
        at: Any = self.row
        for step in (way_to_unit(type(self.row)) or "").split("__"):
            at = getattr(at, step, None)
        return at if isinstance(at, Unit) else None

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on, so that nothing of it may be erased yet."""
        return bool(self.whole.ended) and getattr(self.row, self.whole.ended) is None

    def rows(self) -> Iterator[tuple[str, Rows]]:
        """The row itself and those beside it, by the names of their models."""
        yield type(self.row).__name__, type(self.row)._base_manager.filter(pk=self.row.pk)
        for name, leads in self.whole.parts.items():
            yield name, apps.get_model(self.label, name)._base_manager.filter(**{leads: self.row.pk})

    def terms(self) -> Iterator[tuple[Term, Rows]]:
        """What of it is kept for a time only, with the rows in which something is left."""
        rows = dict(self.rows())
        for term in terms([self.label]):
            if term.model.__name__ in rows:
                yield term, term.left(rows[term.model.__name__])


def kinds() -> dict[str, Whole]:
    """The models that are requests of people, of all rooms."""
    return {f"{label}.{name}": whole for label in declaring() for name, whole in wholes(label).items()}


def find(kind: str, typed: str) -> Held:
    """The request a code leads to. Raises `Refused` when there is none, or more than one."""
    whole = kinds()[kind]
    label, name = kind.split(".")
    code = whole.read(typed)
    rows = list(apps.get_model(label, name)._base_manager.filter(**{whole.code: code})[:2]) if code else []
    if not rows:
        raise Refused(
            _("Không có mã “%(code)s”. Hãy xem lại mã trên giấy hẹn hoặc tin báo.") % {"code": typed[:60]}
        )
    if len(rows) > 1:
        raise Refused(
            _("Nhiều đơn vị có hồ sơ mã “%(code)s”. Hãy báo người quản trị máy chủ.") % {"code": typed[:60]}
        )
    return Held(label, rows[0], whole)


def marked(text: str, *, unit_id: str, most: int = 50) -> list[Held]:
    """The requests in a unit in which this telephone number, address or name stands, by its fingerprint. Nothing is opened."""
    # As it was typed, and a telephone as most rooms keep it.
    texts = {text, phone_number(text) or text}
    found = []
    for kind, whole in kinds().items():
        label, name = kind.split(".")
        model = apps.get_model(label, name)
        asked = Q(pk__in=[])
        for one in model._meta.concrete_fields:
            if isinstance(one, FingerprintField):
                marks = [mark for said in texts for mark in fingerprints(model, one.name, said)]
                asked |= Q(**{f"{one.name}__in": marks})
        rows = model._base_manager.filter(asked, **{way_to_unit(model) or "unit": unit_id}).order_by("-pk")[
            :most
        ]
        found += [Held(label, row, whole) for row in rows]
    return found


def by_key(kind: str, keys: list[str]) -> Iterator[Held]:
    """The requests of these keys that still hold something."""
    whole = kinds().get(kind)
    if whole is None:
        return
    label, name = kind.split(".")
    model = apps.get_model(label, name)
    known = [key for key in keys if _is_a_key(model, whole.key, key)]
    for row in model._base_manager.filter(**{f"{whole.key}__in": known, "erased_at": None}):
        held = Held(label, row, whole)
        if any(rows.exists() for _term, rows in held.terms()):
            yield held


def told(held: Held, *, at: datetime, for_sender: bool) -> dict[str, Any]:
    """Everything stored of a request as plain values, with what each personal field is kept for, on what ground, how long.

    Nothing of officials, no marks, nothing that opens something. `for_sender`: without what is read on the desk only.
    """
    return {
        "kind": held.kind,
        "code": str(held.row),
        "made_at": at.isoformat(timespec="seconds"),
        "fields": _grounds(held),
        "rows": {
            name: [_values(held, row) for row in _given(held, name, rows, for_sender).order_by("pk")]
            for name, rows in held.rows()
        },
    }


def files_of(held: Held, *, for_sender: bool) -> Iterator[tuple[str, bytes]]:
    """The files of a request with a name each; those that were removed are left out."""
    for name, rows in held.rows():
        kept = files(held.label).get(name)
        if kept is None:
            continue
        for number, row in enumerate(_given(held, name, rows, for_sender).order_by("pk"), 1):
            if getattr(row, "erased_at", None) is None:
                ending = _ENDINGS.get(getattr(row, "media_type", ""), "")
                if (data := kept.read(getattr(row, kept.name))) is not None:
                    yield f"{number}{ending}", data


def _is_a_key(model: type[Model], name: str, key: str) -> bool:
    """A list that was damaged must not keep the rest of it from being read."""
    try:
        model._meta.get_field(name).to_python(key)  # type: ignore[union-attr]
    except ValidationError:
        return False
    return True


def _given(held: Held, name: str, rows: Rows, for_sender: bool) -> Rows:
    only = held.whole.desk_only
    return rows.exclude(only[name]) if for_sender and name in only else rows


def _grounds(held: Held) -> dict[str, dict[str, str]]:
    found = {}
    for term, _rows in held.terms():
        said = (declared(held.label) or {})[term.model.__name__]
        for one in term.fields:
            kept = said[one.name]
            if isinstance(kept, Personal) and not _is_hidden(held, one):
                found[f"{term.model.__name__}.{one.name}"] = {
                    "purpose": str(kept.purpose),
                    "basis": str(kept.basis),
                    "kept": _("%(months)s tháng") % {"months": term.months},
                }
    return found


def _is_hidden(held: Held, one: Any) -> bool:
    """Whether a field opens something, is a mark, or says which official did it."""
    is_of_an_official = isinstance(one, ForeignKey) and one.related_model is Person
    return one.name in held.whole.hidden or isinstance(one, FingerprintField) or is_of_an_official


def _values(held: Held, row: Model) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in row._meta.concrete_fields:
        if _is_hidden(held, one):
            continue
        value = getattr(row, one.attname)
        value = value.shown() if isinstance(value, Secret) else value
        if value not in (None, "", [], {}):
            found[one.name] = value
    return found
