"""What the page of a line of the ledger says of the counter: the register behind a day's figures."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.onestop.models import CountedDay, GuidedDay
from dinhlang.work.beside import Beside
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
