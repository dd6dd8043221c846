"""From a published item to other channels and back: sent, shown on the board, copied by hand, taken down."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dinhlang.broadcast.channels import actions as channels
from dinhlang.broadcast.channels import copykit
from dinhlang.broadcast.channels.actions import ChannelGiven
from dinhlang.broadcast.channels.contract import Post
from dinhlang.broadcast.channels.registry import Carried, Way, add, ways
from dinhlang.broadcast.channels.rules import Service, State
from dinhlang.broadcast.channels.standins.facebook import PAGE_TOKEN, FacebookStandIn
from dinhlang.broadcast.channels.standins.serving import Fault, Said, serving
from dinhlang.broadcast.channels.standins.zalo import ZaloStandIn
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests.clients import as_
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.queries.spreading import spread_of
from dinhlang.portal.tests.newsroom_cast import WORDS, published, written

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.portal.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def facebook(settings: Any, tmp_path: Any, monkeypatch: Any, cast: Cast) -> Iterator[FacebookStandIn]:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    page = FacebookStandIn(clock=cast.now.timestamp)
    with serving({"facebook": page, "zalo": ZaloStandIn(clock=cast.now.timestamp)}) as where:
        api = f"{where}/facebook/v25.0"
        settings.CHANNELS = {
            "facebook": {"api": api, "login": api},
            "zalo": {"api": f"{where}/zalo/v2.0", "login": f"{where}/zalo/v4"},
        }
        yield page


def connected(cast: Cast, facebook: FacebookStandIn) -> Channel:
    given = ChannelGiven("Trang xã", facebook.page, facebook.app, facebook.secret)
    by = cast.culture_officer
    made = channels.add_channel(unit=cast.commune, service="facebook", given=given, by=by, at=cast.now)
    return channels.put_tokens(channel=made, token=PAGE_TOKEN, by=by, at=cast.now)


def group(cast: Cast, name: str = "Nhóm Zalo thôn Đông") -> Channel:
    given = ChannelGiven(name, longest=400)
    return channels.add_channel(
        unit=cast.commune, service=Service.COPY, given=given, by=cast.culture_officer, at=cast.now
    )


def sent(cast: Cast, item: Item, *chosen: Channel) -> Client:
    client = as_(cast.culture_officer)
    client.post(reverse("newsroom:send", args=[item.pk]), {"channels": [one.pk for one in chosen]})
    return client


def test_an_approved_item_goes_to_the_page_and_the_group_and_the_board_tells(
    cast: Cast, facebook: FacebookStandIn
) -> None:
    item, page, copied = published(cast), connected(cast, facebook), group(cast)
    client = as_(cast.culture_officer)
    assert "Trang xã" in client.get(reverse("newsroom:item", args=[item.pk])).content.decode()
    sent(cast, item, page, copied)
    channels.turn(at=cast.now)
    [(title, text)] = facebook.posted()
    assert title == WORDS.title
    assert "/ben-truc/" in text
    board = client.get(reverse("newsroom:spread")).content.decode()
    for told in ("Trang xã", "Đã đăng", "Nhóm Zalo thôn Đông", "Chờ chép đăng", "Phát thanh"):
        assert told in board
    table = client.post(reverse("newsroom:spread-export", args=["csv"]))
    assert "Trang xã" in b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(action="delivery.export").count() == 1


def test_who_may_not_send_sees_no_form_and_is_refused(cast: Cast) -> None:
    item, copied = published(cast), group(cast)
    client = as_(cast.contributor)
    assert (
        reverse("newsroom:send", args=[item.pk])
        not in client.get(reverse("newsroom:item", args=[item.pk])).content.decode()
    )
    client.post(reverse("newsroom:send", args=[item.pk]), {"channels": [copied.pk]})
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("case", ["draft", "emergency", "in revision", "nothing ticked"])
def test_what_nobody_approved_as_it_stands_does_not_leave(cast: Cast, case: str) -> None:
    copied = group(cast)
    item = published(cast) if case in {"in revision", "nothing ticked"} else written(cast)
    if case == "emergency":
        actions.publish_emergency(item=item, reason="lũ về", by=cast.culture_officer, at=cast.now)
    if case == "in revision":
        actions.revise(item=item, change="minor", note="sửa chữ", by=cast.culture_officer, at=cast.now)
    client = as_(cast.culture_officer)
    chosen = [] if case == "nothing ticked" else [copied.pk]
    told = client.post(reverse("newsroom:send", args=[item.pk]), {"channels": chosen}, follow=True)
    assert not Delivery.objects.exists()
    wanted = {"draft": "không đăng", "emergency": "chờ lãnh đạo duyệt", "in revision": "bản mới chưa đăng"}
    assert wanted.get(case, "ít nhất một kênh") in told.content.decode()


def test_what_is_withdrawn_from_the_site_is_taken_down_everywhere(
    cast: Cast, facebook: FacebookStandIn
) -> None:
    item, page, copied = published(cast), connected(cast, facebook), group(cast)
    sent(cast, item, page, copied)
    channels.turn(at=cast.now)
    actions.withdraw(item=item, reason="Sai số điện thoại.", by=cast.culture_officer, at=cast.now)
    channels.turn(at=cast.now)
    assert facebook.posted() == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.WITHDRAWN, State.CANCELLED}


def test_a_person_reads_why_it_failed_and_sends_again(cast: Cast, facebook: FacebookStandIn) -> None:
    item, page = published(cast), connected(cast, facebook)
    client = sent(cast, item, page)
    told = {"error": {"message": "blocked", "code": 368}}
    facebook.faults.append(Fault("/feed", Said(told, 400)))
    channels.turn(at=cast.now)
    delivery = Delivery.objects.get()
    shown = client.get(reverse("broadcast:delivery", args=[delivery.pk])).content.decode()
    assert "tạm chặn" in shown
    assert "368: blocked" in shown
    assert f"Chưa đăng được: “{WORDS.title}”" in client.get(reverse("desk:home")).content.decode()
    client.post(reverse("broadcast:delivery-do", args=[delivery.pk]), {"do": "retry"})
    channels.turn(at=cast.now)
    delivery.refresh_from_db()
    assert delivery.state == State.PUBLISHED


def test_the_copy_kit_is_used_on_a_phone(cast: Cast) -> None:
    item, copied = published(cast), group(cast)
    sent(cast, item, copied)
    delivery = Delivery.objects.get()
    client = as_(cast.radio_operator)
    address = reverse("broadcast:delivery", args=[delivery.pk])
    shown = client.get(address).content.decode()
    assert WORDS.title in shown
    assert "data-copy" in shown
    drawn = BytesIO()
    Image.new("RGB", (60, 90), "white").save(drawn, "PNG")
    drawn.seek(0)
    drawn.name = "man-hinh.png"
    client.post(reverse("broadcast:delivery-do", args=[delivery.pk]), {"do": "posted", "screenshot": drawn})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.posted_by) == (State.PUBLISHED, cast.radio_operator)
    assert delivery.screenshot_id in client.get(address).content.decode()


def test_a_channel_is_connected_on_its_page_and_shows_no_secret(
    cast: Cast, facebook: FacebookStandIn
) -> None:
    client = as_(cast.culture_officer)
    made = {
        "name": "Trang xã",
        "remote_id": facebook.page,
        "app_id": facebook.app,
        "app_secret": facebook.secret,
    }
    client.post(f"{reverse('broadcast:channels')}?dich-vu=facebook", made)
    channel = Channel.objects.get()
    do = reverse("broadcast:channel-do", args=[channel.pk])
    told = client.post(do, {"do": "tokens", "token": "wrong"}, follow=True).content.decode()
    assert "không nhận mã truy cập" in told
    told = client.post(do, {"do": "tokens", "token": PAGE_TOKEN}, follow=True).content.decode()
    assert "Đang dùng" in told
    assert "Xã Minh Họa" in told
    for secret in (PAGE_TOKEN, facebook.secret):
        assert secret not in told
    gone = client.post(do, {"do": "login"})
    # A link: the policy of our pages would hold back a form that leads to another host.
    assert f'href="{facebook_login(channel)}' in gone.content.decode()
    assert client.get(reverse("broadcast:channel-back"), {"state": "x", "code": "y"}).status_code == 302


def facebook_login(channel: Channel) -> str:
    from django.conf import settings

    return f"{settings.CHANNELS[channel.service]['login']}/dialog/oauth?"


def test_the_board_asks_as_much_for_many_items_as_for_one(cast: Cast) -> None:
    copied = group(cast)
    items = [published(cast) for _each in range(4)]
    for item in items:
        sent(cast, item, copied)
    with CaptureQueriesContext(
        connection,
    ) as one:
        spread_of(items[:1])
    with CaptureQueriesContext(connection) as four:
        found = spread_of(items)
    assert len(four) == len(one)
    assert all(dict(row.cells)["Mạng xã hội, nhóm"] for row in found)


def test_a_new_way_registers_itself_and_is_on_the_board(cast: Cast, monkeypatch: Any) -> None:
    from dinhlang.broadcast.channels import registry

    monkeypatch.setattr(registry, "_ways", dict(registry._ways))
    item = published(cast)
    add(
        Way(
            "thu",
            "Bản tin thư",
            5,
            lambda kind, keys: {key: [Carried("thư tuần", "đã gửi", "done")] for key in keys},
        )
    )
    assert ways()[0].label == "Bản tin thư"
    [row] = spread_of([item])
    assert row.cells[0][1][0].where == "thư tuần"


def test_words_to_copy_keep_the_address_and_fit() -> None:
    post = Post(
        "m" * 16, "Tiêu đề " * 20, "Tóm tắt " * 40, ("Đoạn " * 300,), "https://xa.example.vn/t/?k=mmm"
    )
    for longest in (100, 400, None):
        found = copykit.texts(post, longest)
        assert found
        for one in found:
            assert one.words.endswith(post.link)
            assert len(one.words) <= (longest or copykit.USUAL)
