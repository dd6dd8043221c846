"""How fast a province's report is taken together from those of 120 communes, proposals in groups.

`measure()` works in the database that Django is set up for and undoes what it wrote; `python -m
benchmarks.upward.consolidation` makes a database of its own. Communes, figures and proposals are invented: every commune
states all concepts of the ledger with the lines behind them, three proposals, and three earlier periods.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

COMMUNES = 120
LINES = 15
ROUNDS = 3
GOALS = {"consolidated_draft_s": ("≤", 3.0)}
NOON = datetime(2026, 7, 2, 5, 0, tzinfo=UTC)
_PROPOSALS = (
    ("Đề nghị UBND tỉnh {0} bố trí kinh phí tuyên truyền cải cách hành chính cho {1}.", "kinh phí"),
    ("Kiến nghị Sở Nội vụ {0} tổ chức tập huấn nghiệp vụ tuyên truyền cho {1}.", "tập huấn"),
    ("Đề nghị {0} nâng cấp hệ thống truyền thanh của {1} đã xuống cấp.", "truyền thanh"),
    ("Đề nghị {0} cung cấp tài liệu, tờ rơi dùng chung cho {1}.", "tài liệu"),
    ("Đề nghị {0} bổ sung biên chế công chức phụ trách cải cách hành chính ở {1}.", "biên chế"),
    ("Đề nghị {0} khắc phục lỗi của hệ thống giải quyết thủ tục hành chính khi {1} nộp hồ sơ.", "hệ thống"),
)
_WAYS = ("quan tâm", "xem xét", "sớm", "tiếp tục", "kịp thời")
_WHOM = ("cấp xã", "các xã, phường", "cơ sở", "công chức xã", "người dân")


def measure() -> dict[str, float]:
    """Seconds of the processor for the draft and one look at its groups, the best of some rounds; how many groups."""
    from django.db import transaction

    with transaction.atomic():
        unit = _province()
        took, groups = [], 0
        for _round in range(ROUNDS):
            began = time.process_time()
            groups = _drafted(unit)
            took.append(time.process_time() - began)
        transaction.set_rollback(True)
    return {"consolidated_draft_s": round(min(took), 3), "consolidated_groups": groups}


def _drafted(unit: object) -> int:
    from django.db import transaction

    from dinhlang.periods.identifier import Period
    from dinhlang.reports.consolidation import actions
    from dinhlang.reports.consolidation.proposing import groups_of
    from dinhlang.reports.consolidation.taking import kept

    # Taken back afterwards: a draft that is drawn again is another work.
    point = transaction.savepoint()
    with transaction.atomic():
        report = actions.consolidate(
            unit=unit,
            programme="cchc-tuyen-truyen",
            period=Period.parse("2026-H1"),
            by=None,
            at=NOON,
        )
    groups = len(groups_of(kept(report.consolidation)))
    transaction.savepoint_rollback(point)
    return groups


def _province() -> object:
    """A province with its communes and what they handed in."""
    from dinhlang.org.models import Unit, UnitName
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.tests.children import commune, owed
    from dinhlang.vietnamese.text import fold

    chance = random.Random(6)
    province = Unit.objects.create(pk="do-thu-tinh", level=Unit.Level.PROVINCE, is_demo=True)
    UnitName.objects.create(unit=province, kind="tỉnh", name="Đo Thử", folded=fold("tỉnh Đo Thử"))
    for number in range(COMMUNES):
        unit = commune(f"do-thu-{number}", f"Đo Thử {number}", above=province.pk)
        usual = {concept: chance.randint(20, 200) for concept in _counted()}
        for year in (2023, 2024, 2025, 2026):
            window = (date(year - 1, 12, 15), date(year, 6, 14))
            row = owed(unit, NOON, to=province.pk, period=Period.parse(f"{year}-H1"), window=window)
            if year == 2026 and number % 15 == 14:
                continue
            _hand_in(row, usual, chance, with_lines=year == 2026)
    return province


def _counted() -> list[str]:
    from dinhlang.work.concepts import CONCEPTS, FROM_PLAN

    return [one.id for one in CONCEPTS.values() if one.additive and one.id not in FROM_PLAN]


def _hand_in(row: object, usual: dict[str, int], chance: random.Random, *, with_lines: bool) -> None:
    from dinhlang.reports.tests.children import Stated, handed_in, line
    from dinhlang.work.concepts import CONCEPTS, FROM_PLAN

    figures: dict[str, Stated] = {}
    for concept, often in usual.items():
        value = often + chance.randint(-10, 10)
        behind = [
            line(
                chance.randint(1, 10**9),
                date(2026, 3, 1 + at),
                "website",
                "Tin, bài về cải cách hành chính của xã",
                value // LINES,
                f"link:https://do-thu.example/{chance.randint(1, 10**6)}",
            )
            for at in range(LINES if with_lines else 0)
        ]
        figures[concept] = Stated(value, chance.choice(["", "", "", "hơn"]), evidence=behind)
    for one in CONCEPTS.values():
        if one.numerator and one.denominator and one.id not in FROM_PLAN:
            top, bottom = sorted(
                (int(figures[one.numerator].value or 0), int(figures[one.denominator].value or 0))
            )
            figures[one.id] = Stated(round(100 * top / max(bottom, 1), 2), counts=(top, bottom))
    chosen = chance.sample(_PROPOSALS, 3)
    said = [words.format(chance.choice(_WAYS), chance.choice(_WHOM)) for words, _about in chosen]
    handed_in(row, figures, NOON, proposals=said)  # type: ignore[arg-type]


def main() -> None:
    """Measure in a database that is thrown away."""
    folder = Path(tempfile.mkdtemp(prefix="dinhlang-bench-"))
    os.environ |= {"DINHLANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"}
    try:
        from dinhlang.config import start

        start.ready()
        numbers = measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _sign, goal = GOALS["consolidated_draft_s"]
    within = "yes" if numbers["consolidated_draft_s"] <= goal else "NO"
    print(f"draft of {COMMUNES} communes: {numbers['consolidated_draft_s']} s (at most {goal}): {within}")
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
