"""A whole text: cut by what happened to each part of it, each part restored in its own way, all changes collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.repair import light, names, passes
from dinhlang.officialdoc.repair.lattice import Vocabulary
from dinhlang.officialdoc.repair.options import Misread
from dinhlang.officialdoc.repair.plain import LOST_LETTER, LostLetters, Spelled, WithoutMarks
from dinhlang.officialdoc.repair.result import Change, Class, Places, Repaired, applied
from dinhlang.officialdoc.repair.sister import SISTER_WEIGHS, Sister
from dinhlang.officialdoc.repair.tokens import Sort, Token, tokens_of
from dinhlang.vietnamese import damage, legacy, model
from dinhlang.vietnamese.damage import Kind
from dinhlang.vietnamese.text import nfc

MOST_WORDS = 100_000
"""About two hundred and fifty pages, a minute of work; what comes after is left as it is, and the answer says so."""
NAMES_WEIGH = 0.05
# A name that nothing confirms is not believed more than this.
_UNKNOWN_NAME = 0.5
_SYMBOL = 0.9
# Two figures may be a short word ('16 trình' for 'lộ trình'); its neighbours must want it.
_LONGEST_WORD_AS_FIGURES = 2
_WORD_AS_FIGURES = round(1 * model.UNIT)
_WORD_AS_FIGURES_SURE = 0.5

Progress = Callable[[float], None]
_Block = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the text: its sisters, and names that may stand in it."""

    sisters: tuple[Sister, ...] = ()
    names: tuple[str, ...] = ()

    def vocabulary(self, sisters: Iterable[Sister]) -> Vocabulary:
        sisters = tuple(sisters)
        if not self.names and not sisters:
            return _vocabulary()
        vocabulary = Vocabulary(model.official())
        if self.names:
            vocabulary.learn((model.words_of(name) for name in self.names), NAMES_WEIGH)
        for sister in sisters:
            vocabulary.learn(sister.rows, SISTER_WEIGHS)
        return vocabulary

    def phrases(self, sisters: Iterable[Sister]) -> frozenset[str]:
        return frozenset(map(names.phrase_of, (name.split() for name in self.names))).union(
            *(sister.names for sister in sisters)
        )


def repair(
    text: str,
    *,
    name: str | None = None,
    like: Sequence[tuple[str, str]] = (),
    known_names: Sequence[str] = (),
    progress: Progress | None = None,
) -> Repaired:
    """The text restored. Never raises; what could not be done is in `problems`.

    `like` are sound documents that say nearly the same, as pairs of a name and a text; one that proves to be no sister is
    named in `problems` and not used. `known_names` may stand in the text ('Sông Mây', 'Nguyễn Văn A'). `progress` is
    told the share that is done, from 0 to 1. Numbers, dates and codes are never changed.
    """
    text = nfc(text)
    known = Known(tuple(Sister.of(*one) for one in like), tuple(nfc(one) for one in known_names))
    work = _Work(text, known, progress)
    changes = work.changes()
    restored = applied(text, changes)
    return Repaired(
        source=name,
        text=restored,
        changes=tuple(changes),
        kind=work.kind.value,
        damage_before=_damage(text),
        damage_after=_damage(restored),
        problems=tuple(work.problems),
    )


def _damage(text: str) -> float:
    health = damage.health(text)
    return round(1 - health.score, 4) if health.words else 0.0


