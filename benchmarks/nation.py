"""A synthetic nation to measure with: today's provinces and communes, and ledgers that nobody kept.

`python -m benchmarks.nation` fills the database of this process's environment (`DATABASE_URL`, `DINHLANG_DATA`), which
should be an empty one. `--communes N` takes N of the 3,321, some of every province; `--years` and `--lines` say how many years
from `--first` on, and how many lines a commune writes a month. The same numbers and `--seed` give the same nation, whatever
was interrupted: each province goes in as a whole, and is left out when it is there. Daily facts and sums go in with the
lines, as `work.folds` and `work.rollup` would leave them (`tests/test_nation.py` compares).

`--share 1/2` and `--share 2/2` write it by two processes at once; run it once more without to end it.
`--older N` adds N years before the first in their sums only, each the same as the first: ten years of figures to ask.
`--only-sums` leaves lines and daily facts out of the other years too: all there is to ask, in a twentieth of the time.

Everything in it is invented, the days may lie ahead, and no person is in it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, cycle, islice
from typing import Any

NATION = "toan-quoc-mau"
SEED, FIRST, YEARS, LINES = 7, 2026, 3, 25
ALL_COMMUNES = 3321
# So many communes are held in memory at once, and on so many days of a month a commune does something.
TOGETHER, BUSY_DAYS = 8, 10
_MODULUS = 2**256
_WORDS = (
    "Bản tin cải cách hành chính số {}",
    "Họp thôn lần {} về thủ tục đất đai",
    "Hướng dẫn nộp hồ sơ trực tuyến, lượt {}",
    "Giới thiệu dịch vụ công trực tuyến, bài {}",
    "Tuyên truyền về một cửa, đợt {}",
)
Row = tuple[Any, ...]
Daily = dict[tuple[str, str], list[int]]


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


@dataclass
class Pen:
    """What all communes write with: the lines of a month, fields of reform, titles as they are and for search."""

    specs: Sequence[Spec]
    fields: Sequence[str]
    words: Sequence[tuple[str, str]]
    seed: int


def pen(lines: int, seed: int) -> Pen:
    """For so many lines a month."""
    from dinhlang.vietnamese.text import fold
    from dinhlang.work.models import ReformField

    words = [(word, fold(word)) for word in _WORDS]
    return Pen(template(lines), [one.value for one in ReformField], words, seed)


@dataclass
class Rows:
    """What goes into the tables of the ledger."""

    activities: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    daily: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)

    def write(self, *, only_sums: bool) -> None:
        """Put them there, all or the sums alone."""
        if not only_sums:
            _insert("work_activity", self.activities)
            _insert("work_measure", self.measures)
            _insert("work_evidence", self.evidence)
            _insert("work_dailyfact", self.daily)
        _insert("work_periodsums", self.periods)


def write_ledger(rows: Rows, with_: Pen, unit: str, number: int, years: Sequence[int]) -> Iterator[Any]:
    """Write a commune's lines and what is folded from them; gives its days of each year with their sums."""
    chance = random.Random(f"{with_.seed} {unit}")
    serial, before = 0, (number - 1) * len(years) * 12 * len(with_.specs)
    for year in years:
        daily: Daily = defaultdict(lambda: [0] * 4)
        for month in range(1, 13):
            serial = _write_month(
                rows, with_, daily, f"{year:04d}-{month:02d}", (unit, number, before, serial), chance
            )
        rows.daily += [
            (unit, name, day, total, lines, 0, bare, f"{digest % _MODULUS:064x}")
            for (name, day), (total, lines, bare, digest) in daily.items()
        ]
        yield year, _by_day(daily)


