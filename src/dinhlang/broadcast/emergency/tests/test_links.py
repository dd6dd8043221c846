"""The second person sends by a link on a phone: once, only what the link was made for, and never who proposed it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from dinhlang.broadcast.emergency import actions, links
from dinhlang.broadcast.emergency.rules import State
from dinhlang.broadcast.emergency.tests.test_emergencies import (
    Box,
    flood,
    proposed,
    tone,
)
from dinhlang.broadcast.models import Emergency, EmergencyLink
from dinhlang.broadcast.tests.test_pages import said
from dinhlang.org.actions.decision_links import LinkSpent
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]


def linked(cast: Cast, emergency: Emergency) -> tuple[EmergencyLink, str]:
    return links.make_link(emergency=emergency, approver=cast.chair, by=cast.radio_operator, at=cast.now)


def test_a_leader_hears_and_sends_on_a_phone_and_the_audit_names_the_link(cast: Cast) -> None:
    emergency, operator, box = proposed(cast), as_(cast.radio_operator), Box(cast)
    assert "Lập đường dẫn phát lệnh" in said(operator, "broadcast:emergency", emergency.pk)
    made = operator.post(
        reverse("broadcast:emergency-link-make", args=[emergency.pk]), {"approver": cast.chair.pk}
    )
    token = made.context["address"].rstrip("/").rpartition("/")[2]
    assert made.context["text"].startswith("KHẨN. Kính gửi")
    phone, there = Client(), reverse("emergency-sending", args=[token])
    page = phone.get(there).content.decode()
    assert "Báo động: Lũ quét ở suối Cạn" in page
    assert "Bà con thôn Đông lên nhà văn hóa ngay." in page
    assert phone.get(reverse("emergency-sending-sound", args=[token])).content == tone()
    # A look sends nothing.
    assert box.alarms() == []
    assert "Loa đang phát" in phone.post(there, {"do": "issue"}).content.decode()
    assert box.alarms() == [str(emergency.uid)]
    emergency.refresh_from_db()
    assert emergency.issued_by == cast.chair
    link = EmergencyLink.objects.get()
    assert AuditEntry.objects.get(action="emergency.issue").detail["link"] == link.pk
    assert phone.get(there).status_code == 410
    assert phone.get(reverse("emergency-sending-sound", args=[token])).status_code == 404


def test_a_leader_gives_it_back_and_the_link_is_worth_nothing_for_other_words(cast: Cast) -> None:
    emergency = proposed(cast)
    _link, token = linked(cast, emergency)
    there = reverse("emergency-sending", args=[token])
    assert "Chưa loa nào phát" in Client().post(there, {"do": "take-back"}).content.decode()
    emergency.refresh_from_db()
    assert emergency.state == State.DRAFT
    again = proposed(cast, pitch=4)
    link, token = linked(cast, again)
    actions.take_back(emergency=again, by=cast.radio_operator, at=cast.now)
    told = flood(cast.now, words="Khác.")
    again.refresh_from_db()
    actions.edit(emergency=again, told=told, seen=again.version, by=cast.radio_operator, at=cast.now)
    assert Client().get(reverse("emergency-sending", args=[token])).status_code == 410
    with pytest.raises(LinkSpent):
        links.decide_by_link(link=link, is_sent=True, signed_in=None, at=cast.now)


def test_a_link_is_one_leaders_who_did_not_propose_it_in_one_hand_for_two_days(cast: Cast) -> None:
    own = proposed(cast, by=cast.chair)
    with pytest.raises(Refused, match="Chọn một lãnh đạo khác"):
        linked(cast, own)
    assert cast.chair not in links.second_people(own, cast.now)
    emergency = proposed(cast, pitch=4)
    for stranger in (cast.radio_operator, cast.culture_officer, cast.neighbour):
        with pytest.raises(Refused):
            links.make_link(emergency=emergency, approver=stranger, by=cast.radio_operator, at=cast.now)
    with pytest.raises(NotAllowed):
        links.make_link(emergency=emergency, approver=cast.chair, by=cast.neighbour, at=cast.now)
    link, token = linked(cast, emergency)
    with pytest.raises(NotAllowed, match="máy này đang đăng nhập"):
        links.decide_by_link(link=link, is_sent=True, signed_in=cast.radio_operator, at=cast.now)
    with pytest.raises(LinkSpent):
        links.decide_by_link(link=link, is_sent=True, signed_in=None, at=cast.now + timedelta(days=3))
    operator = as_(cast.radio_operator)
    assert "Đã thu hồi" in operator.post(
        reverse("broadcast:emergency-link-revoke", args=[link.pk]), follow=True
    ).content.decode()  # fmt: skip
    assert Client().get(reverse("emergency-sending", args=[token])).status_code == 410
    emergency.refresh_from_db()
    assert emergency.state == State.PROPOSED


def test_what_was_not_proposed_has_no_link(cast: Cast) -> None:
    made = actions.begin(cast.commune, flood(cast.now), by=cast.radio_operator, at=cast.now)
    with pytest.raises(Refused, match="Đề nghị phát trước"):
        linked(cast, made)
    assert "Lập đường dẫn" not in said(as_(cast.radio_operator), "broadcast:emergency", made.pk)
