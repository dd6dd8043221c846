"""What can happen to obligations: regimes come in, periods open, requests are given out, days are moved, people reminded."""

from dinhlang.reports.duties.actions.exemptions import ask_extension, decide_extension
from dinhlang.reports.duties.actions.importing import Imported, import_regimes
from dinhlang.reports.duties.actions.letters import (
    CUT_OFF_AFTER,
    is_of_pages,
    leaves_in,
    picture_of_letter,
    read_letter,
    read_waiting,
    receive_archived,
    receive_letter,
)
from dinhlang.reports.duties.actions.opening import (
    Opened,
    open_due,
    open_period,
    recount_provisional,
    release_ceased,
)
from dinhlang.reports.duties.actions.reminding import remind_due, see_nudges
from dinhlang.reports.duties.actions.requests import (
    confirm_request,
    take_request,
    take_request_from_archive,
    withdraw_request,
)
from dinhlang.reports.duties.actions.sending import note_sent, take_back_sent

__all__ = [
    "CUT_OFF_AFTER",
    "Imported",
    "Opened",
    "ask_extension",
    "confirm_request",
    "decide_extension",
    "import_regimes",
    "is_of_pages",
    "leaves_in",
    "note_sent",
    "open_due",
    "open_period",
    "picture_of_letter",
    "read_letter",
    "read_waiting",
    "receive_archived",
    "receive_letter",
    "recount_provisional",
    "release_ceased",
    "remind_due",
    "see_nudges",
    "take_back_sent",
    "take_request",
    "take_request_from_archive",
    "withdraw_request",
]
