"""How fast something is found among many, beside what others take on the same documents in the same run.

`python -m benchmarks.bench_search [DOCUMENTS]` (100,000 if nothing is said) prints a table and, as its last line, one
JSON object. Documents have a title of 7 words and a text of 60, made of terms of commune work and of the syllables of
official text by how common they are, the same on every machine. Head terms are bad on purpose: "đăng ký" stands in most
documents. Peers: tantivy as it comes with its own folding, asked for all words, best ten by BM25; PostgreSQL with a
stored tsvector folded by `unaccent`, GIN, best ten by ts_rank over all hits. Questions visit the engines in turn, warm,
from one client; then eight clients ask one engine for a second, then the next, several times over. Ours gives the
number found and the facets too.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from importlib.resources import files
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Protocol

import psycopg
import tantivy

from benchmarks.truths import ROOT
from dinhlang.search import Document, Index, Question

# What a ratio must be, and whether that is the least or the most.
GOALS = {
    "p95_to_plain": (2.0, False),
    "p95_to_postgresql": (0.15, False),
    "clients_to_postgresql": (8.0, True),
}
CLIENTS, SECONDS, TURNS, ROUNDS = 8, 1.0, 5, 20
DAY = date(2026, 1, 1)

TERMS = (
    "đăng ký", "đăng ký khai sinh", "đăng ký kết hôn", "đăng ký tạm trú", "đăng ký đất đai", "hộ tịch", "hộ tịch",
    "thủ tục hành chính", "chứng thực bản sao", "chứng thực chữ ký", "dịch vụ công trực tuyến", "một cửa liên thông",
    "người có công", "bảo trợ xã hội", "giấy xác nhận tình trạng hôn nhân", "cấp xã", "niêm yết công khai",
    "phản ánh kiến nghị", "cải cách hành chính", "chuyển đổi số", "xây dựng nông thôn mới", "hộ nghèo", "hộ cận nghèo",
    "trích lục bản đồ", "giấy chứng nhận quyền sử dụng đất", "hòa giải ở cơ sở", "tiếp công dân", "phí lệ phí",
)  # fmt: skip
QUESTIONS = {
    "common": ("đăng ký", "dang ky", "hộ tịch", "ho tich", "thủ tục", "thu tuc"),
    "term": (
        "thủ tục hành chính", "thu tuc hanh chinh", "dich vu cong truc tuyen", "giấy chứng nhận quyền sử dụng đất",
        "phan anh kien nghi", "chứng thực bản sao",
    ),
    "rare": ("nguệch ngoạc", "khuya khoat", "thoăn thoắt", "xuềnh xoàng", "ngoam ngoap", "quềnh quàng"),
    "phrase": ('"hòa giải ở cơ sở"', '"ho ngheo"', '"một cửa liên thông"', '"trich luc ban do"'),
}  # fmt: skip


def documents(number: int) -> Iterator[tuple[str, str, str]]:
    """Identifier, title and text of each document."""
    lines = (files("dinhlang.vietnamese") / "frequencies.txt").read_text("utf-8").splitlines()
    syllables = [line.split()[0] for line in lines if line and not line.startswith("#")]
    weights = list(accumulate(1 / (place + 20) for place in range(len(syllables))))
    chance = random.Random(20260101)
    for one in range(number):
        words: list[str] = []
        while len(words) < 67:
            if chance.random() < 0.3:
                words += chance.choice(TERMS).split()
            else:
                words += chance.choices(syllables, cum_weights=weights, k=3)
        yield str(one), " ".join(words[:7]), " ".join(words[7:67])


class Engine(Protocol):
    """Something that finds the best ten."""

    name: str

    def ask(self, typed: str) -> object:
        """Find the ten best for a question; a phrase stands in quotation marks."""


class Ours:
    """`dinhlang.search`."""

    name = "Đình Làng"

    def __init__(self, folder: Path, number: int = 0) -> None:
        """Open the index of a folder, made first of so many documents."""
        self._index = Index(folder)
        if number:
            self._index.rebuild(
                Document(one, "ben-truc", title, text, DAY, {"kind": "article"})
                for one, title, text in documents(number)
            )

    def ask(self, typed: str) -> object:
        return self._index.find(Question.of(typed))


class Plain:
    """tantivy as it comes, with its own folding."""

    name = "tantivy"

    def __init__(self, folder: Path, number: int = 0) -> None:
        """Open the index of a folder, made first of so many documents."""
        schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
        schema = schema.add_text_field("text", tokenizer_name="folded").build()
        if number:
            folder.mkdir()
            self._index = self._ready(tantivy.Index(schema, path=str(folder)))
            writer = self._index.writer(64_000_000, 1)
            for one, title, text in documents(number):
                writer.add_document(tantivy.Document(id=one, text=f"{title} {text}"))
            writer.commit()
            writer.wait_merging_threads()
        self._index = self._ready(tantivy.Index.open(str(folder)))

    @staticmethod
    def _ready(index: tantivy.Index) -> tantivy.Index:
        simple = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        folded = simple.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
        index.register_tokenizer("folded", folded.build())
        return index

    def ask(self, typed: str) -> object:
        searcher = self._index.searcher()
        query = self._index.parse_query(typed, ["text"], conjunction_by_default=True)
        return [searcher.doc(address)["id"] for _, address in searcher.search(query, 10).hits]


class PostgreSQL:
    """A stored tsvector with GIN, ranked in full."""

    name = "PostgreSQL"

    def __init__(self, address: str, number: int = 0) -> None:
        """Connect to a database, filled first with so many documents."""
        self._database = psycopg.connect(address, autocommit=True)
        if not number:
            return
        for step in (
            "create extension unaccent",
            "create function folded(text) returns text language sql immutable parallel safe as "
            "$$ select public.unaccent('public.unaccent', $1) $$",
            "create table found (id text, title text, body text)",
        ):
            self._database.execute(step)
        with self._database.cursor().copy("copy found from stdin") as copy:
            for row in documents(number):
                copy.write_row(row)
        for step in (
            "alter table found add column words tsvector generated always as "
            "(to_tsvector('simple', folded(title || ' ' || body))) stored",
            "create index found_words on found using gin (words)",
            "vacuum analyze found",
        ):
            self._database.execute(step)

    def ask(self, typed: str) -> object:
        which = "phraseto_tsquery" if typed.startswith('"') else "plainto_tsquery"
        return self._database.execute(
            f"select id from found, {which}('simple', folded(%s)) asked where words @@ asked "  # noqa: S608
            "order by ts_rank(words, asked) desc limit 10",
            [typed.strip('"')],
        ).fetchall()


def one_client(engines: Sequence[Engine]) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each engine, by the kind of question, the engines in turn."""
    took: dict[str, dict[str, list[float]]] = {
        engine.name: {kind: [] for kind in QUESTIONS} for engine in engines
    }
    for round_number in range(ROUNDS + 1):
        for kind, questions in QUESTIONS.items():
            for typed in questions:
                for engine in engines:
                    began = time.perf_counter()
                    engine.ask(typed)
                    if round_number:
                        took[engine.name][kind].append((time.perf_counter() - began) * 1000)
    return took


