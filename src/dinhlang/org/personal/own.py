"""What the fields of this room are kept for, and those of the packages whose tables stand beside ours: accounts, sessions, the door.

An account stays as long as something names it: the ledger and the audit say who did what. What the door counts goes by itself
(`sign_in.limits.forget_old`). Tasks carry keys of rows, never words.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, Retention, said
from dinhlang.org.personal.usual import OFFICIAL, SAID

_LAW = _("Luật Cán bộ, công chức; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
_SAFETY = _("Luật An toàn thông tin mạng 86/2015/QH13; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")

_ACCOUNT = Personal(
    _("lập tài khoản, đăng nhập, ký số và liên hệ với cán bộ"),
    _LAW,
    Retention(None, until=_("đến khi không còn sổ, nhật ký nào ghi việc của người đó")),
    open_because=_("người thi hành công vụ; tên và địa chỉ dùng khi đăng nhập, tìm và giao việc"),
)
_POST = Personal(
    _("biết ai giữ chức vụ nào, được làm gì, từ ngày nào"),
    _LAW,
    Retention(None, until=_("theo thời hạn lưu trữ hồ sơ của cơ quan")),
    open_because=_("chức vụ của người thi hành công vụ"),
)
_TRACE = Personal(
    _("cho biết ai đã làm gì, lúc nào; không ghi nội dung"),
    _("Trách nhiệm công vụ; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    Retention(None, until=_("theo thời hạn lưu trữ hồ sơ của cơ quan")),
    open_because=_("nhật ký nối chuỗi, không sửa được; chỉ người có quyền xem nhật ký đọc được"),
)
_SESSION = Personal(
    _("giữ đăng nhập và cho cán bộ xem các máy đang đăng nhập"),
    _SAFETY,
    Retention(None, until=_("xóa khi đăng xuất hoặc hết phiên")),
    open_because=_("máy chủ tra theo mã phiên ở mỗi lần mở trang"),
)
_TRIED = Personal(
    _("chặn người dò mật khẩu"),
    _SAFETY,
    Retention(None, until=_("xóa sau một ngày")),
    open_because=_("đếm lần sai theo tên đăng nhập và địa chỉ mạng; không giữ nội dung biểu mẫu"),
)
_COUNTED = Personal(
    _("đếm số lần gửi, số lần đăng nhập sai theo địa chỉ mạng"),
    _SAFETY,
    Retention(None, until=_("xóa khi hết hạn, nhiều nhất một ngày")),
    open_because=_("đếm theo khóa; không giữ nội dung"),
)
_FACTOR = Personal(
    _("xác thực hai lớp khi đăng nhập"),
    _SAFETY,
    Retention(None, until=_("đến khi cán bộ bỏ xác thực hai lớp hoặc đổi máy")),
    open_because=_("gói đăng nhập tự mã hóa bí mật trong trường này"),
)
_UNUSED = Personal(
    _("đăng nhập bằng tài khoản của tỉnh, nơi có bật"),
    _LAW,
    Retention(None, until=_("đến khi bỏ liên kết tài khoản")),
    open_because=_("tra theo mã do nơi cấp tài khoản gửi; bảng trống nơi không bật"),
)

DECLARED_OF: Mapping[str, Declared] = {
    "org": {
        "UnitChange": said(
            "id kind takes_effect_on legal_basis asked scope touched at",
            by=OFFICIAL,
        ),
        "UnitChangeStep": said(
            "id change deed rows at",
            reason=SAID,
            by=OFFICIAL,
        ),
        "ChangeDraft": said(
            "id asked at",
            by=OFFICIAL,
        ),
        "RetentionRun": said(
            "id day counts started_at finished_at",
        ),
        "SigningMandate": said(
            "id starts_on ends_on legal_basis unit kind programme made_at",
            person=OFFICIAL,
            title=_POST,
            made_by=OFFICIAL,
        ),
        "SigningKey": said(
            "id unit organisation starts_at ends_at sealed added_at retired_at",
            person=OFFICIAL,
            name=_ACCOUNT,
            picture=_ACCOUNT,
            added_by=OFFICIAL,
        ),
        "Unit": said(
            "id level official_code starts_on ends_on is_demo",
        ),
        "UnitName": said(
            "id starts_on ends_on legal_basis unit kind name folded named_after",
        ),
        "UnitPlacement": said(
            "id starts_on ends_on legal_basis unit parent",
        ),
        "UnitSuccession": said(
            "id predecessor successor reason is_partial share takes_effect_on legal_basis is_confirmed",
        ),
        "ReportingLine": said(
            "id starts_on ends_on legal_basis programme unit recipient recipient_name",
        ),
        "Person": said(
            "id password is_superuser is_staff is_active date_joined",
            last_login=_ACCOUNT,
            username=_ACCOUNT,
            email=_ACCOUNT,
            full_name=_ACCOUNT,
        ),
        "Position": said(
            "id starts_on ends_on legal_basis unit role",
            person=_POST,
            title=_POST,
        ),
        "Invitation": said(
            "id unit purpose token_hash made_at expires_at used_at revoked_at",
            person=OFFICIAL,
            made_by=OFFICIAL,
        ),
        "AuditEntry": said(
            "id at unit action target number previous_hash entry_hash",
            by=_TRACE,
            detail=_TRACE,
        ),
        "AuditHead": said(
            "chain count last_hash",
        ),
        "CachedValue": said(
            "value expires",
            cache_key=_COUNTED,
        ),
    },
    "django_tasks_database": {
        "DBTaskResult": said(
            "id status enqueued_at started_at finished_at args_kwargs priority task_path worker_ids "
            "queue_name backend_name run_after return_value exception_class_path traceback",
        ),
    },
    "account": {
        "EmailAddress": said(
            "id verified primary",
            user=_ACCOUNT,
            email=_ACCOUNT,
        ),
        "EmailConfirmation": said(
            "id created sent key",
            email_address=_ACCOUNT,
        ),
    },
    "mfa": {
        "Authenticator": said(
            "id type created_at last_used_at",
            user=_ACCOUNT,
            data=_FACTOR,
        ),
    },
    "usersessions": {
        "UserSession": said(
            "id created_at last_seen_at",
            user=_SESSION,
            ip=_SESSION,
            session_key=_SESSION,
            user_agent=_SESSION,
            data=_SESSION,
        ),
    },
    "socialaccount": {
        "SocialApp": said(
            "id provider provider_id name client_id secret key settings",
        ),
        "SocialAccount": said(
            "id provider last_login date_joined",
            user=_UNUSED,
            uid=_UNUSED,
            extra_data=_UNUSED,
        ),
        "SocialToken": said(
            "id app account token token_secret expires_at",
        ),
    },
    "axes": {
        "AccessFailureLog": said(
            "id http_accept path_info attempt_time locked_out",
            user_agent=_TRIED,
            ip_address=_TRIED,
            username=_TRIED,
        ),
        "AccessAttempt": said(
            "id http_accept path_info attempt_time failures_since_start",
            user_agent=_TRIED,
            ip_address=_TRIED,
            username=_TRIED,
            get_data=_TRIED,
            post_data=_TRIED,
        ),
        "AccessAttemptExpiration": said(
            "access_attempt expires_at",
        ),
        "AccessLog": said(
            "id http_accept path_info attempt_time logout_time",
            user_agent=_TRIED,
            ip_address=_TRIED,
            username=_TRIED,
            session_hash=_TRIED,
        ),
    },
    "auth": {
        "Permission": said(
            "id name content_type codename",
        ),
        "Group": said(
            "id name",
        ),
    },
    "contenttypes": {
        "ContentType": said(
            "id app_label model",
        ),
    },
    "sessions": {
        "Session": said(
            "expire_date",
            session_key=_SESSION,
            session_data=_SESSION,
        ),
    },
}
