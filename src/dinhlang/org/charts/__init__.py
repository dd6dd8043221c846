"""Charts as SVG, drawn on the server, without a script and without a colour alone. Plain Python.

Four kinds: `bars` (one count over months), `lying` (one count of many units), `pairs` (two periods side by side), `shares`
(shares over time). Each takes
values that may be unknown and gives an `<svg>` with title and description, direct labels, at most four series, each
with a pattern or a dash of its own. Colours are classes (`chart__a` to `chart__d`), so the page decides them; the
attributes are for where no style sheet reaches. A chart never stands alone: put its table under it.
"""

from dinhlang.org.charts.drawing import Bar, Pair, Series, bars, lying, pairs, shares

__all__ = ["Bar", "Pair", "Series", "bars", "lying", "pairs", "shares"]
