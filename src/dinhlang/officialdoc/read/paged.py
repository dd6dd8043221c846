"""PDF files and images as text: pages read in a process of their own, put into lines here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from dinhlang.officialdoc.model import Document, Problem
from dinhlang.officialdoc.read.decode import Decoded
from dinhlang.officialdoc.read.emphasis import with_printed_runs, with_told_runs
from dinhlang.officialdoc.read.layout import text_of as text_of_pages
from dinhlang.officialdoc.read.pages.apart import Outcome, Progress, pages_of
from dinhlang.officialdoc.read.pages.limits import Limits
from dinhlang.officialdoc.read.pages.page import NEEDS_OCR
from dinhlang.officialdoc.read.sheets import Piece

_MOST_NAMED = 8
_INSTALL = "hãy cài gói tesseract-ocr và tesseract-ocr-vie rồi đọc lại"


def text_of(
    data: bytes, form: str, limits: Limits | None = None, progress: Progress | None = None
) -> Decoded:
    """The text of a PDF file ('pdf') or an image ('image') with the places of its words. Never raises."""
    limits = limits or Limits.from_environment()
    outcome = pages_of(data, form, limits, progress)
    text, places = text_of_pages(outcome.pages)
    problems = tuple(_problems(outcome, bool(text.strip())))
    ocr = any(page.ocr for page in outcome.pages)
    finish = partial(_with_runs, places=places, told=outcome.runs)
    return Decoded(text, form, problems, outcome.total, ocr, True, places, finish, outcome.pages)


def _with_runs(document: Document, places: Sequence[Sequence[Piece]], told: str) -> Document:
    return with_told_runs(with_printed_runs(document, places), told)


def _problems(outcome: Outcome, has_text: bool) -> Iterator[Problem]:
    yield from outcome.problems
    waiting = [page.number for page in outcome.pages if page.problem == NEEDS_OCR]
    unread = [page.number for page in outcome.pages if page.problem not in (None, NEEDS_OCR)]
    if waiting:
        yield _not_recognised(waiting, len(outcome.pages), has_text)
    if unread:
        yield Problem(
            "pages-unread",
            f"Không đọc được {_named(unread)} (hỏng, hoặc khổ quá lớn): hãy in lại ra PDF hoặc quét lại ở 200–300 dpi.",
        )
    if not has_text and not (outcome.problems or waiting or unread):
        yield Problem(
            "empty", "Tệp không có chữ nào, cũng không nhận dạng được chữ trong ảnh: hãy quét lại rõ hơn."
        )


def _not_recognised(pages: Sequence[int], total: int, has_text: bool) -> Problem:
    """Pages that only tesseract could read, which is not installed."""
    if not has_text:
        return Problem(
            "unreadable", f"Tệp là ảnh quét, máy này chưa có chương trình nhận dạng chữ: {_INSTALL}."
        )
    which = "Cả tệp" if len(pages) == total else _named(pages).capitalize()
    return Problem(
        "ocr-missing",
        f"{which} là ảnh quét hoặc có lớp chữ sai, máy này chưa có chương trình nhận dạng chữ: {_INSTALL}.",
    )


def _named(pages: Sequence[int]) -> str:
    named = ", ".join(map(str, pages[:_MOST_NAMED]))
    return f"trang {named}" if len(pages) <= _MOST_NAMED else f"{len(pages)} trang ({named}, …)"
