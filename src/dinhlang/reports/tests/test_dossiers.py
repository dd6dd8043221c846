"""Biểu 06: its columns follow from what is known, and what cannot be true together is told."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Table
from dinhlang.officialdoc.write.sidecar import extract
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, outline, queries, render, rules, samples
from dinhlang.reports.consolidation.actions import consolidate
from dinhlang.reports.dossiers import COUNTS, HEADER, Dossiers
from dinhlang.reports.duties.actions.importing import import_regimes, import_shipped
from dinhlang.reports.duties.catalogue import BadCatalogue, Catalogue, catalogue_from, outlines, shipped
from dinhlang.reports.models import Obligation, Programme, Regime, Report
from dinhlang.reports.tests.children import Stated, handed_in
from dinhlang.work.actions import record_activity
from dinhlang.work.concepts import CONCEPTS

if TYPE_CHECKING:
    from conftest import Cast

_count = st.integers(0, 10_000)


@given(_count, _count, _count, _count, _count, _count)
def test_a_form_filled_from_sound_books_holds_every_sum(
    online: int, direct: int, early: int, on_day: int, late: int, open_in_time: int
) -> None:
    settled, open_late = early + on_day + late, 3
    received = online + direct
    carried = settled + open_in_time + open_late - received
    if carried < 0:
        received, online, carried = settled + open_in_time + open_late, 0, 0
    form = Dossiers(
        received, online, carried, settled, early, early + on_day, late, open_in_time + open_late, open_late
    )
    told = form.columns
    assert tuple(told) == tuple(COUNTS)
    known = {column: value for column, value in told.items() if value is not None}
    assert len(known) == 11
    assert known[3] == known[4] + known[5] + known[6]
    assert known[7] == known[8] + known[9] + known[10]
    assert known[11] == known[12] + known[13]
    assert known[3] == known[7] + known[11]
    assert not list(form.contradictions())


@given(st.builds(Dossiers, *[st.none() | _count] * 9))
def test_unknown_stays_unknown_and_no_column_is_negative(form: Dossiers) -> None:
    told = form.columns
    assert all(value is None or value >= 0 for value in told.values())
    assert (told[3] is None) == (form.received is None or form.carried is None)
    if form.early is None:
        assert told[8] is told[9] is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Dossiers(received=10, online=12), "12 hồ sơ trực tuyến (cột 4) nhiều hơn 10 hồ sơ"),
        (Dossiers(early=9, in_time=8), "9 hồ sơ giải quyết trước hạn (cột 8) nhiều hơn 8"),
        (Dossiers(open=1, open_late=2), "2 hồ sơ đang giải quyết quá hạn (cột 13) nhiều hơn 1"),
        (Dossiers(settled=20, in_time=15, late=4), "đã giải quyết (cột 7) là 20, cộng trước hạn"),
        (
            Dossiers(received=10, carried=2, settled=9, open=4),
            "nhận giải quyết (cột 3) là 12, cộng đã giải quyết",
        ),
    ],
)
def test_what_cannot_be_true_together_is_told_once(wrong: Dossiers, said: str) -> None:
    (only,) = wrong.contradictions()
    assert said in only


def test_the_header_numbers_its_columns() -> None:
    assert [name.split()[0] for name in HEADER] == [f"({number})" for number in range(1, 14)]


@pytest.mark.parametrize("name", sorted(outlines()))
def test_every_shipped_outline_passes_the_check_of_outlines(name: str) -> None:
    programme = next((one.programme for one in shipped().regimes if one.outline == name), "")
    assert programme, f"nobody uses {name}"
    outline.check(queries.default_outline(programme), (samples.full, samples.bare), tuple(CONCEPTS))


# --- drafted ----------------------------------------------------------------------------------------

Q1, Q4 = Period.parse("2023-Q1"), Period.parse("2022-Q4")


def onestop(cast: Cast, day: date, **measures: int) -> None:
    record_activity(
        unit=cast.commune,
        kind="onestop",
        happened_on=day,
        title=f"Kết quả một cửa đến {day:%d/%m/%Y}",
        measures=measures,
        reform_field="thu-tuc",
        by=cast.culture_officer,
        at=cast.now,
    )


def books(cast: Cast, **last: int) -> None:
    """A quarter's books: 12 carried over, 200 received, 195 settled, 17 open."""
    onestop(cast, date(2022, 12, 14), dossiers_open=12, dossiers_open_late=0)
    onestop(
        cast,
        date(2023, 2, 14),
        dossiers_received=120,
        dossiers_online=100,
        dossiers_resolved=110,
        dossiers_early=60,
        dossiers_on_time=109,
        dossiers_late=1,
        dossiers_open=22,
        dossiers_open_late=3,
    )
    onestop(
        cast,
        date(2023, 3, 14),
        **{
            "dossiers_received": 80,
            "dossiers_online": 70,
            "dossiers_resolved": 85,
            "dossiers_early": 40,
            "dossiers_on_time": 85,
            "dossiers_late": 0,
            "dossiers_open": 17,
            "dossiers_open_late": 1,
        }
        | last,
    )


