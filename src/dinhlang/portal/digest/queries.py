"""Readers, what is new for them, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.sealed import fingerprints
from dinhlang.portal.digest.letters import uid_of
from dinhlang.portal.digest.rules import CONFIRM_WITHIN, MOST_ITEMS, Worthless
from dinhlang.portal.models import Column, Item, Mailing, Reader


def reader_of(token: str) -> Reader:
    """Whose link it is. Raises `Worthless`."""
    uid = uid_of(token)
    found = Reader.objects.filter(uid=uid).select_related("unit").first() if uid else None
    if found is None:
        raise Worthless(
            _("Đường dẫn này không còn dùng được: bạn đã thôi nhận thư, hoặc đường dẫn đã hết hạn.")
        )
    return found


def reader_at(unit: Unit, address: str) -> Reader | None:
    """The reader of a unit with this address, under whatever key it is sealed."""
    return Reader.objects.filter(unit=unit, mark__in=fingerprints(Reader, "mark", address)).first()


def can_be_confirmed(reader: Reader, at: datetime) -> bool:
    return reader.confirmed_at is not None or at - reader.asked_at <= CONFIRM_WITHIN


def new_for(unit: Unit, columns: Iterable[int], since: datetime, at: datetime) -> tuple[list[Item], int]:
    """What appeared since then in these columns, the newest first, and how many more there are."""
    found = (
        Item.objects.filter(
            unit=unit,
            shown__isnull=False,
            column__in=list(columns),
            published_at__gt=since,
            published_at__lte=at,
        )
        .select_related("shown", "column")
        .defer("shown__body", "shown__folded")
        .order_by("-published_at", "-pk")
    )
    items = list(found[: MOST_ITEMS + 1])
    more = found.count() - MOST_ITEMS if len(items) > MOST_ITEMS else 0
    return items[:MOST_ITEMS], more


def due(on: date) -> QuerySet[Reader]:
    """Whose mail is due, those of one unit together."""
    found = Reader.objects.filter(next_on__lte=on, ends_on__gt=on).select_related("unit")
    return found.prefetch_related("columns").order_by("unit", "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many read by mail, how many have not confirmed yet, and how many want each column."""

    confirmed: int
    waiting: int
    by_column: list[tuple[str, int]]


def counts_of(unit: Unit) -> Counts:
    """Numbers only: nobody at the desk reads who the readers are."""
    confirmed = Q(confirmed_at__isnull=False)
    sums = Reader.objects.filter(unit=unit).aggregate(
        confirmed=Count("pk", filter=confirmed), waiting=Count("pk", filter=~confirmed)
    )
    columns = Column.objects.filter(unit=unit).annotate(
        count=Count("readers", filter=Q(readers__confirmed_at__isnull=False))
    )
    rows = [(one.name, one.count) for one in columns.order_by("position", "pk") if one.count or one.is_open]
    return Counts(sums["confirmed"], sums["waiting"], rows)


def mailings_of(unit: Unit) -> QuerySet[Mailing]:
    """What was sent, the newest first, with how many items."""
    return Mailing.objects.filter(unit=unit).annotate(count=Count("items")).order_by("-sent_on")
