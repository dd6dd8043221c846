"""What is asked and what is answered: the description that programs read is made of these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.opendata.rules import ReportStanding
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.procedures.rules import Channel, Level, Standing
from dinhlang.work.models import ReformField

MOST_PAGES = 500
MOST_PER_PAGE = 100
T = TypeVar("T")


# --- what is asked --------------------------------------------------------------------------------


class Paging(Schema):
    page: int = Field(1, ge=1, le=MOST_PAGES, description="Trang thứ mấy, từ 1 đến 500.")
    per_page: int = Field(20, ge=1, le=MOST_PER_PAGE, description="Số mục trong một trang, không quá 100.")


class ItemsAsked(Paging):
    column: str = Field("", max_length=80, description="Chuyên mục, viết như trong địa chỉ của chuyên mục.")
    field: ReformField | None = Field(None, description="Lĩnh vực cải cách hành chính.")
    kind: Kind | None = Field(None, description="Thể loại.")
    since: date | None = Field(None, description="Chỉ tin đăng hoặc sửa nội dung từ ngày này (2026-01-31).")


class ProceduresAsked(Paging):
    field: str = Field("", max_length=250, description="Lĩnh vực, viết có dấu hoặc như trong địa chỉ.")
    words: str = Field("", max_length=100, description="Từ cần tìm trong mã, tên, lĩnh vực; không cần dấu.")


class DocumentsAsked(Paging):
    kind: PaperKind | None = Field(None, description="Chỉ văn bản loại này.")


class IndicatorsAsked(Paging):
    concept: str = Field("", max_length=40, description="Chỉ tiêu, viết như “concept” trong câu trả lời.")
    since: date | None = Field(None, description="Chỉ số liệu của khoảng thời gian kết thúc từ ngày này.")


class AnswersAsked(Paging):
    category: str = Field(
        "", max_length=20, description="Mã lĩnh vực, viết như “category” trong câu trả lời."
    )
    since: date | None = Field(None, description="Chỉ câu trả lời công khai từ ngày này (2026-01-31).")


class StandingsAsked(Paging):
    year: int | None = Field(None, ge=2000, le=2100, description="Năm của kỳ báo cáo; không ghi thì năm nay.")
    programme: str = Field(
        "", max_length=40, description="Chương trình báo cáo, như “programme” trong câu trả lời."
    )
    on: date | None = Field(None, description="Tính đến hết ngày này (2026-01-31); không ghi thì hôm nay.")


# --- what is answered -----------------------------------------------------------------------------


class Error(Schema):
    message: str = Field(description="Sai ở đâu và cần làm gì.")
    parameter: str = Field("", description="Tham số sai, nếu lỗi ở một tham số.")


class Listing(Schema, Generic[T]):
    total: int = Field(description="Tổng số mục khớp với yêu cầu.")
    page: int = Field(description="Trang này.")
    next: str | None = Field(description="Địa chỉ trang sau; null ở trang cuối.")
    results: list[T] = Field(description="Các mục của trang này.")


class ColumnOut(Schema):
    slug: str = Field(description="Tên trong địa chỉ.")
    name: str = Field(description="Tên chuyên mục.")
    url: str = Field(description="Trang của chuyên mục.")


class PictureOut(Schema):
    url: str = Field(description="Ảnh rộng không quá 480 điểm.")
    alternative: str = Field(description="Mô tả ảnh bằng lời.")
    caption: str = Field(description="Chú thích.")
    credit: str = Field(description="Người chụp.")


class CitedOut(Schema):
    title: str = Field(description="Trích yếu.")
    symbol: str = Field(description="Số, ký hiệu.")
    issued_on: date | None = Field(description="Ngày ban hành.")
    url: str | None = Field(description="Tệp hoặc địa chỉ của văn bản.")


class ChangeOut(Schema):
    at: datetime = Field(description="Lúc sửa.")
    is_correction: bool = Field(description="Đúng nếu là đính chính.")
    note: str = Field(description="Sửa gì.")


class ItemOut(Schema):
    slug: str = Field(description="Tên trong địa chỉ, không trùng trong một xã.")
    kind: Kind = Field(description="Thể loại.")
    title: str = Field(description="Tiêu đề.")
    lead: str = Field(description="Tóm tắt.")
    column: ColumnOut | None = Field(description="Chuyên mục.")
    field: str = Field(description="Lĩnh vực cải cách hành chính; trống nếu không thuộc lĩnh vực nào.")
    published_at: datetime = Field(description="Lúc đăng lần đầu.")
    updated_at: datetime = Field(description="Lúc đăng hoặc sửa nội dung gần nhất.")
    url: str | None = Field(description="Trang cho người đọc.")
    data: str = Field(description="Cả bài ở dạng JSON.")


class ItemWhole(ItemOut):
    body: str = Field(description="Nội dung, HTML chỉ gồm các thẻ đơn giản.")
    question: str = Field(description="Câu hỏi của người dân, khi là hỏi đáp.")
    byline: str = Field(description="Tác giả.")
    source: str = Field(description="Nguồn.")
    source_url: str = Field(description="Địa chỉ nguồn.")
    starts_at: datetime | None = Field(description="Lúc bắt đầu, khi là sự kiện.")
    ends_at: datetime | None = Field(description="Lúc kết thúc, khi là sự kiện.")
    place: str = Field(description="Địa điểm, khi là sự kiện.")
    recording: str | None = Field(description="Tệp âm thanh.")
    pictures: list[PictureOut] = Field(description="Ảnh, mỗi ảnh có mô tả bằng lời.")
    documents: list[CitedOut] = Field(description="Văn bản được trích dẫn.")
    changes: list[ChangeOut] = Field(description="Các lần sửa nội dung, mới nhất trước.")


class ProcedureOut(Schema):
    code: str = Field(description="Mã ngắn, không đổi.")
    name: str = Field(description="Tên thủ tục.")
    field: str = Field(description="Lĩnh vực.")
    levels: list[Level] = Field(description="Cấp thực hiện.")
    is_online: bool = Field(description="Đúng nếu nộp được qua mạng.")
    starts_on: date | None = Field(description="Ngày bản hiện hành có hiệu lực; null nếu không rõ.")
    url: str = Field(description="Trang cho người đọc.")
    data: str = Field(description="Cả thủ tục ở dạng JSON.")


class MethodOut(Schema):
    channel: Channel = Field(description="Cách nộp.")
    name: str = Field(description="Tên cách nộp, nguyên văn.")
    time_limit: str = Field(description="Thời hạn, nguyên văn.")
    duration: str | None = Field(description="Thời hạn theo ISO 8601; chuẩn này không biết ngày làm việc.")
    fee: str = Field(description="Phí, lệ phí, nguyên văn cả phần miễn giảm.")
    note: str = Field(description="Ghi chú.")


class PaperOut(Schema):
    name: str = Field(description="Tên giấy tờ.")
    originals: int | None = Field(description="Số bản chính.")
    copies: int | None = Field(description="Số bản sao.")
    quantity: str = Field(description="Số lượng, nguyên văn.")
    form: str = Field(description="Mẫu phải dùng.")
    group: str = Field(description="Nhóm giấy tờ.")


class OutcomeOut(Schema):
    name: str = Field(description="Tên kết quả.")
    code: str = Field(description="Mã kết quả.")


class LegalOut(Schema):
    number: str = Field(description="Số, ký hiệu.")
    title: str = Field(description="Trích yếu.")
    issued: str = Field(description="Ngày ban hành, nguyên văn.")
    issuer: str = Field(description="Cơ quan ban hành.")


class DifferenceOut(Schema):
    part: str = Field(description="Phần thay đổi.")
    before: str = Field(description="Trước ghi gì.")
    after: str = Field(description="Nay ghi gì.")
    sentence: str = Field(description="Thay đổi nói thành câu.")


class VersionOut(Schema):
    number: int = Field(description="Bản thứ mấy.")
    starts_on: date | None = Field(description="Ngày bắt đầu có hiệu lực; null nếu không rõ.")
    ends_on: date | None = Field(description="Ngày đầu tiên không còn hiệu lực; null nếu chưa có.")
    is_shown: bool = Field(description="Đúng với bản mà câu trả lời này mô tả.")
    decision: str = Field(description="Số quyết định công bố bản này; trống nếu không rõ.")
    differences: list[DifferenceOut] = Field(description="Khác gì so với bản ngay trước.")


class ProcedureWhole(Schema):
    code: str = Field(description="Mã ngắn, không đổi.")
    name: str = Field(description="Tên thủ tục.")
    standing: Standing = Field(description="Tình trạng hiệu lực.")
    field: str = Field(description="Lĩnh vực.")
    levels: list[Level] = Field(description="Cấp thực hiện.")
    kind: str = Field(description="Loại thủ tục.")
    summary: str = Field(description="Tóm tắt.")
    steps: str = Field(description="Trình tự thực hiện.")
    methods: list[MethodOut] = Field(description="Cách nộp, thời hạn và phí của từng cách.")
    fees: str = Field(description="Phí, lệ phí chung, nguyên văn cả phần miễn giảm.")
    papers: list[PaperOut] = Field(description="Thành phần hồ sơ.")
    sets: str = Field(description="Số bộ hồ sơ.")
    applicants: str = Field(description="Đối tượng thực hiện.")
    decided_by: str = Field(description="Cơ quan có thẩm quyền.")
    carried_out_by: str = Field(description="Cơ quan thực hiện.")
    authorised: str = Field(description="Cơ quan được ủy quyền.")
    cooperating: str = Field(description="Cơ quan phối hợp.")
    reception: str = Field(description="Nơi tiếp nhận.")
    results: list[OutcomeOut] = Field(description="Kết quả nhận được.")
    conditions: str = Field(description="Yêu cầu, điều kiện.")
    legal: list[LegalOut] = Field(description="Căn cứ pháp lý.")
    related: str = Field(description="Thủ tục liên quan.")
    keywords: str = Field(description="Từ khóa.")
    replaced_by: str | None = Field(description="Mã thủ tục thay thế, khi thủ tục này đã hết hiệu lực.")
    versions: list[VersionOut] = Field(description="Các bản, cũ nhất trước.")
    url: str = Field(description="Trang cho người đọc.")
    linked_data: str = Field(description="Thủ tục này theo CPSV-AP 3.2 (JSON-LD).")


class FileOut(Schema):
    form: str = Field(description="Dạng tệp.")
    url: str = Field(description="Địa chỉ tệp.")


class DocumentOut(Schema):
    kind: PaperKind = Field(description="Loại văn bản.")
    number: str = Field(description="Số, ký hiệu.")
    issued_on: date | None = Field(description="Ngày ban hành; null nếu không rõ.")
    issuer: str = Field(description="Cơ quan ban hành.")
    subject: str = Field(description="Trích yếu.")
    period: str | None = Field(description="Kỳ báo cáo, khi là báo cáo.")
    window_from: date | None = Field(description="Số liệu tính từ ngày, khi là báo cáo.")
    window_to: date | None = Field(description="Số liệu tính đến hết ngày, khi là báo cáo.")
    published_on: date = Field(description="Ngày công khai.")
    replaced_by: str | None = Field(description="Trang của văn bản thay thế, nếu có.")
    procedures: list[str] = Field(description="Mã các thủ tục mà quyết định công bố.")
    url: str = Field(description="Trang cho người đọc.")
    files: list[FileOut] = Field(description="Các tệp của văn bản và số liệu.")


class ReportOut(Schema):
    number: str = Field(description="Số, ký hiệu.")
    issued_on: date = Field(description="Ngày ban hành.")
    period: str = Field(description="Kỳ báo cáo.")
    url: str = Field(description="Trang của báo cáo.")


class IndicatorOut(Schema):
    concept: str = Field(description="Mã chỉ tiêu.")
    label: str = Field(description="Tên chỉ tiêu.")
    unit: str | None = Field(description="Đơn vị tính.")
    window_from: date = Field(description="Tính từ ngày.")
    window_to: date = Field(description="Tính đến hết ngày.")
    value: int | float | None = Field(description="null khi chưa có minh chứng; 0 là biết chắc không có.")
    numerator: int | None = Field(description="Tử số, khi là tỷ lệ.")
    denominator: int | None = Field(description="Mẫu số, khi là tỷ lệ.")
    exactness: str | None = Field(description="Từ chỉ độ gần đúng đứng trước số, như “hơn”.")
    origin: str = Field(description="ledger: sổ theo dõi; archive: văn bản cũ; plan: kế hoạch.")
    lines: int = Field(description="Số dòng sổ theo dõi đứng sau số này.")
    report: ReportOut = Field(description="Báo cáo ghi số này.")
    evidence: str = Field(description="Trang cho xem những gì đứng sau số này.")


class SourceOut(Schema):
    document: str = Field(description="Văn bản ghi số này.")
    place: str = Field(description="Chỗ trong văn bản.")


class CountOut(Schema):
    counted_by: str = Field(description="Đơn vị đã đếm và báo cáo.")
    concept: str | None = Field(description="Mã chỉ tiêu; null khi sổ theo dõi không có chỉ tiêu này.")
    label: str = Field(description="Tên chỉ tiêu.")
    unit: str = Field(description="Đơn vị tính.")
    period: str = Field(description="Kỳ báo cáo.")
    window_from: date = Field(description="Kỳ ấy theo lịch, từ ngày.")
    window_to: date = Field(description="Kỳ ấy theo lịch, đến hết ngày.")
    value: int = Field(description="Số đã báo cáo.")
    exactness: str | None = Field(description="Từ chỉ độ gần đúng đứng trước số, như “hơn”.")
    source: SourceOut = Field(description="Số lấy từ đâu.")


class StandingOut(Schema):
    unit: str = Field(description="Mã đơn vị trong phần mềm, không đổi.")
    unit_code: str = Field(description="Mã đơn vị hành chính theo danh mục nhà nước; trống nếu chưa có.")
    unit_name: str = Field(description="Tên đơn vị vào ngày as_of.")
    programme: str = Field(description="Mã chương trình báo cáo.")
    period: str = Field(description="Kỳ báo cáo: 2026-Q3, 2026-H1, 2026-9M, 2026.")
    window_from: date | None = Field(description="Số liệu của kỳ tính từ ngày.")
    window_to: date | None = Field(description="Số liệu của kỳ tính đến hết ngày.")
    due_on: date = Field(description="Hạn gửi theo chế độ báo cáo.")
    limit: date = Field(description="Hạn đang áp dụng; khác due_on khi được lùi hạn.")
    standing: ReportStanding = Field(
        description=(
            "not-yet: chưa đến hạn; extended: được lùi hạn; late: quá hạn, chưa nộp; returned: bị trả lại; "
            "done: nộp đúng hạn; done-late: nộp muộn; released: thôi phải nộp."
        )
    )
    done_on: date | None = Field(description="Ngày nộp lần đầu của báo cáo đang giữ; null khi chưa nộp.")
    is_due: bool = Field(description="Đúng nếu được tính vào mẫu số của hai tỷ lệ.")
    is_complete: bool = Field(description="Đúng nếu được tính là đã nộp (tỷ lệ đầy đủ).")
    is_timely: bool = Field(description="Đúng nếu được tính là nộp đúng hạn (tỷ lệ đúng hạn).")
    figures: int = Field(description="Số các số liệu trong báo cáo; 0 khi chưa đếm.")
    figures_with_evidence: int = Field(description="Số các số liệu có minh chứng.")
    evidence_share: float | None = Field(description="Phần trăm số liệu có minh chứng.")
    copied_share: float | None = Field(description="Phần trăm lời văn trùng báo cáo năm trước.")
    findings: int | None = Field(
        description="Số điều phần mềm thấy cần sửa trong báo cáo; null khi chưa kiểm tra."
    )
    as_of: date = Field(description="Tính đến hết ngày này.")


class AnswerOut(Schema):
    id: str = Field(description="Mã của cặp câu hỏi, trả lời.")
    title: str = Field(description="Tiêu đề; trống nếu xã không đặt.")
    question: str = Field(description="Câu hỏi, đã bỏ thông tin riêng.")
    answer: str = Field(description="Câu trả lời.")
    category: str = Field(description="Mã lĩnh vực.")
    category_name: str = Field(description="Tên lĩnh vực.")
    hamlet: str | None = Field(description="Mã thôn, tổ dân phố; null nếu không rõ.")
    hamlet_name: str = Field(description="Tên thôn, tổ dân phố.")
    received_on: date = Field(description="Ngày nhận.")
    answered_on: date | None = Field(description="Ngày trả lời.")
    reopened_on: date | None = Field(description="Ngày mở lại, nếu đây là câu trả lời sau khi xem lại.")
    published_at: datetime = Field(description="Lúc công khai.")
    url: str = Field(description="Trang cho người đọc.")
