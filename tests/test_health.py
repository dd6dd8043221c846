"""`/healthz` tells whether the house can work."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

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
