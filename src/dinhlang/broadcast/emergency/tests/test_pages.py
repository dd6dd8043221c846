"""Emergencies on the desk, as the operator and the leader use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dinhlang.broadcast.emergency import actions
from dinhlang.broadcast.emergency.tests.test_cap import message
from dinhlang.broadcast.emergency.tests.test_emergencies import (  # noqa: F401  # a fixture
    Box,
    _world,
    attached,
    proposed,
    tone,
)
from dinhlang.broadcast.models import Emergency
from dinhlang.broadcast.tests.test_pages import as_, said

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

FORM = {
    "status": "actual", "event": "Lũ quét", "headline": "Lũ quét ở suối Cạn", "area": "thôn Đông", "hours": "6",
    "words": "Nước lên nhanh. Bà con lên nhà văn hóa.", "repeats": "2", "category": "Met", "urgency": "Immediate",
    "severity": "Severe", "certainty": "Likely",
}  # fmt: skip


def step(client: Client, emergency: Emergency, do: str, **more: str) -> str:
    answer = client.post(
        reverse("broadcast:emergency-step", args=[emergency.pk]), {"do": do, **more}, follow=True
    )
    return str(answer.content.decode())


def test_the_operator_writes_and_proposes_the_leader_sends_and_both_see_who_heard_it(cast: Cast) -> None:
    operator, chair, box = as_(cast.radio_operator), as_(cast.chair), Box(cast)
    assert "Chưa có thông điệp khẩn cấp nào" in said(operator, "broadcast:emergencies")
    assert operator.post(reverse("broadcast:emergency-new"), FORM).status_code == 302
    emergency = attached(Emergency.objects.get(), cast, 3)
    assert "Đã đề nghị phát" in step(operator, emergency, "propose")
    assert "chờ phát lệnh" in said(chair, "desk:home")
    page = said(chair, "broadcast:emergency", emergency.pk)
    assert "Phát lệnh, loa phát ngay" in page
    assert chair.get(reverse("broadcast:emergency-sound", args=[emergency.pk])).content == tone()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "Đã phát lệnh" in step(chair, emergency, "issue", seen=seen)
    assert "chưa trả lời" in said(operator, "broadcast:emergency", emergency.pk)
    box.heard(emergency)
    box.aired(emergency)
    page = said(operator, "broadcast:emergency", emergency.pk)
    assert "1/1 máy đã nhận, 1/1 máy đã phát." in page
    assert "Đang có hiệu lực" in said(operator, "broadcast:emergencies")
    assert b"urn:oasis" in operator.get(reverse("broadcast:emergency-cap", args=[emergency.pk])).content
    assert "Đã lập bản nháp" in step(operator, emergency, "cancel")
    cancel = Emergency.objects.get(message="cancel")
    assert "đã được hủy" in said(operator, "broadcast:emergency", cancel.pk)


def test_who_proposed_it_is_told_to_ask_another_leader(cast: Cast) -> None:
    emergency = proposed(cast, by=cast.chair)
    page = said(as_(cast.chair), "broadcast:emergency", emergency.pk)
    assert "Nhờ một lãnh đạo khác" in page
    assert "loa phát ngay" not in page
    assert as_(cast.neighbour).get(reverse("broadcast:emergency", args=[emergency.pk])).status_code == 404


def test_a_draft_is_changed_but_not_made_real(cast: Cast) -> None:
    operator = as_(cast.radio_operator)
    operator.post(reverse("broadcast:emergency-new"), {**FORM, "status": "test", "words": ""})
    assert not Emergency.objects.exists()
    operator.post(reverse("broadcast:emergency-new"), {**FORM, "status": "test"})
    emergency = Emergency.objects.get()
    edit = reverse("broadcast:emergency-edit", args=[emergency.pk])
    operator.post(edit, {**FORM, "status": "actual", "headline": "Thử loa", "seen": "1"})
    emergency.refresh_from_db()
    assert (emergency.headline, emergency.status) == ("Thử loa", "test")
    assert "Người khác vừa sửa" in operator.post(edit, {**FORM, "seen": "1"}).content.decode()


def test_a_cap_file_becomes_a_draft_and_a_wrong_one_says_why(cast: Cast) -> None:
    operator = as_(cast.radio_operator)

    def sent(data: bytes) -> Any:
        file = SimpleUploadedFile("tin.xml", data)
        return operator.post(reverse("broadcast:emergency-take-in"), {"file": file}, follow=True)

    assert "Lũ quét trên sông Mẫu" in sent(message()).content.decode()
    assert "không phải XML" in sent(b"PK").content.decode()
    assert "Tệp" in operator.post(reverse("broadcast:emergency-take-in"), follow=True).content.decode()


def test_a_recording_is_evened_and_laid_beside_a_draft(cast: Cast) -> None:
    made = actions.write(
        unit=cast.commune,
        told=_told(cast),
        by=cast.radio_operator,
        at=cast.now,
    )
    address = reverse("broadcast:emergency-recording", args=[made.pk])
    operator = as_(cast.radio_operator)
    operator.post(address, {"recording": SimpleUploadedFile("a.wav", tone(2), "audio/wav")})
    made.refresh_from_db()
    assert made.seconds == 2
    assert not made.is_spoken_by_machine
    answer = operator.post(address, {"recording": SimpleUploadedFile("a.wav", b"x")}, follow=True)
    assert "không" in answer.content.decode()


def _told(cast: Cast) -> Any:
    from dinhlang.broadcast.emergency.tests.test_emergencies import flood

    return flood(cast.now)
