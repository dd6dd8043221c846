"""`dinhlang plan`, `activity` and `facts`, as the operator of an installation uses them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from dinhlang.cli.main import root
from dinhlang.org.rules import Refused
from dinhlang.work.models import Activity, Plan

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PLAN = Path(__file__).parents[4] / "../shared/seeds/004_5dacbcb6e866faa1.txt"


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Any, tmp_path: Path, cast: Cast) -> None:
    settings.BLOBS = tmp_path / "blobs"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(root, [*map(str, arguments)])


def test_a_plan_is_taken_in_and_shown_with_what_looks_wrong() -> None:
    told = run("plan", "import", PLAN, "--unit", "ben-truc")
    assert told.exit_code == 0, told.output
    assert "7 nhiệm vụ:" in told.stdout
    assert "Thời gian: Mỗi tháng 01 kỳ · chủ trì: Văn phòng UBND xã" in told.stdout
    assert "Theo dõi thường xuyên, mỗi tháng cần có minh chứng." in told.stdout
    assert "việc phân công:" in told.stdout
    assert "Cần xem lại: Nhiệm vụ 2" in told.stderr
    assert Plan.objects.get().created_by is None
    shown = run("plan", "show", "--unit", "xã Bến Trúc", "--on", "2023-07-20")
    assert "hoàn thành 0/6 nhiệm vụ đã đến kỳ" in shown.stdout
    assert "chưa có minh chứng: tháng 1, tháng 2" in shown.stdout


def test_a_unit_without_a_plan_is_told_how_to_get_one() -> None:
    told = run("plan", "show", "--unit", "ben-dua")
    assert isinstance(told.exception, Refused)
    assert "dinhlang plan import" in str(told.exception)


def test_a_preview_shows_each_row_and_writes_nothing_until_the_file_is_mended(tmp_path: Path) -> None:
    table = tmp_path / "so.csv"
    table.write_text(
        "Ngày;Loại;Nội dung;Tin bài\n10/3/2023;Website;Bài một;1\n31/4/2023;Website;Bài hai;1\n",
        encoding="utf-8",
    )
    told = run("activity", "import", table, "--unit", "ben-truc", "--dry-run")
    assert told.stdout.splitlines() == [
        "2\tghi mới\t2023-03-10\tBài một",
        "3\tcần sửa\t\t\tngày 31/4/2023 không có trong lịch (ô A3)",
        "Xem trước: 1 dòng ghi mới, 0 dòng đã có, 1 dòng cần sửa. Chưa ghi dòng nào.",
    ]
    refused = run("activity", "import", table, "--unit", "ben-truc")
    assert "dòng 3: ngày 31/4/2023 không có trong lịch. Sửa ô A3" in str(refused.exception)
    assert not Activity.objects.exists()
    table.write_text(table.read_text(encoding="utf-8").replace("31/4", "30/4"), encoding="utf-8")
    assert "Đã nhập 2 hoạt động" in run("activity", "import", table, "--unit", "ben-truc").stdout
    assert "Đã gộp lại 4 số liệu theo ngày." in run("facts", "rebuild").stdout
    again = run("facts", "rebuild", "--unit", "ben-truc", "--year", 2023)
    # Two lines, each under its counter and its kind, in the year, in their months and a first half of one.
    assert "Đã gộp lại số liệu năm 2023: " in again.stdout
    assert "Hãy thêm --year" in run("facts", "rebuild", "--unit", "ben-truc").stderr


def test_one_act_is_recorded_with_its_evidence(tmp_path: Path) -> None:
    run("plan", "import", PLAN, "--unit", "ben-truc")
    photo = tmp_path / "anh.jpg"
    Image.new("RGB", (40, 30), "white").save(photo)
    given = [
        "activity",
        "record",
        "--unit",
        "ben-truc",
        "--kind",
        "website",
        "--on",
        "2023-03-10",
        "--title",
        "Bài một",
    ]
    told = run(
        *given,
        "--count",
        "articles=1",
        "--count",
        "posts=2",
        "--task",
        "2",
        "--link",
        "https://a.example/1",
        "--file",
        photo,
    )
    assert told.exit_code == 0, told.output
    line = Activity.objects.get()
    assert (line.title, line.task and line.task.ordinal, line.evidence.count()) == ("Bài một", "2", 2)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--count": "articles"}, "không đúng dạng"),
        ({"--count": "articles=--1"}, "“--1” không phải là số"),
        ({"--count": "articles=-1"}, "là số âm"),
        ({"--count": "bai=1"}, "Không có chỉ tiêu “bai”. Dùng một trong: articles,"),
        ({"--basis": "doan"}, "dùng một trong: su-kien, so"),
        ({"--field": "khac"}, "dùng một trong: the-che, thu-tuc"),
        ({"--kind": "fax"}, "không có loại hoạt động “fax”"),
        ({"--task": "9"}, "không có nhiệm vụ số 9"),
        ({"--unit": "ben-khong"}, "ben-khong"),
    ],
)
def test_a_slip_in_the_command_is_told_and_nothing_is_recorded(changes: dict[str, str], said: str) -> None:
    given = {
        "--unit": "ben-truc",
        "--kind": "website",
        "--on": "2023-03-10",
        "--title": "a",
        "--count": "articles=1",
    }
    told = run("activity", "record", *(part for pair in {**given, **changes}.items() for part in pair))
    assert told.exit_code != 0
    assert said.casefold() in (told.output + str(told.exception)).casefold()
    assert not Activity.objects.exists()


def test_how_exactly_a_number_is_known_is_recorded_with_it() -> None:
    told = run(
        *("activity", "record", "--unit", "ben-truc", "--kind", "guidance", "--on", "2023-03-10"),
        *("--title", "Tháng 3", "--count", "guidance=hơn 3.500", "--basis", "so", "--field", "thu-tuc"),
    )
    assert told.exit_code == 0, told.output
    line = Activity.objects.get()
    assert (line.basis, line.reform_field) == ("so", "thu-tuc")
    assert [(one.value, one.exactness) for one in line.measures.all()] == [(3500, "hơn")]


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    table = tmp_path / "so.csv"
    with table.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    told = run("activity", "import", table, "--unit", "ben-truc")
    assert "nặng 200 MB, tối đa 25 MB" in told.output + str(told.exception)
