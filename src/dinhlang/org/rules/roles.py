"""Who may do what: every permission in plain words, and every role as a class.

The page of roles prints these very texts, so that what an office reads and what the code does cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Everything a person may be allowed to do. The set is closed: a new act needs a new member."""

    READ = "read"
    PLAN_IMPORT = "plan.import"
    PLAN_EDIT = "plan.edit"
    ACTIVITY_RECORD = "activity.record"
    ACTIVITY_IMPORT = "activity.import"
    ACTIVITY_REVERSE = "activity.reverse"
    ARCHIVE_IMPORT = "archive.import"
    OUTLINE_EDIT = "outline.edit"
    REPORT_DRAFT = "report.draft"
    REPORT_REVIEW = "report.review"
    REPORT_ISSUE = "report.issue"
    REPORT_SEAL = "report.seal"
    REPORT_SUBMIT = "report.submit"
    SUBMISSION_DECIDE = "submission.decide"
    SUBMISSION_KEYS = "submission.keys"
    DUTY_ASSIGN = "duty.assign"
    REPORT_PUBLISH = "report.publish"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"
    PARTS_MANAGE = "parts.manage"
    UNITS_CHANGE = "units.change"
    COLUMNS_MANAGE = "columns.manage"
    SITE_MANAGE = "site.manage"
    PROCEDURES_EDIT = "procedures.edit"
    PROCEDURES_POST = "procedures.post"
    NEWS_WRITE = "news.write"
    NEWS_REVIEW = "news.review"
    NEWS_APPROVE = "news.approve"
    BROADCAST_WRITE = "broadcast.write"
    BROADCAST_REVIEW = "broadcast.review"
    BROADCAST_APPROVE = "broadcast.approve"
    BROADCAST_PLAN = "broadcast.plan"
    BROADCAST_LOG = "broadcast.log"
    CHANNELS_MANAGE = "channels.manage"
    CHANNELS_SEND = "channels.send"
    INDEX_SCORE = "index.score"
    INDEX_SEND = "index.send"
    INDEX_APPRAISE = "index.appraise"
    PRACTICE_MARK = "practice.mark"
    PRACTICE_DECIDE = "practice.decide"
    PRACTICE_RECOGNISE = "practice.recognise"
    CITIZENS_READ = "citizens.read"
    CITIZENS_TAKE = "citizens.take"
    CITIZENS_HANDLE = "citizens.handle"
    CITIZENS_APPROVE = "citizens.approve"
    PRIVACY_HANDLE = "privacy.handle"
    PRIVACY_DECIDE = "privacy.decide"
    ONESTOP_REGISTER = "onestop.register"
    ONESTOP_PEOPLE = "onestop.people"
    ONESTOP_RULES = "onestop.rules"
    SURVEYS_MANAGE = "surveys.manage"
    SURVEYS_ENTER = "surveys.enter"
    TRAINING_MANAGE = "training.manage"
    CONTESTS_APPROVE = "contests.approve"


