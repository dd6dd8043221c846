"""Who has a case: given to a person or to a part of the office, taken by one of the part, given back, and what becomes of it when
they leave or the part ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.actions.noting import SomebodyElse, locked, note
from dinhlang.citizens.models import Case, CaseReminder, CaseWords, Route
from dinhlang.citizens.rules.categories import check_category
from dinhlang.citizens.rules.kinds import Said
from dinhlang.citizens.rules.ladder import LEFT, steps_of
from dinhlang.citizens.rules.states import HELD, Deed, can_happen
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission, Refused, Unfit


@transaction.atomic
def assign(*, case: Case, part: Unit | None, handler: Person | None, by: Person | None, at: datetime) -> Case:
    """Say who handles the case. Raises `Unfit` for a part or a person of elsewhere, or a part without people; `WrongMove`, `NotAllowed`."""
    case, on = locked(case), localdate(at)
    permissions.check_can_assign(by, case, on)
    if part is None and handler is None:
        raise Unfit(_("Chọn bộ phận hoặc người xử lý."), "handler")
    _check_given(part, handler, case.unit, on)
    if case.part != part:
        case.part_since = None
    case.part, case.handler = part, handler
    note(case, Deed.ROUTE, by=by, at=at, detail=_given_to(case))
    return case


def _check_given(part: Unit | None, handler: Person | None, unit: Unit, on: date) -> None:
    if handler is not None and not can(handler, Permission.READ, unit, on):
        raise Unfit(_("Chọn một cán bộ đang giữ chức vụ ở đơn vị."), "handler")
    if part is None:
        return
    if part.pk not in org.ids_below(unit, on, parts_only=True):
        raise Unfit(_("Chọn một bộ phận của đơn vị."), "part")
    if handler is None and not queries.has_people(part, unit, on):
        raise Unfit(
            _(
                "%(part)s chưa có cán bộ nào nhận được việc. Chọn thêm người xử lý, chọn bộ phận khác, "
                "hoặc nhờ người quản trị giao chức vụ ở đó."
            )
            % {"part": capfirst(org.title_of(part, on))},
            "part",
        )
    if handler is not None and queries.has_left(handler, part.pk, on):
        raise Unfit(
            _("%(person)s đã thôi ở bộ phận này. Chọn người khác.") % {"person": handler.full_name}, "handler"
        )


def _given_to(case: Case) -> dict[str, object]:
    return {"part": case.part_id, "handler": case.handler_id}


@transaction.atomic
def claim(*, case: Case, by: Person, at: datetime) -> Case:
    """Take what was given to one's part: from now on the person has it; who has it already keeps it.

    Raises `SomebodyElse`, `WrongMove`, `NotAllowed`.
    """
    case, on = locked(case), localdate(at)
    permissions.check_can_claim(by, case, on)
    if case.handler_id == by.pk:
        return case
    if case.handler is not None and permissions.can_handle(case.handler, case, on):
        raise SomebodyElse(_("%(person)s đã nhận việc này rồi.") % {"person": case.handler.full_name})
    case.handler = by
    note(case, Deed.CLAIM, by=by, at=at, detail=_given_to(case))
    return case


@transaction.atomic
def give_back(*, case: Case, reason: str = "", by: Person, at: datetime) -> Case:
    """Give what one took back to the part, for another to take. Raises `Refused`, `WrongMove`, `NotAllowed`."""
    case, on = locked(case), localdate(at)
    permissions.check_can_claim(by, case, on)
    if case.handler_id != by.pk:
        raise Refused(_("Chỉ người đang giữ việc mới trả lại được cho bộ phận."))
    case.handler = None
    note(case, Deed.ROUTE, by=by, at=at, detail=_given_to(case), said={Said.NOTE: reason.strip()[:500]})
    return case


@transaction.atomic
def set_route(
    *, unit: Unit, category: str, handler: Person | None, part: Unit | None, by: Person | None, at: datetime
) -> Route | None:
    """Say who handles a category from now on; nobody, with neither. Raises `Unfit` as `assign`. What is as it was is not asked."""
    on = localdate(at)
    permissions.check_can_assign(by, unit, on)
    check_category(category)
    wanted = (handler.pk if handler else None, part.pk if part else None)
    known = Route.objects.select_for_update().filter(unit=unit, category=category).first()
    if wanted == ((known.handler_id, known.part_id) if known else (None, None)):
        return known
    _check_given(part, handler, unit, on)
    if handler is None and part is None:
        Route.objects.filter(unit=unit, category=category).delete()
        made = None
    else:
        made, _is_new = Route.objects.update_or_create(
            unit=unit, category=category, defaults={"handler": handler, "part": part}
        )
    audit(by=by, at=at, action="feedback-route.set", target=unit, unit=unit, detail={"category": category})
    return made


# --- Who left ------------------------------------------------------------------------------------------------------


class _Has(NamedTuple):
    """Who has cases of a unit."""

    unit: Unit
    part: Unit | None
    handler: Person | None


class _Falls(NamedTuple):
    """To whom they fall, and why."""

    part: Unit | None
    handler: Person | None
    why: str


@kept_in_vietnamese
def take_back(*, at: datetime) -> int:
    """Take cases from parts that ended or have nobody left, and from people who left; gives how many. For the worker.

    They fall to the part that took over or to their part, else to nobody: whoever gives cases out is told at once.
    """
    on, done = localdate(at), 0
    for has in _held():
        if org.exists_on(has.unit, on) and (falls := _falls(has, on)) is not None:
            rows = Case.objects.filter(
                unit=has.unit, part=has.part, handler=has.handler, state__in=HELD
            ).order_by("pk")
            for case in rows.only("pk"):
                done += _taken_back(case, has, falls, at)
    return done


def _held() -> list[_Has]:
    units = Case.objects.order_by().values("unit").distinct()
    rows = Case.objects.filter(unit__in=units, state__in=HELD).exclude(part=None, handler=None)
    found = list(rows.order_by("unit", "part", "handler").values_list("unit", "part", "handler").distinct())
    places = Unit.objects.in_bulk({one for row in found for one in row[:2] if one})
    people = Person.objects.in_bulk({row[2] for row in found if row[2]})
    return [_Has(places[unit], places.get(part), people.get(handler)) for unit, part, handler in found]


def _falls(has: _Has, on: date) -> _Falls | None:
    """To whom the cases fall that somebody has; None while they stay."""
    part, handler, why = has.part, has.handler, ""
    if handler is not None and not _is_there(has, on):
        handler = None
        why = _("%(person)s đã thôi, không giữ việc này nữa.") % {"person": has.handler}
    if part is not None and not _is_alive(part, has.unit, on, with_people=handler is None):
        name = capfirst(org.title_of(part, on))
        heir = org.keeper(part, on)
        is_alive = heir is not None and heir != part and _is_alive(heir, has.unit, on, with_people=True)
        part = heir if is_alive else None
        why += " " + (_("%(part)s không còn, hoặc không còn cán bộ nào nhận được việc.") % {"part": name})
    return _Falls(part, handler, why.strip()) if why else None


def _is_there(has: _Has, on: date) -> bool:
    person = has.handler
    if person is None or not can(person, Permission.READ, has.unit, on):
        return False
    return has.part is None or not queries.has_left(person, has.part.pk, on)


def _is_alive(part: Unit, unit: Unit, on: date, *, with_people: bool) -> bool:
    if with_people:
        return queries.has_people(part, unit, on)
    return part.pk in org.ids_below(unit, on, parts_only=True)


@transaction.atomic
def _taken_back(case: Case, has: _Has, falls: _Falls, at: datetime) -> bool:
    held = locked(case)
    if held.state not in HELD or (held.part, held.handler) != (has.part, has.handler):
        return False
    if held.part != falls.part:
        held.part_since = None
    held.part, held.handler = falls.part, falls.handler
    if can_happen(held.state, Deed.ROUTE):
        note(held, Deed.ROUTE, by=None, at=at, detail=_given_to(held), said={Said.NOTE: falls.why})
    else:
        held.version += 1
        held.save(update_fields=["part", "part_since", "handler", "version"])
        CaseWords.objects.create(case=held, kind=Said.NOTE, words=falls.why, at=at, by=None)
    audit(by=None, at=at, action="case.take-back", target=held, unit=held.unit)
    if held.part is None and held.handler is None:
        CaseReminder.objects.bulk_create(_told_of(held, at), ignore_conflicts=True)
    return True


def _told_of(case: Case, at: datetime) -> Iterator[CaseReminder]:
    [step] = steps_of(LEFT)
    people: list[Person | None] = [*org.holders(case.unit, Permission.CITIZENS_HANDLE, localdate(at))]
    for person in people or [None]:
        yield CaseReminder(case=case, step=step, due_at=at, at=at, to=person)
