"""What is printed for each part of the model: the words, before any format.

The three writers ask here, so a report says the same in Word, in PDF and on the web. Blanks of a draft are
printed as gaps wide enough to write in (NĐ 30/2020/NĐ-CP asks for number and day only at issue).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dinhlang.officialdoc.model import (
    Appendix,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
)
from dinhlang.officialdoc.write.layout import HEADINGS, Element

BLANK = "\u00a0" * 8
"""A gap to write a number in: no-break, so that it is neither folded nor broken."""
_SHORT_BLANK = "\u00a0" * 4

TITLES: dict[Kind, str | None] = {
    Kind.REPORT: "BÁO CÁO",
    Kind.PLAN: "KẾ HOẠCH",
    Kind.DECISION: "QUYẾT ĐỊNH",
    Kind.NOTICE: "THÔNG BÁO",
    Kind.LETTER: None,
    Kind.SUBMISSION: "TỜ TRÌNH",
    Kind.RESOLUTION: "NGHỊ QUYẾT",
    Kind.DIRECTIVE: "CHỈ THỊ",
    Kind.GUIDANCE: "HƯỚNG DẪN",
    Kind.PROGRAMME: "CHƯƠNG TRÌNH",
    Kind.REGULATION: "QUY CHẾ",
    Kind.MINUTES: "BIÊN BẢN",
    Kind.OTHER: None,
}

# The other kinds by their abbreviations (NĐ 30/2020/NĐ-CP, Phụ lục III): the model calls all of them 'khac'.
_OTHER_TITLES = {
    "QYĐ": "QUY ĐỊNH",
    "TC": "THÔNG CÁO",
    "PA": "PHƯƠNG ÁN",
    "ĐA": "ĐỀ ÁN",
    "DA": "DỰ ÁN",
    "HĐ": "HỢP ĐỒNG",
    "CĐ": "CÔNG ĐIỆN",
    "BGN": "BẢN GHI NHỚ",
    "BTT": "BẢN THỎA THUẬN",
    "GUQ": "GIẤY ỦY QUYỀN",
    "GM": "GIẤY MỜI",
    "GGT": "GIẤY GIỚI THIỆU",
    "GNP": "GIẤY NGHỈ PHÉP",
    "PG": "PHIẾU GỬI",
    "PC": "PHIẾU CHUYỂN",
    "PB": "PHIẾU BÁO",
}

# XML 1.0 forbids most control characters, and no font draws the rest; half a surrogate pair is no text.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_GAP = re.compile(r" {3,}")
_SPACES = re.compile(r"[ \t\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """`text` without what no document may hold; every line end becomes a line feed."""
    # Most texts are one line of letters; asking costs a tenth of looking for what is not there.
    return text if text.isprintable() else _LINE_ENDS.sub("\n", _UNPRINTABLE.sub("", text))


def line(text: str | None) -> str:
    """`text` on one line, ends trimmed; empty for `None`. A gap to write in (three spaces or more) stays a gap."""
    if not text:
        return ""
    gaps = _GAP.sub(lambda gap: "\u00a0" * len(gap[0]), clean(text).strip())
    return _SPACES.sub(" ", gaps).strip(" ")


def kind_name(doc: Document) -> str:
    """The name of the kind over the subject; empty for a letter, and for what only its text could name."""
    if doc.kind is Kind.OTHER:
        return _OTHER_TITLES.get(line(doc.symbol).split("-")[0].upper(), "")
    return TITLES[doc.kind] or ""


def title_of(doc: Document) -> str:
    """What the document is called in a list: 'Báo cáo kết quả …'."""
    name = kind_name(doc) or ("Công văn" if doc.kind is Kind.LETTER else "")
    return " ".join(part for part in (name.capitalize(), line(doc.subject)) if part) or "Văn bản"


_BODY_NAME = re.compile(
    r"((?:ỦY|UỶ) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|(?:ỦY|UỶ) BAN MẶT TRẬN TỔ QUỐC VIỆT NAM)\s+(\S.*)"
)


def issuer_lines(issuer: Issuer | None) -> list[str]:
    """The issuer's name in capitals: 'ỦY BAN NHÂN DÂN' and the place on a line of its own."""
    name = line(issuer.name).upper() if issuer else ""
    found = _BODY_NAME.fullmatch(name)
    if found:
        return [found[1], found[2]]
    return [name] if name else []


