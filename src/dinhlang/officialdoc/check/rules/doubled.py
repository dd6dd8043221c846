"""Words and sentences that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.chunks import plain, words_in
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import is_often, is_pair
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.kept import Kept

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL, Part.HEADER_CELL, Part.APPENDIX_TITLE, Part.NOTE)
# Said twice they are a slip. Other words are doubled on purpose (thường thường), or end one phrase and begin the next
# (nhặt được / được hưởng, phân công / công tác).
_NEVER_TWICE = frozenset(
    [
        "của",
        "và",
        "các",
        "là",
        "cho",
        "về",
        "trên",
        "trong",
        "để",
        "với",
        "tại",
        "theo",
        "những",
        "bằng",
        "hoặc",
    ]
)
_NEVER_TWICE_IN_PAIRS = _NEVER_TWICE | frozenset(
    [
        "hành",
        "chính",
        "thủ",
        "tục",
        "cải",
        "cách",
        "kế",
        "hoạch",
        "công",
        "khai",
        "tuyên",
        "truyền",
        "đã",
        "được",
    ]
)


@rule(
    "DL411",
    FindingKind.REPETITION,
    Severity.WARNING,
    "Lặp chữ",
    bad=[
        said("Báo cáo của của UBND xã."),
        said("Đẩy mạnh cải cách cải cách hành chính."),
        said("Theo dõi được tiến độ, được được giảm phí."),
        said("Đời sống vật chất vật chất và tinh thần."),
        said("Gửi báo cáo trước ngày 25 hằng tháng tháng."),
    ],
    good=[
        said("Một số tin, bài còn chung chung; nhận hồ sơ giấy song song."),
        said("Cập nhật thường thường, từng bước từng bước; nhà nhà, người người thi đua."),
        said("Chính sách, chính quyền, thủ tục, thủ tục hành chính."),
    ],
)
def word_twice(case: Case) -> Iterator[Hit]:
    """'của của', 'cải cách cải cách'."""
    repeated = case.row.by_piece(_repeated(case))
    for piece in case.of(*_WRITTEN) if repeated else ():
        for index in repeated.get(piece, ()):
            width = _doubled(piece, index)
            end = index + 2 * width
            if not width or not _is_close(piece, index, end):
                continue
            start, stop = piece.spans[index][0], piece.spans[end - 1][1]
            right = piece.text[start : piece.spans[index + width - 1][1]]
            yield Hit(piece, start, stop, f"Lặp chữ: bỏ một lần “{right}”.", right)


def _repeated(case: Case) -> list[int]:
    """Where in the row of words a word, or two words, stand twice."""
    words = case.row.words
    doubled = [at for at in case.row.said_again(2, least=2) if words[at] != words[at + 1]]
    return sorted([*case.row.said_again(1), *doubled])


# Doubled on purpose, wherever they stand.
_REDUPLICATED = frozenset(
    [
        "dần",
        "từ",
        "ngày",
        "luôn",
        "thường",
        "nhà",
        "người",
        "đời",
        "mãi",
        "lần",
        "nơi",
        "đâu",
        "gì",
        "riêng",
        "xa",
        "năm",
        "vừa",
        "ai",
        "chốn",
        "lúc",
        "đều",
        "xanh",
        "cao",
        "rất",
        "nhiều",
        "khác",
        "từng",
        "bước",
        "mỗi",
        "hằng",
        "tuần",
        "tháng",
        "giờ",
        "đôi",
        "hay",
        "vàng",
        "tím",
        "trắng",
        "nhỏ",
        "to",
        "lớn",
        "chầm",
        "chậm",
        "chung",
        "song",
        "hao",
        "lâu",
        "sớm",
        "gần",
        "đông",
        "đùng",
        "rành",
        "vui",
        "ùn",
        "san",
        "thi",
    ]
)


_TIMES = frozenset(["ngày", "tháng", "năm", "tuần", "giờ"])
_EACH = frozenset(["hằng", "hàng", "mỗi", "từng", "trong", "các"])


def _doubled(piece: Piece, index: int) -> int:
    """Whether one word or two stand here twice: 1, 2, or 0."""
    words = piece.plain
    first, second = words[index], words[index + 1]
    if first.isdecimal() or second.isdecimal():
        return 0
    if first == second:
        return 1 if first in _NEVER_TWICE or not _may_meet(piece, index) else 0
    if index + 3 >= len(words) or words[index + 2] != first or words[index + 3] != second:
        return 0
    if {first, second} <= _NEVER_TWICE_IN_PAIRS:
        return 2
    if {first, second} & _REDUPLICATED or (first, second) == ("một", "cửa"):
        return 0
    one_word = is_often(first, second) and not is_often(second, first)
    return 2 if one_word or not is_pair(second, first) else 0


def _may_meet(piece: Piece, index: int) -> bool:
    """Whether a word ends one phrase and begins the next: 'phân công | công tác', or is doubled on purpose."""
    words = piece.plain
    word = words[index]
    before = words[index - 1] if index and _is_close(piece, index - 1, index + 1) else ""
    after = words[index + 2] if index + 2 < len(words) and _is_close(piece, index + 1, index + 3) else ""
    if word in (before, after):
        return True
    if word in _TIMES:
        return before not in _EACH
    if word in _REDUPLICATED or len(word) < 2:
        return True
    if not before or not after or after.isdecimal() or before.isdecimal():
        return False
    return is_pair(before, word) and is_pair(word, after)


def _is_close(piece: Piece, index: int, end: int) -> bool:
    return all(piece.is_joined(at) for at in range(index, end - 1))


def _may_be_twice(pieces: Sequence[Piece]) -> bool:
    """Whether two sentences of some length have the same letters, which is quicker to see than that they have the same
    words."""
    together = ". ".join([piece.folded for piece in pieces]).replace("\n", " ")
    sentences = [one for one in _SENTENCE_END.split(together) if len(one) >= _LEAST_WORDS]
    letters = "\n".join(sentences).translate(_LETTERS).split("\n")
    return len(set(letters)) < len(letters)


_LEAST_WORDS = 10
_SENTENCE_END = re.compile(r"[.;!?](?!(?<=\.)\d)")
# For `str.translate`: letters, digits and what stands between sentences stay, the rest goes.
_LETTERS = Kept[int, int | None](lambda code: code if chr(code).isalnum() or code == ord("\n") else None)
_SENTENCE = re.compile(r"[^.;!?]+(?:\.(?=\d)[^.;!?]*)*")


@rule(
    "DL412",
    FindingKind.REPETITION,
    Severity.WARNING,
    "Một câu viết hai lần",
    bad=[
        said(
            "I. Kết quả\nUBND xã đã tổ chức tuyên truyền cải cách hành chính tới toàn thể cán bộ, công chức.\nHọp thôn.\nUBND xã đã tổ chức tuyên truyền cải cách hành chính tới toàn thể cán bộ, công chức."
        )
    ],
    good=[
        said(
            "I. Kết quả\nUBND xã đã tổ chức tuyên truyền cải cách hành chính tới toàn thể cán bộ, công chức.\nUBND xã đã tổ chức tuyên truyền cải cách hành chính tới toàn thể nhân dân trong xã."
        )
    ],
)
def sentence_twice(case: Case) -> Iterator[Hit]:
    """The same words, ten or more, in two places. A task that was done may be set again for the next period."""
    told = [piece for piece in case.main if piece.part in PROSE]
    if not _may_be_twice(told):
        return
    results = set(case.results)
    seen: set[tuple[bool, tuple[str, ...]]] = set()
    for piece in told:
        for found in _SENTENCE.finditer(piece.text):
            words = tuple(map(plain, words_in(found[0])))
            if len(words) < _LEAST_WORDS:
                continue
            key = (piece in results, words)
            if key in seen:
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                yield Hit(piece, start, found.end(), "Câu này đã viết ở trên: bỏ một chỗ.")
            seen.add(key)


RULES = (word_twice, sentence_twice)
