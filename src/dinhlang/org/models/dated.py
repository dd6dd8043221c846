"""What holds for a time. Dates are half open: `starts_on` is the first day that counts, `ends_on` the first that no
longer does."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

# No first day means since ever; PostgreSQL would sort it last.
EARLIEST_FIRST = F("starts_on").asc(nulls_first=True)


class DatedQuerySet(models.QuerySet):
    """Rows that hold for a time."""

    def in_force(self, on: date) -> DatedQuerySet:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))


def days_in_order(name: str) -> models.CheckConstraint:
    """A row ends after it starts, when both days are known."""
    condition = Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
    return models.CheckConstraint(name=name, condition=condition)


class Dated(models.Model):
    """A fact about a unit or a person that holds from one day to another, with the instrument behind it."""

    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến trước ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [days_in_order("%(class)s_days_in_order")]
