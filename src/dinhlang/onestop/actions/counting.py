"""What the register tells the ledger: one line for each day of a unit, which follows the register and never runs ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.onestop import queries
from dinhlang.onestop.models import CountedDay
from dinhlang.onestop.rules.figures import Figures
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, ReformField, Reversal

_MOST = 200
# Documents and what stands in the ledger are Vietnamese whoever acted.
_TITLE = "Tiếp nhận, giải quyết hồ sơ tại bộ phận một cửa ngày {day}"
_REASON = "Sổ theo dõi hồ sơ có thay đổi về ngày này"


@transaction.atomic
def count_day(unit: Unit, day: date, *, by: Person | None, at: datetime) -> CountedDay:
    """Let the ledger say what the register says of a day: the same figures stay, others are reversed and written anew."""
    found, _made = CountedDay.objects.select_for_update().get_or_create(unit=unit, day=day)
    wanted = _measures(queries.figures(unit, day, day))
    line = found.line
    if line is not None:
        said = {one.concept: one.value for one in line.measures.all()}
        stands = not Reversal.objects.filter(activity=line).exists()
        if stands and said == wanted:
            return _settled(found)
        if stands:
            work.reverse_consequence(activity=line, reason=_REASON, by=by, at=at)
        found.line = None
    if any(wanted.values()):
        found.line = work.record_consequence(
            unit=unit,
            kind=ActivityKind.ONESTOP,
            happened_on=day,
            title=_TITLE.format(day=f"{day.day}/{day.month}/{day.year}"),
            measures=wanted,
            basis=Basis.BOOK,
            reform_field=ReformField.PROCEDURES,
            by=by,
            at=at,
        )
    return _settled(found)


def _measures(found: Figures) -> Mapping[str, int]:
    return dict(found.measures())


def _settled(found: CountedDay) -> CountedDay:
    found.is_due = False
    found.save()
    return found


def count_due(*, at: datetime, most: int = _MOST) -> int:
    """Count the days that changed and are over; how many. For the worker: a day's line is written when the day is over, so that
    it is not reversed with every dossier."""
    today, done = localdate(at), 0
    for one in CountedDay.objects.filter(is_due=True, day__lt=today).select_related("unit")[:most]:
        try:
            count_day(one.unit, one.day, by=None, at=at)
        except Refused:
            # A unit that is no more: the day stays marked, the others go on.
            continue
        done += 1
    return done
