"""Secrets and personal values as they are stored: unreadable in the database, in its dumps and to whoever copies it.

Tokens of a channel, an address of mail, what a citizen wrote: each is sealed with AES-256-GCM under a key that is not
in the database (`DINHLANG_SEAL_KEYS`, or a file that the installation makes once). A sealed value says under which key,
and is bound to the place it stands in: copied into another column, it does not open.

    from dinhlang.org.sealed import SealedTextField, FingerprintField

    class Subscriber(models.Model):
        address = SealedTextField("địa chỉ thư")
        mark = FingerprintField(of="address", unique=True)

    subscriber.address = "a@example.vn"        # sealed when it is saved
    subscriber.address.shown()                 # the words; `Unreadable` when the key is gone
    Subscriber.objects.filter(mark__in=fingerprints(Subscriber, "mark", "a@example.vn"))

Keys change in three steps, nothing stops meanwhile: a new key goes in front of the old one, `dinhlang seal renew`
writes every value anew, then the old key goes.
"""

from __future__ import annotations

import base64
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import fold

_FORM = "s1"
_NONCE_BYTES = 12
_KEY_NAME_LENGTH = 8


class Unreadable(Refused):
    """A value was sealed under a key that the installation has no more, or was changed since."""


def seal(text: str, place: str) -> str:
    """The text as it is stored in `place` ("app.model.field"): 's1.<name of the key>.<nonce and cipher>'."""
    return seal_bytes(text.encode(), place)


def unseal(stored: str, place: str) -> str:
    """What was sealed for this place. Raises `Unreadable`."""
    return unseal_bytes(stored, place).decode()


def seal_bytes(data: bytes, place: str) -> str:
    """As `seal`, for a small file."""
    name, cipher = _keys()[0]
    nonce = os.urandom(_NONCE_BYTES)
    box = base64.urlsafe_b64encode(nonce + cipher.encrypt(nonce, data, _bound(name, place))).decode()
    return f"{_FORM}.{name}.{box}"


def unseal_bytes(stored: str, place: str) -> bytes:
    """What was sealed for this place. Raises `Unreadable`."""
    name = key_of(stored)
    for known, cipher in _keys():
        if known == name:
            try:
                box = base64.urlsafe_b64decode(stored.split(".", 2)[2])
                return cipher.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], _bound(name, place))
            except (InvalidTag, ValueError):
                break
    raise Unreadable(
        _("Không mở được dữ liệu đã niêm: khóa niêm của máy chủ đã đổi. Hãy báo người quản trị máy chủ.")
    )


def key_of(stored: str) -> str:
    """The name of the key that a stored value was sealed under; empty for what is no sealed value."""
    form, _dot, rest = stored.partition(".")
    name = rest.partition(".")[0]
    return name if form == _FORM and len(name) == _KEY_NAME_LENGTH else ""


def key_names() -> list[str]:
    """The names of the keys the installation has, that in use first. They tell nothing of the keys."""
    return [name for name, _cipher in _keys()]


def key_in_use() -> str:
    """The name of the key that seals now."""
    return key_names()[0]


def fingerprint(text: str, place: str) -> str:
    """By what a sealed value is found again, under the key in use: equal texts of one place have equal ones (64 letters).

    Whoever has the database but not the key cannot try out addresses with it.
    """
    return _fingerprint(_secrets()[0], text, place)


def fingerprints(model: type[models.Model], field: str, text: str) -> list[str]:
    """Every fingerprint a text may have in the field, while keys are being changed: for `filter(…__in=…)`."""
    found = model._meta.get_field(field)
    if not isinstance(found, FingerprintField):
        raise FieldError(f"{field} is no FingerprintField")
    return fingerprints_of(found.asked(text), found.place)


def fingerprints_of(text: str, place: str) -> list[str]:
    """Every fingerprint that a text of a place has had under the keys there are, that in use first."""
    return [_fingerprint(secret, text, place) for secret in _secrets()]


