"""What a column of a plan's table holds by its cells, where its title does not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dinhlang.officialdoc.read.bodies import is_unit
from dinhlang.officialdoc.read.columns import Column
from dinhlang.officialdoc.read.schedules import is_time, time_at_start
from dinhlang.officialdoc.read.words import fold

_COUNTS = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-zđĐ])\s*[.)]?")
# What holds names or days of people, or nothing that a task has.
_NO_FIELD = re.compile(
    r"ho (?:va )?ten|chuc (?:vu|danh)|nam sinh|ngay sinh|dia (?:chi|diem)|ghi chu|can cu|don vi tinh|dvt|kinh phi|thanh phan|"
    r"ky hieu|so hieu|van ban|dien thoai|lanh dao|thu tuc"
)
_LEAST_CELLS = 2
_NEARLY = 0.6


def by_content(
    columns: Sequence[Column],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    helping: bool = False,
) -> tuple[Column, ...]:
    """The columns, where one of a plan's is missing, with those that its cells betray whatever it is called.

    Ordinals, times and units are known by their words; the task is what most words are spent on, where there is
    both a time and a unit. With `helping` a second column of units is of those who help.
    """
    found = list(columns)
    if Column.ORDINAL not in found and found[:1] == [Column.OTHER] and holds(_is_ordinal, rows, 0):
        found[0] = Column.ORDINAL
    if not {Column.TASK, Column.TIME, Column.LEAD} & set(found):
        return tuple(found)
    free = [
        at
        for at, column in enumerate(found)
        if column is Column.OTHER and not _NO_FIELD.search(fold(header[at]))
    ]
    wanted = [(Column.TIME, is_when), (Column.LEAD, is_unit)]
    for column, says in (*wanted, (Column.COOPERATING, is_unit)) if helping else wanted:
        if column not in found:
            at = next((at for at in free if holds(says, rows, at)), None)
            if at is not None:
                found[at] = column
                free.remove(at)
    if Column.TASK not in found and {Column.TIME, Column.LEAD} <= set(found) and free:
        longest = max(free, key=lambda at: sum(len(row[at]) for row in rows))
        found[longest] = Column.TASK
    return tuple(found)


def _is_ordinal(text: str) -> bool:
    return _COUNTS.fullmatch(text) is not None


def holds(says: Callable[[str], bool], rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether nearly all cells of a column say such a thing."""
    said = [text for row in rows if (text := row[at].strip())]
    return len(said) >= _LEAST_CELLS and sum(map(says, said)) >= _NEARLY * len(said)


def is_when(text: str) -> bool:
    """A time, or steps each with its own: 'Quý I: khảo sát; Quý II: triển khai'."""
    end = time_at_start(text)
    return is_time(text) or (end is not None and text[end:].lstrip().startswith((":", "-", "–")))
