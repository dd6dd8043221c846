"""Numbers of headings and items, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import UPPER
from dinhlang.officialdoc.check.needs import OF_FILE
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, filed, rule, said
from dinhlang.officialdoc.kept import once
from dinhlang.officialdoc.model import Kind
from dinhlang.officialdoc.read.words import fold

_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
_ROMAN = {numeral: value for value, numeral in enumerate(
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"), start=1
)}  # fmt: skip
# 'Điều 3', 'Chương II', 'Phần thứ hai'.
_WORD_BEFORE = re.compile(r"^(?:Điều|Chương|Mục|Tiểu mục|Phần(?:\s+thứ)?)\s+", re.IGNORECASE)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
# Letters of drafting: đ after d, no f, j, w, z (NĐ 30/2020/NĐ-CP).
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@lru_cache(maxsize=1 << 10)
def _value(number: str | None) -> int | None:
    """What a mark counts: 'III' 3, '2' 2, '2.3' 3, 'đ' 5; None for a dash or a word."""
    if number is None:
        return None
    number = _WORD_BEFORE.sub("", number)
    last = number.rsplit(".", 1)[-1].strip()
    if last.isdecimal() and last.isascii() and len(last) < 4:
        return int(last)
    if number in _ROMAN:
        return _ROMAN[number]
    if number in _ORDINALS:
        return _ORDINALS.index(number) + 1
    return _LETTERS.index(number) + 1 if len(number) == 1 and number in _LETTERS else None


@lru_cache(maxsize=1 << 10)
def _style(number: str) -> str:
    if number in _ROMAN:
        return "roman"
    if number.startswith("Điều"):
        return "article"
    if word := _WORD_BEFORE.match(number):
        return word[0].strip().lower()
    if "." in number:
        return f"dotted{number.count('.')}:{number.rsplit('.', 1)[0]}"
    return "arabic" if number.isdecimal() else "letter"


def _hit(piece: Piece, message: str) -> Hit:
    return Hit(piece, 0, len(piece.text), message)


@rule(
    "DL501",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Đề mục nhảy số, trùng số",
    basis=_BASIS,
    bad=[
        said("I. KẾT QUẢ\nĐã làm.\nIII. KIẾN NGHỊ\nĐề nghị."),
        said("I. KẾT QUẢ\n1. Chỉ đạo\nĐã làm.\n1. Tuyên truyền\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."),
        said("I. KẾT QUẢ\n1. Chỉ đạo\nĐã làm.\n3. Tuyên truyền\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."),
        said("Điều 1. Phạm vi\nA.\nĐiều 2. Đối tượng\nB.\nĐiều 4. Nguyên tắc\nC.", kind=Kind.REGULATION),
        said("II. KẾT QUẢ\nĐã làm.\nIII. KIẾN NGHỊ\nĐề nghị."),
        said("I. CHỈ ĐẠO\n1. Kế hoạch\nA.\n2. Kiểm tra\nB.\nII. KẾT QUẢ\n1. Thể chế\nC.\n3. Thủ tục\nD."),
    ],
    good=[
        said(
            "I. KẾT QUẢ\n1. Chỉ đạo\nĐã làm.\n2. Tuyên truyền\nĐã làm.\nII. KIẾN NGHỊ\n1. Với huyện\nĐề nghị.\n2. Với tỉnh\nĐề nghị."
        ),
        said(
            "I. KẾT QUẢ\n1. Chỉ đạo\n1.1. Của Đảng ủy\nĐã làm.\n1.2. Của UBND\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."
        ),
    ],
)
def sequence(case: Case) -> Iterator[Hit]:
    """Below one heading the numbers run 1, 2, 3."""
    for piece, message in faults(case):
        if piece.part is Part.HEADING:
            yield _hit(piece, message)


_RANKS = ("phần", "chương", "mục", "tiểu mục", "roman", "arabic", "dotted", "letter")
_RECENT = 60
_MOST_JUMPED = 4


@lru_cache(maxsize=1 << 10)
def _rank(style: str) -> int:
    name = style.split(":", maxsplit=1)[0].rstrip("123456789")
    return _RANKS.index(name) if name in _RANKS else -1


@once
def faults(case: Case) -> tuple[tuple[Piece, str], ...]:
    """Where the numbers of headings and items do not go on: what they jump over, say twice, or do not begin with.

    Both are counted together, for a numbered sentence may be read as either.
    """
    if "sua doi" in fold(case.document.subject or ""):
        # What amends names the numbers of another text.
        return ()
    count = _Count()
    found = []
    last = -1
    for index, piece in enumerate(case.main):
        value = _value(piece.number) if piece.number else None
        if value is None or piece.number is None:
            continue
        fault = count.takes(piece.number, value)
        between = None
        if fault == "jump" and value == count.before + 2:
            between = next(filter(_like_heading, reversed(case.main[last + 1 : index])), None)
        last = index
        if between is not None:
            found.append((between, f"Đề mục này thiếu số {_next(piece.number, value - 1)}: đánh lại số."))
        elif fault == "jump":
            wanted = _next(piece.number, count.before + 1)
            found.append((piece, f"Nhảy số: sau mục trước phải là số {wanted}, ở đây là {piece.number}."))
        elif fault == "twice":
            found.append((piece, f"Hai mục cùng số {piece.number}: đánh lại số từ đây."))
        elif fault == "first":
            wanted = _next(piece.number, 1)
            found.append((piece, f"Mục đầu tiên phải là số {wanted}, ở đây là {piece.number}: đánh lại số."))
    return tuple(found)


def _like_heading(piece: Piece) -> bool:
    """A short line of its own that lost its number."""
    if piece.number is not None or piece.part not in (Part.BODY, Part.HEADING):
        return False
    text = piece.text.strip()
    return (
        not text.endswith((".", ";", ":", ","))
        and text[:1].isupper()
        and 2 <= len(text.split(maxsplit=15)) <= 14
    )


class _Count:
    """The numbers so far, by their style; a higher one begins the lower ones anew."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[int, int]] = {}
        self.recent: list[tuple[str, int]] = []
        self.begun: dict[str, int] = {}
        self.before = 0

    def takes(self, number: str, value: int) -> str | None:
        """Note a number; gives what is wrong with it."""
        style = _style(number)
        rank = _rank(style)
        if rank >= 0:
            for lower in [name for name in self.last if _rank(name) > rank]:
                del self.last[lower]
        known = self.last.get(style)
        self.recent.append((style, value))
        fault = None
        if known is None:
            self.last[style] = (value, value)
            self.begun[style] = len(self.recent) - 1
            if 1 < value <= _MOST_JUMPED and style != "article" and not self._has_seen(style, value - 1):
                fault, self.before = "first", 0
            return fault
        written, meant = known
        if value in (written + 1, meant + 1):
            self.last[style] = (value, value)
            return None
        if value == written and value > 0 and (value > 1 or rank <= _RANKS.index("arabic")):
            fault = "twice" if value > 1 or style in ("roman", "article") else self._again(style)
            self.last[style] = (value, meant + 1) if fault else (value, value)
        elif written + 1 < value < written + _MOST_JUMPED and not self._is_open(style, value - 1):
            fault, self.before = "jump", written
            self.last[style] = (value, written + 1)
        else:
            self.last[style] = (value, value)
        return fault

    def _has_seen(self, style: str, value: int) -> bool:
        """Whether the number was among those noted before the last."""
        return (style, value) in self.recent[-_RECENT - 1 : -1]

    def _is_open(self, style: str, value: int) -> bool:
        """Whether a number said before may still be gone on from: what is lower begins anew under each higher one."""
        if not self._has_seen(style, value):
            return False
        return (style, value) in self.recent[self.begun[style] :]

    def _again(self, style: str) -> str | None:
        """'1.' after '1.' with nothing lower between them is the same list; else a list of one may be followed by another."""
        return "twice" if len(self.recent) > 1 and self.recent[-2] == (style, 1) else None


