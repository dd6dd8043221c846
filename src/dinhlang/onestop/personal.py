"""What every field of this room is kept for, on what ground, and how long.

Five years after a dossier has ended, who handed it in goes; what was asked for, when and whether it was in time stays, for
figures of years gone by. The register itself is a record of the office: numbers are never taken out of it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.rules import codes
from dinhlang.org.personal import NOT_PERSONAL, Declared, Personal, Retention, Whole
from dinhlang.org.personal.usual import OFFICIAL

_UNTIL = _("hồ sơ kết thúc")
_AFTER_THE_END = Retention(60, "ended_at", until=_UNTIL)
_AFTER_ITS_END = Retention(60, "dossier__ended_at", until=_UNTIL)
_TASK = _(
    "Nghị định 61/2018/NĐ-CP, 107/2021/NĐ-CP, 118/2025/NĐ-CP; Thông tư 03/2025/TT-VPCP; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
)

_WHO = Personal(_("biết ai nộp hồ sơ, lập giấy tiếp nhận và trả kết quả đúng người"), _TASK, _AFTER_THE_END)
_CONTACT = Personal(_("báo cho người nộp và gửi kết quả"), _TASK, _AFTER_THE_END)
_WHY = Personal(
    _("nói rõ vì sao phải bổ sung, tạm dừng, hẹn lại hoặc dừng giải quyết"), _TASK, _AFTER_ITS_END
)


DECLARED: Declared = {
    "CounterRules": {
        **dict.fromkeys(
            ("id", "unit", "starts_on", "ends_on", "legal_basis", "office", "agency_code", "address", "phone", "hours",
             "bank", "account", "account_name", "set_at"),
            NOT_PERSONAL,
        ),
        "set_by": OFFICIAL,
    },
    "Book": dict.fromkeys(("id", "unit", "year", "volume", "count", "opened_at"), NOT_PERSONAL),
    "Dossier": {
        **dict.fromkeys(
            ("id", "unit", "key", "source", "book", "number", "code", "code_key", "channel", "return_way", "version",
             "procedure_code", "procedure_name", "field", "folded", "term_amount", "term_unit", "term_words", "term_cut_off",
             "term_basis", "assisted_at", "receiving", "handling", "returning", "papers", "sets", "state", "fee_state",
             "delivery_state", "fee_amount", "fee_words", "presented_at", "received_at", "first_due_at", "due_at",
             "apologised_at", "resolved_at", "given_at", "ended_at", "calendar", "is_provisional", "told_on", "held_at", "entered_at",
             "erased_at"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("applicant", "applicant_mark", "on_behalf_of"), _WHO),
        **dict.fromkeys(("address", "phone", "phone_mark", "email"), _CONTACT),
        **dict.fromkeys(("held_by", "entered_by"), OFFICIAL),
    },
    "SurveySlip": dict.fromkeys(("dossier",), NOT_PERSONAL),
    "Refusal": dict.fromkeys(("id", "unit", "year", "number", "dossier"), NOT_PERSONAL),
    "DossierStep": {
        **dict.fromkeys(
            ("id", "dossier", "number", "key", "deed", "state", "at", "recorded_at", "said", "reverses"), NOT_PERSONAL
        ),
        "reason": _WHY,
        "by": OFFICIAL,
    },
    "ConfirmedRows": dict.fromkeys(("id", "run", "dossiers"), NOT_PERSONAL),
    "YearFigures": dict.fromkeys(
        ("id", "unit", "year", "last", "months", "fields", "counted_at", "is_due", "is_counting"), NOT_PERSONAL
    ),
    "CountedDay": dict.fromkeys(("id", "unit", "day", "line", "is_due"), NOT_PERSONAL),
    "Guidance": {
        **dict.fromkeys(
            ("id", "unit", "key", "day", "people", "procedure_code", "procedure_name", "way", "online", "at", "reverses"),
            NOT_PERSONAL,
        ),
        "by": OFFICIAL,
    },
    "GuidedDay": dict.fromkeys(("id", "unit", "day", "line", "is_due"), NOT_PERSONAL),
    "ImportLayout": {
        **dict.fromkeys(
            ("id", "unit", "fingerprint", "meanings", "orders", "states", "saved_at"), NOT_PERSONAL
        ),
        "saved_by": OFFICIAL,
    },
    # Names, telephones, numbers of papers are never read from the file (`imports.columns.PERSONAL`).
    "ImportRun": {
        **dict.fromkeys(
            ("id", "unit", "key", "name", "sha256", "kept_as", "state", "as_of", "sheet", "fingerprint", "meanings", "orders",
             "states", "found", "counts", "before", "after", "done", "total", "attempts", "told", "received_at", "confirmed_at",
             "moved_at"),
            NOT_PERSONAL,
        ),
        "received_by": OFFICIAL,
        "confirmed_by": OFFICIAL,
    },
    "Finding": dict.fromkeys(
        ("id", "run", "kind", "row", "code", "code_key", "dossier", "told", "why", "decision"), NOT_PERSONAL
    ),
    # Nobody is named: groups of age and sex of a hamlet, asked for only if somebody wants to.
    "Support": {
        **dict.fromkeys(
            ("id", "unit", "key", "day", "people", "hamlet", "place", "matter", "procedure_code", "procedure_name", "outcome",
             "minutes", "age", "sex", "stuck", "at", "reverses"),
            NOT_PERSONAL,
        ),
        "by": OFFICIAL,
    },
    "StepVersion": {
        **dict.fromkeys(
            ("id", "unit", "guide", "step", "is_house", "words", "note", "is_drawn", "picture", "alternative", "house_version",
             "made_at", "checked_at"),
            NOT_PERSONAL,
        ),
        **dict.fromkeys(("made_by", "checked_by"), OFFICIAL),
    },
    "SupportedDay": dict.fromkeys(("id", "unit", "day", "line", "is_due"), NOT_PERSONAL),
    "Reminder": {
        **dict.fromkeys(("id", "dossier", "why", "due_at", "told_at", "mailed_at"), NOT_PERSONAL),
        "person": OFFICIAL,
    },
}  # fmt: skip

PEOPLE = {
    "Dossier": Whole(
        code="code_key",
        read=lambda typed: codes.read(typed).key,
        key="key",
        ended="ended_at",
        parts={"DossierStep": "dossier"},
    )
}
