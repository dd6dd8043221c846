"""What is seen of a signature: lines of text in the font of the page, or the picture of a hand or a seal.

typst sets it, as it does the page itself, so every Vietnamese letter is there and the font is inside the file.
"""

from __future__ import annotations

import json
from pathlib import Path

from dinhlang.officialdoc import fonts
from dinhlang.officialdoc.sign.rules import Box, CannotSign, Where

_STAMP = Path(__file__).with_name("stamp.typ")
_PNG = b"\x89PNG\r\n\x1a\n"
PICTURE_LIMIT = 4 * 1024 * 1024
_LARGEST_SIDE = 6000
SIZE = 10.0
"""NĐ 30/2020/NĐ-CP, Phụ lục I, II.8: Times New Roman, upright, size 10, black."""


def check_picture(picture: bytes) -> None:
    """Refuse what is no PNG (the decree asks for one with a clear background) or far too large."""
    if not picture.startswith(_PNG) or len(picture) < 33:
        raise CannotSign("Hình chữ ký hoặc con dấu phải là ảnh .png (nền trong suốt). Hãy chọn tệp khác.")
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    if len(picture) > PICTURE_LIMIT or not 0 < max(width, height) <= _LARGEST_SIDE:
        raise CannotSign(
            "Hình chữ ký hoặc con dấu quá lớn. Hãy dùng ảnh .png dưới 4 MB, mỗi cạnh dưới 6000 điểm."
        )


def page(box: Box, lines: list[str], picture: bytes | None, *, where: Where) -> bytes:
    """A PDF of one page as large as `box`: the picture, or the lines, which grow smaller before they are cut.

    Raises CannotSign.
    """
    import typst

    family = fonts.find()
    data = {
        "width": box.width,
        "height": box.height,
        "size": SIZE,
        "corner": where is Where.CORNER,
        "lines": lines,
        "picture": list(picture) if picture else [],
        "fonts": [family.name, fonts.EMBEDDED_FAMILY] if family else [fonts.EMBEDDED_FAMILY],
    }
    compiler = typst.Compiler(
        root=str(_STAMP.parent),
        font_paths=[str(folder) for folder in family.folders] if family else [],
        ignore_system_fonts=True,
    )
    try:
        made = compiler.compile(
            input=str(_STAMP), format="pdf", sys_inputs={"stamp": json.dumps(data)}, timestamp=0
        )
    except typst.TypstError:
        raise CannotSign("Hình chữ ký hoặc con dấu bị hỏng, không mở được. Hãy xuất lại ảnh .png.") from None
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made
