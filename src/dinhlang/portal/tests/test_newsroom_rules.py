"""The newsroom's rules: states as a table, slugs that are plain ASCII, kinds that ask for what they need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.portal.newsroom.rules.kinds import SHAPES, Kind
from dinhlang.portal.newsroom.rules.slugs import free_slug, is_slug, slug_of
from dinhlang.portal.newsroom.rules.states import NEXT, Deed, State, WrongMove, after, can_happen
from dinhlang.work.concepts import COUNTERS
from dinhlang.work.models import ActivityKind


def test_every_state_is_in_the_table_and_can_be_reached() -> None:
    assert set(NEXT) == set(State)
    reached = {state for moves in NEXT.values() for state in moves.values()} | {State.DRAFT}
    assert reached == set(State)


def test_nothing_is_published_without_approval_but_in_an_emergency() -> None:
    ways = {
        (state, deed) for state, moves in NEXT.items() for deed, to in moves.items() if to is State.PUBLISHED
    }
    assert {state for state, deed in ways if deed is Deed.PUBLISH} == {State.APPROVED, State.SCHEDULED}
    assert {
        deed for state, deed in ways if state not in {State.APPROVED, State.SCHEDULED, State.PUBLISHED}
    } == {Deed.EMERGENCY}


def test_only_what_was_passed_on_is_approved() -> None:
    assert {state for state in State if can_happen(state, Deed.APPROVE)} == {State.PASSED_ON}


def test_a_move_that_is_not_in_the_table_is_refused_in_words() -> None:
    with pytest.raises(WrongMove, match="Bản nháp"):
        after(State.DRAFT, Deed.PUBLISH)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đăng ký khai sinh", "dang-ky-khai-sinh"),
        ("Uỷ ban/Ủy ban – “mở cửa” thứ Bảy!", "uy-ban-uy-ban-mo-cua-thu-bay"),
        ("Thông báo số 12/TB-UBND", "thong-bao-so-12-tb-ubnd"),
        ("\u0434\u043e\u043c", "dom"),
        ("раyраl", "rayral"),
        ("\uff11\uff12 tin", "12-tin"),
        ("…", "tin"),
        ("", "tin"),
    ],
)
def test_a_title_gives_its_slug(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_composed_and_decomposed_titles_give_one_slug() -> None:
    assert (
        slug_of("Đường về làng")
        == slug_of("\u0110u\u031bo\u031b\u0300ng ve\u0302\u0300 la\u0300ng")
        == "duong-ve-lang"
    )


@given(st.text(max_size=300))
def test_a_slug_is_always_one(title: str) -> None:
    assert is_slug(slug_of(title))
    taken = {slug_of(title), f"{slug_of(title)}-2"}
    free = free_slug(title, taken)
    assert free not in taken
    assert is_slug(free)


def test_every_kind_counts_what_a_website_line_may_carry() -> None:
    assert set(SHAPES) == set(Kind)
    offered = {concept.id for concept in COUNTERS[ActivityKind.WEBSITE]}
    for shape in SHAPES.values():
        assert set(shape.counts) <= offered
        assert shape.counts
        assert "title" in shape.needs
