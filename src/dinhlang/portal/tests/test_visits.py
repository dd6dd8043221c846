"""Visits: people counted by day, robots left out, nothing kept about who, a line of the ledger for each day."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.portal.models import Visits
from dinhlang.portal.newsroom import visits
from dinhlang.portal.newsroom.addresses import path_inside
from dinhlang.portal.tests.newsroom_cast import published
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PHONE = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo android/12"
HOST = "127.0.0.1:8000"


@pytest.fixture(autouse=True)
def _data(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA = settings.BLOBS = tmp_path
    monkeypatch.setattr(visits.timezone, "localdate", lambda at=None: (at or cast.now).date())
    visits._tally.clear()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "agent",
    ["", "Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.0", "python-requests/2", "coccocbot-web"],
)
def test_a_program_is_no_visit(agent: str) -> None:
    assert visits.is_robot(agent)


@pytest.mark.one_database
@pytest.mark.parametrize("agent", [PHONE, "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/121.0"])
def test_a_person_is(agent: str) -> None:
    assert not visits.is_robot(agent)


def _collected(cast: Cast, tmp_path: Path) -> int:
    visits.flush()
    for file in (tmp_path / "visits").glob("*"):
        os.utime(file, (0, 0))
    return visits.collect(at=cast.now)


def test_visits_are_counted_by_day_for_the_site_and_each_item(cast: Cast, tmp_path: Path) -> None:
    item = published(cast)
    for _ in range(3):
        visits.note(f"/ben-truc{path_inside(item)}", HOST, PHONE)
    visits.note("/ben-truc/", HOST, PHONE)
    visits.note("/ben-truc/", HOST, "Googlebot/2.1")
    visits.note("/khong-co/", HOST, PHONE)
    assert _collected(cast, tmp_path) == 4
    assert _collected(cast, tmp_path) == 0
    counts = {(one.item_id, one.day): one.count for one in Visits.objects.all()}
    assert counts == {(None, cast.today): 4, (item.pk, cast.today): 3}


def test_what_is_kept_says_nothing_about_who(cast: Cast, tmp_path: Path) -> None:
    published(cast)
    visits.note("/ben-truc/", HOST, PHONE)
    visits.flush()
    [file] = (tmp_path / "visits").glob("*.tally")
    assert file.read_text() == f"{cast.today}\t{HOST}\t/ben-truc/\t1\n"


def test_a_line_cut_off_by_a_kill_costs_only_itself(cast: Cast, tmp_path: Path) -> None:
    published(cast)
    visits.note("/ben-truc/", HOST, PHONE)
    visits.flush()
    [file] = (tmp_path / "visits").glob("*.tally")
    file.write_text(file.read_text() + "2023-07-20\tx")
    assert _collected(cast, tmp_path) == 1


def test_a_finished_day_becomes_one_line_of_the_ledger(cast: Cast, tmp_path: Path) -> None:
    published(cast)
    for _ in range(5):
        visits.note("/ben-truc/", HOST, PHONE)
    _collected(cast, tmp_path)
    assert visits.record_days(at=cast.now) == 0
    tomorrow = cast.now + timedelta(days=1)
    assert visits.record_days(at=tomorrow) == 1
    assert visits.record_days(at=tomorrow) == 0
    line = Activity.objects.get(basis="he-thong")
    assert {one.concept: one.value for one in line.measures.all()} == {"visits": 5}
    assert line.happened_on == cast.today
    assert line.evidence.get().caption == "Sổ đếm lượt truy cập do máy ghi, ngày 20/7/2023"


def test_counting_never_fails_a_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("disk full")

    monkeypatch.setattr(visits, "_write", broken)
    monkeypatch.setattr(visits, "_flushed", -1e9)
    visits.note("/ben-truc/", HOST, PHONE)
