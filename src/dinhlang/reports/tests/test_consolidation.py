"""The report of the level above taken together from those below: drafted, drawn again, corrected, issued."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from dinhlang.officialdoc.model import Table
from dinhlang.org.models import AuditEntry, Person, Position, Unit, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Role
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports import render, rules
from dinhlang.reports.actions import correct_report, draft_report, edit_piece, issue_report
from dinhlang.reports.consolidation import actions
from dinhlang.reports.consolidation.drift import drift
from dinhlang.reports.consolidation.past import outliers
from dinhlang.reports.consolidation.proposing import groups_of
from dinhlang.reports.consolidation.taking import kept, take
from dinhlang.reports.models import ConsolidatedChild, Report, Submission
from dinhlang.reports.queries import draft_in
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.tests.children import H1, PROGRAMME, WINDOW, Stated, commune, handed_in, line, owed
from dinhlang.work.actions import record_activity

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

MONEY = "Đề nghị UBND tỉnh quan tâm bố trí kinh phí cho công tác tuyên truyền cải cách hành chính."
MONEY_TOO = "Kiến nghị Sở Nội vụ bố trí thêm kinh phí tuyên truyền CCHC cho cấp xã."
TRAINING = "Đề nghị Sở Nội vụ tổ chức tập huấn nghiệp vụ tuyên truyền cho công chức cấp xã."
SHARE = Stated(50, counts=(1, 2))


@pytest.fixture
def clerk(cast: Cast) -> Person:
    """Someone who drafts the province's reports."""
    person = Person.objects.create(username="tong-hop", full_name="Đỗ Thị Tổng Hợp")
    Position.objects.create(
        person=person,
        unit=cast.province,
        role=Role.OFFICE_CLERK,
        title="Chuyên viên",
        starts_on=date(2020, 1, 1),
    )
    return person


@pytest.fixture
def province(cast: Cast) -> dict[str, Unit]:
    """Four communes that owe a report; three handed one in, of which one is not accepted yet."""
    units = {
        letter: commune(f"xa-{letter}", f"Mẫu {letter.upper()}", kind="phường" if letter == "c" else "xã")
        for letter in "abcd"
    }
    rows = {letter: owed(unit, cast.now) for letter, unit in units.items()}
    joint = line(7, date(2023, 3, 3), "meeting", "Hội nghị liên xã", 1, "file:aa")
    handed_in(
        rows["a"],
        {
            "articles": 10,
            "meetings": Stated(3, evidence=[joint]),
            "on_time_share": Stated(100, counts=(1, 1)),
        },
        cast.now,
        proposals=[MONEY, TRAINING],
    )
    handed_in(
        rows["b"],
        {
            "articles": Stated(20, "hơn"),
            "meetings": Stated(5, evidence=[{**joint, "id": 9}]),
            "on_time_share": Stated(50.51, counts=(50, 99)),
        },
        cast.now,
        proposals=[MONEY_TOO],
    )
    handed_in(rows["c"], {"articles": 5}, cast.now, state=State.RECEIVED)
    return units


@pytest.fixture
def draft(cast: Cast, clerk: Person, province: dict[str, Unit]) -> Report:
    return actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)


def text_of(report: Report) -> str:
    blocks = render.document_of(report).body
    return "\n".join(
        "\n".join(" | ".join(row) for row in (one.header, *one.rows)) if isinstance(one, Table) else one.text
        for one in blocks
    )


def printed(report: Report) -> dict[str, str]:
    return {figure.anchor: figure.printed for figure in report.figures.all()}


def row_of(unit: str) -> object:
    return Submission.objects.get(obligation__unit=unit, state=State.ACCEPTED).obligation


# --- the draft --------------------------------------------------------------------------------------


def test_a_draft_says_what_it_covers_and_names_the_missing(draft: Report) -> None:
    assert "Tổng hợp từ 2/4 xã, phường; thiếu: phường Mẫu C, xã Mẫu D." in text_of(draft)
    assert (printed(draft)["units_sent"], printed(draft)["units_due"]) == ("2", "4")


def test_counts_are_added_shares_come_from_their_counts_and_a_joint_meeting_counts_once(
    draft: Report,
) -> None:
    found = {figure.anchor: figure for figure in draft.figures.all()}
    assert found["articles"].printed == "hơn 30"
    assert found["meetings"].value == 7
    assert (
        found["on_time_share"].value,
        found["on_time_share"].numerator,
        found["on_time_share"].denominator,
    ) == (
        51,
        51,
        100,
    )
    assert {one.origin for one in found.values()} == {"children"}
    assert "chỉ tính một lần" in text_of(draft)


