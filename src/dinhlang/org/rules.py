"""What is true of roles and permissions, in plain Python: no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dinhlang.vietnamese.text import fold, nfc


class Refused(Exception):
    """An action was refused. The message is Vietnamese, says why and what to do, and may be shown as it is."""


class Permission(StrEnum):
    """Everything a person may be allowed to do. The set is closed: a new act needs a new member."""

    READ = "read"
    PLAN_IMPORT = "plan.import"
    PLAN_EDIT = "plan.edit"
    ACTIVITY_RECORD = "activity.record"
    ACTIVITY_IMPORT = "activity.import"
    ACTIVITY_REVERSE = "activity.reverse"
    ARCHIVE_IMPORT = "archive.import"
    OUTLINE_EDIT = "outline.edit"
    REPORT_DRAFT = "report.draft"
    REPORT_ISSUE = "report.issue"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"


DEEDS: Mapping[Permission, str] = {
    Permission.READ: "xem",
    Permission.PLAN_IMPORT: "nhập kế hoạch",
    Permission.PLAN_EDIT: "sửa kế hoạch",
    Permission.ACTIVITY_RECORD: "ghi hoạt động",
    Permission.ACTIVITY_IMPORT: "nhập tệp hoạt động",
    Permission.ACTIVITY_REVERSE: "hủy ghi hoạt động",
    Permission.ARCHIVE_IMPORT: "đưa văn bản cũ vào kho lưu",
    Permission.OUTLINE_EDIT: "sửa đề cương báo cáo",
    Permission.REPORT_DRAFT: "lập dự thảo báo cáo",
    Permission.REPORT_ISSUE: "phát hành báo cáo",
    Permission.AUDIT_READ: "xem nhật ký thao tác",
    Permission.PEOPLE_MANAGE: "quản lý cán bộ và chức vụ",
}


class Role(StrEnum):
    """What a position makes of a person."""

    ADMINISTRATOR = "administrator"
    APPROVER = "approver"
    CULTURE_OFFICER = "culture-officer"
    OFFICE_CLERK = "office-clerk"
    ONE_STOP_CLERK = "one-stop-clerk"
    RADIO_OPERATOR = "radio-operator"
    HAMLET_HEAD = "hamlet-head"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """A role in plain words. `sees_below` is true when it reads, and only reads, every unit below its own."""

    label: str
    description: str
    permissions: frozenset[Permission]
    sees_below: bool = False


_RECORDS = frozenset({Permission.READ, Permission.ACTIVITY_RECORD})

ROLES: Mapping[Role, RoleDescription] = {
    Role.ADMINISTRATOR: RoleDescription(
        "Quản trị",
        "Lập tài khoản, giao chức vụ và xem nhật ký; không ghi sổ, không phát hành văn bản.",
        frozenset({Permission.READ, Permission.PEOPLE_MANAGE, Permission.AUDIT_READ}),
    ),
    Role.APPROVER: RoleDescription(
        "Lãnh đạo duyệt",
        "Xem mọi việc của đơn vị, sửa đề cương, lập và phát hành báo cáo.",
        frozenset(
            {
                Permission.READ,
                Permission.OUTLINE_EDIT,
                Permission.REPORT_DRAFT,
                Permission.REPORT_ISSUE,
                Permission.AUDIT_READ,
            }
        ),
    ),
    Role.CULTURE_OFFICER: RoleDescription(
        "Công chức văn hóa – xã hội",
        "Chủ trì việc tuyên truyền: nhập kế hoạch, ghi và hủy ghi sổ theo dõi, lập dự thảo báo cáo.",
        _RECORDS
        | {
            Permission.PLAN_IMPORT,
            Permission.PLAN_EDIT,
            Permission.ACTIVITY_IMPORT,
            Permission.ACTIVITY_REVERSE,
            Permission.ARCHIVE_IMPORT,
            Permission.OUTLINE_EDIT,
            Permission.REPORT_DRAFT,
        },
    ),
    Role.OFFICE_CLERK: RoleDescription(
        "Văn phòng – thống kê, văn thư",
        "Nhập kế hoạch và văn bản cũ, ghi sổ, lập dự thảo, vào sổ và phát hành báo cáo.",
        _RECORDS
        | {
            Permission.PLAN_IMPORT,
            Permission.PLAN_EDIT,
            Permission.ACTIVITY_IMPORT,
            Permission.ARCHIVE_IMPORT,
            Permission.OUTLINE_EDIT,
            Permission.REPORT_DRAFT,
            Permission.REPORT_ISSUE,
        },
    ),
    Role.ONE_STOP_CLERK: RoleDescription(
        "Bộ phận một cửa", "Ghi việc hướng dẫn và niêm yết tại bộ phận một cửa.", _RECORDS
    ),
    Role.RADIO_OPERATOR: RoleDescription("Đài truyền thanh", "Ghi các buổi phát thanh.", _RECORDS),
    Role.HAMLET_HEAD: RoleDescription(
        "Trưởng thôn, tổ trưởng dân phố", "Ghi các buổi họp và việc tuyên truyền ở thôn.", _RECORDS
    ),
    Role.CONTRIBUTOR: RoleDescription("Cộng tác viên", "Ghi hoạt động của mình vào sổ theo dõi.", _RECORDS),
    Role.REVIEWER: RoleDescription(
        "Theo dõi cấp trên",
        "Xem, không sửa, mọi đơn vị bên dưới đơn vị mình.",
        frozenset({Permission.READ}),
        sees_below=True,
    ),
}

# A successor keeps the papers of the units it took over; it never writes in their ledgers or issues for them.
INHERITED = frozenset({Permission.READ, Permission.ARCHIVE_IMPORT})


# --- names as people write them -------------------------------------------------------------------

# Longest first: "thị trấn" is no "thị xã", and "thành phố" is often written "TP".
_KINDS = (
    ("to dan pho", "to dan pho"),
    ("khu dan cu", "khu dan cu"),
    ("thanh pho", "thanh pho"),
    ("thi tran", "thi tran"),
    ("dac khu", "dac khu"),
    ("thi xa", "thi xa"),
    ("phuong", "phuong"),
    ("huyen", "huyen"),
    ("quan", "quan"),
    ("tinh", "tinh"),
    ("thon", "thon"),
    ("tp.", "thanh pho"),
    ("tx.", "thi xa"),
    ("tt.", "thi tran"),
    ("tp", "thanh pho"),
    ("xa", "xa"),
)
_AUTHORITIES = ("uy ban nhan dan", "hoi dong nhan dan", "ubnd", "hdnd")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit as someone wrote it.

    `folded`: what the folded name may be, the whole text first, then without its kind. `spellings`: the
    same with marks, in lower case. `kind`: the folded kind, if one was written. `above`: units above it.
    """

    folded: tuple[str, ...]
    spellings: tuple[str, ...]
    kind: str | None
    above: tuple[Wanted, ...] = ()


