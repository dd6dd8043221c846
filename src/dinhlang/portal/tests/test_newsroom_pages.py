"""The pages of the newsroom: written without a script, saved by one, two people, the way over the board, links."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from dinhlang.portal.models import Item
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.rules.states import State

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def _typed(item: Item, **given: Any) -> dict[str, Any]:
    assert item.draft is not None
    return {
        "title": item.draft.title,
        "lead": "Từ thứ Hai, người dân được giúp ngay tại nhà văn hóa.",
        "body": "Mỗi sáng có hai người giúp.\n\n## Cần mang theo\n\n- Căn cước",
        "kind": item.kind,
        "column": item.column_id,
        "field": item.field,
        "version": item.draft.version,
        **given,
    }


def _page(client: Client, name: str, *arguments: Any) -> str:
    return client.get(reverse(f"newsroom:{name}", args=arguments)).content.decode()


def _post(client: Client, name: str, arguments: list[Any], given: dict[str, Any]) -> Any:
    return client.post(reverse(f"newsroom:{name}", args=arguments), given, follow=True)


@pytest.fixture
def author(world: World) -> Client:
    return world.signed_in("cong-tac-vien", checks_forms=False)


@pytest.fixture
def officer(world: World) -> Client:
    return world.signed_in("van-hoa", checks_forms=False)


def test_an_item_is_begun_and_written_without_a_script(world: World, author: Client) -> None:
    assert world.item.column is not None
    answer = _post(
        author, "new", [], {"kind": "notice", "title": "Lịch cắt điện", "column": world.item.column.pk}
    )
    item = Item.objects.get(draft__title="Lịch cắt điện")
    assert answer.redirect_chain[-1][0] == reverse("newsroom:edit", args=[item.pk])
    answer = _post(author, "edit", [item.pk], _typed(item))
    assert "Đã lưu." in answer.content.decode()
    item.refresh_from_db()
    assert item.draft is not None
    assert "<h2>Cần mang theo</h2>" in item.draft.body


def test_a_script_saves_by_itself_and_is_told_of_a_conflict(
    world: World, author: Client, officer: Client
) -> None:
    there = reverse("newsroom:autosave", args=[world.item.pk])
    told = author.post(there, _typed(world.item)).json()
    assert (told["version"], told["joined"]) == (2, False)
    assert "Điều cần xem" in told["checks"]
    wrong = author.post(
        there, _typed(world.item, version=2, body="Xem [tại đây](https://a.example/).")
    ).json()
    assert 'data-quote="tại đây"' in wrong["checks"]
    author.post(there, _typed(world.item, version=3))
    answer = officer.post(there, _typed(world.item, title="Tiêu đề khác", lead="Lời khác hẳn."))
    assert answer.status_code == 409
    assert "vừa sửa cùng chỗ" in answer.json()["reason"]


def test_a_conflict_shows_both_and_the_second_save_keeps_mine(
    world: World, author: Client, officer: Client
) -> None:
    _post(author, "edit", [world.item.pk], _typed(world.item, lead="Lời của người viết."))
    mine = _typed(world.item, lead="Lời của công chức.")
    shown = _post(officer, "edit", [world.item.pk], mine).content.decode()
    assert "Lời của người viết." in shown
    assert "Lời của công chức." in shown
    _post(officer, "edit", [world.item.pk], {**mine, "version": 2, "keep_mine": "on"})
    item = Item.objects.select_related("draft").get(pk=world.item.pk)
    assert item.draft is not None
    assert item.draft.lead == "Lời của công chức."


def test_typed_text_is_previewed_and_pasted_text_is_cleaned(author: Client) -> None:
    shown = author.post(reverse("newsroom:preview"), {"body": "**Đậm** <script>alert(1)</script>"})
    assert "<strong>Đậm</strong> &lt;script&gt;" in shown.content.decode()
    pasted = author.post(reverse("newsroom:paste"), {"html": "<h1>To</h1><p class=MsoNormal><b>Chữ</b></p>"})
    assert pasted.content.decode() == "## To\n\n**Chữ**"
    assert author.post(reverse("newsroom:paste"), {"html": "a" * 200_001}).status_code == 422


def _passed_on(world: World, author: Client, officer: Client) -> None:
    _post(author, "edit", [world.item.pk], _typed(world.item))
    _post(author, "deed", [world.item.pk, "submit"], {})
    _post(officer, "deed", [world.item.pk, "pass-on"], {})


def test_the_board_sends_an_item_to_everyone(world: World, author: Client, officer: Client) -> None:
    _passed_on(world, author, officer)
    chair = world.signed_in("chu-tich", checks_forms=False)
    assert "Mở thêm điểm hướng dẫn" in _page(chair, "board")
    assert "Duyệt tin này" in _page(chair, "item", world.item.pk)
    _post(chair, "deed", [world.item.pk, "approve"], {})
    answer = _post(officer, "deed", [world.item.pk, "publish"], {})
    assert "Người dân đọc được ngay" in answer.content.decode()
    assert "Đã ghi sổ" in answer.content.decode()
    # Now whoever reads the commune from above may read it too.
    assert world.signed_in("so-noi-vu").get(reverse("newsroom:item", args=[world.item.pk])).status_code == 200


def test_a_refusal_is_said_on_the_page(world: World, author: Client) -> None:
    answer = _post(author, "deed", [world.item.pk, "submit"], {})
    assert "Tin còn thiếu: Tóm tắt" in answer.content.decode()
    answer = _post(author, "deed", [world.item.pk, "approve"], {})
    assert "chưa được giao quyền duyệt tin, bài" in answer.content.decode()


def test_a_leader_decides_by_a_link_without_signing_in(
    world: World, author: Client, officer: Client, client: Client
) -> None:
    _passed_on(world, author, officer)
    chair = world.people["chu-tich"]
    _link, token = actions.make_link(item=world.item, approver=chair, by=world.people["van-hoa"], at=world.at)
    there = reverse("approval", args=[token])
    shown = client.get(there)
    assert shown.status_code == 200
    assert "Mỗi sáng có hai người giúp." in shown.content.decode()
    picture = world.item.draft.pictures.get() if world.item.draft else None
    assert picture is not None
    assert client.get(reverse("approval-picture", args=[token, picture.pk])).status_code == 200
    refused = client.post(there, {"do": "return", "reason": ""})
    assert refused.status_code == 409
    assert client.post(there, {"do": "approve"}).status_code == 200
    assert Item.objects.get(pk=world.item.pk).state == State.APPROVED
    assert client.get(there).status_code == 410
    assert client.get(reverse("approval-picture", args=[token, picture.pk])).status_code == 404
    assert "qua đường dẫn do" in _page(officer, "history", world.item.pk)


def test_the_list_is_searched_without_marks_and_leaves_as_a_file(world: World, officer: Client) -> None:
    there = reverse("newsroom:list")
    assert "Mở thêm điểm" in officer.get(there, {"q": "huong dan nha van hoa"}).content.decode()
    assert "Không có tin nào khớp" in officer.get(there, {"q": "bão lụt"}).content.decode()
    file = officer.post(reverse("newsroom:export", args=["xlsx"]) + "?q=huong+dan")
    [header, row] = load_workbook(BytesIO(file.content)).active.values
    assert header[0] == "Tiêu đề"
    assert row[0] == "Mở thêm điểm hướng dẫn ở nhà văn hóa"


def test_the_desk_says_when_the_clock_has_stopped(
    world: World, officer: Client, settings: Any, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    assert "Bộ hẹn giờ đang ngừng" in _page(officer, "board")


def test_a_list_costs_the_same_for_one_item_and_for_many(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        actions.write_item(
            unit=world.commune,
            words=_words(number),
            by=world.people["van-hoa"],
            at=world.at,
        )
    with django_assert_max_num_queries(24):
        _page(officer, "list")


def _words(number: int) -> Any:
    from dinhlang.portal.newsroom.rules.words import Words

    return Words(title=f"Tin số {number}")
