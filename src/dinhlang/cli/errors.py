"""How an error reaches the person at the terminal: one line of Vietnamese, and an exit code.

0 done · 1 something broke that is not the caller's doing · 2 wrong use or wrong input · 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import click

WRONG_INPUT = 2
BROKEN = 1
INTERRUPTED = 130

# A message may quote what somebody wrote, of any length; nobody reads more than this.
_LONGEST = 2000

# click names the form of a date as programmers write it.
_DAYS = {"%Y-%m-%d": "2023-07-20", "%d/%m/%Y": "20/7/2023"}

# Exceptions whose text is written for the person who called. They are looked up only among modules already
# loaded: an error cannot come from a module that was never imported, and importing one here would slow
# every command.
_TOLD = (
    ("dinhlang.org.rules", "Refused"),
    ("dinhlang.config.environment", "BadSetting"),
    ("dinhlang.config.start", "DataInUse"),
    ("dinhlang.config.start", "WrongVersion"),
    ("dinhlang.config.backup_file", "BadBackup"),
    ("dinhlang.cli.supervisor", "CannotStart"),
    ("dinhlang.officialdoc.codec", "BadDocument"),
    ("dinhlang.periods.identifier", "BadPeriod"),
)


def guarded(command: Callable[[], object]) -> int:
    """Run a command and give its exit code. Whatever it raises becomes one line on standard error."""
    output = sys.stdout
    try:
        given = command()
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except click.exceptions.NoArgsIsHelpError as bare:
        sys.stderr.write(f"{bare.format_message()}\n")
        return WRONG_INPUT
    except click.ClickException as wrong:
        return _tell(_usage(wrong), WRONG_INPUT)
    except (KeyboardInterrupt, click.Abort):
        return _tell("Đã dừng theo yêu cầu.", INTERRUPTED)
    except BrokenPipeError:
        return _reader_went_away()
    except SystemExit:
        # click puts something else in the place of standard output when its reader is gone, and ends so; a
        # command that ends by itself means it.
        if sys.stdout is not output:
            return _reader_went_away()
        raise
    except Exception as error:
        return _tell(*_explained(error))
    return given if isinstance(given, int) else 0


def _usage(wrong: click.ClickException) -> str:
    message = _one_line(wrong.format_message())
    for form, example in _DAYS.items():
        message = message.replace(f"'{form}'", example).replace(form, example)
    context = getattr(wrong, "ctx", None)
    if (
        isinstance(wrong, click.UsageError)
        and not isinstance(wrong, click.BadParameter)
        and context is not None
    ):
        message = f"{message.rstrip('.')}. Xem hướng dẫn: {context.command_path} --help"
    return message


def _explained(error: Exception) -> tuple[str, int]:
    if isinstance(error, _told_exceptions()):
        return _one_line(str(error)), WRONG_INPUT
    if _is_of_the_database(error):
        from dinhlang.config import complaints

        return f"Cơ sở dữ liệu không thực hiện được: {complaints.explained(error)}", BROKEN
    if isinstance(error, UnicodeEncodeError):
        # The shell hands over any bytes; only what was typed or named can hold them here.
        return (
            "Tên tệp hoặc tham số có ký tự không phải Unicode (UTF-8). Hãy đổi tên hoặc gõ lại.",
            WRONG_INPUT,
        )
    if isinstance(error, OSError) and (known := _of_the_machine(error)):
        return known, BROKEN
    return f"Có lỗi ngoài dự kiến ({type(error).__name__}). Chi tiết ghi ở {_keep_trace(error)}", BROKEN


def _told_exceptions() -> tuple[type[Exception], ...]:
    found = (getattr(sys.modules.get(module), name, None) for module, name in _TOLD)
    return tuple(kind for kind in found if kind is not None)


def _is_of_the_database(error: Exception) -> bool:
    """Whether the database could not work. What it refused for our own fault is a kind of its own each time."""
    database = sys.modules.get("django.db")
    return database is not None and (
        isinstance(error, database.OperationalError) or type(error) is database.DatabaseError
    )


def _of_the_machine(error: OSError) -> str | None:
    """What the operating system refused, in words; None when it is not a matter of the user's files or disk."""
    name = error.filename if isinstance(error.filename, str) else ""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "Hết dung lượng đĩa. Hãy giải phóng bớt rồi chạy lại."
        case errno.EACCES | errno.EPERM | errno.EROFS if name:
            return f"Không có quyền với “{name}”. Hãy kiểm tra quyền đọc, ghi."
        case errno.ENOENT | errno.EISDIR | errno.ENOTDIR if name:
            return f"Không mở được “{name}”. Hãy kiểm tra lại đường dẫn."
        case errno.ENAMETOOLONG:
            return "Tên tệp quá dài. Hãy đặt tên ngắn hơn."
        case errno.EIO:
            return "Đĩa không đọc, ghi được. Hãy kiểm tra đĩa rồi chạy lại."
    return None


def _keep_trace(error: Exception) -> str:
    """Write where it broke to the data folder's log, or beside the temporary files when that cannot be done."""
    from dinhlang.config import logs

    # What was typed after the command may name somebody, as may the words of the error.
    command = " ".join(takewhile(str.isidentifier, sys.argv[1:3]))
    written = logs.told(error)
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    for folder in (Path(os.environ.get("DINHLANG_DATA") or "var") / "log", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)
            with (folder / "dinhlang-errors.log").open("a", encoding="utf-8") as log:
                log.write(f"--- {stamp} dinhlang {command}\n{written}\n")
            return str(folder / "dinhlang-errors.log")
        except OSError:
            continue
    return "(không ghi được tệp nào)"


def _reader_went_away() -> int:
    # `dinhlang … | head` has what it wanted. Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


def _tell(message: str, code: int) -> int:
    sys.stderr.write(f"{message}\n")
    return code
