"""Pictures for the demonstration, drawn by code in the colours of Đông Hồ prints: nobody's photo is used.

Each is a few flat shapes, so that it is drawn in a moment and weighs little.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1200, 800
PAPER, INK, INDIGO, RED, YELLOW, LEAF = "#f3e8cf", "#2a2520", "#1e3f66", "#a32a1f", "#e3b04b", "#2f6b4f"
Draw = Callable[["ImageDraw"], None]


def _ground(draw: ImageDraw, colour: str, top: int) -> None:
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=colour)


def _house(draw: ImageDraw, left: int, top: int, width: int, roof: str) -> None:
    tall = width // 2
    draw.rectangle((left, top, left + width, top + tall), fill="#fffaf0", outline=INK, width=5)
    draw.polygon(
        [
            (left - 50, top),
            (left + width + 50, top),
            (left + width - 20, top - tall // 2),
            (left + 20, top - tall // 2),
        ],
        fill=roof,
        outline=INK,
        width=5,
    )
    door = left + width // 2
    draw.rectangle((door - 45, top + tall - 130, door + 45, top + tall), fill=INDIGO)


def _tree(draw: ImageDraw, middle: int, foot: int, size: int) -> None:
    draw.rectangle((middle - 14, foot - size, middle + 14, foot), fill="#6d4c2f")
    for across, up in ((-70, 0), (60, 10), (0, 70)):
        draw.ellipse(
            (
                middle + across - size // 2,
                foot - size - up - 90,
                middle + across + size // 2,
                foot - size - up + 70,
            ),
            fill=LEAF,
        )


def _communal_house(draw: ImageDraw) -> None:
    _ground(draw, "#d8c79a", 600)
    draw.ellipse((930, 80, 1080, 230), fill=RED)
    draw.rectangle((300, 420, 900, 620), fill="#fffaf0", outline=INK, width=5)
    draw.polygon(
        [(200, 430), (1000, 430), (1050, 380), (860, 250), (340, 250), (150, 380)],
        fill=RED,
        outline=INK,
        width=5,
    )
    for left in range(340, 900, 100):
        draw.rectangle((left, 430, left + 22, 620), fill="#6d4c2f")
    _tree(draw, 130, 620, 200)


def _homes(draw: ImageDraw) -> None:
    _ground(draw, "#b7cc9a", 580)
    _house(draw, 160, 380, 320, RED)
    _house(draw, 660, 400, 360, YELLOW)
    _tree(draw, 570, 600, 170)


def _market(draw: ImageDraw) -> None:
    _ground(draw, "#d8c79a", 620)
    for number, colour in enumerate((RED, YELLOW, INDIGO, LEAF)):
        left = 70 + number * 275
        draw.rectangle((left + 20, 380, left + 30, 640), fill=INK)
        draw.rectangle((left + 210, 380, left + 220, 640), fill=INK)
        draw.polygon(
            [(left, 390), (left + 240, 390), (left + 200, 300), (left + 40, 300)],
            fill=colour,
            outline=INK,
            width=5,
        )
        draw.rectangle((left + 30, 520, left + 210, 640), fill="#fffaf0", outline=INK, width=5)
        for fruit in range(4):
            draw.ellipse(
                (left + 42 + fruit * 40, 490, left + 78 + fruit * 40, 526),
                fill=YELLOW if colour != YELLOW else RED,
            )


def _lotus(draw: ImageDraw) -> None:
    _ground(draw, "#9dbfc9", 430)
    for middle, foot in ((320, 640), (640, 560), (940, 660)):
        draw.line((middle, foot, middle, foot + 120), fill=LEAF, width=14)
        for lean in (-110, -60, 60, 110, 0):
            draw.polygon(
                [
                    (middle, foot),
                    (middle + lean - 40, foot - 130),
                    (middle + lean, foot - 210 + abs(lean) // 2),
                    (middle + lean + 40, foot - 130),
                ],
                fill="#d9838f" if lean else RED,
                outline=INK,
                width=4,
            )
    for left in (60, 420, 780):
        draw.ellipse((left, 690, left + 300, 770), fill=LEAF, outline=INK, width=4)


def _rice(draw: ImageDraw) -> None:
    _ground(draw, YELLOW, 380)
    draw.ellipse((140, 90, 300, 250), fill=RED)
    draw.polygon([(0, 380), (350, 220), (700, 380)], fill="#7f9d86")
    draw.polygon([(500, 380), (900, 180), (1200, 380)], fill="#5f8a72")
    for row in range(7):
        for column in range(24):
            left, foot = column * 52 + (row % 2) * 26, 440 + row * 56
            draw.line((left, foot, left + 12, foot - 44), fill="#8c6a1f", width=5)
            draw.line((left + 12, foot - 44, left + 32, foot - 34), fill="#8c6a1f", width=5)


def _school(draw: ImageDraw) -> None:
    _ground(draw, "#b7cc9a", 600)
    draw.rectangle((140, 330, 1060, 610), fill="#fff3d6", outline=INK, width=5)
    draw.rectangle((100, 290, 1100, 340), fill=RED, outline=INK, width=5)
    for left in range(190, 1000, 170):
        draw.rectangle((left, 400, left + 100, 500), fill="#9dbfc9", outline=INK, width=5)
    draw.rectangle((555, 480, 645, 610), fill=INDIGO)
    draw.rectangle((596, 120, 604, 290), fill=INK)
    draw.rectangle((604, 130, 740, 215), fill=RED)
    _tree(draw, 1120, 620, 160)


DRAWINGS: dict[str, tuple[Draw, str]] = {
    "dinh": (_communal_house, "Tranh vẽ đình làng mái đỏ bên gốc cây, mặt trời mọc phía sau"),
    "nha": (_homes, "Tranh vẽ hai ngôi nhà mái ngói giữa vườn cây"),
    "cho": (_market, "Tranh vẽ bốn gian hàng ở chợ quê bày hoa quả"),
    "hoa": (_lotus, "Tranh vẽ ba bông sen nở trên mặt ao"),
    "lua": (_rice, "Tranh vẽ cánh đồng lúa chín dưới chân núi"),
    "truong": (_school, "Tranh vẽ trường học có lá cờ trước sân"),
}


def drawn(name: str) -> bytes:
    """The drawing of that name as PNG. Raises `KeyError`."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    DRAWINGS[name][0](ImageDraw.Draw(picture))
    packed = BytesIO()
    picture.quantize(32).save(packed, "PNG", compress_level=6)
    return packed.getvalue()
