"""The officer and the leader on the desk: written, approved, finished, drawn, the people who won told."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.demo import load_demo
from dinhlang.citizens.contests.tests.world import BANK, HOUR, bank, drafted, opened, sat
from dinhlang.citizens.models import Contest, ContestDraw, ContestSitting, ContestWeek
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    cache.clear()


def test_a_contest_goes_from_the_officer_to_the_leader_and_to_everyone(cast: Cast) -> None:
    officer, leader = as_(cast.culture_officer), as_(cast.chair)
    version = bank(cast)
    words = {
        "title": "Tìm hiểu CCHC (minh họa)",
        "terms": "Ai cũng được thi.",
        "timing": "question",
        "seconds": "30",
        "grace_seconds": "5",
    }
    refused = officer.post(reverse("contests:new"), words | {"seconds": "2"})
    assert refused.status_code == 200
    officer.post(reverse("contests:new"), words)
    contest = Contest.objects.get()
    week = {
        "opens_at": "2023-07-21T08:00",
        "closes_at": "21/07/2023 07:00",
        "version": version.pk,
        "lots": "1",
    }
    wrong = officer.post(reverse("contests:week-new", args=[contest.pk]), week).content.decode()
    assert "Giờ đóng đứng trước giờ mở" in wrong
    officer.post(reverse("contests:week-new", args=[contest.pk]), week | {"closes_at": "2023-07-25T17:00"})
    step = reverse("contests:step", args=[contest.pk])
    officer.post(step, {"do": "send"})
    shown = leader.get(reverse("contests:contest", args=[contest.pk])).content.decode()
    assert "Duyệt cuộc thi" in shown
    # The leader reads the questions with their answers; who only reads the unit does not.
    there = reverse("contests:week", args=[contest.weeks.get().pk])
    assert "Giải thích mot" in leader.get(there).content.decode()
    assert "Giải thích mot" not in as_(cast.one_stop_clerk).get(there).content.decode()
    assert as_(cast.one_stop_clerk).get(reverse("surveys:version-file", args=[version.pk])).status_code == 404
    leader.post(step, {"do": "return", "reason": "Thêm giải"})
    assert "Thêm giải" in officer.get(reverse("contests:contest", args=[contest.pk])).content.decode()
    officer.post(step, {"do": "send"})
    officer.post(step, {"do": "approve", "seen": queries.digest_of(contest)})
    contest.refresh_from_db()
    assert contest.state == "waiting"
    leader.post(step, {"do": "approve", "seen": "khác"})
    leader.post(step, {"do": "approve", "seen": queries.digest_of(contest)})
    contest.refresh_from_db()
    assert contest.state == "open"
    assert officer.get(reverse("contests:edit", args=[contest.pk])).status_code == 404
    found = officer.get(reverse("contests:list"), {"q": "tim hieu", "state": "open"}).content.decode()
    assert "Tìm hiểu CCHC (minh họa)" in found
    assert (
        "Không có cuộc thi nào khớp" in officer.get(reverse("contests:list"), {"q": "xyz"}).content.decode()
    )


def test_a_question_on_an_act_out_of_force_is_doubted_before_anyone_approves_it(cast: Cast) -> None:
    officer = as_(cast.culture_officer)
    contest = drafted(cast)
    week = contest.weeks.get()
    there = reverse("contests:contest", args=[contest.pk])
    assert "cần kiểm tra căn cứ" not in officer.get(there).content.decode()
    first, *others = BANK.questions
    doubted = replace(first, explanation="Theo Nghị quyết số 30c/NQ-CP ngày 08/11/2011 của Chính phủ.")
    surveys.change_version(
        version=week.version,
        definition=replace(BANK, questions=(doubted, *others)),
        seen=week.version.edits,
        by=cast.culture_officer,
        at=cast.now,
    )
    assert "1 câu cần kiểm tra căn cứ" in officer.get(there).content.decode()
    for page in (
        reverse("surveys:version", args=[week.version_id]),
        reverse("surveys:question", args=[week.version_id, first.id]),
        reverse("contests:week", args=[week.pk]),
    ):
        assert officer.get(page).content.decode().count("Kiểm tra lại căn cứ:") == 1, page


def test_a_week_is_left_out_of_a_draft(cast: Cast) -> None:
    officer = as_(cast.culture_officer)
    week = drafted(cast).weeks.get()
    assert "Bỏ tuần thi" in officer.get(reverse("contests:week-edit", args=[week.pk])).content.decode()
    officer.post(reverse("contests:week-drop", args=[week.pk]))
    assert not ContestWeek.objects.exists()


def test_a_week_is_finished_a_sitting_excluded_lots_drawn_and_winners_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = opened(cast)
    for number in range(12):
        sat(week, number, "ddd" if number else "sss")
    officer = as_(cast.culture_officer)
    there, step = reverse("contests:week", args=[week.pk]), reverse("contests:week-step", args=[week.pk])
    officer.post(step, {"do": "finish"})
    week.refresh_from_db()
    assert week.finished_at is None
    monkeypatch.setattr(timezone, "now", lambda: week.closes_at + HOUR)
    officer = as_(cast.culture_officer)
    officer.post(step, {"do": "finish"})
    shown = officer.get(there).content.decode()
    assert "Nguyễn T. M. H." in shown
    assert "Câu khó nhất" in shown
    line = ContestWeek.objects.get(pk=week.pk).line
    assert line is not None
    # The figure of the report leads to the line, and the line to the week.
    assert there in officer.get(reverse("work:activity", args=[line.pk])).content.decode()
    doubtful = ContestSitting.objects.filter(is_all_right=True).order_by("code")[0]
    listed = officer.get(reverse("contests:sittings", args=[week.pk]), {"only": "right"}).content.decode()
    assert doubtful.code in listed
    assert "0900" not in listed
    entries = reverse("contests:sittings", args=[week.pk])

    def found(words: str) -> set[str]:
        return {place.code for _one, place, _doubts in officer.get(entries, {"q": words}).context["rows"]}

    # By the name that the list shows, marks or none; never by one that it does not show.
    everyone = found("")
    assert doubtful.code in found(doubtful.code.lower())
    assert (
        found("nguyen t. m.") == found("NGUYỄN") == {one.code for one in week.sittings.filter(is_shown=True)}
    )
    assert found("minh hoa") == set()
    table = b"".join(officer.post(f"{reverse('contests:export', args=[week.pk, 'csv'])}?only=right")).decode()
    assert table.count("\r\n") - 1 == week.sittings.filter(is_all_right=True).count() < len(everyone)
    officer.post(reverse("contests:exclude", args=[doubtful.pk]), {"reason": " "})
    officer.post(reverse("contests:exclude", args=[doubtful.pk]), {"reason": "Ban tổ chức"})
    doubtful.refresh_from_db()
    assert doubtful.excluded_why == "Ban tổ chức"
    assert as_(cast.neighbour).post(step, {"do": "draw"}).status_code == 404
    officer.post(step, {"do": "draw"})
    drawn = ContestDraw.objects.get()
    assert doubtful.code not in drawn.entries
    assert len(drawn.winners) == 2
    told = officer.get(reverse("contests:winners", args=[week.pk])).content.decode()
    assert "tel:0900" in told
    assert AuditEntry.objects.filter(action="contest.read").count() == 1
    wrong = officer.post(step, {"do": "void", "huy-question": "mot", "huy-reason": ""})
    assert "Chưa điền ô này" in wrong.content.decode()
    officer.post(step, {"do": "void", "huy-question": "mot", "huy-reason": "Hai đáp án"})
    assert "không còn hiệu lực" in officer.get(there).content.decode()
    file = officer.post(reverse("contests:export", args=[week.pk, "xlsx"]))
    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows(values_only=True))
    assert len(rows) == 13
    assert "Minh Họa" not in str(rows)
    assert AuditEntry.objects.filter(action="contest.export").exists()


def test_the_leader_stops_a_contest_with_a_reason(cast: Cast) -> None:
    contest = opened(cast).contest
    leader, step = as_(cast.chair), reverse("contests:step", args=[contest.pk])
    leader.post(step, {"do": "close", "reason": ""})
    leader.post(step, {"do": "close", "reason": "Bão (minh họa)"})
    contest.refresh_from_db()
    assert (contest.state, contest.closed_why) == ("closed", "Bão (minh họa)")


def test_the_demonstration_has_a_week_with_its_draw_and_one_that_is_open(cast: Cast) -> None:
    load_demo(at=cast.now)
    load_demo(at=cast.now)
    first, second = ContestWeek.objects.order_by("number")
    draw = queries.current_draw(first)
    assert draw is not None
    assert len(draw.winners) == 2
    assert queries.is_open(second, cast.now)
    page = as_(cast.culture_officer).get(reverse("contests:week", args=[first.pk])).content.decode()
    assert "36" in page
    assert actions.draw_lots(week=first, by=None, at=cast.now) == draw
