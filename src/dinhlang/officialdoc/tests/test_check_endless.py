"""The work of reading and checking grows with the text, not with its square. Counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from dinhlang.officialdoc.check import check
from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.pieces import LONGEST
from dinhlang.officialdoc.check.registry import FOOT, HEAD
from dinhlang.officialdoc.check.rules import RULES
from dinhlang.officialdoc.check.source import SourceText
from dinhlang.officialdoc.read import read_with_text

# Four times the text may take five times the calls and no more: squares would take sixteen.
_MORE, _MOST = 4, 5.5
_FEW = 60


def _lines(line: str) -> Callable[[int], str]:
    return lambda count: HEAD + "\n".join(line.format(n=n, d=n % 28 + 1) for n in range(count)) + FOOT


def _blank_parted(line: str) -> Callable[[int], str]:
    return lambda count: HEAD + "\n\n".join(line.format(n=n, d=n % 28 + 1) for n in range(count)) + FOOT


def _again(words: str) -> Callable[[int], str]:
    return lambda count: HEAD + words * count + FOOT


SHAPES: dict[str, Callable[[int], str]] = {
    "one word each": _lines("xã"),
    "one word parted by blanks": _blank_parted("xã"),
    "headings": _lines("{n}. Kết quả năm 2022 thứ {n}\nXã đã làm."),
    "one heading again": _lines("I. KẾT QUẢ"),
    "figures": _lines("Tiếp nhận {n} hồ sơ, trong đó trực tuyến 3 hồ sơ, trực tiếp 4 hồ sơ, đạt 45%."),
    "references": _lines(
        "Thực hiện Kế hoạch số {n}/KH-UBND ngày {d}/02/2023 của UBND huyện về cải cách năm 2022;"
    ),
    "bases": _lines("Căn cứ Nghị định số {n}/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;"),
    "sentences again": _lines("UBND xã đã tổ chức tuyên truyền cải cách hành chính tới cán bộ, công chức."),
    "times": _lines("Trước ngày {d}/3/2022 hoàn thành; trong tháng 5/2021; năm 2022."),
    "rows of a table": lambda count: (
        HEAD
        + "|STT|Nội dung|Thời gian|\n|---|---|---|\n"
        + "".join(f"|{n}|Họp {n}|Quý I/2022|\n" for n in range(count))
        + FOOT
    ),
    "a table laid flat": lambda count: (
        "PHỤ LỤC\nBẢNG\n\nStt Nhiệm vụ Sản phẩm Cơ quan chủ trì Thời gian\n\n"
        + "".join(f"{n} Họp thôn\n\nUBND xã\nQuý I\n" for n in range(1, count))
    ),
    "figures in one line": _again("có 12 tin, bài và 3 hồ sơ, "),
    "shares in one line": _again("1.200 hồ sơ, trong đó 300 hồ sơ chiếm 25%, "),
    "parts in one line": _again("50 hồ sơ gồm: 5 người và "),
    "brackets in one line": _again("5 người ( "),
    "citations in one line": _again("Kế hoạch số 12/KH-UBND, "),
    "bodies in one line": _again("của UBND xã Mẫu đã "),
}


def calls(work: Callable[[], object]) -> int:
    """How many functions, of ours and of Python, are called; a generator counts at each step."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_and_checking_grow_with_the_text(shape: str) -> None:
    def work(count: int) -> Callable[[], object]:
        def read_and_check() -> None:
            document, text = read_with_text(SHAPES[shape](count).encode(), "a.txt")
            case = Case(document, None, SourceText.of(text))
            for rule in RULES:
                # Without the bound on how many findings one rule may have, which would hide its work.
                list(rule.find(case))

        return read_and_check

    work(8)()
    few, many = calls(work(_FEW)), calls(work(_FEW * _MORE))
    assert many < _MOST * few


def test_of_an_endless_line_the_beginning_is_judged_and_the_rest_is_told_of() -> None:
    text = HEAD + "Xã đã làm qúa tốt và " + "xã đã làm " * LONGEST + "qúa tốt." + FOOT
    document, read = read_with_text(text.encode(), "a.txt")
    found = check(document, text=read)
    told = [one for one in found if one.rule == "DL440"]
    assert [one.quote[:9] for one in told] == ["Xã đã làm"]
    assert [one.quote for one in found if one.quote == "qúa"] == ["qúa"]
    case = Case(document, None, SourceText.of(read))
    assert max(len(piece.text) for piece in (*case.pieces, *case.lines)) == LONGEST
