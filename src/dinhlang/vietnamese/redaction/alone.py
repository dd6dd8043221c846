"""Given names that stand alone with their capital: 'do Thảo làm mất', 'thợ Năng', 'Tuấn Kiệt và Minh Thư'."""

from __future__ import annotations

import re
from itertools import pairwise

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.line import Line, Token
from dinhlang.vietnamese.redaction.naming import capitals, is_given
from dinhlang.vietnamese.redaction.pairs import is_common

# After these a word with a capital is somebody or a place.
_BEFORE = words.words_of(
    """do bị thấy với cùng và hay hoặc của gặp hỏi nhờ cho bởi nghe theo kêu rủ đánh chửi tui tôi mình tên nhỏ lão o thợ xế vụ tìm nợ nhóm bọn tụi
    thầu bắt cạnh trước"""
)
_AT_THE_START = re.compile(
    r"\s+(?:xin|hoi|goi (?:dien|bao|den|len)|bao|danh|dang ky|hoc lop|lop [0-9]|sinh (?:nam|ngay)|con (?:ong|ba|anh|chi|co|chu)|(?:vo|chong|em|me) (?:ong|ba|anh|chi|toi)|va [^\W\d_]+ [^\W\d_]+ (?:bi|danh|o|la|cung))(?![^\W_])"
)
# With these a list of bodies goes on as well as one of people; then a name is none of those that begin bodies and papers.
_LISTS = words.words_of("và hay hoặc với cùng của cho theo bởi tìm")
_OF_BODIES = words.words_of(
    """truyền phát trang kiểm liên hiến lễ đoàn hội đảng quốc công thông chính trung kinh tài thuế bảo tư hành quân tuyên đại nghị quyết kế thống
    phòng giáo khoa tiếp thanh dân hợp tổng an cảnh biên cải quy chuyển đào hạ thương nhân địa viễn sinh thể nông lâm thư thi danh"""
)
# Communes are called so, two words of these at a time.
_OF_PLACES = words.words_of(
    """tân phú long bình hòa an thạnh mỹ phước vĩnh đông tây nam bắc thành hưng sơn lộc thới hậu thuận xuân hà giang yên định quảng lâm hải đức
    thái nghĩa đại tam phong trung thanh quang minh việt kim hiệp hợp ninh cát cẩm châu dương khánh ngọc nhơn nhân tiến thịnh thọ tường vân thủy thuỷ thanh viên lương khê liên phương hoa bảo diên điền nguyên"""
)


def alone(line: Line, place: int) -> int:
    """Where a given name ends, or two, that nothing but what stands around says to be somebody; 0 when none does."""
    tokens = line.tokens
    token = tokens[place]
    if not token.has_capital or token.is_shouted or line.is_shouted or not is_given(line, token):
        return 0
    until = capitals(line, place, 3)
    run = tokens[place:until]
    if not all(is_given(line, one) for one in run) or _is_else(line, run, tokens[until : until + 1]):
        return 0
    before = tokens[place - 1] if place else None
    if before is None or before.text in (".", "!", "?"):
        return (
            until
            if len(run) >= 2 - _is_told(line, run) and _AT_THE_START.match(line.bare, run[-1].end)
            else 0
        )
    if before.text not in _BEFORE or not line.joined(before, token) or token.small == "lễ":
        return 0
    goes_on = until < len(tokens) and tokens[until].is_word and line.joined(run[-1], tokens[until])
    return 0 if before.text in _LISTS and goes_on and len(run) == 1 and token.small in _OF_BODIES else until


def _is_told(line: Line, run: list[Token]) -> bool:
    """'Lợi con ông Bình', 'Nghĩa gọi báo': one name is enough where it says whose, or that somebody called."""
    return (
        re.match(r"\s+(?:con (?:ong|ba|anh|chi)|goi (?:dien|bao))(?![^\W_])", line.after(run[-1].end, 20))
        is not None
    )


def _is_else(line: Line, run: list[Token], following: list[Token]) -> bool:
    """Whether the words are rather a place, a body, or common ones."""
    said = " ".join(one.bare for one in run)
    if said in words.PLACES or said in words.OF_HISTORY:
        return True
    if run[0].small in words.NOT_CUED_CAPITALS | words.NOT_A_NAME | words.COMMON | words.CALLED:
        return True
    if len(run) > 1 and all(one.small in _OF_PLACES for one in run):
        return True
    row = [*run, *following]
    return any(
        is_common(line, left, right) or f"{left.bare} {right.bare}" in words.TWO_WORDS
        for left, right in pairwise(row)
    )


def asks_at_the_start(line: Line, place: int) -> int:
    """'thanh hà xin hỏi': two given names at the start, and what they ask; 0 when they are none."""
    row = line.tokens[:3]
    if place or len(row) < 3 or line.is_bare or row[2].bare not in ("xin", "hoi", "gui"):
        return 0
    is_name = is_given(line, row[0]) and is_given(line, row[1]) and line.joined(row[0], row[1])
    return 2 if is_name and not is_common(line, row[0], row[1]) else 0


def is_here(line: Line, place: int) -> int:
    """'Thúy Kiều đây ạ', 'không biết hỏi ai, Linh đây': given names with capitals that present themselves; 0 when none do."""
    tokens = line.tokens
    before = line.before(tokens[place].start, 12).rstrip()
    is_said = (
        not before
        or before[-1] in ",.!;:-"
        or before.split()[-1] in ("toi", "tui", "em", "minh", "chau", "con")
    )
    if not tokens[place].has_capital or line.is_shouted or not is_said:
        return 0
    until = capitals(line, place, 3)
    follows = tokens[until] if until < len(tokens) else None
    if follows is None or follows.small not in ("đây", "day") or not line.joined(tokens[until - 1], follows):
        return 0
    return until if is_given(line, tokens[place]) else 0
