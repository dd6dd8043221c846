"""Who owes what report, and when: opening, standing, extensions, what was sent, units that cease."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.cli.duty import duty
from dinhlang.org import queries as org
from dinhlang.org.models import AuditEntry, Position, Unit, UnitPlacement, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Role
from dinhlang.periods import calendar
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties import actions, queries, rules
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.duties.catalogue import BadCatalogue, catalogue_from, ladder, shipped
from dinhlang.reports.duties.rules import Facts, State, state_of
from dinhlang.reports.models import Exemption, Nudge, Obligation, Programme, Regime
from dinhlang.reports.submission.actions import submit_report

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

H1 = Period.parse("2023-H1")
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def programme(name: str = "cchc-tuyen-truyen") -> Programme:
    import_shipped(at=at(date(2023, 1, 3)))
    return Programme.objects.get(pk=name)


def opened(cast: Cast, period: Period = H1, name: str = "cchc-tuyen-truyen") -> Obligation:
    """The obligation of the commune for a period."""
    actions.open_period(programme=programme(name), period=period, at=cast.now)
    return Obligation.objects.get(unit=cast.commune, programme=name, period=str(period))


def standing(row: Obligation, on: date) -> State:
    return queries.state_on(queries.with_standing(Obligation.objects.filter(pk=row.pk), on).get(), on)


# --- opening ----------------------------------------------------------------------------------------


def test_opening_a_period_makes_one_obligation_for_each_unit_then_responsible(cast: Cast) -> None:
    first = actions.open_period(programme=programme(), period=H1, at=cast.now)
    again = actions.open_period(programme=programme(), period=H1, at=cast.now + timedelta(days=1))

    assert (first.new, first.known) == (2, 0)
    assert (again.new, again.known) == (0, 2)
    assert set(Obligation.objects.values_list("unit_id", flat=True)) == {"ben-truc", "ben-dua"}
    assert AuditEntry.objects.filter(action="duty.open").count() == 1


def test_an_obligation_keeps_window_deadline_recipient_and_the_reasons(cast: Cast) -> None:
    row = opened(cast)

    assert (row.window_from, row.window_to) == (date(2022, 12, 15), date(2023, 6, 14))
    assert row.due_on == date(2023, 6, 16)
    assert (row.recipient_id, row.recipient_name) == ("tinh-mau-so-noi-vu", "Sở Nội vụ tỉnh Mẫu")
    assert row.subject == "Báo cáo kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023"
    regime, window, due, to = row.why
    assert "Nghị định 09/2019/NĐ-CP, Điều 12" in regime
    assert "từ 15/12/2022 đến hết 14/6/2023" in window
    assert "02 ngày làm việc sau ngày chốt số liệu 14/6/2023" in due
    assert "Sở Nội vụ tỉnh Mẫu" in to


def test_days_off_on_the_way_to_a_deadline_are_named(cast: Cast) -> None:
    import_shipped(at=cast.now)
    row = opened(cast, Period.parse("2023-Q3"), "kstthc-06")
    assert row.due_on == date(2023, 9, 18)
    assert any("16/9/2023 (Thứ Bảy)" in one and "17/9/2023 (Chủ nhật)" in one for one in row.why)


def test_a_rehearsal_says_who_would_owe_and_stores_nothing(cast: Cast) -> None:
    done = actions.open_period(programme=programme(), period=H1, at=cast.now, is_rehearsed=True)

    assert {one.unit.pk for one in done.owed} == {"ben-truc", "ben-dua"}
    assert not Obligation.objects.exists()


def test_the_clock_opens_what_has_begun_and_nobody_is_late_before_they_came(cast: Cast) -> None:
    july = at(date(2023, 7, 20))
    made = actions.open_due(at=july)

    assert made == Obligation.objects.count() > 0
    assert not Obligation.objects.filter(due_on__lt=date(2023, 7, 20)).exists()
    ours = Obligation.objects.filter(unit="ben-truc")
    assert set(ours.filter(programme="cchc-tuyen-truyen").values_list("period", flat=True)) == {
        "2023-9M",
        "2023",
    }
    assert set(ours.filter(programme="kstthc-06").values_list("period", flat=True)) == {"2023-Q3", "2023"}
    assert actions.open_due(at=july + timedelta(hours=1)) == 0


def test_what_fell_due_while_the_worker_stood_still_is_opened_for_whoever_was_followed(cast: Cast) -> None:
    actions.open_due(at=at(date(2023, 1, 10)))
    actions.open_due(at=at(date(2023, 9, 1)))
    assert Obligation.objects.filter(unit="ben-truc", programme="kstthc-06", period="2023-Q2").exists()


def test_units_that_nobody_works_in_or_watches_owe_nothing_here(cast: Cast) -> None:
    Unit.objects.create(pk="xa-xa", level=Unit.Level.COMMUNE)
    assert org.looked_after(cast.today) == {"ben-truc", "ben-dua"}
    actions.open_due(at=cast.now)
    assert not Obligation.objects.filter(unit="xa-xa").exists()


@pytest.mark.parametrize(
    ("unit", "period", "to", "name"),
    [
        ("quyet-thang-hai-duong", "2025-H1", "thanh-pho-hai-duong", "Phòng Nội vụ thành phố Hải Dương"),
        ("ai-quoc-10660", "2025-9M", "hai-phong-so-noi-vu", "Sở Nội vụ thành phố Hải Phòng"),
        ("tran-phu-10633", "2025", "hai-phong-so-noi-vu", "Sở Nội vụ thành phố Hải Phòng"),
    ],
)
def test_reports_go_through_the_district_until_july_2025_and_straight_to_the_province_after(
    places: None, unit: str, period: str, to: str, name: str
) -> None:
    which = "cchc-tuyen-truyen" if period == "2025-9M" else "cchc"
    found = programme(which)
    actions.open_period(programme=found, period=Period.parse(period), at=at(date(2025, 12, 1)), units=[unit])
    row = Obligation.objects.get(unit=unit, period=period)
    assert (row.recipient_id, row.recipient_name) == (to, name)
    assert any(name in one for one in row.why)


def test_a_commune_born_in_july_2025_counts_from_its_first_day_and_its_predecessor_owes_the_half_year(
    places: None,
) -> None:
    units = ["quyet-thang-hai-duong", "ai-quoc-10660"]
    for period in ("2025-H1", "2025-9M"):
        actions.open_period(
            programme=programme(), period=Period.parse(period), at=at(date(2025, 11, 3)), units=units
        )
    old, new = Obligation.objects.order_by("due_on")
    assert (old.unit_id, old.period) == ("quyet-thang-hai-duong", "2025-H1")
    assert (new.unit_id, new.period) == ("ai-quoc-10660", "2025-9M")
    assert (new.window_from, new.window_to) == (date(2025, 7, 1), date(2025, 9, 14))
    assert any("Phường Ái Quốc hoạt động từ 01/7/2025" in one for one in new.why)


def test_names_repeat_and_ids_are_the_keys(places: None) -> None:
    """Two communes are called Trần Phú in the years of the seeds; each owes its own."""
    twins = ["tran-phu-nam-sach", "tran-phu-10633"]
    assert len({org.title_of(Unit.objects.get(pk=one), date(2025, 7, 1)) for one in twins}) == 1
    for period in ("2025-H1", "2025"):
        actions.open_period(
            programme=programme(), period=Period.parse(period), at=at(date(2025, 12, 16)), units=twins
        )
    assert set(Obligation.objects.values_list("unit_id", "period")) == {
        ("tran-phu-nam-sach", "2025-H1"),
        ("tran-phu-10633", "2025"),
    }


# --- standing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "on", "state"),
    [
        (Facts(date(2023, 6, 16)), date(2023, 6, 16), State.OPEN),
        (Facts(date(2023, 6, 16), has_draft=True), date(2023, 6, 16), State.DRAFT),
        (Facts(date(2023, 6, 16)), date(2023, 6, 17), State.LATE),
        (Facts(date(2023, 6, 16), until=date(2023, 6, 20)), date(2023, 6, 20), State.EXTENDED),
        (Facts(date(2023, 6, 16), until=date(2023, 6, 20)), date(2023, 6, 21), State.LATE),
        (Facts(date(2023, 6, 16), done_on=date(2023, 6, 16)), date(2023, 7, 1), State.DONE),
        (Facts(date(2023, 6, 16), done_on=date(2023, 6, 18)), date(2023, 7, 1), State.DONE_LATE),
        (
            Facts(date(2023, 6, 16), until=date(2023, 6, 20), done_on=date(2023, 6, 18)),
            date(2023, 7, 1),
            State.DONE,
        ),
        (Facts(date(2023, 6, 16), released_on=date(2023, 6, 1)), date(2023, 7, 1), State.RELEASED),
        (Facts(date(2023, 6, 16), done_on=date(2023, 6, 18)), date(2023, 6, 17), State.LATE),
    ],
)
def test_how_an_obligation_stands_follows_from_what_is_known(facts: Facts, on: date, state: State) -> None:
    assert state_of(facts, on) is state


def test_the_database_says_of_each_row_what_the_rule_says(cast: Cast) -> None:
    """Every combination of sent, extended and released, on days before, between and after."""
    base = opened(cast)
    request_like = {
        "programme": base.programme,
        "regime": base.regime,
        "due_on": base.due_on,
        "opened_at": cast.now,
    }
    sent = [None, date(2023, 6, 15), date(2023, 6, 19), date(2023, 6, 25)]
    until = [None, date(2023, 6, 20)]
    released = [None, date(2023, 6, 18)]
    rows = []
    for number, (one, later, gone) in enumerate(product(sent, until, released)):
        row = Obligation.objects.create(
            unit=cast.neighbour_commune, period=f"1990-M{number % 12 + 1:02d}" if number < 12 else f"199{number % 10}",
            subject="Thử", sent_on=one, sent_noted_at=cast.now if one else None, released_on=gone,
            released_why="thử" if gone else "", **request_like,
        )  # fmt: skip
        if later:
            Exemption.objects.create(
                obligation=row, until=later, reason="thử", state="granted", requested_at=at(date(2023, 6, 1)),
                decided_at=at(date(2023, 6, 2)),
            )  # fmt: skip
        rows.append(row.pk)
    assert len(rows) == 16
    for on in (date(2023, 6, 10), date(2023, 6, 17), date(2023, 6, 19), date(2023, 6, 22), date(2023, 7, 1)):
        asked = queries.with_standing(Obligation.objects.filter(pk__in=rows), on)
        by_rule = {row.pk: queries.state_on(row, on) for row in asked}
        for state in State:
            told = set(queries.in_state(asked, [state], on).values_list("pk", flat=True))
            assert told == {pk for pk, stands in by_rule.items() if stands is state}, (on, state)


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, st.booleans(), DAYS)
def test_an_obligation_is_always_in_one_state_and_an_extension_never_makes_it_later(
    due: date, until: date | None, done: date | None, gone: date | None, has_draft: bool, on: date
) -> None:
    facts = Facts(due, until, done, gone, has_draft)
    state = state_of(facts, on)
    without = state_of(replace(facts, until=None), on)
    assert state in State
    worse = {State.LATE: 2, State.DONE_LATE: 1}
    assert worse.get(state, 0) <= worse.get(without, 0)


def test_an_issued_report_meets_the_obligation_only_once_it_is_handed_in(cast: Cast) -> None:
    draft = draft_report(unit=cast.commune, period=H1, by=cast.culture_officer, at=cast.now)
    row = opened(cast)
    assert standing(row, date(2023, 6, 15)) is State.DRAFT
    report = issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    assert standing(row, cast.today) is State.LATE
    Obligation.objects.filter(pk=row.pk).update(due_on=cast.today)
    assert standing(row, cast.today) is State.ISSUED
    submit_report(report=report, by=cast.office_clerk, at=cast.now)
    assert standing(row, cast.today) is State.DONE
    assert standing(row, cast.today - timedelta(days=1)) is State.OPEN


def test_what_was_sent_by_another_way_is_noted_and_can_be_taken_back(cast: Cast) -> None:
    row = opened(cast)
    with pytest.raises(rules.CannotNote, match="chưa tới"):
        actions.note_sent(
            obligation=row, sent_on=cast.today + timedelta(days=1), sent_as="", by=cast.office_clerk, at=cast.now
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        actions.note_sent(obligation=row, sent_on=cast.today, sent_as="", by=cast.neighbour, at=cast.now)
    actions.note_sent(
        obligation=row, sent_on=date(2023, 6, 16), sent_as="31/BC-UBND", by=cast.office_clerk, at=cast.now
    )
    assert standing(row, cast.today) is State.DONE
    with pytest.raises(rules.CannotNote, match="không còn phải nộp"):
        actions.note_sent(obligation=row, sent_on=cast.today, sent_as="", by=cast.office_clerk, at=cast.now)
    actions.take_back_sent(obligation=row, by=cast.office_clerk, at=cast.now)
    assert standing(row, cast.today) is State.LATE
    told = AuditEntry.objects.filter(action__in=["duty.sent", "duty.unsent"])
    assert {one.detail["number"] for one in told} == {"31/BC-UBND"}


def test_the_period_offered_first_is_the_nearest_that_is_owed(cast: Cast) -> None:
    for period in ("2023-H1", "2023-9M", "2023"):
        row = opened(cast, Period.parse(period))
    assert str(queries.likely_period("ben-truc", cast.today)) == "2023-H1"
    actions.note_sent(
        obligation=Obligation.objects.get(unit="ben-truc", period="2023-H1"),
        sent_on=cast.today,
        sent_as="",
        by=None,
        at=cast.now,
    )
    assert str(queries.likely_period("ben-truc", cast.today)) == "2023-9M"
    assert str(queries.likely_period("ben-truc", row.due_on)) == "2023"


# --- extensions -------------------------------------------------------------------------------------


def test_a_unit_asks_for_a_later_day_and_the_level_above_decides(cast: Cast) -> None:
    row = opened(cast)
    until = cast.today + timedelta(days=5)
    asked = actions.ask_extension(
        obligation=row, until=until, reason="Máy chủ hỏng", by=cast.culture_officer, at=cast.now
    )
    with pytest.raises(rules.CannotExempt, match="chờ duyệt"):
        actions.ask_extension(
            obligation=row, until=until, reason="Lần nữa", by=cast.office_clerk, at=cast.now
        )
    with pytest.raises(NotAllowed):
        actions.decide_extension(exemption=asked, is_granted=True, note="", by=cast.chair, at=cast.now)
    assert standing(row, cast.today) is State.LATE
    actions.decide_extension(exemption=asked, is_granted=True, note="", by=cast.reviewer, at=cast.now)
    row.refresh_from_db()
    assert row.due_on == date(2023, 6, 16), "the deadline itself stays"
    assert standing(row, cast.today) is State.EXTENDED
    assert standing(row, until + timedelta(days=1)) is State.LATE
    with pytest.raises(rules.CannotExempt, match="vừa được"):
        actions.decide_extension(
            exemption=asked, is_granted=False, note="Muộn", by=cast.reviewer, at=cast.now
        )


def test_a_refusal_says_why_and_the_obligation_stays_as_it_was(cast: Cast) -> None:
    row = opened(cast)
    asked = actions.ask_extension(
        obligation=row, until=cast.today, reason="Ốm", by=cast.culture_officer, at=cast.now
    )
    with pytest.raises(rules.CannotExempt, match="ghi lý do"):
        actions.decide_extension(exemption=asked, is_granted=False, note=" ", by=cast.reviewer, at=cast.now)
    actions.decide_extension(
        exemption=asked, is_granted=False, note="Đã lùi một lần", by=cast.reviewer, at=cast.now
    )
    assert standing(row, cast.today) is State.LATE


@pytest.mark.parametrize("days", [-40, 0, 400])
def test_an_extension_is_to_a_day_after_the_deadline_and_not_for_ever(cast: Cast, days: int) -> None:
    row = opened(cast)
    with pytest.raises(rules.CannotExempt):
        actions.ask_extension(
            obligation=row, until=row.due_on + timedelta(days=days), reason="Thử", by=cast.office_clerk, at=cast.now
        )  # fmt: skip


# --- units that cease -------------------------------------------------------------------------------


def test_an_obligation_of_a_unit_that_ceased_before_the_cut_off_leads_to_its_successor(cast: Cast) -> None:
    nine = Period.parse("2023-9M")
    row = opened(cast, nine)
    heir = Unit.objects.create(pk="ben-moi", level=Unit.Level.COMMUNE, starts_on=date(2023, 8, 1))
    UnitPlacement.objects.create(unit=heir, parent=cast.province)
    UnitSuccession.objects.create(
        predecessor=cast.commune, successor=heir, reason="merged", takes_effect_on=date(2023, 8, 1)
    )
    Unit.objects.filter(pk="ben-truc").update(ends_on=date(2023, 8, 1))
    Position.objects.create(person=cast.chair, unit=heir, role=Role.APPROVER, title="Chủ tịch")
    actions.open_due(at=at(date(2023, 8, 2)))
    row.refresh_from_db()
    assert row.released_on == date(2023, 8, 1)
    assert "kết thúc hoạt động từ 01/8/2023" in row.released_why
    assert row.passed_to is not None
    assert (row.passed_to.unit_id, row.passed_to.window_from) == ("ben-moi", date(2023, 8, 1))
    assert standing(row, date(2023, 10, 1)) is State.RELEASED
    assert not State.RELEASED.counts


def test_what_a_unit_sent_before_it_ceased_stays_sent(cast: Cast) -> None:
    row = opened(cast)
    actions.note_sent(obligation=row, sent_on=date(2023, 6, 1), sent_as="", by=None, at=cast.now)
    Unit.objects.filter(pk="ben-truc").update(ends_on=date(2023, 6, 10))
    assert actions.release_ceased(at=cast.now) == 0
    assert standing(row, cast.today) is State.DONE


def test_a_provisional_deadline_is_counted_again_once_the_days_off_are_known(cast: Cast) -> None:
    row = opened(cast, Period.parse("2023-9M"))
    Obligation.objects.filter(pk=row.pk).update(is_provisional=True, due_on=date(2023, 9, 15))
    assert actions.recount_provisional(at=cast.now) == 1
    assert actions.recount_provisional(at=cast.now) == 0
    row.refresh_from_db()
    assert (row.due_on, row.is_provisional) == (date(2023, 9, 18), False)
    assert "từ 15/9/2023 sang 18/9/2023" in row.why[-1]
    # One that has fallen due stays as it was made.
    Obligation.objects.filter(pk=row.pk).update(is_provisional=True, due_on=date(2023, 7, 1))
    assert actions.recount_provisional(at=cast.now) == 0


# --- at a terminal ----------------------------------------------------------------------------------


def test_the_command_rehearses_opens_once_and_lists_with_the_reasons(cast: Cast) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(duty, arguments)
        assert done.exception is None, done.exception
        return done.output

    opening = ("open", "--period", "2023-H1", "--programme", "cchc-tuyen-truyen", "--unit", "ben-truc")
    told = run(*opening, "--dry-run")
    assert told.splitlines() == [
        "ben-truc\t15/12/2022 – 14/6/2023\t16/06/2023\tSở Nội vụ tỉnh Mẫu",
        "Tuyên truyền CCHC, 6 tháng đầu năm 2023: sẽ lập 1, đã có 0.",
    ]
    assert not Obligation.objects.exists()
    assert "đã lập 1, đã có 0" in run(*opening)
    assert "đã lập 0, đã có 1" in run(*opening)
    listed = run("list", "--unit", "ben-truc", "--period", "2023-H1", "--on", "2023-06-20", "--owed", "--why")
    assert "\tben-truc\t2023-H1\t16/06/2023\tQuá hạn\t" in listed
    assert "    Kỳ 6 tháng đầu năm 2023 tính số liệu từ 15/12/2022 đến hết 14/6/2023" in listed
    assert "Quá hạn" not in run("list", "--on", "2023-06-16")


def test_the_command_refuses_what_it_does_not_know_in_one_sentence(cast: Cast, tmp_path: Path) -> None:
    wrong = tmp_path / "sai.toml"
    wrong.write_text("[[regime]]\nprogramme = 3\n", "utf-8")
    for arguments, said in (
        (("open", "--period", "2023-H9"), "không phải mã kỳ báo cáo"),
        (("open", "--period", "2023-H1", "--programme", "la"), "Không có chương trình báo cáo “la”"),
        (("import", str(wrong)), "thứ 1"),
    ):
        assert said in str(CliRunner().invoke(duty, arguments).exception)
    assert CliRunner().invoke(duty, ("open", "--dry-run")).exit_code == 2


# --- reminders --------------------------------------------------------------------------------------


def test_reminders_climb_the_ladder_and_each_is_given_once(cast: Cast) -> None:
    row = opened(cast, Period.parse("2023-9M"))
    assert row.due_on == date(2023, 9, 18)
    Obligation.objects.exclude(pk=row.pk).delete()
    told: dict[str, set[str]] = {}
    for number in range(50):
        day = date(2023, 9, 1) + timedelta(days=number)
        before = set(Nudge.objects.values_list("pk", flat=True))
        actions.remind_due(at=at(day, 8))
        assert actions.remind_due(at=at(day, 15)) == 0
        new = Nudge.objects.exclude(pk__in=before).select_related("person")
        assert not new or calendar.default().is_working(day), "nobody is reminded on a day off"
        for one in new:
            told.setdefault(one.rung, set()).add(one.person.username)
    own = {"van-hoa", "van-phong"}
    assert told == {
        "truoc-5": own,
        "truoc-1": own | {"chu-tich"},
        "qua-1": own | {"chu-tich"},
        "qua-3": {"chu-tich", "so-noi-vu"},
        "qua-10": own | {"chu-tich", "so-noi-vu"},
    }


def test_a_report_that_was_sent_is_not_reminded_of_and_an_extension_moves_the_ladder(cast: Cast) -> None:
    row = opened(cast)
    Obligation.objects.exclude(pk=row.pk).delete()
    asked = actions.ask_extension(
        obligation=row, until=date(2023, 7, 28), reason="Lũ", by=cast.office_clerk, at=cast.now
    )
    actions.decide_extension(exemption=asked, is_granted=True, note="", by=None, at=cast.now)
    actions.remind_due(at=at(date(2023, 7, 21)))
    assert set(Nudge.objects.values_list("rung", flat=True)) == {"truoc-5"}
    actions.note_sent(
        obligation=row, sent_on=date(2023, 7, 21), sent_as="", by=None, at=at(date(2023, 7, 21))
    )
    assert actions.remind_due(at=at(date(2023, 7, 31))) == 0


@given(DAYS, DAYS)
def test_the_rung_that_speaks_is_the_last_one_reached_and_none_speaks_on_a_day_off(
    due: date, on: date
) -> None:
    days = calendar.default()
    due = days.next_working(due)
    rung = rules.rung_to_tell(ladder(), due, on, days)
    if not days.is_working(on):
        assert rung is None
    if rung is not None:
        assert rules.day_of(rung, due, days) <= on
        assert (rung.days < 0) == (on <= due) or on == due
        assert all(rules.day_of(one, due, days) > on for one in ladder() if one.days > rung.days)


# --- regimes from a file ----------------------------------------------------------------------------

OWN = """
[[regime]]
programme = "cchc-tuyen-truyen"
version = "tinh-mau-2023"
under = "tinh-mau"
from = 2023-01-01
basis = "Quyết định số 99/QĐ-UBND của Ủy ban nhân dân tỉnh Mẫu"
rule = "nd09"
owes = [{ level = "commune", periods = ["Q1", "H1", "Q3", "Y"] }]
recipient = [{ level = "commune", to = "province", basis = "Điều 4" }]
[[regime.due]]
level = "commune"
day_of_last_month = 15
basis = "Quyết định số 99/QĐ-UBND, Điều 3"
confidence = "official"
"""


def test_a_province_s_own_regime_goes_before_the_one_that_holds_everywhere(cast: Cast) -> None:
    found = programme()
    done = actions.import_regimes(catalogue=catalogue_from(OWN.encode()), at=cast.now)
    assert (done.new, done.known) == (1, 0)
    again = actions.import_regimes(catalogue=catalogue_from(OWN.encode()), at=cast.now)
    assert (again.new, again.known) == (0, 1)
    actions.open_period(programme=found, period=H1, at=cast.now)
    row = Obligation.objects.get(unit="ben-truc")
    assert row.due_on == date(2023, 6, 15)
    assert row.regime is not None
    assert row.regime.under_id == "tinh-mau"
    actions.open_period(programme=found, period=Period.parse("2023-Q3"), at=cast.now)
    assert Obligation.objects.filter(period="2023-Q3").count() == 2
    # What only the general regime asks is still asked.
    actions.open_period(programme=found, period=Period.parse("2023-9M"), at=cast.now)
    assert Obligation.objects.filter(period="2023-9M").count() == 2


def test_a_version_that_is_there_is_not_changed_but_may_be_ended(cast: Cast) -> None:
    programme()
    actions.import_regimes(catalogue=catalogue_from(OWN.encode()), at=cast.now)
    with pytest.raises(BadCatalogue, match="khác với tệp"):
        actions.import_regimes(catalogue=catalogue_from(OWN.replace("= 15", "= 20").encode()), at=cast.now)
    ended = OWN.replace("from = 2023-01-01", "from = 2023-01-01\nuntil = 2023-05-01")
    assert actions.import_regimes(catalogue=catalogue_from(ended.encode()), at=cast.now).ended == 1
    assert Regime.objects.get(version="tinh-mau-2023").ends_on == date(2023, 5, 1)
    # A period that ends later falls under the general regime again.
    assert opened(cast).due_on == date(2023, 6, 16)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[[regime]]", "[[regime"), "TOML"),
        (('version = "tinh-mau-2023"', ""), "thiếu “version”"),
        (('["Q1", "H1", "Q3", "Y"]', '["Q5"]'), "không có kỳ “Q5”"),
        (('rule = "nd09"', 'rule = "nd99"'), "nd99"),
        (('level = "commune", periods', 'level = "hamlet", periods'), "chưa có hạn gửi"),
        (("from = 2023-01-01", 'from = "mai"'), "phải là ngày"),
        (("from = 2023-01-01", "from = 2023-01-01\nuntil = 2022-01-01"), "sau from="),
        (('under = "tinh-mau"', 'under = "tinh-la"'), "Không có đơn vị"),
        (('programme = "cchc-tuyen-truyen"', 'programme = "la"'), "Chưa có chương trình"),
        (('basis = "Điều 4"', "basis = 4"), "phải là chữ"),
        (('rule = "nd09"', 'rule = "nd09"\nconcepts = ["buoi-hop"]'), "không có chỉ tiêu"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_the_place(
    cast: Cast, change: tuple[str, str], said: str
) -> None:
    programme()
    assert change[0] in OWN
    with pytest.raises(BadCatalogue, match=said):
        actions.import_regimes(catalogue=catalogue_from(OWN.replace(*change).encode()), at=cast.now)
    assert not Regime.objects.filter(version="tinh-mau-2023").exists()


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(BadCatalogue, match="TOML"):
        catalogue_from(b"\xff\xfe\x00")
    with pytest.raises(BadCatalogue, match="1 MB"):
        catalogue_from(b"#" * 1_000_001)
    with pytest.raises(BadCatalogue, match="danh sách"):
        catalogue_from(b"regime = 3")


def test_every_regime_that_comes_with_the_software_asks_of_each_level_what_it_sets_a_deadline_for() -> None:
    assert {one.id for one in shipped().programmes} == {one.programme for one in shipped().regimes}
    for one in shipped().regimes:
        assert one.owed
        for owed in one.owed:
            assert any(row["level"] == owed["level"] for row in one.recipients)
    assert tomllib.loads(OWN)
