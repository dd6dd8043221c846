"""Text typed in fonts from before Unicode (.VnTime, VNI-Times): converted run by run, by the font of each.

In such a font 'Céng hoµ' is shown as 'Cộng hoà'. Only the font tells; but offices also set Unicode text in
.VnTime, which programs then show in another font, so that the words have a say too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from dinhlang.officialdoc.read.flow.pieces import Piece
from dinhlang.vietnamese import legacy
from dinhlang.vietnamese.legacy import Encoding
from dinhlang.vietnamese.syllable import is_syllable

# Letters that only Unicode has: text that holds one was not typed for a legacy font.
_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_][^\s.,;:()/]*")


class Code(NamedTuple):
    """How a font shows its characters."""

    encoding: Encoding
    capitals: bool = False


def code_of(font: str | None) -> Code | None:
    """The code of a legacy font by its name; None for any other font."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return Code(Encoding.TCVN3, name.endswith("h"))
    if name.startswith(("vni-", "vni ")):
        return Code(Encoding.VNI)
    return None


def mentioned(xml: bytes) -> bool:
    """Whether a part names any legacy font."""
    folded = xml.lower()
    return b'".vn' in folded or b'"vni-' in folded or b'"vni ' in folded or b"'.vn" in folded


def converted(pieces: Sequence[tuple[Piece, Code | None]]) -> list[Piece]:
    """The pieces of a paragraph with those of legacy fonts in Unicode.

    Neighbours of one font are converted together: a letter of VNI is two characters that a run may part.
    """
    if any(code and _UNICODE.search(piece.text) for piece, code in pieces):
        return [_capitals(piece) if code and code.capitals else piece for piece, code in pieces]
    found: list[Piece] = []
    for code, group in groupby(pieces, key=lambda one: one[1]):
        parts = [piece for piece, _ in group]
        found += parts if code is None else _stretch(parts, code)
    return found


def _capitals(piece: Piece) -> Piece:
    return piece._replace(text=piece.text.upper())


def _stretch(parts: Sequence[Piece], code: Code) -> list[Piece]:
    raw = [_plain(piece.text) for piece in parts]
    whole = "".join(raw)
    shown = _shown(whole, code)
    found = []
    at = end = 0
    for piece, text in zip(parts, raw, strict=True):
        end += len(text)
        # One character is one letter in TCVN3; in VNI the letters up to here are counted.
        stop = end if len(shown) == len(whole) else len(_shown(whole[:end], code))
        found.append(piece._replace(text=shown[at:stop]))
        at = stop
    if found and at < len(shown):
        found[-1] = found[-1]._replace(text=found[-1].text + shown[at:])
    return found


def _shown(text: str, code: Code) -> str:
    if not text.isascii():
        unicode = legacy.to_unicode(text, code.encoding)
        if _possible(unicode) >= _possible(text):
            text = unicode
    return text.upper() if code.capitals else text


def _possible(text: str) -> int:
    return sum(is_syllable(word) for word in _WORD.findall(text))


def _plain(text: str) -> str:
    """Fonts marked as symbols keep their characters at F0xx."""
    return "".join([chr(ord(one) - 0xF000) if 0xF020 <= ord(one) <= 0xF0FF else one for one in text])
