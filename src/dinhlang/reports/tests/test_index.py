"""An assessment from its first score to the public result: computed criteria, evidence, appraisal, survey, years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Unfit
from dinhlang.reports.index import actions, queries, rules
from dinhlang.reports.index.actions.sets import CannotUseSet
from dinhlang.reports.index.catalogue import sample
from dinhlang.reports.index.measures import measured, window_of
from dinhlang.reports.index.rules import MOVES, NotReady, State, Survey
from dinhlang.reports.index.scheme import CannotScore, Scheme
from dinhlang.reports.models import Assessment, Criterion, IndexSet
from dinhlang.work import actions as work
from dinhlang.work.concepts import COUNTERS
from dinhlang.work.models import Activity, ActivityKind
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LATER = datetime(2024, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def in_force(cast: Cast, scheme: Scheme | None = None, first_year: int = 2022) -> IndexSet:
    """The sample as the province's set, put in force by the reviewer."""
    kept = actions.propose_set(
        unit=cast.province, scheme=scheme or sample(), first_year=first_year, by=cast.reviewer, at=cast.now
    )
    actions.confirm_set(index_set=kept, by=cast.reviewer, at=cast.now)
    return kept


def begun(cast: Cast, year: int = 2023) -> Assessment:
    if not IndexSet.objects.exists():
        in_force(cast)
    return actions.begin(unit=cast.commune, year=year, by=cast.culture_officer, at=cast.now)


def row(one: Assessment, code: str) -> Criterion:
    return one.index_set.criteria.get(code=code)


def line(cast: Cast, kind: ActivityKind, *, shown: bool = True, day: date = date(2023, 3, 8)) -> Activity:
    return work.record_activity(
        unit=cast.commune,
        kind=kind,
        happened_on=day,
        title=f"Việc {kind.label} ngày {day}",
        measures={COUNTERS[kind][0].id: 1},
        evidence=[LinkEvidence("https://vi-du.example/tin")] if shown else [],
        by=cast.culture_officer,
        at=cast.now,
    )


def score_all(one: Assessment, cast: Cast) -> None:
    """Every criterion of the unit's own, in full, with an explanation."""
    for criterion in one.index_set.criteria.filter(scoring="self"):
        is_choice = criterion.rule["kind"] == "choice"
        value = {"share": Decimal(100), "steps": Decimal(100), "hand": criterion.maximum}
        actions.score_criterion(
            assessment=one,
            criterion=criterion,
            value=None if is_choice else value[criterion.rule["kind"]],
            option=0 if is_choice else None,
            explanation="Có văn bản lưu tại văn phòng",
            by=cast.culture_officer,
            at=cast.now,
        )


def sent(cast: Cast, year: int = 2023) -> Assessment:
    one = begun(cast, year)
    score_all(one, cast)
    actions.send(assessment=one, by=cast.chair, at=cast.now)
    one.refresh_from_db()
    return one


# --- sets -----------------------------------------------------------------------------------------


def test_a_set_with_wrong_rows_is_kept_to_be_looked_at_and_never_used(cast: Cast) -> None:
    wrong = replace(sample(), problems=("Dòng 3: mã 1.1 thiếu điểm tối đa.",))
    kept = actions.propose_set(unit=cast.province, scheme=wrong, by=cast.reviewer, at=cast.now)
    with pytest.raises(CannotUseSet, match="1 chỗ sai"):
        actions.confirm_set(index_set=kept, by=cast.reviewer, at=cast.now)
    assert queries.set_for(cast.commune, 2023) is None


def test_who_does_not_watch_over_the_province_takes_no_set_in(cast: Cast) -> None:
    for person in (cast.chair, cast.culture_officer, cast.neighbour, cast.administrator):
        with pytest.raises(NotAllowed):
            actions.propose_set(unit=cast.province, scheme=sample(), by=person, at=cast.now)


def test_the_newest_version_is_used_and_what_was_begun_keeps_its_own(cast: Cast) -> None:
    first = in_force(cast)
    one = begun(cast)
    with pytest.raises(CannotUseSet, match="giống hệt bản 1"):
        in_force(cast)
    nodes = (replace(sample().nodes[2], maximum=Decimal(1)), *sample().nodes[3:])
    second = in_force(cast, replace(sample(), nodes=nodes))
    assert queries.set_for(cast.commune, 2023) == second
    assert one.index_set == first
    assert begun(cast) == one
    with pytest.raises(CannotUseSet, match="Đã có đơn vị chấm"):
        actions.drop_set(index_set=first, by=cast.reviewer, at=cast.now)
    actions.drop_set(index_set=second, by=cast.reviewer, at=cast.now)
    assert queries.set_for(cast.commune, 2023) == first


