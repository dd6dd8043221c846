"""Which surveys a person may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import PaperBatch, Survey, SurveyRound, SurveyVersion
from dinhlang.citizens.surveys import permissions
from dinhlang.org.views import looking_of, signed_in, today

Crumb = tuple[str, str]


def seen_survey(request: HttpRequest, pk: int) -> Survey:
    """A form that the person may read; 404 otherwise."""
    found = Survey.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("unit"), pk=pk)


def managed_version(request: HttpRequest, pk: int) -> SurveyVersion:
    """A version in which the person may write; 404 otherwise."""
    version = seen_version(request, pk)
    if not permissions.can_manage(signed_in(request), version.survey.unit, today()):
        raise Http404
    return version


def seen_version(request: HttpRequest, pk: int) -> SurveyVersion:
    """A version that the person may read; 404 otherwise."""
    found = SurveyVersion.objects.filter(survey__unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("survey__unit"), pk=pk)


def seen_round(request: HttpRequest, pk: int) -> SurveyRound:
    """A round that the person may read; 404 otherwise."""
    found = SurveyRound.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("unit", "version__survey", "line"), pk=pk)


def entered_batch(request: HttpRequest, pk: int) -> PaperBatch:
    """A bundle that the person may type; 404 otherwise."""
    found = PaperBatch.objects.filter(round__unit__in=looking_of(request).readable_ids)
    batch = get_object_or_404(found.select_related("round__unit", "round__version__survey"), pk=pk)
    if not permissions.can_enter(signed_in(request), batch.round.unit, today()):
        raise Http404
    return batch


def crumb() -> Crumb:
    return reverse("surveys:list"), _("Khảo sát")


def crumbs_of(survey: Survey) -> list[Crumb]:
    return [crumb(), (reverse("surveys:survey", args=[survey.pk]), survey.title)]


def crumbs_of_round(round_: SurveyRound) -> list[Crumb]:
    return [*crumbs_of(round_.version.survey), (reverse("surveys:round", args=[round_.pk]), round_.title)]
