"""What every field of this room is kept for, on what ground, and how long.

What was on air is a record of the station. A recording is somebody's voice: it goes when the bulletin has no use for it (`Voicing`).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, said
from dinhlang.org.personal.usual import AS_RECORD, DOCUMENT, EVIDENCE, OFFICIAL, PUBLISHED, SAID

_VOICE = Personal(
    _("phát bản tin bằng giọng người đọc"),
    _("Người đọc đồng ý; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    AS_RECORD,
    open_because=_("để phát công khai trên loa và trên mạng"),
)

DECLARED: Declared = {
    "Bulletin": said(
        "id unit kind priority source language original field task valid_from valid_until state "
        "made_from_kind made_from_key made_from_digest made_from_title sender reference "
        "sender_key approved draft withdrawn_at withdrawn_why made_at changed_at",
        author=OFFICIAL,
        approved_by=OFFICIAL,
    ),
    "BulletinEdition": said(
        "id bulletin number title script recording_seconds seconds folded version made_at "
        "changed_at approved_at digest",
        writer=OFFICIAL,
        reader=_VOICE,
        recording=_VOICE,
        made_by=OFFICIAL,
        changed_by=OFFICIAL,
    ),
    "BulletinStep": said(
        "id bulletin edition deed state at link",
        reason=SAID,
        by=OFFICIAL,
    ),
    "BulletinLink": said(
        "id digest token_hash made_at expires_at used_at revoked_at held_hash bulletin",
        approver=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "Channel": said(
        "id unit service name remote_id remote_name app_id app_secret token refresh_token "
        "token_until refreshing_at login_state login_verifier login_at standing why checked_at "
        "rests_until with_pictures cover longest made_at",
        made_by=OFFICIAL,
    ),
    "Delivery": said(
        "id unit channel source_kind source_key source_digest title address picture mark field "
        "task approved_digest asked_at opened_at state state_at due_at why said unwanted tries "
        "looks attempted_at handle remote_id remote_address published_at receipt screenshot line "
        "read_at",
        words=PUBLISHED,
        approved_by=OFFICIAL,
        asked_by=OFFICIAL,
        posted_by=OFFICIAL,
    ),
    "DeliveryStep": said(
        "id delivery at deed state said",
        why=SAID,
        by=OFFICIAL,
    ),
    "DeliveryFigure": said(
        "id delivery name on value",
    ),
    "Zone": said(
        "id unit name",
    ),
    "Device": said(
        "id unit zone kind name place log_name start key_hash made_at revoked_at heard_at "
        "clock_off told alarm alarm_since",
        made_by=OFFICIAL,
        revoked_by=OFFICIAL,
    ),
    "Speaker": said(
        "id unit zone device name place state state_at",
        state_note=SAID,
        state_by=OFFICIAL,
    ),
    "Emergency": said(
        "id unit uid state status message refers category urgency severity certainty event "
        "headline words area zone repeats expires_at recording seconds is_spoken_by_machine "
        "sender sender_key sender_sent document version digest made_at proposed_at issued_at",
        made_by=OFFICIAL,
        proposed_by=OFFICIAL,
        issued_by=OFFICIAL,
    ),
    "EmergencyReceipt": said(
        "id emergency device sequence at received_at way is_logged",
    ),
    "EmergencyLink": said(
        "id digest token_hash made_at expires_at used_at revoked_at held_hash emergency",
        approver=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "IntakeKey": said(
        "id name start key_hash made_at used_at revoked_at unit",
        made_by=OFFICIAL,
        revoked_by=OFFICIAL,
    ),
    "BulletinSource": said(
        "id bulletin way name digest words_digest key at",
        file=DOCUMENT,
    ),
    "StationRules": said(
        "id starts_on ends_on legal_basis unit values note",
    ),
    "AirDay": said(
        "id unit first last legal_basis",
    ),
    "Slot": said(
        "id starts_on ends_on legal_basis unit name days starts minutes zone relay made_at",
        made_by=OFFICIAL,
    ),
    "Programme": said(
        "id unit year month made_at settled_at",
        made_by=OFFICIAL,
        settled_by=OFFICIAL,
    ),
    "Session": said(
        "id programme slot uid name day starts minutes zone special cancelled_why count_due",
    ),
    "RunningItem": said(
        "id session uid position bulletin edition title kind priority seconds task field planned_digest",
    ),
    "AirLogEntry": said(
        "id unit number fact witness session play day at ended_at device sequence received_at "
        "previous_hash entry_hash",
        by=OFFICIAL,
        said=SAID,
    ),
    "AirLogHead": said(
        "unit count last_hash",
    ),
    "AirLogCheckpoint": said(
        "unit count last_hash checked_at wrong_number wrong_reason",
    ),
    "Counted": said(
        "id session line",
    ),
    "Print": said(
        "id unit form title lead body contact address picture picture_alt width height distance "
        "field task made_from_kind made_from_key made_from_digest made_from_title source_words "
        "folded version approved_digest approved_at withdrawn_at withdrawn_why made_at changed_at",
        approved_by=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "PrintRun": said(
        "id of printed_on copies file words_digest recorded_at taken_back_at taken_back_why",
        printer=SAID,
        note=SAID,
        recorded_by=OFFICIAL,
    ),
    "PrintPlace": said(
        "id of folded copies starts_on until line taken_down_on recorded_at taken_back_at taken_back_why",
        place=EVIDENCE,
        photo=EVIDENCE,
        taken_down_by=OFFICIAL,
        recorded_by=OFFICIAL,
    ),
    "Voicing": said(
        "id unit edition source key title voice rate words starts ends state problem said total "
        "attempts asked_at claimed_at silent_until done_at dropped_at seconds loudness peak lines",
        text=PUBLISHED,
        raw=_VOICE,
        reader=_VOICE,
        asked_by=OFFICIAL,
        mp3=_VOICE,
        opus=_VOICE,
    ),
    "SpokenForm": said(
        "id unit section written spoken note changed_at",
        changed_by=OFFICIAL,
    ),
}
