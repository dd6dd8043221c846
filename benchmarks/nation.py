"""A synthetic nation to measure with: today's provinces and communes, and ledgers that nobody kept.

`python -m benchmarks.nation` fills the database of this process's environment (`DATABASE_URL`, `DINHLANG_DATA`), which
should be an empty one. `--communes N` takes N of the 3,321, some of every province; `--years` and `--lines` say how many years
from `--first` on, and how many lines a commune writes a month. The same numbers and `--seed` give the same nation, whatever
was interrupted: each commune goes in as a whole, and is left out when it is there. Daily facts and sums go in with the
lines, as `work.folds` and `work.rollup` would leave them (`tests/test_nation.py` compares); provinces and the nation
are counted from them.

Everything in it is invented, the days may lie ahead, and no person is in it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle, islice
from typing import Any

NATION = "toan-quoc-mau"
SEED, FIRST, YEARS, LINES = 7, 2026, 3, 25
ALL_COMMUNES = 3321
# So many communes go in with one transaction.
TOGETHER = 12
_MODULUS, _MARK = 2**256, 2**46
_WORDS = (
    "Bản tin cải cách hành chính số {}",
    "Họp thôn lần {} về thủ tục đất đai",
    "Hướng dẫn nộp hồ sơ trực tuyến, lượt {}",
    "Giới thiệu dịch vụ công trực tuyến, bài {}",
    "Tuyên truyền về một cửa, đợt {}",
)
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Spec:
    """What a line of the template is: its kind and counters."""

    kind: str
    counters: tuple[str, ...]


def template(lines: int) -> list[Spec]:
    """A month of a commune: every kind and every counter at least once, when `lines` allows it."""
    from dinhlang.work.concepts import COUNTERS
    from dinhlang.work.models import ActivityKind

    first, rest = [], []
    for kind, counters in COUNTERS.items():
        names = [counter.id for counter in counters]
        if kind is ActivityKind.ONESTOP:
            first.append(Spec(kind.value, tuple(sorted(names))))
            continue
        first.append(Spec(kind.value, tuple(sorted(names[:3]))))
        rest += [Spec(kind.value, (name,)) for name in names[3:]] + [Spec(kind.value, (names[0],))]
    return list(islice(chain(first, cycle(rest)), lines))


class Commune:
    """The rows of one commune, by table."""

    def __init__(self, unit: str, number: int, seed: int, specs: Sequence[Spec], first_id: int) -> None:
        self.unit, self.number, self.specs = unit, number, specs
        self.id, self.serial = first_id, 0
        self.chance = random.Random(f"{seed} {unit}")
        self.activities: list[Row] = []
        self.measures: list[Row] = []
        self.evidence: list[Row] = []
        self.daily: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)

    def month(self, year: int, month: int, fields: Sequence[str], fold: Callable[[str], str]) -> None:
        """Write a month's lines."""
        roll, days = self.chance.random, 28
        for spec in self.specs:
            self.serial += 1
            day = f"{year:04d}-{month:02d}-{int(roll() * days) + 1:02d}"
            title = _WORDS[int(roll() * len(_WORDS))].format(self.serial)
            counts = [(name, int(roll() * 30) + 1) for name in spec.counters]
            if spec.kind == "onestop":
                counts = _consistent(counts)
            self._line(spec.kind, day, title, counts, fields[int(roll() * len(fields))], roll() < 0.04, fold)

    def _line(
        self,
        kind: str,
        day: str,
        title: str,
        counts: list[tuple[str, int]],
        field: str,
        shown: bool,
        fold: Callable[[str], str],
    ) -> None:
        uid = f"{self.number:08x}-0000-4000-8000-{self.serial:012x}"
        measures = ",".join([f'"{name}":[{value},""]' for name, value in counts])
        content = (
            f'{{"basis":"su-kien","happened_on":"{day}","kind":"{kind}","measures":{{{measures}}},"note":"",'
            f'"reform_field":"{field}","task":null,"title":"{title}","uid":"{uid}","unit":"{self.unit}"}}'
        )
        digest = hashlib.sha256(b"dinhlang.line/1\n" + content.encode()).hexdigest()
        self.id += 1
        self.activities.append(
            (
                self.id, uid.replace("-", ""), self.unit, kind, day, title, None, field, "su-kien", "", fold(title),
                None, None, None, f"{day} 03:00:00+00:00", None, digest,
            )
        )  # fmt: skip
        self.measures += [(self.id, name, value, "") for name, value in counts]
        if shown:
            self.evidence.append(
                (self.id, "link", None, f"https://xa.example/{uid}", "", None, f"{day} 03:00:00+00:00", None)
            )
        whole, bare = int(digest, 16), int(not shown)
        for name, value in (*counts, (f"kind:{kind}", 1), (f"field:{field}", 1)):
            row = self.daily[name, day]
            row[0] += value
            row[1] += 1
            row[3] += bare
            row[4] += whole

    def daily_rows(self) -> Iterator[Row]:
        """Daily facts."""
        for (concept, day), (total, lines, inexact, bare, digest) in self.daily.items():
            yield (self.unit, concept, day, total, lines, inexact, bare, f"{digest % _MODULUS:064x}")

    def period_rows(self) -> Iterator[Row]:
        """Sums of years, months and first parts of months."""
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
        for (concept, day), parts in self.daily.items():
            month = day[:7]
            for bucket in (day[:4], month, f"{month}a") if day[8:] <= "14" else (day[:4], month):
                row = sums[bucket, concept]
                for place, part in enumerate(parts):
                    row[place] += part
        for (bucket, concept), (total, lines, inexact, bare, digest) in sums.items():
            yield (bucket, self.unit, concept, total, lines, inexact, bare, digest % _MARK)


