"""A million cases of feedback and a million dossiers in one commune: what citizens and clerks ask of them.

The rows are multiplied in the database itself. Each page is asked for a hundred times through Django, each time for something else,
so that nothing remembered answers; the time is that of the whole request in this process. `BENCH_ROWS` makes fewer, for trying.

- `million_<page>_p95_ms`, `million_<page>_p50_ms`, and of processor time alone `million_<page>_p95_cpu_ms`, that of the PostgreSQL
  server with it, which grows little with what else the machine does: a dossier looked up by code and digits (`lookup`), by a wrong code (`lookup_wrong`);
  published answers, the first page narrowed to days (`answers`), later pages (`answers_next`), a field and days (`answers_field`), a
  feed (`feed`), Open311 (`open311`); results of a day (`results`); on the desk a first page with its count of cases, of dossiers
  that have rare words (`desk_cases`, `desk_dossiers`), words of very many (`…_common`), of all (`…_all`);
- `million_figures_p95_ms`: the on-time page of the year when it is asked for the first time, from figures that the worker keeps;
  `million_figures_kept_ms`, `million_figures_kept_cpu_ms`: what the worker needs to count one year.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

ROWS = 1_000_000
TIMES = 100
# A new dossier, a new case every three minutes: the million lies within six years.
STEP = timedelta(minutes=3)
PAGES = (
    "lookup",
    "lookup_wrong",
    "answers",
    "answers_next",
    "answers_field",
    "feed",
    "open311",
    "results",
)
DESK = (
    "desk_cases",
    "desk_cases_common",
    "desk_cases_all",
    "desk_dossiers",
    "desk_dossiers_common",
    "desk_dossiers_all",
    "desk_dossiers_some",
    "desk_dossiers_state",
    "desk_dossiers_last",
)
GOALS = {f"million_{page}_p95_ms": ("≤", 50.0) for page in (*PAGES, *DESK, "figures")}
PHONE = "0900000123"


def figures() -> dict[str, float]:
    """All figures of this part."""
    from dinhlang.config import start

    start.ready()
    from dinhlang.org.models import Unit
    from dinhlang.portal.models import Site
    from dinhlang.portal.sites import registry

    unit = Unit.objects.filter(level="commune", ends_on=None).order_by("pk")[0]
    Site.objects.get_or_create(unit=unit, defaults={"path": "bo-do", "is_open": True})
    registry.forget()
    rows = int(os.environ.get("BENCH_ROWS", ROWS))
    now = datetime.now(UTC).replace(microsecond=0)
    _fill(unit, rows, now)
    return dict(_measured(unit, registry.now().by_unit[unit.pk].prefix, rows, now))


# --- the rows ----------------------------------------------------------------------------------------


def _fill(unit: Any, rows: int, now: datetime) -> None:
    from django.db import connection

    from dinhlang.citizens.models import Case, Publication
    from dinhlang.onestop.models import Book, Dossier
    from dinhlang.org.models import Person

    approver = Person.objects.create(username="nguoi-duyet-thu", full_name="Lê Thị Thử")
    case = Case.objects.create(
        unit=unit, code="PA-0", way="web", nature="feedback", category="moi-truong", subject="Rác ở bờ mương",
        words="Rác ở bờ mương chưa được dọn.", state="closed", received_at=now, answered_at=now, days_used=3,
        answered_in_time=True, ended_at=now, changed_at=now,
    )  # fmt: skip
    publication = Publication.objects.create(
        case=case, unit=unit, state="published", title="Rác ở bờ mương", question="Rác ở bờ mương chưa được dọn.",
        answer="Đã dọn, và dọn vào thứ Bảy hằng tuần.", source_digest="0", category="moi-truong", received_on=now.date(),
        answered_on=now.date(), published_at=now, approved_by=approver,
    )  # fmt: skip
    book = Book.objects.create(unit=unit, year=now.year, opened_at=now)
    dossier = Dossier.objects.create(
        unit=unit, key=uuid4(), book=book, number=0, code="H99.12.34-200101-0000", code_key="H99.12.34-200101-0000",
        procedure_code="1.001193", procedure_name="Đăng ký khai sinh", field="Hộ tịch", folded="dang ky khai sinh 1.001193",
        receiving="Xã Bố Đồ", handling="Xã Bố Đồ", returning="Xã Bố Đồ", applicant="Trần Văn Mẫu", phone=PHONE,
        state="resolved", delivery_state="given", presented_at=now, received_at=now, first_due_at=now, due_at=now,
        resolved_at=now, given_at=now, ended_at=now, entered_at=now,
    )  # fmt: skip
    say = _Dialect(connection.vendor, now)
    field = "CASE i % 4 WHEN 0 THEN 'Hộ tịch' WHEN 1 THEN 'Đất đai' WHEN 2 THEN 'Chứng thực' ELSE 'Bảo trợ xã hội' END"
    category = "CASE i % 3 WHEN 0 THEN 'moi-truong' WHEN 1 THEN 'giao-thong' ELSE 'khac' END"
    with connection.cursor() as cursor:
        _multiply(
            cursor, Case, case.pk, rows,
            {"code": "'PA-' || i", "uid": say.uuid("c"), "received_at": say.moment(0), "answered_at": say.moment(-600),
             "ended_at": say.moment(-900), "changed_at": say.moment(-900), "category": category,
             "subject": "'Rác ở bờ mương số ' || i", "folded": "' pa ' || i || ' rac o bo muong so ' || i || ' '"},
        )  # fmt: skip
        _multiply(
            cursor, Publication, publication.pk, rows,
            {"case_id": f"i + {case.pk}", "uid": say.uuid("d"), "published_at": say.moment(-600), "category": category, "received_on": say.day(),
             "title": "'Rác ở bờ mương số ' || i"},
        )  # fmt: skip
        _multiply(
            cursor, Dossier, dossier.pk, rows,
            {"key": say.uuid("e"), "number": "i", "code": say.code(), "code_key": say.code(), "field": field, "folded": say.words(),
             "presented_at": say.moment(0), "received_at": say.moment(0), "first_due_at": say.moment(-4000),
             "due_at": say.moment(-4000), "resolved_at": say.moment(-3000), "given_at": say.moment(-3100),
             "ended_at": say.moment(-3000)},
        )  # fmt: skip
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


class _Dialect:
    """How each database writes a moment, an identifier and a code that follow from a row's number `i`."""

    def __init__(self, vendor: str, now: datetime) -> None:
        self.is_sqlite, self._now = vendor == "sqlite", f"{now:%Y-%m-%d %H:%M:%S}"
        self._step = int(STEP.total_seconds()) // 60

    def moment(self, minutes_after: int) -> str:
        """`i` steps ago, and so many minutes earlier; what ends later than now was still open then."""
        before = f"(i * {self._step} + {minutes_after})"
        if self.is_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%S', '{self._now}', printf('%+d minutes', -{before}))"
        return f"timestamptz '{self._now}+00' - {before} * interval '1 minute'"

    def day(self) -> str:
        """The day of `moment(0)` in Vietnam."""
        if self.is_sqlite:
            return f"date({self.moment(-7 * 60)})"
        return f"(({self.moment(0)}) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"

    def uuid(self, first: str) -> str:
        if self.is_sqlite:
            return f"'{first}' || printf('%031x', i)"
        return f"('{first}' || lpad(to_hex(i), 31, '0'))::uuid"

    def code(self) -> str:
        if self.is_sqlite:
            return "printf('H99.12.34-200101-%07d', i)"
        return "'H99.12.34-200101-' || lpad(i::text, 7, '0')"

    def words(self) -> str:
        number = "printf('%07d', i)" if self.is_sqlite else "lpad(i::text, 7, '0')"
        field = "CASE i % 4 WHEN 0 THEN 'ho tich' WHEN 1 THEN 'dat dai' WHEN 2 THEN 'chung thuc' ELSE 'bao tro xa hoi' END"
        some = "CASE WHEN i % 50 = 9 THEN 'lam lai ' ELSE '' END"
        return (
            f"' h99 12 34 200101 ' || {number} || ' 1 001193 dang ky khai sinh ' || {field} || ' ' || {some}"
        )


