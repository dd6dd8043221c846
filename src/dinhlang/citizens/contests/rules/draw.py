"""Lots that anyone can draw again with `sha256sum`. Plain Python.

Before a week opens, SHA-256 of a secret seed is published. After it has ended the seed is told. The lot of an entry is SHA-256
of 'seed|public value|number of the draw|code of the entry'; the smallest lots win. No entry can be preferred without knowing the
seed before its code is given, and a public value that comes up after the end (as the result of a lottery, named beforehand)
keeps even the commune from that.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_PUBLIC = re.compile(r"[0-9A-Za-z .,:/-]{1,80}")


@dataclass(frozen=True, slots=True)
class Lot:
    """The lot of one entry."""

    code: str
    value: str


def new_code() -> str:
    """What an entry is called in public: 31^8 of them."""
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def read_entry_code(typed: str) -> str:
    """The code as it is kept, of what somebody typed; '' for what is none."""
    code = "".join(typed.split()).replace("-", "").upper()
    return code if len(code) == CODE_LENGTH and all(sign in LETTERS for sign in code) else ""


def new_seed() -> str:
    """A secret of 256 bits, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def commitment(seed: str) -> str:
    """What is published beforehand."""
    return sha256(seed.encode("ascii")).hexdigest()


def lot_text(seed: str, public_value: str, number: int, code: str) -> str:
    """That of which a lot is the SHA-256."""
    return f"{seed}|{public_value}|{number}|{code}"


def lot(seed: str, public_value: str, number: int, code: str) -> Lot:
    """The lot of an entry in a draw."""
    text = lot_text(seed, public_value, number, code)
    return Lot(code, sha256(text.encode("ascii")).hexdigest())


def draw(codes: Iterable[str], *, seed: str, public_value: str = "", number: int = 1) -> list[Lot]:
    """The lots of all entries, the winners first: whoever takes so many from the front has drawn so many.

    The order in which entries are given says nothing; one given twice has one lot.
    """
    return sorted((lot(seed, public_value, number, one) for one in set(codes)), key=lambda one: one.value)


def fit_public_value(text: str) -> str:
    """A public value as it goes into lots: one line of letters without marks and digits, '' for none. Raises `Unfit`."""
    value = one_line(text)
    if value and not _PUBLIC.fullmatch(value):
        raise Unfit(
            _("Số công khai chỉ gồm chữ không dấu, chữ số, dấu chấm, phẩy, gạch; tối đa 80 ký tự."),
            "public_value",
        )
    return value
