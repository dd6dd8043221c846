"""Emergencies over a real broker: pushed, acknowledged once, signed, and the broker killed and back."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from dinhlang.broadcast.emergency import actions
from dinhlang.broadcast.emergency.rules import Message
from dinhlang.broadcast.emergency.tests.test_emergencies import (
    Box,
    facts,
    followed,
    issued,
)
from dinhlang.broadcast.models import Device, Emergency, EmergencyReceipt
from dinhlang.broadcast.players import rules
from dinhlang.broadcast.players.mqtt import wire
from dinhlang.broadcast.players.mqtt.bridge import Bridge
from dinhlang.broadcast.players.rules import Alarm

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.mqtt,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]


def until(true: Callable[[], object], seconds: float = 20) -> None:
    """Wait for a condition."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


class Broker:
    """Mosquitto on a port of its own, which forgets everything when it is killed."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.file = folder / "mosquitto.conf"
        self.file.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\npersistence false\n")
        self.start()

    def start(self) -> None:
        program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/bin") or "mosquitto"
        self.process = subprocess.Popen([program, "-c", str(self.file)], stderr=subprocess.DEVNULL)
        until(self._answers)

    def _answers(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.kill()


@pytest.fixture
def bridge(broker: Broker) -> Iterator[Bridge]:
    made = Bridge(f"mqtt://127.0.0.1:{broker.port}", name="test")
    made.start()
    until(made.client.is_connected)
    yield made
    made.stop()


class Listening:
    """A vendor's box on the broker: its last will, what it was told, what it says."""

    def __init__(self, broker: Broker, device: Device) -> None:
        self.device, self.told = device, []  # type: Device, list[dict[str, Any]]
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=wire.name_of(device.log_name))
        self.client.reconnect_delay_set(1, 1)
        self.client.on_connect = lambda client, *_: client.subscribe(self._topic(wire.ALARMS), 1)
        self.client.on_message = self._came
        self.client.will_set(
            self._topic(wire.LINE), self._signed(wire.LINE, {"state": "off"}), 1, retain=True
        )
        self.client.connect_async("127.0.0.1", broker.port)
        self.client.loop_start()
        until(self.client.is_connected)

    def _topic(self, what: str) -> str:
        return wire.topic(self.device.log_name, what)

    def _signed(self, what: str, said: dict[str, Any]) -> bytes:
        return wire.signed(self._topic(what), said, self.device.key_hash)

    def _came(self, _client: Any, _data: Any, message: mqtt.MQTTMessage) -> None:
        said = wire.opened(message.topic, message.payload, self.device.key_hash)
        if said is not None:
            self.told.append(said["body"])

    def alarms(self) -> list[str]:
        return [one["alarm"] for one in self.told[-1]["alarms"]] if self.told else []

    def say(self, what: str, said: dict[str, Any], topic: str = "") -> None:
        self.client.publish(topic or self._topic(what), self._signed(what, said), 1).wait_for_publish(10)

    def heard(self, emergency: Emergency, at: str, sequence: int = 1) -> dict[str, Any]:
        return {"alarm": str(emergency.uid), "sequence": sequence, "at": at}

    def leave(self) -> None:
        self.client.loop_stop()
        self.client.disconnect()


@pytest.fixture
def listening(cast: Cast, broker: Broker) -> Iterator[Listening]:
    made = Listening(broker, Box(cast).device)
    yield made
    made.leave()


def turned(bridge: Bridge, cast: Cast, until_true: Callable[[], object]) -> None:
    """Let the worker work until something is true."""

    def once() -> object:
        bridge.turn(at=cast.now)
        return until_true()

    until(once)


def test_a_message_is_pushed_acknowledged_once_and_ended_over_the_broker(
    cast: Cast, bridge: Bridge, listening: Listening, broker: Broker
) -> None:
    first = issued(cast)
    turned(bridge, cast, lambda: listening.alarms() == [str(first.uid)])
    assert bridge.turn(at=cast.now)[1] == 0
    for _again in range(3):
        listening.say(wire.HEARD, listening.heard(first, cast.now.isoformat()))
    turned(bridge, cast, EmergencyReceipt.objects.exists)
    listening.say(wire.HEARD, listening.heard(first, cast.now.isoformat(), 2))
    listening.say(wire.LINE, {"state": "on"})
    turned(bridge, cast, lambda: Device.objects.get().told.get("line") == "on")
    assert [(one.way, one.sequence) for one in EmergencyReceipt.objects.all()] == [("mqtt", 1)]
    actions.log_receipts(at=cast.now)
    assert facts(cast.commune, first) == [("planned", "person"), ("sent", "player")]

    # The broker is killed, forgets what it kept, and comes back; meanwhile the alert is cancelled.
    broker.kill()
    until(lambda: not bridge.client.is_connected())
    second = followed(cast, first, Message.CANCEL, 5, cast.now)
    assert bridge.turn(at=cast.now) == (0, 0)
    assert Box(cast, name="Máy khác").alarms() == [str(second.uid)]
    broker.start()
    turned(bridge, cast, lambda: listening.alarms() == [str(second.uid)])

    # Its line is cut: the broker says so.
    listening.client.loop_stop()
    listening.client.socket().close()  # type: ignore[union-attr]  # it is connected
    turned(bridge, cast, lambda: Device.objects.get(pk=listening.device.pk).told.get("line") == "off")


def test_a_device_that_lies_and_words_nobody_can_read_change_nothing(
    cast: Cast, bridge: Bridge, listening: Listening
) -> None:
    other, sent = Box(cast, name="Máy khác").device, issued(cast)
    said = listening.heard(sent, cast.now.isoformat())
    listening.say(wire.HEARD, said, topic=wire.topic(other.log_name, wire.HEARD))
    for wrong in (b"", b"[]", b"{", b"x" * 40_000, json.dumps({**said, "mac": "0"}).encode()):
        listening.client.publish(wire.topic(listening.device.log_name, wire.HEARD), wrong, 1)
    for part in (
        {"sequence": True},
        {"sequence": -1},
        {"at": "mai"},
        {"at": "2023-07-20T09:00:00"},
        {"alarm": 7},
    ):
        listening.say(wire.HEARD, {**said, **part})
    listening.say(wire.LINE, {"state": "on"})
    turned(bridge, cast, lambda: Device.objects.get(pk=listening.device.pk).told.get("line") == "on")
    assert not EmergencyReceipt.objects.exists()
    assert Device.objects.get(pk=other.pk).told == {}


def test_a_lost_line_calls_somebody_when_the_device_is_needed_soon(cast: Cast) -> None:
    given = {"heard_at": cast.now, "made_at": cast.now, "clock_off": 0, "at": cast.now, "is_line_lost": True}
    assert rules.alarm_of(needed_at=cast.now, **given) is Alarm.SILENT  # type: ignore[arg-type]
    assert rules.alarm_of(needed_at=None, **given) is None  # type: ignore[arg-type]
