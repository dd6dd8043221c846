"""A province's own version of a regime decides the days of reports; an imported programme brings its own outline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dinhlang.cli.duty import duty
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, comparison, queries
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.duties.catalogue import BadCatalogue, catalogue_from
from dinhlang.reports.models import Outline, Programme, Report
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import LinkEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

H1 = Period.parse("2023-H1")
Q2 = Period.parse("2023-Q2")

OWN_DAYS = """
[[regime]]
programme = "cchc-tuyen-truyen"
version = "tinh-mau-2023"
under = "tinh-mau"
from = 2023-01-01
basis = "Quyết định số 99/QĐ-UBND của Ủy ban nhân dân tỉnh Mẫu"
outline = "default"
owes = [{ level = "commune", periods = ["H1", "Y"] }]
[[regime.window]]
kinds = ["quarter", "half", "nine-months", "year"]
opens_months_before = 0
opens_day = 1
closes_day = 31
basis = "Quyết định số 99/QĐ-UBND, Điều 2"
confidence = "official"
[[regime.due]]
level = "commune"
working_days_after_cut_off = 5
basis = "Quyết định số 99/QĐ-UBND, Điều 3"
confidence = "official"
"""

TEXT = """=== Trích yếu
Phong trào thi đua {{ period.label }}

=== Địa danh
{{ unit.place }}

=== Nội dung
{{ unit.body }} báo cáo phong trào thi đua {{ period.label }}.

Trong kỳ có {{ figure("articles") }} tin, bài.

=== Kết thúc
Trên đây là báo cáo của {{ unit.body }}./.

=== Nơi nhận
- Lưu: VT.

=== Ký
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
{{ signer }}
"""

OWN_PROGRAMME = """
[[programme]]
id = "thi-dua"
name = "Báo cáo phong trào thi đua"
is_drafted = true

[[outline]]
id = "thi-dua-tinh-mau"
file = "thi-dua.txt"

