"""What the door writes into the audit, and what of a visit is not kept.

Signals of Django and allauth end here. The audit names the person and the means, never an address, and never what
was typed; a failure is written only under the name of a person who exists.
"""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in as let_in
from allauth.mfa import signals as factor
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_added
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from dinhlang.org import queries
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.sign_in import limits
from dinhlang.org.sign_in.middleware import note_arrival

NO_ADDRESS = limits.UNKNOWN_ADDRESS


def write(action: str, person: Person, *, by: Person | None, **detail: Any) -> None:
    """Write what happened to a person's account into the chain of their unit, where its administrator reads it."""
    at = timezone.now()
    unit = queries.body_of_person(person, timezone.localdate(at))
    audit(by=by, at=at, action=action, target=person, unit=unit, detail=detail)


@receiver(user_logged_in, dispatch_uid="door")
def a_session_began(request: HttpRequest, **rest: Any) -> None:
    note_arrival(request, timezone.now())


@receiver(let_in, dispatch_uid="door")
def came_in(request: HttpRequest, user: Person, **rest: Any) -> None:
    write("session.start", user, by=user, means=means_of(request))
    limits.forget_old(timezone.now())


def means_of(request: HttpRequest) -> list[str]:
    """By what the person proved who they are: 'password', 'totp', 'webauthn', 'recovery_codes', 'socialaccount'."""
    records = request.session.get("account_authentication_methods") or []
    return [record.get("type", record["method"]) for record in records]


@receiver(user_logged_out, dispatch_uid="door")
def went_out(request: HttpRequest, user: Person | None, **rest: Any) -> None:
    if isinstance(user, Person):
        write("session.end", user, by=user)
        UserSession.objects.filter(session_key=request.session.session_key).delete()


@receiver(user_login_failed, dispatch_uid="door")
def was_refused(credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    if request is None or getattr(request, "axes_locked_out", False):
        return
    person = Person.objects.filter(username=limits.typed_name(request, credentials)).first()
    if person is not None:
        write("session.refuse", person, by=None)


@receiver(user_locked_out, dispatch_uid="door")
def was_locked_out(request: HttpRequest, username: str, **rest: Any) -> None:
    person = Person.objects.filter(username=username).first()
    if person is not None and request.axes_failures_since_start is not None:  # type: ignore[attr-defined]
        write("session.lock", person, by=None)


@receiver(factor.authenticator_added, dispatch_uid="door")
def added_factor(user: Person, authenticator: Authenticator, **rest: Any) -> None:
    write("factor.add", user, by=user, type=authenticator.type)


@receiver(factor.authenticator_removed, dispatch_uid="door")
def removed_factor(user: Person, authenticator: Authenticator, **rest: Any) -> None:
    write("factor.remove", user, by=user, type=authenticator.type)


@receiver(factor.authenticator_reset, dispatch_uid="door")
def renewed_factor(user: Person, authenticator: Authenticator, **rest: Any) -> None:
    write("factor.renew", user, by=user, type=authenticator.type)


@receiver(factor.authentication_failed, dispatch_uid="door")
def gave_wrong_code(user: Person, **rest: Any) -> None:
    write("factor.refuse", user, by=None)


@receiver(social_account_added, dispatch_uid="door")
def connected_province(sociallogin: Any, **rest: Any) -> None:
    write("province.connect", sociallogin.user, by=sociallogin.user)


# --- what is not kept -----------------------------------------------------------------------------


@receiver(pre_save, sender=UserSession, dispatch_uid="door")
def keep_no_address(instance: UserSession, **rest: Any) -> None:
    """A list of one's sessions needs the browser and the time; from where is nobody's business afterwards."""
    instance.ip = NO_ADDRESS


@receiver(pre_save, sender=SocialAccount, dispatch_uid="door")
def keep_no_profile(instance: SocialAccount, **rest: Any) -> None:
    """A provider may tell much of a person, a citizen's number among it. Only its identifier is needed."""
    instance.extra_data = {}


@receiver(pre_save, sender=AccessAttempt, dispatch_uid="door")
def keep_no_form(instance: AccessAttempt, **rest: Any) -> None:
    """A failure is counted by name and address; what else was sent is not stored."""
    instance.get_data = instance.post_data = instance.http_accept = ""
