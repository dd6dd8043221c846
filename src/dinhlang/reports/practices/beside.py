"""What the page of a line of the ledger says of good models and commendations: those it stands behind, or marking it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org.rules import Permission
from dinhlang.org.views import may, today
from dinhlang.reports.practices.rules import State
from dinhlang.work.beside import Beside
from dinhlang.work.models import Activity


def of_line(request: HttpRequest, line: Activity) -> Iterator[Beside]:
    """Each mark on the line with how it stands; where there is none and the line counts, the way to mark it."""
    marks = list(line.practices.exclude(state=State.DROPPED).order_by("pk"))
    for one in marks:
        words = f"{one.title} ({one.get_state_display()})"
        yield Beside(one.get_kind_display(), words, reverse("reports:practice", args=[one.pk]))
    if marks or hasattr(line, "reversal"):
        return
    if may(request, Permission.PRACTICE_MARK, line.unit, today()):
        yield Beside("", _("Đánh dấu mô hình hay"), reverse("reports:practice-new", args=[line.pk]))
