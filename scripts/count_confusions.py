#!/usr/bin/env python3
"""Counts what becomes of each piece of a syllable when it is misread: python scripts/count_confusions.py pages.jsonl

Takes the pages of `scripts/render_damage.py` and writes src/dinhlang/officialdoc/repair/misreadings.txt.gz. Words are put
side by side by their likeness, then letters: each true letter was read as none to three others, which four rounds of
counting and aligning again make clear (Viterbi training). A line of the result is 'đ d:5120 P:31 …': first the single
letters, then after a blank line onsets and rimes as wholes, each in the case in which it was written.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from dinhlang.officialdoc.repair.letters import side_by_side
from dinhlang.officialdoc.repair.syllables import split
from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import fold, nfc

RESULT = Path(__file__).parents[1] / "src/dinhlang/officialdoc/repair/misreadings.txt.gz"
SIGNS = ' .,;:!?()[]{}“”"…/-–—+*•|<>=_~'
BAND, GAP, TOO_FAR = 40, 0.75, 0.75
ROUNDS = 4
ALMOST_NEVER = 1e-4

Letters = dict[str, Counter[str]]


def aligned(truth: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    """Words that belong together: the cheapest way to put both texts side by side, near the diagonal."""
    best = {(0, 0): (0.0, (0, 0))}
    bare = [fold(word) for word in read]
    slope = len(read) / max(len(truth), 1)
    for row in range(len(truth) + 1):
        middle = int(row * slope)
        word = fold(truth[row - 1]) if row else ""
        for column in range(max(0, middle - BAND), min(len(read), middle + BAND) + 1):
            ways = []
            for step, cost in (((1, 0), GAP), ((0, 1), GAP), ((1, 1), 0.0)):
                before = (row - step[0], column - step[1])
                if before in best:
                    unlike = 0.0
                    if step == (1, 1):
                        unlike = Levenshtein.normalized_distance(word, bare[column - 1]) * 1.6
                    ways.append((best[before][0] + cost + unlike, before))
            if ways:
                best[row, column] = min(ways)
    place = (len(truth), len(read))
    while place in best and place != (0, 0):
        before = best[place][1]
        if before == (place[0] - 1, place[1] - 1):
            yield truth[before[0]], read[before[1]]
        place = before


def core(true: str, read: str) -> tuple[str, str] | None:
    """Both words without the signs around them; None when the true one is no syllable or they are too unlike."""
    bare = true.strip(SIGNS)
    if not is_syllable(bare):
        return None
    tail = true[len(true.rstrip(SIGNS)) :]
    if tail:
        read = read.rstrip(SIGNS)
    if true[0] in SIGNS:
        read = read.lstrip(SIGNS)
    # What looks like a question mark at the end is the hook of ử.
    if not read or any(letter in SIGNS for letter in read.removesuffix("?")):
        return None
    if Levenshtein.normalized_distance(fold(bare), fold(read)) > TOO_FAR and len(bare) > 2:
        return None
    return bare, read


def words_of(pages: Iterable[dict[str, str]]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for page in pages:
        pairs = aligned(nfc(page["truth"]).split(), nfc(page["read"]).split())
        found.update(pair for pair in (core(*pair) for pair in pairs) if pair)
    return found


def first_guess(true: str, read: str) -> float:
    if read == true:
        return 0.0
    if read == fold(true) or fold(read) == fold(true):
        return 0.5
    return (3.0, 2.5, 4.0, 6.0)[len(read)]


def trained(words: Counter[tuple[str, str]]) -> Letters:
    letters: Letters = {}
    for _ in range(ROUNDS):
        counted: Letters = defaultdict(Counter)
        for (true, read), times in words.items():
            for letter, seen in side_by_side(true, read, cost_by(letters)):
                counted[letter][seen] += times
        letters = counted
    return letters


def cost_by(letters: Letters):
    if not letters:
        return first_guess
    total = {letter: sum(seen.values()) for letter, seen in letters.items()}

    def cost(letter: str, read: str) -> float:
        times = letters.get(letter, Counter()).get(read, 0)
        return -math.log(max(times / total.get(letter, 1), ALMOST_NEVER * 10.0 ** -len(read)))

    return cost


def pieces(words: Counter[tuple[str, str]], letters: Letters) -> dict[str, Counter[str]]:
    """What onsets and rimes as wholes were read as."""
    cost = cost_by(letters)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (true, read), times in words.items():
        laid = side_by_side(true, read, cost)
        if not laid:
            continue
        onset, rime = split(true)
        seen = [one for _, one in laid]
        if onset:
            found[onset]["".join(seen[: len(onset)])] += times
        found[rime]["".join(seen[len(onset) :])] += times
    return found


def lines(table: dict[str, Counter[str]], at_least: int) -> str:
    rows = []
    for unit in sorted(table):
        kept = sorted(((-times, seen) for seen, times in table[unit].items() if times >= at_least))
        if kept:
            rows.append(f"{unit} {' '.join(f'{seen}:{-times}' for times, seen in kept)}\n")
    return "".join(rows)


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        words = words_of(json.loads(line) for line in file)
    letters = trained(words)
    table = f"{lines(letters, 2)}\n{lines(pieces(words, letters), 2)}"
    RESULT.write_bytes(gzip.compress(table.encode(), mtime=0))
    print(f"{sum(words.values())} words read, {len(words)} ways", file=sys.stderr)


if __name__ == "__main__":
    main()
