"""Which classes a person may see, and what every page of one needs."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass, TrainingGuest
from dinhlang.citizens.training import permissions
from dinhlang.org.views import looking_of, signed_in, today

Crumb = tuple[str, str]


def seen_class(request: HttpRequest, pk: int) -> TrainingClass:
    """A class of a unit that the person may read; 404 otherwise."""
    found = TrainingClass.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(
        found.select_related("unit", "task__plan", "version__survey", "line", "signer"), pk=pk
    )


def held_class(request: HttpRequest, pk: int) -> TrainingClass:
    """A class whose guests the person may see; 404 otherwise."""
    training = seen_class(request, pk)
    if not permissions.can_manage(signed_in(request), training.unit, today()):
        raise Http404
    return training


def held_guest(request: HttpRequest, pk: int) -> TrainingGuest:
    """A guest of such a class; 404 otherwise."""
    found = TrainingGuest.objects.filter(training__unit__in=looking_of(request).readable_ids)
    guest = get_object_or_404(found.select_related("training__unit", "training__signer"), pk=pk)
    if not permissions.can_manage(signed_in(request), guest.training.unit, today()):
        raise Http404
    return guest


def public_address(request: HttpRequest, training: TrainingClass) -> str:
    """Where guests read the invitation and the material, and sit the test."""
    return request.build_absolute_uri(reverse("class:page", args=[training.code]))


def crumb() -> Crumb:
    return reverse("training:list"), _("Lớp tập huấn")


def crumbs_of(training: TrainingClass) -> list[Crumb]:
    return [crumb(), (reverse("training:class", args=[training.pk]), training.subject)]
