"""What the rules on printed pages share: their law, their examples, and how they tell of a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.layout.elements import Element, Placed
from dinhlang.officialdoc.check.layout.pages import Align, Layout, PageNumber, Printed, Sheet, Stretch
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Example, Hit, Lack, printed
from dinhlang.officialdoc.check.source import NOWHERE

GENERAL = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục I"
ELEMENTS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II"
FIRST = Sheet(210, 297, 30, 15, 20, 20, PageNumber(True, Align.CENTER, on_first=False, size=14))


def look(*paragraphs: Printed, sheet: Sheet = FIRST, pages: int | None = 3, cells: int = 0) -> Example:
    """An example by its pages: a head, the paragraphs given, a foot."""
    return printed(Layout((sheet,), (*HEAD, *paragraphs), pages, cells))


def line(words: str, size: float = 14, align: Align = Align.CENTER, **look: object) -> Printed:
    """A paragraph of the head or the foot."""
    placing = {name: look.pop(name) for name in tuple(look) if name in _PLACING}
    stretch = Stretch(words, "Times New Roman", size, **look)  # type: ignore[arg-type]
    return Printed((stretch,), align, **placing)  # type: ignore[arg-type]


_PLACING = ("indent", "before", "after", "spacing", "has_rule")


def text(words: str, **look: object) -> Printed:
    """A paragraph of the text."""
    standing: dict[str, object] = {"indent": 12.7, "before": 0.0, "after": 6.0, "spacing": 1.1}
    return line(words, align=Align.JUSTIFY, **{**standing, **look})  # type: ignore[arg-type]


HEAD = (
    line("ỦY BAN NHÂN DÂN", 13, bold=True),
    line("XÃ BẾN MẪU", 13, bold=True, has_rule=True),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True),
    line("Độc lập - Tự do - Hạnh phúc", 14, bold=True, has_rule=True),
    line("Số: 12/BC-UBND", 13),
    line("Bến Mẫu, ngày 12 tháng 12 năm 2023", 14, italic=True),
    line("BÁO CÁO", bold=True),
    line("Kết quả năm 2023", bold=True, has_rule=True),
)
LONG = "Ủy ban nhân dân xã đã tổ chức tuyên truyền tới toàn thể cán bộ, công chức và người dân các thôn trong xã."
BODY = tuple(text(LONG) for _ in range(4))


def _piece(case: Case, placed: Placed) -> Piece:
    words = placed.printed.text.strip()
    source = case.source
    return Piece(
        ("layout", placed.index), Part.LINE, words, locate=lambda: source.find(words) if source else NOWHERE
    )


def hit(case: Case, placed: Placed, message: str) -> Hit:
    """Told of a whole paragraph."""
    piece = _piece(case, placed)
    return Hit(piece, 0, len(piece.text), message)


def whole(case: Case, message: str) -> Lack:
    """Of the whole file: told at its first line."""
    return Lack(("layout",), message, next((line for line in case.lines if line.text.strip()), None))


def parts(case: Case, *elements: Element) -> list[Placed]:
    """The paragraphs that are one of these parts."""
    return [one for one in case.elements if one.element in elements and one.printed.text.strip()]


def mostly(case: Case, is_wrong: Callable[[Printed], bool], message: str, *, least: int = 3) -> Iterator[Hit]:
    """Told of the first of the text's paragraphs, when more than half of them are wrong."""
    found = [one for one in parts(case, Element.BODY) if len(one.printed.text) > _LINE_LETTERS]
    wrong = [one for one in found if is_wrong(one.printed)]
    if len(found) >= least and 2 * len(wrong) > len(found):
        yield hit(case, wrong[0], message)


# Shorter paragraphs fill no line: how they are set shows nothing.
_LINE_LETTERS = 95
