"""Which contests a person may see."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import permissions
from dinhlang.citizens.models import Contest, ContestWeek
from dinhlang.org.views import looking_of, signed_in, today

Crumb = tuple[str, str]


def seen_contest(request: HttpRequest, pk: int) -> Contest:
    """A contest that the person may read; 404 otherwise."""
    found = Contest.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("unit"), pk=pk)


def managed_contest(request: HttpRequest, pk: int) -> Contest:
    """A contest in which the person may write; 404 otherwise."""
    contest = seen_contest(request, pk)
    if not permissions.can_manage(signed_in(request), contest.unit, today()):
        raise Http404
    return contest


def seen_week(request: HttpRequest, pk: int) -> ContestWeek:
    """A week that the person may read; 404 otherwise."""
    found = ContestWeek.objects.filter(contest__unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("contest__unit", "version__survey", "line"), pk=pk)


def managed_week(request: HttpRequest, pk: int) -> ContestWeek:
    """A week whose people the manager may see; 404 otherwise."""
    week = seen_week(request, pk)
    if not permissions.can_manage(signed_in(request), week.contest.unit, today()):
        raise Http404
    return week


def crumb() -> Crumb:
    return reverse("contests:list"), _("Cuộc thi")


def crumbs_of(contest: Contest) -> list[Crumb]:
    return [crumb(), (reverse("contests:contest", args=[contest.pk]), contest.title)]


def crumbs_of_week(week: ContestWeek) -> list[Crumb]:
    return [
        *crumbs_of(week.contest),
        (reverse("contests:week", args=[week.pk]), _("Tuần %s") % week.number),
    ]
