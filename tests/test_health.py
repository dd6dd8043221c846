"""`/healthz` tells whether the house can work."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from dinhlang.citizens import actions as citizens
from dinhlang.config import ticking
from dinhlang.onestop import actions as onestop
from dinhlang.onestop.guidance import counting as guidance
from dinhlang.onestop.imports import actions as imports
from dinhlang.onestop.support import counting as support
from dinhlang.org import actions as org
from dinhlang.portal import case_mail, dossier_mail, privacy_mail, training_mail
from dinhlang.portal.voices import mailing
from dinhlang.privacy import reminding as privacy_reminding
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


def test_the_worker_does_by_itself_what_feedback_the_one_stop_and_personal_data_wait_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[ticking.Deed] = []
    monkeypatch.setattr(ticking, "_done", done.append)
    always = {
        citizens.look_at_files, mailing.mail_senders, training_mail.mail_invitations, onestop.keep_years, imports.resume_imports,
    }  # fmt: skip
    hourly = {
        citizens.take_back, citizens.remind_due, case_mail.mail_case_reminders, citizens.close_due, citizens.record_days,
        citizens.sweep_letters, onestop.count_due, onestop.remind_due, dossier_mail.mail_dossier_reminders, onestop.recount_open,
        guidance.count_guided, support.count_supported, privacy_reminding.remind_due, privacy_mail.mail_privacy_reminders,
        org.erase_again, org.erase_due,
    }  # fmt: skip
    ticking.tick(0)
    assert (always | hourly) - set(done) == set()
    done.clear()
    ticking.tick(1)
    assert always - set(done) == set()
    assert hourly.isdisjoint(done)
