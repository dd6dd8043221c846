"""The door: who comes in, who is locked out, what is kept of it, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.models import AuditEntry, CachedValue, Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import ROLES, Role
from dinhlang.org.sign_in import actions, limits, secrets, sessions
from dinhlang.org.sign_in.second_factor import must_have, unreadable

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

stored = pytest.mark.django_db
integration = pytest.mark.integration

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
ORIGIN = "http://testserver"


def sign_in(client: Client, username: str, password: str, **more: Any) -> Any:
    return client.post(
        reverse("desk:sign-in"),
        {"login": username, "password": password, **more},
        headers={"User-Agent": CHROME},
    )


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def give_app(person: Person) -> str:
    """An authenticator app for the person; gives its secret."""
    secret = totp.generate_totp_secret()
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": secrets.hidden(secret)}
    )
    return secret


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()) + 1))


def trace(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action))


# --- coming in and going out ----------------------------------------------------------------------


@stored
@integration
def test_the_right_password_opens_the_desk_and_leaves_a_trace(client: Client, cast: Cast) -> None:
    answer = sign_in(client, " Van-Hoa ", cast.passphrase)
    assert answer.headers["Location"] == reverse("desk:home")
    assert client.get(reverse("desk:home")).status_code == 200
    (entry,) = trace("session.start")
    assert (entry.by, entry.detail) == (cast.culture_officer, {"means": ["password"]})
    client.post(reverse("desk:sign-out"))
    assert not is_in(client)
    assert [one.by for one in trace("session.end")] == [cast.culture_officer]
    assert not UserSession.objects.exists()


@stored
@integration
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client: Client, cast: Cast) -> None:
    pages = [
        re.sub(r'value="[^"]*"', "", sign_in(client, name, "mat-khau-doan-mo").content.decode())
        for name in ("van-hoa", "khong-ai-ca")
    ]
    assert pages[0] == pages[1]
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in pages[0]


@stored
@integration
def test_whoever_may_not_sign_in_is_told_nothing_more(client: Client, cast: Cast) -> None:
    Person.objects.filter(pk=cast.culture_officer.pk).update(is_active=False)
    assert (
        "Tên đăng nhập hoặc mật khẩu không đúng."
        in sign_in(client, "van-hoa", cast.passphrase).content.decode()
    )


@stored
@integration
@pytest.mark.parametrize("next_page", ["https://xau.example/", "//xau.example/", "javascript:alert(1)"])
def test_nobody_is_led_out_of_the_house(client: Client, cast: Cast, next_page: str) -> None:
    answer = sign_in(client, "van-hoa", cast.passphrase, next=next_page)
    assert answer.headers["Location"] == reverse("desk:home")


@stored
@integration
def test_nobody_signs_up_or_asks_for_a_letter(client: Client, cast: Cast) -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "socialaccount_signup"):
        assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse(name), {"username": "moi"}).status_code == 404


@stored
@integration
def test_a_session_ends_with_the_working_day_unless_its_owner_asked_for_a_week(
    client: Client, cast: Cast
) -> None:
    def after(hours: int) -> bool:
        session = client.session
        session["arrived_at"] -= hours * 3600
        session.save()
        return client.get(reverse("desk:home")).status_code == 200

    sign_in(client, "van-hoa", cast.passphrase)
    assert client.session.get_expire_at_browser_close()
    assert after(11)
    assert not after(2)
    sign_in(client, "van-hoa", cast.passphrase, remember="on")
    assert not client.session.get_expire_at_browser_close()
    assert after(6 * 24)
    assert not after(25)


# --- the lock -------------------------------------------------------------------------------------


@stored
@integration
@pytest.mark.parametrize("username", ["van-hoa", "khong-ai-ca"])
def test_too_many_failures_lock_the_name_whether_or_not_it_exists(
    client: Client, cast: Cast, username: str
) -> None:
    answers = [sign_in(client, username, f"sai-{number}").status_code for number in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]
    locked = sign_in(client, username, cast.passphrase)
    assert locked.status_code == 429
    assert "Hãy đợi 15 phút" in locked.content.decode()


@stored
@integration
def test_a_lock_is_for_one_address_and_ends_by_itself(client: Client, cast: Cast, settings: Settings) -> None:
    for _ in range(5):
        sign_in(client, "van-hoa", "sai")
    assert limits.is_locked("van-hoa", timezone.now())
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere, "van-hoa", cast.passphrase).status_code == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert not limits.is_locked("van-hoa", timezone.now())
    assert sign_in(client, "van-hoa", cast.passphrase).status_code == 302


@stored
@integration
def test_failures_from_everywhere_together_are_limited_too(cast: Cast) -> None:
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), "van-hoa", "sai")
    answer = sign_in(Client(REMOTE_ADDR="192.0.2.99"), "van-hoa", cast.passphrase)
    assert "Đã sai quá nhiều lần." in answer.content.decode()
    actions.unlock(person=cast.culture_officer, by=None, at=timezone.now())
    assert sign_in(Client(REMOTE_ADDR="192.0.2.99"), "van-hoa", cast.passphrase).status_code == 302


@stored
@integration
def test_only_an_administrator_of_the_unit_or_the_operator_unlocks(client: Client, cast: Cast) -> None:
    administrator = Person.objects.get(username="quan-tri")
    for _ in range(5):
        sign_in(client, "van-hoa", "sai")
    for stranger in (cast.chair, cast.neighbour, cast.culture_officer):
        with pytest.raises(NotAllowed):
            actions.unlock(person=cast.culture_officer, by=stranger, at=timezone.now())
    with pytest.raises(NotAllowed):
        actions.unlock(person=administrator, by=administrator, at=timezone.now())
    with pytest.raises(NotAllowed):
        actions.unlock(person=cast.neighbour, by=administrator, at=timezone.now())
    actions.unlock(person=cast.culture_officer, by=administrator, at=timezone.now())
    assert sign_in(client, "van-hoa", cast.passphrase).status_code == 302
    assert [entry.by for entry in trace("person.unlock")] == [administrator]


@stored
@integration
def test_an_administrator_helps_on_a_page_and_never_themselves(client: Client, cast: Cast) -> None:
    administrator = Person.objects.get(username="quan-tri")
    phone = Client()
    sign_in(phone, "van-hoa", cast.passphrase)
    give_app(cast.culture_officer)
    for _ in range(5):
        sign_in(Client(), "van-hoa", "sai")
    client.force_login(administrator)
    there = reverse("org:person-door", args=[cast.culture_officer.pk])
    page = client.get(there).content.decode()
    assert "đang tạm khóa" in page
    assert "1 máy đang đăng nhập" in page
    for deed in ("unlock", "take-off"):
        client.post(there, {"do": deed})
    assert client.post(there, {"do": "gì đó"}).status_code == 400
    assert phone.get(reverse("desk:home")).status_code == 302
    assert sign_in(Client(), "van-hoa", cast.passphrase).headers["Location"] == reverse("desk:home")
    client.post(there, {"do": "sign-out"})
    assert not UserSession.objects.filter(user=cast.culture_officer).exists()

    give_app(administrator)
    client.post(reverse("org:person-door", args=[administrator.pk]), {"do": "take-off"})
    assert Authenticator.objects.filter(user=administrator).exists()
    assert (
        client.post(reverse("org:person-door", args=[cast.neighbour.pk]), {"do": "unlock"}).status_code == 404
    )


@stored
@integration
def test_what_was_typed_at_the_door_is_not_kept(client: Client, cast: Cast) -> None:
    typed = "Mat-Khau-Go-Nham-O-Ten"
    sign_in(client, typed, typed)
    sign_in(client, "van-hoa", typed)
    kept = " ".join(
        str(value)
        for model in (AccessAttempt, AuditEntry, CachedValue, Session)
        for row in model.objects.values_list()
        for value in row
    ).lower()
    assert "van-hoa" in kept
    assert typed.lower() not in kept
    assert [(entry.by, entry.target) for entry in trace("session.refuse")] == [
        (None, f"org.person:{cast.culture_officer.pk}")
    ]


@stored
@integration
def test_old_failures_and_ended_sessions_are_deleted_at_a_sign_in(client: Client, cast: Cast) -> None:
    sign_in(client, "mot-cua", "sai")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    UserSession.objects.create(user=cast.chair, session_key="het-han", ip="192.0.2.1", user_agent="")
    sign_in(client, "van-hoa", cast.passphrase)
    assert not AccessAttempt.objects.exists()
    assert [row.user for row in UserSession.objects.all()] == [cast.culture_officer]


@pytest.mark.parametrize(
    ("proxies", "written", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "không-phải-địa-chỉ", limits.UNKNOWN_ADDRESS),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_the_operators_own_proxies_are_believed(
    settings: Settings, proxies: int, written: str, expected: str
) -> None:
    settings.PROXIES = proxies
    given = {"HTTP_X_FORWARDED_FOR": written} if written else {}
    assert limits.address_of(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **given)) == expected


# --- the second factor ----------------------------------------------------------------------------


def test_administrators_and_approvers_need_a_second_factor_and_only_they() -> None:
    assert {role for role, described in ROLES.items() if described.needs_second_factor} == {
        Role.ADMINISTRATOR,
        Role.APPROVER,
    }


@stored
@integration
def test_a_code_of_the_app_is_asked_for_and_taken_once(client: Client, cast: Cast) -> None:
    code = code_of(give_app(cast.chair))
    answer = sign_in(client, "chu-tich", cast.passphrase)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã không đúng" in wrong.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == reverse(
        "desk:home"
    )
    assert is_in(client)
    assert trace("session.start")[0].detail == {"means": ["password", "totp"]}
    assert len(trace("factor.refuse")) == 1

    again = Client()
    sign_in(again, "chu-tich", cast.passphrase)
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(again), "seen over the shoulder, used a second time"


@stored
@integration
def test_secrets_cannot_be_read_in_the_database_nor_under_another_key(
    client: Client, cast: Cast, settings: Settings
) -> None:
    secret = give_app(cast.chair)
    (row,) = Authenticator.objects.all()
    assert secret not in str(row.data)
    assert secrets.shown(row.data["secret"]) == secret
    assert unreadable() == 0
    settings.SECRET_KEY = "x" * 40
    assert unreadable() == 1
    assert secrets.shown(row.data["secret"]) != secret
    sign_in(client, "chu-tich", cast.passphrase)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert not is_in(client)
    settings.SECRET_KEY = "x" * 40
    actions.take_off_second_factor(person=cast.chair, by=None, at=timezone.now())
    assert sign_in(client, "chu-tich", cast.passphrase).headers["Location"] == reverse("desk:home")


@stored
@integration
def test_setting_up_an_app_gives_recovery_codes_once(client: Client, cast: Cast) -> None:
    sign_in(client, "van-hoa", cast.passphrase)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret is not None
    assert all(len(group) == 4 for group in secret[1].split())
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1].replace(" ", ""))})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", client.get(answer.headers["Location"]).content.decode())
    assert len(codes) == 10
    assert not re.search(r"<code>", client.get(answer.headers["Location"]).content.decode())
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 404

    other = Client()
    sign_in(other, "van-hoa", cast.passphrase)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_in(other)
    third = Client()
    sign_in(third, "van-hoa", cast.passphrase)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert not is_in(third), "a recovery code is used once"


@stored
@integration
def test_whoever_must_have_a_second_factor_is_led_to_it_before_anything_else(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    sign_in(client, "chu-tich", cast.passphrase)
    for name in ("desk:home", "work:ledger", "org:account", "org:units"):
        assert client.get(reverse(name)).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    give_app(cast.chair)
    assert client.get(reverse("desk:home")).status_code == 200
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Hãy thêm cách khác trước" in answer.content.decode()
    assert Authenticator.objects.exists()

    officer = Client()
    sign_in(officer, "van-hoa", cast.passphrase)
    assert officer.get(reverse("desk:home")).status_code == 200


@stored
@integration
def test_what_a_post_asks_for_ends_with_the_post(cast: Cast, settings: Settings) -> None:
    assert not must_have(cast.chair, cast.today)
    settings.SECOND_FACTOR_REQUIRED = True
    assert must_have(cast.chair, cast.today)
    cast.chair.positions.update(starts_on="2020-01-01", ends_on=cast.today)
    assert not must_have(cast.chair, cast.today)


@stored
@integration
def test_a_strangers_key_cannot_be_named_or_removed(client: Client, cast: Cast) -> None:
    key = Authenticator.objects.create(
        user=cast.chair, type=Authenticator.Type.WEBAUTHN, data={"name": "Máy", "credential": {}}
    )
    sign_in(client, "van-hoa", cast.passphrase)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk]), {"name": "của tôi"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


# --- sessions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (CHROME, "Chrome trên Windows"),
        (f"{CHROME} Edg/126.0", "Edge trên Windows"),
        (f"coc_coc_browser {CHROME}", "Cốc Cốc trên Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari trên iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) Chrome/126.0 Mobile Safari/537.36",
            "Chrome trên Android",
        ),
        ("curl/8", "Trình duyệt không rõ"),
        ("", "Trình duyệt không rõ"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent: str, said: str) -> None:
    assert sessions.in_words(agent) == said


@stored
@integration
def test_a_session_is_ended_from_another_machine(client: Client, cast: Cast) -> None:
    phone, stranger = Client(), Client()
    sign_in(client, "van-hoa", cast.passphrase)
    sign_in(phone, "van-hoa", cast.passphrase)
    sign_in(stranger, "chu-tich", cast.passphrase)
    page = client.get(reverse("org:sessions")).content.decode()
    assert page.count("Chrome trên Windows") == 3  # two rows, and the name for a screen reader on one button
    assert {row.ip for row in UserSession.objects.all()} == {limits.UNKNOWN_ADDRESS}
    theirs = UserSession.objects.get(session_key=stranger.session.session_key)
    client.post(reverse("org:session-end", args=[theirs.pk]))
    assert is_in(stranger), "somebody else's session is nobody's to end"
    other = UserSession.objects.get(session_key=phone.session.session_key)
    client.post(reverse("org:session-end", args=[other.pk]))
    assert phone.get(reverse("desk:home")).status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200
    (entry,) = trace("session.revoke")
    assert entry.detail["machine"] == "Chrome trên Windows"


@stored
@integration
def test_the_list_of_sessions_asks_the_database_as_often_for_many_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, "van-hoa", cast.passphrase)
    for number in range(30):
        Session.objects.create(
            session_key=f"phien-{number}", session_data="", expire_date="2199-01-01T00:00Z"
        )
        UserSession.objects.create(
            user=cast.culture_officer, session_key=f"phien-{number}", ip="192.0.2.1", user_agent=CHROME
        )
    with django_assert_max_num_queries(12):
        assert client.get(reverse("org:sessions")).content.decode().count("Chrome trên Windows") == 61


@stored
@integration
def test_a_new_password_signs_the_other_machines_out(client: Client, cast: Cast) -> None:
    phone = Client()
    sign_in(client, "van-hoa", cast.passphrase)
    sign_in(phone, "van-hoa", cast.passphrase)
    new = "một câu dài có dấu cách"
    client.post(
        reverse("org:account"), {"old_password": cast.passphrase, "new_password1": new, "new_password2": new}
    )
    assert phone.get(reverse("desk:home")).status_code == 302
    assert "máy này" in client.get(reverse("org:sessions")).content.decode()
    assert sign_in(Client(), "van-hoa", new).status_code == 302


@stored
@integration
@pytest.mark.parametrize(
    ("new", "told"),
    [("x" * 129, "dài quá 128 ký tự"), ("password1234", "dễ đoán"), ("ngan", "ít nhất 12 ký tự")],
)
def test_a_poor_passphrase_is_refused_with_the_reason(
    client: Client, cast: Cast, new: str, told: str
) -> None:
    client.force_login(cast.culture_officer)
    given = {"old_password": cast.passphrase, "new_password1": new, "new_password2": new}
    assert told in client.post(reverse("org:account"), given).content.decode()


@stored
@integration
def test_the_look_is_remembered_by_the_browser(client: Client, cast: Cast) -> None:
    client.force_login(cast.culture_officer)
    client.post(reverse("org:look"), {"theme": "dark", "text": "130", "language": "vi"})
    page = client.get(reverse("org:account")).content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-text="130"' in page
    client.post(reverse("org:look"), {"theme": "<script>", "text": "900"})
    assert client.cookies["theme"].value == "dark"
    client.post(reverse("org:look"), {"theme": "system", "text": "100", "language": "vi"})
    assert "data-theme" not in client.get(reverse("org:account")).content.decode()


@stored
@integration
def test_a_browser_in_english_is_answered_in_vietnamese(client: Client, cast: Cast) -> None:
    page = client.get(reverse("desk:sign-in"), headers={"Accept-Language": "en-GB,en"}).content.decode()
    assert '<html lang="vi"' in page


# --- nothing typed is lost ------------------------------------------------------------------------


@stored
@integration
def test_a_form_posted_without_a_session_is_shown_again_and_sent_after_signing_in(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    address = reverse("desk:home")
    typed = {"title": "Họp thôn <Đình>", "count": "2", "note": "", "csrfmiddlewaretoken": "cu"}
    answer = browser.post(address, typed, headers={"Origin": ORIGIN})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Họp thôn &lt;Đình&gt;" in page
    assert f'action="{address}"' in page
    assert f"{reverse('desk:sign-in')}?next=" in page
    assert 'name="csrfmiddlewaretoken" value="cu"' not in page
    assert answer.headers["Cache-Control"] == "no-store"

    browser.force_login(cast.culture_officer)
    stale = browser.post(address, typed, headers={"Origin": ORIGIN})
    page = stale.content.decode()
    assert stale.status_code == 403
    assert "Kiểm tra rồi gửi lại" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    fresh = browser.post(address, {**typed, "csrfmiddlewaretoken": token[1]}, headers={"Origin": ORIGIN})
    assert fresh.status_code == 200


@stored
@integration
@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://xau.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_strangers_page_cannot_put_words_into_our_forms(cast: Cast, headers: dict[str, str]) -> None:
    for signed_in in (False, True):
        browser = Client(enforce_csrf_checks=True)
        if signed_in:
            browser.force_login(cast.culture_officer)
        answer = browser.post(reverse("desk:home"), {"title": "lời của kẻ lạ"}, headers=headers)
        assert answer.status_code == (403 if signed_in else 401)
        assert "lời của kẻ lạ" not in answer.content.decode()


@stored
@integration
def test_a_password_is_never_shown_again(client: Client, cast: Cast) -> None:
    given = {"old_password": "bi-mat-cu", "new_password1": "bi-mat-moi"}
    answer = client.post(reverse("org:account"), given, headers={"Origin": ORIGIN})
    assert answer.status_code == 401
    assert "bi-mat" not in answer.content.decode()


@stored
@integration
def test_files_are_named_to_be_chosen_again(client: Client, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    given = {"title": "Có ảnh", "files": SimpleUploadedFile("ảnh họp.jpg", b"x")}
    page = client.post(reverse("desk:home"), given, headers={"Origin": ORIGIN}).content.decode()
    assert "cần chọn lại sau khi gửi: ảnh họp.jpg" in page


@stored
@integration
def test_scripts_are_told_that_the_session_is_over(client: Client, cast: Cast) -> None:
    there = reverse("desk:home")
    partial = client.post(there, headers={"HX-Request": "true", "HX-Current-URL": f"{ORIGIN}{there}?p=2"})
    assert (partial.status_code, partial.headers["HX-Redirect"]) == (
        401,
        f"{reverse('desk:sign-in')}?next=%2Fban-lam-viec%2F%3Fp%3D2",
    )
    queued = client.post(there, data="{}", content_type="application/json")
    assert queued.status_code == 401
    assert set(queued.json().values()) == {"Phiên làm việc đã hết. Hãy đăng nhập lại."}


# --- headers --------------------------------------------------------------------------------------


@stored
@integration
@pytest.mark.parametrize("address", ["/dang-nhap/", "/khong-co/", "/healthz", "/ban-lam-viec/"])
def test_every_answer_closes_what_no_page_needs(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.culture_officer)
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"].startswith("camera=(self), ")
    assert headers["Cross-Origin-Opener-Policy"] == headers["Referrer-Policy"] == "same-origin"
