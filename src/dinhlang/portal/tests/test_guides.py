"""Guides on a site: one step a page, the way on and back, a leaflet."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from lxml import html

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.speech.finishing import Finished
from dinhlang.broadcast.speech.reading import Reading
from dinhlang.broadcast.voicing import actions as voicing
from dinhlang.onestop.support import writing
from dinhlang.onestop.support.guides import all_guides
from dinhlang.onestop.support.writing import Said
from dinhlang.org.tests import codes
from dinhlang.portal.kept import refreshing
from dinhlang.portal.kept.store import OWN, Target
from dinhlang.portal.listening import steps
from dinhlang.portal.models import StepSound
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _site(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.KEPT = tmp_path / "kept"
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)


def test_whoever_follows_the_way_on_sees_every_step_of_every_guide(client: Client) -> None:
    address, seen = "/ben-truc/huong-dan-so/vneid/", 0
    for _page in range(sum(len(one.steps) + 1 for one in all_guides())):
        answer = client.get(address)
        assert answer.status_code == 200
        page = html.document_fromstring(answer.content)
        drawn = page.xpath("//main//*[local-name()='svg'][@role='img']")
        seen += len(drawn)
        # The drawing stands in the text alone: the head has only what machines read.
        assert not page.xpath("//head//*[local-name()='svg']")
        assert b"og:image" not in answer.content
        [*_others, on] = page.xpath("//a[contains(@class, 'act--main')]/@href")
        address = on
    assert seen == sum(len(one.steps) for one in all_guides())
    assert address == "/ben-truc/huong-dan-so/"


def test_what_is_no_step_is_not_there(client: Client) -> None:
    for rest in ("vneid/0/", "vneid/8/", "khong-co/", "khong-co/1/", "khong-co/to-roi.pdf"):
        assert client.get(f"/ben-truc/huong-dan-so/{rest}").status_code == 404
    assert client.get("/ben-truc/en/huong-dan-so/vneid/to-roi.pdf").status_code == 404


def test_a_leaflet_is_a_pdf_that_is_set_once(client: Client) -> None:
    there = "/ben-truc/huong-dan-so/dang-nhap/to-roi.pdf"
    first = client.get(there)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    [code] = (one for page in codes.in_pdf(first.content) for one in page.squares)
    assert client.get(code.removeprefix("http://testserver")).status_code == 200
    assert client.get(there).content == first.content


def test_the_list_of_procedures_and_the_map_of_the_site_lead_there(client: Client) -> None:
    for place in ("thu-tuc/", "so-do-trang/"):
        assert 'href="/ben-truc/huong-dan-so/"' in client.get(f"/ben-truc/{place}").content.decode()


def test_own_words_and_their_sound_stand_on_the_page_as_soon_as_they_are_there(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    monkeypatch.setattr(voicing, "enqueue", lambda pk: None)
    read: list[str] = []

    def read_aloud(text: str, voice: str, **given: object) -> Reading:
        read.append(text)
        said = hashlib.sha256(text.encode()).digest()
        return Reading(Finished(b"ID3\x04" + said, b"OggS" + said, 9.5, -16.0, -1.6), (), voice, 1.0)

    monkeypatch.setattr(voicing, "read_aloud", read_aloud)
    there = "/ben-truc/huong-dan-so/dang-nhap/1/"
    refreshing.render_all(refreshing.store(), [Target(OWN, there)])
    assert "Nghe bước này" not in refreshed(there)
    # One at a time: what is published, and bulletins, come first.
    assert steps.ask_due(at=cast.now) == 1
    assert steps.ask_due(at=cast.now) == 0
    make_all(cast)
    every = sum(len(one.steps) for one in all_guides())
    for _turn in range(every + 2):
        steps.ask_due(at=cast.now)
        make_all(cast)
    assert StepSound.objects.count() == len(read) == every
    page = refreshed(there)
    assert "Nghe bước này" in page
    [sound] = re.findall(r'src="(/ben-truc/am-thanh/\w+\.mp3)"', page)
    assert client.get(sound).status_code == 200
    # What the house says to all is read once for all.
    make_site(unit=cast.neighbour_commune, path="ben-dua", by=None, at=cast.now)
    assert steps.ask_due(at=cast.now) == every
    assert len(read) == every
    step = {"guide": "dang-nhap", "step": "mo-cong"}
    said = Said("Bấm Đóng, rồi bấm Đăng nhập.")
    writing.write(unit=cast.commune, **step, said=said, by=cast.culture_officer, at=cast.now)
    page = refreshed(there)
    assert "Bấm Đóng, rồi bấm Đăng nhập." in page
    assert "kiểm tra lần cuối ngày" in page
    # What nobody sees any more nobody hears; the new words are read by and by.
    assert "Nghe bước này" not in page
    assert client.get(sound).status_code == 404
    assert steps.ask_due(at=cast.now) == 1
    make_all(cast)
    assert read[-1].splitlines()[1] == "Bấm Đóng, rồi bấm Đăng nhập."
    assert "Nghe bước này" in refreshed(there)


def make_all(cast: Cast) -> None:
    for row in Voicing.objects.filter(state=Voicing.State.WAITING):
        voicing.make(pk=row.pk, clock=lambda: cast.now)


def refreshed(address: str) -> str:
    """The page as it is kept once the worker has rendered what changed."""
    refreshing.refresh()
    return refreshing.store().file_of(Target(OWN, address)).read_text("utf-8")
