"""The administrator's pages: people, posts, links, parts of the commune, the audit; and what a link shows."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dinhlang.org import actions, queries
from dinhlang.org.models import AuditEntry, Invitation, Person, Position, Unit
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import DEEDS, ROLES, Role
from dinhlang.org.views import today

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PASSPHRASE = "mot-cau-that-dai-de-nho"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def send(client: Client, name: str, *args: Any, **given: Any) -> str:
    answer = client.post(reverse(name, args=args), given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- people ---------------------------------------------------------------------------------------


def test_people_are_found_without_marks_and_by_role_and_part(admin: Client, cast: Cast) -> None:
    page = read(admin, "org:people")
    assert page.index("Trông Coi") < page.index("Thí Dụ") < page.index("Phát Thử")
    assert "Láng Giềng" not in page
    found = read(admin, "org:people", q="thi du")
    assert "Phạm Văn Thí Dụ" in found
    assert "Trần Văn Ví Dụ" not in found
    assert "Vũ Văn Thôn Mẫu" in read(admin, "org:people", role="hamlet-head")
    assert "Không có ai khớp" in read(admin, "org:people", role="hamlet-head", part="ben-truc-thon-soi")
    assert read(admin, "org:people", role="khong-co", q="\0", p="9999")


def test_who_left_is_shown_when_asked_for(admin: Client, cast: Cast) -> None:
    cast.office_clerk.positions.update(ends_on=today())
    assert "Minh Họa" not in read(admin, "org:people")
    assert "Minh Họa" in read(admin, "org:people", state="left")
    actions.lock_account(person=cast.one_stop_clerk, by=None, at=timezone.now())
    locked = read(admin, "org:people", state="locked")
    assert "Thí Dụ" in locked
    assert "Ví Dụ" not in locked


def test_the_list_asks_the_database_no_more_for_more_people(
    admin: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person = Person.objects.create(username=f"nguoi.{number}", full_name=f"Người Mẫu {number}")
        for role in (Role.CONTRIBUTOR, Role.RADIO_OPERATOR):
            Position.objects.create(person=person, unit_id="ben-truc", role=role, title="Cộng tác viên")
    with django_assert_max_num_queries(40):
        assert read(admin, "org:people").count("Người Mẫu") == 30
    with django_assert_max_num_queries(40):
        read(admin, "org:roles")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_is_taken_away_as_a_table_and_noted(admin: Client, cast: Cast, form: str) -> None:
    Person.objects.filter(pk=cast.office_clerk.pk).update(full_name="=HYPERLINK(1)")
    answer = admin.post(reverse("org:people-export", args=[form]))
    data = body_of(answer)
    if form == "csv":
        names = [row[0] for row in csv.reader(StringIO(data.decode("utf-8-sig")))]
        assert "'=HYPERLINK(1)" in names
    else:
        cells = list(load_workbook(BytesIO(data)).active.iter_rows(max_col=1))
        names = [row[0].value for row in cells]
        assert {row[0].data_type for row in cells} == {"s"}
    assert len(names) == 9
    entry = AuditEntry.objects.get(action="people.export")
    assert (entry.by, entry.detail) == (cast.administrator, {"rows": 8, "form": form})
    assert admin.post(reverse("org:people-export", args=["exe"])).status_code == 404


def test_the_same_texts_stand_on_the_page_of_roles_and_in_the_code(admin: Client, cast: Cast) -> None:
    page = read(admin, "org:roles")
    for role in ROLES.values():
        assert str(role.label) in page
        assert str(role.description) in page
    assert all(str(deed)[1:] in page for deed in DEEDS.values())
    assert "Nguyễn Thị Mẫu" in page
    assert "Đỗ Thị Láng Giềng" not in page


def test_a_post_is_given_withdrawn_ended_and_taken_back(admin: Client, cast: Cast) -> None:
    person = cast.radio_operator
    given = {
        "role": "contributor",
        "unit": "ben-truc",
        "title": "Cộng tác viên",
        "starts_on": today().isoformat(),
        "legal_basis": "Quyết định 12/QĐ-UBND",
    }
    assert "Hủy giao" in send(admin, "org:appoint", person.pk, **given)
    fresh = Position.objects.get(person=person, role="contributor")
    assert fresh.legal_basis == "Quyết định 12/QĐ-UBND"
    send(admin, "org:position-withdraw", fresh.pk)
    assert not Position.objects.filter(pk=fresh.pk).exists()

    held = person.positions.get()
    assert "sẽ thôi chức vụ" in read(admin, "org:position-end", held.pk)
    assert "Lấy lại" in send(admin, "org:position-end", held.pk, on=today().isoformat())
    assert not queries.positions(person, today()).exists()
    send(admin, "org:position-restore", held.pk)
    assert queries.positions(person, today()).exists()
    # The form of before is sent again: said, and nothing changed.
    assert "vẫn đang giữ" in send(admin, "org:position-restore", held.pk)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"unit": "ben-dua"}, "Chọn một mục trong danh sách"),
        ({"role": ""}, "Chưa chọn vai trò"),
        ({"role": "hamlet-head"}, "chỉ có ở thôn"),
        ({"title": "🔥"}, "Chưa có chức danh"),
        ({"starts_on": "31/4/2026"}, "không có trong lịch"),
    ],
)
def test_a_post_that_cannot_be_is_refused_beside_its_field(
    admin: Client, cast: Cast, changed: dict[str, str], told: str
) -> None:
    given = {
        "role": "contributor",
        "unit": "ben-truc",
        "title": "Cộng tác viên",
        "starts_on": today().isoformat(),
    }
    page = send(admin, "org:appoint", cast.radio_operator.pk, **{**given, **changed})
    assert re.search(told, page)
    assert cast.radio_operator.positions.count() == 1


def test_posts_are_handed_over_on_a_page(admin: Client, cast: Cast) -> None:
    page = read(admin, "org:hand-over", cast.office_clerk.pk)
    assert "Công chức văn phòng – thống kê" in page
    assert "Láng Giềng" not in page
    send(
        admin,
        "org:hand-over",
        cast.office_clerk.pk,
        successor=cast.radio_operator.pk,
        on=today().isoformat(),
    )
    assert queries.positions(cast.radio_operator, today()).count() == 2
    page = send(
        admin, "org:hand-over", cast.radio_operator.pk, successor=cast.neighbour.pk, on=today().isoformat()
    )
    assert queries.positions(cast.neighbour, today()).count() == 1


def test_an_account_is_locked_after_asking_and_a_form_sent_twice_stays_locked(
    admin: Client, cast: Cast, client: Client
) -> None:
    assert "mọi thiết bị" in read(admin, "org:account-lock", cast.chair.pk)
    for _ in range(2):
        send(admin, "org:account-lock", cast.chair.pk, do="lock")
        assert not Person.objects.get(pk=cast.chair.pk).is_active
    send(admin, "org:account-lock", cast.chair.pk, do="unlock")
    assert Person.objects.get(pk=cast.chair.pk).is_active


def test_names_with_what_nobody_sees_or_writes_are_cleaned_or_refused(admin: Client, cast: Cast) -> None:
    send(admin, "org:person-rename", cast.chair.pk, full_name="Nguyễn\u200b Thị \u202eMẫu")
    assert Person.objects.get(pk=cast.chair.pk).full_name == "Nguyễn Thị Mẫu"
    for typed in ("Nguyễn 😀", "12345", "\u200b", "x" * 121):
        assert "wrong" in send(admin, "org:person-rename", cast.chair.pk, full_name=typed)
    assert Person.objects.get(pk=cast.chair.pk).full_name == "Nguyễn Thị Mẫu"


OTHERS = ("org:person", "org:person-rename", "org:account-lock", "org:appoint", "org:hand-over")


@pytest.mark.parametrize("name", OTHERS)
def test_a_strangers_person_looks_like_none(admin: Client, cast: Cast, name: str) -> None:
    for pk in (cast.neighbour.pk, cast.reviewer.pk, 999_999):
        assert admin.get(reverse(name, args=[pk])).status_code == 404
        if name != "org:person":  # which is only read
            assert admin.post(reverse(name, args=[pk]), {"do": "lock"}).status_code == 404
    assert Person.objects.get(pk=cast.neighbour.pk).is_active


def test_ids_of_other_units_in_every_parameter_change_nothing(admin: Client, cast: Cast) -> None:
    before = AuditEntry.objects.count()
    stranger = cast.neighbour.positions.get().pk
    link, _token = actions.renew_link(person=cast.neighbour, by=None, at=timezone.now())
    for name, key in (
        ("org:position-end", stranger),
        ("org:position-restore", stranger),
        ("org:position-withdraw", stranger),
        ("org:link-renew", cast.neighbour.pk),
        ("org:link-revoke", link.pk),
        ("org:part", "ben-dua"),
        ("org:part-restore", "ben-dua"),
        ("org:part", "tinh-mau-so-noi-vu"),
    ):
        answer = admin.post(reverse(name, args=[key]), {"on": today().isoformat(), "do": "end"})
        assert answer.status_code == 404, name
    for name in ("org:people", "org:invite", "org:parts", "org:audit"):
        for unit in ("ben-dua", "tinh-mau", "khong-co", "\0"):
            assert admin.get(reverse(name), {"unit": unit}).status_code == 404, name
    assert AuditEntry.objects.count() == before + 1


# --- links ----------------------------------------------------------------------------------------


def invited(admin: Client, **changed: str) -> str:
    given = {
        "full_name": "Trịnh Thị Mới Mẫu",
        "username": "",
        "role": "office-clerk",
        "unit": "ben-truc-van-phong",
        "title": "Công chức văn phòng",
        "starts_on": today().isoformat(),
    }
    return send(admin, "org:invite", **{**given, **changed})


def link_in(page: str) -> str:
    found = re.search(r"/loi-moi/[\w-]+/", page)
    assert found is not None
    return found[0]


def test_an_invited_person_comes_in_by_the_link_and_only_once(
    admin: Client, cast: Cast, client: Client
) -> None:
    page = invited(admin)
    link = link_in(page)
    assert "<svg" in page
    assert "Zalo" in page
    person = Person.objects.get(username="trinh.thi.moi.mau")
    assert link.split("/")[2] not in read(admin, "org:person", person.pk), "shown once"

    guest = type(client)()
    welcome = guest.get(link).content.decode()
    assert "Đặng Thị Trông Coi" in welcome
    assert "Công chức văn phòng" in welcome
    assert Invitation.objects.get().used_at is None, "a look uses nothing"
    short = guest.post(link, {"new_password1": "ngan", "new_password2": "ngan"})
    assert "ít nhất 12 ký tự" in short.content.decode()
    answer = guest.post(link, {"new_password1": PASSPHRASE, "new_password2": PASSPHRASE})
    assert answer.headers["Location"] == reverse("desk:home")
    assert guest.get(reverse("desk:home")).status_code == 200

    late = type(client)()
    again = late.post(link, {"new_password1": "cau-cua-ke-khac", "new_password2": "cau-cua-ke-khac"})
    assert again.status_code == 410
    assert "đã được dùng" in again.content.decode()
    assert Person.objects.get(pk=person.pk).check_password(PASSPHRASE)


def test_a_link_for_a_forgotten_passphrase_leads_to_the_door(
    admin: Client, cast: Cast, client: Client
) -> None:
    link = link_in(send(admin, "org:link-renew", cast.chair.pk))
    guest = type(client)()
    answer = guest.post(link, {"new_password1": PASSPHRASE, "new_password2": PASSPHRASE})
    assert answer.headers["Location"] == reverse("desk:sign-in")
    assert guest.get(reverse("desk:home")).status_code == 302, "the second factor is still to be shown"
    assert Person.objects.get(pk=cast.chair.pk).check_password(PASSPHRASE)


def test_a_link_worth_nothing_says_why_and_what_to_do(admin: Client, cast: Cast, client: Client) -> None:
    link = link_in(invited(admin))
    guest = type(client)()
    Invitation.objects.update(made_at=timezone.now() - timedelta(days=8))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "đã hết hạn" in guest.get(link).content.decode()
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    send(admin, "org:link-revoke", Invitation.objects.get().pk)
    gone = guest.get(link)
    assert gone.status_code == 410
    assert "đã bị thu hồi" in gone.content.decode()
    assert "đường dẫn mới" in gone.content.decode()
    for wrong in (
        link[:-10] + "/",
        reverse("invitation", args=["x" * 5000]),
        reverse("invitation", args=["é"]),
    ):
        assert guest.get(wrong).status_code == 410


def test_a_user_name_is_proposed_and_numbered(admin: Client, cast: Cast) -> None:
    Person.objects.create(username="trinh.thi.moi.mau", full_name="Khác")
    assert 'value="trinh.thi.moi.mau2"' in read(admin, "org:username", full_name="Trịnh Thị Mới Mẫu")
    invited(admin)
    assert Person.objects.filter(username="trinh.thi.moi.mau2").exists()
    assert "đã có người dùng" in invited(admin, username="chu-tich")
    assert "không dùng được" in invited(admin, username="<b>")


def test_a_code_to_scan_is_a_picture_in_the_page() -> None:
    svg = qr_svg("https://xa.example/loi-moi/abc/")
    assert svg.startswith("<svg ")
    assert "style=" not in svg


# --- parts ----------------------------------------------------------------------------------------


def test_hamlets_are_added_renamed_ended_and_taken_back(admin: Client, cast: Cast) -> None:
    page = send(admin, "org:parts", kind="thôn", names="Thôn Đông\nTây\n\n", starts_on="", legal_basis="")
    assert page.index("Thôn Đình") < page.index("Thôn Đông") < page.index("Thôn Tây")
    refused = send(admin, "org:parts", kind="thôn", names="Tây", starts_on="")
    assert "đã có rồi" in refused
    part = Unit.objects.get(pk="ben-truc-thon-tay")
    given = {
        "do": "rename",
        "rename-kind": "thôn",
        "rename-name": "Đoài",
        "rename-starts_on": today().isoformat(),
    }
    assert "Thôn Đoài" in send(admin, "org:part", part.pk, **given)
    ending = {"do": "end", "end-on": today().isoformat()}
    assert "Đã có tên mới" in send(admin, "org:part", part.pk, **ending)
    assert "Lấy lại" in send(admin, "org:part", "ben-truc-thon-soi", **ending)
    send(admin, "org:part-restore", "ben-truc-thon-soi")
    assert "ben-truc-thon-soi" in queries.ids_of_body(cast.commune, today())
    blocked = send(admin, "org:part", "ben-truc-thon-dinh", **{"do": "end", "end-on": today().isoformat()})
    assert "Còn 1 chức vụ" in blocked


# --- the audit ------------------------------------------------------------------------------------


def test_the_audit_is_read_in_words_filtered_and_checked(admin: Client, cast: Cast) -> None:
    send(admin, "org:person-rename", cast.office_clerk.pk, full_name="Lê Thị Minh Hoa")
    actions.end_position(
        position=cast.radio_operator.positions.get(), on=today(), by=cast.administrator, at=timezone.now()
    )
    page = read(admin, "org:audit")
    assert "Sửa họ và tên" in page
    assert "Chuỗi nhật ký nguyên vẹn đến dòng số 2" in page
    assert reverse("org:person", args=[cast.radio_operator.pk]) in page
    only = read(admin, "org:audit", target=f"org.person:{cast.office_clerk.pk}")
    assert "1 dòng" in only
    assert "2 dòng" in read(admin, "org:audit", by=cast.administrator.pk, start=today().isoformat())
    assert "Không có dòng nào" in read(admin, "org:audit", end="2000-01-01")
    assert "Đã kiểm tra toàn bộ 2 dòng" in read(admin, "org:audit", **{"kiem-tra": 1})
    assert read(admin, "org:audit", action="x", by="-", target="\0", start="31/2/2020")


def test_the_chair_reads_the_audit_without_the_pages_of_people(client: Client, cast: Cast) -> None:
    actions.rename_person(person=cast.office_clerk, full_name="Lê Thị Hoa", by=None, at=timezone.now())
    client.force_login(cast.chair, backend="django.contrib.auth.backends.ModelBackend")
    page = read(client, "org:audit")
    assert "Lê Thị Hoa" in page
    assert reverse("org:person", args=[cast.office_clerk.pk]) not in page


def test_the_audit_shows_nothing_of_the_neighbour(admin: Client, cast: Cast) -> None:
    actions.rename_person(person=cast.neighbour, full_name="Đỗ Thị Khác", by=None, at=timezone.now())
    assert "Đỗ Thị Khác" not in read(admin, "org:audit")


def test_the_audit_is_taken_away_with_its_hashes_and_that_is_noted(admin: Client, cast: Cast) -> None:
    entry = actions.audit(
        by=cast.chair, at=timezone.now(), action="plan.import", target="work.plan:1", unit=cast.commune
    )
    data = body_of(admin.post(reverse("org:audit-export", args=["csv"]))).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(data)))
    assert entry.entry_hash in rows[1]
    assert AuditEntry.objects.latest("pk").action == "audit.export"


def test_the_page_of_the_audit_asks_the_database_no_more_for_more_entries(
    admin: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        actions.audit(
            by=cast.chair,
            at=timezone.now(),
            action="activity.record",
            target=f"work.activity:{number}",
            unit=cast.commune,
        )
    with django_assert_max_num_queries(40):
        assert read(admin, "org:audit").count("Ghi hoạt động") >= 50
