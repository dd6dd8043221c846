"""What a site tells of surveys: the list of rounds, results, open data."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens.models import SurveyRemark, SurveyRound
from dinhlang.citizens.surveys import actions
from dinhlang.citizens.surveys.actions import RoundGiven
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.tests.test_surveys import by_poster, opened
from dinhlang.portal.kept import remembered
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HERE = "/ben-truc/khao-sat/"


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, cast: Cast) -> None:
    settings.DATA, settings.BLOBS, settings.KEPT = tmp_path, tmp_path / "blobs", tmp_path / "kept"
    cache.clear()
    remembered.forget()
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)


def ended(cast: Cast, round_: SurveyRound, scores: str) -> SurveyRound:
    for number, score in enumerate(scores):
        # Three are young: they may not follow from what is told.
        more = {"do-tuoi": "duoi-30" if number < 3 else "50-tro-len", "gop-y": "Chị Nguyễn Thị Mẫu tận tình."}
        by_poster(cast, round_, score, **more)
    round_ = actions.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    return actions.publish_results(round_=round_, by=cast.office_clerk, at=cast.now)


def another(cast: Cast, first: SurveyRound, title: str, method: Method, days: int) -> SurveyRound:
    opens_on = first.opens_on + timedelta(days=days)
    given = RoundGiven(title, opens_on, opens_on + timedelta(days=30), method, by_kiosk=False)
    made = actions.open_round(version=first.version, given=given, by=cast.office_clerk, at=cast.now)
    SurveyRound.objects.filter(pk=made.pk).update(opens_on=first.opens_on)
    made.refresh_from_db()
    return made


def text_of(client: Client, address: str) -> str:
    shown = client.get(address)
    assert shown.status_code == 200, address
    return str(shown.content.decode())


def test_published_rounds_are_listed_by_form_and_method_and_never_side_by_side(
    cast: Cast, client: Client
) -> None:
    assert "Chưa có đợt nào" in text_of(client, HERE)
    first = ended(cast, opened(cast), "5" * 12)
    ended(cast, another(cast, first, "Quý IV năm 2023", Method.B, 5), "4" * 12)
    ended(cast, another(cast, first, "Tính kiểu cũ", Method.A, 6), "4" * 12)
    page = text_of(client, HERE)
    tables = page.split("<table")[1:]
    assert [(("Quý III" in one), ("Quý IV" in one), ("Tính kiểu cũ" in one)) for one in tables] == [
        (False, False, True),
        (True, True, False),
    ]
    assert tables[1].index("Quý IV") < tables[1].index("Quý III")  # the newest first
    shown = text_of(client, f"{HERE}{first.code}/")
    for words in (
        "có 12 phiếu trả lời",
        "Khoảng tin cậy",
        "không tính được, vì ai cũng",
        "Lời để đọc trên loa",
    ):
        assert words in shown
    assert "X-Robots-Tag" not in client.get(f"{HERE}{first.code}/").headers
    by_code = client.get(reverse("survey:results", args=[first.code]))
    assert by_code.headers["Location"].endswith(f"{HERE}{first.code}/")
    assert f"{HERE}{first.code}/" in text_of(client, "/ben-truc/sitemap.xml")
    for leads in ("ket-qua/", "so-do-trang/", "phan-anh/so-lieu/"):
        assert HERE in text_of(client, f"/ben-truc/{leads}")
    actions.withdraw_results(round_=first, by=cast.office_clerk, at=cast.now)
    assert client.get(f"{HERE}{first.code}/").status_code == 404
    assert "Quý III" not in text_of(client, HERE)


def test_open_data_have_the_method_in_every_row_no_free_words_and_no_small_group(
    cast: Cast, client: Client
) -> None:
    round_ = ended(cast, opened(cast, by_poster=True, by_kiosk=False), "5" * 13)
    remark = SurveyRemark.objects.order_by("pk").first()
    assert remark is not None
    actions.decide_remark(
        remark=remark, state="public", public_text="Rất tận tình.", by=cast.office_clerk, at=cast.now
    )
    year = round_.closes_on.year
    whole = json.loads(text_of(client, f"{HERE}{year}.json"))
    rows = whole["rows"]
    assert [one["name"] for one in whole["columns"]] == list(rows[0])
    assert {one["method"] for one in rows} == {"B"}
    assert {one["people"] for one in rows} == {13}
    assert {one["response_percent"] for one in rows} == {None}
    [index] = [one for one in rows if one["part"] == "index"]
    assert index["index"] == 100.0
    assert index["low"] < 100
    assert "tận tình" not in json.dumps(whole, ensure_ascii=False)
    ages = {one["choice"]: one for one in rows if one["part"] == "group" and "tuổi" in one["name"]}
    assert len(ages) >= 2
    assert {age for age, one in ages.items() if one["hidden"]} == {"Dưới 30 tuổi", "Từ 50 tuổi trở lên"}
    assert all(one["index"] is one["count"] is None for one in ages.values() if one["hidden"])
    # Nobody learns how few were asked a question that follows from another answer.
    few = [one for one in rows if one["part"] == "question" and one["count"] is None]
    assert few
    assert all(one["hidden"] for one in few)
    table = list(csv.DictReader(io.StringIO(text_of(client, f"{HERE}{year}.csv").removeprefix("\ufeff"))))
    assert len(table) == len(rows)
    assert (table[0]["method"], table[0]["same_form"]) == ("B", "true")
    assert client.get(f"{HERE}{year - 1}.json").status_code == 404
    assert f"{HERE}{year}.csv" in text_of(client, HERE)


def test_what_is_asked_today_is_offered_and_what_asks_by_slips_alone_is_not(
    cast: Cast, client: Client
) -> None:
    today = timezone.localdate()
    round_ = opened(cast, opens_on=cast.today, closes_on=cast.today + timedelta(days=1))
    days = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=1)}
    SurveyRound.objects.filter(pk=round_.pk).update(**days)
    address = reverse("survey:ask", args=[round_.code])
    assert address in text_of(client, HERE)
    SurveyRound.objects.filter(pk=round_.pk).update(by_poster=False, by_kiosk=False)
    remembered.forget()
    assert address not in text_of(client, HERE)
    assert "chỉ nhận phiếu có mã" in text_of(client, address)
