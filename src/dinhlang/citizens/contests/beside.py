"""What is said of lines of the ledger that stand for a contest: the week whose sittings a line counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import ContestWeek
from dinhlang.work.beside import Beside, of_kinds
from dinhlang.work.models import Activity, ActivityKind


def of_lines(_request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """The week, for a line that its end wrote."""
    if not (found := of_kinds(lines, ActivityKind.CONTEST)):
        return
    rows = ContestWeek.objects.filter(line__in=found).values_list("pk", "contest__title", "number", "line")
    for pk, title, number, line_id in rows:
        words = _("%(contest)s, tuần %(week)s") % {"contest": title, "week": number}
        there = reverse("contests:week", args=[pk])
        yield line_id, Beside(_("Cuộc thi"), words, there)
