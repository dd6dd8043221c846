"""Photos for tests: small scenes that differ by a seed, as a phone would send them; and empty pages."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw


def scene(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """A picture of rectangles; the same seed gives the same picture at any size."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    picture = Image.new("RGB", size, (250, 246, 236))
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        left, top, width, height = dice.random(), dice.random(), dice.random() / 2, dice.random() / 2
        box = (left * size[0], top * size[1], (left + width) * size[0], (top + height) * size[1])
        draw.rectangle(box, fill=tuple(dice.randrange(256) for _ in range(3)))
    return picture


def photo(seed: int = 1, size: tuple[int, int] = (320, 240), kind: str = "JPEG", **given: Any) -> bytes:
    """That picture as the bytes of a file."""
    packed = BytesIO()
    scene(seed, size).save(packed, kind, **given)
    return packed.getvalue()


def exif_of_a_phone(turned: int = 1) -> Image.Exif:
    """What a phone writes beside a photo: its maker, how it was held, where on earth it was."""
    exif = Image.Exif()
    exif[0x010F] = "Phone of Bến Trúc"
    exif[0x0112] = turned
    position = exif.get_ifd(0x8825)
    position.update({1: "N", 2: (10.0, 14.0, 30.0), 3: "E", 4: (106.0, 22.0, 15.0)})
    return exif


def empty_pdf(pages: int = 1) -> bytes:
    """A PDF of so many pages with nothing on them."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(100, 100)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()
