"""Pages for people without an account, each about one of them: no session, never kept, their address told to nobody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from dinhlang.portal.sites.addresses import VIETNAMESE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def outside(view: View[P]) -> View[P]:
    """A page that is read and takes forms, in Vietnamese. There is no session, so no token against forged forms: whoever acts needs
    a key of their own. The address may be that key, so no other site is told it."""

    @never_cache
    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        with translation.override(VIETNAMESE):
            answer = view(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return answered
