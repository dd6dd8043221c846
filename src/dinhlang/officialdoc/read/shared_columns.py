"""Columns of a plan's table that hold something else than one field: two units in one, a time in several.

'Đơn vị chủ trì/phối hợp' names who leads and who helps, 'Kết quả, thời gian' what comes of it and when; under
'Quý I', 'Quý II', … a cross says when, under the names of units a mark who leads ('CT') and who helps ('PH'). A row
may hold several tasks, an item of its cells for each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dinhlang.officialdoc.read.bodies import is_unit
from dinhlang.officialdoc.read.columns import Column
from dinhlang.officialdoc.read.lines import Passage, joined
from dinhlang.officialdoc.read.schedules import time_at_end, time_at_start
from dinhlang.officialdoc.read.words import fold

_WHEN = re.compile(
    r"(?:(?P<kind>quy|thang|q\.?|t\.?)\s*)?(?P<number>i{1,3}|iv|[1-9]|1[0-2])(?:\s*[/-]\s*(?:19|20)\d\d|\s+nam\s+(?:19|20)\d\d)?"
)
# What may stand over the quarters: 'Thời gian thực hiện' / 'Quý I'.
_OVER = re.compile(
    r"(?:(?:thoi gian|tien do|lich)(?: (?:thuc hien|trien khai|hoan thanh))?(?: nam (?:19|20)\d\d)?\s+(?=quy|thang|q\.?\s*(?:i|[1-4])|t\.?\s*\d))?"
)
_CROSS = re.compile(r"[xXvV✓✔•●*+]|x{2,}|có|Có")
_LEADS = re.compile(r"(?:[-–+•*]\s*)?(?:(?:đơn vị |cơ quan )?chủ trì)\s*:?\s*", re.IGNORECASE)
_HELPS = re.compile(
    r"[;,./\n]?\s*(?:[-–+•*]\s*)?(?:đơn vị |cơ quan )?phối hợp(?:\s+(?:với|cùng|thực hiện))?\s*:?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[/;]\s*|\s+[-–]\s+(?=[A-ZĐÀ-Ỹ])")
_ITEM = re.compile(r"(?:^|(?<=\s))(?:[-–+•*]|[a-hđ]\))\s+(?=[A-ZĐÀ-Ỹ0-9])")
# 'Phòng A chủ trì, Phòng B phối hợp'
_SUFFIXED = re.compile(r"(?P<lead>.+?)\s+chủ trì\s*[,;./]?\s*(?P<help>.+?)\s+phối hợp\W*", re.IGNORECASE)


def lead_and_help(cell: Passage) -> tuple[Passage, Passage | None]:
    """Who leads and who helps, of a cell that names both; the whole cell and `None` where it names one."""
    text = cell.text
    if found := _SUFFIXED.fullmatch(text):
        return cell.cut(*found.span("lead")), cell.cut(*found.span("help"))
    lead = _LEADS.match(text)
    begin = lead.end() if lead else 0
    if (helps := _HELPS.search(text, begin)) and helps.start() > begin and helps.end() < len(text):
        return cell.cut(begin, helps.start()), cell.cut(helps.end())
    if (part := _PARTS.search(text, begin)) and part.end() < len(text):
        return cell.cut(begin, part.start()), cell.cut(part.end())
    return cell.cut(begin), None


def names_lead(cell: Passage) -> bool:
    """Whether a cell itself says who leads, whatever the title of its column: 'Chủ trì: Sở A; phối hợp: Sở B'."""
    found = _LEADS.match(cell.text)
    return bool(found and found[0].rstrip().endswith(":")) or _SUFFIXED.fullmatch(cell.text) is not None


def product_and_time(cell: Passage) -> tuple[Passage | None, Passage]:
    """What comes of a task and when, of a cell that says both; `None` and the cell where it says one."""
    if at := time_at_end(cell.text):
        product = cell.text[:at].rstrip(" .,;:-–/(")
        return (cell.cut(0, len(product)) if product else None), cell.cut(at)
    if end := time_at_start(cell.text):
        rest = cell.text[end:]
        product = rest.lstrip(" .,;:-–/")
        if product and product != rest:
            return cell.cut(len(cell.text) - len(product)), cell.cut(0, end)
    return None, cell


def several(filled: Mapping[Column, Passage]) -> list[dict[Column, Passage]]:
    """A row as the tasks it holds: '- A - B' with '- Tháng 4 - Tháng 5' are two; what is said once holds for both."""
    parts = {column: items(cell) for column, cell in filled.items()}
    count = len(parts.get(Column.TASK, ()))
    if count < 2 or len(parts.get(Column.TIME, ())) != count:
        return [dict(filled)]
    return [
        {column: own[at] if len(own) == count else filled[column] for column, own in parts.items()}
        for at in range(count)
    ]


def items(cell: Passage) -> list[Passage]:
    """The items of a cell, without their marks; none where its text does not begin with a mark."""
    starts = [found.span() for found in _ITEM.finditer(cell.text)]
    if not starts or starts[0][0]:
        return []
    ends = [*(start for start, _ in starts[1:]), len(cell.text)]
    found = []
    for (_, begin), end in zip(starts, ends, strict=True):
        text = cell.text[begin:end].rstrip(" ;,")
        found.append(cell.cut(begin, begin + len(text)))
    return found


def time_columns(header: Sequence[str]) -> dict[int, str]:
    """The columns that stand for quarters or months, with their titles; none when there are fewer than two."""
    found: dict[int, str] = {}
    kinds: set[str] = set()
    for index, title in enumerate(header):
        bare = title[_OVER.match(fold(title)).end() :].strip(" .:")  # type: ignore[union-attr]
        said = _WHEN.fullmatch(fold(bare))
        if said and said["kind"]:
            kind = "quý" if said["kind"].startswith("q") else "tháng"
            is_short = said["kind"] not in ("quy", "thang")
            found[index] = f"{kind.capitalize()} {bare[said.start('number') :]}" if is_short else bare
            kinds.add(kind)
    return found if len(found) > 1 and len(kinds) == 1 else {}


_BEGINS = re.compile(r"(?:tu ngay|bat dau|ngay bat dau|thoi gian bat dau|khoi cong|tu)")
_OVER_DAYS = re.compile(
    r"^(?:thoi gian|thoi han|tien do|lich)(?: (?:thuc hien|trien khai|hoan thanh))?(?: nam 20\d\d)? (?=tu|bat dau|ngay|khoi|den|ket thuc|hoan thanh)"
)
_ENDS = re.compile(r"(?:den ngay|ket thuc|ngay ket thuc|thoi gian ket thuc|hoan thanh|ngay hoan thanh|den)")


def between_columns(header: Sequence[str]) -> tuple[int, ...]:
    """The columns of the first and the last day, 'Bắt đầu' and 'Kết thúc'; none where one of them is missing."""
    titles = [" ".join(fold(title).split()).strip(" .:") for title in header]
    # Under one title for both: 'Thời gian thực hiện Bắt đầu'.
    titles = [_OVER_DAYS.sub("", title) for title in titles]
    begins = next((at for at, title in enumerate(titles) if _BEGINS.fullmatch(title)), None)
    if begins is None or begins + 1 >= len(titles):
        return ()
    return (begins, begins + 1) if _ENDS.fullmatch(titles[begins + 1]) else ()


def time_between(row: Sequence[Passage], columns: Sequence[int]) -> str | None:
    """'Từ 01/4/2026 đến 30/4/2026'; the day alone where a row has only one."""
    days = [row[at].text.strip() for at in columns if row[at].text.strip()]
    if len(days) < 2:
        return days[0] if days else None
    return f"Từ {days[0]} đến {days[1]}"


_LEADS_IN_TASK = re.compile(
    r"\s*[(:.,;–-]\s*(?:do\s+|giao\s+)?(?P<lead>[A-ZĐÀ-Ỹ][^():.;]{3,80}?)\s+(?:làm\s+)?chủ trì(?:\s*[,;]?\s*(?:và\s+)?(?P<help>[^():.;]{3,120}?)\s+phối hợp|\s*,?\s*phối hợp(?:\s+với|\s+cùng)?\s+(?P<help2>[^():.;]{3,120}?))?\s*\)?\s*[.;]?$"
)


def leads_in_task(task: Passage) -> dict[Column, Passage]:
    """A task that ends with who does it, '… (Phòng A chủ trì, Phòng B phối hợp)', without that, and who; nothing else."""
    found = _LEADS_IN_TASK.search(task.text)
    if found is None or not found.start():
        return {}
    parts = {Column.TASK: task.cut(0, found.start()), Column.LEAD: task.cut(*found.span("lead"))}
    name = "help" if found["help"] else "help2"
    if found[name]:
        parts[Column.COOPERATING] = task.cut(*found.span(name))
    return parts


_LEADING = re.compile(r"(?:ct|chu tri|c|cq chu tri)\.?")
_HELPING = re.compile(r"(?:ph|phoi hop|p)\.?")


def unit_columns(header: Sequence[str], rows: Sequence[Sequence[Passage]]) -> list[int]:
    """The columns that are called by a unit and only say whether it leads or helps; none when there is only one."""
    found = [
        at
        for at, title in enumerate(header)
        if is_unit(title)
        and (said := [cell for row in rows if (cell := fold(row[at].text.strip()))])
        and all(_LEADING.fullmatch(cell) or _HELPING.fullmatch(cell) for cell in said)
    ]
    return found if len(found) > 1 else []


def units_of(row: Sequence[Passage], header: Sequence[str], columns: Sequence[int]) -> dict[Column, Passage]:
    """Who leads and who helps by the marks of a row; each stands where its mark does."""
    found: dict[Column, list[Passage]] = {}
    for at in columns:
        mark = fold(row[at].text.strip())
        if mark:
            column = Column.LEAD if _LEADING.fullmatch(mark) else Column.COOPERATING
            found.setdefault(column, []).append(Passage(header[at], row[at].starts[:1], row[at].places[:1]))
    return {column: _listed(units) for column, units in found.items()}


def _listed(units: Sequence[Passage]) -> Passage:
    """Several units as one cell, a comma between them."""
    *first, last = units
    return joined([*(Passage(f"{one.text},", one.starts, one.places) for one in first), last])


def time_of(row: Sequence[Passage], columns: dict[int, str], year: int | None) -> str | None:
    """When a row is due by the columns that are crossed: 'Quý I/2024', 'Quý II đến Quý III/2024'."""
    order = list(columns)
    crossed = [
        at for at, index in enumerate(order) if index < len(row) and _CROSS.fullmatch(row[index].text.strip())
    ]
    if not crossed:
        # '3 cuộc' under a quarter says when as well as a cross.
        crossed = [at for at, index in enumerate(order) if index < len(row) and row[index].text.strip(" -0")]
    if not crossed:
        return None
    titles = [columns[order[at]] for at in crossed]
    in_row = crossed == list(range(crossed[0], crossed[-1] + 1))
    said = f"{titles[0]} đến {titles[-1]}" if len(titles) > 1 and in_row else ", ".join(titles)
    return f"{said}/{year}" if year and not re.search(r"(?:19|20)\d\d", titles[-1]) else said
