"""What a commune decides about its counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.models import CounterRules
from dinhlang.onestop.rules import clock, codes
from dinhlang.org import vietqr
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line


@dataclass(frozen=True, slots=True)
class CounterGiven:
    """What is decided: `hours` as pairs of opening and closing times in order; none for the usual ones."""

    office: str
    legal_basis: str
    agency_code: str = ""
    address: str = ""
    phone: str = ""
    hours: tuple[tuple[time, time], ...] = ()
    bank: str = ""
    account: str = ""
    account_name: str = ""


@transaction.atomic
def set_rules(
    *, unit: Unit, given: CounterGiven, starts_on: date, by: Person | None, at: datetime
) -> CounterRules:
    """Lay down how the counter is called and works from a day on; what held before ends there.

    Raises `Unfit` with the field to mend, `codes.BadCode`, `Refused` for an account, `org.permissions.NotAllowed`.
    """
    permissions.check_can_set_rules(by, unit, localdate(at))
    lock(unit)
    office, basis = one_line(given.office)[:200], one_line(given.legal_basis)[:300]
    if not office:
        raise Unfit(_("Chưa ghi tên nơi tiếp nhận."), "office")
    if not basis:
        raise Unfit(_("Chưa ghi văn bản quy định. Ghi số, ký hiệu và ngày của quyết định."), "legal_basis")
    agency = codes.agency(given.agency_code) if given.agency_code.strip() else ""
    hours = [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in given.hours]
    try:
        clock.hours_of(hours)
    except ValueError:
        raise Unfit(
            _("Giờ làm việc không theo thứ tự. Buổi sáng trước, buổi chiều sau, giờ nghỉ sau giờ bắt đầu."),
            "opens",
        ) from None
    bank, account = given.bank.strip(), given.account.replace(" ", "")
    if bank or account:
        # What no code can be made of is no account.
        vietqr.payload(bank=bank, account=account, amount=None, purpose="")
    before = CounterRules.objects.filter(unit=unit, ends_on=None).first()
    if before is not None:
        if before.starts_on > starts_on:
            raise Unfit(
                _("Đã có quy định từ ngày %(day)s. Chọn ngày sau ngày đó.")
                % {"day": f"{before.starts_on:%d/%m/%Y}"},
                "starts_on",
            )
        before.ends_on = starts_on
        before.save(update_fields=["ends_on"])
    made = CounterRules.objects.create(
        unit=unit,
        starts_on=starts_on,
        legal_basis=basis,
        office=office,
        agency_code=agency,
        address=one_line(given.address)[:300],
        phone=one_line(given.phone)[:30],
        hours=hours,
        bank=bank,
        account=account,
        account_name=one_line(given.account_name)[:120],
        set_at=at,
        set_by=by,
    )
    audit(by=by, at=at, action="counter.rules", target=made, unit=unit, detail={"day": str(starts_on)})
    return made
