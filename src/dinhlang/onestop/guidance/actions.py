"""What can happen to the count of guidance: it is added to, or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.models import Guidance, GuidanceWay, GuidedDay
from dinhlang.onestop.queries.counter import procedures_by_code
from dinhlang.onestop.rules import helped as rules
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit

MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Helped:
    """Who was helped: with which procedure (its code, empty for none), in which way, online or not, how many, on which day (today)."""

    code: str = ""
    way: str = GuidanceWay.COUNTER
    online: bool = False
    people: int = 1
    day: date | None = None


@transaction.atomic
def add(*, unit: Unit, helped: Helped, key: UUID, by: Person | None, at: datetime) -> Guidance:
    """Count people who were shown the way. The same form sent twice counts once.

    Raises `Unfit` with the field to mend, `Refused` for a procedure that does not stand, `org.permissions.NotAllowed`.
    """
    today = localdate(at)
    permissions.check_can_register(by, unit, today)
    known = Guidance.objects.filter(unit=unit, key=key).first()
    if known is not None:
        return known
    day = helped.day or today
    _check(helped, day, today)
    name = ""
    if helped.code:
        found = procedures_by_code(unit, day, [helped.code])
        if not found:
            raise Refused(_("Thủ tục này không có trong danh mục đang áp dụng. Tìm lại thủ tục rồi bấm."))
        name = found[0].name
    made, is_new = Guidance.objects.get_or_create(
        unit=unit,
        key=key,
        defaults={
            "day": day,
            "people": helped.people,
            "procedure_code": helped.code,
            "procedure_name": name,
            "way": helped.way,
            "online": helped.online,
            "at": at,
            "by": by,
        },
    )
    if is_new:
        GuidedDay.mark(unit, day)
        audit(by=by, at=at, action="guidance.add", target=made, unit=unit, detail={"people": helped.people})
    return made


def _check(helped: Helped, day: date, today: date) -> None:
    if helped.way not in GuidanceWay.values:
        raise Unfit(_("Chưa chọn cách hướng dẫn."), "way")
    rules.check(helped.people, day, today=today, most=MOST_PEOPLE)


@transaction.atomic
def take_back(*, guidance: Guidance, key: UUID, by: Person | None, at: datetime) -> Guidance:
    """Take back what was counted by mistake; it stays readable. Asked twice, it is done once.

    Raises `org.permissions.NotAllowed`; `Refused` for what is itself a taking back.
    """
    permissions.check_can_register(by, guidance.unit, localdate(at))
    wrong = Guidance.objects.select_for_update().get(pk=guidance.pk)
    if wrong.reverses_id is not None:
        raise Refused(_("Dòng này đã là dòng rút lại. Bấm thêm một lượt mới nếu rút nhầm."))
    known = Guidance.objects.filter(reverses=wrong).first()
    if known is not None:
        return known
    made = Guidance.objects.create(
        unit=guidance.unit,
        key=key,
        day=wrong.day,
        people=wrong.people,
        procedure_code=wrong.procedure_code,
        procedure_name=wrong.procedure_name,
        way=wrong.way,
        online=wrong.online,
        at=at,
        by=by,
        reverses=wrong,
    )
    GuidedDay.mark(guidance.unit, wrong.day)
    audit(by=by, at=at, action="guidance.take-back", target=wrong, unit=guidance.unit)
    return made
