"""What stands in the files of open data and in the feeds: one description for the files themselves, for programs and for people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.portal.api.schemas import AnswerOut
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.registry import SiteNow


def about(row: type[Schema]) -> dict[str, str]:
    """What each column of a file is, by name, in the order of the file."""
    return {
        field.serialization_alias or name: field.description or "" for name, field in row.model_fields.items()
    }


def head(site: SiteNow, title: str, *, url: str, page: str, row: type[Schema]) -> dict[str, Any]:
    """What stands above the rows of a file (`File`); `url` and `page` are addresses of the site."""
    return {
        "title": f"{title} – {site.body}",
        "publisher": site.body,
        "url": absolute(site, url),
        "described_at": absolute(site, page),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "columns": [{"name": name, "about": words} for name, words in about(row).items()],
    }


class FileColumn(Schema):
    name: str = Field(description="Tên cột.")
    about: str = Field(description="Cột ghi gì.")


class File(Schema):
    title: str = Field(description="Tên của tệp.")
    publisher: str = Field(description="Đơn vị công khai.")
    url: str = Field(description="Địa chỉ của tệp, không đổi.")
    described_at: str = Field(description="Trang cho người đọc.")
    licence: str = Field(description="Giấy phép dùng lại (SPDX).")
    licence_url: str = Field(description="Toàn văn giấy phép.")
    columns: list[FileColumn] = Field(description="Các cột, theo thứ tự trong tệp CSV.")


# --- feedback ---------------------------------------------------------------------------------------


class AnswersFile(File):
    rows: list[AnswerOut] = Field(description="Các cặp câu hỏi, trả lời, công khai gần nhất đứng trước.")


class AnswerFigures(Schema):
    category: str | None = Field(description="Mã lĩnh vực; null ở dòng tính chung.")
    category_name: str = Field(description="Tên lĩnh vực.")
    received: int = Field(description="Số phản ánh đã nhận.")
    answered: int = Field(description="Trong đó đã trả lời.")
    answered_with_promised_day: int = Field(description="Trong số đã trả lời, số có ngày hẹn.")
    answered_in_time: int = Field(description="Trong số có ngày hẹn, số trả lời đúng hẹn.")
    timely_share: float | None = Field(
        description="Phần trả lời đúng hẹn, từ 0 đến 1; null khi chưa trả lời việc nào có ngày hẹn."
    )
    median_days: int | None = Field(
        description="Một nửa được trả lời trong số ngày làm việc này; null khi có quá ít câu trả lời."
    )
    ninetieth_days: int | None = Field(
        description="Chín phần mười được trả lời trong số ngày làm việc này; null khi có quá ít câu trả lời."
    )
    rated: int = Field(description="Số người gửi đã đánh giá.")
    content: int | None = Field(description="Trong đó hài lòng, rất hài lòng; null khi có quá ít đánh giá.")


class AnswerFiguresFile(File):
    received_from: date = Field(description="Đếm phản ánh nhận từ ngày.")
    received_until: date = Field(description="Đếm phản ánh nhận đến hết ngày.")
    unit_of_time: str = Field(description="Ngày được đếm thế nào.")
    least_answered: int = Field(
        description="Dưới số này thì không ghi số ngày và số hài lòng, để không nhận ra ai."
    )
    rows: list[AnswerFigures] = Field(description="Dòng tính chung, rồi từng lĩnh vực.")


# --- the one-stop counter ---------------------------------------------------------------------------


class DossierFigures(Schema):
    part: Literal["month", "field", "year"] = Field(
        description="Phần: month (một tháng), field (một lĩnh vực trong năm) hoặc year (cả năm)."
    )
    name: str = Field(description="Tháng (năm-tháng), tên lĩnh vực hoặc năm.")
    received: int = Field(description="Hồ sơ mới tiếp nhận.")
    carried: int = Field(description="Hồ sơ từ kỳ trước chuyển sang.")
    solved: int = Field(description="Hồ sơ đã giải quyết.")
    in_time: int = Field(description="Trong đó trước hạn và đúng hạn.")
    late: int = Field(description="Trong đó quá hạn.")
    open: int = Field(description="Hồ sơ đang giải quyết cuối kỳ.")
    open_late: int = Field(description="Trong đó đã quá hạn.")
    in_time_percent: float | None = Field(
        description="Tỷ lệ trước và đúng hạn trên số đã giải quyết có hạn (%); trống khi chưa có hồ sơ nào như vậy."
    )


class DossiersFile(File):
    source: str = Field(description="Đếm từ đâu, theo cách nào.")
    counted_at: datetime = Field(description="Đếm lúc.")
    since: date = Field(serialization_alias="from", description="Đếm từ ngày.")
    until: date = Field(description="Đếm đến hết ngày.")
    least_of_a_field: int = Field(
        description="Lĩnh vực có ít hồ sơ hơn số này thì gộp chung, để không nhận ra ai."
    )
    rows: list[DossierFigures] = Field(description="Từng tháng, từng lĩnh vực, rồi cả năm.")


# --- surveys ----------------------------------------------------------------------------------------


class SurveyFigures(Schema):
    round: str = Field(description="Mã đợt.")
    survey: str = Field(description="Tên phiếu.")
    round_title: str = Field(description="Tên đợt.")
    opens_on: date = Field(description="Từ ngày.")
    closes_on: date = Field(description="Đến hết ngày.")
    method: Method = Field(
        description=(
            "Cách tính chỉ số: A là tỷ lệ hài lòng và rất hài lòng, B là điểm trung bình chia 5 nhân 100, "
            "C là điểm trung bình đưa về thang 0–100. Số của hai cách không so sánh với nhau được."
        )
    )
    same_form: bool = Field(
        description="Phiếu đo như đợt trước của cùng cách tính (true, false); đợt đầu tiên là true."
    )
    people: int = Field(description="Số phiếu của đợt.")
    asked: int | None = Field(description="Số phiếu đã phát; trống khi ai cũng trả lời được nên không rõ.")
    response_percent: float | None = Field(description="Tỷ lệ trả lời (%); trống khi không rõ.")
    part: Literal["index", "factor", "overall", "question", "option", "group"] = Field(
        description=(
            "Phần: index (chỉ số chung), factor (yếu tố), overall (câu đánh giá chung), question (câu hỏi), "
            "option (lựa chọn), group (nhóm)."
        )
    )
    name: str = Field(description="Yếu tố hoặc câu hỏi.")
    choice: str = Field(description="Lựa chọn hoặc nhóm.")
    index: float | None = Field(description="Chỉ số từ 0 đến 100.")
    low: float | None = Field(description="Khoảng tin cậy 95% (Wilson), từ.")
    high: float | None = Field(description="Khoảng tin cậy 95% (Wilson), đến.")
    index_people: int | None = Field(description="Số người có câu trả lời tính điểm.")
    scored: int | None = Field(description="Số câu trả lời tính điểm.")
    not_applicable: int | None = Field(description="Số câu trả lời không áp dụng, không có trong mẫu số.")
    count: int | None = Field(
        description=(
            "Số người trả lời câu hỏi, số lần chọn, hoặc số phiếu của nhóm; trống khi dưới 10 người hoặc được ẩn."
        )
    )
    hidden: bool = Field(description="true khi được ẩn vì dưới 10 người, hoặc để không tính ngược ra được.")


class SurveysFile(File):
    least_of_a_group: int = Field(description="Nhóm có ít người hơn số này thì được ẩn.")
    rows: list[SurveyFigures] = Field(description="Các dòng của từng đợt.")


# --- contests ---------------------------------------------------------------------------------------


class LotsFile(Schema):
    format: Literal["dinhlang-lots/1"] = Field(description="Dạng của tệp.")
    contest: str = Field(description="Tên cuộc thi.")
    week: int = Field(description="Tuần thi thứ mấy.")
    commitment: str = Field(description="SHA-256 của hạt giống, công khai trước khi mở tuần thi.")
    seed: str = Field(description="Hạt giống.")
    public_source: str = Field(description="Số công khai trộn vào lấy ở đâu; trống nếu không trộn.")
    public_value: str = Field(description="Số công khai đã trộn; trống nếu không trộn.")
    number: int = Field(description="Lần bốc thăm.")
    lots: int = Field(description="Số bài được bốc.")
    entries: list[str] = Field(description="Mã các bài đúng tất cả, được bốc thăm.")
    winners: list[str] = Field(
        description="Mã các bài trúng: thăm là SHA-256 của “hạt giống|số công khai|lần bốc thăm|mã bài”, nhỏ nhất trúng trước."
    )


# --- feeds (JSON Feed 1.1) --------------------------------------------------------------------------


class FeedAuthor(Schema):
    name: str = Field(description="Đơn vị trả lời.")


class FeedItem(Schema):
    id: str = Field(description="Mã của mục, không đổi.")
    url: str = Field(description="Trang cho người đọc.")
    title: str = Field(description="Tiêu đề.")
    content_text: str = Field(description="Câu hỏi đã bỏ thông tin riêng, rồi câu trả lời.")
    date_published: datetime = Field(description="Công khai lần đầu lúc.")
    date_modified: datetime = Field(description="Công khai bản này lúc.")
    authors: list[FeedAuthor] = Field(description="Đơn vị trả lời.")
    tags: list[str] = Field(description="Lĩnh vực, thôn.")
    language: str = Field(description="Ngôn ngữ.")


class JsonFeed(Schema):
    version: str = Field(description="Bản của chuẩn JSON Feed.")
    title: str = Field(description="Tên nguồn tin.")
    home_page_url: str = Field(description="Trang cho người đọc.")
    feed_url: str = Field(description="Địa chỉ nguồn tin này.")
    language: str = Field(description="Ngôn ngữ.")
    items: list[FeedItem] = Field(description="Mục mới nhất đứng trước, nhiều nhất 30 mục.")
