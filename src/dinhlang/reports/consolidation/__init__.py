"""One report of the level above from the reports of many units (docs/consolidation.md).

A consolidated report is an ordinary report of the upper unit: drafted, written in, approved and issued like any other.
Its figures have the origin "children": sums over pinned versions of the units' submissions, each of which opens down to
the lines of the unit's ledger. A unit that is silent never blocks it; it is named.
"""
