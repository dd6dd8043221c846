"""Programmes, regimes and the ladder of reminders as their files have them, checked. Plain Python.

A file is TOML in the shape of `reports/data/programmes.toml`, which explains itself; a province's own decision comes
as such a file too (`dinhlang duty import`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused, Role
from dinhlang.periods import regimes
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.reports import outline, samples
from dinhlang.reports.rules import request_of
from dinhlang.work.concepts import CONCEPTS

LARGEST = 1_000_000
REQUEST = "request"
"""The outline of reports that a letter asks for."""
_IMPORTED = "de-cuong-"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What a file may write for the periods of a year, and the identifiers it stands for.
_PARTS: Mapping[str, Sequence[str]] = {
    "M": [f"-M{month:02d}" for month in range(1, 13)],
    "Q": ["-Q1", "-Q2", "-Q3", "-Q4"],
    **{part: [f"-{part}"] for part in ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M")},
    "Y": [""],
}


class BadCatalogue(Refused):
    """The file is no list of programmes and regimes; the message says where and what."""


@dataclass(frozen=True, slots=True)
class ProgrammeSpec:
    """A programme as the file has it."""

    id: str
    name: str
    short: str
    is_drafted: bool


@dataclass(frozen=True, slots=True)
class RegimeSpec:
    """A version of a regime as the file has it; `rule`, `owed` and `recipients` are ready to be kept as JSON.

    `named` is the rule of `periods.regimes` that it counts by, where the file names one.
    """

    programme: str
    version: str
    under: str | None
    starts_on: date
    ends_on: date | None
    legal_basis: str
    rule: dict[str, Any]
    owed: list[dict[str, Any]]
    recipients: list[dict[str, Any]]
    outline: str
    concepts: list[str]
    named: str = ""


@dataclass(frozen=True, slots=True)
class OutlineSpec:
    """An outline as the file brings it, tried on samples already."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a file holds."""

    programmes: tuple[ProgrammeSpec, ...]
    regimes: tuple[RegimeSpec, ...]
    outlines: tuple[OutlineSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: so many working days before (-) or after (+) a deadline, whom of the unit and above it."""

    id: str
    days: int
    own: frozenset[Role] = field(default=frozenset())
    above: frozenset[Role] = field(default=frozenset())


@cache
def shipped() -> Catalogue:
    """The programmes and regimes that come with the software."""
    return catalogue_from((files("dinhlang.reports") / "data" / "programmes.toml").read_bytes())


def outlines() -> frozenset[str]:
    """The names of the outlines that come with the software, those of consolidated reports and of answers to
    requests left out."""
    found = (one.name.removesuffix(".txt") for one in (files("dinhlang.reports") / "outlines").iterdir())
    return frozenset(name for name in found if name != REQUEST and not name.startswith("consolidated"))


def is_shipped(name: str) -> bool:
    """Whether an outline of that name comes with the software."""
    return name == REQUEST or name in outlines()


def kept_as(name: str) -> str:
    """Under which name an outline that came in from a file is kept beside those of programmes."""
    return f"{_IMPORTED}{name}"


def outline_named(programme: str) -> str:
    """The name of the outline that the shipped regime of a programme asks for; empty when it ships none."""
    if request_of(programme) is not None:
        return REQUEST
    return next((one.outline for one in reversed(shipped().regimes) if one.programme == programme), "")


def rule_of(programme: str) -> str:
    """The rule of `periods.regimes` by which a programme counts its days; the decree's own where none is named."""
    found = (one.named for one in reversed(shipped().regimes) if one.programme == programme)
    return next(found, "") or "nd09"


@cache
def ladder() -> tuple[Rung, ...]:
    """The rungs of reminders, from the first before a deadline to the last after it."""
    rows = tomllib.loads((files("dinhlang.reports") / "data" / "ladder.toml").read_text("utf-8"))["rung"]
    return tuple(
        sorted(
            (
                Rung(
                    row["id"],
                    row["days"],
                    frozenset(map(Role, row.get("own", ()))),
                    frozenset(map(Role, row.get("above", ()))),
                )
                for row in rows
            ),
            key=lambda rung: rung.days,
        )
    )


def catalogue_from(
    data: bytes, beside: Callable[[str], bytes] | None = None, known: Collection[str] = ()
) -> Catalogue:
    """What the file's bytes (TOML, UTF-8) say. Raises `BadCatalogue` with the place and what to mend.

    `beside` reads a file that lies beside this one, for outlines kept in files of their own (raises `OSError`);
    `known` names the outlines that came in from earlier files.
    """
    if len(data) > LARGEST:
        raise BadCatalogue(_("Tệp lớn hơn 1 MB. Tệp chế độ báo cáo chỉ vài trăm dòng; hãy chọn lại tệp."))
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadCatalogue(
            _("Tệp không đúng định dạng TOML: %(error)s. Mở tệp, sửa chỗ đó rồi nạp lại.") % {"error": error}
        ) from None
    brought = tuple(_each(content, "outline", partial(_outline_brought, beside=beside)))
    there = outlines() | set(known) | {one.id for one in brought}
    found = Catalogue(
        tuple(_each(content, "programme", _programme)),
        tuple(_each(content, "regime", partial(_regime, there=there))),
        brought,
    )
    _check_drafted(found)
    return found


def _check_drafted(given: Catalogue) -> None:
    """A programme is offered as one the desk writes only when each of its regimes has an outline to write by."""
    bare = {one.programme for one in given.regimes if not one.outline}
    for programme in given.programmes:
        if programme.is_drafted and programme.id in bare:
            raise BadCatalogue(
                _(
                    "Chương trình “%(id)s” ghi is_drafted nhưng chế độ chưa có outline=. Dùng %(known)s, hoặc bỏ is_drafted."
                )
                % {"id": programme.id, "known": ", ".join(sorted(outlines()))}
            )


def periods_of(parts: Sequence[str], year: int) -> list[Period]:
    """The periods of a year that a list of parts means ('Q', 'H1', 'Y')."""
    return [Period.parse(f"{year:04d}{tail}") for part in parts for tail in _PARTS[part]]


def _each(content: Mapping[str, Any], name: str, made: Any) -> list[Any]:
    rows = content.get(name, [])
    if not isinstance(rows, list):
        raise BadCatalogue(_("Mục [[%(name)s]] phải là một danh sách.") % {"name": name})
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(made(row))
        except KeyError as error:
            raise BadCatalogue(
                _("[[%(name)s]] thứ %(number)d thiếu “%(key)s”.")
                % {"name": name, "number": number, "key": error.args[0]}
            ) from None
        except Refused as reason:
            raise BadCatalogue(
                _("[[%(name)s]] thứ %(number)d: %(reason)s")
                % {"name": name, "number": number, "reason": reason}
            ) from None
        except (AttributeError, TypeError, ValueError, BadPeriod, LookupError) as error:
            raise BadCatalogue(
                _("[[%(name)s]] thứ %(number)d có mục không đúng: %(error)s.")
                % {"name": name, "number": number, "error": str(error).rstrip(".")}
            ) from None
    return found


def _programme(row: Mapping[str, Any]) -> ProgrammeSpec:
    return ProgrammeSpec(
        _text(row["id"], 40),
        _text(row["name"], 200),
        _text(row.get("short", row["name"]), 60),
        bool(row.get("is_drafted", False)),
    )


def _outline_brought(row: Mapping[str, Any], beside: Callable[[str], bytes] | None) -> OutlineSpec:
    """An outline that can be used: its language, its figures, and how it renders with everything and with nothing."""
    name = _text(row["id"], 40 - len(_IMPORTED))
    if not _NAME.fullmatch(name) or name.startswith("consolidated") or is_shipped(name):
        raise BadCatalogue(
            _(
                "mã đề cương “%(name)s” đã có trong phần mềm hoặc có ký tự lạ; dùng chữ thường, số và dấu gạch nối."
            )
            % {"name": name}
        )
    if ("text" in row) == ("file" in row):
        raise BadCatalogue(_("đề cương “%(name)s” phải có một trong hai: text= hoặc file=.") % {"name": name})
    text = outline.tidied(str(row["text"]) if "text" in row else _from_file(str(row["file"]), beside))
    outline.check(text, (samples.full, samples.bare), tuple(CONCEPTS))
    return OutlineSpec(name, text)


def _from_file(name: str, beside: Callable[[str], bytes] | None) -> str:
    unread = BadCatalogue(
        _("không đọc được tệp đề cương “%(file)s”. Đặt tệp chữ UTF-8 cạnh tệp chế độ và ghi đúng tên.")
        % {"file": name[:80]}
    )
    # A name alone: a list that somebody else wrote opens no other file of this machine.
    if beside is None or not name or "/" in name or "\\" in name or name.startswith("."):
        raise unread
    try:
        return beside(name).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise unread from None


def _regime(row: Mapping[str, Any], there: Collection[str]) -> RegimeSpec:
    starts_on, ends_on = _day(row["from"]), _day(row["until"]) if "until" in row else None
    if ends_on is not None and ends_on <= starts_on:
        raise BadCatalogue(_("until= phải sau from=."))
    concepts = [str(one) for one in row.get("concepts", [])]
    if unknown := [one for one in concepts if one not in CONCEPTS]:
        raise BadCatalogue(_("không có chỉ tiêu “%(concept)s”.") % {"concept": unknown[0]})
    rule = _rule(row, starts_on, ends_on)
    owed = [_owed(one, rule) for one in row["owes"]]
    return RegimeSpec(
        programme=_text(row["programme"], 40),
        version=_text(str(row["version"]), 30),
        under=_text(row["under"], 80) if "under" in row else None,
        starts_on=starts_on,
        ends_on=ends_on,
        legal_basis=_text(row["basis"], 300),
        rule=rule,
        owed=owed,
        recipients=[_recipient(one) for one in row.get("recipient", [])],
        outline=_outline(row, there),
        concepts=concepts,
        named=str(row.get("rule", "")),
    )


def _outline(row: Mapping[str, Any], there: Collection[str]) -> str:
    name = _text(row.get("outline", ""), 40)
    if name and name not in there:
        raise BadCatalogue(
            _("không có đề cương “%(name)s”; dùng %(known)s.")
            % {"name": name, "known": ", ".join(sorted(there))}
        )
    return name


def _rule(row: Mapping[str, Any], starts_on: date, ends_on: date | None) -> dict[str, Any]:
    """The window and deadlines: those of a named rule of `periods`, with the file's own instead where it has any."""
    named = regimes.row_of(row["rule"], starts_on) if "rule" in row else {"window": [], "due": []}
    own = {str(due["level"]): dict(due) for due in row.get("due", [])}
    rule = {
        "id": str(row["programme"]),
        "version": str(row["version"]),
        "name": str(row.get("name", named.get("name", row["programme"]))),
        "basis": str(row["basis"]),
        "valid_from": starts_on.isoformat(),
        "valid_to": ends_on.isoformat() if ends_on else None,
        "window": [dict(one) for one in row.get("window", named["window"])],
        "due": [dict(one) for one in named["due"] if one["level"] not in own] + list(own.values()),
    }
    regimes.from_row(rule)
    return rule


def _owed(row: Mapping[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    level, parts = Unit.Level(row["level"]).value, [str(part) for part in row["periods"]]
    if unknown := [part for part in parts if part not in _PARTS]:
        raise BadCatalogue(
            _("không có kỳ “%(part)s”; dùng %(known)s.") % {"part": unknown[0], "known": ", ".join(_PARTS)}
        )
    made = regimes.from_row(rule)
    for period in periods_of(parts, 2024):
        made.window_rule(period.kind)
    if not any(due.level == level for due in made.dues):
        raise BadCatalogue(_("chưa có hạn gửi [[regime.due]] cho cấp “%(level)s”.") % {"level": level})
    return {"level": level, "periods": parts}


def _recipient(row: Mapping[str, Any]) -> dict[str, Any]:
    if "to" not in row and "name" not in row:
        raise BadCatalogue(_("nơi nhận phải có to= (cấp) hoặc name= (tên cơ quan)."))
    return {
        "level": Unit.Level(row["level"]).value,
        "to": Unit.Level(row["to"]).value if "to" in row else None,
        "office": _text(row.get("office", ""), 120),
        "name": _text(row.get("name", ""), 200),
        "from": _day(row["from"]).isoformat() if "from" in row else None,
        "until": _day(row["until"]).isoformat() if "until" in row else None,
        "basis": _text(row.get("basis", ""), 300),
    }


def _text(given: Any, longest: int) -> str:
    if not isinstance(given, str) or len(given) > longest:
        raise BadCatalogue(
            _("“%(value)s” phải là chữ, không quá %(most)d ký tự.")
            % {"value": str(given)[:40], "most": longest}
        )
    return given


def _day(given: Any) -> date:
    if type(given) is not date:
        raise BadCatalogue(_("“%(value)s” phải là ngày viết như 2025-07-01.") % {"value": str(given)[:40]})
    return given
