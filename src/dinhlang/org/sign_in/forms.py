"""The forms of the door, in our words: what allauth's ask, without placeholders, with one hint each."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dinhlang.org.sign_in.middleware import KEPT


def plain(field: forms.Field, label: Any, *, missing: Any, hint: Any = "", **attributes: str) -> None:
    """Give a field of allauth's our label, hint and complaint, and take its placeholder away."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(LoginForm):
    """Name and password, and whether to stay signed in on this machine."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self.fields["login"],
            _("Tên đăng nhập"),
            missing=_("Nhập tên đăng nhập."),
            autocapitalize="none",
            spellcheck="false",
        )
        plain(self.fields["password"], _("Mật khẩu"), missing=_("Nhập mật khẩu."))
        self.fields["remember"].label = _("Giữ đăng nhập trên máy này trong 7 ngày")
        self.fields["remember"].help_text = _("Chỉ chọn trên máy của riêng bạn.")

    def clean_login(self) -> str:
        """Names are written small; phones begin words with a capital."""
        name: str = super().clean_login()
        return name.lower()

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        if self.cleaned_data["remember"]:
            request.session[KEPT] = True
            request.session.set_expiry(settings.KEPT_SIGNED_IN)
        else:
            request.session.pop(KEPT, None)
            request.session.set_expiry(0)
        return response


class AgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], _("Mật khẩu"), missing=_("Nhập mật khẩu."))


def plain_code(form: forms.Form) -> None:
    plain(
        form.fields["code"],
        _("Mã"),
        hint=_("Sáu số đang hiện trong ứng dụng, hoặc một mã dự phòng."),
        missing=_("Nhập mã."),
        inputmode="numeric",
        autofocus="autofocus",
        autocapitalize="none",
    )


class _OnceOnly:
    """A code of the app is taken once. allauth remembers a used one for one period of 30 seconds; we accept codes of
    the periods before and after too, so one must be remembered as long as it could be accepted."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        periods = 2 * settings.MFA_TOTP_TOLERANCE + 2
        digits = "".join(filter(str.isalnum, code))[:20]
        if not cache.add(f"sign-in:code:{self.user.pk}:{digits}", 1, timeout=30 * periods):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceOnly, AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_code(self)


class CodeAgainForm(_OnceOnly, CodeReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_code(self)


class FirstCodeForm(ActivateTOTPForm):
    """The first code, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self.fields["code"],
            _("Mã ứng dụng đang hiện"),
            hint=_("Sáu số, đổi mỗi nửa phút."),
            missing=_("Nhập mã ứng dụng đang hiện."),
            inputmode="numeric",
        )

    @property
    def secret_in_groups(self) -> str:
        """The secret as one types it: four letters and a space."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class NewKeyForm(AddWebAuthnForm):
    """A passkey: its name, and whether it may replace the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(
            self.fields["name"],
            _("Tên của khóa"),
            hint=_("Để nhận ra máy, ví dụ: Điện thoại của tôi."),
            missing="",
        )
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs["maxlength"] = "60"
        self.fields["passwordless"].label = _("Dùng khóa này thay cả mật khẩu")
        self.fields["passwordless"].help_text = _("Máy phải có vân tay, khuôn mặt hoặc mã PIN.")
        self.fields["credential"].error_messages["required"] = _(
            "Máy chưa gửi khóa. Hãy bấm “Thêm khóa” lần nữa."
        )

    def clean_name(self) -> str:
        return " ".join(super().clean_name().split())[:60]


class KeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["name"], _("Tên của khóa"), missing=_("Nhập tên của khóa."), maxlength="60")

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())[:60]


LONGEST_PASSPHRASE = 128


class PassphraseForm(PasswordChangeForm):
    """The passphrase in use, and the new one twice. Length is the only rule, and not to be one that all know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["old_password"], _("Mật khẩu đang dùng"), missing=_("Nhập mật khẩu đang dùng."))
        plain(
            self.fields["new_password1"],
            _("Mật khẩu mới"),
            hint=_("Ít nhất 12 ký tự, dùng được dấu cách; một câu dễ nhớ là tốt nhất."),
            missing=_("Nhập mật khẩu mới."),
        )
        plain(self.fields["new_password2"], _("Nhập lại mật khẩu mới"), missing=_("Nhập lại mật khẩu mới."))
        # The page is about more than the passphrase: nobody is taken past the rest of it.
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": _("Mật khẩu đang dùng không đúng. Hãy nhập lại."),
            "password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau."),
        }

    def clean_new_password1(self) -> str:
        given: str = self.cleaned_data["new_password1"]
        if len(given) > LONGEST_PASSPHRASE:
            raise forms.ValidationError(
                _("Mật khẩu dài quá %(most)d ký tự. Hãy chọn câu ngắn hơn.") % {"most": LONGEST_PASSPHRASE}
            )
        return given
