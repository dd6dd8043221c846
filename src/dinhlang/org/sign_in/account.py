"""The page of one's own account: posts, passphrase, second factor, sessions, and how the desk looks."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dinhlang.org import actions, queries
from dinhlang.org.models import Person
from dinhlang.org.rules import ROLES, Role
from dinhlang.org.sign_in import sessions, trace
from dinhlang.org.sign_in.forms import PassphraseForm
from dinhlang.org.sign_in.middleware import offered_languages
from dinhlang.org.sign_in.second_factor import factors, must_have
from dinhlang.org.views import page, posted, signed_in, today

A_YEAR = 365 * 24 * 60 * 60


class LookForm(forms.Form):
    """How the desk looks in this browser."""

    theme = forms.ChoiceField(
        label=lazy("Nền"),
        choices=[("system", lazy("Theo máy")), ("light", lazy("Sáng")), ("dark", lazy("Tối"))],
        widget=forms.RadioSelect,
    )
    text = forms.ChoiceField(
        label=lazy("Cỡ chữ"),
        choices=[("100", lazy("Vừa")), ("115", lazy("Lớn")), ("130", lazy("Rất lớn"))],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=lazy("Ngôn ngữ"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = self.fields["language"]
        languages.choices = list(offered_languages().items())  # type: ignore[attr-defined]
        if len(offered_languages()) < 2:
            del self.fields["language"]


@sensitive_post_parameters()
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, which posts one holds, and a new passphrase."""
    on, person = today(), signed_in(request)
    form = PassphraseForm(person, posted(request)[0])
    if request.method == "POST":
        if not ratelimit.consume(request, action="change_password", user=person):
            form.add_error(None, _("Thử quá nhiều lần. Hãy đợi một phút rồi thử lại."))
        elif form.is_valid():
            change_passphrase(request, person, form.cleaned_data["new_password1"])
            return redirect("org:account")
    posts = [
        (position, ROLES[Role(position.role)].label, queries.title_of(position.unit, on))
        for position in queries.positions(person, on)
    ]
    return page(
        request,
        "org/account.html",
        _("Tài khoản"),
        posts=posts,
        form=form,
        look=LookForm(initial=look_of(request)),
        factors=factors(person).count(),
        must_have_factor=must_have(person, on),
        open_sessions=len(sessions.visits(person, this_key=request.session.session_key)),
        oidc_name=settings.OIDC_NAME,
        is_connected=bool(settings.OIDC_NAME) and SocialAccount.objects.filter(user=person).exists(),
    )


@transaction.atomic
def change_passphrase(request: HttpRequest, person: Person, passphrase: str) -> None:
    """Store it, stay signed in here, and be signed out everywhere else."""
    at, before = timezone.now(), request.session.session_key
    actions.change_passphrase(person=person, passphrase=passphrase, by=person, at=at)
    sessions.end_other_visits(person=person, this_key=before, by=person, at=at)
    update_session_auth_hash(request, person)
    request.session.save()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
    messages.success(
        request, _("Đã đổi mật khẩu. Các máy khác đã được đăng xuất; lần đăng nhập sau dùng mật khẩu mới.")
    )


def look_of(request: HttpRequest) -> dict[str, str]:
    """How the desk looks in this browser now."""
    return {
        "theme": request.COOKIES.get("theme", "system"),
        "text": request.COOKIES.get("text", "100"),
        "language": get_language() or settings.LANGUAGE_CODE,
    }


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember in this browser how the desk should look; an impossible wish changes nothing."""
    form, answer = LookForm(request.POST), redirect("org:account")
    if form.is_valid():
        usual = {"theme": "system", "text": "100", "language": settings.LANGUAGE_CODE}
        for name, value in form.cleaned_data.items():
            cookie = settings.LANGUAGE_COOKIE_NAME if name == "language" else name
            if value == usual[name]:
                answer.delete_cookie(cookie, samesite="Lax")
            else:
                answer.set_cookie(
                    cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
                )
        messages.success(request, _("Đã đổi giao diện trên máy này."))
    return answer


@require_POST
@transaction.atomic
def disconnect_province(request: HttpRequest) -> HttpResponse:
    """Let the province's sign-in stand for this person no longer."""
    person = signed_in(request)
    if person.has_usable_password():
        if SocialAccount.objects.filter(user=person).delete()[0]:
            trace.write("province.disconnect", person, by=person)
            messages.success(request, _("Đã bỏ nối."))
    else:
        messages.error(
            request, _("Tài khoản chưa có mật khẩu. Hãy nhờ người quản trị cấp đường dẫn đặt mật khẩu trước.")
        )
    return redirect("org:account")
