"""The likeliest row of words through the options at each place: a beam over pairs of words, scored by three in a row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dinhlang.vietnamese.model import EDGE, STRANGE, UNIT, UNSEEN, Model

_HOPELESS = round(12 * UNIT)
_NEGLIGIBLE = round(6 * UNIT)
BEAM = 24
"""So many histories are followed at each place; three times as many changed no word of the test pages."""


@dataclass(frozen=True, slots=True)
class Option:
    """A word that may stand at a place: its number in the vocabulary, how it is written, what it costs to be here."""

    number: int
    text: str
    cost: int


class Vocabulary:
    """The model's words and those that only a sister document or a list of names has, with what is likelier there."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.ids = dict(model.ids)
        self.alone = list(model.alone)
        self.edge, self.strange = model.ids[EDGE], model.ids[STRANGE]
        self._pairs: dict[int, dict[int, int]] = {}
        self._triples: dict[int, dict[int, int]] = {}

    def number(self, word: str) -> int:
        return self.ids.get(word, self.strange)

    def add(self, word: str) -> int:
        """The number of the word, new when it was unknown."""
        if word not in self.ids:
            self.ids[word] = len(self.alone)
            self.alone.append(min(UNSEEN, 255))
        return self.ids[word]

    def learn(self, rows: Iterable[Sequence[str]], weight: float) -> None:
        """Make what follows in these rows likely: `weight` is how much of the chance goes to what they say."""
        counted: dict[tuple[int, int, int], int] = {}
        for row in rows:
            numbers = [self.edge, self.edge, *(self.add(word) for word in row), self.edge]
            for at in range(2, len(numbers)):
                for key in (
                    (numbers[at - 2], numbers[at - 1], numbers[at]),
                    (-1, numbers[at - 1], numbers[at]),
                ):
                    counted[key] = counted.get(key, 0) + 1
        total: dict[tuple[int, int], int] = {}
        for (first, second, _), times in counted.items():
            total[first, second] = total.get((first, second), 0) + times
        for (first, second, third), times in counted.items():
            cost = round(-math.log(weight * times / (total[first, second] + 0.5)) * UNIT)
            if first < 0:
                self._pairs.setdefault(second, {})[third] = cost + round(1.5 * UNIT)
            else:
                self._triples.setdefault(first << 20 | second, {})[third] = cost

    def pair_costs(self, second: int, numbers: Sequence[int]) -> list[int]:
        """What each of the words costs after one."""
        known, backing = self.model.after_one(second) if second < len(self.model.words) else ({}, 0)
        alone = self.alone
        row = [known[number] if number in known else backing + alone[number] for number in numbers]
        learned = self._pairs.get(second)
        if learned:
            row = [min(cost, learned.get(number, cost)) for number, cost in zip(numbers, row, strict=True)]
        return row

    def costs(self, first: int, second: int, numbers: Sequence[int], pairs: list[int]) -> list[int]:
        """What each of the words costs after two; `pairs` is what it costs after the second alone."""
        row = pairs
        most = len(self.model.words)
        after = self.model.after_two(first, second) if first < most and second < most else None
        if after is not None:
            known, backing = after
            row = [
                known[number] if number in known else backing + cost
                for number, cost in zip(numbers, pairs, strict=True)
            ]
        learned = self._triples.get(first << 20 | second)
        if learned:
            row = [min(cost, learned.get(number, cost)) for number, cost in zip(numbers, row, strict=True)]
        return row

    def cost(self, first: int, second: int, third: int) -> int:
        """What one word costs after two."""
        numbers = (third,)
        return self.costs(first, second, numbers, self.pair_costs(second, numbers))[0]


_State = tuple[int, int]


def best_row(
    places: Sequence[Sequence[Option]], vocabulary: Vocabulary, start: _State, beam: int = BEAM
) -> list[int]:
    """The index of the option to take at each place. Every place has at least one."""
    states: dict[_State, int] = {start: 0}
    came_from: list[dict[_State, tuple[_State, int]]] = []
    for options in places:
        numbers = [option.number for option in options]
        own = [option.cost for option in options]
        limit = min(states.values()) + _HOPELESS
        alive = [(so_far, state) for state, so_far in states.items() if so_far <= limit]
        if len(alive) > beam:
            alive = sorted(alive)[:beam]
        further: dict[_State, int] = {}
        back: dict[_State, tuple[_State, int]] = {}
        pairs: dict[int, list[int]] = {}
        for so_far, state in alive:
            second = state[1]
            after_second = pairs.get(second)
            if after_second is None:
                after_second = pairs[second] = vocabulary.pair_costs(second, numbers)
            row = vocabulary.costs(state[0], second, numbers, after_second)
            for index, number in enumerate(numbers):
                total = so_far + row[index] + own[index]
                reached = (second, number)
                known = further.get(reached)
                if known is None or total < known:
                    further[reached] = total
                    back[reached] = (state, index)
        came_from.append(back)
        states = further
    state = min(states, key=lambda one: states[one])
    taken = []
    for back in reversed(came_from):
        state, index = back[state]
        taken.append(index)
    return taken[::-1]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a decided row, with the words before and after it as they were taken."""

    options: Sequence[Option]
    before: _State
    after: Sequence[int]

    @classmethod
    def of(cls, places: Sequence[Sequence[Option]], taken: Sequence[int], at: int, start: _State) -> Place:
        """The place in a row that was decided."""
        before = [*start, *(places[place][taken[place]].number for place in range(max(0, at - 2), at))][-2:]
        after = [places[place][taken[place]].number for place in range(at + 1, min(at + 3, len(places)))]
        return cls(places[at], (before[0], before[1]), after)

    def cost(self, option: Option, vocabulary: Vocabulary) -> int:
        """What the option costs here, with what follows it."""
        own = option.cost + vocabulary.cost(*self.before, option.number)
        return own + _following(self.before[1], option.number, self.after, vocabulary)

    def confidence(self, index: int, vocabulary: Vocabulary, sharpness: float) -> float:
        """How likely the option taken is against the others."""
        options = self.options
        if len(options) == 1:
            return 1.0
        numbers = [option.number for option in options]
        first = vocabulary.costs(*self.before, numbers, vocabulary.pair_costs(self.before[1], numbers))
        alone = [option.cost + cost for option, cost in zip(options, first, strict=True)]
        text = options[index].text
        own = alone[index] + _following(self.before[1], numbers[index], self.after, vocabulary)
        rest = 0.0
        for option, cost in zip(options, alone, strict=True):
            if option.text != text and cost < own + _NEGLIGIBLE:
                total = cost + _following(self.before[1], option.number, self.after, vocabulary)
                rest += math.exp(min((own - total) * sharpness / UNIT, 50))
        return 1 / (1 + rest)


def _following(before: int, number: int, after: Sequence[int], vocabulary: Vocabulary) -> int:
    """What the words after a word cost."""
    cost = 0
    for word in after:
        cost += vocabulary.cost(before, number, word)
        before, number = number, word
    return cost
