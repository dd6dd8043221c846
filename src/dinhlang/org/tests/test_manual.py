"""The manual's page of roles says what the code says."""

from __future__ import annotations

from pathlib import Path

from dinhlang.org.rules import DEEDS, ROLES

PAGE = Path(__file__).parents[4] / "docs" / "manual" / "tham-khao" / "vai-tro.md"


def written() -> str:
    parts = [
        "# Vai trò và quyền",
        "",
        "Chức vụ trong đơn vị cho một vai trò; vai trò cho các quyền dưới đây.",
    ]
    for role in ROLES.values():
        parts += ["", f"## {role.label}", "", str(role.description), ""]
        parts += [f"- {DEEDS[permission]}" for permission in DEEDS if permission in role.permissions]
    return "\n".join(parts) + "\n"


def test_the_manual_describes_the_roles_as_the_code_does() -> None:
    assert PAGE.read_text("utf-8") == written()
