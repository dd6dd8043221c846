"""The closed sets that lines of the ledger choose from."""

from __future__ import annotations

from django.db import models


class ActivityKind(models.TextChoices):
    """The eight channels of NĐ 49/2024/NĐ-CP, then what a commune does besides.

    Where dossiers are taken in is called in words that hold before and after 1/7/2025, when the one-stop desk became
    the Centre for public administration services (NĐ 118/2025/NĐ-CP, art. 10): a ledger has lines of both times.
    """

    RADIO = "radio", "Đài truyền thanh cấp xã"
    BOARD = "board", "Bảng tin công cộng"
    BULLETIN = "bulletin", "Bản tin thông tin cơ sở"
    LEAFLET = "leaflet", "Tài liệu không kinh doanh"
    SPEAKER = "speaker", "Tuyên truyền viên trực tiếp"
    WEBSITE = "website", "Cổng, trang thông tin điện tử"
    SOCIAL = "social", "Mạng xã hội, ứng dụng nhắn tin"
    MESSAGE = "message", "Tin nhắn viễn thông"
    MEETING = "meeting", "Hội nghị, cuộc họp"
    GUIDANCE = "guidance", "Hướng dẫn tại nơi tiếp nhận hồ sơ"
    TRAINING = "training", "Tập huấn, bồi dưỡng"
    CONTEST = "contest", "Cuộc thi tìm hiểu"
    POSTING = "posting", "Niêm yết thủ tục hành chính"
    ONESTOP = "onestop", "Kết quả tiếp nhận, giải quyết hồ sơ"
    SUPPORT = "support", "Hỗ trợ dịch vụ công trực tuyến"


class ReformField(models.TextChoices):
    """The six contents of NQ 76/NQ-CP of 15/7/2021, and steering."""

    INSTITUTIONS = "the-che", "Cải cách thể chế"
    PROCEDURES = "thu-tuc", "Cải cách thủ tục hành chính"
    ORGANISATION = "bo-may", "Cải cách tổ chức bộ máy"
    CIVIL_SERVICE = "cong-vu", "Cải cách chế độ công vụ"
    FINANCE = "tai-chinh-cong", "Cải cách tài chính công"
    DIGITAL = "chinh-quyen-so", "Xây dựng, phát triển chính quyền số"
    STEERING = "chi-dao", "Chỉ đạo, điều hành"


class Exactness(models.TextChoices):
    """How exactly a number is known, in the words of reports."""

    EXACT = "", "đúng"
    MORE_THAN = "hơn", "hơn"
    OVER = "trên", "trên"
    NEARLY = "gần", "gần"
    ABOUT = "khoảng", "khoảng"
    AT_LEAST = "ít nhất", "ít nhất"


class Basis(models.TextChoices):
    """What a count rests on."""

    EVENT = "su-kien", "Ghi từng lần"
    BOOK = "so", "Theo sổ"
    SYSTEM = "he-thong", "Hệ thống tự đếm"
    ESTIMATE = "uoc-tinh", "Ước tính"