def _next(number: str, value: int) -> str:
    if word := _WORD_BEFORE.match(number):
        rest = number[word.end() :]
        return f"{word[0]}{_ORDINALS[value - 1] if rest in _ORDINALS else _next(rest, value)}"
    if number in _ROMAN:
        return next(numeral for numeral, known in _ROMAN.items() if known == value)
    if len(number) == 1 and number in _LETTERS:
        return _LETTERS[value - 1]
    return f"{number.rsplit('.', 1)[0]}.{value}" if "." in number else str(value)


@rule(
    "DL502",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Chỉ có mục I mà không có mục II",
    basis=_BASIS,
    bad=[said("I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Hình thức\nĐã làm.\n2. Nội dung\nĐã làm.\n3. Đề xuất\nHỗ trợ.")],
    good=[
        said("I. KẾT QUẢ\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."),
        said("1. Kết quả\nĐã làm.\n2. Kiến nghị\nĐề nghị."),
    ],
)
def single_part(case: Case) -> Iterator[Hit]:
    """One part alone needs no number; most often the next heading was given the wrong level.

    A draft leaves out the parts that nobody has written yet.
    """
    if case.draft:
        return
    parts = [piece for piece in case.headings if piece.number in _ROMAN and piece.level == 1]
    if len(parts) == 1 and parts[0].number == "I" and len(case.headings) > 1:
        yield _hit(parts[0], "Có mục I mà không có mục II: nâng đề mục sau lên thành mục II, hoặc bỏ số I.")


