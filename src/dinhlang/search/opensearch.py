"""The same fields and the same tiers kept by an OpenSearch server, when one machine is outgrown.

Texts are parted into words here, as for the engine in a folder (`fields`); the server only splits them at spaces. So both
find the same. All tiers of a question travel at once, then the documents of one page: two journeys.

An alias says which generation is in use; a rebuild fills a new one and moves the alias in one step. A document in an index
of its own says who writes. The client library is an own requirement (requirements/opensearch.txt).
"""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from dinhlang.search.engine import Away, Busy, Engine
from dinhlang.search.fields import FORM, TEXTS, facet, fields_of, hit_of, parted
from dinhlang.search.meant import Meant, Near
from dinhlang.search.model import Document, Found, Hit
from dinhlang.search.question import Question
from dinhlang.search.wanted import Wanted, everything, most_of, tiers

# A reader does not wait longer for an answer, nor the worker for a batch (seconds).
_PATIENCE, _WRITING_PATIENCE = 5, 60
# Servers refuse a request of more than 100 MB (`http.max_content_length`), small hosted ones of more than 10 MiB.
_BATCH, _BATCH_BYTES = 500, 8_000_000
# A word that stands in more than a hundredth of all documents would be corrected no more: in so many none does.
_ANY_NUMBER: Final = 1_000_000_000
# Who has not written for so long has died (seconds).
_DEAD_AFTER = 900
_NEAREST, _SUGGESTED = 50, 40
_log = logging.getLogger(__name__)


