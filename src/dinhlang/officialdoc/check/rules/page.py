"""The printed page (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I): paper, margins, letters, page numbers, lines, gaps.

Only a file that has pages is judged: a .docx by its settings, a PDF by what stands on its pages. Each rule tells once,
at the first place; what a file does not tell is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.layout.elements import Element
from dinhlang.officialdoc.check.layout.pages import Align, Layout, PageNumber, Printed, Sheet
from dinhlang.officialdoc.check.needs import PRINTED
from dinhlang.officialdoc.check.registry import Hit, Lack, printed, rule
from dinhlang.officialdoc.check.rules.printed import (
    BODY,
    ELEMENTS,
    FIRST,
    GENERAL,
    HEAD,
    LONG,
    hit,
    line,
    look,
    mostly,
    parts,
    text,
    whole,
)

# --- Paper and margins -------------------------------------------------------------------------------------------

_A4 = (210, 297)
_PAPER_TOLERANCE = 2.0


@rule(
    "DL601",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Khổ giấy không phải A4",
    needs=PRINTED,
    basis=f"{GENERAL}.1",
    bad=[look(*BODY, sheet=Sheet(215.9, 279.4, 30, 15, 20, 20, FIRST.number))],
    good=[look(*BODY), look(*BODY, sheet=Sheet(297, 210, 30, 15, 20, 20, FIRST.number))],
)
def not_a4(case: Case) -> Iterator[Lack]:
    """A4 upright, or lying where tables need it."""
    for number, sheet in enumerate(case.layout.sheets if case.layout else ()):
        size = sorted((sheet.width, sheet.height))
        if any(abs(one - right) > _PAPER_TOLERANCE for one, right in zip(size, _A4, strict=True)):
            where = f" (phần {number + 1} của tệp)" if number else ""
            yield whole(
                case,
                f"Khổ giấy {sheet.width:.0f} × {sheet.height:.0f} mm{where}: văn bản trình bày trên giấy A4 (210 × 297 mm).",
            )
            return


_MARGINS = {
    "left": ("trái", 30, 35),
    "right": ("phải", 15, 20),
    "top": ("trên", 20, 25),
    "bottom": ("dưới", 20, 25),
}
_SET, _MEASURED = 0.6, 2.0


@rule(
    "DL602",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Lề trang không đúng",
    needs=PRINTED,
    basis=f"{GENERAL}.4",
    bad=[
        look(*BODY, sheet=Sheet(210, 297, 25.4, 25.4, 25.4, 25.4, FIRST.number)),
        look(*BODY, sheet=Sheet(210, 297, 30, 15, 10, 20, FIRST.number)),
    ],
    good=[look(*BODY), look(*BODY, sheet=Sheet(297, 210, 20, 20, 30, 15, FIRST.number))],
)
def wrong_margins(case: Case) -> Iterator[Lack]:
    """Top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20; of a page that lies they turn with it."""
    layout = case.layout
    if layout is None or not layout.sheets or layout.sheets[0].is_landscape:
        return
    sheet = layout.sheets[0]
    allowed = _MEASURED if layout.is_measured else _SET
    wrong = []
    for side, (name, least, most) in _MARGINS.items():
        margin = getattr(sheet, side)
        if margin is not None and not least - allowed <= margin <= most + allowed:
            wrong.append(f"lề {name} {margin:.0f} mm (phải từ {least} đến {most} mm)")
    if wrong:
        yield whole(case, f"Lề trang chưa đúng: {'; '.join(wrong)}.")


# --- Page numbers ------------------------------------------------------------------------------------------------

_ONE_PAGE_LETTERS = 2500


def _has_several_pages(layout: Layout) -> bool:
    if layout.pages is not None and layout.pages != 1:
        return True
    letters = sum(len(one.text) for one in layout.paragraphs)
    return layout.pages is None and letters > _ONE_PAGE_LETTERS


@rule(
    "DL608",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Số trang không đúng chỗ hoặc không có",
    needs=PRINTED,
    basis=f"{GENERAL}.6",
    bad=[
        look(*BODY, sheet=Sheet(210, 297, 30, 15, 20, 20, None)),
        look(*BODY, sheet=Sheet(210, 297, 30, 15, 20, 20, PageNumber(False, Align.CENTER, on_first=False))),
        look(*BODY, sheet=Sheet(210, 297, 30, 15, 20, 20, PageNumber(True, Align.RIGHT, on_first=False))),
        look(*BODY, sheet=Sheet(210, 297, 30, 15, 20, 20, PageNumber(True, Align.CENTER, on_first=True))),
    ],
    good=[look(*BODY), look(*BODY, sheet=Sheet(210, 297, 30, 15, 20, 20, None), pages=1)],
)
def wrong_page_number(case: Case) -> Iterator[Lack]:
    """From 1 on, in the middle of the top margin, not shown on the first page."""
    layout = case.layout
    if layout is None or not layout.sheets or not _has_several_pages(layout):
        return
    number = layout.sheets[0].number
    if number is None:
        yield whole(case, "Văn bản nhiều trang mà không đánh số trang: đặt số ở giữa lề trên, từ trang 2.")
        return
    wrong = []
    if not number.is_at_top:
        wrong.append("đang ở cuối trang, phải ở lề trên")
    elif number.align not in (None, Align.CENTER):
        wrong.append("phải canh giữa")
    if number.on_first:
        wrong.append("không hiện ở trang đầu")
    if wrong:
        yield whole(case, f"Số trang: {'; '.join(wrong)}.")


# --- Lines drawn, gaps, indents ----------------------------------------------------------------------------------


@rule(
    "DL609",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Thiếu đường kẻ ở phần đầu",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[
        printed(
            Layout(
                (FIRST,),
                (
                    line("XÃ BẾN MẪU", 13, bold=True),
                    HEAD[2],
                    line("Độc lập - Tự do - Hạnh phúc", bold=True),
                    *HEAD[4:7],
                    line("Kết quả năm 2023", bold=True),
                    *BODY,
                ),
                2,
            )
        ),
        printed(
            Layout(
                (FIRST,),
                (
                    *HEAD[:3],
                    line("Độc lập - Tự do - Hạnh phúc", bold=True, underline=True),
                    *HEAD[4:],
                    *BODY,
                ),
                2,
            )
        ),
    ],
    good=[look(*BODY)],
)
def no_rules(case: Case) -> Iterator[Hit]:
    """Below the motto, the body's name and the subject. Where lines are drawn at all, only their way is looked at."""
    layout = case.layout
    mottoes = parts(case, Element.MOTTO)
    if layout is None or not mottoes:
        return
    motto = mottoes[0]
    head = [one for one in case.elements if one.index <= _last_of_head(case)]
    drawn = layout.ruled_cells + sum(one.printed.has_rule for one in head)
    typed = any(
        set(one.printed.text.strip()) <= set("-_–—") and len(one.printed.text.strip()) > 2 for one in head
    )
    if motto.printed.is_underlined:
        yield hit(case, motto, "Dưới Tiêu ngữ dùng đường kẻ nét liền (lệnh vẽ), không gạch chân chữ.")
    elif not drawn and not typed:
        yield hit(case, motto, "Thiếu đường kẻ nét liền dưới Tiêu ngữ, tên cơ quan và trích yếu.")


