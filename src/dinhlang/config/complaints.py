"""What a database complains of, in words a person can act on.

SQLite and PostgreSQL speak English, and of what they met rather than of what is to be done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RESTORE = "Hãy dừng máy chủ rồi khôi phục từ một bản sao lưu: dinhlang restore TỆP."


@dataclass(frozen=True)
class Complaint:
    """What is wrong, without a full stop; and what to do."""

    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.reason}. {self.remedy}"


_KNOWN: tuple[tuple[str, Complaint], ...] = (
    (
        r"not a database|malformed|file is encrypted|invalid page in block",
        Complaint("tệp cơ sở dữ liệu đã hỏng", _RESTORE),
    ),
    (
        r"no such (table|column)|(relation|column) .* does not exist",
        Complaint("cơ sở dữ liệu thiếu bảng hoặc cột", _RESTORE),
    ),
    (
        r"database (table )?is locked|lock timeout|deadlock|canceling statement",
        Complaint("một lệnh khác đang ghi", "Hãy thử lại sau ít phút."),
    ),
    (
        r"readonly database|read-only",
        Complaint("cơ sở dữ liệu chỉ cho đọc", "Hãy cấp quyền ghi cho tệp và thư mục chứa nó."),
    ),
    (
        r"disk is full|No space left|could not extend file",
        Complaint("hết dung lượng đĩa", "Hãy giải phóng bớt rồi chạy lại."),
    ),
    (
        r"disk I/O error",
        Complaint("đĩa không đọc, ghi được", "Hãy kiểm tra đĩa và dung lượng còn trống rồi chạy lại."),
    ),
    (
        r"unable to open database file",
        Complaint("không mở được tệp", "Hãy kiểm tra biến DATABASE_URL, quyền ghi và dung lượng đĩa."),
    ),
    (
        r"password authentication failed|no password supplied|role .* does not exist",
        Complaint("máy chủ PostgreSQL không nhận tên hoặc mật khẩu", "Hãy kiểm tra biến DATABASE_URL."),
    ),
    (
        r"database .* does not exist",
        Complaint(
            "máy chủ PostgreSQL không có cơ sở dữ liệu này",
            "Hãy tạo nó (createdb) hoặc sửa biến DATABASE_URL.",
        ),
    ),
    (
        r"failed to resolve host|could not translate host name|Name or service not known",
        Complaint("không tìm thấy máy chủ PostgreSQL", "Hãy kiểm tra tên máy trong biến DATABASE_URL."),
    ),
    (
        r"connection (refused|failed|timed out)|server closed the connection|connection timeout",
        Complaint(
            "không kết nối được máy chủ PostgreSQL",
            "Hãy kiểm tra máy chủ đã chạy chưa và biến DATABASE_URL.",
        ),
    ),
)


def explained(error: Exception) -> Complaint:
    """What the database's error means. One that is not known is quoted, on one line."""
    said = " ".join(str(error).split())
    for pattern, complaint in _KNOWN:
        if re.search(pattern, said, re.IGNORECASE):
            return complaint
    return Complaint(
        f"cơ sở dữ liệu báo “{said[:200] or type(error).__name__}”",
        "Hãy kiểm tra biến DATABASE_URL, quyền ghi và dung lượng đĩa.",
    )
