"""Which cases a person may see, and the lists that forms offer."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.kinds import Nature
from dinhlang.citizens.rules.states import HELD, RUNNING
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.views import signed_in, today
from dinhlang.vietnamese.text import name_key


def seen_case(request: HttpRequest, pk: int) -> Case:
    """A case that the person may read; 404 otherwise."""
    case = get_object_or_404(
        Case.objects.select_related("unit", "hamlet", "part", "handler", "taken_by"), pk=pk
    )
    if not permissions.can_read(signed_in(request), case, today()):
        raise Http404
    return case


def is_late(case: Case) -> bool:
    """Whether an answer is owed whose day is over."""
    return case.state in RUNNING and case.due_at is not None and case.due_at < timezone.now()


def is_apart(case: Case) -> bool:
    """Whether it is a complaint or a denunciation, or looks like one and nobody decided yet."""
    is_known = case.nature in (Nature.COMPLAINT, Nature.DENUNCIATION)
    return is_known or (case.looks_like is not None and case.state in HELD)


def crumb() -> tuple[str, str]:
    return reverse("citizens:cases"), _("Phản ánh, kiến nghị")


def crumbs_of(case: Case) -> list[tuple[str, str]]:
    return [crumb(), (reverse("citizens:case", args=[case.pk]), case.code)]


def parts_of(unit: Unit, on: date) -> list[tuple[str, str]]:
    """The hamlets and departments of a unit, for a form."""
    titles = org.titles_of(org.ids_below(unit, on, parts_only=True), on)
    return sorted(titles.items(), key=lambda pair: name_key(pair[1]))


def people_of(unit: Unit, on: date) -> list[tuple[str, str]]:
    """Who holds a post in a unit, for a form."""
    found: dict[int, Person] = {post.person_id: post.person for post in org.posts_in(unit, on)}
    named = sorted(found.values(), key=lambda person: name_key(person.full_name))
    return [(str(person.pk), person.full_name) for person in named if person.is_active]