def test_a_year_without_a_set_or_in_the_future_cannot_begin(cast: Cast) -> None:
    with pytest.raises(rules.NoSet, match="Chưa có bộ tiêu chí"):
        actions.begin(unit=cast.commune, year=2023, by=cast.culture_officer, at=cast.now)
    in_force(cast)
    with pytest.raises(rules.NoSet, match="Chưa đến năm 2024"):
        actions.begin(unit=cast.commune, year=2024, by=cast.culture_officer, at=cast.now)
    with pytest.raises(rules.NoSet):
        actions.begin(unit=cast.commune, year=2021, by=cast.culture_officer, at=cast.now)


# --- computed criteria ----------------------------------------------------------------------------


def test_channels_count_only_kinds_with_evidence_and_say_which(cast: Cast) -> None:
    for kind in (ActivityKind.RADIO, ActivityKind.WEBSITE, ActivityKind.MEETING):
        line(cast, kind)
    line(cast, ActivityKind.LEAFLET, shown=False)
    line(cast, ActivityKind.POSTING)
    line(cast, ActivityKind.BOARD, day=date(2022, 12, 31))
    found = measured(cast.commune, "channels", window_of("calendar", 2023), cast.today)
    assert found.value == 3
    assert found.reasons[0].startswith("3 hình thức tuyên truyền có minh chứng")
    assert any("chưa có minh chứng nên không tính" in one for one in found.reasons)

    one = begun(cast)
    score = one.scores.get(criterion=row(one, "1.2.2"))
    assert (score.value, score.own) == (3, 2)
    assert "3 - 4 hình thức" in score.reasons[-1]


def test_the_plan_without_a_figure_is_not_scored_and_says_what_to_bring(cast: Cast) -> None:
    one = begun(cast)
    score = one.scores.get(criterion=row(one, "1.2.1"))
    assert (score.value, score.own) == (None, None)
    assert "Cần kế hoạch của năm" in score.reasons[0]
    assert any("chưa cộng điểm: 1.2.1, " in said for said in queries.standing(one).total.sentences)


def test_what_is_computed_is_not_typed_over_and_follows_the_ledger_until_it_is_sent(cast: Cast) -> None:
    one = begun(cast)
    with pytest.raises(CannotScore, match="tính từ sổ"):
        actions.score_criterion(
            assessment=one,
            criterion=row(one, "1.2.2"),
            value=Decimal(9),
            option=None,
            explanation="",
            by=cast.culture_officer,
            at=cast.now,
        )
    for kind in (ActivityKind.RADIO, ActivityKind.WEBSITE, ActivityKind.MEETING):
        line(cast, kind)
    assert one.scores.get(criterion=row(one, "1.2.2")).own == 0
    score_all(one, cast)
    actions.send(assessment=one, by=cast.chair, at=cast.now)
    assert one.scores.get(criterion=row(one, "1.2.2")).own == 2
    line(cast, ActivityKind.BOARD)
    line(cast, ActivityKind.TRAINING)
    one.refresh_from_db()
    with pytest.raises(rules.WrongMove):
        actions.compute(assessment=one, by=cast.culture_officer, at=cast.now)


def test_a_window_of_a_regime_counts_from_the_fifteenth() -> None:
    window = window_of("nd09", 2023)
    assert (window.start, window.end) == (date(2022, 12, 15), date(2023, 12, 14))


# --- evidence and sending -------------------------------------------------------------------------


def test_a_score_needs_a_line_or_an_explanation_before_it_is_sent(cast: Cast) -> None:
    one = begun(cast)
    with pytest.raises(NotReady, match=r"chưa chấm: 1\.1\.1"):
        actions.send(assessment=one, by=cast.chair, at=cast.now)
    score_all(one, cast)
    score = one.scores.get(criterion=row(one, "1.1.1"))
    score.explanation = ""
    score.save()
    with pytest.raises(NotReady, match=r"chưa gắn minh chứng, chưa giải trình: 1\.1\.1"):
        actions.send(assessment=one, by=cast.chair, at=cast.now)
    linked = line(cast, ActivityKind.MEETING)
    given = {"assessment": one, "criterion": row(one, "1.1.1"), "by": cast.culture_officer, "at": cast.now}
    assert actions.link_lines(lines=[linked.pk, linked.pk, 999_999], **given) == 1
    with pytest.raises(CannotScore):
        actions.link_lines(lines=[linked.pk], **given)
    work.reverse_activity(activity=linked, reason="Ghi nhầm ngày", by=cast.culture_officer, at=cast.now)
    with pytest.raises(NotReady, match=r"đã hủy ghi: 1\.1\.1"):
        actions.send(assessment=one, by=cast.chair, at=cast.now)
    actions.unlink_line(line=linked, **given)
    assert not score.evidence.exists()