DEEDS: Mapping[Permission, str | Promise] = {
    Permission.READ: _("xem"),
    Permission.PLAN_IMPORT: _("nhập kế hoạch"),
    Permission.PLAN_EDIT: _("sửa kế hoạch"),
    Permission.ACTIVITY_RECORD: _("ghi hoạt động"),
    Permission.ACTIVITY_IMPORT: _("nhập tệp hoạt động"),
    Permission.ACTIVITY_REVERSE: _("hủy ghi hoạt động"),
    Permission.ARCHIVE_IMPORT: _("đưa văn bản cũ vào kho lưu"),
    Permission.OUTLINE_EDIT: _("sửa đề cương báo cáo"),
    Permission.REPORT_DRAFT: _("lập dự thảo báo cáo"),
    Permission.DUTY_ASSIGN: _("giao báo cáo đột xuất và duyệt lùi hạn"),
    Permission.REPORT_SEAL: _("đóng dấu số của cơ quan vào báo cáo đã phát hành"),
    Permission.REPORT_SUBMIT: _("nộp báo cáo lên cấp trên"),
    Permission.SUBMISSION_DECIDE: _("nhận, trả lại và chấp nhận báo cáo cấp dưới nộp"),
    Permission.SUBMISSION_KEYS: _("cấp và thu hồi khóa nộp báo cáo"),
    Permission.REPORT_REVIEW: _("xem và trình báo cáo"),
    Permission.REPORT_ISSUE: _("duyệt và phát hành báo cáo"),
    Permission.REPORT_PUBLISH: _("công khai báo cáo đã phát hành"),
    Permission.AUDIT_READ: _("xem nhật ký thao tác"),
    Permission.PEOPLE_MANAGE: _("quản lý cán bộ và chức vụ"),
    Permission.PARTS_MANAGE: _("thêm và sửa thôn, bộ phận"),
    Permission.UNITS_CHANGE: _("ghi sáp nhập, chia tách, đổi tên đơn vị"),
    Permission.COLUMNS_MANAGE: _("thêm và sửa chuyên mục của trang công khai"),
    Permission.SITE_MANAGE: _("lập trang công khai, sửa cách liên hệ và hướng dẫn từng bước trên đó"),
    Permission.PROCEDURES_EDIT: _("cập nhật danh mục thủ tục hành chính"),
    Permission.PROCEDURES_POST: _("ghi việc niêm yết thủ tục hành chính"),
    Permission.NEWS_WRITE: _("viết tin, bài"),
    Permission.NEWS_REVIEW: _("xem, trình và đăng tin, bài"),
    Permission.NEWS_APPROVE: _("duyệt tin, bài"),
    Permission.BROADCAST_WRITE: _("soạn bản tin phát thanh"),
    Permission.BROADCAST_REVIEW: _("xem và trình bản tin phát thanh"),
    Permission.BROADCAST_APPROVE: _("duyệt bản tin phát thanh"),
    Permission.BROADCAST_PLAN: _("đặt khung giờ và lập chương trình phát thanh"),
    Permission.BROADCAST_LOG: _("ghi sổ nhật ký phát thanh"),
    Permission.CHANNELS_MANAGE: _("kết nối và thôi dùng kênh mạng xã hội"),
    Permission.CHANNELS_SEND: _("gửi tin, bài lên kênh mạng xã hội và gỡ xuống"),
    Permission.INDEX_SCORE: _("tự chấm chỉ số cải cách hành chính"),
    Permission.INDEX_SEND: _("gửi kết quả tự chấm chỉ số"),
    Permission.INDEX_APPRAISE: _("nạp bộ tiêu chí, thẩm định và công bố chỉ số"),
    Permission.PRACTICE_MARK: _("đánh dấu và đề xuất mô hình hay, khen thưởng"),
    Permission.PRACTICE_DECIDE: _("công nhận mô hình hay, khen thưởng của đơn vị"),
    Permission.PRACTICE_RECOGNISE: _("công nhận mô hình hay, khen thưởng của đơn vị cấp dưới"),
    Permission.CITIZENS_READ: _("xem phản ánh, kiến nghị của người dân"),
    Permission.CITIZENS_TAKE: _("nhận phản ánh, kiến nghị của người dân"),
    Permission.CITIZENS_HANDLE: _("phân công, xử lý phản ánh, kiến nghị và che thông tin để công khai"),
    Permission.CITIZENS_APPROVE: _("duyệt câu trả lời và việc công khai phản ánh, kiến nghị"),
    Permission.PRIVACY_HANDLE: _("nhận, xử lý yêu cầu về dữ liệu cá nhân, ghi sổ vi phạm về dữ liệu"),
    Permission.PRIVACY_DECIDE: _("duyệt yêu cầu về dữ liệu cá nhân và việc thông báo vi phạm về dữ liệu"),
    Permission.ONESTOP_REGISTER: _("ghi sổ theo dõi hồ sơ một cửa"),
    Permission.ONESTOP_PEOPLE: _("xem tên, địa chỉ người nộp hồ sơ"),
    Permission.ONESTOP_RULES: _("đặt quy định của nơi tiếp nhận hồ sơ"),
    Permission.SURVEYS_MANAGE: _(
        "lập phiếu khảo sát, mở và đóng đợt, công khai kết quả; soạn cuộc thi, chốt tuần thi, bốc thăm"
    ),
    Permission.SURVEYS_ENTER: _("in phiếu khảo sát và nhập phiếu giấy"),
    Permission.TRAINING_MANAGE: _("tổ chức lớp tập huấn: mời, điểm danh, kiểm tra, chốt lớp"),
    Permission.CONTESTS_APPROVE: _("duyệt thể lệ cuộc thi và dừng cuộc thi"),
}


class Role(StrEnum):
    """What a position makes of a person: the key that is stored. What it means is a class below."""

    ADMINISTRATOR = "administrator"
    APPROVER = "approver"
    CULTURE_OFFICER = "culture-officer"
    OFFICE_CLERK = "office-clerk"
    ONE_STOP_CLERK = "one-stop-clerk"
    RADIO_OPERATOR = "radio-operator"
    HAMLET_HEAD = "hamlet-head"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"


