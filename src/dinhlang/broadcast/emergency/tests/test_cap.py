"""CAP 1.2 in and out: what we give out the schema takes, what comes in is held against it, and nothing is expanded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.broadcast.emergency import actions, cap, taking
from dinhlang.broadcast.emergency.cap import NAMESPACE, Cap, Name
from dinhlang.broadcast.emergency.rules import Category, Certainty, Message, Severity, State, Status, Urgency
from dinhlang.broadcast.emergency.tests.test_emergencies import (
    attached,
    followed,
    issued,
    proposed,
)
from dinhlang.broadcast.models import Emergency
from dinhlang.org.rules import Refused, Unfit

if TYPE_CHECKING:
    from conftest import Cast

NOON = datetime.fromisoformat("2023-07-20T12:00:00+07:00")


def message(**parts: str) -> bytes:
    """A message of an invented province, with parts exchanged."""
    given = {
        "identifier": "TM-2023-07-20-01",
        "sender": "pctt@tinhmau.example",
        "sent": "2023-07-20T08:30:00+07:00",
        "status": "Actual",
        "msgType": "Alert",
        "scope": "Public",
        "references": "",
        "expires": "2023-07-20T20:00:00+07:00",
        "more": "",
        "head": '<?xml version="1.0" encoding="UTF-8"?>',
    } | parts
    references = f"<references>{given['references']}</references>" if given["references"] else ""
    return f"""{given["head"]}
<alert xmlns="{NAMESPACE}">
  <identifier>{given["identifier"]}</identifier><sender>{given["sender"]}</sender><sent>{given["sent"]}</sent>
  <status>{given["status"]}</status><msgType>{given["msgType"]}</msgType><scope>{given["scope"]}</scope>{references}
  <info><language>en-US</language><category>Met</category><event>Flash flood</event><urgency>Immediate</urgency>
    <severity>Severe</severity><certainty>Likely</certainty></info>
  <info><language>vi-VN</language><category>Met</category><event>Lũ quét</event><urgency>Immediate</urgency>
    <severity>Extreme</severity><certainty>Observed</certainty><expires>{given["expires"]}</expires>
    <senderName>Ban Chỉ huy phòng thủ dân sự tỉnh Mẫu</senderName><headline>Lũ quét trên sông Mẫu</headline>
    <description>Nước sông Mẫu vượt báo động ba.</description><instruction>Bà con ven sông lên chỗ cao.</instruction>{given["more"]}
    <area><areaDesc>xã Bến Trúc</areaDesc></area><area><areaDesc>xã Bến Dừa</areaDesc></area></info>
