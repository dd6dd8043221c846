"""Pages of the door that allauth does not have as we need them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as province
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from requests import RequestException

from dinhlang.org.rules import Refused
from dinhlang.org.sign_in import sessions
from dinhlang.org.views import page, signed_in


class SignIn(LoginView):
    """Name and password, a passkey, or the province's sign-in where there is one."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        # allauth's leads back to the second step, from which there may be no way on: the factor was taken off
        # meanwhile, or it is somebody else's turn. Whoever comes to this page begins anew.
        clear_login(request)

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {**super().get_context_data(**given), "oidc_name": settings.OIDC_NAME}


class PasskeySignIn(LoginWebAuthnView):
    """A passkey alone. Unlike allauth's, it leads back to where the person came from."""

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = perform_passwordless_login(self.request, key, login)
        return response


def to_the_province(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the province's sign-in."""
    return _or_say_so(request, province.login, provider_id)


def from_the_province(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take back whoever comes from there."""
    return _or_say_so(request, province.callback, provider_id)


def _or_say_so(request: HttpRequest, view: Callable[..., HttpResponse], provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id)
    except (RequestException, OAuth2Error, ValueError, KeyError):
        # allauth asks the provider for its addresses outside of what it guards: away, or no JSON, or not whole.
        return render(request, "socialaccount/authentication_error.html", status=502)


sign_in = SignIn.as_view()
passkey_sign_in = PasskeySignIn.as_view()


def session_list(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in."""
    return page(
        request,
        "org/sign_in/sessions.html",
        _("Các máy đang đăng nhập"),
        crumbs=[(reverse("org:account"), _("Tài khoản"))],
        visits=sessions.visits(signed_in(request), this_key=request.session.session_key),
    )


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of them."""
    person = signed_in(request)
    try:
        sessions.end_visit(person=person, pk=pk, by=person, at=timezone.now())
    except Refused as reason:
        messages.info(request, str(reason))
    else:
        messages.success(request, _("Đã đăng xuất máy đó."))
    return redirect("org:sessions")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    person = signed_in(request)
    count = sessions.end_other_visits(
        person=person, this_key=request.session.session_key, by=person, at=timezone.now()
    )
    messages.success(
        request,
        ngettext("Đã đăng xuất %(count)d máy khác.", "Đã đăng xuất %(count)d máy khác.", count)
        % {"count": count},
    )
    return redirect("org:sessions")


def closed(request: HttpRequest, **given: str) -> HttpResponse:
    """An address whose name allauth needs and nobody else: signing up, e-mail, passwords by mail."""
    raise Http404


def cancelled(request: HttpRequest) -> HttpResponse:
    """Somebody turned back at the province's sign-in."""
    return render(request, "org/sign_in/cancelled.html", {"title": _("Chưa đăng nhập")})
