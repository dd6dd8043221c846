"""The outline of a consolidated report, made of a programme's own: plain text in, plain text out.

A programme that came in with a file brings the outline of what each unit writes. Of that the level above needs the same
headings, and beside them what only a report of many units has: for whom it speaks, what each gave, who asks for what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.vietnamese.text import fold

_PART = re.compile(r"^===\s*(.*?)\s*$")
_HEADING = re.compile(r"^(#{1,4})\s+(.*)$")
_BLOCK = re.compile(r"\{%-?\s*(if|for|endif|endfor)\b")
_BODY = "Nội dung"
COVERAGE, UNITS, PROPOSALS = (
    "Phạm vi tổng hợp",
    "Kết quả của từng đơn vị",
    "Đề xuất, kiến nghị của các đơn vị",
)
RESULTS = "Kết quả thực hiện"


def joined(own: str, common: str) -> str:
    """The outline of a report taken together by units that write by `own`.

    Head, close and recipients are those of `common`, the outline that is shipped for all; so are the sections on coverage,
    units and proposals. Between them stand the sections of `own`; an outline without headings becomes one section. Proposals go under
    its own heading for them, where it has one. Nothing is put into an {% if %} or {% for %} of `own`.
    """
    body = _part(own, _BODY)
    ours = _part(common, _BODY)
    coverage, units, proposals = (_section(ours, title) for title in (COVERAGE, UNITS, PROPOSALS))
    titles = list(_titles(body))
    if not titles:
        intro, rest = ours[: ours.index(f"# {COVERAGE}")], [f"# {RESULTS}", "", *body]
    else:
        intro, rest = body[: titles[0]], body[titles[0] :]
    asked = next((at for at in _titles(rest) if _asks(rest[at])), None)
    if asked is None:
        rest += ["", f"# {UNITS}", "", *units, "", f"# {PROPOSALS}", "", *proposals]
    else:
        after = asked + 1
        rest[after:after] = ["", *proposals, ""]
        at = asked if rest[asked].startswith("# ") else len(rest)
        rest[at:at] = [f"# {UNITS}", "", *units, ""]
    whole = [*intro, "", f"# {COVERAGE}", "", *coverage, "", *rest]
    head, _, close = common.partition(f"=== {_BODY}\n")
    return "\n".join([head + f"=== {_BODY}", *whole, "", close[close.index("\n===") + 1 :]])


def _part(text: str, name: str) -> list[str]:
    """The lines of a part of an outline, remarks left in."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        part = _PART.match(line)
        if part:
            inside = part[1] == name
        elif inside:
            found.append(line)
    return found


def _section(lines: Sequence[str], title: str) -> list[str]:
    """What stands under a heading, up to the next one of its level or above."""
    found: list[str] = []
    level = 0
    for line in lines:
        heading = _HEADING.match(line)
        if heading and level and len(heading[1]) <= level:
            break
        if level:
            found.append(line)
        elif heading and heading[2] == title:
            level = len(heading[1])
    return "\n".join(found).strip().splitlines()


def _titles(lines: Sequence[str]) -> Iterator[int]:
    """Where headings stand that no condition and no loop holds."""
    depth = 0
    for at, line in enumerate(lines):
        if not depth and _HEADING.match(line):
            yield at
        depth += sum(-1 if tag.startswith("end") else 1 for tag in _BLOCK.findall(line))


def _asks(heading: str) -> bool:
    words = fold(heading)
    return "kien nghi" in words or "de xuat" in words
