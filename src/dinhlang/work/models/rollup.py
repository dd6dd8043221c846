"""Sums of daily facts for every level of the tree of units, and what has not been added to them yet (ADR 0018)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class _Summed(models.Model):
    """What a sum keeps. `mark` is the sum of the lines' hashes modulo 2^46: two sums over the same lines agree in it.

    No check of the sign: SQLite would judge what is added to a row before it is added.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    concept = models.CharField(max_length=40)
    total = models.BigIntegerField()
    lines = models.BigIntegerField()
    inexact_lines = models.BigIntegerField()
    unevidenced_lines = models.BigIntegerField()
    mark = models.BigIntegerField()

    class Meta:
        abstract = True


class PeriodFact(_Summed):
    """The sum of one concept over a unit and all below it, in one stretch of time (`rollup.rules`).

    `bucket` is '2023' for a year, '2023-06' for a month, '2023-06a' for its days 1 to 14.
    """

    PERSONAL_FIELDS = ()

    bucket = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "unit", "concept"], name="period_fact_once"),
        ]


class DailyBelow(_Summed):
    """The sum of one concept over all that stood below a unit on a day; its own lines are in its daily facts."""

    PERSONAL_FIELDS = ()

    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "concept", "day"], name="daily_below_once"),
        ]


class FoldChange(models.Model):
    """What was added to a daily fact and not yet to the sums above it. Written with the line, deleted when added."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    concept = models.CharField(max_length=40)
    day = models.DateField()
    total = models.BigIntegerField()
    lines = models.IntegerField()
    inexact_lines = models.IntegerField()
    unevidenced_lines = models.IntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["unit", "day"], name="fold_change_unit_day")]


class SummedUnder(models.Model):
    """A placement as the sums know it: a copy of `org.UnitPlacement`, brought up to date together with the sums."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)


class SumTurn(models.Model):
    """Whose turn it is to write sums: the one row, locked by whoever does. `done_at` is when something was added last."""

    PERSONAL_FIELDS = ()

    done_at = models.DateTimeField(_("cộng xong lúc"), null=True)
