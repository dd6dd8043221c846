"""A whole file in the worker's process: each page from its text layer, or recognised where that is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pypdfium2 as pdfium

from dinhlang.officialdoc.read.pages.page import BROKEN, NEEDS_OCR, TOO_HEAVY, Page, dumped
from dinhlang.officialdoc.read.pages.pdf import Layer, layer_of
from dinhlang.officialdoc.write import runs

if TYPE_CHECKING:
    from dinhlang.officialdoc.read.pages import scan

_MOST_FILES = 20
_LONGEST_RUNS = 4 * 1024 * 1024
# A page of fewer words beside a picture is a scan on which a number or a signature was printed.
_FEW_WORDS = 15
_COVERED = 0.5
_MANY_PATHS = 60
# Sound paragraphs of official text have less than 0.22 damage, read in the wrong language more than 0.48.
_DAMAGED = 0.35
# What a machine read and hid behind its picture is checked more strictly.
_HIDDEN_DAMAGED = 0.15
_UNKNOWN_SHARE = 0.05
_LEAST_JUDGED = 12


class Tell(Protocol):
    """Tells one object to whoever started the worker."""

    def __call__(self, **told: object) -> None: ...


def pages_of_pdf(path: Path, first: int, most: int, tell: Tell) -> Iterator[str]:
    """Each page of a PDF file from page `first` on as a line of JSON."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        tell(problem="unreadable", message=_why(str(error)))
        return
    total = len(document)
    tell(total=total)
    for number in range(first, min(total, most) + 1):
        yield dumped(_page(document, number))
    # Last, so that a file inside which cannot be opened costs no page.
    if kept := _runs_of(document):
        tell(runs=kept)


def _runs_of(document: pdfium.PdfDocument) -> str:
    """What the file carries of its runs; nothing of one that carries too much."""
    for index in range(min(document.count_attachments(), _MOST_FILES)):
        try:
            inside = document.get_attachment(index)
            if inside.get_name() == runs.NAME and len(data := bytes(inside.get_data())) <= _LONGEST_RUNS:
                return data.decode("utf-8", "replace")
        except pdfium.PdfiumError:
            continue
    return ""


def _why(error: str) -> str:
    if "assword" in error:
        return "Tệp PDF có mật khẩu: hãy mở bằng mật khẩu ấy rồi lưu lại thành tệp không có mật khẩu."
    return "Tệp PDF hỏng hoặc không trọn vẹn: hãy tải lại, hoặc mở bằng trình xem PDF rồi in ra tệp PDF mới."


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        sheet = document[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 595.0, 842.0, problem=BROKEN)
    try:
        layer = layer_of(sheet, number)
        if not is_to_recognise(layer):
            return layer.page
        return _recognised(sheet, layer)
    except MemoryError:
        return Page(number, 595.0, 842.0, problem=TOO_HEAVY)
    finally:
        sheet.close()


def _recognised(sheet: pdfium.PdfPage, layer: Layer) -> Page:
    """The page read from its picture; as its text layer has it when nothing can recognise it."""
    from dinhlang.officialdoc.read.pages import ocr, scan

    page = layer.page
    if not ocr.is_there():
        page.problem = NEEDS_OCR
        return page
    picture = scan.picture_of(sheet)
    if picture is None:
        page.problem = TOO_HEAVY
        return page
    found = scan.read_picture(picture, page.number)
    found.problem = None if found.words or not page.words else NEEDS_OCR
    return found if found.words else page


def is_to_recognise(layer: Layer) -> bool:
    """Whether the text layer of a page is missing, unreadable, or in another language than the page."""
    words = layer.page.words
    if not words:
        return layer.covered > 0.02 or layer.paths > _MANY_PATHS or layer.letters > 0
    if len(words) < _FEW_WORDS and layer.covered > _COVERED:
        return True
    if layer.unknown > _UNKNOWN_SHARE * layer.letters:
        return True
    if len(words) < _LEAST_JUDGED:
        return False
    hidden = layer.hidden > layer.letters / 2
    return _damage(layer.page) > (_HIDDEN_DAMAGED if hidden else _DAMAGED)


def _damage(page: Page) -> float:
    from dinhlang.vietnamese import syllable

    return syllable.damage(" ".join(word.text for word in page.words[:2000]))


def pages_of_image(path: Path, first: int, most: int, tell: Tell) -> Iterator[str]:
    """Each page of an image file from page `first` on as a line of JSON."""
    from dinhlang.officialdoc.read.pages import scan

    with scan.ImageFile(path) as file:
        if file.problem is not None:
            tell(problem="unreadable", message=file.problem)
            return
        total = file.count(most)
        tell(total=total)
        for number in range(first, min(total, most) + 1):
            yield dumped(_scanned(file, number))


def _scanned(file: scan.ImageFile, number: int) -> Page:
    from dinhlang.officialdoc.read.pages import ocr, scan

    if not ocr.is_there():
        return Page(number, 595.0, 842.0, problem=NEEDS_OCR)
    try:
        picture = file.picture(number)
        return (
            scan.read_picture(picture, number) if picture else Page(number, 595.0, 842.0, problem=TOO_HEAVY)
        )
    except MemoryError:
        return Page(number, 595.0, 842.0, problem=TOO_HEAVY)
