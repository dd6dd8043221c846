"""Read an official document: bytes in, the model out, and a list of problems instead of an exception.

`decode` turns bytes into text, `lines` and `blocks` turn text into paragraphs that know where they stood, and one
module each finds the head (`header`), what is cited (`references`), what is counted (`figures`, `counts`,
`units`), what is planned (`tables`, `listed`, `schedules`), what stands under which heading (`sections`) and the foot (`signature`).
`document` puts them together. Word processors' files come through `office`, PDF files and images through `paged`:
these are read in a process of their own with limits, and recognised by tesseract where their pages have no sound text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from dinhlang.officialdoc.model import Document, Problem, Source
from dinhlang.officialdoc.read.decode import OFFICE, PAGED, Decoded, decode
from dinhlang.officialdoc.read.document import document_of
from dinhlang.officialdoc.read.pages.apart import Progress
from dinhlang.officialdoc.read.pages.limits import Limits
from dinhlang.officialdoc.read.places import Places
from dinhlang.officialdoc.read.sheets import located

__all__ = [
    "PARTLY",
    "UNREADABLE",
    "Limits",
    "Places",
    "Progress",
    "Reading",
    "read",
    "read_with_places",
    "read_with_text",
    "text_of",
]

LONGEST = 2_500_000
"""How many characters are read; two hundred pages have some 600 000, and a minute is enough for these."""

UNREADABLE = frozenset({"unsupported-format", "unreadable", "too-large", "empty", "locked", "no-converter"})
"""Codes of the problems after which nothing of a file is known; the others ('cut-off' too) speak of what was read."""

PARTLY = frozenset({"cut-off", "time-limit", "page-limit", "pages-unread", "ocr-missing", "damaged-file"})
"""Codes of the problems that say a part of a file was not read: who judges the document must be told."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with what it was read from: the text its spans point into, and where that stands on the pages."""

    document: Document
    decoded: Decoded

    @property
    def text(self) -> str:
        return self.decoded.text

    def located(self, value: _T) -> _T:
        """Findings, or anything else made of dataclasses and tuples, with page and box in every span."""
        return located(value, self.decoded.places)


def read(data: bytes, name: str) -> Document:
    """The document in a file's bytes; `name` is the file's name. Never raises.

    What is not understood is `None` or empty. What a person should know (damage, a blank number, a format that
    cannot be read and what to do about it) is in `problems`.
    """
    return read_with_places(data, name).document


def text_of(data: bytes, name: str) -> str:
    """The text that `read` reads, into which every span points; empty when the format cannot be read."""
    return _decoded(data, name).text


def read_with_text(data: bytes, name: str) -> tuple[Document, str]:
    """The document together with the text its spans point into. Never raises."""
    reading = read_with_places(data, name)
    return reading.document, reading.text


def read_with_places(
    data: bytes, name: str, *, limits: Limits | None = None, progress: Progress | None = None
) -> Reading:
    """The document with its text and the places of its words on the pages. Never raises.

    `limits` bind the reading of PDF files and images (by default those of the environment, else 60 seconds and
    1 GB); `progress` is called after each of their pages with how many are done and of how many.
    """
    decoded = _decoded(data, name, limits, progress)
    if not decoded.text:
        source = Source(name or None, decoded.format, decoded.pages, ocr=decoded.ocr)
        return Reading(Document(source=source, problems=decoded.problems), decoded)
    document = document_of(decoded, name)
    return Reading(decoded.finish(document) if decoded.finish else document, decoded)


def _decoded(
    data: bytes, name: str, limits: Limits | None = None, progress: Progress | None = None
) -> Decoded:
    decoded = decode(data, name)
    if decoded.format in OFFICE and not decoded.problems:
        from dinhlang.officialdoc.read import office

        return _within_reason(office.text_of(data, name))
    if decoded.format in PAGED and not decoded.problems:
        from dinhlang.officialdoc.read import paged

        return _within_reason(paged.text_of(data, decoded.format, limits, progress))
    return _within_reason(decoded)


def _within_reason(decoded: Decoded) -> Decoded:
    """The text up to `LONGEST` characters: a packed file of little size may hold very much more."""
    if len(decoded.text) <= LONGEST:
        return decoded
    end = decoded.text.rfind("\n", 0, LONGEST)
    read = f"{LONGEST:,}".replace(",", ".")
    message = f"Văn bản quá dài, chỉ đọc {read} ký tự đầu: hãy tách từng văn bản ra tệp riêng."
    problem = Problem("cut-off", message)
    text = decoded.text[: end if end > 0 else LONGEST]
    return replace(decoded, text=text, problems=(*decoded.problems, problem))
