"""How an administrator helps somebody of their unit at the door, and how an accepted invitation leads through it."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in import actions, limits, sessions
from dinhlang.org.sign_in.second_factor import factors
from dinhlang.org.views import page, signed_in, today
from dinhlang.org.views.managed import managed_person
from dinhlang.org.views.people import people_crumb, person_crumb

DEEDS = {
    "unlock": actions.unlock,
    "take-off": actions.take_off_second_factor,
    "sign-out": actions.sign_out_everywhere,
}


def person_door(request: HttpRequest, person_id: int) -> HttpResponse:
    """Whether somebody is locked out, has a second factor, is signed in; and what to do about it."""
    who, _body = managed_person(request, person_id, today())
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            return HttpResponseBadRequest()
        try:
            deed(person=who, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã làm xong cho %(person)s.") % {"person": who})
        return redirect("org:person-door", who.pk)
    return page(
        request,
        "org/sign_in/person_door.html",
        _("Đăng nhập và xác thực"),
        crumbs=[people_crumb(), person_crumb(who)],
        person=who,
        own=who.pk == signed_in(request).pk,
        is_locked=limits.is_locked(who.username, timezone.now()),
        factors=factors(who).count(),
        open_sessions=len(sessions.visits(who, this_key=None)),
    )


def let_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in a person who has just set their password by a link: through the same door as every day, so that the
    second factor is asked for, the session is listed and the audit knows of it."""
    response: HttpResponse = perform_password_login(
        request, {"username": person.username}, Login(user=person)
    )
    return response
