"""Characters of symbol fonts, which stand for pictures, as the characters of Unicode that look like them."""

from __future__ import annotations

# By the low byte; Word writes them as F0xx or as plain characters in such a font.
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xAC: "←", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBC: "…", 0xDE: "⇒", 0xE5: "∑", 0x61: "α", 0x62: "β", 0x44: "Δ",
    0x6D: "μ", 0x70: "π", 0x57: "Ω",
    # Digits and most signs are those of every font.
    **{code: chr(code) for code in range(0x21, 0x40) if code not in (0x22, 0x24, 0x27, 0x2D)},
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•",
    0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDC: "➔", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", 0x4A: "☺", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0xAB: "★", 0xB2: "☆",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "☐", 0x2A: "☐", 0x97: "●", 0x98: "●"}
_TABLES = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": {0x61: "✓", 0x63: "☐"},
}
_UNKNOWN = "•"

# What the reader of text knows as the mark of an item; anything else drawn before one is a bullet like others.
_MARKS = {"-": "-", "–": "-", "—": "-", "−": "-", "­": "-", "‑": "-", "+": "+", "*": "*", "•": "•", "·": "•", "●": "●", "▪": "▪", "■": "▪", "◦": "◦", "○": "◦", "o": "◦"}  # fmt: skip


def is_symbol_font(font: str | None) -> bool:
    return font is not None and font.strip().lower() in _TABLES


def shown(text: str, font: str | None) -> str:
    """The characters that a text in a font shows; that of an unknown picture is a bullet."""
    table = _TABLES.get((font or "").strip().lower())
    if table is None:
        return "".join([chr(ord(one) - 0xF000) if 0xF020 <= ord(one) <= 0xF0FF else one for one in text])
    return "".join([_in_table(one, table) for one in text])


def _in_table(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if code >= 0xF000:
        code -= 0xF000
    elif code > 0xFF or character.isspace():
        return character
    return " " if code == 0x20 else table.get(code, _UNKNOWN)


def bullet(text: str, font: str | None) -> str:
    """The mark of a list's item as typed ones are: '-', '+', '•', …"""
    drawn = shown(text, font).strip()
    return _MARKS.get(drawn, drawn if len(drawn) > 1 else "-")
