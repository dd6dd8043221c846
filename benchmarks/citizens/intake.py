"""Feedback sent by many at once, while web processes are killed: 1,000 forms a minute for five minutes.

Two web processes share one listening socket, as behind a proxy; again and again one of them is killed (SIGKILL) and started
anew, ten seconds after the one killed before is back. Each form is posted at its moment; a sender whose answer was lost on the way sends the same form again, as the page does,
until there is a receipt. The time is from the first sending to the receipt, so a kill counts in it. Forms have no photos, and
their tickets are made here: only the posting is measured. SQLite, as a commune starts with.

- `intake_lost`: receipts whose code is no case;
- `intake_unanswered`: forms without a receipt after a minute;
- `intake_doubled`: forms that became more than one case, or were given two codes;
- `intake_p95_s`, `intake_p50_s`, `intake_most_s`: seconds until the receipt;
- `intake_forms`, `intake_kills`: how many of each; `intake_again`: how often a form was sent again.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

A_MINUTE = 1_000
SECONDS = 300
KILL_EVERY = 10.0
GIVES_UP_AFTER = 60.0
PROCESSES, SENDERS = 2, 96
GOALS = {
    "intake_lost": ("≤", 0.0),
    "intake_unanswered": ("≤", 0.0),
    "intake_doubled": ("≤", 0.0),
    "intake_p95_s": ("≤", 1.0),
}
_SERVE = """
import socket, sys
from dinhlang.config import start
start.ready()
from dinhlang.config import front
from dinhlang.config.wsgi import application
start.settle()
print("ready", flush=True)
front.serve(application, socket.socket(fileno=int(sys.argv[1])), believes_proxies=True)
"""


@dataclass
class _Sent:
    """What became of the forms, gathered by all senders."""

    seconds: list[float] = field(default_factory=list)
    codes: dict[int, set[str]] = field(default_factory=dict)
    again: int = 0
    without: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def figures() -> dict[str, float]:
    """All figures of this part."""
    # Each sender calls from an address of its own, as a proxy tells it.
    os.environ["DINHLANG_PROXIES"] = "1"
    from dinhlang.config import start

    start.ready()
    unit, prefix = _site()
    seconds = int(os.environ.get("BENCH_SECONDS", SECONDS))
    forms = _forms(A_MINUTE * seconds // 60)
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    servers = [_started(listening) for _number in range(PROCESSES)]
    port = listening.getsockname()[1]
    sent, over = _Sent(), threading.Event()
    kills: list[float] = []
    try:
        for one in servers:
            _ready(one)
        _wait_for(port, prefix)
        killer = threading.Thread(target=_kill, args=(servers, listening, over, kills))
        killer.start()
        _send_all(port, prefix, forms, sent)
        over.set()
        killer.join()
    finally:
        over.set()
        for one in servers:
            one.kill()
            one.wait()
        listening.close()
    return _tally(unit, forms, sent, len(kills))


def _site() -> tuple[Any, str]:
    from dinhlang.org.models import Unit
    from dinhlang.portal.models import Site
    from dinhlang.portal.sites import registry

    unit = Unit.objects.filter(level="commune", ends_on=None).order_by("pk")[0]
    Site.objects.get_or_create(unit=unit, defaults={"path": "bo-do", "is_open": True})
    registry.forget()
    return unit, registry.now().by_unit[unit.pk].prefix


def _forms(number: int) -> list[dict[str, str]]:
    from django.utils import timezone

    from dinhlang.portal.voices import guards

    at = timezone.now() - timedelta(minutes=1)
    made = []
    for place in range(number):
        ticket = guards.new_ticket(at)
        made.append(
            {
                "ticket": ticket.written(),
                "answer": str(sum(ticket.question)),
                "words": f"Đường qua cột mốc {place} ngập từ tuần trước, xe không đi được.",
                "name": "Trần Văn Mẫu",
                "address": f"Số {place}, thôn Mẫu",
                "agrees": "on",
            }
        )
    return made


def _started(listening: socket.socket) -> subprocess.Popen[bytes]:
    os.set_inheritable(listening.fileno(), True)
    return subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(listening.fileno())],
        pass_fds=[listening.fileno()],
        env=os.environ,
        stdout=subprocess.PIPE,
    )


def _ready(server: subprocess.Popen[bytes]) -> None:
    """Wait until the process takes connections."""
    for line in server.stdout or ():
        if line.strip() == b"ready":
            return


def _wait_for(port: int, prefix: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            if _asked(port, "GET", f"{prefix}/phan-anh/gui/", "", "10.0.0.1")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the web server did not answer")


def _kill(
    servers: list[subprocess.Popen[bytes]],
    listening: socket.socket,
    over: threading.Event,
    kills: list[float],
) -> None:
    dice = random.Random(8)
    while not over.wait(KILL_EVERY):
        place = dice.randrange(len(servers))
        servers[place].send_signal(signal.SIGKILL)
        servers[place].wait()
        kills.append(time.monotonic())
        servers[place] = _started(listening)
        _ready(servers[place])


def _send_all(port: int, prefix: str, forms: list[dict[str, str]], sent: _Sent) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(SENDERS) as senders:
        for place, form in enumerate(forms):
            time.sleep(max(0.0, began + place * 60 / A_MINUTE - time.monotonic()))
            senders.submit(_send, port, prefix, place, form, sent)


def _send(port: int, prefix: str, place: int, form: dict[str, str], sent: _Sent) -> None:
    began, again = time.monotonic(), 0
    address = f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255}"
    while time.monotonic() < began + GIVES_UP_AFTER:
        try:
            status, page = _asked(port, "POST", f"{prefix}/phan-anh/gui/", urlencode(form), address)
        except (OSError, http.client.HTTPException):
            status, page = 0, ""
        code = re.search(r"data-code>([^<]+)", page) if status == 200 else None
        if code is not None:
            with sent.lock:
                sent.seconds.append(time.monotonic() - began)
                sent.codes.setdefault(place, set()).add(code[1])
                sent.again += again
            return
        again += 1
        time.sleep(0.2)
    with sent.lock:
        sent.without += 1
        sent.again += again


def _asked(port: int, method: str, address: str, body: str, caller: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request(
            method,
            address,
            body=body or None,
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Forwarded-For": caller,
                "X-Forwarded-Proto": "https",
            },
        )
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def _tally(unit: Any, forms: list[dict[str, str]], sent: _Sent, kills: int) -> dict[str, float]:
    from dinhlang.citizens.models import Case

    words = Counter(case.words.shown() for case in Case.objects.filter(unit=unit).only("words"))
    known = set(Case.objects.filter(unit=unit).values_list("code", flat=True))
    lost = sum(1 for codes in sent.codes.values() if not codes <= known)
    doubled = sum(1 for number in words.values() if number > 1)
    doubled += len([codes for codes in sent.codes.values() if len(codes) > 1])
    ordered = sorted(sent.seconds) or [GIVES_UP_AFTER]
    return {
        "intake_forms": float(len(forms)),
        "intake_lost": float(lost),
        "intake_unanswered": float(sent.without),
        "intake_doubled": float(doubled),
        "intake_p95_s": ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)],
        "intake_p50_s": ordered[len(ordered) // 2],
        "intake_most_s": ordered[-1],
        "intake_kills": float(kills),
        "intake_again": float(sent.again),
    }
