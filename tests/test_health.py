"""`/healthz` tells whether the house can work."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from dinhlang.config import ticking
from dinhlang.work import actions as work

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.mark.parametrize(("age", "status"), [(0.0, 200), (20.0, 200), (60.0, 503)])
def test_silent_worker_makes_the_house_unwell(
    age: float, status: int, tmp_path: Path, settings: Settings, client: Client
) -> None:
    settings.DATA = tmp_path
    beat = tmp_path / "worker.beat"
    beat.touch()
    os.utime(beat, (time.time() - age,) * 2)
    assert client.get("/healthz").status_code == status


def test_worker_that_never_ran_makes_the_house_unwell(
    tmp_path: Path, settings: Settings, client: Client
) -> None:
    settings.DATA = tmp_path
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "Tiến trình nền" in answer.content.decode()


def test_what_nobody_came_back_for_is_swept_by_the_worker_within_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    for name in ("sweep_drafts", "sweep_files"):
        monkeypatch.setattr(work, name, lambda *, at, name=name: done.append(name))
    for turn in range(ticking.TURNS_OF_AN_HOUR):
        ticking.tick(turn)
    assert done == ["sweep_drafts", "sweep_files"]
    ticking.tick(ticking.TURNS_OF_AN_HOUR)
    assert len(done) == 4
