"""Recording, reversing, bringing evidence; and that nobody else changes or sees the lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.regimes import Window
from dinhlang.work import actions, folds, queries, rules
from dinhlang.work.models import Activity, Evidence, Measure, Reversal
from dinhlang.work.rules import Count, EntryEvidence, FileEvidence, LinkEvidence, NotRecordable
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

DAY = date(2023, 7, 19)
YEAR = Window(date(2022, 12, 15), date(2023, 12, 14))
LINK = LinkEvidence("https://bentruc.example.vn/1")
PHOTO = FileEvidence(photo(), "Ảnh chụp")

Record = Callable[..., Activity]


@pytest.fixture
def record(cast: Cast) -> Record:
    def recorded(**changes: Any) -> Activity:
        given: dict[str, Any] = {
            "unit": cast.commune,
            "kind": "website",
            "happened_on": DAY,
            "title": "Công khai kết quả Chỉ số CCHC",
            "measures": {"articles": 1},
            "by": cast.culture_officer,
            "at": cast.now,
        }
        return actions.record_activity(**{**given, **changes})

    return recorded


def test_a_line_keeps_what_was_said_and_leaves_a_trace(cast: Cast, record: Record) -> None:
    line = record(
        measures={"articles": 1, "posts": Count(3, "hơn")}, note=" hai \r\n dòng ", evidence=[LINK, PHOTO]
    )
    line.refresh_from_db()
    assert line.title == "Công khai kết quả Chỉ số CCHC"
    assert line.note == "hai\ndòng"
    assert queries.counts_of(line) == {"articles": Count(1), "posts": Count(3, "hơn")}
    assert [one.kind for one in line.evidence.all()] == ["link", "photo"]
    assert line.line_hash == rules.line_hash(queries.line_of(line))
    [trace] = AuditEntry.objects.filter(action="activity.record")
    assert (trace.by, trace.unit, trace.target) == (
        cast.culture_officer,
        cast.commune,
        f"work.activity:{line.pk}",
    )


def test_text_with_combining_marks_is_stored_composed(record: Record) -> None:
    line = record(title="Ho\u0300a gia\u0309i\x00 cơ sở")
    assert line.title == "Hòa giải cơ sở"


def test_a_line_sent_twice_is_stored_once(record: Record) -> None:
    uid = UUID(int=5)
    first = record(uid=uid, evidence=[LINK])
    assert record(uid=uid, evidence=[LINK]) == first
    assert Activity.objects.count() == Evidence.objects.count() == 1
    assert queries.fact(first.unit, "articles", YEAR).value == 1


def test_an_identity_taken_by_another_line_is_refused(record: Record) -> None:
    record(uid=UUID(int=5))
    with pytest.raises(Refused, match="đã dùng cho một hoạt động khác"):
        record(uid=UUID(int=5), title="Việc khác")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened_on": date(2023, 7, 21)}, "happened_on"),
        ({"measures": {}}, "measures"),
        ({"measures": {"articles": -1}}, "articles"),
        ({"measures": {"attendees": 4}}, "attendees"),
        ({"title": " \x00 "}, "title"),
        ({"evidence": [LinkEvidence("javascript:alert(1)")]}, "evidence"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_stored(
    record: Record, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotRecordable) as refused:
        record(**changes)
    assert refused.value.field == field
    assert not str(refused.value)[0].islower()
    assert str(refused.value).endswith(".")
    assert not Activity.objects.exists()


def test_only_those_whose_post_it_is_record(cast: Cast, record: Record) -> None:
    for stranger in (cast.neighbour, cast.chair, cast.reviewer):
        with pytest.raises(NotAllowed):
            record(by=stranger)
    assert not Activity.objects.exists()
    assert record(by=cast.radio_operator).recorded_by == cast.radio_operator


def test_the_operator_at_the_command_line_records_too(record: Record) -> None:
    assert record(by=None).recorded_by is None


def test_an_article_on_three_channels_is_one_article_and_three_postings(cast: Cast, record: Record) -> None:
    record(kind="website", measures={"articles": 1, "posts": 1})
    with pytest.raises(NotRecordable, match="chỉ tính một lần"):
        record(kind="radio", measures={"articles": 1, "broadcasts": 1})
    record(kind="radio", measures={"posts": 1, "broadcasts": 1})
    record(kind="social", measures={"posts": 1})
    facts = queries.facts(cast.commune, YEAR, ["articles", "posts", "broadcasts"])
    assert {concept: fact.value for concept, fact in facts.items()} == {
        "articles": 1,
        "posts": 3,
        "broadcasts": 1,
    }


# --- reversing ------------------------------------------------------------------------------------


def test_a_reversed_line_stays_but_no_longer_counts(cast: Cast, record: Record) -> None:
    line = record()
    kept = record(title="Bài khác", measures={"articles": 2})
    actions.reverse_activity(activity=line, reason="Ghi nhầm ngày", by=cast.culture_officer, at=cast.now)
    fact = queries.fact(cast.commune, "articles", YEAR)
    assert (fact.value, fact.lines) == (2, 1)
    assert set(queries.ledger(cast.commune)) == {line, kept}
    assert list(queries.ledger(cast.commune, standing=queries.Standing.REVERSED)) == [line]
    assert line.reversal.reason == "Ghi nhầm ngày"


def test_when_the_last_line_is_reversed_the_figure_is_unknown_not_zero(cast: Cast, record: Record) -> None:
    actions.reverse_activity(activity=record(), reason="Nhầm", by=cast.culture_officer, at=cast.now)
    fact = queries.fact(cast.commune, "articles", YEAR)
    assert fact.value is None
    assert fact.missing
    record(measures={"articles": 0})
    assert queries.fact(cast.commune, "articles", YEAR).value == 0


def test_reversing_asks_for_a_reason_and_happens_once(cast: Cast, record: Record) -> None:
    line = record()
    for reason in ("", "  \n", "x" * 501):
        with pytest.raises(Refused):
            actions.reverse_activity(activity=line, reason=reason, by=cast.culture_officer, at=cast.now)
    actions.reverse_activity(activity=line, reason="Nhầm", by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="đã được hủy trước đó"):
        actions.reverse_activity(activity=line, reason="Nhầm", by=cast.culture_officer, at=cast.now)
    assert Reversal.objects.count() == 1


def test_whoever_only_records_does_not_reverse(cast: Cast, record: Record) -> None:
    line = record()
    for person in (cast.radio_operator, cast.neighbour, cast.chair):
        with pytest.raises(NotAllowed):
            actions.reverse_activity(activity=line, reason="Nhầm", by=person, at=cast.now)
    assert not Reversal.objects.exists()


# --- evidence -------------------------------------------------------------------------------------


def test_evidence_that_comes_later_counts_from_then(cast: Cast, record: Record) -> None:
    line = record()
    assert queries.fact(cast.commune, "articles", YEAR).unevidenced_lines == 1
    for given in (LINK, PHOTO, LINK, PHOTO):
        actions.add_evidence(activity=line, evidence=given, by=cast.hamlet_head, at=cast.now)
    assert line.evidence.count() == 2
    fact = queries.fact(cast.commune, "articles", YEAR)
    assert (fact.value, fact.lines, fact.unevidenced_lines) == (1, 1, 0)


def counted_in(cast: Cast, *entries: str) -> Activity:
    """A line that a register counted, in these entries of it."""
    return actions.record_consequence(
        unit=cast.commune,
        kind="onestop",
        happened_on=cast.today,
        title="Hồ sơ trong ngày",
        measures={"dossiers_received": 3},
        evidence=[EntryEvidence(one) for one in entries],
        by=None,
        at=cast.now,
    )


def test_the_entry_of_a_register_is_evidence_of_the_line_that_was_counted_there(cast: Cast) -> None:
    line = counted_in(cast, "Sổ theo dõi hồ sơ, ngày 20/7/2023")
    shown = line.evidence.get()
    assert (shown.kind, shown.caption, shown.blob, shown.url) == (
        "entry",
        "Sổ theo dõi hồ sơ, ngày 20/7/2023",
        None,
        "",
    )
    assert queries.fact(cast.commune, "dossiers_received", YEAR).unevidenced_lines == 0
    assert not queries.ledger(cast.commune, standing=queries.Standing.UNEVIDENCED).exists()
    folds.rebuild(cast.commune)
    assert queries.fact(cast.commune, "dossiers_received", YEAR).unevidenced_lines == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.create(activity=line, kind="entry", caption="", added_at=cast.now)


def test_two_entries_beside_one_line_are_two(cast: Cast) -> None:
    line = counted_in(cast, "Sổ A", "Sổ B", "Sổ A")
    assert [one.caption for one in line.evidence.order_by("pk")] == ["Sổ A", "Sổ B"]


def test_a_reversed_line_takes_no_more_evidence(cast: Cast, record: Record) -> None:
    line = record()
    actions.reverse_activity(activity=line, reason="Nhầm", by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="đã được hủy"):
        actions.add_evidence(activity=line, evidence=LINK, by=cast.culture_officer, at=cast.now)


def test_a_neighbour_brings_no_evidence(cast: Cast, record: Record) -> None:
    with pytest.raises(NotAllowed):
        actions.add_evidence(activity=record(), evidence=LINK, by=cast.neighbour, at=cast.now)


# --- the database itself --------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Activity, Measure, Evidence, Reversal])
def test_the_database_refuses_to_change_or_delete_the_ledger(
    cast: Cast, record: Record, model: type[Any]
) -> None:
    line = record(evidence=[LINK])
    actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=cast.now)
    table, key = model._meta.db_table, model._meta.pk.column
    statements = (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}")  # noqa: S608 - our own names
    for statement in statements:
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert model.objects.count() == 1


# --- who sees what --------------------------------------------------------------------------------


def test_a_neighbours_lines_plans_and_evidence_are_invisible(cast: Cast, record: Record) -> None:
    line = record(evidence=[PHOTO])
    today = cast.now.date()
    for person in (cast.culture_officer, cast.chair, cast.hamlet_head, cast.reviewer, None):
        assert queries.activities_for(person, today).get() == line
        assert queries.evidence_for(person, today).count() == 1
    assert not queries.activities_for(cast.neighbour, today).exists()
    assert not queries.evidence_for(cast.neighbour, today).exists()
    assert not queries.plans_for(cast.neighbour, today).exists()
    assert queries.fact(cast.neighbour_commune, "articles", YEAR).value is None
    assert not queries.ledger(cast.neighbour_commune).exists()


# --- the list -------------------------------------------------------------------------------------


def test_the_ledger_is_filtered_as_its_reader_asks(cast: Cast, record: Record, now: datetime) -> None:
    web = record(title="Đăng bài về chuyển đổi số", evidence=[LINK])
    radio = record(
        kind="radio",
        title="Phát thanh sáng",
        measures={"broadcasts": 2},
        happened_on=date(2023, 1, 5),
        note="Giọng đọc Mai",
    )
    unit = cast.commune
    assert list(queries.ledger(unit)) == [web, radio]
    assert list(queries.ledger(unit, Window(date(2023, 1, 1), date(2023, 1, 31)))) == [radio]
    assert list(queries.ledger(unit, kind="website")) == [web]
    assert list(queries.ledger(unit, text="CHUYEN doi")) == [web]
    assert list(queries.ledger(unit, text="đổi chuyển")) == [web]
    assert list(queries.ledger(unit, text="mai")) == [radio]
    assert not queries.ledger(unit, text="không có").exists()
    assert list(queries.ledger(unit, standing=queries.Standing.UNEVIDENCED)) == [radio]
    assert list(queries.ledger(unit, by=cast.culture_officer)) == [web, radio]
    assert not queries.ledger(unit, by=cast.chair).exists()


def test_a_list_of_lines_asks_the_database_a_few_questions_however_long(
    cast: Cast, record: Record, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(12):
        record(title=f"Bài {number}", evidence=[LINK])
    with django_assert_max_num_queries(3):
        for line in queries.ledger(cast.commune):
            assert line.is_evidenced
            assert [one.value for one in line.measures.all()] == [1]
            assert [one.blob for one in line.evidence.all()] == [None]
            assert not hasattr(line, "reversal") or line.reversal is None
