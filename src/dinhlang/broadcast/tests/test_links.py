"""A leader approves a bulletin by a link on a phone: once, in one hand, only the words the link was made for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.models import Bulletin, BulletinLink
from dinhlang.broadcast.rules.states import State
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.tests.test_bulletins import written
from dinhlang.org.actions.decision_links import LIFETIME, HeldElsewhere, LinkSpent, hold
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.rules.moves import NoReason
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]


def passed_on(cast: Cast) -> Bulletin:
    bulletin = written(cast)
    actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    return actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)


def linked(cast: Cast, bulletin: Bulletin) -> tuple[BulletinLink, str]:
    return actions.make_link(bulletin=bulletin, approver=cast.chair, by=cast.culture_officer, at=cast.now)


def decide(cast: Cast, link: BulletinLink, **given: Any) -> Bulletin:
    said: dict[str, Any] = {"is_approved": True, "reason": "", "signed_in": None, "at": cast.now} | given
    return actions.decide_by_link(link=link, **said)


def test_a_leader_approves_on_a_phone_and_the_history_says_by_whose_link(cast: Cast) -> None:
    bulletin = passed_on(cast)
    made = as_(cast.culture_officer).post(
        reverse("broadcast:link-make", args=[bulletin.pk]), {"approver": cast.chair.pk}
    )
    token = made.context["address"].rstrip("/").rpartition("/")[2]
    phone, there = Client(), reverse("bulletin-approval", args=[token])
    page = phone.get(there).content.decode()
    assert "Xã nhận hồ sơ đất đai từ ngày 01/8/2023." in page
    assert "Loa sẽ phát đúng lời này" in page
    assert "Đã duyệt" in phone.post(there, {"do": "approve", "reason": "Phát trong tuần"}).content.decode()
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.approved_by) == (State.APPROVED, cast.chair)
    step = bulletin.steps.first()
    assert step is not None
    assert step.link is not None
    assert (step.by, step.link.made_by, step.reason) == (cast.chair, cast.culture_officer, "Phát trong tuần")
    assert AuditEntry.objects.get(action="bulletin.approve").detail["link"] == step.link.pk
    assert "qua đường dẫn do" in as_(cast.chair).get(
        reverse("broadcast:bulletin", args=[bulletin.pk])
    ).content.decode()  # fmt: skip
    assert phone.get(there).status_code == 410


def test_a_link_decides_once_and_only_in_the_hand_that_began(cast: Cast) -> None:
    bulletin = passed_on(cast)
    link, token = linked(cast, bulletin)
    there = reverse("bulletin-approval", args=[token])
    first, second = Client(), Client()
    # Returned without a reason: refused, and the link now belongs to this phone.
    assert first.post(there, {"do": "return"}).status_code == 409
    assert "máy khác" in second.post(there, {"do": "approve"}).content.decode()
    with pytest.raises(HeldElsewhere):
        hold(link=link, device="may-nguoi-khac")
    assert first.post(there, {"do": "return", "reason": "Thiếu giờ nhận"}).status_code == 200
    bulletin.refresh_from_db()
    assert bulletin.state == State.RETURNED
    link.refresh_from_db()
    with pytest.raises(LinkSpent):
        decide(cast, link)


def test_other_words_than_those_of_the_link_are_not_approved(cast: Cast) -> None:
    bulletin = passed_on(cast)
    link, token = linked(cast, bulletin)
    actions.take_back(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    bulletin.refresh_from_db()
    assert bulletin.draft is not None
    actions.save_draft(
        bulletin=bulletin, words=Words("Lời khác", "Lời khác."), seen=1, by=cast.radio_operator, at=cast.now
    )
    actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
    link.refresh_from_db()
    assert link.revoked_at == cast.now
    # Also one that was, by whatever way, not ended.
    BulletinLink.objects.filter(pk=link.pk).update(revoked_at=None)
    assert Client().get(reverse("bulletin-approval", args=[token])).status_code == 410
    link.refresh_from_db()
    with pytest.raises(LinkSpent, match="đã thay đổi"):
        decide(cast, link)


def test_what_a_link_is_refused_leaves_it_open(cast: Cast) -> None:
    bulletin = passed_on(cast)
    link, _token = linked(cast, bulletin)
    with pytest.raises(NotAllowed, match="đang đăng nhập"):
        decide(cast, link, signed_in=cast.radio_operator)
    with pytest.raises(NoReason):
        decide(cast, link, is_approved=False)
    link.refresh_from_db()
    assert link.used_at is None
    assert decide(cast, link).state == State.APPROVED


def test_only_an_approver_gets_a_link_and_only_for_what_waits(cast: Cast) -> None:
    with pytest.raises(Refused, match="chưa trình duyệt"):
        linked(cast, written(cast))
    bulletin = passed_on(cast)
    with pytest.raises(Refused, match="không có quyền duyệt"):
        actions.make_link(
            bulletin=bulletin, approver=cast.radio_operator, by=cast.culture_officer, at=cast.now
        )
    with pytest.raises(NotAllowed):
        actions.make_link(bulletin=bulletin, approver=cast.chair, by=cast.radio_operator, at=cast.now)
    first, _token = linked(cast, bulletin)
    linked(cast, bulletin)
    assert [one.approver for one in queries.open_links_of(bulletin, cast.now)] == [cast.chair]
    assert queries.open_links_of(bulletin, cast.now + LIFETIME + timedelta(seconds=1)) == []
    with pytest.raises(LinkSpent):
        actions.revoke_link(link=first, by=cast.culture_officer, at=cast.now)


def test_the_recording_can_be_heard_with_the_link_until_it_is_used(cast: Cast) -> None:
    bulletin = written(cast)
    actions.attach_recording(
        bulletin=bulletin, data=b"ID3 sound", seconds=9, by=cast.radio_operator, at=cast.now
    )
    actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    bulletin = actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
    link, token = linked(cast, bulletin)
    sound = reverse("bulletin-approval-sound", args=[token])
    assert sound in Client().get(reverse("bulletin-approval", args=[token])).content.decode()
    assert b"".join(Client().get(sound)) == b"ID3 sound"
    actions.revoke_link(link=link, by=cast.culture_officer, at=cast.now)
    assert Client().get(sound).status_code == 404