def _consistent(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counts of a one-stop: no more on time than resolved, no more online than received."""
    found = dict(counts)
    found["dossiers_received"] += found["dossiers_online"]
    found["dossiers_resolved"] = found["dossiers_on_time"] + found["dossiers_late"]
    found["survey_answers"] += found["survey_satisfied"]
    return list(found.items())


# --- into the database ----------------------------------------------------------------------------

_COLUMNS = {
    "work_activity": "id uid unit_id kind happened_on title task_id reform_field basis note folded imported_from_id"
    " instead_of_id batch_id recorded_at recorded_by_id line_hash",
    "work_measure": "activity_id concept value exactness",
    "work_evidence": "activity_id kind blob_id url caption batch_id added_at added_by_id",
    "work_dailyfact": "unit_id concept day total lines inexact_lines unevidenced_lines digest",
    "work_periodfact": "bucket unit_id concept total lines inexact_lines unevidenced_lines mark",
}


def _insert(table: str, rows: Iterable[Row]) -> None:
    """All rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""
    from django.db import connection

    columns = _COLUMNS[table].split()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for some in _batched(rows, 2000):
                    copy.write("".join(["\t".join([_text(cell) for cell in row]) + "\n" for row in some]))
        else:
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own names
                rows,
            )


def _text(cell: Any) -> str:
    return "\\N" if cell is None else str(cell)


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def communes(number: int) -> list[tuple[str, str]]:
    """That many communes of today's and their provinces, every province with its share."""
    from dinhlang.org.models import Unit, UnitPlacement

    placed = UnitPlacement.objects.filter(
        unit__level=Unit.Level.COMMUNE, unit__is_demo=False, parent__level=Unit.Level.PROVINCE, ends_on=None
    ).exclude(unit__official_code="")
    rows = list(placed.order_by("parent_id", "unit_id").values_list("unit_id", "parent_id"))
    step = len(rows) / min(number, len(rows))
    return [rows[int(place * step)] for place in range(min(number, len(rows)))]


