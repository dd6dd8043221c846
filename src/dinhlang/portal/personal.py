"""What every field of this room is kept for, on what ground, and how long.

What is published is public, who wrote it is an official. A reader of news by mail gave an address and nothing else.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, Retention, said
from dinhlang.org.personal.usual import DOCUMENT, OFFICIAL, PUBLISHED, SAID

_READER = Personal(
    _("gửi thư tin theo chuyên mục người nhận đã chọn"),
    _("Người nhận đồng ý khi xác nhận thư; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    Retention(
        None,
        until=_(
            "đến khi người nhận thôi nhận; không xác nhận, không gia hạn hoặc thư không đến thì xóa sớm hơn"
        ),
    ),
)
_DIGEST = Personal(
    _("gửi thư nhắc việc hằng ngày cho cán bộ đã chọn nhận"),
    _("Cán bộ chọn nhận; trách nhiệm công vụ"),
    Retention(None, until=_("đến khi người đó thôi nhận hoặc đổi địa chỉ")),
    open_because=_("địa chỉ công vụ của cán bộ"),
)
_UNFOUND = Personal(
    _("biết người dân tìm gì mà trang chưa có, không biết ai tìm"),
    _("Luật Tiếp cận thông tin 01/2026/QH16"),
    Retention(None, until=_("xóa sau 180 ngày; từ giống dữ liệu cá nhân thì không ghi")),
    open_because=_("đếm theo chữ; không gắn với người nào"),
)

DECLARED: Declared = {
    "Digest": said(
        "id is_wanted sent_on",
        person=_DIGEST,
        address=_DIGEST,
    ),
    "Column": said(
        "id unit name slug position is_open",
    ),
    "Publication": said(
        "id report published_at note column months withdrawn_at reason",
        published_by=OFFICIAL,
        withdrawn_by=OFFICIAL,
    ),
    "PublicLine": said(
        "id activity wording decided_at",
        decided_by=OFFICIAL,
    ),
    "Item": said(
        "id unit kind column field task slug state due_on publish_at published_at review_by "
        "owes_approval withdrawn_at withdrawn_why withdrawn_in_error approved_digest shown draft "
        "line decision procedure_version practice imported_from made_at changed_at",
        author=OFFICIAL,
        assignee=OFFICIAL,
        approved_by=OFFICIAL,
    ),
    "Step": said(
        "id item edition deed state at link",
        reason=SAID,
        by=OFFICIAL,
    ),
    "ApprovalLink": said(
        "id digest token_hash made_at expires_at used_at revoked_at item",
        approver=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "Edition": said(
        "id item number source source_url starts_at ends_at place recording change note version "
        "made_at changed_at published_at digest",
        title=PUBLISHED,
        lead=PUBLISHED,
        body=PUBLISHED,
        byline=PUBLISHED,
        question=PUBLISHED,
        folded=PUBLISHED,
        made_by=OFFICIAL,
        changed_by=OFFICIAL,
    ),
    "SavedWords": said(
        "id edition version at",
        words=PUBLISHED,
        by=OFFICIAL,
    ),
    "EditionPicture": said(
        "id edition position blob width height is_text",
        alternative=PUBLISHED,
        caption=PUBLISHED,
        credit=PUBLISHED,
        words=PUBLISHED,
    ),
    "CitedDocument": said(
        "id edition position symbol issued_on title url blob file_name is_scan",
        transcript=PUBLISHED,
    ),
    "OldPicture": said(
        "id item position address host archive state problem blob width height is_text changed_at",
        alternative=PUBLISHED,
        caption=PUBLISHED,
        by=OFFICIAL,
    ),
    "OpenPlan": said(
        "id plan unit slug number issued_on subject version file form shows_progress published_at "
        "withdrawn_at reason",
        document=DOCUMENT,
        published_by=OFFICIAL,
        withdrawn_by=OFFICIAL,
    ),
    "Reader": said(
        "id uid unit rhythm asked_at confirmed_at ends_on next_on since failures",
        address=_READER,
        mark=_READER,
    ),
    "Mailing": said(
        "id unit sent_on sent refused",
    ),
    "SearchChange": said(
        "id tag",
    ),
    "Unfound": said(
        "id unit on times",
        words=_UNFOUND,
    ),
    "Promoted": said(
        "id unit words folded title target added_at",
        added_by=OFFICIAL,
    ),
    "Site": said(
        "id unit path is_open opens_duties welcome hotline phone email address directions hours organisation",
    ),
    "SiteHost": said(
        "id site host is_main",
    ),
    "OldAddress": said(
        "id site path target",
    ),
    "KeptChange": said(
        "id tags at",
    ),
    "ItemSound": said(
        "id edition voicing problem asked_at",
    ),
    "StepSound": said(
        "id unit guide step digest voicing problem asked_at",
    ),
    "Visits": said(
        "id unit item day count is_recorded",
    ),
}