def test_a_line_of_another_unit_or_year_is_no_evidence(cast: Cast) -> None:
    one = begun(cast)
    foreign = work.record_activity(
        unit=cast.neighbour_commune,
        kind=ActivityKind.RADIO,
        happened_on=date(2023, 3, 8),
        title="Phát thanh ở xã bên",
        measures={"broadcasts": 1},
        by=None,
        at=cast.now,
    )
    old = line(cast, ActivityKind.RADIO, day=date(2022, 5, 5))
    for stranger in (foreign, old):
        with pytest.raises(CannotScore):
            actions.link_lines(
                assessment=one,
                criterion=row(one, "1.1.1"),
                lines=[stranger.pk],
                by=cast.culture_officer,
                at=cast.now,
            )


def test_officers_score_the_leader_sends_and_nobody_else_does_either(cast: Cast) -> None:
    one = begun(cast)
    score_all(one, cast)
    for person in (cast.culture_officer, cast.neighbour, cast.reviewer, cast.radio_operator):
        with pytest.raises(NotAllowed):
            actions.send(assessment=one, by=person, at=cast.now)
    for person in (cast.chair, cast.neighbour, cast.reviewer, cast.hamlet_head):
        with pytest.raises(NotAllowed):
            actions.compute(assessment=one, by=person, at=cast.now)


# --- appraising -----------------------------------------------------------------------------------


def test_another_score_needs_a_reason_and_the_units_own_stays_beside_it(cast: Cast) -> None:
    one = sent(cast)
    given = {"assessment": one, "criterion": row(one, "1.3"), "by": cast.reviewer, "at": cast.now}
    with pytest.raises(Unfit, match="ghi lý do"):
        actions.appraise_score(points=Decimal(2), why="", **given)
    with pytest.raises(CannotScore, match="từ 0 đến 5"):
        actions.appraise_score(points=Decimal(6), why="Cao hơn thang", **given)
    with pytest.raises(NotAllowed):
        actions.appraise_score(points=Decimal(2), why="Tự hạ điểm", **{**given, "by": cast.chair})
    before = queries.standing(one)
    actions.appraise_score(points=Decimal(2), why="Báo cáo quý III nộp trễ", **given)
    after = queries.standing(one)
    told = next(found for found in after.lines if found.row.code == "1.3")
    assert (told.row.own, told.points, told.differs) == (5, 2, True)
    assert after.own.total == before.own.total
    assert after.total.points == before.total.points - 3
    actions.appraise_score(points=None, why="", **given)
    assert queries.standing(one).total == before.total
    # What nothing is known of is not zero: nothing for it is another score, too.
    unknown = {**given, "criterion": row(one, "1.2.1")}
    with pytest.raises(Unfit, match="ghi lý do"):
        actions.appraise_score(points=Decimal(0), why="", **unknown)
    actions.appraise_score(points=Decimal(0), why="Cả năm không có kế hoạch tuyên truyền", **unknown)


def test_it_must_be_said_whether_people_were_asked(cast: Cast) -> None:
    one = sent(cast)
    by = {"by": cast.reviewer, "at": cast.now}
    with pytest.raises(NotReady, match="có điều tra xã hội học hay không"):
        actions.finish_appraisal(assessment=one, **by)
    survey = {"assessment": one, "asked": 100, "valid": 90, "note": ""}
    with pytest.raises(Unfit, match="vì sao năm nay không điều tra"):
        actions.note_survey(survey=Survey.ABSENT, **survey, **by)
    with pytest.raises(Unfit, match="số phiếu hợp lệ"):
        actions.note_survey(survey=Survey.HELD, **{**survey, "valid": None}, **by)
    with pytest.raises(Unfit, match="nhiều hơn số phiếu phát"):
        actions.note_survey(survey=Survey.HELD, **{**survey, "valid": 101}, **by)
    with pytest.raises(CannotScore, match="có điều tra"):
        actions.appraise_score(assessment=one, criterion=row(one, "5"), points=Decimal(20), why="", **by)
    actions.note_survey(survey=Survey.HELD, **survey, **by)
    with pytest.raises(NotReady, match=r"điểm điều tra của: 5"):
        actions.finish_appraisal(assessment=one, **by)
    actions.appraise_score(assessment=one, criterion=row(one, "5"), points=Decimal(27), why="", **by)
    actions.finish_appraisal(assessment=one, **by)
    one.refresh_from_db()
    assert one.state == State.APPRAISED
    assert queries.standing(one).total.survey == 27


