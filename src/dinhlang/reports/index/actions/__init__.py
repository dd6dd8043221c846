"""What can happen to criteria sets and assessments."""

from dinhlang.reports.index.actions.appraising import (
    appraise_score,
    finish_appraisal,
    note_survey,
    reopen,
    score_from_round,
)
from dinhlang.reports.index.actions.publishing import publish, withdraw
from dinhlang.reports.index.actions.scoring import (
    begin,
    compute,
    link_lines,
    return_to_unit,
    score_criterion,
    send,
    take_back,
    unlink_line,
)
from dinhlang.reports.index.actions.sets import confirm_set, drop_set, propose_set, scheme_in

__all__ = [
    "appraise_score",
    "begin",
    "compute",
    "confirm_set",
    "drop_set",
    "finish_appraisal",
    "link_lines",
    "note_survey",
    "propose_set",
    "publish",
    "reopen",
    "return_to_unit",
    "scheme_in",
    "score_criterion",
    "score_from_round",
    "send",
    "take_back",
    "unlink_line",
    "withdraw",
]
