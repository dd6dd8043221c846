"""What other rooms and the level above hand over, as plain values: the seam between them and this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.broadcast.rules.kinds import Kind, Language, Priority
from dinhlang.broadcast.rules.script import Written


@dataclass(frozen=True, slots=True)
class Origin:
    """Something published that a bulletin is made from.

    `kind` and `key` name it in the room it is of ('item', '17'), `digest` its words as they stood (SHA-256, hex);
    `reform_field` and `task` are carried over, so that written pieces are counted under the same heads.
    """

    kind: str
    key: str
    digest: str
    written: Written
    writer: str = ""
    reform_field: str = ""
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A bulletin from the level above, by file, API or CAP message.

    `key` is the sender's own mark of the message: the same is taken in once. Without one it is '' and each is taken in.
    `writer` is who wrote it, where that is said beside the sender.
    """

    sender: str
    title: str
    script: str
    kind: str = Kind.NOTICE
    priority: int = Priority.ORDINARY
    reference: str = ""
    key: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    language: str = Language.VIETNAMESE
    writer: str = ""