def _write_month(
    rows: Rows, with_: Pen, daily: Daily, month: str, of: tuple[str, int, int, int], chance: random.Random
) -> int:
    unit, number, before, serial = of
    roll, sha, words, fields = chance.random, hashlib.sha256, with_.words, with_.fields
    days = [f"{month}-{day:02d}" for day in sorted(chance.sample(range(1, 29), BUSY_DAYS))]
    for spec in with_.specs:
        serial += 1
        id_, kind, day = before + serial, spec.kind, days[int(roll() * BUSY_DAYS)]
        word, plain = words[int(roll() * len(words))]
        reform, shown = fields[int(roll() * len(fields))], roll() < 0.04
        title = word.format(serial)
        counts = [(name, int(roll() * 30) + 1) for name in spec.counters]
        if kind == "onestop":
            counts = _consistent(counts)
        measures = ",".join([f'"{name}":[{value},""]' for name, value in counts])
        content = (
            f'{{"basis":"su-kien","happened_on":"{day}","kind":"{kind}","measures":{{{measures}}},"note":"",'
            f'"reform_field":"{reform}","task":null,"title":"{title}",'
            f'"uid":"{number:08x}-0000-4000-8000-{serial:012x}","unit":"{unit}"}}'
        )
        digest = sha(f"dinhlang.line/1\n{content}".encode()).hexdigest()
        at = f"{day} 03:00:00+00:00"
        rows.activities.append(
            (
                id_, f"{number:08x}000040008000{serial:012x}", unit, kind, day, title, reform, "su-kien", "",
                plain.format(serial), at, digest,
            )
        )  # fmt: skip
        if shown:
            rows.evidence.append((id_, "link", f"https://xa.example/{number}/{serial}", "", at))
        whole, bare = int(digest, 16), not shown
        for name, value in counts:
            rows.measures.append((id_, name, value, ""))
            _count(daily[name, day], value, bare, whole)
        _count(daily[f"kind:{kind}", day], 1, bare, whole)
        _count(daily[f"field:{reform}", day], 1, bare, whole)
    return serial


def _count(row: list[int], value: int, bare: bool, digest: int) -> None:
    row[0] += value
    row[1] += 1
    row[2] += bare
    row[3] += digest


def _consistent(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Counts of a one-stop: no more on time than resolved, no more online than received."""
    found = dict(counts)
    found["dossiers_on_time"] += found["dossiers_early"]
    found["dossiers_received"] += found["dossiers_online"]
    found["dossiers_resolved"] = found["dossiers_on_time"] + found["dossiers_late"]
    found["survey_answers"] += found["survey_satisfied"]
    return list(found.items())


def _by_day(daily: Daily) -> Any:
    from dinhlang.work.rollup.places import PLACE
    from dinhlang.work.rollup.sums import MARK_MODULUS, PARTS, no_days

    days = no_days()
    for (name, day), (total, lines, bare, digest) in daily.items():
        if name not in PLACE:
            continue
        at = PARTS * PLACE[name]
        days[date.fromisoformat(day)][at : at + PARTS] = [total, lines, 0, bare, digest % MARK_MODULUS]
    return days


# --- into the database ----------------------------------------------------------------------------

# Columns that are not named are empty.
_COLUMNS = {
    "work_activity": "id uid unit_id kind happened_on title reform_field basis note folded recorded_at line_hash",
    "work_measure": "activity_id concept value exactness",
    "work_evidence": "activity_id kind url caption added_at",
    "work_dailyfact": "unit_id concept day total lines inexact_lines unevidenced_lines digest",
    "work_periodsums": "unit_id bucket sums",
    "work_sumsbelow": "unit_id day sums",
}


def insert(table: str, columns: Sequence[str], rows: list[Row]) -> None:
    """All rows at once: COPY on PostgreSQL (its text written by one format, which is quicker than a cell at a time), one
    prepared statement on SQLite. No cell may have a tab or a backslash."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            form = "\t".join(["%s"] * len(columns)) + "\n"
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for start in range(0, len(rows), 2000):
                    copy.write("".join([form % _copied(row) for row in rows[start : start + 2000]]))
        else:
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - our own names
                rows,
            )


def _insert(table: str, rows: list[Row]) -> None:
    insert(table, _COLUMNS[table].split(), rows)


def _copied(row: Row) -> Row:
    return (*row[:-1], f"\\\\x{row[-1].hex()}") if isinstance(row[-1], bytes) else row


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def communes(number: int) -> list[tuple[str, str]]:
    """That many communes of today's and their provinces, every province with its share, province by province."""
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
    older: int = 0,
    only_sums: bool = False,
    share: tuple[int, int] = (1, 1),
    told: Callable[[str], None] = lambda said: None,
) -> None:
    """Make the nation, or go on with it. Of several processes each writes its share of the provinces, (1, 2) and (2, 2);
    what stands above them is written by one that has nothing left to share."""
    from django.db import connection

    from dinhlang.work.models import PeriodSums
    from dinhlang.work.rollup import actions as rollup
    from dinhlang.work.rollup.rules import whole_year

    by_province: dict[str, list[tuple[int, str]]] = {}
    for place, (unit, province) in enumerate(communes(number), 1):
        by_province.setdefault(province, []).append((place, unit))
    _stand_above(set(by_province))
    known = set(PeriodSums.objects.filter(bucket=whole_year(first)).values_list("unit_id", flat=True))
    with_ = pen(lines, seed)
    began, all_years = time.monotonic(), range(first, first + years)
    with _unasked():
        for province in [one for one in list(by_province)[share[0] - 1 :: share[1]] if one not in known]:
            _write_province(province, by_province[province], with_, all_years, only_sums=only_sums)
            told(f"{province}: {len(by_province[province])} communes, {time.monotonic() - began:.0f} s")
    if share[1] > 1:
        return
    for year in all_years:
        rollup.count_anew([NATION], year)
    for year in range(first - older, first):
        _same_sums(first, year)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('work_activity', 'id'), (SELECT max(id) FROM work_activity))"
            )
        cursor.execute("ANALYZE")  # as the database does by itself in the minutes after so many new rows


