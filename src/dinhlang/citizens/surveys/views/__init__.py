"""The pages of surveys on the desk."""

from dinhlang.citizens.surveys.views.editing import (
    list_export,
    question_edit,
    question_new,
    question_step,
    survey_detail,
    survey_list,
    survey_new,
    version_edit,
    version_file,
    version_new,
)
from dinhlang.citizens.surveys.views.paper import batch_detail, batch_finish, batch_new, batch_sheet
from dinhlang.citizens.surveys.views.rounds import (
    remark_step,
    remarks,
    round_detail,
    round_export,
    round_new,
    round_poster,
    round_slips,
    round_step,
)

__all__ = [
    "batch_detail",
    "batch_finish",
    "batch_new",
    "batch_sheet",
    "list_export",
    "question_edit",
    "question_new",
    "question_step",
    "remark_step",
    "remarks",
    "round_detail",
    "round_export",
    "round_new",
    "round_poster",
    "round_slips",
    "round_step",
    "survey_detail",
    "survey_list",
    "survey_new",
    "version_edit",
    "version_file",
    "version_new",
]
