"""Which groups of people may be shown apart. Plain Python.

A group with fewer than ten answers is not shown. One such group alone could be computed from the rest and the total, so
others go with it until what is hidden is at least two groups and at least ten people, in every column of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEAST = 10
"""The smallest group whose answers are shown. Our own choice for small communes; no rule of law sets a number."""


def hidden(counts: Mapping[str, Sequence[int]], least: int = LEAST) -> frozenset[str]:
    """The groups to hide. `counts` holds for each group how many people each column rests on; the groups part the total.

    A whole row is hidden when one of its columns is too small, since a column can be computed from the row's others.
    A column whose total is too small is for the caller to leave out; it is not looked at here. People who did not say to
    which group they belong are a group too.
    """
    columns = range(max((len(row) for row in counts.values()), default=0))
    totals = [sum(row[at] for row in counts.values()) for at in columns]
    looked_at = [at for at in columns if totals[at] >= least]
    out = {name for name, row in counts.items() if any(0 < row[at] < least for at in looked_at)}
    by_size = sorted(counts, key=lambda name: (max(counts[name], default=0), name))
    while out and (
        short := [at for at in looked_at if not _is_safe([counts[name][at] for name in out], least)]
    ):
        # The smallest that helps: it takes the least from what readers see.
        more = next(
            (name for name in by_size if name not in out and any(counts[name][at] for at in short)), None
        )
        if more is None:
            return frozenset(counts)
        out.add(more)
    return frozenset(out)


def _is_safe(people: Sequence[int], least: int) -> bool:
    """Whether the difference between the total and what is shown says nothing of a small group."""
    there = [one for one in people if one]
    return not there or (len(there) >= 2 and sum(there) >= least)