class _Work:
    """One repair under way."""

    def __init__(self, text: str, known: Known, progress: Progress | None) -> None:
        self.text, self.known = text, known
        self.kind = damage.health(text).kind
        self.problems: list[Problem] = []
        self._places = Places(text)
        self._progress = progress
        self._done, self._whole = 0, 1

    def changes(self) -> list[Change]:
        """All proposals in the order of the text."""
        by_kind: dict[Kind, list[_Block]] = {}
        words = 0
        for kind, start, end in _regions(self.text):
            for block in _blocks(
                _as_letters(self.text) if kind is Kind.LOST_LETTERS else self.text, start, end
            ):
                if words > MOST_WORDS:
                    continue
                words += len(block)
                by_kind.setdefault(kind, []).append(block)
        if words > MOST_WORDS:
            self.problems.append(
                Problem(
                    "too-long",
                    f"Văn bản quá dài: chỉ phục hồi {MOST_WORDS} từ đầu. Hãy tách tệp rồi làm tiếp.",
                )
            )
        self._whole = words or 1
        found = [change for kind, blocks in by_kind.items() for change in self._of_kind(kind, blocks)]
        if self._progress is not None:
            self._progress(1.0)
        return sorted(found, key=lambda change: change.start)

    def _of_kind(self, kind: Kind, blocks: Sequence[_Block]) -> Iterator[Change]:
        match kind:
            case Kind.SOUND:
                yield from self._slips(blocks)
            case Kind.MISREAD | Kind.NO_MARKS | Kind.LOST_LETTERS:
                yield from self._restored(kind, blocks)
            case Kind.LEGACY:
                yield from self._converted(blocks)
            case Kind.UNREADABLE:
                self.problems.append(
                    Problem(
                        "unreadable",
                        "Phần chữ của tệp là mã của phông, không đọc được: hãy lấy lại từ bản ảnh (OCR tiếng Việt).",
                    )
                )

    def _slips(self, blocks: Sequence[_Block]) -> Iterator[Change]:
        vocabulary = self.known.vocabulary(())
        alike = WithoutMarks(vocabulary)
        for block in blocks:
            for token, word, sure, impossible in light.proposals(block, vocabulary, alike):
                yield self._change(token, word, sure, Class.WORD, impossible and light.is_sure(sure))
            self._tell(len(block))

    def _converted(self, blocks: Sequence[_Block]) -> Iterator[Change]:
        for block in blocks:
            start, end = block[0].start, block[-1].end
            encoding = legacy.detect(self.text[start:end]) or legacy.detect(self.text)
            for chunk in re.finditer("[^ \t\n\f]+", self.text[start:end]):
                converted = legacy.to_unicode(chunk[0], encoding) if encoding else chunk[0]
                if converted != chunk[0]:
                    at = start + chunk.start()
                    token = Token(at, at + len(chunk[0]), chunk[0], Sort.WORD)
                    yield self._change(token, converted, 0.99, Class.ENCODING, applies=True)
            self._tell(len(block))

    def _restored(self, kind: Kind, blocks: Sequence[_Block]) -> Iterator[Change]:
        sisters = self._proven(kind, blocks)
        vocabulary = self.known.vocabulary(sisters)
        options = _options(kind, vocabulary)
        rows = self._decided(options, blocks, vocabulary, quick=False)
        known = self.known.phrases(sisters)
        for row in rows:
            names_here = names.names_in(row.tokens, [option.text for _, option, _ in row.words()])
            for at, (token, option, sure) in enumerate(row.words()):
                if token.sort is Sort.WORD and (option.text != token.text or token.glued):
                    yield self._guess(row, names_here, at, option.text, sure, known)
                elif token.sort is Sort.NUMBER and isinstance(options, Misread):
                    yield from self._figures(row, at, options, vocabulary)

    def _figures(
        self, row: passes.Row, at: int, options: Misread, vocabulary: Vocabulary
    ) -> Iterator[Change]:
        """What may be wrong with a number or a code: the letters of a symbol, or a word that was read as figures."""
        token = row.tokens[at]
        if (symbol := options.code(token.text)) != token.text:
            yield self._change(token, symbol, _SYMBOL, Class.CODE, applies=True)
        elif token.text.isdecimal() and len(token.text) <= _LONGEST_WORD_AS_FIGURES:
            place = row.place(at, vocabulary)
            words = options.words_for(token.text)
            best = min(words, key=lambda option: place.cost(option, vocabulary), default=None)
            if best and place.cost(best, vocabulary) + _WORD_AS_FIGURES < place.cost(
                row.places[at][0], vocabulary
            ):
                yield self._change(token, best.text, _WORD_AS_FIGURES_SURE, Class.NUMBER, applies=False)

    def _decided(
        self, options: Misread | Spelled, blocks: Sequence[_Block], vocabulary: Vocabulary, *, quick: bool
    ) -> list[passes.Row]:
        rows = passes.rows_of(blocks, options)
        passes.decide(rows, vocabulary, None if quick else self._tell)
        if isinstance(options, Misread) and not quick:
            passes.look_again(rows, options, vocabulary)
        return rows

    def _proven(self, kind: Kind, blocks: Sequence[_Block]) -> list[Sister]:
        """The sisters that are ones; the others become problems."""
        if not self.known.sisters:
            return []
        vocabulary = self.known.vocabulary(())
        rows = self._decided(_options(kind, vocabulary), blocks, vocabulary, quick=True)
        words = [option.text for row in rows for token, option, _ in row.words() if token.sort is Sort.WORD]
        found = []
        for sister in self.known.sisters:
            share = sister.share_of(words)
            if sister.is_sister(share):
                found.append(sister)
            else:
                self.problems.append(
                    Problem(
                        "no-sister",
                        f"“{sister.name}” không phải văn bản cùng mẫu ({share:.0%} số chữ khớp, cần {Sister.NEEDED:.0%}): "
                        "không dùng để phục hồi.",
                    )
                )
        return found

    def _guess(
        self,
        row: passes.Row,
        names_here: Sequence[tuple[int, int]],
        at: int,
        word: str,
        sure: float,
        known: frozenset[str],
    ) -> Change:
        token = row.tokens[at]
        text = f" {word}" if token.glued else word
        within = next(((first, last) for first, last in names_here if first <= at < last), None)
        if within is None:
            return self._change(token, text, sure, Class.WORD, applies=True)
        read = [one.text for one in row.tokens[slice(*within)]]
        restored = [option.text for _, option, _ in list(row.words())[slice(*within)]]
        is_known = names.phrase_of(restored) in known or names.is_national(read, restored)
        return self._change(token, text, sure if is_known else min(sure, _UNKNOWN_NAME), Class.NAME, is_known)

    def _change(self, token: Token, word: str, sure: float, kind: Class, applies: bool) -> Change:
        span = self._places.span(token.start, token.end)
        before = self.text[token.start : token.end]
        return Change(token.start, token.end, span, before, word, round(sure, 4), kind, applies)

    def _tell(self, tokens: int) -> None:
        self._done += tokens
        if self._progress is not None:
            self._progress(min(1.0, self._done / self._whole))


