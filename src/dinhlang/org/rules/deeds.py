"""What each action of the audit is called, for people to read. An action without a sentence fails a test."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    # people and posts
    "person.register": _("lập tài khoản"),
    "person.invite": _("mời cán bộ"),
    "person.rename": _("sửa họ và tên"),
    "person.hand-over": _("bàn giao chức vụ"),
    "person.unlock": _("cho phép đăng nhập lại sau nhiều lần sai mật khẩu"),
    "people.export": _("xuất danh sách cán bộ"),
    "position.appoint": _("giao chức vụ"),
    "position.end": _("cho thôi chức vụ"),
    "position.restore": _("lấy lại chức vụ đã thôi"),
    "position.withdraw": _("hủy việc giao chức vụ"),
    "account.lock": _("khóa tài khoản"),
    "account.unlock": _("mở khóa tài khoản"),
    "invitation.renew": _("lập đường dẫn mới"),
    "invitation.revoke": _("thu hồi đường dẫn"),
    "invitation.accept": _("nhận lời mời và đặt mật khẩu"),
    "passphrase.change": _("đổi mật khẩu"),
    "passphrase.renew": _("đặt lại mật khẩu bằng đường dẫn"),
    # signing in
    "session.start": _("đăng nhập"),
    "session.end": _("đăng xuất"),
    "session.refuse": _("đăng nhập sai"),
    "session.lock": _("bị tạm dừng đăng nhập vì sai nhiều lần"),
    "session.revoke": _("kết thúc một phiên đăng nhập"),
    "factor.add": _("thêm cách lớp xác thực thứ hai"),
    "factor.remove": _("bỏ cách lớp xác thực thứ hai"),
    "factor.renew": _("lập mã dự phòng mới"),
    "factor.take-off": _("bỏ xác thực hai lớp cho người mất điện thoại"),
    "factor.refuse": _("lớp xác thực thứ hai không đúng"),
    "province.connect": _("nối với tài khoản của tỉnh"),
    "province.disconnect": _("bỏ nối với tài khoản của tỉnh"),
    # units and the audit itself
    "part.add": _("thêm thôn, bộ phận"),
    "part.rename": _("đổi tên thôn, bộ phận"),
    "part.end": _("kết thúc thôn, bộ phận"),
    "part.restore": _("lấy lại thôn, bộ phận"),
    "audit.export": _("xuất nhật ký"),
    "demo.load": _("nạp dữ liệu minh họa"),
    # plans and the ledger
    "plan.import": _("nhập kế hoạch"),
    "plan.propose": _("đọc tệp kế hoạch để xác nhận"),
    "plan.start": _("lập kế hoạch mới"),
    "plan.edit": _("sửa kế hoạch"),
    "plan.amend": _("điều chỉnh nhiệm vụ trong kế hoạch"),
    "plan.roll-over": _("chuyển kế hoạch sang năm sau"),
    "plan.discard": _("bỏ bản kế hoạch chưa xác nhận"),
    "calendar.open": _("lập địa chỉ lịch"),
    "calendar.renew": _("đổi địa chỉ lịch"),
    "calendar.close": _("đóng địa chỉ lịch"),
    "activity.record": _("ghi hoạt động"),
    "activity.record-again": _("ghi lại hoạt động"),
    "activity.reverse": _("hủy ghi hoạt động"),
    "activity.import": _("nhập tệp hoạt động"),
    "activity.keep-both": _("giữ cả hai dòng sổ gần giống nhau"),
    "ledger.export": _("xuất sổ theo dõi"),
    "evidence.add": _("thêm minh chứng"),
    "batch.export": _("xuất các lần làm hàng loạt"),
    "duplicates.export": _("xuất các dòng có thể trùng"),
    "batch.": _("làm một việc với nhiều dòng sổ"),
    # old documents and reports
    "document.check": _("kiểm tra một văn bản (không lưu)"),
    "archive.receive": _("nhận một tệp để đưa vào kho lưu"),
    "archive.keep-both": _("giữ cả hai văn bản gần giống nhau"),
    "archive.refuse": _("không đưa một tệp vào kho lưu"),
    "archive.import": _("đưa văn bản cũ vào kho lưu"),
    "outline.edit": _("sửa đề cương báo cáo"),
    "report.draft": _("lập dự thảo báo cáo"),
    "report.export": _("xuất danh sách báo cáo"),
    "register.export": _("xuất sổ đăng ký văn bản đi"),
    "publication.export": _("xuất danh sách công khai"),
    "report.edit": _("sửa dự thảo báo cáo"),
    "report.issue": _("phát hành báo cáo"),
    "procedures.change": _("ghi quyết định vào danh mục thủ tục hành chính"),
    "procedures.import": _("nhập tệp thủ tục hành chính"),
    "procedures.export": _("xuất danh mục thủ tục hành chính"),
    "procedures.post": _("niêm yết thủ tục hành chính"),
    "procedures.take-down": _("gỡ thủ tục hành chính đã niêm yết"),
    "place.add": _("thêm nơi niêm yết"),
    "place.change": _("sửa nơi niêm yết"),
    "columns.make": _("lập các chuyên mục thường dùng"),
    "column.add": _("thêm chuyên mục"),
    "column.change": _("sửa chuyên mục"),
    "site.make": _("lập trang công khai"),
    "site.change": _("sửa trang công khai"),
    "site.host": _("đổi tên miền của trang công khai"),
    "report.publish": _("công khai báo cáo"),
    "report.withdraw": _("gỡ báo cáo đã công khai"),
    "line.wording": _("duyệt nội dung công khai của hoạt động"),
    "report.suppress": _("bỏ qua một lưu ý của báo cáo"),
    "report.unsuppress": _("hiện lại một lưu ý của báo cáo"),
    "text-block.save": _("lưu đoạn văn mẫu"),
    "text-block.retire": _("cất đoạn văn mẫu"),
    "text-block.restore": _("lấy lại đoạn văn mẫu"),
}

# What a detail is called; those that are not here are in the exported file only.
DETAILS: Mapping[str, str | Promise] = {
    "rows": _("số dòng"),
    "form": _("loại tệp"),
    "file": _("tệp"),
    "name": _("tệp"),
    "tasks": _("số nhiệm vụ"),
    "figures": _("số liệu"),
    "missing": _("chỉ tiêu còn thiếu"),
    "origin": _("đến từ"),
    "number": _("số văn bản"),
    "symbol": _("ký hiệu"),
    "on": _("từ ngày"),
    "from": _("từ"),
    "to": _("thành"),
    "until": _("đến"),
    "day": _("ngày"),
    "period": _("kỳ"),
    "version": _("bản"),
    "units": _("số đơn vị"),
}


def sentence(action: str) -> str:
    """What an action is called; the name itself when nobody said."""
    said = SENTENCES.get(action) or SENTENCES.get(f"{action.partition('.')[0]}.")
    return str(said or action)
