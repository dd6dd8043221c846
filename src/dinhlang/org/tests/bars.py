"""A reader of Code 128 that knows the rule from the other side: widths between edges, sums, sets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dinhlang.org import barcode


def read(modules: Sequence[bool]) -> str:
    """What a reader sees: signs of eleven modules, a check, a stop of thirteen."""
    assert len(modules) % 11 == 2
    signs = [modules[at : at + 11] for at in range(0, len(modules) - 13, 11)]
    widths = ["".join(str(len(list(run))) for _dark, run in groupby(sign)) for sign in signs]
    assert all(sign[0] and not sign[-1] for sign in signs)
    values = [barcode._WIDTHS.index(one) for one in widths]
    *said, check = values
    assert (said[0] + sum(place * value for place, value in enumerate(said))) % 103 == check
    found, pairs = "", said[0] == 105
    for value in said[1:]:
        if value in (99, 100) and (value == 100 or not pairs):
            pairs = value == 99
        else:
            found += f"{value:02d}" if pairs else chr(value + 32)
    return found
