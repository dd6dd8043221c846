"""The national code of a procedure: '1.001193', long '1.001193.000.00.00.H23' with the code of who published it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line

_SHORT = r"\d\.\d{6}"
_LONG = re.compile(rf"^({_SHORT})(\.\d{{3}}\.\d{{2}}\.\d{{2}}\.[A-Z]\d{{2}})?$")
# As people copy it: spaces around the dots, a comma for a dot, the word 'Mã' before it.
_WITHIN = re.compile(
    r"(?<![\d.])(\d)\s?[.,]\s?(\d{6})(?:\s?\.\s?(\d{3})\s?\.\s?(\d{2})\s?\.\s?(\d{2})\s?\.\s?([A-Z]\d{2}))?(?![\d])"
)


class BadCode(Refused):
    """This is no national code of a procedure; the message says how one looks."""


def short_code(text: str) -> str:
    """The short form of a code, by which procedures are told apart. Raises `BadCode`."""
    found = _LONG.match("".join(one_line(text).split()).upper())
    if found is None:
        raise BadCode(
            _(
                "“%(code)s” không phải mã thủ tục. Mã quốc gia có dạng 1.001193; hãy xem lại quyết định công bố."
            )
            % {"code": one_line(text)[:60]}
        )
    return found[1]


def codes_in(text: str) -> list[str]:
    """The short codes a text names, in its order, each once; spaces within a code are forgiven."""
    return list(dict.fromkeys(f"{found[1]}.{found[2]}" for found in _WITHIN.finditer(text)))
