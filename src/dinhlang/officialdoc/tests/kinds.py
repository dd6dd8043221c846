"""A document of every kind in its legal form, of invented places and people; `sample` has the long report."""

from __future__ import annotations

from dataclasses import replace

from dinhlang.officialdoc.model import (
    Appendix,
    Block,
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

COMMUNE = Issuer("ỦY BAN NHÂN DÂN XÃ BẾN ĐÒ MẪU", "xã", "Bến Đò Mẫu")
COUNCIL = Issuer("HỘI ĐỒNG NHÂN DÂN XÃ BẾN ĐÒ MẪU", "xã", "Bến Đò Mẫu")
WARD = Issuer("ỦY BAN NHÂN DÂN PHƯỜNG CÂY ĐA MẪU", "phường", "Cây Đa Mẫu")
ZONE = Issuer("ỦY BAN NHÂN DÂN ĐẶC KHU ĐẢO MẪU", "đặc khu", "Đảo Mẫu")
CENTRE = Issuer(
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "phường", "Cây Đa Mẫu", "ỦY BAN NHÂN DÂN PHƯỜNG CÂY ĐA MẪU"
)
DEPARTMENT = Issuer("PHÒNG VĂN HÓA - XÃ HỘI", "xã", "Bến Đò Mẫu", "UBND XÃ BẾN ĐÒ MẪU")

CHAIR = Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu")
DEPUTY = Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Lê Thị Thử")
FILED = Recipient("Lưu: VT, VHXH")


def text(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))


def basis(words: str) -> Paragraph:
    return Paragraph(Role.BASIS, (Run(words),))


def heading(number: str, words: str, level: int = 1) -> Paragraph:
    return Paragraph(Role.HEADING, (Run(words),), level, number)


def item(number: str, words: str, level: int = 1) -> Paragraph:
    return Paragraph(Role.ITEM, (Run(words),), level, number)


def _by(issuer: Issuer, place: str, day: int, month: int, year: int = 2026) -> dict[str, object]:
    return {"issuer": issuer, "place": place, "date": PartialDate(day, month, year)}


_LAW = basis("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;")

REPORT = Document(
    Kind.REPORT,
    number="15",
    symbol="BC-UBND",
    subject="Kết quả tuyên truyền cải cách hành chính quý I năm 2026",
    period="2026-Q1",
    **_by(WARD, "Cây Đa Mẫu", 9, 3),  # type: ignore[arg-type]
    body=(
        text("Ủy ban nhân dân phường báo cáo kết quả tuyên truyền cải cách hành chính quý I như sau:"),
        heading("I", "KẾT QUẢ THỰC HIỆN"),
        heading("1", "Công tác chỉ đạo", 2),
        text("Phường đã phân công từng bộ phận phụ trách một nhóm nội dung, mỗi tháng họp rà soát một lần."),
        heading("2", "Kết quả tuyên truyền", 2),
        item("-", "Trang thông tin điện tử đã đăng 36 tin, bài."),
        item("-", "Hệ thống truyền thanh phát 108 lượt."),
        heading("II", "KHÓ KHĂN, KIẾN NGHỊ"),
        text("Đề nghị Sở Nội vụ cấp thêm tài liệu cho ba tổ dân phố."),
        text("Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính quý I năm 2026./."),
    ),
    signature=DEPUTY,
    recipients=(Recipient("Sở Nội vụ", "BC"), Recipient("Các tổ dân phố"), FILED),
)

