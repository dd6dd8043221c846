"""What of the house is found, and when."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal import kept
from dinhlang.portal.models import Column, Edition, Item, Promoted, SearchChange, Unfound
from dinhlang.portal.search import actions, queries, rules
from dinhlang.portal.search.rules import CannotPromote
from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _own_index(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def write_item(world: World) -> Callable[..., Item]:
    """Makes an item that is open to all, in a column of the commune."""
    column, _ = Column.objects.get_or_create(
        unit=world.commune, slug="tin-thu", defaults={"name": "Tin thử", "position": 90}
    )

    def write(title: str, body: str = "<p>Nội dung.</p>", **more: object) -> Item:
        number = Item.objects.count()
        item = Item.objects.create(
            unit=world.commune, column=column, slug=f"tin-{number}", made_at=NOW, changed_at=NOW, **more
        )
        item.shown = Edition.objects.create(
            item=item, number=1, title=title, body=body, made_at=NOW, changed_at=NOW
        )
        item.published_at = NOW
        item.save()
        kept.changed(f"item:{item.pk}")
        return item

    return write


def _titles(unit: Unit, typed: str, **asked: object) -> list[str]:
    found = queries.answer(unit, typed, date.today(), facets={}, **asked)  # type: ignore[arg-type]
    return [row.hit.title for row in found.rows]


def test_a_published_item_is_found_after_the_worker_followed(
    world: World, write_item: Callable[..., Item]
) -> None:
    actions.follow(at=NOW)
    write_item("Lịch tiêm phòng dại cho chó, mèo", "<h2>Thời gian</h2><p>Sáng thứ Bảy, nhà văn hóa.</p>")
    assert _titles(world.commune, "tiem phong") == []
    assert actions.follow(at=NOW) == 1
    assert _titles(world.commune, "tiem phong") == ["Lịch tiêm phòng dại cho chó, mèo"]
    assert _titles(world.commune, "NHÀ VĂN HOÁ") == ["Lịch tiêm phòng dại cho chó, mèo"]
    assert actions.follow(at=NOW) == 0


def test_a_withdrawn_item_is_found_no_more(world: World, write_item: Callable[..., Item]) -> None:
    item = write_item("Lịch cắt điện")
    actions.follow(at=NOW)
    item.shown, item.withdrawn_at, item.withdrawn_why = None, NOW, "Đăng nhầm."
    item.save()
    kept.changed(f"item:{item.pk}")
    actions.follow(at=NOW)
    assert _titles(world.commune, "cat dien") == []


def test_a_published_report_is_found_by_its_words(world: World) -> None:
    actions.follow(at=NOW)
    (row,) = queries.answer(world.commune, "cải cách hành chính", date.today(), facets={"kind": "report"}).rows
    assert row.hit.id == f"report:{world.report.pk}"
    assert any(piece.is_asked for piece in row.excerpt)


def test_nothing_of_another_commune_is_found(world: World, write_item: Callable[..., Item]) -> None:
    write_item("Lịch tiếp công dân")
    actions.follow(at=NOW)
    other = Unit.objects.get(pk="cau-mong")
    assert _titles(other, "tiep cong dan") == []


def test_without_an_index_everything_is_indexed(world: World, write_item: Callable[..., Item]) -> None:
    write_item("Lịch tiếp công dân")
    SearchChange.objects.all().delete()
    actions.follow(at=NOW)
    assert _titles(world.commune, "tiep cong dan") == ["Lịch tiếp công dân"]


def test_asking_for_everything_makes_the_index_anew(world: World, write_item: Callable[..., Item]) -> None:
    actions.follow(at=NOW)
    item = write_item("Lịch tiếp công dân")
    SearchChange.objects.all().delete()
    Edition.objects.filter(item=item).update(title="Lịch trực")
    actions.ask_for_everything()
    actions.follow(at=NOW)
    assert _titles(world.commune, "lich truc") == ["Lịch trực"]
    assert not SearchChange.objects.exists()


def test_changes_wait_while_another_process_writes(world: World, write_item: Callable[..., Item]) -> None:
    actions.follow(at=NOW)
    write_item("Lịch tiếp công dân")
    writing, done = threading.Event(), threading.Event()

    def held() -> None:
        index = actions.index()
        with index._writer(index._folder / (index._current() or "")):
            writing.set()
            done.wait(10)

    other = threading.Thread(target=held)
    other.start()
    writing.wait(10)
    try:
        assert actions.follow(at=NOW) == 0
        assert SearchChange.objects.exists()
    finally:
        done.set()
        other.join()
    assert actions.follow(at=NOW) > 0
    assert _titles(world.commune, "tiep cong dan") == ["Lịch tiếp công dân"]


def test_marks_are_shown_on_the_words_as_they_are_written(
    world: World, write_item: Callable[..., Item]
) -> None:
    write_item("Thông báo của Ủy ban nhân dân xã")
    actions.follow(at=NOW)
    (row,) = queries.answer(world.commune, "ubnd", date.today(), facets={}).rows
    assert [piece.text for piece in row.title if piece.is_asked] == ["Ủy ban nhân dân"]
    assert "".join(piece.text for piece in row.title) == "Thông báo của Ủy ban nhân dân xã"


def test_pages_hold_ten_and_facets_count_all(world: World, write_item: Callable[..., Item]) -> None:
    for number in range(12):
        write_item(f"Lớp học nghề số {number}", kind="notice" if number < 5 else "article")
    actions.follow(at=NOW)
    first = queries.answer(world.commune, "hoc nghe", date.today(), facets={})
    second = queries.answer(world.commune, "hoc nghe", date.today(), facets={}, page=2)
    assert (len(first.rows), len(second.rows), first.total, first.pages) == (10, 2, 12, 2)
    assert first.facets["kind"] == [("article", 7), ("notice", 5)]
    assert not {row.hit.id for row in first.rows} & {row.hit.id for row in second.rows}


def test_an_answer_costs_two_questions_of_the_database(
    world: World, write_item: Callable[..., Item], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        write_item(f"Lớp học nghề số {number}")
    actions.follow(at=NOW)
    with django_assert_max_num_queries(2):
        assert queries.answer(world.commune, "hoc nghe", date.today(), facets={}).total == 3


# --- questions without an answer ------------------------------------------------------------------


def test_a_question_without_an_answer_is_counted_by_day(world: World) -> None:
    for typed in ("Làm thẻ  thư viện", "làm thẻ thư viện"):
        actions.note_unfound(unit_id=world.commune.pk, typed=typed, at=NOW)
    (kept_one,) = Unfound.objects.all()
    assert (kept_one.words, kept_one.times) == ("làm thẻ thư viện", 2)


@pytest.mark.parametrize(
    "typed",
    ["", "???", "a " * 9, "x" * 200, "0912 345 678", "ông Nguyễn Văn Thử ở thôn Bến", "thu@example.vn"],
)
def test_what_could_name_a_person_is_not_kept(typed: str) -> None:
    assert rules.worth_keeping(typed) == ""


def test_a_robot_fills_no_table(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_A_DAY", 3)
    for number in range(10):
        actions.note_unfound(unit_id=world.commune.pk, typed=f"từ lạ {number}", at=NOW)
    assert Unfound.objects.count() == 3


def test_old_questions_are_deleted(world: World) -> None:
    actions.note_unfound(unit_id=world.commune.pk, typed="thẻ thư viện", at=NOW - timedelta(days=200))
    actions.note_unfound(unit_id=world.commune.pk, typed="thẻ thư viện", at=NOW)
    actions.forget_old_questions(at=NOW)
    assert Unfound.objects.count() == 1


# --- pages put first ------------------------------------------------------------------------------


def _promote(world: World, by: Person, words: str = "làm giấy khai sinh", at: datetime = NOW) -> Promoted:
    return actions.promote(
        unit=world.commune, words=words, title="Đăng ký khai sinh", target="/thu-tuc/1.001193/", by=by, at=at
    )


def test_a_promoted_page_stands_first_however_the_words_are_written(world: World) -> None:
    promoted = _promote(world, world.people["van-hoa"])
    for typed in ("làm giấy khai sinh", "lam giay khai sinh", "LÀM GIẤY KHAI SINH?"):
        assert queries.answer(world.commune, typed, date.today(), facets={}).promoted == (promoted,)
    assert queries.answer(world.commune, "giấy khai sinh", date.today(), facets={}).promoted == ()
    actions.demote(promoted=promoted, by=world.people["van-hoa"], at=NOW)
    assert queries.answer(world.commune, "làm giấy khai sinh", date.today(), facets={}).promoted == ()


def test_a_page_is_promoted_once_for_words(world: World) -> None:
    _promote(world, world.people["van-hoa"])
    with pytest.raises(CannotPromote, match="đã đứng đầu"):
        _promote(world, world.people["van-hoa"], words="Lam giay KHAI SINH")
    with pytest.raises(CannotPromote, match="Chưa có từ"):
        _promote(world, world.people["van-hoa"], words="...")


def test_who_may_not_change_columns_promotes_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        _promote(world, world.people["hamlet-head"])