def _multiply(cursor: Any, model: Any, pk: int, rows: int, said: dict[str, str]) -> None:
    """Rows as the one with this key, but for what is said by their number `i`."""
    columns = [one.column for one in model._meta.concrete_fields if one.column != "id"]
    quoted = ", ".join(f'"{one}"' for one in columns)
    values = ", ".join(said.get(one, f'of."{one}"') for one in columns)
    table = model._meta.db_table
    cursor.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "  # noqa: S608 - our own names
        f'INSERT INTO "{table}" ("id", {quoted}) SELECT i + {pk}, {values} FROM n, "{table}" AS of WHERE of."id" = {pk}'
    )


# --- what is asked -----------------------------------------------------------------------------------


class _Asking:
    """Whoever asks: each call asks the page of its name for something else."""

    def __init__(self, unit: Any, prefix: str, rows: int, now: datetime) -> None:
        from django.test import Client

        self._unit, self._prefix, self._rows, self._now = unit, prefix, rows, now
        self._dice, self._client = random.Random(8), Client(headers={"host": "localhost"})

    def got(self, address: str, **asked: Any) -> None:
        answer = self._client.get(f"{self._prefix}{address}?{urlencode(asked)}", secure=True)
        answer.getvalue()
        if answer.status_code != 200:
            raise SystemExit(f"{address} {asked}: {answer.status_code}")

    def _day(self) -> str:
        return (self._now - self._dice.random() * STEP * self._rows).date().isoformat()

    def _looked(self, number: int, status: int) -> None:
        answer = self._client.post(
            f"{self._prefix}/tra-cuu-ho-so/",
            {"code": f"H99.12.34-200101-{number:07d}", "digits": PHONE[-4:]},
            secure=True,
            REMOTE_ADDR=f"10.{self._dice.randrange(256)}.{self._dice.randrange(256)}.{self._dice.randrange(256)}",
        )
        if answer.status_code != status:
            raise SystemExit(f"look-up {number}: {answer.status_code}")

    def lookup(self) -> None:
        self._looked(self._dice.randrange(1, self._rows), 200)

    def lookup_wrong(self) -> None:
        self._looked(self._rows + self._dice.randrange(1, self._rows), 403)

    def answers(self) -> None:
        self.got("/phan-anh/", den=self._day())

    def answers_next(self) -> None:
        at = self._now - self._dice.random() * STEP * self._rows
        self.got("/phan-anh/", sau=f"{at.isoformat()}_{self._dice.randrange(self._rows)}")

    def answers_field(self) -> None:
        self.got("/phan-anh/", **{"linh-vuc": "moi-truong", "den": self._day()})

    def feed(self) -> None:
        self.got(f"/phan-anh/nhat-ky.{self._dice.choice(('rss', 'atom', 'json'))}", x=self._dice.random())

    def open311(self) -> None:
        self.got("/open311/v2/requests.json", start_date=f"{self._day()}T00:00:00Z", max_requests=20)

    def results(self) -> None:
        day = self._now.date() - timedelta(days=self._dice.randrange(14))
        self.got("/mot-cua/ket-qua/", ngay=day.isoformat(), x=self._dice.random())

    def figures(self) -> None:
        self.got("/mot-cua/", x=self._dice.random())

    def desk_cases(self) -> None:
        self._cases(f"mương số {self._dice.randrange(self._rows)}")

    def desk_cases_all(self) -> None:
        self._cases("")

    def desk_cases_common(self) -> None:
        self._cases("bờ mương")

    def _cases(self, words: str) -> None:
        from dinhlang.citizens import queries

        _page(queries.cases([self._unit.pk], queries.Asked(words=words), at=self._now))

    def desk_dossiers(self) -> None:
        self._dossiers(f"khai sinh {self._dice.randrange(self._rows):07d}")

    def desk_dossiers_all(self) -> None:
        self._dossiers("")

    def desk_dossiers_common(self) -> None:
        self._dossiers("hộ tịch")

    def desk_dossiers_some(self) -> None:
        self._dossiers("làm lại")

    def desk_dossiers_state(self) -> None:
        self._dossiers("hộ tịch", state="resolved")

    def desk_dossiers_last(self) -> None:
        self._dossiers("hộ tịch", page=_LAST)

    def _dossiers(self, words: str, *, state: str = "", page: int = 1) -> None:
        from dinhlang.onestop import queries

        asked = queries.Asked(words=words, state=state)
        _page(queries.dossiers([self._unit.pk], asked, at=self._now), page)


