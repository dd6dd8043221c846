"""Who sign together: under minutes the secretary on the left, the chair on the right (NĐ 30/2020/NĐ-CP, Phụ lục III),
under a document of two bodies their heads.

Text out of a file has them side by side on one line, row by row, or one signer after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.officialdoc.model import Signature
from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.signature import is_capacity, signature_of
from dinhlang.officialdoc.read.words import fold, is_capitalised

# Below it stand at most the recipients; a block of signers is shorter.
_LAST_LINES = 60
_MEETING = r"(?: (?:hoi nghi|cuoc hop|phien hop|buoi lam viec|ky hop|dai hoi|bien ban))?"
_ROLE = re.compile(
    rf"(?:thu ky|chu toa|chu tri|chu toa doan|doan chu tich|nguoi (?:ghi|lap)){_MEETING}|thu ky (?:doan|to)"
    r"|(?:dai dien|t/?m\.?|tm\.) .{2,60}|(?:ong|ba) .{2,40}|nguoi (?:chung kien|tham du|du hop)|ben [ab]\b.{0,40}"
)
_CHAIR = re.compile(r"chu (?:toa|tri)|doan chu tich")
_MINUTES = re.compile(r"thu ky|nguoi (?:ghi|lap)")
_SEALED = re.compile(r"[(\[{]?\s*(?:da ky|ky|ky ten.*|ky, .*|chu ky.*)\s*[)\]}]?")
_COLUMNS = re.compile(r"\s{3,}|\t+")
_RECEIVERS = re.compile(r"\W*noi nhan\b")


@dataclass(frozen=True, slots=True)
class Signers:
    """The one who answers for the document, those beside, and the lines of the block: from `start` up to `end`."""

    signature: Signature
    others: tuple[Signature, ...]
    start: int
    end: int


def signers(lines: Sequence[Line], after: int) -> Signers | None:
    """The signers at the end of `lines`; `None` unless there are two, one of them the chair or the secretary."""
    end = next(
        (at for at in range(len(lines) - 1, after, -1) if _RECEIVERS.match(lines[at].folded)), len(lines)
    )
    start = end
    for at in range(end - 1, max(after, end - _LAST_LINES) - 1, -1):
        parts = _parts(lines[at])
        if not all(_is_role(part) or _is_name(part) or _SEALED.fullmatch(fold(part)) for part in parts):
            break
        if parts and all(map(_is_role, parts)):
            start = at
    return _paired(lines, start, end)


def side_by_side(lines: Sequence[Line], after: int) -> Signers | None:
    """Two heads that sign beside each other; the one on the right answers. `None` where one signs alone."""
    first = next(
        (
            at
            for at in range(max(after, len(lines) - _LAST_LINES), len(lines))
            if len(parts := _parts(lines[at])) == 2 and all(map(is_capacity, parts))
        ),
        None,
    )
    if first is None:
        return None
    left, right = _columns(lines[first])
    middle = (left[0] + len(left[1]) + right[0]) / 2
    columns: tuple[list[str], list[str]] = ([], [])
    end = first
    for line in lines[first:]:
        beside = _columns(line)
        if _RECEIVERS.match(line.folded) or any(text.startswith("-") for _, text in beside):
            break
        for at, text in beside:
            columns[at + len(text) / 2 > middle].append(text)
        end += 1
        if all(any(map(_is_name, column)) for column in columns):
            break
    other, main = map(signature_of, columns)
    return Signers(main, (other,), first, end) if main and other else None


def _columns(line: Line) -> list[tuple[int, str]]:
    """The parts of a line with where each begins; a tab is as wide as the columns it parts."""
    text = line.text.expandtabs(40)
    return [(found.start(), found[0]) for found in re.finditer(r"\S+(?:\s{1,2}\S+)*", text)]


def _parts(line: Line) -> list[str]:
    text = line.text.strip()
    if text == line.stripped:
        return [text] if text else []
    return [part for part in map(str.strip, _COLUMNS.split(text)) if part]


def _is_role(part: str) -> bool:
    return len(part) < 90 and bool(_ROLE.fullmatch(fold(part))) and (part.isupper() or not _is_name(part))


def _is_name(part: str) -> bool:
    words = part.split()
    return (
        2 <= len(words) <= 6
        and all(is_capitalised(word) and word[0].isalpha() for word in words)
        and not re.search(r"[\d:;/.]", part)
        and not part.isupper()
    )


def _paired(lines: Sequence[Line], start: int, end: int) -> Signers | None:
    """Each name goes to the first role that has none yet, which is right in every order they are printed in."""
    roles: list[str] = []
    names: list[str] = []
    for line in lines[start:end]:
        for part in _parts(line):
            if _is_role(part):
                roles.append(part)
            elif _is_name(part):
                names.append(part)
    folded = [fold(role) for role in roles]
    if len(roles) < 2 or len(names) > len(roles) or not any(map(_MINUTES.match, folded)):
        return None
    people = [
        Signature(None, None, role, names[at] if at < len(names) else None) for at, role in enumerate(roles)
    ]
    main = next((at for at, role in enumerate(folded) if _CHAIR.match(role)), len(people) - 1)
    return Signers(people[main], (*people[:main], *people[main + 1 :]), start, end)
