"""What the page of a line of the ledger says of the counter: the register behind a day's figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.onestop.models import CountedDay, Guidance, GuidedDay, Support, SupportedDay
from dinhlang.org.models import Unit
from dinhlang.work.beside import Beside
from dinhlang.work.counted import Counted
from dinhlang.work.models import Activity, ActivityKind


def of_line(_request: HttpRequest, line: Activity) -> Iterator[Beside]:
    """Where the dossiers or the guidance of the day are, for a line that the register wrote."""
    day = line.happened_on
    if line.kind == ActivityKind.ONESTOP and CountedDay.objects.filter(line=line).exists():
        asked = urlencode({"unit": line.unit_id, "first": day, "last": day})
        yield Beside(_("Hồ sơ"), _("Hồ sơ một cửa trong ngày"), f"{reverse('onestop:figures')}?{asked}")
    if line.kind == ActivityKind.GUIDANCE and GuidedDay.objects.filter(line=line).exists():
        asked = urlencode({"unit": line.unit_id, "ngay": day})
        yield Beside(_("Hướng dẫn"), _("Lượt hướng dẫn trong ngày"), f"{reverse('onestop:guidance')}?{asked}")
    if line.kind == ActivityKind.SUPPORT and SupportedDay.objects.filter(line=line).exists():
        asked = urlencode({"unit": line.unit_id, "first": day, "last": day})
        yield Beside(_("Hỗ trợ"), _("Sổ hỗ trợ trong ngày"), f"{reverse('onestop:support-log')}?{asked}")


def counted(unit: Unit, first: date, last: date) -> Iterator[Counted]:
    """The days on which the counter or the digital team counted people by themselves."""
    said = (
        (Guidance, GuidedDay, ActivityKind.GUIDANCE, "guidance", "onestop:guidance"),
        (Support, SupportedDay, ActivityKind.SUPPORT, "supported", "onestop:support-log"),
    )
    for rows, days, kind, counter, place in said:
        found = rows._default_manager.filter(
            unit=unit, day__range=(first, last), reverses=None, reversal=None
        )
        people = dict(found.order_by().values_list("day").annotate(Sum("people")))
        if not people:
            continue
        lines = dict(days._default_manager.filter(unit=unit, day__in=people).values_list("day", "line"))
        for day, helped in sorted(people.items()):
            asked = {"unit": unit.pk, "ngay": day, "first": day, "last": day}
            words = (
                _("Nơi tiếp nhận đã đếm %(people)s lượt hướng dẫn")
                if kind == ActivityKind.GUIDANCE
                else _("Tổ công nghệ số đã ghi %(people)s lượt hỗ trợ")
            )
            yield Counted(
                kind,
                day,
                frozenset({counter}),
                lines.get(day),
                words % {"people": helped},
                f"{reverse(place)}?{urlencode(asked)}",
            )
