"""What can happen in the archive and on the page that checks documents."""

from dinhlang.archive.actions.checks import (
    begin_check,
    decide,
    end_check,
    judge_as,
    read_held,
    sweep_checks,
)
from dinhlang.archive.actions.importing import LARGEST, MEDIA_TYPES, import_document

__all__ = [
    "LARGEST",
    "MEDIA_TYPES",
    "begin_check",
    "decide",
    "end_check",
    "import_document",
    "judge_as",
    "read_held",
    "sweep_checks",
]