PLAN = Document(
    Kind.PLAN,
    number="04",
    symbol="KH-UBND",
    subject="Tuyên truyền cải cách hành chính năm 2026",
    period="2026",
    **_by(ZONE, "Đảo Mẫu", 15, 1),  # type: ignore[arg-type]
    body=(
        text("Ủy ban nhân dân đặc khu ban hành Kế hoạch tuyên truyền cải cách hành chính năm 2026 như sau:"),
        heading("I", "MỤC ĐÍCH, YÊU CẦU"),
        item("1", "Cán bộ và Nhân dân hiểu rõ các thủ tục hay dùng."),
        item("2", "Việc làm có sản phẩm, có người chịu trách nhiệm, có thời hạn."),
        heading("II", "NHIỆM VỤ"),
        text("Các nhiệm vụ cụ thể có trong Phụ lục kèm theo."),
        heading("III", "TỔ CHỨC THỰC HIỆN"),
        text("Văn phòng theo dõi, đôn đốc và báo cáo kết quả./."),
    ),
    appendices=(
        Appendix(
            "NHIỆM VỤ TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH NĂM 2026",
            "Phụ lục",
            "(Kèm theo Kế hoạch số 04/KH-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân đặc khu Đảo Mẫu)",
            (
                Table(
                    (
                        "STT",
                        "Nhiệm vụ",
                        "Sản phẩm",
                        "Cơ quan chủ trì",
                        "Cơ quan phối hợp",
                        "Thời gian thực hiện",
                    ),
                    (
                        (
                            "1",
                            "Viết bài về thủ tục đất đai",
                            "Bài viết",
                            "Văn phòng",
                            "Phòng Kinh tế",
                            "Quý I/2026",
                        ),
                        (
                            "2",
                            "Phát thanh hằng tuần",
                            "Chương trình",
                            "Phòng Văn hóa - Xã hội",
                            "Các thôn",
                            "Thường xuyên",
                        ),
                    ),
                ),
            ),
            landscape=True,
        ),
    ),
    signature=CHAIR,
    recipients=(Recipient("Thường trực Đảng ủy", "BC"), Recipient("Các thôn", "TH"), FILED),
)

