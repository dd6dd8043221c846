"""Figures that do not agree with each other, in sentences and in tables; shares of nothing."""

from __future__ import annotations

from dinhlang.officialdoc.check.rules.figures import (
    bare,
    growth,
    items,
    ledger,
    rest,
    shares,
    sums,
    tables,
    twice,
)

RULES = (
    *sums.RULES,
    *ledger.RULES,
    *tables.RULES,
    *shares.RULES,
    *growth.RULES,
    *items.RULES,
    *rest.RULES,
    *twice.RULES,
    *bare.RULES,
)
