"""Bytes to text: recognise the format, decode any encoding, put the text into NFC.

What cannot be read yet is refused here with a problem that says what to do instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.model import Document, Problem
from dinhlang.officialdoc.read.pages.page import Page
from dinhlang.officialdoc.read.sheets import Piece

LIMIT = 64 * 1024 * 1024
"""No file is larger: two hundred scanned pages have 40 MB. A larger one would only hold up the reader."""
_TEXT_LIMIT = 20 * 1024 * 1024
MOST_LINES = 100_000
OFFICE = ("docx", "odt", "html", "mht", "doc", "rtf", "wordml", "locked")
"""Formats of word processors, which `office` reads."""
PAGED = ("pdf", "image")
"""Formats of pages, which `paged` reads."""

# Offices work with these formats, so each is told apart by its first bytes and answered with a remedy.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_REMEDIES = {
    "zip": "Tệp nén này không phải văn bản Word (.docx): hãy giải nén rồi đưa từng văn bản.",
    "ole": "Tệp Office kiểu cũ này không phải văn bản Word: hãy mở và lưu phần văn bản thành .docx.",
}
# What other modules turn into text.
_READ_ELSEWHERE = (*OFFICE, *PAGED)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Neither printed nor allowed in XML, so a document that holds them could not be written again.
_LINE_HYPHEN = re.compile(r"\w\x02\w")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# With marks that turn the reading direction a text looks other than it is.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# These stand in no text, but in every hundred bytes of a program, a sound or an encrypted file.
_BINARY = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 0.02
_BINARY_SAMPLE = 20_000
# Formats that are never bare text, by their names' endings.
_PACKAGED = (".docx", ".doc", ".odt", ".pdf", ".xlsx", ".xls", ".zip")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text out of a file. `format` is 'text', 'docx', or what was refused; `text` is empty then.

    `whole_lines`: each line is a whole paragraph, since the file itself said where one ends. `places` tells for
    each line where its words stand on the pages, when the file has pages. `finish` puts into the document what the
    file says beyond its text: bold words, the anchors of figures. `sheets` are the pages as they were seen.
    """

    text: str
    format: str
    problems: tuple[Problem, ...] = ()
    pages: int | None = None
    ocr: bool = False
    whole_lines: bool = False
    places: tuple[tuple[Piece, ...], ...] = ()
    finish: Callable[[Document], Document] | None = field(default=None, compare=False, repr=False)
    sheets: Sequence[Page] = field(default=(), compare=False, repr=False)


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file's bytes. Never raises; a file that cannot be read gives a problem."""
    found = format_of(data, name)
    largest = LIMIT if found in PAGED else _TEXT_LIMIT
    if len(data) > largest:
        size = len(data) // (1024 * 1024)
        message = f"Tệp quá lớn ({size} MB, tối đa {largest // (1024 * 1024)} MB): hãy tách từng văn bản ra tệp riêng."
        return Decoded("", found, (Problem("too-large", message),))
    if found in _READ_ELSEWHERE:
        return Decoded("", found)
    if found != "text":
        return Decoded("", found, (Problem("unsupported-format", _REMEDIES[found]),))
    text, problems = characters(data)
    if refused := _no_text(text, name):
        return Decoded("", "unknown", (refused,))
    text = tidy(text)
    if text.strip() and (ending := _packaged_ending(name)):
        message = (
            f"Tệp mang đuôi {ending} nhưng bên trong là chữ thường, đã đọc như tệp .txt: hãy đổi đuôi tệp."
        )
        problems = (*problems, Problem("wrong-ending", message))
    if not text.strip():
        problems = (*problems, Problem("empty", "Tệp không có chữ nào: hãy kiểm tra lại tệp đã chọn."))
    return Decoded(text, found, problems)


def _no_text(text: str, name: str) -> Problem | None:
    """Why these characters are not the text of a document; None when they may be, or when there are none."""
    sample = text[:_BINARY_SAMPLE]
    if not text.strip("\0 \t\r\n\ufeff"):
        return None
    if len(_BINARY.findall(sample)) > _BINARY_SHARE * len(sample):
        return Problem("unsupported-format", _no_text_message(_packaged_ending(name)))
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        return Problem(
            "too-large",
            "Tệp có hơn một trăm nghìn dòng: hãy tách từng văn bản ra tệp riêng.",
        )
    return None


def _packaged_ending(name: str) -> str | None:
    return next((ending for ending in _PACKAGED if name.lower().endswith(ending)), None)


def _no_text_message(ending: str | None) -> str:
    if ending is None:
        return "Tệp không phải văn bản có chữ: hãy chọn tệp .docx, hoặc .txt lưu bằng Unicode."
    return (
        f"Tệp mang đuôi {ending} nhưng bên trong không phải, hoặc đã hỏng: "
        "hãy mở bằng Word hoặc LibreOffice rồi lưu thành .docx."
    )


def format_of(data: bytes, name: str) -> str:
    """'text', 'docx', or another format, by the content of the file."""
    from dinhlang.officialdoc.read import office

    if (form := office.format_of(data, name)) is not None:
        return form
    return next((form for signature, form in _SIGNATURES if data.startswith(signature)), "text")


def tidy(text: str) -> str:
    """NFC, one kind of line end, nothing invisible."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    # A hyphen at the end of a line, as a PDF library hands it on.
    text = _INVISIBLE.sub(
        "", text.replace("\x02", "-") if "\x02" in text and _LINE_HYPHEN.search(text) else text
    )
    return _UNWANTED.sub(" ", text).replace("\u00a0", " ")


def characters(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The characters that bytes stand for in any encoding of Vietnamese, and what was doubtful about it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ()
    if wide := _wide(data):
        return data.decode(wide, "replace"), ()
    try:
        return _unicode_of_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        # A file cut in the middle of a letter is still UTF-8.
        if error.start >= len(data) - 4:
            return _unicode_of_text(data.decode("utf-8", "ignore"))
        return _unicode_of_bytes(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Vietnamese text more than half of the high bytes are zero."""
    sample = data[:4000]
    if len(sample) < 8:
        return None
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return None


def _unicode_of_text(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Text typed in a legacy font keeps its wrong letters through UTF-8: 'Céng hoµ x· héi'."""
    from dinhlang.vietnamese import legacy

    encoding = legacy.detect(text)
    if encoding is None:
        return text, ()
    return legacy.to_unicode(text, encoding), (_legacy_problem(str(encoding)),)


def _unicode_of_bytes(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    from dinhlang.vietnamese import legacy

    encoding = legacy.detect(data)
    if encoding is not None:
        return legacy.to_unicode(data, encoding), (_legacy_problem(str(encoding)),)
    message = "Không nhận ra bảng mã của tệp, một số chữ có thể sai: hãy lưu lại tệp bằng Unicode (UTF-8)."
    return data.decode("utf-8", "replace"), (Problem("unknown-encoding", message),)


def _legacy_problem(encoding: str) -> Problem:
    return Problem(
        "legacy-encoding", f"Tệp dùng bảng mã cũ ({encoding}), đã chuyển sang Unicode: hãy soát lại dấu."
    )
