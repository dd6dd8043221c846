"""Figures that do not agree with each other, in sentences and in tables; shares of nothing."""

from __future__ import annotations

from dinhlang.officialdoc.check.rules.figures import bare, shares, sums, tables

RULES = (*sums.RULES, *tables.RULES, *shares.RULES, *bare.RULES)
