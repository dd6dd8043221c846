"""What can happen to submissions: a report comes in by one of its ways, is returned, accepted, taken back."""

from dinhlang.reports.submission.actions.deciding import accept_submission, return_submission
from dinhlang.reports.submission.actions.submitting import submit_nil, submit_report, take_back

__all__ = [
    "accept_submission",
    "return_submission",
    "submit_nil",
    "submit_report",
    "take_back",
]
