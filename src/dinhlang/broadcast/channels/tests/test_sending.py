"""An approved item on Facebook and Zalo, played by stand-ins: once, with a receipt, whatever goes wrong on the way."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from dinhlang.broadcast.channels import actions
from dinhlang.broadcast.channels.actions import ChannelGiven, working
from dinhlang.broadcast.channels.contract import Account
from dinhlang.broadcast.channels.facebook import Facebook
from dinhlang.broadcast.channels.rules import STANDS_AT_MOST, Service, State
from dinhlang.broadcast.channels.standins import facebook
from dinhlang.broadcast.channels.standins.facebook import error
from dinhlang.broadcast.channels.standins.serving import Fault, Said, StandIn
from dinhlang.broadcast.channels.zalo import Zalo
from dinhlang.broadcast.models import Delivery
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.work import blobs
from dinhlang.work.models import Activity, Reversal

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.broadcast.channels.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

BOTH = [Service.FACEBOOK, Service.ZALO]
MAKES = {Service.FACEBOOK: "/feed", Service.ZALO: "/article/create"}
NOBODY_THERE = {name: {"api": "http://127.0.0.1:9/x", "login": "http://127.0.0.1:9/y"} for name in BOTH}


class Killed(BaseException):
    """The process ends here: nothing catches it."""


def stand_in(world: World, service: Service) -> StandIn:
    return world.facebook if service is Service.FACEBOOK else world.zalo


def posted(world: World, service: Service) -> int:
    return len(stand_in(world, service).posted())


def how(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


class TestTheStraightWay:
    @pytest.mark.parametrize("service", BOTH)
    def test_it_is_posted_once_with_a_receipt_and_a_line_of_the_ledger(
        self, world: World, service: Service
    ) -> None:
        [delivery] = world.send(world.channel(service))
        world.turn(6, minutes=1)
        assert how(delivery) == State.PUBLISHED
        assert posted(world, service) == 1
        title, text = stand_in(world, service).posted()[0]
        assert title == "Nhận hồ sơ đất đai"
        assert delivery.mark in text
        assert delivery.remote_address.startswith("https://")
        assert delivery.receipt is not None
        assert delivery.remote_id in blobs.read(delivery.receipt).decode()
        line = Activity.objects.get(pk=delivery.line_id)
        assert (line.kind, line.reform_field) == ("social", "thu-tuc")
        assert {one.concept: one.value for one in line.measures.all()} == {"posts": 1}
        assert line.evidence.count() == 2

    def test_sending_the_same_version_again_gives_the_same_delivery(self, world: World) -> None:
        channel = world.channel(Service.FACEBOOK)
        assert world.send(channel) == world.send(channel)
        world.turn(3)
        assert world.send(channel)[0].state == State.PUBLISHED
        assert world.send(channel, digest="b" * 64)[0].state == State.WAITING
        assert Delivery.objects.count() == 2

    def test_what_was_approved_in_other_words_does_not_leave(self, world: World) -> None:
        channel = world.channel(Service.FACEBOOK)
        for changed in ({"approved_digest": "c" * 64}, {"approved_by": 0}):
            with pytest.raises(Refused, match="chưa được duyệt"):
                world.send(channel, **changed)
        delivery = world.send(channel)[0]
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(approved_digest="c" * 64)

    def test_only_who_may_connects_sends_and_takes_down(self, world: World) -> None:
        channel = world.channel(Service.FACEBOOK)
        [delivery] = world.send(channel)
        common: dict[str, Any] = {"by": world.cast.neighbour, "at": world.at}
        for act in (
            lambda: actions.add_channel(unit=channel.unit, service="copy", given=ChannelGiven("x"), **common),
            lambda: actions.change_channel(channel=channel, given=ChannelGiven("x"), **common),
            lambda: actions.close_channel(channel=channel, **common),
            lambda: actions.put_tokens(channel=channel, token="x", **common),
            lambda: actions.begin_login(channel=channel, back="https://x.vn/", **common),
            lambda: actions.retry(delivery=delivery, **common),
            lambda: actions.cancel(delivery=delivery, **common),
            lambda: actions.note_posted(delivery=delivery, address="https://x.vn", **common),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_a_picture_goes_along_where_the_channel_says_so(self, world: World) -> None:
        drawn = BytesIO()
        Image.new("RGB", (40, 20), "teal").save(drawn, "PNG")
        blob = blobs.store(drawn.getvalue(), "image/png", world.at)
        channel = world.channel(Service.FACEBOOK)
        channel.with_pictures = True
        channel.save()
        world.send(channel, picture=blob.pk)
        world.turn(2)
        [post] = world.facebook.posts.values()
        assert world.facebook.photos[post["photo"]] == drawn.getvalue()

    def test_zalo_is_told_what_it_would_not_take_before_anything_is_queued(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        channel.cover = ""
        channel.save()
        with pytest.raises(Unfit, match="ảnh bìa"):
            world.send(channel)
        with pytest.raises(Unfit, match="150 ký tự"):
            world.send(channel, title="Đất " * 50)
        assert not Delivery.objects.exists()

    def test_signs_of_html_are_words_on_zalo(self, world: World) -> None:
        world.send(world.channel(Service.ZALO))
        world.turn(2)
        assert "&lt;thứ Hai&gt;" in world.zalo.posted()[0][1]


class TestDoubt:
    """Nothing is posted twice: who does not know asks."""

    @pytest.mark.parametrize("service", BOTH)
    @pytest.mark.parametrize("is_done", [True, False])
    def test_a_line_that_is_cut_while_posting(self, world: World, service: Service, *, is_done: bool) -> None:
        [delivery] = world.send(world.channel(service))
        stand_in(world, service).faults.append(Fault(MAKES[service], is_done=is_done, is_cut=True))
        world.turn()
        assert how(delivery) == State.UNSURE
        world.turn(20, minutes=2)
        assert how(delivery) == State.PUBLISHED
        assert delivery.tries == (1 if is_done else 2)
        assert posted(world, service) == 1

    @pytest.mark.parametrize("service", BOTH)
    def test_an_answer_of_nonsense_is_a_doubt(self, world: World, service: Service) -> None:
        [delivery] = world.send(world.channel(service))
        nonsense = Said("<html>502 Bad Gateway</html>", 502)
        stand_in(world, service).faults.append(Fault(MAKES[service], nonsense, is_done=True))
        world.turn(12, minutes=2)
        assert (how(delivery), posted(world, service)) == (State.PUBLISHED, 1)

    @pytest.mark.parametrize("service", BOTH)
    @pytest.mark.parametrize("moment", ["before the call", "after the call", "in the note"])
    def test_a_worker_that_dies_anywhere(
        self, world: World, service: Service, moment: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        [delivery] = world.send(world.channel(service))
        way = Facebook if service is Service.FACEBOOK else Zalo
        real = way.publish

        def dies(self: Any, account: Account, post: Any) -> Any:
            if moment == "after the call":
                real(self, account, post)
            raise Killed

        def dies_in_the_note(*_given: Any, **_named: Any) -> None:
            raise Killed

        with monkeypatch.context() as patched:
            if moment != "in the note":
                patched.setattr(way, "publish", dies)
            elif service is Service.FACEBOOK:
                patched.setattr("dinhlang.broadcast.channels.actions.moving._count", dies_in_the_note)
            else:
                patched.setattr(working, "move", dies_in_the_note)
            with pytest.raises(Killed):
                world.turn()
        assert how(delivery) == State.SENDING, "the row said so before the call"
        world.turn(25, minutes=2)
        assert (how(delivery), posted(world, service)) == (State.PUBLISHED, 1)
        assert Activity.objects.count() == 1

    def test_a_post_that_the_service_lists_late_is_waited_for(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.facebook.faults.append(Fault("/feed", is_done=True, is_cut=True))
        world.facebook.faults.append(Fault("/published_posts", Said({"data": []})))
        world.turn(10, minutes=2)
        assert (how(delivery), delivery.tries) == (State.PUBLISHED, 1)
        assert posted(world, Service.FACEBOOK) == 1

    def test_of_two_workers_one_sends(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        again = Delivery.objects.get(pk=delivery.pk)
        assert working._claimed(delivery, world.at)
        assert not working._claimed(again, world.at)

    def test_a_service_that_calls_it_a_duplicate_is_asked_for_it(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.facebook.faults.append(Fault("/feed", error(506, "Duplicate status message"), is_done=True))
        world.turn(5, minutes=2)
        assert (how(delivery), posted(world, Service.FACEBOOK)) == (State.PUBLISHED, 1)


class TestLimitsAndRefusals:
    @pytest.mark.parametrize("code", [4, 32, 613])
    def test_a_limit_rests_the_channel_and_nothing_is_lost(self, world: World, code: int) -> None:
        channel = world.channel(Service.FACEBOOK)
        deliveries = world.send(channel) + world.send(channel, key="18")
        usage = json.dumps({"1": [{"estimated_time_to_regain_access": 30}]})
        limit = Said(error(code, "limit reached").body, 400, {"X-Business-Use-Case-Usage": usage})
        world.facebook.faults.append(Fault("/feed", limit))
        world.turn()
        channel.refresh_from_db()
        assert channel.rests_until == world.at + timedelta(minutes=30)
        asked = len(world.facebook.asked)
        world.turn(5, minutes=5)
        assert len(world.facebook.asked) == asked, "it is left alone meanwhile"
        world.turn(4, minutes=5)
        assert [how(one) for one in deliveries] == [State.PUBLISHED, State.PUBLISHED]

    @pytest.mark.parametrize(
        ("code", "state", "words"),
        [
            (368, State.FAILED, "tạm chặn"),
            (200, State.FAILED, "không có quyền"),
            (10, State.FAILED, "không có quyền"),
            (100, State.FAILED, "không nhận nội dung"),
            (9999, State.FAILED, "từ chối"),
            (2, State.UNSURE, "không trả lời rõ"),
        ],
    )
    def test_each_error_of_facebook_says_what_to_do(
        self, world: World, code: int, state: State, words: str
    ) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.facebook.faults.append(Fault("/feed", error(code, f"because of {facebook.PAGE_TOKEN}")))
        world.turn()
        assert how(delivery) == state
        assert words in delivery.why
        assert str(code) in delivery.said
        assert facebook.PAGE_TOKEN not in delivery.said
        if state == State.FAILED:
            actions.retry(delivery=delivery, by=world.cast.culture_officer, at=world.at)
            world.turn()
            assert how(delivery) == State.PUBLISHED

    def test_out_of_quota_on_zalo_waits_hours_and_goes_on(self, world: World) -> None:
        channel = world.channel(Service.ZALO)
        world.zalo.limit = 0
        [delivery] = world.send(channel)
        world.turn(10, minutes=10)
        assert (how(delivery), delivery.tries) == (State.WAITING, 1)
        world.zalo.limit = 5
        world.turn(20, hours=1)
        assert how(delivery) == State.PUBLISHED

    def test_a_service_that_is_away_is_tried_again(self, world: World, settings: Any) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        there, settings.CHANNELS = settings.CHANNELS, NOBODY_THERE
        world.turn()
        assert (how(delivery), delivery.tries) == (State.WAITING, 1)
        assert "tự gửi lại" in delivery.why
        settings.CHANNELS = there
        world.turn(2, minutes=2)
        assert how(delivery) == State.PUBLISHED


class TestTakingBack:
    @pytest.mark.parametrize("service", BOTH)
    def test_what_is_withdrawn_is_taken_down_and_its_line_reversed(
        self, world: World, service: Service
    ) -> None:
        [delivery] = world.send(world.channel(service))
        world.turn(5, minutes=1)
        self.withdraw(world)
        world.turn(2, minutes=1)
        assert (how(delivery), posted(world, service)) == (State.WITHDRAWN, 0)
        assert Reversal.objects.get().activity_id == delivery.line_id
        assert world.send(delivery.channel)[0].pk != delivery.pk, "published again, it may be sent again"

    def test_what_waits_is_not_sent_any_more(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        self.withdraw(world)
        world.turn(3, minutes=10)
        assert (how(delivery), posted(world, Service.FACEBOOK)) == (State.CANCELLED, 0)

    @pytest.mark.parametrize("is_done", [True, False])
    def test_withdrawn_while_it_is_in_doubt(self, world: World, *, is_done: bool) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.facebook.faults.append(Fault("/feed", is_done=is_done, is_cut=True))
        world.turn()
        self.withdraw(world)
        world.turn(20, minutes=2)
        assert how(delivery) == (State.WITHDRAWN if is_done else State.CANCELLED)
        assert posted(world, Service.FACEBOOK) == 0

    def test_one_that_is_gone_already_is_no_failure(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.turn(2)
        world.facebook.posts.clear()
        self.withdraw(world)
        world.turn(2)
        assert how(delivery) == State.WITHDRAWN

    def withdraw(self, world: World) -> None:
        actions.withdraw_made_from(
            kind="item", key="17", reason="sai số điện thoại", by=world.cast.culture_officer, at=world.at
        )


class TestNothingHangs:
    @pytest.mark.parametrize("service", BOTH)
    @pytest.mark.parametrize("state", [state for state, most in STANDS_AT_MOST.items() if most])
    def test_with_a_service_that_never_answers_every_state_ends_and_says_why(
        self, world: World, service: Service, state: State, settings: Any
    ) -> None:
        [delivery] = world.send(world.channel(service))
        settings.CHANNELS = NOBODY_THERE
        moment = world.at if state == State.WITHDRAWING else None
        Delivery.objects.filter(pk=delivery.pk).update(
            state=state,
            state_at=world.at,
            tries=1,
            attempted_at=world.at,
            published_at=moment,
            remote_id="1_1",
        )
        world.turn(30, hours=6)
        assert how(delivery) in {State.FAILED, State.NOT_WITHDRAWN}
        assert delivery.why
        assert delivery.steps.exists()


def test_a_person_says_that_a_copy_is_there_with_its_witness(world: World, cast: Cast) -> None:
    [delivery] = world.send(world.channel(Service.COPY))
    assert delivery.state == State.TO_COPY
    with pytest.raises(Unfit, match="ảnh chụp"):
        actions.note_posted(delivery=delivery, by=cast.radio_operator, at=world.at)
    actions.note_posted(delivery=delivery, address="https://zalo.me/g/x", by=cast.radio_operator, at=world.at)
    assert (how(delivery), delivery.posted_by) == (State.PUBLISHED, cast.radio_operator)
    assert Activity.objects.get().pk == delivery.line_id
    actions.withdraw_made_from(kind="item", key="17", reason="sai", by=cast.chair, at=world.at)
    assert how(delivery) == State.NOT_WITHDRAWN
    assert "bằng tay" in delivery.why
    actions.note_taken_down(delivery=delivery, by=cast.radio_operator, at=world.at)
    assert how(delivery) == State.WITHDRAWN
    assert Reversal.objects.count() == 1


class TestFigures:
    @pytest.mark.parametrize("service", BOTH)
    def test_what_the_service_counts_is_read_back_by_day(self, world: World, service: Service) -> None:
        [delivery] = world.send(world.channel(service))
        world.turn(5, minutes=1)
        rows = list((world.facebook.posts if service is Service.FACEBOOK else world.zalo.articles).values())
        for row in rows:
            row.update(views=120, shares=3)
        assert actions.read_figures(at=world.at) == 1
        assert actions.read_figures(at=world.later(hours=1)) == 0, "not more often than it changes"
        for row in rows:
            row.update(views=150)
        assert actions.read_figures(at=world.later(hours=6)) == 1
        read = {(one.name, one.value) for one in delivery.figures.all()}
        assert {("views", 150), ("shares", 3)} <= read

    def test_what_somebody_deleted_on_the_service_is_said(self, world: World) -> None:
        [delivery] = world.send(world.channel(Service.FACEBOOK))
        world.turn(2)
        world.facebook.posts.clear()
        actions.read_figures(at=world.at)
        assert how(delivery) == State.WITHDRAWN
        assert "không còn trên kênh" in delivery.why
