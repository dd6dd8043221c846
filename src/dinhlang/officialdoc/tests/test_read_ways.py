"""The many ways in which one thing is written: sentences with their figures, citations, letterheads with their foot.

Each line of `ways/figures.txt` is a sentence and its figures (value|beginning of the unit|qualifier), each of
`ways/references.txt` one and its citations (kind number symbol date issuer; '-' for none, '?' for any); the documents
of `ways/letterheads.txt` are followed by what is true of them. All of it is invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dinhlang.officialdoc.codec import to_json
from dinhlang.officialdoc.read import read
from dinhlang.vietnamese.text import fold

WAYS = Path(__file__).parent / "ways"


def lines(name: str) -> list[tuple[str, str]]:
    text = (WAYS / f"{name}.txt").read_text(encoding="utf-8")
    return [
        (one.strip(), truth.strip()) for one, _, truth in (line.partition("||") for line in text.splitlines())
    ]


def day(date: dict[str, Any] | None) -> str | None:
    return date and ".".join(str(date[part] or "x") for part in ("day", "month", "year"))


@pytest.mark.parametrize(("sentence", "truth"), lines("figures"))
def test_a_sentence_gives_its_figures_and_no_other(sentence: str, truth: str) -> None:
    document = read(f"BÁO CÁO\nKết quả năm 2024\n\nI. KẾT QUẢ\n- {sentence}\n".encode(), "a.txt")
    left = [(one.value, fold(one.unit or ""), one.qualifier) for one in document.figures]
    missed = []
    for figure in filter(None, map(str.strip, truth.split(";"))):
        value, unit, qualifier = (*figure.split("|"), "")[:3]
        found = next(
            (
                one
                for one in left
                if one[0] == float(value)
                and (one[1].startswith(fold(unit)) or fold(unit).startswith(one[1] or "-"))
                and qualifier in ("?", one[2] or "")
            ),
            None,
        )
        if found:
            left.remove(found)
        else:
            missed.append(figure)

    assert (missed, left) == ([], [])


@pytest.mark.parametrize(("sentence", "truth"), lines("references"))
def test_a_sentence_gives_its_references_and_no_other(sentence: str, truth: str) -> None:
    head = "UBND XÃ A\nSố: 1/BC-UBND\nBÁO CÁO\nKết quả năm 2024\n\n"
    text = f"{head}{sentence}\n\nUBND xã A báo cáo như sau:\n\nI. KẾT QUẢ\n- Đã làm.\n"
    left = [
        [one["kind"], one["number"] or "-", one["symbol"] or "-", day(one["date"]) or "-"]
        for one in to_json(read(text.encode(), "a.txt"))["references"]
    ]
    missed = []
    for reference in filter(None, map(str.strip, truth.split(" ; "))):
        wanted = reference.split()[:4]
        found = next(
            (one for one in left if all(a in ("?", b) for a, b in zip(wanted, one, strict=True))), None
        )
        if found:
            left.remove(found)
        else:
            missed.append(reference)

    assert (missed, left) == ([], [])


LETTERHEADS = (WAYS / "letterheads.txt").read_text(encoding="utf-8").split("\n#####\n")


@pytest.mark.parametrize("given", LETTERHEADS, ids=lambda given: given.split("\n")[0][:30])
def test_head_and_foot_are_read(given: str) -> None:
    text, _, key = given.partition("\n=====\n")
    truth = json.loads(key)
    document = to_json(read(text.encode(), "a.txt"))
    issuer, signature = document["issuer"] or {}, document["signature"]
    found = document | {
        "issuer": issuer.get("name"),
        "unit_kind": issuer.get("unit_kind"),
        "unit_name": issuer.get("unit_name"),
        "date": day(document["date"]),
        "signature": signature and [signature[part] for part in ("mode", "on_behalf_of", "role", "name")],
        "recipients": [[one["name"], one["purpose"]] for one in document["recipients"]],
    }

    assert {name: found[name] for name in truth} == truth
