"""The one layout profile: paper, margins and the look of every element.

`docx`, `pdf` and `html` draw from it and the checker measures against it. The numbers come from Nghị định
30/2020/NĐ-CP, Phụ lục I ("PL I" below); `basis` says which rule, or that the choice is ours where the decree
leaves a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

FONT = "Times New Roman"
"""PL I, I.2: phông chữ tiếng Việt Times New Roman, Unicode TCVN 6909:2001, black."""

LANGUAGE = "vi-VN"

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_HEADING = "Nơi nhận:"


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in millimetres."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    number_top: float

    def line(self, *, landscape: bool = False) -> float:
        """The length of a full line of text."""
        return (self.height if landscape else self.width) - self.left - self.right


PAGE = Page(width=210, height=297, left=30, right=15, top=20, bottom=20, number_top=10)
"""PL I, I.1 and I.4: A4; top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm.

The narrow right margin leaves 165 mm, of which the national heading needs 95. The page number stands in the
middle of the top margin (PL I, I.6)."""

LETTERHEAD = (63.0, 102.0)
"""Widths of the two halves of the letterhead. Ours: at 13 pt bold the national heading is 95 mm long."""

FOOT = (75.0, 90.0)
"""Widths of the recipients and of the signature. Ours."""

PARTIAL_RULE = 0.4
"""Share of the text under which a short rule is drawn. PL I, II.2, II.5: between 1/3 and 1/2 of the line."""

SIGNATURE_GAP = 68.0
"""Points left free for the signature and the seal. Ours: a seal of 36 mm covers a third of the signature."""

CELL_PADDING = (1.5, 1.0)
"""Millimetres left and right, above and below the text of a table's cell. Ours."""


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


class Element(StrEnum):
    """Everything on a page that has a look of its own. The value is the style's id in Word."""

    NATION = "QuocHieu"
    MOTTO = "TieuNgu"
    PARENT = "CoQuanChuQuan"
    ISSUER = "CoQuanBanHanh"
    NUMBER = "SoKyHieu"
    PLACE_DATE = "DiaDanhNgayThang"
    LETTER_SUBJECT = "TrichYeuCongVan"
    TITLE = "TenLoai"
    SUBJECT = "TrichYeu"
    RULE = "DuongKe"
    COMMAND = "LenhBanHanh"
    ADDRESS = "KinhGui"
    ADDRESS_HEAD = "KinhGuiNhieuNoi"
    ADDRESS_NAME = "NoiKinhGui"
    ADDRESS_LAST = "NoiKinhGuiCuoi"
    BASIS = "CanCu"
    BODY = "NoiDung"
    ITEM = "Diem"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    HEADING_4 = "Heading4"
    CHAPTER = "PhanChuong"
    SECTION = "Muc"
    ARTICLE = "Dieu"
    CLAUSE = "Khoan"
    CELL_HEADING = "TieuDeBang"
    CELL = "OBang"
    AUTHORITY = "ThamQuyenKy"
    SIGNER = "HoTenNguoiKy"
    RECIPIENTS = "NoiNhan"
    RECIPIENT = "DongNoiNhan"
    APPENDIX_LABEL = "PhuLuc"
    APPENDIX_TITLE = "TenPhuLuc"
    APPENDIX_NOTE = "KemTheo"
    PAGE_NUMBER = "Header"


@dataclass(frozen=True, slots=True)
class Look:
    """How one element looks. Sizes and gaps are points, `indent` (first line), `left` (all lines) and `hanging` (all but
    the first line) millimetres.

    `name` is what Word's list of styles shows. `caps` prints capitals and keeps the text as it was typed.
    """

    name: str
    size: float
    basis: str
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: Align = Align.CENTER
    before: float = 0
    after: float = 0
    indent: float = 0
    left: float = 0
    hanging: float = 0
    line: float = 1.0
    keep_next: bool = False


_GAP = 6.0  # PL I, II.6: at least 6 pt between paragraphs
_INDENT = 12.7  # PL I, II.6: the first line goes in 1 cm or 1.27 cm
_LINE = 1.1  # PL I, II.6: single to 1.5 lines
_TEXT = "PL I, II.6: size 13–14, justified, first line 1 or 1.27 cm, gap ≥ 6 pt, line single to 1.5"
_HEADING = "PL I, II.6: headings bold; level 1 in capitals; size of the text"


def _text(name: str, basis: str = _TEXT, **changes: bool) -> Look:
    return Look(name, 14, basis, align=Align.JUSTIFY, after=_GAP, indent=_INDENT, line=_LINE, **changes)


def _address_name(name: str, after: float = 0) -> Look:
    basis = "PL I, II.9: each name on a line of its own, with a dash"
    return Look(name, 14, basis, align=Align.LEFT, left=50, hanging=3, after=after, line=_LINE)


def _own_line(name: str, basis: str) -> Look:
    return Look(name, 14, basis, bold=True, before=_GAP, after=_GAP, line=_LINE, keep_next=True)


