"""Lists of guests as they are typed, pasted, or stand in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.citizens.training.rules.classes import MOST_GUESTS
from dinhlang.org.rules.phones import phone_number
from dinhlang.vietnamese.text import fold, one_line

NAME_LENGTH = 120
PLACE_LENGTH = 160
_PHONE = re.compile(r"\+?\d[\d .\-()]{7,17}")
_MAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[a-z]{2,}", re.IGNORECASE)
_COLUMNS = {
    "name": ("ho va ten", "ho ten", "ten", "hoten", "nguoi duoc moi"),
    "place": (
        "thon",
        "don vi",
        "dia chi",
        "noi o",
        "thon to",
        "thon don vi",
        "noi cong tac",
        "chuc vu don vi",
    ),
    "phone": ("dien thoai", "so dien thoai", "sdt", "dt", "so dt"),
    "mail": ("thu dien tu", "email", "e mail", "dia chi thu"),
}
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name, with where they belong and how they are reached; each but the name may be empty."""

    name: str
    place: str = ""
    phone: str = ""
    mail: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what two rows are the same person: the name and the place, however they were typed."""
        return fold(self.name), fold(self.place)


@dataclass(frozen=True, slots=True)
class Listed:
    """Who was read, and what of the list was not understood, each with its line."""

    people: tuple[Named, ...]
    problems: tuple[str, ...]


def typed(text: str) -> Listed:
    """People typed one to a line: name; hamlet or office; telephone; mail. Tabs part as well, as pasted from a table."""
    rows = ((number, re.split(r"[;\t]", line)) for number, line in enumerate(text.splitlines(), 1))
    return _listed((number, [one_line(cell) for cell in cells]) for number, cells in rows)


def table(rows: Sequence[Sequence[object]]) -> Listed:
    """People of a table: columns by their titles, in any order; without titles name, place, telephone, mail."""
    cells = [[_cell(one) for one in row] for row in rows]
    start, columns = _header(cells)
    if columns is None:
        return _listed((number, row) for number, row in enumerate(cells, 1))
    return _listed(
        (number, [row[at] if at is not None and at < len(row) else "" for at in columns])
        for number, row in enumerate(cells[start:], start + 1)
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    # A telephone number that a spreadsheet took for a number has lost its zero.
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = f"{value:.0f}"
        return f"0{digits}" if len(digits) == 9 else digits
    return one_line(str(value))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, list[int | None] | None]:
    for number, row in enumerate(rows[:10]):
        titles = [re.sub(r"[^a-z0-9]+", " ", fold(cell)).strip() for cell in row]
        found = [
            next((at for at, one in enumerate(titles) if one in known), None) for known in _COLUMNS.values()
        ]
        if found[0] is not None:
            return number + 1, found
    return 0, None


def _listed(rows: Iterable[tuple[int, Sequence[str]]]) -> Listed:
    people: dict[tuple[str, str], Named] = {}
    problems: list[str] = []
    for number, cells in rows:
        if not any(cells):
            continue
        read, problem = _read(list(cells))
        if read is None:
            problems.append(_("Dòng %(number)s: %(problem)s") % {"number": number, "problem": problem})
        else:
            people.setdefault(read.key, read)
    if len(people) > MOST_GUESTS:
        problems.append(_("Danh sách có hơn %s người. Chia thành nhiều lớp.") % MOST_GUESTS)
    if len(problems) > _MOST_TOLD:
        more = len(problems) - _MOST_TOLD
        problems = [*problems[:_MOST_TOLD], _("Còn %s dòng khác cần sửa.") % more]
    return Listed(tuple(people.values()), tuple(problems))


def _read(cells: list[str]) -> tuple[Named | None, str]:
    name, place, phone, mail = [*cells, "", "", "", ""][:4]
    # Pasted lists leave columns out: what looks like a telephone or a mail is one, wherever it stands.
    rest = [place, phone, mail]
    mail = next((one for one in rest if _MAIL.fullmatch(one)), "")
    phone = next((one for one in rest if _PHONE.fullmatch(one)), "")
    others = [one for one in rest if one and one not in (mail, phone)]
    if not name or not any(one.isalpha() for one in name):
        return None, _("chưa có họ tên.")
    if len(name) > NAME_LENGTH:
        return None, _("họ tên dài quá %s chữ.") % NAME_LENGTH
    if len(others) > 1:
        return None, _("không hiểu “%s”; ghi họ tên; thôn hoặc đơn vị; điện thoại; thư điện tử.") % others[1][
            :40
        ]
    if others and "@" in others[0]:
        return None, _("địa chỉ thư “%s” không đúng.") % others[0][:60]
    # By its one way of writing a guest is found again; a number of abroad stays as it was typed.
    return Named(name, (others[0] if others else "")[:PLACE_LENGTH], phone_number(phone) or phone, mail), ""
