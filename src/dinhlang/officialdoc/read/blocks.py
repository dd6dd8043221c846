"""Lines to paragraphs: hard-wrapped lines joined, marks of headings and items taken off.

PDF readers break every line and put blank lines where a page or a column ended, so a blank line alone does not
end a paragraph: the sentence, the mark of the next line and the width of the page decide together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dinhlang.officialdoc.model import Paragraph, Role, Run
from dinhlang.officialdoc.read.lines import EMPTY, Line, Passage, passage
from dinhlang.officialdoc.read.words import pattern

# A heading says what follows; a paragraph that merely carries a number is longer. Longest seen: 22 words.
_HEADING_WORDS = 26
# A line that could have taken the next word and did not was ended by its writer, not by the page.
_FULL = 0.86
_UNWRAPPED = 130
ONE_LINE_EACH = 0
"""The width to give for text in which each line is a whole paragraph."""

_SKELETON = re.compile(
    r"\s*((?:Phần|Chương|Mục|Tiểu mục|Điều|PHẦN|CHƯƠNG|MỤC|TIỂU MỤC|ĐIỀU)\s+(?:(?:thứ|THỨ)\s+\w+|[IVXLC]+|\d+[a-zđ]?))(?:\s*[.:]\s*|\s*$)"
)
_ROMAN = re.compile(
    r"\s*([IVXL]{1,6})\s*(?:[.,)]\s*(?=[^\s\d.,;)])|/\s*(?=[A-ZĐÀ-Ỹ])|[-–]\s+(?=[A-ZĐÀ-Ỹ][^\sIVX]))"
)
_CAPITAL = re.compile(r"\s*([A-ZĐ])\s*[.)/]\s+(?=[A-ZĐÀ-Ỹ]{2}|[A-ZĐÀ-Ỹ] [A-ZĐÀ-Ỹ])")
_DOTTED = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.,):]?\s+(?=\D)")
_ARABIC = re.compile(r"\s*(\d{1,2})\s*(?:[.,)](?!\d)\s*(?=[^\s.,;)])|/\s+(?=[^\W\d_]))")
_LETTER = re.compile(r"\s*([a-zđ])\s*[.)]\s+(?=\S)|\s*([a-zđ])\)(?=\S)")
_DASH = re.compile(r"\s*([-+*•●▪◦]|[–—](?=\s))\s*(?=[^\s\d*+•-]|\d+(?!\d*\s*[.;,]?\s*$))")

_BARE_PART = re.compile(
    r"(?:Phần|Chương|Mục|Tiểu mục|PHẦN|CHƯƠNG|MỤC|TIỂU MỤC)\s+(?:(?:thứ|THỨ)\s+\w+|[IVXLC]+|\d+)\s*[.:]?"
)
_CLOSINGS = re.compile(r"(?:Trên đây|Vậy|Đề nghị|Yêu cầu|Kính đề nghị|Trân trọng)\b")
# Under 'Đề xuất, kiến nghị' a paragraph that begins with 'Đề nghị' closes nothing.
_ASKS = re.compile("kiến nghị|đề xuất|^đề nghị$")
_STOPS = (".", ";", ":", "!", "?", "…", "/")
_CLOSERS = "”\"’')]"


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark before a paragraph: its number as printed, its level, and how many characters it takes."""

    number: str
    level: int
    length: int
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A paragraph with its passage, before it is known what role it has."""

    mark: Mark | None
    words: Passage
    first_line: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of the model with the passage it was read from."""

    paragraph: Paragraph
    words: Passage


