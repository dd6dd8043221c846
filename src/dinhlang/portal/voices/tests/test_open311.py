"""Open311 GeoReport v2: what the standard asks, in JSON and in XML, and what is never given out."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.utils import timezone

from dinhlang.citizens import actions as citizens
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

# What the standard says of each answer: words as a pattern, a type, a list of one kind, names with what stands under them; in a tuple it
# may be null.
WORDS, CODE, ADDRESS = r"(?s:.+)", r"[-\w]{1,40}", r"https?://\S+"
KEY, MOMENT = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"
REQUEST = {
    "service_request_id": KEY, "status": "open|closed", "status_notes": (WORDS,), "service_name": WORDS, "service_code": CODE,
    "description": (WORDS,), "agency_responsible": WORDS, "service_notice": (WORDS,), "requested_datetime": MOMENT,
    "updated_datetime": MOMENT, "expected_datetime": (MOMENT,), "address": (WORDS,), "address_id": (CODE,), "zipcode": (r"\d+",),
    "lat": (float,), "long": (float,), "media_url": (ADDRESS,),
}  # fmt: skip
EXTENDED = REQUEST | {
    "extended_attributes": {
        "title": (WORDS,), "detailed_status": "|".join(rules.DETAILED), "media_urls": [ADDRESS], "answer_url": (ADDRESS,),
        "updates_url": ADDRESS,
    }
}  # fmt: skip
SERVICE = {
    "service_code": CODE, "service_name": WORDS, "description": WORDS, "metadata": bool, "type": "realtime|batch|blackbox",
    "keywords": r"([^,]+(,[^,]+)*)?", "group": WORDS,
}  # fmt: skip
DEFINITION = {
    "service_code": CODE,
    "attributes": [
        {
            "variable": bool, "code": CODE, "datatype": "string|number|datetime|text|singlevaluelist|multivaluelist",
            "required": bool, "datatype_description": (WORDS,), "order": int, "description": WORDS,
            "values": [{"key": CODE, "name": WORDS}],
        }
    ],
}  # fmt: skip
DISCOVERY = {
    "changeset": MOMENT, "contact": WORDS, "key_service": WORDS,
    "endpoints": [
        {
            "specification": r"http://wiki\.open311\.org/GeoReport_v2", "url": ADDRESS, "changeset": MOMENT,
            "type": "production|test", "formats": ["text/xml|application/json"],
        }
    ],
}  # fmt: skip
TAKEN = {"service_request_id": KEY, "service_notice": WORDS, "account_id": (WORDS,)}
ERROR = {"code": int, "description": WORDS}
ONE_OF = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute", "values": "value",
    "endpoints": "endpoint", "formats": "format", "media_urls": "media_url",
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


def fits(value: Any, kind: Any) -> bool:
    """Whether a value of an answer is of the kind that the standard says."""
    if isinstance(kind, tuple):
        return value is None or fits(value, *kind)
    if isinstance(kind, dict):
        is_whole = isinstance(value, dict) and value.keys() == kind.keys()
        return is_whole and all(fits(value[name], one) for name, one in kind.items())
    if isinstance(kind, list):
        return isinstance(value, list) and all(fits(one, *kind) for one in value)
    if isinstance(kind, str):
        return isinstance(value, str) and re.fullmatch(kind, value) is not None
    return type(value) is kind


def read(element: ET.Element, beside: Any) -> Any:
    """An element as the JSON beside it tells it."""
    if isinstance(beside, dict):
        assert [one.tag for one in element] == list(beside)
        return {one.tag: read(one, beside[one.tag]) for one in element}
    if isinstance(beside, list):
        assert {one.tag for one in element} <= {ONE_OF[element.tag]}
        return [read(one, other) for one, other in zip(element, beside, strict=True)]
    if isinstance(beside, bool):
        return {"true": True, "false": False}[element.text or ""]
    if isinstance(beside, int):
        return int(element.text or "")
    return element.text if beside is None else element.text or ""


@pytest.mark.parametrize(
    ("where", "asked", "root", "kind"),
    [
        ("discovery", {}, "discovery", DISCOVERY),
        ("services", {}, "services", [SERVICE]),
        ("services/moi-truong", {}, "service_definition", DEFINITION),
        ("requests", {}, "service_requests", [REQUEST]),
        ("requests", {"extensions": "true"}, "service_requests", [EXTENDED]),
        ("requests", {"status": "mở"}, "errors", [ERROR]),
    ],
)
def test_every_answer_is_of_the_kind_of_the_standard_and_the_same_in_both_forms(
    client: Client, base: str, cast: Cast, where: str, asked: dict[str, str], root: str, kind: Any
) -> None:
    case(cast, 1)
    told, sheet = (client.get(f"{base}/{where}.{form}", asked) for form in ("json", "xml"))
    assert told["Content-Type"] == "application/json; charset=utf-8"
    assert sheet["Content-Type"] == "text/xml; charset=utf-8"
    assert told["Access-Control-Allow-Origin"] == sheet["Access-Control-Allow-Origin"] == "*"
    found, tree = told.json(), ET.fromstring(sheet.content)  # noqa: S314 - our own answer
    assert found
    assert fits(found, kind), found
    assert tree.tag == root
    assert read(tree, found) == found


def test_a_service_says_what_it_asks_in_order_and_one_that_is_not_there_is_404(
    client: Client, base: str
) -> None:
    whole = client.get(f"{base}/services/moi-truong.json").json()
    assert whole["service_code"] == "moi-truong"
    assert [one["order"] for one in whole["attributes"]] == list(range(1, len(whole["attributes"]) + 1))
    first = whole["attributes"][0]
    assert (first["code"], first["required"], first["values"][0]["key"]) == ("consent", True, "yes")
    assert client.get(f"{base}/services/khong-co.json").status_code == 404
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
    assert fits(row, REQUEST), row
    assert (row["status"], row["description"], row["address"], row["lat"]) == ("open", None, None, None)
    for private in ("Ví", "nguoi.gui", "0912", "Rác", "Cầu số 2"):
        assert private not in one.content.decode()
    assert ids(client, base) == []
    old = client.get(f"{base}/request/{told['service_request_id']}.json")
    assert old.status_code == 301
    assert old["Location"].endswith(f"/requests/{told['service_request_id']}.json")


def test_a_request_is_sent_and_looked_up_in_xml_as_in_json(client: Client, base: str, secret: str) -> None:
    sent = urlencode({**SENT, "api_key": secret})
    told, sheet = (
        client.post(f"{base}/requests.{form}", sent, content_type="application/x-www-form-urlencoded")
        for form in ("json", "xml")
    )
    assert fits(told.json(), [TAKEN]), told.content
    tree = ET.fromstring(sheet.content)  # noqa: S314
    assert tree.tag == "service_requests"
    assert read(tree, told.json()) == told.json()
    made = Case.objects.get()
    there = f"{base}/requests/{made.uid}"
    row = client.get(f"{there}.json").json()
    assert row[0]["service_request_id"] == str(made.uid) == tree.findtext("request/service_request_id")
    tree = ET.fromstring(client.get(f"{there}.xml").content)  # noqa: S314
    assert tree.tag == "service_requests"
    assert read(tree, row) == row


def test_an_answer_may_be_repeated_and_a_blank_one_is_none(client: Client, base: str, secret: str) -> None:
    there = f"{base}/requests.json"
    given: dict[str, Any] = {
        **SENT,
        "api_key": secret,
        "attribute[consent]": "",
        "attribute[consent][]": ["yes"],
        "attribute[sender_address][]": ["", "Thôn Đông"],
        "attribute[publish]": "",
        "attribute[hamlet]": "",
    }
    assert client.post(there, given).status_code == 200
    made = Case.objects.get()
    assert (made.sender_address.shown(), made.nature) == ("Thôn Đông", "feedback")
    assert (bool(made.consent), made.is_publishable, made.hamlet) == (True, False, None)
    answer = client.post(there, {**given, "attribute[consent][]": ["yes", "maybe"]})
    assert answer.status_code == 400
    # Who says yes and no at once did not agree.
    torn = {"attribute[consent][]": ["yes", "no"], "attribute[publish][]": ["yes", "no"]}
    assert client.post(there, {**given, **torn}).status_code == 200
    last = Case.objects.exclude(pk=made.pk).get()
    assert (last.consent, last.is_publishable, bool(last.sender_name)) == ("", False, False)


def test_a_point_alone_or_a_hamlet_alone_says_where_it_is(client: Client, base: str, secret: str) -> None:
    nowhere = {**SENT, "api_key": secret, "address_string": ""}
    [asked] = [
        one
        for one in client.get(f"{base}/services/moi-truong.json").json()["attributes"]
        if one["code"] == "hamlet"
    ]
    hamlet = asked["values"][0]["key"]
    for number, place in enumerate(({"lat": "20.123456", "long": "105.654321"}, {"address_id": hamlet})):
        told, sheet = (
            client.post(f"{base}/requests.{form}", {**nowhere, **place}) for form in ("json", "xml")
        )
        assert fits(told.json(), [TAKEN]), told.content
        assert read(ET.fromstring(sheet.content), told.json()) == told.json()  # noqa: S314
        assert Case.objects.count() == number + 1
    at_a_point, in_a_hamlet = Case.objects.get(hamlet=None), Case.objects.get(hamlet=hamlet)
    assert (at_a_point.latitude, at_a_point.longitude) == (Decimal("20.123456"), Decimal("105.654321"))
    assert (in_a_hamlet.latitude, in_a_hamlet.longitude) == (None, None)
    assert not at_a_point.place
    assert not in_a_hamlet.place


def test_what_has_a_process_of_its_own_is_taken_and_its_sender_told_where_it_goes(
    client: Client, base: str, secret: str
) -> None:
    words = "Tôi tố cáo cán bộ địa chính đòi tiền khi làm sổ đỏ."
    for form, told in (("json", "tố cáo"), ("xml", "tố cáo"), ("json", "")):
        given = {**SENT, "api_key": secret, **({"description": words} if told else {})}
        notice = client.post(f"{base}/requests.{form}", given).content.decode()
        assert ("có vẻ là tố cáo" in notice) is bool(told)
        assert ("người đứng đầu cơ quan quản lý người bị tố cáo" in notice) is bool(told)
        assert ("Luật Tố cáo 25/2018/QH14" in notice) is bool(told)
    assert Case.objects.filter(nature="advice", state=State.RECEIVED).count() == 2


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


def test_what_fits_is_looked_for_before_the_list_is_cut(
    client: Client, base: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, middle, old = (str(case(cast, days, days=days).uid) for days in (1, 2, 3))
    Case.objects.filter(uid=old).update(changed_at=cast.now - timedelta(minutes=1))

    def ago(hours: int) -> str:
        return (cast.now - timedelta(hours=hours)).isoformat()

    assert ids(client, base, updated_after=ago(1), max_requests="1") == [old]
    assert ids(client, base, updated_before=ago(30), max_requests="1") == [middle]
    assert ids(client, base, updated_after=ago(30), updated_before=ago(20)) == [new]
    assert rules.MOST_REQUESTS == 1000
    monkeypatch.setattr(rules, "MOST_REQUESTS", 2)
    assert ids(client, base) == ids(client, base, max_requests="3") == [new, middle]
    assert ids(client, base, updated_after=ago(1)) == [old]


def test_who_asks_for_changes_after_the_last_one_told_gets_none_again_and_misses_none(
    client: Client, base: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = cast.now - timedelta(hours=2)
    first, same, text = (case(cast, number) for number in (1, 2, 3))
    for one, milliseconds in ((first, 200), (same, 900), (text, 0)):
        Case.objects.filter(pk=one.pk).update(changed_at=second + timedelta(milliseconds=milliseconds))
    # The answer of the third came long before its public text.
    Publication.objects.filter(case=text).update(published_at=second + timedelta(minutes=1, milliseconds=5))

    def told(**asked: str) -> dict[str, str]:
        rows = client.get(f"{base}/requests.json", asked).json()
        return {row["service_request_id"]: row["updated_datetime"] for row in rows}

    before = told(updated_after=(second - timedelta(seconds=1)).isoformat())
    assert before.keys() == {str(one.uid) for one in (first, same, text)}
    assert before[str(first.uid)] == before[str(same.uid)] < before[str(text.uid)]
    assert told(updated_after=before[str(first.uid)]).keys() == {str(text.uid)}
    assert told(updated_before=before[str(first.uid)]).keys() == {str(first.uid), str(same.uid)}
    assert told(updated_after=before[str(text.uid)]) == {}
    # A change of this second may get company: it is told when the second is over, then once.
    new = case(cast, 4)
    Case.objects.filter(pk=new.pk).update(changed_at=cast.now)
    assert told(updated_after=before[str(text.uid)]) == {}
    monkeypatch.setattr(timezone, "now", lambda: cast.now + timedelta(seconds=6))
    assert told(updated_after=before[str(text.uid)]).keys() == {str(new.uid)}
    # The days of receipt go by what was told, too.
    received = rules.told(cast.now - timedelta(days=1))
    Case.objects.filter(pk=first.pk).update(
        received_at=cast.now - timedelta(days=1) + timedelta(milliseconds=700)
    )
    for asked in ({"end_date": received}, {"start_date": received}):
        assert str(first.uid) in told(**{name: value or "" for name, value in asked.items()})


def test_what_became_of_a_request_is_a_feed_that_tells_a_stranger_nothing_of_anybody(
    client: Client, base: str, secret: str, cast: Cast
) -> None:
    given = {**SENT, "api_key": secret, "attribute[sender_address]": "Thôn Đông, nhà có cây đa"}
    uid = client.post(f"{base}/requests.json", given).json()[0]["service_request_id"]
    made = Case.objects.get()
    clerk, chair = {"by": cast.office_clerk}, {"by": cast.chair}

    def at(hours: int) -> datetime:
        return cast.now + timedelta(hours=hours)

    citizens.accept(case=made, at=at(1), **clerk)
    citizens.ask(case=made, question="Ở đầu cầu phía nhà ông Mẫu?", at=at(2), **clerk)
    citizens.supplement(case=made, words="Cạnh nhà bà Gửi.", at=at(3))
    answer = citizens.draft_answer(case=made, words="Xã đã nhắc hộ ông Mẫu.", at=at(4), **clerk)
    citizens.approve_answer(case=made, seen=answer.digest, at=at(5), **chair)
    citizens.rate(case=made, rating=1, words="Tệ.", at=at(6))
    citizens.reopen(case=made, reason="Rác vẫn còn.", at=at(7))
    there = f"{base}/requests/{uid}.atom"
    feed = client.get(there)
    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree, name = ET.fromstring(feed.content), "{http://www.w3.org/2005/Atom}"  # noqa: S314
    entries = tree.findall(f"{name}entry")
    assert [one.findtext(f"{name}title") for one in entries] == [
        "Xã đã mở lại để xem lại", "Xã đã trả lời người gửi", "Xã đang xử lý", "Xã tạm dừng, chờ bổ sung", "Xã đã tiếp nhận",
        "Xã đã nhận, chờ xem",
    ]  # fmt: skip
    assert tree.findtext(f"{name}updated") == entries[0].findtext(f"{name}updated") == at(7).isoformat()
    own = {one.get("rel"): one.get("href", "") for one in tree.findall(f"{name}link")}
    assert own["self"].endswith(there)
    for private in (
        "Ví", "Dụ", "0912", "example.vn", "Rác", "cây đa", "Cầu số 2", "Mẫu", "Gửi.", "Tệ", "hài lòng", made.code,
        cast.office_clerk.full_name, cast.chair.full_name,
    ):  # fmt: skip
        assert private not in feed.content.decode(), private
    assert client.get(there, headers={"if-none-match": feed["ETag"]}).status_code == 304
    assert there in client.get(f"{base}/requests/{uid}.xml")["Link"]
    for nobodys in ("00000000-0000-4000-8000-000000000000", "abc"):
        wrong = client.get(f"{base}/requests/{nobodys}.atom")
        assert (wrong.status_code, wrong["Content-Type"]) == (404, "text/xml; charset=utf-8")
    # Of what came another way, nothing until it is public, and nothing once it was taken down.
    shown = case(cast, 9, shown="proposed")
    there = f"{base}/requests/{shown.uid}.atom"
    assert client.get(there).status_code == 404
    Publication.objects.update(state="published")
    assert "Xã sẽ sửa." in client.get(there).content.decode()
    pair = client.get(
        f"{base.removesuffix('/open311/v2')}/phan-anh/{shown.publication.uid}/"
    ).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="{there}"' in pair
    Publication.objects.update(state="taken-down")
    assert client.get(there).status_code == 404


def test_no_state_tells_whether_somebody_was_content_or_complained_of_whom() -> None:
    assert rules.NOTICES.keys() == set(State)
    for private in ("tố cáo", "khiếu nại", "hài lòng"):
        assert private not in " ".join(rules.NOTICES.values())
    for last in (State.CLOSED, State.DISSATISFIED):
        states = [(1, State.ANSWERED, datetime.min), (2, last, datetime.max)]  # noqa: DTZ901
        assert [number for number, _notice, _at in rules.noticed(states)] == [1]
        # What is told of the request itself gives it away no more than its feed.
        assert rules.notice_of(last, is_answered=True) == rules.NOTICES[State.ANSWERED]
    assert rules.notice_of(State.CLOSED, is_answered=False) == rules.NOTICES[State.CLOSED]


def test_marks_written_apart_take_no_room_and_what_did_not_change_is_not_sent_again(
    client: Client, base: str, secret: str
) -> None:
    words = unicodedata.normalize("NFD", "ế" * rules.LONGEST_DESCRIPTION)
    assert (
        client.post(f"{base}/requests.json", {**SENT, "api_key": secret, "description": words}).status_code
        == 200
    )
    for where in ("discovery.json", "services.xml", "services/moi-truong.json", "requests.json"):
        first = client.get(f"{base}/{where}")
        again = client.get(f"{base}/{where}", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
        assert first["Cache-Control"] == "public, no-cache"
    posted = client.post(f"{base}/requests.json", {}, headers={"if-none-match": "*"})
    assert (posted.status_code, posted["Cache-Control"]) == (403, "no-store")


def test_markup_and_control_signs_break_no_answer(client: Client, base: str, cast: Cast) -> None:
    signs = "\x01\x0b\x1f\ufffe"
    words = f"</description>{signs}<canh oncanh='1'>&amp; ]]> {{{{ 7*7 }}}} \"Đường\" 😢"
    plain = words.replace(signs, "")
    shown = case(cast, 1)
    Publication.objects.update(question=words, answer=words, title=words)
    for where in ("requests", f"requests/{shown.uid}"):
        [row] = client.get(f"{base}/{where}.json", {"extensions": "true"}).json()
        assert row["description"] == row["status_notes"] == row["extended_attributes"]["title"] == words
        tree = ET.fromstring(client.get(f"{base}/{where}.xml", {"extensions": "true"}).content)  # noqa: S314
        for name in ("description", "status_notes", "extended_attributes/title"):
            assert tree.findtext(f"request/{name}") == plain
        assert not list(tree.iter("canh"))
    hostile = {"service_code": f"<canh>{signs}&"}, {"service_request_id": f"<canh>{signs}&"}
    for asked in hostile:
        answer = client.get(f"{base}/requests.xml", asked)
        assert answer.status_code == 404
        error = ET.fromstring(answer.content).findtext("error/description") or ""  # noqa: S314
        assert "<canh>&" in error


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"start_date": "hôm qua"}, 400),
        ({"updated_after": "hôm qua"}, 400),
        ({"updated_before": "0001-01-01"}, 400),
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
