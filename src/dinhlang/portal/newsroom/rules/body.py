"""The text of an item: what is typed, what is stored, and the white list between them.

Typed is text with a few marks (a blank line parts paragraphs, `## ` is a heading, `- ` an item of a list, `**` bold);
stored is HTML of a small white list. Whatever way it comes in (typed, pasted, imported), nh3 cleans it last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import nfc

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from markdown_it import MarkdownIt

LONGEST = 200_000
"""Characters of one text: some 60 printed pages. A longer one is a document, and belongs into a file."""

TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "a",
        "strong",
        "em",
        "blockquote",
        "br",
        "hr",
        "sup",
        "sub",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "abbr",
    ]
)
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "abbr": {"title"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
# What goes with all that is in it; of anything else that is not on the list only the words stay.
_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "head",
    "title",
}
_RENAMED = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "center": "div",
    "dd": "p",
    "dt": "p",
}
_FLOW = frozenset(["p", "h2", "h3", "h4", "ul", "ol", "blockquote", "table", "hr", "div"])
_BLOCKS = ("p", "h2", "h3", "h4", "li", "th", "td", "blockquote", "ul", "ol", "table", "tr")
# Parts of lists and tables that lie outside of one.
_STRAY = frozenset(["li", "thead", "tbody", "tr", "th", "td"])
# How Word marks an item of a list when the page does not say that it is one.
_BULLET = re.compile(r"^[\s\xa0]*(?:[·•▪§●o‣–-]|\uf0b7|\uf0a7)[\s\xa0]+")
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")


class TextTooLong(Refused):
    """The text is longer than an item can be."""

    field = "body"


def check_length(text: str) -> None:
    """Raise `TextTooLong`."""
    if len(text) > LONGEST:
        raise TextTooLong(
            _("Nội dung dài %(length)s ký tự, tối đa %(most)s. Hãy chia thành nhiều bài hoặc đính kèm tệp.")
            % {"length": printed(len(text)), "most": printed(LONGEST)}
        )


def from_text(text: str) -> str:
    """The HTML of what was typed. Raises `TextTooLong`."""
    check_length(text)
    return _kept(_markdown().render(nfc(text)))


def cleaned(html: str) -> str:
    """HTML from anywhere (Word, an old site, a feed), reduced to the white list. Raises `TextTooLong`.

    Paragraphs that are `div`s or lines stay paragraphs, Word's bullets become lists; scripts, styles, frames and
    pictures go.
    """
    import nh3

    check_length(html)
    safe = nh3.clean(
        nfc(html),
        tags=set(TAGS) | _RENAMED.keys() | {"div", "section", "article"},
        clean_content_tags=_WITH_CONTENT,
        attributes={**_ATTRIBUTES, "p": {"class"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return _kept(_arranged(safe))


def to_text(html: str) -> str:
    """The text with marks that gives this HTML again (`from_text`), for HTML of the white list."""
    from markdownify import ATX, MarkdownConverter

    class Converter(MarkdownConverter):
        """Marks as people would type them; what has no mark keeps its words."""

        def convert_br(self, el: object, text: str, parent_tags: object) -> str:
            return "\n"

    text = Converter(
        heading_style=ATX,
        bullets="-",
        strong_em_symbol="*",
        escape_underscores=False,
        escape_asterisks=True,
        escape_misc=False,
        table_infer_header=True,
        autolinks=False,
    ).convert(re.sub(r"<br>\s+", "<br>", html))
    return re.sub(r"\n{3,}", "\n\n", str(text)).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or cell of a body: its tag and its words on one line."""

    tag: str
    text: str


def blocks(html: str) -> list[Block]:
    """The blocks of HTML of the white list that have words of their own, in order."""
    if not html.strip():
        return []
    found = []
    for block in parsed(html).iter(*_BLOCKS):
        own = _SPACE.sub(" ", "".join(_own_words(block))).strip()
        if own:
            found.append(Block(str(block.tag), own))
    return found


def plain(html: str) -> str:
    """The words of HTML of the white list, a line for each paragraph, heading, item and cell."""
    return "\n".join(block.text for block in blocks(html))


def _own_words(block: HtmlElement) -> list[str]:
    """The words of a block without those of blocks inside it."""
    words = [block.text or ""]
    for child in block:
        if child.tag not in _FLOW and child.tag not in {"li", "tr", "thead", "tbody", "th", "td"}:
            words += _own_words(child) if child.tag != "br" else ["\n"]
        words.append(child.tail or "")
    return [word.replace("\n", " ") for word in words]


