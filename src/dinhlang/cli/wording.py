"""What click says, in Vietnamese.

click passes every sentence through `gettext`, but looks for compiled catalogues by the language of the
terminal; this command speaks Vietnamese whatever the terminal is set to. So the function itself is replaced
in click's modules. A sentence that is not listed stays as it is; tests walk through those a user can meet.
"""

from __future__ import annotations

import sys

import click

_SENTENCES = {
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Positional arguments": "Tham số",
    "Show this message and exit.": "Hiện hướng dẫn này.",
    "Show the version and exit.": "Hiện phiên bản.",
    "default: {default}": "mặc định: {default}",
    "env var: {var}": "biến môi trường: {var}",
    "required": "bắt buộc",
    "Missing command.": "Thiếu tên lệnh.",
    "Missing argument": "Thiếu tham số",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu tham số",
    "Missing parameter: {param_name}": "Thiếu tham số {param_name}",
    "Missing {param_type}": "Thiếu {param_type}",
    "Choose from:\n\t{choices}": "Chọn một trong: {choices}",
    "No such command {name!r}.": "Không có lệnh “{name}”.",
    "No such option {name!r}.": "Không có tùy chọn “{name}”.",
    "Option {name!r} does not take a value.": "Tùy chọn “{name}” không nhận giá trị.",
    "Option {name!r} requires an argument.": "Tùy chọn “{name}” cần một giá trị đi kèm.",
    "Option {name!r} requires {nargs} arguments.": "Tùy chọn “{name}” cần {nargs} giá trị đi kèm.",
    "Argument {name!r} takes {nargs} values.": "Tham số “{name}” nhận {nargs} giá trị.",
    "Takes {nargs} values but 1 was given.": "Cần {nargs} giá trị nhưng chỉ có 1.",
    "Takes {nargs} values but {len} were given.": "Cần {nargs} giá trị nhưng có {len}.",
    "Got unexpected extra argument ({args})": "Thừa tham số: {args}.",
    "Got unexpected extra arguments ({args})": "Thừa tham số: {args}.",
    "Did you mean {possibility}?": "Có phải bạn muốn viết {possibility}?",
    "(Did you mean one of: {possibilities}?)": "Có phải bạn muốn viết một trong: {possibilities}?",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: {message}",
    "Could not open file {filename!r}: {message}": "Không mở được tệp “{filename}”: {message}.",
    "unknown error": "lỗi không rõ",
    "file": "Tệp",
    "directory": "Thư mục",
    "path": "Đường dẫn",
    "{name} {filename!r} does not exist.": "“{filename}” không tồn tại. Hãy kiểm tra lại tên.",
    "{name} {filename!r} is a file.": "“{filename}” là một tệp, cần một thư mục.",
    "{name} {filename!r} is a directory.": "“{filename}” là một thư mục, cần một tệp.",
    "{name} {filename!r} is not readable.": "“{filename}” không đọc được. Hãy kiểm tra quyền đọc.",
    "{name} {filename!r} is not writable.": "“{filename}” không ghi được. Hãy kiểm tra quyền ghi.",
    "{value!r} is not a valid {number_type}.": "“{value}” không phải số đúng dạng.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng cho phép ({range}).",
    "{value!r} is not {choice}.": "“{value}” không đúng, chỉ nhận {choice}.",
    "{value!r} is not one of {choices}.": "“{value}” không đúng, chỉ nhận một trong: {choices}.",
    "{value!r} does not match the format {format}.": "“{value}” không có trong lịch hoặc viết không đúng dạng {format}.",
    "{value!r} does not match the formats {formats}.": "“{value}” không có trong lịch hoặc viết không đúng dạng; viết như {formats}.",
    "{value!r} is not a valid UUID.": "“{value}” không phải mã UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}” không đúng, chỉ nhận: {states}",
}


def _say(sentence: str) -> str:
    return _SENTENCES.get(sentence, sentence)


def _say_counted(one: str, many: str, count: int) -> str:
    return _say(one if count == 1 else many)


# What click prints as it stands, without asking gettext: the place-holders of a usage line.
_PLACES = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH [THAM SỐ]…"}


def _usage(
    formatter: click.HelpFormatter, program: str, arguments: str = "", prefix: str | None = None
) -> None:
    for english, ours in _PLACES.items():
        arguments = arguments.replace(english, ours)
    _write_usage(formatter, program, arguments, prefix)


_write_usage = click.HelpFormatter.write_usage


def speak_vietnamese() -> None:
    """Make click say everything in Vietnamese, in this process."""
    click.HelpFormatter.write_usage = _usage  # type: ignore[method-assign, assignment]
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for attribute, replacement in (("_", _say), ("ngettext", _say_counted)):
                if hasattr(module, attribute):
                    setattr(module, attribute, replacement)