LOOKS: dict[Element, Look] = {
    Element.NATION: Look("Quốc hiệu", 13, "PL I, II.1: capitals, size 12–13, upright, bold", bold=True),
    Element.MOTTO: Look(
        "Tiêu ngữ", 14, "PL I, II.1: size 13–14, upright, bold; rule as long as it", bold=True
    ),
    Element.PARENT: Look("Cơ quan chủ quản", 13, "PL I, II.2: capitals, size 12–13, upright"),
    Element.ISSUER: Look(
        "Cơ quan ban hành", 13, "PL I, II.2: capitals, size 12–13, bold; rule 1/3–1/2", bold=True
    ),
    Element.NUMBER: Look("Số, ký hiệu", 13, "PL I, II.3: size 13, upright", before=_GAP),
    Element.PLACE_DATE: Look(
        "Địa danh, ngày tháng",
        14,
        "PL I, II.4: size 13–14, italic; 14 goes with a motto of 14",
        italic=True,
        before=_GAP,
    ),
    Element.LETTER_SUBJECT: Look(
        "Trích yếu công văn", 13, "PL I, II.5: size 12–13, upright, 6 pt under the number", before=_GAP
    ),
    Element.TITLE: Look(
        "Tên loại", 14, "PL I, II.5: capitals, size 13–14, bold", bold=True, before=18, keep_next=True
    ),
    Element.SUBJECT: Look(
        "Trích yếu", 14, "PL I, II.5: size 13–14, bold; rule 1/3–1/2", bold=True, keep_next=True
    ),
    Element.RULE: Look("Đường kẻ", 2, "PL I: solid drawn line", after=0),
    Element.COMMAND: Look(
        "Lệnh ban hành",
        14,
        "PL III, samples 1.1 to 1.3: authority and command in capitals, bold, centred",
        bold=True,
        before=_GAP,
        after=_GAP,
        keep_next=True,
    ),
    Element.ADDRESS: Look(
        "Kính gửi", 14, "PL I, II.9: size 13–14, upright; one name on the same line", before=_GAP, after=12
    ),
    Element.ADDRESS_HEAD: Look(
        "Kính gửi nhiều nơi",
        14,
        "PL I, II.9: size 13–14, upright",
        align=Align.LEFT,
        before=_GAP,
        left=30,
        keep_next=True,
    ),
    Element.ADDRESS_NAME: _address_name("Nơi kính gửi"),
    Element.ADDRESS_LAST: _address_name("Nơi kính gửi cuối", after=12),
    Element.BASIS: _text("Căn cứ", "PL I, II.6: bases italic, size 13–14, one a line", italic=True),
    Element.BODY: _text("Nội dung"),
    Element.ITEM: _text("Điểm"),
    Element.HEADING_1: _text("heading 1", _HEADING, bold=True, caps=True, keep_next=True),
    Element.HEADING_2: _text("heading 2", _HEADING, bold=True, keep_next=True),
    Element.HEADING_3: _text("heading 3", _HEADING, bold=True, italic=True, keep_next=True),
    Element.HEADING_4: _text("heading 4", _HEADING, keep_next=True),
    Element.CHAPTER: _own_line("Phần, chương", "PL I, II.6: on a line of its own, centred, bold"),
    Element.SECTION: _own_line("Mục", "PL I, II.6: on a line of its own, centred, bold"),
    Element.ARTICLE: _text(
        "Điều", "PL I, II.6: 'Điều', its number and title bold, upright", bold=True, keep_next=True
    ),
    Element.CLAUSE: _text(
        "Khoản", "PL I, II.6: a clause with a title bold, upright", bold=True, keep_next=True
    ),
    Element.CELL_HEADING: Look("Tiêu đề bảng", 13, "Ours: as the text, bold", bold=True),
    Element.CELL: Look("Ô bảng", 13, "Ours: size of the text, one less than it", align=Align.LEFT),
    Element.AUTHORITY: Look(
        "Thẩm quyền ký", 14, "PL I, II.7: capitals, size 13–14, bold", bold=True, caps=True, keep_next=True
    ),
    Element.SIGNER: Look("Họ tên người ký", 14, "PL I, II.7: size 13–14, bold", bold=True),
    Element.RECIPIENTS: Look(
        "Nơi nhận", 12, "PL I, II.9: size 12, bold italic", bold=True, italic=True, align=Align.LEFT
    ),
    Element.RECIPIENT: Look("Dòng nơi nhận", 11, "PL I, II.9: size 11, upright", align=Align.LEFT),
    Element.APPENDIX_LABEL: Look("Phụ lục", 14, "PL I, III: size 14, bold", bold=True, keep_next=True),
    Element.APPENDIX_TITLE: Look(
        "Tên phụ lục", 14, "PL I, III: capitals, size 13–14, bold", bold=True, caps=True, keep_next=True
    ),
    Element.APPENDIX_NOTE: Look(
        "Kèm theo", 14, "PL I, III: size 13–14, italic; rule 1/3–1/2", italic=True, keep_next=True
    ),
    Element.PAGE_NUMBER: Look(
        "header", 14, "PL I, I.6: size 13–14, centred in the top margin, not on page 1"
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What a writer draws by. With `always_room` there is room to sign also where nobody's name is known."""

    looks: Mapping[Element, Look]
    signature_gap: float
    always_room: bool = False


DOCUMENT = Profile(LOOKS, SIGNATURE_GAP)

SLIP = Profile(
    {
        **LOOKS,
        Element.TITLE: replace(LOOKS[Element.TITLE], before=9),
        **{
            element: replace(LOOKS[element], size=13, line=1.0)
            for element in (
                Element.ADDRESS,
                Element.BODY,
                Element.ITEM,
                Element.AUTHORITY,
                Element.SIGNER,
            )
        },
        **{element: replace(LOOKS[element], size=12) for element in (Element.CELL_HEADING, Element.CELL)},
    },
    50,
    always_room=True,
)
"""A form that is filled in and handed over: the decree's smaller sizes, so that it stays one sheet of paper."""

HEADINGS = {
    1: Element.HEADING_1,
    2: Element.HEADING_2,
    3: Element.HEADING_3,
    4: Element.HEADING_4,
}

OUTLINE = {
    **{element: level for level, element in HEADINGS.items()},
    Element.CHAPTER: 1,
    Element.SECTION: 2,
    Element.ARTICLE: 3,
    Element.CLAUSE: 4,
}
"""The level each kind of heading has in the outline of the file."""