def appraised(cast: Cast, year: int = 2023) -> Assessment:
    one = sent(cast, year)
    by = {"by": cast.reviewer, "at": cast.now}
    actions.note_survey(
        assessment=one,
        survey=Survey.ABSENT,
        asked=None,
        valid=None,
        note="Tỉnh không tổ chức điều tra cấp xã",
        **by,
    )
    actions.finish_appraisal(assessment=one, **by)
    one.refresh_from_db()
    return one


def test_what_was_published_stays_as_it_read_and_comes_down_with_a_reason(cast: Cast) -> None:
    one = appraised(cast)
    actions.publish(assessment=one, by=cast.reviewer, at=cast.now)
    one.refresh_from_db()
    assert one.state == State.PUBLISHED
    assert one.result["is_rescaled"]
    assert one.result["is_sample"]
    assert any("quy đổi" in said for said in one.result["sentences"])
    assert {found["code"] for found in one.result["rows"]} >= {"1", "1.1.1", "5", "7.1"}
    assert "explanation" not in one.result["rows"][0]
    with pytest.raises(rules.NoReason):
        actions.withdraw(assessment=one, note="", by=cast.reviewer, at=cast.now)
    actions.withdraw(assessment=one, note="Sai điểm tiêu chí 1.3", by=cast.reviewer, at=cast.now)
    one.refresh_from_db()
    assert (one.state, one.result, one.published_at) == (State.APPRAISED, {}, None)


def test_every_move_is_a_step_and_an_audit_entry_and_no_other_move_is_possible(cast: Cast) -> None:
    one = sent(cast)
    by = {"by": cast.reviewer, "at": cast.now}
    actions.return_to_unit(assessment=one, note="Bổ sung minh chứng 1.1.1", **by)
    actions.send(assessment=one, by=cast.chair, at=cast.now)
    actions.take_back(assessment=one, by=cast.chair, at=cast.now)
    actions.send(assessment=one, by=cast.chair, at=cast.now)
    deeds = list(one.steps.values_list("deed", flat=True))
    assert deeds == ["begin", "send", "return", "send", "take-back", "send"]
    assert all(AuditEntry.objects.filter(action=f"index.{deed}").exists() for deed in deeds)
    for action in (actions.publish, actions.take_back):
        if action is actions.publish:
            with pytest.raises(rules.WrongMove):
                action(assessment=one, **by)
    assert {after for _before, after in MOVES.values()} == set(State)


# --- years ----------------------------------------------------------------------------------------


def test_years_of_one_set_are_compared_and_those_of_another_say_why_not(cast: Cast) -> None:
    in_force(cast)
    now = replace(cast, now=LATER)
    begun(now, 2022)
    one = begun(now, 2023)
    nodes = tuple(
        replace(node, maximum=Decimal(8)) if node.code in {"3"} else node for node in sample().nodes
    )
    in_force(now, replace(sample(), nodes=nodes), first_year=2024)
    other = begun(now, 2024)
    assert [year.why_not == "" for year in queries.years_of(one, State.values)] == [True, True, False]
    refusal = queries.years_of(other, State.values)[0].why_not
    assert "Không so sánh 2022 với 2024" in refusal
    assert "1 mục: 3" in refusal


def test_a_list_of_any_length_asks_the_same(cast: Cast, django_assert_max_num_queries: object) -> None:
    in_force(cast)
    begun(cast, 2022)
    begun(cast, 2023)
    actions.begin(unit=cast.neighbour_commune, year=2023, by=None, at=cast.now)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        found = queries.standings(queries.assessments_for({"ben-truc", "ben-dua"}))
    assert len(found) == 3
    assert found[0].assessment.begun_at <= cast.now + timedelta(seconds=1)
