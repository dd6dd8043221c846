"""How a line of the log is written: where something broke, never the words of the error.

Database drivers, mail servers and Python itself quote in their errors what people typed ('Key (phone)=(0900…)', 'invalid literal
for int(): …'), and a log is read by whoever looks after the server and kept as nobody declared.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

# Errors of these say names of the program only.
_OF_CODE = (ImportError, NameError, AttributeError, TypeError)
_MISSING = re.compile(r"no such (?:table|column): [\w.]+|(?:relation|column) \"[\w.]+\" does not exist")
_log = logging.getLogger(__name__)


class Line(logging.Formatter):
    """One line for a message; below it, of an error, the places and the kinds of error."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept its own text of the error in the record.
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging calls
        return told(ei[1])


def told(error: BaseException | None) -> str:
    """Where an error and those behind it came from and of what kind they are, without their words."""
    return "\n".join(_lines(error)).rstrip()


def _lines(error: BaseException | None) -> Iterator[str]:
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for one in reversed(seen):
        yield "".join(traceback.format_tb(one.__traceback__)).rstrip()
        yield f"{type(one).__module__}.{type(one).__qualname__}{_reason(one)}"


def _reason(error: BaseException) -> str:
    """What can be said of an error without quoting anybody; '' when nothing can."""
    if isinstance(error, _OF_CODE):
        return f": {error}"
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    missing = _MISSING.search(str(error))
    return "".join(f": {said}" for said in (code, missing and missing[0]) if said)


def catch_loose_ends() -> None:
    """Write down what ends a thread or the process by the log, not as Python prints it."""
    sys.excepthook = _of_process
    threading.excepthook = _of_thread


def _of_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.critical("the process ends", exc_info=(kind, error, trace))


def _of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not issubclass(ended.exc_type, SystemExit):
        _log.error(
            "the thread %s ends",
            ended.thread.name if ended.thread else "?",
            exc_info=(ended.exc_type, ended.exc_value, ended.exc_traceback),
        )
