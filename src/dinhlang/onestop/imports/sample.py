"""A file to try with: an export as the province's system makes it, of a commune and people that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dinhlang.org import tables

_HEADER = ("STT", "Mã hồ sơ", "Người nộp", "Tên thủ tục", "Lĩnh vực", "Hình thức nộp", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Trạng thái")  # fmt: skip
_DONE, _OPEN = "Đã giải quyết", "Đang giải quyết"
_ROWS = (
    (29, 5, 3, "Đăng ký khai sinh", "Hộ tịch", "Trực tiếp", _DONE),
    (27, 5, 9, "Đăng ký khai tử", "Hộ tịch", "Trực tuyến", _DONE),
    (22, 10, 10, "Chứng thực bản sao", "Chứng thực", "Trực tiếp", _DONE),
    (9, 15, None, "Đăng ký biến động đất đai", "Đất đai", "Bưu chính công ích", _OPEN),
    (4, 5, None, "Đăng ký kết hôn", "Hộ tịch", "Trực tuyến", _OPEN),
)


def sample(on: date) -> bytes:
    """The workbook, with days of the weeks before."""
    return tables.as_xlsx(_HEADER, _rows(on))


def _rows(on: date) -> Iterator[tuple[str | int, ...]]:
    for number, (ago, term, took, name, field, way, state) in enumerate(_ROWS, 1):
        came = on - timedelta(days=ago)
        done = f"{came + timedelta(days=took):%d/%m/%Y}" if took is not None else ""
        code = f"H99.12.34-{came:%y%m%d}-{number:04d}"
        due = f"{came + timedelta(days=term):%d/%m/%Y}"
        yield number, code, "Người Nộp Ví Dụ", name, field, way, f"{came:%d/%m/%Y}", due, done, state
    yield "Tổng cộng", len(_ROWS), "", "", "", "", "", "", "", ""
