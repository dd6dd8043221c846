"""Taking a table in, step by step; and sweeping what was left behind."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dinhlang.org.rules import Refused
from dinhlang.work import actions, blobs, rows, rules
from dinhlang.work.import_progress import Told
from dinhlang.work.models import Activity, Blob, Import, Picture, Plan
from dinhlang.work.rules import FileEvidence
from dinhlang.work.sheets import read_sheet
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ODD = "Tháng báo cáo;Hình thức gì;Đã làm;Mấy bài\n10/3/2023;Website;Bài một;2\n11/3/2023;Website;Bài hai;1".encode()
TOLD = {"column-0": "happened_on", "column-1": "kind", "column-2": "title", "column-3": "articles"}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office_clerk)
    return client


def give(client: Client, data: bytes, name: str = "so.csv") -> Any:
    return client.post(
        reverse("work:activity-import"), {"unit": "ben-truc", "file": SimpleUploadedFile(name, data)}
    )


def test_a_table_with_strange_headings_asks_what_its_columns_hold(clerk: Client, cast: Cast) -> None:
    page = give(clerk, ODD)
    words = page.content.decode()
    assert "Không cần sửa tệp" in words
    assert "Bài một · Bài hai" in words
    ticket = {"ticket": page.context["ticket"]}
    page = clerk.post(reverse("work:activity-import-columns"), {**ticket, **TOLD, "column-3": ""})
    assert "Còn thiếu cột: số lượng" in page.content.decode()
    twice = {**ticket, **TOLD, "column-3": "title"}
    assert (
        "Hai cột cùng được chọn"
        in clerk.post(reverse("work:activity-import-columns"), twice).content.decode()
    )
    page = clerk.post(reverse("work:activity-import-columns"), {**ticket, **TOLD})
    assert "Sẽ ghi 2 dòng" in page.content.decode()
    assert not Activity.objects.exists()
    page = clerk.post(
        reverse("work:activity-import-confirm"), {"ticket": page.context["ticket"]}, follow=True
    )
    words = page.content.decode()
    assert "Đã nhập 2 dòng" in words
    assert "Hoàn tác" in words
    assert Activity.objects.count() == 2


def test_columns_that_were_understood_can_still_be_said_otherwise(clerk: Client, cast: Cast) -> None:
    plain = "Ngày;Loại;Nội dung;Số tin bài\n10/3/2023;Website;Bài một;2".encode()
    page = give(clerk, plain)
    ticket = {"ticket": page.context["ticket"]}
    page = clerk.post(reverse("work:activity-import-columns"), ticket)
    chosen = [meaning for _column, meaning in page.context["columns"]]
    assert chosen == ["happened_on", "kind", "title", "articles"]
    page = clerk.post(reverse("work:activity-import-columns"), {**ticket, **TOLD, "column-3": "posts"})
    clerk.post(reverse("work:activity-import-confirm"), {"ticket": page.context["ticket"]})
    assert [one.concept for one in Activity.objects.get().measures.all()] == ["posts"]


def test_an_import_is_undone_as_a_whole_and_may_be_made_again(clerk: Client, cast: Cast) -> None:
    for turn in (1, 2):
        page = give(clerk, ODD)
        page = clerk.post(reverse("work:activity-import-columns"), {"ticket": page.context["ticket"], **TOLD})
        clerk.post(reverse("work:activity-import-confirm"), {"ticket": page.context["ticket"]})
        done = Import.objects.get(is_undone=False)
        assert Activity.objects.filter(reversal=None).count() == 2, turn
        clerk.post(reverse("work:batch-undo", args=[done.batch_id]))
        assert not Activity.objects.filter(reversal=None).exists()


def test_what_has_to_be_mended_comes_first_and_as_a_file(clerk: Client, cast: Cast) -> None:
    table = "Ngày;Loại;Nội dung;Số tin bài\n10/3/2023;Website;Bài một;2\n31/4/2023;Website;Bài hai;x".encode()
    page = give(clerk, table)
    assert [fate.row for fate in page.context["shown"]] == [3, 2]
    answer = clerk.post(reverse("work:activity-import-faults"), {"ticket": page.context["ticket"]})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[:2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [(3, "A3")]


def test_the_template_is_understood_as_it_is(clerk: Client, cast: Cast) -> None:
    data = clerk.get(reverse("work:activity-import-template")).content
    preview = rules.preview_rows(
        data, "mau.xlsx", rules.ImportContext(on=timezone.localdate() + timedelta(days=366))
    )
    assert preview.ok
    assert len(preview.rows) == 3
    assert preview.unread_columns == ()


@pytest.mark.parametrize("step", ["columns", "faults", "confirm"])
def test_no_step_takes_a_forged_note_or_anothers(client: Client, cast: Cast, step: str) -> None:
    client.force_login(cast.office_clerk)
    ticket = give(client, ODD).context["ticket"]
    there = reverse(f"work:activity-import-{step}")
    client.force_login(cast.culture_officer)
    for note in (ticket, ticket[:-1] + "x", "", "a:b:c"):
        answer = client.post(there, {"ticket": note, **TOLD})
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("work:activity-import"))


@pytest.mark.parametrize(
    "told", [{99: "title"}, {0: "happened_on", 1: "kind", 2: "title", 3: "on_time_share"}]
)
def test_columns_that_are_not_there_or_count_nothing_are_refused(told: dict[int, str]) -> None:
    with pytest.raises(Refused):
        rows.judge(read_sheet(ODD, "so.csv"), rules.ImportContext(), told)


def test_columns_are_guessed_by_what_stands_in_them() -> None:
    _header, columns = rows.columns_of(read_sheet(ODD, "so.csv"))
    assert [column.meaning for column in columns] == ["happened_on", "kind", "title", ""]


# --- what was left behind -------------------------------------------------------------------------


def test_files_that_nothing_speaks_of_are_swept_and_the_others_stay(cast: Cast) -> None:
    long_ago = cast.now - timedelta(days=3)
    left = blobs.store(b"left behind", None, long_ago)
    actions.hold_file(FileEvidence(photo(9), "anh.jpg"), long_ago)
    fresh = blobs.store(b"just now", None, cast.now)
    again = blobs.store(b"stored again", None, long_ago)
    assert blobs.store(b"stored again", None, cast.now).pk == again.pk
    source = blobs.store(b"a plan", None, long_ago)
    Plan.objects.create(unit=cast.commune, year=2023, title="KH", source=source, created_at=cast.now)
    line = actions.record_activity(
        unit=cast.commune,
        kind="meeting",
        happened_on=long_ago.date(),
        title="Họp",
        measures={"meetings": 1},
        evidence=[FileEvidence(photo(1), "a.jpg")],
        by=cast.culture_officer,
        at=long_ago,
    )
    assert actions.sweep_files(at=cast.now) == 3  # the table, the photo and its small copy
    assert not Blob.objects.filter(pk=left.pk).exists()
    assert not blobs.path_of(left.pk).exists()
    kept = line.evidence.get().blob
    assert kept is not None
    for blob in (fresh, again, source, kept, kept.picture.thumbnail):
        assert blobs.read(Blob.objects.get(pk=blob.pk))
    assert Picture.objects.count() == 1
    assert actions.sweep_files(at=cast.now) == 0
    assert blobs.read(blobs.store(b"left behind", None, cast.now)) == b"left behind"


def test_an_import_under_way_tells_how_far_it_is_to_its_person_alone(
    clerk: Client, cast: Cast, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    rows_ = "\n".join(f"{n % 28 + 1}/3/2023;Website;Bài {n};1" for n in range(1200))
    ticket = {"ticket": give(clerk, f"Ngày;Loại;Nội dung;Tin bài\n{rows_}".encode()).context["ticket"]}
    there = reverse("work:activity-import-progress")
    seen: list[Any] = []
    keep = Told.keep

    def watched(told: Told, done: int, total: int) -> None:
        keep(told, done, total)
        seen.append(clerk.post(there, ticket).json())
        clerk.force_login(cast.culture_officer)
        assert clerk.post(there, ticket).json() == {}, "of another person nothing is told"
        clerk.force_login(cast.office_clerk)

    monkeypatch.setattr(Told, "keep", watched)
    clerk.post(reverse("work:activity-import-confirm"), ticket)
    assert [(one["done"], one["total"]) for one in seen] == [(500, 1200), (1000, 1200), (1200, 1200)]
    assert seen[0]["words"] == "Đã ghi 500/1.200 dòng."
    assert clerk.post(there, ticket).json() == {}
    assert Activity.objects.count() == 1200
