"""Roles, scope and the door of the desk: who may do what, where and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from dinhlang.org import actions, queries
from dinhlang.org.models import AuditEntry, Person, Unit
from dinhlang.org.permissions import NotAllowed, can, check_can
from dinhlang.org.rules import DEEDS, ROLES, Permission, Refused, Role

if TYPE_CHECKING:
    from conftest import Cast

WRITES = {
    permission for permission in Permission if permission not in {Permission.READ, Permission.AUDIT_READ}
}


def test_every_role_and_permission_is_described() -> None:
    assert ROLES.keys() == set(Role)
    assert DEEDS.keys() == set(Permission)
    assert all(role.label and role.description.endswith(".") for role in ROLES.values())


def test_every_role_reads_and_who_sees_below_writes_in_no_ledger_and_no_report() -> None:
    assert all(Permission.READ in role.permissions for role in ROLES.values())
    below = [role for role in ROLES.values() if role.sees_below]
    assert below
    decides = {
        Permission.READ,
        Permission.DUTY_ASSIGN,
        Permission.SUBMISSION_DECIDE,
        Permission.INDEX_APPRAISE,
        Permission.PRACTICE_RECOGNISE,
    }
    assert all(role.permissions <= decides for role in below)


def test_every_permission_is_someones() -> None:
    assert set().union(*(role.permissions for role in ROLES.values())) == set(Permission)


@pytest.mark.django_db
@pytest.mark.integration
class TestScope:
    @pytest.mark.parametrize(
        ("who", "may"),
        [
            (
                "chair",
                {
                    "outline.edit",
                    "report.draft",
                    "report.submit",
                    "report.issue",
                    "report.publish",
                    "news.approve",
                    "broadcast.approve",
                    "channels.send",
                    "index.send",
                    "practice.decide",
                    "citizens.read",
                    "citizens.approve",
                    "onestop.people",
                    "onestop.rules",
                    "contests.approve",
                    "privacy.handle",
                    "privacy.decide",
                },
            ),
            (
                "culture_officer",
                {
                    "plan.import",
                    "plan.edit",
                    "activity.record",
                    "activity.import",
                    "activity.reverse",
                    "archive.import",
                    "outline.edit",
                    "report.draft",
                    "report.submit",
                    "columns.manage",
                    "site.manage",
                    "news.write",
                    "news.review",
                    "broadcast.write",
                    "broadcast.review",
                    "broadcast.plan",
                    "broadcast.log",
                    "channels.manage",
                    "channels.send",
                    "procedures.edit",
                    "procedures.post",
                    "index.score",
                    "practice.mark",
                    "citizens.read",
                    "citizens.take",
                    "citizens.handle",
                    "surveys.manage",
                    "surveys.enter",
                    "training.manage",
                },
            ),
            (
                "office_clerk",
                {
                    "plan.import",
                    "plan.edit",
                    "activity.record",
                    "activity.import",
                    "archive.import",
                    "outline.edit",
                    "report.draft",
                    "report.submit",
                    "report.review",
                    "report.seal",
                    "report.publish",
                    "columns.manage",
                    "site.manage",
                    "news.write",
                    "news.review",
                    "broadcast.write",
                    "broadcast.review",
                    "channels.send",
                    "procedures.edit",
                    "procedures.post",
                    "index.score",
                    "practice.mark",
                    "citizens.read",
                    "citizens.take",
                    "citizens.handle",
                    "surveys.manage",
                    "surveys.enter",
                    "privacy.handle",
                    "training.manage",
                    "onestop.people",
                    "onestop.register",
                    "onestop.rules",
                },
            ),
            (
                "one_stop_clerk",
                {
                    "activity.record",
                    "news.write",
                    "procedures.edit",
                    "procedures.post",
                    "citizens.read",
                    "citizens.take",
                    "surveys.enter",
                    "onestop.people",
                    "onestop.register",
                    "onestop.rules",
                },
            ),
            (
                "radio_operator",
                {"activity.record", "news.write", "broadcast.write", "broadcast.plan", "broadcast.log"},
            ),
            ("hamlet_head", {"activity.record", "news.write"}),
            ("neighbour", set()),
            (
                "reviewer",
                {"duty.assign", "submission.decide", "index.appraise", "practice.recognise"},
            ),
        ],
    )
    def test_what_each_of_the_cast_may_write_in_the_commune(
        self, cast: Cast, who: str, may: set[str]
    ) -> None:
        person = getattr(cast, who)
        assert {
            permission for permission in WRITES if can(person, permission, cast.commune, cast.today)
        } == may

    def test_the_neighbour_sees_nothing_and_is_told_why(self, cast: Cast) -> None:
        assert (
            not queries.visible_units(cast.neighbour, cast.today).filter(id__startswith="ben-truc").exists()
        )
        check_can(cast.neighbour, Permission.READ, cast.neighbour_commune, cast.today)
        with pytest.raises(NotAllowed, match="chưa được giao quyền xem tại xã Bến Trúc"):
            check_can(cast.neighbour, Permission.READ, cast.commune, cast.today)

    def test_an_officer_sees_the_commune_with_its_departments_and_hamlets(self, cast: Cast) -> None:
        seen = set(queries.visible_units(cast.culture_officer, cast.today).values_list("id", flat=True))
        assert seen == set(Unit.objects.filter(id__startswith="ben-truc").values_list("id", flat=True))
        assert len(seen) == 7

    def test_the_reviewer_reads_every_commune_of_the_province_and_writes_in_none(self, cast: Cast) -> None:
        assert (
            queries.visible_units(cast.reviewer, cast.today).filter(is_demo=True).count()
            == Unit.objects.count()
        )
        check_can(cast.reviewer, "read", cast.neighbour_commune, cast.today)
        with pytest.raises(NotAllowed):
            check_can(cast.reviewer, "activity.record", cast.commune, cast.today)

    def test_scope_and_permission_to_read_agree(self, cast: Cast) -> None:
        people = [*Person.objects.all(), AnonymousUser()]
        for person in people:
            seen = set(queries.visible_units(person, cast.today))
            assert seen == {unit for unit in Unit.objects.all() if can(person, "read", unit, cast.today)}
            posts = list(queries.positions(person, cast.today))
            assert seen == {
                unit for unit in Unit.objects.all() if queries.is_read_in(posts, unit, cast.today)
            }

    def test_nobody_who_is_not_signed_in_sees_anything(self, cast: Cast) -> None:
        assert not queries.visible_units(AnonymousUser(), cast.today).exists()
        with pytest.raises(NotAllowed, match="đăng nhập"):
            check_can(AnonymousUser(), "read", cast.commune, cast.today)

    def test_the_operator_at_the_command_line_may(self, cast: Cast) -> None:
        check_can(None, "plan.import", cast.commune, cast.today)
        assert queries.visible_units(None, cast.today).count() == Unit.objects.count()

    def test_a_position_that_has_ended_gives_nothing(self, cast: Cast) -> None:
        position = cast.office_clerk.positions.get()
        position.ends_on = cast.today
        position.save(update_fields=["ends_on"])
        check_can(cast.office_clerk, "report.review", cast.commune, cast.today - timedelta(days=1))
        with pytest.raises(NotAllowed, match="không giữ chức vụ nào vào ngày 20/7/2023"):
            check_can(cast.office_clerk, "report.review", cast.commune, cast.today)
        assert not queries.visible_units(cast.office_clerk, cast.today).exists()

    def test_a_blocked_person_may_nothing_whatever_the_position(self, cast: Cast) -> None:
        cast.chair.is_active = False
        assert not can(cast.chair, "read", cast.commune, cast.today)
        assert not queries.visible_units(cast.chair, cast.today).exists()

    def test_an_unknown_permission_is_an_error_of_the_program(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match=r"report\.burn"):
            can(cast.chair, "report.burn", cast.commune, cast.today)

    def test_people_act_for_the_commune_their_department_belongs_to(self, cast: Cast) -> None:
        assert queries.home_units(cast.radio_operator, cast.today) == [cast.commune]
        assert queries.home_units(cast.hamlet_head, cast.today) == [cast.commune]
        assert queries.home_units(cast.reviewer, cast.today) == []

    def test_a_successor_reads_and_files_the_papers_of_the_units_it_took_over(
        self, cast: Cast, places: None
    ) -> None:
        actions.appoint(
            person=cast.chair,
            unit=queries.unit("tran-phu-10633"),
            role=Role.CULTURE_OFFICER,
            title="Công chức",
            starts_on=date(2025, 7, 1),
            by=None,
            at=cast.now,
        )
        old, on = queries.unit("nam-trung"), date(2025, 8, 1)
        assert queries.visible_units(cast.chair, on).filter(id="nam-trung").exists()
        assert can(cast.chair, "archive.import", old, on)
        assert not can(cast.chair, "activity.record", old, on)
        assert not can(cast.chair, "read", old, date(2025, 6, 30))
        assert not can(cast.chair, "read", queries.unit("tai-son"), on)
        posts = list(queries.positions(cast.chair, on))
        assert queries.is_read_in(posts, old, on)
        assert not queries.is_read_in(posts, old, date(2025, 6, 30))
        assert not queries.is_read_in(posts, queries.unit("tai-son"), on)


@pytest.mark.django_db
@pytest.mark.integration
class TestDoor:
    def test_whoever_knows_the_passphrase_is_let_in(self, cast: Cast) -> None:
        person = authenticate(RequestFactory().post("/"), username="van-hoa", password=cast.passphrase)
        assert isinstance(person, Person)

    def test_a_blocked_person_is_not(self, cast: Cast) -> None:
        Person.objects.filter(username="van-hoa").update(is_active=False)
        asked = RequestFactory().post("/")
        assert authenticate(asked, username="van-hoa", password=cast.passphrase) is None

    def test_staff_without_a_position_in_force_may_not_enter(self, cast: Cast, client: Client) -> None:
        cast.culture_officer.is_staff = True
        cast.culture_officer.save()
        cast.culture_officer.positions.update(ends_on=date(2023, 1, 1))
        client.force_login(cast.culture_officer)
        assert client.get(reverse("desk:home")).status_code == 403

    def test_the_desk_opens_for_a_position_and_stays_shut_without(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.culture_officer)
        assert client.get(reverse("desk:home")).status_code == 200
        cast.culture_officer.positions.all().delete()
        assert client.get(reverse("desk:home")).status_code == 403


@pytest.mark.django_db
@pytest.mark.integration
class TestAppointing:
    def test_only_who_manages_people_may_appoint(self, cast: Cast) -> None:
        def appoint(by: Person | None) -> None:
            actions.appoint(
                person=cast.radio_operator,
                unit=cast.commune,
                role=Role.CONTRIBUTOR,
                title="Cộng tác viên",
                starts_on=None,
                by=by,
                at=cast.now,
            )

        with pytest.raises(Refused):
            appoint(cast.chair)
        assert not AuditEntry.objects.filter(action="position.appoint").exists()
        appoint(None)
        assert AuditEntry.objects.get(action="position.appoint").detail["role"] == "contributor"