# Past every end: then the last page is given.
_LAST = 1_000_000


def _page(found: Any, number: int = 1) -> None:
    from dinhlang.org.views import PER_PAGE, LongPaginator

    list(LongPaginator(found, PER_PAGE).get_page(number))


def _measured(unit: Any, prefix: str, rows: int, now: datetime) -> Iterator[tuple[str, float]]:
    asking = _Asking(unit, prefix, rows, now)
    for page in PAGES:
        yield from _times(page, getattr(asking, page), TIMES)
    for page in DESK:
        yield from _times(page, getattr(asking, page), TIMES // 2)
    from dinhlang.onestop import actions as onestop
    from dinhlang.onestop.models import CountedDay

    # As every way into the register marks its days.
    CountedDay.mark(unit, now.date())
    began, work = time.perf_counter(), time.process_time()
    years = onestop.keep_years(at=datetime.now(UTC))
    yield "million_figures_kept_cpu_ms", (time.process_time() - work) * 1000 / years
    yield "million_figures_kept_ms", (time.perf_counter() - began) * 1000 / years
    yield from _times("figures", asking.figures, TIMES)


def _times(page: str, ask: Callable[[], None], times: int) -> Iterator[tuple[str, float]]:
    ask()
    spent, worked = [], []
    for _number in range(times):
        work, began = time.process_time() + _served(), time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() + _served() - work) * 1000)
    last = min(times - 1, times * 95 // 100)
    yield f"million_{page}_p95_ms", sorted(spent)[last]
    yield f"million_{page}_p50_ms", sorted(spent)[times // 2]
    yield f"million_{page}_p95_cpu_ms", sorted(worked)[last]


def _served() -> float:
    """Seconds of processor time of the server's process for this connection, as Linux counts them; none on SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0.0
    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
