"""What a font's name tells: bold or italic, and whether its letters are in a code older than Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.vietnamese import legacy

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_ITALIC_FLAG, _FORCED_BOLD_FLAG = 1 << 6, 1 << 18
_BOLD_WEIGHT = 600
# '.VnTime', 'ABCDEF+.VnTimeH', 'VNI-Times', 'VNtimes new roman' of the TCVN3 sets that came without the dot.
_TCVN3 = re.compile(r"\.vn[a-z]|vn(?:time|arial|courier|times)", re.IGNORECASE)
_VNI = re.compile(r"vni[- ]?", re.IGNORECASE)
_CAPITALS = re.compile(r"\.vn[a-z ]*h(?=$|[,-]|bold|italic)", re.IGNORECASE)
# Before the name of a font of which only some letters are in the file: 'VNZDAR+LiberationSerif'.
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOL_AREA = range(0xF020, 0xF100)
# Letters no legacy code uses: text that has them is Unicode, whatever its font is called.
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]"
)


@dataclass(frozen=True, slots=True)
class Look:
    """A font: how it looks, and by which code its letters are read."""

    bold: bool = False
    italic: bool = False
    legacy: legacy.Encoding | None = None
    capitals: bool = False
    name: str = ""

    def decoded(self, text: str) -> str:
        """The letters in Unicode."""
        # Word puts the letters of old fonts into the area of symbols.
        text = "".join(chr(ord(one) - 0xF000) if ord(one) in _SYMBOL_AREA else one for one in text)
        if self.legacy is None or _UNICODE.search(text):
            return text
        found = legacy.to_unicode(text, self.legacy)
        return found.upper() if self.capitals else found


def look_of(name: str, flags: int, weight: int) -> Look:
    """The look of a font by its name, its flags in the PDF file and its weight."""
    name = _SUBSET.sub("", name)
    code = None
    if _VNI.match(name):
        code = legacy.Encoding.VNI
    elif _TCVN3.match(name):
        code = legacy.Encoding.TCVN3
    return Look(
        bool(_BOLD.search(name)) or weight >= _BOLD_WEIGHT or bool(flags & _FORCED_BOLD_FLAG),
        bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG),
        code,
        code is legacy.Encoding.TCVN3 and bool(_CAPITALS.match(name)),
        name,
    )
