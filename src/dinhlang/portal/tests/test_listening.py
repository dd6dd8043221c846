"""Articles that can be heard: read once, on the page as soon as they are made, in podcasts that readers of podcasts take."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import feedparser
import podcastparser
import pytest
from django.urls import reverse
from lxml import etree

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.speech.engine import SpeechFailed
from dinhlang.broadcast.speech.finishing import Finished
from dinhlang.broadcast.speech.reading import Reading
from dinhlang.broadcast.speech.transcript import Line
from dinhlang.broadcast.voicing import actions as voicing
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.portal.kept import catalogue, refreshing
from dinhlang.portal.listening import actions, rules
from dinhlang.portal.models import Column, Item, ItemSound, KeptChange
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.tests.newsroom_cast import WORDS, published, written
from dinhlang.vietnamese import speech

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

MP3, OPUS = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 4, b"OggS" + bytes(200)
RECORDED = b"ID3\x04" + bytes(700)
PODCAST = "/ben-truc/podcast.rss"
NAMESPACE = "{https://podcastindex.org/namespace/1.0}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "podcast.rng"))


# --- what is read -----------------------------------------------------------------------------------------------


def test_an_article_is_read_in_the_order_of_its_page_without_tables() -> None:
    words = Words(
        title="Nhận hồ sơ",
        lead="Xã nhận hồ sơ tại nhà",
        body=from_text(
            "Mở đầu.\n\n## Cần gì\n\n- Căn cước\n\n| Giấy | Số bản |\n|---|---|\n| Khai sinh | 1 |"
        ),
    )
    read = rules.reading_of(words, Kind.ARTICLE)
    assert read.text == "Nhận hồ sơ.\nXã nhận hồ sơ tại nhà.\nMở đầu.\nCần gì.\nCăn cước."
    assert read.headings == ("Cần gì.",)


def test_a_question_is_read_before_its_answer() -> None:
    words = Words(title="Phí khai sinh", question="Phí bao nhiêu?", body=from_text("Không thu phí."))
    read = rules.reading_of(words, Kind.QUESTION)
    assert read.text == "Phí khai sinh.\nCâu hỏi.\nPhí bao nhiêu?\nTrả lời.\nKhông thu phí."
    assert read.headings == ("Câu hỏi.", "Trả lời.")


def test_chapters_begin_where_their_headings_are_heard() -> None:
    lines = [[0, 2, "Tên."], [2.5, 4, "Cần gì."], [4.5, 6, "Căn cước."], [6.5, 8, "Cần gì."], [8, 9, "Hết."]]
    found = rules.chapters("Tên", ["Cần gì.", "Ở đâu.", "Cần gì."], lines)
    assert [(one.start, one.title) for one in found] == [(0.0, "Tên"), (2.5, "Cần gì"), (6.5, "Cần gì")]
    assert rules.chapters("Tên", ["Không có."], lines) == []
    assert rules.chapters("Tên", [], []) == []


def test_headings_of_a_read_text_are_sentences_of_their_own() -> None:
    read = rules.reading_of(WORDS, Kind.ARTICLE)
    assert [one.written for one in speech.sentences(read.text)][-3:] == [
        "Cần gì.",
        "Căn cước.",
        "Điện thoại.",
    ]


# --- the worker and the pages -----------------------------------------------------------------------------------

database = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def _quick(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice that takes no time, and a worker that is told nothing."""
    settings.DATA, settings.BLOBS, settings.KEPT = tmp_path, tmp_path / "blobs", tmp_path / "kept"

    def read_aloud(text: str, voice: str, **given: Any) -> Reading:
        lines = tuple(Line(at, at + 1.5, line) for at, line in enumerate(text.split("\n")))
        return Reading(Finished(MP3, OPUS, 130.2, -16.0, -1.6), lines, voice, 1.0)

    monkeypatch.setattr(voicing, "enqueue", lambda pk: None)
    monkeypatch.setattr(voicing, "read_aloud", read_aloud)


