"""A sound document that says nearly the same as the damaged one: last year's report, the other commune's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.repair import names
from dinhlang.officialdoc.repair.tokens import Sort, tokens_of
from dinhlang.vietnamese import model
from dinhlang.vietnamese.text import fold, nfc

SISTER_WEIGHS = 0.5
"""So much of the chance goes to what the sister says where both have spoken."""
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Sister:
    """Its words in rows as the language model takes them, and its names."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...] = field(repr=False)
    names: frozenset[str] = field(repr=False)

    NEEDED = 0.85
    """So many of the damaged text's words must find theirs in it: near twins have 0.95 and more, texts on the same matter
    0.6."""

    @classmethod
    def of(cls, name: str, text: str) -> Sister:
        text = nfc(text)
        blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
        words = tuple(fold(token.text) for token in tokens_of(text) if token.sort is Sort.WORD)
        return cls(
            name, tuple(tuple(model.words_of(block)) for block in blocks), words, names.phrases_of(text)
        )

    def share_of(self, words: Sequence[str]) -> float:
        """The share of the words that stand in the sister in the same order, allowing for what was misread."""
        from rapidfuzz.distance import Indel, Levenshtein

        bare = [fold(word) for word in words]
        if not bare:
            return 0.0
        found = 0
        for step in Indel.opcodes(bare, self.words):
            if step.tag == "equal":
                found += step.src_end - step.src_start
        pairs = _replaced(bare, self.words)
        found += sum(Levenshtein.normalized_distance(one, other) <= _ALIKE for one, other in pairs)
        return found / len(bare)

    def is_sister(self, share: float) -> bool:
        return share >= self.NEEDED


def _replaced(words: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Words that stand alone against one another between equal stretches."""
    from rapidfuzz.distance import Indel

    pairs: list[tuple[str, str]] = []
    gap: list[str] = []
    for step in Indel.opcodes(words, others):
        if step.tag == "delete":
            gap = list(words[step.src_start : step.src_end])
        elif step.tag == "insert":
            pairs += zip(gap, others[step.dest_start : step.dest_end], strict=False)
            gap = []
        else:
            gap = []
    return pairs
