"""People of a unit: the list, one person, a name corrected, an account locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dinhlang.org import actions, permissions, queries, tables
from dinhlang.org.forms.people import NameForm, PeopleFilter
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.queries import Member
from dinhlang.org.rules import DEEDS, ROLES, Permission, Refused, Role, folded_name, printed_day
from dinhlang.org.views import (
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import account_state, asked_for, managed_body, managed_person, places_in


def people_crumb() -> tuple[str, str]:
    return (reverse("org:people"), _("Cán bộ"))


def person_crumb(person: Person) -> tuple[str, str]:
    return (reverse("org:person", args=[person.pk]), person.full_name)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who works in the unit, with which posts; found without marks, in the order of given names."""
    on = today()
    body = managed_body(request, on)
    asked = PeopleFilter(asked_for(request, PeopleFilter), parts=places_in(body, on)[1:])
    found = _found(body, on, asked)
    shown = slice_of(request, found)
    return page(
        request,
        "org/people.html",
        _("Cán bộ"),
        body=body,
        bodies=units_for(request, Permission.PEOPLE_MANAGE, on),
        form=asked,
        rows=list(_rows(shown.object_list, on)),
        page=shown,
        query=query_without_page(request),
        count=len(found),
    )


@require_POST
def people_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered list as a file. It holds names, so that it is asked for by a form and noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on)
    found = _found(body, on, PeopleFilter(asked_for(request, PeopleFilter), parts=places_in(body, on)[1:]))
    actions.export_people(unit=body, rows=len(found), form=form, by=signed_in(request), at=timezone.now())
    header = [_("Họ và tên"), _("Tên đăng nhập"), _("Chức vụ"), _("Vai trò"), _("Từ ngày"), _("Tình trạng")]
    return tables.download(f"can-bo-{body.pk}-{on:%Y%m%d}", form, header, _export_rows(found, on))


def _found(body: Unit, on: date, asked: PeopleFilter) -> list[Member]:
    """The members the filter asks for. A unit has some dozens of people: they are gone through in Python, where
    names fold as Vietnamese does."""
    wanted = asked.asked
    state = wanted.get("state", "")
    words = asked.words
    return [
        member
        for member in queries.people_of(body, on)
        if all(word in folded_name(f"{member.person.full_name} {member.person.username}") for word in words)
        and _in_state(member, state)
        and any(
            wanted.get("role", post.role) == post.role and wanted.get("part", post.unit_id) == post.unit_id
            for post in member.held or member.others
        )
    ]


def _in_state(member: Member, state: str) -> bool:
    person = member.person
    match state:
        case "awaited":
            return person.is_awaited
        case "locked":
            return not person.is_active and not person.is_awaited
        case "left":
            return not member.held
        case "all":
            return True
    # Who was invited for a later day is there already for whoever invited them.
    return bool(member.held) or person.is_awaited


def _rows(members: Any, on: date) -> Iterator[dict[str, Any]]:
    posts = {member.person.pk: member.held or member.others[-1:] for member in members}
    titles = queries.titles_of({post.unit_id for held in posts.values() for post in held}, on)
    for member in members:
        yield {
            "person": member.person,
            "posts": [_described(post, titles, on) for post in posts[member.person.pk]],
            "state": account_state(member.person, bool(member.held)),
        }


def _described(post: Position, titles: dict[str, str], on: date) -> dict[str, Any]:
    role = ROLES[Role(post.role)]
    return {
        "post": post,
        "where": titles[post.unit_id],
        "role": role.label,
        "begins": post.starts_on is not None and post.starts_on > on,
        "ended": post.ends_on is not None and post.ends_on <= on,
    }


def _export_rows(members: list[Member], on: date) -> Iterator[tables.Row]:
    for row in _rows(members, on):
        for described in row["posts"]:
            post = described["post"]
            yield [
                row["person"].full_name,
                row["person"].username,
                f"{post.title}, {described['where']}",
                str(described["role"]),
                printed_day(post.starts_on) if post.starts_on else "",
                row["state"][1],
            ]


@require_GET
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: posts through time with their legal basis, the account, and what can be done about them."""
    on, at = today(), timezone.now()
    who, body = managed_person(request, person_id, on)
    by = signed_in(request)
    posts = list(queries.posts_of(body).filter(person=who))
    titles = queries.titles_of({post.unit_id for post in posts}, on)
    described = [_described(post, titles, on) for post in posts]
    for each in described:
        post = each["post"]
        each["may_withdraw"] = post.starts_on is not None and post.starts_on >= on
        each["may_restore"] = post.ends_on is not None and post.ends_on >= on - actions.TAKEN_BACK_WITHIN
        each["deeds"] = [
            str(DEEDS[deed]) for deed in Permission if deed in ROLES[Role(post.role)].permissions
        ]
    held = [each for each in described if not each["ended"]]
    return page(
        request,
        "org/person.html",
        who.full_name,
        crumbs=[people_crumb()],
        person=who,
        body=body,
        posts=described[::-1],
        holds=bool(held),
        state=account_state(who, bool(held)),
        own=by.pk == who.pk,
        manages=permissions.can_manage(by, who, on),
        links=[
            (link, link.state(at)) for link in who.invitations.filter(unit=body).select_related("made_by")[:5]
        ],
    )


def person_rename(request: HttpRequest, person_id: int) -> HttpResponse:
    """Correct a person's name."""
    who, _body = managed_person(request, person_id, today())
    form = NameForm(posted(request)[0], initial={"full_name": who.full_name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_person(person=who, **form.cleaned_data, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã sửa họ và tên."))
            return redirect("org:person", who.pk)
    return page(
        request,
        "org/person_name.html",
        _("Sửa họ và tên"),
        crumbs=[people_crumb(), person_crumb(Person.objects.get(pk=who.pk))],
        form=form,
    )


def account_lock(request: HttpRequest, person_id: int) -> HttpResponse:
    """Lock an account, after asking; unlock it at once."""
    who, _body = managed_person(request, person_id, today())
    if request.method != "POST":
        return page(
            request,
            "org/account_lock.html",
            _("Khóa tài khoản"),
            crumbs=[people_crumb(), person_crumb(who)],
            person=who,
        )
    # Said by the button: a form that is sent twice must not undo itself.
    act, told = (
        (actions.unlock_account, _("Đã mở khóa tài khoản của %(person)s."))
        if request.POST.get("do") == "unlock"
        else (actions.lock_account, _("Đã khóa tài khoản. %(person)s không vào được nữa, trên mọi thiết bị."))
    )
    try:
        act(person=who, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told % {"person": who})
    return redirect("org:person", who.pk)


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in plain words, what it may do, and who holds it now in one's own unit."""
    on = today()
    bodies = queries.home_units(request.user, on)
    held: dict[str, list[Position]] = {}
    for body in bodies[:1]:
        for post in queries.posts_in(body, on):
            held.setdefault(post.role, []).append(post)
    return page(
        request,
        "org/roles.html",
        _("Vai trò và quyền"),
        body=queries.title_of(bodies[0], on) if bodies else "",
        roles=[
            {
                "role": described,
                "deeds": [str(DEEDS[deed]) for deed in Permission if deed in described.permissions],
                "holders": queries.by_given_name(held.get(key, [])),
            }
            for key, described in ROLES.items()
        ],
    )
