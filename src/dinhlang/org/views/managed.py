"""What an administrator manages: which body, whose people, and the names of its parts."""

from __future__ import annotations

from datetime import date

from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import units_for
from dinhlang.vietnamese.text import collation_key


def managed_body(request: HttpRequest, on: date, permission: str = Permission.PEOPLE_MANAGE) -> Unit:
    """The body that the address asks for (?unit=), else the first of those the person manages; 404 for a stranger's."""
    bodies = units_for(request, permission, on)
    asked = request.GET.get("unit") or next(iter(bodies), None)
    if asked not in bodies:
        raise Http404
    return Unit.objects.get(pk=asked)


def asked_for(request: HttpRequest, form: type[Form]) -> dict[str, str] | None:
    """What the address says of a filter's fields; `None` when it says nothing, so that nothing was filtered."""
    asked = request.GET
    return {name: asked[name] for name in form.base_fields if asked.get(name)} or None


def managed_person(request: HttpRequest, person_id: int, on: date) -> tuple[Person, Unit]:
    """A person with the body in which the asker manages them; 404 when there is none."""
    for unit_id in units_for(request, Permission.PEOPLE_MANAGE, on):
        body = Unit.objects.get(pk=unit_id)
        post = queries.posts_of(body).filter(person=person_id).first()
        if post is not None:
            return post.person, body
    raise Http404


def managed_post(request: HttpRequest, position_id: int, on: date) -> tuple[Position, Unit]:
    """A post with its body, when the asker manages people there; 404 otherwise."""
    for unit_id in units_for(request, Permission.PEOPLE_MANAGE, on):
        body = Unit.objects.get(pk=unit_id)
        post = queries.posts_of(body).filter(pk=position_id).first()
        if post is not None:
            return post, body
    raise Http404


def places_in(body: Unit, on: date) -> list[tuple[str, str]]:
    """The body, then its departments, then its hamlets, each in the order of the dictionary, for a choice."""
    parts = sorted(
        queries.names_of_parts(body, on).values(),
        key=lambda name: (name.unit.level == Unit.Level.HAMLET, collation_key(name.full)),
    )
    return [
        (body.pk, capfirst(queries.title_of(body, on))),
        *((name.unit_id, capfirst(name.full)) for name in parts),
    ]


def account_state(person: Person, holds: bool) -> tuple[str, str]:
    """(how the mark looks, what it says) of a person's account."""
    if person.is_awaited:
        return "wait", _("Chờ nhận lời mời")
    if not person.is_active:
        return "late", _("Đang khóa")
    return ("done", _("Đang dùng")) if holds else ("calm", _("Đã thôi chức vụ"))
