"""The letters of the printed page (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I): font, colour, size, style, capitals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.layout.elements import Element
from dinhlang.officialdoc.check.layout.pages import Align, Layout, Printed, Stretch
from dinhlang.officialdoc.check.needs import PRINTED
from dinhlang.officialdoc.check.registry import Hit, printed, rule
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
    parts,
    text,
)

_TIMES = (
    "times",
    "liberationserif",
    "tinos",
    "nimbusroman",
    "texgyretermes",
    "thorndale",
    "timesnewroman",
    "freeserif",
)
_MEASURED_FONTS = ("libertinusserif", "notoserif")
_FEW_LETTERS = 0.02


def _is_times(font: str, layout: Layout) -> bool:
    plain = font.rsplit("+", maxsplit=1)[-1].lower().replace(" ", "").replace("-", "").replace("_", "")
    return plain.startswith(_TIMES) or (layout.is_measured and plain.startswith(_MEASURED_FONTS))


def _share(layout: Layout, wrong: Sequence[Stretch]) -> float:
    whole = sum(len(stretch.text) for one in layout.paragraphs for stretch in one.stretches)
    return sum(len(stretch.text) for stretch in wrong) / whole if whole else 0.0


def _told_once(
    case: Case, layout: Layout, is_wrong: Callable[[Stretch], bool], message: Callable[[Stretch], str]
) -> Iterator[Hit]:
    """The first paragraph with a wrong stretch, when there are more than a few letters of them."""
    wrong = [
        (placed, stretch)
        for placed in case.elements
        for stretch in placed.printed.stretches
        if stretch.text.strip() and is_wrong(stretch)
    ]
    if wrong and _share(layout, [stretch for _, stretch in wrong]) >= _FEW_LETTERS:
        placed, stretch = wrong[0]
        yield hit(case, placed, message(stretch))


@rule(
    "DL603",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Phông chữ không phải Times New Roman",
    needs=PRINTED,
    basis=f"{GENERAL}.2",
    bad=[
        printed(Layout((FIRST,), (*HEAD, Printed((Stretch(LONG, "Calibri", 14),), Align.JUSTIFY)), 2)),
        printed(Layout((FIRST,), (*HEAD, Printed((Stretch(LONG, ".VnTime", 14),), Align.JUSTIFY)), 2)),
    ],
    good=[
        look(*BODY),
        printed(Layout((FIRST,), (Printed((Stretch(LONG, "ABCDEF+LiberationSerif-Bold", 14),)),), 1)),
    ],
)
def other_font(case: Case) -> Iterator[Hit]:
    """Times New Roman, or in a PDF a font of its widths."""
    layout = case.layout
    if layout is None:
        return

    def is_wrong(stretch: Stretch) -> bool:
        return stretch.font is not None and not _is_times(stretch.font, layout) and _has_letters(stretch)

    def message(stretch: Stretch) -> str:
        font = (stretch.font or "").split("+")[-1]
        if font.lower().startswith((".vn", "vni")):
            return f"Phông “{font}” không phải Unicode: chuyển cả văn bản sang Times New Roman (bảng mã Unicode TCVN 6909:2001)."
        return f"Phông chữ “{font}”: văn bản dùng phông Times New Roman, bảng mã Unicode."

    yield from _told_once(case, layout, is_wrong, message)


def _has_letters(stretch: Stretch) -> bool:
    return any(character.isalpha() for character in stretch.text)


@rule(
    "DL604",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Chữ không phải màu đen",
    needs=PRINTED,
    basis=f"{GENERAL}.2",
    bad=[look(*BODY, text(LONG, colour="ff0000"))],
    good=[look(*BODY), look(*BODY, text(LONG, colour="0d0d0d"))],
)
def not_black(case: Case) -> Iterator[Hit]:
    """All letters black; a seal and a signature are no letters."""
    if case.layout is not None:
        yield from _told_once(
            case,
            case.layout,
            lambda stretch: _is_coloured(stretch.colour),
            lambda stretch: "Chữ trong văn bản phải màu đen: bỏ màu chữ.",
        )


_DARK = 0x40


def _is_coloured(colour: str | None) -> bool:
    if colour is None or len(colour) != 6:
        return False
    try:
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return max(parts) > _DARK


_SIZES = {
    Element.NATION: (12, 13),
    Element.MOTTO: (13, 14),
    Element.ISSUER: (12, 13),
    Element.NUMBER: (13, 13),
    Element.PLACE_DATE: (13, 14),
    Element.ABOUT: (12, 13),
    Element.TITLE: (13, 14),
    Element.SUBJECT: (13, 14),
    Element.BASIS: (13, 14),
    Element.HEADING: (13, 14),
    Element.BODY: (13, 14),
    Element.RECIPIENTS: (12, 12),
    Element.RECIPIENT: (11, 11),
    Element.AUTHORITY: (13, 14),
    Element.SIGNER: (13, 14),
}
_SIZE_TOLERANCE = 0.3


@rule(
    "DL605",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Cỡ chữ không đúng",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[
        look(*(text(LONG, size=12) for _ in range(4))),
        printed(
            Layout((FIRST,), (line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 15, bold=True), *HEAD[3:], *BODY), 2)
        ),
    ],
    good=[look(*BODY), look(*(text(LONG, size=13) for _ in range(4)))],
)
def wrong_size(case: Case) -> Iterator[Hit]:
    """12 and 13 for the head, 13 and 14 for the text, 11 for the recipients: each part told once."""
    for element, (least, most) in _SIZES.items():
        found = [one for one in parts(case, element) if one.printed.size]
        wrong = [
            one
            for one in found
            if not least - _SIZE_TOLERANCE <= (one.printed.size or 0) <= most + _SIZE_TOLERANCE
        ]
        # Of many paragraphs of the text a few may be notes.
        if wrong and 2 * len(wrong) > len(found):
            right = f"{least}" if least == most else f"{least} đến {most}"
            yield hit(
                case, wrong[0], f"Cỡ chữ của {element} là {wrong[0].printed.size:g}: phải là cỡ {right}."
            )


# Whether a part is bold, and whether it is italic; None where either will do.
_STYLES: dict[Element, tuple[bool | None, bool | None]] = {
    Element.NATION: (True, False),
    Element.MOTTO: (True, False),
    Element.NUMBER: (False, False),
    Element.PLACE_DATE: (False, True),
    Element.ABOUT: (False, False),
    Element.TITLE: (True, False),
    Element.SUBJECT: (True, False),
    Element.BASIS: (False, True),
    Element.BODY: (None, False),
    Element.RECIPIENTS: (True, True),
    Element.RECIPIENT: (False, False),
    Element.AUTHORITY: (True, False),
    Element.SIGNER: (True, False),
}


@rule(
    "DL606",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Kiểu chữ (đứng, nghiêng, đậm) không đúng",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[
        printed(
            Layout((FIRST,), (*HEAD[:5], line("Bến Mẫu, ngày 12 tháng 12 năm 2023"), *HEAD[6:], *BODY), 2)
        ),
        printed(Layout((FIRST,), (*HEAD[:6], line("BÁO CÁO"), HEAD[7], *BODY), 2)),
    ],
    good=[look(*BODY)],
)
def wrong_style(case: Case) -> Iterator[Hit]:
    """Each part told once, at its first paragraph; of several most must be wrong."""
    for element, (bold, italic) in _STYLES.items():
        found = parts(case, element)
        wrong = [
            one
            for one in found
            if (bold is not None and one.printed.is_bold is not bold)
            or (italic is not None and one.printed.is_italic is not italic)
        ]
        if wrong and 2 * len(wrong) > len(found):
            yield hit(case, wrong[0], f"Kiểu chữ của {element}: phải là chữ {_style_name(bold, italic)}.")
    issuers = parts(case, Element.ISSUER)
    if issuers and not any(one.printed.is_bold for one in issuers):
        yield hit(case, issuers[-1], "Tên cơ quan ban hành viết bằng chữ in hoa, kiểu chữ đứng, đậm.")


def _style_name(bold: bool | None, italic: bool | None) -> str:
    words = ["nghiêng" if italic else "đứng"]
    if bold is not None:
        words.append("đậm" if bold else "không đậm")
    return ", ".join(words)


_CAPITALS = (Element.NATION, Element.ISSUER, Element.AUTHORITY)


@rule(
    "DL607",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Phần phải viết in hoa lại viết thường",
    needs=PRINTED,
    basis=ELEMENTS,
    bad=[printed(Layout((FIRST,), (line("Ủy ban nhân dân xã Bến Mẫu", 13, bold=True), *HEAD[2:], *BODY), 2))],
    good=[look(*BODY)],
)
def not_in_capitals(case: Case) -> Iterator[Hit]:
    """National heading, name of the body, capacity of the signer."""
    for element in _CAPITALS:
        wrong = [one for one in parts(case, element) if not one.printed.text.isupper()]
        if wrong and element is not Element.AUTHORITY:
            yield hit(case, wrong[0], f"Phần {element} viết bằng chữ in hoa.")


RULES = (other_font, not_black, wrong_size, wrong_style, not_in_capitals)
