"""Items drafted from decisions on procedures and from new versions: one each, cited, linked both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from dinhlang.org.models import Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.news import kept
from dinhlang.portal.newsroom import actions
from dinhlang.procedures.actions import load_demo
from dinhlang.procedures.models import Decision, Version

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def decision(world: World) -> Decision:
    load_demo(at=world.at)
    return Decision.objects.filter(unit=world.commune, events__isnull=False).order_by("pk").distinct()[0]


@pytest.fixture
def newer(decision: Decision) -> Version:
    """The second version of registering a birth, which asks for less."""
    return Version.objects.get(procedure__code="1.001193", number=2)


@pytest.fixture
def officer(world: World) -> Client:
    return world.signed_in("van-hoa", checks_forms=False)


def begin(client: Client, world: World, **given: Any) -> Any:
    return client.post(reverse("newsroom:begin"), {"unit": world.commune.pk, **given}, follow=True)


def test_a_decision_becomes_an_item_that_cites_it(world: World, officer: Client, decision: Decision) -> None:
    shown = officer.get(reverse("procedures:decision", args=[decision.pk])).content.decode()
    assert "Soạn tin về việc này" in shown
    answer = begin(officer, world, decision=decision.pk)
    item = Item.objects.get(decision=decision)
    assert answer.redirect_chain[-1][0] == reverse("newsroom:edit", args=[item.pk])
    assert item.draft is not None
    assert item.draft.title.startswith("Thủ tục hành chính: ")
    assert "/thu-tuc/" in item.draft.body
    assert (item.field, item.column.name if item.column else "") == ("thu-tuc", "Thủ tục hành chính")
    cited = item.draft.documents.get()
    assert (cited.symbol, cited.issued_on) == (decision.number, decision.signed_on)
    # Both pages lead to each other.
    there = officer.get(reverse("procedures:decision", args=[decision.pk])).content.decode()
    assert reverse("newsroom:item", args=[item.pk]) in there
    assert "Soạn tin về việc này</button>" not in there
    back = officer.get(reverse("newsroom:item", args=[item.pk])).content.decode()
    assert reverse("procedures:decision", args=[decision.pk]) in back
    listed = officer.get(reverse("procedures:decisions")).content.decode()
    assert reverse("newsroom:item", args=[item.pk]) in listed


def test_who_asks_again_gets_the_item_that_is_there(
    world: World, officer: Client, decision: Decision
) -> None:
    begin(officer, world, decision=decision.pk)
    item = Item.objects.get(decision=decision)
    answer = begin(officer, world, decision=decision.pk)
    assert "Đã có tin về việc này." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("newsroom:item", args=[item.pk])
    actions.drop(item=item, by=world.people["van-hoa"], at=world.at)
    begin(officer, world, decision=decision.pk)
    assert Item.objects.filter(decision=decision).count() == 2


def test_what_is_new_in_a_version_becomes_an_item(world: World, officer: Client, newer: Version) -> None:
    page = reverse("procedures:procedure", args=[newer.procedure_id]) + "?ban=2"
    assert "Soạn tin về việc này" in officer.get(page).content.decode()
    begin(officer, world, version=newer.pk)
    item = Item.objects.get(procedure_version=newer)
    assert item.draft is not None
    assert item.draft.title == f"Điểm mới của thủ tục “{newer.name}”"
    assert "Không phải nộp: Bản sao giấy chứng nhận kết hôn của cha mẹ." in item.draft.body
    assert reverse("newsroom:item", args=[item.pk]) in officer.get(page).content.decode()
    assert page.partition("?")[0] in officer.get(reverse("newsroom:item", args=[item.pk])).content.decode()


def published(item: Item, world: World) -> None:
    actions.publish_emergency(item=item, reason="Đến ngày áp dụng", by=world.people["van-hoa"], at=world.at)
    item.refresh_from_db()


def test_the_public_pages_of_an_article_and_its_procedures_lead_to_each_other(
    world: World, client: Client, decision: Decision, newer: Version
) -> None:
    page, by = "/ben-truc/thu-tuc/1.001193/", world.people["van-hoa"]
    about, _new = actions.write_about_version(unit=world.commune, version=newer, by=by, at=world.at)
    assert "Tin về thủ tục này" not in client.get(page).content.decode(), "a draft is for nobody"
    Edition.objects.filter(pk=about.draft_id).update(body="<p>Không phải nộp bản sao nào nữa.</p>")
    about.refresh_from_db()
    published(about, world)
    there = client.get(page).content.decode()
    address = f"/ben-truc/tin/{about.column.slug if about.column else ''}/{about.slug}/"
    assert f'href="{address}"' in there
    assert f'href="{page}">{newer.name}</a>' in client.get(address).content.decode()
    assert "about:1.001193" in kept.widened(f"item:{about.pk}")
    # A decision leads to each procedure that it names.
    told, _new = actions.write_about_decision(unit=world.commune, decision=decision, by=by, at=world.at)
    published(told, world)
    code = str(decision.events.filter(version__isnull=False)[0].procedure.code)
    whole = client.get(
        f"/ben-truc/tin/{told.column.slug if told.column else ''}/{told.slug}/"
    ).content.decode()
    assert f'/ben-truc/thu-tuc/{code}/"' in whole
    assert "Thủ tục trong tin này" not in whole, "its words lead there"
    assert told.slug in client.get(f"/ben-truc/thu-tuc/{code}/").content.decode()


def test_a_first_version_and_an_empty_decision_give_a_sentence(
    world: World, officer: Client, newer: Version
) -> None:
    first = Version.objects.get(procedure=newer.procedure_id, number=1)
    assert "không có điểm mới" in begin(officer, world, version=first.pk).content.decode()
    empty = Decision.objects.create(unit=world.commune, number="99/QĐ-UBND", added_at=world.at)
    assert "chưa có thủ tục nào" in begin(officer, world, decision=empty.pk).content.decode()
    assert begin(officer, world, decision="x").status_code == 404


def test_who_may_not_write_here_begins_nothing(world: World, decision: Decision) -> None:
    reader = world.signed_in("chu-tich", checks_forms=False)
    shown = reader.get(reverse("procedures:decision", args=[decision.pk])).content.decode()
    assert "Soạn tin về việc này</button>" not in shown
    with pytest.raises(NotAllowed):
        actions.write_about_decision(
            unit=world.commune, decision=decision, by=world.people["chu-tich"], at=world.at
        )
    elsewhere = Unit.objects.filter(level=world.commune.level).exclude(pk=world.commune.pk)[0]
    with pytest.raises(NotAllowed):
        actions.write_about_decision(
            unit=elsewhere, decision=decision, by=world.people["van-hoa"], at=world.at
        )
    assert not Item.objects.filter(decision=decision).exists()


def test_a_decision_of_six_hundred_rows_still_fits_an_item(
    world: World, officer: Client, newer: Version
) -> None:
    from dataclasses import replace

    from dinhlang.procedures import rules
    from dinhlang.procedures.actions import Change, DecisionGiven, apply_changes

    sheet = rules.from_json(newer.sheet)
    changes = [
        Change(f"3.{number:06}", rules.EventKind.ANNOUNCE, replace(sheet, name=f"Thủ tục dài số {number}"))
        for number in range(1, 601)
    ]
    given = DecisionGiven("600/QĐ-UBND", world.at.date(), "Ủy ban nhân dân tỉnh Mẫu")
    apply_changes(unit=world.commune, changes=changes, decision=given, by=None, at=world.at)
    begin(officer, world, decision=Decision.objects.get(number="600/QĐ-UBND").pk)
    item = Item.objects.get(decision__number="600/QĐ-UBND")
    assert item.draft is not None
    assert "và <a" in item.draft.body
    assert "540 thủ tục khác" in item.draft.body
