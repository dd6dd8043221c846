"""Pictures of items in the sizes that pages ask for: made once from the stored picture, kept by its hash.

A small size is not only narrower but also lighter: its quality goes down until it fits, since the phone that asks for
it may be on a slow line. What is kept can be thrown away at any time.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from dinhlang.work import blobs
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Size:
    """How wide a picture may be, and how heavy. With a `height` it is cut to that shape."""

    width: int
    bytes: int
    height: int = 0
    form: str = "WEBP"

    @property
    def media_type(self) -> str:
        return "image/webp" if self.form == "WEBP" else "image/jpeg"


SIZES = {
    "480.webp": Size(480, 32_000),
    "960.webp": Size(960, 60_000),
    "1600.webp": Size(1600, 180_000),
    # What other sites show beside a link; not all of them read WEBP.
    "chia-se.jpg": Size(1200, 200_000, height=630, form="JPEG"),
}
SHARED = "chia-se.jpg"
WIDTHS = {name: size.width for name, size in SIZES.items() if not size.height}
_QUALITIES = (80, 70, 60, 50, 40, 30, 20)


def sizes_of(width: int) -> list[tuple[str, int]]:
    """(name, width) of the sizes that make sense for a picture that wide: the smallest always, none that blows it up."""
    names = list(WIDTHS)
    kept = [names[0], *(name for name in names[1:] if width > WIDTHS[names[names.index(name) - 1]])]
    return [(name, min(WIDTHS[name], width)) for name in kept]


def drawn(blob: Blob, name: str) -> bytes:
    """The picture in that size. Raises `KeyError` for no size, `blobs.BlobLost` for a damaged store."""
    size = SIZES[name]
    path = Path(settings.KEPT) / "hinh" / blob.sha256[:2] / f"{blob.sha256}-{name}"
    try:
        return path.read_bytes()
    except OSError:
        data = _drawn(blobs.read(blob), size)
    _keep(path, data)
    return data


def _drawn(data: bytes, size: Size) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as opened:
        picture: Image.Image = opened.convert("RGB")
    if size.height:
        picture = ImageOps.fit(picture, (size.width, size.height), Image.Resampling.LANCZOS)
    elif picture.width > size.width:
        height = max(1, round(picture.height * size.width / picture.width))
        picture = picture.resize((size.width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _packed(picture, size)


def _packed(picture: Image.Image, size: Size) -> bytes:
    packed = b""
    for quality in _QUALITIES:
        held = BytesIO()
        picture.save(held, size.form, quality=quality)
        packed = held.getvalue()
        if len(packed) <= size.bytes:
            break
    return packed


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid.uuid4().hex}")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:  # a full disk: the picture is drawn again next time
        part.unlink(missing_ok=True)