def wanted(text: str) -> Wanted:
    """Read 'UBND xã Nam Trung, huyện Nam Sách' as a name, a kind and the units above it."""
    first, *above = [part for part in (part.strip() for part in nfc(text).split(",")) if part] or [""]
    whole = _without(first, _AUTHORITIES)
    for written, kind in _KINDS:
        rest = _without(whole, (written,))
        if rest != whole and rest:
            return Wanted(
                (folded_name(whole), folded_name(rest)),
                (whole.lower(), rest.lower()),
                kind,
                tuple(wanted(part) for part in above),
            )
    return Wanted((folded_name(whole),), (whole.lower(),), None, tuple(wanted(part) for part in above))


def printed_day(day: date) -> str:
    """A day in a list: 01/7/2025 (a zero for days below 10 and months 1 and 2, as NĐ 30/2020/NĐ-CP writes)."""
    return f"{day.day:02d}/{day.month:0{2 if day.month < 3 else 1}d}/{day.year}"


def folded_name(name: str) -> str:
    """A name as it is compared and stored for search: no marks, lower case, single spaces, plain apostrophes."""
    return " ".join(fold(name).replace("’", "'").split())


def _without(text: str, prefixes: tuple[str, ...]) -> str:
    words = text.split()
    for prefix in prefixes:
        length = len(prefix.split())
        if folded_name(" ".join(words[:length])) == prefix:
            return " ".join(words[length:])
    return " ".join(words)
