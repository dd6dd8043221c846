"""Dossiers of the fictional commune: some returned, one with an apology, one that waits for papers, one that is overdue."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from dinhlang.onestop import queries
from dinhlang.onestop.actions.counter import CounterGiven, set_rules
from dinhlang.onestop.actions.counting import count_day
from dinhlang.onestop.actions.receiving import receive
from dinhlang.onestop.actions.returning import give, pay
from dinhlang.onestop.actions.working import apologise, ask_papers, hand_over, resolve
from dinhlang.onestop.models import CountedDay, Dossier
from dinhlang.onestop.rules.intake import Applicant, Given
from dinhlang.org.models import Person, Unit
from dinhlang.periods import calendar

_UNIT, _CLERK, _OFFICER = "ben-truc", "mot-cua", "van-hoa"


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Give the fictional commune a counter and some dossiers of the last weeks, once."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or Dossier.objects.filter(unit=unit).exists():
        return
    data = tomllib.loads((files("dinhlang.onestop") / "data" / "demo.toml").read_text("utf-8"))
    counter = data["counter"]
    hours = tuple(
        (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in counter["hours"]
    )
    set_rules(
        unit=unit,
        given=CounterGiven(**{**counter, "hours": hours}),
        starts_on=localdate(at) - timedelta(days=60),
        by=None,
        at=at,
    )
    clerk, officer = (Person.objects.filter(username=name).first() for name in (_CLERK, _OFFICER))
    for number, one in enumerate(data["dossiers"]):
        _play(unit, one, number, clerk=clerk, officer=officer, at=at)
    for day in CountedDay.objects.filter(unit=unit, day__lt=localdate(at)):
        count_day(unit, day.day, by=None, at=at)


def _play(
    unit: Unit,
    said: dict[str, Any],
    number: int,
    *,
    clerk: Person | None,
    officer: Person | None,
    at: datetime,
) -> None:
    on = _working_days_before(localdate(at), said["days_ago"])
    found = queries.procedures_to_choose(unit, on, words=said["procedure"])
    if not found:
        return
    moment = _at(on, 8, number)
    dossier = receive(
        unit=unit,
        given=Given(
            Applicant(said["applicant"], address=said["address"], phone=said["phone"]),
            found[0].version,
            channel=said.get("channel", "counter"),
            papers=("Tờ khai theo mẫu",),
            fee=said.get("fee", 0),
        ),
        key=_key(number, 0),
        received_at=moment,
        by=clerk,
        at=at,
    )
    for step, told in enumerate(said["steps"], 1):
        name, _colon, days = told.partition(":")
        on = _working_days_after(on, int(days))
        if on >= localdate(at):
            return
        _do(name, dossier, _at(on, 8 + step, number), _key(number, step), clerk=clerk, officer=officer, at=at)


def _do(
    name: str,
    dossier: Dossier,
    moment: datetime,
    key: UUID,
    *,
    clerk: Person | None,
    officer: Person | None,
    at: datetime,
) -> None:
    common: dict[str, Any] = {"dossier": dossier, "key": key, "happened_at": moment, "by": clerk, "at": at}
    if name == "resolve":
        resolve(**common)
    elif name == "give":
        give(**common)
    elif name == "pay":
        pay(how="transfer", **common)
    elif name == "hand":
        hand_over(to=officer, office="" if officer else "Bộ phận chuyên môn", **common)
    elif name == "ask":
        ask_papers(wanted="Thiếu bản chính giấy chứng sinh\nTờ khai chưa ghi nơi sinh", **common)
    elif name == "apologise":
        apologise(
            reason="Chờ cơ quan nơi thường trú trước đây trả lời xác minh",
            new_on=_working_days_after(localdate(moment), 6),
            responsible="",
            **common,
        )


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), get_default_timezone())


def _working_days_after(day: date, count: int) -> date:
    return calendar.default().add(day, count) if count else day


def _working_days_before(day: date, count: int) -> date:
    known = calendar.default()
    while count:
        day -= timedelta(days=1)
        count -= known.is_working(day)
    return day


def _key(number: int, step: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"dinhlang demo dossier {number}.{step}")
