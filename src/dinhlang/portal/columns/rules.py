"""What a column may be called. No database."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.work.rules import clean

NAME_LENGTH = 80
MOST = 30


class CannotChangeColumn(Refused):
    """The columns cannot be changed so; the message says why and what to do."""


@cache
def _usual() -> dict[str, Any]:
    return tomllib.loads((files("dinhlang.portal") / "data" / "columns.toml").read_text("utf-8"))


def usual_names() -> tuple[str, ...]:
    """The columns that a commune's page usually has, in their order."""
    return tuple(_usual()["names"])


def reform_name() -> str:
    """The column for administrative reform, where reports on it go unless another is chosen."""
    return str(_usual()["reform"])


def procedures_name() -> str:
    """The column for procedures, where articles about decisions on them go."""
    return str(_usual()["procedures"])


def checked_name(name: str) -> str:
    """The name as it is kept. Raises `CannotChangeColumn` for one that says nothing or too much."""
    name = clean(name)
    if not name:
        raise CannotChangeColumn(_("Chuyên mục chưa có tên. Ghi tên rồi lưu lại."))
    if len(name) > NAME_LENGTH:
        raise CannotChangeColumn(
            _("Tên chuyên mục dài quá %(most)s ký tự. Rút gọn rồi lưu lại.") % {"most": NAME_LENGTH}
        )
    return name
