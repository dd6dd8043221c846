"""How the web reaches approving."""

from dinhlang.reports.approval.views.by_link import decide, paper_file
from dinhlang.reports.approval.views.desk import approval, approve, link_make, link_revoke
from dinhlang.reports.approval.views.sealing import seal
from dinhlang.reports.approval.views.setup import key_retire, mandate_end, setup
from dinhlang.reports.approval.views.signature import signature

__all__ = [
    "approval",
    "approve",
    "decide",
    "key_retire",
    "link_make",
    "link_revoke",
    "mandate_end",
    "paper_file",
    "seal",
    "setup",
    "signature",
]