def drafted(cast: Cast, programme: str, period: Period = Q1) -> Report:
    return actions.draft_report(
        unit=cast.commune, period=period, programme=programme, by=cast.culture_officer, at=cast.now
    )


def form_of(report: Report) -> tuple[str, ...]:
    table = next(block for block in render.document_of(report).body if isinstance(block, Table))
    assert table.header == HEADER
    (row,) = table.rows
    return row[2:]


@pytest.mark.django_db
@pytest.mark.integration
def test_the_form_is_drafted_from_the_ledger_with_the_days_of_its_own_regime(cast: Cast) -> None:
    books(cast)
    report = drafted(cast, "kstthc-06")
    assert (report.regime, report.window_from, report.window_to) == (
        "kstthc",
        date(2022, 12, 15),
        date(2023, 3, 14),
    )
    assert form_of(report) == ("212", "170", "30", "12", "195", "100", "94", "1", "17", "16", "1")
    told = " ".join(one["message"] for one in report.missing)
    assert "kế hoạch" not in told.lower()
    assert "Biểu 06" not in told
    carried = report.figures.get(concept="dossiers_open", window_to=date(2022, 12, 14))
    assert (carried.value, carried.lines) == (12, 1)


@pytest.mark.django_db
@pytest.mark.integration
def test_books_that_contradict_each_other_are_named_and_gaps_are_no_zeros(cast: Cast) -> None:
    books(cast, dossiers_open=20)
    told = " ".join(one["message"] for one in drafted(cast, "kstthc-06").missing)
    assert (
        "nhận giải quyết (cột 3) là 212, cộng đã giải quyết và đang giải quyết (cột 7, 11) được 215" in told
    )
    later = form_of(drafted(cast, "kstthc-06", Period.parse("2023-Q2")))
    assert later[3] == "20"
    assert later[0] == later[4] == "…"


