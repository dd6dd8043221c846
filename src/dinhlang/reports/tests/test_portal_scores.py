"""The points that the national portal publishes: typed in once, never written over, beside ours, in the report."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from dinhlang.onestop import actions as onestop
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.figures import SUMMED
from dinhlang.reports.models import PortalScore
from dinhlang.reports.quality import published
from dinhlang.reports.quality.published import Seen, difference
from dinhlang.reports.tests.test_own_regimes import drafted
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, PARTS_ONLY, offered_for
from dinhlang.work.models import ActivityKind

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.onestop.tests.counters import Counter

GROUPS = {"1": "15.5", "2": "19.75", "3": "12", "4": "18.1", "5": "17"}
SEEN = Seen(
    date(2023, 6, 1),
    date(2023, 6, 30),
    date(2023, 7, 3),
    "Cổng Dịch vụ công quốc gia",
    Decimal("82.35"),
    {code: Decimal(points) for code, points in GROUPS.items()},
    "https://dichvucong.gov.vn/p/home/dvc-danh-gia.html",
)
JUNE = Window(SEEN.first, SEEN.last)


def written(cast: Cast, seen: Seen = SEEN) -> PortalScore:
    return published.write(unit=cast.commune, seen=seen, key=uuid4(), by=cast.one_stop_clerk, at=cast.now)


@pytest.mark.parametrize(
    ("least", "most", "said", "words"),
    [
        ("20", "20", "20", "khớp"),
        ("18.5", "18.5", "20", "Cổng cao hơn 1,5 điểm"),
        ("20", "20", "18.5", "Cổng thấp hơn 1,5 điểm"),
        ("4", "18", "15.5", "trong khoảng đơn vị tính được: từ 4 đến 18"),
        ("4", "18", "3", "Cổng thấp hơn ít nhất 1 điểm; đơn vị tính được từ 4 đến 18"),
        ("0", "14", "15.5", "Cổng cao hơn ít nhất 1,5 điểm; đơn vị tính được từ 0 đến 14"),
    ],
)
def test_the_difference_is_said_as_far_as_it_is_known(least: str, most: str, said: str, words: str) -> None:
    assert difference(Decimal(least), Decimal(most), Decimal(said)) == words


def test_hundredths_are_offered_on_no_form_and_summed_over_no_units() -> None:
    offered = {one.id for kind in ActivityKind for one in offered_for(kind)}
    assert PARTS_ONLY
    assert not PARTS_ONLY & offered
    assert not PARTS_ONLY & set(SUMMED)
    assert {CONCEPTS[one].numerator for one in SUMMED if one.startswith("service_quality")} < PARTS_ONLY


@pytest.mark.django_db
@pytest.mark.integration
def test_it_is_a_line_of_the_ledger_and_a_figure_in_points(cast: Cast) -> None:
    row = written(cast)
    fact = work.fact(cast.commune, "service_quality", JUNE)
    assert (fact.value, fact.numerator, fact.denominator) == (82.35, 8235, 10000)
    assert work.fact(cast.commune, "service_quality_online", JUNE).value == 18.1
    assert list(work.fact_lines(cast.commune, "service_quality_online", JUNE)) == [row.line]
    assert row.line.evidence.get().url == SEEN.link
    assert not work.joint_facts([cast.commune], JUNE).keys() & {"service_quality", "quality_points"}
    assert published.published(row).groups == dict(SEEN.groups)


@pytest.mark.django_db
@pytest.mark.integration
def test_it_is_corrected_by_taking_back_and_never_twice(cast: Cast) -> None:
    key = uuid4()
    told = {"unit": cast.commune, "by": cast.one_stop_clerk, "at": cast.now}
    first = published.write(seen=SEEN, key=key, **told)
    assert published.write(seen=SEEN, key=key, **told) == first
    with pytest.raises(Unfit, match="Đã có điểm tính đến ngày 30/6/2023"):
        published.write(seen=SEEN, key=uuid4(), **told)
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        published.take_back(score=first, reason=" ", by=cast.culture_officer, at=cast.now)
    published.take_back(score=first, reason="Gõ nhầm nhóm 3", by=cast.culture_officer, at=cast.now)
    assert work.fact(cast.commune, "service_quality", JUNE).value is None
    right = replace(SEEN, total=Decimal("81.35"), groups={**SEEN.groups, "3": Decimal(11)})
    published.write(seen=right, key=uuid4(), **told)
    assert work.fact(cast.commune, "service_quality", JUNE).value == 81.35
    old = published.published(published.rows_of([cast.commune.pk]).last())  # type: ignore[arg-type]
    assert (old.total, old.reason) == (SEEN.total, "Gõ nhầm nhóm 3")
    assert old.taken_back_by == cast.culture_officer.full_name


@pytest.mark.django_db
@pytest.mark.integration
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(SEEN, first=date(2023, 7, 1)), "last"),
        (replace(SEEN, seen_on=date(2023, 6, 29)), "seen_on"),
        (replace(SEEN, seen_on=date(2030, 1, 1)), "seen_on"),
        (replace(SEEN, first=date(2021, 1, 1), last=date(2021, 6, 1)), "last"),
        (replace(SEEN, source="\u200b "), "source"),
        (replace(SEEN, groups={**SEEN.groups, "1": Decimal("18.01")}), "group_1"),
        (replace(SEEN, groups={**SEEN.groups, "1": Decimal("-1")}), "group_1"),
        (replace(SEEN, total=Decimal("82.40")), "total"),
        (replace(SEEN, link="javascript:alert(1)"), "link"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast: Cast, wrong: Seen, field: str) -> None:
    with pytest.raises(Refused) as refused:
        written(cast, wrong)
    if field != "link":
        assert getattr(refused.value, "field", None) == field
    assert not PortalScore.objects.exists()


@pytest.mark.django_db
@pytest.mark.integration
def test_only_the_counter_and_who_drafts_reports_type_it_in(cast: Cast) -> None:
    for person in (cast.hamlet_head, cast.neighbour):
        with pytest.raises(NotAllowed):
            published.write(unit=cast.commune, seen=SEEN, key=uuid4(), by=person, at=cast.now)
    row = written(cast)
    with pytest.raises(NotAllowed):
        published.take_back(score=row, reason="Không đúng", by=cast.neighbour, at=cast.now)


@pytest.mark.django_db
@pytest.mark.integration
def test_the_figure_stands_in_a_draft_by_itself(cast: Cast) -> None:
    row = written(cast, replace(SEEN, last=date(2023, 6, 14), seen_on=date(2023, 6, 14)))
    report = drafted(cast)
    figure = report.figures.get(concept="service_quality")
    assert figure.printed == "82,35"
    assert figure.lines >= 1
    assert not report.figures.filter(concept__in=PARTS_ONLY).exists()
    assert row.line.title.endswith("từ 01/6/2023 đến 14/6/2023: 82,35 điểm")


@pytest.mark.django_db
@pytest.mark.integration
def test_it_is_typed_in_stands_beside_ours_and_goes_as_a_table(counter: Counter, client: Client) -> None:  # noqa: F811
    counter.do(onestop.resolve, counter.receive())
    client.force_login(counter.cast.one_stop_clerk)
    days = {"first": "2023-07-01", "last": "2023-07-20"}
    page = client.get(reverse("reports:quality"), days).content.decode()
    assert "Chưa ghi điểm Cổng công bố cho những ngày này" in page
    typed = {
        "key": str(uuid4()),
        **days,
        "seen_on": "20/7/2023",
        "source": "Cổng <script>alert(1)</script>",
        "total": "82,35",
        **{f"group_{code}": points.replace(".", ",") for code, points in GROUPS.items()},
    }
    new = reverse("reports:quality-score-new")
    refused = client.post(new, {**typed, "group_2": "abc"}).content.decode()
    assert "Chưa có gì được lưu." in refused
    assert 'value="82,35"' in refused
    assert client.post(new, typed).status_code == 302
    assert client.post(new, typed).status_code == 302, "the same form sent twice"
    row = PortalScore.objects.get()
    page = " ".join(client.get(reverse("reports:quality"), days).content.decode().split())
    assert "Cổng công bố <strong>82,35</strong> điểm tính từ 1/7/2023 đến 20/7/2023" in page
    assert "<script>alert(1)" not in page
    assert "đơn vị chưa có số liệu để so" in page, "of satisfaction"
    assert "Cổng thấp hơn 0,25 điểm" in page, "group 2 is known whole: 20 with us, 19,75 there"
    other = client.get(reverse("reports:quality"), {"first": "2023-01-01", "last": "2023-07-20"})
    assert "Cổng tính những ngày khác với trang này" in other.content.decode()
    assert "Cổng thấp hơn" not in other.content.decode(), "other days are not compared"
    assert client.get(reverse("work:activity", args=[row.line_id])).status_code == 200
    export = client.post(
        f"{reverse('reports:quality-export', args=['csv'])}?first=2023-07-01&last=2023-07-20"
    )
    assert '19.75,"Cổng thấp hơn 0,25 điểm"' in export.getvalue().decode()
    back = client.post(reverse("reports:quality-score-take-back", args=[row.pk]), {"reason": "Nhầm tháng"})
    assert back.status_code == 302
    listed = client.get(reverse("reports:quality-scores"), {"q": "cong"}).content.decode()
    assert "Nhầm tháng" in listed
    table = client.post(reverse("reports:quality-scores-export", args=["csv"])).getvalue().decode()
    assert "82.35" in table
    assert "Nhầm tháng" in table


@pytest.mark.django_db
@pytest.mark.integration
@pytest.mark.parametrize(
    ("points", "why"),
    [
        ("", "bắt buộc"),
        ("-1", "Ghi từ 0 trở lên"),
        ("18,01", "Ghi tối đa 18"),
        ("1e999", "Ghi một số"),
        ("-1e999", "Ghi một số"),
        ("1e-999", "Ghi một số"),
        ("NaN", "Ghi một số"),
        ("sNaN", "Ghi một số"),
        ("vô cực", "Ghi một số"),
        ("Infinity", "Ghi một số"),
        ("1_5", "Ghi một số"),
        ("1.234,5", "Ghi một số"),
        ("1 5", "Ghi một số"),
        ("15,555", "hai số lẻ"),
        ("mười lăm", "Ghi một số"),
        (unicodedata.normalize("NFD", "mười lăm rưỡi"), "Ghi một số"),
        ("9" * 300, "Ghi tối đa 18"),
        ("a" * 300, "Ghi một số"),
        ("<script>alert(1)</script>", "Ghi một số"),
        ("=1+1", "Ghi một số"),
    ],
)
def test_points_that_are_none_say_why_and_keep_what_was_typed(
    cast: Cast, client: Client, points: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    client.force_login(cast.one_stop_clerk)
    typed = {
        "key": str(uuid4()), "first": "2023-06-01", "last": "2023-06-30", "seen_on": "3/7/2023", "source": "Cổng",
        "total": "82,35", "link": "", **{f"group_{code}": value for code, value in GROUPS.items()}, "group_1": points,
    }  # fmt: skip
    page = client.post(reverse("reports:quality-score-new"), typed)
    told = page.content.decode()
    assert page.status_code == 200
    assert why in told
    assert "<script>alert(1)" not in told
    assert f'value="{escape(points)}"' in told or not points
    assert 'value="19.75"' in told, "nothing else is lost"
    assert not PortalScore.objects.exists()


@pytest.mark.django_db
@pytest.mark.integration
@pytest.mark.parametrize("points", ["15,5", "15.5", " 15,50 ", "15.5%"])
def test_points_are_taken_with_a_comma_or_a_point(
    cast: Cast, client: Client, points: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    client.force_login(cast.one_stop_clerk)
    typed = {
        "key": str(uuid4()), "first": "2023-06-01", "last": "2023-06-30", "seen_on": "3/7/2023", "source": "Cổng",
        "total": "82,35", "link": "", **{f"group_{code}": value for code, value in GROUPS.items()}, "group_1": points,
    }  # fmt: skip
    assert client.post(reverse("reports:quality-score-new"), typed).status_code == 302
    assert published.published(PortalScore.objects.get()).groups["1"] == Decimal("15.5")
