"""Who gets what at the door, and from the pages about one's own second factor and sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

ASKED_AGAIN = dict.fromkeys(CAST, 302)  # first who one is: the visits of the tests began without a password
NOTHING_THERE = dict.fromkeys(CAST, 404)  # nobody of the cast has a second factor

MATRIX: dict[str, dict[str, int]] = {
    "org:look": ONLY_BY_A_FORM,
    "org:province-disconnect": ONLY_BY_A_FORM,
    "org:sessions": EVERYONE,
    "org:session-end": ONLY_BY_A_FORM,
    "org:sessions-end-others": ONLY_BY_A_FORM,
    "account_reauthenticate": EVERYONE,
    "mfa_index": EVERYONE,
    "mfa_reauthenticate": ASKED_AGAIN,
    "mfa_activate_totp": ASKED_AGAIN,
    "mfa_deactivate_totp": NOTHING_THERE,
    "mfa_view_recovery_codes": NOTHING_THERE,
    "mfa_generate_recovery_codes": ASKED_AGAIN,
    "mfa_list_webauthn": EVERYONE,
    "mfa_add_webauthn": ASKED_AGAIN,
    "mfa_reauthenticate_webauthn": ASKED_AGAIN,
    "mfa_remove_webauthn": ASKED_AGAIN,
    "mfa_edit_webauthn": ASKED_AGAIN,
}

OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_cancelled",
}

# Names that allauth's code asks for; they lead nowhere.
CLOSED = {
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
}
OPEN_TO_ALL |= CLOSED

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "org:session-end": lambda world: [1],
    "mfa_remove_webauthn": lambda world: [1],
    "mfa_edit_webauthn": lambda world: [1],
}
