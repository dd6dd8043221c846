"""A report and a letter of an invented commune, long enough to show every part of the layout."""

from __future__ import annotations

from dinhlang.officialdoc.model import (
    Appendix,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)


def _p(role: Role, text: str, level: int = 0, number: str | None = None) -> Paragraph:
    return Paragraph(role, (Run(text),), level, number)


_BASES = (
    "Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030;",
    "Căn cứ Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của Ủy ban nhân dân xã Bến Đò Mẫu về tuyên truyền cải cách hành chính năm 2023.",
)

_PROSE = (
    "Ủy ban nhân dân xã đã phân công từng bộ phận phụ trách một nhóm nội dung, mỗi tháng họp rà soát một lần, "
    "việc nào chậm thì nêu rõ người làm, hạn mới và phần việc còn lại để cả xã cùng biết."
)

_TASKS = Table(
    (
        "STT",
        "Nhiệm vụ cụ thể",
        "Sản phẩm/kết quả",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Thời gian thực hiện",
    ),
    tuple(
        (
            str(number),
            f"Viết và phát bài về thủ tục hành chính của lĩnh vực thứ {number}, kèm hướng dẫn nộp hồ sơ trực tuyến",
            "Bài viết, lượt phát thanh",
            "Văn phòng Ủy ban nhân dân xã",
            "Công chức chuyên môn, trưởng các thôn",
            "Thường xuyên" if number % 2 else "Mỗi tháng 01 kỳ",
        )
        for number in range(1, 15)
    ),
)

_CHANNELS = Table(
    ("STT", "Kênh tuyên truyền", "Đơn vị tính", "Kỳ này", "Cùng kỳ"),
    (
        ("1", "Trang thông tin điện tử", "tin, bài", "36", "31"),
        ("2", "Hệ thống truyền thanh", "lượt phát", "108", "96"),
        ("3", "Họp thôn", "buổi", "12", "–"),
    ),
)


def report() -> Document:
    """Three pages of report and a landscape appendix."""
    figures = Paragraph(
        Role.BODY,
        (
            Run("Trong kỳ, trang thông tin điện tử đã đăng "),
            Run("36", fact="articles"),
            Run(" tin, bài; hệ thống truyền thanh phát "),
            Run("108", fact="broadcasts"),
            Run(" lượt, tỷ lệ hồ sơ trực tuyến đạt "),
            Run("86,5%", bold=True, fact="online_share"),
            Run("."),
        ),
    )
    body = [_p(Role.BASIS, text) for text in _BASES]
    body += [
        _p(Role.BODY, "Ủy ban nhân dân xã Bến Đò Mẫu báo cáo kết quả 6 tháng đầu năm 2023 như sau:"),
        _p(Role.HEADING, "Kết quả thực hiện", 1, "I"),
        _p(Role.HEADING, "Công tác chỉ đạo, điều hành", 2, "1"),
        *(_p(Role.BODY, _PROSE) for _ in range(4)),
        _p(Role.HEADING, "Kết quả tuyên truyền", 2, "2"),
        _p(Role.HEADING, "Nội dung, hình thức", 3, "2.1"),
        _p(Role.ITEM, _PROSE, 1, "-"),
        _p(Role.ITEM, _PROSE, 2, "+"),
        _p(Role.HEADING, "Tại các thôn", 4, "a"),
        *(_p(Role.BODY, _PROSE) for _ in range(3)),
        _p(Role.HEADING, "Số liệu", 3, "2.2"),
        figures,
        _CHANNELS,
        _p(Role.BODY, _PROSE),
        _p(Role.HEADING, "Phương hướng, nhiệm vụ 6 tháng cuối năm", 1, "II"),
        *(_p(Role.ITEM, _PROSE, 1, str(number)) for number in range(1, 9)),
        _p(
            Role.BODY,
            "Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023 của Ủy ban nhân dân xã Bến Đò Mẫu./.",
        ),
    ]
    return Document(
        kind=Kind.REPORT,
        issuer=Issuer("Ủy ban nhân dân xã Bến Đò Mẫu", "xã", "Bến Đò Mẫu"),
        number=None,
        symbol="BC-UBND",
        place="Bến Đò Mẫu",
        date=PartialDate(8, 2, 2023),
        subject="Kết quả tuyên truyền công tác cải cách hành chính 6 tháng đầu năm 2023",
        period="2023-H1",
        body=tuple(body),
        appendices=(
            Appendix(
                "Các nhiệm vụ tuyên truyền cải cách hành chính năm 2023",
                "Phụ lục",
                "(Kèm theo Báo cáo số        /BC-UBND ngày 08 tháng 02 năm 2023 của Ủy ban nhân dân xã Bến Đò Mẫu)",
                (_TASKS,),
                landscape=True,
            ),
        ),
        signature=Signature(SignatureMode.FOR_HEAD, "Ủy ban nhân dân", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu"),
        recipients=(
            Recipient("Sở Nội vụ", "BC"),
            Recipient("Đảng ủy; Hội đồng nhân dân xã", "BC"),
            Recipient("Các ban, ngành, đoàn thể của xã"),
            Recipient("Lưu: VT, VHXH"),
        ),
    )


def letter() -> Document:
    """A letter of a department: two lines of letterhead, 'V/v' under the number, no title."""
    return Document(
        kind=Kind.LETTER,
        issuer=Issuer("Phòng Văn hóa - Xã hội", parent="Ủy ban nhân dân phường Cây Đa Mẫu"),
        number="5",
        symbol="VHXH",
        place="Cây Đa Mẫu",
        date=PartialDate(None, 11, 2026),
        subject="cung cấp số liệu tuyên truyền cải cách hành chính quý III",
        body=(_p(Role.BODY, "Kính gửi: Các tổ dân phố."), _p(Role.BODY, _PROSE + "/.")),
        signature=Signature(None, None, "TRƯỞNG PHÒNG", "Lê Thị Thử"),
        recipients=(Recipient("Như trên"), Recipient("Lưu: VT")),
    )
