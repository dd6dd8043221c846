"""Sums of daily facts for every level of the tree of units, and what has not been added to them yet (ADR 0018)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class PeriodSums(models.Model):
    """All that is counted of a unit and all below it in one stretch of time, by name.

    `bucket` is '2023-06' for 1/1 – 30/6/2023, '2023-06a' for 1/1 – 14/6, '2023-12b' for 15/12 – 31/12 (`rollup.rules`);
    `sums` holds the numbers by place (`rollup.sums`).
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    bucket = models.CharField(max_length=8)
    sums = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "bucket"], name="period_sums_once")]


class SumsBelow(models.Model):
    """All that is counted on a day of what stood below a unit then; its own lines are in its daily facts."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    sums = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="sums_below_once")]


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
