"""`/healthz`: whether the database answers and the worker is alive. The worker's sign of life is a file's time."""

from __future__ import annotations

import time
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

BEATS_EVERY = 5.0
DEAD_AFTER = 30.0


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database and the worker are well, otherwise 503 and what is not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _unwell("Cơ sở dữ liệu không trả lời.")
    try:
        age = time.time() - (settings.DATA / "worker.beat").stat().st_mtime
    except FileNotFoundError:
        return _unwell("Tiến trình nền chưa chạy.")
    if age > DEAD_AFTER:
        return _unwell(f"Tiến trình nền im lặng {age:.0f} giây.")
    return HttpResponse("Tốt\n", content_type="text/plain; charset=utf-8")


def _unwell(reason: str) -> HttpResponse:
    return HttpResponse(
        f"{reason}\n", status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain; charset=utf-8"
    )


def beat_for_ever() -> None:
    """Leave a sign of life every few seconds (for a daemon thread of the worker)."""
    while True:
        (settings.DATA / "worker.beat").touch()
        time.sleep(BEATS_EVERY)
