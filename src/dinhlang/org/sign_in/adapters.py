"""What allauth asks us: who may come in, what a second factor is called, whom the province's sign-in stands for."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Person
from dinhlang.org.sign_in import limits, secrets
from dinhlang.org.sign_in.second_factor import factors, must_have


def unknown(request: HttpRequest) -> HttpResponse:
    """Somebody else vouches for the caller, but no account here is theirs to use."""
    context = {"title": gettext("Chưa có tài khoản ở đây"), "provider": settings.OIDC_NAME}
    return render(request, "org/sign_in/unknown.html", context, status=403)


class Door(DefaultAccountAdapter):
    """Signing in with name and password. Nobody makes an account by themselves, and no mail is sent."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence for a wrong name and a wrong password: it must not tell which.
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại."),
        "incorrect_password": _("Mật khẩu không đúng. Hãy nhập lại."),
        "enter_current_password": _("Nhập mật khẩu đang dùng."),
        "too_many_login_attempts": _(
            "Đã sai quá nhiều lần. Hãy đợi một giờ, hoặc nhờ người quản trị mở khóa."
        ),
        "rate_limited": _("Thao tác quá nhanh. Hãy đợi một phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.address_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own has the host in it, so that a caller could start a new count by another host name.
        return limits.name_key(limits.typed_name(request, credentials))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        return unknown(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the password is asked for again: not within a quarter of an hour after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        recent = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent


class SecondFactor(DefaultMFAAdapter):
    """Authenticator app, passkeys, recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trong ứng dụng."),
        "cannot_delete_authenticator": _(
            "Chức vụ của bạn bắt buộc có xác thực hai lớp. Hãy thêm cách khác trước khi bỏ cách này."
        ),
        "cannot_generate_recovery_codes": _("Hãy thêm ứng dụng tạo mã hoặc khóa truy cập trước."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.hidden(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.shown(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps at least one."""
        person = authenticator.user
        others = factors(person).exclude(pk=authenticator.pk)
        return others.exists() or not must_have(person, timezone.localdate())

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Khóa %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


class ProvinceDoor(DefaultSocialAccountAdapter):
    """A sign-in of somebody else's (OpenID Connect) that stands for a person we already know.

    It makes nobody. It stands for a person when that person connected the two themselves, signed in here, on the
    page of their account; or when the provider vouches for an e-mail address (`email_verified`) that exactly one
    person here has, in which case the two are connected from then on. Never by user name: a name that a stranger
    may choose elsewhere (`preferred_username`) opens no door here. The second factor is asked for as ever. Of what
    the provider tells about the person, only its identifier is kept.
    """

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """The provider of the settings; none is ever stored in the database, so it is not asked."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        return [
            app
            for apps in _build_apps_from_settings(provider=provider, client_id=client_id).values()
            for app in apps
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Nothing of what the provider tells is put into a person of ours."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        person = self._vouched_for(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(unknown(request))
        sociallogin.connect(request, person)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("org:account")

    def _vouched_for(self, sociallogin: Any) -> Person | None:
        verified = {one.email.lower() for one in sociallogin.email_addresses if one.verified and one.email}
        if not verified:
            return None
        found = [
            person
            for person in Person.objects.filter(is_active=True).exclude(email="")
            if person.email.lower() in verified
        ]
        return found[0] if len(found) == 1 else None
