"""What the page of a line of the ledger says of the class it stands for."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass
from dinhlang.work.beside import Beside
from dinhlang.work.models import Activity, ActivityKind


def of_line(_request: HttpRequest, line: Activity) -> Iterator[Beside]:
    """The class that was closed with this line."""
    if line.kind in (ActivityKind.TRAINING, ActivityKind.MEETING):
        for training in TrainingClass.objects.filter(line=line):
            yield Beside(_("Lớp tập huấn"), training.subject, reverse("training:class", args=[training.pk]))
