"""Too many failures: who is counted, who is locked out and for how long, and what is kept of it.

Five failures lock one name from one address for a quarter of an hour (django-axes). A name that does not exist is
counted and locked like one that does, so that the answers tell nothing. What somebody typed as a name is stored only
if it is the name of a person: people type their password into the wrong box.
"""

from __future__ import annotations

import hmac
import ipaddress
import math
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.models import CachedValue, Person

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - an address that is none
KEPT_FOR = timedelta(days=1)


def address_of(request: HttpRequest) -> str:
    """The address of whoever calls.

    `X-Forwarded-For` is believed only as far as the operator's own proxies wrote it (`DINHLANG_PROXIES`): each
    adds the address it was called from at the end, and what stands before those was typed by the caller.
    """
    proxies = settings.PROXIES
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    written = [part.strip() for part in header.split(",")] if header else []
    found = written[-proxies] if 0 < proxies <= len(written) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return UNKNOWN_ADDRESS


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name that was typed, as names are written: small letters, no spaces around."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).replace("\0", "").strip().lower()[:150]


def name_to_keep(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name under which a failure is counted: a person's own, or the mark of one that nobody has."""
    name = typed_name(request, credentials)
    if Person.objects.filter(username=name).exists():
        return name
    return "?" + hmac.new(settings.SECRET_KEY.encode(), name.encode(), "sha256").hexdigest()[:32]


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page for whoever is locked out: how long still, and who can help."""
    return render(
        request,
        "org/sign_in/locked.html",
        {"title": _("Tạm khóa đăng nhập"), "minutes": minutes_left(request, credentials, timezone.now())},
        status=429,
    )


def minutes_left(request: HttpRequest, credentials: dict[str, Any] | None, at: datetime) -> int:
    """How many minutes the lock holds still, at least one."""
    last = AccessAttempt.objects.filter(
        username=name_to_keep(request, credentials), ip_address=address_of(request)
    ).aggregate(Max("attempt_time"))["attempt_time__max"]
    until = (last or at) + settings.AXES_COOLOFF_TIME
    return max(1, math.ceil((until - at).total_seconds() / 60))


def is_locked(username: str, at: datetime) -> bool:
    """Whether somebody is locked out under this name, from anywhere."""
    since = at - settings.AXES_COOLOFF_TIME
    by_address = (
        AccessAttempt.objects.filter(username=username, attempt_time__gt=since)
        .values("ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .order_by()
    )
    return any(row["failures"] >= settings.AXES_FAILURE_LIMIT for row in by_address)


def unlock(person: Person) -> int:
    """Forget the failures under this name and at this second factor; give how many addresses had some."""
    from allauth.core import ratelimit

    count, _rows = AccessAttempt.objects.filter(username=person.username).delete()
    for key in (name_key(person.username), f"mfa-auth-user-{person.pk}"):
        ratelimit.clear(HttpRequest(), action="login_failed", key=key)
    return count


def name_key(username: str) -> str:
    """Under which allauth counts how often a name is tried from anywhere."""
    return f"name:{username}"


def forget_old(at: datetime) -> None:
    """Delete what nobody needs any more: failures of yesterday, and sessions that ended.

    Called at a sign-in, at most once a day: no clockwork has to run for it.
    """
    from allauth.usersessions.models import UserSession

    if not cache.add("sign-in:forgot-old", at.isoformat(), timeout=int(KEPT_FOR.total_seconds())):
        return
    AccessAttempt.objects.filter(attempt_time__lt=at - KEPT_FOR).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    CachedValue._default_manager.filter(expires__lt=at).delete()