def parent_line(issuer: Issuer | None) -> str:
    """The body above the issuer, in capitals."""
    return line(issuer.parent).upper() if issuer else ""


def number_line(doc: Document) -> str:
    """'Số: 08/BC-UBND'; a blank number leaves a gap (PL I, II.3: below 10 with a zero)."""
    number = line(doc.number)
    if number.isdecimal():
        number = number.zfill(2)
    return f"Số: {number or BLANK}/{line(doc.symbol) or BLANK}"


def place_and_date(doc: Document) -> str:
    """'Tái Sơn, ngày 08 tháng 02 năm 2023' with a gap for what is not known."""
    place = line(doc.place)
    return f"{place}, {_date(doc.date)}" if place else _date(doc.date)


def month(number: int) -> str:
    """'02', '3': months 1 and 2 take a zero, the others do not (PL I, II.4)."""
    return f"{number:02d}" if number < 3 else str(number)


def _date(date: PartialDate | None) -> str:
    date = date or PartialDate()
    day = _SHORT_BLANK if date.day is None else f"{date.day:02d}"
    shown = _SHORT_BLANK if date.month is None else month(date.month)
    year = BLANK if date.year is None else str(date.year)
    return f"ngày {day} tháng {shown} năm {year}"


def subject_under_number(doc: Document) -> str:
    """A letter says what it is about under its number, after 'V/v' (PL I, II.5b); else empty."""
    subject = line(doc.subject)
    if doc.kind is not Kind.LETTER or not subject:
        return ""
    return subject if subject.lower().startswith("v/v") else f"V/v {subject}"


def mark(paragraph: Paragraph) -> str:
    """The mark before the text with its stop or bracket and a space: 'I. ', '2.1. ', 'a) ', '- '.

    'Chương I' stands on a line of its own, over its title.
    """
    number = line(paragraph.number)
    if not number:
        return ""
    if _element_by_mark(paragraph) in (Element.CHAPTER, Element.SECTION):
        return f"{number}\n" if line(paragraph.text) else number
    if not number[-1].isalnum():
        return f"{number} "
    return f"{number}) " if len(number) == 1 and number.islower() else f"{number}. "


def element_of(paragraph: Paragraph) -> Element:
    """Which look a paragraph has. A heading deeper than the fourth level looks like the fourth."""
    if paragraph.role is Role.HEADING:
        named = _element_by_mark(paragraph)
        if named is not None:
            return named
        if paragraph.level >= 4 and line(paragraph.number).isdecimal():
            return Element.CLAUSE
        return HEADINGS[min(max(paragraph.level, 1), 4)]
    return {Role.BASIS: Element.BASIS, Role.ITEM: Element.ITEM}.get(paragraph.role, Element.BODY)


_NAMED = {
    "phần": Element.CHAPTER,
    "chương": Element.CHAPTER,
    "mục": Element.SECTION,
    "tiểu": Element.SECTION,
    "điều": Element.ARTICLE,
}


def _element_by_mark(paragraph: Paragraph) -> Element | None:
    """The look of a heading whose mark is a word: 'Chương I', 'Mục 2', 'Điều 3'."""
    if paragraph.role is not Role.HEADING:
        return None
    return _NAMED.get(line(paragraph.number).partition(" ")[0].lower())