DECISION = Document(
    Kind.DECISION,
    number="119",
    symbol="QĐ-UBND",
    subject="Về việc thành lập Tổ công nghệ số cộng đồng và phê duyệt danh sách thành viên của Tổ trên địa bàn xã Bến Đò Mẫu",
    **_by(COMMUNE, "Bến Đò Mẫu", 4, 8),  # type: ignore[arg-type]
    body=(
        text("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẾN ĐÒ MẪU"),
        _LAW,
        basis("Theo đề nghị của Trưởng phòng Phòng Văn hóa - Xã hội."),
        text("QUYẾT ĐỊNH:"),
        item(
            "Điều 1",
            "Thành lập Tổ công nghệ số cộng đồng xã gồm các ông, bà có tên trong danh sách kèm theo.",
        ),
        item(
            "Điều 2", "Tổ hướng dẫn người dân dùng dịch vụ công trực tuyến và thanh toán không dùng tiền mặt."
        ),
        item("Điều 3", "Quyết định này có hiệu lực kể từ ngày ký."),
        item(
            "Điều 4",
            "Chánh Văn phòng và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        ),
    ),
    appendices=(
        Appendix(
            "DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG",
            None,
            "(Kèm theo Quyết định số 119/QĐ-UBND ngày 04 tháng 8 năm 2026 của Chủ tịch Ủy ban nhân dân xã Bến Đò Mẫu)",
            (
                Table(
                    ("STT", "Họ và tên", "Đơn vị"),
                    (("1", "Ngô Văn Thử", "Thôn Gò Thử"), ("2", "Lê Thị Nháp", "Thôn Đồng Mẫu")),
                ),
            ),
            landscape=True,
        ),
    ),
    signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu"),
    recipients=(Recipient("Như Điều 4"), Recipient("Sở Khoa học và Công nghệ"), FILED),
)

NOTICE = Document(
    Kind.NOTICE,
    number="31",
    symbol="TB-UBND",
    subject="Lịch tiếp công dân quý II năm 2026",
    period="2026-Q2",
    **_by(COMMUNE, "Bến Đò Mẫu", 26, 3),  # type: ignore[arg-type]
    body=(
        text("Ủy ban nhân dân xã thông báo lịch tiếp công dân quý II năm 2026 như sau:"),
        item("1", "Thời gian: sáng thứ Năm hằng tuần, từ 8 giờ."),
        item("2", "Địa điểm: phòng tiếp công dân, trụ sở Ủy ban nhân dân xã."),
        text("Ủy ban nhân dân xã thông báo để Nhân dân biết và thực hiện./."),
    ),
    signature=Signature(SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Văn Nháp"),
    recipients=(Recipient("Các thôn", "TH"), Recipient("Đài truyền thanh xã"), FILED),
)

LETTER = Document(
    Kind.LETTER,
    number="121",
    symbol="UBND-VHXH",
    subject="cung cấp số liệu tuyên truyền cải cách hành chính quý III",
    **_by(COMMUNE, "Bến Đò Mẫu", 8, 9),  # type: ignore[arg-type]
    body=(
        text("Kính gửi:"),
        item("-", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã;"),
        item("-", "Phòng Văn hóa - Xã hội;"),
        item("-", "Trưởng các thôn."),
        text("Ủy ban nhân dân xã đề nghị các đơn vị gửi số liệu quý III về Văn phòng để tổng hợp."),
        text("Rất mong các đơn vị quan tâm phối hợp./."),
    ),
    signature=DEPUTY,
    recipients=(Recipient("Như trên"), FILED),
)

LETTER_TO_ONE = Document(
    Kind.LETTER,
    number=None,
    symbol="TTPVHCC",
    subject="cử người tham gia tập huấn",
    issuer=CENTRE,
    place="Cây Đa Mẫu",
    date=PartialDate(None, 11, 2026),
    body=(
        text("Kính gửi: Sở Khoa học và Công nghệ tỉnh Sông Mẫu."),
        text("Trung tâm cử 02 người tham gia lớp tập huấn do Sở tổ chức./."),
    ),
    signature=Signature(None, None, "GIÁM ĐỐC", "Lê Thị Thử"),
    recipients=(Recipient("Như trên"), Recipient("Lưu: VT")),
)

SUBMISSION = Document(
    Kind.SUBMISSION,
    number="07",
    symbol="TTr-VHXH",
    subject="Về việc ban hành Kế hoạch tuyên truyền cải cách hành chính năm 2026",
    period="2026",
    **_by(DEPARTMENT, "Bến Đò Mẫu", 5, 1),  # type: ignore[arg-type]
    body=(
        text("Kính gửi: Ủy ban nhân dân xã Bến Đò Mẫu."),
        basis("Thực hiện ý kiến của Chủ tịch Ủy ban nhân dân xã tại cuộc họp giao ban đầu năm;"),
        text(
            "Phòng Văn hóa - Xã hội đã xây dựng dự thảo Kế hoạch và kính trình Ủy ban nhân dân xã xem xét./."
        ),
    ),
    signature=Signature(None, None, "TRƯỞNG PHÒNG", "Ngô Văn Thử"),
    recipients=(Recipient("Như trên"), Recipient("Lưu: VT")),
)

RESOLUTION = Document(
    Kind.RESOLUTION,
    number="12",
    symbol="NQ-HĐND",
    subject="Về nhiệm vụ phát triển kinh tế - xã hội năm 2026",
    period="2026",
    **_by(COUNCIL, "Bến Đò Mẫu", 18, 12, 2025),  # type: ignore[arg-type]
    body=(
        text("HỘI ĐỒNG NHÂN DÂN XÃ BẾN ĐÒ MẪU KHÓA II, KỲ HỌP THỨ 3"),
        _LAW,
        basis("Xét Tờ trình số 40/TTr-UBND ngày 10 tháng 12 năm 2025 của Ủy ban nhân dân xã."),
        text("QUYẾT NGHỊ:"),
        item("Điều 1", "Thông qua nhiệm vụ phát triển kinh tế - xã hội năm 2026 của xã."),
        item("Điều 2", "Ủy ban nhân dân xã tổ chức thực hiện Nghị quyết này."),
        text("Nghị quyết này được Hội đồng nhân dân xã thông qua ngày 18 tháng 12 năm 2025./."),
    ),
    signature=Signature(None, None, "CHỦ TỊCH", "Đỗ Thị Nháp"),
    recipients=(Recipient("Hội đồng nhân dân tỉnh", "BC"), Recipient("Đại biểu Hội đồng nhân dân xã"), FILED),
)

DIRECTIVE = Document(
    Kind.DIRECTIVE,
    number="02",
    symbol="CT-UBND",
    subject="Về việc tăng cường kỷ luật, kỷ cương hành chính",
    **_by(COMMUNE, "Bến Đò Mẫu", 3, 2),  # type: ignore[arg-type]
    body=(
        text("Để giữ nghiêm kỷ luật, kỷ cương, Chủ tịch Ủy ban nhân dân xã yêu cầu:"),
        item("1", "Các phòng làm việc đúng giờ, trả kết quả đúng hẹn."),
        item("2", "Văn phòng theo dõi và báo cáo hằng tháng./."),
    ),
    signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu"),
    recipients=(Recipient("Các phòng", "TH"), FILED),
)

GUIDANCE = Document(
    Kind.GUIDANCE,
    number="06",
    symbol="HD-UBND",
    subject="Nộp hồ sơ trực tuyến tại nhà",
    **_by(WARD, "Cây Đa Mẫu", 12, 5),  # type: ignore[arg-type]
    body=(
        text("Ủy ban nhân dân phường hướng dẫn các bước nộp hồ sơ như sau:"),
        heading("I", "CHUẨN BỊ"),
        item("1", "Giấy tờ cần nộp được chụp rõ, mỗi giấy một tệp."),
        item("2", "Tài khoản định danh đã được kích hoạt."),
        heading("II", "CÁC BƯỚC"),
        item("a", "Chọn thủ tục;"),
        item("b", "Điền tờ khai và gửi."),
        text("Vướng mắc xin báo về Văn phòng để được giải đáp./."),
    ),
    signature=Signature(SignatureMode.BY_AUTHORITY, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Văn Nháp"),
    recipients=(Recipient("Các tổ dân phố"), FILED),
)

PROGRAMME = Document(
    Kind.PROGRAMME,
    number="01",
    symbol="CTr-UBND",
    subject="Công tác năm 2026 của Ủy ban nhân dân xã",
    period="2026",
    **_by(COMMUNE, "Bến Đò Mẫu", 10, 1),  # type: ignore[arg-type]
    body=(
        heading("I", "TRỌNG TÂM"),
        item("1", "Nâng chất lượng phục vụ tại Trung tâm Phục vụ hành chính công."),
        item("2", "Giữ gìn các công trình thôn đã có."),
        heading("II", "TỔ CHỨC THỰC HIỆN"),
        text("Các phòng lập kế hoạch của mình trong tháng 01./."),
    ),
    signature=CHAIR,
    recipients=(Recipient("Đảng ủy xã", "BC"), Recipient("Các phòng", "TH"), FILED),
)

REGULATION = Document(
    Kind.REGULATION,
    issuer=COMMUNE,
    subject="Làm việc của Trung tâm Phục vụ hành chính công xã Bến Đò Mẫu",
    body=(
        text(
            "(Kèm theo Quyết định số 77/QĐ-UBND ngày 20 tháng 6 năm 2026 của Ủy ban nhân dân xã Bến Đò Mẫu)"
        ),
        heading("Chương I", "QUY ĐỊNH CHUNG"),
        heading("Điều 1", "Phạm vi điều chỉnh", 3),
        text("Quy chế này quy định cách làm việc của Trung tâm."),
        heading("Điều 2", "Nguyên tắc làm việc", 3),
        item("1", "Công khai, đúng hẹn, một đầu mối."),
        item("2", "Người dân không phải nộp giấy tờ cơ quan đã có."),
        heading("Chương II", "TỔ CHỨC THỰC HIỆN"),
        heading("Điều 3", "Trách nhiệm thi hành", 3),
        item("a", "Giám đốc Trung tâm tổ chức thực hiện;"),
        item("b", "Văn phòng theo dõi./."),
    ),
    signature=CHAIR,
)

MINUTES = Document(
    Kind.MINUTES,
    number="03",
    symbol="BB-UBND",
    issuer=COMMUNE,
    date=PartialDate(12, 8, 2026),
    subject="Hội nghị đối thoại với Nhân dân năm 2026",
    period="2026",
    body=(
        text("Thời gian bắt đầu: 8 giờ, ngày 12 tháng 8 năm 2026."),
        text("Địa điểm: hội trường Ủy ban nhân dân xã."),
        text("Thành phần tham dự: 120 đại biểu."),
        text("Chủ trì: ông Trần Văn Mẫu, Chủ tịch Ủy ban nhân dân xã."),
        text("Thư ký: bà Quách Thị Nháp."),
        text("Nội dung:"),
        item("1", "Có 18 ý kiến phát biểu về đất đai và giao thông."),
        item("2", "Chủ tịch Ủy ban nhân dân xã đã trả lời tại hội nghị."),
        text("Hội nghị kết thúc vào 11 giờ 30 phút cùng ngày./."),
    ),
    signature=Signature(None, None, "CHỦ TỌA", "Trần Văn Mẫu"),
    co_signers=(Signature(None, None, "THƯ KÝ", "Quách Thị Nháp"),),
    recipients=(Recipient("Các đại biểu"), Recipient("Lưu: VT")),
)

SCHEME = Document(
    Kind.OTHER,
    number="09",
    symbol="PA-UBND",
    subject="Phòng, chống lụt bão năm 2026",
    period="2026",
    **_by(COMMUNE, "Bến Đò Mẫu", 1, 7),  # type: ignore[arg-type]
    body=(
        heading("I", "MỤC ĐÍCH"),
        text("Giữ an toàn cho người, giảm thiệt hại về tài sản."),
        heading("II", "TỔ CHỨC THỰC HIỆN"),
        text("Các thôn lập đội trực, báo tình hình về Văn phòng trước 16 giờ hằng ngày./."),
    ),
    signature=Signature(SignatureMode.ACTING, None, "CHỦ TỊCH", "Trần Văn Mẫu"),
    recipients=(Recipient("Trưởng các thôn"), Recipient("Lưu: VT")),
)

INVITATION = replace(
    SCHEME,
    number="10",
    symbol="GM-UBND",
    subject="Dự hội nghị sơ kết công tác 6 tháng đầu năm 2026",
    period="2026-H1",
    body=(
        text("Ủy ban nhân dân xã trân trọng kính mời trưởng các thôn dự hội nghị sơ kết."),
        text("Hội nghị bắt đầu lúc 8 giờ tại hội trường xã./."),
    ),
)

EVERY: dict[str, Document] = {
    "bao-cao": REPORT,
    "ke-hoach": PLAN,
    "quyet-dinh": DECISION,
    "thong-bao": NOTICE,
    "cong-van": LETTER,
    "cong-van-mot-noi": LETTER_TO_ONE,
    "to-trinh": SUBMISSION,
    "nghi-quyet": RESOLUTION,
    "chi-thi": DIRECTIVE,
    "huong-dan": GUIDANCE,
    "chuong-trinh": PROGRAMME,
    "quy-che": REGULATION,
    "bien-ban": MINUTES,
    "khac": SCHEME,
    "giay-moi": INVITATION,
}


def blocks_of(document: Document) -> tuple[Block, ...]:
    """All blocks of the text and the appendices."""
    return (*document.body, *(block for one in document.appendices for block in one.blocks))
