"""What can happen in the archive and on the page that checks documents."""

from dinhlang.archive.actions.checks import (
    begin_check,
    decide,
    end_check,
    judge_as,
    read_held,
    sweep_checks,
)
from dinhlang.archive.actions.demo import load_demo
from dinhlang.archive.actions.importing import LARGEST, MEDIA_TYPES, import_document
from dinhlang.archive.actions.inbox import look_into_inbox
from dinhlang.archive.actions.intake import (
    confirm_intake,
    decide_intake,
    enqueue,
    keep_beside,
    picture_of_intake,
    read_intake,
    receive_file,
    refuse_intake,
    resume_intakes,
)

__all__ = [
    "LARGEST",
    "MEDIA_TYPES",
    "begin_check",
    "confirm_intake",
    "decide",
    "decide_intake",
    "end_check",
    "enqueue",
    "import_document",
    "judge_as",
    "keep_beside",
    "load_demo",
    "look_into_inbox",
    "picture_of_intake",
    "read_held",
    "read_intake",
    "receive_file",
    "refuse_intake",
    "resume_intakes",
    "sweep_checks",
]
