"""What is asked and what is answered: the description that programs read is made of these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.procedures.rules import Channel, Level, Standing
from dinhlang.work.models import ReformField

MOST_PAGES = 500
MOST_PER_PAGE = 100
T = TypeVar("T")


# --- what is asked --------------------------------------------------------------------------------


class Paging(Schema):
    page: int = Field(1, ge=1, le=MOST_PAGES, description="Trang thứ mấy.")
    per_page: int = Field(20, ge=1, le=MOST_PER_PAGE, description="Số mục trong một trang.")


class ItemsAsked(Paging):
    column: str = Field("", max_length=80, description="Chuyên mục, viết như trong địa chỉ của chuyên mục.")
    field: ReformField | None = Field(None, description="Lĩnh vực cải cách hành chính.")
    kind: Kind | None = Field(None, description="Thể loại.")
    since: date | None = Field(None, description="Chỉ tin đăng hoặc sửa nội dung từ ngày này (2026-01-31).")


class ProceduresAsked(Paging):
    field: str = Field("", max_length=250, description="Lĩnh vực, viết có dấu hoặc như trong địa chỉ.")
    words: str = Field("", max_length=100, description="Từ cần tìm trong mã, tên, lĩnh vực; không cần dấu.")


class IndicatorsAsked(Paging):
    concept: str = Field("", max_length=40, description="Chỉ tiêu, viết như “concept” trong câu trả lời.")
    since: date | None = Field(None, description="Chỉ số liệu của khoảng thời gian kết thúc từ ngày này.")


# --- what is answered -----------------------------------------------------------------------------


class Error(Schema):
    message: str = Field(description="Sai ở đâu và cần làm gì.")
    parameter: str = Field("", description="Tham số sai, nếu lỗi ở một tham số.")


class Listing(Schema, Generic[T]):
    total: int = Field(description="Tổng số mục khớp với yêu cầu.")
    page: int = Field(description="Trang này.")
    next: str | None = Field(description="Địa chỉ trang sau; null ở trang cuối.")
    results: list[T]


class ColumnOut(Schema):
    slug: str
    name: str
    url: str


class PictureOut(Schema):
    url: str
    alternative: str = Field(description="Mô tả ảnh bằng lời.")
    caption: str = ""
    credit: str = ""


class CitedOut(Schema):
    title: str
    symbol: str
    issued_on: date | None
    url: str | None


class ChangeOut(Schema):
    at: datetime
    is_correction: bool = Field(description="Đúng nếu là đính chính.")
    note: str


class ItemOut(Schema):
    slug: str
    kind: Kind
    title: str
    lead: str
    column: ColumnOut | None
    field: str = Field(description="Lĩnh vực cải cách hành chính; trống nếu không thuộc lĩnh vực nào.")
    published_at: datetime
    updated_at: datetime = Field(description="Lúc đăng hoặc sửa nội dung gần nhất.")
    url: str | None = Field(description="Trang cho người đọc.")
    data: str = Field(description="Cả bài ở dạng JSON.")


class ItemWhole(ItemOut):
    body: str = Field(description="Nội dung, HTML chỉ gồm các thẻ đơn giản.")
    question: str
    byline: str
    source: str
    source_url: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    recording: str | None = Field(description="Tệp âm thanh.")
    pictures: list[PictureOut]
    documents: list[CitedOut] = Field(description="Văn bản được trích dẫn.")
    changes: list[ChangeOut] = Field(description="Các lần sửa nội dung, mới nhất trước.")


class ProcedureOut(Schema):
    code: str
    name: str
    field: str
    levels: list[Level]
    is_online: bool
    starts_on: date | None = Field(description="Ngày bản hiện hành có hiệu lực; null nếu không rõ.")
    url: str
    data: str = Field(description="Cả thủ tục ở dạng JSON.")


class MethodOut(Schema):
    channel: Channel
    name: str
    time_limit: str = Field(description="Thời hạn, nguyên văn.")
    duration: str | None = Field(description="Thời hạn theo ISO 8601; chuẩn này không biết ngày làm việc.")
    fee: str = Field(description="Phí, lệ phí, nguyên văn cả phần miễn giảm.")
    note: str


class PaperOut(Schema):
    name: str
    originals: int | None
    copies: int | None
    quantity: str
    form: str
    group: str


class OutcomeOut(Schema):
    name: str
    code: str


class LegalOut(Schema):
    number: str
    title: str
    issued: str
    issuer: str


class DifferenceOut(Schema):
    part: str
    before: str
    after: str
    sentence: str


class VersionOut(Schema):
    number: int
    starts_on: date | None
    ends_on: date | None = Field(description="Ngày đầu tiên không còn hiệu lực; null nếu chưa có.")
    is_shown: bool = Field(description="Đúng với bản mà câu trả lời này mô tả.")
    decision: str = Field(description="Số quyết định công bố bản này; trống nếu không rõ.")
    differences: list[DifferenceOut] = Field(description="Khác gì so với bản ngay trước.")


class ProcedureWhole(Schema):
    code: str
    name: str
    standing: Standing
    field: str
    levels: list[Level]
    kind: str
    summary: str
    steps: str
    methods: list[MethodOut]
    fees: str
    papers: list[PaperOut]
    sets: str
    applicants: str
    decided_by: str
    carried_out_by: str
    authorised: str
    cooperating: str
    reception: str
    results: list[OutcomeOut]
    conditions: str
    legal: list[LegalOut]
    related: str
    keywords: str
    replaced_by: str | None = Field(description="Mã thủ tục thay thế, khi thủ tục này đã hết hiệu lực.")
    versions: list[VersionOut] = Field(description="Các bản, cũ nhất trước.")
    url: str
    linked_data: str = Field(description="Thủ tục này theo CPSV-AP 3.2 (JSON-LD).")


class FileOut(Schema):
    form: str
    url: str


class DocumentOut(Schema):
    number: str
    issued_on: date
    subject: str
    period: str
    window_from: date
    window_to: date
    published_on: date = Field(description="Ngày công khai.")
    replaced_by: str | None = Field(description="Trang của văn bản thay thế, nếu có.")
    url: str
    files: list[FileOut]


class ReportOut(Schema):
    number: str
    issued_on: date
    period: str
    url: str


class IndicatorOut(Schema):
    concept: str
    label: str
    unit: str | None = Field(description="Đơn vị tính.")
    window_from: date
    window_to: date
    value: int | float | None = Field(description="null khi chưa có minh chứng; 0 là biết chắc không có.")
    numerator: int | None
    denominator: int | None
    exactness: str | None = Field(description="Từ chỉ độ gần đúng đứng trước số, như “hơn”.")
    origin: str = Field(description="ledger: sổ theo dõi; archive: văn bản cũ; plan: kế hoạch.")
    lines: int = Field(description="Số dòng sổ theo dõi đứng sau số này.")
    report: ReportOut
    evidence: str = Field(description="Trang cho xem những gì đứng sau số này.")
