"""A period opens: every unit then responsible gets its obligation, once. A unit that ceases passes its own on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.regimes import DueDate
from dinhlang.periods.window import numeric_date
from dinhlang.reports.duties import queries
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.duties.responsible import Owed, Responsible
from dinhlang.reports.models import Obligation, Programme

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """What the opening of a period did: obligations that are new, and those that were there."""

    programme: Programme
    period: Period
    new: int
    known: int
    owed: tuple[Owed, ...] = ()


def open_period(
    *,
    programme: Programme,
    period: Period,
    at: datetime,
    units: Collection[str] | None = None,
    is_rehearsed: bool = False,
) -> Opened:
    """Make the obligations of a period for the units responsible on its cut-off day; what is there stays as it is.

    `units` limits it to some; by default all that this installation is for. With `is_rehearsed` nothing is stored, and
    `owed` says what would be. Opening twice, or in two processes at once, makes nothing twice.
    """
    return _open(Responsible(programme), period, at, units=units, is_rehearsed=is_rehearsed)


def _open(
    who: Responsible,
    period: Period,
    at: datetime,
    *,
    units: Collection[str] | None = None,
    is_rehearsed: bool = False,
) -> Opened:
    wanted = set(units) if units is not None else _served(localdate(at))
    rows = Obligation.objects.filter(programme=who.programme, period=str(period), request=None)
    there = set(rows.filter(unit__in=wanted).values_list("unit_id", flat=True))
    missing = Unit.objects.filter(pk__in=wanted - there).order_by("pk")
    owed = list(who.owed(period, list(missing)))
    if is_rehearsed or not owed:
        return Opened(who.programme, period, 0, len(there), tuple(owed))
    with transaction.atomic():
        before = rows.count()
        Obligation.objects.bulk_create(
            [_row(one, who.programme, at) for one in owed], batch_size=_BATCH, ignore_conflicts=True
        )
        new = rows.count() - before
        if new:
            audit(
                by=None,
                at=at,
                action="duty.open",
                target=who.programme,
                detail={"period": str(period), "units": new},
            )
    return Opened(who.programme, period, new, len(there))


def open_due(*, at: datetime) -> int:
    """Open every period that has begun and is not due yet, and let ceased units' obligations pass on; give the number
    of new obligations. The worker does it every hour: a unit that joins in between gets its own then.

    A period that was due before a unit had any obligation of the programme is not opened for it: nobody is late for
    what was owed before they came here. One that fell due while the worker stood still is.
    """
    import_shipped(at=at)
    on = localdate(at)
    served = _served(on)
    new = 0
    for programme in Programme.objects.all():
        who = Responsible(programme)
        for period in (one for year in (on.year - 1, on.year, on.year + 1) for one in who.periods(year)):
            window = who.window(period)
            if window is None or window.start > on or (on - window.end).days > queries.LOOKS_BACK_DAYS:
                continue
            units = served if window.end >= on else served & queries.followed(programme, window.end, served)
            new += _open(who, period, at, units=units).new
    release_ceased(at=at)
    recount_provisional(at=at)
    return new


def _served(on: date) -> set[str]:
    """The units this installation is for, with those they took over from: these owed what fell due in their time."""
    ids = org.looked_after(on)
    return ids | org.predecessor_ids(ids, on)


def _row(one: Owed, programme: Programme, at: datetime) -> Obligation:
    return Obligation(
        unit=one.unit,
        programme=programme,
        regime=one.regime,
        period=str(one.period),
        subject=f"{programme.name} {one.period.label}",
        window_from=one.window.start,
        window_to=one.window.end,
        due_on=one.due.on,
        is_provisional=one.due.provisional,
        why=one.why,
        recipient_id=one.to.unit_id if one.to else None,
        recipient_name=one.to.name if one.to else "",
        opened_at=at,
    )


# --- days that were provisional -------------------------------------------------------------------


@transaction.atomic
def recount_provisional(*, at: datetime) -> int:
    """Count again what was "tạm tính" and is not due yet, once the year's notice of days off is loaded; give how many.

    Whatever is due already, or was counted from an official calendar, stays as it was made.
    """
    on = localdate(at)
    waiting = Obligation.objects.filter(
        is_provisional=True, request=None, released_on=None, sent_on=None, due_on__gte=on
    )
    count = 0
    for row in waiting.select_related("unit", "regime"):
        rule = regimes.from_row(row.regime.rule) if row.regime else None
        due = rule.explain_due(Period.parse(row.period), row.unit.level) if rule else None
        if due is None or due.provisional:
            continue
        row.why = [*row.why, _counted_again(row.due_on, due)]
        row.due_on, row.is_provisional = due.on, False
        row.save(update_fields=["due_on", "is_provisional", "why"])
        audit(
            by=None,
            at=at,
            action="duty.recount",
            target=row,
            unit=row.unit,
            detail={"period": row.period, "until": due.on.isoformat()},
        )
        count += 1
    return count


@kept_in_vietnamese
def _counted_again(before: date, due: DueDate) -> str:
    if due.on == before:
        return _("Đã có lịch nghỉ chính thức, hạn không đổi.")
    return _("Đã có lịch nghỉ chính thức nên hạn đổi từ %(before)s sang %(after)s.") % {
        "before": numeric_date(before),
        "after": numeric_date(due.on),
    }


# --- units that cease -----------------------------------------------------------------------------


@transaction.atomic
def release_ceased(*, at: datetime) -> int:
    """Release what is still owed by units that ceased before the cut-off, or before a request was due; give how many.

    Nothing is dropped: the row stays with its reason, and where a successor owes the same report it leads there. A
    request goes on to the successors.
    """
    on = localdate(at)
    ceased = queries.with_standing(Obligation.objects.filter(released_on=None, unit__ends_on__lte=on), on)
    by_regime = ceased.filter(request=None, unit__ends_on__lte=F("window_to"), done_on=None)
    by_request = ceased.filter(request__isnull=False, unit__ends_on__lte=F("due_on"), done_on=None)
    count = 0
    for obligation in [*by_regime.select_related("unit"), *by_request.select_related("unit", "request")]:
        _release(obligation, on, at)
        count += 1
    return count


def _release(obligation: Obligation, on: date, at: datetime) -> None:
    unit = obligation.unit
    heirs = org.heirs(unit, on)
    if obligation.request_id is not None:
        _pass_on(obligation, heirs, at)
    same = Obligation.objects.filter(
        programme=obligation.programme, period=obligation.period, request=obligation.request
    )
    obligation.passed_to = same.filter(unit__in=heirs).order_by("pk").first()
    obligation.released_on = unit.ends_on
    obligation.released_why = _ceased(obligation, heirs, on)
    obligation.save(update_fields=["passed_to", "released_on", "released_why"])
    audit(
        by=None,
        at=at,
        action="duty.release",
        target=obligation,
        unit=unit,
        detail={"period": obligation.period, "on": unit.ends_on.isoformat() if unit.ends_on else ""},
    )


def _pass_on(obligation: Obligation, heirs: Iterable[Unit], at: datetime) -> None:
    Obligation.objects.bulk_create(
        [
            Obligation(
                unit=heir,
                request=obligation.request,
                subject=obligation.subject,
                due_on=obligation.due_on,
                is_provisional=obligation.is_provisional,
                why=[*obligation.why, _taken_over(obligation.unit, heir, obligation.due_on)],
                recipient_id=obligation.recipient_id,
                recipient_name=obligation.recipient_name,
                opened_at=at,
            )
            for heir in heirs
        ],
        ignore_conflicts=True,
    )


@kept_in_vietnamese
def _taken_over(unit: Unit, heir: Unit, on: date) -> str:
    return _("%(heir)s tiếp nhận nhiệm vụ này từ %(unit)s.") % {
        "heir": capfirst(org.title_of(heir, on)),
        "unit": org.title_of(unit, on),
    }


@kept_in_vietnamese
def _ceased(obligation: Obligation, heirs: Collection[Unit], on: date) -> str:
    unit = obligation.unit
    told = _("%(who)s kết thúc hoạt động từ %(day)s, trước ngày chốt số liệu hoặc hạn gửi.") % {
        "who": capfirst(org.title_of(unit, on)),
        "day": numeric_date(unit.ends_on or on),
    }
    if not heirs:
        return told
    names = ", ".join(org.titles_of((one.pk for one in heirs), on).values())
    return f"{told} " + _("Đơn vị tiếp nhận: %(names)s.") % {"names": names}
