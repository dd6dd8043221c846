"""How the web reaches the index."""

from dinhlang.reports.index.views.assessment import assessment, assessment_act, assessment_export, survey
from dinhlang.reports.index.views.criterion import appraise, criterion, evidence, take_round
from dinhlang.reports.index.views.lists import assessments, assessments_export, begin
from dinhlang.reports.index.views.sets import index_set, set_act, set_file, set_new, sets

__all__ = [
    "appraise",
    "assessment",
    "assessment_act",
    "assessment_export",
    "assessments",
    "assessments_export",
    "begin",
    "criterion",
    "evidence",
    "index_set",
    "set_act",
    "set_file",
    "set_new",
    "sets",
    "survey",
    "take_round",
]