def runs_with_mark(paragraph: Paragraph) -> list[Run]:
    """The runs as printed: cleaned, the mark first, empty ones left out."""
    before = mark(paragraph)
    runs = [Run(clean(run.text), run.bold, run.italic, run.fact) for run in paragraph.runs]
    if before.endswith("\n"):
        # The title under 'Chương I' is in capitals, the word and its number are not (PL I, II.6).
        runs = [replace(run, text=run.text.upper()) for run in runs]
    # 'Điều 1.' is bold also where its text is not (PL I, II.6).
    is_article = paragraph.role is not Role.HEADING and before.startswith("Điều ")
    return [run for run in (Run(before, bold=is_article), *runs) if run.text or run.fact]


# What a head of a body is called; anything else after 'KT.' or 'TL.' is a body, which only 'TM.' may precede.
_HEAD = re.compile(
    r"(?:PHÓ |QUYỀN )?(?:CHỦ |CHÁNH |GIÁM ĐỐC|TỔNG |THỦ |BÍ THƯ|VIỆN TRƯỞNG|\w+ TRƯỞNG\b|TRƯỞNG )"
)
_MARKED = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*\.")


def signature_lines(signature: Signature | None) -> list[str]:
    """The lines above the signature: 'TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH' (PL I, II.7).

    The letters of a role are kept as given; the look puts them in capitals. The body is in capitals: 'TM.' before
    small letters would not be known for a mark. The head for whom a deputy signs
    is taken from the deputy's own title when it is not said.
    """
    if signature is None:
        return []
    body = line(signature.on_behalf_of).upper()
    roles = [line(part) for part in clean(signature.role or "").split("\n") if line(part)]
    collective = f"TM. {body}" if body and not _is_head(body) else ""
    if roles and _MARKED.match(roles[0].upper()):
        return [collective or body, *roles] if body else roles
    if signature.mode is None:
        return [body, *roles] if body else roles
    if signature.mode is SignatureMode.FOR_BODY:
        return [f"TM. {body}", *roles] if body else roles
    return _instead_of_head(signature.mode, body, collective, roles)


def _instead_of_head(mode: SignatureMode, body: str, collective: str, roles: list[str]) -> list[str]:
    above = [collective] if collective else []
    if mode is SignatureMode.ACTING:
        return [*above, f"Q. {roles[0]}", *roles[1:]] if roles else [*above, "Q."]
    if mode is SignatureMode.FOR_HEAD:
        deputy = roles[0] if roles else ""
        head = body if body and not collective else re.sub(r"^PHÓ\s+", "", deputy, flags=re.IGNORECASE)
        return [*above, f"KT. {head}".rstrip(), *roles]
    # 'TL.' and 'TUQ.' stand before the head, never under 'TM.'.
    prefix = "TL." if mode is SignatureMode.BY_ORDER else "TUQ."
    return [f"{prefix} {body}", *roles] if body else [f"{prefix} {' '.join(roles[:1])}".rstrip(), *roles[1:]]


def _is_head(name: str) -> bool:
    return bool(_HEAD.match(name.upper()))


def recipient_lines(recipients: Sequence[Recipient]) -> list[str]:
    """'- Sở Nội vụ (BC);' … and last '- Lưu: VT.' (PL I, II.9)."""
    kept = [r for r in recipients if line(r.name)]
    kept.sort(key=lambda r: line(r.name).startswith("Lưu"))
    texts = [line(r.name) + (f" ({line(r.purpose)})" if line(r.purpose) else "") for r in kept]
    ends = [";"] * (len(texts) - 1) + ["."]
    return [
        f"- {text if text.endswith((';', '.')) else text + end}"
        for text, end in zip(texts, ends, strict=False)
    ]


def appendix_label(appendix: Appendix, index: int, count: int) -> str:
    """'Phụ lục', or with a Roman number when there are several (PL I, III).

    Empty for a list that comes with a decision under a title and a note of its own: 'DANH SÁCH' / '(Kèm theo …)'.
    """
    if not line(appendix.label) and line(appendix.title) and line(appendix.note):
        return ""
    return line(appendix.label) or ("Phụ lục" if count == 1 else f"Phụ lục {roman(index + 1)}")


def roman(number: int) -> str:
    """A Roman numeral for a number from 1 on."""
    digits = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
              (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text
