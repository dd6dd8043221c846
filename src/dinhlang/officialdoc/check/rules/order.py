"""Numbers of headings and items, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import UPPER
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, filed, rule, said
from dinhlang.officialdoc.model import Kind

_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
_ROMAN = {numeral: value for value, numeral in enumerate(
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"), start=1
)}  # fmt: skip
# 'Điều 3', 'Chương II', 'Phần thứ hai'.
_WORD_BEFORE = re.compile(r"^(?:Điều|Chương|Mục|Tiểu mục|Phần(?:\s+thứ)?)\s+", re.IGNORECASE)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
# Letters of drafting: đ after d, no f, j, w, z (NĐ 30/2020/NĐ-CP).
_LETTERS = "abcdđeghiklmnopqrstuvxy"


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
    run = _Run()
    for index, piece in enumerate(case.main):
        if piece.part is Part.ITEM and piece.number:
            run.passes(piece.number)
        if piece.part is not Part.HEADING or piece.number is None:
            continue
        value = _value(piece.number)
        if value is None:
            continue
        before = run.enters(index, piece.level, piece.number, value)
        if before is None or value == before + 1:
            continue
        if value == before:
            yield _hit(piece, f"Hai đề mục cùng số {piece.number}: đánh lại số từ đây.")
        elif before + 1 < value < before + 4:
            run.jumped()
            yield _hit(
                piece,
                f"Đề mục nhảy số: sau mục trước phải là số {_next(piece.number, before + 1)}, ở đây là {piece.number}.",
            )


class _Run:
    """The numbers seen so far under each heading."""

    def __init__(self) -> None:
        self.last: dict[tuple[tuple[int, ...], str], int] = {}
        self.parents: list[tuple[int, int]] = []
        self.passed: dict[tuple[tuple[int, ...], str], int] = {}
        self.key: tuple[tuple[int, ...], str] = ((), "")

    def enters(self, index: int, level: int, number: str, value: int) -> int | None:
        """Note a heading; gives the number before it, of the same style under the same heading."""
        style = _style(number)
        # Articles run through all chapters.
        while self.parents and self.parents[-1][0] >= level:
            self.parents.pop()
        above = () if style == "article" else tuple(parent for _, parent in self.parents)
        self.key = (above, style)
        before = self.last.get(self.key)
        if before is not None and value != before + 1 and self.passed.get(self.key) == value - 1:
            before = value - 1
        self.parents.append((level, index))
        self.last[self.key] = value
        return before

    def passes(self, number: str) -> None:
        """A paragraph that carries the next number of a row of headings may be one of the row."""
        value, style = _value(number), _style(number)
        for key, last in self.last.items():
            if key[1] == style and value in (last + 1, self.passed.get(key, last) + 1):
                self.passed[key] = value

    def jumped(self) -> None:
        """After a jump the numbers that were right count on: the next heading is not to blame too."""
        self.last[self.key] -= 1


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
        )
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
    """Numbered paragraphs one after another."""
    before: int | None = None
    style = ""
    for piece in case.main:
        value = _value(piece.number) if piece.part is Part.ITEM and piece.number else None
        if value is None or piece.number is None:
            if piece.part is Part.HEADING or piece.number is None:
                before = None
            continue
        if (
            before is not None
            and _style(piece.number) == style
            and value != before + 1
            and value != 1
            and before < value < before + 4
        ):
            yield _hit(
                piece,
                f"Các ý nhảy số: sau số trước phải là {_next(piece.number, before + 1)}, ở đây là {piece.number}.",
            )
        before, style = value, _style(piece.number)


_COMMA = re.compile(rf"^[\s#*_]*(?P<all>(?P<number>\d{{1,2}}|[IVX]{{1,5}}),)(?=\s*[{UPPER}])")
_NO_SPACE = re.compile(rf"^[\s#*_]*(?P<all>[IVX]{{1,5}}\.)(?=[{UPPER}]{{2}})")


@rule(
    "DL505",
    FindingKind.NUMBERING,
    Severity.INFO,
    "Sau số của đề mục là dấu phẩy",
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
    for line in case.lines if case.source else ():
        if (found := _COMMA.match(line.text)) and line.text.strip(" #*_\t")[len(found["all"]) :].strip():
            yield Hit(line, *found.span("all"), "Sau số của đề mục dùng dấu chấm.", f"{found['number']}.")


@rule(
    "DL506",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Sau số của đề mục thiếu dấu cách",
    bad=[filed("BÁO CÁO\nKết quả năm 2023\n\nI.KẾT QUẢ\nĐã làm.\n")],
    good=[filed("BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\nĐã làm.\n")],
)
def no_space_after_number(case: Case) -> Iterator[Hit]:
    """'III. TỔ CHỨC', not 'III.TỔ CHỨC'."""
    for line in case.lines if case.source else ():
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
        ):
            continue
        start = text.rfind(" ") + 1
        yield Hit(piece, start, len(text), "Đề mục không có dấu chấm ở cuối.", text[start:-1] or None)


RULES = (
    sequence,
    single_part,
    child_of_other,
    items,
    comma_after_number,
    no_space_after_number,
    stop_after_heading,
)
