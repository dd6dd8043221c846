"""What one document says twice, and not alike: numbers of what it cites, its villages, its session, its articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import eq

from dinhlang.officialdoc.check.case import Case, Citation, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import UPPER, begins
from dinhlang.officialdoc.check.needs import CITING, OF_COMMUNE, of_kind
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.reading import is_slip
from dinhlang.officialdoc.check.rules.figures.tables import grids
from dinhlang.officialdoc.check.wording import NUMBER
from dinhlang.officialdoc.kept import once
from dinhlang.officialdoc.model import Kind, Recipient, Table
from dinhlang.officialdoc.read.words import fold

_MOST_ALIKE = 40
_CITE_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"


@rule(
    "DL278",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Cùng một văn bản được viện dẫn với hai số khác nhau",
    needs=CITING,
    basis=_CITE_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số 41/KH-UBND ngày 25/01/2023 của UBND huyện về cải cách hành chính năm 2023, UBND xã báo cáo.\nI. Kết quả\nUBND xã đã triển khai Kế hoạch số 42/KH-UBND ngày 25/01/2023 của UBND huyện."
        ),
        said(
            "Căn cứ Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ;\nI. Kết quả\nCung cấp dịch vụ theo Nghị định số 42/2021/NĐ-CP."
        ),
        said(
            "Thực hiện Kế hoạch số 22/KH-UBND ngày 20/01/2023 của UBND huyện về tuyên truyền năm 2023 (gọi tắt là Kế hoạch số 23/KH-UBND), UBND xã báo cáo."
        ),
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 41/KH-UBND ngày 25/01/2023 của UBND huyện về cải cách hành chính năm 2023, UBND xã báo cáo.\nI. Kết quả\nUBND xã đã triển khai Kế hoạch số 41/KH-UBND ngày 25/01/2023 của UBND huyện."
        ),
        said(
            "Thực hiện Kế hoạch số 41/KH-UBND ngày 25/01/2023 của UBND huyện về cải cách hành chính; Kế hoạch số 42/KH-UBND ngày 25/01/2023 của UBND huyện về chuyển đổi số, UBND xã báo cáo."
        ),
    ],
)
def two_numbers_for_one(case: Case) -> Iterator[Hit]:
    """The same kind, body and day with a number that differs by a digit; the same number of a decree with another year."""
    # Only among those that may be one document is compared, and of these with the first ones.
    known: dict[tuple[object, ...], dict[tuple[object, ...], Citation]] = defaultdict(dict)
    for one in case.citations:
        number = one.reference.number
        if number is None or not one.reference.symbol:
            continue
        if (named := _called_otherwise(one)) is not None:
            message = f"Văn bản này ghi số {number}, trong ngoặc lại ghi số {named['number']}: đối chiếu và thống nhất."
            yield Hit(one.piece, *named.span("number"), message)
        alike = known[_sort_of(one)]
        other = next((first for first in alike.values() if _is_meant(first, one)), None)
        if other is None:
            if len(alike) < _MOST_ALIKE:
                alike.setdefault((number, one.reference.subject, one.piece), one)
            continue
        at = one.piece.folded.find(number.replace(" ", "").lower().lstrip("0"), one.start)
        place = (at, at + len(number.lstrip("0"))) if at >= 0 else (one.start, one.end)
        message = f"Văn bản này ở chỗ khác ghi số {other.reference.number}, ở đây ghi số {number}: đối chiếu và thống nhất."
        yield Hit(one.piece, *place, message)


_SO_CALLED = re.compile(
    r"\(\s*(?:sau day\s+)?(?:goi|viet) (?:tat )?la:?\s+[a-z]+(?:\s+[a-z]+)?\s+(?:so\s+)?(?P<number>\d{1,5})\s*/\s*(?P<symbol>[a-z]+(?:-[a-z]+)*)"
)


def _called_otherwise(one: Citation) -> re.Match[str] | None:
    """'Kế hoạch số 22/KH-UBND … (gọi tắt là Kế hoạch số 23/KH-UBND)': the other number of the same symbol in its bracket."""
    end = one.piece.folded.find(")", one.end)
    found = _SO_CALLED.search(one.piece.folded, one.start, end if end >= 0 else one.end + _SHORT_NAME)
    if found is None or fold(one.reference.symbol or "").replace(" ", "") != found["symbol"]:
        return None
    is_same = found["number"].lstrip("0") == (one.reference.number or "").lstrip("0")
    return None if is_same or "(" in one.piece.folded[one.start : found.start()] else found


_SHORT_NAME = 80


def _sort_of(one: Citation) -> tuple[object, ...]:
    """What two citations of one document with different numbers have in common."""
    reference = one.reference
    symbol = fold(reference.symbol or "").replace(" ", "")
    number, _, year = (reference.number or "").replace(" ", "").partition("/")
    return (symbol, number.lstrip("0")) if year else (symbol, reference.kind, whole(reference.date))


def _is_meant(first: Citation, one: Citation) -> bool:
    """Whether two citations with different numbers are of one document."""
    a, b = first.reference, one.reference
    if (
        fold(a.symbol or "").replace(" ", "") != fold(b.symbol or "").replace(" ", "")
        or first.piece is one.piece
    ):
        return False
    one_number, other = (a.number or "").replace(" ", ""), (b.number or "").replace(" ", "")
    if "/" in one_number and "/" in other:
        return (
            one_number.split("/")[0].lstrip("0") == other.split("/")[0].lstrip("0")
            and one_number != other
            and b.date is None
        )
    if a.kind is not b.kind or not (one_number.isdecimal() and other.isdecimal()):
        return False
    same_day = whole(a.date) is not None and whole(a.date) == whole(b.date)
    return same_day and is_slip(int(one_number), int(other)) and _same_subject(a.subject, b.subject)


_ABOUT = re.compile(r"(?:ve|v/v|ban hanh|thuc hien|phe duyet|quy dinh|huong dan|trien khai|tuyen truyen)\b")


def _same_subject(one: str | None, other: str | None) -> bool:
    if not one or not other or not _ABOUT.match(fold(other)):
        return True
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) >= 0.6 * min(len(first), len(second))


_SUB = r"(?P<unit>to dan pho|khu dan cu|khu pho|thon|ap|ban|xom|khom|buon)"
_VILLAGE = words("tổ", "khu", "thôn", "ấp", "bản", "xóm", "khóm", "buôn")
# Seldom there, and part of each of the three that follow.
_NUMBERED = re.compile(rf"\d\s+{_SUB}\b")
_ALL_OF = re.compile(rf"(?<![\d/.,])(?P<part>\d{{1,3}})\s*/\s*(?P<whole>\d{{1,3}})\s+{_SUB}\b")
_HAS = re.compile(
    rf"(?:\btoan\s+(?:xa|phuong|thi tran|dac khu)|(?:\bxa|\bphuong|\bthi tran)\s+(?:hien\s+|hien nay\s+)?)\s*(?:hien\s+)?(?:co|gom)\s+(?P<whole>\d{{1,3}})\s+{_SUB}\b"
)
_COUNTED = re.compile(
    rf"(?:cua|tai|o|tren|den|cho|ca|tat ca|du|va)\s+(?:toan bo\s+|ca\s+)?(?P<whole>\d{{1,3}})\s+{_SUB}\b(?!\s+(?:cu|thuoc|cua xa|xa)\b)"
)


# '- 16 thôn;' among the recipients: a document goes to all of them.
_ALL_SENT = re.compile(rf"(?:^|[;,])\s*(?:cac\s+)?(?P<whole>\d{{1,3}})\s+{_SUB}\s*[;.]?\s*$")


@rule(
    "DL279",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số thôn, tổ dân phố của đơn vị nêu không giống nhau",
    needs=OF_COMMUNE,
    bad=[
        said("Toàn xã có 8 thôn.\nĐã tổ chức 16 cuộc họp của 9 thôn."),
        said("Có 18/18 thôn có loa.\nPhát tờ rơi tại 18/19 thôn."),
        said("Phát tờ rơi cho 18 thôn.", recipients=(Recipient("16 thôn"),)),
    ],
    good=[
        said("Toàn xã có 8 thôn.\nĐã tổ chức 16 cuộc họp của 8 thôn, trong đó 3 thôn vùng cao."),
        said("Trước sáp nhập, xã có 12 thôn; toàn xã có 8 thôn, 8/8 thôn có loa."),
    ],
)
def villages(case: Case) -> Iterator[Hit]:
    """A part is never more than all, and all is one number. Who speaks of before a merger may name another."""
    if case.level is None:
        return
    totals, counts = _told(case)
    for unit in {one[1] for one in totals}:
        own = Counter(one[0] for one in totals if one[1] == unit)
        usual = own.most_common(1)[0][0]
        for value, name, piece, place in totals:
            if name == unit and value != usual and len(own) == 2 and sum(own.values()) > 1:
                yield _villages_hit(piece, place, usual, value)
        for value, name, piece, place in counts:
            if name == unit and len(own) == 1 and value > usual:
                yield _villages_hit(piece, place, usual, value)
    for unit in {one[1] for one in counts} - {one[1] for one in totals}:
        told = sorted({one[0] for one in counts if one[1] == unit})
        if len(told) == 2 and told[1] == told[0] + 1 and told[0] > 2:
            yield from (
                _villages_hit(piece, place, told[0], value)
                for value, name, piece, place in counts
                if name == unit and value == told[1]
            )


_Told = tuple[int, str, Piece, tuple[int, int]]


def _told(case: Case) -> tuple[list[_Told], list[_Told]]:
    """What is told as all villages, and what as some of them."""
    totals: list[_Told] = []
    counts: list[_Told] = []
    for piece in case.of(*PROSE, Part.HEADING, saying=_VILLAGE & NUMBER):
        if not _NUMBERED.search(piece.folded) or _OF_OTHERS.search(piece.folded):
            continue
        for found in (*_ALL_OF.finditer(piece.folded), *_HAS.finditer(piece.folded)):
            totals.append((int(found["whole"]), found["unit"], piece, found.span()))
        for found in _COUNTED.finditer(piece.folded):
            counts.append((int(found["whole"]), found["unit"], piece, found.span()))
    for piece in case.of(Part.CELL, saying=_VILLAGE & NUMBER):
        if not _NUMBERED.search(piece.folded):
            continue
        for found in _COUNTED.finditer(piece.folded):
            counts.append((int(found["whole"]), found["unit"], piece, found.span()))
    for piece in case.of(Part.RECIPIENT):
        if all_of := _ALL_SENT.search(piece.folded):
            totals.append((int(all_of["whole"]), all_of["unit"], piece, all_of.span()))
    return totals, counts


_OF_OTHERS = re.compile(r"sap nhap|sap xep|truoc day|\bcu\b|huyen|tinh\b|toan thanh pho|cac xa|cac phuong")


def _villages_hit(piece: Piece, place: tuple[int, int], usual: int, value: int) -> Hit:
    return Hit(
        piece, *place, f"Chỗ khác trong văn bản ghi {usual}, ở đây ghi {value}: đối chiếu và thống nhất."
    )


_SESSION = re.compile(
    r"\bky hop\s+(?:thuong le\s+|chuyen de\s+)?(?:lan\s+)?thu\s+(?P<name>[a-z]+(?:\s+(?:mot|hai|ba|tu|lam|sau|bay|tam|chin))?|\d+)\b"
)
_SESSIONS = frozenset(["nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi"])


@rule(
    "DL280",
    FindingKind.OTHER,
    Severity.WARNING,
    "Kỳ họp ghi hai tên khác nhau",
    needs=of_kind(Kind.RESOLUTION),
    bad=[
        said(
            "KHÓA XII, KỲ HỌP THỨ BẢY\nĐiều 1. Thông qua.\nNghị quyết này được HĐND xã khóa XII, kỳ họp thứ Tám thông qua ngày 12 tháng 12 năm 2023.",
            kind=Kind.RESOLUTION,
            symbol="NQ-HĐND",
        )
    ],
    good=[
        said(
            "KHÓA XII, KỲ HỌP THỨ TÁM\nĐiều 1. Thông qua.\nNghị quyết này được HĐND xã khóa XII, kỳ họp thứ Tám thông qua ngày 12 tháng 12 năm 2023.",
            kind=Kind.RESOLUTION,
            symbol="NQ-HĐND",
        )
    ],
)
def session(case: Case) -> Iterator[Hit]:
    """A resolution is of one session, in its head and in its last sentence."""
    if case.document.kind is not Kind.RESOLUTION:
        return
    found = [
        (piece, match)
        for piece in case.main
        if piece not in case.opening_bases and "ky hop" in piece.folded
        for match in _SESSION.finditer(piece.folded)
        if match["name"].split()[0] in _SESSIONS
        and (piece.text.isupper() or "nghi quyet nay" in piece.folded)
    ]
    names = [
        match["name"].split()[0] if match["name"].split()[0] != "muoi" else match["name"]
        for _, match in found
    ]
    if len(set(names)) == 2:
        piece, match = found[-1]
        message = "Kỳ họp ở đây khác kỳ họp ở đầu nghị quyết: đối chiếu biên bản và sửa."
        yield Hit(piece, *match.span(), message)


_FEWEST_TWICE, _LONGEST_PHRASE = 3, 6


@rule(
    "DL434",
    FindingKind.REPETITION,
    Severity.WARNING,
    "Lặp cả cụm từ",
    bad=[said("Nêu cao trách nhiệm cá nhân người đứng đầu người đứng đầu các phòng.")],
    good=[said("Nêu cao trách nhiệm người đứng đầu, người đứng đầu các phòng chịu trách nhiệm.")],
)
def phrase_twice(case: Case) -> Iterator[Hit]:
    """Three words and more, said again at once."""
    widths = range(_FEWEST_TWICE, _LONGEST_PHRASE + 1)
    repeating = case.row.by_piece(chain.from_iterable(case.row.said_again(width, width) for width in widths))
    for piece in case.of(*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL) if repeating else ():
        words = piece.plain if piece in repeating else ()
        for width in widths:
            same = map(eq, words, words[width:])
            run = 0
            for index, is_same in enumerate(same):
                run = run + 1 if is_same else 0
                first = index - width + 1
                if run < width or any(one.isdecimal() for one in words[first : first + width]):
                    continue
                if len(set(words[first : first + width])) > 1 and all(
                    piece.is_joined(at) for at in range(first, first + 2 * width - 1)
                ):
                    start, end = piece.spans[first][0], piece.spans[first + 2 * width - 1][1]
                    right = piece.text[start : piece.spans[first + width - 1][1]]
                    yield Hit(piece, start, end, f"Lặp cụm từ: bỏ một lần “{right}”.", right)
                    run = 0


_BY_ARTICLE = re.compile(r"^\W*nhu\s+(?P<all>dieu\s+(?P<number>\d{1,3}))\W*$")
_CARRY_OUT = re.compile(
    r"chiu trach nhiem (?:thi hanh|thuc hien)|chiu trach nhiem to chuc thuc hien|thi hanh quyet dinh nay"
)
_CARRIED = {"kind": Kind.DECISION, "symbol": "QĐ-UBND", "subject": "Về việc thành lập Tổ công tác"}


@rule(
    "DL281",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Nơi nhận “Như Điều …” không phải điều giao thi hành",
    needs=of_kind(Kind.DECISION),
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9",
    bad=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Hiệu lực.\nĐiều 3. Các phòng chịu trách nhiệm thi hành Quyết định này.",
            recipients=(Recipient("Như Điều 2"), Recipient("Lưu: VT")),
            **_CARRIED,
        )
    ],
    good=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Hiệu lực.\nĐiều 3. Các phòng chịu trách nhiệm thi hành Quyết định này.",
            recipients=(Recipient("Như Điều 3"), Recipient("Lưu: VT")),
            **_CARRIED,
        )
    ],
)
def sent_by_other_article(case: Case) -> Iterator[Hit]:
    """Those who get it are those whom the article names that says who carries it out."""
    if case.document.kind is not Kind.DECISION:
        return
    carrying: set[str] = set()
    numbers: set[str] = set()
    current = ""
    for piece in case.main:
        if (piece.number or "").startswith("Điều "):
            current = (piece.number or "").removeprefix("Điều ").strip()
            numbers.add(current)
        if current and _CARRY_OUT.search(piece.folded):
            carrying.add(current)
    for piece in case.of(Part.RECIPIENT):
        found = _BY_ARTICLE.match(piece.folded)
        if found and len(carrying) == 1 and found["number"] in numbers - carrying:
            right = f"Điều {next(iter(carrying))}"
            message = f"{right} mới giao thi hành: sửa thành “Như {right}”."
            yield Hit(piece, *found.span("all"), message, right)


_FEW_WORDS = 3
_NAMED = rf"\s+(?P<name>[{UPPER}][^\W\d_]+(?:\s+[{UPPER}][^\W\d_]+){{1,4}})"
_PERSON = re.compile(rf"{begins('[ôÔ]ng', '[bB]à', '[đĐ]ồng chí')}{_NAMED}")
_CHAIRMAN = re.compile(
    rf"tịch(?: (?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân)(?: (?:xã|phường|thị trấn|đặc khu))?)?{_NAMED}"
)
_PERSONS = (
    (word_kind(frozenset(["ông", "bà", "Ông", "Bà", "chí"]).__contains__), _PERSON),
    (word_kind("tịch".__eq__), _CHAIRMAN),
)
_BEFORE_PERSON = word_kind(frozenset(["ông", "bà", "Ông", "Bà", "chí", "tịch"]).__contains__)


@rule(
    "DL291",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Tên một người viết hai cách",
    bad=[
        said("a) Ông Hà Văn Ươm, thôn Mẫu hỏi về đất đai.\nb) Giao Phòng Kinh tế trả lời ông Hà Văn Ươn."),
        said("Chủ tịch UBND xã Lê Thử Lan Xanh chủ trì.\nChủ tịch UBND xã Lê Thử Lam Xanh kết luận."),
    ],
    good=[
        said(
            "a) Ông Hà Văn Ươm, thôn Mẫu hỏi về đất đai.\nb) Trả lời ông Hà Văn Ươm; bà Hà Thị Ươn có ý kiến."
        )
    ],
)
def two_names_of_one(case: Case) -> Iterator[Hit]:
    """The same names but for a letter or a mark of one word: one person, most likely."""
    seen: list[list[str]] = []
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, Part.SUBJECT, saying=_BEFORE_PERSON):
        named = [way.finditer(piece.text) for kind, way in _PERSONS if piece.kinds & kind.bits]
        for found in chain.from_iterable(named):
            words = found["name"].split()
            if len(words) < _FEW_WORDS or words in seen:
                continue
            other = next((one for one in seen if _is_same_person(one, words)), None)
            seen.append(words)
            if other is not None:
                message = f"Chỗ khác viết “{' '.join(other)}”: đối chiếu và thống nhất tên người."
                yield Hit(piece, *found.span("name"), message)


def _is_same_person(one: list[str], other: list[str]) -> bool:
    """The same words but for one, which differs by a letter or a mark; 'Văn' and 'Thị' part men and women."""
    if len(one) != len(other):
        return False
    odd = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(odd) == 1 and _differ_by_one(fold(odd[0][0]), fold(odd[0][1]))


def _differ_by_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) < 2


_NAMED_IN = re.compile(r"\bcó tên tại\s+(?P<all>Điều\s+(?P<number>\d{1,2}))")


@rule(
    "DL292",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "“Có tên tại Điều …” mà danh sách ở điều khác",
    needs=of_kind(Kind.DECISION),
    bad=[
        said(
            "Điều 1. Thành lập Tổ gồm:\n1. Ông Lê Văn Thử, Tổ trưởng;\n2. Bà Lê Thị Mẫu, Tổ phó.\nĐiều 2. Tổ làm việc kiêm nhiệm.\nĐiều 3. Các ông (bà) có tên tại Điều 2 chịu trách nhiệm thi hành.",
            **_CARRIED,
        )
    ],
    good=[
        said(
            "Điều 1. Thành lập Tổ gồm:\n1. Ông Lê Văn Thử, Tổ trưởng;\n2. Bà Lê Thị Mẫu, Tổ phó.\nĐiều 2. Tổ làm việc kiêm nhiệm.\nĐiều 3. Các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành.",
            **_CARRIED,
        )
    ],
)
def listed_elsewhere(case: Case) -> Iterator[Hit]:
    """The article that is named must have the list."""
    if case.document.kind is not Kind.DECISION:
        return
    listing: set[str] = set()
    current = ""
    for piece in case.main:
        if (piece.number or "").startswith("Điều "):
            current = (piece.number or "").removeprefix("Điều ").strip()
        elif current and piece.part is Part.ITEM and re.match(r"\s*(?:ong|ba|dong chi)\s", piece.folded):
            listing.add(current)
    for piece in case.main:
        for found in _NAMED_IN.finditer(piece.text) if len(listing) == 1 else ():
            if found["number"] not in listing:
                right = f"Điều {next(iter(listing))}"
                yield Hit(piece, *found.span("all"), f"Danh sách ở {right}: sửa lại số điều.", right)


_COUNT_IN_CELL = re.compile(r"^\s*(?P<count>\d{1,4})\s+(?P<unit>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s*[.;]?\s*$")


@rule(
    "DL294",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số lượng trong bảng nhiệm vụ khác số trong phần nội dung",
    bad=[
        said(
            "3. Tuyên truyền lưu động: 15 buổi tại các thôn.",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
            blocks=(Table(("Nhiệm vụ", "Sản phẩm"), (("Tuyên truyền lưu động tại thôn", "12 buổi"),)),),
        )
    ],
    good=[
        said(
            "3. Tuyên truyền lưu động: 15 buổi tại các thôn.",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
            blocks=(Table(("Nhiệm vụ", "Sản phẩm"), (("Tuyên truyền lưu động tại thôn", "15 buổi"),)),),
        )
    ],
)
def table_against_text(case: Case) -> Iterator[Hit]:
    """The same task, in the same unit, in the table and in a sentence: by three words of its own in a row, or its name in quotes."""
    for grid in grids(case):
        for row, cells in enumerate(grid.table.rows):
            for column, cell in enumerate(cells):
                counted = _COUNT_IN_CELL.match(cell)
                task = (
                    next((one for one in cells if len(one.split()) >= _FEW_WORDS), None) if counted else None
                )
                piece = grid.cell(row, column) if task else None
                if counted is None or task is None or piece is None:
                    continue
                told = _told_of(case, fold(task), fold(counted["unit"]).split()[0])
                if len(told) == 1 and int(counted["count"]) not in told:
                    other = next(iter(told))
                    message = f"Phần nội dung ghi {other} {counted['unit']}, ở đây ghi {counted['count']}: đối chiếu và thống nhất."
                    yield Hit(piece, *counted.span("count"), message)


_DIGIT = re.compile(r"\d")
_BARE_WORD = re.compile(r"[a-z0-9]+")


@once
def _bare_texts(case: Case) -> Sequence[tuple[Piece, str]]:
    """The sentences that tell a number, with their folded words, a space between them."""
    return [
        (piece, " ".join(_BARE_WORD.findall(piece.folded)))
        for piece in case.of(*PROSE, Part.HEADING)
        if _DIGIT.search(piece.text)
    ]


def _told_of(case: Case, task: str, unit: str) -> set[int]:
    """How many of the unit sentences tell for the task."""
    words = _BARE_WORD.findall(task)
    keys = [" ".join(words[at : at + _FEW_WORDS]) for at in range(len(words) - _FEW_WORDS + 1)][:2]
    quoted = re.findall(r"“([^”]{6,60})”", task)
    keys = [" ".join(_BARE_WORD.findall(key)) for key in [*quoted, *keys]]
    counted = re.compile(rf"\b(\d{{1,4}})\s+{unit}\b")
    found = set()
    for piece, bare in _bare_texts(case):
        if unit not in bare or not any(key in bare for key in keys):
            continue
        counts = counted.findall(piece.folded)
        if len(counts) == 1:
            found.add(int(counts[0]))
    return found


RULES = (
    two_numbers_for_one,
    villages,
    session,
    phrase_twice,
    sent_by_other_article,
    two_names_of_one,
    listed_elsewhere,
    table_against_text,
)
