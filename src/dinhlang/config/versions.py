"""Whether a database is of this version of the software, told by the migrations applied to it."""

from __future__ import annotations

import pkgutil
from collections.abc import Collection
from pathlib import Path

from dinhlang.org.older_migrations import OLDER, replaced

NEWER = "do phiên bản phần mềm mới hơn tạo ra. Hãy cập nhật phần mềm rồi"
BETWEEN = (
    "do một bản thử cũ của phần mềm tạo ra và chưa được đưa tới bản thử cuối. "
    "Hãy chạy bản thử cuối một lần trên dữ liệu ấy rồi"
)
Migration = tuple[str, str]


def on_disk() -> set[Migration]:
    """The migrations of every app, as (app, name), by the names of their files: without importing any."""
    from django.apps import apps

    found = set()
    for app in apps.get_app_configs():
        for module in pkgutil.iter_modules([str(Path(app.path) / "migrations")]):
            if module.name[0] not in "_~":
                found.add((app.label, module.name))
    return found


def unfit(applied: Collection[Migration], *, also_others: bool = False) -> str:
    """Why a database with these migrations is not one that this version can go on with: the end of a sentence that lacks
    what is to be done again, or "" when it can. With `also_others` migrations of libraries must be known too."""
    from django.apps import apps

    known = on_disk()
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("dinhlang.")}
    asked = {app for app, _ in known} if also_others else ours
    unknown = {one for one in applied if one[0] in asked and one not in known}
    if not unknown:
        return ""
    for room in OLDER:
        older = set(replaced(room))
        if older & unknown and not older <= unknown:
            return BETWEEN
        unknown -= older
    return NEWER if unknown else ""
