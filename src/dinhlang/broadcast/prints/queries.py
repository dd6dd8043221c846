"""Prints and their register, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from dinhlang.broadcast.models import Print, PrintPlace
from dinhlang.broadcast.prints.rules import Form, Standing, standing
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies were printed, and how many of them hang, hung or were handed out; at how many places."""

    printed: int
    placed: int
    places: int

    @property
    def left(self) -> int:
        return self.printed - self.placed


def prints(unit_ids: Iterable[str], *, words: str = "", form: str = "") -> QuerySet[Print]:
    """The prints of these units, the newest first, with how many were printed, hang and at how many places."""
    found = Print.objects.filter(unit__in=list(unit_ids))
    if form:
        found = found.filter(form=form)
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    return found.order_by("-changed_at", "-pk")


def copies_of(made: Print) -> Copies:
    """The sums of a print's register; what was written by mistake does not count."""
    return copies_of_all([made.pk])[made.pk]


def copies_of_all(pks: Iterable[int]) -> dict[int, Copies]:
    """As `copies_of`, of many, in two questions."""
    wanted = list(pks)
    standing_rows = Q(taken_back_at=None)
    printed = dict(
        Print.objects.filter(pk__in=wanted)
        .order_by()
        .values_list("pk")
        .annotate(sum=Sum("runs__copies", filter=Q(runs__taken_back_at=None)))
    )
    placed = {
        pk: (copies, places)
        for pk, copies, places in PrintPlace.objects.filter(standing_rows, of__in=wanted)
        .order_by()
        .values_list("of")
        .annotate(copies=Sum("copies"), places=Count("pk"))
    }
    return {pk: Copies(printed.get(pk) or 0, *placed.get(pk, (0, 0))) for pk in wanted}


def places(unit_ids: Iterable[str], *, words: str = "", which: str = "", on: date) -> QuerySet[PrintPlace]:
    """The places of these units' prints, the newest first; `which` is a `Standing` or ''."""
    found = PrintPlace.objects.filter(of__unit__in=list(unit_ids))
    hangs = Q(taken_back_at=None, taken_down_on=None) & ~Q(of__form=Form.LEAFLET)
    narrowed = {
        Standing.HANGS: hangs & (Q(until=None) | Q(until__gte=on)),
        Standing.OVERDUE: hangs & Q(until__lt=on),
        Standing.DOWN: Q(taken_back_at=None, taken_down_on__isnull=False),
        Standing.HANDED_OUT: Q(taken_back_at=None, of__form=Form.LEAFLET),
        Standing.TAKEN_BACK: Q(taken_back_at__isnull=False),
    }
    if which in narrowed:
        found = found.filter(narrowed[Standing(which)])
    for word in fold(words).split():
        found = found.filter(Q(folded__contains=word) | Q(of__folded__contains=word))
    return found.select_related("of", "photo", "recorded_by", "taken_down_by").order_by("-starts_on", "-pk")


def standing_of(place: PrintPlace, on: date) -> Standing:
    """How a place stands on a day."""
    return standing(
        until=place.until,
        taken_down_on=place.taken_down_on,
        is_taken_back=place.taken_back_at is not None,
        is_handed_out=place.of.form == Form.LEAFLET,
        on=on,
    )


def to_take_down(unit: Unit, on: date) -> tuple[int, int]:
    """Of a unit: places past their last day, and places where something hangs that was called back."""
    hanging = PrintPlace.objects.filter(of__unit=unit, taken_back_at=None, taken_down_on=None).exclude(
        of__form=Form.LEAFLET
    )
    found = hanging.aggregate(
        overdue=Count("pk", filter=Q(until__lt=on, of__withdrawn_at=None)),
        called_back=Count("pk", filter=Q(of__withdrawn_at__isnull=False)),
    )
    return found["overdue"], found["called_back"]


def waiting_for_approval(unit: Unit) -> int:
    """How many prints of a unit cannot be printed until the leader has approved them."""
    open_ones = Print.objects.filter(unit=unit, withdrawn_at=None).order_by("-changed_at")[:200]
    return sum(not one.is_cleared for one in open_ones)


def made_from(kind: str, key: str, unit: Unit) -> QuerySet[Print]:
    """The prints made from something of another room, the newest first."""
    return Print.objects.filter(made_from_kind=kind, made_from_key=key, unit=unit).order_by("-pk")


def hanging_of(found: Iterable[Print]) -> set[int]:
    """Which of these prints hang somewhere still."""
    rows = PrintPlace.objects.filter(of__in=list(found), taken_back_at=None, taken_down_on=None)
    return set(rows.exclude(of__form=Form.LEAFLET).values_list("of", flat=True))
