"""An export of the province's system taken into the register: a workbook of 50,000 dossiers, from the file to the last row written.

The file is read, compared with an empty register, confirmed and written by the worker's own steps, in one process; then a second
file of the same rows, three in a hundred of them further on, is compared and written beside the 50,000. SQLite, as a commune starts
with. The figures of a year and of its fields are asked afterwards.

- `import_first_s`: seconds from the bytes to the end of writing, of 50,000 new dossiers;
- `import_again_s`: the same for the file that follows it;
- `import_read_s`: seconds of the first that reading and comparing took;
- `import_lost`, `import_doubled`: dossiers that are not in the register afterwards, and steps that nothing in the files asked for;
- `import_memory_mb`: the most memory that the process took, everything counted;
- `import_figures_s`: seconds for the figures by field of the year.
"""

from __future__ import annotations

import resource
from datetime import date, datetime, timedelta
from io import BytesIO
from time import perf_counter
from zoneinfo import ZoneInfo

ROWS = 50_000
GOALS = {
    "import_first_s": ("≤", 60.0),
    "import_again_s": ("≤", 60.0),
    "import_lost": ("≤", 0.0),
    "import_doubled": ("≤", 0.0),
}
_NOW = datetime(2023, 12, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_HEADINGS = ("STT", "Mã hồ sơ", "Người nộp", "Tên thủ tục", "Lĩnh vực", "Hình thức nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Ngày trả kết quả", "Trạng thái")  # fmt: skip
_FIELDS = ("Hộ tịch", "Chứng thực", "Đất đai", "Bảo trợ xã hội", "Người có công", "Đường bộ")
_STILL_OPEN_EVERY = 33


def figures() -> dict[str, float]:
    """All figures of this part."""
    from dinhlang.config import start

    start.ready()
    from dinhlang.onestop import queries
    from dinhlang.onestop.models import Dossier, DossierStep
    from dinhlang.org.models import Unit

    unit = Unit.objects.filter(level="commune", ends_on=None).order_by("pk")[0]
    read, first = _taken_in(unit, _workbook(open_ones=True), "lan-dau.xlsx", confirm=True)
    _read, again = _taken_in(unit, _workbook(open_ones=False), "lan-sau.xlsx", confirm=False)
    begun = perf_counter()
    queries.figures_by_field(unit, date(2023, 1, 1), date(2023, 12, 31))
    asked = perf_counter() - begun
    expected = ROWS + len(range(0, ROWS, _STILL_OPEN_EVERY))
    return {
        "import_first_s": first,
        "import_read_s": read,
        "import_again_s": again,
        "import_figures_s": asked,
        "import_lost": float(ROWS - Dossier.objects.filter(unit=unit, state="resolved").count()),
        "import_doubled": float(abs(DossierStep.objects.count() - expected)),
        "import_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _taken_in(unit: object, data: bytes, name: str, *, confirm: bool) -> tuple[float, float]:
    from dinhlang.onestop.imports import actions
    from dinhlang.onestop.models import RunState

    begun = perf_counter()
    run = actions.receive_file(unit=unit, data=data, name=name, by=None, at=_NOW)
    actions.carry_on(pk=run.pk, at=_NOW)
    run.refresh_from_db()
    if confirm:
        if run.state != RunState.ASKING:
            raise SystemExit(f"the file waits for nobody: {run.state} {run.told}")
        actions.confirm_columns(
            run=run,
            meanings=run.meanings,
            orders=run.orders,
            states={},
            as_of=_NOW.date(),
            sheet=run.sheet,
            by=None,
            at=_NOW,
        )
        actions.carry_on(pk=run.pk, at=_NOW)
        run.refresh_from_db()
    read = perf_counter() - begun
    if run.state != RunState.SHOWN:
        raise SystemExit(f"the file cannot be written: {run.state} {run.told} {run.counts}")
    actions.confirm(run=run, by=None, at=_NOW)
    actions.carry_on(pk=run.pk, at=_NOW)
    return read, perf_counter() - begun


def _workbook(*, open_ones: bool) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(["DANH SÁCH HỒ SƠ"])
    sheet.append([])
    sheet.append(list(_HEADINGS))
    for number in range(ROWS):
        came = date(2023, 1, 3) + timedelta(days=number % 300)
        due, done = came + timedelta(days=10), came + timedelta(days=number % 13)
        is_open = open_ones and not number % _STILL_OPEN_EVERY
        said = "" if is_open else f"{done:%d/%m/%Y}"
        sheet.append(
            [
                number + 1,
                f"H99.12.34-{came:%y%m%d}-{number // 300 + 1:04d}",
                "Người Nộp Ví Dụ",
                f"Thủ tục ví dụ số {number % 40}",
                _FIELDS[number % len(_FIELDS)],
                "Trực tuyến" if number % 3 else "Trực tiếp",
                f"{came:%d/%m/%Y}",
                f"{due:%d/%m/%Y}",
                said,
                said,
                "Đang giải quyết" if is_open else "Đã trả kết quả",
            ]
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()