def _kept(html: str) -> str:
    """What is left after the white list: the last word about every body."""
    import nh3

    found = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        set_tag_attribute_values={"th": {"scope": "col"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return found.strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Indented text is no code, four underscores are a line to write on, and a line that ends is a line that ends.
    engine = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": 12})
    return engine.enable(
        ["heading", "list", "blockquote", "table", "emphasis", "link", "newline", "escape", "entity", "hr"]
    )


# --- what word processors and old sites hand over -----------------------------------------------------


def parsed(html: str) -> HtmlElement:
    """HTML of the white list as a tree under one box."""
    from lxml import html as lxml_html

    return lxml_html.fragment_fromstring(html, create_parent="div")


def _arranged(html: str) -> str:
    """Names as the list has them, bare lines in paragraphs, Word's bullets in lists."""
    from lxml import etree

    if not html.strip():
        return ""
    top = parsed(html)
    for element in top.iter():
        if isinstance(element.tag, str):
            element.tag = _RENAMED.get(element.tag, element.tag)
    _flatten(top)
    blocks: list[HtmlElement] = []
    loose: list[HtmlElement] = []
    _gather(top, blocks, loose)
    _close(blocks, loose)
    blocks = _listed(blocks)
    return "\n".join(
        etree.tostring(block, encoding="unicode", method="html", with_tail=False)
        for block in blocks
        if block.tag == "hr" or "".join(block.itertext()).strip(" \t\r\n\xa0")
    )


def _flatten(top: HtmlElement) -> None:
    """Make all boxes one kind, and open inline elements that hold blocks: a heading in a link is a heading."""
    for element in list(top.iter("section", "article")):
        element.tag = "div"
    for element in list(top.iter("a", "strong", "em", "sup", "sub", "abbr")):
        if any(child.tag in _FLOW or child.tag in _STRAY for child in element.iterdescendants()):
            element.drop_tag()
    # In a paragraph, an item or a cell a box is only its words.
    for element in list(top.iter("div")):
        if any(above.tag in _BLOCKS for above in element.iterancestors()):
            element.drop_tag()
    for element in list(top.iter("h2", "h3", "h4", "p")):
        for child in list(element.iterdescendants()):
            if child.tag in _FLOW or child.tag in _STRAY:
                child.drop_tag()


def _gather(parent: HtmlElement, blocks: list[HtmlElement], loose: list[HtmlElement]) -> None:
    """The blocks below a box in order; words and inline elements that lie between them go into paragraphs."""
    stack: list[tuple[str, HtmlElement | str]] = _children(parent)
    while stack:
        what, one = stack.pop()
        if what == "close":
            _close(blocks, loose)
        elif isinstance(one, str):
            _add_words(loose, one)
        elif one.tag == "div" or one.tag in _STRAY:
            _close(blocks, loose)
            stack.append(("close", ""))
            stack += _children(one)
        elif one.tag in _FLOW:
            _close(blocks, loose)
            one.tail = None
            blocks.append(one)
        elif isinstance(one.tag, str):
            one.tail = None
            loose.append(one)


def _children(parent: HtmlElement) -> list[tuple[str, HtmlElement | str]]:
    """Words and elements directly in a box, the last first, as a stack wants them."""
    found: list[tuple[str, HtmlElement | str]] = []
    if parent.text:
        found.append(("words", parent.text))
    for child in list(parent):
        tail = child.tail
        found.append(("element", child))
        if tail:
            found.append(("words", tail))
    return found[::-1]


def _add_words(loose: list[HtmlElement], words: str) -> None:
    from lxml import html as lxml_html

    if not words.strip() and not loose:
        return
    span = lxml_html.Element("span")
    span.text = words
    loose.append(span)


def _close(blocks: list[HtmlElement], loose: list[HtmlElement]) -> None:
    """Put loose words and inline elements into one paragraph; two line ends after one another part it."""
    from lxml import html as lxml_html

    paragraph = lxml_html.Element("p")
    breaks = 0
    for one in loose:
        if one.tag == "br":
            breaks += 1
            if breaks == 2:
                paragraph.remove(paragraph[-1])
                blocks.append(paragraph)
                paragraph = lxml_html.Element("p")
                continue
        elif "".join(one.itertext()).strip():
            breaks = 0
        paragraph.append(one)
    if "".join(paragraph.itertext()).strip():
        blocks.append(paragraph)
    loose.clear()


def _listed(blocks: list[HtmlElement]) -> list[HtmlElement]:
    """Word's paragraphs that begin with a bullet, as lists."""
    from lxml import html as lxml_html

    found: list[HtmlElement] = []
    current: HtmlElement | None = None
    for block in blocks:
        is_item = block.tag == "p" and "List" in block.get("class", "")
        bullet = _BULLET.match("".join(block.itertext())) if is_item else None
        if bullet is None:
            current = None
            found.append(block)
            continue
        if current is None:
            current = lxml_html.Element("ul")
            found.append(current)
        _drop_start(block, bullet.end())
        block.tag = "li"
        block.attrib.pop("class", None)
        current.append(block)
    return found


def _drop_start(block: HtmlElement, length: int) -> None:
    """Take the first letters away, wherever in the element they stand."""
    for element in block.iter():
        if length and element.text:
            cut = min(length, len(element.text))
            element.text, length = element.text[cut:], length - cut
        for child in element:
            if length and child.tail and not len(child):
                cut = min(length, len(child.tail)) if not child.text else 0
                child.tail, length = child.tail[cut:], length - cut
        if not length:
            return
