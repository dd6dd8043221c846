"""What is said of lines of the ledger by good models and commendations: those a line stands behind, or marking it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org.rules import Permission
from dinhlang.org.views import may, today
from dinhlang.reports.models import Practice
from dinhlang.reports.practices.rules import State
from dinhlang.work.beside import Beside
from dinhlang.work.models import Activity


def of_lines(request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """Each mark on a line with how it stands; where there is none and the line counts, the way to mark it."""
    marked = set()
    for one in Practice.objects.filter(activity__in=lines).exclude(state=State.DROPPED).order_by("pk"):
        marked.add(one.activity_id)
        words = f"{one.title} ({one.get_state_display()})"
        there = reverse("reports:practice", args=[one.pk])
        yield one.activity_id, Beside(one.get_kind_display(), words, there)
    may_mark: dict[str, bool] = {}
    for line in lines:
        if line.pk in marked or hasattr(line, "reversal"):
            continue
        if line.unit_id not in may_mark:
            may_mark[line.unit_id] = may(request, Permission.PRACTICE_MARK, line.unit, today())
        if may_mark[line.unit_id]:
            there = reverse("reports:practice-new", args=[line.pk])
            yield line.pk, Beside("", _("Đánh dấu mô hình hay"), there)
