"""Open311 GeoReport v2: what the standard asks, in JSON and in XML, and what is never given out."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from dinhlang.citizens.actions import keys
from dinhlang.citizens.models import Case, Publication
from dinhlang.citizens.rules.states import State
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.models import Site
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.voices.open311 import rules
from dinhlang.portal.voices.open311.rules import Fault

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

REQUEST = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description", "agency_responsible",
    "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address", "address_id", "zipcode",
    "lat", "long", "media_url",
}  # fmt: skip
SENT = {
    "service_code": "moi-truong",
    "description": unicodedata.normalize("NFD", "Rác ở cầu số 2 tràn ra đường, mùi rất hôi."),
    "address_string": "Cầu số 2",
    "attribute[consent]": "yes",
    "first_name": "Dụ",
    "last_name": "Trần Thị Ví",
    "email": "nguoi.gui@example.vn",
    "phone": "0912345678",
    "media_url": "http://192.0.2.1/anh.jpg",
}


@pytest.fixture
def base(settings: Any, tmp_path: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.DATA = tmp_path
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    if not Site.objects.filter(unit=cast.commune).exists():
        make_site(unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now)
    registry.forget()
    return f"{registry.now().by_unit[cast.commune.pk].prefix}/open311/v2"


@pytest.fixture
def secret(cast: Cast, base: str) -> str:
    return keys.make_key(unit=cast.commune, name="Ứng dụng tỉnh", by=cast.office_clerk, at=cast.now)[1]


def case(
    cast: Cast, number: int, *, state: str = State.ANSWERED, shown: str = "published", days: float = 1.0
) -> Case:
    """A case with its public text, as the desk leaves both."""
    at = cast.now - timedelta(days=days)
    made = Case.objects.create(
        unit=cast.commune, code=f"PA-311X-{number:04d}", way="web", nature="feedback", category="giao-thong", state=state,
        words="Lời riêng của bà Lan", sender_name="Bà Lan", received_at=at, answered_at=at, days_used=0, changed_at=at,
    )  # fmt: skip
    if shown:
        Publication.objects.create(
            case=made, unit=cast.commune, state=shown, question="Đường hỏng ở đâu?", answer="Xã sẽ sửa.", category="giao-thong",
            received_on=at.date(), published_at=at, approved_by=cast.chair, taken_down_at=at, taken_down_why="x",
        )  # fmt: skip
    return made


def ids(client: Client, base: str, **asked: str) -> list[str]:
    answer = client.get(f"{base}/requests.json", asked)
    assert answer.status_code == 200, answer.content
    return [row["service_request_id"] for row in answer.json()]


def test_services_and_their_questions_are_the_same_in_both_forms(client: Client, base: str) -> None:
    rows = client.get(f"{base}/services.json").json()
    assert isinstance(rows, list)
    assert {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"} == set(
        rows[0]
    )
    answer = client.get(f"{base}/services.xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    tree = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    assert tree.tag == "services"
    assert [one.findtext("service_code") for one in tree.iterfind("service")] == [
        row["service_code"] for row in rows
    ]
    whole = client.get(f"{base}/services/moi-truong.json").json()
    assert whole["service_code"] == "moi-truong"
    assert [one["order"] for one in whole["attributes"]] == list(range(1, len(whole["attributes"]) + 1))
    tree = ET.fromstring(client.get(f"{base}/services/moi-truong.xml").content)  # noqa: S314
    assert tree.tag == "service_definition"
    first = tree.find("attributes/attribute")
    assert first is not None
    assert (first.findtext("code"), first.findtext("required")) == ("consent", "true")
    assert first.findtext("values/value/key") == "yes"
    assert client.get(f"{base}/services/khong-co.json").status_code == 404
    discovery = client.get(f"{base}/discovery.json").json()
    assert discovery["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert client.get(f"{base}/services.json", {"jurisdiction_id": "khac.example.vn"}).status_code == 404


def test_a_request_is_taken_in_once_and_its_sender_is_never_given_out(
    client: Client, base: str, secret: str
) -> None:
    answer = client.post(f"{base}/requests.json", {**SENT, "api_key": secret})
    assert answer.status_code == 200, answer.content
    [told] = answer.json()
    again = client.post(f"{base}/requests.json", {**SENT, "api_key": secret}).json()[0]
    assert told["service_request_id"] == again["service_request_id"]
    made = Case.objects.get()
    assert (made.way, made.nature, made.sender_name.shown()) == ("open311", "advice", "Trần Thị Ví Dụ")
    assert made.words.shown() == unicodedata.normalize("NFC", SENT["description"])
    assert made.code in told["service_notice"]
    assert "media_url" in told["service_notice"]
    one = client.get(f"{base}/requests/{told['service_request_id']}.json")
    [row] = one.json()
    assert set(row) == REQUEST
    assert (row["status"], row["description"], row["address"], row["lat"]) == ("open", None, None, None)
    for private in ("Ví", "nguoi.gui", "0912", "Rác", "Cầu số 2"):
        assert private not in one.content.decode()
    assert ids(client, base) == []
    old = client.get(f"{base}/request/{told['service_request_id']}.json")
    assert old.status_code == 301
    assert old["Location"].endswith(f"/requests/{told['service_request_id']}.json")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"api_key": ""}, 403),
        ({"api_key": "pa311_khong-phai"}, 403),
        ({"service_code": ""}, 400),
        ({"service_code": "khong-co"}, 404),
        ({"address_string": ""}, 400),
        ({"description": "x" * 4001}, 400),
        ({"description": ""}, 400),
        ({"attribute[consent]": ""}, 400),
        ({"attribute[consent]": "maybe"}, 400),
        ({"lat": "20.1"}, 400),
        ({"lat": "bắc", "long": "đông"}, 400),
        ({"lat": "1", "long": "1"}, 400),
        ({"address_id": "khong-co"}, 400),
        ({"jurisdiction_id": "khac"}, 404),
        ({"phone": "<script>"}, 400),
    ],
)
def test_what_is_wrong_is_said_in_the_form_that_was_asked_for(
    client: Client, base: str, secret: str, change: dict[str, str], status: int
) -> None:
    given = {**SENT, "api_key": secret, **change}
    answer = client.post(f"{base}/requests.json", given)
    assert answer.status_code == status, answer.content
    [error] = answer.json()
    assert error["code"] == status
    tree = ET.fromstring(client.post(f"{base}/requests.xml", given).content)  # noqa: S314
    assert tree.tag == "errors"
    assert tree.findtext("error/code") == str(status)
    assert tree.findtext("error/description") == error["description"]
    assert not Case.objects.exists()


def test_without_consent_no_contact_is_kept(client: Client, base: str, secret: str) -> None:
    client.post(f"{base}/requests.json", {**SENT, "api_key": secret, "attribute[consent]": "no"})
    made = Case.objects.get()
    assert (made.consent, bool(made.sender_name), bool(made.sender_phone)) == ("", False, False)


def test_only_what_is_published_is_listed_the_same_in_both_forms(
    client: Client, base: str, cast: Cast
) -> None:
    shown = case(cast, 1)
    for number, state in enumerate(("draft", "proposed", "taken-down", ""), start=2):
        case(cast, number, shown=state)
    [row] = client.get(f"{base}/requests.json").json()
    assert row["service_request_id"] == str(shown.uid)
    assert (row["status"], row["status_notes"], row["zipcode"]) == ("closed", "Xã sẽ sửa.", None)
    assert datetime.fromisoformat(row["requested_datetime"]).utcoffset() == timedelta(hours=7)
    tree = ET.fromstring(client.get(f"{base}/requests.xml").content)  # noqa: S314
    assert {one.tag: one.text for one in tree.find("request") or ()} == row
    assert "Lan" not in client.get(f"{base}/requests.json").content.decode()
    assert "extended_attributes" not in row
    [row] = client.get(f"{base}/requests.json", {"extensions": "true"}).json()
    assert row["extended_attributes"]["detailed_status"] == "PROCESSED"
    hidden = Case.objects.get(code="PA-311X-0002")
    assert client.get(f"{base}/requests/{hidden.uid}.json").status_code == 404


def test_lists_are_narrowed_and_identifiers_override_all_else(client: Client, base: str, cast: Cast) -> None:
    new, old = case(cast, 1, state=State.REOPENED), case(cast, 2, days=100)
    assert ids(client, base) == [str(new.uid)]
    assert ids(client, base, status="open") == [str(new.uid)]
    assert ids(client, base, status="closed") == []
    assert ids(client, base, status="open,closed") == [str(new.uid)]
    assert ids(client, base, service_code="moi-truong") == []
    assert ids(client, base, detailed_status="IN_PROCESS") == [str(new.uid)]
    assert ids(client, base, max_requests="1") == [str(new.uid)]
    both = f"{new.uid},{old.uid}"
    assert ids(client, base, service_request_id=both, status="closed") == [str(new.uid), str(old.uid)]
    start = (cast.now - timedelta(days=120)).isoformat()
    assert ids(client, base, start_date=start) == [str(old.uid)]
    assert ids(client, base, start_date=start, end_date=cast.now.isoformat()) == [str(old.uid)]
    assert ids(client, base, end_date=start) == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"start_date": "hôm qua"}, 400),
        ({"start_date": "2023-07-20T00:00:00Z", "end_date": "2023-07-01T00:00:00Z"}, 400),
        ({"status": "mở"}, 400),
        ({"service_code": "khong-co"}, 404),
        ({"service_request_id": "1"}, 404),
        ({"max_requests": "0"}, 400),
        ({"start_date": "0001-01-01"}, 400),
    ],
)
def test_a_list_that_is_asked_for_wrongly_says_so(
    client: Client, base: str, asked: dict[str, str], status: int
) -> None:
    assert client.get(f"{base}/requests.json", asked).status_code == status


def test_there_are_no_tokens_and_other_methods_are_refused(client: Client, base: str) -> None:
    assert client.get(f"{base}/tokens/abc.json").status_code == 404
    assert client.get(f"{base}/requests/abc.xml").status_code == 404
    assert client.post(f"{base}/services.json").status_code == 405
    assert client.options(f"{base}/requests.json")["Access-Control-Allow-Origin"] == "*"


def test_keys_are_given_by_whoever_handles_feedback_and_can_be_ended(
    client: Client, base: str, secret: str, cast: Cast
) -> None:
    with pytest.raises(NotAllowed):
        keys.make_key(unit=cast.commune, name="Khác", by=cast.contributor, at=cast.now)
    other = keys.make_key(unit=cast.neighbour_commune, name="Khác", by=None, at=cast.now)
    assert client.post(f"{base}/requests.json", {**SENT, "api_key": other[1]}).status_code == 403
    found = keys.key_of(secret, cast.commune.pk, cast.now)
    assert found is not None
    keys.revoke_key(key=found, by=cast.office_clerk, at=cast.now)
    assert client.post(f"{base}/requests.json", {**SENT, "api_key": secret}).status_code == 403


def test_every_state_has_a_status() -> None:
    assert {rules.status_of(one) for one in State} == {"open", "closed"}
    assert rules.states_of("", "") is None
    with pytest.raises(Fault):
        rules.states_of("opened")
