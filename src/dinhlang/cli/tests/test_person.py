"""The operator lets people in and out from the command line."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.utils import timezone

from dinhlang.cli.person import ROLES, person
from dinhlang.org import actions, permissions, queries
from dinhlang.org.models import AuditEntry, Invitation, Person
from dinhlang.org.rules import Refused, Role
from dinhlang.org.rules.invitations import LinkState, token_hash

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

APPOINT = [
    "appoint",
    "ho.ten.mau",
    "--unit",
    "ben-truc",
    "--role",
    "office-clerk",
    "--title",
    "Công chức văn phòng",
]


def run(*arguments: str) -> str:
    found = CliRunner().invoke(person, arguments, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture(autouse=True)
def in_this_test_only(cast: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dinhlang.config.start.ready", lambda: None)


def test_a_new_person_signs_in_with_the_printed_passphrase() -> None:
    told = run(*APPOINT, "--name", "Họ Tên Mẫu")
    passphrase = re.search(r"Mật khẩu lần đầu: (\S+)", told)
    assert passphrase is not None
    signed_in = authenticate(RequestFactory().post("/"), username="ho.ten.mau", password=passphrase[1])
    assert signed_in is not None
    assert queries.positions(signed_in, timezone.localdate()).exists()
    assert AuditEntry.objects.filter(action="person.register").count() == 1


def test_a_second_post_makes_no_second_account() -> None:
    run(*APPOINT, "--name", "Họ Tên Mẫu")
    told = run(
        "appoint", "ho.ten.mau", "--unit", "ben-truc", "--role", "contributor", "--title", "Cộng tác viên"
    )
    assert "Mật khẩu" not in told
    assert Person.objects.filter(username="ho.ten.mau").count() == 1


@pytest.mark.parametrize(
    ("username", "name"), [("Họ Tên", "Họ Tên Mẫu"), ("ab", "Họ Tên Mẫu"), ("ho.ten.mau", " ")]
)
def test_what_cannot_be_an_account_is_refused_and_nothing_kept(username: str, name: str) -> None:
    before = Person.objects.count()
    with pytest.raises(Refused):
        run("appoint", username, *APPOINT[2:], "--name", name)
    assert Person.objects.count() == before


def test_who_leaves_no_longer_enters() -> None:
    run(*APPOINT, "--name", "Họ Tên Mẫu", "--from", "2026-01-05")
    assert "Công chức văn phòng" in run("list", "--unit", "ben-truc")
    run("leave", "ho.ten.mau", "--unit", "ben-truc")
    assert "ho.ten.mau" not in run("list", "--unit", "ben-truc")
    gone = Person.objects.get(username="ho.ten.mau")
    assert not queries.positions(gone, timezone.localdate()).exists()
    with pytest.raises(Refused):
        run("leave", "ho.ten.mau", "--unit", "ben-truc")


def test_the_command_offers_every_role_there_is() -> None:
    assert set(ROLES) == set(Role)


def test_the_first_administrator_of_a_commune_is_invited_by_a_link() -> None:
    told = run("invite", "ho.ten.mau", "--name", "Họ Tên Mẫu", "--unit", "ben-dua", "--title", "Quản trị")
    link = re.search(r"http\S+/loi-moi/([\w-]+)/", told)
    assert link is not None
    invitation = Invitation.objects.get()
    assert invitation.token_hash == token_hash(link[1])
    person = invitation.person
    assert person.is_awaited
    assert person.positions.get().role == Role.ADMINISTRATOR
    actions.accept_invitation(invitation=invitation, passphrase="mot-cau-that-dai", at=timezone.now())
    person.refresh_from_db()
    assert permissions.can(person, "people.manage", person.positions.get().unit, timezone.localdate())


def test_a_new_link_ends_the_one_before() -> None:
    run("invite", "ho.ten.mau", "--name", "Họ Tên Mẫu", "--unit", "ben-dua", "--title", "Quản trị")
    assert "/loi-moi/" in run("link", "ho.ten.mau")
    first, second = Invitation.objects.order_by("pk")
    assert first.state(timezone.now()) is LinkState.REVOKED
    assert second.state(timezone.now()) is LinkState.OPEN
    with pytest.raises(Refused, match="Không có tài khoản"):
        run("link", "khong.co")
