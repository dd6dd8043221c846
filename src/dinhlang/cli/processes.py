"""The two child processes of `dinhlang run`: `web` serves pages, `worker` does slow work.

`demo` is a third, which `web` starts once to make the demonstration. All end on SIGTERM, and when their standard input closes, which happens when the supervisor is gone.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from dinhlang.cli import errors, wording
from dinhlang.config import logs

GRACE = 5.0  # seconds after which a process that lost its supervisor stops waiting for its own work


def main() -> None:
    """`python -m dinhlang.cli.processes web FD`, `… worker` or `… demo`."""
    wording.speak_vietnamese()
    logs.catch_loose_ends()
    end_when_told()
    threading.Thread(target=_end_with_the_supervisor, daemon=True).start()
    role, *arguments = sys.argv[1:]
    roles: dict[str, Callable[[], None]] = {
        "web": lambda: web(int(arguments[0])),
        "worker": worker,
        "demo": demo,
    }
    sys.exit(errors.guarded(roles[role]))


def end_when_told() -> None:
    """End this process with code 0 on SIGTERM, whatever it is doing."""
    # The supervisor keeps these signals blocked for itself and alone decides what Ctrl-C means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    # What is raised while Python calls back (an object goes, a module has been imported) is told on standard error and
    # forgotten. Then it is raised once more in a moment.
    signal.signal(signal.SIGALRM, _end)
    sys.unraisablehook = _end_after_all
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def web(descriptor: int) -> None:
    """Serve pages on a socket that is already open."""
    from dinhlang.config import start

    start.ready()
    from django.conf import settings

    if settings.DEMO:
        if not start.has_demo():
            # Making it takes some 70 MB that a process never gives back: one that ends takes them along.
            subprocess.run([sys.executable, "-m", "dinhlang.cli.processes", "demo"], check=True)
        _tell_sign_ins(start.load_demo())
    from dinhlang.config import front
    from dinhlang.config.wsgi import application

    start.settle()
    front.serve(
        application,
        socket.socket(fileno=descriptor),
        # Waitress throws away what proxies say about the caller unless it is told of them; who is believed is
        # decided once, in `org.sign_in.limits`.
        believes_proxies=bool(settings.PROXIES),
    )


def demo() -> None:
    """Make the demonstration, and end."""
    from dinhlang.config import start

    start.ready()
    start.load_demo()


def worker() -> None:
    """Claim and do tasks from the database, one at a time."""
    from dinhlang.config import health, start, ticking

    start.ready()
    from django.conf import settings
    from django.db import OperationalError
    from django_tasks_db.management.commands.db_worker import Worker

    threading.Thread(target=health.beat_for_ever, daemon=True).start()
    threading.Thread(target=ticking.tick_for_ever, daemon=True).start()
    threading.Thread(target=ticking.follow_for_ever, daemon=True).start()
    threading.Thread(target=ticking.add_up_for_ever, daemon=True).start()
    threading.Thread(target=ticking.log_receipts_for_ever, daemon=True).start()
    if settings.MQTT:
        threading.Thread(target=ticking.speak_mqtt_for_ever, daemon=True).start()
    threading.Thread(target=ticking.keep_pages_for_ever, daemon=True).start()
    threading.Thread(target=ticking.take_pictures_for_ever, daemon=True).start()
    threading.Thread(target=ticking.send_for_ever, daemon=True).start()
    tasks = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1.0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"dinhlang-{os.getpid()}",
    )

    def end_after_the_task(number: int, frame: FrameType | None) -> None:
        # Not `tasks.shutdown`, which logs: a line that is just being written cannot be interrupted by another.
        tasks.running = False
        if not tasks.running_task:
            _end(number, frame)

    signal.signal(signal.SIGTERM, end_after_the_task)
    while tasks.running:
        try:
            tasks.run()
        except OperationalError:
            # Someone else writes for longer than the database waits, or PostgreSQL is being restarted.
            time.sleep(2)


def _end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end_after_all(ignored: sys.UnraisableHookArgs) -> None:
    if issubclass(ignored.exc_type, SystemExit):
        signal.setitimer(signal.ITIMER_REAL, 0.01)
    else:
        sys.__unraisablehook__(ignored)


def _end_with_the_supervisor() -> None:
    # Not through sys.stdin: its lock, held by this thread, would crash the interpreter on its way out.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def _tell_sign_ins(demo: tuple[str, list[tuple[str, str]]]) -> None:
    passphrase, people = demo
    lines = [f"  {username:<16} {title}" for username, title in people]
    sys.stdout.write(
        "\n".join([f"Xã minh họa – mật khẩu chung của các tài khoản dưới đây: {passphrase}", *lines]) + "\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
