"""Identity papers of nobody, and letters, drawn for tests: number and name are invented, and plainly so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dinhlang.officialdoc import fonts

Lines = Sequence[tuple[str, int, str]]
"""Words, size and colour of each line."""

_BLACK, _RED, _GREY = "#1a1a1a", "#c0202a", "#444444"
FRONT: Lines = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 30, _BLACK),
    ("SOCIALIST REPUBLIC OF VIET NAM", 18, _GREY),
    ("CĂN CƯỚC CÔNG DÂN", 46, _RED),
    ("Citizen Identity Card", 26, _RED),
    ("Số / No.: 001099000001", 36, _BLACK),
    ("Họ và tên / Full name:", 22, _GREY),
    ("TRẦN THỊ VÍ DỤ", 32, _BLACK),
    ("Ngày sinh / Date of birth: 01/01/1999", 24, _BLACK),
    ("Giới tính / Sex: Nữ   Quốc tịch / Nationality: Việt Nam", 22, _BLACK),
    ("Quê quán / Place of origin: Xã Bến Trúc", 22, _BLACK),
    ("Nơi thường trú / Place of residence: Thôn Đình, xã Bến Trúc", 22, _BLACK),
)
OLD: Lines = (
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 30, _BLACK),
    ("GIẤY CHỨNG MINH NHÂN DÂN", 44, _RED),
    ("SỐ 001099001", 40, _RED),
    ("Họ tên: TRẦN VĂN GIẢ SỬ", 30, _BLACK),
    ("Sinh ngày: 01-01-1969", 28, _BLACK),
    ("Nguyên quán: Xã Bến Trúc", 28, _BLACK),
    ("Nơi ĐKHK thường trú: Thôn Đình, xã Bến Trúc", 26, _BLACK),
)
BACK: Lines = (
    ("Đặc điểm nhận dạng / Personal identification:", 24, _GREY),
    ("Nốt ruồi cách 1 cm trên sau đuôi mắt trái", 26, _BLACK),
    ("Ngày, tháng, năm / Date, month, year: 01/01/2022", 24, _BLACK),
    ("Ngón trỏ trái / Left index finger", 24, _GREY),
    ("Ngón trỏ phải / Right index finger", 24, _GREY),
    ("IDVNM0990000012001099000001<<2", 38, _BLACK),
    ("9901011F3901012VNM<<<<<<<<<<<4", 38, _BLACK),
    ("TRAN<<THI<VI<DU<<<<<<<<<<<<<<<", 38, _BLACK),
)
LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN KIẾN NGHỊ
Kính gửi: Ủy ban nhân dân xã Bến Trúc

Họ và tên: Trần Văn Giả Sử. Ngày sinh: 01/01/1969. Giới tính: Nam
Số căn cước công dân: 001069000001, cấp ngày 02/3/2021
Quê quán: xã Bến Trúc. Nơi thường trú: thôn Đình, xã Bến Trúc
Điện thoại: 0900 000 222

Cống thoát nước trước nhà văn hóa thôn tắc đã hai tuần, mưa là ngập,
học sinh phải lội. Tôi kính đề nghị xã cho thông cống trước mùa mưa.
Tôi xin cảm ơn.

Người viết đơn
Trần Văn Giả Sử"""
POSTER = """THÔNG BÁO
Cấp thẻ căn cước lưu động tại nhà văn hóa thôn Đình
Thời gian: 01/05/2026 8h00 đến 11h30
Mang theo giấy khai sinh hoặc căn cước công dân cũ
Liên hệ: 0900 000 222"""


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Without serifs, as on a card, where the machine has it; else the font of documents."""
    family = fonts.find()
    assert family is not None, "cài gói fonts-liberation2"
    [folder] = {file.parent for file in family.files[:1]}
    sans = Path(folder / "LiberationSans-Regular.ttf")
    return ImageFont.truetype(str(sans if sans.exists() else family.files[0]), size)


def card(lines: Lines = FRONT) -> Image.Image:
    """A card of 1,000 × 630 pixels on a green that changes over it, with a face that is nobody's."""
    across = np.linspace(0, 1, 1000)[None, :] + np.linspace(0, 0.6, 630)[:, None]
    ground = np.stack(
        [205 + 25 * np.sin(9 * across), 228 + 10 * np.cos(7 * across), 214 + 12 * across], axis=-1
    )
    picture = Image.fromarray(ground.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((3, 3, 996, 626), 30, outline="#88a090", width=4)
    draw.ellipse((40, 40, 140, 140), fill="#d8b13a")
    draw.rectangle((40, 240, 250, 520), fill="#b9c4cf")
    draw.ellipse((95, 280, 195, 400), fill="#8d7a6b")
    top = 28
    for words, size, colour in lines:
        draw.text((290, top), words, font=_fitted(words, size, 690), fill=colour)
        top += round(size * 1.42)
    return picture


def _fitted(words: str, size: int, width: int) -> ImageFont.FreeTypeFont:
    while size > 14 and _font(size).getlength(words) > width:
        size -= 1
    return _font(size)


def sheet(words: str = LETTER, *, dpi: int = 200) -> Image.Image:
    """A page of A4 with a letter."""
    picture = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 252).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(words.splitlines()):
        draw.text(
            (0.9 * dpi, (0.8 + 0.32 * number) * dpi), line, font=_font(round(dpi * 13 / 72)), fill="#202020"
        )
    return picture


def copied(*cards: Image.Image, dpi: int = 200) -> Image.Image:
    """A photocopy: cards in their true size (85.6 mm across) on a page of A4, in grey."""
    page = Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), "white")
    width = round(85.6 / 25.4 * dpi)
    for number, one in enumerate(cards):
        small = one.resize((width, round(width * one.height / one.width)), Image.Resampling.LANCZOS)
        page.paste(small, (round(2.2 * dpi), round((1.5 + 3.5 * number) * dpi)))
    return page.convert("L").convert("RGB")


def photographed(
    picture: Image.Image,
    *,
    turned: float = 0,
    share: float = 0.8,
    light: float = 1.0,
    noise: float = 6,
    size: tuple[int, int] = (1920, 1440),
) -> Image.Image:
    """As a phone takes it on a table: turned, filling this share of the photo's width, in that light, with a shadow and grain."""
    random = np.random.default_rng(1)
    table = random.normal(120, 10, (size[1] // 8, size[0] // 8, 1)).clip(0, 255).astype(np.uint8)
    photo = Image.fromarray(np.repeat(table, 3, axis=2)).resize(size, Image.Resampling.BILINEAR)
    width = round(size[0] * share)
    small = picture.resize((width, round(width * picture.height / picture.width)), Image.Resampling.LANCZOS)
    lain = small.convert("RGBA").rotate(turned, Image.Resampling.BICUBIC, expand=True)
    lain.thumbnail((size[0] - 20, size[1] - 20))
    photo.paste(lain, ((size[0] - lain.width) // 2, (size[1] - lain.height) // 2), lain)
    shadow = np.linspace(1.0, 0.55, size[0])[None, :, None]
    grain = random.normal(0, noise, (size[1], size[0], 1))
    values = np.asarray(photo, np.float64) * shadow * light + grain
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def jpeg(picture: Image.Image) -> bytes:
    packed = BytesIO()
    picture.save(packed, "JPEG", quality=82)
    return packed.getvalue()


def pdf(*pages: Image.Image) -> bytes:
    """A scan of these pages."""
    packed = BytesIO()
    pages[0].save(packed, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    return packed.getvalue()
