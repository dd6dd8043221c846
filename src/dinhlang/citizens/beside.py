"""What the page of a line of the ledger says of this room: the cases of a day, the round behind its figures."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.models import SurveyRound
from dinhlang.org.rules import Permission
from dinhlang.org.views import looking_of
from dinhlang.work.beside import Beside
from dinhlang.work.models import Activity, ActivityKind


def of_line(request: HttpRequest, line: Activity) -> Iterator[Beside]:
    """Where the cases or the answers are that a line counts, for whoever may look at them."""
    if line.kind != ActivityKind.ONESTOP:
        return
    day = line.happened_on
    if line.uid == queries.line_uid(line.unit_id, day):
        if Permission.CITIZENS_READ in looking_of(request).permissions_in(line.unit):
            there = reverse("citizens:day", args=[day])
            words = _("Phản ánh, kiến nghị trong ngày")
            yield Beside(_("Phản ánh"), words, f"{there}?{urlencode({'unit': line.unit_id})}")
    elif round_ := SurveyRound.objects.filter(line=line).only("pk", "title").first():
        yield Beside(_("Khảo sát"), round_.title, reverse("surveys:round", args=[round_.pk]))
