"""The points that the national portal publishes for the unit, typed in by whoever read them there, and how ours stand beside them.

They are a line of the ledger, so that a report takes them as any other figure and a mistake is reversed, never written over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission, Unfit
from dinhlang.periods.window import numeric_date
from dinhlang.reports.models import PortalScore
from dinhlang.reports.quality import rules
from dinhlang.reports.quality.rules import GroupScore
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, ReformField
from dinhlang.work.rules import LinkEvidence

# What stands in the ledger is Vietnamese whoever acted.
_TITLE = "Cổng Dịch vụ công quốc gia công bố điểm chất lượng phục vụ từ {first} đến {last}: {points} điểm"
_HUNDREDTHS = 100
# Groups and sum are rounded each for itself: five groups may be half a hundredth off each.
_ROUNDING = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody read on the portal: of which days, on which day, where; the sum and each group by its code."""

    first: date
    last: date
    seen_on: date
    source: str
    total: Decimal
    groups: Mapping[str, Decimal]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A row with its points, of groups by their code; `reason` says why it was taken back, '' while it stands."""

    row: PortalScore
    total: Decimal
    groups: Mapping[str, Decimal]
    reason: str
    taken_back_by: str


def check_can_write(person: Person | None, unit: Unit, on: date) -> None:
    """Raise `NotAllowed` for whoever neither keeps the counter's register nor drafts reports."""
    if not permissions.can(person, Permission.ONESTOP_REGISTER, unit, on):
        permissions.check_can(person, Permission.REPORT_DRAFT, unit, on)


def can_write(person: Person | None, unit: Unit, on: date) -> bool:
    return any(
        permissions.can(person, one, unit, on)
        for one in (Permission.ONESTOP_REGISTER, Permission.REPORT_DRAFT)
    )


@transaction.atomic
def write(*, unit: Unit, seen: Seen, key: UUID, by: Person | None, at: datetime) -> PortalScore:
    """Write down what the portal publishes. The same form sent twice is one row.

    Raises `Unfit` for points or days that cannot be, or when points until that day stand already; `NotAllowed`.
    """
    on = localdate(at)
    check_can_write(by, unit, on)
    source = one_line(seen.source)
    _check(seen, source, on)
    # Two who write at once: the second waits here and is told.
    lock(unit)
    known = PortalScore.objects.filter(line__uid=key).first()
    if known is not None:
        return known
    if standing(unit).filter(last=seen.last).exists():
        raise Unfit(
            _("Đã có điểm tính đến ngày %(day)s. Nếu ghi sai thì hủy dòng đó rồi ghi lại.")
            % {"day": numeric_date(seen.last)},
            "last",
        )
    line = work.record_consequence(
        unit=unit,
        kind=ActivityKind.ONESTOP,
        happened_on=seen.last,
        title=_TITLE.format(
            first=numeric_date(seen.first), last=numeric_date(seen.last), points=printed(float(seen.total))
        ),
        measures=_measures(seen),
        evidence=[LinkEvidence(seen.link, source)] if seen.link else [],
        uid=key,
        basis=Basis.BOOK,
        reform_field=ReformField.PROCEDURES,
        note=source,
        by=by,
        at=at,
    )
    return PortalScore.objects.create(
        unit=unit,
        line=line,
        first=seen.first,
        last=seen.last,
        seen_on=seen.seen_on,
        source=source,
        at=at,
        by=by,
    )


def take_back(*, score: PortalScore, reason: str, by: Person | None, at: datetime) -> None:
    """Take a row out of the count; it stays, struck through. Raises `Refused` without a reason or a second time."""
    check_can_write(by, score.unit, localdate(at))
    work.reverse_consequence(activity=score.line, reason=reason, by=by, at=at)


def standing(unit: Unit) -> QuerySet[PortalScore]:
    """The rows that hold, newest first."""
    return PortalScore.objects.filter(unit=unit, line__reversal=None).order_by("-last", "-pk")


def rows_of(units: Sequence[str]) -> QuerySet[PortalScore]:
    """Every row, also those taken back, newest first."""
    found = PortalScore.objects.filter(unit__in=units).order_by("-last", "-pk")
    return found.select_related("line", "line__reversal", "line__reversal__by", "by").prefetch_related(
        "line__measures", "line__evidence"
    )


