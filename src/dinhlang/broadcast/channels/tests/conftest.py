"""Both stand-ins on this machine, a clock that the tests turn, and channels that are connected to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.broadcast.channels import actions
from dinhlang.broadcast.channels.actions import ChannelGiven
from dinhlang.broadcast.channels.rules import Service
from dinhlang.broadcast.channels.sources import Outgoing
from dinhlang.broadcast.channels.standins import facebook, zalo
from dinhlang.broadcast.channels.standins.facebook import FacebookStandIn
from dinhlang.broadcast.channels.standins.serving import serving
from dinhlang.broadcast.channels.standins.zalo import ZaloStandIn
from dinhlang.broadcast.models import Channel, Delivery

if TYPE_CHECKING:
    from conftest import Cast


@dataclass
class World:
    """The services, the time, and what tests do over and over."""

    cast: Cast
    at: datetime
    facebook: FacebookStandIn = field(init=False)
    zalo: ZaloStandIn = field(init=False)

    def __post_init__(self) -> None:
        self.facebook, self.zalo = FacebookStandIn(clock=self.clock), ZaloStandIn(clock=self.clock)

    def clock(self) -> float:
        return self.at.timestamp()

    def later(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at

    def turn(self, times: int = 1, **by: float) -> None:
        """Let the worker have its turn, some time after the one before."""
        for _each in range(times):
            self.later(**(by or {"seconds": 5}))
            actions.turn(at=self.at)

    def channel(self, service: Service) -> Channel:
        """A channel that is connected."""
        officer, page, account = self.cast.culture_officer, self.facebook, self.zalo
        given = {
            Service.FACEBOOK: ChannelGiven("Trang xã", page.page, page.app, page.secret),
            Service.ZALO: ChannelGiven(
                "Zalo xã", account.account, account.app, account.secret, cover="https://xa.example.vn/bia.jpg"
            ),
            Service.COPY: ChannelGiven("Nhóm Zalo thôn Đông", longest=500),
        }[service]
        channel = actions.add_channel(
            unit=self.cast.commune, service=service, given=given, by=officer, at=self.at
        )
        tokens = {
            Service.FACEBOOK: (facebook.PAGE_TOKEN, ""),
            Service.ZALO: (zalo.TOKEN, zalo.REFRESH_TOKEN),
        }.get(service)
        if tokens:
            actions.put_tokens(
                channel=channel, token=tokens[0], refresh_token=tokens[1], by=officer, at=self.at
            )
        channel.refresh_from_db()
        return channel

    def send(self, *channels: Channel, **changed: Any) -> list[Delivery]:
        return actions.send(
            unit=self.cast.commune,
            outgoing=outgoing(self.cast, **changed),
            channels=channels,
            by=self.cast.culture_officer,
            at=self.at,
        )


def outgoing(cast: Cast, **changed: Any) -> Outgoing:
    digest = changed.pop("digest", "a" * 64)
    given: dict[str, Any] = {
        "kind": "item",
        "key": "17",
        "digest": digest,
        "approved_digest": digest,
        "approved_by": cast.chair.pk,
        "title": "Nhận hồ sơ đất đai",
        "lead": "Xã nhận hồ sơ đất đai từ ngày 01/8/2023.",
        "paragraphs": ("Xã nhận hồ sơ từ <thứ Hai> đến thứ Sáu.", "Mang theo căn cước."),
        "address": "https://xa.example.vn/tin/thong-bao/nhan-ho-so/",
        "byline": "Ban biên tập",
        "reform_field": "thu-tuc",
        **changed,
    }
    return Outgoing(**given)


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Any) -> Iterator[World]:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    made = World(cast, cast.now)
    with serving({"facebook": made.facebook, "zalo": made.zalo}) as where:
        settings.CHANNELS = {
            "facebook": {"api": f"{where}/facebook/v25.0", "login": f"{where}/facebook/v25.0"},
            "zalo": {"api": f"{where}/zalo/v2.0", "login": f"{where}/zalo/v4"},
        }
        yield made
