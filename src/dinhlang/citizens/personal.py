"""What every field of this room is kept for, on what ground, and how long.

Two years after a case has ended, what leads to the sender goes; what was made public has no person in it and stays.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens import keeping
from dinhlang.citizens.contests.rules.draw import read_entry_code
from dinhlang.citizens.rules import codes
from dinhlang.citizens.rules.kinds import Said
from dinhlang.org.personal import NOT_PERSONAL, Declared, Files, Personal, Retention, Whole
from dinhlang.org.personal.usual import OFFICIAL
from dinhlang.work.sealed_files import FileLost

_UNTIL = _("phản ánh, kiến nghị kết thúc")
_AFTER_THE_END = Retention(24, "ended_at", until=_UNTIL)
_AFTER_ITS_END = Retention(24, "case__ended_at", until=_UNTIL)
_TASK = _("Nghị định 20/2008/NĐ-CP, Nghị định 92/2017/NĐ-CP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")

_HANDLING = Personal(_("xử lý và trả lời phản ánh, kiến nghị"), _TASK, _AFTER_THE_END)
_BESIDE = replace(_HANDLING, retention=_AFTER_ITS_END)
# What is public names nobody. What never became public, or was taken down, may still do so.
_UNSHOWN = Personal(
    _("soạn bản công khai không nêu danh tính"),
    _TASK,
    Retention(24, "case__ended_at", ~Q(state="published"), _UNTIL),
    open_because=_("đã che tên, số điện thoại, địa chỉ; để công khai và tìm được"),
)
_CONTACT = Personal(_("liên hệ và trả lời người gửi"), _TASK, _AFTER_THE_END)
_ASKING = _("đo mức độ hài lòng để phục vụ tốt hơn; không gắn với người trả lời")
_SURVEY = _("Quyết định 1001/QĐ-BNV ngày 11/12/2023; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
# Two years after the round has closed nobody needs the single slip any more: its results are kept.
_OF_A_ROUND = Retention(24, "round__closed_at", until=_("đợt khảo sát đóng"))
_SLIP = Personal(
    _ASKING, _SURVEY, _OF_A_ROUND, open_because=_("không có gì dẫn về người trả lời; phải cộng được")
)
_POINT = replace(
    _HANDLING, open_because=_("hai con số không kèm chữ, cho bản đồ của cán bộ; xóa cùng nội dung")
)
_MARK = replace(_HANDLING, open_because=_("mã băm một chiều, không đọc lại được"))
_LETTER = replace(_HANDLING, open_because=_("số văn bản của cơ quan"))
_INVITING = Personal(
    _("mời dự, điểm danh và báo khi hủy lớp tập huấn"),
    _("Nghị định 49/2024/NĐ-CP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    # By the day of the class, not of closing it: a class that nobody closed is forgotten too.
    Retention(24, "training__starts_at", until=_("lớp được tổ chức")),
)
_TESTED = replace(
    _INVITING,
    purpose=_("biết lớp học có ích không; không gắn với người làm bài"),
    open_because=_("không có gì dẫn về người làm bài; phải cộng được"),
)
_CONTEST = Personal(
    _("tổ chức cuộc thi, báo tin và trao giải cho người trúng giải"),
    _("Sự đồng ý của người dự thi; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"),
    Retention(6, "week__closes_at", until=_("tuần thi đóng")),
)


DECLARED: Declared = {
    "Case": {
        **dict.fromkeys(
            ("id", "unit", "uid", "code", "way", "nature", "category", "subject", "folded", "hamlet", "is_named",
             "is_publishable", "consent", "consent_at", "state", "received_at", "part", "part_since", "looks_like", "forwarded_to", "term", "term_basis", "clock_from",
             "due_at", "first_due_at", "paused_since", "answered_at", "answered_in_time", "days_used", "last_answered_at",
             "flags", "rating", "rated_at", "is_invited", "reopened_at", "ended_at", "erased_at", "version", "changed_at"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("words", "place"), _HANDLING),
        **dict.fromkeys(("latitude", "longitude"), _POINT),
        "forwarded_as": _LETTER,
        "content_mark": _MARK,
        **dict.fromkeys(
            ("sender_name", "sender_phone", "phone_mark", "sender_mail", "sender_address", "spoken_for", "pin_hash"),
            _CONTACT,
        ),
        "key_mark": _MARK,
        **dict.fromkeys(("taken_by", "handler"), OFFICIAL),
    },
    "CaseEvent": {
        **dict.fromkeys(("id", "case", "number", "deed", "before", "after", "at", "actor", "detail"), NOT_PERSONAL),
        "by": OFFICIAL,
    },
    "CaseWords": {
        **dict.fromkeys(("id", "case", "event", "kind", "key", "at"), NOT_PERSONAL),
        "words": _BESIDE,
        "by": OFFICIAL,
    },
    "CaseFile": {
        **dict.fromkeys(("id", "case", "media_type", "size", "at", "erased_at", "looked_at", "looked_pages", "is_identity_paper"), NOT_PERSONAL),
        # A random name; the file that lies under it goes with what the row says of it (`FILES`), and the name stays.
        "name_there": replace(
            _BESIDE, retention=Retention(None), open_because=_("tên ngẫu nhiên; tệp dưới tên đó đã mã hóa")
        ),
        "name": _BESIDE,
        "digest": replace(_MARK, retention=_AFTER_ITS_END),
        "by": OFFICIAL,
    },
    "CaseMail": {
        **dict.fromkeys(
            ("id", "case", "wants_news", "receipt_at", "told_to", "told_at", "stopped_at"), NOT_PERSONAL
        ),
        "address_mark": replace(_MARK, retention=_AFTER_ITS_END),
    },
    "CaseOpening": {
        **dict.fromkeys(("id", "case", "what", "file", "at"), NOT_PERSONAL),
        "by": replace(OFFICIAL, purpose=_("cho biết ai đã xem dữ liệu của người gửi")),
    },
    "CaseReminder": {
        **dict.fromkeys(("id", "case", "step", "due_at", "at", "mailed_at"), NOT_PERSONAL),
        "to": OFFICIAL,
    },
    "Answer": {
        **dict.fromkeys(("id", "case", "number", "digest", "drafted_at", "approved_at"), NOT_PERSONAL),
        "words": _BESIDE,
        **dict.fromkeys(("drafted_by", "approved_by"), OFFICIAL),
    },
    "Publication": {
        **dict.fromkeys(
            ("id", "case", "unit", "uid", "state", "source_digest", "category", "hamlet", "received_on", "answered_on",
             "reopened_on", "proposed_at", "published_at", "first_published_at", "taken_down_at", "taken_down_why", "version"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("title", "question", "answer", "folded"), _UNSHOWN),
        "spans": Personal(
            _("cho biết chỗ nào đã che và vì sao"), _TASK, _AFTER_ITS_END, _("vị trí trong câu, không phải chữ")
        ),
        **dict.fromkeys(("proposed_by", "approved_by"), OFFICIAL),
    },
    "Renewal": {
        **dict.fromkeys(
            ("id", "case", "state", "source_digest", "answered_on", "reopened_on", "proposed_at", "version"), NOT_PERSONAL
        ),
        **dict.fromkeys(("title", "question", "answer"), _UNSHOWN),
        "spans": Personal(
            _("cho biết chỗ nào đã che và vì sao"), _TASK, _AFTER_ITS_END, _("vị trí trong câu, không phải chữ")
        ),
        "proposed_by": OFFICIAL,
    },
    "StandardReply": {
        **dict.fromkeys(("id", "unit", "title", "category", "words", "key", "made_at", "changed_at", "ended_at"), NOT_PERSONAL),
        "made_by": OFFICIAL,
    },
    "HandlingRules": {
        **dict.fromkeys(("id", "unit", "name", "starts_on", "ends_on", "legal_basis", "values", "made_at"), NOT_PERSONAL),
        "made_by": OFFICIAL,
    },
    "Open311Key": {
        **dict.fromkeys(("id", "unit", "name", "start", "key_hash", "made_at", "used_at", "revoked_at"), NOT_PERSONAL),
        **dict.fromkeys(("made_by", "revoked_by"), OFFICIAL),
    },
    "Route": {
        **dict.fromkeys(("id", "unit", "category", "part"), NOT_PERSONAL),
        "handler": OFFICIAL,
    },
    "Survey": {
        **dict.fromkeys(("id", "unit", "title", "made_at"), NOT_PERSONAL),
        "made_by": OFFICIAL,
    },
    "SurveyVersion": {
        **dict.fromkeys(("id", "survey", "number", "definition", "digest", "edits", "written_at", "frozen_at"), NOT_PERSONAL),
        "written_by": OFFICIAL,
    },
    "SurveyRound": {
        **dict.fromkeys(
            ("id", "unit", "version", "title", "code", "method", "opens_on", "closes_on", "by_poster", "by_kiosk", "by_after", "by_return",
             "least_seconds", "cooldown_hours", "given_out", "opened_at", "closed_at", "results", "line", "published_at"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("opened_by", "closed_by", "published_by"), OFFICIAL),
    },
    "SurveyToken": dict.fromkeys(("id", "round", "mark", "way", "sheet", "made_on", "is_used"), NOT_PERSONAL),
    "SurveyAnswer": {
        **dict.fromkeys(("id", "round", "way", "flags"), NOT_PERSONAL),
        "values": _SLIP,
    },
    "SurveyRemark": {
        **dict.fromkeys(("id", "round", "question", "state", "public_text", "decided_at"), NOT_PERSONAL),
        "words": _SLIP,
        "decided_by": OFFICIAL,
    },
    "PaperBatch": {
        **dict.fromkeys(("id", "round", "title", "sheets", "key", "made_at", "finished_at"), NOT_PERSONAL),
        **dict.fromkeys(("made_by", "finished_by"), OFFICIAL),
    },
    "PaperEntry": {
        **dict.fromkeys(("id", "batch", "sheet", "turn", "typed_at"), NOT_PERSONAL),
        **dict.fromkeys(("values", "remarks"), replace(_SLIP, retention=Retention(24, "typed_at", until=_("phiếu giấy được nhập")))),
        "typed_by": OFFICIAL,
    },
    "TrainingClass": {
        **dict.fromkeys(
            ("id", "unit", "code", "kind", "subject", "task", "starts_at", "ends_at", "place", "contents", "expected", "version",
             "stage", "results", "ticked", "key", "made_at", "invited_at", "closed_at", "line", "cancelled_at", "cancel_reason"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("lecturer", "signer", "made_by", "closed_by", "cancelled_by"), OFFICIAL),
    },
    "TrainingGuest": {
        **dict.fromkeys(
            ("id", "training", "code", "number", "group", "is_unannounced", "attended_at", "mailed_at", "called_off_at", "erased_at"), NOT_PERSONAL
        ),
        **dict.fromkeys(("name", "name_mark", "place", "phone", "phone_mark", "mail", "mail_mark"), _INVITING),
        "person": replace(_INVITING, open_because=_("tài khoản của cán bộ, để gửi thư và không mời hai lần")),
    },
    "TrainingCall": {
        **dict.fromkeys(("id", "guest", "is_off", "answer", "key", "at"), NOT_PERSONAL),
        "note": replace(_INVITING, retention=Retention(24, "guest__training__starts_at", until=_("lớp được tổ chức"))),
        "by": OFFICIAL,
    },
    "TrainingFile": {
        **dict.fromkeys(("id", "training", "kind", "title", "version", "blob", "name", "added_at", "removed_at"), NOT_PERSONAL),
        "added_by": OFFICIAL,
    },
    "TrainingAnswer": {
        **dict.fromkeys(("id", "training", "is_after", "version", "answered_on"), NOT_PERSONAL),
        **dict.fromkeys(("pair", "values"), _TESTED),
    },
    "Contest": {
        **dict.fromkeys(
            ("id", "unit", "title", "code", "terms", "prizes", "timing", "seconds", "grace_seconds", "state", "edits", "made_at",
             "sent_at", "returned_why", "approved_at", "closed_at", "closed_why"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("made_by", "sent_by", "approved_by", "closed_by"), OFFICIAL),
    },
    "ContestWeek": {
        **dict.fromkeys(
            ("id", "contest", "number", "opens_at", "closes_at", "version", "drawn", "lots", "public_source", "seed", "commitment",
             "void", "all_right", "finished_at", "line"),
            NOT_PERSONAL,
        ),
        "finished_by": OFFICIAL,
    },
    "ContestSitting": {
        # Without name and number a sitting leads to nobody: points and answers stay for the figures and for checking the draw.
        **dict.fromkeys(
            ("id", "week", "mark", "code", "hamlet", "group", "is_child", "is_shown", "consent", "pace", "guess", "questions", "flags",
             "joined_at", "started_at", "ended_at", "points", "right", "is_all_right", "milliseconds", "rank", "excluded_at",
             "excluded_why", "erased_at"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("name", "phone", "phone_mark", "guardian"), _CONTEST),
        "excluded_by": OFFICIAL,
    },
    "ContestAnswer": dict.fromkeys(
        ("id", "sitting", "place", "question", "usual_seconds", "given_at", "due_at", "answered_at", "value", "is_late"), NOT_PERSONAL
    ),
    "ContestDraw": {
        **dict.fromkeys(
            ("id", "week", "number", "public_value", "entries", "winners", "drawn_at", "replaced_at", "replaced_why"), NOT_PERSONAL
        ),
        "drawn_by": OFFICIAL,
    },
}  # fmt: skip


def _read(name_there: str) -> bytes | None:
    try:
        return keeping.FILES.read(name_there)
    except FileLost:
        return None


FILES = {"CaseFile": Files("name_there", _read, keeping.FILES.erase)}
PEOPLE = {
    "Case": Whole(
        code="code",
        read=codes.read_code,
        key="uid",
        ended="ended_at",
        parts={
            "CaseEvent": "case",
            "CaseWords": "case",
            "CaseFile": "case",
            "CaseMail": "case",
            "CaseOpening": "case",
            "Answer": "case",
            "Publication": "case",
            "Renewal": "case",
        },
        hidden=("pin_hash", "key_mark", "content_mark", "name_there", "address_mark"),
        desk_only={
            "CaseWords": Q(kind=Said.NOTE),
            "CaseOpening": Q(pk__isnull=False),
            "Answer": Q(approved_at=None),
            "Publication": ~Q(state="published"),
            "Renewal": Q(pk__isnull=False),
        },
    ),
    # Held by consent alone: it goes whenever that is taken back, also while the week runs.
    "ContestSitting": Whole(
        code="code",
        read=read_entry_code,
        key="mark",
        ended="joined_at",
        parts={"ContestAnswer": "sitting"},
        hidden=("mark",),
    ),
    # Whoever asks is forgotten before the class too, and then is not invited any more. That somebody came stays as a
    # number; the signed sheet is evidence of the ledger and is kept with it.
    "TrainingGuest": Whole(
        code="code",
        read=read_entry_code,
        key="code",
        parts={"TrainingCall": "guest"},
    ),
}