def _last_of_head(case: Case) -> int:
    """The last paragraph of the head and the two after it, where a line may be drawn."""
    head = parts(
        case,
        Element.NATION,
        Element.MOTTO,
        Element.ISSUER,
        Element.NUMBER,
        Element.PLACE_DATE,
        Element.TITLE,
        Element.SUBJECT,
    )
    return max((one.index for one in head), default=-1) + 2


@rule(
    "DL610",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Khoảng cách dòng ngoài mức từ dòng đơn đến 1,5 dòng",
    needs=PRINTED,
    basis=f"{ELEMENTS}.6",
    bad=[look(*(text(LONG, spacing=2.0) for _ in range(4)))],
    good=[look(*BODY), look(*(text(LONG, spacing=1.5) for _ in range(4)))],
)
def wrong_line_spacing(case: Case) -> Iterator[Hit]:
    """Single to one and a half."""
    yield from mostly(
        case,
        lambda one: one.spacing is not None and not 0.94 <= one.spacing <= 1.56,
        "Khoảng cách giữa các dòng: tối thiểu dòng đơn, tối đa 1,5 dòng.",
    )


_LEAST_GAP = 5.9


@rule(
    "DL611",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Khoảng cách giữa các đoạn nhỏ hơn 6 pt",
    needs=PRINTED,
    basis=f"{ELEMENTS}.6",
    bad=[look(*(text(LONG, after=0.0) for _ in range(4)))],
    good=[look(*BODY), look(*(text(LONG, before=3.0, after=3.0) for _ in range(4)))],
)
def small_gaps(case: Case) -> Iterator[Hit]:
    """At least 6 pt between paragraphs, before and after taken together."""
    yield from mostly(
        case,
        lambda one: one.before is not None and one.after is not None and one.before + one.after < _LEAST_GAP,
        "Khoảng cách giữa các đoạn văn tối thiểu là 6 pt.",
    )


