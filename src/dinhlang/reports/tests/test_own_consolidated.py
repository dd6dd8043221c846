"""A programme that came in with a file: its consolidated report has the programme's own headings."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from dinhlang.periods.identifier import Period
from dinhlang.reports.consolidation.actions import consolidate
from dinhlang.reports.consolidation.rules.outlines import joined
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties.catalogue import catalogue_from
from dinhlang.reports.models import Obligation, Programme
from dinhlang.reports.tests.children import commune, handed_in
from dinhlang.reports.tests.test_consolidation import MONEY, text_of
from dinhlang.reports.tests.test_own_regimes import OWN_PROGRAMME, TEXT

if TYPE_CHECKING:
    from conftest import Cast

COMMON = (files("dinhlang.reports") / "outlines" / "consolidated.txt").read_text("utf-8")
HEADED = TEXT.replace(
    'Trong kỳ có {{ figure("articles") }} tin, bài.',
    """{% if plan %}
# Kế hoạch
{% endif %}

# Phong trào thi đua
Trong kỳ có {{ figure("articles") }} tin, bài.

# Kiến nghị, đề xuất
%% Nêu rõ đề nghị cơ quan nào.

# Phương hướng
Tiếp tục thi đua.""",
)


def headings(text: str) -> list[str]:
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]


def test_the_programme_s_own_headings_stand_between_coverage_and_what_each_unit_gave() -> None:
    assert headings(joined(HEADED, COMMON)) == [
        "Kế hoạch",
        "Phạm vi tổng hợp",
        "Phong trào thi đua",
        "Kết quả của từng đơn vị",
        "Kiến nghị, đề xuất",
        "Phương hướng",
    ]
    assert joined(HEADED, COMMON).index("{% endif %}") < joined(HEADED, COMMON).index("# Phạm vi"), (
        "what stands under a condition of the file does not hold back the coverage"
    )


def test_an_outline_without_headings_becomes_one_section() -> None:
    assert headings(joined(TEXT, COMMON)) == [
        "Phạm vi tổng hợp",
        "Kết quả thực hiện",
        "Kết quả của từng đơn vị",
        "Đề xuất, kiến nghị của các đơn vị",
    ]


@pytest.mark.django_db
@pytest.mark.integration
def test_an_imported_programme_is_taken_together_by_the_outline_it_brought(cast: Cast) -> None:
    period = Period.parse("2023-Q2")
    units = [commune(f"xa-{letter}", f"Mẫu {letter.upper()}") for letter in "ab"]
    brought = catalogue_from(OWN_PROGRAMME.encode(), lambda _name: HEADED.encode())
    duties.import_regimes(catalogue=brought, at=cast.now)
    duties.open_period(
        programme=Programme.objects.get(pk="thi-dua"),
        period=period,
        at=cast.now,
        units=[one.pk for one in units],
    )
    for count, row in enumerate(Obligation.objects.filter(programme="thi-dua").order_by("unit"), start=4):
        row.recipient = cast.province
        row.save(update_fields=["recipient"])
        window = (date(2023, 3, 15), date(2023, 6, 14))
        assert (row.window_from, row.window_to) == window
        handed_in(row, {"articles": count}, cast.now, proposals=[MONEY], window=window)
    made = consolidate(unit=cast.province, programme="thi-dua", period=period, by=None, at=cast.now)
    told = text_of(made)
    assert "Tổng hợp từ 2/2 xã." in told
    assert "Trong kỳ có 9 tin, bài." in told
    assert told.index("Phong trào thi đua") < told.index("Kết quả của từng đơn vị")
    assert "kinh phí" in told[told.index("Kiến nghị, đề xuất") : told.index("Phương hướng")]
    assert "cải cách hành chính trên" not in made.subject
    assert made.subject.startswith("Tổng hợp phong trào thi đua")