def mark_of(text: str) -> Mark | None:
    """The mark at the beginning of a line: 'I.', '2.1.', 'a)', '-', 'Điều 1.'; `None` when there is none."""
    if found := _SKELETON.match(text):
        word = found[1].split()[0].capitalize()
        level = {"Phần": 1, "Chương": 1, "Mục": 2, "Tiểu": 2}.get(word, 3)
        return Mark(" ".join(found[1].split()), level, found.end())
    if found := _ROMAN.match(text):
        return Mark(found[1], 1, found.end())
    if (found := _CAPITAL.match(text)) and text.isupper():
        return Mark(found[1], 1, found.end())
    if found := _DOTTED.match(text):
        return Mark(found[1], min(found[1].count(".") + 2, 4), found.end())
    if found := _ARABIC.match(text):
        return Mark(found[1], 2, found.end())
    if found := _LETTER.match(text):
        return Mark(found[1] or found[2], 4, found.end())
    if found := _DASH.match(text):
        return Mark(
            found[1].replace("–", "-").replace("—", "-"), 2 if found[1] == "+" else 1, found.end(), True
        )
    return None


def wrap_width(lines: Sequence[Line]) -> int | None:
    """How many characters a full line has; `None` when the text is not wrapped."""
    lengths = sorted(len(line.text.strip()) for line in lines if not line.is_blank)
    if not lengths:
        return None
    full = lengths[int(len(lengths) * 0.9)]
    # Where lines are broken by the page none is much longer than the others.
    return full if 40 <= full <= _UNWRAPPED and lengths[-1] < 1.5 * full else None


def drafts_of(lines: Sequence[Line], width: int | None = None) -> list[Draft]:
    """Lines joined into paragraphs. `width` is that of the whole document, else that of these lines."""
    if width == ONE_LINE_EACH:
        return [_draft(group) for group in _whole_lines(lines)]
    width = wrap_width(lines) if width is None else width
    groups: list[list[Line]] = []
    blank = True
    for index, line in enumerate(lines):
        if line.is_blank or line.is_rule:
            blank = True
            continue
        begins = not groups or not _continues(groups[-1][-1], line, blank, width)
        if begins or (not blank and _is_first_line(lines, index, groups[-1][-1])):
            groups.append([line])
        else:
            groups[-1].append(line)
        blank = False
    return [_draft(group) for group in groups]


