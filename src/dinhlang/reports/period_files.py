"""Every report of a period as Word files in a folder: drafted where a unit has none yet, on all processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import connections

from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports import render
from dinhlang.reports.actions import draft_report
from dinhlang.reports.models import Obligation, Report
from dinhlang.reports.rules import PROGRAMME

Progress = Callable[[int, int], None]
_AT_A_TIME = 8
"""Reports a process takes at once: enough to ask rarely, few enough that both end together."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one unit's report: its file, or why there is none (empty when the unit has no report)."""

    unit: str
    file: str = ""
    why: str = ""


def reports_of(
    period: Period,
    units: Collection[str] | None = None,
    programme: str = PROGRAMME,
    *,
    with_drafts: bool = True,
) -> dict[str, int | None]:
    """Which units are asked for their report of a period, with the report: the draft, else what was issued last.

    Those that owe one or have one; only those of `units` when they are given. Without drafts only what was issued.
    """
    owing = Obligation.objects.filter(
        programme=programme, period=str(period), request=None, released_on=None
    ).order_by("unit")
    found: dict[str, int | None] = dict.fromkeys(owing.values_list("unit_id", flat=True))
    # 'draft' sorts before 'issued', so the last one that is set is the draft.
    rows = Report.objects.filter(programme=programme, period=str(period)).order_by("-status", "pk")
    if not with_drafts:
        rows = rows.filter(status=Report.Status.ISSUED)
    found |= dict(rows.values_list("unit_id", "pk"))
    if units is not None:
        found = {unit: report for unit, report in found.items() if unit in units}
    return dict(sorted(found.items()))


def write_all(
    reports: Iterable[tuple[str, int | None]],
    folder: Path,
    *,
    period: Period,
    at: datetime,
    is_drafting: bool = False,
    programme: str = PROGRAMME,
    processes: int | None = None,
    progress: Progress = lambda _done, _of: None,
) -> list[Written]:
    """Write `folder/<unit>-<period>.docx` of each unit and its report; with `is_drafting`, draft what is not there.

    Every file is whole or not there, and every draft is a transaction of its own, so what was stopped is simply run
    again. One unit that is refused holds up no other. Raises `OSError` when a file cannot be written.
    """
    asked = list(reports)
    work = partial(
        _written, folder=folder, period=period, at=at, is_drafting=is_drafting, programme=programme
    )
    made = []
    for number, one in enumerate(_by_processes(work, asked, processes or os.cpu_count() or 1), 1):
        made.append(one)
        progress(number, len(asked))
    return made


def _by_processes(
    work: Callable[[tuple[str, int | None]], Written], asked: Sequence[tuple[str, int | None]], processes: int
) -> Iterator[Written]:
    if processes == 1 or len(asked) <= _AT_A_TIME:
        yield from map(work, asked)
        return
    # A connection must not be shared with another process.
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=forked) as pool:
        yield from pool.map(work, asked, chunksize=_AT_A_TIME)


def _written(
    asked: tuple[str, int | None],
    *,
    folder: Path,
    period: Period,
    at: datetime,
    is_drafting: bool,
    programme: str,
) -> Written:
    unit, number = asked
    try:
        report = _report(unit, number, period, at, programme, is_drafting=is_drafting)
        if report is None:
            return Written(unit)
        data = render.docx(report)
    except Refused as reason:
        return Written(unit, why=str(reason))
    path = folder / f"{unit}-{period}.docx"
    part = path.with_suffix(".docx.part")
    part.write_bytes(data)
    part.replace(path)
    return Written(unit, file=path.name)


def _report(
    unit: str, number: int | None, period: Period, at: datetime, programme: str, *, is_drafting: bool
) -> Report | None:
    if number is not None:
        return Report.objects.select_related("unit", "docx").get(pk=number)
    if not is_drafting:
        return None
    return draft_report(unit=Unit.objects.get(pk=unit), period=period, by=None, at=at, programme=programme)