@cache
def _vocabulary() -> Vocabulary:
    """The vocabulary of who knows nothing of the text; shared, never taught."""
    return Vocabulary(model.official())


@lru_cache(maxsize=4)
def _options(kind: Kind, vocabulary: Vocabulary) -> Misread | Spelled:
    if kind is Kind.NO_MARKS:
        return WithoutMarks(vocabulary)
    return LostLetters(vocabulary) if kind is Kind.LOST_LETTERS else Misread(vocabulary)


def _regions(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Stretches of one kind of damage, from character to character."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    kind: Kind | None = None
    start = end = 0
    for part in damage.parts(text):
        if part.health.kind is not kind:
            if kind is not None:
                yield kind, start, end
            kind, start = part.health.kind, starts[part.first]
        end = starts[part.last + 1] - 1
    if kind is not None:
        yield kind, start, end


_LOST = re.compile(r"[?\ufffd](?=\w)|(?<=\w)[?\ufffd]|(?<!\S)[?\ufffd](?!\S)")


def _as_letters(text: str) -> str:
    """The text with the question marks that stand for letters as a letter that nobody writes."""
    once = _LOST.sub(LOST_LETTER, text)
    return _LOST.sub(LOST_LETTER, once) if "??" in text else once


_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


def _blocks(text: str, start: int, end: int) -> Iterator[_Block]:
    """The tokens of each block between blank lines."""
    for block in _PARAGRAPH.finditer(text, start, end):
        tokens = list(tokens_of(text, block.start(), block.end()))
        if tokens:
            yield tokens