@rule(
    "DL503",
    FindingKind.HEADING_JUMP,
    Severity.WARNING,
    "Số của đề mục con không theo đề mục cha",
    basis=_BASIS,
    bad=[
        said(
            "I. KẾT QUẢ\n1. Chỉ đạo\n2.1. Của Đảng ủy\nĐã làm.\n2.2. Của UBND\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."
        )
    ],
    good=[
        said(
            "I. KẾT QUẢ\n1. Chỉ đạo\n1.1. Của Đảng ủy\nĐã làm.\n1.2. Của UBND\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."
        )
    ],
)
def child_of_other(case: Case) -> Iterator[Hit]:
    """'2.1' under '1.'."""
    parent: str | None = None
    told: str | None = None
    for piece in case.headings:
        number = piece.number or ""
        if number.isdecimal():
            parent = number
        elif number in _ROMAN:
            parent = None
        elif (
            "." in number
            and parent is not None
            and number.split(".")[0] != parent
            and told != number.split(".")[0]
        ):
            told = number.split(".")[0]
            if told.isdecimal():
                yield _hit(
                    piece,
                    f"Đề mục {number} nằm trong mục {parent}: đánh lại là {parent}.{number.split('.', 1)[1]}.",
                )


@rule(
    "DL504",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Các ý đánh số bị nhảy số, trùng số",
    basis=_BASIS,
    bad=[
        said(
            "Giao nhiệm vụ:\n1. Văn phòng tham mưu kế hoạch;\n2. Công chức văn hóa viết bài;\n4. Đài truyền thanh phát bài;"
        ),
        said("1. Văn phòng\na) Báo cáo.\nb) Đôn đốc.\n2. Phòng Văn hóa\na) Tổ chức ngày hội.\nc) Vận động."),
    ],
    good=[
        said(
            "Giao nhiệm vụ:\n1. Văn phòng tham mưu kế hoạch;\n2. Công chức văn hóa viết bài;\n3. Đài truyền thanh phát bài;"
        ),
        said(
            "Giao nhiệm vụ:\n1. Văn phòng tham mưu kế hoạch;\n2. Công chức viết bài;\nĐề nghị:\n1. Sở Nội vụ mở lớp;"
        ),
    ],
)
def items(case: Case) -> Iterator[Hit]:
    """Numbered paragraphs, in the same count as the headings."""
    for piece, message in faults(case):
        if piece.part is not Part.HEADING:
            yield _hit(piece, message)


