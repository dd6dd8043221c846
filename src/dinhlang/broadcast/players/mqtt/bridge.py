"""The one client of the broker on our side: lays down what devices are to hear, takes in what they say. Lives in the worker.

The network is looked after by a thread of the library, which also connects again. Only `turn` touches the database.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import paho.mqtt.client as mqtt
from django.utils.timezone import localdate
from paho.mqtt.enums import CallbackAPIVersion

from dinhlang.broadcast.emergency import queries
from dinhlang.broadcast.emergency.actions import Acknowledged, take_receipts
from dinhlang.broadcast.emergency.rules import Sent
from dinhlang.broadcast.models import Device
from dinhlang.broadcast.players import rules
from dinhlang.broadcast.players.actions import note_line
from dinhlang.broadcast.players.mqtt import wire

SOON, LATE = 1, 30
"""Seconds between tries to reach a broker that is away."""
MOST_AT_ONCE = 2000
_KEEPALIVE = 20
_HIGHEST = 2**53 - 1
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
        self.client.on_connect = self._connected
        self.client.on_message = self._came
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (8883 if parts.scheme == "mqtts" else 1883)
        self._waiting: queue.Queue[tuple[str, bytes]] = queue.Queue(MOST_AT_ONCE * 5)
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
        """Until something came from a device, at most so long."""
        try:
            self._waiting.put(self._waiting.get(timeout=seconds))
        except queue.Empty:
            return

    def turn(self, *, at: datetime) -> tuple[int, int]:
        """Take in what came and lay down what changed; gives how many words were new, and how many devices were told."""
        return self._take(at), self._lay_down(at)

    # --- in -------------------------------------------------------------------------------------------------------

    def _take(self, at: datetime) -> int:
        came: list[tuple[str, bytes]] = []
        while len(came) < MOST_AT_ONCE:
            try:
                came.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        if not came:
            return 0
        devices = {wire.name_of(one.log_name): one for one in _devices()}
        heard: dict[tuple[int, str], Acknowledged] = {}
        for topic, data in came:
            name, what = wire.parted(topic) or ("", "")
            device = devices.get(name)
            said = wire.opened(topic, data, device.key_hash) if device is not None else None
            if device is None or said is None:
                # Not the device that the topic is of, or a stranger.
                _log.warning("a message on %s is not of its device", topic[:80])
            elif what == wire.LINE:
                note_line(device=device, is_on=said.get("state") == "on", at=at)
            elif (one := _receipt(device, said)) is not None:
                heard.setdefault((one.device, one.alarm), one)
        return take_receipts(list(heard.values()), way="mqtt", at=at) if heard else 0

    # --- out ------------------------------------------------------------------------------------------------------

    def _lay_down(self, at: datetime) -> int:
        if not self.client.is_connected():
            return 0
        sent = queries.sent_since(at)
        rows = Device.objects.filter(revoked_at=None).order_by("pk")
        state = (_state_of(sent, at), tuple(rows.values_list("pk", "zone")), localdate(at))
        if state == self._state:
            return 0
        self._state = state
        told = 0
        for device in _devices():
            body = queries.body_for(queries.listener_of(device, localdate(at)), sent, at)
            tag = rules.etag_of(body)
            if self._laid.get(device.pk) == tag:
                continue
            topic = wire.topic(device.log_name, wire.ALARMS)
            message = wire.signed(topic, {"body": body, "at": at.isoformat()}, device.key_hash)
            self.client.publish(topic, message, qos=1, retain=True)
            self._laid[device.pk] = tag
            told += 1
        return told


def _devices() -> Iterable[Device]:
    return Device.objects.filter(revoked_at=None).select_related("unit", "zone")


def _state_of(sent: Iterable[Sent], at: datetime) -> tuple[tuple[str, bool], ...]:
    return tuple((one.uid, one.expires_at <= at) for one in sent)


def _receipt(device: Device, said: dict[str, Any]) -> Acknowledged | None:
    """The acknowledgement in a message; None for what cannot be read."""
    try:
        alarm, sequence, moment = (
            UUID(str(said["alarm"])),
            said["sequence"],
            datetime.fromisoformat(said["at"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
    is_number = isinstance(sequence, int) and not isinstance(sequence, bool) and 0 <= sequence <= _HIGHEST
    if not is_number or moment.tzinfo is None or not 1970 <= moment.year <= 2098:
        return None
    return Acknowledged(device.pk, str(alarm), sequence, moment)
