"""The page of results: how far open plans are, what reports say, and what real communes counted."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from lxml import html as lxml_html
from pytest_django import DjangoCaptureOnCommitCallbacks

from dinhlang.org.models import Unit
from dinhlang.portal.kept import refreshing
from dinhlang.portal.kept.store import OWN, Target
from dinhlang.portal.models import KeptChange, OpenPlan
from dinhlang.portal.papers.actions import open_plan
from dinhlang.portal.sites import registry, results
from dinhlang.reports.index.actions.publishing import told_to_all
from dinhlang.reports.index.queries import standing
from dinhlang.reports.models import Practice
from dinhlang.work import actions as work
from dinhlang.work.models import Activity, Plan
from dinhlang.work.queries import progress
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
HERE = "/ben-truc/ket-qua/"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Any) -> None:
    settings.KEPT, settings.BLOBS = tmp_path / "kept", tmp_path / "blobs"


@pytest.fixture
def opened(world: World) -> OpenPlan:
    return open_plan(plan=world.plan, by=None, at=world.at, is_read=True)


def page_of(client: Client) -> lxml_html.HtmlElement:
    answer = client.get(HERE)
    assert answer.status_code == 200
    return lxml_html.document_fromstring(answer.content)


def test_an_open_plan_shows_how_far_each_task_is(world: World, opened: OpenPlan, client: Client) -> None:
    page = page_of(client)
    told = progress(world.plan, world.today)
    rows = page.xpath("//section[.//a[contains(@href,'/van-ban/ke-hoach/')]]//table[@class='cards']/tbody/tr")
    assert len(rows) == told.planned
    standing = Counter(results.standing_of(one) for one in told.tasks)
    assert standing[results.DONE] == told.completed
    [chart] = [one for one in page.xpath("//figure") if "theo tình hình" in one.text_content()]
    drawn = {row[0].text: int(row[1].text) for row in chart.xpath(".//table/tbody/tr")}
    assert drawn == {str(words): standing[where] for where, words in results.STANDING.items()}
    assert sum(drawn.values()) == told.planned


def test_a_plan_that_is_not_open_hides_its_progress_or_was_amended_is_not_told_of(
    world: World, opened: OpenPlan
) -> None:
    site = registry.now().by_path["ben-truc"]
    assert len(results.plans(site, world.today, "vi")) == 1
    OpenPlan.objects.update(shows_progress=False)
    assert results.plans(site, world.today, "vi") == []
    OpenPlan.objects.update(shows_progress=True)
    Plan.objects.filter(pk=world.plan.pk).update(version=2)
    assert results.plans(site, world.today, "vi") == []


def test_a_line_of_a_task_renders_the_progress_anew(
    world: World,
    opened: OpenPlan,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    kept, target = refreshing.store(), Target(OWN, HERE)
    refreshing.render_all(kept, [target])
    KeptChange.objects.all().delete()
    before = kept.contents()[target]
    task = world.plan.tasks.first()
    with django_capture_on_commit_callbacks(execute=True):
        work.record_activity(
            unit=world.commune,
            kind="website",
            happened_on=world.today - timedelta(days=1),
            title="Một bài của nhiệm vụ này",
            measures={"articles": 1},
            evidence=[LinkEvidence("https://ben-truc.example/mot-bai")],
            task=task,
            by=world.people["van-hoa"],
            at=world.at,
        )
    assert kept.showing([f"progress:{world.plan.pk}"]) == {target}
    refreshing.refresh()
    assert kept.contents()[target] == client.get(HERE).content != before


def test_a_line_of_a_plan_that_nobody_sees_changes_no_page(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = KeptChange.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        world.plan.save(update_fields=["version"])
    assert KeptChange.objects.count() == before


def test_the_page_asks_the_same_few_questions_however_many_reports_and_plans_there_are(
    world: World, opened: OpenPlan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    site = registry.now().by_path["ben-truc"]
    with django_assert_num_queries(4):
        results.plans(site, world.today, "vi")
    with django_assert_num_queries(2):
        results.results(site)


def test_the_four_communes_stand_with_document_and_place_in_the_demonstration_only(
    world: World, client: Client
) -> None:
    assert {one.unit for one in results.seed_counts()} == {
        "xã Tái Sơn",
        "xã Quyết Thắng",
        "phường Phú Thứ",
        "xã Nam Trung",
    }
    words = page_of(client).text_content()
    for one in results.seed_counts():
        assert one.words in words
        assert f"{one.document}, {one.place}" in words
    assert "hơn 3.500 lượt" in words
    Unit.objects.filter(pk=world.commune.pk).update(is_demo=False)
    assert "Tái Sơn" not in page_of(client).text_content()


def test_the_counts_are_those_of_the_documents() -> None:
    """Held to what was found in them by hand, where that is at hand."""
    import json
    from pathlib import Path

    truth = sorted((Path(__file__).parents[4] / "../shared/truth/truth").glob("*.json"))
    said = {
        (told["issuer"]["unit_name"], told["period"], figure["value"], figure["line"])
        for told in (json.loads(path.read_text("utf-8")) for path in truth)
        for figure in told["figures"]
    }
    if not said:
        pytest.skip("the documents are not here")
    for one in results.seed_counts():
        name = one.unit.partition(" ")[2]
        assert [row for row in said if (row[0], row[2], row[3]) == (name, one.value, one.line)], one


def test_the_reform_index_is_shown_once_it_is_published(world: World) -> None:
    one = world.assessment
    there = "/ben-truc/ket-qua/"
    before = Client().get(there).content.decode()
    assert f"Chỉ số cải cách hành chính năm {one.year}" not in before
    one.state, one.published_at = "published", world.at
    one.result = told_to_all(standing(one))
    one.save()
    after = Client().get(there).content.decode()
    assert f"Chỉ số cải cách hành chính năm {one.year}" in after
    assert "không có giá trị" in after, "a sample says that it is one"
    assert "tạm tính" in after


def test_a_good_model_is_shown_once_it_is_published_and_not_when_its_line_was_reversed(world: World) -> None:
    line = Activity.objects.filter(unit="ben-truc", reversal=None).order_by("-pk")[0]
    told = {"unit_id": "ben-truc", "activity": line, "happened_on": line.happened_on, "marked_at": world.at}
    one = Practice.objects.create(
        title="Bảng niêm yết có mã QR",
        why="Dân quét đọc ngay.",
        state="recognised",
        decided_on=world.today,
        **told,
    )
    assert "Bảng niêm yết có mã QR" not in Client().get(HERE).content.decode()
    one.state = "published"
    one.save()
    assert "Bảng niêm yết có mã QR" in Client().get(HERE).content.decode()
    work.reverse_activity(activity=line, reason="Ghi nhầm", by=None, at=world.at)
    assert "Bảng niêm yết có mã QR" not in Client().get(HERE).content.decode()
