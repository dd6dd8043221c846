"""The loop of the server, which in each turn looks only at connections with which something goes on.

Waitress asks every connection in every turn whether it wants to read or to write. Of five hundred players that keep theirs
open, each asks once a second: a turn over all of them takes a quarter of a millisecond, twenty times what the answer takes.
Here the kernel keeps an eye on those that are quiet.
"""

from __future__ import annotations

import select
import time
from contextlib import suppress
from typing import Any

from waitress import wasyncore

EVERY = 1.0
"""Seconds after which every connection is looked at all the same: waitress ends those that were silent for long."""
_READ = select.POLLIN | select.POLLPRI


class Turning:
    """What waitress runs in the place of `wasyncore`, on Linux. All of it is called in one thread."""

    def __init__(self) -> None:
        self._kernel = select.epoll()
        # What the kernel was told of each connection.
        self._asked: dict[int, int] = {}

    def loop(self, timeout: float, map: dict[int, Any], use_poll: bool) -> None:  # noqa: A002 - waitress's name
        """Serve until there is nothing left to listen to."""
        busy: set[int] = set()
        looked = float("-inf")
        while map:
            now = time.monotonic()
            if now - looked >= EVERY:
                busy, looked = set(map), now
            busy = {fd for fd in busy if fd in map and self._ask(fd, map[fd])}
            for fd, flags in self._kernel.poll(min(timeout, EVERY)):
                who = map.get(fd)
                if who is None:
                    self.forget(fd)
                    continue
                wasyncore.readwrite(who, flags)
                busy.add(fd)
                if who.accepting:
                    # Somebody new is there, who is not known by number yet.
                    busy |= map.keys() - self._asked.keys()

    def forget(self, fd: int) -> None:
        """A connection is about to be closed. The kernel would still tell of one that a child process holds."""
        if self._asked.pop(fd, 0):
            # Where another thread has closed it already, the kernel has forgotten it by itself.
            with suppress(OSError):
                self._kernel.unregister(fd)

    def _ask(self, fd: int, who: Any) -> bool:
        """Tell the kernel what a connection waits for; gives whether that may change before anything happens on it.

        One that only waits for its peer is quiet. Whatever a thread works at waits for nothing, or to write.
        """
        wants = (_READ if who.readable() else 0) | (
            select.POLLOUT if who.writable() and not who.accepting else 0
        )
        before = self._asked.get(fd, 0)
        if wants != before:
            if not wants:
                self._kernel.unregister(fd)
            elif not before:
                self._kernel.register(fd, wants)
            else:
                self._kernel.modify(fd, wants)
            self._asked[fd] = wants
        # Whether new ones may come depends on how many are there.
        return wants != _READ or bool(who.accepting)
