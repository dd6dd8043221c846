"""A guide as a leaflet of A4: large letters, a picture beside each step, a code that leads to the page."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from dinhlang.officialdoc import fonts
from dinhlang.onestop.support.guides import Device, Guide, OwnPicture, Step
from dinhlang.onestop.support.screens import screen_svg
from dinhlang.org.qr import qr_svg
from dinhlang.org.typesetting import Typesetter
from dinhlang.work import blobs
from dinhlang.work.models import Blob

_FILE = Path(__file__).with_name("leaflet.typ")
_MOST_KEPT = 64


# Setting a page takes a tenth of a second and anyone may ask; the same sheet is set once.
@lru_cache(maxsize=_MOST_KEPT)
def leaflet_pdf(guide: Guide, body: str, address: str) -> bytes:
    """The leaflet of a guide as a commune gives it, as PDF; `body` is the commune, `address` its public page."""
    family = fonts.find()
    font = family.name if family else fonts.EMBEDDED_FAMILY
    day = max([guide.checked_on, *(one.checked_on for one in guide.steps if one.checked_on)])
    # Printed matter is Vietnamese, whoever asks for it.
    return _typesetter().pdf(
        {
            "title": guide.title,
            "body": body,
            "summary": guide.summary,
            "needed_title": "Cần có",
            "needed": list(guide.needed),
            "qr": qr_svg(address),
            "qr_words": "Quét để xem từng bước trên điện thoại",
            "steps": [
                {
                    "where": f"Bước {number}/{len(guide.steps)}",
                    "title": step.title,
                    "words": step.words,
                    "note": step.note,
                    **_beside(step, font),
                }
                for number, step in enumerate(guide.steps, 1)
            ],
            "foot": f"Cập nhật ngày {day.day}/{day.month}/{day.year}; màn hình có thể khác. Hỏi tổ công nghệ số cộng đồng của thôn.",
        }
    )


def _beside(step: Step, font: str) -> dict[str, str]:
    """The picture beside the words, an empty one for none, and how it fits the sheet."""
    if step.picture is not None:
        shape = "tall" if step.picture.height > 2 * step.picture.width else "wide"
        return {"screen": _framed(step.picture), "alt": step.picture.alternative, "shape": shape}
    if not step.is_drawn:
        return {"screen": "", "alt": "", "shape": ""}
    shape = "wide" if step.screen.device is Device.COMPUTER else "phone"
    return {
        "screen": screen_svg(step.screen, plain=True, font=font),
        "alt": step.screen.words,
        "shape": shape,
    }


def _framed(picture: OwnPicture) -> str:
    """The photo inside an SVG, as all other pictures of the sheet come; nothing where its file was lost."""
    blob = Blob.objects.get(pk=picture.sha256)
    try:
        data = b64encode(blobs.read(blob)).decode()
    except blobs.BlobLost:
        return ""
    size = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" {size}>'
        f'<image {size} href="data:{blob.media_type};base64,{data}"/></svg>'
    )


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE)
