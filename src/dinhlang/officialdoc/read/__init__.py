"""Read an official document: bytes in, the model out, and a list of problems instead of an exception.

`decode` turns bytes into text, `lines` and `blocks` turn text into paragraphs that know where they stood, and one
module each finds the head (`header`), what is cited (`references`), what is counted (`figures`, `units`), what is
planned (`tables`, `schedules`), what stands under which heading (`sections`) and the foot (`signature`).
`document` puts them together.
"""

from __future__ import annotations

from dinhlang.officialdoc.model import Document, Source
from dinhlang.officialdoc.read.decode import Decoded, decode
from dinhlang.officialdoc.read.document import document_of
from dinhlang.officialdoc.read.places import Places

__all__ = ["Places", "read", "read_with_text", "text_of"]


def read(data: bytes, name: str) -> Document:
    """The document in a file's bytes; `name` is the file's name. Never raises.

    What is not understood is `None` or empty. What a person should know (damage, a blank number, a format that
    cannot be read and what to do about it) is in `problems`.
    """
    return read_with_text(data, name)[0]


def text_of(data: bytes, name: str) -> str:
    """The text that `read` reads, into which every span points; empty when the format cannot be read."""
    return _decoded(data, name).text


def read_with_text(data: bytes, name: str) -> tuple[Document, str]:
    """The document together with the text its spans point into. Never raises."""
    decoded = _decoded(data, name)
    if not decoded.text:
        return Document(source=Source(name or None, decoded.format), problems=decoded.problems), ""
    return document_of(decoded.text, name, decoded.format, decoded.problems), decoded.text


def _decoded(data: bytes, name: str) -> Decoded:
    decoded = decode(data, name)
    if decoded.format == "docx" and not decoded.problems:
        from dinhlang.officialdoc.read import word

        return word.text_of(data)
    return decoded
