"""Today's guidance at the fictional commune's counter."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.onestop.guidance.actions import Helped, add
from dinhlang.onestop.models import Guidance
from dinhlang.onestop.queries.counter import often_received
from dinhlang.org.models import Person, Unit

_UNIT, _CLERK = "ben-truc", "mot-cua"
# Way and whether it was filed online; the procedures are those received most, in turn.
_TODAY = (("counter", True), ("counter", True), ("counter", False), ("phone", False), ("outside", True))


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Count some people of today, once."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or Guidance.objects.filter(unit=unit).exists():
        return
    clerk = Person.objects.filter(username=_CLERK).first()
    codes = [one.code for one in often_received(unit, localdate(at))] or [""]
    for number, (way, online) in enumerate(_TODAY):
        helped = Helped(code=codes[number // 2 % len(codes)], way=way, online=online)
        key = uuid5(NAMESPACE_URL, f"dinhlang demo guidance {number}")
        add(unit=unit, helped=helped, key=key, by=clerk, at=at)
