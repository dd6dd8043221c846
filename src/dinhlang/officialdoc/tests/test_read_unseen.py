"""Invented documents, each with its truth, which an examiner wrote before the reader first read it.

Three sets: `unseen`; `family`, by another examiner in another voice (all thirteen kinds, before and after July 2025,
commune to province, Party and unions); `others`, by a third, as text, Markdown, Word and PDF files, from 22 on with a
kind of task table each that the sets before did not have. A few truths were changed after that reading: where an indicator has another
name in the ledger, where a figure has no unit or a document no kind that the model knows, and where the contract says
otherwise; `others` left out many figures (how many villages there are, sums said again), which were added. In a truth "?" stands for what readers may differ on, and a kind of fact with "?" before its name is left out.
Figures are [value, beginning of the unit, qualifier, indicator], the indicator may be missing; tasks may have kind and
period of their schedule at the end; proposals and directions are the beginning of each.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dinhlang.officialdoc.codec import to_json
from dinhlang.officialdoc.read import read
from dinhlang.vietnamese.text import fold

TESTS = Path(__file__).parent
SETS = ("unseen", "family", "others")
FILES = {
    f"{path.parent.name}/{path.stem}": path
    for name in SETS
    for path in (TESTS / name).iterdir()
    if path.suffix != ".json"
}
NAMES = sorted(FILES)
FORMS: dict[str, Callable[[str], str]] = {
    "as written": str,
    "decomposed, with the line ends of Windows": lambda text: unicodedata.normalize("NFD", text).replace(
        "\n", "\r\n"
    ),
    "with form feeds": lambda text: re.sub(r"\n([23])\n", r"\n\f\1\n", text),
}


# A file that is no text has one form.
FORMED = [
    (name, form) for name in NAMES for form in FORMS if FILES[name].suffix == ".txt" or form == "as written"
]


@cache
def document(name: str, form: str = "as written") -> dict[str, Any]:
    path = FILES[name]
    if path.suffix != ".txt":
        return to_json(read(path.read_bytes(), f"mau{path.suffix}"))
    return to_json(read(FORMS[form](path.read_text(encoding="utf-8")).encode(), "mau.txt"))


def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TESTS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def day(found: dict[str, Any] | None) -> str | None:
    """'12.6.2026', with x for a part left blank."""
    return found and ".".join(str(found[part] or "x") for part in ("day", "month", "year"))


def facts(doc: dict[str, Any], kind: str) -> list[list[Any]]:
    """The facts of a kind, in the form in which truths have them."""
    fields = {
        "references": ("kind", "number", "symbol", "date", "issuer"),
        "figures": ("value", "unit", "qualifier", "concept"),
        "tasks": ("ordinal", "task", "product", "lead", "cooperating", "schedule"),
        "recipients": ("name", "purpose"),
    }[kind]
    rows = [[one[field] for field in fields] for one in doc[kind]]
    for row in rows:
        if kind == "references":
            row[3] = day(row[3])
        if kind == "tasks":
            row[5] = row[5] and row[5]["text"]
    return rows


def is_same(expected: Sequence[Any], found: Sequence[Any], kind: str) -> bool:
    for place, (wanted, given) in enumerate(zip(expected, found, strict=False)):
        if wanted == "?" or wanted == given:
            continue
        if not (kind == "figures" and place == 1 and fold(given or "").startswith(fold(wanted or ""))):
            return False
    return True


def test_there_is_a_truth_to_every_document():
    assert len(NAMES) >= 60
    assert (
        sorted(f"{path.parent.name}/{path.stem}" for name in SETS for path in (TESTS / name).glob("*.json"))
        == NAMES
    )


@pytest.mark.parametrize(("name", "form"), FORMED)
def test_the_head_is_read(name, form):
    doc = document(name, form)
    issuer = doc["issuer"] or {}
    found = doc | {
        "issuer": issuer.get("name"),
        "parent": issuer.get("parent"),
        "unit_kind": issuer.get("unit_kind"),
        "unit_name": issuer.get("unit_name"),
        "date": day(doc["date"]),
    }
    expected = {field: value for field, value in truth(name)["head"].items() if value != "?"}

    assert {field: found[field] for field in expected} == expected


@pytest.mark.parametrize("kind", ["references", "figures", "tasks", "recipients"])
@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_found_and_none_invented(name, kind):
    if f"?{kind}" in truth(name):
        return
    left = facts(document(name), kind)
    missed = []
    for expected in truth(name).get(kind, []):
        match = next((found for found in left if is_same(expected, found, kind)), None)
        if match is None:
            missed.append(expected)
        else:
            left.remove(match)

    assert (missed, left) == ([], [])


@pytest.mark.parametrize("kind", ["proposals", "directions"])
@pytest.mark.parametrize("name", NAMES)
def test_statements_are_found_in_their_order(name, kind):
    expected = truth(name)
    if f"?{kind}" in expected:
        return
    found = [one["text"] for one in document(name)[kind]]

    assert [
        text[: len(wanted)] for text, wanted in zip(found, expected.get(kind, []), strict=True)
    ] == expected.get(kind, [])


@pytest.mark.parametrize("name", NAMES)
def test_each_unit_has_its_duties(name):
    if "?assignments" in truth(name):
        return
    expected = truth(name).get("assignments", [])
    found = document(name)["assignments"]

    assert [one["unit"] for one in found] == [unit for unit, _ in expected]
    assert all(count in (0, len(one["duties"])) for one, (_, count) in zip(found, expected, strict=True))


@pytest.mark.parametrize("name", [name for name in NAMES if "signature" in truth(name)])
def test_the_signature_is_read(name):
    found = document(name)["signature"]
    fields = ("mode", "on_behalf_of", "role", "name")

    assert is_same(truth(name)["signature"], [found[field] for field in fields], "signature")
