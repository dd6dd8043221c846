"""The gate of the desk: who comes in, and where the others are led."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from dinhlang.org.desk import Looking
from dinhlang.org.models import Person
from dinhlang.org.sign_in.kept import is_of_the_desk
from dinhlang.org.views import today

Answer = Callable[[HttpRequest], HttpResponse]


class DeskGate:
    """Middleware: every address under the desk is for people who hold a post today.

    It looks at the address, not at the view, so that no view can be left open by forgetting a decorator. Whoever
    is not signed in is led to sign in and back; whoever holds no post today is told so (403).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_of_the_desk(request):
            return self.get_response(request)
        if not isinstance(request.user, Person):
            # A script cannot sign anybody in; it is told plainly, and what it has to send stays with it.
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"reason": "signed-out"}, status=401)
            return redirect_to_login(request.get_full_path(), reverse("desk:sign-in"))
        looking = Looking(request.user, today())
        if not looking.posts:
            raise PermissionDenied
        request.looking = looking  # type: ignore[attr-defined]
        return self.get_response(request)
