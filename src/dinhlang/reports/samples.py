"""Two reports that never were, to try an outline on before it is kept: one with everything, one with nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dinhlang.officialdoc.model import Run, Table
from dinhlang.reports.outline import GAP, Mark, Marks
from dinhlang.reports.words import (
    ActWords,
    PeriodWords,
    PlanWords,
    PracticeWords,
    RequestWords,
    TaskWords,
    UnitWords,
)

_TABLES = ("statistics", "channels", "tasks", "dossiers")


@dataclass(frozen=True, slots=True)
class _Line:
    label: str
    figure: Mark
    measure: str
    change: str


def full(marks: Marks) -> Mapping[str, object]:
    """Everything is known."""
    return _sample(marks, known=True)


def bare(marks: Marks) -> Mapping[str, object]:
    """No plan, no figure, nobody to sign."""
    return _sample(marks, known=False)


def _sample(marks: Marks, *, known: bool) -> Mapping[str, object]:
    def figure(concept: str, which: str = "current") -> Mark:
        return marks.run(Run("12" if known else GAP, fact=marks.anchor(concept)))

    def table(name: str) -> Mark:
        if name not in _TABLES:
            raise ValueError(name)
        return marks.table(Table(("STT", "Nội dung"), (("1", "mẫu"),)))

    task = TaskWords("Nhiệm vụ mẫu", "Văn phòng", "Tin, bài", "Thường xuyên", "đã thực hiện", "6/6 kỳ")
    some = [task] if known else []
    reference = "Kế hoạch số 01/KH-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân xã Mẫu về tuyên truyền"
    return {
        "unit": UnitWords("xã", "Mẫu", "xã Mẫu", "Ủy ban nhân dân xã Mẫu", "Mẫu"),
        "period": PeriodWords(
            "năm 2026", "năm 2027", 2026, "từ ngày 15 tháng 12 năm 2025 đến hết ngày 14 tháng 12 năm 2026"
        ),
        "plan": PlanWords(reference, "Kế hoạch số 01/KH-UBND", figure("plan_tasks")) if known else None,
        "recipient": "Sở Nội vụ" if known else "",
        "signer": "Người Ký Mẫu" if known else "",
        "figure": figure,
        "known": lambda concept, which="current": known,
        "change": lambda concept: ", tăng 5% so với cùng kỳ năm trước" if known else "",
        "table": table,
        "statistics": [_Line("Lượt phát thanh", figure("broadcasts"), "lượt phát", "")] if known else [],
        "comparison": known,
        "channels": known,
        "fields": "cải cách thể chế" if known else "",
        "tasks": some,
        "done": some,
        "behind": some,
        "next_tasks": some,
        "acts": lambda field: [ActWords("Ban hành quy chế làm việc", "05/3/2026")] if known else [],
        "request": RequestWords("Công văn số 12/SNV-CCHC", "Kết quả rà soát"),
        "practices": [PracticeWords("Mô hình", "Vì", "Kết quả", "Tập thể", "01/QĐ", "1/2/2023", False)]
        if known
        else [],
    }
