"""Many players at once: how soon an emergency is acknowledged over HTTP and MQTT, log lines taken in, months made.

The web server and the worker are processes of their own, as in an office; the players are connections of this one, in one
asyncio loop: 500 over HTTP that ask every second, and 500 on a Mosquitto broker. An emergency is acknowledged when our
answer to the player's word is back (HTTP), or when its receipt is committed (MQTT). What the players themselves cost in
processor time is told beside it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

PLAYERS, COMMUNES, LINES, BATCH = 500, 120, 10_000, 200
WAIT = 30.0
QUIET = 8.0
"""Seconds of asking with nothing new, to see what one question costs."""
GOALS = {
    "http_acknowledged_p95_s": ("≤", 2.0),
    "http_lost": ("≤", 0.0),
    "http_doubled": ("≤", 0.0),
    "mqtt_acknowledged_p95_s": ("≤", 2.0),
    "mqtt_lost": ("≤", 0.0),
    "mqtt_doubled": ("≤", 0.0),
    "log_lines_a_minute": ("≥", 10_000.0),
    "months_of_120_communes_s": ("≤", 10.0),
}
_SERVE = """
import socket, sys
from dinhlang.config import start
start.ready()
from dinhlang.config import front
from dinhlang.config.wsgi import application
start.settle()
front.serve(application, socket.socket(fileno=int(sys.argv[1])), believes_proxies=False)
"""


def figures() -> dict[str, float]:
    """All figures of this part."""
    from dinhlang.config import start

    start.ready()
    from dinhlang.org.models import Unit

    units = list(Unit.objects.filter(level="commune", ends_on=None).order_by("pk")[:COMMUNES])
    found = _months(units)
    secrets = _devices(units)
    with _broker() as broker, _worker(f"mqtt://127.0.0.1:{broker}"):
        found |= _over_http(units[0], secrets)
        found |= _over_mqtt(units[0], broker)
    found |= _log_lines(units[0])
    return found


def _months(units: list[Any]) -> dict[str, float]:
    from datetime import time as hour

    from django.utils import timezone

    from dinhlang.broadcast import actions

    at = timezone.now()
    for unit in units:
        for name, starts in (("Bản tin sáng", hour(5, 30)), ("Bản tin chiều", hour(17))):
            slot = actions.SlotGiven(name, "từ thứ Hai đến thứ Bảy hằng tuần", starts, 15)
            actions.add_slot(unit=unit, slot=slot, by=None, at=at)
    began, spent = time.perf_counter(), time.process_time()
    for unit in units:
        actions.make_programme(unit=unit, year=at.year, month=at.month, by=None, at=at)
    return {
        "months_of_120_communes_s": time.perf_counter() - began,
        "months_of_120_communes_cpu_s": time.process_time() - spent,
    }


def _devices(units: list[Any]) -> list[tuple[str, str]]:
    """(key, name in the log) of the players, all of the first unit and so in one chain: the hardest case."""
    from django.utils import timezone

    from dinhlang.broadcast.players import actions

    made = [
        actions.add_device(unit=units[0], kind="player", name=f"Máy {n}", by=None, at=timezone.now())
        for n in range(PLAYERS)
    ]
    return [(secret, device.log_name) for device, secret in made]


def _alarm(unit: Any, number: int, wanted: list[str] | None = None) -> tuple[Any, float]:
    """An emergency that is sent now, and when it was committed; its name goes to `wanted` before."""
    from django.utils import timezone

    from dinhlang.broadcast.emergency import actions, queries
    from dinhlang.broadcast.emergency.rules import Told

    at = timezone.now()
    told = Told("test", "Thử loa", f"Thử loa lần {number}", "Thử loa.", "cả xã", at + timedelta(hours=1))
    made = actions.begin(unit, told, by=None, at=at)
    made = actions.attach(emergency=made, data=b"ID3" + bytes([number]) * 60_000, seconds=8, by=None, at=at)
    made = actions.propose(emergency=made, by=None, at=at)
    if wanted is not None:
        wanted.append(str(made.uid))
    made = actions.issue(emergency=made, seen=queries.digest_of(made), by=None, at=at)
    return made, time.perf_counter()


def _p95(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)] if ordered else WAIT


def _tally(name: str, seconds: list[float], emergency: Any) -> dict[str, float]:
    from dinhlang.broadcast.models import AirLogEntry, EmergencyReceipt

    until = time.monotonic() + WAIT
    while EmergencyReceipt.objects.filter(is_logged=False).exists() and time.monotonic() < until:
        # The worker copies them into the air log.
        time.sleep(0.2)
    receipts = EmergencyReceipt.objects.filter(emergency=emergency).count()
    logged = AirLogEntry.objects.filter(play=emergency.uid, fact="sent")
    return {
        f"{name}_acknowledged_p95_s": _p95(seconds),
        f"{name}_acknowledged_all_s": max(seconds, default=WAIT),
        f"{name}_lost": PLAYERS - min(receipts, logged.values("device").distinct().count()),
        f"{name}_doubled": logged.count() - logged.values("device").distinct().count(),
    }


@contextmanager
def _worker(broker: str) -> Iterator[None]:
    """The worker with all that it does."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dinhlang.cli.processes", "worker"],
        stdin=subprocess.PIPE,
        env={**os.environ, "DINHLANG_MQTT": broker},
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _spent(process: int) -> float:
    """Processor seconds of a process so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


# --- HTTP ---------------------------------------------------------------------------------------------------------


class _Asking:
    """What the players over HTTP share."""

    def __init__(self) -> None:
        self.asked = 0
        self.first = asyncio.Semaphore(0)
        self.heard: list[float] = []


def _over_http(unit: Any, secrets: list[tuple[str, str]]) -> dict[str, float]:
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        port = listening.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(listening.fileno())], pass_fds=(listening.fileno(),)
        )
        try:
            emergency, seconds, costs = asyncio.run(_http_players(unit, port, secrets, server.pid))
        finally:
            server.terminate()
            server.wait()
    return _tally("http", seconds, emergency) | costs


async def _http_players(
    unit: Any, port: int, secrets: list[tuple[str, str]], server: int
) -> tuple[Any, list[float], dict[str, float]]:
    shared = _Asking()
    tasks = [
        asyncio.create_task(_http_player(port, secret, name, n / PLAYERS, shared))
        for n, (secret, name) in enumerate(secrets)
    ]
    for _one in tasks:
        await shared.first.acquire()
    await asyncio.sleep(2)
    asked, spent = shared.asked, _spent(server)
    await asyncio.sleep(QUIET)
    costs = {
        "http_questions_a_second": (shared.asked - asked) / QUIET,
        "http_question_cpu_us": (_spent(server) - spent) / max(1, shared.asked - asked) * 1e6,
    }
    spent, own = _spent(server), time.process_time()
    emergency, began = await asyncio.to_thread(_alarm, unit, 1)
    await asyncio.wait(tasks, timeout=WAIT)
    costs |= {
        "http_server_cpu_s": _spent(server) - spent,
        "http_players_cpu_s": time.process_time() - own,
    }
    for task in tasks:
        task.cancel()
    return emergency, [moment - began for moment in shared.heard], costs


async def _http_player(port: int, secret: str, name: str, offset: float, shared: _Asking) -> None:
    await asyncio.sleep(offset)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    key = f"Authorization: Bearer {secret}\r\n"

    async def ask(method: str, path: str, more: str = "", body: bytes = b"") -> tuple[int, str, bytes]:
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{method} /api/phat-thanh/v1/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{key}{more}{length}\r\n"
        writer.write(head.encode() + body)
        status = int((await reader.readline()).split()[1])
        size, tag = 0, ""
        while (line := (await reader.readline()).decode().strip()) != "":
            field, _colon, value = line.partition(":")
            size = int(value) if field.lower() == "content-length" else size
            tag = value.strip() if field.lower() == "etag" else tag
        return status, tag, await reader.readexactly(size) if status != 304 else b""

    status, tag, data = await ask("GET", "alarms")
    shared.first.release()
    while True:
        # As the player does: never quite the same pause.
        await asyncio.sleep(random.uniform(0.9, 1.1))
        status, known, data = await ask("GET", "alarms", f"If-None-Match: {tag}\r\n")
        shared.asked += 1
        tag = known or tag
        if status != 200 or not (alarms := json.loads(data)["alarms"]):
            continue
        [alarm] = alarms
        _status, _tag, sound = await ask("GET", f"media/{alarm['media']}")
        if hashlib.sha256(sound).hexdigest() != alarm["media"]:
            continue
        now = "2026-11-26T09:00:00+07:00"
        said = {"device": name, "alarm": alarm["alarm"], "sequence": 1, "at": now}
        status, _tag, _data = await ask("POST", "alarms/heard", "", json.dumps(said).encode())
        if status == 200:
            shared.heard.append(time.perf_counter())
            return


# --- MQTT ---------------------------------------------------------------------------------------------------------


@contextmanager
def _broker() -> Iterator[int]:
    program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/bin")
    if program is None:
        raise SystemExit("mosquitto is needed: apt-get install mosquitto")
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        file = Path(folder) / "mosquitto.conf"
        file.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
        process = subprocess.Popen([program, "-c", str(file)], stderr=subprocess.DEVNULL)
        try:
            yield port
        finally:
            process.terminate()
            process.wait()


def _over_mqtt(unit: Any, port: int) -> dict[str, float]:
    emergency, seconds, own = asyncio.run(_mqtt_players(unit, port))
    return _tally("mqtt", seconds, emergency) | {"mqtt_players_cpu_s": own}


async def _mqtt_players(unit: Any, port: int) -> tuple[Any, list[float], float]:
    from dinhlang.broadcast.models import Device, EmergencyReceipt

    seconds: list[float] = []
    devices = await asyncio.to_thread(lambda: list(Device.objects.filter(unit=unit)))
    ready = asyncio.Semaphore(0)
    wanted: list[str] = []
    tasks = [asyncio.create_task(_mqtt_player(port, one, ready, wanted)) for one in devices]
    for _one in tasks:
        # Each has what the worker laid down for it before.
        await ready.acquire()
    own = time.process_time()
    emergency, began = await asyncio.to_thread(_alarm, unit, 2, wanted)
    committed = EmergencyReceipt.objects.filter(emergency=emergency)
    while len(seconds) < PLAYERS and time.perf_counter() < began + WAIT:
        await asyncio.sleep(0.02)
        now = await asyncio.to_thread(committed.count)
        seconds += [time.perf_counter() - began] * (now - len(seconds))
    own = time.process_time() - own
    for task in tasks:
        task.cancel()
    return emergency, seconds, own


def _packet(kind: int, body: bytes) -> bytes:
    """A packet of MQTT 3.1.1."""
    length, size = b"", len(body)
    while True:
        size, rest = divmod(size, 128)
        length += bytes([rest | (128 if size else 0)])
        if not size:
            return bytes([kind]) + length + body


def _text(said: str) -> bytes:
    data = said.encode()
    return struct.pack("!H", len(data)) + data


async def _mqtt_player(port: int, device: Any, ready: asyncio.Semaphore, wanted: list[str]) -> None:
    from dinhlang.broadcast.players.mqtt import wire

    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def come() -> tuple[int, bytes]:
        [kind] = await reader.readexactly(1)
        size, shift = 0, 0
        while True:
            [one] = await reader.readexactly(1)
            size |= (one & 127) << shift
            shift += 7
            if one < 128:
                return kind, await reader.readexactly(size)

    name = wire.name_of(device.log_name)
    writer.write(_packet(0x10, _text("MQTT") + b"\x04\x02" + struct.pack("!H", 300) + _text(name)))
    await come()
    topic = wire.topic(device.log_name, wire.ALARMS)
    writer.write(_packet(0x82, struct.pack("!H", 1) + _text(topic) + b"\x01"))
    await come()
    is_ready = False
    while True:
        kind, body = await come()
        if kind & 0xF0 != 0x30:
            continue
        [length] = struct.unpack("!H", body[:2])
        data = body[2 + length :]
        if kind & 0x06:
            writer.write(_packet(0x40, data[:2]))
            data = data[2:]
        said = wire.opened(topic, data, device.key_hash)
        if said and not is_ready:
            is_ready = True
            ready.release()
        for alarm in said["body"]["alarms"] if said else []:
            if wanted and alarm["alarm"] != wanted[0]:
                continue
            heard = wire.topic(device.log_name, wire.HEARD)
            told = {"alarm": alarm["alarm"], "sequence": 2, "at": "2026-11-26T09:00:00+07:00"}
            message = wire.signed(heard, told, device.key_hash)
            writer.write(_packet(0x32, _text(heard) + struct.pack("!H", 7) + message))


# --- The log ------------------------------------------------------------------------------------------------------


def _log_lines(unit: Any) -> dict[str, float]:
    from django.utils import timezone

    from dinhlang.broadcast.actions import Report
    from dinhlang.broadcast.models import AirLogEntry, Device, Emergency
    from dinhlang.broadcast.players.actions import take_events

    at = timezone.now()
    play = Emergency.objects.filter(unit=unit).first()
    if play is None:
        raise TypeError("an emergency was sent before")
    devices = list(Device.objects.filter(unit=unit).select_related("unit", "zone")[: LINES // BATCH])
    before = AirLogEntry.objects.count()
    began = time.perf_counter()
    for device in devices:
        events = [Report(1000 + n, "sent", play.uid, at) for n in range(BATCH)]
        take_events(device=device, events=events, clock=at, at=at)
    written = AirLogEntry.objects.count() - before
    return {"log_lines_a_minute": written / (time.perf_counter() - began) * 60}
