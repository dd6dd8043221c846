"""Figures that do not agree with each other, in sentences and in tables; shares of nothing."""

from __future__ import annotations

from dinhlang.officialdoc.check.rules.figures import bare, growth, ledger, shares, sums, tables

RULES = (*sums.RULES, *ledger.RULES, *tables.RULES, *shares.RULES, *growth.RULES, *bare.RULES)
