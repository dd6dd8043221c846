"""The process that draws a page of a file from anywhere: `python -m … kind number megabytes seconds`, the file in `input`.

The picture goes to standard output; nothing there means that it could not be drawn.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.pages.worker import INPUT, limit

if TYPE_CHECKING:
    from PIL import Image

# Wide enough to be read at twice the width of a column; a page of text has some 80 KB then.
_WIDTH, _MOST_HEIGHT = 1100, 2600
_QUALITY = 78


def main(arguments: list[str]) -> None:
    """Draw one page, counted from 1, as WebP."""
    kind, number, megabytes, seconds = arguments
    limit(int(megabytes), float(seconds))
    image = _image(INPUT, int(number)) if kind == "image" else _pdf(INPUT, int(number))
    if image is not None:
        made = BytesIO()
        image.save(made, "WEBP", quality=_QUALITY, method=3)
        sys.stdout.buffer.write(made.getvalue())


def _pdf(path: Path, number: int) -> Image.Image | None:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
        sheet = document[number - 1]
    except (pdfium.PdfiumError, IndexError):
        return None
    width, height = sheet.get_size()
    if min(width, height) <= 0:
        return None
    scale = min(_WIDTH / width, _MOST_HEIGHT / height)
    if min(width, height) * scale < 1:
        return None
    drawn: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    return drawn


def _image(path: Path, number: int) -> Image.Image | None:
    from dinhlang.officialdoc.read.pages.scan import ImageFile

    with ImageFile(path) as file:
        drawn = file.picture(number) if file.problem is None else None
        if drawn is None:
            return None
        drawn.image.thumbnail((_WIDTH, _MOST_HEIGHT))
        return drawn.image


if __name__ == "__main__":
    main(sys.argv[1:])
