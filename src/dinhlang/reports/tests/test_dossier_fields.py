"""Biểu 06 of a unit that keeps its register here: a row for each field, what no field has, and a sum that comes out."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.utils.timezone import get_default_timezone
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Paragraph, Table
from dinhlang.onestop import actions as onestop
from dinhlang.onestop.models import Dossier
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, render
from dinhlang.reports.dossiers import COUNTS, Dossiers, rest, total, unlike
from dinhlang.reports.models import Report
from dinhlang.work.actions import record_activity

if TYPE_CHECKING:
    from conftest import Cast

_count = st.integers(0, 500)


@st.composite
def sound(draw: Any) -> Dossiers:
    """The dossiers of a field in which nothing is lost."""
    early, on_day, late, in_time, open_late, left, untimed = (draw(_count) for _number in range(7))
    all_of_them = early + on_day + late + untimed + in_time + open_late + left
    received = draw(st.integers(0, all_of_them))
    return Dossiers(
        received=received,
        online=draw(st.integers(0, received)),
        carried=all_of_them - received,
        settled=early + on_day + late + untimed,
        early=early,
        in_time=early + on_day,
        late=late,
        open=in_time + open_late,
        open_late=open_late,
        left=left,
        untimed=untimed,
    )


@given(st.lists(sound(), min_size=1, max_size=5))
def test_fields_without_a_fault_add_up_to_a_form_without_a_fault(parts: list[Dossiers]) -> None:
    whole = total(parts)
    assert not list(whole.contradictions())
    for column in COUNTS:
        assert whole.columns[column] == sum(one.columns[column] or 0 for one in parts)
    assert rest(whole, whole) is None
    assert not list(unlike(whole, whole))


@given(sound(), sound())
def test_what_no_field_has_is_a_row_with_which_the_columns_come_out(parts: Dossiers, more: Dossiers) -> None:
    whole = total([parts, more])
    found = rest(whole, parts)
    for column in COUNTS:
        row = found.columns[column] if found else 0
        assert whole.columns[column] == (parts.columns[column] or 0) + (row or 0)
    assert (found is None) == (not list(unlike(whole, parts)))


def test_a_ledger_with_less_than_the_register_is_told_and_gets_no_row() -> None:
    known = {one.name: 2 for one in fields(Dossiers)}
    whole, parts = Dossiers(**known), Dossiers(**{**known, "received": 5})
    assert rest(whole, parts) is None
    [told] = unlike(whole, parts)
    assert "cột 3 (4 và 7)" in told
    assert "rút lại dòng ghi trùng" in told


# --- drafted ----------------------------------------------------------------------------------------


def moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), get_default_timezone())


def dossier(
    cast: Cast,
    field: str,
    received: date,
    *,
    due: date,
    resolved: datetime | None = None,
    withdrawn: date | None = None,
    channel: str = "counter",
) -> None:
    """One of the official system's, with its ledger's days counted."""
    state = "resolved" if resolved else "withdrawn" if withdrawn else "in-hand"
    ended = resolved or (moment(withdrawn) if withdrawn else None)
    Dossier.objects.create(
        unit=cast.commune,
        key=uuid4(),
        source="official",
        channel=channel,
        procedure_name="Thủ tục ví dụ",
        field=field,
        receiving="Một cửa",
        handling="UBND xã",
        returning="Một cửa",
        applicant="",
        state=state,
        delivery_state="ready" if resolved else "nothing",
        presented_at=moment(received),
        received_at=moment(received),
        due_at=moment(due, 17),
        resolved_at=resolved,
        ended_at=ended,
        entered_at=cast.now,
    )
    for day in {received, *([ended.date()] if ended else [])}:
        onestop.count_day(cast.commune, day, by=None, at=cast.now)


def a_quarter(cast: Cast) -> None:
    """Early and online; carried over and late; on the day; overdue; withdrawn."""
    dossier(cast, "Hộ tịch", date(2023, 3, 10), due=date(2023, 3, 20), resolved=moment(date(2023, 3, 25)))
    dossier(
        cast,
        "Hộ tịch",
        date(2023, 4, 3),
        due=date(2023, 4, 10),
        resolved=moment(date(2023, 4, 5)),
        channel="online",
    )
    dossier(cast, "Chứng thực", date(2023, 5, 4), due=date(2023, 5, 4), resolved=moment(date(2023, 5, 4), 15))
    dossier(cast, "Chứng thực", date(2023, 6, 1), due=date(2023, 6, 5))
    dossier(cast, "Chứng thực", date(2023, 6, 2), due=date(2023, 6, 9), withdrawn=date(2023, 6, 6))
    onestop.count_due(at=cast.now)


def drafted(cast: Cast) -> tuple[Report, Table, str]:
    report = actions.draft_report(
        unit=cast.commune,
        period=Period.parse("2023-Q2"),
        programme="kstthc-06",
        by=cast.culture_officer,
        at=cast.now,
    )
    body = render.document_of(report).body
    table = next(block for block in body if isinstance(block, Table))
    words = " ".join(
        "".join(run.text for run in block.runs) for block in body if isinstance(block, Paragraph)
    )
    return report, table, words


def told_of(report: Report) -> str:
    return " ".join(one["message"] for one in report.missing if "Biểu 06" in one["message"])


@pytest.mark.django_db
@pytest.mark.integration
def test_the_form_has_a_row_for_each_field_and_a_sum_that_unfolds(cast: Cast) -> None:
    a_quarter(cast)
    report, table, words = drafted(cast)
    assert table.rows == (
        ("1", "Chứng thực", "3", "0", "3", "0", "1", "0", "1", "0", "1", "0", "1"),
        ("2", "Hộ tịch", "2", "1", "0", "1", "2", "1", "0", "1", "0", "0", "0"),
        ("", "Tổng số", "5", "1", "3", "1", "3", "1", "1", "1", "1", "0", "1"),
    )
    assert not told_of(report)
    assert "Cột 3 gồm 1 hồ sơ người nộp rút" in words
    settled = report.figures.get(concept="dossiers_resolved", anchor="dossiers_resolved")
    assert (settled.value, settled.lines > 0) == (3, True)


@pytest.mark.django_db
@pytest.mark.integration
def test_what_the_ledger_has_beside_the_register_is_a_row_of_its_own_and_told(cast: Cast) -> None:
    a_quarter(cast)
    counted = {"received": 4, "online": 0, "resolved": 4, "early": 4, "on_time": 4, "late": 0}
    record_activity(
        unit=cast.commune,
        kind="onestop",
        happened_on=date(2023, 4, 20),
        title="Hồ sơ ghi tay",
        measures={f"dossiers_{name}": count for name, count in counted.items()},
        reform_field="thu-tuc",
        by=cast.culture_officer,
        at=cast.now,
    )
    report, table, _words = drafted(cast)
    assert table.rows[2] == ("3", "Chưa chia lĩnh vực", "4", "0", "4", "0", "4", "4", "0", "0", "0", "0", "0")
    assert table.rows[3][2:7] == ("9", "1", "7", "1", "7")
    assert "cột 7 (7 và 3)" in told_of(report)