[[regime]]
programme = "thi-dua"
version = "2023"
from = 2023-01-01
basis = "Kế hoạch số 15/KH-UBND của tỉnh Mẫu"
rule = "nd09"
outline = "thi-dua-tinh-mau"
owes = [{ level = "commune", periods = ["Q"] }]
"""


def article(cast: Any, day: date, count: int) -> None:
    record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=day,
        title=f"Bài ngày {day}",
        measures={"articles": count},
        evidence=[LinkEvidence(f"https://bentruc.example/{day}")],
        by=cast.culture_officer,
        at=cast.now,
    )


def drafted(cast: Any, period: Period = H1, programme: str = "cchc-tuyen-truyen") -> Report:
    return actions.draft_report(
        unit=cast.commune, period=period, programme=programme, by=cast.culture_officer, at=cast.now
    )


def value_of(report: Report) -> Any:
    return report.figures.get(anchor="articles").value


def test_the_window_is_that_of_the_province_s_own_version_before_and_after_the_period_is_opened(
    cast: Any,
) -> None:
    article(cast, date(2022, 12, 20), 1)
    article(cast, date(2023, 6, 20), 4)
    import_shipped(at=cast.now)
    before = drafted(cast)
    assert (before.window_from, before.window_to) == (date(2022, 12, 15), date(2023, 6, 14))
    duties.import_regimes(catalogue=catalogue_from(OWN_DAYS.encode()), at=cast.now)
    # Nothing is owed yet: the version that holds for the unit decides all the same.
    after = drafted(cast)
    assert after.pk == before.pk
    assert (after.window_from, after.window_to) == (date(2023, 1, 1), date(2023, 6, 30))
    assert value_of(after) == 4
    duties.open_period(programme=Programme.objects.get(pk="cchc-tuyen-truyen"), period=H1, at=cast.now)
    again = drafted(cast)
    assert again.ruled_by is not None
    assert again.ruled_by.version == "tinh-mau-2023"
    assert (again.window_from, again.window_to) == (date(2023, 1, 1), date(2023, 6, 30))
    # A period that the version asks nobody for is cut by its rule as well.
    quarter = drafted(cast, Q2)
    assert (quarter.window_from, quarter.window_to) == (date(2023, 4, 1), date(2023, 6, 30))
    # The year before is compared over the days of the same version.
    assert comparison.of(again).before


def test_a_rule_that_is_asked_for_by_its_name_goes_before(cast: Any) -> None:
    import_shipped(at=cast.now)
    duties.import_regimes(catalogue=catalogue_from(OWN_DAYS.encode()), at=cast.now)
    made = actions.draft_report(
        unit=cast.commune, period=H1, regime="nd09", by=cast.culture_officer, at=cast.now
    )
    assert (made.window_from, made.ruled_by) == (date(2022, 12, 15), None)


def test_an_imported_programme_is_written_by_the_outline_it_brings_and_later_by_a_new_version_of_it(
    cast: Any, tmp_path: Path
) -> None:
    article(cast, date(2023, 5, 20), 6)
    (tmp_path / "thi-dua.txt").write_text(TEXT, "utf-8")
    file = tmp_path / "thi-dua.toml"
    file.write_text(OWN_PROGRAMME, "utf-8")
    done = CliRunner().invoke(duty, ["import", str(file)])
    assert "1 đề cương có bản mới" in done.output
    first = drafted(cast, Q2, "thi-dua")
    assert first.subject.startswith("Phong trào thi đua")
    assert value_of(first) == 6
    assert (first.outline.unit, first.outline.version) == (None, 1)
    # The same file again changes nothing; another text is the next version, and the report of before keeps its own.
    assert "đề cương" not in CliRunner().invoke(duty, ["import", str(file)]).output
    (tmp_path / "thi-dua.txt").write_text(TEXT.replace("Trong kỳ có", "Trong kỳ đã đăng"), "utf-8")
    assert "1 đề cương có bản mới" in CliRunner().invoke(duty, ["import", str(file)]).output
    assert Report.objects.get(pk=first.pk).outline.version == 1
    assert drafted(cast, Q2, "thi-dua").outline.version == 2
    # A unit's own text goes before the one that was brought.
    text = queries.outline_text(cast.commune, date(2023, 5, 1), "thi-dua")
    assert "Trong kỳ đã đăng" in text
    own = actions.save_outline(
        unit=cast.commune, text=text, programme="thi-dua", by=cast.office_clerk, at=cast.now
    )
    assert drafted(cast, Q2, "thi-dua").outline == own


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('figure("articles")', 'figure("bai-viet")'), "dòng 10.*không có chỉ tiêu “bai-viet”"),
        (("=== Nơi nhận\n", ""), "thiếu phần “=== Nơi nhận”"),
        (("{{ signer }}", "{{ nguoi_ky }}"), "không có mục “nguoi_ky”"),
        (("{{ signer }}", "{{ 1 + 1 }}"), "chỉ dùng được"),
    ],
)
def test_an_outline_that_would_fail_later_is_refused_when_it_comes(
    cast: Any, change: tuple[str, str], said: str
) -> None:
    assert change[0] in TEXT
    text = TEXT.replace(*change)
    with pytest.raises(Refused, match=said):
        catalogue_from(OWN_PROGRAMME.encode(), lambda _name: text.encode())
    assert not Outline.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "thi-dua-tinh-mau"', 'id = "default"'), "đã có trong phần mềm"),
        (('id = "thi-dua-tinh-mau"', 'id = "Thi đua"'), "ký tự lạ"),
        (('file = "thi-dua.txt"', ""), "một trong hai"),
        (('file = "thi-dua.txt"', 'file = "../khac.txt"'), "không đọc được tệp đề cương"),
        (('outline = "thi-dua-tinh-mau"', 'outline = "khac"'), "không có đề cương “khac”"),
    ],
)
def test_a_file_whose_outline_cannot_be_had_is_refused(change: tuple[str, str], said: str) -> None:
    assert change[0] in OWN_PROGRAMME
    with pytest.raises(BadCatalogue, match=said):
        catalogue_from(OWN_PROGRAMME.replace(*change).encode(), lambda _name: TEXT.encode())