class OpenSearch(Engine):
    """The words of every document, in an index of an OpenSearch server (2.x and later)."""

    def __init__(self, address: str, clock: Callable[[], float] = time.time) -> None:
        """Take `https://user:password@host:9200/name`; the index is made when something is written."""
        self._address = address
        self._clock = clock
        self._alias = f"{urlsplit(address).path.strip('/')}-{FORM}"
        self._is_away = False

    # Writing: one process at a time.

    def write(self, documents: Iterable[Document] = (), gone: Iterable[str] = ()) -> None:
        """Put documents in and take the gone ones out.

        Nothing is sent before all of them are there; a batch that did not arrive is repeated by whoever asked.
        """
        with self._alone() as still_here:
            puts, takes = list(documents), list(gone)
            if not self.is_there:
                self._use(self._new())
            self._send(self._alias, chain(map(_taken, takes), map(_put, puts)), still_here)
            self._client.indices.refresh(index=self._alias)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew from all documents, beside the old one. Gives their number."""
        with self._alone() as still_here:
            old = self._generations(in_use=True)
            name = self._new()
            try:
                number = self._send(name, map(_put, documents), still_here)
                self._client.indices.refresh(index=name)
                still_here()
            except BaseException:
                self._client.indices.delete(index=name, ignore_unavailable=True)
                raise
            self._use(name)
            # The last generation stays until the next rebuild, for those who are reading a page of it.
            past = [one for one in self._generations() if one != name and one not in old]
            if past:
                self._client.indices.delete(index=",".join(past), ignore_unavailable=True)
            return number

    @property
    def is_there(self) -> bool:
        """Whether there is an index that can be read."""
        try:
            with self._reached():
                return bool(self._client.indices.exists_alias(name=self._alias))
        except Away:
            return False

    # Reading.

    def find(
        self,
        question: Question,
        *,
        sites: Sequence[str] = (),
        facets: Mapping[str, str] | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Found:
        """The documents that have all the words, best first; nothing while the server is away (`is_there` says so)."""
        try:
            with self._reached():
                return super().find(question, sites=sites, facets=facets, limit=limit, offset=offset)
        except Away:
            return Found()

    def suggest(self, typed: str, *, sites: Sequence[str] = (), limit: int = 6) -> tuple[Hit, ...]:
        """Documents whose title has the words typed so far, the last one perhaps not yet whole."""
        question = Question.of(typed)
        if not question:
            return ()
        *whole, last = question.folded
        begun = {"prefix": {"title": {"value": last, "rewrite": f"top_terms_{_SUGGESTED}"}}}
        query = _query([_has("title", word) for word in whole] + [begun], _within(sites, {}))
        try:
            with self._reached():
                (answer,) = self._ask({"query": query, "size": limit, "_source": ["shown"], **_ORDER})
        except Away:
            return ()
        return tuple(hit_of(hit["_source"]["shown"]) for hit in _hits(answer))

    def _look(self, sites: Sequence[str], facets: Mapping[str, str], skipped: int) -> _Look:
        return _Look(self, _within(sites, facets), skipped)

    def _spelling(self) -> Meant:
        return Meant(_Known(self))

    # Inside.

    @cached_property
    def _client(self) -> Any:
        try:
            import opensearchpy
        except ImportError as missing:
            raise Away(
                "Thiếu thư viện opensearch-py. Cài: pip install --require-hashes -r requirements/opensearch.txt"
            ) from missing
        # It warns of each 404 and 409; what matters of them is said here.
        logging.getLogger("opensearch").setLevel(logging.ERROR)
        parts = urlsplit(self._address)
        is_encrypted = parts.scheme == "https"
        return opensearchpy.OpenSearch(
            hosts=[{"host": parts.hostname, "port": parts.port or (443 if is_encrypted else 9200)}],
            http_auth=(unquote(parts.username), unquote(parts.password or "")) if parts.username else None,
            use_ssl=is_encrypted,
            # The certificates that the machine trusts, not those that come with the library.
            ssl_context=ssl.create_default_context() if is_encrypted else None,
            timeout=_PATIENCE,
            max_retries=1,
        )

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Says `Away` for whatever the client library cannot do; in the log once, not for each who asks."""
        try:
            yield
        except Exception as reason:
            if not (isinstance(reason, Away) or type(reason).__module__.startswith("opensearchpy.")):
                raise
            if not self._is_away:
                self._is_away = True
                _log.warning("search: %s", str(reason)[:500])
            raise Away(str(reason)[:500]) from reason
        self._is_away = False

    def _ask(self, *bodies: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The answers to several searches, in one journey. An index that is not there has an empty one."""
        lines = chain.from_iterable(({"index": self._alias}, body) for body in bodies)
        answers: list[dict[str, Any]] = self._client.msearch(body=list(lines))["responses"]
        for answer in answers:
            if "error" in answer and answer.get("status") != 404:
                raise Away(json.dumps(answer["error"], ensure_ascii=False)[:500])
        return answers

    def _shown(self, ids: Sequence[str]) -> tuple[Hit, ...]:
        """Documents as they are shown; one that was just taken out is left out."""
        if not ids:
            return ()
        found = self._client.mget(index=self._alias, body={"ids": list(ids)})["docs"]
        return tuple(hit_of(one["_source"]["shown"]) for one in found if one.get("found"))

    def _send(
        self, index: str, lines: Iterable[tuple[dict[str, Any], ...]], still_here: Callable[[], None]
    ) -> int:
        """Send lines of a bulk request in batches; their number. Raises `Away` for one that is refused."""
        number, size = 0, 0
        batch: list[tuple[dict[str, Any], ...]] = []
        for line in lines:
            heavy = sum(len(json.dumps(part, ensure_ascii=False).encode()) for part in line)
            if batch and (len(batch) == _BATCH or size + heavy > _BATCH_BYTES):
                self._send_batch(index, batch)
                still_here()
                batch, size = [], 0
            batch.append(line)
            size += heavy
            number += 1
        if batch:
            self._send_batch(index, batch)
        return number

    def _send_batch(self, index: str, batch: Sequence[tuple[dict[str, Any], ...]]) -> None:
        body = list(chain.from_iterable(batch))
        answer = self._client.bulk(index=index, body=body, request_timeout=_WRITING_PATIENCE)
        for item in answer["items"] if answer["errors"] else ():
            ((_action, told),) = item.items()
            if "error" in told:
                raise Away(json.dumps(told["error"], ensure_ascii=False)[:500])

    def _generations(self, *, in_use: bool = False) -> list[str]:
        found = self._client.indices.get_alias(index=f"{self._alias}-g*")
        return [name for name, about in found.items() if not in_use or self._alias in about["aliases"]]

    def _new(self) -> str:
        numbers = (int(name.rpartition("-g")[2]) for name in self._generations())
        name = f"{self._alias}-g{1 + max(numbers, default=0)}"
        self._client.indices.create(index=name, body={"mappings": _MAPPINGS})
        return name

    def _use(self, name: str) -> None:
        moves = [{"remove": {"index": one, "alias": self._alias}} for one in self._generations(in_use=True)]
        added = {"add": {"index": name, "alias": self._alias}}
        self._client.indices.update_aliases(body={"actions": [*moves, added]})

    @contextmanager
    def _alone(self) -> Iterator[Callable[[], None]]:
        """Write while nobody else does; call what is given now and then, to say that one is still here.

        Raises `Busy`.
        """
        import opensearchpy

        with self._reached():
            place = {"index": f"{self._alias}-writing", "id": "one"}
            try:
                held = self._client.create(**place, body={"at": self._clock()})
            except opensearchpy.ConflictError:
                other = self._client.get(**place)
                if self._clock() - other["_source"]["at"] < _DEAD_AFTER:
                    raise Busy(self._alias) from None
                held = self._hold(place, other)

            def still_here() -> None:
                nonlocal held
                held = self._hold(place, held)

            try:
                yield still_here
            finally:
                # A conflict: it is another's by now.
                with suppress(opensearchpy.ConflictError):
                    self._client.delete(**place, **_as_it_is(held))

    def _hold(self, place: Mapping[str, str], last: Mapping[str, Any]) -> dict[str, Any]:
        import opensearchpy

        try:
            held: dict[str, Any] = self._client.index(
                **place,
                body={"at": self._clock()},
                **_as_it_is(last),
            )
        except opensearchpy.ConflictError:
            raise Busy(self._alias) from None
        return held


class _Look:
    """One look at an index: what is asked of it, within which documents."""

    def __init__(self, server: OpenSearch, within: list[dict[str, Any]], skipped: int) -> None:
        self._server, self._within, self._skipped = server, within, skipped

    def of(self, question: Question, most: int) -> Found:
        """What has all the words, tier by tier."""
        asked = [_asked(self._all(tier), most) for tier in tiers(question)]
        asked[-1] = _counting(self._all(everything(question)), most)
        return self._found(asked, most)

    def loosely(self, question: Question, most: int) -> Found:
        """What has most of the words."""
        words, enough = most_of(question)
        if not words:
            return Found()
        some = {"bool": {"should": [_has("words", word) for word in words], "minimum_should_match": enough}}
        return replace(self._found([_counting(_query([some], self._within), most)], most), loosely=True)

    def _all(self, wanted: Wanted) -> dict[str, Any]:
        quoted = [_has("pairs", pair) for pair in wanted.quoted]
        return _query([_has(wanted.field, term) for term in wanted.terms], quoted + self._within)

    def _found(self, asked: Sequence[dict[str, Any]], most: int) -> Found:
        answers = self._server._ask(*asked)
        ids = dict.fromkeys(hit["_id"] for answer in answers for hit in _hits(answer))
        if not ids:
            return Found()
        counts = {
            str(bucket["key"]): int(bucket["doc_count"])
            for bucket in answers[-1]["aggregations"]["facets"]["buckets"]
        }
        return Found(
            hits=self._server._shown(list(ids)[:most][self._skipped :]),
            total=int(answers[-1]["hits"]["total"]["value"]),
            facets=parted(counts),
        )


class _Known:
    """The words of an index, as `Meant` asks for them."""

    def __init__(self, server: OpenSearch) -> None:
        self._server = server

    def often(self, words: Sequence[str]) -> dict[str, int]:
        return self._count("words", words)

    def near(self, word: str, slips: int) -> list[Near]:
        term = {
            "field": "words",
            "analyzer": "whitespace",
            "string_distance": "damerau_levenshtein",
            "suggest_mode": "always",
            "max_edits": slips,
            "prefix_length": 0,
            "min_word_length": 1,
            "max_term_freq": _ANY_NUMBER,
            "size": _NEAREST,
        }
        asked = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}
        (answer,) = self._server._ask(asked)
        found = chain.from_iterable(one["options"] for one in answer.get("suggest", {}).get("near", ()))
        return [Near(one["text"], one["freq"]) for one in found]

    def beside(self, pairs: Sequence[str]) -> dict[str, int]:
        return self._count("pairs", pairs)

    def _count(self, field: str, terms: Sequence[str]) -> dict[str, int]:
        distinct = list(dict.fromkeys(terms))
        filters = [_has(field, term) for term in distinct]
        asked = {"size": 0, "aggs": {"has": {"filters": {"filters": filters}}}}
        (answer,) = self._server._ask(asked)
        counted = answer.get("aggregations", {}).get("has", {}).get("buckets", ())
        return {term: int(one["doc_count"]) for term, one in zip(distinct, counted, strict=False)}


_SPACED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_KEYWORD = {"type": "keyword"}
_MAPPINGS = {
    "dynamic": False,
    # Words are looked for, not read again.
    "_source": {"includes": ["shown"]},
    "properties": {
        "id": _KEYWORD,
        "site": _KEYWORD,
        "facets": _KEYWORD,
        "shown": {"type": "object", "enabled": False},
        **dict.fromkeys(TEXTS, _SPACED),
    },
}
# Of equal worth are always in the same order, or pages would have gaps and twins.
_ORDER: Final = {"sort": [{"_score": "desc"}, {"id": "asc"}]}


def _put(document: Document) -> tuple[dict[str, Any], ...]:
    texts, facets, shown = fields_of(document)
    # Halves of letters that a broken text may hold cannot travel.
    whole = json.loads(json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace"))
    kept = {"id": document.id, "site": document.site, "facets": facets, "shown": whole, **texts}
    return {"index": {"_id": document.id}}, kept


def _as_it_is(document: Mapping[str, Any]) -> dict[str, Any]:
    """Change a document only if nobody has changed it since it was read."""
    return {"if_seq_no": document["_seq_no"], "if_primary_term": document["_primary_term"]}


def _taken(identifier: str) -> tuple[dict[str, Any], ...]:
    return ({"delete": {"_id": identifier}},)


def _has(field: str, term: str) -> dict[str, Any]:
    return {"term": {field: term}}


def _query(must: Sequence[dict[str, Any]], within: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"must": list(must), "filter": list(within)}}


def _asked(query: dict[str, Any], most: int) -> dict[str, Any]:
    return {"query": query, "size": most, "_source": False, "track_total_hits": False, **_ORDER}


def _counting(query: dict[str, Any], most: int) -> dict[str, Any]:
    """The same, with how many there are in all and of each value of each facet."""
    facets = {"facets": {"terms": {"field": "facets", "size": 500}}}
    return {**_asked(query, most), "track_total_hits": True, "aggs": facets}


def _hits(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(answer.get("hits", {}).get("hits", ()))


def _within(sites: Sequence[str], facets: Mapping[str, str]) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = [{"terms": {"site": list(sites)}}] if sites else []
    return asked + [_has("facets", facet(name, value)) for name, value in facets.items() if value]
