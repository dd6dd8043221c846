"""Which devices may listen now, kept in memory by whoever asks every little while."""

from __future__ import annotations

import time
from datetime import datetime

from django.db.models import Count, Max
from django.utils.timezone import localdate

from dinhlang.broadcast.emergency import queries
from dinhlang.broadcast.emergency.queries import Listener
from dinhlang.broadcast.models import Device

WHOLE_EVERY = 60.0
"""Seconds after which all is read anew: units are moved without any device changing."""


class Listeners:
    """All devices as ones that listen, by number and by key, as they stood when `read` was last called."""

    def __init__(self) -> None:
        self.by_number: dict[int, Listener] = {}
        self.by_key: dict[str, Listener] = {}
        self._known: object = None
        self._whole = float("-inf")

    def read(self, at: datetime) -> bool:
        """Look whether devices came or went, and read them if so; gives whether anything is another than before."""
        devices = Device.objects.aggregate(Count("pk"), Max("pk"), Count("revoked_at"))
        known = (localdate(at), *devices.values())
        now = time.monotonic()
        if known == self._known and now - self._whole < WHOLE_EVERY:
            return False
        rows = Device.objects.filter(revoked_at=None).select_related("unit", "zone").order_by("pk")
        found = queries.listeners_of(rows, localdate(at))
        self._known, self._whole = known, now
        if found == self.by_number:
            return False
        self.by_number, self.by_key = found, {one.key_hash: one for one in found.values()}
        return True
