"""The process that opens a PDF from anywhere for `sheets`: `python -m … megabytes seconds count|draw|without numbers…`.

It tells one JSON object a line; the last says that it is done. A line that is missing means that it fell.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dinhlang.officialdoc.read.pages.worker import INPUT, limit

_OUTPUT, _DRAWN = Path("output"), Path("page.png")
_DPI = 200
# A4 at 200 dots an inch; larger sheets are drawn more coarsely.
_LONGEST_SIDE = 2400
_MOST_LETTERS = 20_000
_DEEPEST_FORM = 6


def main(arguments: list[str]) -> None:
    """Do what is asked with the file."""
    megabytes, seconds, asked, *numbers = arguments
    limit(int(megabytes), float(seconds))
    try:
        document = pdfium.PdfDocument(INPUT)
    except pdfium.PdfiumError as error:
        _tell(problem="password" if "assword" in str(error) else "damaged")
        return
    pages = [int(number) for number in numbers]
    if asked == "count":
        _tell(total=len(document), done=True)
    elif asked == "draw":
        _tell(text=_drawn(document, pages[0]), done=True)
    else:
        _leave_out(document, pages)
        _tell(done=True)


def _tell(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _drawn(document: pdfium.PdfDocument, number: int) -> str:
    """The text of a page; its picture is laid down where it shows more than text, and can be drawn."""
    text = ""
    with suppress(pdfium.PdfiumError):
        sheet = document[number - 1]
        layer = sheet.get_textpage()
        text = str(layer.get_text_range(0, min(layer.count_chars(), _MOST_LETTERS)))
        if not text.strip() or _shows_more(sheet):
            # Beyond this a side is no paper, and a scale too small draws nothing.
            longest = max(*sheet.get_size(), 1.0)
            sheet.render(scale=min(_DPI / 72, _LONGEST_SIDE / longest), grayscale=True).to_pil().save(
                _DRAWN, compress_level=1
            )
    return text


def _shows_more(sheet: pdfium.PdfPage) -> bool:
    """Whether a page has a picture, or what is laid upon it, which may be one."""
    pictures = sheet.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEPEST_FORM)
    return raw.FPDFPage_GetAnnotCount(sheet.raw) > 0 or next(iter(pictures), None) is not None


def _leave_out(document: pdfium.PdfDocument, numbers: list[int]) -> None:
    # A page that is only struck from the list of pages is still in the file.
    rest = pdfium.PdfDocument.new()
    kept = [at for at in range(len(document)) if at + 1 not in numbers]
    # Given none, PDFium takes all of them.
    if kept:
        rest.import_pages(document, kept)
    rest.save(_OUTPUT)


if __name__ == "__main__":
    main(sys.argv[1:])
