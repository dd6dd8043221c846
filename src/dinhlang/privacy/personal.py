"""What every field of this room is kept for, on what ground, and how long.

Requests two years, to prove that they were answered in time; breaches five, as long as somebody may ask what became of them.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, Retention, Whole, said
from dinhlang.org.personal.usual import OFFICIAL
from dinhlang.privacy.rules import codes

_UNTIL = _("yêu cầu kết thúc")
_ASKED = Personal(
    _("nhận, xác minh và trả lời yêu cầu về dữ liệu cá nhân"),
    _("Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP"),
    Retention(24, "ended_at", until=_UNTIL),
)
_BESIDE = replace(_ASKED, retention=Retention(24, "request__ended_at", until=_UNTIL))

_BREACH = Personal(
    _("ghi nhận, thông báo và khắc phục vi phạm về bảo vệ dữ liệu cá nhân"),
    _("Điều 23 Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP"),
    Retention(60, "ended_at", until=_("vi phạm khắc phục xong")),
)
_BESIDE_BREACH = replace(
    _BREACH, retention=Retention(60, "breach__ended_at", until=_("vi phạm khắc phục xong"))
)

DECLARED: Declared = {
    "DataRequest": said(
        "id unit uid code kind is_from_web is_proven state received_at term term_basis reply_due_at replied_at due_at "
        "is_extended outcome ground ended_at erased_at",
        pin_hash=_ASKED,
        key_mark=replace(_ASKED, open_because=_("mã băm một chiều, không đọc lại được")),
        words=_ASKED,
        name=_ASKED,
        contact=_ASKED,
        contact_mark=_ASKED,
        taken_by=OFFICIAL,
        proposed_by=OFFICIAL,
        decided_by=OFFICIAL,
    ),
    "DataRequestStep": said(
        "id request number deed state at is_told new_on",
        words=_BESIDE,
        by=OFFICIAL,
    ),
    "DataRequestMatter": said(
        "id request kind at",
        key=replace(_BESIDE, open_because=_("mã ngẫu nhiên của việc, không phải tên hay số của người")),
        added_by=OFFICIAL,
    ),
    "Breach": said(
        "id unit year number key discovered_at occurred_at source nature data_kinds persons state noted_at term term_basis due_at "
        "outcome ground notified_at notice_number telling ended_at",
        words=_BREACH,
        consequences=_BREACH,
        measures=_BREACH,
        late_reason=_BREACH,
        noted_by=OFFICIAL,
        proposed_by=OFFICIAL,
        decided_by=OFFICIAL,
    ),
    "BreachStep": said(
        "id breach position deed state at happened_at number",
        words=_BESIDE_BREACH,
        by=OFFICIAL,
    ),
    "PrivacyReminder": said("id request breach why due_at told_at mailed_at", person=OFFICIAL),
}
PEOPLE = {
    "DataRequest": Whole(
        code="code",
        read=codes.read_code,
        key="uid",
        ended="ended_at",
        parts={"DataRequestStep": "request", "DataRequestMatter": "request"},
        hidden=("pin_hash", "key_mark"),
    )
}
