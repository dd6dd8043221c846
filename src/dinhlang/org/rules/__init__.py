"""What is true of roles, permissions, names and the chain of the audit: no database, no clock."""

from dinhlang.org.rules.names import (
    USERNAME,
    Wanted,
    folded_name,
    person_name,
    post_title,
    printed_day,
    proposed_username,
    unit_part_name,
    wanted,
)
from dinhlang.org.rules.refusal import Refused, Unfit
from dinhlang.org.rules.roles import DEEDS, INHERITED, ROLES, Permission, Role, RoleDescription

__all__ = [
    "DEEDS",
    "INHERITED",
    "ROLES",
    "USERNAME",
    "Permission",
    "Refused",
    "Role",
    "RoleDescription",
    "Unfit",
    "Wanted",
    "folded_name",
    "person_name",
    "post_title",
    "printed_day",
    "proposed_username",
    "unit_part_name",
    "wanted",
]
