"""A report goes from its drafter to the head of section and to the approver; each step is about exact words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from dinhlang.officialdoc.model import Signature, SignatureMode
from dinhlang.org import actions as org
from dinhlang.org.actions.decision_links import HeldElsewhere, LinkSpent, hold
from dinhlang.org.models import AuditEntry, Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Role
from dinhlang.org.rules.signing import Mandate
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports import queries as known
from dinhlang.reports import render, rules
from dinhlang.reports.approval import actions, queries
from dinhlang.reports.approval.actions.sending import Point
from dinhlang.reports.approval.rules.stages import (
    NEXT,
    Deed,
    NobodyThere,
    NoReason,
    OwnDraft,
    Stage,
    Stale,
    WrongStage,
    check_move,
)
from dinhlang.reports.models import ApprovalStep, Presented, RegisterEntry, Report
from dinhlang.work import actions as work

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def draft(cast: Cast) -> Report:
    """The first half of 2023 with one article behind it, drawn up by the culture officer."""
    work.record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=cast.today - timedelta(days=60),
        title="Tin cải cách hành chính",
        measures={"articles": 7},
        by=cast.culture_officer,
        at=cast.now,
    )
    return reports.draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )


def seen(report: Report) -> str:
    return queries.digest_now(report)


def sent(cast: Cast, report: Report) -> Report:
    actions.send(report=report, by=cast.culture_officer, at=cast.now)
    return report


def passed(cast: Cast, report: Report) -> Report:
    actions.pass_on(report=sent(cast, report), seen=seen(report), by=cast.office_clerk, at=cast.now)
    return report


def approved(cast: Cast, report: Report, **given: Any) -> Report:
    return actions.approve(
        report=report, seen=seen(report), on=cast.today, by=given.pop("by", cast.chair), at=cast.now, **given
    )


def stage(report: Report) -> Stage:
    return queries.stage_of(queries.approval_of(report))


def deeds(report: Report) -> list[str]:
    return [step.deed for step in report.steps.order_by("number")]


def edit(cast: Cast, report: Report, words: str) -> None:
    """The culture officer writes other words in the last paragraph of the text."""
    manuscript = known.manuscript_of(report)
    assert manuscript is not None
    piece = next(one for one in known.draft_in(manuscript).body if one.closing)
    reports.edit_piece(
        report=report, key=piece.key, words=words, seen=piece.version, by=cast.culture_officer, at=cast.now
    )


def deputy(cast: Cast, title: str = "Phó Chủ tịch Ủy ban nhân dân xã", role: Role = Role.APPROVER) -> Person:
    person = org.register_person(
        username="pho", full_name="Lý Thị Phó Mẫu", passphrase=cast.passphrase, by=None, at=cast.now
    )
    org.appoint(
        person=person, unit=cast.commune, role=role, title=title, starts_on=None, by=None, at=cast.now
    )
    return person


# --- the way ------------------------------------------------------------------------------------------


def test_every_step_is_a_row_and_the_last_one_issues(cast: Cast, draft: Report) -> None:
    issued = approved(cast, passed(cast, draft))
    assert (issued.status, issued.number, issued.issued_by) == ("issued", 1, cast.chair)
    assert deeds(draft) == ["send", "pass", "approve"]
    steps = list(draft.steps.order_by("number"))
    assert [step.by for step in steps] == [cast.culture_officer, cast.office_clerk, cast.chair]
    assert {step.presented for step in steps} == {Presented.objects.get()}
    audited = AuditEntry.objects.filter(action__startswith="report.").order_by("pk")
    assert [one.action for one in audited][-4:] == [
        "report.send",
        "report.pass",
        "report.approve",
        "report.issue",
    ]


def test_steps_and_presented_words_are_never_changed(cast: Cast, draft: Report) -> None:
    sent(cast, draft)
    for change in (
        lambda: ApprovalStep.objects.update(reason="khác"),
        lambda: ApprovalStep.objects.all().delete(),
        lambda: Presented.objects.update(digest="0" * 64),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_small_commune_has_two_steps(cast: Cast, draft: Report) -> None:
    actions.set_path(unit=cast.commune, has_head=False, by=cast.chair, at=cast.now)
    sent(cast, draft)
    assert stage(draft) is Stage.APPROVER
    assert approved(cast, draft).number == 1


def test_a_head_that_is_named_is_the_only_one(cast: Cast, draft: Report) -> None:
    actions.set_path(unit=cast.commune, has_head=True, head=cast.one_stop_clerk, by=cast.chair, at=cast.now)
    sent(cast, draft)
    with pytest.raises(NotAllowed, match=r"Phạm Văn Thí Dụ"):
        actions.pass_on(report=draft, seen=seen(draft), by=cast.office_clerk, at=cast.now)
    actions.pass_on(report=draft, seen=seen(draft), by=cast.one_stop_clerk, at=cast.now)
    assert stage(draft) is Stage.APPROVER


def test_nothing_is_sent_to_nobody(cast: Cast, draft: Report) -> None:
    cast.office_clerk.positions.update(starts_on="2020-01-01", ends_on=cast.today)
    with pytest.raises(NobodyThere, match="chưa có người phụ trách"):
        sent(cast, draft)
    actions.set_path(unit=cast.commune, has_head=False, by=cast.chair, at=cast.now)
    cast.chair.positions.update(starts_on="2020-01-01", ends_on=cast.today)
    with pytest.raises(NobodyThere, match="đủ thẩm quyền ký"):
        sent(cast, draft)


def test_nobody_decides_about_a_draft_of_their_own(cast: Cast, draft: Report) -> None:
    actions.set_path(unit=cast.commune, has_head=False, by=cast.chair, at=cast.now)
    deputy(cast)
    actions.send(report=draft, by=cast.chair, at=cast.now)
    with pytest.raises(OwnDraft):
        approved(cast, draft)


def test_a_head_of_section_who_drafts_presents_it_at_once(cast: Cast, draft: Report) -> None:
    actions.send(report=draft, by=cast.office_clerk, at=cast.now)
    assert stage(draft) is Stage.APPROVER
    assert approved(cast, draft).number == 1


def test_nothing_is_sent_that_only_its_drafter_could_approve(cast: Cast, draft: Report) -> None:
    actions.set_path(unit=cast.commune, has_head=False, by=cast.chair, at=cast.now)
    with pytest.raises(NobodyThere, match="ngoài người soạn"):
        actions.send(report=draft, by=cast.chair, at=cast.now)


def test_one_may_approve_a_draft_of_ones_own_where_the_unit_says_why(cast: Cast, draft: Report) -> None:
    actions.set_path(
        unit=cast.commune,
        has_head=False,
        own_reason="Xã chỉ có một lãnh đạo trong thời gian kiện toàn",
        by=cast.chair,
        at=cast.now,
    )
    actions.send(report=draft, by=cast.chair, at=cast.now)
    assert approved(cast, draft).number == 1


def test_only_whom_a_step_waits_for_takes_it(cast: Cast, draft: Report) -> None:
    with pytest.raises(NotAllowed):
        actions.send(report=draft, by=cast.radio_operator, at=cast.now)
    sent(cast, draft)
    for person in (cast.culture_officer, cast.neighbour, cast.reviewer):
        with pytest.raises(NotAllowed):
            actions.pass_on(report=draft, seen=seen(draft), by=person, at=cast.now)
    with pytest.raises(WrongStage, match="đang chờ người phụ trách"):
        approved(cast, draft)
    actions.pass_on(report=draft, seen=seen(draft), by=cast.office_clerk, at=cast.now)
    with pytest.raises(NotAllowed):
        approved(cast, draft, by=cast.office_clerk)
    assert stage(draft) is Stage.APPROVER


def test_a_person_issues_by_approving_alone(cast: Cast, draft: Report) -> None:
    with pytest.raises(NotAllowed, match="Trình duyệt"):
        reports.issue_report(report=draft, on=cast.today, by=cast.chair, at=cast.now)


def test_every_move_of_the_table_is_allowed_and_no_other() -> None:
    for where in Stage:
        for deed in Deed:
            if (where, deed) in NEXT:
                check_move(where, deed)
            else:
                with pytest.raises(WrongStage):
                    check_move(where, deed)


# --- returning ----------------------------------------------------------------------------------------


def test_a_return_names_the_paragraph_and_the_figure(cast: Cast, draft: Report) -> None:
    sent(cast, draft)
    content = queries.content_now(draft)
    piece = content["pieces"][0]
    figure = next(one["printed"] for one in content["figures"] if one["anchor"] == "articles")
    step = actions.return_report(
        report=draft,
        reason="Xem lại hai chỗ",
        points=[
            Point("Câu này thiếu số kế hoạch", key=piece["key"]),
            Point("Đối chiếu lại", anchor="articles"),
        ],
        seen=seen(draft),
        by=cast.office_clerk,
        at=cast.now,
    )
    assert [(one["quote"], one["said"]) for one in step.points] == [
        (piece["text"][:300], "Câu này thiếu số kế hoạch"),
        (figure, "Đối chiếu lại"),
    ]
    assert stage(draft) is Stage.WRITING
    assert [one.what for one in queries.waiting_for(cast.culture_officer, cast.commune, cast.today)] == [
        "mend"
    ]


def test_a_return_without_a_word_is_refused(cast: Cast, draft: Report) -> None:
    sent(cast, draft)
    with pytest.raises(NoReason):
        actions.return_report(report=draft, reason=" ", seen=seen(draft), by=cast.office_clerk, at=cast.now)
    with pytest.raises(Stale):
        actions.return_report(
            report=draft,
            reason="",
            points=[Point("Sửa", key="khong-co")],
            seen=seen(draft),
            by=cast.office_clerk,
            at=cast.now,
        )


def test_whoever_sent_a_report_takes_it_back(cast: Cast, draft: Report) -> None:
    sent(cast, draft)
    with pytest.raises(NotAllowed, match="Trần Văn Ví Dụ"):
        actions.take_back(report=draft, by=cast.office_clerk, at=cast.now)
    actions.take_back(report=draft, by=cast.culture_officer, at=cast.now)
    assert stage(draft) is Stage.WRITING


# --- words that change --------------------------------------------------------------------------------


def test_an_edit_after_the_head_passed_it_re_opens_it_and_shows_what_was_touched(
    cast: Cast, draft: Report
) -> None:
    passed(cast, draft)
    before = queries.content_now(draft)["pieces"][-1]["text"]
    edit(cast, draft, "Trên đây là báo cáo của xã, kính báo cáo Sở Nội vụ./.")
    assert stage(draft) is Stage.WRITING
    assert deeds(draft)[-1] == "reopen"
    with pytest.raises(WrongStage):
        approved(cast, draft)
    passed(cast, draft)
    touched = queries.touched_for(draft, Stage.APPROVER, seen(draft))
    assert touched is not None
    assert [(one.kind, one.old, one.new) for one in touched] == [
        ("piece", before, "Trên đây là báo cáo của xã, kính báo cáo Sở Nội vụ./.")
    ]
    assert approved(cast, draft).number == 1


def test_a_line_of_the_ledger_after_sending_shows_as_a_figure_touched(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    work.record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=cast.today - timedelta(days=50),
        title="Tin ghi muộn",
        measures={"articles": 2},
        by=cast.culture_officer,
        at=cast.now,
    )
    with pytest.raises(rules.CannotIssue, match="Sổ theo dõi đã thay đổi"):
        approved(cast, draft)
    reports.draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )
    assert stage(draft) is Stage.WRITING
    passed(cast, draft)
    touched = queries.touched_for(draft, Stage.APPROVER, seen(draft)) or []
    figures = {(one.name, one.old, one.new) for one in touched if one.kind == "figure"}
    assert any(name == "articles" and (int(old), int(new)) == (7, 9) for name, old, new in figures)


def test_a_saved_page_without_a_change_re_opens_nothing(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    edit(cast, draft, queries.content_now(draft)["pieces"][-1]["text"])
    assert stage(draft) is Stage.APPROVER


def test_a_page_that_was_opened_before_decides_nothing(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    old = seen(draft)
    edit(cast, draft, "Trên đây là báo cáo đã sửa của xã./.")
    passed(cast, draft)
    with pytest.raises(Stale, match="đã thay đổi"):
        actions.approve(report=draft, seen=old, on=cast.today, by=cast.chair, at=cast.now)
    assert not RegisterEntry.objects.exists()


def test_clocks_that_differ_do_not_turn_the_steps_around(cast: Cast, draft: Report) -> None:
    actions.send(report=draft, by=cast.culture_officer, at=cast.now)
    earlier = cast.now - timedelta(hours=3)
    actions.pass_on(report=draft, seen=seen(draft), by=cast.office_clerk, at=earlier)
    assert deeds(draft) == ["send", "pass"]
    assert stage(draft) is Stage.APPROVER
    approved(cast, draft)
    assert [step.deed for step in queries.steps_of(draft)] == ["approve", "pass", "send"]


def test_what_could_not_be_issued_is_not_sent(cast: Cast, draft: Report) -> None:
    edit(
        cast,
        draft,
        "Báo cáo này ban hành theo Luật Tổ chức chính quyền địa phương ngày 30 tháng 2 năm 2023./.",
    )
    with pytest.raises(rules.CannotIssue, match="điều phải sửa"):
        sent(cast, draft)


# --- who signs ----------------------------------------------------------------------------------------


def test_a_deputy_signs_for_the_chair(cast: Cast, draft: Report) -> None:
    issued = approved(cast, passed(cast, draft), by=deputy(cast))
    assert render.document_of(issued).signature == Signature(
        SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Lý Thị Phó Mẫu"
    )


def test_somebody_told_so_signs_by_authority_within_its_days(cast: Cast, draft: Report) -> None:
    org.give_mandate(
        unit=cast.commune,
        person=cast.office_clerk,
        kind=Mandate.BY_AUTHORITY,
        title="Chánh Văn phòng",
        legal_basis="Văn bản ủy quyền số 05/UQ-UBND",
        starts_on=cast.today,
        ends_on=cast.today + timedelta(days=10),
        by=cast.chair,
        at=cast.now,
    )
    actions.set_path(unit=cast.commune, has_head=False, by=cast.chair, at=cast.now)
    issued = approved(cast, sent(cast, draft), by=cast.office_clerk)
    assert render.document_of(issued).signature == Signature(
        SignatureMode.BY_AUTHORITY, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Lê Thị Minh Họa"
    )


def test_a_mandate_that_ended_signs_nothing(cast: Cast, draft: Report) -> None:
    mandate = org.give_mandate(
        unit=cast.commune,
        person=cast.office_clerk,
        kind=Mandate.BY_ORDER,
        title="Chánh Văn phòng",
        legal_basis="Quy chế làm việc số 12/QC-UBND",
        starts_on=cast.today - timedelta(days=30),
        ends_on=None,
        by=cast.chair,
        at=cast.now,
    )
    passed(cast, draft)
    org.end_mandate(mandate=mandate, by=cast.chair, at=cast.now)
    with pytest.raises(NotAllowed):
        approved(cast, draft, by=cast.office_clerk)


# --- links --------------------------------------------------------------------------------------------


def decide(cast: Cast, link: Any, **given: Any) -> Report:
    return actions.approve_by_link(
        link=link,
        on=given.pop("on", cast.today),
        note="",
        passphrase="",
        is_unsigned=False,
        signed_in=given.pop("signed_in", None),
        at=given.pop("at", cast.now),
    )


def test_a_link_approves_once_and_the_trace_names_who_made_it(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    link, token = actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    assert token not in link.token_hash
    assert decide(cast, link).number == 1
    step = queries.steps_of(draft)[0]
    assert step.link is not None
    assert (step.by, step.link.made_by) == (cast.chair, cast.office_clerk)
    with pytest.raises(rules.CannotIssue, match="đã phát hành với số 01"):
        decide(cast, link)


def test_a_link_is_worth_nothing_late_in_another_hand_or_about_other_words(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    link, _token = actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    with pytest.raises(LinkSpent):
        decide(cast, link, at=cast.now + timedelta(days=3))
    with pytest.raises(NotAllowed, match="dành cho"):
        decide(cast, link, signed_in=cast.office_clerk)
    edit(cast, draft, "Trên đây là báo cáo đã sửa của xã./.")
    passed(cast, draft)
    with pytest.raises(LinkSpent):
        decide(cast, link)
    assert not RegisterEntry.objects.exists()


def test_a_link_that_was_passed_on_decides_nothing_in_a_second_hand(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    link, _token = actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    hold(link=link, device="may-cua-chu-tich")
    hold(link=link, device="may-cua-chu-tich")
    with pytest.raises(HeldElsewhere, match="máy khác"):
        hold(link=link, device="may-nguoi-khac")


def test_what_a_link_is_refused_leaves_it_open(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    link, _token = actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    with pytest.raises(rules.CannotIssue, match="chưa tới"):
        decide(cast, link, on=cast.today + timedelta(days=1))
    link.refresh_from_db()
    assert link.used_at is None
    assert decide(cast, link).number == 1


def test_a_link_returns_with_a_reason(cast: Cast, draft: Report) -> None:
    passed(cast, draft)
    link, _token = actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    actions.return_by_link(link=link, reason="Thiếu số liệu", points=[], signed_in=None, at=cast.now)
    assert stage(draft) is Stage.WRITING
    assert queries.steps_of(draft)[0].reason == "Thiếu số liệu"


def test_only_an_approver_gets_a_link_and_only_for_what_waits(cast: Cast, draft: Report) -> None:
    with pytest.raises(Refused, match="chưa đến bước duyệt"):
        actions.make_link(report=draft, approver=cast.chair, by=cast.office_clerk, at=cast.now)
    passed(cast, draft)
    with pytest.raises(Refused, match="không có quyền duyệt"):
        actions.make_link(report=draft, approver=cast.radio_operator, by=cast.office_clerk, at=cast.now)


# --- numbers ------------------------------------------------------------------------------------------


def test_numbers_count_for_each_kind_and_year_by_itself(cast: Cast, draft: Report) -> None:
    RegisterEntry.objects.create(
        unit=cast.commune,
        year=2023,
        kind="KH",
        number=8,
        symbol="KH-UBND",
        issued_on=cast.today,
        subject="Kế hoạch",
        entered_at=cast.now,
    )
    assert approved(cast, passed(cast, draft)).number == 1
    assert known.next_number(cast.commune, 2023, "KH") == 9
    assert known.next_number(cast.commune, 2024, "BC") == 1


def test_the_first_page_tells_each_what_waits_for_them(cast: Cast, draft: Report) -> None:
    def waits(person: Person) -> list[str]:
        return [one.what for one in queries.waiting_for(person, cast.commune, cast.today)]

    assert waits(cast.office_clerk) == []
    sent(cast, draft)
    assert (waits(cast.office_clerk), waits(cast.chair), waits(cast.culture_officer)) == (["pass"], [], [])
    actions.pass_on(report=draft, seen=seen(draft), by=cast.office_clerk, at=cast.now)
    assert (waits(cast.office_clerk), waits(cast.chair)) == ([], ["approve"])
    approved(cast, draft)
    assert waits(cast.chair) == []
