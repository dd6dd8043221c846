"""What lets the recording page work without a network: its worker, its manifest, and a page of no person's.

The worker's scope is the recording pages alone: no other page of the desk passes through it, and what it keeps
is one page that says nothing of anybody, with its scripts and styles.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dinhlang.work.concepts import ONE_ACT, offered_for
from dinhlang.work.models import ActivityKind
from dinhlang.work.views.record import ICONS

FILES = (
    "desk/tokens.css",
    "desk/desk.css",
    "desk/icon.svg",
    "work/work.css",
    "work/record.js",
    "work/outbox.js",
    "work/waiting.js",
    "work/photo.js",
)


def offline_page(request: HttpRequest) -> HttpResponse:
    """The recording page for a phone without a network: every kind, no person, no unit, no task."""
    return HttpResponse(_offline_page())


def _offline_page() -> str:
    kinds = [
        (
            kind,
            ICONS[kind],
            reverse("work:record", args=[kind]),
            [(concept, concept.id == ONE_ACT.get(kind)) for concept in offered_for(kind)],
        )
        for kind in ActivityKind
    ]
    # Without a request: nothing of whoever asks can come into it.
    return render_to_string("work/offline.html", {"title": _("Ghi hoạt động"), "kinds": kinds})


@cache
def _scripts() -> bytes:
    """What tells the scripts and styles of one release from another's: their names stay the same.

    They change with the software alone, so that they are read once in a process.
    """
    found = hashlib.sha256()
    for file in FILES:
        found.update(Path(str(finders.find(file))).read_bytes())
    return found.digest()


@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the recording pages."""
    there = _offline_page()
    version = hashlib.sha256(there.encode() + _scripts()).hexdigest()[:16]
    told = {
        "version": version,
        "shell": reverse("work:record-offline"),
        "files": [static(file) for file in FILES],
    }
    return HttpResponse(render_to_string("work/worker.js", told), content_type="text/javascript")


def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone shows when the recording page is put on its first screen."""
    return JsonResponse(
        {
            "name": _("Ghi hoạt động – Đình Làng"),
            "short_name": _("Ghi hoạt động"),
            "lang": "vi",
            "start_url": reverse("work:kinds"),
            "scope": reverse("desk:home"),
            "display": "standalone",
            "background_color": "#faf6ec",
            "theme_color": "#faf6ec",
            "icons": [
                {"src": static("desk/icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
            ],
        },
        content_type="application/manifest+json",
    )
