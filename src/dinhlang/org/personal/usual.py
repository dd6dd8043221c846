"""What rooms declare alike: who of the office did something, what officials write about their work, documents of the office.

All of it is the record of the office, kept as long as its row, and readable for the database: lists are sorted and searched by it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Personal, Retention

_DUTY = _("Trách nhiệm công vụ; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
_ARCHIVE = _("Luật Lưu trữ 33/2024/QH15; Nghị định 30/2020/NĐ-CP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
_PRESS = _("Luật Tiếp cận thông tin 01/2026/QH16; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
WITH_THE_ROW = Retention(None)
AS_RECORD = Retention(None, until=_("theo thời hạn lưu trữ hồ sơ của cơ quan"))

OFFICIAL = Personal(
    _("cho biết ai đã làm việc này"),
    _DUTY,
    WITH_THE_ROW,
    open_because=_("người thi hành công vụ; nhật ký và danh sách phải đọc, sắp xếp được"),
)
SAID = Personal(
    _("ghi lại lý do, ý kiến khi làm việc này"),
    _DUTY,
    WITH_THE_ROW,
    open_because=_("lời của người thi hành công vụ về công việc, không ghi về người dân"),
)
DOCUMENT = Personal(
    _("soạn, lưu và tra cứu văn bản của cơ quan"),
    _ARCHIVE,
    AS_RECORD,
    open_because=_("văn bản của cơ quan phải tìm được theo chữ"),
)
EVIDENCE = Personal(
    _("chứng minh hoạt động đã làm, có ai tham gia"),
    _ARCHIVE,
    AS_RECORD,
    open_because=_("minh chứng phải mở được từ số liệu của báo cáo"),
)
PUBLISHED = Personal(
    _("đăng tin, phát bản tin cho người dân"),
    _PRESS,
    AS_RECORD,
    open_because=_("nội dung để công khai"),
)