@pytest.mark.django_db
@pytest.mark.integration
def test_the_form_is_issued_and_its_file_carries_the_figures(
    cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.BLOBS = tmp_path / "blobs"
    books(cast)
    issued = actions.issue_report(report=drafted(cast, "kstthc-06"), on=cast.today, by=None, at=cast.now)
    assert b"dossiers_early" in (extract(io.BytesIO(render.docx(issued)).getvalue()) or b"")


@pytest.mark.django_db
@pytest.mark.integration
def test_the_reform_report_tells_what_was_done_in_each_field(cast: Cast) -> None:
    books(cast)
    record_activity(
        unit=cast.commune,
        kind="meeting",
        happened_on=date(2023, 2, 1),
        title="Sắp xếp bộ phận một cửa.",
        measures={"meetings": 1},
        reform_field="bo-may",
        by=cast.culture_officer,
        at=cast.now,
    )
    report = drafted(cast, "cchc")
    assert report.regime == "cchc"
    words = "\n".join(
        "".join(run.get("text") or "" for run in block.get("runs") or []) for block in report.document["body"]
    )
    assert "Sắp xếp bộ phận một cửa (01/02/2023)" in words
    assert "tiếp nhận mới 200 hồ sơ" in words
    assert "Cải cách tài chính công" not in words


@pytest.mark.django_db
@pytest.mark.integration
def test_a_draft_drawn_again_stays_of_its_programme(cast: Cast, client: Any) -> None:
    books(cast)
    report = drafted(cast, "kstthc-06")
    client.force_login(cast.culture_officer)
    client.post(f"/ban-lam-viec/bao-cao/{report.pk}/lap-lai/")
    assert list(Report.objects.values_list("programme", flat=True)) == ["kstthc-06"]


@pytest.mark.django_db
@pytest.mark.integration
def test_a_programme_is_chosen_on_the_page_and_one_without_an_outline_is_not_offered(
    cast: Cast, client: Any
) -> None:
    import_shipped(at=cast.now)
    Programme.objects.create(pk="khac", name="Báo cáo khác", short="Báo cáo khác", order=9)
    client.force_login(cast.culture_officer)
    shown = client.get("/ban-lam-viec/bao-cao/lap/?programme=kstthc-06").content.decode()
    assert 'value="kstthc-06" selected' in shown
    assert "Báo cáo khác" not in shown
    with pytest.raises(rules.NoOutline, match="chưa có đề cương"):
        drafted(cast, "khac")
    made = client.post(
        "/ban-lam-viec/bao-cao/lap/",
        {"programme": "kstthc-06", "period": f"{localdate().year}-Q1", "unit": cast.commune.pk},
    )
    assert made.status_code == 302
    assert Report.objects.get().programme == "kstthc-06"


@pytest.mark.django_db
@pytest.mark.integration
def test_who_receives_is_taken_from_what_is_owed_where_no_line_says_so(cast: Cast) -> None:
    import_shipped(at=cast.now)
    books(cast)
    Obligation.objects.create(
        unit=cast.commune,
        programme_id="kstthc-06",
        regime=Regime.objects.get(programme="kstthc-06"),
        period="2023-Q1",
        subject="Báo cáo",
        due_on=cast.today,
        recipient_name="Văn phòng Ủy ban nhân dân huyện Mẫu",
        opened_at=cast.now,
    )
    recipients = [one["name"] for one in drafted(cast, "kstthc-06").document["recipients"]]
    assert "Văn phòng Ủy ban nhân dân huyện Mẫu" in recipients


# --- outlines as data ---------------------------------------------------------------------------------

FILE = """
[[programme]]
id = "rieng"
name = "Báo cáo riêng"
is_drafted = true

[[regime]]
programme = "rieng"
version = "1"
from = 2026-01-01
basis = "Quyết định mẫu"
rule = "nd09"
owes = [{ level = "commune", periods = ["Y"] }]
"""


def test_a_programme_to_be_drafted_needs_an_outline_that_there_is() -> None:
    with pytest.raises(BadCatalogue, match="chưa có outline="):
        catalogue_from(FILE.encode())
    with pytest.raises(BadCatalogue, match="không có đề cương “la”"):
        catalogue_from(f'{FILE}outline = "la"\n'.encode())
    assert catalogue_from(f'{FILE}outline = "cchc"\n'.encode()).regimes[0].outline == "cchc"


@pytest.mark.django_db
@pytest.mark.integration
def test_an_office_from_before_learns_the_outlines_that_came_since(cast: Cast) -> None:
    import_shipped(at=cast.now)
    Regime.objects.filter(programme="cchc").update(outline="")
    Programme.objects.filter(pk="cchc").update(is_drafted=False)
    import_shipped(at=cast.now)
    assert Programme.objects.get(pk="cchc").is_drafted
    import_regimes(catalogue=Catalogue((), shipped().regimes), at=cast.now)
    assert Regime.objects.get(programme="cchc").outline == "cchc"


@pytest.mark.django_db
@pytest.mark.integration
def test_the_level_above_fills_one_form_from_those_of_its_units(cast: Cast) -> None:
    import_shipped(at=cast.now)
    regime = Regime.objects.get(programme="kstthc-06")
    counts = {
        "dossiers_received": (200, 100),
        "dossiers_online": (170, 60),
        "dossiers_resolved": (195, 90),
        "dossiers_early": (100, 40),
        "dossiers_on_time": (194, 88),
        "dossiers_late": (1, 2),
        "dossiers_open": (17, 14),
        "dossiers_open_late": (1, 0),
    }
    for place, unit in enumerate((cast.commune, cast.neighbour_commune)):
        duty = Obligation.objects.create(
            unit=unit,
            programme_id="kstthc-06",
            regime=regime,
            period="2023-Q1",
            subject="Báo cáo",
            window_from=date(2022, 12, 15),
            window_to=date(2023, 3, 14),
            due_on=date(2023, 3, 16),
            recipient=cast.province,
            opened_at=cast.now,
        )
        handed_in(duty, {one: Stated(both[place]) for one, both in counts.items()}, cast.now)
    report = consolidate(unit=cast.province, programme="kstthc-06", period=Q1, by=None, at=cast.now)
    cells = form_of(report)
    # Nobody has told what the province had open before: a gap, and no zero.
    assert cells == ("…", "230", "70", "…", "285", "140", "142", "3", "31", "30", "1")
    assert "Biểu 06" not in " ".join(one["message"] for one in report.missing)
    assert "tin, bài" not in report.document["subject"]