def _whole_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Each line a paragraph, but for the word of a part over its title: 'Chương I' / 'QUY ĐỊNH CHUNG'."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.is_blank or line.is_rule:
            continue
        if groups and len(groups[-1]) == 1 and _is_title_of(groups[-1][0], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_title_of(part: Line, line: Line) -> bool:
    text = line.stripped
    return _BARE_PART.fullmatch(part.stripped) is not None and text.isupper() and mark_of(line.text) is None


def _is_first_line(lines: Sequence[Line], index: int, before: Line) -> bool:
    """Some readers part the first, indented line of a paragraph from the others by a blank line."""
    if not _is_ended(before.stripped) or not lines[index].stripped[0].isupper():
        return False
    after = lines[index + 1 : index + 3]
    return len(after) == 2 and after[0].is_blank and after[1].stripped[:1].islower()


def _is_ended(text: str) -> bool:
    """Whether a line ends with a stop, quotation marks and brackets after it left out."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


def _draft(group: Sequence[Line]) -> Draft:
    mark = mark_of(group[0].text)
    return Draft(mark, passage(group, mark.length if mark else 0), group[0].number)


def _continues(last: Line, line: Line, blank: bool, width: int | None) -> bool:
    """Whether `line` goes on with the paragraph whose last line so far is `last`."""
    before, text = last.text.strip(), line.text.strip()
    if _BARE_PART.fullmatch(before):
        # 'Phần thứ hai' / 'PHƯƠNG HƯỚNG': the title stands on the next line.
        return _is_title_of(last, line)
    if not text.strip("./"):
        # The stop that ends an official text ('./.') alone on a line.
        return True
    ended = _is_ended(before)
    full = width is not None and len(before) + 1 + len(text.split(maxsplit=1)[0]) > _FULL * width
    if mark_of(line.text) is not None:
        return _is_broken_number(before, text) or (not ended and full and not blank and _is_false_mark(text))
    if not text[0].isupper() and text[0] not in '“"(':
        return not ended or (full and not blank)
    if before.endswith(";"):
        return False
    if width is None:
        return not ended and blank and before.endswith((",", " của", " và", " các", " là"))
    if blank:
        return full and not ended
    return full


def _is_broken_number(before: str, text: str) -> bool:
    """A span of years broken before its dash: 'giai đoạn 2021' / '- 2030'."""
    return bool(re.search(r"\d{4}$", before) and re.match(r"[-–]\s*\d{4}", text))


def _is_false_mark(text: str) -> bool:
    """A number in mid-sentence that the page broke before: '30. tháng', never before a capital or a dash."""
    mark = mark_of(text)
    return bool(mark and mark.number[0].isdigit() and text[mark.length :][:1].islower())


def placed(drafts: Sequence[Draft], damaged: bool = False) -> list[Placed]:
    """Paragraphs with their roles. A heading is short and has something other than its like under it."""
    found: list[Placed] = []
    if any(draft.mark and draft.mark.number.startswith("Điều") for draft in drafts):
        drafts = [_below_article(draft) for draft in drafts]
    for index, draft in enumerate(drafts):
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        role, level = _role(draft, following, damaged)
        if role is Role.HEADING and index and _ends_list(draft, drafts[index - 1], found[-1].paragraph):
            role, level = Role.ITEM, 1
        number = draft.mark.number if draft.mark else None
        words = draft.words if draft.words.text else EMPTY
        paragraph = Paragraph(role, (Run(words.text),), level, number, words.span)
        found.append(Placed(paragraph, words))
    return found


def _ends_list(draft: Draft, before: Draft, item: Paragraph) -> bool:
    """Whether a sentence goes on with the list whose last item stands just before: '1. …' and then '2. … .'"""
    mark, earlier = draft.mark, before.mark
    if mark is None or earlier is None or item.role is not Role.ITEM or mark.level == 1:
        return False
    return mark.level == earlier.level and not earlier.is_item and draft.words.text.endswith(".")


def _below_article(draft: Draft) -> Draft:
    """Where there are articles (Điều), '1.' is a clause of one and stands below it."""
    if draft.mark is None or draft.mark.level != 2 or not draft.mark.number.isdecimal():
        return draft
    return replace(draft, mark=replace(draft.mark, level=4))


def _role(draft: Draft, following: Draft | None, damaged: bool) -> tuple[Role, int]:
    mark, text = draft.mark, draft.words.text
    if mark is None:
        return (Role.BASIS if _is_basis(draft.words, damaged) else Role.BODY), 0
    if mark.is_item:
        return Role.ITEM, mark.level
    if mark.level == 1 or _is_heading(mark, text, following):
        return Role.HEADING, mark.level
    return Role.ITEM, 1


def _is_heading(mark: Mark, text: str, following: Draft | None) -> bool:
    if len(text.split()) > _HEADING_WORDS or text.endswith((";", "./.", ",")):
        return False
    if text.endswith(".") and re.search(r"\d", text):
        # 'Chi 04 buổi tuyên truyền.' states something; a heading that ends with a stop only names it.
        return False
    if re.search(r"[^.\s][.;]\s+\S", text):
        return False
    if following is None or (
        _CLOSINGS.match(following.words.text) and not _ASKS.search(text.lower().strip(" .:"))
    ):
        return False
    after = following.mark
    if after is None or after.is_item:
        return True
    return after.level > mark.level


def _is_basis(words: Passage, damaged: bool) -> bool:
    starts = pattern("(?:«căn cứ»|«theo đề nghị»|«xét đề nghị»|«xét tờ trình»)\\b", damaged)
    return bool(starts.match(words.folded)) or (
        words.text.endswith(";") and bool(pattern("«thực hiện»\\b", damaged).match(words.folded))
    )
