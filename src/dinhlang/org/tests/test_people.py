"""Posts given, ended, handed over; accounts locked and named; links that work once; hamlets of a commune."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.org import actions, permissions, queries
from dinhlang.org.models import AuditEntry, Invitation, Person, Position, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import (
    Refused,
    Role,
    Unfit,
    person_name,
    post_title,
    proposed_username,
    unit_part_name,
)
from dinhlang.org.rules.invitations import LinkState, Purpose, token_hash

if TYPE_CHECKING:
    from conftest import Cast

stored = [pytest.mark.django_db, pytest.mark.integration]


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn   Văn A ", "Nguyễn Văn A"),
        ("Nguye\u0302\u0303n Va\u0306n A\u0301nh", "Nguyễn Văn Ánh"),
        ("Ngu\u200byễn Văn\u202e A\u2069", "Nguyễn Văn A"),
        ("H’Hen Niê", "H'Hen Niê"),
        ("Vũ Văn An (thôn 2)", "Vũ Văn An (thôn 2)"),
        ("Lê Thị Bé-Ba", "Lê Thị Bé-Ba"),
    ],
)
def test_a_name_is_kept_as_a_reader_sees_it(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \u200b\u200d ",
        "12345",
        "A",
        "...",
        "Nguyễn 😀 Văn A",
        "Nguyễn Văn A ❤️",
        "Нгуен Ван",
        "Nguyễn <b>A</b>",
        "=HYPERLINK(A1)",
        "Z\u0351\u036b\u0343a\u0351\u036b\u0343lgo",
        "x" * 121,
        "阮文",
    ],
)
def test_what_is_no_name_is_refused_in_words(typed: str) -> None:
    with pytest.raises(Unfit) as refused:
        person_name(typed)
    assert refused.value.field == "full_name"


@pytest.mark.parametrize("clean", [unit_part_name, post_title])
def test_names_of_parts_and_titles_are_held_to_the_same(clean: Any) -> None:
    assert clean("Phòng Văn hóa\u200b – Xã hội, khu 2/3") == "Phòng Văn hóa – Xã hội, khu 2/3"
    for typed in ("", "😀", "Tổ\u202e 🔥", "x" * 200):
        with pytest.raises(Unfit):
            clean(typed)


@pytest.mark.parametrize(
    ("name", "taken", "proposed"),
    [
        ("Nguyễn Thị Ánh", (), "nguyen.thi.anh"),
        ("Nguyễn Thị Ánh", ("nguyen.thi.anh", "nguyen.thi.anh2"), "nguyen.thi.anh3"),
        ("Đỗ Văn Đức (thôn Soi)", (), "do.van.duc"),
        ("H'Hen Niê", (), "hhen.nie"),
        ("Y", (), "can.bo.y"),
        ("", (), "can.bo"),
        ("阮文", (), "can.bo"),
    ],
)
def test_a_user_name_is_made_of_the_full_name(name: str, taken: tuple[str, ...], proposed: str) -> None:
    assert proposed_username(name, taken) == proposed


# --- posts ----------------------------------------------------------------------------------------


def appointed(cast: Cast, by: Person | None, **changes: Any) -> Position:
    given: dict[str, Any] = {
        "person": cast.radio_operator,
        "unit": cast.commune,
        "role": Role.CONTRIBUTOR,
        "title": "Cộng tác viên",
        "starts_on": cast.today,
    }
    return actions.appoint(**{**given, **changes}, by=by, at=cast.now)


class TestPosts:
    pytestmark = stored

    def test_the_administrator_appoints_in_the_own_commune_only(self, cast: Cast) -> None:
        assert appointed(cast, cast.administrator).pk
        with pytest.raises(NotAllowed):
            appointed(cast, cast.administrator, unit=cast.neighbour_commune)
        with pytest.raises(NotAllowed):
            appointed(cast, cast.administrator, unit=cast.province)

    def test_nobody_changes_posts_of_their_own(self, cast: Cast) -> None:
        own = cast.administrator.positions.get()
        with pytest.raises(Refused, match="của mình"):
            appointed(cast, cast.administrator, person=cast.administrator, role=Role.APPROVER)
        with pytest.raises(Refused, match="của mình"):
            actions.end_position(position=own, on=cast.today, by=cast.administrator, at=cast.now)
        assert not AuditEntry.objects.filter(action__startswith="position").exists()

    def test_a_role_is_held_where_it_belongs(self, cast: Cast) -> None:
        hamlet = Unit.objects.get(pk="ben-truc-thon-soi")
        with pytest.raises(Unfit, match="chỉ có ở thôn"):
            appointed(cast, None, role=Role.HAMLET_HEAD)
        with pytest.raises(Unfit, match="không có ở thôn"):
            appointed(cast, None, unit=hamlet, role=Role.APPROVER)
        assert appointed(cast, None, unit=hamlet, role=Role.HAMLET_HEAD, title="Trưởng thôn").pk

    def test_the_same_post_is_not_held_twice_at_a_time(self, cast: Cast) -> None:
        appointed(cast, None, ends_on=cast.today + timedelta(days=10))
        with pytest.raises(Unfit, match="đã giữ"):
            appointed(cast, None, starts_on=cast.today + timedelta(days=9))
        assert appointed(cast, None, starts_on=cast.today + timedelta(days=10)).pk

    def test_a_unit_that_is_not_in_being_takes_nobody(self, cast: Cast) -> None:
        Unit.objects.filter(pk="ben-truc").update(ends_on=cast.today + timedelta(days=1))
        cast.commune.refresh_from_db()
        with pytest.raises(Unfit, match="không hoạt động"):
            appointed(cast, None, starts_on=cast.today + timedelta(days=5))

    def test_an_appointment_of_today_is_withdrawn_and_an_older_one_is_not(self, cast: Cast) -> None:
        fresh = appointed(cast, cast.administrator)
        actions.withdraw_position(position=fresh, by=cast.administrator, at=cast.now)
        assert not cast.radio_operator.positions.filter(role=Role.CONTRIBUTOR).exists()
        old = cast.radio_operator.positions.get()
        with pytest.raises(Refused, match="chỉ cho thôi giữ"):
            actions.withdraw_position(position=old, by=cast.administrator, at=cast.now)

    def test_an_end_is_taken_back_for_a_month(self, cast: Cast) -> None:
        post = cast.radio_operator.positions.get()
        actions.end_position(position=post, on=cast.today, by=cast.administrator, at=cast.now)
        assert not permissions.can(cast.radio_operator, "read", cast.commune, cast.today)
        actions.restore_position(position=post, by=cast.administrator, at=cast.now)
        assert permissions.can(cast.radio_operator, "read", cast.commune, cast.today)
        actions.end_position(position=post, on=cast.today, by=cast.administrator, at=cast.now)
        with pytest.raises(Refused, match="30 ngày"):
            actions.restore_position(position=post, by=cast.administrator, at=cast.now + timedelta(days=31))

    def test_a_post_that_has_ended_is_not_ended_again_on_a_later_day(self, cast: Cast) -> None:
        post = cast.hamlet_head.positions.get()
        post.ends_on = cast.today - timedelta(days=90)
        post.save(update_fields=["ends_on"])
        with pytest.raises(Refused, match="đã thôi"):
            actions.end_position(
                position=post, on=cast.today + timedelta(days=90), by=cast.administrator, at=cast.now
            )

    def test_an_end_before_the_beginning_is_refused(self, cast: Cast) -> None:
        post = appointed(cast, None)
        with pytest.raises(Unfit, match="phải sau"):
            actions.end_position(position=post, on=cast.today, by=None, at=cast.now)

    def test_the_only_administrator_stays_until_there_is_another(self, cast: Cast) -> None:
        other = appointed(cast, None, role=Role.ADMINISTRATOR, title="Quản trị")
        only = cast.administrator.positions.get()
        actions.end_position(position=only, on=cast.today, by=cast.radio_operator, at=cast.now)
        with pytest.raises(Refused, match="duy nhất"):
            actions.lock_account(person=cast.radio_operator, by=helper(cast, other.unit), at=cast.now)

    def test_posts_are_handed_over_whole(self, cast: Cast) -> None:
        taken = actions.hand_over(
            person=cast.office_clerk,
            successor=cast.radio_operator,
            unit=cast.commune,
            on=cast.today,
            by=cast.administrator,
            at=cast.now,
        )
        assert [(post.role, post.unit_id) for post in taken] == [("office-clerk", "ben-truc-van-phong")]
        assert not queries.positions(cast.office_clerk, cast.today).exists()
        assert permissions.can(cast.radio_operator, "report.review", cast.commune, cast.today)

    def test_nothing_is_handed_over_to_oneself_or_to_the_administrator_who_does_it(self, cast: Cast) -> None:
        for successor in (cast.office_clerk, cast.administrator):
            with pytest.raises(Refused):
                actions.hand_over(
                    person=cast.office_clerk,
                    successor=successor,
                    unit=cast.commune,
                    on=cast.today,
                    by=cast.administrator,
                    at=cast.now,
                )
        assert queries.positions(cast.office_clerk, cast.today).exists()

    def test_people_stand_in_the_order_of_their_given_names(self, cast: Cast) -> None:
        names = [member.person.full_name for member in queries.people_of(cast.commune, cast.today)]
        assert names == [
            "Đặng Thị Trông Coi",
            "Phạm Văn Thí Dụ",
            "Trần Văn Ví Dụ",
            "Lê Thị Minh Họa",
            "Nguyễn Thị Mẫu",
            "Vũ Văn Thôn Mẫu",
            "Mai Thị Cộng Sự",
            "Hoàng Thị Phát Thử",
        ]


def helper(cast: Cast, unit: Unit) -> Person:
    """Another administrator, who is leaving tomorrow."""
    person = actions.register_person(
        username="nguoi.giup", full_name="Người Giúp Mẫu", passphrase=cast.passphrase, by=None, at=cast.now
    )
    actions.appoint(
        person=person,
        unit=unit,
        role=Role.ADMINISTRATOR,
        title="Quản trị tạm",
        starts_on=cast.today,
        ends_on=cast.today + timedelta(days=1),
        by=None,
        at=cast.now,
    )
    return person


# --- accounts -------------------------------------------------------------------------------------


class TestAccounts:
    pytestmark = stored

    def test_a_locked_account_may_nothing_until_it_is_unlocked(self, cast: Cast) -> None:
        actions.lock_account(person=cast.office_clerk, by=cast.administrator, at=cast.now)
        assert not permissions.can(cast.office_clerk, "read", cast.commune, cast.today)
        actions.unlock_account(person=cast.office_clerk, by=cast.administrator, at=cast.now)
        assert permissions.can(cast.office_clerk, "read", cast.commune, cast.today)
        assert cast.office_clerk.check_password(cast.passphrase)

    def test_nobody_locks_themselves_out(self, cast: Cast) -> None:
        with pytest.raises(Refused, match="của mình"):
            actions.lock_account(person=cast.administrator, by=cast.administrator, at=cast.now)

    @pytest.mark.parametrize("act", ["lock", "rename", "link"])
    def test_an_account_that_opens_posts_elsewhere_is_not_one_communes_own(
        self, cast: Cast, act: str
    ) -> None:
        appointed(cast, None, person=cast.office_clerk, unit=cast.neighbour_commune)
        with pytest.raises(NotAllowed, match="đơn vị khác"):
            done(act, cast.office_clerk, cast)

    @pytest.mark.parametrize("act", ["lock", "rename", "link"])
    def test_a_strangers_account_is_not_touched(self, cast: Cast, act: str) -> None:
        with pytest.raises(NotAllowed):
            done(act, cast.neighbour, cast)
        assert AuditEntry.objects.count() == 1

    def test_a_name_is_corrected_and_both_are_in_the_audit(self, cast: Cast) -> None:
        actions.rename_person(
            person=cast.office_clerk, full_name=" Lê Thị\u200b Minh Hoa", by=cast.administrator, at=cast.now
        )
        assert Person.objects.get(pk=cast.office_clerk.pk).full_name == "Lê Thị Minh Hoa"
        entry = AuditEntry.objects.get(action="person.rename")
        assert entry.detail == {"from": "Lê Thị Minh Họa", "to": "Lê Thị Minh Hoa"}
        assert entry.unit == cast.commune

    def test_only_the_operator_registers_people_with_a_passphrase(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.register_person(
                username="moi.mau",
                full_name="Mới Mẫu",
                passphrase="x" * 12,
                by=cast.administrator,
                at=cast.now,
            )


def done(act: str, person: Person, cast: Cast) -> None:
    by, at = cast.administrator, cast.now
    if act == "lock":
        actions.lock_account(person=person, by=by, at=at)
    elif act == "rename":
        actions.rename_person(person=person, full_name="Tên Khác", by=by, at=at)
    else:
        actions.renew_link(person=person, by=by, at=at)


# --- links ----------------------------------------------------------------------------------------


def invited(cast: Cast, by: Person | None, **changes: Any) -> tuple[Invitation, str]:
    given: dict[str, Any] = {
        "full_name": "Trịnh Thị Mới Mẫu",
        "username": "trinh.thi.moi.mau",
        "unit": cast.commune,
        "role": Role.CULTURE_OFFICER,
        "title": "Công chức văn hóa – xã hội",
        "starts_on": cast.today,
    }
    return actions.invite(**{**given, **changes}, by=by, at=cast.now)


class TestLinks:
    pytestmark = stored

    def test_an_account_opens_only_when_the_link_is_used(self, cast: Cast) -> None:
        invitation, token = invited(cast, cast.administrator)
        person = invitation.person
        assert person.is_awaited
        assert not permissions.can(person, "read", cast.commune, cast.today)
        assert invitation.token_hash == token_hash(token)
        assert token not in str(Invitation.objects.values())
        actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=cast.now)
        person.refresh_from_db()
        assert person.check_password("mot-cau-that-dai")
        assert permissions.can(person, "activity.record", cast.commune, cast.today)

    def test_a_link_works_once(self, cast: Cast) -> None:
        invitation, _ = invited(cast, cast.administrator)
        actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=cast.now)
        with pytest.raises(Refused, match="đã dùng"):
            actions.accept_invitation(invitation=invitation, passphrase="cau-cua-ke-khac", at=cast.now)
        assert Person.objects.get(pk=invitation.person_id).check_password("mot-cau-that-dai")

    def test_a_link_ends_after_a_week(self, cast: Cast) -> None:
        invitation, _ = invited(cast, cast.administrator)
        late = cast.now + timedelta(days=7)
        assert invitation.state(late - timedelta(seconds=1)) is LinkState.OPEN
        assert invitation.state(late) is LinkState.EXPIRED
        with pytest.raises(Refused):
            actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=late)
        assert Person.objects.get(pk=invitation.person_id).is_awaited

    def test_a_revoked_link_opens_nothing_and_a_new_one_ends_the_old(self, cast: Cast) -> None:
        first, _ = invited(cast, cast.administrator)
        second, _ = actions.renew_link(person=first.person, by=cast.administrator, at=cast.now)
        first.refresh_from_db()
        assert first.state(cast.now) is LinkState.REVOKED
        actions.revoke_link(invitation=second, by=cast.administrator, at=cast.now)
        with pytest.raises(Refused):
            actions.revoke_link(invitation=second, by=cast.administrator, at=cast.now)
        for link in (first, second):
            with pytest.raises(Refused):
                actions.accept_invitation(invitation=link, passphrase="mot-cau-that-dai", at=cast.now)

    def test_who_forgot_a_passphrase_gets_a_link_for_a_day(self, cast: Cast) -> None:
        invitation, _ = actions.renew_link(person=cast.chair, by=cast.administrator, at=cast.now)
        assert invitation.purpose == Purpose.PASSPHRASE
        assert invitation.expires_at == cast.now + timedelta(days=1)
        assert cast.chair.check_password(cast.passphrase), "the old one holds until the link is used"
        actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=cast.now)
        assert Person.objects.get(pk=cast.chair.pk).check_password("mot-cau-that-dai")
        assert AuditEntry.objects.get(action="passphrase.renew").by == cast.chair

    def test_a_link_is_no_way_into_a_locked_account(self, cast: Cast) -> None:
        invitation, _ = actions.renew_link(person=cast.chair, by=cast.administrator, at=cast.now)
        actions.lock_account(person=cast.chair, by=cast.administrator, at=cast.now)
        invitation.refresh_from_db()
        with pytest.raises(Refused):
            actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=cast.now)
        with pytest.raises(Refused, match="khóa"):
            actions.renew_link(person=cast.chair, by=cast.administrator, at=cast.now)

    def test_only_who_manages_people_invites_and_only_there(self, cast: Cast) -> None:
        before = Person.objects.count()
        for by, unit in ((cast.chair, cast.commune), (cast.administrator, cast.neighbour_commune)):
            with pytest.raises(NotAllowed):
                invited(cast, by, unit=unit)
        assert Person.objects.count() == before

    def test_a_user_name_that_is_taken_is_refused_and_nothing_kept(self, cast: Cast) -> None:
        before = Person.objects.count()
        with pytest.raises(Unfit) as refused:
            invited(cast, cast.administrator, username="chu-tich")
        assert refused.value.field == "username"
        with pytest.raises(Unfit, match="chỉ có ở thôn"):
            invited(cast, cast.administrator, role=Role.HAMLET_HEAD)
        assert Person.objects.count() == before


# --- hamlets and departments ----------------------------------------------------------------------


def added(cast: Cast, by: Person | None, *names: str, **changes: Any) -> list[Unit]:
    given: dict[str, Any] = {
        "body": cast.commune,
        "level": Unit.Level.HAMLET,
        "kind": "thôn",
        "starts_on": cast.today,
        "names": names,
    }
    return actions.add_parts(**{**given, **changes}, by=by, at=cast.now)


class TestParts:
    pytestmark = stored

    def test_hamlets_are_added_by_a_list_of_names(self, cast: Cast) -> None:
        made = added(cast, cast.administrator, "Thôn Trung", " đông\u200b ", "", "Tổ dân phố 5")
        assert [queries.title_of(part, cast.today) for part in made] == [
            "thôn Trung",
            "thôn đông",
            "thôn Tổ dân phố 5",
        ]
        assert {part.pk for part in made} <= queries.ids_of_body(cast.commune, cast.today)
        assert made[0].pk == "ben-truc-thon-trung"

    def test_a_name_that_is_there_is_refused_and_none_is_kept(self, cast: Cast) -> None:
        before = Unit.objects.count()
        for names in (["Mới", "thôn Đình"], ["Mới", "mới"], [" "], ["Mới", "🔥"]):
            with pytest.raises(Unfit):
                added(cast, cast.administrator, *names)
        assert Unit.objects.count() == before

    def test_only_the_administrator_of_the_commune_changes_its_parts(self, cast: Cast) -> None:
        hamlet = Unit.objects.get(pk="ben-truc-thon-soi")
        for by, body in ((cast.chair, cast.commune), (cast.administrator, cast.neighbour_commune)):
            with pytest.raises(NotAllowed):
                added(cast, by, "Mới", body=body)
        with pytest.raises(NotAllowed):
            actions.end_part(part=hamlet, on=cast.today, by=cast.neighbour, at=cast.now)
        with pytest.raises(Refused):
            actions.end_part(part=cast.commune, on=cast.today, by=cast.administrator, at=cast.now)

    def test_a_new_name_holds_from_its_day_on(self, cast: Cast) -> None:
        hamlet = Unit.objects.get(pk="ben-truc-thon-soi")
        day = date(2023, 9, 1)
        actions.rename_part(
            part=hamlet, kind="thôn", name="Soi Mới", starts_on=day, by=cast.administrator, at=cast.now
        )
        assert queries.title_of(hamlet, day - timedelta(days=1)) == "thôn Soi"
        assert queries.title_of(hamlet, day) == "thôn Soi Mới"
        actions.rename_part(
            part=hamlet, kind="thôn", name="Soi Hai", starts_on=day, by=cast.administrator, at=cast.now
        )
        assert queries.title_of(hamlet, day) == "thôn Soi Hai"
        with pytest.raises(Unfit):
            actions.rename_part(
                part=hamlet, kind="thôn", name="Đình", starts_on=day, by=cast.administrator, at=cast.now
            )

    def test_a_hamlet_ends_when_nobody_holds_a_post_there_and_comes_back(self, cast: Cast) -> None:
        with_head = Unit.objects.get(pk="ben-truc-thon-dinh")
        with pytest.raises(Refused, match="Còn 1 chức vụ"):
            actions.end_part(part=with_head, on=cast.today, by=cast.administrator, at=cast.now)
        hamlet = Unit.objects.get(pk="ben-truc-thon-soi")
        actions.end_part(part=hamlet, on=cast.today, by=cast.administrator, at=cast.now)
        assert hamlet.pk not in queries.ids_of_body(cast.commune, cast.today)
        actions.restore_part(part=hamlet, by=cast.administrator, at=cast.now)
        assert hamlet.pk in queries.ids_of_body(cast.commune, cast.today)
        assert queries.title_of(hamlet, cast.today) == "thôn Soi"
