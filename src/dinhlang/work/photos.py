"""A photo as it comes from a phone, made fit to keep: upright, of a sensible size, and silent about where it was taken.

The original is not kept. What a camera writes beside the picture (place, time, device, a small copy of its own)
is left behind by painting the pixels onto a fresh image.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.numbers import printed

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2560
THUMBNAIL_SIDE = 480
# Phones of today send at most 50 million pixels. Above this lies no camera of an office, only a file made to burst;
# Pillow's own alarm begins a little higher.
MOST_PIXELS = 80_000_000
QUALITY = 85
# A screenshot of a page is sharper and smaller as PNG; a photo that came as PNG is neither.
LARGEST_PNG = 1024 * 1024
ALIKE_BITS = 5
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic", "image/avif"})
# A picture of 40 million pixels needs 120 MB while it is open; two at a time fit beside the rest of a small server.
_OPEN_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to keep. `fingerprint` is near for photos that look alike, and '' for one without any shape."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes
    fingerprint: str


def is_photo(media_type: str | None) -> bool:
    """Whether a file of this type is made fit here; any other is kept as it came."""
    return media_type in _TYPES


def clean(data: bytes) -> Photo:
    """The photo without what it says of place, time and device. Raises `Refused` for one that is broken or too large."""
    with _OPEN_AT_ONCE:
        try:
            picture = _opened(data)
            picture = _painted(picture)
        except Refused:
            raise
        except Exception as error:  # whatever a decoder trips over in a crafted or half-sent file
            raise Refused(_("Ảnh bị hỏng hoặc chưa tải lên hết. Hãy chụp hoặc chọn lại ảnh khác.")) from error
        return Photo(
            data=_kept(picture, is_png=data.startswith(b"\x89PNG")),
            width=picture.width,
            height=picture.height,
            thumbnail=_jpeg(_shrunk(picture, THUMBNAIL_SIDE), quality=78),
            fingerprint=_fingerprint(picture),
        )


def _opened(data: bytes) -> Image.Image:
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    Image.init()
    register_heif_opener(thumbnails=False)
    try:
        picture: Image.Image = Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    # A JPEG is then unpacked at half or a quarter of its size, in a fraction of the time and memory.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    turned = picture.getexif().get(0x0112, 1) != 1
    picture = _shrunk(picture, LONGEST_SIDE)
    return ImageOps.exif_transpose(picture) if turned else picture


def _too_large() -> Refused:
    return Refused(
        _("Ảnh có hơn %(most)s triệu điểm ảnh nên không nhận được. Hãy chụp ở cỡ nhỏ hơn.")
        % {"most": printed(MOST_PIXELS // 1_000_000)}
    )


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    from PIL import Image

    if max(picture.size) <= side:
        return picture
    scale = side / max(picture.size)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = _in_plain_colours(picture)
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = picture.info
    return small


def _painted(picture: Image.Image) -> Image.Image:
    """The pixels on a fresh white sheet: nothing that was written beside them comes along."""
    from PIL import Image

    picture = _in_plain_colours(picture)
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, (0, 0), picture if picture.mode == "RGBA" else None)
    return sheet


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    is_see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    kept = picture.info.get("exif")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        picture = _from_profile(picture, profile)
    picture = picture.convert("RGBA" if is_see_through else "RGB")
    if kept:
        picture.info["exif"] = kept
    return picture


def _from_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a damaged profile only costs the exact shade
        return picture
    return turned or picture


def _kept(picture: Image.Image, *, is_png: bool) -> bytes:
    if is_png:
        packed = BytesIO()
        picture.save(packed, "PNG", optimize=False, compress_level=6)
        if packed.tell() <= LARGEST_PNG:
            return packed.getvalue()
    return _jpeg(picture, quality=QUALITY)


def _jpeg(picture: Image.Image, *, quality: int) -> bytes:
    packed = BytesIO()
    picture.save(packed, "JPEG", quality=quality, optimize=True, progressive=True)
    return packed.getvalue()


def _fingerprint(picture: Image.Image) -> str:
    """64 bits: for each of 8 × 8 places, whether the picture gets brighter to the right."""
    from PIL import Image

    small = list(picture.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes())
    if max(small) - min(small) < 8:  # a blank sheet looks like every other blank sheet
        return ""
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (small[9 * row + column] < small[9 * row + column + 1])
    return f"{bits:016x}"


def look_alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of photos that look alike."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_BITS
