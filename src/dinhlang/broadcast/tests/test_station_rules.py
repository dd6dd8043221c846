"""Rules and days of mourning on their page, what follows from them on air, and the log that is checked from a checkpoint."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.models import AirDay, AirLogCheckpoint, AirLogEntry, StationRules
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.players import queries as asked
from dinhlang.broadcast.rules.airtime import AirRules, Occasion
from dinhlang.broadcast.rules.samples import sample, samples
from dinhlang.broadcast.tests.test_pages import said
from dinhlang.org.ledger_triggers import EVENTS, PREFIX
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

DAY = timedelta(days=1)
RULES = {
    "do": "rules",
    "q-legal_basis": "Quyết định 12/QĐ-UBND",
    "q-starts_on": "2023-07-01",
    "q-sessions_a_day": "2",
}


def test_samples_are_rules_that_can_be_and_say_where_they_held() -> None:
    assert len(samples()) >= 2
    assert all(one.place and one.note for one in samples())
    assert sample("ha-noi-2021") in samples()
    assert sample("khong-co") is None


@pytest.mark.usefixtures("own_data", "clock_of_the_cast")
class TestRules:
    pytestmark = [pytest.mark.django_db, pytest.mark.integration]

    def test_the_operator_writes_rules_down_from_a_sample_and_ends_them(self, cast: Cast) -> None:
        operator, there = as_(cast.radio_operator), reverse("broadcast:rules")
        assert "Từ thứ Hai đến thứ Sáu hằng tuần" in said(operator, "broadcast:rules", mau="ha-noi-2021")
        form = RULES | {
            "q-quiet_from": "11:30", "q-quiet_until": "13:30", "q-second_quiet_from": "21:00", "q-second_quiet_until": "05:00",
            "q-silent_on": ["tet", "mourning"], "q-minutes_a_day": "40", "q-note": "Cuối tuần nghỉ",
        }  # fmt: skip
        assert operator.post(there, form).status_code == 302
        held = StationRules.objects.get()
        rules = AirRules.from_json(held.values)
        assert (rules.sessions_a_day, rules.minutes_a_day, len(rules.quiet)) == (2, 40, 2)
        assert rules.silent_on == {Occasion.TET, Occasion.MOURNING}
        page = said(operator, "broadcast:rules")
        assert "đang áp dụng" in page
        assert "Không phát từ 21:00 đến 05:00." in page
        operator.post(reverse("broadcast:rules-end", args=[held.pk]))
        assert queries.rules_in_force(cast.commune, cast.today) is None
        assert "đã hết hiệu lực" in said(operator, "broadcast:rules")

    def test_what_cannot_be_is_said_beside_its_field(self, cast: Cast) -> None:
        operator, there = as_(cast.radio_operator), reverse("broadcast:rules")
        page = operator.post(
            there, RULES | {"q-legal_basis": "", "q-starts_on": "31/2/2023"}
        ).content.decode()
        assert page.count("field--wrong") == 2
        wrong_days = RULES | {"q-ends_on": "2023-06-01"}
        assert "Ngày hết hiệu lực phải sau" in operator.post(there, wrong_days).content.decode()
        assert not StationRules.objects.exists()

    def test_rules_of_the_level_above_are_shown_and_not_ended_here(self, cast: Cast) -> None:
        actions.set_rules(
            unit=cast.province, rules=AirRules(sessions_a_day=3), legal_basis="Quyết định của tỉnh",
            starts_on=cast.today - DAY, by=None, at=cast.now,
        )  # fmt: skip
        above = StationRules.objects.get()
        operator = as_(cast.radio_operator)
        page = said(operator, "broadcast:rules")
        assert "Quyết định của tỉnh" in page
        assert reverse("broadcast:rules-end", args=[above.pk]) not in page
        assert operator.post(reverse("broadcast:rules-end", args=[above.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            actions.end_rules(rules=above, ends_on=cast.today, by=cast.radio_operator, at=cast.now)

    def test_only_those_who_plan_write(self, cast: Cast) -> None:
        chair = as_(cast.chair)
        assert "Ghi quy định mới" not in said(chair, "broadcast:rules")
        assert chair.post(reverse("broadcast:rules"), RULES).status_code == 404

    def test_on_days_of_mourning_players_air_nothing_that_entertains(self, cast: Cast) -> None:
        actions.load_demo(at=cast.now)
        device, _key = players.add_device(unit=cast.commune, kind="player", name="Máy", by=None, at=cast.now)
        before = asked.schedule_of(device, cast.now)
        plays = [play for session in before["sessions"] for play in session["plays"]]
        assert plays
        from dinhlang.broadcast.models import RunningItem

        RunningItem.objects.filter(uid=plays[-1]["play"]).update(kind="tieu-pham")
        operator = as_(cast.radio_operator)
        form = {
            "do": "mourning",
            "t-first": f"{cast.today - DAY}",
            "t-last": f"{cast.today + 5 * DAY}",
            "t-legal_basis": "Thông báo 1/TB",
        }
        answer = operator.post(reverse("broadcast:rules"), form, follow=True).content.decode()
        assert "sẽ không phát" in answer
        after = asked.schedule_of(device, cast.now)
        assert {
            "play": plays[-1]["play"],
            "why": "nội dung giải trí, không phát trong ngày quốc tang",
        } in after["withdrawn"]
        day = AirDay.objects.get()
        operator.post(reverse("broadcast:mourning-cancel", args=[day.pk]))
        assert asked.schedule_of(device, cast.now)["withdrawn"] == before["withdrawn"]
        assert AuditEntry.objects.get(action="air.mourning-cancel").detail["basis"] == "Thông báo 1/TB"

    def test_days_that_are_over_stay(self, cast: Cast) -> None:
        past = actions.note_mourning(
            unit=cast.commune, first=cast.today - 3 * DAY, last=cast.today - DAY, legal_basis="TB", by=None, at=cast.now
        )  # fmt: skip
        with pytest.raises(Refused, match="đã qua"):
            actions.cancel_mourning(day=past, by=cast.radio_operator, at=cast.now)

    def test_the_calendar_says_tet_and_days_off_as_stretches(self) -> None:
        from datetime import date

        found = queries.days_off_between(date(2026, 1, 1), date(2026, 3, 31))
        assert any("Tết Nguyên đán" in one.reason and one.last > one.first for one in found)
        assert all(one.first <= one.last for one in found)


@pytest.mark.usefixtures("own_data", "clock_of_the_cast")
class TestTheCheckpoint:
    pytestmark = [pytest.mark.django_db, pytest.mark.integration]

    def changed_behind_our_back(self, number: int, cast: Cast) -> None:
        table = "broadcast_airlogentry"
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for event in EVENTS:
                cursor.execute(f"DROP TRIGGER {PREFIX}{event}_{table}{on_table}")
        AirLogEntry.objects.filter(unit=cast.commune, number=number).update(
            device="", witness="person", fact="missed"
        )

    def test_a_look_begins_where_all_was_found_whole(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        actions.load_demo(at=cast.now)
        assert actions.check_logs(at=cast.now) == 1
        assert actions.check_logs(at=cast.now) == 0
        checked = AirLogCheckpoint.objects.get(unit=cast.commune)
        assert checked.count == queries.head_of(cast.commune).count > 3
        assert "Sổ còn nguyên vẹn" in said(as_(cast.radio_operator), "broadcast:log")
        # A checkpoint, its entry, the head, and only what came since.
        with django_assert_num_queries(4):
            assert queries.first_wrong(cast.commune) is None

    def test_what_was_changed_before_it_is_found_the_next_day_and_told(self, cast: Cast) -> None:
        actions.load_demo(at=cast.now)
        actions.check_logs(at=cast.now)
        self.changed_behind_our_back(2, cast)
        assert queries.first_wrong(cast.commune) is None
        for _turn in range(2):
            actions.check_logs(at=cast.now + 2 * DAY)
        broken = queries.first_wrong(cast.commune)
        assert broken is not None
        assert broken.number == 2
        assert AuditEntry.objects.filter(action="air.log-broken").count() == 1
        assert "Sổ không còn nguyên vẹn" in said(as_(cast.radio_operator), "broadcast:log")

    def test_an_end_that_is_not_as_it_was_is_found_at_once(self, cast: Cast) -> None:
        actions.load_demo(at=cast.now)
        actions.check_logs(at=cast.now)
        AirLogCheckpoint.objects.update(last_hash="0" * 64)
        assert queries.first_wrong(cast.commune) is None
        self.changed_behind_our_back(3, cast)
        broken = queries.first_wrong(cast.commune)
        assert broken is not None
        assert broken.number == 3
