"""Which survey asks whoever was handed the result of a dossier."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import queries as surveys
from dinhlang.onestop.models import Dossier, SurveySlip
from dinhlang.onestop.rules.states import Deed, Delivery


def has_survey_slip(dossier: Dossier) -> bool:
    """Whether a slip was printed for it already."""
    return SurveySlip.objects.filter(dossier=dossier).exists()


def survey_of(dossier: Dossier, on: date) -> SurveyRound | None:
    """The round that asks who was handed this result; None before that, and for a result of days before the round began:
    whoever came then is no longer at the counter."""
    if dossier.delivery_state not in (Delivery.SENT, Delivery.GIVEN):
        return None
    round_ = surveys.round_at_return(dossier.unit, on)
    if round_ is None:
        return None
    sent = dossier.steps.filter(deed=Deed.SEND).order_by("-number").values_list("at", flat=True)
    handed_at = dossier.given_at or sent.first()
    return round_ if handed_at is not None and localdate(handed_at) >= round_.opens_on else None
