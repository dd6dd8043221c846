"""What a document claims of itself in one place against what it says in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from dinhlang.officialdoc.check.case import PLANNING, Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import of_kind
from dinhlang.officialdoc.check.noted import signs, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import of_case
from dinhlang.officialdoc.check.rules.figures.reading import PERCENT, decimal, told
from dinhlang.officialdoc.check.wording import DAY, NUMBER
from dinhlang.officialdoc.model import Issuer, Kind, PartialDate
from dinhlang.officialdoc.read.words import fold

_TWO_LEVELS = date(2025, 7, 1)
_NEW = {"date": PartialDate(16, 12, 2025), "subject": "Kết quả kiểm soát thủ tục hành chính năm 2025"}
_RANKED = re.compile(
    r"\bxep\s+(?:thu|hang)\s+(?:thu\s+)?(?P<now>\d{1,3})(?:\s*/\s*\d{1,3})?\b[^.;()\d]{0,40}[,(]\s*(?P<way>tang|giam|tut|len)\s+(?P<steps>\d{1,2})\s+(?:bac|hang)\b[^.;(]{0,40}\(\s*(?:nam\s+20\d\d\s+)?(?:xep\s+)?(?:thu|hang)\s+(?:thu\s+)?(?P<then>\d{1,3})\b"
)


_IN_RANK = words("xếp") & words("bậc", "hạng")


@rule(
    "DL901",
    FindingKind.OTHER,
    Severity.ERROR,
    "Thứ hạng, số bậc tăng giảm và thứ hạng năm trước không khớp",
    needs=_IN_RANK,
    bad=[said("Huyện xếp thứ 7/11 huyện, giảm 02 bậc so với năm 2022 (xếp thứ 6).")],
    good=[
        said("Huyện xếp thứ 7/11 huyện, giảm 02 bậc so với năm 2022 (xếp thứ 5)."),
        said("Xã xếp thứ 3/12 xã, tăng 04 bậc so với năm 2022 (xếp thứ 7)."),
    ],
)
def ranks(case: Case) -> Iterator[Hit]:
    """Down two steps from the fifth place is the seventh."""
    for piece in case.of(*PROSE, saying=_IN_RANK):
        if "xếp" not in piece.text or ("bậc" not in piece.text and "hạng" not in piece.text):
            continue
        for found in _RANKED.finditer(piece.folded):
            now, steps, then = int(found["now"]), int(found["steps"]), int(found["then"])
            right = now - steps if found["way"] in ("giam", "tut") else now + steps
            if then != right:
                message = f"Nay thứ {now}, {piece.text[found.start('way') : found.end('way')]} {steps} bậc thì trước là thứ {right}, ở đây ghi thứ {then}: đối chiếu và sửa."
                yield Hit(piece, found.start("now"), found.end("then"), message)


_COUNT = re.compile(
    r"(?P<before>[a-z]+\s+[a-z]+)\s+(?P<count>\d{1,4})\s+(?P<what>[a-z]+\s+[a-z]+\s+[a-z]+\s+[a-z]+)\b"
)
_NO_COUNT = re.compile(r"\b(?:so|dieu|khoan|muc|phu luc|ngay|thang|nam|quy)$")
_A_TIME = re.compile(r"(?:ngay|gio|phut|thang|nam|tuan|phu luc)\b")
_TIME_WORD = re.compile(
    r"\b(?:quy|thang|dot|lan|nam|tuan|giai doan)\s+(?:i{1,3}|iv|\d)|\b(?:moi|hang|binh quan|cung ky|them|tang|giam|con)\b"
)


@rule(
    "DL902",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số lượng của cùng một việc nêu ở hai chỗ khác nhau",
    needs=of_kind(*PLANNING),
    bad=[
        said(
            "II. NHIỆM VỤ\n4. Lắp đặt 06 điểm truy cập Internet công cộng.\nIII. TỔ CHỨC THỰC HIỆN\n2. Văn phòng: lắp đặt 08 điểm truy cập Internet.",
            kind=Kind.PLAN,
        )
    ],
    good=[
        said(
            "II. NHIỆM VỤ\n4. Lắp đặt 06 điểm truy cập Internet công cộng.\nIII. TỔ CHỨC THỰC HIỆN\n2. Văn phòng: lắp đặt 06 điểm truy cập Internet.",
            kind=Kind.PLAN,
        ),
        said(
            "- Thôn Đông: lắp đặt 06 điểm truy cập Internet.\n- Thôn Tây: lắp đặt 08 điểm truy cập Internet.\n- Thôn Nam: lắp đặt 05 điểm truy cập Internet.",
            kind=Kind.PLAN,
        ),
    ],
)
def one_work_two_numbers(case: Case) -> Iterator[Hit]:
    """The same two words before a number and four behind it, twice in a plan, in unlike places, with two numbers."""
    if case.document.kind not in PLANNING:
        return
    seen: dict[tuple[str, str], list[tuple[Piece, re.Match[str]]]] = defaultdict(list)
    for piece in of_case(case):
        for found in _COUNT.finditer(piece.folded):
            if not _NO_COUNT.search(found["before"]) and not _A_TIME.match(found["what"]):
                seen[found["before"], found["what"]].append((piece, found))
    for told_twice in seen.values():
        if len(told_twice) != 2:
            continue
        (first, one), (second, other) = told_twice
        if first is second or int(one["count"]) == int(other["count"]) or first.path[:-1] != second.path[:-1]:
            continue
        if (
            _TIME_WORD.search(first.folded)
            or _TIME_WORD.search(second.folded)
            or _side_by_side(case, first, second)
        ):
            continue
        message = f"Chỗ khác ghi {one['count']}, ở đây ghi {other['count']}: đối chiếu và thống nhất."
        yield Hit(second, other.start("count"), other.end("what"), message)


def _side_by_side(case: Case, first: Piece, second: Piece) -> bool:
    """Whether two pieces stand under one heading, as items of a list that tells of several things."""
    places = {piece: at for at, piece in enumerate(case.main)}
    start, end = places.get(first), places.get(second)
    if start is None or end is None:
        return True
    return not any(piece.part is Part.HEADING for piece in case.main[start + 1 : end + 1])


_RAISE = re.compile(
    rf"\b(?:nang|dua|phan dau(?: nang)?)\s+(?:t[iy] le\s+)?(?P<of>[a-z ,]{{4,60}}?)\s+(?:len|dat)\s+(?:tren\s+|it nhat\s+|toi thieu\s+)?(?P<all>(?P<aim>{PERCENT})\s*%)"
)
_SHARES = ("truc tuyen", "so hoa", "thanh toan truc tuyen", "hai long", "dung han", "tham gia bao hiem")
_REACHED = {
    name: re.compile(rf"{name}(?:[^.;%]|\.(?=\d)){{0,60}}?\bdat\s+(?:t[iy] le\s+)?({PERCENT})\s*%")
    for name in _SHARES
}


@rule(
    "DL903",
    FindingKind.OTHER,
    Severity.WARNING,
    "Mục tiêu “nâng lên” thấp hơn kết quả đã đạt",
    needs=of_kind(Kind.REPORT),
    bad=[said("I. KẾT QUẢ\nHồ sơ trực tuyến 5.840 hồ sơ, đạt 80%.\nII. PHƯƠNG HƯỚNG NĂM 2024\n1. Nâng tỷ lệ hồ sơ trực tuyến lên 75%.")],
    good=[said("I. KẾT QUẢ\nHồ sơ trực tuyến 5.840 hồ sơ, đạt 80%.\nII. PHƯƠNG HƯỚNG NĂM 2024\n1. Nâng tỷ lệ hồ sơ trực tuyến lên 85%.")],
)  # fmt: skip
def aim_below_result(case: Case) -> Iterator[Hit]:
    """Who raises a share aims higher than what the report says was reached."""
    if case.document.kind is not Kind.REPORT or len(case.results) == len(case.main):
        return
    for piece in case.main[len(case.results) :]:
        for found in _RAISE.finditer(piece.folded) if "%" in piece.text else ():
            name = next((name for name in _SHARES if name in found["of"]), None)
            if name is None:
                continue
            reached = {
                decimal(one[1])
                for other in case.results
                if name in other.folded
                for one in _REACHED[name].finditer(other.folded)
            }
            if len(reached) == 1 and decimal(found["aim"]) < min(reached):
                message = f"Kết quả đã đạt {told(min(reached))}%, nâng lên {found['aim']}% là thấp hơn: đối chiếu và sửa."
                yield Hit(piece, *found.span("all"), message)


_ALL_IN_TIME = re.compile(
    r"\b(?:dung han(?: va truoc han)?|truoc han va dung han|truoc va dung han|giai quyet dung han)\s+(?:dat\s+)?(?:t[iy] le\s+)?100\s*%|\b100\s*%\s+(?:so\s+)?ho so (?:duoc |da )?(?:giai quyet )?(?:truoc va |truoc han va )?dung han"
    r"|\bkhong (?:co|phat sinh|de xay ra)(?: truong hop)? ho so (?:bi |giai quyet )?(?:qua|tre|cham) han"
)
_LATE = re.compile(
    r"\b(?:qua|tre|cham) han\s*:?\s*(?:la\s+)?(?P<late>\d[\d.]*)(?:\s+ho so\b|\s*[);,.](?!\d))|\b(?P<late2>\d[\d.]*)\s+ho so\s+(?:giai quyet\s+)?(?:bi\s+)?(?:qua|tre|cham) han"
)
_NOT_OWN = re.compile(
    r"cung ky|nam truoc|ky truoc|quy truoc|dang giai quyet|chi tieu|phan dau|muc tieu|linh vuc"
)


@rule(
    "DL904",
    FindingKind.OTHER,
    Severity.ERROR,
    "Viết 100% đúng hạn, không có hồ sơ quá hạn trong khi có hồ sơ quá hạn",
    needs=of_kind(Kind.REPORT),
    bad=[
        said(
            "I. KẾT QUẢ\nĐã giải quyết 7.250 hồ sơ, quá hạn 07 hồ sơ.\nCông tác giải quyết hồ sơ nền nếp, đúng hạn 100%."
        ),
        said(
            "I. KẾT QUẢ\nĐã giải quyết 1.230 hồ sơ (trước hạn 1.100, đúng hạn 120, quá hạn 10), đang giải quyết 15 hồ sơ. Tỷ lệ giải quyết đúng hạn đạt 100%."
        ),
    ],
    good=[
        said(
            "I. KẾT QUẢ\nĐã giải quyết 7.250 hồ sơ, quá hạn 07 hồ sơ.\nKhông có hồ sơ đang giải quyết bị quá hạn."
        ),
        said("I. KẾT QUẢ\nĐã giải quyết 7.250 hồ sơ, quá hạn 0 hồ sơ.\nHồ sơ giải quyết đúng hạn 100%."),
        said(
            "I. KẾT QUẢ\nĐã giải quyết 7.250 hồ sơ, quá hạn 07 hồ sơ.\nLĩnh vực hộ tịch giải quyết đúng hạn 100%."
        ),
    ],
)
def nothing_late(case: Case) -> Iterator[Hit]:
    """Of the results only: an aim may be as high as one likes."""
    if case.document.kind is not Kind.REPORT:
        return
    late = [
        int((found["late"] or found["late2"]).replace(".", "").rstrip("."))
        for piece in case.results
        if "hạn" in piece.text
        for found in _LATE.finditer(piece.folded)
        if not _NOT_OWN.search(_clause_of(piece, found))
    ]
    if not any(late):
        return
    for piece in case.results:
        if "hạn" not in piece.text or ("100" not in piece.text and "hông" not in piece.text):
            continue
        for found in _ALL_IN_TIME.finditer(piece.folded):
            if not _NOT_OWN.search(_clause_of(piece, found)):
                message = f"Chỗ khác nêu {max(late)} hồ sơ quá hạn: sửa lại cho khớp."
                yield Hit(piece, *found.span(), message)


def _clause_of(piece: Piece, found: re.Match[str]) -> str:
    return re.split(r"[.;](?!\d)", piece.folded[: found.start()])[-1] + found[0]


_COMMUNES = r"(?:xa\s*,\s*(?:phuong\s*,\s*)?thi tran|xa\s*,\s*phuong(?:\s*,\s*thi tran)?|xa|phuong)"
_ALL_COMMUNES = re.compile(rf"(?<![\d/.,])\d{{1,3}}\s*/\s*(?P<whole>\d{{1,3}})\s+{_COMMUNES}\b")
_SOME_COMMUNES = re.compile(
    rf"\b(?:cua|tai|o|cho|den|toi|ca|toan bo)\s+(?:ca\s+)?(?P<count>\d{{1,3}})\s+{_COMMUNES}\b(?!\s+(?:cu|thuoc)\b)"
)


@rule(
    "DL905",
    FindingKind.OTHER,
    Severity.ERROR,
    "Số xã, phường, thị trấn nêu nhiều hơn số đơn vị của huyện, tỉnh",
    bad=[said("Có 12/12 xã, thị trấn đạt loại khá.\nKiểm tra Bộ phận một cửa của 13 xã, thị trấn.", issuer=Issuer("ỦY BAN NHÂN DÂN HUYỆN ĐÈO MẪU", "huyện", "Đèo Mẫu"))],
    good=[said("Có 12/12 xã, thị trấn đạt loại khá.\nKiểm tra Bộ phận một cửa của 5 xã, thị trấn.", issuer=Issuer("ỦY BAN NHÂN DÂN HUYỆN ĐÈO MẪU", "huyện", "Đèo Mẫu"))],
)  # fmt: skip
def more_communes_than_there_are(case: Case) -> Iterator[Hit]:
    """'12/12 xã, thị trấn' says how many there are; all denominators must be one number."""
    if case.level is not None:
        return
    wholes = [
        (piece, found)
        for piece in case.of(*PROSE, Part.HEADING)
        if "/" in piece.text
        for found in _ALL_COMMUNES.finditer(piece.folded)
    ]
    numbers = {int(found["whole"]) for _, found in wholes}
    if len(numbers) != 1:
        return
    whole = numbers.pop()
    for piece in case.of(*PROSE, Part.HEADING):
        for found in (
            _SOME_COMMUNES.finditer(piece.folded) if "xã" in piece.text or "phường" in piece.text else ()
        ):
            if int(found["count"]) > whole:
                message = (
                    f"Chỗ khác ghi cả thảy {whole} đơn vị, ở đây ghi {found['count']}: đối chiếu và sửa."
                )
                yield Hit(piece, *found.span(), message)


_QUOTED = re.compile(r"“(?P<name>[^”“\n]{6,60})”")


@rule(
    "DL906",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Một tên trong ngoặc kép viết hai cách",
    needs=signs("“"),
    bad=[
        said("Sáng kiến “Sổ tay công dân số” được áp dụng.\nSáng kiến “Số tay công dân số” đã cấp 900 cuốn.")
    ],
    good=[
        said("Sáng kiến “Sổ tay công dân số” được áp dụng.\nSáng kiến “Sổ tay công dân số” đã cấp 900 cuốn.")
    ],
)
def quoted_two_ways(case: Case) -> Iterator[Hit]:
    """The same letters with other marks: one of the two is a slip."""
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    found: list[tuple[Piece, re.Match[str], str]] = []
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, Part.SUBJECT):
        for match in _QUOTED.finditer(piece.text) if "“" in piece.text else ():
            name = " ".join(match["name"].split()).lower().rstrip(".,;")
            key = fold(name)
            seen[key][name] = seen[key].get(name, 0) + 1
            found.append((piece, match, name))
    for piece, match, name in found:
        ways = seen[fold(name)]
        if len(ways) == 2:
            usual = max(ways, key=lambda way: (ways[way], way == next(iter(ways))))
            if name != usual:
                message = f"Chỗ khác viết “{usual}”: đối chiếu và thống nhất."
                yield Hit(piece, *match.span("name"), message)


_DAYS: tuple[tuple[str, int, int], ...] = (
    ("chuyen doi so quoc gia", 10, 10),
    ("phap luat viet nam", 9, 11),
    ("phap luat nuoc cong hoa xa hoi chu nghia viet nam", 9, 11),
    ("sach va van hoa doc viet nam", 21, 4),
    ("bao chi cach mang viet nam", 21, 6),
    ("quoc te phu nu", 8, 3),
    ("phu nu viet nam", 20, 10),
    ("nha giao viet nam", 20, 11),
    ("thay thuoc viet nam", 27, 2),
    ("thuong binh - liet si", 27, 7),
    ("hoi toan dan bao ve an ninh to quoc", 19, 8),
    ("quoc te nguoi cao tuoi", 1, 10),
    ("gia dinh viet nam", 28, 6),
    ("dan so viet nam", 26, 12),
    ("truyen thong cong tac dan van cua dang", 15, 10),
    ("dai doan ket toan dan toc", 18, 11),
)  # fmt: skip
_KNOWN_DAY = re.compile(
    rf"ngay(?<!\wngay)(?: hoi)?\s+(?P<name>{'|'.join(sorted((name for name, _, _ in _DAYS), key=len, reverse=True))})\s*[,(:]?\s*(?:la\s+)?(?:ngay\s+)?(?P<all>(?P<day>\d{{1,2}})\s*(?:/|-|thang)\s*(?P<month>\d{{1,2}}))\b"
)


# Each name of a day has one of them.
_OF_KNOWN_DAY = words("quốc", "pháp", "sách", "mạng", "nữ", "giáo")


@rule(
    "DL907",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày kỷ niệm, ngày hưởng ứng ghi sai",
    needs=DAY & NUMBER & _OF_KNOWN_DAY,
    bad=[said("Hưởng ứng Ngày Chuyển đổi số quốc gia (10/11) năm 2023.")],
    good=[
        said("Hưởng ứng Ngày Chuyển đổi số quốc gia (10/10), Ngày Pháp luật Việt Nam 09 tháng 11 năm 2023.")
    ],
)
def known_day(case: Case) -> Iterator[Hit]:
    """Days that are the same every year."""
    days = {name: (day, month) for name, day, month in _DAYS}
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, saying=DAY & NUMBER & _OF_KNOWN_DAY):
        for found in _KNOWN_DAY.finditer(piece.folded) if "gày " in piece.text else ():
            day, month = days[found["name"]]
            # 'Ngày hội' may be held around the day.
            if (int(found["day"]), int(found["month"])) != (day, month) and not found[0].startswith(
                "ngay hoi"
            ):
                yield Hit(
                    piece,
                    *found.span("all"),
                    f"Ngày này là {day:02d}/{month:02d}: sửa lại.",
                    f"{day:02d}/{month:02d}",
                )


_LEVELS = re.compile(
    r"\bchinh quyen(?: dia phuong)?(?: theo)?(?: mo hinh)?(?: to chuc)? (?P<all>(?:0?3|ba) cap)\b"
)


_IN_THREE = words("cấp") & words("ba", "3", "03")


@rule(
    "DL908",
    FindingKind.OBSOLETE_TERM,
    Severity.ERROR,
    "Chính quyền địa phương ba cấp sau ngày 01/7/2025",
    needs=_IN_THREE,
    basis="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
    bad=[said("Thực hiện mô hình chính quyền địa phương 03 cấp, xã đã sắp xếp.", **_NEW)],
    good=[
        said("Thực hiện mô hình chính quyền địa phương 02 cấp, xã đã sắp xếp.", **_NEW),
        said("Chuyển từ chính quyền địa phương 03 cấp sang 02 cấp.", **_NEW),
    ],
)
def three_levels(case: Case) -> Iterator[Hit]:
    """Province and commune: two levels."""
    if case.day is None or case.day < _TWO_LEVELS:
        return
    for piece in case.of(*PROSE, Part.HEADING, Part.SUBJECT, saying=_IN_THREE):
        for found in _LEVELS.finditer(piece.folded) if "cấp" in piece.text else ():
            around = piece.folded[max(0, found.start() - 40) : found.end() + 40]
            if not re.search(r"\btu chinh quyen|sang|truoc day|chuyen doi|truoc khi|\bcu\b", around):
                quote = found["all"]
                fix = "hai cấp" if quote.startswith("ba") else "02 cấp"
                yield Hit(
                    piece,
                    *found.span("all"),
                    "Từ ngày 01/7/2025 chính quyền địa phương có hai cấp: sửa lại.",
                    fix,
                )


_COMMUNE_ROOM = re.compile(
    r"\b[Pp]hòng\s+(?:Văn hóa - Xã hội|Kinh tế, Hạ tầng và Đô thị)\s+(?:huyện|quận|thị xã)\b"
)


_ROOM_OF_DISTRICT = words("phòng") & words("huyện", "quận", "thị")


@rule(
    "DL909",
    FindingKind.OTHER,
    Severity.WARNING,
    "Phòng của cấp xã ghi là của huyện, quận trước ngày 01/7/2025",
    needs=_ROOM_OF_DISTRICT,
    basis="Nghị định 37/2014/NĐ-CP; Nghị định 150/2025/NĐ-CP",
    bad=[said("Phòng Văn hóa - Xã hội huyện hướng dẫn các xã.")],
    good=[said("Phòng Văn hóa và Thông tin huyện hướng dẫn các xã.")],
)
def room_before_its_time(case: Case) -> Iterator[Hit]:
    """Districts had a 'Phòng Văn hóa và Thông tin'; these rooms came with the communes of July 2025."""
    if case.day is None or case.day >= _TWO_LEVELS:
        return
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, Part.RECIPIENT, saying=_ROOM_OF_DISTRICT):
        for found in _COMMUNE_ROOM.finditer(piece.text) if "hòng" in piece.text else ():
            yield Hit(
                piece, *found.span(), "Trước ngày 01/7/2025 cấp huyện không có phòng này: kiểm tra tên phòng."
            )


RULES = (
    ranks,
    one_work_two_numbers,
    aim_below_result,
    nothing_late,
    more_communes_than_there_are,
    quoted_two_ways,
    known_day,
    three_levels,
    room_before_its_time,
)
