"""What the declarations say of citizens, in plain words: for the page that tells how their data are handled."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.personal import Personal, declared
from dinhlang.org.personal.usual import OFFICIAL

# Rooms with citizens in them; those of officials and documents are told in `dinhlang personal fields`.
_ROOMS = (
    ("citizens", gettext_lazy("Phản ánh, kiến nghị, khảo sát")),
    ("onestop", gettext_lazy("Hồ sơ nộp tại xã")),
    ("privacy", gettext_lazy("Yêu cầu về dữ liệu cá nhân")),
)


@dataclass(frozen=True, slots=True)
class Told:
    """One purpose of one room, with its law and its term."""

    room: str
    purpose: str
    basis: str
    kept: str


def told() -> list[Told]:
    """Every purpose for which something of a citizen is kept, once each."""
    found: dict[Told, None] = {}
    for label, room in _ROOMS:
        for row in (declared(label) or {}).values():
            for one in row.values():
                if isinstance(one, Personal) and one.basis != OFFICIAL.basis and one.retention.months:
                    found[Told(str(room), str(one.purpose), str(one.basis), str(one.retention))] = None
    news = (declared("portal") or {})["Reader"]["address"]
    if isinstance(news, Personal):
        found[Told(_("Thư tin"), str(news.purpose), str(news.basis), str(news.retention))] = None
    return list(found)
