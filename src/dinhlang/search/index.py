"""The folder in which words are kept (tantivy), written by one process and read by any number.

A folder holds generations ("g1", "g2" …) and a file that names the one in use, replaced in one step: a rebuild writes a
whole new generation while the old one answers. What is found in no readable state counts as empty, for the database has
everything.

Each tier of worth (`wanted`) is asked only when those before it did not fill the page, and side by side is a word of its
own, so that the common case costs less than one plain question (benchmarks/bench_search.py).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from dinhlang.search.engine import Busy, Engine
from dinhlang.search.fields import FORM, TEXTS, facet, fields_of, hit_of, parted
from dinhlang.search.meant import Meant, Near
from dinhlang.search.model import Document, Found, Hit
from dinhlang.search.question import Question
from dinhlang.search.wanted import Wanted, everything, most_of, tiers

_HEAP: Final = 64_000_000
# Of 500 found things the texts that are shown take some 3 MB.
_MOST_HITS: Final = 500


class Index(Engine):
    """The words of every document, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when something is written."""
        self._folder = folder
        self._named: tuple[tuple[int, int], str] | None = None
        self._open: _Open | None = None
        self._meant: tuple[object, Meant] | None = None

    # Writing: one process at a time.

    def write(self, documents: Iterable[Document] = (), gone: Iterable[str] = ()) -> None:
        """Put documents in, in place of older ones with their identifiers, and take the gone ones out. All or nothing.

        Raises `Busy` while another process writes.
        """
        name = self._current() or self._begin("g1")
        with self._writer(self._folder / name) as writer:
            for one in gone:
                writer.delete_documents_by_term("id", one)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(_kept(document))

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew from all documents; the old one answers until the new one is whole. Gives their number.

        Raises `Busy` while another process writes.
        """
        old = self._current()
        name = f"g{1 + max((_number(path.name) for path in self._generations()), default=0)}"
        number = 0
        _new(self._folder / name)
        with self._writer(self._folder / name) as writer:
            for document in documents:
                writer.add_document(_kept(document))
                number += 1
        self._use(name)
        for path in self._generations():
            if path.name not in (name, old):
                shutil.rmtree(path, ignore_errors=True)
        return number

    @property
    def is_there(self) -> bool:
        """Whether there is an index that can be read."""
        return self._reader() is not None

    # Reading: any number of processes.

    @property
    def state(self) -> str:
        """What changes with every word that is written; empty while nothing can be read."""
        read = self._reader()
        return f"{read.stamp[0]} {read.stamp[1]}" if read else ""

    def _look(self, sites: Sequence[str], facets: Mapping[str, str], skipped: int) -> _Look | None:
        read = self._reader()
        if read is None:
            return None
        return _Look(read, _within(read.index.schema, sites, facets), skipped)

    def suggest(self, typed: str, *, sites: Sequence[str] = (), limit: int = 6) -> tuple[Hit, ...]:
        """Documents whose title has the words typed so far, the last one perhaps not yet whole."""
        read = self._reader()
        question = Question.of(typed)
        if not question or read is None:
            return ()
        schema, searcher = read.index.schema, read.searcher
        *whole, last = question.folded
        begun = searcher.terms_with_prefix("title", last, limit=40)
        if not begun:
            return ()
        asked = [(Occur.Must, _has(schema, "title", word)) for word in whole]
        asked.append(
            (
                Occur.Must,
                Query.disjunction_max_query([_has(schema, "title", word) for word, _ in begun]),
            )
        )
        asked += _within(schema, sites, {})
        hits = searcher.search(Query.boolean_query(asked), limit, count=False).hits
        return tuple(_shown(searcher.doc(address)) for _, address in hits)

    # Inside.

    def _generations(self) -> list[Path]:
        return [path for path in self._folder.glob("g*") if path.is_dir()] if self._folder.is_dir() else []

    def _current(self) -> str | None:
        try:
            form, name = (self._folder / "current").read_text("utf-8").split()
        except (OSError, ValueError):
            return None
        is_ours = form == FORM and _number(name) and (self._folder / name / "meta.json").is_file()
        return name if is_ours else None

    def _begin(self, name: str) -> str:
        while (self._folder / name).exists():
            name = f"g{_number(name) + 1}"
        _new(self._folder / name)
        self._use(name)
        return name

    def _use(self, name: str) -> None:
        beside = self._folder / "current.new"
        beside.write_text(f"{FORM} {name}", "utf-8")
        beside.replace(self._folder / "current")

    @contextmanager
    def _writer(self, path: Path) -> Iterator[Any]:
        try:
            writer = _opened(path).writer(_HEAP, 1)
        except ValueError as refused:
            raise Busy(str(refused)) from refused
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()

    def _reader(self) -> _Open | None:
        """The index in use, opened again when another generation is, and told when something was written."""
        try:
            # Looked at for each question: two calls, where reading the name each time would be six.
            used = os.stat(f"{self._folder}/current")  # noqa: PTH116
            moment = (used.st_ino, used.st_mtime_ns)
            name = self._named[1] if self._named and self._named[0] == moment else self._current()
            if name is None:
                return None
            self._named = moment, name
            stamp = (name, os.stat(f"{self._folder}/{name}/meta.json").st_mtime_ns)  # noqa: PTH116
            read = self._open
            if read is None or read.stamp[0] != name:
                index = _opened(self._folder / name)
            elif read.stamp != stamp:
                index = read.index
                index.reload()
            else:
                return read
            self._open = read = _Open(stamp, index, index.searcher(), {})
        except (OSError, ValueError):
            return None
        return read

    def _spelling(self) -> Meant:
        read = self._open
        assert read is not None  # noqa: S101 - there is a look at it
        if self._meant is None or self._meant[0] != read.stamp:
            self._meant = read.stamp, Meant(_Known(read.searcher))
        return self._meant[1]


