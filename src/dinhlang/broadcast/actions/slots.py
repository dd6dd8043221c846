"""Rules that hold for a station, days of mourning, and the slots in which it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import AirDay, Slot, StationRules
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.returning import BadReturn, parse, render
from dinhlang.vietnamese.text import one_line

_LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class SlotGiven:
    """A slot as it is asked for: `days` in words, from `starts_on` until before `ends_on`."""

    name: str
    days: str
    starts: time
    minutes: int
    starts_on: date | None = None
    ends_on: date | None = None
    zone: str = ""
    relay: str = ""
    legal_basis: str = ""


@transaction.atomic
def set_rules(
    *,
    unit: Unit,
    rules: AirRules,
    legal_basis: str,
    starts_on: date,
    ends_on: date | None = None,
    note: str = "",
    by: Person | None,
    at: datetime,
) -> StationRules:
    """Write down what was decided on when stations of a unit speak; the rules before end on the day these begin.

    Raises `Unfit` without a legal basis or with days out of order, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_plan(by, unit, localdate(at))
    basis = one_line(legal_basis)[:200]
    if not basis:
        raise Unfit(_("Chưa ghi văn bản quy định. Ghi số, ngày và cơ quan ban hành."), "legal_basis")
    if ends_on is not None and ends_on <= starts_on:
        raise Unfit(_("Ngày hết hiệu lực phải sau ngày bắt đầu."), "ends_on")
    lock(unit)
    before = StationRules.objects.filter(unit=unit).in_force(starts_on)
    for row in before:
        if row.starts_on == starts_on:
            raise Unfit(_("Đã có quy định bắt đầu từ ngày này. Chọn ngày khác."), "starts_on")
        row.ends_on = starts_on
        row.save(update_fields=["ends_on"])
    made = StationRules.objects.create(
        unit=unit,
        values=rules.to_json(),
        legal_basis=basis,
        starts_on=starts_on,
        ends_on=ends_on,
        note=one_line(note)[:500],
    )
    audit(by=by, at=at, action="air.rules", target=made, unit=unit, detail={"basis": basis, "on": starts_on})
    return made


@transaction.atomic
def note_mourning(
    *, unit: Unit, first: date, last: date, legal_basis: str, by: Person | None, at: datetime
) -> AirDay:
    """Write down days of mourning, for the stations of a unit and all below it. Raises as `set_rules`."""
    permissions.check_can_plan(by, unit, localdate(at))
    basis = one_line(legal_basis)[:200]
    if not basis:
        raise Unfit(_("Chưa ghi thông báo quốc tang. Ghi số, ngày và cơ quan ban hành."), "legal_basis")
    if last < first:
        raise Unfit(_("Ngày cuối đứng trước ngày đầu. Sửa lại một trong hai."), "last")
    made = AirDay.objects.create(unit=unit, first=first, last=last, legal_basis=basis)
    audit(by=by, at=at, action="air.mourning", target=made, unit=unit, detail={"on": first, "until": last})
    return made


@transaction.atomic
def end_rules(*, rules: StationRules, ends_on: date, by: Person | None, at: datetime) -> StationRules:
    """Let rules hold until before a day; those of the level above hold then. Raises `Refused` and `NotAllowed`."""
    permissions.check_can_plan(by, rules.unit, localdate(at))
    if rules.ends_on is not None and rules.ends_on <= ends_on:
        raise Refused(_("Quy định này đã hết hiệu lực trước ngày đó."))
    if rules.starts_on is not None and ends_on <= rules.starts_on:
        raise Refused(_("Quy định mới bắt đầu hôm nay. Ngày hết hiệu lực phải sau ngày bắt đầu."))
    rules.ends_on = ends_on
    rules.save(update_fields=["ends_on"])
    audit(by=by, at=at, action="air.rules-end", target=rules, unit=rules.unit, detail={"on": ends_on})
    return rules


@transaction.atomic
def cancel_mourning(*, day: AirDay, by: Person | None, at: datetime) -> None:
    """Take back days of mourning that were written down by mistake; days that are over stay. Raises `Refused`, `NotAllowed`."""
    permissions.check_can_plan(by, day.unit, localdate(at))
    if day.last < localdate(at):
        raise Refused(_("Những ngày này đã qua nên không bỏ được nữa."))
    detail = {"on": day.first, "until": day.last, "basis": day.legal_basis}
    audit(by=by, at=at, action="air.mourning-cancel", target=day, unit=day.unit, detail=detail)
    day.delete()


@transaction.atomic
def add_slot(*, unit: Unit, slot: SlotGiven, by: Person | None, at: datetime) -> Slot:
    """Set a slot. Raises `Unfit` that names the part, and `org.permissions.NotAllowed`."""
    permissions.check_can_plan(by, unit, localdate(at))
    name = one_line(slot.name)[:120]
    if not name:
        raise Unfit(_("Khung giờ chưa có tên. Ghi tên chương trình."), "name")
    if not 1 <= slot.minutes <= _LONGEST_MINUTES:
        raise Unfit(_("Số phút phải từ 1 đến 1440."), "minutes")
    if slot.starts_on and slot.ends_on and slot.ends_on <= slot.starts_on:
        raise Unfit(_("Ngày thôi dùng phải sau ngày bắt đầu."), "ends_on")
    try:
        days = render(parse(slot.days))
    except BadReturn as reason:
        raise Unfit(str(reason), "days") from None
    made = Slot.objects.create(
        unit=unit,
        name=name,
        days=days,
        starts=slot.starts.replace(second=0, microsecond=0),
        minutes=slot.minutes,
        zone=one_line(slot.zone)[:120],
        relay=one_line(slot.relay)[:120],
        legal_basis=one_line(slot.legal_basis)[:200],
        starts_on=slot.starts_on,
        ends_on=slot.ends_on,
        made_at=at,
        made_by=by,
    )
    audit(by=by, at=at, action="air.slot-add", target=made, unit=unit, detail={"days": days})
    return made


@transaction.atomic
def end_slot(*, slot: Slot, ends_on: date, by: Person | None, at: datetime) -> Slot:
    """Let a slot be used until before a day; sessions that are made already stay. Raises `Refused` and `NotAllowed`."""
    permissions.check_can_plan(by, slot.unit, localdate(at))
    if slot.ends_on is not None and slot.ends_on <= ends_on:
        raise Refused(_("Khung giờ này đã thôi dùng trước ngày đó."))
    if slot.starts_on is not None and ends_on <= slot.starts_on:
        raise Unfit(_("Ngày thôi dùng phải sau ngày bắt đầu."), "ends_on")
    slot.ends_on = ends_on
    slot.save(update_fields=["ends_on"])
    audit(by=by, at=at, action="air.slot-end", target=slot, unit=slot.unit, detail={"on": ends_on})
    return slot
