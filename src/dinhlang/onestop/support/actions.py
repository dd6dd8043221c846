"""What can happen to the support log: it is added to, or taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.models import (
    AgeGroup,
    Sex,
    Support,
    SupportedDay,
    SupportMatter,
    SupportOutcome,
    SupportPlace,
)
from dinhlang.onestop.queries.counter import procedures_by_code
from dinhlang.onestop.rules import helped as rules
from dinhlang.onestop.support import guides, queries
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit

MOST_PEOPLE = 100
MOST_MINUTES = 480
MOST_STUCK = 30


@dataclass(frozen=True, slots=True)
class Helped:
    """Who was helped: with what, where, of which hamlet (its id), with what outcome; the rest when it is known."""

    matter: str
    place: str = SupportPlace.HOUSE
    outcome: str = SupportOutcome.DONE
    hamlet: str = ""
    code: str = ""
    people: int = 1
    minutes: int | None = None
    age: str = ""
    sex: str = ""
    stuck: Sequence[str] = ()
    day: date | None = None


@transaction.atomic
def add(*, unit: Unit, helped: Helped, key: UUID, by: Person | None, at: datetime) -> Support:
    """Write down that people were helped. The same form sent twice counts once.

    Raises `Unfit` with the field to mend, `Refused` for a procedure that does not stand, `org.permissions.NotAllowed`.
    """
    today = localdate(at)
    permissions.check_can_support(by, unit, today)
    known = Support.objects.filter(unit=unit, key=key).first()
    if known is not None:
        return known
    day = helped.day or today
    _check(helped, day, today)
    if helped.hamlet and helped.hamlet not in queries.hamlets(unit, day):
        raise Unfit(_("Thôn này không thuộc đơn vị trong ngày đó. Chọn lại thôn."), "hamlet")
    name = ""
    if helped.code:
        found = procedures_by_code(unit, day, [helped.code])
        if not found:
            raise Unfit(_("Thủ tục này không có trong danh mục đang áp dụng. Chọn lại thủ tục."), "code")
        name = found[0].name
    made, is_new = Support.objects.get_or_create(
        unit=unit,
        key=key,
        defaults={
            "day": day,
            "people": helped.people,
            "hamlet_id": helped.hamlet or None,
            "place": helped.place,
            "matter": helped.matter,
            "procedure_code": helped.code,
            "procedure_name": name,
            "outcome": helped.outcome,
            "minutes": helped.minutes,
            "age": helped.age,
            "sex": helped.sex,
            # A step that a later release no longer has is no reason to lose the rest of what a phone kept.
            "stuck": [one for one in dict.fromkeys(helped.stuck) if guides.is_step(one)][:MOST_STUCK],
            "at": at,
            "by": by,
        },
    )
    if is_new:
        SupportedDay.mark(unit, day)
        audit(
            by=by,
            at=at,
            action="support.add",
            target=made,
            unit=unit,
            detail={"people": helped.people, "matter": str(helped.matter)},
        )
    return made


def _check(helped: Helped, day: date, today: date) -> None:
    closed = (
        ("matter", SupportMatter.values, _("Chưa chọn việc đã hỗ trợ.")),
        ("place", SupportPlace.values, _("Chưa chọn nơi hỗ trợ.")),
        ("outcome", SupportOutcome.values, _("Chưa chọn kết quả.")),
        ("age", ["", *AgeGroup.values], _("Nhóm tuổi không có trong danh sách. Chọn lại hoặc để trống.")),
        ("sex", ["", *Sex.values], _("Giới tính không có trong danh sách. Chọn lại hoặc để trống.")),
    )
    for name, allowed, said in closed:
        if getattr(helped, name) not in allowed:
            raise Unfit(said, name)
    if helped.minutes is not None and not 1 <= helped.minutes <= MOST_MINUTES:
        raise Unfit(_("Số phút từ 1 đến %(most)s, hoặc để trống.") % {"most": MOST_MINUTES}, "minutes")
    rules.check(helped.people, day, today=today, most=MOST_PEOPLE)


@transaction.atomic
def take_back(*, support: Support, key: UUID, by: Person | None, at: datetime) -> Support:
    """Take back what was written down by mistake; it stays readable. Asked twice, it is done once.

    Raises `org.permissions.NotAllowed`; `Refused` for what is itself a taking back.
    """
    permissions.check_can_take_support_back(by, support, localdate(at))
    wrong = Support.objects.select_for_update().get(pk=support.pk)
    if wrong.reverses_id is not None:
        raise Refused(_("Dòng này đã là dòng rút lại. Ghi thêm một lượt mới nếu rút nhầm."))
    known = Support.objects.filter(reverses=wrong).first()
    if known is not None:
        return known
    same = [
        "day",
        "people",
        "hamlet_id",
        "place",
        "matter",
        "procedure_code",
        "procedure_name",
        "outcome",
        "minutes",
        "age",
        "sex",
        "stuck",
    ]
    made = Support.objects.create(
        unit=support.unit,
        key=key,
        at=at,
        by=by,
        reverses=wrong,
        **{name: getattr(wrong, name) for name in same},
    )
    SupportedDay.mark(support.unit, wrong.day)
    audit(by=by, at=at, action="support.take-back", target=wrong, unit=support.unit)
    return made
