"""Tokens: got, refreshed once, found dead, shown to nobody; and calls that go nowhere but where they should."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from django.db import connection

from dinhlang.broadcast.channels import actions
from dinhlang.broadcast.channels.calling import LARGEST_ANSWER, call
from dinhlang.broadcast.channels.contract import Account, Failed
from dinhlang.broadcast.channels.facebook import Facebook
from dinhlang.broadcast.channels.rules import Service, Standing, State, Why
from dinhlang.broadcast.channels.standins import facebook, zalo
from dinhlang.broadcast.channels.standins.facebook import error
from dinhlang.broadcast.channels.standins.serving import Asked, Fault, Said, StandIn, serving
from dinhlang.broadcast.channels.tests.test_sending import BOTH, NOBODY_THERE, how, posted
from dinhlang.broadcast.channels.zalo import Zalo
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.org.models import AuditEntry
from dinhlang.org.rules import Refused

if TYPE_CHECKING:
    from dinhlang.broadcast.channels.tests.conftest import World

BACK = "https://xa.example.vn/kenh/ve/"


@pytest.mark.integration
@pytest.mark.django_db
class TestTokens:
    def test_a_token_revoked_in_the_middle_of_a_queue(self, world: World) -> None:
        channel = world.channel(Service.FACEBOOK)
        [first] = world.send(channel)
        world.turn()
        world.facebook.revoke()
        late = [world.send(channel, key=key)[0] for key in ("98", "99")]
        world.turn(3, minutes=5)
        channel.refresh_from_db()
        assert channel.standing == Standing.BROKEN
        assert "Kết nối lại kênh" in channel.why
        assert [how(one) for one in late] == [State.WAITING] * 2
        world.facebook.tokens["new-token"] = "page"
        actions.put_tokens(channel=channel, token="new-token", by=world.cast.culture_officer, at=world.at)
        world.turn(4, minutes=5)
        assert {how(one) for one in (first, *late)} == {State.PUBLISHED}
        assert posted(world, Service.FACEBOOK) == 3

    def test_a_token_of_zalo_is_refreshed_before_it_ends_and_the_new_pair_is_kept(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.later(hours=30)
        [delivery] = world.send(channel)
        world.turn(5, minutes=1)
        channel.refresh_from_db()
        assert how(delivery) == State.PUBLISHED
        first = channel.refresh_token.shown()
        assert world.zalo.refresh_tokens == {first} != {zalo.REFRESH_TOKEN}
        actions.check_channels(at=world.later(hours=30))
        channel.refresh_from_db()
        assert world.zalo.refresh_tokens == {channel.refresh_token.shown()} != {first}
        assert channel.standing == Standing.READY

    def test_a_token_that_ends_too_early_is_refreshed_when_it_is_refused(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.zalo.tokens.clear()
        [delivery] = world.send(channel)
        world.turn(5, minutes=1)
        assert how(delivery) == State.PUBLISHED
        assert posted(world, Service.ZALO) == 1

    def test_a_refresh_whose_answer_was_lost_is_said_and_a_person_connects_anew(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.later(hours=30)
        world.send(channel)
        world.zalo.faults.append(Fault("/oa/access_token", is_done=True, is_cut=True))
        world.turn(5, minutes=5)
        channel.refresh_from_db()
        assert channel.standing == Standing.BROKEN
        assert "-14020" in channel.why

    def test_while_one_process_refreshes_the_others_wait(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.later(hours=30)
        [delivery] = world.send(channel)
        Channel.objects.filter(pk=channel.pk).update(refreshing_at=world.at)
        world.turn()
        assert world.zalo.refresh_tokens == {zalo.REFRESH_TOKEN}
        world.turn(6, minutes=3)
        assert how(delivery) == State.PUBLISHED

    def test_the_daily_look_finds_a_dead_token_before_anything_is_sent(self, world: World) -> None:
        channel = world.channel(Service.FACEBOOK)
        assert actions.check_channels(at=world.at) == 0
        world.facebook.revoke()
        assert actions.check_channels(at=world.later(hours=24)) == 1
        channel.refresh_from_db()
        assert channel.standing == Standing.BROKEN

    @pytest.mark.parametrize("service", BOTH)
    def test_signing_in_at_the_service_gives_a_token_that_works(self, world: World, service: Service) -> None:
        channel, by = world.channel(service), world.cast.culture_officer
        address = actions.begin_login(channel=channel, back=BACK, by=by, at=world.at)
        code, state = came_back(address)
        channel.refresh_from_db()
        given: dict[str, Any] = {"code": code, "back": BACK, "by": by, "at": world.at}
        with pytest.raises(Refused, match="không phải do trang này"):
            actions.end_login(channel=channel, state="other", **given)
        actions.end_login(channel=channel, state=state, **given)
        channel.refresh_from_db()
        assert channel.standing == Standing.READY
        with pytest.raises(Refused):
            actions.end_login(channel=channel, state=state, **given)
        [delivery] = world.send(channel)
        world.turn(5, minutes=1)
        assert how(delivery) == State.PUBLISHED

    def test_a_token_of_another_page_is_not_taken(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.zalo.account = "1"
        tokens = {"token": "", "refresh_token": zalo.REFRESH_TOKEN}
        with pytest.raises(Refused, match="trang khác"):
            actions.put_tokens(channel=channel, **tokens, by=world.cast.culture_officer, at=world.at)

    def test_tokens_are_in_no_column_no_log_and_no_audit(
        self, world: World, caplog: pytest.LogCaptureFixture, settings: Any
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            channels = [world.channel(service) for service in BOTH]
            world.send(*channels)
            world.facebook.faults.append(Fault("/feed", error(190, f"{facebook.PAGE_TOKEN} is bad", 460)))
            world.zalo.faults.append(Fault("/article/create", is_cut=True))
            world.turn(6, minutes=3)
            world.facebook.revoke()
            world.zalo.revoke()
            actions.check_channels(at=world.later(hours=25))
            settings.CHANNELS = NOBODY_THERE
            for channel in channels:
                channel.refresh_from_db()
                tokens = {"token": "fresh-token-1", "refresh_token": "fresh-token-2"}
                with pytest.raises(Refused):
                    actions.put_tokens(channel=channel, **tokens, by=world.cast.culture_officer, at=world.at)
        stored = []
        with connection.cursor() as cursor:
            for every in (
                "SELECT * FROM broadcast_channel",
                "SELECT * FROM broadcast_delivery",
                "SELECT * FROM broadcast_deliverystep",
            ):
                cursor.execute(every)
                stored += [str(row) for row in cursor.fetchall()]
        logged = [one.getMessage() for one in caplog.records]
        kept = [str(entry.detail) for entry in AuditEntry.objects.all()]
        shown = [repr(vars(one)) for one in channels]
        assert stored
        assert kept
        secrets = (
            *(facebook.APP_SECRET, facebook.PAGE_TOKEN, zalo.APP_SECRET, zalo.TOKEN, zalo.REFRESH_TOKEN),
            *("fresh-token-1", "fresh-token-2"),
        )
        for text in (*stored, *logged, *kept, *shown):
            assert not [secret for secret in secrets if secret in text], text[:200]

    def test_closing_a_channel_forgets_its_secrets(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        actions.close_channel(channel=channel, by=world.cast.culture_officer, at=world.at)
        channel.refresh_from_db()
        assert not any((channel.token, channel.refresh_token, channel.app_secret))
        with pytest.raises(Refused):
            world.send(channel)
        assert not Delivery.objects.exists()


def came_back(address: str) -> tuple[str, str]:
    """What a browser would be sent back with."""
    answer = urllib3.request("GET", address, redirect=False)
    asked = parse_qs(urlsplit(str(answer.headers["Location"])).query)
    return asked["code"][0], asked["state"][0]


class _Saying(StandIn):
    def __init__(self, said: Said) -> None:
        super().__init__()
        self.said = said

    def answer(self, asked: Asked) -> Said:
        return self.said


def test_a_redirect_is_not_followed() -> None:
    there = _Saying(Said({}, 302, {"Location": "http://127.0.0.1:9/"}))
    with serving({"x": there}) as where:
        assert call(f"{where}/x", "GET", "/a").status == 302
        assert len(there.asked) == 1
        with pytest.raises(Failed) as failure:
            Facebook().check(Account(api=f"{where}/x", login="", remote_id="1", token="t"))
        assert failure.value.why is Why.TEMPORARY


@pytest.mark.parametrize("body", ["x" * (LARGEST_ANSWER + 1), "[" * 100_000, "[1]", "null"])
def test_an_answer_too_long_or_of_another_kind_is_no_answer(body: str) -> None:
    with serving({"x": _Saying(Said(body))}) as where:
        account = Account(f"{where}/x", f"{where}/x", "1", token="t", refresh_token="r")
        for way in (Facebook(), Zalo()):
            with pytest.raises(Failed) as failure:
                way.check(account)
            assert failure.value.why is Why.TEMPORARY


def test_what_was_never_sent_is_no_doubt() -> None:
    with pytest.raises(Failed) as failure:
        call("http://127.0.0.1:9", "POST", "/feed", form={"access_token": "secret"})
    assert failure.value.why is Why.TEMPORARY
    assert "secret" not in str(failure.value)
