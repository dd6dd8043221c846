"""What stands under which heading: proposals, directions for the coming period, what each unit has to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dinhlang.officialdoc.model import Assignment, Kind, Paragraph, Role, Span, Statement
from dinhlang.officialdoc.read.blocks import Placed
from dinhlang.officialdoc.read.lines import joined
from dinhlang.officialdoc.read.words import pattern

_PROPOSALS = "«đề xuất»|«kiến nghị»|«đề nghị»"
_NOT_PROPOSALS = "«phản ánh»|«tiếp nhận»|«giải quyết»|«xử lý»"
# 'Đề nghị Ủy ban MTTQ …' under 'Tổ chức thực hiện' asks a partner to take part.
_ASKED_UNITS = r"^\W*«đề nghị»\s+(?:«Ủy ban»|«UBMTTQ»|«MTTQ»|«Mặt trận»|«Đoàn»|«Hội»|«các»)\s"
_DIRECTIONS = (
    "«phương hướng»|«nhiệm vụ»\\s+(?:«trọng tâm»|«chủ yếu»|«năm»|«quý»|«tháng»|\\d|«trong»|«thời gian tới»|«công tác»|«và giải pháp»|"
    "«giải pháp»|«tiếp theo»|«kỳ»)|«thời gian tới»|^«kế hoạch»\\s.*(?:«tiếp theo»|«cuối năm»|«tới»)|^\\W*«nhiệm vụ»\\W*$"
)
_ASSIGNMENTS = "«tổ chức thực hiện»|«phân công»|«trách nhiệm»"
_CLOSING = "^\\W*«trên đây là»"
# What a plan says to everybody after the duties of the last unit.
_APPEAL = re.compile(r"(?:yeu cau|de nghi) (?:cac|toan the|thu truong)\b|trong qua trinh\b|can cu ke hoach")
_DUTY = re.compile(
    r"\s(?=(?:chu tri|co trach nhiem|chiu trach nhiem|tham muu|phoi hop|theo doi|bo tri|huong dan|chuan bi|cung cap|tong hop|don doc)\b)"
)
# One duty to a sentence, where a unit has only one paragraph.
_SENTENCES = re.compile(r"(?<=[^\W\d_]|[)”\"])[.;]\s+(?=\S)")


_ASKED = re.compile(r"^(?:Đề nghị|Giao|Yêu cầu)\s+(?=\S)")
_UNIT = re.compile(
    r"(?:các |đồng chí |các đồng chí )*(?:thủ trưởng|chủ tịch|phó chủ tịch|trưởng|giám đốc|phòng(?!,)|văn phòng|ủy ban|ubnd|hđnd|trung tâm|công an|"
    r"hội (?!nghị|thi|thảo|diễn)|đoàn|ban (?!hành)|tổ (?!chức)|trạm|đài|đồn|mặt trận|ubmttq|mttq|sở|cơ quan|đơn vị|bộ phận|công chức|cán bộ|thôn|xã|phường|bí thư|"
    r"chi bộ|chi đoàn|chi hội|trường|kế toán|ngân hàng|kho bạc|bảo hiểm|chánh văn phòng|đảng ủy|khu dân cư|xóm|ấp|bản|buôn|tổ dân phố|phòng ban|ngành)\b"
)
# A name says nothing of what was done; 'Đồng chí Trưởng Phòng … báo cáo kết quả' is the heading of a report.
_SAYS = re.compile(r"\b(?:báo cáo|phát biểu|trình bày|đã|được|là|kết luận|ý kiến|gồm|có)\b")
_INVITED = re.compile(r"\s*\([^()]*(?:phối hợp|chủ trì|đầu mối)[^()]*\)$")
_ASKING = (Kind.LETTER, Kind.NOTICE, Kind.DIRECTIVE, Kind.MINUTES, Kind.OTHER)
_LONGEST_UNIT = 24
_LEAST_UNITS = 2

# A footnote of Word comes as a paragraph of its own after the one it belongs to.
_FOOTNOTE = re.compile(r"\[\d{1,3}\]\s")


def is_closing(text: str, damaged: bool) -> bool:
    """Whether a paragraph is the closing sentence ('Trên đây là báo cáo …')."""
    return pattern(_CLOSING, damaged).match(text) is not None


def _under(blocks: Sequence[Placed], at: int) -> list[Placed]:
    """The paragraphs under the heading at this index, up to the next of its level or above."""
    level = blocks[at].paragraph.level
    found = []
    for block in blocks[at + 1 :]:
        if block.paragraph.role is Role.HEADING and block.paragraph.level <= level:
            break
        if not _FOOTNOTE.match(block.words.text):
            found.append(block)
    return found


def _next_heading(blocks: Sequence[Placed], at: int) -> int:
    """The index of the heading that ends what stands under the one at `at`."""
    level = blocks[at].paragraph.level
    return next(
        (
            index
            for index in range(at + 1, len(blocks))
            if blocks[index].paragraph.role is Role.HEADING and blocks[index].paragraph.level <= level
        ),
        len(blocks),
    )


def _sections(
    blocks: Sequence[Placed], template: str, damaged: bool, level: int = 2
) -> Iterable[list[Placed]]:
    wanted = pattern(template, damaged)
    skip = 0
    for index, block in enumerate(blocks):
        paragraph = block.paragraph
        if index < skip or paragraph.role is not Role.HEADING or paragraph.level > level:
            continue
        if wanted.search(block.words.folded):
            under = _under(blocks, index)
            skip = _next_heading(blocks, index)
            yield [block, *under]


def proposals(blocks: Sequence[Placed], damaged: bool) -> tuple[Statement, ...]:
    """What the document asks of the level above."""
    found: list[Statement] = []
    for section in _sections(blocks, _PROPOSALS, damaged):
        if not pattern(f"{_NOT_PROPOSALS}|{_ASKED_UNITS}", damaged).search(section[0].words.folded):
            found.extend(_statements(section[1:], damaged))
    return tuple(found)


def directions(blocks: Sequence[Placed], kind: Kind, damaged: bool) -> tuple[Statement, ...]:
    """What a report announces for the coming period. In a plan the whole text does, so it has none."""
    if kind in (Kind.PLAN, Kind.PROGRAMME, Kind.DECISION, Kind.REGULATION):
        return ()
    return tuple(
        statement
        for section in _sections(blocks, _DIRECTIONS, damaged)
        for statement in _statements(section[1:], damaged)
    )


def is_target(title: str, damaged: bool) -> bool:
    """Whether a heading says that what follows is yet to be done."""
    return pattern(_DIRECTIONS, damaged).search(title) is not None


def _statements(blocks: Sequence[Placed], damaged: bool) -> list[Statement]:
    """Each item is a statement; '+' items belong to the one before. Plain text counts when there are no items."""
    blocks = [
        block
        for block in blocks
        if not is_closing(block.words.folded, damaged) and block.words.text.strip(" ;,")
    ]
    items = [block for block in blocks if block.paragraph.role is Role.ITEM]
    if not items:
        plain = [block for block in blocks if block.paragraph.role is Role.BODY]
        return [_statement([block]) for block in plain] or [_statement([block]) for block in blocks]
    grouped: list[list[Placed]] = []
    numbered = any(_is_numbered(block.paragraph) for block in items)
    for block in blocks:
        if block.paragraph.role is not Role.ITEM:
            continue
        is_part = block.paragraph.level > 1 or (numbered and not _is_numbered(block.paragraph))
        if is_part and grouped:
            grouped[-1].append(block)
        else:
            grouped.append([block])
    return [_statement(group) for group in grouped]


def _is_numbered(paragraph: Paragraph) -> bool:
    return bool(paragraph.number and paragraph.number[0].isalnum())


def _statement(group: Sequence[Placed]) -> Statement:
    words = joined(block.words for block in group)
    first = group[0].paragraph
    return Statement(words.text.rstrip(" ;,"), first.number, _whole(first.span, words.span))


def _whole(first: Span | None, words: Span | None) -> Span | None:
    if first is None or words is None:
        return words
    return Span(first.line, first.column, words.end_line, words.end_column, first.page)


def assignments(blocks: Sequence[Placed], kind: Kind, damaged: bool) -> tuple[Assignment, ...]:
    """Units and their duties, from the headings under 'Tổ chức thực hiện'.

    Letters, notices and the like have no such heading: there the paragraphs that begin with a unit's name tell.
    """
    found: list[Assignment] = []
    levels = [block.paragraph.level for block in blocks if block.paragraph.role is Role.HEADING]
    for section in _sections(blocks, _ASSIGNMENTS, damaged, level=min(levels, default=1)):
        found.extend(_assigned_in(section, damaged))
    if found or kind not in _ASKING:
        return tuple(found)
    named = _assigned_in([block for block in blocks if not block.words.text.startswith("Điều")], damaged, -1)
    named = [one for one in named if is_unit(one.unit)]
    return tuple(named) if len(named) >= _LEAST_UNITS else ()


def _assigned_in(section: Sequence[Placed], damaged: bool, title: int = 0) -> list[Assignment]:
    """What units have to do in these paragraphs, of which the one at `title` is the heading over them all."""
    found: list[Assignment] = []
    dashed = title == 0 and all(block.paragraph.role is not Role.HEADING for block in section[1:])
    within = -1
    for index, block in enumerate(section):
        if index == title or index <= within:
            continue
        if block.paragraph.role is Role.HEADING:
            own = _of_one(section, index)
            duties = _duties(own, damaged)
            unit = _unit_name(block.paragraph.text)
            if unit and duties:
                found.append(Assignment(unit, tuple(duties), _reach(section, index, damaged)))
                within = index + len(own) if is_unit(unit) else index
        elif (named := _named(block, dashed)) is not None:
            found.append(named)
    return found


def _unit_name(text: str) -> str:
    """'Đề nghị Sở Nội vụ:' names the Sở Nội vụ."""
    return _INVITED.sub("", _ASKED.sub("", text).rstrip(" :.;"))


def is_unit(name: str) -> bool:
    """Whether a name begins as those of bodies and posts do."""
    lower = name.lower()
    return len(name.split()) <= _LONGEST_UNIT and bool(_UNIT.match(lower)) and not _SAYS.search(lower)


def _of_one(section: Sequence[Placed], index: int) -> list[Placed]:
    """What stands under the heading of one unit, up to the next number of its row and to what follows the last item."""
    under = _under(section, index)
    number = section[index].paragraph.number or ""
    following = str(int(number) + 1) if number.isdecimal() else ""
    for at, block in enumerate(under):
        if following and block.paragraph.number == following:
            under = under[:at]
            break
    items = [at for at, block in enumerate(under) if block.paragraph.role is Role.ITEM]
    return under[: items[-1] + 1] if items else under


def _named(block: Placed, dashed: bool) -> Assignment | None:
    """A unit and its duty in one item: '1. Văn phòng UBND xã: tham mưu …', '2. Phòng Kinh tế chủ trì …'.

    Items with a dash name units only where nothing in the section is numbered.
    """
    if block.paragraph.role is not Role.ITEM or not (dashed or _is_numbered(block.paragraph)):
        return None
    unit, _, duty = block.paragraph.text.partition(":")
    if not duty.strip() and (verb := _DUTY.search(block.words.folded)):
        unit, duty = block.paragraph.text[: verb.start()], block.paragraph.text[verb.start() :]
    if not unit.strip() or len(unit.split()) > 14 or not duty.strip():
        return None
    return Assignment(_unit_name(unit.strip()), tuple(_sentences(duty.strip())), block.paragraph.span)


def _duties(blocks: Sequence[Placed], damaged: bool) -> list[str]:
    texts = [
        block.paragraph.text
        for block in blocks
        if block.paragraph.text
        and not is_closing(block.words.folded, damaged)
        and not (block.paragraph.role is Role.BODY and _APPEAL.match(block.words.folded))
    ]
    if len(texts) == 1:
        return _sentences(texts[0])
    return [text.rstrip(" ;.") for text in texts if text.rstrip(" ;.")]


def _sentences(text: str) -> list[str]:
    ends = [found for found in _SENTENCES.finditer(text) if text[found.end()].isupper()]
    starts = [0, *(found.end() for found in ends)]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [part.strip(" ;.") for part in parts if part.strip(" ;.")]


def _reach(section: Sequence[Placed], index: int, damaged: bool) -> Span | None:
    under = [block for block in _under(section, index) if not is_closing(block.words.folded, damaged)]
    parts = [section[index], *under]
    first, last = parts[0].paragraph.span, parts[-1].paragraph.span
    if first is None or last is None:
        return first
    return Span(first.line, first.column, last.end_line, last.end_column, first.page)