def test_each_figure_is_pinned_to_the_versions_it_was_taken_from(draft: Report) -> None:
    pins = dict(draft.consolidation.children.values_list("unit_id", "digest"))
    assert pins == dict(
        Submission.objects.filter(state=State.ACCEPTED).values_list("obligation__unit_id", "digest")
    )


def test_proposals_stand_in_groups_with_their_units(draft: Report) -> None:
    assert "(2 xã, phường: xã Mẫu A, xã Mẫu B)." in text_of(draft)
    assert (
        "Đề nghị Sở Nội vụ tổ chức tập huấn nghiệp vụ tuyên truyền cho công chức cấp xã (xã Mẫu A)."
        in text_of(draft)
    )


def test_by_choice_what_was_received_counts_too_and_is_named(
    cast: Cast, clerk: Person, province: dict[str, Unit]
) -> None:
    report = actions.consolidate(
        unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now, with_received=True
    )
    assert printed(report)["articles"] == "hơn 35"
    assert "Tổng hợp từ 3/4 xã, phường; thiếu: xã Mẫu D; chưa được chấp nhận: phường Mẫu C." in text_of(
        report
    )


def test_a_nil_report_counts_as_nothing_and_is_no_gap(
    cast: Cast, clerk: Person, province: dict[str, Unit]
) -> None:
    handed_in(owed(province["d"], cast.now), {}, cast.now, way=Submission.Way.NIL)
    report = actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    assert printed(report)["articles"] == "hơn 30"
    assert "Tổng hợp từ 3/4 xã, phường; thiếu: phường Mẫu C; không phát sinh: xã Mẫu D." in text_of(report)


def test_a_share_without_its_counts_is_not_added_and_is_told(
    cast: Cast, clerk: Person, province: dict[str, Unit]
) -> None:
    handed_in(row_of("xa-a"), {"articles": 10, "on_time_share": Stated(98)}, cast.now)
    report = actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    assert printed(report)["on_time_share"] == "50,51"
    assert any("xã Mẫu A chỉ ghi tỷ lệ" in one["message"] for one in report.missing)


def test_what_the_province_did_itself_is_added(cast: Cast, clerk: Person, province: dict[str, Unit]) -> None:
    record_activity(
        unit=cast.province,
        kind="website",
        happened_on=date(2023, 3, 3),
        title="Tin của tỉnh",
        measures={"articles": 4},
        evidence=[],
        by=clerk,
        at=cast.now,
    )
    report = actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    assert printed(report)["articles"] == "hơn 34"
    assert "trực tiếp thực hiện" in text_of(report)


def test_figures_of_earlier_periods_that_a_report_also_states_are_not_added(
    cast: Cast, province: dict[str, Unit]
) -> None:
    one = Submission.objects.get(obligation__unit="xa-a")
    old = one.figures.get(concept="articles")
    old.pk, old.anchor, old.value = None, "articles_same", 999
    old.window_from, old.window_to = date(2021, 12, 15), date(2022, 6, 14)
    old.save(force_insert=True)
    taken = take(cast.province, PROGRAMME, H1, Window(*WINDOW))
    assert taken.value("articles") == 30


def test_nothing_handed_in_is_refused_with_what_to_do(cast: Cast, clerk: Person) -> None:
    with pytest.raises(actions.CannotConsolidate, match="Không có đơn vị nào"):
        actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    handed_in(owed(commune("xa-e", "Mẫu E"), cast.now), {"articles": 1}, cast.now, state=State.RECEIVED)
    with pytest.raises(actions.CannotConsolidate, match="nào được chấp nhận"):
        actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)


def test_only_those_who_draft_for_the_upper_unit_may(cast: Cast, province: dict[str, Unit]) -> None:
    for person in (cast.reviewer, cast.culture_officer):
        with pytest.raises(NotAllowed):
            actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=person, at=cast.now)


# --- what comes afterwards ----------------------------------------------------------------------------


