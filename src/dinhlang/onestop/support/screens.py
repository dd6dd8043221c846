"""Schematic screens as SVG: the outline of a phone or a computer, a few rows, the one to press in a thick ring with a hand.

Colours are told by the page (`currentColor`, custom properties with a fallback), so that a drawing is legible in the dark and in print.
"""

from __future__ import annotations

from html import escape

from dinhlang.onestop.support.guides import Device, RowKind, Screen

LONGEST = 21
"""Signs that fit a row; a test holds the guides to it."""
_ROW, _GAP = 46, 16
_TOP = 84
_FONT = "Be Vietnam Pro, Segoe UI, Roboto, Noto Sans, sans-serif"
_INK, _SHEET, _LINE, _PRESS = (
    "var(--ink, #1f1b16)",
    "var(--sheet, #ffffff)",
    "var(--ink-soft, #5b544a)",
    "var(--vermilion, #a32a1f)",
)


def screen_svg(screen: Screen, *, plain: bool = False, font: str = _FONT) -> str:
    """The screen as an SVG element with its words for screen readers. `plain` is for paper: no custom properties."""
    wide = screen.device is Device.COMPUTER
    width = 380 if wide else 300
    left = 30 if wide else 24
    size = 23 if wide else 21
    inner = width - 2 * left
    height = _TOP + len(screen.rows) * (_ROW + _GAP) + 34
    total = height + (34 if wide else 0)
    parts = [
        f'<rect x="6" y="6" width="{width - 12}" height="{height - 12}" rx="{12 if wide else 30}" '
        f'fill="{_SHEET}" stroke="{_INK}" stroke-width="5"/>',
        # A camera's dot on a phone; the foot of a computer.
        f'<path d="M{width // 2} {height - 6}v20M{width // 2 - 70} {height + 18}h140" stroke="{_INK}" stroke-width="8"/>'
        if wide
        else f'<path d="M{width // 2 - 22} 24h44" stroke="{_INK}" stroke-width="6" stroke-linecap="round"/>',
        _text(width // 2, 60, screen.title, size=size + 2, weight=700),
        f'<path d="M{left} 74h{inner}" stroke="{_LINE}" stroke-width="2"/>',
    ]
    for number, (kind, words) in enumerate(screen.rows):
        top = _TOP + 8 + number * (_ROW + _GAP)
        parts.append(_row(kind, words, left, top, inner, size=size, pressed=words == screen.press))
    drawing = "".join(parts)
    if plain:
        for told in (_INK, _SHEET, _LINE, _PRESS):
            drawing = drawing.replace(told, told.rpartition(" ")[2].rstrip(")"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" role="img" class="screen'
        f'{" screen--wide" if wide else ""}" aria-label="{escape(screen.words)}" font-family="{escape(font)}">{drawing}</svg>'
    )


def _row(kind: RowKind, words: str, left: int, top: int, inner: int, *, size: int, pressed: bool) -> str:
    middle = left + inner // 2
    drawn = ""
    if kind is RowKind.BUTTON:
        drawn = f'<rect x="{left}" y="{top}" width="{inner}" height="{_ROW}" rx="10" fill="none" stroke="{_INK}" stroke-width="3"/>'
    elif kind in (RowKind.FIELD, RowKind.CODE):
        dashes = "" if kind is RowKind.FIELD else ' stroke-dasharray="7 5"'
        drawn = (
            f'<rect x="{left}" y="{top}" width="{inner}" height="{_ROW}" rx="3" fill="none" stroke="{_LINE}" '
            f'stroke-width="2"{dashes}/>'
        )
    weight = 700 if kind is RowKind.BUTTON else 400
    drawn += _text(middle, top + 31, words, size=size, weight=weight)
    if pressed:
        drawn += (
            f'<rect x="{left - 9}" y="{top - 7}" width="{inner + 18}" height="{_ROW + 14}" rx="16" fill="none" '
            f'stroke="{_PRESS}" stroke-width="6"/>' + _hand(left + inner - 22, top + _ROW - 4)
        )
    return drawn


def _hand(x: int, y: int) -> str:
    """A pointing hand, so that the place is not told by colour alone."""
    return (
        f'<path transform="translate({x} {y}) rotate(-24)" d="M0 0c5 0 7 4 7 8v12l14 4c5 2 6 5 5 10l-3 14h-24l-11-17c-2-4 2-7 6-5l-1-18'
        f'c0-5 2-8 7-8z" fill="{_SHEET}" stroke="{_PRESS}" stroke-width="4" stroke-linejoin="round"/>'
    )


def _text(x: int, y: int, words: str, *, size: int, weight: int) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="middle" fill="{_INK}">'
        f"{escape(words)}</text>"
    )
