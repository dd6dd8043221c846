"""Figures of a sentence that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.reading import (
    DECIMAL,
    NUMBER,
    QUANTITY,
    UNIT,
    WHOLE_AND_PARTS,
    decimal,
    number,
    printed,
)

# Parts of a whole that leave nothing out: only they must add up.
_COMPLEMENTS = (
    ("truc tuyen", "truc tiep"),
    ("truoc han", "dung han", "qua han"),
    ("truoc va dung han", "qua han"),
    ("dung va truoc han", "qua han"),
    ("dung han", "tre han"),
    ("dung han", "qua han"),
    ("da giai quyet", "dang giai quyet"),
    ("da giai quyet", "chua giai quyet"),
    ("nam", "nu"),
    ("ky truoc chuyen sang", "tiep nhan moi"),
    ("ky truoc chuyen sang", "moi tiep nhan"),
)
_SOLVED = re.compile(
    rf"giai quyet\s+(?P<whole>{NUMBER})(?:\s*/\s*{NUMBER})?\s+(?P<unit>ho so)\b\s*[,:(]\s*(?P<parts>[^.;()]{{5,200}}?qua han[^.;()\d]{{0,12}}{NUMBER}[^.;()]{{0,20}}?)(?=[.;)]|$)"
)
_SUM = re.compile(
    rf"(?P<whole>{NUMBER})\s*(?:{UNIT}\s*)?(?:=|\()\s*(?P<parts>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)"
)


@rule(
    "DL220",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các phần cộng lại khác tổng (trong câu)",
    bad=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó: trực tuyến 2.255 hồ sơ, trực tiếp 1.643 hồ sơ."),
        said("Đã giải quyết 9.986 hồ sơ (9.143 + 743)."),
        said("Tổng số 9.986 = 9.143 + 743."),
    ],
    good=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó: trực tuyến 2.255 hồ sơ, trực tiếp 1.463 hồ sơ."),
        said("Tiếp nhận 3.718 hồ sơ, trong đó trực tuyến 2.255 hồ sơ; giải quyết đúng hạn 3.700 hồ sơ."),
        said("Tổng số 59.010 = 57.028 + 1.982."),
        said("Đã đăng 108 tin, bài, trong đó có 36 tin, bài về cải cách hành chính."),
    ],
)
def sum_in_sentence(case: Case) -> Iterator[Hit]:
    """Only parts that leave nothing out, or that are added with '+'."""
    for piece in case.of(*PROSE):
        if not any(sign in piece.folded for sign in ("trong do", "gom", "+", "qua han")):
            continue
        for found in _SUM.finditer(piece.folded):
            parts = [number(part) for part in re.findall(NUMBER, found["parts"])]
            yield from _mismatch(piece, found, parts)
        for found in (*WHOLE_AND_PARTS.finditer(piece.folded), *_SOLVED.finditer(piece.folded)):
            parts = _complement(found["parts"], found["unit"])
            if parts:
                yield from _mismatch(piece, found, parts)


def _mismatch(piece: Piece, found: re.Match[str], parts: Sequence[int]) -> Iterator[Hit]:
    whole, total = number(found["whole"]), sum(parts)
    if whole != total:
        told = " + ".join(printed(part) for part in parts)
        yield Hit(
            piece,
            found.start("whole"),
            found.end("parts"),
            f"Tổng không khớp: {told} = {printed(total)}, khác {printed(whole)}. Đối chiếu sổ theo dõi và sửa số sai.",
        )


def _complement(text: str, unit: str) -> list[int]:
    """The parts, when each names one member of a set that leaves nothing out, and all members are there.

    What follows a semicolon may speak of something else: then the parts before it are looked at alone.
    """
    whole = _members(text)
    at = text.find(";")
    return whole or (_members(text[:at]) if at > 0 else [])


def _members(text: str) -> list[int]:
    clauses = [
        clause
        for clause in re.split(r"[;,](?!\d)|\bva\b(?=\s+\S+\s+\S*\s*\d)", text)
        if re.search(r"\d", clause)
    ]
    for names in _COMPLEMENTS:
        numbers = []
        for clause in clauses:
            counts = re.findall(rf"(?<![\d,.])({NUMBER})(?![\d,.]*\d|\s*%)", clause)
            if sum(name in clause for name in names) != 1 or len(counts) != 1:
                break
            numbers.append(number(counts[0]))
        else:
            if len(numbers) == len(names) and all(
                any(name in clause for clause in clauses) for name in names
            ):
                return numbers
    return []


_DONE = r"(?:da\s+)?(?:hoan thanh|giai quyet|xu ly|tra loi|tra ket qua|thuc hien|khac phuc)(?:\s+xong)?"
_LEFT = r"(?:con(?:\s+lai)?|dang\s+(?:giai quyet|xu ly|thuc hien)|chua\s+(?:giai quyet|hoan thanh|xu ly|thuc hien))"
_DONE_AND_LEFT = re.compile(
    rf"(?P<whole>{NUMBER})\s+(?P<unit>ho so|nhiem vu|don|y kien|phan anh, kien nghi|kien nghi|vu viec|cong trinh|chi tieu|viec)\b(?P<of>[^.:()]*?)[,;]\s*"
    rf"(?P<between>[^.;:()]{{0,60}}?){_DONE}\s+(?P<done>{NUMBER})\s+(?P=unit)\b(?P<how>[^.;:()]{{0,40}}?)[,;]\s*(?:va\s+)?{_LEFT}\s+(?P<left>{NUMBER})\s+(?P=unit)\b"
)


@rule(
    "DL226",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số đã làm và số còn lại cộng lại khác tổng",
    bad=[
        said("Tiếp nhận 58 hồ sơ về đất đai, đã giải quyết 51 hồ sơ, còn 17 hồ sơ trong hạn."),
        said("Có 37 nhiệm vụ; đến ngày 14 tháng 6 năm 2023 đã hoàn thành 33 nhiệm vụ, còn 06 nhiệm vụ."),
    ],
    good=[
        said("Tiếp nhận 58 hồ sơ về đất đai, đã giải quyết 51 hồ sơ, còn 07 hồ sơ trong hạn."),
        said("Tiếp nhận mới 58 hồ sơ, kỳ trước chuyển sang 5 hồ sơ, đã giải quyết 51 hồ sơ, còn 12 hồ sơ."),
    ],
)
def done_and_left(case: Case) -> Iterator[Hit]:
    """'tiếp nhận 58, đã giải quyết 51, còn 17' of one unit, with nothing carried over in between."""
    for piece in case.of(*PROSE):
        if not any(left in piece.folded for left in ("con ", "dang ", "chua ")):
            continue
        for found in _DONE_AND_LEFT.finditer(piece.folded):
            around = piece.folded[max(0, found.start() - 60) : found.end()]
            if re.search(r"ky truoc|chuyen sang|ton dong|chuyen tiep|rut|tra lai|bo sung", around):
                continue
            if re.search(rf"{NUMBER}\s+{found['unit']}", found["of"] + found["between"]):
                continue
            whole, done, left = (number(found[name]) for name in ("whole", "done", "left"))
            if whole != done + left:
                yield Hit(
                    piece,
                    found.start("whole"),
                    found.end(),
                    f"Số không khớp: {found['done']} + {found['left']} = {printed(done + left)}, khác {found['whole']}. Đối chiếu sổ theo dõi và sửa số sai.",
                )


_PARTS_IN = {"ty dong": "trieu dong"}
_KINDS_OF = re.compile(
    rf"(?P<whole>{DECIMAL})\s+(?P<unit>{QUANTITY})\b(?P<rest>[^:;()]{{0,60}}?)[,;:.]\s*trong do\s*(?:co\s*)?:?\s*(?P<parts>(?:[^.;:()\d]{{2,40}}{DECIMAL}\s+(?:(?P=unit)|trieu dong)\b[,;]?\s*(?:va\s+)?){{2,8}})"
)


@rule(
    "DL227",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các phần cộng lại lớn hơn tổng",
    bad=[
        said("Gieo trồng 214,5 ha, bằng 101,2% kế hoạch. Trong đó lúa 142 ha, ngô 38,5 ha, rau màu 43 ha."),
        said("Chi 120 triệu đồng, trong đó: tuyên truyền 80 triệu đồng, tập huấn 60 triệu đồng."),
        said(
            "Kinh phí 1,25 tỷ đồng, tăng 12%; trong đó ngân sách 850 triệu đồng, xã hội hóa 500 triệu đồng."
        ),
    ],
    good=[
        said("Gieo trồng 214,5 ha, bằng 101,2% kế hoạch. Trong đó lúa 142 ha, ngô 38,5 ha, rau màu 34 ha."),
        said("Trồng 90 ha, trong đó lúa 40 ha, ngô 20 ha."),
        said("Kinh phí 1,25 tỷ đồng, trong đó ngân sách 850 triệu đồng, xã hội hóa 400 triệu đồng."),
    ],
)
def parts_over_whole(case: Case) -> Iterator[Hit]:
    """Areas, weights and money of different things never make more than their whole; people may be counted twice."""
    for piece in case.of(*PROSE):
        if "rong đó" not in piece.text:
            continue
        for found in _KINDS_OF.finditer(piece.folded):
            unit = _PARTS_IN.get(found["unit"], found["unit"]) if "trieu" in found["parts"] else found["unit"]
            parts = [decimal(number) for number in re.findall(rf"({DECIMAL})\s+{unit}\b", found["parts"])]
            total, whole = sum(parts), decimal(found["whole"]) * (1000 if unit != found["unit"] else 1)
            if total > whole:
                told = f"{float(total):g}".replace(".", ",")
                yield Hit(
                    piece,
                    found.start("parts"),
                    found.start("parts") + len(found["parts"].rstrip(" ,;")),
                    f"Các phần cộng lại là {told}, lớn hơn tổng {found['whole']}: đối chiếu số liệu và sửa.",
                )


_EQUATION = re.compile(
    rf"(?P<whole>{DECIMAL})\s*(?P<unit>{QUANTITY}|{UNIT})?[^=.;+\d]{{0,30}}=\s*(?P<parts>{DECIMAL}[^=.;+\d]{{0,60}}(?:\+\s*{DECIMAL}[^=.;+\d]{{0,60}})+)"
)


@rule(
    "DL229",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Phép cộng viết trong câu không đúng; đã giải quyết nhiều hơn tiếp nhận",
    bad=[
        said("Tổng kinh phí 95 triệu đồng = 40 triệu đồng kết nối + 45 triệu đồng tập huấn."),
        said("Tiếp nhận 5.012 hồ sơ (95% trực tuyến); đã giải quyết 5.890 hồ sơ."),
    ],
    good=[
        said("Tổng kinh phí 85 triệu đồng = 40 triệu đồng kết nối + 45 triệu đồng tập huấn."),
        said("Tiếp nhận 5.012 hồ sơ (95% trực tuyến); đã giải quyết 4.890 hồ sơ."),
        said("Tiếp nhận mới 500 hồ sơ, kỳ trước chuyển sang 20 hồ sơ; đã giải quyết 510 hồ sơ."),
        said("Trong tháng tiếp nhận 50 hồ sơ. Lũy kế đã giải quyết 510 hồ sơ."),
    ],
)
def impossible_sum(case: Case) -> Iterator[Hit]:
    """'a = b + c' with words between, and more dossiers solved than there were."""
    for piece in case.of(*PROSE):
        if "=" in piece.text and "+" in piece.text:
            for found in _EQUATION.finditer(piece.folded):
                numbers = [decimal(one) for one in re.findall(DECIMAL, found["parts"])]
                total = sum(numbers)
                if total != decimal(found["whole"]):
                    told = f"{float(total):g}".replace(".", ",")
                    message = f"Cộng lại là {told}, ở đây ghi {found['whole']}: đối chiếu và sửa."
                    yield Hit(
                        piece,
                        found.start("whole"),
                        found.start("parts") + len(found["parts"].rstrip()),
                        message,
                    )
        for found in _TAKEN_AND_DONE.finditer(piece.folded):
            if re.search(r"ky truoc|chuyen sang|ton|luy ke|tu dau nam", found[0]):
                continue
            if number(found["done"]) > number(found["taken"]):
                yield Hit(
                    piece,
                    found.start("done"),
                    found.end("done"),
                    f"Đã giải quyết {found['done']} nhưng chỉ tiếp nhận {found['taken']}: đối chiếu sổ theo dõi và sửa.",
                )


_TAKEN_AND_DONE = re.compile(
    rf"tiep nhan\s+(?:\S+\s+){{0,3}}?(?P<taken>{NUMBER})\s+ho so\b(?:(?!\.\s)[^\n]){{0,160}}?(?:da\s+)?giai quyet\s+(?:xong\s+)?(?P<done>{NUMBER})\s+ho so\b"
)


RULES = (
    sum_in_sentence,
    done_and_left,
    parts_over_whole,
    impossible_sum,
)
