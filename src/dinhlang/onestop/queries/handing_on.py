"""Dossiers that another office decides and that nobody is known to have handed on to it."""

from __future__ import annotations

from collections.abc import Iterable

from dinhlang.onestop.models import DossierStep
from dinhlang.onestop.rules.states import RUNNING, Deed


def to_hand_on(unit_ids: Iterable[str]) -> list[int]:
    """The keys of those dossiers. What waits for papers or stands still is not to be handed on now."""
    steps = DossierStep.objects.filter(
        reversal=None, dossier__unit__in=list(unit_ids), dossier__state__in=RUNNING
    ).order_by()
    received = steps.filter(deed=Deed.RECEIVE, said__has_key="decided_by")
    handed = steps.filter(deed=Deed.HAND_OVER, dossier__in=received.values("dossier"))
    there = set(handed.values_list("dossier", "said__to"))
    waits = received.values_list("dossier", "said__decided_by")
    return [dossier for dossier, office in waits if (dossier, office) not in there]
