"""What can be asked about submissions: who may see which, where one stands, what waits."""

from dinhlang.reports.submission.queries.standing import (
    Awaited,
    by_digest,
    has_receiver,
    obligation_for,
    receipt_of,
    report_to_submit,
    returned_points,
    submissions_for,
    symbol_of,
    to_be_submitted,
    to_decide,
    to_send,
    whole,
)

__all__ = [
    "Awaited",
    "by_digest",
    "has_receiver",
    "obligation_for",
    "receipt_of",
    "report_to_submit",
    "returned_points",
    "submissions_for",
    "symbol_of",
    "to_be_submitted",
    "to_decide",
    "to_send",
    "whole",
]