def heard(cast: Cast, item: Item) -> ItemSound:
    """The sound of the item, asked for by the clock and made by the worker."""
    actions.ask_due(at=cast.now)
    sound = ItemSound.objects.get(edition=item.shown_id)
    assert sound.voicing is not None
    voicing.make(pk=sound.voicing.pk, clock=lambda: cast.now)
    sound.refresh_from_db()
    return sound


def address_of(item: Item) -> str:
    assert item.column is not None
    return f"/ben-truc/tin/{item.column.slug}/{item.slug}/"


def feed(client: Client, address: str = PODCAST) -> tuple[etree._Element, dict[str, Any]]:
    """The feed as XML that keeps to the rules, and as a reader of podcasts understands it."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    root = etree.fromstring(answer.content)
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert not feedparser.parse(answer.content).bozo
    return root, podcastparser.parse(f"http://testserver{address}", io.BytesIO(answer.content))


@pytest.mark.usefixtures("_quick")
class TestListening:
    pytestmark = database

    def test_an_article_has_its_sound_once_the_worker_has_made_it(self, cast: Cast, client: Client) -> None:
        item = published(cast)
        page = client.get(address_of(item)).content.decode()
        assert "<audio" not in page
        sound = heard(cast, item)
        assert actions.ask_due(at=cast.now) == 0
        page = client.get(address_of(item)).content.decode()
        mp3 = f"/ben-truc/am-thanh/{sound.voicing.mp3_id}.mp3"  # type: ignore[union-attr]  # it is made
        assert f'<source src="{mp3}" type="audio/mpeg">' in page
        assert "2 phút 10 giây" in page
        assert (client.get(mp3).content, client.get(mp3)["Content-Type"]) == (MP3, "audio/mpeg")
        part = client.get(mp3, headers={"Range": "bytes=0-9"})
        assert (part.status_code, part.content) == (206, MP3[:10])
        assert client.get(mp3.replace(".mp3", ".opus")).status_code == 200
        vtt = client.get(f"/ben-truc/nghe/{item.pk}/loi.vtt")
        assert vtt.content.decode().startswith("WEBVTT")
        assert WORDS.title in vtt.content.decode()

    def test_a_kept_page_is_rendered_anew_when_the_sound_is_there(self, cast: Cast, client: Client) -> None:
        item = published(cast)
        refreshing.rebuild()
        heard(cast, item)
        tags = {tag for change in KeptChange.objects.all() for tag in change.tags}
        assert f"sound:{item.pk}" in tags
        brought = {target.address for target in catalogue.brought_by([f"sound:{item.pk}"])}
        assert {address_of(item), PODCAST, f"/ben-truc/chuyen-muc/{item.column.slug}/podcast.rss"} <= brought  # type: ignore[union-attr]  # it has one
        refreshing.refresh()
        kept = refreshing.store().folder / "pages" / "_"
        assert b"<audio" in (kept / address_of(item).lstrip("/") / "index.html").read_bytes()
        assert b"<enclosure" in (kept / PODCAST.lstrip("/")).read_bytes()

    def test_what_is_withdrawn_is_heard_no_more(self, cast: Cast, client: Client) -> None:
        item = published(cast)
        sound = heard(cast, item)
        assert sound.voicing is not None
        assert len(feed(client)[1]["episodes"]) == 1
        newsroom.withdraw(item=item, reason="Sai ngày", by=cast.culture_officer, at=cast.now)
        for name in (
            f"am-thanh/{sound.voicing.mp3_id}.mp3",
            f"nghe/{item.pk}/loi.vtt",
            f"nghe/{item.pk}/chuong.json",
        ):
            assert client.get(f"/ben-truc/{name}").status_code == 404
        assert feed(client)[1]["episodes"] == []

    def test_other_words_are_read_anew_and_the_old_are_gone(self, cast: Cast, client: Client) -> None:
        item = published(cast)
        old = heard(cast, item)
        item = newsroom.revise(item=item, change="minor", note="", by=cast.culture_officer, at=cast.now)
        assert item.draft is not None
        newsroom.save_draft(
            item=item, words=replace(WORDS, lead="Nay nhận cả thứ Bảy."), seen=item.draft.version, by=cast.culture_officer, at=cast.now
        )  # fmt: skip
        item = newsroom.pass_on(item=item, by=cast.culture_officer, at=cast.now)
        item = newsroom.approve(item=item, by=cast.chair, at=cast.now)
        item = newsroom.publish_item(item=item, by=cast.culture_officer, at=cast.now)
        assert "<audio" not in client.get(address_of(item)).content.decode()
        new = heard(cast, item)
        assert new.voicing_id != old.voicing_id
        assert "Nay nhận cả thứ Bảy" in client.get(f"/ben-truc/nghe/{item.pk}/loi.json").content.decode()

    def test_bulletins_go_before_articles_and_the_newest_article_first(self, cast: Cast) -> None:
        items = [published(cast, words=replace(WORDS, title=f"Tin số {number}")) for number in range(5)]
        assert actions.ask_due(at=cast.now) == actions.MOST_UNDER_WAY
        assert actions.ask_due(at=cast.now) == 0
        asked = {sound.edition.item_id for sound in ItemSound.objects.select_related("edition")}
        assert asked == {item.pk for item in items[-actions.MOST_UNDER_WAY :]}

    def test_what_cannot_be_read_says_so_on_the_desk_and_is_tried_again(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = published(cast)

        def broken(*_given: Any, **_more: Any) -> Reading:
            raise SpeechFailed("Máy đọc không trả lời.")

        with monkeypatch.context() as inside:
            inside.setattr(voicing, "read_aloud", broken)
            assert heard(cast, item).voicing.state == Voicing.State.FAILED  # type: ignore[union-attr]  # it was asked for
        client.force_login(cast.culture_officer, backend="django.contrib.auth.backends.ModelBackend")
        there = reverse("newsroom:item", args=[item.pk])
        assert "Máy đọc không trả lời." in client.get(there).content.decode()
        with pytest.raises(NotAllowed):
            actions.ask_again(item=item, by=cast.neighbour, at=cast.now)
        client.post(reverse("newsroom:sound-again", args=[item.pk]))
        assert heard_again(cast, item).voicing.state == Voicing.State.DONE  # type: ignore[union-attr]
        with pytest.raises(Refused):
            actions.ask_again(item=item, by=cast.culture_officer, at=cast.now)
        assert "2 phút 10 giây" in client.get(there).content.decode()


def heard_again(cast: Cast, item: Item) -> ItemSound:
    sound = ItemSound.objects.get(edition=item.shown_id)
    assert sound.voicing is not None
    voicing.make(pk=sound.voicing.pk, clock=lambda: cast.now)
    sound.refresh_from_db()
    return sound


# --- podcasts ---------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_quick")
class TestPodcasts:
    pytestmark = database

    def test_a_podcast_keeps_to_the_rules_and_everything_it_names_is_there(
        self, cast: Cast, client: Client
    ) -> None:
        item = published(cast)
        heard(cast, item)
        root, read = feed(client)
        [episode] = read["episodes"]
        assert (episode["title"], episode["total_time"]) == (WORDS.title, 130)
        [enclosure] = episode["enclosures"]
        assert (enclosure["file_size"], enclosure["mime_type"]) == (len(MP3), "audio/mpeg")

        def there(address: str) -> bytes:
            answer = client.get(urlsplit(address).path)
            assert answer.status_code == 200, address
            return b"".join(answer) if answer.streaming else answer.content

        assert there(enclosure["url"]) == MP3
        # The reader knows podcast: under another of its names only.
        vtt, as_json = (one.get("url", "") for one in root.iterfind(f"channel/item/{NAMESPACE}transcript"))
        assert there(vtt).startswith(b"WEBVTT")
        transcript = json.loads(there(as_json))
        assert transcript["segments"][0]["body"].startswith(WORDS.title)
        [named] = root.iterfind(f"channel/item/{NAMESPACE}chapters")
        chapters = json.loads(there(named.get("url", "")))
        assert [one["title"] for one in chapters["chapters"]] == [WORDS.title, "Cần gì"]
        assert chapters["chapters"][1]["startTime"] > 0
        assert there(episode["link"])
        assert there(read["cover_url"])[:8] == b"\x89PNG\r\n\x1a\n"

    def test_each_column_has_its_own_and_pages_lead_to_them(self, cast: Cast, client: Client) -> None:
        item = published(cast)
        heard(cast, item)
        other = Column.objects.create(unit=cast.commune, slug="cot-khac", name="Cột khác", position=90)
        own = f"/ben-truc/chuyen-muc/{item.column.slug}/podcast.rss"  # type: ignore[union-attr]  # it has one
        assert len(feed(client, own)[1]["episodes"]) == 1
        assert feed(client, f"/ben-truc/chuyen-muc/{other.slug}/podcast.rss")[1]["episodes"] == []
        assert client.get("/ben-truc/chuyen-muc/khong-co/podcast.rss").status_code == 404
        page = client.get(address_of(item)).content.decode()
        assert f'type="application/rss+xml" href="{own}"' in page
        root, _read = feed(client, own)
        guids = {root.findtext("channel/{*}guid"), feed(client)[0].findtext("channel/{*}guid")}
        assert len(guids) == 2

    def test_a_recording_is_heard_as_it_was_sent_until_it_is_evened_and_has_its_length_and_words(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = written(cast, replace(WORDS, title="Trò chuyện với bác Sáu"), kind=Kind.AUDIO)
        newsroom.set_recording(
            item=item, data=RECORDED, name="tro-chuyen.mp3", by=cast.contributor, at=cast.now
        )
        item = newsroom.submit(item=item, by=cast.contributor, at=cast.now)
        item = newsroom.pass_on(item=item, by=cast.culture_officer, at=cast.now)
        item = newsroom.approve(item=item, by=cast.chair, at=cast.now)
        item = newsroom.publish_item(item=item, by=cast.culture_officer, at=cast.now)
        [episode] = feed(client)[1]["episodes"]
        assert (episode["total_time"], episode["enclosures"][0]["file_size"]) == (0, len(RECORDED))
        assert "Nghe bản ghi" in client.get(address_of(item)).content.decode()

        def evened(raw: bytes, **_given: Any) -> Finished:
            assert raw == RECORDED
            return Finished(MP3, OPUS, 61.4, -16.0, -1.6)

        monkeypatch.setattr(voicing, "finished", evened)
        heard(cast, item)
        root, read = feed(client)
        [episode] = read["episodes"]
        assert (episode["total_time"], episode["enclosures"][0]["file_size"]) == (61, len(MP3))
        assert len(root.findall(f"channel/item/{NAMESPACE}transcript")) == 2
        said = client.get(f"/ben-truc/nghe/{item.pk}/loi.vtt").content.decode()
        assert "Người dân mở cổng dịch vụ công" in said
        assert WORDS.lead not in said, "only what the person says"
        page = client.get(address_of(item)).content.decode()
        assert page.count("<audio") == 1
        assert "Nghe bản ghi" in page
        assert "1 phút 1 giây" in page
        client.force_login(cast.culture_officer, backend="django.contrib.auth.backends.ModelBackend")
        desk = client.get(reverse("newsroom:item", args=[item.pk])).content.decode()
        assert "Bản ghi đã làm đều tiếng, 1 phút 1 giây" in desk

    def test_an_episode_is_the_same_under_new_words_and_an_unsafe_title_breaks_nothing(
        self, cast: Cast, client: Client
    ) -> None:
        item = published(cast, words=replace(WORDS, title="A < B & “C” ]]> \u200b"))
        heard(cast, item)
        root, _read = feed(client)
        assert root.findtext("channel/item/title", "").startswith("A < B & “C” ]]>")
        item.published_at = cast.now - timedelta(days=1)
        guid = root.findtext("channel/item/guid")
        item.save()
        assert feed(client)[0].findtext("channel/item/guid") == guid