def test_a_corrected_child_is_told_and_taken_in_by_one_act(cast: Cast, clerk: Person, draft: Report) -> None:
    assert not drift(draft)
    handed_in(row_of("xa-a"), {"articles": 12, "meetings": 3}, cast.now)
    found = drift(draft)
    assert [one.sentence for one in found.moved] == ["Xã Mẫu A: bản nộp lần 2 thay bản lần 1"]
    assert "Tin, bài về cải cách hành chính: 30 → 32" in [one.sentence for one in found.changes]
    draft_report(unit=cast.province, period=H1, by=clerk, at=cast.now)
    draft.refresh_from_db()
    assert printed(draft)["articles"] == "hơn 30"

    actions.take_in(report=draft, by=clerk, at=cast.now)
    draft.refresh_from_db()
    assert printed(draft)["articles"] == "hơn 32"
    assert not drift(draft)


def test_a_unit_that_was_silent_is_told_when_it_speaks(
    cast: Cast, province: dict[str, Unit], draft: Report
) -> None:
    handed_in(owed(province["d"], cast.now), {"articles": 1}, cast.now)
    found = drift(draft)
    assert [one.sentence for one in found.moved] == ["Xã Mẫu D: đã có báo cáo, chưa được tính"]
    assert found.coverage == "Tổng hợp từ 3/4 xã, phường; thiếu: phường Mẫu C."


def test_what_people_wrote_stays_when_later_versions_are_taken_in(
    cast: Cast, clerk: Person, draft: Report
) -> None:
    heading = next(
        one for one in draft_in(draft.manuscript).body if "Tỷ lệ tính lại" in getattr(one.block, "words", "")
    )
    edit_piece(
        report=draft,
        key=heading.key,
        seen=heading.version,
        words="Số liệu đã được rà soát.",
        by=clerk,
        at=cast.now,
    )
    handed_in(row_of("xa-a"), {"articles": 12}, cast.now)
    actions.take_in(report=draft, by=clerk, at=cast.now)
    draft.refresh_from_db()
    assert "Số liệu đã được rà soát." in text_of(draft)
    assert printed(draft)["articles"] == "hơn 32"


def test_an_issued_report_stays_shows_the_drift_and_is_replaced_with_what_counts_now(
    cast: Cast, clerk: Person, draft: Report
) -> None:
    issued = issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    evidence = issued.figures.get(anchor="articles").evidence
    assert [(one["unit"], one["value"]) for one in evidence] == [("xa-a", "10"), ("xa-b", "20")]
    pin = ConsolidatedChild.objects.filter(consolidation__report=issued).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsolidatedChild.objects.filter(pk=pin.pk).update(digest="x")

    handed_in(row_of("xa-a"), {"articles": 12}, cast.now)
    assert drift(issued).changes[0].sentence.endswith(": 30 → 32")
    with pytest.raises(actions.CannotConsolidate, match="đã phát hành"):
        actions.take_in(report=issued, by=clerk, at=cast.now)
    later = correct_report(report=issued, by=clerk, at=cast.now)
    assert printed(later)["articles"] == "hơn 32"
    assert later.consolidation.children.count() == 2


def test_a_report_is_not_issued_without_the_true_sentence_on_what_it_covers(
    cast: Cast, clerk: Person, draft: Report
) -> None:
    piece = next(
        one for one in draft_in(draft.manuscript).body if "Tổng hợp từ" in getattr(one.block, "words", "")
    )
    words = "Tổng hợp từ [[units_sent]]/[[units_due]] xã, phường."
    edit_piece(report=draft, key=piece.key, seen=piece.version, words=words, by=clerk, at=cast.now)
    draft.refresh_from_db()
    with pytest.raises(rules.CannotIssue, match="phải nêu đúng phạm vi"):
        issue_report(report=draft, on=cast.today, by=None, at=cast.now)


# --- proposals and events, decided by hand ----------------------------------------------------------------


def test_groups_of_proposals_are_joined_and_parted_by_hand_and_stay_so(
    cast: Cast, clerk: Person, draft: Report
) -> None:
    groups = groups_of(kept(draft.consolidation))
    assert [one.count for one in groups] == [2, 1]
    actions.join_proposals(report=draft, names=[one.name for one in groups], by=clerk, at=cast.now)
    draft.refresh_from_db()
    [together] = groups_of(kept(draft.consolidation), draft.consolidation)
    assert (together.count, len(together.said)) == (2, 3)

    alone = together.names[0]
    actions.part_proposal(report=draft, name=alone, by=clerk, at=cast.now)
    handed_in(row_of("xa-a"), {"articles": 10}, cast.now, proposals=[MONEY, TRAINING])
    actions.take_in(report=draft, by=clerk, at=cast.now)
    draft.consolidation.refresh_from_db()
    found = groups_of(kept(draft.consolidation), draft.consolidation)
    assert sorted(len(one.names) for one in found) == [1, 2]
    assert (alone,) in [one.names for one in found]


