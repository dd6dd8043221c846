"""Posts: given, ended, taken back, handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions, queries
from dinhlang.org.forms.people import EndPostForm, HandOverForm, PostForm
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Role, printed_day
from dinhlang.org.views import page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_person, managed_post, places_in
from dinhlang.org.views.people import people_crumb, person_crumb


def appoint(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give a person another post in the unit."""
    on = today()
    who, body = managed_person(request, person_id, on)
    form = PostForm(posted(request)[0], units=places_in(body, on), initial={"starts_on": on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        unit = Unit.objects.get(pk=given.pop("unit"))
        try:
            actions.appoint(
                person=who,
                unit=unit,
                role=Role(given.pop("role")),
                **given,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã giao chức vụ. Giao nhầm thì bấm Hủy giao ngay trong hôm nay."))
            return redirect("org:person", who.pk)
    return page(
        request,
        "org/appoint.html",
        _("Giao chức vụ"),
        crumbs=[people_crumb(), person_crumb(who)],
        person=who,
        form=form,
    )


def position_end(request: HttpRequest, position_id: int) -> HttpResponse:
    """End a post from a day on. The form asks first, and says what it means."""
    on = today()
    post, _body = managed_post(request, position_id, on)
    form = EndPostForm(posted(request)[0], initial={"on": on})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["on"]
        try:
            actions.end_position(position=post, on=day, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(
                request,
                _("%(person)s thôi chức vụ từ ngày %(day)s. Nhầm thì bấm Lấy lại ở dòng chức vụ đó.")
                % {"person": post.person, "day": printed_day(day)},
            )
            return redirect("org:person", post.person_id)
    return page(
        request,
        "org/position_end.html",
        _("Cho thôi chức vụ"),
        crumbs=[people_crumb(), person_crumb(post.person)],
        post=post,
        where=queries.title_of(post.unit, on),
        form=form,
    )


@require_POST
def position_restore(request: HttpRequest, position_id: int) -> HttpResponse:
    """Take back the end of a post."""
    return _changed(request, position_id, actions.restore_position, _("Đã lấy lại chức vụ."))


@require_POST
def position_withdraw(request: HttpRequest, position_id: int) -> HttpResponse:
    """Take back an appointment of today."""
    return _changed(request, position_id, actions.withdraw_position, _("Đã hủy việc giao chức vụ."))


def _changed(request: HttpRequest, position_id: int, act: Callable[..., Any], told: str) -> HttpResponse:
    post, _body = managed_post(request, position_id, today())
    person_id = post.person_id
    try:
        act(position=post, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told)
    # Whose only post was withdrawn is no longer among the unit's people.
    if queries.posts_of(_body).filter(person=person_id).exists():
        return redirect("org:person", person_id)
    return redirect("org:people")


def hand_over(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give all posts of somebody who leaves to another person of the unit."""
    on = today()
    who, body = managed_person(request, person_id, on)
    others = [
        (str(member.person.pk), member.person.full_name)
        for member in queries.people_of(body, on)
        if member.person.pk not in (who.pk, signed_in(request).pk)
        and (member.person.is_active or member.person.is_awaited)
    ]
    form = HandOverForm(posted(request)[0], people=others, initial={"on": on + timedelta(days=1)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                person=who,
                successor=Person.objects.get(pk=form.cleaned_data["successor"]),
                unit=body,
                on=form.cleaned_data["on"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã bàn giao chức vụ của %(person)s.") % {"person": who})
            return redirect("org:person", who.pk)
    posts = list(queries.posts_in(body, on).filter(person=who))
    titles = queries.titles_of({post.unit_id for post in posts}, on)
    return page(
        request,
        "org/hand_over.html",
        _("Bàn giao chức vụ"),
        crumbs=[people_crumb(), person_crumb(who)],
        person=who,
        posts=[(post, capfirst(titles[post.unit_id])) for post in posts],
        form=form,
    )