class Secret:
    """A sealed value in memory: it opens only when it is asked to, and never shows itself in a log or a template."""

    __slots__ = ("_place", "_plain", "_stored")

    def __init__(self, *, place: str, plain: str | None = None, stored: str | None = None) -> None:
        self._place, self._plain, self._stored = place, plain, stored

    def shown(self) -> str:
        """The words. Raises `Unreadable`."""
        if self._plain is None:
            self._plain = unseal(self._stored, self._place) if self._stored else ""
        return self._plain

    def stored(self) -> str:
        """As the database has it; empty stays empty, so that a missing value can be asked for."""
        if self._stored is None:
            self._stored = seal(self._plain, self._place) if self._plain else ""
        return self._stored

    def is_readable(self) -> bool:
        """Whether the installation still has the key."""
        try:
            self.shown()
        except Unreadable:
            return False
        return True

    def renewed(self) -> Secret:
        """The same words, to be sealed under the key in use. Raises `Unreadable`."""
        return Secret(place=self._place, plain=self.shown())

    def __bool__(self) -> bool:
        return bool(self._stored or self._plain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.shown() == other.shown()

    def __hash__(self) -> int:
        return hash((self._place, self.stored()))

    def __repr__(self) -> str:
        return "<Secret>" if self else "<Secret: empty>"

    __str__ = __repr__


class _Sealing(DeferredAttribute):
    """Whatever is set becomes a `Secret` at once: no plain word waits in a row that somebody prints."""

    def __set__(self, row: models.Model, value: object) -> None:
        row.__dict__[self.field.attname] = self.field.to_python(value)


class _AsItStands(Exact):
    """Equal to what was read, or empty. Two seals of one text differ: a search by it would quietly find nothing."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "" and not isinstance(self.rhs, Secret):
            raise FieldError("A sealed field cannot be searched; use its FingerprintField.")
        return super().get_prep_lookup()


class SealedTextField(models.TextField[Any, Any]):
    """A text that the database does not read. Its value is a `Secret`; a string may be set. It cannot be searched."""

    descriptor_class = _Sealing

    def __init__(self, *args: Any, place: str = "", **options: Any) -> None:
        # `place` when a model is renamed: what was sealed stays bound to the old name.
        self._given = place
        super().__init__(*args, **{"editable": False, **options})

    @property
    def place(self) -> str:
        """What its values are bound to."""
        return self._given or f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if self._given:
            options["place"] = self._given
        return name, path, args, options

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Secret):
            return value
        return Secret(place=self.place, plain=str(value))

    def from_db_value(self, value: str | None, *_of_django: object) -> Secret | None:
        return None if value is None else Secret(place=self.place, stored=value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        return self.to_python(value).stored()

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)) or "")

    def get_lookup(self, lookup_name: str) -> Any:
        return {"isnull": IsNull, "exact": _AsItStands}.get(lookup_name)


class FingerprintField(models.CharField[Any, Any]):
    """By what a `SealedTextField` of the same row is found; computed when the row is saved. Empty for an empty value.

    With `folded`, words are found however their marks and capitals are written: 'nguyễn văn a' finds 'Nguyễn Văn A'.
    """

    def __init__(self, *args: Any, of: str = "", folded: bool = False, **options: Any) -> None:
        self.of, self.folded = of, folded
        super().__init__(*args, **{"max_length": 64, "editable": False, **options})

    @property
    def place(self) -> str:
        """That of the field it is made of."""
        return str(self.model._meta.get_field(self.of).place)  # type: ignore[union-attr]

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        said = {"of": self.of} | ({"folded": True} if self.folded else {})
        return name, path, args, {**options, **said}

    def pre_save(self, row: models.Model, add: bool) -> Any:
        secret = getattr(row, self.of)
        made = self.made_of(secret.shown()) if secret else ("" if not self.null else None)
        setattr(row, self.attname, made)
        return made

    def asked(self, text: str) -> str:
        """The text as the fingerprint is made of it."""
        return " ".join(fold(text).split()) if self.folded else text

    def made_of(self, text: str) -> str:
        """The fingerprint of a text under the key in use."""
        return fingerprint(self.asked(text), self.place)


def fields(model: type[models.Model]) -> list[SealedTextField]:
    """The sealed fields of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]


def sealed_models() -> Iterator[type[models.Model]]:
    """Every model of the installation that seals something."""
    return (model for model in apps.get_models() if fields(model))


def count_by_key(kinds: Iterable[type[models.Model]]) -> Counter[str]:
    """How many values there are under which key; '' for those that are no seals."""
    found: Counter[str] = Counter()
    for model in kinds:
        for field in fields(model):
            rows = model._base_manager.exclude(**{f"{field.name}__isnull": True})
            for secret in rows.values_list(field.name, flat=True).iterator(chunk_size=500):
                if secret:
                    found[key_of(secret.stored())] += 1
    return found


def renew(kinds: Iterable[type[models.Model]]) -> tuple[int, int]:
    """Seal every value under the key in use; how many were written anew, and how many could not be read.

    Row by row: it may be stopped and started again, and what somebody saves meanwhile is left as they saved it.
    """
    written = unreadable = 0
    for model in kinds:
        for row in model._base_manager.order_by("pk").iterator(chunk_size=200):
            done, failed = _renew_row(row)
            written, unreadable = written + done, unreadable + failed
    return written, unreadable


def _renew_row(row: models.Model) -> tuple[int, int]:
    model = type(row)
    new: dict[str, Any] = {}
    old: dict[str, Any] = {}
    unreadable = 0
    for field in fields(model):
        secret = getattr(row, field.attname)
        if not secret or key_of(secret.stored()) == key_in_use():
            continue
        try:
            new[field.name], old[field.name] = secret.renewed(), secret
        except Unreadable:
            unreadable += 1
    if not new:
        return 0, unreadable
    marks = {
        field.name: field.made_of(new[field.of].shown())
        for field in model._meta.concrete_fields
        if isinstance(field, FingerprintField) and field.of in new
    }
    # Only where it still stands as it was read.
    changed = model._base_manager.filter(pk=row.pk, **old).update(**new, **marks)
    return (len(new) if changed else 0), unreadable


def _secrets() -> tuple[str, ...]:
    return tuple(settings.SEAL_KEYS)


def _keys() -> list[tuple[str, AESGCM]]:
    return [_opened(secret) for secret in _secrets()]


@lru_cache(maxsize=16)
def _opened(secret: str) -> tuple[str, AESGCM]:
    name = _derived(secret, b"name")[: _KEY_NAME_LENGTH // 2].hex()
    return name, AESGCM(_derived(secret, b"seal"))


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dinhlang sealed 1 " + purpose)
    return derivation.derive(secret.encode())


def _fingerprint(secret: str, text: str, place: str) -> str:
    mac = HMAC(_derived(secret, b"fingerprint"), SHA256())
    mac.update(f"{place}\0{text}".encode())
    return mac.finalize().hex()


def _bound(name: str, place: str) -> bytes:
    return f"{_FORM}.{name}.{place}".encode()
