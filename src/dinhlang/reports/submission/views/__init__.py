"""The pages: handing in, what was received, one submission, its receipt, keys."""

from dinhlang.reports.submission.views.files import duty_file
from dinhlang.reports.submission.views.handing_in import duty_nil, submit
from dinhlang.reports.submission.views.keys import key_revoke, keys
from dinhlang.reports.submission.views.lists import submissions, submissions_export
from dinhlang.reports.submission.views.one import (
    submission,
    submission_accept,
    submission_file,
    submission_return,
    submission_take_back,
)
from dinhlang.reports.submission.views.receipts import receipt, receipt_check, receipt_pdf

__all__ = [
    "duty_file",
    "duty_nil",
    "key_revoke",
    "keys",
    "receipt",
    "receipt_check",
    "receipt_pdf",
    "submission",
    "submission_accept",
    "submission_file",
    "submission_return",
    "submission_take_back",
    "submissions",
    "submissions_export",
    "submit",
]