@rule(
    "DL509",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Điểm đánh bằng chữ cái không dùng trong văn bản",
    needs=OF_FILE,
    basis=_BASIS,
    bad=[
        filed(
            "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\nd) Trên đài truyền thanh.\nf) Trên trang thông tin.\n"
        )
    ],
    good=[
        filed(
            "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\nd) Trên đài truyền thanh.\nđ) Trên trang thông tin.\n"
        )
    ],
)
def strange_letter(case: Case) -> Iterator[Hit]:
    """The Vietnamese alphabet: đ after d, and no f, j, w, z."""
    for line in case.written_lines if case.source else ():
        if line.text.lstrip()[1:2] == ")" and (found := _STRANGE.match(line.text)):
            yield Hit(
                line,
                *found.span("all"),
                "Điểm đánh theo bảng chữ cái tiếng Việt (sau d là đ; không có f, j, w, z).",
            )


@once
def _numbered(case: Case) -> Sequence[Piece]:
    """The lines of the file that begin with a number and a comma, or with a Roman number and a stop."""
    return [line for line in case.written_lines if _LIKE_NUMBER.match(line.text)] if case.source else ()


_LIKE_NUMBER = re.compile(r"[\s#*_]*(?:\d{1,2},|[IVX]{1,5}[.,])")
_STRANGE = re.compile(r"\s*(?P<all>[fjwz]\))\s+\S")
_COMMA = re.compile(rf"^[\s#*_]*(?P<all>(?P<number>\d{{1,2}}|[IVX]{{1,5}}),)(?=\s*[{UPPER}])")
_NO_SPACE = re.compile(rf"^[\s#*_]*(?P<all>[IVX]{{1,5}}\.)(?=[{UPPER}]{{2}})")


@rule(
    "DL505",
    FindingKind.NUMBERING,
    Severity.INFO,
    "Sau số của đề mục là dấu phẩy",
    needs=OF_FILE,
    basis=_BASIS,
    bad=[
        filed("BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n1, Hình thức tuyên truyền\n- Qua đài truyền thanh.\n")
    ],
    good=[
        filed("BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n1. Hình thức tuyên truyền\n- Qua đài truyền thanh.\n")
    ],
)
def comma_after_number(case: Case) -> Iterator[Hit]:
    """'1.', not '1,'."""
    for line in _numbered(case):
        if (found := _COMMA.match(line.text)) and line.text.strip(" #*_\t")[len(found["all"]) :].strip():
            yield Hit(line, *found.span("all"), "Sau số của đề mục dùng dấu chấm.", f"{found['number']}.")


@rule(
    "DL506",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Sau số của đề mục thiếu dấu cách",
    needs=OF_FILE,
    bad=[filed("BÁO CÁO\nKết quả năm 2023\n\nI.KẾT QUẢ\nĐã làm.\n")],
    good=[filed("BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\nĐã làm.\n")],
)
def no_space_after_number(case: Case) -> Iterator[Hit]:
    """'III. TỔ CHỨC', not 'III.TỔ CHỨC'."""
    for line in _numbered(case):
        if found := _NO_SPACE.match(line.text):
            yield Hit(line, *found.span("all"), "Thêm dấu cách sau số của đề mục.", f"{found['all']} ")


@rule(
    "DL507",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Đề mục có dấu chấm ở cuối",
    bad=[said("I. KẾT QUẢ.\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị.")],
    good=[
        said("I. KẾT QUẢ\nĐã làm.\nII. KIẾN NGHỊ\nĐề nghị."),
        said("Điều 1. Phạm vi.\n1. Quy chế này quy định việc phối hợp.", kind=Kind.REGULATION),
    ],
    on_damaged=True,
)
def stop_after_heading(case: Case) -> Iterator[Hit]:
    """A heading of a line is no sentence. Articles (Điều) are told by their text and left alone."""
    for piece in case.headings:
        text = piece.text.rstrip()
        if (
            not text.endswith(".")
            or text.endswith(("..", "/."))
            or (piece.number or "").startswith("Điều")
            or len(text.split()) > 16
            or ":" in text
        ):
            continue
        start = text.rfind(" ") + 1
        yield Hit(piece, start, len(text), "Đề mục không có dấu chấm ở cuối.", text[start:-1] or None)


RULES = (
    sequence,
    single_part,
    child_of_other,
    items,
    strange_letter,
    comma_after_number,
    no_space_after_number,
    stop_after_heading,
)
