"""What happens at the door on every request: headers, how long a session holds, the second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from allauth.account.internal.flows.logout import logout
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dinhlang.org.models import Person
from dinhlang.org.sign_in.kept import is_of_the_desk
from dinhlang.org.sign_in.second_factor import factors, must_have

Answer = Callable[[HttpRequest], HttpResponse]

# What a page may use of the machine: the camera, for evidence of an activity. Nothing else.
PERMISSIONS = "camera=(self), " + ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


def permissions_and(feature: str) -> str:
    """The header for a page that needs one thing more of the machine: `microphone` where a bulletin is recorded."""
    return PERMISSIONS.replace(f"{feature}=()", f"{feature}=(self)")


ARRIVED, SEEN, KEPT, FACTOR = "arrived_at", "seen_at", "kept", "has_factor"
SEEN_EVERY = timedelta(minutes=5)


class Permissions:
    """Middleware: the header that closes what no page needs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class Language:
    """Middleware: Vietnamese, or the other language that a person chose for this browser.

    What the browser prefers is not asked: many office PCs came with English, and their owners read Vietnamese.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        offered = chosen in offered_languages()
        with translation.override(chosen if offered else settings.LANGUAGE_CODE):
            return self.get_response(request)


@cache
def offered_languages() -> dict[str, str]:
    """Names by code of the languages the desk speaks: Vietnamese, in which it is written, and those with a
    catalogue of ours."""
    return {
        code: name
        for code, name in settings.LANGUAGES
        if code == settings.LANGUAGE_CODE
        or any((folder / code / "LC_MESSAGES" / "django.po").exists() for folder in settings.LOCALE_PATHS)
    }


def note_arrival(request: HttpRequest, at: datetime) -> None:
    """Remember in the session when it began."""
    request.session[ARRIVED] = request.session[SEEN] = at.timestamp()


class Presence:
    """Middleware: a session holds for a working day, or for a week where its owner asked for it; no longer,
    however busy. When it was last used is written every few minutes, for the owner's list of sessions."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            self._look(request, timezone.now())
        return self.get_response(request)

    def _look(self, request: HttpRequest, at: datetime) -> None:
        session = request.session
        if ARRIVED not in session:
            note_arrival(request, at)
        holds = settings.KEPT_SIGNED_IN if session.get(KEPT) else settings.SESSION_COOKIE_AGE
        if at.timestamp() - session[ARRIVED] > holds:
            logout(request, show_message=False)
            messages.info(request, _("Phiên làm việc đã hết. Hãy đăng nhập lại."))
        # What everyone may read sets no cookie, whoever reads it.
        elif is_of_the_desk(request) and at.timestamp() - session[SEEN] > SEEN_EVERY.total_seconds():
            session[SEEN] = at.timestamp()
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)


class SecondFactorGate:
    """Middleware: whoever must have a second factor and has none sets it up before anything else opens."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_held_up(request):
            messages.info(
                request,
                _(
                    "Chức vụ của bạn bắt buộc có xác thực hai lớp. Hãy thiết lập một cách để vào bàn làm việc."
                ),
            )
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_held_up(self, request: HttpRequest) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or not isinstance(request.user, Person):
            return False
        if not is_of_the_desk(request) or request.path.startswith(reverse("mfa_index")):
            return False
        if request.session.get(FACTOR):
            return False
        # The gate of the desk has read the posts already: nobody comes here past it without one.
        posts = request.looking.posts  # type: ignore[attr-defined]
        if not must_have(request.user, timezone.localdate(), posts):
            return False
        if factors(request.user).exists():
            # It cannot be taken off again while it is required, so this is asked once for a session.
            request.session[FACTOR] = True
            return False
        return True
