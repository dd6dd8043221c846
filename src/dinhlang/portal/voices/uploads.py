"""Photos as they come in: counted and measured while they are read, so that twenty of 20 MB cost neither memory nor disk.

What is too much is passed over, not refused: the words of the form go on, and its sender is told which photos were left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from dinhlang.citizens.rules.kinds import MOST_FILES

LARGEST = 15 * 1024 * 1024
LARGEST_TOGETHER = 40 * 1024 * 1024


@dataclass(slots=True)
class LeftOut:
    """Names of photos that were passed over: there were `many` already, or they are too `large`."""

    many: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.many or self.large)


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep a file, and passes over what is too much."""

    def __init__(self, left_out: LeftOut) -> None:
        super().__init__()
        self._left_out = left_out
        self._taken, self._size, self._together = 0, 0, 0
        self._is_counted = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._size, self._is_counted = 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        name = self.file_name or ""
        if not self._is_counted:
            if self._taken == MOST_FILES:
                self._left_out.many.append(name)
                raise SkipFile
            self._is_counted = True
            self._taken += 1
        self._size += len(raw_data)
        self._together += len(raw_data)
        if self._size > LARGEST or self._together > LARGEST_TOGETHER:
            self._together -= self._size
            self._taken -= 1
            self._left_out.large.append(name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def bounded(request: HttpRequest) -> LeftOut:
    """Measure the photos of this request. Before anything of its form is read; what is left out stands in the answer."""
    left_out = LeftOut()
    request.upload_handlers.insert(0, Bounded(left_out))
    return left_out