@dataclass(frozen=True, slots=True)
class _Open:
    """One state of the index as it is read: what was shown of it lately, by where it is kept, goes with it."""

    stamp: tuple[str, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    hits: dict[tuple[int, int], Hit]


class _Known:
    """The words of an index, as `Meant` asks for them."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._often = dict(searcher.terms_with_prefix("words", ""))

    def often(self, words: Sequence[str]) -> dict[str, int]:
        return {word: self._often[word] for word in words if word in self._often}

    def near(self, word: str, slips: int) -> list[Near]:
        found = process.extract(word, self._often.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [Near(one, self._often[one]) for one, _distance, _place in found]

    def beside(self, pairs: Sequence[str]) -> dict[str, int]:
        return {pair: int(self._searcher.doc_freq("pairs", pair)) for pair in pairs}


class _Look:
    """One look at an index: what is asked of it, within which documents."""

    def __init__(
        self,
        read: _Open,
        within: list[tuple[Occur, Query]],
        skipped: int,
    ) -> None:
        self._schema, self._searcher, self._hits = read.index.schema, read.searcher, read.hits
        self._within, self._skipped = within, skipped

    def of(self, question: Question, most: int) -> Found:
        """What has all the words, tier by tier."""
        best: dict[tuple[int, int], tantivy.DocAddress] = {}
        for tier in tiers(question):
            for address in self._best(self._all(tier), most):
                best.setdefault((address.segment_ord, address.doc), address)
            if len(best) >= most:
                break
        return self._found(list(best.values())[:most], self._all(everything(question)))

    def loosely(self, question: Question, most: int) -> Found:
        """What has most of the words."""
        words, enough = most_of(question)
        if not words:
            return Found()
        some = Query.boolean_query(
            [(Occur.Should, _has(self._schema, "words", word)) for word in words],
            minimum_number_should_match=enough,
        )
        query = Query.boolean_query([(Occur.Must, some), *self._within])
        return replace(self._found(self._best(query, most), query), loosely=True)

    def _all(self, wanted: Wanted) -> Query:
        must = [(Occur.Must, _has(self._schema, wanted.field, term)) for term in wanted.terms]
        must += [(Occur.Must, _quietly(_has(self._schema, "pairs", pair))) for pair in wanted.quoted]
        return Query.boolean_query(must + self._within)

    def _best(self, query: Query, most: int) -> list[tantivy.DocAddress]:
        return [address for _, address in self._searcher.search(query, most, count=False).hits]

    def _found(self, best: list[tantivy.DocAddress], everything: Query) -> Found:
        if not best:
            return Found()
        hits = tuple(self._hit(address) for address in best[self._skipped :])
        return Found(hits=hits, **self._counted(everything))

    def _hit(self, address: tantivy.DocAddress) -> Hit:
        place = (address.segment_ord, address.doc)
        hit = self._hits.get(place)
        if hit is None:
            if len(self._hits) >= _MOST_HITS:
                self._hits.clear()
            hit = self._hits[place] = _shown(self._searcher.doc(address))
        return hit

    def _counted(self, query: Query) -> dict[str, Any]:
        """How many there are in all, and of each value of each facet."""
        answer = self._searcher.aggregate(
            query,
            {"all": {"value_count": {"field": "one"}}, "facets": {"terms": {"field": "facets", "size": 500}}},
        )
        counts = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["facets"]["buckets"]}
        return {"total": int(answer["all"]["value"]), "facets": parted(counts)}


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("id", tokenizer_name="raw", index_option="basic")
    made.add_bytes_field("shown", stored=True)
    made.add_text_field("site", tokenizer_name="raw", index_option="basic")
    made.add_text_field("facets", tokenizer_name="raw", index_option="basic", fast=True)
    made.add_integer_field("one", fast=True)
    for name in TEXTS:
        made.add_text_field(name, tokenizer_name="spaced", index_option="freq")
    return made.build()


def _new(path: Path) -> None:
    path.mkdir(parents=True)
    tantivy.Index(_schema(), path=str(path))


def _opened(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    # Words are parted before they come here (`words`), with a space between.
    spaced = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaced", spaced)
    index.config_reader("manual")
    return index


def _kept(document: Document) -> tantivy.Document:
    texts, facets, shown = fields_of(document)
    kept = json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace")
    return tantivy.Document(id=document.id, shown=kept, site=document.site, one=1, facets=facets, **texts)


def _shown(document: tantivy.Document) -> Hit:
    return hit_of(json.loads(bytes(document["shown"][0])))


def _has(schema: tantivy.Schema, field: str, term: str) -> Query:
    return Query.term_query(schema, field, term, "freq")


def _quietly(query: Query) -> Query:
    """A condition that says nothing about worth."""
    return Query.const_score_query(query, 0.0)


def _within(
    schema: tantivy.Schema, sites: Sequence[str], facets: Mapping[str, str]
) -> list[tuple[Occur, Query]]:
    asked = [_one_of(schema, "site", sites)] if sites else []
    asked += [
        Query.term_query(schema, "facets", facet(name, value), "basic")
        for name, value in facets.items()
        if value
    ]
    return [(Occur.Must, _quietly(query)) for query in asked]


def _one_of(schema: tantivy.Schema, field: str, values: Sequence[str]) -> Query:
    """Documents with any of a few values. A set of terms would be made an automaton that goes through all terms of the
    field for each question: 165 µs where these take 3."""
    return Query.boolean_query(
        [(Occur.Should, Query.term_query(schema, field, value, "basic")) for value in values]
    )


def _number(name: str) -> int:
    """The number of a generation; 0 for a name that is none."""
    return int(name[1:]) if name[:1] == "g" and name[1:].isdecimal() else 0
