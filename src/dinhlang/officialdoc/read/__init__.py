"""Read an official document: bytes in, the model out, and a list of problems instead of an exception.

`decode` turns bytes into text, `lines` and `blocks` turn text into paragraphs that know where they stood, and one
module each finds the head (`header`), what is cited (`references`), what is counted (`figures`, `units`), what is
planned (`tables`, `schedules`), what stands under which heading (`sections`) and the foot (`signature`).
`document` puts them together.
"""

from __future__ import annotations

from dinhlang.officialdoc.model import Document, Source
from dinhlang.officialdoc.read.decode import decode
from dinhlang.officialdoc.read.document import document_of

__all__ = ["read"]


def read(data: bytes, name: str) -> Document:
    """The document in a file's bytes; `name` is the file's name. Never raises.

    What is not understood is `None` or empty. What a person should know (damage, a blank number, a format that
    cannot be read and what to do about it) is in `problems`.
    """
    decoded = decode(data, name)
    if decoded.format == "docx" and not decoded.problems:
        from dinhlang.officialdoc.read import word

        decoded = word.text_of(data)
    if not decoded.text:
        return Document(source=Source(name or None, decoded.format), problems=decoded.problems)
    return document_of(decoded.text, name, decoded.format, decoded.problems)
