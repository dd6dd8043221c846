"""What every field of this room is kept for, on what ground, and how long.

The ledger and its evidence are records of the office; a feed of due days goes with whoever made it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, Retention, said
from dinhlang.org.personal.usual import DOCUMENT, EVIDENCE, OFFICIAL, SAID

_FEED = Personal(
    _("đưa ngày hạn vào lịch trên điện thoại của người đã xin"),
    _("Người có lịch yêu cầu; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    Retention(None, until=_("đến khi người đó bỏ lịch")),
    open_because=_("tên lịch do cán bộ đặt, hiện trên trang của chính họ"),
)

DECLARED: Declared = {
    "CalendarFeed": said(
        "id unit only_own key created_at",
        person=_FEED,
        name=_FEED,
    ),
    "Blob": said(
        "sha256 size media_type stored_at",
    ),
    "Picture": said(
        "blob width height",
        thumbnail=EVIDENCE,
        fingerprint=EVIDENCE,
    ),
    "Plan": said(
        "id unit year programme title number symbol issued_on source source_name bases "
        "rolled_from version created_at",
        document=DOCUMENT,
        created_by=OFFICIAL,
    ),
    "PlanDraft": said(
        "id unit origin source source_name rolled_from created_at changed_at",
        source_text=DOCUMENT,
        document=DOCUMENT,
        proposal=DOCUMENT,
        created_by=OFFICIAL,
        changed_by=OFFICIAL,
    ),
    "Task": said(
        "id plan position ordinal text product lead cooperating schedule_text schedule "
        "watch_months expected_kinds",
    ),
    "Assignment": said(
        "id plan position unit_text duty",
    ),
    "Occurrence": said(
        "id task number starts_on ends_on due_on needed is_watch",
    ),
    "Batch": said(
        "id unit deed lines undoes at",
        note=SAID,
        by=OFFICIAL,
    ),
    "Import": said(
        "id unit blob rows batch is_undone at",
        name=DOCUMENT,
        by=OFFICIAL,
    ),
    "Activity": said(
        "id uid unit kind happened_on task reform_field basis imported_from instead_of batch "
        "recorded_at line_hash",
        title=EVIDENCE,
        note=EVIDENCE,
        folded=EVIDENCE,
        recorded_by=OFFICIAL,
    ),
    "Measure": said(
        "id activity concept value exactness",
    ),
    "Evidence": said(
        "id activity kind batch added_at",
        blob=EVIDENCE,
        url=EVIDENCE,
        caption=EVIDENCE,
        added_by=OFFICIAL,
    ),
    "Reversal": said(
        "id activity batch at",
        reason=SAID,
        by=OFFICIAL,
    ),
    "KeptBoth": said(
        "id first second at",
        by=OFFICIAL,
    ),
    "DailyFact": said(
        "id unit concept day total lines inexact_lines unevidenced_lines digest",
    ),
    "PeriodSums": said(
        "id unit bucket sums",
    ),
    "SumsBelow": said(
        "id unit day sums",
    ),
    "FoldChange": said(
        "id unit concept day total lines inexact_lines unevidenced_lines digest",
    ),
    "SummedUnder": said(
        "id unit parent starts_on ends_on",
    ),
    "SumTurn": said(
        "id done_at",
    ),
}
