"""What can happen to submissions: a report comes in by one of its ways, is returned, accepted, taken back."""

from dinhlang.reports.submission.actions.deciding import accept_submission, return_submission
from dinhlang.reports.submission.actions.files import (
    look_at_archived,
    look_at_file,
    take_in_archived,
    take_in_file,
)
from dinhlang.reports.submission.actions.keys import CannotGive, make_key, revoke_key
from dinhlang.reports.submission.actions.sending import ask_standing, send_file, send_report, take_back_there
from dinhlang.reports.submission.actions.submitting import submit_nil, submit_report, take_back

__all__ = [
    "CannotGive",
    "accept_submission",
    "ask_standing",
    "look_at_archived",
    "look_at_file",
    "make_key",
    "return_submission",
    "revoke_key",
    "send_file",
    "send_report",
    "submit_nil",
    "submit_report",
    "take_back",
    "take_back_there",
    "take_in_archived",
    "take_in_file",
]
