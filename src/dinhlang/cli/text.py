"""`dinhlang text …`: line tools, one answer for each line of standard input."""

from __future__ import annotations

from dinhlang.cli.lazy import LazyGroup

text = LazyGroup(
    name="text",
    help="Công cụ văn bản: mỗi dòng vào cho một dòng ra.",
    lazy={
        "fold": ("dinhlang.cli.text_vietnamese:fold", "Bỏ dấu, viết thường, đ thành d."),
        "syllables": ("dinhlang.cli.text_vietnamese:syllables", "Kiểm tra âm tiết, gợi ý cách viết."),
        "redact": ("dinhlang.cli.text_vietnamese:redact", "Tìm dữ liệu cá nhân trong từng dòng."),
        "speech": ("dinhlang.cli.text_speech:speech", "Viết lại mỗi dòng như khi đọc lên."),
        "schedule": ("dinhlang.cli.text_periods:schedule", "Đọc cụm từ thời gian thực hiện."),
        "period": ("dinhlang.cli.text_periods:period", "Tìm kỳ báo cáo trong câu."),
        "working-days": ("dinhlang.cli.text_periods:working_days", "Tính hạn theo ngày làm việc."),
    },
)