_INDENTS = (9.0, 13.7)


@rule(
    "DL612",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Đầu đoạn không lùi vào 1 cm hoặc 1,27 cm",
    needs=PRINTED,
    basis=f"{ELEMENTS}.6",
    bad=[look(*(text(LONG, indent=0.0) for _ in range(4)))],
    good=[look(*BODY), look(*(text(LONG, indent=10.0) for _ in range(4)))],
)
def wrong_indent(case: Case) -> Iterator[Hit]:
    """1 cm or 1.27 cm. Lists of Word have indents of their own, and spaces or a tab may stand for one."""

    def is_wrong(one: Printed) -> bool:
        if one.indent is None or one.is_listed or one.text[:1] in "\t ":
            return False
        return not _INDENTS[0] <= one.indent <= _INDENTS[1]

    yield from mostly(case, is_wrong, "Khi xuống dòng, chữ đầu dòng lùi vào 1 cm hoặc 1,27 cm.")


@rule(
    "DL613",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Nội dung không canh đều hai lề",
    needs=PRINTED,
    basis=f"{ELEMENTS}.6",
    bad=[look(*(line(LONG, align=Align.LEFT, indent=12.7, before=0.0, after=6.0) for _ in range(4)))],
    good=[look(*BODY)],
)
def not_justified(case: Case) -> Iterator[Hit]:
    """The text is set to both margins."""
    yield from mostly(
        case,
        lambda one: one.align not in (None, Align.JUSTIFY),
        "Nội dung văn bản canh đều cả hai lề.",
    )


_CENTRED = (Element.NATION, Element.MOTTO, Element.ISSUER, Element.TITLE, Element.SUBJECT)


@rule(
    "DL614",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Phần đầu không canh giữa",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[
        printed(
            Layout((FIRST,), (*HEAD[:6], line("BÁO CÁO", align=Align.LEFT, bold=True), HEAD[7], *BODY), 2)
        )
    ],
    good=[look(*BODY)],
)
def not_centred(case: Case) -> Iterator[Hit]:
    """National heading, body's name, title and subject stand in the middle of their place."""
    for element in _CENTRED:
        wrong = [
            one
            for one in parts(case, element)
            if one.printed.align in (Align.LEFT, Align.RIGHT) and one.printed.text[:1] not in " \t"
        ]
        # A line filled up to both edges looks justified; spaces typed before it put it in the middle.
        if wrong:
            yield hit(case, wrong[0], f"Phần {element} canh giữa.")


_ORDER = (Element.TITLE, Element.SUBJECT, Element.BODY)


@rule(
    "DL615",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Các phần của văn bản không đúng thứ tự",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[printed(Layout((FIRST,), (HEAD[6], HEAD[7], *HEAD[:6], *BODY), 2))],
    good=[look(*BODY)],
)
def wrong_order(case: Case) -> Iterator[Hit]:
    """The head comes first, then the title, then the text."""
    titles = parts(case, Element.TITLE)
    late = [
        one
        for one in parts(case, Element.NATION, Element.MOTTO, Element.NUMBER)
        if titles and one.index > titles[0].index
    ]
    if late:
        yield hit(case, late[0], f"Phần {late[0].element} phải đứng trên tên loại văn bản.")


RULES = (
    not_a4,
    wrong_margins,
    wrong_page_number,
    no_rules,
    wrong_line_spacing,
    small_gaps,
    wrong_indent,
    not_justified,
    not_centred,
    wrong_order,
)
