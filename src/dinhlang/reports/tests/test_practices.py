"""A notable activity from its mark to the report: who decides, what is refused with a reason, what can be undone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Unfit
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports.actions import draft_report
from dinhlang.reports.models import Practice
from dinhlang.reports.practices import actions, queries, rules
from dinhlang.reports.practices.actions import Words
from dinhlang.reports.practices.rules import CannotMark, Decider, State
from dinhlang.work import actions as work
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

YEAR = Window(date(2023, 1, 1), date(2023, 12, 31))
WORDS = Words("model", "Tổ hướng dẫn lưu động", "Người già được giúp tại nhà", "96 hồ sơ nộp trực tuyến")


def line(cast: Cast) -> Activity:
    return work.record_activity(
        unit=cast.commune,
        kind="guidance",
        happened_on=date(2023, 3, 8),
        title="Hướng dẫn tại nhà",
        measures={"guidance": 12},
        by=cast.culture_officer,
        at=cast.now,
    )


def marked(cast: Cast, words: Words = WORDS) -> Practice:
    return actions.mark(activity=line(cast), words=words, by=cast.culture_officer, at=cast.now)


def proposed(cast: Cast, decider: str = Decider.LEADER) -> Practice:
    one = marked(cast)
    actions.propose(practice=one, decider=decider, by=cast.culture_officer, at=cast.now)
    return one


def state(one: Practice) -> str:
    one.refresh_from_db()
    return one.state


def test_a_mark_says_why_and_a_line_has_one_of_a_kind(cast: Cast) -> None:
    one = marked(cast)
    assert (one.unit, one.happened_on, one.state) == (cast.commune, date(2023, 3, 8), State.MARKED)
    with pytest.raises(CannotMark, match="đã được đánh dấu"):
        actions.mark(activity=one.activity, words=WORDS, by=cast.office_clerk, at=cast.now)
    with pytest.raises(Unfit, match="vì sao"):
        actions.mark(
            activity=line(cast), words=Words("model", "Tên", ""), by=cast.culture_officer, at=cast.now
        )
    for person in (cast.hamlet_head, cast.neighbour, cast.chair, cast.reviewer):
        with pytest.raises(NotAllowed):
            actions.mark(activity=one.activity, words=WORDS, by=person, at=cast.now)
    actions.drop(practice=one, by=cast.culture_officer, at=cast.now)
    assert actions.mark(activity=one.activity, words=WORDS, by=cast.culture_officer, at=cast.now).pk != one.pk


def test_whoever_was_asked_decides_and_nobody_else(cast: Cast) -> None:
    own, above = proposed(cast), proposed(cast, Decider.ABOVE)
    given = {"decision": "", "on": cast.today, "at": cast.now}
    for person, one in ((cast.reviewer, own), (cast.chair, above), (cast.culture_officer, own)):
        with pytest.raises(NotAllowed):
            actions.recognise(practice=one, by=person, **given)
    actions.recognise(practice=own, by=cast.chair, **given)
    actions.recognise(practice=above, by=cast.reviewer, **{**given, "decision": "45/QĐ-UBND"})
    assert state(own) == state(above) == State.RECOGNISED
    with pytest.raises(rules.WrongMove):
        actions.recognise(practice=own, by=cast.chair, **given)


def test_a_refusal_has_a_reason_and_every_decision_can_be_undone(cast: Cast) -> None:
    one = proposed(cast)
    by = {"by": cast.chair, "at": cast.now}
    with pytest.raises(Unfit, match="lý do"):
        actions.refuse(practice=one, note="", **by)
    actions.refuse(practice=one, note="Chưa có kết quả rõ", **by)
    assert state(one) == State.REFUSED
    actions.undo(practice=one, note="Đã bổ sung kết quả", **by)
    actions.recognise(practice=one, decision="", on=cast.today, **by)
    actions.publish(practice=one, **by)
    actions.withdraw(practice=one, note="Sửa lại tên", **by)
    assert state(one) == State.RECOGNISED
    deeds = list(one.steps.values_list("deed", flat=True))
    assert deeds == ["mark", "propose", "refuse", "undo", "recognise", "publish", "withdraw"]


def test_the_report_of_the_window_lists_what_was_recognised_and_nothing_else(cast: Cast) -> None:
    one = proposed(cast)
    assert queries.recognised_in(cast.commune, YEAR) == []
    actions.recognise(practice=one, decision="", on=cast.today, by=cast.chair, at=cast.now)
    assert queries.recognised_in(cast.commune, YEAR) == [one]
    assert queries.recognised_in(cast.commune, Window(date(2022, 1, 1), date(2022, 12, 31))) == []
    report = draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )
    assert "Tổ hướng dẫn lưu động: Người già được giúp tại nhà" in str(report.document)
    work.reverse_activity(activity=one.activity, reason="Ghi nhầm ngày", by=cast.culture_officer, at=cast.now)
    assert queries.recognised_in(cast.commune, YEAR) == []


def test_what_is_proposed_is_not_edited(cast: Cast) -> None:
    one = marked(cast)
    actions.edit(
        practice=one, words=Words("model", "Tên mới", "Vì sao mới"), by=cast.office_clerk, at=cast.now
    )
    one.refresh_from_db()
    assert one.title == "Tên mới"
    actions.propose(practice=one, decider=Decider.LEADER, by=cast.office_clerk, at=cast.now)
    with pytest.raises(rules.WrongMove):
        actions.edit(practice=one, words=WORDS, by=cast.office_clerk, at=cast.now)
    actions.take_back(practice=one, by=cast.office_clerk, at=cast.now)
    assert state(one) == State.MARKED


def test_a_line_leads_to_its_mark_and_to_marking_it(cast: Cast, client: Client) -> None:
    activity = line(cast)
    client.force_login(cast.culture_officer)
    page = f"/ban-lam-viec/so-theo-doi/{activity.pk}/"
    marking = f"/ban-lam-viec/bao-cao/mo-hinh/danh-dau/{activity.pk}/"
    assert marking in client.get(page).content.decode()
    made = actions.mark(activity=activity, words=WORDS, by=cast.culture_officer, at=cast.now)
    shown = client.get(page).content.decode()
    assert f"/ban-lam-viec/bao-cao/mo-hinh/{made.pk}/" in shown
    assert marking not in shown
    actions.drop(practice=made, by=cast.culture_officer, at=cast.now)
    assert marking in client.get(page).content.decode()
    work.reverse_activity(activity=activity, reason="Ghi nhầm", by=cast.culture_officer, at=cast.now)
    assert marking not in client.get(page).content.decode()
