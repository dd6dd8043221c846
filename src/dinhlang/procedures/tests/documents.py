"""Documents of our own making: a decision of an invented province with its annex, and sheets of one procedure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx

LETTERHEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH MẪU\n\nSố: 1234/QĐ-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nMẫu, ngày 12 tháng 3 năm 2026",
)
NEW = [
    ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện", "Phí, lệ phí", "Căn cứ pháp lý"],
    ["A. LĨNH VỰC HỘ TỊCH"],
    ["1", "1.999001", "Đăng ký khai sinh tại nhà", "03 ngày làm việc", "Trung tâm Phục vụ hành chính công cấp xã", "Không", "- Luật Hộ tịch số 60/2014/QH13;\n- Nghị định số 123/2015/NĐ-CP."],
    ["2", "1.999002", "Đăng ký khai tử tại nhà", "Trong ngày làm việc", "Trung tâm Phục vụ hành chính công cấp xã", "8.000 đồng/trường hợp; miễn cho hộ nghèo", "Luật Hộ tịch"],
    ["B. LĨNH VỰC CHĂN NUÔI"],
    ["1", "2.999003", "Hỗ trợ chi phí giống", "20 ngày", "UBND xã", "Không", ""],
]  # fmt: skip
AMENDED = [
    ["STT", "Mã số TTHC", "Tên TTHC", "Thời hạn giải quyết", "Cách thức thực hiện", "Phí, lệ phí (nếu có)", "Tên VBQPPL quy định nội dung sửa đổi, bổ sung"],
    ["1", "1.001193.000.00.00.H23", "Đăng ký khai sinh", "01 ngày làm việc", "Trực tiếp, trực tuyến toàn trình, BCCI", "Miễn lệ phí", "Nghị định số 18/2026/NĐ-CP (hiệu lực từ ngày 15/5/2026)"],
]  # fmt: skip
ENDED = [
    ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Tên VBQPPL quy định việc bãi bỏ", "Lĩnh vực"],
    ["1", "1.000894", "Đăng ký kết hôn", "Nghị định số 18/2026/NĐ-CP", "Hộ tịch"],
    ["2", "", "Thủ tục không ghi mã", "Nghị định số 18/2026/NĐ-CP", "Hộ tịch"],
]


def decision(effective: str = "kể từ ngày 01 tháng 4 năm 2026") -> bytes:
    """A decision with three lists in its annex, as a .docx file."""
    made = docx.Document()
    _beside(made, LETTERHEAD)
    for line in (
        "QUYẾT ĐỊNH",
        "Về việc công bố danh mục thủ tục hành chính mới ban hành, sửa đổi, bổ sung, bị bãi bỏ thuộc thẩm quyền "
        "giải quyết của Ủy ban nhân dân cấp xã",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH MẪU",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục hành chính.",
        f"Điều 2. Quyết định này có hiệu lực thi hành {effective}.",
        "Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.",
    ):
        made.add_paragraph(line)
    _beside(made, ("Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.", "CHỦ TỊCH\n\n\nNguyễn Văn Mẫu"))
    made.add_section()
    made.add_paragraph("PHỤ LỤC")
    made.add_paragraph("DANH MỤC THỦ TỤC HÀNH CHÍNH")
    for title, rows in (
        ("I. DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH", NEW),
        ("II. DANH MỤC THỦ TỤC HÀNH CHÍNH SỬA ĐỔI, BỔ SUNG", AMENDED),
        ("III. DANH MỤC THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ", ENDED),
    ):
        made.add_paragraph(title)
        _table(made, rows)
    return _bytes(made)


def of_a_ministry() -> bytes:
    """Another habit: a head of two rows with columns of ticks, levels as rows, lists numbered 1 and 2."""
    made = docx.Document()
    _beside(
        made,
        (
            "BỘ MẪU\n\nSố: 77/QĐ-BM",
            LETTERHEAD[1].replace("Mẫu, ngày 12 tháng 3 năm 2026", "Hà Nội, ngày 05 tháng 9 năm 2024"),
        ),
    )
    for line in (
        "QUYẾT ĐỊNH",
        "Công bố thủ tục hành chính được sửa đổi, bổ sung và bãi bỏ trong lĩnh vực Bảo trợ xã hội thuộc phạm vi chức năng "
        "quản lý của Bộ Mẫu",
        "BỘ TRƯỞNG BỘ MẪU",
        "QUYẾT ĐỊNH:",
        "Điều 1. Công bố kèm theo Quyết định này các thủ tục hành chính.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
    ):
        made.add_paragraph(line)
    _beside(made, ("Nơi nhận:\n- Lưu: VT.", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n\n\nLê Thị Mẫu"))
    made.add_section()
    made.add_paragraph("THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG VÀ BÃI BỎ")
    made.add_paragraph("1. Danh mục thủ tục hành chính được sửa đổi, bổ sung")
    table = made.add_table(2, 9)
    table.style = "Table Grid"
    first, second = table.rows[0].cells, table.rows[1].cells
    heads = ["TT", "Mã số TTHC", "Tên thủ tục hành chính", "Thời gian giải quyết", "Cách thức thực hiện", "", "", "Phí, lệ phí", "Cơ quan thực hiện"]  # fmt: skip
    for cell, words in zip(first, heads, strict=True):
        cell.text = words
    first[4].merge(first[6])
    for column, words in zip((4, 5, 6), ("Trực tiếp", "Trực tuyến toàn trình", "BCCI"), strict=True):
        second[column].text = words
    for column in (0, 1, 2, 3, 7, 8):
        first[column].merge(second[column])
    for row in (
        ["A. THỦ TỤC HÀNH CHÍNH CẤP TỈNH"],
        [
            "1",
            "1.888001",
            "Tiếp nhận vào cơ sở trợ giúp",
            "10 ngày làm việc",
            "x",
            "",
            "x",
            "Không",
            "Sở Mẫu",
        ],
        ["B. THỦ TỤC HÀNH CHÍNH CẤP XÃ"],
        [
            "1",
            "1. 888002",
            "Hỗ trợ chi phí mai táng",
            "03 ngày làm việc",
            "X",
            "X",
            "",
            "Không",
            "UBND cấp xã",
        ],
    ):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    made.add_paragraph("2. Danh mục thủ tục hành chính bị bãi bỏ")
    _table(
        made,
        [
            ["STT", "Số hồ sơ TTHC", "Tên thủ tục hành chính", "Tên VBQPPL quy định việc bãi bỏ thủ tục hành chính", "Cơ quan thực hiện"],
            ["1", "2.888004", "Cấp lại thẻ cũ", "Nghị định số 9/2024/NĐ-CP", "UBND cấp xã"],
        ],
    )  # fmt: skip
    return _bytes(made)


def single() -> bytes:
    """The sheet of one procedure as the national portal prints it."""
    made = docx.Document()
    made.add_paragraph("CHI TIẾT THỦ TỤC HÀNH CHÍNH")
    for line in (
        "Mã thủ tục: 1.001193",
        "Số quyết định: 1872/QĐ-BTP",
        "Tên thủ tục: Đăng ký khai sinh",
        "Cấp thực hiện: Cấp Xã",
        "Lĩnh vực: Hộ tịch",
        "Trình tự thực hiện:",
        "- Bước 1: Nộp hồ sơ.",
        "- Bước 2: Nhận kết quả. Lưu ý: mang theo giấy tờ.",
        "Cách thức thực hiện:",
    ):
        made.add_paragraph(line)
    _table(
        made,
        [
            ["Hình thức nộp", "Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"],
            ["Trực tiếp", "1 Ngày làm việc", "Lệ phí : 8000 Đồng (miễn cho hộ nghèo)", "Tại nơi tiếp nhận"],
            ["Trực tuyến", "1 Ngày làm việc", "Lệ phí : 0 Đồng", "Trên Cổng dịch vụ công"],
        ],
    )
    made.add_paragraph("Thành phần hồ sơ:")
    made.add_paragraph("* Giấy tờ phải nộp")
    _table(
        made,
        [
            ["Tên giấy tờ", "Mẫu đơn, tờ khai", "Số lượng"],
            ["Tờ khai đăng ký khai sinh", "ToKhai.docx", "Bản chính: 1\nBản sao: 0"],
            ["Giấy chứng sinh", "", "Bản chính: 1\nBản sao: 2"],
        ],
    )
    made.add_paragraph("Đối tượng thực hiện: Công dân Việt Nam")
    made.add_paragraph("Cơ quan thực hiện: Ủy ban nhân dân cấp xã")
    made.add_paragraph("Cơ quan có thẩm quyền: Không có thông tin")
    made.add_paragraph("Kết quả thực hiện: Giấy khai sinh")
    made.add_paragraph("Căn cứ pháp lý:")
    _table(
        made,
        [
            ["Số ký hiệu", "Trích yếu", "Ngày ban hành", "Cơ quan ban hành"],
            ["60/2014/QH13", "Luật Hộ tịch", "20-11-2014", "Quốc hội"],
        ],
    )
    made.add_paragraph("Yêu cầu, điều kiện thực hiện: Trẻ sinh ra còn sống")
    made.add_paragraph("Từ khóa: Không có thông tin")
    return _bytes(made)


def _beside(made: Any, cells: Sequence[str]) -> None:
    table = made.add_table(1, len(cells))
    for cell, text in zip(table.rows[0].cells, cells, strict=True):
        cell.text = text


def _table(made: Any, rows: list[list[str]]) -> None:
    width = len(rows[0])
    table = made.add_table(0, width)
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            cell.text = text


def _bytes(made: Any) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