</alert>""".encode()


# --- Files --------------------------------------------------------------------------------------------------------


def test_a_message_is_read_in_vietnamese_with_what_people_should_do() -> None:
    said = cap.read(message())
    assert (said.headline, said.severity, said.area) == (
        "Lũ quét trên sông Mẫu",
        "Extreme",
        "xã Bến Trúc; xã Bến Dừa",
    )
    assert said.words == "Nước sông Mẫu vượt báo động ba.\nBà con ven sông lên chỗ cao."
    assert str(said.name) == "pctt@tinhmau.example,TM-2023-07-20-01,2023-07-20T08:30:00+07:00"


BOMB = '<!DOCTYPE alert [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
READS = '<!DOCTYPE alert [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "không phải XML"),
        (b"%PDF-1.7", "không phải XML"),
        (message()[:600], "cắt ngang"),
        (message(head=BOMB, identifier="&c;"), "DOCTYPE"),
        (message(head=READS, identifier="&a;"), "DOCTYPE"),
        (b"<alert>" + b" " * cap.LARGEST, "lớn hơn 1 MB"),
        (message().replace(b"cap:1.2", b"cap:1.1"), "không đúng chuẩn CAP 1.2 ở dòng"),
        (message(sent="2023-07-20T08:30:00Z"), "phần sent"),
        (message(expires="mai"), "phần info/expires"),
        (message(identifier="A B"), "phần identifier"),
        (message(sender="a,b"), "phần sender"),
        (message(status="Real"), "phần status"),
        (message(more="<color>red</color>"), "phần info"),
        (message(status="Draft"), "bản nháp"),
        (message(status="System"), "nội bộ"),
        (message(msgType="Ack"), "báo nhận"),
        (message(scope="Private"), "không dành cho công chúng"),
        (message(msgType="Update"), "không nói về thông điệp nào"),
        (message(msgType="Update", references="a,b"), "không đúng dạng"),
    ],
)
def test_what_is_no_message_for_everyone_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        cap.read(data)


def test_a_message_with_nothing_to_read_is_refused() -> None:
    bare = message().decode()
    bare = bare[: bare.index("<info>")] + bare[bare.rindex("</info>") + len("</info>") :]
    with pytest.raises(Unfit, match="không có nội dung"):
        cap.read(bare.encode())


words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(
    headline=words,
    text=words,
    area=words,
    status=st.sampled_from(list(Status)),
    kind=st.sampled_from(list(Message)),
    category=st.sampled_from(list(Category)),
    urgency=st.sampled_from(list(Urgency)),
    severity=st.sampled_from(list(Severity)),
    certainty=st.sampled_from(list(Certainty)),
)
def test_whatever_is_written_holds_to_the_schema_and_reads_back(
    headline: str, text: str, area: str, status: Status, kind: Message, **sets: Any
) -> None:
    before = () if kind is Message.ALERT else (Name("a@b", "1", cap.moment(NOON)),)
    said = Cap(
        name=Name("ben-truc@dinhlang", "7c1f", cap.moment(NOON)),
        status=status, message=kind, event="Lũ", headline=headline, words=text, area=area,
        sender_name="UBND xã", expires_at=NOON + timedelta(hours=1), references=before,
        sound="https://xa.example/a.mp3", sound_type="audio/mpeg", sound_size=3, sound_digest="0f",
        **sets,
    )  # fmt: skip
    data = cap.written(said)
    cap.check(data)
    if all(one >= " " for one in headline + text + area):
        back = cap.read(data)
        assert (back.status, back.message, back.references) == (status, kind, before)
        assert (back.urgency, back.severity, back.certainty) == (
            sets["urgency"], sets["severity"], sets["certainty"],
        )  # fmt: skip
        assert back.expires_at == said.expires_at


# --- Taken in and given out ---------------------------------------------------------------------------------------

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("own_data", "clock_of_the_cast")]
database = pytest.mark.django_db


@database
def test_a_message_from_above_is_taken_in_once_and_needs_two_people_all_the_same(cast: Cast) -> None:
    taken = taking.take_in(unit=cast.commune, data=message(), by=cast.radio_operator, at=cast.now)
    assert taking.take_in(unit=cast.commune, data=message(), by=cast.culture_officer, at=cast.now) == taken
    assert (taken.state, taken.status, taken.severity) == (State.DRAFT, Status.ACTUAL, "Extreme")
    assert taken.document is not None
    ready = actions.propose(emergency=attached(taken, cast, 3), by=cast.chair, at=cast.now)
    with pytest.raises(Refused, match="Nhờ một lãnh đạo khác"):
        issued(cast, ready)


@database
def test_an_exercise_from_above_stays_one(cast: Cast) -> None:
    taken = taking.take_in(
        unit=cast.commune, data=message(status="Exercise"), by=cast.radio_operator, at=cast.now
    )
    assert taken.status == Status.EXERCISE


@database
def test_a_cancellation_from_above_ends_what_was_taken_in_before(cast: Cast) -> None:
    name = "pctt@tinhmau.example,TM-2023-07-20-01,2023-07-20T08:30:00+07:00"
    cancel = message(identifier="TM-02", msgType="Cancel", references=name)
    with pytest.raises(Refused, match="không có gì để hủy"):
        taking.take_in(unit=cast.commune, data=cancel, by=cast.radio_operator, at=cast.now)
    first = taking.take_in(unit=cast.commune, data=message(), by=cast.radio_operator, at=cast.now)
    first = actions.propose(emergency=attached(first, cast, 3), by=cast.radio_operator, at=cast.now)
    issued(cast, first)
    taken = taking.take_in(unit=cast.commune, data=cancel, by=cast.radio_operator, at=cast.now)
    assert (taken.message, taken.refers) == (Message.CANCEL, first)
    update = message(identifier="TM-03", msgType="Update", references="x@y,unknown,2023-07-20T08:30:00+07:00")
    begun = taking.take_in(unit=cast.commune, data=update, by=cast.radio_operator, at=cast.now)
    assert (begun.message, begun.refers) == (Message.ALERT, None)


@database
def test_what_is_out_of_date_or_too_long_is_not_taken_in(cast: Cast) -> None:
    with pytest.raises(Refused, match="hết hiệu lực lúc 08:00 20/07/2023"):
        taking.take_in(
            unit=cast.commune,
            data=message(expires="2023-07-20T08:00:00+07:00"),
            by=cast.radio_operator,
            at=cast.now,
        )
    long = message().replace(b"ba.", b"ba. " + "nước ".encode() * 1000)
    with pytest.raises(Refused, match="Soạn bản tóm tắt"):
        taking.take_in(unit=cast.commune, data=long, by=cast.radio_operator, at=cast.now)
    assert not Emergency.objects.exists()


@database
def test_what_was_sent_is_given_out_to_everyone_with_what_it_refers_to(cast: Cast) -> None:
    first = issued(cast)
    second = followed(cast, first, Message.UPDATE, 4, cast.now + timedelta(seconds=1))
    answer = Client().get(f"/api/phat-thanh/cap/{second.uid}.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/cap+xml")
    said = cap.read(answer.content)
    assert said.references == (Name("ben-truc@dinhlang", str(first.uid), cap.moment(cast.now)),)
    assert said.sender_name == "Xã Bến Trúc"
    assert Client().get(f"/api/phat-thanh/cap/{proposed(cast, pitch=9).uid}.xml").status_code == 404
