"""The one client of the broker on our side: lays down what devices are to hear, takes in what they say. Lives in the worker.

The network is looked after by a thread of the library, which also connects again. Only `turn` touches the database.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from dinhlang.broadcast.emergency import queries
from dinhlang.broadcast.emergency.actions import take_receipts
from dinhlang.broadcast.emergency.listening import Listeners
from dinhlang.broadcast.emergency.rules import Acknowledged, Sent, acknowledged_of
from dinhlang.broadcast.players import rules
from dinhlang.broadcast.players.actions import note_lines
from dinhlang.broadcast.players.mqtt import wire

SOON, LATE = 1, 30
"""Seconds between tries to reach a broker that is away."""
MOST_AT_ONCE = 500
MOST_WAITING = 10_000
GATHERED_FOR = 0.05
"""Seconds from the first word of a device until all that came are written together."""
_KEEPALIVE = 20
_log = logging.getLogger(__name__)


class Bridge:
    """A connection to the broker at an address like `mqtts://user:password@host:8883`."""

    def __init__(self, address: str, *, name: str) -> None:
        parts = urlsplit(address)
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=mqtt.MQTTv311)
        if parts.username:
            self.client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
        if parts.scheme == "mqtts":
            self.client.tls_set()
        self.client.reconnect_delay_set(SOON, LATE)
        self.client.max_queued_messages_set(100_000)
        # What is laid down for hundreds of devices does not wait twenty by twenty for the broker's word.
        self.client.max_inflight_messages_set(1000)
        self.client.on_connect = self._connected
        self.client.on_message = self._came
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (8883 if parts.scheme == "mqtts" else 1883)
        self._waiting: queue.Queue[tuple[str, bytes]] = queue.Queue(MOST_WAITING)
        # What was taken from the queue and is not written yet: a database that is away loses nothing.
        self._taken: list[tuple[str, bytes]] = []
        self._listeners = Listeners()
        # By device, the tag of what was laid down last; forgotten when the broker is another one than before.
        self._laid: dict[int, str] = {}
        self._state: object = None

    def start(self) -> None:
        """Begin to connect, and to connect again whenever the line or the broker is gone."""
        self.client.connect_async(self._host, self._port, _KEEPALIVE)
        self.client.loop_start()

    def stop(self) -> None:
        """Leave the broker."""
        self.client.disconnect()
        self.client.loop_stop()

    def _connected(self, client: mqtt.Client, *_more: Any) -> None:
        client.subscribe([(f"{wire.ROOT}/+/{what}", 1) for what in (wire.HEARD, wire.LINE)])
        # A broker that was killed may have forgotten what it kept.
        self._state = None
        self._laid = {}

    def _came(self, _client: mqtt.Client, _userdata: object, message: mqtt.MQTTMessage) -> None:
        try:
            self._waiting.put_nowait((message.topic, bytes(message.payload)))
        except queue.Full:
            # Whoever floods the broker loses words; the devices say them over HTTP too.
            _log.warning("too many messages wait from the broker")

    def wait(self, seconds: float) -> None:
        """Until something came from a device, at most so long; then a moment more for what others say."""
        if len(self._taken) >= MOST_AT_ONCE:
            # They could not be written: the database is busy or away.
            time.sleep(seconds)
            return
        try:
            self._taken.append(self._waiting.get(timeout=seconds))
        except queue.Empty:
            return
        time.sleep(GATHERED_FOR)

    def turn(self, *, at: datetime) -> tuple[int, int]:
        """Take in what came and lay down what changed; gives how many words were new, and how many devices were told."""
        if self._listeners.read(at):
            self._state = None
        return self._take(at), self._lay_down(at)

    # --- in -------------------------------------------------------------------------------------------------------

    def _take(self, at: datetime) -> int:
        while len(self._taken) < MOST_AT_ONCE:
            try:
                self._taken.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        if not self._taken:
            return 0
        listeners = self._listeners.by_number
        names = {wire.name_of(one.log_name): one for one in listeners.values()}
        heard: list[Acknowledged] = []
        lines: dict[int, bool] = {}
        for topic, data in self._taken:
            name, what = wire.parted(topic) or ("", "")
            device = names.get(name)
            said = wire.opened(topic, data, device.key_hash) if device is not None else None
            if device is None or said is None:
                # Not the device that the topic is of, or a stranger.
                _log.warning("a message on %s is not of its device", topic[:80])
            elif what == wire.LINE:
                lines[device.pk] = said.get("state") == "on"
            elif (one := acknowledged_of(device.pk, said)) is not None:
                heard.append(one)
        new = take_receipts(heard, way="mqtt", at=at, listeners=listeners) if heard else {}
        note_lines(lines, at=at)
        self._taken = []
        return sum(new.values())

    # --- out ------------------------------------------------------------------------------------------------------

    def _lay_down(self, at: datetime) -> int:
        if not self.client.is_connected():
            return 0
        sent = queries.sent_since(at)
        state = _state_of(sent, at)
        if state == self._state:
            return 0
        self._state = state
        told = 0
        for device in self._listeners.by_number.values():
            body = queries.body_for(device, sent, at)
            tag = rules.etag_of(body)
            if self._laid.get(device.pk) == tag:
                continue
            topic = wire.topic(device.log_name, wire.ALARMS)
            message = wire.signed(topic, {"body": body, "at": at.isoformat()}, device.key_hash)
            self.client.publish(topic, message, qos=1, retain=True)
            self._laid[device.pk] = tag
            told += 1
        return told


def _state_of(sent: Iterable[Sent], at: datetime) -> tuple[tuple[str, bool], ...]:
    return tuple((one.uid, one.expires_at <= at) for one in sent)
