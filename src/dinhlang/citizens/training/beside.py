"""What is said of lines of the ledger that stand for a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass
from dinhlang.work.beside import Beside, of_kinds
from dinhlang.work.models import Activity, ActivityKind


def of_lines(_request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """The class that was closed with a line."""
    if not (found := of_kinds(lines, ActivityKind.TRAINING, ActivityKind.MEETING)):
        return
    rows = TrainingClass.objects.filter(line__in=found).values_list("pk", "subject", "line")
    for pk, subject, line_id in rows:
        there = reverse("training:class", args=[pk])
        yield line_id, Beside(_("Lớp tập huấn"), subject, there)
