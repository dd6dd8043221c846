"""The chain of the audit: whatever is taken away, changed or swapped is noticed, and the right place is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.org import actions, queries
from dinhlang.org.ledger_triggers import EVENTS, PREFIX
from dinhlang.org.models import AuditEntry, AuditHead
from dinhlang.org.rules.chain import NO_UNIT, Head, Link, first_break, plain

if TYPE_CHECKING:
    from conftest import Cast

stored = [pytest.mark.django_db, pytest.mark.integration]

details = st.dictionaries(
    st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=8), max_size=3
)
said = st.tuples(
    st.datetimes(timezones=st.just(UTC)),
    st.none() | st.integers(1, 9),
    st.sampled_from(["plan.import", "report.issue"]),
    st.text(max_size=10),
    details,
)


def chained(entries: list[tuple[Any, ...]]) -> list[Link]:
    links: list[Link] = []
    for number, (at, by, action, target, detail) in enumerate(entries, start=1):
        previous = links[-1].entry_hash if links else ""
        link = Link(number, at, by, "ben-truc", action, target, detail, previous)
        links.append(replace(link, entry_hash=link.hashed()))
    return links


def end(links: list[Link]) -> Head:
    return Head(links[-1].number, links[-1].entry_hash) if links else Head()


@given(st.lists(said, max_size=6))
def test_a_chain_that_nobody_touched_holds(entries: list[tuple[Any, ...]]) -> None:
    links = chained(entries)
    assert first_break("ben-truc", links, end(links)) is None


@given(st.lists(said, min_size=1, max_size=6), st.data())
def test_a_removed_entry_is_noticed_and_named(entries: list[tuple[Any, ...]], data: st.DataObject) -> None:
    links = chained(entries)
    gone = data.draw(st.integers(0, len(links) - 1))
    broken = first_break("ben-truc", links[:gone] + links[gone + 1 :], end(links))
    assert broken is not None
    assert (broken.chain, broken.number) == ("ben-truc", gone + 1)


@given(st.lists(said, min_size=2, max_size=6), st.data())
def test_any_number_of_entries_cut_off_at_the_end_is_noticed(
    entries: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    links = chained(entries)
    kept = data.draw(st.integers(0, len(links) - 1))
    broken = first_break("ben-truc", links[:kept], end(links))
    assert broken is not None
    assert broken.number == kept + 1


CHANGES: Mapping[str, st.SearchStrategy[Any]] = {
    "at": st.datetimes(timezones=st.just(UTC)),
    "by": st.none() | st.integers(1, 9),
    "unit": st.sampled_from([None, "ben-dua", "ben-truc"]),
    "action": st.sampled_from(["plan.import", "report.issue", "x"]),
    "target": st.text(max_size=10),
    "detail": details,
    "previous_hash": st.sampled_from(["", "0" * 64]),
    "entry_hash": st.sampled_from(["", "0" * 64]),
}


@given(st.lists(said, min_size=1, max_size=6), st.sampled_from(sorted(CHANGES)), st.data())
def test_a_changed_entry_is_noticed_and_named(
    entries: list[tuple[Any, ...]], field: str, data: st.DataObject
) -> None:
    links = chained(entries)
    place = data.draw(st.integers(0, len(links) - 1))
    changed = replace(links[place], **{field: data.draw(CHANGES[field])})
    if changed == links[place]:
        return
    broken = first_break("ben-truc", [*links[:place], changed, *links[place + 1 :]], end(links))
    assert broken is not None
    assert broken.number == place + 1


@given(st.lists(said, min_size=2, max_size=6, unique_by=repr), st.data())
def test_two_entries_that_changed_places_are_noticed(
    entries: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    links = chained(entries)
    one, other = sorted(data.draw(st.sets(st.integers(0, len(links) - 1), min_size=2, max_size=2)))
    swapped = list(links)
    swapped[one] = replace(links[other], number=one + 1)
    swapped[other] = replace(links[one], number=other + 1)
    broken = first_break("ben-truc", swapped, end(links))
    assert broken is not None
    assert broken.number == one + 1


@given(st.lists(said, min_size=1, max_size=6), said)
def test_an_entry_slipped_in_at_the_end_is_noticed(
    entries: list[tuple[Any, ...]], another: tuple[Any, ...]
) -> None:
    links = chained([*entries, another])
    assert first_break("ben-truc", links, end(links[:-1])) is not None


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"a": 1.5, "b": Decimal("2.50")}, {"a": "1.5", "b": "2.50"}),
        ({"on": date(2023, 7, 20)}, {"on": "2023-07-20"}),
        ({"what": ("x\0y", None, True)}, {"what": ["xy", None, True]}),
        ({1: {"deep": [10**30]}}, {"1": {"deep": [10**30]}}),
    ],
)
def test_a_detail_is_kept_as_every_database_gives_it_back(value: object, kept: object) -> None:
    assert plain(value) == kept


def test_a_detail_that_cannot_be_kept_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError):
        plain({"file": b"bytes"})


# --- as it is stored -------------------------------------------------------------------------------


@pytest.fixture
def written(cast: Cast) -> list[AuditEntry]:
    """Five entries of the commune, one of the neighbour, beside the one that loading the cast left."""
    units = [cast.commune] * 5 + [cast.neighbour_commune]
    return [
        actions.audit(
            by=cast.chair,
            at=cast.now + timedelta(minutes=number),
            action="report.issue",
            target=f"reports.report:{number}",
            unit=unit,
            detail={"số": number, "tên": "Bến Trúc", "tỷ lệ": 98.2, "z": {"b": 1, "a": [1, 2]}},
        )
        for number, unit in enumerate(units)
    ]


class TestStored:
    pytestmark = stored

    def test_every_unit_has_a_chain_of_its_own_and_all_hold(
        self, cast: Cast, written: list[AuditEntry]
    ) -> None:
        assert [entry.number for entry in written] == [1, 2, 3, 4, 5, 1]
        assert queries.verify_audit() == queries.Verdict(entries=7, chains=3)
        assert AuditHead.objects.get(pk=NO_UNIT).count == 1

    @pytest.mark.parametrize(
        ("statement", "number"),
        [
            ("DELETE FROM org_auditentry WHERE target = 'reports.report:2'", 3),
            ("DELETE FROM org_auditentry WHERE target = 'reports.report:4'", 5),
            ("UPDATE org_auditentry SET action = 'report.draft' WHERE target = 'reports.report:1'", 2),
            ("UPDATE org_auditentry SET by_id = NULL WHERE target = 'reports.report:0'", 1),
            (
                "UPDATE org_auditentry SET unit_id = 'ben-dua', number = 2 WHERE target = 'reports.report:4'",
                2,
            ),
            ("DELETE FROM org_audithead WHERE chain = 'ben-truc'", 5),
            ("UPDATE org_audithead SET count = 4 WHERE chain = 'ben-truc'", 5),
        ],
    )
    def test_what_is_done_behind_the_guards_is_noticed(
        self, written: list[AuditEntry], statement: str, number: int
    ) -> None:
        with connection.cursor() as cursor:
            for table in ("org_auditentry", "org_audithead"):
                for event in EVENTS:
                    cursor.execute(
                        f"DROP TRIGGER {PREFIX}{event}_{table}"
                        + (f" ON {table}" if connection.vendor == "postgresql" else "")
                    )
            cursor.execute(statement)
            assert cursor.rowcount == 1
        broken = queries.verify_audit().broken
        assert broken is not None
        assert broken.number == number
        assert broken.reason

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE org_audithead SET count = 1",
            "UPDATE org_audithead SET last_hash = 'x'",
            "UPDATE org_audithead SET count = count + 2",
            "UPDATE org_audithead SET count = count + 1, chain = 'x' || chain",
            "DELETE FROM org_audithead",
        ],
    )
    def test_the_database_lets_a_head_only_count_up_by_one(
        self, written: list[AuditEntry], statement: str
    ) -> None:
        with pytest.raises(IntegrityError, match="append-only: "), transaction.atomic():
            connection.cursor().execute(statement)

    def test_a_look_at_the_newest_begins_where_they_begin(self, written: list[AuditEntry]) -> None:
        assert queries.verify_chain("ben-truc", newest=2) == queries.Verdict(2, 1)
        assert queries.verify_chain("ben-truc", newest=100) == queries.Verdict(5, 1)
        assert queries.verify_chain("khong-co") == queries.Verdict(0, 1)

    def test_what_is_written_outside_a_transaction_is_chained_too(self, cast: Cast) -> None:
        entry = actions.audit(by=None, at=datetime.now(UTC), action="demo.load", target="x" * 500)
        assert len(entry.target) == 120
        assert queries.verify_audit().broken is None

    def test_writing_an_entry_asks_the_database_five_times_at_most(
        self, cast: Cast, written: list[AuditEntry], django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(5):
            actions.audit(
                by=cast.chair, at=cast.now, action="report.issue", target="x", unit=cast.commune, detail={}
            )
