"""What an engine must be able to do, whichever keeps the words: tantivy in a folder (`index`) or OpenSearch (`opensearch`).

How a question is answered is the same for both: first what has all the words, then a slip of the keys, then what has most
of the words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from dinhlang.search.meant import Meant
from dinhlang.search.model import Document, Found, Hit
from dinhlang.search.question import Question

# Nobody turns so many pages; without an end a robot could ask for each.
DEEPEST = 1000


class Busy(RuntimeError):
    """Another process writes the index."""


class Away(RuntimeError):
    """The engine cannot be reached, or refuses."""


class Look(Protocol):
    """One look at the words kept: within some sites and facets, from some place of the found on."""

    def of(self, question: Question, most: int) -> Found:
        """What has all the words, best first, of the `most` best."""

    def loosely(self, question: Question, most: int) -> Found:
        """What has most of the words."""


class Engine(ABC):
    """The words of every document. Never the only copy: the database has everything."""

    @abstractmethod
    def write(self, documents: Iterable[Document] = (), gone: Iterable[str] = ()) -> None:
        """Put documents in, in place of older ones with their identifiers, and take the gone ones out.

        Nothing is changed when a document cannot be had. Raises `Busy` while another process writes, `Away`.
        """

    @abstractmethod
    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew from all documents; the old one answers until the new one is whole. Gives their number.

        Raises `Busy` while another process writes, `Away`.
        """

    @property
    @abstractmethod
    def is_there(self) -> bool:
        """Whether there is an index that can be read."""

    @property
    def state(self) -> str:
        """A name for all that is kept now, another one after each change; empty where nobody can know."""
        return ""

    @abstractmethod
    def suggest(self, typed: str, *, sites: Sequence[str] = (), limit: int = 6) -> tuple[Hit, ...]:
        """Documents whose title has the words typed so far, the last one perhaps not yet whole."""

    def find(
        self,
        question: Question,
        *,
        sites: Sequence[str] = (),
        facets: Mapping[str, str] | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Found:
        """The documents that have all the words, best first, of some sites and with the values of some facets.

        Where none has them all, a slip of the keys is looked for; then what has most of the words. Nothing is found
        beyond the thousandth, nor in an index that is not there.
        """
        look = self._look(sites, facets or {}, offset) if question else None
        if look is None:
            return Found()
        most = min(offset + limit, DEEPEST)
        found, meant = look.of(question, most), ""
        if not found.total and facets:
            anywhere = self._look(sites, {}, 0)
            if anywhere is not None and anywhere.of(question, 1).total:
                return Found(words=question.folded)
        if not found.total and (better := self._spelling().of(question.folded)):
            meant = " ".join(better)
            found = look.of(Question.of(meant), most)
        if found.total and meant:
            question = Question.of(meant)
        elif not found.total:
            found, meant = look.loosely(question, most), ""
        return Found(
            hits=found.hits,
            total=found.total,
            facets=found.facets,
            words=question.folded,
            meant=meant,
            loosely=bool(found.total) and found.loosely,
        )

    @abstractmethod
    def _look(self, sites: Sequence[str], facets: Mapping[str, str], skipped: int) -> Look | None:
        """A look at what is there now; None when nothing can be read. The first `skipped` of the found are not given."""

    @abstractmethod
    def _spelling(self) -> Meant:
        """The words that documents have, to be asked what was meant. Called while a look is possible."""