def make(
    *,
    number: int = ALL_COMMUNES,
    first: int = FIRST,
    years: int = YEARS,
    lines: int = LINES,
    seed: int = SEED,
    told: Callable[[str], None] = lambda said: None,
) -> None:
    """Make the nation, or go on with it."""
    from django.db import connection, transaction
    from django.db.models import Max

    from dinhlang.vietnamese.text import fold
    from dinhlang.work.models import Activity, PeriodFact, ReformField

    chosen = communes(number)
    _stand_above({province for _commune, province in chosen})
    known = set(
        PeriodFact.objects.filter(bucket=str(first)).order_by().values_list("unit_id", flat=True).distinct()
    )
    waiting = [(place, unit) for place, (unit, _province) in enumerate(chosen, 1) if unit not in known]
    specs, fields = template(lines), [field.value for field in ReformField]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # The rows point to each other rightly; asking for each of them takes as long as writing it.
            cursor.execute("SET session_replication_role = replica")
    began, last_id = time.monotonic(), Activity.objects.aggregate(last=Max("id"))["last"] or 0
    for done, some in enumerate(_batched(waiting, TOGETHER), 1):
        made = []
        for place, unit in some:
            one = Commune(unit, place, seed, specs, last_id)
            for year in range(first, first + years):
                for month in range(1, 13):
                    one.month(year, month, fields, fold)
            last_id = one.id
            made.append(one)
        with transaction.atomic():
            _insert("work_activity", chain.from_iterable(one.activities for one in made))
            _insert("work_measure", chain.from_iterable(one.measures for one in made))
            _insert("work_evidence", chain.from_iterable(one.evidence for one in made))
            _insert("work_dailyfact", chain.from_iterable(one.daily_rows() for one in made))
            _insert("work_periodfact", chain.from_iterable(one.period_rows() for one in made))
        if done % 10 == 0:
            told(f"{done * TOGETHER} of {len(waiting)} communes, {time.monotonic() - began:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
    _count_above(first, years, chosen, told)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('work_activity', 'id'), (SELECT max(id) FROM work_activity))"
            )
        cursor.execute("ANALYZE")  # as the database does by itself in the minutes after so many new rows


def _stand_above(provinces: set[str]) -> None:
    """A nation above the provinces, so that somebody can look from there."""
    from datetime import UTC, datetime

    from dinhlang.org.models import Unit, UnitName, UnitPlacement
    from dinhlang.work.rollup import actions as rollup

    nation, is_new = Unit.objects.get_or_create(id=NATION, defaults={"level": Unit.Level.NATION})
    if is_new:
        UnitName.objects.create(unit=nation, name="Toàn quốc mẫu", folded="toan quoc mau")
    for province in sorted(provinces):
        UnitPlacement.objects.get_or_create(unit_id=province, parent=nation)
    rollup.follow_placements(at=datetime.now(UTC))


def _count_above(first: int, years: int, chosen: list[tuple[str, str]], told: Callable[[str], None]) -> None:
    from dinhlang.work.rollup import actions as rollup

    above = [*sorted({province for _commune, province in chosen}), NATION]
    for year in range(first, first + years):
        rollup.count_anew(above, year)
        told(f"provinces and nation {year}")


def main() -> None:
    """Makes the nation that the command line asks for, telling how far it is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--communes", type=int, default=ALL_COMMUNES)
    asked.add_argument("--first", type=int, default=FIRST)
    asked.add_argument("--years", type=int, default=YEARS)
    asked.add_argument("--lines", type=int, default=LINES)
    asked.add_argument("--seed", type=int, default=SEED)
    given = asked.parse_args()
    from dinhlang.config import start

    start.ready()
    make(
        number=given.communes,
        first=given.first,
        years=given.years,
        lines=given.lines,
        seed=given.seed,
        told=lambda said: print(said, flush=True),
    )
    print(f"made: {size()}")


def size() -> dict[str, int]:
    """How many rows there are now."""
    from django.db.models import Q

    from dinhlang.work.models import Activity, DailyFact, Measure, PeriodFact

    months = Q(bucket__regex="^....-..$")
    return {
        "lines": Activity.objects.count(),
        "counters": Measure.objects.count(),
        "daily_facts": DailyFact.objects.count(),
        "commune_month_facts": PeriodFact.objects.filter(months, unit__level="commune").count(),
        "sums": PeriodFact.objects.count(),
    }


if __name__ == "__main__":
    main()
