"""What is said of lines of the ledger that the counter wrote: the register behind a day's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlencode

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.onestop.models import CountedDay, Guidance, GuidedDay, Support, SupportedDay
from dinhlang.org.models import Unit
from dinhlang.work.beside import Beside, of_kinds
from dinhlang.work.counted import Counted
from dinhlang.work.models import Activity, ActivityKind


def of_lines(_request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """Where the dossiers, the guidance or the help of the day are, for lines that the register wrote."""
    told = (
        (
            ActivityKind.ONESTOP,
            CountedDay,
            "onestop:figures",
            ("first", "last"),
            _("Hồ sơ"),
            _("Hồ sơ một cửa trong ngày"),
        ),
        (
            ActivityKind.GUIDANCE,
            GuidedDay,
            "onestop:guidance",
            ("ngay",),
            _("Hướng dẫn"),
            _("Lượt hướng dẫn trong ngày"),
        ),
        (
            ActivityKind.SUPPORT,
            SupportedDay,
            "onestop:support-log",
            ("first", "last"),
            _("Hỗ trợ"),
            _("Sổ hỗ trợ trong ngày"),
        ),
    )
    for kind, days, place, names, heading, words in told:
        if not (found := of_kinds(lines, kind)):
            continue
        for line_id in days._default_manager.filter(line__in=found).values_list("line", flat=True):
            line = found[line_id]
            asked = urlencode({"unit": line.unit_id, **dict.fromkeys(names, line.happened_on)})
            yield line_id, Beside(heading, words, f"{reverse(place)}?{asked}")


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
