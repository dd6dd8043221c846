"""What the page of a line of the ledger says of a contest: the week whose sittings it counts."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import ContestWeek
from dinhlang.work.beside import Beside
from dinhlang.work.models import Activity, ActivityKind


def of_line(_request: HttpRequest, line: Activity) -> Iterator[Beside]:
    """The week, for a line that its end wrote."""
    if line.kind != ActivityKind.CONTEST:
        return
    for week in ContestWeek.objects.filter(line=line).select_related("contest"):
        yield Beside(
            _("Cuộc thi"),
            _("%(contest)s, tuần %(week)s") % {"contest": week.contest.title, "week": week.number},
            reverse("contests:week", args=[week.pk]),
        )