def published(row: PortalScore) -> Published:
    """The row with its points as they were typed."""
    kept = {one.concept: Decimal(one.value) / _HUNDREDTHS for one in row.line.measures.all()}
    groups = {
        one.code: kept[name]
        for one in rules.scheme_on(row.last).groups
        if (name := f"quality_points_{one.concept}") in kept
    }
    reversal = getattr(row.line, "reversal", None)
    by = reversal.by.full_name if reversal and reversal.by else ""
    return Published(row, kept["quality_points"], groups, reversal.reason if reversal else "", by)


def newest_within(unit: Unit, first: date, last: date) -> Published | None:
    """What the portal last published of days that end within these; None for nothing."""
    row = rows_of([unit.pk]).filter(line__reversal=None, last__range=(first, last)).first()
    return published(row) if row else None


def _check(seen: Seen, source: str, on: date) -> None:
    if seen.first > seen.last:
        raise Unfit(_("Ngày đầu phải trước ngày cuối."), "last")
    if seen.last > seen.seen_on:
        raise Unfit(_("Ngày xem không thể trước ngày cuối mà Cổng tính điểm."), "seen_on")
    if seen.seen_on > on:
        raise Unfit(_("Ngày xem không thể sau hôm nay."), "seen_on")
    if seen.last < rules.first_day():
        raise Unfit(_("Trước ngày 23/6/2022 chưa có bộ chỉ số này. Chọn ngày sau đó."), "last")
    if not source:
        raise Unfit(_("Chưa ghi xem điểm ở đâu."), "source")
    scheme = rules.scheme_on(seen.last)
    for one in scheme.groups:
        if not 0 <= seen.groups[one.code] <= one.maximum:
            raise Unfit(
                _("Nhóm “%(name)s” có từ 0 đến %(maximum)s điểm.")
                % {"name": one.name, "maximum": printed(float(one.maximum))},
                f"group_{one.code}",
            )
    together = sum(seen.groups.values(), Decimal())
    if abs(together - seen.total) > _ROUNDING:
        raise Unfit(
            _("Năm nhóm cộng lại là %(together)s điểm, khác điểm tổng %(total)s. Xem lại từng ô.")
            % {"together": printed(float(together)), "total": printed(float(seen.total))},
            "total",
        )


def _measures(seen: Seen) -> dict[str, int]:
    scheme = rules.scheme_on(seen.last)
    groups = {f"quality_points_{one.concept}": seen.groups[one.code] for one in scheme.groups}
    points = {"quality_points": seen.total, "quality_maximum": scheme.maximum, **groups}
    return {name: int(value * _HUNDREDTHS) for name, value in points.items()}


# --- beside ours ----------------------------------------------------------------------------------


def beside(
    found: Sequence[GroupScore], said: Published | None, first: date, last: date
) -> list[tuple[Decimal, str] | None]:
    """Of each group what the portal says and how far ours is from it, in words; None where it says nothing.

    Where we know only some parts, ours is a range: the rest may have brought nothing or all of it. Of other days than ours
    nothing is compared.
    """
    is_same = said is not None and (said.row.first, said.row.last) == (first, last)
    return [
        None
        if said is None or one.group.code not in said.groups
        else (said.groups[one.group.code], _of_group(one, said.groups[one.group.code]) if is_same else "")
        for one in found
    ]


def _of_group(one: GroupScore, said: Decimal) -> str:
    ours = one.score
    if not ours.known:
        return _("đơn vị chưa có số liệu để so")
    return difference(ours.points, ours.points + ours.maximum - ours.known, said)


def difference(least: Decimal, most: Decimal, said: Decimal) -> str:
    """'khớp', 'Cổng cao hơn 1,5 điểm'; where ours is a range, whether what the portal says lies within."""

    def told(value: Decimal) -> str:
        return printed(float(value))

    if least == most:
        if said == least:
            return _("khớp")
        if said > least:
            return _("Cổng cao hơn %(by)s điểm") % {"by": told(said - least)}
        return _("Cổng thấp hơn %(by)s điểm") % {"by": told(least - said)}
    span = {"least": told(least), "most": told(most)}
    if said < least:
        return _("Cổng thấp hơn ít nhất %(by)s điểm; đơn vị tính được từ %(least)s đến %(most)s") % {
            "by": told(least - said),
            **span,
        }
    if said > most:
        return _("Cổng cao hơn ít nhất %(by)s điểm; đơn vị tính được từ %(least)s đến %(most)s") % {
            "by": told(said - most),
            **span,
        }
    return _("trong khoảng đơn vị tính được: từ %(least)s đến %(most)s") % span
