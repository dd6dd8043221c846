"""Between items and the radio: what is published can be read aloud, what is withdrawn is aired no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from dinhlang.broadcast import actions as radio
from dinhlang.broadcast import queries as radio_queries
from dinhlang.broadcast.models import Bulletin
from dinhlang.broadcast.rules.states import State as OnAirState
from dinhlang.org.desk import Looking
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.actions import Placing
from dinhlang.portal.newsroom.queries.airing import bulletins_of
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.tests.newsroom_cast import WORDS, published, written

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.portal.models import Item
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

WITH_A_TABLE = Words(
    title=WORDS.title,
    lead=WORDS.lead,
    body=from_text("## Cần gì\n\nMang theo căn cước.\n\n| Thủ tục | Phí |\n|---|---|\n| Khai sinh | 8.000 |"),
    byline=WORDS.byline,
)


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


def _made(cast: Cast, item: Item) -> Bulletin:
    return actions.make_bulletin(item=item, by=cast.radio_operator, at=cast.now)


def _approved(cast: Cast, bulletin: Bulletin) -> Bulletin:
    radio.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    bulletin = radio.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
    assert bulletin.draft is not None
    digest = radio_queries.digest_of(bulletin, bulletin.draft)
    return radio.approve(bulletin=bulletin, seen=digest, by=cast.chair, at=cast.now)


def test_a_bulletin_reads_what_everyone_reads_but_no_headings_and_cells(cast: Cast) -> None:
    item = published(cast, words=WITH_A_TABLE)
    bulletin = _made(cast, item)
    assert bulletin.draft is not None
    assert WORDS.lead in bulletin.draft.script
    assert "Mang theo căn cước." in bulletin.draft.script
    assert "8.000" not in bulletin.draft.script
    assert "Cần gì" not in bulletin.draft.script
    assert (bulletin.field, bulletin.draft.writer) == (item.field, WORDS.byline)


def test_the_same_words_make_one_bulletin(cast: Cast) -> None:
    item = published(cast)
    assert _made(cast, item).pk == _made(cast, item).pk


def test_what_is_not_published_is_not_read_aloud(cast: Cast) -> None:
    with pytest.raises(Refused, match="không đăng"):
        _made(cast, written(cast))


def test_who_does_not_write_for_the_radio_makes_no_bulletin(cast: Cast) -> None:
    item = published(cast)
    with pytest.raises(NotAllowed):
        actions.make_bulletin(item=item, by=cast.one_stop_clerk, at=cast.now)
    assert not Bulletin.objects.exists()


def test_what_is_withdrawn_from_the_site_leaves_the_air(cast: Cast) -> None:
    item = published(cast)
    bulletin = _approved(cast, _made(cast, item))
    actions.withdraw(item=item, reason="Sai số điện thoại.", by=cast.culture_officer, at=cast.now)
    bulletin.refresh_from_db()
    assert (bulletin.state, bulletin.approved, bulletin.withdrawn_why) == (
        OnAirState.WITHDRAWN,
        None,
        "Sai số điện thoại.",
    )


def test_a_bulletin_of_words_that_were_corrected_says_so(cast: Cast) -> None:
    item = published(cast)
    _made(cast, item)
    looking = Looking(cast.radio_operator, cast.today)
    assert [one.is_of_old_words for one in bulletins_of(looking, item)] == [False]
    item.shown.digest = "0" * 64  # type: ignore[union-attr]  # it is published
    assert [one.is_of_old_words for one in bulletins_of(looking, item)] == [True]
    assert bulletins_of(Looking(cast.neighbour, cast.today), item) == []


def test_the_button_on_an_item_leads_to_its_bulletin(world: World) -> None:
    officer, person = world.signed_in("van-hoa", checks_forms=False), world.people["van-hoa"]
    placing = Placing(column=world.item.column, field="thu-tuc")
    item = actions.write_item(unit=world.commune, words=WORDS, placing=placing, by=person, at=world.at)
    page, button = (reverse(f"newsroom:{name}", args=[item.pk]) for name in ("item", "bulletin"))
    assert "Làm bản tin từ bài này" not in officer.get(page).content.decode()
    assert "không đăng nên chưa làm bản tin" in officer.post(button, follow=True).content.decode()
    actions.publish_emergency(item=item, reason="Mưa lũ.", by=person, at=world.at)
    assert "Làm bản tin từ bài này" in officer.get(page).content.decode()
    answer = officer.post(button, follow=True)
    there = reverse("broadcast:bulletin", args=[Bulletin.objects.get(made_from_key=str(item.pk)).pk])
    assert answer.redirect_chain[-1][0] == there
    assert there in officer.get(page).content.decode()
