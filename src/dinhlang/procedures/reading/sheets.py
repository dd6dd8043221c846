"""The sheet of one procedure as the national portal prints it: labels with their text, and small tables under them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from dinhlang.procedures import rules
from dinhlang.procedures.reading import columns
from dinhlang.procedures.reading.record import Record, record_of
from dinhlang.vietnamese.text import fold
from dinhlang.work.rules import plain

_LABEL = re.compile(
    r"^\s*(?:[a-z0-9]{1,2}[.)]\s*|[-+*•]\s*|\d{1,2}\.\d{1,2}\.?\s*)?(?P<label>[^:|]{2,80}?)\s*:\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
# A label of these alone does not begin a part: they are columns of the tables within a sheet.
_WITHIN = frozenset({"number", "time_limit", "note", "forms", "event", "effective", "replaced_name"})


def records_in(text: str) -> tuple[list[Record], list[str]]:
    """The procedures whose sheets a text holds, one after the other; nothing when it holds none.

    A sheet begins with its code and has a name and steps or ways of handing in under their labels.
    """
    records: list[Record] = []
    left_out: list[str] = []
    for number, lines in enumerate(_sheets(text.split("\n")), 1):
        parts = _parts(lines)
        if not {"code", "name"} <= parts.keys() or not parts.keys() & {
            "steps",
            "methods",
            "method_rows",
            "papers",
        }:
            continue
        try:
            records.append(_with_papers(record_of(parts, f"{number}"), lines))
        except rules.BadCode as reason:
            left_out.append(f"{parts['name'][:200]} ({reason})")
    return records, left_out


def _sheets(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each sheet: from a label of a code until the next."""
    begun: list[str] | None = None
    for line in lines:
        said = _labelled(line)
        if said is not None and said[0] == "code":
            if begun is not None:
                yield begun
            begun = []
        if begun is not None:
            begun.append(line)
    if begun is not None:
        yield begun


def _labelled(line: str) -> tuple[str, str] | None:
    """(part, rest of the line) when the line begins with a label of ours, whether in one cell of a table or not."""
    row = _ROW.match(line)
    if row is not None:
        cells = [cell.strip() for cell in row["cells"].split(" | ")]
        if len(cells) == 2 and (part := columns.part_of(cells[0].rstrip(":"))) is not None:
            return part, cells[1]
        return None
    found = _LABEL.match(line)
    if found is None:
        return None
    part = columns.part_of(found["label"])
    return (part, found["rest"]) if part is not None else None


def _parts(lines: list[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    rows: dict[str, list[list[str]]] = {}
    here = ""
    for line in lines:
        said = _labelled(line)
        if said is not None and said[0] not in _WITHIN and not (said[0] in found and said[0] != here):
            here = said[0]
            found.setdefault(here, [])
            if said[1].strip():
                found[here].append(said[1].strip())
            continue
        row = _ROW.match(line)
        if row is not None and here in ("methods", "papers", "legal"):
            rows.setdefault(here, []).append([cell.strip() for cell in row["cells"].split(" | ")])
        elif here and line.strip(" |"):
            found[here].append(line.strip())
    parts = {part: "\n".join(said) for part, said in found.items()}
    if "methods" in rows:
        parts["method_rows"] = json.dumps(list(_method_rows(rows["methods"])), ensure_ascii=False)
        parts["fees"] = parts.get("fees", "")
        if not parts.get("methods"):
            parts.pop("methods", None)
    if "legal" in rows:
        legal = list(_legal_rows(rows["legal"]))
        parts["legal"] = "\n".join([*legal, parts.get("legal", "")]).strip()
    if "papers" in rows:
        parts.pop("papers", None)
        parts["paper_rows"] = "1"
    return parts


def _method_rows(rows: list[list[str]]) -> Iterator[dict[str, str]]:
    names = ("channel", "time_limit", "fee", "note")
    for cells in rows:
        if plain(cells[0]) in {"hinh thuc nop", "hinh thuc"} or not any(cells):
            continue
        yield dict(zip(names, cells, strict=False))


def _legal_rows(rows: list[list[str]]) -> Iterator[str]:
    for cells in rows:
        if plain(cells[0]) in {"so ky hieu", "so hieu", "so ky hieu van ban"} or not any(cells):
            continue
        number, title, *rest = [*cells, ""]
        yield "\t".join(one for one in (number, title, *rest))


def _with_papers(record: Record, lines: list[str]) -> Record:
    """The record with the tables of papers, each under the heading above it."""
    papers: list[rules.Paper] = []
    inside, group = False, ""
    for line in lines:
        said = _labelled(line)
        if said is not None and said[0] not in _WITHIN:
            inside, group = said[0] == "papers", said[1].strip() if said[0] == "papers" else ""
            continue
        if not inside or not line.strip():
            continue
        row = _ROW.match(line)
        if row is None:
            group = line.strip()
            continue
        cells = [cell.strip() for cell in row["cells"].split(" | ")]
        if plain(cells[0]) == "ten giay to" or not any(cells):
            continue
        papers.append(_paper(cells, group))
    if not papers:
        return record
    return replace(record, sheet=replace(record.sheet, papers=tuple(papers)))


def _paper(cells: list[str], group: str) -> rules.Paper:
    name, more = cells[0], [*cells[1:], "", ""]
    form, quantity = (more[0], more[1]) if len(cells) >= 3 else ("", more[0])
    return rules.Paper(
        name=name,
        originals=_number(quantity, "bản chính"),
        copies=_number(quantity, "bản sao"),
        quantity=quantity,
        form=form,
        group="" if fold(group) in {"", "--", "bao gom"} else group,
    )


def _number(quantity: str, of: str) -> int | None:
    """How many: 'Bản chính: 1 Bản sao: 0', else '1 bản chính, 2 bản sao'."""
    found = re.search(rf"{of}\s*:\s*(\d{{1,2}})", quantity, re.IGNORECASE)
    if found is None and ":" not in quantity:
        found = re.search(rf"(\d{{1,2}})\s*{of}", quantity, re.IGNORECASE)
    return int(found[1]) if found is not None else None
