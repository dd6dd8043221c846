"""Decisions change the catalogue; what stands on a day follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.procedures import actions, queries, rules, signals
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.models import Decision, Event, Procedure, Version
from dinhlang.procedures.rules import EventKind, Sheet, Standing
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

AT = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ON = AT.date()


def change(cast: Cast, *changes: Change, **more: Any) -> actions.Applied:
    given = {"unit": cast.commune, "by": None, "at": AT, **more}
    return actions.apply_changes(changes=changes, **given)


def announced(code: str, sheet: Sheet, **more: Any) -> Change:
    return Change(code, EventKind.ANNOUNCE, sheet, **more)


def test_a_list_of_what_stands_stands_since_before_anything_is_known(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    assert [one.name for one in queries.standing_versions(cast.commune, date(2011, 1, 1))] == [BIRTH.name]


def test_an_amendment_stands_from_its_own_day_and_the_old_version_until_then(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    dearer = replace(BIRTH, fees="10.000 đồng")
    change(
        cast,
        Change("1.001193.000.00.00.H23", EventKind.AMEND, dearer, date(2026, 4, 1)),
        decision=DecisionGiven("12/QĐ-UBND", date(2026, 3, 2)),
    )
    procedure = Procedure.objects.get(code="1.001193")
    for day, number in [(date(2026, 3, 31), 1), (date(2026, 4, 1), 2)]:
        version = queries.version_on(procedure, day)
        assert version is not None
        assert version.number == number
    page = queries.page(cast.commune, "1.001193", ON)
    assert page is not None
    assert (page.standing, page.sheet.fees, len(page.coming)) == (Standing.IN_FORCE, "", 1)


def test_a_silent_decision_is_flagged(cast: Cast) -> None:
    applied = change(
        cast, announced("1.000894", MARRIAGE), decision=DecisionGiven("15/QĐ-UBND", date(2026, 3, 3))
    )
    [event] = applied.events
    assert (event.effective_on, event.is_default_day) == (date(2026, 3, 3), True)


def test_an_abolished_procedure_keeps_its_page_and_says_what_ended_it(cast: Cast) -> None:
    change(
        cast, announced("1.001193", BIRTH, since_ever=True), announced("1.000894", MARRIAGE, since_ever=True)
    )
    change(
        cast,
        Change("1.001193", EventKind.ABOLISH, effective_on=date(2026, 3, 5), replaced_by="2.001263"),
        announced("2.001263", SHOP, effective_on=date(2026, 3, 5)),
        decision=DecisionGiven("20/QĐ-UBND", date(2026, 3, 4)),
    )
    page = queries.page(cast.commune, "1.001193", ON)
    assert page is not None
    assert page.standing is Standing.ABOLISHED
    assert page.ended is not None
    assert page.ended.replaced_by is not None
    assert page.ended.replaced_by.code == "2.001263"
    assert page.sheet == BIRTH
    assert {one.procedure.code for one in queries.standing_versions(cast.commune, ON)} == {
        "1.000894",
        "2.001263",
    }


def test_the_same_sheet_again_writes_nothing(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    again = change(cast, Change("1.001193", EventKind.AMEND, BIRTH))
    assert (again.events, again.unchanged) == ((), ("1.001193",))
    assert Version.objects.count() == 1


def test_a_procedure_may_be_announced_again_after_it_was_abolished(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    change(cast, Change("1.001193", EventKind.ABOLISH, effective_on=date(2026, 1, 1)))
    with pytest.raises(rules.CannotChangeProcedure, match="đã bãi bỏ"):
        change(cast, announced("1.001193", BIRTH, effective_on=date(2025, 12, 1)))
    change(cast, announced("1.001193", BIRTH, effective_on=date(2026, 2, 1)))
    procedure = Procedure.objects.get()
    assert [bool(queries.version_on(procedure, date(2026, month, 15))) for month in (1, 2)] == [False, True]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Change("1.000001", EventKind.ABOLISH, effective_on=ON), "chưa có trong danh mục"),
        (Change("1.000001", EventKind.ANNOUNCE, Sheet(name="")), "chưa có tên"),
        (Change("x", EventKind.ANNOUNCE, BIRTH), "không phải mã"),
        (Change("1.001193", EventKind.AMEND, MARRIAGE), "hai dòng"),
        (Change("1.000001", EventKind.ANNOUNCE, BIRTH, date(2226, 1, 1)), "quá xa"),
    ],
)
def test_one_bad_row_stores_nothing_of_the_rest(cast: Cast, bad: Change, words: str) -> None:
    with pytest.raises(Refused, match=words):
        change(cast, announced("1.001193", BIRTH), bad)
    assert not Procedure.objects.exists()
    assert not Decision.objects.exists()


def test_decisions_out_of_order_are_refused_by_code_and_day(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, effective_on=date(2026, 3, 1)))
    with pytest.raises(rules.CannotChangeProcedure, match=r"1\.001193.*01/3/2026|1\.001193.*1/3/2026"):
        change(cast, Change("1.001193", EventKind.AMEND, MARRIAGE, date(2026, 2, 1)))


def test_who_may_not_is_refused_for_the_same_change_that_others_may_make(cast: Cast) -> None:
    at = cast.now
    one = announced("1.001193", BIRTH, since_ever=True)
    for stranger in (cast.neighbour, cast.radio_operator, cast.reviewer):
        with pytest.raises(NotAllowed):
            actions.apply_changes(unit=cast.commune, changes=[one], by=stranger, at=at)
    actions.apply_changes(unit=cast.commune, changes=[one], by=cast.one_stop_clerk, at=at)


def test_a_commune_shows_its_provinces_list_and_its_own_words_first(cast: Cast) -> None:
    change(
        cast,
        announced("1.001193", BIRTH, since_ever=True),
        announced("1.000894", MARRIAGE, since_ever=True),
        unit=cast.province,
    )
    own = replace(BIRTH, reception="Nhà văn hóa thôn Đông")
    change(cast, announced("1.001193", own, since_ever=True))
    shown = {one.procedure.code: one.procedure.unit_id for one in queries.standing_versions(cast.commune, ON)}
    assert shown == {"1.001193": cast.commune.pk, "1.000894": cast.province.pk}
    page = queries.page(cast.commune, "1.001193", ON)
    assert page is not None
    assert page.sheet.reception == "Nhà văn hóa thôn Đông"
    assert queries.page(cast.neighbour_commune, "1.001193", ON).sheet == BIRTH  # type: ignore[union-attr]


def test_an_amendment_of_the_provinces_text_hides_nothing_until_its_day(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True), unit=cast.province)
    dearer = replace(BIRTH, fees="10.000 đồng")
    change(cast, Change("1.001193", EventKind.AMEND, dearer, date(2026, 4, 1)))
    for day, fees, unit in [
        (ON, "", cast.commune),
        (date(2026, 4, 1), "10.000 đồng", cast.commune),
        (date(2026, 4, 1), "", cast.neighbour_commune),
    ]:
        page = queries.page(unit, "1.001193", day)
        assert page is not None
        assert (page.standing, page.sheet.fees) == (Standing.IN_FORCE, fees)


def test_a_successor_that_is_only_named_hides_nothing_of_the_province(cast: Cast) -> None:
    change(cast, announced("2.001263", SHOP, since_ever=True), unit=cast.province)
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    change(cast, Change("1.001193", EventKind.ABOLISH, effective_on=ON, replaced_by="2.001263"))
    page = queries.page(cast.commune, "2.001263", ON)
    assert page is not None
    assert page.sheet == SHOP
    assert [one.procedure.code for one in queries.standing_versions(cast.commune, ON)] == ["2.001263"]
    assert queries.page(cast.commune, "9.999999", ON) is None


def test_a_commune_may_end_for_itself_what_the_province_shows(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True), unit=cast.province)
    change(cast, Change("1.001193", EventKind.ABOLISH, effective_on=ON))
    assert not queries.standing_versions(cast.commune, ON).exists()
    assert queries.standing_versions(cast.neighbour_commune, ON).count() == 1


def test_the_list_is_narrowed_by_words_field_level_and_channel(cast: Cast) -> None:
    change(
        cast,
        *(
            announced(code, sheet, since_ever=True)
            for code, sheet in [("1.001193", BIRTH), ("1.000894", MARRIAGE), ("2.001263", SHOP)]
        ),
    )

    def codes(**asked: Any) -> set[str]:
        return {one.procedure.code for one in queries.standing_versions(cast.commune, ON, **asked)}

    assert codes(words="khai sinh") == codes(words="KHAI  SINH dang ky") == {"1.001193"}
    assert codes(field="Hộ tịch") == {"1.001193", "1.000894"}
    assert codes(level="province") == {"2.001263"}
    assert codes(online=True) == {"1.001193", "2.001263"}
    assert codes(words="2.001263") == {"2.001263"}
    assert queries.fields_of(cast.commune, ON) == [
        ("Hộ tịch", 2),
        ("Thành lập và hoạt động của hộ kinh doanh", 1),
    ]


def test_the_feed_tells_decisions_and_leaves_out_lists(cast: Cast) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    change(
        cast,
        Change("1.001193", EventKind.AMEND, MARRIAGE, date(2026, 3, 9)),
        decision=DecisionGiven("12/QĐ-UBND", date(2026, 3, 2)),
    )
    [event] = queries.changes_feed(cast.commune, ON)
    assert (event.procedure.code, event.kind) == ("1.001193", "amend")


def test_who_listens_is_told_after_the_commit(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[Any] = []

    def listen(unit: Any, codes: Any, **_more: Any) -> None:
        heard.append((unit.pk, codes))

    signals.changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            change(cast, announced("1.001193", BIRTH, since_ever=True))
            assert heard == []
        assert heard == [(cast.commune.pk, frozenset({"1.001193"}))]
        with django_capture_on_commit_callbacks(execute=True):
            change(cast, announced("1.001193", BIRTH, since_ever=True))
        assert len(heard) == 1
    finally:
        signals.changed.disconnect(listen)


def test_a_page_asks_the_database_few_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    change(cast, announced("1.001193", BIRTH, since_ever=True))
    ids = queries.catalogue_ids(cast.commune, ON)
    with django_assert_max_num_queries(1):
        list(queries.standing_versions(cast.commune, ON, ids=ids))
    procedure = Procedure.objects.get()
    with django_assert_max_num_queries(2):
        queries.page_of(procedure, ON)
    assert Event.objects.count() == 1
