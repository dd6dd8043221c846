"""What is said of lines of the ledger that this room wrote: the cases of a day, the round behind its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.models import SurveyRound
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import looking_of
from dinhlang.work.beside import Beside, of_kinds
from dinhlang.work.models import Activity, ActivityKind


def of_lines(request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """Where the cases or the answers are that a line counts, for whoever may look at them."""
    if not (found := of_kinds(lines, ActivityKind.ONESTOP)):
        return
    of_days = [one for one in found.values() if one.uid == queries.line_uid(one.unit_id, one.happened_on)]
    looking = looking_of(request)
    may_read = {
        unit_id
        for unit_id in {one.unit_id for one in of_days}
        if Permission.CITIZENS_READ in looking.permissions_in(Unit(pk=unit_id))
    }
    for line in of_days:
        if line.unit_id in may_read:
            asked = urlencode({"unit": line.unit_id})
            there = f"{reverse('citizens:day', args=[line.happened_on])}?{asked}"
            yield line.pk, Beside(_("Phản ánh"), _("Phản ánh, kiến nghị trong ngày"), there)
    for pk, title, line_id in SurveyRound.objects.filter(line__in=found).values_list("pk", "title", "line"):
        yield line_id, Beside(_("Khảo sát"), title, reverse("surveys:round", args=[pk]))
