"""A case given to a part of the office: its people find, take and answer it, are reminded of it, and lose it when they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.models import Case, CaseOpening, CaseReminder, CaseWords, Route
from dinhlang.citizens.rules import ladder
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Nature, Way
from dinhlang.citizens.rules.parts import is_head
from dinhlang.citizens.rules.states import State
from dinhlang.org import actions as org_actions
from dinhlang.org.changes import actions as changes
from dinhlang.org.changes.rules import from_json
from dinhlang.org.models import AuditEntry, Person, Position, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Role, Unfit
from dinhlang.org.tests.clients import as_
from dinhlang.periods import calendar

if TYPE_CHECKING:
    from conftest import Cast

database = [pytest.mark.django_db, pytest.mark.integration]

PART, OFFICE, LIST = "ben-truc-van-hoa", "Phòng Văn hóa – Xã hội", "/ban-lam-viec/phan-anh/"
TOLD = Told("Loa nhà văn hóa thôn kêu rè, họp không ai nghe rõ.", "moi-truong", "Loa nhà văn hóa kêu rè")
DAY = timedelta(days=1)


def test_who_leads_a_part_is_read_from_the_post() -> None:
    for title in ("Trưởng phòng Kinh tế", "Chánh Văn phòng", "Phó Chủ tịch kiêm Giám đốc Trung tâm"):
        assert is_head(Role.CONTRIBUTOR, title), title
    for title in ("Phó Trưởng phòng", "Công chức trưởng thành", "Chuyên viên", ""):
        assert not is_head(Role.CONTRIBUTOR, title), title
    assert is_head(Role.APPROVER, "Phó Chủ tịch")


def test_the_last_day_that_came_to_a_rung_is_found_over_days_off() -> None:
    days = calendar.default()
    monday = date(2023, 7, 24)
    for on in (monday + one * DAY for one in range(8)):
        last = ladder.begun_by(on, ladder.PART, ladder.ASSIGNER)
        assert days.add(last, 2) <= on < days.add(last + DAY, 2), on


@pytest.fixture
def clock(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> list[datetime]:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    now = [cast.now]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return now


@pytest.fixture
def part(cast: Cast) -> Unit:
    return Unit.objects.get(pk=PART)


SENDER = Sender("Lê Thị Gửi", address="Thôn Thượng")


def routed(cast: Cast, part: Unit, key: str = "p" * 32, sender: Sender = SENDER) -> Case:
    """A case whose category goes to the part, accepted by the office."""
    actions.set_route(
        unit=cast.commune, category="moi-truong", handler=None, part=part, by=cast.office_clerk, at=cast.now
    )
    case = actions.submit(unit=cast.commune, told=TOLD, sender=sender, way=Way.WEB, key=key, at=cast.now).case
    return actions.accept(case=case, by=cast.office_clerk, at=cast.now)


def leave(person: Person, on: datetime) -> None:
    Position.objects.filter(person=person, unit=PART).update(ends_on=localdate(on))


class TestGivenToAPart:
    pytestmark = database

    def test_its_people_find_read_take_and_answer_it(
        self, cast: Cast, part: Unit, clock: list[datetime]
    ) -> None:
        colleague, stranger = as_(cast.contributor), as_(cast.radio_operator)
        assert colleague.get(LIST).status_code == 404
        case = routed(cast, part)
        assert (case.state, case.part_id, case.handler, case.part_since) == (
            State.ROUTED, PART, None, cast.now,
        )  # fmt: skip
        assert (
            "1 phản ánh giao bộ phận của bạn, chưa có người nhận"
            in colleague.get("/ban-lam-viec/").content.decode()
        )
        there = reverse("citizens:case", args=[case.pk])
        addresses = [
            there,
            f"{LIST}?standing=bo-phan-toi",
            f"{LIST}?q=loa+nha",
            f"{LIST}?unit={cast.commune.pk}",
        ]
        for address in addresses:
            page = colleague.get(address).content.decode()
            assert case.code in page, address
            assert "Chưa có người nhận" in page, address
        for address in (*addresses, reverse("citizens:original", args=[case.pk])):
            assert stranger.get(address).status_code == 404, address
        assert "Lê Thị Gửi" in colleague.get(reverse("citizens:original", args=[case.pk])).content.decode()
        assert CaseOpening.objects.get().by == cast.contributor
        table = colleague.post(reverse("citizens:export", args=["csv"]))
        written = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
        assert OFFICE in written
        assert case.code in written
        # What was given to nobody of the part is not theirs.
        other = actions.take_in(
            unit=cast.commune, told=replace(TOLD, category="khac"), sender=Sender(), way=Way.PHONE,
            key="o" * 32, by=cast.office_clerk, at=cast.now,
        ).case  # fmt: skip
        assert colleague.get(reverse("citizens:case", args=[other.pk])).status_code == 404
        assert other.code not in colleague.get(LIST).content.decode()

        step = reverse("citizens:step", args=[case.pk])
        assert "Tôi nhận việc này" in colleague.get(there).content.decode()
        assert "Tôi nhận việc này" not in as_(cast.office_clerk).get(there).content.decode()
        with pytest.raises(NotAllowed):
            actions.claim(case=case, by=cast.office_clerk, at=cast.now)
        for _thumb in range(2):
            assert (
                "Bạn đã nhận việc này" in colleague.post(step, {"do": "claim"}, follow=True).content.decode()
            )
        case.refresh_from_db()
        assert (case.handler, case.part_since) == (cast.contributor, None)
        with pytest.raises(actions.SomebodyElse, match="Mai Thị Cộng Sự"):
            actions.claim(case=case, by=cast.culture_officer, at=cast.now)
        colleague.post(step, {"do": "give-back", "reason": "Tôi đi công tác"})
        case.refresh_from_db()
        assert (case.handler, case.part_since) == (None, cast.now)
        assert "Tôi đi công tác" in colleague.get(there).content.decode()
        with pytest.raises(Refused, match="đang giữ việc"):
            actions.give_back(case=case, by=cast.contributor, at=cast.now)
        colleague.post(step, {"do": "claim"})
        colleague.post(step, {"do": "draft", "words": "Xã đã thay loa nhà văn hóa thôn trong tuần."})
        case.refresh_from_db()
        assert (case.state, case.handler) == (State.DRAFTED, cast.contributor)
        assert AuditEntry.objects.filter(action="case.claim", by=cast.contributor).count() == 2
        # Whoever reads all cases narrows the list to their own.
        officer = as_(cast.office_clerk)
        actions.assign(case=other, part=None, handler=cast.office_clerk, by=cast.office_clerk, at=cast.now)
        mine = officer.get(LIST, {"standing": "cua-toi"}).content.decode()
        assert (other.code in mine, case.code in mine) == (True, False)
        assert case.code not in officer.get(LIST, {"standing": "bo-phan-toi"}).content.decode()
        Position.objects.filter(person=cast.office_clerk).update(unit=part)
        ours = officer.get(LIST, {"standing": "bo-phan-toi"}).content.decode()
        assert (case.code in ours, other.code in ours) == (True, False)

    def test_all_of_it_are_told_then_who_gives_cases_out_then_the_leader(
        self, cast: Cast, part: Unit
    ) -> None:
        Position.objects.filter(person=cast.culture_officer).update(title="Trưởng phòng Văn hóa – Xã hội")
        case, days = routed(cast, part), calendar.default()

        def after(steps: int, since: datetime = cast.now) -> datetime:
            day = localdate(since)
            return since + (days.add(day, steps) - day)

        def told(step: str) -> list[Person | None]:
            return [one.to for one in CaseReminder.objects.filter(step=step).order_by("pk")]

        def waits(at: datetime) -> tuple[int, int, set[Case]]:
            found = queries.waits(cast.commune, at)
            asked = queries.Asked(standing=queries.UNCLAIMED)
            return found.unassigned, found.unclaimed, set(queries.cases([cast.commune.pk], asked, at=at))

        assert actions.remind_due(at=cast.now) == 0
        actions.remind_due(at=after(1))
        assert told("bo-phan-1") == [cast.culture_officer, cast.contributor]
        assert waits(after(1)) == (0, 0, set())
        actions.remind_due(at=after(2))
        assert set(told("bo-phan-2")) == {cast.culture_officer, cast.office_clerk}
        assert waits(after(2)) == (0, 1, {case})
        assert queries.last_reminded([case])[case.pk].rung == "bộ phận chưa có người nhận sau 2 ngày làm việc"
        assert actions.remind_due(at=after(3)) == 0
        # The promised day comes near, and nobody took it.
        assert case.due_at is not None
        actions.remind_due(at=case.due_at - DAY)
        assert told("truoc-1") == [cast.culture_officer, cast.contributor]
        actions.claim(case=case, by=cast.contributor, at=case.due_at)
        case.refresh_from_db()
        assert waits(case.due_at or cast.now) == (0, 0, set())
        due_at = case.due_at or cast.now
        # Late: whoever has it and the head of the part, then the leaders.
        actions.remind_due(at=after(1, due_at))
        assert told("qua-1") == [cast.contributor, cast.culture_officer]
        actions.remind_due(at=after(2, due_at))
        assert told("qua-2") == [cast.chair]

    def test_advice_that_a_part_has_waits_for_nobody(self, cast: Cast, part: Unit) -> None:
        case = routed(cast, part, sender=Sender())
        assert (case.state, case.part, case.part_since) == (State.ADVICE, part, cast.now)
        later = cast.now + (calendar.default().add(cast.today, 3) - cast.today)
        assert actions.remind_due(at=later) == 0
        assert queries.waits(cast.commune, later, {PART}).in_parts == 0

    def test_who_leaves_it_loses_it_and_what_nobody_has_falls_to_who_gives_cases_out(
        self, cast: Cast, part: Unit, clock: list[datetime]
    ) -> None:
        case, later = routed(cast, part), cast.now + DAY
        actions.claim(case=case, by=cast.contributor, at=cast.now)
        case.refresh_from_db()
        leave(cast.contributor, later)
        assert permissions.can_handle(cast.contributor, case, cast.today)
        assert not permissions.can_read(cast.contributor, case, localdate(later))
        assert actions.take_back(at=cast.now) == 0
        assert actions.take_back(at=later) == 1
        case.refresh_from_db()
        assert (case.part, case.handler, case.part_since) == (part, None, later)
        # The last of the part leaves as well: nobody has it, and who gives cases out hears of it at once.
        leave(cast.culture_officer, later + DAY)
        assert actions.take_back(at=later + DAY) == 1
        assert actions.take_back(at=later + DAY) == 0
        case.refresh_from_db()
        assert (case.part, case.handler, case.part_since) == (None, None, None)
        assert queries.waits(cast.commune, later + DAY).unassigned == 1
        assert {one.to for one in CaseReminder.objects.filter(step="khong-con-ai")} == {cast.office_clerk}
        notes = [one.words.shown() for one in CaseWords.objects.filter(case=case).order_by("pk")]
        assert notes == [
            "Mai Thị Cộng Sự đã thôi, không giữ việc này nữa.",
            f"{OFFICE} không còn, hoặc không còn cán bộ nào nhận được việc.",
        ]
        assert AuditEntry.objects.filter(action="case.take-back").count() == 2

        # Nothing more goes there: a new case waits for who gives cases out, the page of routes says why, and nobody adds another.
        clock[0] = later + DAY
        officer = as_(cast.office_clerk)
        assert (
            "Bộ phận đã kết thúc hoặc không còn cán bộ"
            in officer.get(reverse("citizens:routes")).content.decode()
        )
        new = actions.submit(
            unit=cast.commune, told=TOLD, sender=Sender(), way=Way.WEB, key="n" * 32, at=clock[0]
        ).case
        assert (new.part, new.handler) == (None, None)
        with pytest.raises(Unfit, match="chưa có cán bộ nào"):
            actions.assign(case=case, part=part, handler=None, by=cast.office_clerk, at=clock[0])
        answer = officer.post(reverse("citizens:routes"), {"part-khac": PART, "part-moi-truong": PART})
        assert "chưa có cán bộ nào nhận được việc" in answer.content.decode()
        assert Route.objects.get().category == "moi-truong"
        actions.assign(case=case, part=part, handler=cast.radio_operator, by=cast.office_clerk, at=clock[0])
        case.refresh_from_db()
        assert case.part_since is None
        assert actions.take_back(at=clock[0]) == 0

    def test_who_left_it_is_led_to_nothing_and_named_as_gone_before_the_worker_comes(
        self, cast: Cast, part: Unit, clock: list[datetime]
    ) -> None:
        case, later = routed(cast, part), cast.now + DAY
        actions.claim(case=case, by=cast.contributor, at=cast.now)
        actions.set_route(
            unit=cast.commune, category="moi-truong", handler=cast.contributor, part=part, by=cast.office_clerk,
            at=cast.now,
        )  # fmt: skip
        Position.objects.create(
            person=cast.contributor, unit=cast.commune, role=Role.CONTRIBUTOR, title="Công chức", starts_on=cast.today
        )  # fmt: skip
        leave(cast.contributor, later)
        officer, reader = as_(cast.contributor), as_(cast.one_stop_clerk)
        there, routes = reverse("citizens:case", args=[case.pk]), reverse("citizens:routes")
        assert there in officer.get("/ban-lam-viec/").content.decode()
        assert case.code in officer.get(LIST).content.decode()
        assert "Đã thôi" not in reader.get(routes).content.decode()
        clock[0] = later
        officer, reader = as_(cast.contributor), as_(cast.one_stop_clerk)
        assert officer.get(there).status_code == 404
        assert there not in officer.get("/ban-lam-viec/").content.decode()
        assert case.code not in officer.get(LIST).content.decode()
        # Nor is a new case given to them; whoever looks at the routes reads who it was, and a list saved as it is changes nothing.
        assert queries.given_by(cast.commune, "moi-truong", localdate(later)) == (part, None)
        Position.objects.filter(person=cast.contributor).update(ends_on=localdate(later))
        for looks in (reader, as_(cast.office_clerk)):
            page = looks.get(routes).content.decode()
            assert "Mai Thị Cộng Sự" in page
            assert "Đã thôi" in page
        sent = {"handler-moi-truong": cast.contributor.pk, "part-moi-truong": PART}
        assert as_(cast.office_clerk).post(routes, sent).status_code == 302
        assert Route.objects.get().handler == cast.contributor

    def test_a_part_that_ends_with_its_commune_keeps_nothing(self, cast: Cast, part: Unit) -> None:
        case = routed(cast, part)
        said = {
            "kind": "merge",
            "on": cast.today,
            "basis": "NQ 9/NQ-HĐND ngày 1/6/2023",
            "units": [cast.commune.pk],
            "targets": [{"unit": cast.neighbour_commune.pk}],
        }
        changes.apply(asked=[from_json(said)], by=None, at=cast.now)
        Position.objects.filter(person=cast.neighbour).update(role=Role.OFFICE_CLERK)
        actions.take_back(at=cast.now)
        case.refresh_from_db()
        assert (case.unit, case.part, case.handler) == (cast.neighbour_commune, None, None)
        assert queries.waits(cast.neighbour_commune, cast.now).unassigned == 1
        assert cast.neighbour in {one.to for one in CaseReminder.objects.filter(step="khong-con-ai")}

    def test_an_empty_part_is_known_before_anything_goes_there(self, cast: Cast) -> None:
        [alone] = org_actions.add_parts(
            body=cast.commune, level="department", kind="", names=["Phòng Kinh tế"], starts_on=cast.today,
            by=None, at=cast.now,
        )  # fmt: skip
        given = {"unit": cast.commune, "category": "khac", "by": cast.office_clerk, "at": cast.now}
        with pytest.raises(Unfit, match="Phòng Kinh tế chưa có cán bộ nào"):
            actions.set_route(**given, part=alone, handler=None)
        assert actions.set_route(**given, part=alone, handler=cast.culture_officer) is not None


class TestComplaintsAndDenunciations:
    pytestmark = database

    def test_they_stand_out_in_the_list_and_in_its_file_until_somebody_decided(
        self, cast: Cast, clock: list[datetime]
    ) -> None:
        officer = as_(cast.office_clerk)
        words = Told("Tôi tố cáo ông Ba nhận hối lộ của dân trong thôn.", "khac")
        given = {"unit": cast.commune, "told": words, "sender": Sender(), "way": Way.WEB, "at": cast.now}
        first, second = (actions.submit(**given, key=one * 32).case for one in "ab")
        plain = actions.submit(**given | {"told": TOLD}, key="c" * 32).case

        def listed(**asked: str) -> tuple[set[Case], str]:
            page = officer.get(LIST, asked).content.decode()
            return {one for one in (first, second, plain) if one.code in page}, page

        found, page = listed(nature="co-ve")
        assert found == {first, second}
        assert "Có vẻ là tố cáo" in page
        assert "Có vẻ là tố cáo" in officer.get(reverse("citizens:case", args=[first.pk])).content.decode()
        officer.post(reverse("citizens:step", args=[first.pk]), {"do": "not-apart"})
        assert listed(nature="co-ve")[0] == {second}
        actions.lead_away(case=second, nature=Nature.DENUNCIATION, by=cast.office_clerk, at=cast.now)
        assert listed(nature="co-ve")[0] == set()
        found, page = listed(nature="denunciation")
        assert found == {second}
        assert '<span class="mark mark--calm">Tố cáo</span>' in page
        table = officer.post(f"{reverse('citizens:export', args=['csv'])}?nature=denunciation")
        rows = b"".join(table.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert "Loại" in rows[0]
        assert [("Tố cáo" in row, second.code in row) for row in rows[1:]] == [(True, True)]

    def test_what_looks_like_one_goes_to_no_part_before_somebody_decided(
        self, cast: Cast, part: Unit
    ) -> None:
        office = {"by": cast.office_clerk, "at": cast.now}
        actions.set_route(unit=cast.commune, category="khac", handler=None, part=part, **office)
        words = Told("Tôi tố cáo ông Ba nhận hối lộ của dân trong thôn.", "khac")
        given = {"unit": cast.commune, "told": words, "sender": SENDER, "way": Way.WEB, "at": cast.now}
        first, second = (actions.submit(**given, key=one * 32).case for one in "ab")

        def stands(case: Case) -> tuple[str, Unit | None, bool]:
            return case.state, case.part, permissions.can_read(cast.contributor, case, cast.today)

        assert stands(first) == (State.RECEIVED, None, False)
        assert stands(actions.accept(case=first, **office)) == (State.ACCEPTED, None, False)
        assert queries.waits(cast.commune, cast.now).unassigned == 1
        first = actions.not_apart(case=first, **office)
        assert (stands(first), first.part_since) == ((State.ROUTED, part, True), cast.now)
        # Decided before it was accepted, it goes there with being accepted; led away, it is taken from there.
        assert stands(actions.not_apart(case=second, **office)) == (State.RECEIVED, part, True)
        assert stands(actions.accept(case=second, **office)) == (State.ROUTED, part, True)
        led = actions.lead_away(case=second, nature=Nature.DENUNCIATION, **office)
        assert stands(led) == (State.LED_AWAY, None, False)
        assert stands(actions.accept(case=second, **office)) == (State.ROUTED, part, True)