class RoleDescription:
    """A role in plain words, one class for each. Nobody makes instances: a role is the same for everyone.

    `sees_below` is true when it reads, and only reads, every unit below its own. `in_hamlets` and `in_offices` say
    where a post with this role can be: in a hamlet, in a commune, a province or one of their departments.
    `needs_second_factor`: nobody holds it with a password alone, where the installation asks for more.
    """

    key: ClassVar[Role]
    label: ClassVar[str | Promise]
    description: ClassVar[str | Promise]
    permissions: ClassVar[frozenset[Permission]]
    sees_below: ClassVar[bool] = False
    in_hamlets: ClassVar[bool] = False
    in_offices: ClassVar[bool] = True
    needs_second_factor: ClassVar[bool] = False


class Administrator(RoleDescription):
    key = Role.ADMINISTRATOR
    label = _("Quản trị")
    description = _(
        "Lập tài khoản, giao chức vụ, cấp khóa nộp báo cáo và xem nhật ký; không ghi sổ, không phát hành văn bản."
    )
    permissions = frozenset(
        {
            Permission.READ,
            Permission.PEOPLE_MANAGE,
            Permission.PARTS_MANAGE,
            Permission.UNITS_CHANGE,
            Permission.AUDIT_READ,
            Permission.SUBMISSION_KEYS,
        }
    )
    needs_second_factor = True


class Approver(RoleDescription):
    key = Role.APPROVER
    label = _("Lãnh đạo duyệt")
    description = _(
        "Xem mọi việc của đơn vị, sửa đề cương, lập, duyệt, phát hành và nộp báo cáo, duyệt tin, bài và bản tin phát thanh, gửi tin, bài lên kênh, "
        "duyệt câu trả lời phản ánh, kiến nghị, thể lệ cuộc thi và yêu cầu về dữ liệu cá nhân."
    )
    permissions = frozenset(
        {
            Permission.READ,
            Permission.OUTLINE_EDIT,
            Permission.REPORT_DRAFT,
            Permission.REPORT_SUBMIT,
            Permission.REPORT_ISSUE,
            Permission.REPORT_PUBLISH,
            Permission.AUDIT_READ,
            Permission.NEWS_APPROVE,
            Permission.BROADCAST_APPROVE,
            Permission.CHANNELS_SEND,
            Permission.INDEX_SEND,
            Permission.PRACTICE_DECIDE,
            Permission.CITIZENS_READ,
            Permission.CITIZENS_APPROVE,
            Permission.PRIVACY_HANDLE,
            Permission.PRIVACY_DECIDE,
            Permission.ONESTOP_PEOPLE,
            Permission.ONESTOP_RULES,
            Permission.CONTESTS_APPROVE,
        }
    )
    needs_second_factor = True


class Recorder(RoleDescription):
    """What the roles share that write lines in the ledger; itself no role."""

    permissions = frozenset({Permission.READ, Permission.ACTIVITY_RECORD, Permission.NEWS_WRITE})


class CultureOfficer(Recorder):
    key = Role.CULTURE_OFFICER
    label = _("Công chức văn hóa – xã hội")
    description = _(
        "Chủ trì việc tuyên truyền: nhập kế hoạch, ghi và hủy ghi sổ theo dõi, lập dự thảo và nộp báo cáo, "
        "xem và đăng tin, bài, gửi lên các kênh, trình bản tin và lập chương trình phát thanh, nhận và xử lý phản ánh, kiến nghị, làm khảo sát, tổ chức cuộc thi và lớp tập huấn."
    )
    permissions = Recorder.permissions | {
        Permission.PLAN_IMPORT,
        Permission.PLAN_EDIT,
        Permission.ACTIVITY_IMPORT,
        Permission.ACTIVITY_REVERSE,
        Permission.ARCHIVE_IMPORT,
        Permission.OUTLINE_EDIT,
        Permission.REPORT_DRAFT,
        Permission.REPORT_SUBMIT,
        Permission.COLUMNS_MANAGE,
        Permission.SITE_MANAGE,
        Permission.PROCEDURES_EDIT,
        Permission.PROCEDURES_POST,
        Permission.NEWS_REVIEW,
        Permission.BROADCAST_WRITE,
        Permission.BROADCAST_REVIEW,
        Permission.BROADCAST_PLAN,
        Permission.BROADCAST_LOG,
        Permission.CHANNELS_MANAGE,
        Permission.CHANNELS_SEND,
        Permission.INDEX_SCORE,
        Permission.PRACTICE_MARK,
        Permission.CITIZENS_READ,
        Permission.CITIZENS_TAKE,
        Permission.CITIZENS_HANDLE,
        Permission.SURVEYS_MANAGE,
        Permission.SURVEYS_ENTER,
        Permission.TRAINING_MANAGE,
    }


