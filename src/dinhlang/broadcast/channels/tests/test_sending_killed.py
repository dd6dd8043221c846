"""The worker killed while it sends to Facebook and Zalo: nothing lost, nothing posted twice, and the page says what happened."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import prepared_database
import pytest

from dinhlang.broadcast.channels.rules import OPEN, STOOD_TOO_LONG, State
from dinhlang.broadcast.channels.standins.facebook import PAGE_TOKEN, FacebookStandIn
from dinhlang.broadcast.channels.standins.serving import Fault, StandIn, serving
from dinhlang.broadcast.channels.standins.zalo import REFRESH_TOKEN, TOKEN, ZaloStandIn

pytestmark = pytest.mark.process

# KILLS=200 tries longer.
KILLS = int(os.environ.get("KILLS", "10"))
STILL_OPEN = tuple(str(state) for state in OPEN)
MAKES = {"facebook": "/feed", "zalo": "/article/create"}

# One process starts Django once and forks: "send KEY MOMENT" gives an item to both channels, "turn MOMENT" is a worker's round.
NURSERY = f"""
import os, sys
from datetime import datetime
from dinhlang.config.start import setup
setup()
from django.db import connections
from dinhlang.broadcast.channels import actions
from dinhlang.broadcast.channels.actions import ChannelGiven
from dinhlang.broadcast.channels.sources import Outgoing
from dinhlang.broadcast.models import Channel
from dinhlang.org.models import Person, Unit

unit = Unit.objects.create(id="commune", level="commune")
chair = Person.objects.create_user(username="chu-tich")
at = datetime.fromisoformat(sys.argv[1])
for service, given, tokens in (
    ("facebook", ChannelGiven("Trang xã", "100200300", "4455", "fb-app-secret"), ("{PAGE_TOKEN}", "")),
    ("zalo", ChannelGiven("Zalo xã", sys.argv[2], sys.argv[3], sys.argv[4], cover="https://xa.example.vn/bia.jpg"),
     ("{TOKEN}", "{REFRESH_TOKEN}")),
):
    channel = actions.add_channel(unit=unit, service=service, given=given, by=None, at=at)
    actions.put_tokens(channel=channel, token=tokens[0], refresh_token=tokens[1], by=None, at=at)

def send(key, at):
    told = Outgoing(
        kind="item", key=key, digest=key.zfill(64), approved_digest=key.zfill(64), approved_by=chair.pk,
        title=f"Tin số {{key}}", lead="Xã nhận hồ sơ đất đai.", paragraphs=("Mang theo căn cước.",),
        address=f"https://xa.example.vn/tin/{{key}}/", reform_field="thu-tuc",
    )
    actions.send(unit=unit, outgoing=told, channels=Channel.objects.all(), by=None, at=at)

connections.close_all()
print("ready", flush=True)
for line in sys.stdin:
    deed, *given, moment = line.split()
    if child := os.fork():
        print("begun", child, flush=True)
        print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    at = datetime.fromisoformat(moment)
    send(given[0], at) if deed == "send" else actions.turn(at=at)
    os._exit(0)
