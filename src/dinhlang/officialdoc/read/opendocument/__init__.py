"""An OpenDocument text (.odt, or flat as .fodt) as lines of text.

`styles` knows what a look changes and how lists are numbered, `story` reads paragraphs, tables and frames, and `flow`
makes lines of them. Deleted text stands outside the text in these files, and is not read.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.read.archive import Archive
from dinhlang.officialdoc.read.decode import MOST_LINES, Decoded
from dinhlang.officialdoc.read.flow import Block, are_whole, printed
from dinhlang.officialdoc.read.opendocument.names import OFFICE, STYLE
from dinhlang.officialdoc.read.opendocument.story import Story
from dinhlang.officialdoc.read.opendocument.styles import Styles
from dinhlang.officialdoc.read.word import MOST_CHARACTERS, legacy
from dinhlang.officialdoc.read.word.letterhead import is_letterhead

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["text_of"]

_REMEDY = "hãy mở bằng LibreOffice rồi lưu lại."


def text_of(data: bytes) -> Decoded:
    """The text of an OpenDocument text. Never raises; what is broken, locked or too large is said in `problems`."""
    archive = Archive(data)
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
        return _refused("locked", "Tệp OpenDocument có mật khẩu: hãy bỏ mật khẩu rồi lưu lại.")
    parts = (
        [data]
        if not data.startswith(b"PK")
        else [archive.read(name) for name in ("content.xml", "styles.xml")]
    )
    content = parts[0]
    root = None if content is None else archive.tree(content)
    text = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or text is None:
        return _refused("unreadable", f"Tệp OpenDocument bị hỏng, không còn phần chữ: {_REMEDY}")
    others = [tree for part in parts[1:] if part is not None and (tree := archive.tree(part)) is not None]
    styles = Styles([*others, root])
    story = Story(styles, legacy_fonts=any(legacy.mentioned(part) for part in parts if part is not None))
    blocks = [*_letterhead([*others, root], story, text), *story.blocks(text)]
    shown, is_cut = printed(blocks, most_lines=MOST_LINES, most_characters=MOST_CHARACTERS)
    found = []
    if is_cut or story.is_cut or archive.is_cut:
        found.append(Problem("cut-off", "Văn bản quá dài, chỉ đọc được phần đầu: hãy tách thành nhiều tệp."))
    if archive.is_damaged:
        found.append(
            Problem("damaged-file", f"Tệp OpenDocument bị hỏng, chỉ đọc được phần còn nguyên: {_REMEDY}")
        )
    if not shown.text.strip():
        found.append(Problem("empty", "Văn bản không có chữ nào: hãy kiểm tra lại tệp."))
    return Decoded(shown.text, "odt", tuple(found), whole_lines=are_whole(shown.text))


def _letterhead(roots: list[_Element], story: Story, text: _Element) -> list[Block]:
    """The letterhead where it stands in the header of a page and not in the text."""
    if is_letterhead(_beginning(text)):
        return []
    headers = (one for root in roots for one in root.iter(f"{STYLE}header-first", f"{STYLE}header"))
    return next((story.blocks(one) for one in headers if is_letterhead(_beginning(one))), [])


def _beginning(element: _Element) -> str:
    """The first words in an element."""
    return " ".join(str(text) for text in islice(element.itertext(), 400))


def _refused(code: str, message: str) -> Decoded:
    return Decoded("", "odt", (Problem(code, message),))
