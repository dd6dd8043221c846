"""What is said of lines of the ledger that hold the points the portal published: the list they were typed into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.reports.models import PortalScore
from dinhlang.work.beside import Beside, of_kinds
from dinhlang.work.models import Activity, ActivityKind


def of_lines(_request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """Where it stands who read the points, when and where."""
    if not (found := of_kinds(lines, ActivityKind.ONESTOP)):
        return
    for line_id in PortalScore.objects.filter(line__in=found).values_list("line", flat=True):
        there = f"{reverse('reports:quality-scores')}?{urlencode({'unit': found[line_id].unit_id})}"
        words = _("Điểm Cổng Dịch vụ công quốc gia công bố")
        yield line_id, Beside(_("Chất lượng phục vụ"), words, there)
