"""The kiosk: a question or two to what must be brought, nothing typed, nothing that leads out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dinhlang.portal.kiosk import rules
from dinhlang.portal.sites.actions import make_site
from dinhlang.procedures import actions
from dinhlang.procedures.actions import Change
from dinhlang.procedures.queries import life_event, life_events
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

EVENTS = st.sampled_from(life_events())


@given(EVENTS, st.lists(st.none() | st.integers(0, 9), max_size=6))
def test_answers_read_back_as_they_are_written_and_what_no_question_allows_is_refused(
    event: Any, answers: list[int | None]
) -> None:
    allowed = len(answers) <= len(event.questions) and all(
        one is None or one < len(asked.answers) for one, asked in zip(answers, event.questions, strict=False)
    )
    assert rules.answers_of(event, rules.written(answers)) == (answers if allowed else None)


@pytest.fixture
def kiosk(cast: Cast, settings: Settings, tmp_path: Any, client: Client) -> Client:
    settings.KEPT = tmp_path
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    actions.apply_changes(
        unit=cast.commune,
        changes=[
            Change(code, EventKind.ANNOUNCE, sheet, since_ever=True)
            for code, sheet in (("1.001193", BIRTH), ("1.000894", MARRIAGE))
        ],
        decision=None,
        by=None,
        at=cast.now,
    )
    return client


def shown(client: Client, address: str) -> lxml_html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    page = lxml_html.document_fromstring(answer.content)
    assert not page.xpath("//form | //input | //textarea | //select | //*[@style] | //style | //iframe")
    assert all(one.startswith(("/ben-truc/quay/", "/ben-truc/en/quay/")) for one in links(page))
    return page


def links(page: lxml_html.HtmlElement) -> list[str]:
    return [str(one) for one in page.xpath("//a/@href")]


@pytest.mark.django_db
@pytest.mark.integration
def test_every_way_through_the_questions_ends_in_a_list_and_never_leads_out(kiosk: Client) -> None:
    event = life_event("sinh-con")
    assert event is not None
    ways = 0
    for row in product(*([*range(len(one.answers)), None] for one in event.questions)):
        shown(kiosk, f"/ben-truc/quay/viec/sinh-con/{rules.written(row)}/")
        ways += 1
    assert ways > 4
    page = shown(kiosk, "/ben-truc/quay/viec/sinh-con/")
    following = [one for one in links(page) if one.startswith("/ben-truc/quay/viec/sinh-con/")]
    assert len(following) == len(event.questions[0].answers) + 1
    assert "/ben-truc/quay/thu-tuc/1.001193/" in links(shown(kiosk, "/ben-truc/quay/viec/sinh-con/x-x/"))
    assert kiosk.get("/ben-truc/quay/viec/sinh-con/9-9/").status_code == 404


@pytest.mark.django_db
@pytest.mark.integration
def test_a_procedure_can_be_printed_or_taken_along_on_the_phone(kiosk: Client) -> None:
    page = shown(kiosk, "/ben-truc/quay/thu-tuc/1.001193/")
    assert page.xpath("//figure[@class='code']//*[local-name()='svg']")
    assert page.xpath("string(//figure//span)").endswith("/ben-truc/thu-tuc/1.001193/")
    # Only a script can print; where there is none, nothing offers it.
    assert page.xpath("//button[@data-print and @hidden]")
    assert len(page.xpath("//ul[@class='bring']/li")) == len(BIRTH.papers)


@pytest.mark.django_db
@pytest.mark.integration
def test_without_a_script_the_browser_goes_back_by_itself_but_not_from_the_start(kiosk: Client) -> None:
    again = "//noscript/meta[@http-equiv='refresh']/@content"
    assert shown(kiosk, "/ben-truc/quay/thu-tuc/1.001193/").xpath(again) == ["60; url=/ben-truc/quay/"]
    assert shown(kiosk, "/ben-truc/quay/").xpath(again) == []
    assert shown(kiosk, "/ben-truc/en/quay/viec/sinh-con/").xpath(again) == ["60; url=/ben-truc/en/quay/"]


@pytest.mark.django_db
@pytest.mark.integration
def test_what_is_abolished_or_was_never_there_is_not_offered(kiosk: Client, cast: Cast) -> None:
    assert kiosk.get("/ben-truc/quay/thu-tuc/9.999999/").status_code == 404
    assert kiosk.get("/ben-truc/quay/thu-tuc/1.000894/").status_code == 200
    actions.apply_changes(
        unit=cast.commune,
        changes=[Change("1.000894", EventKind.ABOLISH, None, localdate())],
        decision=None,
        by=None,
        at=now(),
    )
    assert kiosk.get("/ben-truc/quay/thu-tuc/1.000894/").status_code == 404