class OfficeClerk(Recorder):
    key = Role.OFFICE_CLERK
    label = _("Văn phòng – thống kê, văn thư")
    description = _(
        "Nhập kế hoạch và văn bản cũ, ghi sổ, lập dự thảo, xem, trình, đóng dấu số, nộp và công khai báo cáo, "
        "xem và đăng tin, bài, gửi lên các kênh, trình bản tin phát thanh, nhận và xử lý phản ánh, kiến nghị, làm khảo sát, tổ chức cuộc thi và lớp tập huấn."
    )
    permissions = Recorder.permissions | {
        Permission.PLAN_IMPORT,
        Permission.PLAN_EDIT,
        Permission.ACTIVITY_IMPORT,
        Permission.ARCHIVE_IMPORT,
        Permission.OUTLINE_EDIT,
        Permission.REPORT_DRAFT,
        Permission.REPORT_SUBMIT,
        Permission.COLUMNS_MANAGE,
        Permission.SITE_MANAGE,
        Permission.PROCEDURES_EDIT,
        Permission.PROCEDURES_POST,
        Permission.REPORT_REVIEW,
        Permission.REPORT_SEAL,
        Permission.REPORT_PUBLISH,
        Permission.NEWS_REVIEW,
        Permission.BROADCAST_WRITE,
        Permission.BROADCAST_REVIEW,
        Permission.CHANNELS_SEND,
        Permission.INDEX_SCORE,
        Permission.PRACTICE_MARK,
        Permission.CITIZENS_READ,
        Permission.CITIZENS_TAKE,
        Permission.CITIZENS_HANDLE,
        Permission.PRIVACY_HANDLE,
        Permission.ONESTOP_REGISTER,
        Permission.ONESTOP_PEOPLE,
        Permission.ONESTOP_RULES,
        Permission.SURVEYS_MANAGE,
        Permission.SURVEYS_ENTER,
        Permission.TRAINING_MANAGE,
    }


class OneStopClerk(Recorder):
    key = Role.ONE_STOP_CLERK
    label = _("Tiếp nhận và trả kết quả")
    description = _(
        "Tiếp nhận hồ sơ, hẹn và trả kết quả, ghi việc hướng dẫn tại nơi tiếp nhận, cập nhật danh mục thủ tục hành chính "
        "và niêm yết, viết tin, bài, nhận phản ánh, kiến nghị, nhập phiếu khảo sát."
    )
    permissions = Recorder.permissions | {
        Permission.PROCEDURES_EDIT,
        Permission.PROCEDURES_POST,
        Permission.CITIZENS_READ,
        Permission.CITIZENS_TAKE,
        Permission.ONESTOP_REGISTER,
        Permission.ONESTOP_PEOPLE,
        Permission.ONESTOP_RULES,
        Permission.SURVEYS_ENTER,
    }


class RadioOperator(Recorder):
    key = Role.RADIO_OPERATOR
    label = _("Đài truyền thanh")
    description = _("Soạn bản tin, lập chương trình, ghi sổ nhật ký phát thanh, viết tin, bài.")
    permissions = Recorder.permissions | {
        Permission.BROADCAST_WRITE,
        Permission.BROADCAST_PLAN,
        Permission.BROADCAST_LOG,
    }


class HamletHead(Recorder):
    key = Role.HAMLET_HEAD
    label = _("Trưởng thôn, tổ trưởng dân phố")
    description = _("Ghi các buổi họp và việc tuyên truyền ở thôn, gửi tin, bài.")
    in_hamlets = True
    in_offices = False


class Contributor(Recorder):
    key = Role.CONTRIBUTOR
    label = _("Cộng tác viên")
    description = _("Ghi hoạt động của mình vào sổ theo dõi, viết tin, bài.")
    in_hamlets = True


class Reviewer(RoleDescription):
    key = Role.REVIEWER
    label = _("Theo dõi cấp trên")
    description = _(
        "Xem, không sửa, mọi đơn vị bên dưới đơn vị mình; giao báo cáo đột xuất, duyệt đề nghị lùi hạn, "
        "trả lại và chấp nhận báo cáo của các đơn vị đó."
    )
    permissions = frozenset(
        {
            Permission.READ,
            Permission.DUTY_ASSIGN,
            Permission.SUBMISSION_DECIDE,
            Permission.INDEX_APPRAISE,
            Permission.PRACTICE_RECOGNISE,
        }
    )
    sees_below = True


ROLES: Mapping[Role, type[RoleDescription]] = {
    role.key: role
    for role in (
        Administrator,
        Approver,
        CultureOfficer,
        OfficeClerk,
        OneStopClerk,
        RadioOperator,
        HamletHead,
        Contributor,
        Reviewer,
    )
}

# A successor keeps the papers of the units it took over; it never writes in their ledgers or issues for them.
INHERITED = frozenset({Permission.READ, Permission.ARCHIVE_IMPORT})
