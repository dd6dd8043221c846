"""The documents whose truth is known, and their truth in one form.

`seeds` are five real documents with what careful people read in them (`../shared/truth`, where that folder is there);
`unseen`, `family` and `others` invented documents of the tests of `officialdoc` whose keys were written before the
reader first saw them, the last also as Word, PDF and Markdown files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
INVENTED = ROOT / "src/dinhlang/officialdoc/tests"
SETS = ("seeds", "unseen", "family", "others")
ANY = "?"
"""Stands in a key for what readers may differ on."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of one document. Facts are tuples in the order of `FIELDS`; `None` for what was left out."""

    name: str
    data: bytes
    head: dict[str, Any]
    facts: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


FIELDS = {
    "references": ("kind", "number", "symbol", "date", "issuer"),
    "figures": ("value", "unit", "qualifier"),
    "tasks": ("ordinal", "task", "product", "lead", "cooperating", "schedule"),
    "recipients": ("name", "purpose"),
}


def truths(name: str) -> Iterator[Truth]:
    """The documents of one of `SETS`, in order; none when the set is not on this machine."""
    if name == "seeds":
        folder = SHARED / "truth/truth"
        texts = SHARED / "seeds"
        keys = sorted(folder.glob("*.json"))
    else:
        texts = INVENTED / name
        keys = sorted(texts.glob("*.json"))
    for path in keys:
        key = json.loads(path.read_text(encoding="utf-8"))
        source = next(one for one in texts.glob(f"{path.stem}.*") if one.suffix != ".json")
        read = _of_people if name == "seeds" else _of_examiner
        yield read(source.name, source.read_bytes(), key)


def head_of(document: dict[str, Any]) -> dict[str, Any]:
    """The fields of the head, with the signature, from a document of the contract."""
    issuer = document["issuer"] or {}
    signature = document["signature"]
    return {
        "kind": document["kind"],
        "issuer": issuer.get("name"),
        "unit_kind": issuer.get("unit_kind"),
        "unit_name": issuer.get("unit_name"),
        "number": document["number"],
        "symbol": document["symbol"],
        "place": document["place"],
        "date": day(document["date"]),
        "subject": document["subject"],
        "period": document["period"],
        "signature": signature
        and tuple(signature[part] for part in ("mode", "on_behalf_of", "role", "name")),
    }


def facts_of(document: dict[str, Any]) -> dict[str, list[tuple[Any, ...]]]:
    """The facts of a document of the contract, as tuples."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for kind, fields in FIELDS.items():
        found[kind] = [
            tuple(day(one[part]) if part == "date" else one[part] for part in fields)
            for one in document[kind]
        ]
    return found


def day(date: dict[str, Any] | None) -> str | None:
    """'12.6.2026', with x for a part left blank."""
    return date and ".".join(str(date[part] or "x") for part in ("day", "month", "year"))


def _of_people(name: str, data: bytes, key: dict[str, Any]) -> Truth:
    return Truth(name, data, head_of(key), facts_of(key))


def _of_examiner(name: str, data: bytes, key: dict[str, Any]) -> Truth:
    """The short form of the invented sets; a task's schedule may say its kind and period after its words."""
    head = dict(key["head"])
    if "signature" in key:
        head["signature"] = key["signature"] and tuple(key["signature"])
    facts = {
        kind: [tuple(one)[: len(fields)] for one in key.get(kind, ())]
        for kind, fields in FIELDS.items()
        if f"?{kind}" not in key
    }
    facts["tasks"] = [_task(one) for one in key.get("tasks", ())]
    return Truth(name, data, head, facts)


def _task(row: list[Any]) -> tuple[Any, ...]:
    *cells, text = row[:6]
    if text is None or text == ANY:
        return (*cells, text)
    kind, period = row[6:8] if len(row) > 7 else (ANY, ANY)
    return (*cells, {"text": text, "kind": kind, "period": period})
