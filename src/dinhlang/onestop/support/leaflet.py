"""A guide as a leaflet of A4: large letters, a picture beside each step, a code that leads to the page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dinhlang.officialdoc import fonts
from dinhlang.onestop.support.guides import guide_named
from dinhlang.onestop.support.screens import screen_svg
from dinhlang.org.qr import qr_svg
from dinhlang.org.typesetting import Typesetter

_FILE = Path(__file__).with_name("leaflet.typ")
_MOST_KEPT = 64


# Setting a page takes a tenth of a second and anyone may ask; the same sheet is set once.
@lru_cache(maxsize=_MOST_KEPT)
def leaflet_pdf(guide: str, body: str, address: str) -> bytes:
    """The leaflet of the guide as PDF; `body` is the commune, `address` its public page. `ValueError` for no guide."""
    found = guide_named(guide)
    if found is None:
        raise ValueError(guide)
    family = fonts.find()
    font = family.name if family else fonts.EMBEDDED_FAMILY
    day = found.checked_on
    # Printed matter is Vietnamese, whoever asks for it.
    return _typesetter().pdf(
        {
            "title": found.title,
            "body": body,
            "summary": found.summary,
            "needed_title": "Cần có",
            "needed": list(found.needed),
            "qr": qr_svg(address),
            "qr_words": "Quét để xem từng bước trên điện thoại",
            "steps": [
                {
                    "where": f"Bước {number}/{len(found.steps)}",
                    "title": step.title,
                    "words": step.words,
                    "note": step.note,
                    "screen": screen_svg(step.screen, plain=True, font=font),
                    "alt": step.screen.words,
                    "wide": step.screen.device.value == "computer",
                }
                for number, step in enumerate(found.steps, 1)
            ],
            "foot": f"Cập nhật ngày {day.day}/{day.month}/{day.year}; màn hình có thể khác. Hỏi tổ công nghệ số cộng đồng của thôn.",
        }
    )


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE)
