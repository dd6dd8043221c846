"""The reports of a period: drafted from the ledger, and written as Word files by two processes, as `dinhlang report all` does."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.nation import ALL_COMMUNES
from benchmarks.upward.land import Land

GOALS = {"docx_all_s": ("≤", 60.0), "draft_docx_all_s": ("≤", 60.0)}
PROCESSES = 2


def documents(land: Land, number: int) -> dict[str, float]:
    """Seconds for the files of all 3,321 communes: from drafts that are there, and with drafting before.

    Done for `number` communes, spread over all provinces; with fewer than all, the time of all follows from theirs.
    """
    from dinhlang.periods.identifier import Period
    from dinhlang.reports import period_files

    period, at = Period(land.year), datetime(land.year, 12, 20, 5, 0, tzinfo=UTC)
    every = [commune for communes in land.communes.values() for commune in communes]
    chosen = every[:: max(1, len(every) // number)][:number]
    took = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("draft_docx", "docx"):
            known = {} if name == "draft_docx" else period_files.reports_of(period)
            began = time.perf_counter()
            made = period_files.write_all(
                [(unit, known.get(unit)) for unit in chosen],
                Path(folder),
                period=period,
                at=at,
                is_drafting=True,
                processes=PROCESSES,
            )
            took[name] = time.perf_counter() - began
            missing = [one for one in made if not one.file]
            if missing or min(Path(folder, one.file).stat().st_size for one in made) < 5000:
                raise RuntimeError(f"not all files are there: {missing[:3]}")
    share = ALL_COMMUNES / len(chosen)
    print(f"  {len(chosen)} reports written: {took}", flush=True)
    return {f"{name}_all_s": seconds * share for name, seconds in took.items()} | {"reports": len(chosen)}
