"""What can happen to a report on its way: sent, passed on, returned, taken back, approved; the steps of a unit set."""

from dinhlang.reports.approval.actions.approving import approve
from dinhlang.reports.approval.actions.demo import load_demo
from dinhlang.reports.approval.actions.links import (
    approve_by_link,
    make_link,
    return_by_link,
    revoke_link,
)
from dinhlang.reports.approval.actions.paths import set_path
from dinhlang.reports.approval.actions.sealing import seal_report
from dinhlang.reports.approval.actions.sending import pass_on, return_report, send, take_back
from dinhlang.reports.approval.actions.signing import WrongPassphrase

__all__ = [
    "WrongPassphrase",
    "approve",
    "approve_by_link",
    "load_demo",
    "make_link",
    "pass_on",
    "return_by_link",
    "return_report",
    "revoke_link",
    "seal_report",
    "send",
    "set_path",
    "take_back",
]
