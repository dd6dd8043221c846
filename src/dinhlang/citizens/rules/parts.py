"""Who of a part of the office handles what is given to it, and who leads it: read from posts, whose titles are the office's own."""

from __future__ import annotations

from dinhlang.org.rules import ROLES, Permission, Role
from dinhlang.vietnamese.text import fold

# Whoever does the work of the office or stands for it; not who only keeps accounts, nor who watches from above.
_WORKS = frozenset({Permission.ACTIVITY_RECORD, Permission.CITIZENS_APPROVE})
FIT_ROLES = frozenset(role for role, described in ROLES.items() if described.permissions & _WORKS)

_HEADS = ("truong ", "quyen truong ", "to truong ", "chanh ", "giam doc ", "phu trach ")


def is_head(role: str, title: str) -> bool:
    """Whether a post leads its part: 'Trưởng phòng', 'Chánh Văn phòng', 'Phó Chủ tịch kiêm Giám đốc Trung tâm'."""
    if role in (Role.APPROVER, Role.HAMLET_HEAD):
        return True
    called = [one.strip() for one in f"{fold(title)} ".split(" kiem ")]
    return any(f"{one} ".startswith(head) for one in called for head in _HEADS)
