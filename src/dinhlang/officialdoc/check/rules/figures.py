"""Figures that do not agree with each other, in sentences and in tables; shares of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.model import Kind, Table
from dinhlang.officialdoc.read.words import fold

_N = r"(?<!\d)(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,9})(?!\d)"
_P = r"\d{1,3}(?:,\d{1,3})?"
_UNIT = r"(?:ho so|luot|truong hop|nguoi|phieu|tin|bai|thu tuc|tthc|y kien|phan anh|kien nghi|can bo|cong dan|luot nguoi)"
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
_WHOLE_AND_PARTS = re.compile(
    rf"(?P<whole>{_N})\s+(?P<unit>{_UNIT})\b[^.;:()]{{0,60}}?[,;:(]?\s*(?:trong do|gom|bao gom)\s*(?:co\s*)?:?\s*(?P<parts>[^.]{{5,260}}?(?:\.(?=\d{{3}})[^.]{{0,200}}?)*)(?=\.\s|\.$|\)|$)"
)
_SOLVED = re.compile(
    rf"giai quyet\s+(?P<whole>{_N})(?:\s*/\s*{_N})?\s+(?P<unit>ho so)\b\s*[,:(]\s*(?P<parts>[^.;()]{{5,200}}?qua han[^.;()\d]{{0,12}}{_N}[^.;()]{{0,20}}?)(?=[.;)]|$)"
)
_SUM = re.compile(rf"(?P<whole>{_N})\s*(?:{_UNIT}\s*)?(?:=|\()\s*(?P<parts>(?:{_N})(?:\s*\+\s*(?:{_N}))+)")


def _number(text: str) -> int:
    return int(text.replace(".", ""))


def _printed(value: int) -> str:
    return f"{value:,}".replace(",", ".")


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
            parts = [_number(part) for part in re.findall(_N, found["parts"])]
            yield from _mismatch(piece, found, parts)
        for found in (*_WHOLE_AND_PARTS.finditer(piece.folded), *_SOLVED.finditer(piece.folded)):
            parts = _complement(found["parts"], found["unit"])
            if parts:
                yield from _mismatch(piece, found, parts)


def _mismatch(piece: Piece, found: re.Match[str], parts: Sequence[int]) -> Iterator[Hit]:
    whole, total = _number(found["whole"]), sum(parts)
    if whole != total:
        told = " + ".join(_printed(part) for part in parts)
        yield Hit(
            piece,
            found.start("whole"),
            found.end("parts"),
            f"Tổng không khớp: {told} = {_printed(total)}, khác {_printed(whole)}. Đối chiếu sổ theo dõi và sửa số sai.",
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
            counts = re.findall(rf"(?<![\d,.])({_N})(?![\d,.]*\d|\s*%)", clause)
            if sum(name in clause for name in names) != 1 or len(counts) != 1:
                break
            numbers.append(_number(counts[0]))
        else:
            if len(numbers) == len(names) and all(
                any(name in clause for clause in clauses) for name in names
            ):
                return numbers
    return []


_DONE = r"(?:da\s+)?(?:hoan thanh|giai quyet|xu ly|tra loi|tra ket qua|thuc hien|khac phuc)(?:\s+xong)?"
_LEFT = r"(?:con(?:\s+lai)?|dang\s+(?:giai quyet|xu ly|thuc hien)|chua\s+(?:giai quyet|hoan thanh|xu ly|thuc hien))"
_DONE_AND_LEFT = re.compile(
    rf"(?P<whole>{_N})\s+(?P<unit>ho so|nhiem vu|don|y kien|phan anh, kien nghi|kien nghi|vu viec|cong trinh|chi tieu|viec)\b(?P<of>[^.:()]*?)[,;]\s*"
    rf"(?P<between>[^.;:()]{{0,60}}?){_DONE}\s+(?P<done>{_N})\s+(?P=unit)\b(?P<how>[^.;:()]{{0,40}}?)[,;]\s*(?:va\s+)?{_LEFT}\s+(?P<left>{_N})\s+(?P=unit)\b"
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
            if re.search(rf"{_N}\s+{found['unit']}", found["of"] + found["between"]):
                continue
            whole, done, left = (_number(found[name]) for name in ("whole", "done", "left"))
            if whole != done + left:
                yield Hit(
                    piece,
                    found.start("whole"),
                    found.end(),
                    f"Số không khớp: {found['done']} + {found['left']} = {_printed(done + left)}, khác {found['whole']}. Đối chiếu sổ theo dõi và sửa số sai.",
                )


_D = r"(?<![\d,.])(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,6})(?:,\d{1,3})?(?![\d%])"
_PARTS_IN = {"ty dong": "trieu dong"}
_QUANTITY = r"(?:ha|tan|con|km|m2|trieu dong|ty dong|dong)"
_KINDS_OF = re.compile(
    rf"(?P<whole>{_D})\s+(?P<unit>{_QUANTITY})\b(?P<rest>[^:;()]{{0,60}}?)[,;:.]\s*trong do\s*(?:co\s*)?:?\s*(?P<parts>(?:[^.;:()\d]{{2,40}}{_D}\s+(?:(?P=unit)|trieu dong)\b[,;]?\s*(?:va\s+)?){{2,8}})"
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
            parts = [_decimal(number) for number in re.findall(rf"({_D})\s+{unit}\b", found["parts"])]
            total, whole = sum(parts), _decimal(found["whole"]) * (1000 if unit != found["unit"] else 1)
            if total > whole:
                told = f"{float(total):g}".replace(".", ",")
                yield Hit(
                    piece,
                    found.start("parts"),
                    found.start("parts") + len(found["parts"].rstrip(" ,;")),
                    f"Các phần cộng lại là {told}, lớn hơn tổng {found['whole']}: đối chiếu số liệu và sửa.",
                )


def _decimal(text: str) -> Fraction:
    return Fraction(text.replace(".", "").replace(",", "."))


_EQUATION = re.compile(
    rf"(?P<whole>{_D})\s*(?P<unit>{_QUANTITY}|{_UNIT})?[^=.;+\d]{{0,30}}=\s*(?P<parts>{_D}[^=.;+\d]{{0,60}}(?:\+\s*{_D}[^=.;+\d]{{0,60}})+)"
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
                numbers = [_decimal(one) for one in re.findall(_D, found["parts"])]
                total = sum(numbers)
                if total != _decimal(found["whole"]):
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
            if _number(found["done"]) > _number(found["taken"]):
                yield Hit(
                    piece,
                    found.start("done"),
                    found.end("done"),
                    f"Đã giải quyết {found['done']} nhưng chỉ tiếp nhận {found['taken']}: đối chiếu sổ theo dõi và sửa.",
                )


_TAKEN_AND_DONE = re.compile(
    rf"tiep nhan\s+(?:\S+\s+){{0,3}}?(?P<taken>{_N})\s+ho so\b(?:(?!\.\s)[^\n]){{0,160}}?(?:da\s+)?giai quyet\s+(?:xong\s+)?(?P<done>{_N})\s+ho so\b"
)


_TOTAL_ROW = re.compile(r"^\W*(?:tổng(?:\s+(?:cộng|số))?|cộng)\W*$")
_WHOLE_CELL = re.compile(rf"^\s*({_N})\s*$")
_EMPTY_CELL = re.compile(r"^[\s–—\-.…/]*$")
_NO_COUNT = re.compile(r"stt|\btt\b|ty le|%|so sanh|tang|giam|cung ky|ngay|nam\b|ghi chu|so ky hieu")
_SUB_ROW = re.compile(r"^\s*(?:\d+\.\d+|[-+*•]|[a-zđ]\)|trong do)")


@rule(
    "DL221",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Dòng tổng của bảng khác tổng các dòng",
    bad=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "49")),
                ),
            ),
        )
    ],
    good=[
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("2", "Đài", "12"), ("", "Tổng cộng", "48")),
                ),
            ),
        ),
        said(
            "Số liệu:",
            blocks=(
                Table(
                    ("STT", "Kênh", "Số tin"),
                    (("1", "Cổng", "36"), ("1.1", "Trong đó tin", "12"), ("", "Tổng cộng", "36")),
                ),
            ),
        ),
    ],
)
def sum_in_table(case: Case) -> Iterator[Hit]:
    """A last row called 'Tổng', under rows that are all counts. Rows of rows are left alone."""
    for path, table in _tables(case):
        if not table.rows or len(table.rows) < 3 or any(_is_sub(row) for row in table.rows[:-1]):
            continue
        last = len(table.rows) - 1
        total = table.rows[last]
        if not any(_TOTAL_ROW.match(cell.lower()) for cell in total[:2]):
            continue
        for column in range(1, len(total)):
            header = fold(table.header[column]) if column < len(table.header) else ""
            counted = _WHOLE_CELL.match(total[column])
            values = _values([row[column] if column < len(row) else "" for row in table.rows[:-1]])
            if (
                counted is None
                or not values
                or _NO_COUNT.search(header)
                or _number(counted[1]) == sum(values)
            ):
                continue
            piece = next(
                (one for one in case.of(Part.CELL) if one.path == (*path, "rows", last, column)), None
            )
            if piece is not None:
                yield Hit(
                    piece,
                    *counted.span(1),
                    f"Tổng của cột là {_printed(sum(values))}, ở đây ghi {counted[1]}: đối chiếu và sửa.",
                )


def _is_sub(row: Sequence[str]) -> bool:
    return any(_SUB_ROW.match(fold(cell)) for cell in row[:2]) or any(
        _TOTAL_ROW.match(cell.lower()) for cell in row[:2]
    )


def _values(cells: Sequence[str]) -> list[int]:
    """The counts of a column; none unless every cell is a count or empty, and at least two are counts."""
    values = []
    for cell in cells:
        found = _WHOLE_CELL.match(cell)
        if found:
            values.append(_number(found[1]))
        elif not _EMPTY_CELL.match(cell):
            return []
    return values if len(values) > 1 else []


def _tables(case: Case) -> Iterator[tuple[tuple[str | int, ...], Table]]:
    document = case.document
    for index, block in enumerate(document.body):
        if isinstance(block, Table):
            yield ("body", index), block
    for number, appendix in enumerate(document.appendices):
        for index, block in enumerate(appendix.blocks):
            if isinstance(block, Table):
                yield ("appendices", number, "blocks", index), block


_RATIO = re.compile(
    rf"(?<![\d/.,])(?P<part>{_N})\s*/\s*(?P<whole>{_N})(?![\d/.])\s+(?!quy\b|thang\b|nam\b|kh-)(?P<between>[^.;:/%]{{1,60}}?)(?P<all>(?P<percent>{_P})\s*%)"
)
_SHARE_OF = re.compile(
    rf"(?P<whole>{_N})\s+(?P<unit>{_UNIT})\b(?:[^.;()%\d]|\d(?=\s*%))*?[,;:(]\s*(?:trong do|gom|bao gom)\s*(?:co\s*)?:?\s*(?:[^.;,()%\d]{{0,40}})"
    rf"(?P<part>{_N})\s+(?P=unit)\b[^.;()%\d]{{0,40}}\(?\s*(?:chiem|dat|ty le)?\s*(?:ty le\s*)?(?P<all>(?P<percent>{_P})\s*%)"
)


_SHARE_IN_BRACKETS = re.compile(
    rf"(?P<whole>{_N})\s+(?P<unit>{_UNIT})\b\s*[,;(]\s*(?P<between>[^.;()%\d]{{0,40}}?)(?P<part>{_N})\s+(?P=unit)\b\s*"
    rf"(?:\(\s*(?:dat|chiem|ty le)?\s*|,\s*(?:dat|chiem)\s*(?:ty le\s*)?)(?P<all>(?P<percent>{_P})\s*%)"
)


@rule(
    "DL222",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ phần trăm không khớp với hai số của nó",
    bad=[
        said("Có 5.945/25.980 bài dự thi, đạt 23,53%."),
        said("Tiếp nhận 2.265 hồ sơ, trong đó trực tuyến 214 hồ sơ (đạt 9,48%)."),
        said("Khảo sát 250 phiếu, thu về 248 phiếu (98,2%)."),
    ],
    good=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó trực tuyến 2.255 hồ sơ (61%)."),
        said("Có 2.255/3.718 hồ sơ trực tuyến, đạt 60,6%."),
        said("Có 4/5 tổ dân phố đạt trên 90%."),
        said("Thực hiện Kế hoạch số 12/2023 giảm 10%."),
    ],
)
def share_against_its_numbers(case: Case) -> Iterator[Hit]:
    """a/b … p%: rounded or cut off at the digits printed, both are taken."""
    for piece in case.of(*PROSE):
        if "%" not in piece.text:
            continue
        for pattern in (_RATIO, _SHARE_OF, _SHARE_IN_BRACKETS):
            for found in pattern.finditer(piece.folded):
                between = found.groupdict().get("between") or ""
                if re.search(r"\b(?:tren|hon|gan|tang|giam|khoang|it nhat)\b|\d", between):
                    continue
                part, whole = _number(found["part"]), _number(found["whole"])
                if whole == 0 or part > whole or _agrees(part, whole, found["percent"]):
                    continue
                right = _percent(part, whole, found["percent"])
                yield Hit(
                    piece,
                    *found.span("all"),
                    f"{found['part']}/{found['whole']} là {right}%, ở đây ghi {found['percent']}%: đối chiếu số liệu và sửa.",
                )


_SHARE_OF_NAMED = re.compile(
    r"ty le\s+(?:nop\s+)?ho so\s+(?:nop\s+|tiep nhan\s+)?(?P<name>truc tuyen|truc tiep)\s+(?:dat|la|chiem)\s+(?:ty le\s+)?"
    rf"(?P<all>(?P<percent>{_P})\s*%)"
)
_FAR = 160


@rule(
    "DL228",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ ở câu sau không khớp số liệu ở câu trước",
    bad=[
        said(
            "Tiếp nhận 5.240 hồ sơ, trong đó: trực tuyến 4.087 hồ sơ, trực tiếp 1.153 hồ sơ. Tỷ lệ hồ sơ trực tuyến đạt 87%."
        )
    ],
    good=[
        said(
            "Tiếp nhận 5.240 hồ sơ, trong đó: trực tuyến 4.087 hồ sơ, trực tiếp 1.153 hồ sơ. Tỷ lệ hồ sơ trực tuyến đạt 78%."
        )
    ],
)
def share_told_later(case: Case) -> Iterator[Hit]:
    """Whole and parts, then 'tỷ lệ hồ sơ trực tuyến đạt …' of the same dossiers."""
    for piece in case.of(*PROSE):
        if "%" not in piece.text:
            continue
        for found in _WHOLE_AND_PARTS.finditer(piece.folded):
            share = _SHARE_OF_NAMED.search(piece.folded, found.end(), found.end() + _FAR)
            part = share and re.search(rf"{share['name']}\D{{0,20}}({_N})", found["parts"])
            if not share or not part or re.search(r"\bqua\b|toan trinh", found["parts"]):
                continue
            counted, whole = _number(part[1]), _number(found["whole"])
            if 0 < whole >= counted and not _agrees(counted, whole, share["percent"]):
                right = _percent(counted, whole, share["percent"])
                yield Hit(
                    piece,
                    *share.span("all"),
                    f"{part[1]}/{found['whole']} là {right}%, ở đây ghi {share['percent']}%: đối chiếu số liệu và sửa.",
                )


def _digits(percent: str) -> int:
    return len(percent.split(",")[1]) if "," in percent else 0


def _agrees(part: int, whole: int, percent: str) -> bool:
    unit = Fraction(1, 10 ** _digits(percent))
    told = Fraction(percent.replace(",", "."))
    return abs(Fraction(100 * part, whole) - told) < unit


def _percent(part: int, whole: int, percent: str) -> str:
    digits = max(_digits(percent), 1)
    return f"{float(Fraction(100 * part, whole)):.{digits}f}".replace(".", ",")


_REST = re.compile(
    rf"(?P<part>{_N})\s+(?P<unit>[^\W\d]+)\b[^.;()\d]{{0,60}}[(,]\s*(?:chiem|dat)\s+(?:ty le\s+)?(?P<all>(?P<percent>{_P})\s*%)\s*\)?\s*,\s*con(?: lai)?\s+(?P<rest>{_N})\s+(?P=unit)\b"
)
_GROWTH = re.compile(
    rf"(?P<now>{_N})\s+{_UNIT}\b[^.;()\d]{{0,30}}[(,]\s*(?P<way>tang|giam)\s+(?P<more>{_N})\s+{_UNIT}\b[^.;()\d]{{0,25}}?(?:tuong duong|bang|dat|ung voi)\s+(?P<all>(?P<percent>{_P})\s*%)\s*so voi"
)
_PART_OF = re.compile(rf"(?<![\d/.,])(?P<part>{_N})\s*/\s*(?P<whole>{_N})\s+{_UNIT}\b")


@rule(
    "DL232",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ không khớp với phần còn lại, với mức tăng giảm; phần lớn hơn tổng",
    bad=[
        said("Có 69 đài ứng dụng công nghệ thông tin (chiếm 63,6%), còn lại 55 đài hữu tuyến."),
        said("Đăng 9.655 tin, bài (tăng 1.204 tin, bài, tương đương 14,52% so với năm 2022)."),
        said("Đã giải quyết 2.091/2.046 hồ sơ."),
    ],
    good=[
        said("Có 96 đài ứng dụng công nghệ thông tin (chiếm 63,6%), còn lại 55 đài hữu tuyến."),
        said("Đăng 9.655 tin, bài (tăng 1.204 tin, bài, tương đương 14,25% so với năm 2022)."),
        said("Đã giải quyết 2.019/2.046 hồ sơ; vượt kế hoạch 120/100 tin."),
    ],
)
def share_against_rest(case: Case) -> Iterator[Hit]:
    """'96 đài (63,6%), còn lại 55 đài'; 'tăng 1.204, tương đương 14,25%'; '2.091/2.046 hồ sơ'."""
    for piece in case.of(*PROSE):
        if "/" not in piece.text and "%" not in piece.text:
            continue
        for found in _REST.finditer(piece.folded) if "con " in piece.folded else ():
            part, rest = _number(found["part"]), _number(found["rest"])
            yield from _unlike(piece, found, part, part + rest)
        for found in _GROWTH.finditer(piece.folded) if "so voi" in piece.folded else ():
            now, more = _number(found["now"]), _number(found["more"])
            before = now - more if found["way"] == "tang" else now + more
            yield from _unlike(piece, found, more, before)
        for found in _PART_OF.finditer(piece.folded):
            around = piece.folded[max(0, found.start() - 40) : found.end() + 20]
            if _number(found["part"]) > _number(found["whole"]) > 0 and not _OF_PLAN.search(around):
                message = f"{found['part']} lớn hơn {found['whole']}: phần không thể lớn hơn tổng, đối chiếu và sửa."
                yield Hit(piece, found.start("part"), found.end("whole"), message)


def _unlike(piece: Piece, found: re.Match[str], part: int, whole: int) -> Iterator[Hit]:
    if whole > 0 and part <= whole and not _agrees(part, whole, found["percent"]):
        right = _percent(part, whole, found["percent"])
        message = f"{_printed(part)}/{_printed(whole)} là {right}%, ở đây ghi {found['percent']}%: đối chiếu số liệu và sửa."
        yield Hit(piece, *found.span("all"), message)


_OVER = re.compile(r"(?P<all>(?P<percent>\d{3}(?:,\d+)?)\s*%)")
_SHARE_NAMES = re.compile(
    r"ty le (?:ho so|hai long|giai quyet|nop|tiep nhan|thanh toan|so hoa|nguoi dan|cong dan|can bo|dung han|truc tuyen)|muc do hai long|dung han|so hoa"
)
_OF_PLAN = re.compile(r"ke hoach|chi tieu|so voi|vuot|tang|cung ky|giao|du toan")


@rule(
    "DL223",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ của một phần lớn hơn 100%",
    bad=[said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 102%.")],
    good=[
        said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%."),
        said("Số tin, bài đạt 120% kế hoạch."),
        said("Tỷ lệ hồ sơ trực tuyến đạt 105% chỉ tiêu giao."),
    ],
)
def share_over_whole(case: Case) -> Iterator[Hit]:
    """A part is never more than its whole; a plan can be surpassed."""
    for piece in case.of(*PROSE):
        for found in _OVER.finditer(piece.folded):
            if float(found["percent"].replace(",", ".")) <= 100:
                continue
            clause = _clause_before(piece, found.start())
            after = piece.folded[found.end() : found.end() + 40]
            if _SHARE_NAMES.search(clause) and not _OF_PLAN.search(clause + after):
                yield Hit(
                    piece,
                    *found.span("all"),
                    "Tỷ lệ của một phần không thể quá 100%: đối chiếu số liệu và sửa.",
                )


_CLAUSE = 300


def _clause_before(piece: Piece, at: int) -> str:
    return re.split(r"[.;](?!\d)", piece.folded[max(0, at - _CLAUSE) : at])[-1]


_ALL = re.compile(r"\bdat\s+(?:ty le\s+)?(?P<all>100\s*%)")
_HAS_BASE = re.compile(r"\b\d[\d.,]*\b(?! thang)|ty le|so luong|tong so|chi tieu|ke hoach (?:de ra|nam|da)")
_BASE_AFTER = re.compile(
    r"^\s*(?:ke hoach|chi tieu|so\b|cac\b|ho so|can bo|thon|to dan pho|yeu cau|\(|ve\b|tong)"
)


@rule(
    "DL224",
    FindingKind.MISSING_DENOMINATOR,
    Severity.WARNING,
    "“Đạt 100%” mà không nói 100% của cái gì",
    bad=[said("Công tác tuyên truyền cải cách hành chính đạt 100%.")],
    good=[
        said("Giải quyết đúng hạn 120/120 hồ sơ, đạt 100%."),
        said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%."),
        said("Hoàn thành đạt 100% kế hoạch đề ra."),
        said("Công tác tuyên truyền đạt 100%.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023"),
    ],
    on_damaged=True,
)
def all_of_nothing(case: Case) -> Iterator[Hit]:
    """A share needs what it is a share of: the number of cases, or the target it meets."""
    if case.document.kind is not Kind.REPORT:
        return
    for piece in case.of(*PROSE):
        for found in _ALL.finditer(piece.folded):
            clause = _clause_before(piece, found.start())
            if _HAS_BASE.search(clause) or _BASE_AFTER.match(piece.folded[found.end() :]):
                continue
            yield Hit(
                piece,
                *found.span(),
                "100% của cái gì? Ghi số đã làm trên tổng số, hoặc chỉ tiêu của kế hoạch nào.",
            )


_SOME = re.compile(
    r"\btrong do co\s+(?P<all>(?:cac|nhieu|mot so)\s+(?:tin|bai|luot|ho so|cuoc|buoi)\b(?:\s*,?\s*bai)?)"
)


@rule(
    "DL225",
    FindingKind.OTHER,
    Severity.WARNING,
    "“Trong đó có các …” mà không nói bao nhiêu",
    bad=[said("Đã đăng 108 bài. Trong đó có các tin bài về cải cách hành chính.")],
    good=[
        said("Đã đăng 108 bài, trong đó có 36 tin, bài về cải cách hành chính."),
        said("Đã họp nhiều cuộc, trong đó có các đoàn thể."),
    ],
)
def some_of_many(case: Case) -> Iterator[Hit]:
    """The part that the report is about must have its number."""
    if case.document.kind is not Kind.REPORT:
        return
    for piece in case.of(*PROSE):
        for found in _SOME.finditer(piece.folded):
            yield Hit(piece, *found.span("all"), "Nêu số lượng: “trong đó có … (bao nhiêu) …”.")


RULES = (
    sum_in_sentence,
    done_and_left,
    parts_over_whole,
    impossible_sum,
    sum_in_table,
    share_against_its_numbers,
    share_told_later,
    share_against_rest,
    share_over_whole,
    all_of_nothing,
    some_of_many,
)