def test_what_looks_like_one_event_may_be_told_apart(cast: Cast, clerk: Person, draft: Report) -> None:
    [event] = kept(draft.consolidation).sum_of("meetings").events()
    assert event.units == ("xa-a", "xa-b")
    for is_apart, meetings in ((True, "8"), (False, "7")):
        actions.tell_apart(report=draft, keys=event.keys, is_apart=is_apart, by=clerk, at=cast.now)
        assert printed(draft)["meetings"] == meetings


# --- units that merge within the period ---------------------------------------------------------------------


def test_a_merger_within_the_period_counts_nothing_twice(cast: Cast, clerk: Person) -> None:
    """xã A and xã B became xã C on 1 April; A handed its days in before, C reports all days of the period."""
    april = date(2023, 4, 1)
    a, b = commune("xa-a", "Mẫu A", ends_on=april), commune("xa-b", "Mẫu B", ends_on=april)
    c = commune("xa-c", "Mẫu C", starts_on=april)
    for old in (a, b):
        UnitSuccession.objects.create(
            predecessor=old, successor=c, takes_effect_on=april, reason="merged", legal_basis="Nghị quyết mẫu"
        )
    released = {"released_on": april, "released_why": "Đã sáp nhập."}
    first = owed(a, cast.now, window=(WINDOW[0], april - timedelta(days=1)), **released)
    owed(b, cast.now, window=(WINDOW[0], april - timedelta(days=1)), **released)
    handed_in(first, {"articles": 4}, cast.now)
    new = owed(c, cast.now, window=(april, WINDOW[1]))
    handed_in(new, {"articles": 6}, cast.now)

    def said() -> tuple[float | int | None, str]:
        taken = take(cast.province, PROGRAMME, H1, Window(*WINDOW))
        return taken.value("articles"), taken.sentence

    # C reports its own days: both count, and B's days are nobody's.
    assert said() == (10, "Tổng hợp từ 2/2 xã; chưa có số liệu đến khi kết thúc hoạt động: xã Mẫu B.")
    # C reports all days of the period: A's report is in it already.
    handed_in(new, {"articles": 11}, cast.now, window=WINDOW)
    assert said() == (11, "Tổng hợp từ 1/1 xã; không cộng riêng: xã Mẫu A (tính trong báo cáo của xã Mẫu C).")
    report = actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    assert printed(report)["articles"] == "11"
    assert kept(report.consolidation).sentence == said()[1]


def test_a_report_of_a_new_units_first_days_counts_however_long_it_is_to_the_cut_off(cast: Cast) -> None:
    born = date(2023, 6, 1)
    new = owed(commune("xa-d", "Mẫu D", starts_on=born), cast.now, window=(born, WINDOW[1]))
    handed_in(new, {"articles": 3}, cast.now, window=(born, born))
    taken = take(cast.province, PROGRAMME, H1, Window(*WINDOW))
    assert taken.value("articles") == 3
    assert taken.windows["xa-d"] == Window(born, born)


# --- what is unusual ----------------------------------------------------------------------------------------


def test_a_figure_far_from_the_units_own_past_is_told_with_the_past(
    cast: Cast, clerk: Person, province: dict[str, Unit]
) -> None:
    for year, count in ((2020, 100), (2021, 110), (2022, 120)):
        window = (date(year - 1, 12, 15), date(year, 6, 14))
        row = owed(province["a"], cast.now, period=Period.parse(f"{year}-H1"), window=window)
        handed_in(row, {"articles": count}, cast.now)
    [one] = outliers(take(cast.province, PROGRAMME, H1, Window(*WINDOW)))
    assert (one.figure.unit, one.figure.concept, one.found.is_high) == ("xa-a", "articles", False)
    report = actions.consolidate(unit=cast.province, programme=PROGRAMME, period=H1, by=clerk, at=cast.now)
    [told] = [one["message"] for one in report.missing if "mức thường" in one["message"]]
    assert told.startswith("Xã Mẫu A, tin, bài về cải cách hành chính: 10, thấp hơn mức thường")
    assert "6 tháng đầu năm 2020: 100; 6 tháng đầu năm 2021: 110" in told


def test_each_act_is_written_down(cast: Cast, draft: Report) -> None:
    entry = AuditEntry.objects.get(action="report.consolidate")
    assert (entry.detail["units"], entry.detail["missing"]) == (2, 2)
