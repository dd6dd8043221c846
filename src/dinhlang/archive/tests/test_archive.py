"""Old documents taken in: what the five documents we hold give, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dinhlang.archive import queries, rules
from dinhlang.archive.actions import import_document
from dinhlang.archive.models import ArchivedDocument, BackfilledFact
from dinhlang.officialdoc.model import Document, Figure, Kind, Paragraph, Role, Run, Source
from dinhlang.org.models import Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.work.models import Blob

SEEDS = sorted((Path(__file__).parents[4] / "../shared/seeds").resolve().glob("*.txt"))

stored = pytest.mark.django_db
integration = pytest.mark.integration


def take_in(number: int, now: Any, **given: Any) -> ArchivedDocument:
    path = SEEDS[number]
    return import_document(data=path.read_bytes(), name=path.name, by=None, at=now, **given)


def said(document: ArchivedDocument) -> dict[tuple[str, int], str]:
    return {(fact.concept, int(fact.value)): fact.exactness for fact in document.facts.all()}


def codes(fact: BackfilledFact) -> set[str]:
    return {doubt["code"] for doubt in fact.doubts}


# --- the documents we hold ------------------------------------------------------------------------


@stored
@integration
@pytest.mark.parametrize(
    ("number", "unit", "period", "figures"),
    [
        (0, "tai-son", "2023-H1", {("articles", 36): "", ("completion", 100): ""}),
        (1, "tai-son", "2022", {("articles", 48): "", ("completion", 100): ""}),
        (2, "quyet-thang-hai-duong", "2024", {("articles", 45): ""}),
        (3, "phu-thu", "2022", {("articles", 108): "", ("visits", 6694): "", ("guidance", 3500): "hơn"}),
    ],
)
def test_the_old_reports_give_their_figures(
    places: None, now: Any, number: int, unit: str, period: str, figures: dict[tuple[str, int], str]
) -> None:
    document = take_in(number, now)
    assert (document.unit_id, document.period, document.kind) == (unit, period, "bao-cao")
    assert said(document) == figures
    for fact in document.facts.all():
        assert fact.line
        assert fact.quote
        assert str(int(fact.value)) in fact.quote.replace(".", "")


@stored
@integration
def test_a_share_without_its_base_is_flagged_both_times(places: None, now: Any) -> None:
    for number in (0, 1):
        fact = take_in(number, now).facts.get(concept="completion")
        assert "no-base" in codes(fact)


@stored
@integration
def test_items_of_all_subjects_are_not_taken_for_those_of_the_reform(places: None, now: Any) -> None:
    assert "all-subjects" in codes(take_in(3, now).facts.get(concept="articles"))
    assert codes(take_in(0, now).facts.get(concept="articles")) == set()
    assert codes(take_in(2, now).facts.get(concept="articles")) == set()


@stored
@integration
def test_every_figure_of_a_damaged_scan_is_doubted(places: None, now: Any) -> None:
    document = take_in(1, now)
    assert document.facts.count() == 2
    assert all("damaged-text" in codes(fact) for fact in document.facts.all())


@stored
@integration
def test_a_plan_is_kept_but_its_targets_are_no_results(places: None, now: Any) -> None:
    document = take_in(4, now)
    assert (document.unit_id, document.kind, document.period) == ("nam-trung", "ke-hoach", "2023")
    assert not document.facts.exists()


@stored
@integration
def test_a_figure_is_found_by_unit_concept_and_period(places: None, now: Any) -> None:
    take_in(3, now)
    unit = Unit.objects.get(pk="phu-thu")
    found = queries.backfilled(unit, "visits", Period.parse("2022"))
    assert found is not None
    assert found.value == 6694
    assert queries.backfilled(unit, "visits", Period.parse("2023")) is None
    assert queries.backfilled(Unit.objects.get(pk="tai-son"), "visits", Period.parse("2022")) is None


# --- refusals -------------------------------------------------------------------------------------


@stored
@integration
def test_the_same_file_is_taken_in_once(places: None, now: Any) -> None:
    take_in(0, now)
    with pytest.raises(rules.AlreadyArchived, match="đã được đưa vào kho ngày 20/7/2023"):
        take_in(0, now + timedelta(days=3))
    assert ArchivedDocument.objects.count() == 1


@stored
@integration
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "trong.txt"),
        (b"\x00\x01\x02" * 50, "rac.bin"),
        (b"PK\x03\x04 cut off", "bao-cao.docx"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    places: None, now: Any, data: bytes, name: str
) -> None:
    with pytest.raises(Refused, match=name):
        import_document(data=data, name=name, by=None, at=now)
    assert not ArchivedDocument.objects.exists()
    assert not Blob.objects.exists()


@stored
@integration
def test_a_document_of_nobody_needs_its_unit_told(places: None, now: Any) -> None:
    text = "BÁO CÁO\nKết quả tuyên truyền cải cách hành chính năm 2022\n\nTrong năm đã đăng 12 tin, bài về CCHC.\n"
    with pytest.raises(rules.UnknownIssuer, match="--unit"):
        import_document(data=text.encode(), name="cu.txt", by=None, at=now)
    unit = Unit.objects.get(pk="tai-son")
    document = import_document(data=text.encode(), name="cu.txt", by=None, at=now, unit=unit)
    assert document.facts.get(concept="articles").value == 12


@stored
@integration
def test_a_report_without_a_period_is_kept_and_compares_with_nothing(places: None, now: Any) -> None:
    text = "BÁO CÁO\nKết quả tuyên truyền cải cách hành chính\n\nUBND xã đã đăng 12 tin, bài về CCHC.\n"
    unit = Unit.objects.get(pk="tai-son")
    document = import_document(data=text.encode(), name="cu.txt", by=None, at=now, unit=unit)
    assert document.period == ""
    assert all("no-period" in codes(fact) for fact in document.facts.all())
    assert document.facts.exists()


@stored
@integration
def test_the_neighbour_takes_nothing_in_and_sees_nothing(cast: Any) -> None:
    text = "BÁO CÁO\nKết quả tuyên truyền cải cách hành chính năm 2022\n\nĐã đăng 12 tin, bài về CCHC.\n"
    given = {"data": text.encode(), "name": "cu.txt", "at": cast.now, "unit": cast.commune}
    with pytest.raises(NotAllowed):
        import_document(by=cast.neighbour, **given)
    document = import_document(by=cast.office_clerk, **given)
    today = cast.now.date()
    assert list(queries.documents_for(cast.office_clerk, today)) == [document]
    assert not queries.documents_for(cast.neighbour, today).exists()
    assert not queries.facts_for(cast.neighbour, today).exists()
    assert queries.documents_for(None, today).get() == document
    assert queries.figure_counts([document.pk]) == {document.pk: document.facts.count()}


@stored
@integration
@pytest.mark.parametrize(
    ("unit_id", "title", "told"),
    [
        ("tran-phu-10633", "năm 2022", "xã Trần Phú thành lập ngày 01/7/2025"),
        ("tai-son", "năm 2025", "xã Tái Sơn đã kết thúc hoạt động từ ngày 01/12/2024"),
    ],
)
def test_a_document_of_another_time_is_refused(
    places: None, now: Any, unit_id: str, title: str, told: str
) -> None:
    text = f"BÁO CÁO\nKết quả tuyên truyền cải cách hành chính {title}\n\nĐã đăng 12 tin, bài về CCHC.\n"
    unit = Unit.objects.get(pk=unit_id)
    with pytest.raises(rules.NotOfItsTime, match=told):
        import_document(data=text.encode(), name="cu.txt", by=None, at=now, unit=unit)
    assert not ArchivedDocument.objects.exists()
    assert not Blob.objects.exists()


@stored
@integration
def test_the_last_report_of_a_unit_may_be_of_a_year_it_did_not_see_out(places: None, now: Any) -> None:
    text = "BÁO CÁO\nKết quả tuyên truyền cải cách hành chính năm 2024\n\nĐã đăng 12 tin, bài về CCHC.\n"
    unit = Unit.objects.get(pk="tai-son")
    document = import_document(data=text.encode(), name="cu.txt", by=None, at=now, unit=unit)
    assert document.period == "2024"


# --- doubts, as rules -----------------------------------------------------------------------------


def document(text: str, *, damage: float = 0.0, period: str | None = "2022") -> Document:
    return Document(
        kind=Kind.REPORT,
        period=period,
        body=(Paragraph(Role.BODY, (Run(text),)),),
        source=Source(damage=damage),
    )


@pytest.mark.parametrize(
    ("figure", "text", "expected"),
    [
        (Figure(100, "%", None, "đạt 100%", concept="completion"), "Kết quả đạt 100%.", {"no-base"}),
        (Figure(9, "tin, bài", "tin, bài về CCHC", "đăng 9 tin, bài", concept="articles"), "x", set()),
        (
            Figure(9, "bài", None, "đăng 9 bài", concept="articles"),
            "Trang đã đăng 9 bài về mọi lĩnh vực. Có cả CCHC.",
            {"all-subjects"},
        ),
        (
            Figure(9, "bài", None, "đăng 9 bài", concept="articles"),
            "Trang đã đăng 9 bài. Kinh tế - xã hội phát triển trên các lĩnh vực.",
            set(),
        ),
    ],
)
def test_what_speaks_against_a_figure(figure: Figure, text: str, expected: set[str]) -> None:
    assert {doubt.code for doubt in rules.doubts(figure, document(text))} == expected


def test_damage_and_a_missing_period_speak_against_every_figure() -> None:
    figure = Figure(9, "tin, bài", "tin, bài về CCHC", "đăng 9 tin, bài", concept="articles")
    doubts = rules.doubts(figure, document("x", damage=0.4, period=None))
    assert [doubt.code for doubt in doubts] == ["damaged-text", "no-period"]
