"""Surveys from the form to the line of the ledger: versions, codes, answers, paper, results."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from dinhlang.citizens.models import SurveyAnswer, SurveyRemark, SurveyRound, SurveyToken, SurveyVersion
from dinhlang.citizens.surveys import actions, queries, telling
from dinhlang.citizens.surveys.actions import NotFilled, NotFinished, Received, RoundGiven, SomebodyElseWrote
from dinhlang.citizens.surveys.rules import kept
from dinhlang.citizens.surveys.rules.rounds import NotNow, Way, WrongToken
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.templates import templates
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.window import Window
from dinhlang.work import queries as work

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.usefixtures("own_data")]

FIVE = templates()["nam-yeu-to"]
HERE = Received(seconds=90)


def slip(score: str = "5", **more: str) -> dict[str, list[str]]:
    made = {one.id: [score] for one in FIVE.questions if one.scored and one.id != "xin-loi"}
    return (
        made | {"hinh-thuc": ["truc-tiep"], "tre-hen": ["khong"]} | {key: [one] for key, one in more.items()}
    )


def opened(cast: Cast, method: Method = Method.B, **given: Any) -> SurveyRound:
    version = actions.begin_survey(unit=cast.commune, definition=FIVE, by=cast.office_clerk, at=cast.now)
    usual = RoundGiven("Quý III năm 2023", cast.today, cast.today + timedelta(days=30), method)
    return actions.open_round(
        version=version, given=replace(usual, **given), by=cast.office_clerk, at=cast.now
    )


def by_poster(cast: Cast, round_: SurveyRound, score: str = "5", now: Any = None, **more: str) -> None:
    at = now or cast.now
    sent = slip(score, **more)
    actions.answer(round_=round_, sent=sent, way=Way.POSTER, key=uuid4(), received=HERE, at=at)


def test_a_form_is_written_in_until_it_is_asked_and_then_never(cast: Cast) -> None:
    version = actions.begin_survey(unit=cast.commune, definition=FIVE, by=cast.office_clerk, at=cast.now)
    other = replace(FIVE, thanks="Xin cảm ơn.")
    version = actions.change_version(
        version=version, definition=other, seen=1, by=cast.culture_officer, at=cast.now
    )
    assert queries.definition_of(version).thanks == "Xin cảm ơn."
    with pytest.raises(SomebodyElseWrote):
        actions.change_version(version=version, definition=FIVE, seen=1, by=cast.office_clerk, at=cast.now)
    given = RoundGiven("Đợt 1", cast.today, cast.today, Method.B)
    actions.open_round(version=version, given=given, by=cast.office_clerk, at=cast.now)
    with pytest.raises(Refused, match="Lập bản mới"):
        actions.change_version(version=version, definition=FIVE, seen=2, by=cast.office_clerk, at=cast.now)
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyVersion.objects.filter(pk=version.pk).update(digest="x")
    second = actions.new_version(survey=version.survey, by=cast.office_clerk, at=cast.now)
    assert second.number == 2
    assert actions.new_version(survey=version.survey, by=cast.office_clerk, at=cast.now) == second


def test_only_who_may_asks_and_only_who_may_types(cast: Cast) -> None:
    round_ = opened(cast)
    with pytest.raises(NotAllowed):
        actions.begin_survey(unit=cast.commune, definition=FIVE, by=cast.neighbour, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.close_round(round_=round_, by=cast.one_stop_clerk, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.print_slips(round_=round_, count=1, by=cast.hamlet_head, at=cast.now)
    assert actions.print_slips(round_=round_, count=1, by=cast.one_stop_clerk, at=cast.now)


def test_a_code_lets_one_voice_in_and_nothing_leads_from_it_to_the_answer(cast: Cast) -> None:
    round_ = opened(cast)
    [(number, token), (_second, other)] = actions.print_slips(
        round_=round_, count=2, by=cast.one_stop_clerk, at=cast.now
    )
    assert number == 1
    assert not SurveyToken.objects.filter(mark__contains=token).exists()
    key = uuid4()
    for typed, is_new in ((token.upper(), True), (token, False)):
        # The same page sent twice is one answer.
        taken = actions.answer(
            round_=round_, sent=slip(), way=Way.SLIP, key=key, token=typed, received=HERE, at=cast.now
        )
        assert taken is is_new
    with pytest.raises(WrongToken, match="đã dùng"):
        actions.answer(
            round_=round_, sent=slip(), way=Way.SLIP, key=uuid4(), token=token, received=HERE, at=cast.now
        )
    with pytest.raises(WrongToken, match="Không có mã"):
        actions.answer(
            round_=round_, sent=slip(), way=Way.SLIP, key=uuid4(), token="2" * 12, received=HERE, at=cast.now
        )
    fields = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert fields == {"id", "round", "way", "values", "flags"}
    assert SurveyAnswer.objects.count() == 1
    # An answer that is not whole leaves the code as it was.
    with pytest.raises(NotFilled):
        actions.answer(
            round_=round_, sent={}, way=Way.SLIP, key=uuid4(), token=other, received=HERE, at=cast.now
        )
    assert not SurveyToken.objects.get(sheet=2).is_used


def test_the_way_of_few_answers_is_told_nowhere(cast: Cast) -> None:
    round_ = opened(cast)

    def come(way: Way, times: int) -> list[tuple[str, int]]:
        SurveyAnswer.objects.bulk_create(
            SurveyAnswer(round=round_, way=way, values={}) for _one in range(times)
        )
        return queries.ways_of(round_)

    assert come(Way.POSTER, 9) == []
    assert come(Way.POSTER, 3) == [(str(Way.POSTER.label), 12)]
    # Nor does it follow from the total.
    assert come(Way.SLIP, 1) == []
    assert come(Way.SLIP, 9) == [(str(Way.SLIP.label), 10), (str(Way.POSTER.label), 12)]


def test_what_is_hasty_or_repeated_is_flagged_and_counted(cast: Cast) -> None:
    round_ = opened(cast)
    for flags, received in (
        ([], HERE),
        (["fast"], Received(seconds=3)),
        (["again"], Received(seconds=90, came_before=cast.now - timedelta(hours=11))),
        ([], Received(seconds=90, came_before=cast.now - timedelta(hours=13))),
        (["fast", "many"], Received(seconds=1, is_one_of_many=True)),
    ):
        key = uuid4()
        mixed = slip("4", chung="5")
        actions.answer(round_=round_, sent=mixed, way=Way.POSTER, key=key, received=received, at=cast.now)
        assert SurveyAnswer.objects.get(pk=key).flags == flags
    assert queries.counted(round_).people == 5
    assert dict(queries.counted(round_).flagged) == {"again": 1, "fast": 2, "many": 1}


def test_no_answer_comes_before_the_first_day_after_the_last_or_after_closing(cast: Cast) -> None:
    round_ = opened(cast, opens_on=cast.today + timedelta(days=1))
    with pytest.raises(NotNow, match="bắt đầu từ ngày"):
        by_poster(cast, round_)
    late = opened(cast, closes_on=cast.today)
    stale = SurveyRound.objects.get(pk=late.pk)
    actions.close_round(round_=late, by=cast.office_clerk, at=cast.now)
    # Whoever read the round before it closed is refused all the same.
    with pytest.raises(NotNow, match="đã kết thúc"):
        by_poster(cast, stale)


def test_paper_is_typed_by_two_people_and_counts_when_they_agree(cast: Cast) -> None:
    round_ = opened(cast, by_poster=False, by_kiosk=False)
    round_ = actions.say_given_out(round_=round_, count=4, by=cast.one_stop_clerk, at=cast.now)
    batch = actions.begin_batch(
        round_=round_, title="Hộp phiếu thôn Đông", sheets=2, by=cast.one_stop_clerk, at=cast.now
    )

    def typed(who: Any, sheet: int, score: str, **more: str) -> None:
        actions.type_sheet(batch=batch, sheet=sheet, sent=slip(score, **more), by=who, at=cast.now)

    typed(cast.one_stop_clerk, 1, "5", **{"gop-y": "Thêm ghế."})
    typed(cast.one_stop_clerk, 1, "4", **{"gop-y": "Thêm ghế."})
    typed(cast.office_clerk, 1, "4")
    typed(cast.one_stop_clerk, 2, "5")
    with pytest.raises(NotFinished, match="Còn 1 phiếu chưa khớp hai lần nhập: 2"):
        actions.finish_batch(batch=batch, by=cast.one_stop_clerk, at=cast.now)
    typed(cast.office_clerk, 2, "5", **{"noi-cho": "4"})
    [_first, second] = queries.state_of(batch)
    assert [(one.question.id, one.first, one.second) for one in second.differences] == [
        ("noi-cho", "Rất hài lòng", "Hài lòng")
    ]
    with pytest.raises(Refused, match="đã có hai người"):
        typed(cast.culture_officer, 2, "1")
    with pytest.raises(Refused, match="không có chỗ nào khác"):
        actions.settle(batch=batch, sheet=1, sent=slip("4"), by=cast.office_clerk, at=cast.now)
    actions.settle(
        batch=batch, sheet=2, sent=slip("5", **{"noi-cho": "4"}), by=cast.culture_officer, at=cast.now
    )
    with pytest.raises(Refused, match="Còn tập phiếu giấy"):
        actions.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    for _twice in range(2):
        actions.finish_batch(batch=batch, by=cast.one_stop_clerk, at=cast.now)
    assert SurveyAnswer.objects.filter(way=Way.PAPER).count() == 2
    [remark] = SurveyRemark.objects.all()
    assert remark.words.shown() == "Thêm ghế."
    assert not any(one.remarks for one in batch.entries.all())
    found = queries.counted(round_)
    assert (found.people, found.asked) == (2, 4)


def test_a_closed_round_keeps_its_results_and_the_report_takes_its_share(cast: Cast) -> None:
    round_ = opened(cast, Method.A)
    for score in ("5",) * 9 + ("2",) * 3:
        by_poster(cast, round_, score)
    with pytest.raises(Refused, match="Đóng đợt trước"):
        actions.publish_results(round_=round_, by=cast.office_clerk, at=cast.now)
    live = queries.results_of(round_)
    for _twice in range(2):
        round_ = actions.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    assert kept.restored(FIVE, round_.results) == live == queries.results_of(round_)
    shuffled = {
        **round_.results,
        "questions": dict(sorted(round_.results["questions"].items(), reverse=True)),
    }
    assert kept.restored(FIVE, shuffled) == live  # PostgreSQL has an order of its own
    assert live.whole is not None
    assert (live.whole.value, live.whole.method) == (75, Method.A)
    line = round_.line
    assert line is not None
    assert {one.concept: one.value for one in line.measures.all()} == {
        "survey_answers": 12,
        "survey_satisfied": 9,
    }
    fact = work.fact(cast.commune, "satisfaction", Window(line.happened_on, line.happened_on))
    assert float(fact.value or 0) == 75
    assert actions.publish_results(round_=round_, by=cast.office_clerk, at=cast.now).published_at
    assert AuditEntry.objects.filter(action="survey.close").count() == 1


def test_below_ten_answers_nothing_is_told_published_or_reported(cast: Cast) -> None:
    round_ = opened(cast)
    for _one in range(9):
        by_poster(cast, round_)
    round_ = actions.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    assert round_.line is None
    with pytest.raises(Refused, match="Dưới 10 phiếu"):
        actions.publish_results(round_=round_, by=cast.office_clerk, at=cast.now)
    told = telling.told(round_, is_public=False)
    assert told.chart == ""
    assert "chưa nêu kết quả" in told.sentences[0]


def test_free_words_are_sealed_and_public_only_as_a_person_wrote_them(cast: Cast) -> None:
    round_ = opened(cast)
    by_poster(cast, round_, **{"gop-y": "Anh Nguyễn Văn Mẫu rất tốt, số 0900 000 000."})
    remark = SurveyRemark.objects.get()
    assert queries.public_remarks(round_) == []
    with pytest.raises(Unfit, match="lời công khai"):
        actions.decide_remark(remark=remark, state="public", by=cast.office_clerk, at=cast.now)
    actions.decide_remark(
        remark=remark, state="public", public_text="Công chức rất tốt.", by=cast.office_clerk, at=cast.now
    )
    assert queries.public_remarks(round_) == ["Công chức rất tốt."]
    assert not hasattr(remark, "answer")


def test_a_code_after_an_answer_is_of_the_round_that_asks_those(cast: Cast) -> None:
    assert actions.invite_after(unit=cast.commune, at=cast.now) == ""
    round_ = opened(cast, by_after=True, by_poster=False)
    token = actions.invite_after(unit=cast.commune, at=cast.now)
    found = queries.round_by_token(token)
    assert found is not None
    assert found[0] == round_
    with pytest.raises(Refused, match="chỉ nhận phiếu có mã"):
        by_poster(cast, round_)


def test_results_are_told_in_words_an_announcer_can_read(cast: Cast) -> None:
    first = opened(cast, closes_on=cast.today, title="Đợt quý III năm 2023")
    for score in ("2",) * 30:
        by_poster(cast, first, score)
    first = actions.close_round(round_=first, by=cast.office_clerk, at=cast.now)
    given = RoundGiven("Đợt sau", cast.today, cast.today + timedelta(days=5), Method.B)
    second = actions.open_round(version=first.version, given=given, by=cast.office_clerk, at=cast.now)
    for _one in range(30):
        by_poster(cast, second, "5")
    second = actions.close_round(round_=second, by=cast.office_clerk, at=cast.now)
    told = telling.told(second, is_public=False)
    assert "Chỉ số hài lòng chung là 100 trên 100." in told.sentences
    assert "Tăng 60 điểm so với Đợt quý III năm 2023." in told.sentences
    assert "sáu mươi điểm" in told.spoken
    assert not any(letter.isdigit() for letter in told.spoken)
    assert [len(points) for _method, points in told.trends] == [2]
    header, rows = telling.table(told.results)
    assert all(len(row) == len(header) for row in rows)


def test_two_methods_are_told_apart_and_never_as_one_trend(cast: Cast) -> None:
    first = opened(cast, Method.A, closes_on=cast.today)
    for _one in range(12):
        by_poster(cast, first, "4")
    actions.close_round(round_=first, by=cast.office_clerk, at=cast.now)
    given = RoundGiven("Đợt sau", cast.today, cast.today + timedelta(days=5), Method.B)
    second = actions.open_round(version=first.version, given=given, by=cast.office_clerk, at=cast.now)
    for _one in range(12):
        by_poster(cast, second, "4")
    second = actions.close_round(round_=second, by=cast.office_clerk, at=cast.now)
    told = telling.told(second, is_public=False)
    assert told.trends == ()
    assert not any("so với" in one for one in told.sentences)
