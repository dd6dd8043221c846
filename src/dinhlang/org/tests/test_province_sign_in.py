"""Signing in by a province's OpenID Connect, against a small provider of our own on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from dinhlang.org.models import AuditEntry, Person
from dinhlang.org.sign_in import secrets

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

CLIENT, SECRET = "dinhlang", "bi-mat-cua-tinh"
CITIZEN_NUMBER = "001099000001"


class Province(ThreadingHTTPServer):
    """A provider that vouches for one person at a time: `says` is what it tells about them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.says: dict[str, Any] = {}
        self.challenges: dict[str, str] = {}
        self.refused: list[str] = []

    def authorize(self, address: str) -> str:
        """What a browser does there: the person agrees, and is sent back with a code."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        code = f"ma-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        challenge = self.challenges.pop(given.get("code", ""), "")
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if challenge != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
            return None
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **self.says}
        return {
            "access_token": "the",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, self.key, "RS256", headers={"kid": "1"}),
        }


class Answers(BaseHTTPRequestHandler):
    server: Province

    def do_GET(self) -> None:
        base = self.server.issuer
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key(), as_dict=True)
        self.answer(
            {
                "/.well-known/openid-configuration": {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
                "/keys": {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]},
                "/userinfo": self.server.says,
            }.get(self.path)
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.server.token({name: values[0] for name, values in parse_qs(body).items()}))

    def answer(self, given: dict[str, Any] | None) -> None:
        sent = json.dumps(given if given is not None else {"error": "invalid_grant"}).encode()
        self.send_response(200 if given is not None else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *said: Any) -> None:
        """Quietly."""


@pytest.fixture(scope="module")
def running() -> Iterator[Province]:
    province = Province()
    threading.Thread(target=province.serve_forever, daemon=True).start()
    yield province
    province.shutdown()


@pytest.fixture
def province(running: Province, settings: Settings, cast: Cast) -> Province:
    settings.OIDC_NAME = "tài khoản tỉnh Mẫu"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "tinh",
                    "name": settings.OIDC_NAME,
                    "client_id": CLIENT,
                    "secret": SECRET,
                    "settings": {"server_url": running.issuer},
                }
            ],
        }
    }
    running.says = {"sub": "nguoi-7", "preferred_username": "van-hoa", "cccd": CITIZEN_NUMBER}
    return running


def go_round(client: Client, province: Province, query: str = "") -> Any:
    """From our button to the provider and back."""
    leaving = client.post(f"{reverse('openid_connect_login', args=['tinh'])}{query}")
    assert leaving.headers["Location"].startswith(f"{province.issuer}/authorize?")
    return client.get(province.authorize(leaving.headers["Location"]))


def who_is_in(client: Client) -> str | None:
    key = client.session.get(SESSION_KEY)
    return Person.objects.get(pk=key).username if key else None


def vouch_by_mail(province: Province, person: Person, *, verified: object = True) -> None:
    Person.objects.filter(pk=person.pk).update(email="Van.Hoa@ben-truc.example")
    province.says |= {"email": "van.hoa@ben-truc.example", "email_verified": verified}


def test_the_button_is_there_only_when_a_provider_is(client: Client, cast: Cast) -> None:
    assert "lien-thong" not in client.get(reverse("desk:sign-in")).content.decode()
    assert client.post(reverse("openid_connect_login", args=["tinh"])).status_code == 404


def test_the_button_names_the_provider(client: Client, province: Province) -> None:
    page = client.get(reverse("desk:sign-in")).content.decode()
    assert "Đăng nhập bằng tài khoản tỉnh Mẫu" in page


def test_a_verified_address_of_one_person_opens_their_account_from_then_on(
    client: Client, province: Province, cast: Cast
) -> None:
    vouch_by_mail(province, cast.culture_officer)
    assert go_round(client, province).headers["Location"] == reverse("desk:home")
    assert who_is_in(client) == "van-hoa"
    del province.says["email"]
    later = Client()
    go_round(later, province)
    assert who_is_in(later) == "van-hoa"
    assert AuditEntry.objects.filter(action="province.connect", by=cast.culture_officer).count() == 1
    assert AuditEntry.objects.filter(action="session.start", detail__means=["socialaccount"]).count() == 2


def test_of_what_the_provider_tells_only_its_identifier_is_kept(
    client: Client, province: Province, cast: Cast
) -> None:
    vouch_by_mail(province, cast.culture_officer)
    go_round(client, province)
    go_round(Client(), province)
    (row,) = SocialAccount.objects.all()
    assert (row.uid, row.extra_data) == ("nguoi-7", {})
    assert CITIZEN_NUMBER not in str(list(client.session.values()))


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_nobody_vouches_for_opens_nothing(
    client: Client, province: Province, cast: Cast, verified: object
) -> None:
    vouch_by_mail(province, cast.culture_officer, verified=verified)
    answer = go_round(client, province)
    assert answer.status_code == 403
    assert "chưa nối với người nào ở đây" in answer.content.decode()
    assert who_is_in(client) is None


def test_a_user_name_chosen_elsewhere_opens_nothing_and_makes_nobody(
    client: Client, province: Province, cast: Cast
) -> None:
    before = Person.objects.count()
    assert go_round(client, province).status_code == 403
    assert who_is_in(client) is None
    assert Person.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_an_address_that_two_people_share_opens_neither(
    client: Client, province: Province, cast: Cast
) -> None:
    vouch_by_mail(province, cast.culture_officer)
    Person.objects.filter(pk=cast.office_clerk.pk).update(email="van.hoa@ben-truc.example")
    assert go_round(client, province).status_code == 403


def test_whose_account_is_closed_does_not_come_in_by_the_other_door(
    client: Client, province: Province, cast: Cast
) -> None:
    vouch_by_mail(province, cast.culture_officer)
    go_round(client, province)
    Person.objects.filter(pk=cast.culture_officer.pk).update(is_active=False)
    later = Client()
    assert go_round(later, province).status_code == 403
    assert who_is_in(later) is None


def test_the_second_factor_is_asked_for_all_the_same(client: Client, province: Province, cast: Cast) -> None:
    vouch_by_mail(province, cast.culture_officer)
    Authenticator.objects.create(
        user=cast.culture_officer, type=Authenticator.Type.TOTP, data={"secret": secrets.hidden("A" * 32)}
    )
    assert go_round(client, province).headers["Location"] == reverse("mfa_authenticate")
    assert who_is_in(client) is None


def test_a_person_connects_and_disconnects_their_own_account(
    client: Client, province: Province, cast: Cast
) -> None:
    client.post(reverse("desk:sign-in"), {"login": "mot-cua", "password": cast.passphrase})
    assert go_round(client, province, "?process=connect").headers["Location"] == reverse("org:account")
    assert "đã nối" in client.get(reverse("org:account")).content.decode()
    later = Client()
    go_round(later, province)
    assert who_is_in(later) == "mot-cua", "whatever name the provider knows them by"

    another = Client()
    another.post(reverse("desk:sign-in"), {"login": "van-phong", "password": cast.passphrase})
    go_round(another, province, "?process=connect")
    assert [row.user for row in SocialAccount.objects.all()] == [cast.one_stop_clerk]

    client.post(reverse("org:province-disconnect"))
    assert not SocialAccount.objects.exists()
    assert go_round(Client(), province).status_code == 403


def test_an_answer_to_a_question_nobody_asked_is_refused(client: Client, province: Province) -> None:
    answer = client.get(reverse("openid_connect_callback", args=["tinh"]), {"code": "x", "state": "y"})
    assert answer.status_code == 401
    assert "Chưa đăng nhập được" in answer.content.decode()


def test_a_wrong_code_and_a_provider_that_is_away_are_said_in_vietnamese(
    client: Client, province: Province, settings: Settings
) -> None:
    leaving = client.post(reverse("openid_connect_login", args=["tinh"]))
    state = dict(parse_qsl(urlsplit(leaving.headers["Location"]).query))["state"]
    wrong = client.get(reverse("openid_connect_callback", args=["tinh"]), {"code": "x", "state": state})
    assert "Chưa đăng nhập được" in wrong.content.decode()
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    away = client.post(reverse("openid_connect_login", args=["tinh"]))
    assert "Chưa đăng nhập được" in away.content.decode()


def test_turning_back_at_the_provider_leads_to_a_calm_page(client: Client, province: Province) -> None:
    leaving = client.post(reverse("openid_connect_login", args=["tinh"]))
    state = dict(parse_qsl(urlsplit(leaving.headers["Location"]).query))["state"]
    given = {"error": "access_denied", "state": state}
    answer = client.get(reverse("openid_connect_callback", args=["tinh"]), given, follow=True)
    assert "Chưa có gì thay đổi." in answer.content.decode()
