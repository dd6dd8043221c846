"""When a plan's task is to be done, in the plan's own words ("Mỗi tháng 01 kỳ") and as the software reads them.

`parse` reads a phrase, `render` prints it back; `to_json` and `from_json` keep it by the contract of documents;
`occurrences` says which spans of a year it means and by which working day each is due. A continuous task has no
due date but a rhythm to watch it by: `watch_windows`.
"""

from dinhlang.periods.schedule.codec import BadSchedule, from_json, to_json
from dinhlang.periods.schedule.grammar import parse
from dinhlang.periods.schedule.model import Recurrence, Schedule, ScheduleKind, Step
from dinhlang.periods.schedule.occurrences import Due, occurrences, watch_windows
from dinhlang.periods.schedule.wording import render, render_canonical

__all__ = [
    "BadSchedule",
    "Due",
    "Recurrence",
    "Schedule",
    "ScheduleKind",
    "Step",
    "from_json",
    "occurrences",
    "parse",
    "render",
    "render_canonical",
    "to_json",
    "watch_windows",
]
