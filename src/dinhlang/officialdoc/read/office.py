"""Every format of a word processor: told by the content, whatever the name says, and read by the one that knows it.

.docx, .odt and web pages are read here; .doc, .rtf and old XML of Word are first made into .docx by LibreOffice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.read.decode import MOST_LINES, Decoded

if TYPE_CHECKING:
    from dinhlang.officialdoc.read.flow import Block

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_OPEN_TEXT = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.text")
_OPEN_OTHER = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.")
_PAGE = re.compile(
    r"\s*(?:<!--|<!doctype\s+html|<html|<head|<body|<meta\b|<table\b|<div\b|<p\b|<style|<font)", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:html|body|p|div|table|td|span|font)\s*>", re.IGNORECASE)
_MAIL = re.compile(rb"^(?:[\w-]+:[^\n]*\n\s*){0,12}?mime-version\s*:", re.IGNORECASE)

LOCKED = "locked"
_WITHOUT_OFFICE = (
    "Máy này chưa cài LibreOffice nên chưa đọc được tệp {name}: hãy mở bằng Word và lưu thành .docx, "
    "hoặc báo người quản trị cài LibreOffice."
)
_PARTLY = "Tệp Word kiểu cũ được đọc không qua LibreOffice: hãy đối chiếu số thứ tự với bản gốc, hoặc lưu thành .docx rồi đọc lại."
_NOT_CONVERTED = "Không đọc được tệp {name}: tệp hỏng, quá lớn hoặc có mật khẩu. Hãy mở bằng Word và lưu thành .docx, không đặt mật khẩu."
_LOCKED_MESSAGE = "Tệp Office này có mật khẩu: hãy mở bằng Word, bỏ mật khẩu rồi lưu lại."


def format_of(data: bytes, name: str) -> str | None:
    """One of `decode.OFFICE` by the content of a file; None for everything that is no word processor's."""
    if data.startswith(b"PK"):
        return _of_archive(data, name)
    if data.startswith(_OLE):
        return _of_compound(data)
    head = data[:_HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if _MAIL.match(head) and b"multipart/" in head.lower():
        return "mht"
    return _of_marked(data)


def _of_archive(data: bytes, name: str) -> str | None:
    if _OPEN_TEXT.search(data[:200]):
        return "odt"
    if _OPEN_OTHER.search(data[:200]):
        return None
    if b"word/" in data or b"word\\" in data:
        return "docx"
    if b"xl/workbook" in data or b"ppt/presentation" in data:
        return None
    if b"content.xml" in data and b"META-INF/manifest.xml" in data:
        return "odt"
    return next((form for form in ("docx", "odt") if name.lower().endswith(f".{form}")), None)


def _of_compound(data: bytes) -> str | None:
    """Old Office files and locked new ones are file systems of their own; the names in it are in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return LOCKED
    return "doc" if "WordDocument".encode("utf-16-le") in data else None


def _of_marked(data: bytes) -> str | None:
    """XML and HTML by their first elements."""
    head = data[:_HEAD]
    wide = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = head.decode(wide, "ignore").lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return None
    if "http://schemas.microsoft.com/office/2006/xmlPackage" in text:
        return "docx"
    if "urn:oasis:names:tc:opendocument:xmlns:office" in text and "opendocument.text" in text:
        return "odt"
    if "http://schemas.microsoft.com/office/word/2003/wordml" in text:
        return "wordml"
    body = re.sub(r"^<\?xml[^>]*\?>", "", text)
    sample = data[: 50 * _HEAD].decode(wide, "ignore")
    return "html" if _PAGE.match(body) and _CLOSED.search(sample) else None


def text_of(data: bytes, name: str) -> Decoded:
    """The text of a file of one of the formats of `decode.OFFICE`. Never raises."""
    match format_of(data, name):
        case "docx":
            from dinhlang.officialdoc.read import word

            return word.text_of(data)
        case "odt":
            from dinhlang.officialdoc.read import opendocument

            return opendocument.text_of(data)
        case "html":
            from dinhlang.officialdoc.read import html

            return html.text_of(data)
        case "mht":
            return _of_mail(data)
        case "doc" | "rtf" | "wordml" as form:
            return _converted(data, form)
        case _:
            return Decoded("", LOCKED, (Problem("locked", _LOCKED_MESSAGE),))


def page_blocks(data: bytes) -> list[Block]:
    """The paragraphs and tables of a web page within another file; empty for anything else. Never raises."""
    from dinhlang.officialdoc.read import html

    form = format_of(data, "")
    page = _page_in_mail(data) if form == "mht" else (data, None)
    return html.blocks_of(*page)[0] or [] if page and form in ("html", "mht") else []


def _of_mail(data: bytes) -> Decoded:
    """A page saved with its pictures in one file."""
    from dinhlang.officialdoc.read import html

    page = _page_in_mail(data)
    if page is None:
        message = "Trang web lưu trong tệp này bị hỏng: hãy mở bằng trình duyệt rồi chép phần chữ."
        return Decoded("", "mht", (Problem("unreadable", message),))
    return replace(html.text_of(*page), format="mht")


def _page_in_mail(data: bytes) -> tuple[bytes, str | None] | None:
    """The first page in a file of mail, and what its headers say of its encoding."""
    import email
    from email import policy

    from dinhlang.officialdoc.read import html

    try:
        message = email.message_from_bytes(data[: html.MOST_BYTES], policy=policy.default)
        for part in message.walk():
            content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(content, bytes):
                return content, part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        # The parser of mail trusts the headers it is given.
        pass
    return None


def _converted(data: bytes, form: str) -> Decoded:
    from dinhlang.officialdoc.read import convert, word

    ending = "xml" if form == "wordml" else form
    name = {"doc": "Word kiểu cũ (.doc)", "rtf": "RTF", "wordml": "XML của Word 2003"}[form]
    try:
        return replace(word.text_of(convert.to_docx(data, ending)), format=form)
    except (convert.NoConverter, convert.NotConverted) as reason:
        if form == "doc" and (here := _of_compound_text(data)):
            return here
        if isinstance(reason, convert.NoConverter):
            return Decoded("", form, (Problem("no-converter", _WITHOUT_OFFICE.format(name=name)),))
        return Decoded("", form, (Problem("unreadable", _NOT_CONVERTED.format(name=name)),))


def _of_compound_text(data: bytes) -> Decoded | None:
    """What can be read of a .doc without LibreOffice; None when nothing can."""
    from dinhlang.officialdoc.read import compound
    from dinhlang.officialdoc.read.flow import are_whole, printed

    try:
        blocks = compound.blocks_of(data)
    except compound.Locked:
        return Decoded("", LOCKED, (Problem("locked", _LOCKED_MESSAGE),))
    except compound.NoText:
        return None
    text = printed(blocks, most_lines=MOST_LINES, most_characters=compound.MOST_CHARACTERS)[0].text
    if not text.strip():
        return None
    return Decoded(text, "doc", (Problem("read-without-office", _PARTLY),), whole_lines=are_whole(text))