@contextmanager
def _unasked() -> Iterator[None]:
    """The rows point to each other rightly; asking PostgreSQL for each of them takes as long as writing it."""
    from django.db import connection

    def say(role: str) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET session_replication_role = {role}")

    say("replica")
    try:
        yield
    finally:
        say("DEFAULT")


def _write_province(
    province: str, below: list[tuple[int, str]], with_: Pen, years: Sequence[int], *, only_sums: bool
) -> None:
    from django.db import transaction

    from dinhlang.work.rollup.sums import no_days, packed, periods_of, plus

    together = {year: no_days() for year in years}
    with transaction.atomic():
        for some in _batched(below, TOGETHER):
            rows = Rows()
            for number, unit in some:
                for year, days in write_ledger(rows, with_, unit, number, years):
                    rows.periods += [
                        (unit, bucket, packed(sums)) for bucket, sums in periods_of(year, days).items()
                    ]
                    for day, sums in days.items():
                        together[year][day] = plus(together[year][day], sums)
            rows.write(only_sums=only_sums)
        for year, days in together.items():
            _insert(
                "work_periodsums",
                [(province, bucket, packed(sums)) for bucket, sums in periods_of(year, days).items()],
            )
            _insert(
                "work_sumsbelow", [(province, day.isoformat(), packed(sums)) for day, sums in days.items()]
            )


def _stand_above(provinces: set[str]) -> None:
    """A nation above the provinces, so that somebody can look from there."""
    from datetime import UTC, datetime

    from dinhlang.org.models import Unit, UnitName, UnitPlacement
    from dinhlang.work.rollup import actions as rollup

    with rollup.turn():  # one process after the other
        nation, is_new = Unit.objects.get_or_create(id=NATION, defaults={"level": Unit.Level.NATION})
        if is_new:
            UnitName.objects.create(unit=nation, name="Toàn quốc mẫu", folded="toan quoc mau")
        there = set(UnitPlacement.objects.filter(parent=nation).values_list("unit_id", flat=True))
        UnitPlacement.objects.bulk_create(
            UnitPlacement(unit_id=province, parent=nation) for province in sorted(provinces - there)
        )
    rollup.follow_placements(at=datetime.now(UTC))


def _same_sums(first: int, year: int) -> None:
    """A year's sums, the same as those of the first year, of which nobody has a line."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO work_periodsums (unit_id, bucket, sums) SELECT unit_id, %s || substr(bucket, 5), sums"
            " FROM work_periodsums WHERE substr(bucket, 1, 4) = %s ON CONFLICT DO NOTHING",
            [str(year), str(first)],
        )


def main() -> None:
    """Makes the nation that the command line asks for, telling how far it is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--communes", type=int, default=ALL_COMMUNES)
    asked.add_argument("--first", type=int, default=FIRST)
    asked.add_argument("--years", type=int, default=YEARS)
    asked.add_argument("--lines", type=int, default=LINES)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--older", type=int, default=0)
    asked.add_argument("--only-sums", action="store_true")
    asked.add_argument("--share", default="1/1")
    given = asked.parse_args()
    from dinhlang.config import start

    start.ready()
    make(
        number=given.communes,
        first=given.first,
        years=given.years,
        lines=given.lines,
        seed=given.seed,
        older=given.older,
        only_sums=given.only_sums,
        share=tuple(map(int, given.share.split("/"))),
        told=lambda said: print(said, flush=True),
    )
    print(f"made: {size()}")


def size() -> dict[str, int]:
    """How many rows there are now; a fact of a month is a commune's figure of one name in one month."""
    from dinhlang.work.models import Activity, DailyFact, Measure, PeriodSums
    from dinhlang.work.rollup.places import PLACES

    months = PeriodSums.objects.filter(bucket__regex="^....-..$", unit__level="commune").count()
    return {
        "lines": Activity.objects.count(),
        "counters": Measure.objects.count(),
        "daily_facts": DailyFact.objects.count(),
        "commune_month_facts": months * len(PLACES),
        "sums": PeriodSums.objects.count(),
    }


if __name__ == "__main__":
    main()
