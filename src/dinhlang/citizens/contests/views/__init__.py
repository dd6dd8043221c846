"""The pages of contests on the desk."""

from dinhlang.citizens.contests.views.weeks import (
    sitting_exclude,
    sittings,
    week_detail,
    week_drop,
    week_edit,
    week_export,
    week_new,
    week_step,
    winners,
)
from dinhlang.citizens.contests.views.writing import (
    contest_detail,
    contest_edit,
    contest_list,
    contest_new,
    contest_poster,
    contest_step,
)

__all__ = [
    "contest_detail",
    "contest_edit",
    "contest_list",
    "contest_new",
    "contest_poster",
    "contest_step",
    "sitting_exclude",
    "sittings",
    "week_detail",
    "week_drop",
    "week_edit",
    "week_export",
    "week_new",
    "week_step",
    "winners",
]
