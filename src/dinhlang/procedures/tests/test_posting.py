"""What hangs where, and the lines of the ledger behind it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.procedures import actions, queries
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.models import Place, Posting, Version
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP
from dinhlang.work import queries as work
from dinhlang.work.models import Activity, ActivityKind
from dinhlang.work.rules import FileEvidence

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _data_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


@pytest.fixture
def board(cast: Cast) -> Place:
    change(
        cast,
        Change("1.001193", EventKind.ANNOUNCE, BIRTH, since_ever=True),
        Change("1.000894", EventKind.ANNOUNCE, MARRIAGE, since_ever=True),
    )
    return place(cast, "Bảng ở nơi tiếp nhận")


def place(cast: Cast, name: str, channel: str = "board") -> Place:
    return actions.add_place(
        unit=cast.commune, name=name, channel=channel, by=cast.one_stop_clerk, at=cast.now
    )


def change(cast: Cast, *changes: Change, decision: DecisionGiven | None = None) -> None:
    actions.apply_changes(unit=cast.commune, changes=changes, decision=decision, by=None, at=cast.now)


def post(cast: Cast, where: Place, *versions: Version, **more: Any) -> list[Posting]:
    given = {"posted_on": cast.today, "by": cast.one_stop_clerk, "at": cast.now, **more}
    return actions.post_procedures(place=where, versions=[one.pk for one in versions], **given)


def photo() -> FileEvidence:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (180, 40, 40)).save(file, "JPEG")
    return FileEvidence(file.getvalue(), "Bảng niêm yết")


def texts() -> list[Version]:
    return list(Version.objects.order_by("procedure__code"))


def test_an_act_of_posting_is_one_line_with_its_count_and_photo(cast: Cast, board: Place) -> None:
    post(cast, board, *texts(), evidence=[photo()])
    [line] = Activity.objects.filter(kind=ActivityKind.POSTING)
    assert line.title == "Niêm yết 2 thủ tục hành chính tại Bảng ở nơi tiếp nhận"
    assert [(one.concept, one.value) for one in line.measures.all()] == [("procedures_posted", 2)]
    assert line.evidence.count() == 1
    assert {one.line_id for one in Posting.objects.all()} == {line.pk}


def test_a_text_counts_once_however_many_places_it_hangs_in(cast: Cast, board: Place) -> None:
    post(cast, board, *texts())
    post(cast, place(cast, "Máy tra cứu", "kiosk"), *texts())
    assert Posting.objects.count() == 4
    assert Activity.objects.filter(kind=ActivityKind.POSTING).count() == 1


def test_what_was_amended_must_be_hung_anew_and_the_old_text_come_down(cast: Cast, board: Place) -> None:
    post(cast, board, *texts())
    change(
        cast,
        Change("1.001193", EventKind.AMEND, replace(BIRTH, fees="Miễn"), cast.today),
        Change("2.001263", EventKind.ANNOUNCE, SHOP, cast.today + timedelta(days=5)),
        decision=DecisionGiven("30/QĐ-UBND", cast.today - timedelta(days=3)),
    )
    [state] = queries.place_states(cast.commune, cast.today)
    assert [one.version.procedure.code for one in state.to_hang] == ["1.001193"]
    assert [one.version.procedure.code for one in state.to_take_down] == ["1.001193"]
    counted = queries.counter(cast.commune, cast.today, ahead=cast.today + timedelta(days=30))
    assert (counted.to_hang, counted.late, counted.to_take_down) == (2, 0, 1)
    later = queries.counter(cast.commune, cast.today + timedelta(days=1))
    assert later.late == 1
    post(cast, board, state.to_hang[0].version)
    line = Activity.objects.filter(kind=ActivityKind.POSTING).latest("pk")
    assert line.title.endswith("theo Quyết định 30/QĐ-UBND")


def test_an_abolished_procedure_must_come_down_the_day_it_lapses(cast: Cast, board: Place) -> None:
    hung = post(cast, board, *texts())
    change(cast, Change("1.000894", EventKind.ABOLISH, effective_on=cast.today))
    [state] = queries.place_states(cast.commune, cast.today)
    assert [one.version.procedure.code for one in state.to_take_down] == ["1.000894"]
    wanted = [one.pk for one in hung if one.version.procedure.code == "1.000894"]
    actions.take_down(
        place=board,
        postings=wanted,
        taken_down_on=cast.today,
        by=cast.one_stop_clerk,
        at=cast.now,
        photo=photo(),
    )
    [state] = queries.place_states(cast.commune, cast.today)
    assert state.to_take_down == ()
    assert len(state.hanging) == 1
    assert Posting.objects.get(pk=wanted[0]).photo_down is not None


@pytest.mark.parametrize("day", [1, 400])
def test_days_ahead_are_refused(cast: Cast, board: Place, day: int) -> None:
    with pytest.raises(Refused, match="tương lai"):
        post(cast, board, *texts(), posted_on=cast.today + timedelta(days=day))


def test_the_same_text_does_not_hang_twice_in_one_place(cast: Cast, board: Place) -> None:
    post(cast, board, *texts())
    with pytest.raises(Refused, match="tải lại trang"):
        post(cast, board, texts()[0])


def test_what_came_down_here_and_hangs_elsewhere_may_be_hung_here_again(cast: Cast, board: Place) -> None:
    kiosk = place(cast, "Máy tra cứu", "kiosk")
    hung = post(cast, board, *texts())
    post(cast, kiosk, *texts())
    actions.take_down(
        place=board,
        postings=[one.pk for one in hung],
        taken_down_on=cast.today,
        by=cast.one_stop_clerk,
        at=cast.now,
    )
    assert len(post(cast, board, *texts())) == 2


def test_a_place_closes_only_when_nothing_hangs(cast: Cast, board: Place) -> None:
    hung = post(cast, board, *texts())
    with pytest.raises(Refused, match="còn thủ tục"):
        actions.close_place(place=board, is_open=False, by=cast.one_stop_clerk, at=cast.now)
    actions.take_down(
        place=board,
        postings=[one.pk for one in hung],
        taken_down_on=cast.today,
        by=cast.one_stop_clerk,
        at=cast.now,
    )
    actions.close_place(place=board, is_open=False, by=cast.one_stop_clerk, at=cast.now)
    with pytest.raises(Refused, match="đã đóng"):
        post(cast, board, *texts())


def test_it_cannot_come_down_before_it_hung(cast: Cast, board: Place) -> None:
    [hung] = post(cast, board, texts()[0])
    with pytest.raises(Refused, match="trước ngày niêm yết"):
        actions.take_down(
            place=board,
            postings=[hung.pk],
            taken_down_on=cast.today - timedelta(days=1),
            by=cast.one_stop_clerk,
            at=cast.now,
        )


def test_names_of_places_are_told_apart(cast: Cast, board: Place) -> None:
    for name, channel in [
        ("  Bảng ở  nơi tiếp nhận ", "board"),
        ("", "board"),
        ("x" * 151, "board"),
        ("Mới", "cây"),
    ]:
        with pytest.raises(Refused):
            place(cast, name, channel)


def test_who_may_not_post_is_refused_for_the_same_act(cast: Cast, board: Place) -> None:
    for stranger in (cast.radio_operator, cast.neighbour, cast.reviewer, cast.chair):
        with pytest.raises(NotAllowed):
            post(cast, board, *texts(), by=stranger)
    post(cast, board, *texts())


def test_the_figure_of_the_report_follows(cast: Cast, board: Place) -> None:
    from dinhlang.periods.window import Window

    post(cast, board, *texts())
    fact = work.fact(cast.commune, "procedures_posted", Window(date(2023, 7, 1), date(2023, 7, 31)))
    assert fact.value == 2
