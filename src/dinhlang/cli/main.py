"""The command's root: its sub-commands by name, loaded when called."""

from __future__ import annotations

import sys
import warnings
from io import TextIOWrapper
from pathlib import Path

from dinhlang.cli import errors, wording
from dinhlang.cli.lazy import LazyGroup
from dinhlang.config import environment

root = LazyGroup(
    name="dinhlang",
    help="Đình Làng: kế hoạch, sổ theo dõi và báo cáo của xã, phường.",
    lazy={
        "run": ("dinhlang.cli.run:run", "Chạy máy chủ (web và tiến trình nền)."),
        "doctor": ("dinhlang.cli.doctor:doctor", "Kiểm tra các phần tùy chọn của máy."),
        "text": ("dinhlang.cli.text:text", "Công cụ văn bản theo từng dòng."),
        "voice": ("dinhlang.cli.voice:voice", "Giọng đọc bản tin và bản ghi âm."),
        "bulletin": ("dinhlang.cli.bulletin:bulletin", "Bản tin phát thanh: nhận tệp, xuất tệp."),
        "emergency": ("dinhlang.cli.emergency:emergency", "Thông điệp khẩn cấp: nhận, xuất tệp CAP."),
        "channel": ("dinhlang.cli.channel:channel", "Kênh mạng xã hội: dịch vụ thử, kiểm tra kết nối."),
        "player": ("dinhlang.cli.player:player", "Máy phát thanh: trao đổi bằng tệp với thiết bị."),
        "doc": ("dinhlang.cli.doc:doc", "Đọc và trình bày văn bản hành chính."),
        "unit": ("dinhlang.cli.unit:unit", "Tra cứu đơn vị."),
        "person": ("dinhlang.cli.person:person", "Cán bộ: cấp tài khoản, giao và thôi chức vụ."),
        "seal": ("dinhlang.cli.seal:seal", "Dữ liệu đã niêm: khóa đang dùng, đổi khóa."),
        "audit": ("dinhlang.cli.audit:audit", "Nhật ký thao tác: kiểm tra chuỗi, xuất ra tệp."),
        "plan": ("dinhlang.cli.plan:plan", "Kế hoạch."),
        "activity": ("dinhlang.cli.activity:activity", "Sổ theo dõi hoạt động."),
        "archive": ("dinhlang.cli.archive:archive", "Văn bản cũ và số liệu trong đó."),
        "index": ("dinhlang.cli.index:index", "Chỉ số CCHC: bộ tiêu chí của tỉnh."),
        "duty": ("dinhlang.cli.duty:duty", "Báo cáo phải nộp: kỳ, hạn, chế độ."),
        "report": ("dinhlang.cli.report:report", "Báo cáo."),
        "site": ("dinhlang.cli.site:site", "Trang công khai của đơn vị."),
        "onestop": ("dinhlang.cli.onestop:onestop", "Hồ sơ một cửa."),
        "procedure": ("dinhlang.cli.procedure:procedure", "Danh mục thủ tục hành chính."),
        "citizens": ("dinhlang.cli.citizens:citizens", "Phản ánh, kiến nghị: trạng thái, thời hạn."),
        "personal": ("dinhlang.cli.personal:personal", "Dữ liệu cá nhân: thời hạn lưu, xuất, xóa."),
        "contest": ("dinhlang.cli.contest:contest", "Kiểm tra việc bốc thăm của cuộc thi."),
        "facts": ("dinhlang.cli.facts:facts", "Số liệu gộp từ sổ theo dõi."),
        "search": ("dinhlang.cli.search:search", "Tìm trên các trang công khai."),
        "demo": ("dinhlang.cli.demo:demo", "Xã minh họa."),
        "backup": ("dinhlang.cli.backup:backup", "Sao lưu toàn bộ dữ liệu ra một tệp."),
        "restore": ("dinhlang.cli.backup:restore", "Khôi phục dữ liệu từ một tệp sao lưu."),
        "django": ("dinhlang.cli.django:django", "Chạy lệnh quản trị của Django."),
    },
)


def main() -> None:
    """Entry point of the console script: wrong use and wrong input become one line, never a traceback."""
    wording.speak_vietnamese()
    if not sys.warnoptions:
        # Libraries warn developers, in English; a person at a terminal is told by refusals.
        warnings.simplefilter("ignore")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Vietnamese goes in and out as UTF-8 whatever the terminal's locale says.
            # A file's name may hold bytes that are no UTF-8; it is still to be printed.
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(errors.guarded(_run))


def _run() -> object:
    environment.load_file(Path(".env"))
    return root.main(prog_name="dinhlang", standalone_mode=False)
