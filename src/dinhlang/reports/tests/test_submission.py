"""Reports handed to the level above: from inside, returned, corrected, accepted, taken back; nil reports."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from dinhlang.org.models import AuditEntry, Position
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports.actions import correct_report, issue_report
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.rules import State as Standing
from dinhlang.reports.models import Obligation, Submission
from dinhlang.reports.submission import actions, packing, queries
from dinhlang.reports.submission.rules import coming, package, states
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.reports.tests.submission_cast import issued, owed
from dinhlang.work import blobs
from dinhlang.work.actions import add_evidence
from dinhlang.work.models import Activity
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def standing(row: Obligation, on: date) -> Standing:
    """How it stands, as the rule says; the database's words must say the same."""
    rows = duties.with_standing(Obligation.objects.filter(pk=row.pk), on)
    state = duties.state_on(rows.get(), on)
    assert [one for one in Standing if duties.in_state(rows, [one], on).exists()] == [state]
    return state


def test_a_report_is_submitted_returned_corrected_and_accepted(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    assert standing(row, cast.today) is Standing.LATE
    with pytest.raises(NotAllowed):
        actions.submit_report(report=report, by=cast.neighbour, at=cast.now)
    first = actions.submit_report(report=report, by=cast.office_clerk, at=cast.now)
    assert (first.number, first.state, first.way) == (1, State.RECEIVED, "inside")
    assert (first.document_on, first.submitted_at, first.received_at) == (cast.today, cast.now, cast.now)
    assert first.recipient == cast.province
    assert standing(row, cast.today) is Standing.DONE_LATE

    articles = first.figures.filter(concept="articles", window_from=report.window_from)[0]
    assert (articles.value, articles.lines, articles.has_evidence) == (2, 2, True)
    assert [one["joint"] for one in articles.evidence] == ["link:bentruc.example.vn/tin/1", None]
    assert [one["value"] for one in articles.evidence] == [1, 1]

    points = [{"anchor": articles.anchor, "quote": "2", "said": "thiếu bài ngày 7/3"}]
    with pytest.raises(NotAllowed):
        actions.return_submission(submission=first, reason="", points=points, by=cast.chair, at=cast.now)
    with pytest.raises(coming.CannotDecide, match="Hãy ghi cần sửa gì"):
        actions.return_submission(submission=first, reason=" ", points=[], by=cast.reviewer, at=cast.now)
    tomorrow = cast.now + timedelta(days=1)
    actions.return_submission(submission=first, reason="", points=points, by=cast.reviewer, at=tomorrow)
    assert standing(row, tomorrow.date()) is Standing.RETURNED
    assert standing(row, cast.today) is Standing.DONE_LATE
    assert [one.what for one in queries.to_send(cast.commune, tomorrow.date())] == ["mend"]

    draft = correct_report(report=report, by=cast.culture_officer, at=tomorrow)
    corrected = issue_report(report=draft, on=tomorrow.date(), by=None, at=tomorrow)
    with pytest.raises(coming.CannotSubmit, match="đã được thay thế"):
        actions.submit_report(report=report, by=cast.office_clerk, at=tomorrow)
    second = actions.submit_report(report=corrected, by=cast.office_clerk, at=tomorrow)
    first.refresh_from_db()
    assert (second.number, first.state) == (2, State.REPLACED)
    # The first day holds: how long the level above took makes nobody late.
    assert (
        duties.with_standing(Obligation.objects.filter(pk=row.pk), tomorrow.date()).get().done_on
        == cast.today
    )

    actions.accept_submission(submission=second, by=cast.reviewer, at=tomorrow)
    with pytest.raises(states.WrongState, match="được chấp nhận"):
        actions.take_back(submission=second, by=cast.office_clerk, at=tomorrow)
    assert [(one.deed, one.after) for one in first.steps.all()] == [
        (Deed.SUBMIT, State.RECEIVED),
        (Deed.RECEIVE, State.RECEIVED),
        (Deed.RETURN, State.RETURNED),
        (Deed.REPLACE, State.REPLACED),
    ]
    told = AuditEntry.objects.filter(action__startswith="submission.").order_by("pk")
    assert [one.action for one in told] == [
        "submission.submit",
        "submission.return",
        "submission.submit",
        "submission.accept",
    ]


def test_the_same_report_again_is_the_same_submission_with_the_same_receipt(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    first = actions.submit_report(report=report, by=cast.office_clerk, at=cast.now)
    again = actions.submit_report(report=report, by=cast.office_clerk, at=cast.now + timedelta(hours=1))
    assert first == again
    assert row.submissions.count() == 1
    told = queries.receipt_of(first)
    assert (told["number"], told["digest"]) == ("01/TN-2023", package.digest_of(blobs.read(first.package)))
    assert queries.by_digest(told["digest"].upper()) == first


def test_a_package_says_the_same_whatever_is_added_to_the_evidence_later(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    before = packing.pack(row, report)
    line = Activity.objects.get(title__endswith=" 6")
    add_evidence(
        activity=line, evidence=LinkEvidence("https://bentruc.example.vn/2"), by=None,
        at=cast.now + timedelta(days=1),
    )  # fmt: skip
    assert packing.pack(row, report) == before


def test_what_nobody_decided_about_is_taken_back_and_may_be_handed_in_again(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    first = actions.submit_report(report=report, by=cast.office_clerk, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.take_back(submission=first, by=cast.neighbour, at=cast.now)
    actions.take_back(submission=first, by=cast.office_clerk, at=cast.now)
    assert standing(row, cast.today) is Standing.LATE
    assert [one.what for one in queries.to_send(cast.commune, cast.today)] == ["submit"]
    with pytest.raises(states.WrongState, match="đã rút"):
        actions.accept_submission(submission=first, by=cast.reviewer, at=cast.now)
    second = actions.submit_report(report=report, by=cast.office_clerk, at=cast.now)
    assert (second.number, second.receipt_number) == (2, 2)


def test_a_nil_report_has_a_reason_and_meets_the_obligation(cast: Cast) -> None:
    row = owed(cast)
    with pytest.raises(coming.CannotSubmit, match="lý do"):
        actions.submit_nil(obligation=row, reason="  ", by=cast.office_clerk, at=cast.now)
    made = actions.submit_nil(
        obligation=row, reason="Không có việc nào trong kỳ", by=cast.office_clerk, at=cast.now
    )
    assert (made.way, made.reason, made.figures.count()) == ("nil", "Không có việc nào trong kỳ", 0)
    assert package.read(blobs.read(made.package)).manifest.is_nil
    assert standing(row, cast.today) is Standing.DONE_LATE


def test_nothing_to_report_is_not_said_before_the_period_ends_or_against_the_ledger(cast: Cast) -> None:
    row = owed(cast)
    assert row.window_to is not None
    before = cast.now - (cast.today - row.window_to)
    with pytest.raises(coming.CannotSubmit, match="tính số liệu đến hết 14/6/2023"):
        actions.submit_nil(obligation=row, reason="Không có", by=cast.office_clerk, at=before)
    issued(cast)
    with pytest.raises(coming.CannotSubmit, match=r"Sổ của đơn vị có số liệu trong kỳ .*: 2; "):
        actions.submit_nil(obligation=row, reason="Không có", by=cast.office_clerk, at=cast.now)
    assert not row.submissions.exists()


def test_nothing_is_handed_in_where_nobody_receives_or_the_unit_has_ceased(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    cast.commune.ends_on = cast.today
    cast.commune.save()
    with pytest.raises(coming.CannotSubmit, match="đã kết thúc hoạt động từ ngày 20/7/2023"):
        actions.submit_report(report=report, by=None, at=cast.now)
    cast.commune.ends_on = None
    cast.commune.save()
    Position.objects.filter(role="reviewer").delete()
    with pytest.raises(coming.NobodyReceives, match="không có ai nhận"):
        actions.submit_report(report=report, by=cast.office_clerk, at=cast.now)
    assert not row.submissions.exists()


def test_what_came_never_changes(cast: Cast) -> None:
    owed(cast)
    made = actions.submit_report(report=issued(cast), by=cast.office_clerk, at=cast.now)
    for rows, change in (
        (made.figures.all(), {"value": 38}),
        (made.steps.all(), {"reason": "khác"}),
        (Submission.objects.filter(pk=made.pk), {"digest": "0" * 64}),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(**change)


def test_the_printed_table_of_moves_is_the_one_in_the_manual() -> None:
    manual = (Path(__file__).parents[4] / "docs" / "submission.md").read_text("utf-8")
    for (state, deed), after in states.NEXT.items():
        before = State(state).label if state else "chưa nộp"
        assert f"| {before} | {Deed(deed).label} | {after.label} |" in manual
