"""What the columns of a plan's table are called, and what each holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from dinhlang.officialdoc.read.words import fold


class Column(StrEnum):
    """What a column of a plan's table holds."""

    ORDINAL = "ordinal"
    TASK = "task"
    PRODUCT = "product"
    LEAD = "lead"
    COOPERATING = "cooperating"
    TIME = "time"
    OTHER = "other"


_UNIT_WORDS = r"(?:co quan|don vi|bo phan|can bo|nguoi|tap the|ca nhan|ban nganh)(?:\s*[,/]\s*(?:don vi|co quan|bo phan|ca nhan|to chuc|nguoi))*"
# In this order, so that 'Kết quả, sản phẩm' is not cut in two and 'Cơ quan phối hợp' is not a lead.
_TITLES: tuple[tuple[Column, str], ...] = (
    (Column.ORDINAL, r"(?:so\s+)?(?:stt|tt)\b"),
    (Column.COOPERATING, rf"(?:{_UNIT_WORDS}\s+)?phoi hop(?:\s+thuc hien)?"),
    (Column.LEAD, rf"(?:{_UNIT_WORDS}\s+)?(?:chu tri|phu trach|dau moi)(?:\s+(?:thuc hien|tham muu))?|{_UNIT_WORDS}\s+thuc hien"),
    (Column.TIME, r"(?:thoi gian|thoi han|tien do|thoi diem)(?:\s*[,/]?\s*(?:thuc hien|hoan thanh|ban hanh|trien khai|tien do))*"),
    (Column.PRODUCT, r"(?:du kien\s+)?(?:san pham|ket qua)(?:\s*[,/-]?\s*(?:va\s+)?(?:ket qua|san pham|dau ra|dat duoc|can dat|du kien))*(?:\s+(?:thuc hien|hoan thanh))?"),
    (Column.TASK, r"(?:ten\s+)?(?:noi dung|nhiem vu|cong viec|hoat dong|muc tieu)(?:\s*[,/-]?\s*(?:va\s+)?(?:cu the|cong viec|nhiem vu|noi dung|hoat dong|thuc hien|trong tam|chu yeu|cac nhiem vu))*"),
    (Column.OTHER, r"(?:ghi chu|kinh phi|nguon kinh phi|hinh thuc|doi tuong|dia diem|so luong|chi tieu|van ban)(?:\s+(?:thuc hien|tuyen truyen))?"),
)  # fmt: skip
# What a title may be when it says nothing else; in a row of titles run together these would be found anywhere.
_ALONE: tuple[tuple[Column, str], ...] = (
    (Column.ORDINAL, r"so thu tu|#|so|muc"),
    (Column.COOPERATING, rf"(?:(?:{_UNIT_WORDS}|ai) )?(?:cung (?:thuc hien|phoi hop|lam)|phoi hop.*|ho tro|giup(?: viec| do)?)"),
    (Column.LEAD, rf"ai (?:lam|thuc hien|phu trach|chu tri|chiu trach nhiem)|(?:{_UNIT_WORDS} )?(?:chiu trach nhiem|trach nhiem|duoc (?:giao|phan cong)|thuc hien|chuan bi|tham muu|theo doi|giai quyet|xu ly|dam nhiem)(?: (?:chinh|thuc hien|chu tri))?|(?:giao )?{_UNIT_WORDS}"
                  r"|phan cong(?: (?:thuc hien|nhiem vu|trach nhiem))?|luc luong(?: thuc hien)?|chu the(?: thuc hien)?|dau moi"),
    (Column.TIME, r"(?:thoi )?han(?: (?:hoan thanh|cuoi|chot|bao cao|thuc hien))?|(?:ngay|lich|moc|ky)(?: (?:hoan thanh|thuc hien|thoi gian|bao cao|to chuc))?|hoan thanh(?: (?:truoc|trong))?"
                  r"|(?:du kien )?thoi gian.*|(?:den |xong )?(?:khi|bao gio|luc) nao.*|bao gio.*|xong (?:truoc|trong|khi).*|lo trinh(?: .*)?|giai doan(?: thuc hien)?"),
    (Column.PRODUCT, r"dau ra|minh chung|(?:yeu cau )?san pham.*|ket qua.*|yeu cau(?: (?:dat duoc|ve san pham|ket qua))?"),
    (Column.TASK, r"(?:ten |cac )?(?:dau viec|phan viec|viec(?: (?:can lam|phai lam|lam))?|hang muc|chu de|de muc|noi dung|nhiem vu|cong viec|hoat dong|chuyen de|dien giai)(?: .*)?"),
)  # fmt: skip
_COMPILED_ALONE = tuple((column, re.compile(titles)) for column, titles in _ALONE)
_LEADER = re.compile(r"(?:lanh dao|dong chi|chi dao|thuong truc)\b")
_BOTH = re.compile(r"chu tri\W+(?:(?:don vi|co quan)\s+)?phoi hop")
_COMPILED = tuple((column, re.compile(rf"(?<!\w)(?:{titles})(?!\w)")) for column, titles in _TITLES)
_OF = dict(_COMPILED)
# The fields of a task that the columns hold.
FIELDS = {
    Column.ORDINAL: "ordinal",
    Column.TASK: "task",
    Column.PRODUCT: "product",
    Column.LEAD: "lead",
    Column.COOPERATING: "cooperating",
    Column.TIME: "schedule",
}


def columns_of(header: Sequence[str]) -> tuple[Column, ...]:
    """What each column holds, by the words of its title. A leader in charge yields to the unit that does the work."""
    columns = tuple(map(_column_of, header))
    if columns.count(Column.LEAD) < 2:
        return columns
    return tuple(
        Column.OTHER if column is Column.LEAD and _LEADER.match(fold(title)) else column
        for column, title in zip(columns, header, strict=True)
    )


def _column_of(title: str) -> Column:
    folded = " ".join(fold(title).split()).strip(" :.*")
    if is_of_both(folded):
        return Column.LEAD
    found = next((column for column, titles in _COMPILED if titles.search(folded)), None)
    if found in (None, Column.OTHER):
        found = next((column for column, titles in _COMPILED_ALONE if titles.fullmatch(folded)), found)
    return found or Column.OTHER


def is_of_product_and_time(title: str) -> bool:
    """Whether one column says what comes of a task and when: 'Kết quả, thời gian hoàn thành'."""
    folded = fold(title)
    return all(_OF[column].search(folded) for column in (Column.PRODUCT, Column.TIME))


def is_of_both(title: str) -> bool:
    """Whether one column names who leads and who helps: 'Đơn vị chủ trì/phối hợp'."""
    return _BOTH.search(fold(title)) is not None


def column_titled(title: str) -> Column | None:
    """What a title names when it says nothing else; `None` for any other words."""
    folded = fold(title).strip(" :.-")
    return next(
        (column for column, titles in (*_COMPILED, *_COMPILED_ALONE) if titles.fullmatch(folded)), None
    )


def titles_in(header: str) -> list[tuple[Column, str]]:
    """The titles of the columns in the order they are printed, cut where each begins."""
    folded = fold(header)
    found: list[tuple[int, Column]] = []
    for column, titles in _COMPILED:
        match = titles.search(folded)
        if match is not None:
            found.append((match.start(), column))
            folded = folded[: match.start()] + "_" * (match.end() - match.start()) + folded[match.end() :]
    if not found:
        return []
    found.sort()
    ends = [at for at, _ in found[1:]] + [len(header)]
    return [(column, header[at:end].strip()) for (at, column), end in zip(found, ends, strict=True)]