"""


class Workers:
    """Both services, an installation that is connected to them, and workers that may be killed."""

    def __init__(self, data: Path) -> None:
        self.at = datetime(2023, 7, 20, 2, 0, tzinfo=UTC)
        self.facebook, self.zalo = FacebookStandIn(clock=self.clock), ZaloStandIn(clock=self.clock)
        self.services: dict[str, StandIn] = {"facebook": self.facebook, "zalo": self.zalo}
        self.data, self.items = data, 0

    def clock(self) -> float:
        return self.at.timestamp()

    def start(self, where: str) -> None:
        prepared_database.into(self.data)
        addresses = {
            "DINHLANG_FACEBOOK": f"{where}/facebook/v25.0",
            "DINHLANG_FACEBOOK_LOGIN": f"{where}/facebook/v25.0",
            "DINHLANG_ZALO": f"{where}/zalo/v2.0",
            "DINHLANG_ZALO_LOGIN": f"{where}/zalo/v4",
        }
        zalo = (self.zalo.account, self.zalo.app, self.zalo.secret)
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, self.at.isoformat(), *zalo],
            env={**os.environ, "DINHLANG_DATA": str(self.data), "DATABASE_URL": "", **addresses},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == ["ready"]

    def _said(self) -> list[str]:
        assert self.process.stdout is not None
        return self.process.stdout.readline().split()

    def begin(self, *words: str) -> int:
        assert self.process.stdin is not None
        print(*words, self.at.isoformat(), file=self.process.stdin, flush=True)
        word, number = self._said()
        assert word == "begun"
        return int(number)

    def end(self) -> int:
        word, status = self._said()
        assert word == "ended"
        return int(status)

    def send(self) -> None:
        """One more item for both."""
        self.items += 1
        self.begin("send", str(self.items))
        assert self.end() == 0
        self.at += timedelta(seconds=5)

    def turn(self) -> None:
        self.begin("turn")
        assert self.end() == 0
        self.at += timedelta(minutes=3)

    def rows(self, asked: str) -> list[Any]:
        with closing(sqlite3.connect(self.data / "dinhlang.sqlite3")) as database:
            return database.execute(asked).fetchall()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    made = Workers(tmp_path)
    with serving(made.services) as where:
        made.start(where)
        yield made
        assert made.process.stdin is not None
        made.process.stdin.close()
        assert made.process.wait(30) == 0


def test_a_worker_killed_while_it_sends_loses_nothing_and_posts_nothing_twice(workers: Workers) -> None:
    chance = random.Random(20230720)  # noqa: S311 - when to kill
    workers.send()
    began = time.monotonic()
    workers.turn()
    usual = time.monotonic() - began

    killed = 0
    for _each in range(KILLS):
        workers.send()
        worker = workers.begin("turn")
        time.sleep(chance.uniform(0, usual))
        # One that has done its turn by then is gone already.
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
        killed += workers.end() == -signal.SIGKILL
        workers.at += timedelta(seconds=20)
    assert killed

    # The hardest moments: the service has the post, or has it not, and nobody is left to hear which.
    for name, path in MAKES.items():
        for is_done in (True, False):
            workers.send()
            service = workers.services[name]
            heard = len(service.asked)
            service.faults.append(Fault(path, is_done=is_done, is_cut=True, seconds=20))
            worker = workers.begin("turn")
            while not any(one.path.endswith(path) for one in service.asked[heard:]):
                assert time.monotonic() - began < 60
                time.sleep(0.002)
            os.kill(worker, signal.SIGKILL)
            assert workers.end() == -signal.SIGKILL
            service.faults.clear()
            workers.at += timedelta(seconds=20)
    assert workers.rows(f"SELECT 1 FROM broadcast_delivery WHERE state = '{State.SENDING}'")  # noqa: S608

    turns = 0
    while workers.rows(f"SELECT 1 FROM broadcast_delivery WHERE state IN {STILL_OPEN}"):  # noqa: S608
        workers.turn()
        turns += 1
        assert turns < 100
    states = workers.rows("SELECT state, count(*) FROM broadcast_delivery GROUP BY state")
    assert states == [(State.PUBLISHED, 2 * workers.items)]
    texts = {name: [text for _title, text in one.posted()] for name, one in workers.services.items()}
    marks = workers.rows(
        "SELECT channel.service, mark FROM broadcast_delivery JOIN broadcast_channel AS channel ON channel.id = channel_id"
    )
    assert {(name, mark): sum(mark in text for text in texts[name]) for name, mark in marks} == dict.fromkeys(
        marks, 1
    )
    assert [len(found) for found in texts.values()] == [workers.items] * 2
    assert workers.rows("SELECT count(*), sum(kind = 'social') FROM work_activity") == [
        (2 * workers.items, 2 * workers.items)
    ]
    # Each that was in the air when its worker died says so on its page.
    said = workers.rows("SELECT DISTINCT delivery_id, why FROM broadcast_deliverystep WHERE deed = 'doubt'")
    assert len(said) >= 4
    assert {why for _delivery, why in said} == {str(STOOD_TOO_LONG[State.SENDING])}
