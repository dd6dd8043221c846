"""What citizens said and brought, counted by itself: in the report and in the reform index, each figure down to its evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from dinhlang.citizens import demo as citizens
from dinhlang.citizens.actions.ticking import record_days
from dinhlang.citizens.contests import demo as contests
from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys import demo as surveys_demo
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.tests.test_surveys import by_poster, opened
from dinhlang.citizens.training import demo as trainings
from dinhlang.org.tests.clients import as_
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports.index import actions, queries
from dinhlang.reports.index.catalogue import sample
from dinhlang.reports.index.measures import measured, window_of
from dinhlang.reports.index.rules import State, Survey
from dinhlang.reports.index.scheme import CannotScore, Node
from dinhlang.reports.models import Assessment, Criterion, Score
from dinhlang.reports.queries.standing import lines_behind
from dinhlang.reports.tests.test_dossier_fields import a_quarter
from dinhlang.reports.tests.test_index import in_force, row, score_all, sent
from dinhlang.work import actions as work

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

YEAR = window_of("calendar", 2023)


@pytest.fixture
def a_year_of_voices(cast: Cast) -> None:
    """Dossiers returned, cases answered, a round closed, a class held, a week of a contest finished."""
    a_quarter(cast)
    citizens.load_demo(at=cast.now)
    surveys_demo.load_demo(at=cast.now)
    trainings.load_demo(at=cast.now)
    contests.load_demo(at=cast.now)
    record_days(at=cast.now)


def closed(cast: Cast, scores: str, method: Method = Method.B, title: str = "Quý III") -> SurveyRound:
    round_ = opened(cast, method, title=title)
    for score in scores:
        by_poster(cast, round_, score)
    return surveys.close_round(round_=round_, by=cast.office_clerk, at=cast.now)


def score_of(one: Assessment, code: str) -> Score:
    return one.scores.get(criterion=row(one, code))


@pytest.mark.usefixtures("a_year_of_voices")
def test_every_kind_of_figure_is_in_the_report_by_itself_with_its_lines(cast: Cast) -> None:
    made = reports.draft_report(
        unit=cast.commune,
        period=Period.parse("2023"),
        programme="cchc",
        by=cast.culture_officer,
        at=cast.now,
    )
    found = {one.concept: one for one in made.figures.all()}
    values = {name: int(one.value) for name, one in found.items() if one.value is not None}
    wanted = {
        "feedback": 4,
        "feedback_answered": 2,
        "feedback_on_time": 2,
        "feedback_on_time_share": 100,
        "feedback_published": 1,
        "survey_answers": 64,
        "dossiers_received": 5,
        "dossiers_resolved": 3,
        "trainings": 1,
        "contests": 1,
        "contest_entries": 36,
    }
    assert {name: values.get(name) for name in wanted} == wanted
    for name in (*wanted, "satisfaction", "on_time_share", "training_attendees"):
        assert found[name].value is not None, name
        behind = lines_behind(found[name])
        assert behind.exists(), name
        assert all(line.evidence.exists() for line in behind), name


@pytest.mark.usefixtures("a_year_of_voices")
def test_a_commune_that_was_spoken_to_is_scored_by_itself_and_each_score_opens_its_evidence(
    cast: Cast,
) -> None:
    in_force(cast)
    one = actions.begin(unit=cast.commune, year=2023, by=cast.culture_officer, at=cast.now)
    assert (score_of(one, "2.2").value, score_of(one, "2.2").own) == (Decimal("66.67"), 0)
    assert (score_of(one, "2.4").value, score_of(one, "2.4").own) == (100, 4)
    taken = score_of(one, "2.5")
    round_ = SurveyRound.objects.get(title="Đợt minh họa thứ nhất")
    assert (taken.basis["round"], taken.basis["method"], taken.basis["people"]) == (round_.pk, "B", 64)
    assert "64 phiếu, khoảng tin cậy 95% từ" in taken.reasons[0]
    assert "Cách B" in taken.reasons[0]
    assert taken.value is not None
    assert taken.own == (
        3 if taken.value >= 90 else 2 if taken.value >= 80 else 1 if taken.value >= 70 else 0
    )

    officer = as_(cast.culture_officer)
    table = officer.get(reverse("reports:assessment", args=[one.pk])).content.decode()
    assert "tính từ đợt khảo sát" in table
    for code, leads_to in (("2.2", "/so-theo-doi/"), ("2.4", "/phan-anh/ngay/"), ("2.5", "/khao-sat/dot/")):
        there = reverse("reports:criterion", args=[one.pk, code])
        assert there in table
        shown = officer.get(there).content.decode()
        links = {link for link in re.findall(r'href="(/[^"#]+)"', shown) if leads_to in link}
        assert links, code
        for link in sorted(links)[:3]:
            assert officer.get(link.replace("&amp;", "&")).status_code == 200, link


def test_without_a_round_or_with_too_few_slips_it_is_said_and_not_scored(cast: Cast) -> None:
    def found(measure: str = "survey_b") -> tuple[Decimal | None, str]:
        told = measured(cast.commune, measure, YEAR, cast.today)
        return told.value, " ".join(told.reasons)

    assert found() == (
        None,
        "Chưa có đợt khảo sát nào đóng trong 01/01/2023 – 20/7/2023. Đóng đợt khảo sát rồi tính lại.",
    )
    closed(cast, "555555555")
    value, said = found()
    assert (value, "9 phiếu, dưới 10 phiếu nên không nêu kết quả" in said) == (None, True)
    in_force(cast)
    one = actions.begin(unit=cast.commune, year=2023, by=cast.culture_officer, at=cast.now)
    score = score_of(one, "2.5")
    assert (score.value, score.own, score.reasons[-1]) == (None, None, "Chưa có số liệu nên chưa chấm điểm.")
    assert any("2.5" in sentence for sentence in queries.standing(one).total.sentences)

    # Two ways of counting the same answers are two figures: each measure takes its own and says what it leaves.
    closed(cast, "555555555522", title="Phiếu giấy")
    closed(cast, "5555555555", title="Ít hơn")
    closed(cast, "44444444444444", Method.A, title="Cách cũ")
    value, said = found()
    assert value == Decimal("90")
    assert "cùng cách tính, 10 phiếu" in said
    assert "đợt ấy tính theo cách A, tiêu chí lấy cách B" in said
    assert found("survey_a")[0] == 100
    assert found("survey_c")[0] is None
    # A round whose line was reversed is taken back.
    line = SurveyRound.objects.get(title="Cách cũ").line
    assert line is not None
    work.reverse_activity(activity=line, reason="Nhập nhầm tập phiếu", by=cast.culture_officer, at=cast.now)
    assert found("survey_a")[0] is None


def test_the_survey_is_offered_from_a_closed_round_and_a_person_confirms_it(cast: Cast) -> None:
    round_, old = closed(cast, "555555555544"), closed(cast, "4" * 11, Method.A, title="Cách cũ")
    small = closed(cast, "5", title="Ít phiếu")
    later = opened(cast, title="Đang mở")
    more = Node("8", "Hài lòng về trả lời", Decimal(5), "", "survey", rule={"kind": "hand"})
    in_force(cast, replace(sample(), nodes=(*sample().nodes, more)))
    one = sent(cast)
    reviewer, officer = as_(cast.reviewer), as_(cast.culture_officer)
    there, take = (reverse(f"reports:criterion{name}", args=[one.pk, "5"]) for name in ("", "-round"))
    shown = " ".join(reviewer.get(there).content.decode().split())
    assert "96,67 trên 100; khoảng tin cậy 95% từ" in shown
    assert "Xác nhận lấy 29 điểm" in shown
    assert "1 phiếu, dưới 10 phiếu" in shown
    assert "Đang mở" not in shown
    assert "Xác nhận lấy" not in officer.get(there).content.decode()
    assert score_appraised(one, "5") is None
    officer.post(take, {"round": round_.pk})
    for wrong in (str(small.pk), str(later.pk), "x", "9" * 30):
        reviewer.post(take, {"round": wrong})
    # The set computes satisfaction by way B, so a round of way A is no points beside it, though none was taken yet.
    assert "không lẫn với đợt tính theo cách A" in shown
    reviewer.post(take, {"round": old.pk})
    assert score_appraised(one, "5") is None

    reviewer.post(take, {"round": round_.pk})
    one.refresh_from_db()
    assert score_appraised(one, "5") == Decimal(29)
    assert (one.survey, one.survey_valid, one.survey_asked) == (Survey.HELD, 12, None)
    assert one.survey_note == "Lấy từ đợt khảo sát của đơn vị, cách B."
    standing = queries.standing(one)
    assert standing.survey_method == "B"
    assert "12 phiếu, khoảng tin cậy 95%" in standing.survey_said[0]
    assert reverse("surveys:round", args=[round_.pk]) in officer.get(there).content.decode()
    shown = reviewer.get(there).content.decode()
    assert "Đã lấy điểm từ đợt này" in shown
    assert "Xác nhận lấy 29 điểm" not in shown
    # The form of points by hand holds these points: saved as it is, it changes nothing.
    reviewer.post(reverse("reports:criterion-appraise", args=[one.pk, "5"]), {"points": "29"})
    assert score_of(one, "5").basis["round"] == round_.pk
    # One assessment never mixes two ways.
    by: dict[str, Any] = {"assessment": one, "by": cast.reviewer, "at": cast.now}
    with pytest.raises(CannotScore, match="không lẫn với đợt tính theo cách A"):
        actions.score_from_round(criterion=row(one, "8"), round_id=old.pk, **by)
    actions.score_from_round(criterion=row(one, "8"), round_id=round_.pk, **by)
    actions.finish_appraisal(**by)
    actions.publish(**by)
    one.refresh_from_db()
    assert any("12 phiếu, khoảng tin cậy" in said for said in one.result["sentences"])
    # One that was put together before that was refused says so beside its figures.
    assert "không so sánh với nhau" not in " ".join(queries.standing(one).survey_said)
    one.scores.filter(criterion=row(one, "2.5")).update(basis={"round": old.pk, "method": "A"})
    assert "các cách A, B: mỗi cách cho một số khác nhau" in queries.standing(one).survey_said[0]


def score_appraised(one: Assessment, code: str) -> Decimal | None:
    return one.scores.filter(criterion=row(one, code)).values_list("appraised", flat=True).first()


def test_points_by_hand_rest_on_no_round_and_two_ways_are_two_years(cast: Cast) -> None:
    round_ = closed(cast, "5" * 12)
    one = sent(cast)
    by: dict[str, Any] = {"assessment": one, "by": cast.reviewer, "at": cast.now}
    criterion: Criterion = row(one, "5")
    actions.score_from_round(criterion=criterion, round_id=round_.pk, **by)
    with pytest.raises(CannotScore, match="Chọn tiêu chí điều tra"):
        actions.score_from_round(criterion=row(one, "1.3"), round_id=round_.pk, **by)
    before = actions.begin(unit=cast.commune, year=2022, by=cast.culture_officer, at=cast.now)
    score_all(before, cast)
    other = Score.objects.create(
        assessment=before,
        criterion=criterion,
        appraised=20,
        basis={"round": 1, "method": "A"},
        changed_at=cast.now,
    )
    assert "cách A và cách B" in queries.years_of(one, State.values)[0].why_not
    Score.objects.filter(pk=other.pk).update(basis={"round": 1, "method": "B"})
    assert queries.years_of(one, State.values)[0].why_not == ""
    actions.appraise_score(criterion=criterion, points=Decimal(20), why="", **by)
    score = score_of(one, "5")
    assert (score.appraised, score.basis, score.reasons, score.value) == (20, {}, [], None)
    actions.note_survey(survey=Survey.ABSENT, asked=None, valid=None, note="Không điều tra", **by)
    with pytest.raises(CannotScore, match="năm nay không điều tra"):
        actions.score_from_round(criterion=criterion, round_id=round_.pk, **by)


def test_a_round_counts_on_the_day_its_answers_end(cast: Cast) -> None:
    closed(cast, "5" * 12)
    assert cast.today == date(2023, 7, 20)
    before = measured(cast.commune, "survey_b", YEAR, cast.today - timedelta(days=1))
    assert before.value is None
    assert measured(cast.commune, "survey_b", YEAR, cast.today).value == 100
