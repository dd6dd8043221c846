"""The addresses of the door, under the names that allauth asks for.

Signing in stands outside the desk; what concerns one's own account lies under it, behind its gate. Only what we use
is here; the names at the end exist because allauth's code reverses them, and answer 404.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as key
from django.urls import include, path

from dinhlang.org.sign_in import views

second_factor = [
    path("", factor.index, name="mfa_index"),
    path("xac-nhan/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("mat-khau/", account.reauthenticate, name="account_reauthenticate"),
    path("ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("ma-du-phong/moi/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("khoa/", key.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", key.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/xac-nhan/", key.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa/<int:pk>/bo/", key.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa/<int:pk>/ten/", key.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="account_login"),
    path("dang-nhap/lop-hai/", factor.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa/", views.passkey_sign_in, name="mfa_login_webauthn"),
    path("dang-nhap/lien-thong/thoi/", views.cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/lien-thong/<slug:provider_id>/", views.to_the_province, name="openid_connect_login"),
    path(
        "dang-nhap/lien-thong/<slug:provider_id>/ve/", views.from_the_province, name="openid_connect_callback"
    ),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ban-lam-viec/tai-khoan/hai-lop/", include(second_factor)),
    path(
        "dang-nhap/khong-dung/",
        include(
            [
                path(f"{name}/", views.closed, name=name)
                for name in (
                    "account_inactive",
                    "account_signup",
                    "account_email",
                    "account_reset_password",
                    "account_change_password",
                    "account_set_password",
                    "mfa_download_recovery_codes",
                    "socialaccount_signup",
                    "socialaccount_connections",
                    "socialaccount_login_error",
                )
            ]
        ),
    ),
]