def many_clients(opened: Sequence[Callable[[], Engine]]) -> list[float]:
    """Questions a second that eight clients get answered by each engine.

    The engines are asked in turn, some seconds each and several times, so that what else the machine does meets all.
    """
    answered = [0] * len(opened)
    with ExitStack() as stack:
        crowds = [stack.enter_context(_crowd(one)) for one in opened]
        for _ in range(TURNS):
            for place, crowd in enumerate(crowds):
                answered[place] += sum(crowd.map(_ask_for_a_while, range(CLIENTS), chunksize=1))
    return [number / (SECONDS * TURNS) for number in answered]


def _crowd(opened: Callable[[], Engine]) -> AbstractContextManager[Any]:
    """Eight clients, each in a process of its own that has asked everything once."""
    together = multiprocessing.Barrier(CLIENTS)
    return multiprocessing.Pool(CLIENTS, initializer=_open, initargs=(opened, together))


_engine: Engine
_together: Any


def _open(opened: Callable[[], Engine], together: Any) -> None:
    global _engine, _together
    # Linux shares the processor between sessions, and PostgreSQL gives each of its servers one: so has each client here.
    os.setsid()
    _engine, _together = opened(), together
    for typed in _all_questions():
        _engine.ask(typed)


def _ask_for_a_while(client: int) -> int:
    questions = _all_questions()
    random.Random(client).shuffle(questions)
    # Eight tasks wait for each other, so that no process takes two and all ask in the same seconds.
    _together.wait()
    until, answered = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        _engine.ask(questions[answered % len(questions)])
        answered += 1
    return answered


def _all_questions() -> list[str]:
    return [typed for kind in QUESTIONS.values() for typed in kind]


class _Opened:
    """How a client opens its engine in a process of its own."""

    def __init__(self, kind: Callable[[Any], Engine], where: Any) -> None:
        self._kind, self._where = kind, where

    def __call__(self) -> Engine:
        return self._kind(self._where)


@contextmanager
def built(number: int) -> Iterator[list[_Opened]]:
    """The three engines with so many documents, and how a client opens each."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from temporary_postgresql import running

    with tempfile.TemporaryDirectory(prefix="search-") as folder, running() as address:
        places: list[tuple[Any, Any]] = [
            (Ours, Path(folder) / "ours"),
            (Plain, Path(folder) / "plain"),
            (PostgreSQL, address),
        ]
        for kind, where in places:
            began = time.perf_counter()
            kind(where, number)
            print(f"{kind.name}: {number} documents in {time.perf_counter() - began:.1f} s")
        yield [_Opened(kind, where) for kind, where in places]


def measured(number: int) -> dict[str, float]:
    """Print what each engine took; give the ratios that are goals, with the number of documents in their names."""
    with built(number) as opened:
        took = one_client([open_one() for open_one in opened])
        rates = dict(
            zip((kind.name for kind in (Ours, Plain, PostgreSQL)), many_clients(opened), strict=True)
        )
    print(f"{'':12}" + "".join(f"{kind:>16}" for kind in [*QUESTIONS, "all"]) + f"{'8 clients':>14}")
    worst = {}
    for name, kinds in took.items():
        everything = [one for times in kinds.values() for one in times]
        cells = [
            f"{statistics.median(times):6.2f} /{_p95(times):7.2f}" for times in [*kinds.values(), everything]
        ]
        print(f"{name:12}" + "".join(f"{cell:>16}" for cell in cells) + f"{rates[name]:10.0f} q/s")
        worst[name] = _p95(everything)
    size = f"{number // 1000}k"
    return {
        f"search_{size}_p95_ms": worst[Ours.name],
        f"search_{size}_p95_to_plain": worst[Ours.name] / worst[Plain.name],
        f"search_{size}_p95_to_postgresql": worst[Ours.name] / worst[PostgreSQL.name],
        f"search_{size}_clients_to_postgresql": rates[Ours.name] / rates[PostgreSQL.name],
    }


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Measure with as many documents as the command says."""
    number = int(next(islice(sys.argv, 1, 2), "100000"))
    print(json.dumps({name: round(value, 3) for name, value in measured(number).items()}))


if __name__ == "__main__":
    main()
