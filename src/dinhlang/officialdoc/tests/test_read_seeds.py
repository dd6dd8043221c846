"""The five real documents, each against every field of what people found in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from dinhlang.officialdoc.codec import to_json
from dinhlang.officialdoc.model import Document, Paragraph
from dinhlang.officialdoc.read import read
from dinhlang.vietnamese.text import fold

SHARED = Path(__file__).parents[4] / "../shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
DAMAGED = "001_c08530b4eb578389"

Found = tuple[str, dict[str, Any], dict[str, Any], Document]


@pytest.fixture(scope="module", params=SEEDS, ids=lambda path: path.stem)
def found(request: pytest.FixtureRequest) -> Found:
    """The seed's name, what is true of it, what was read as JSON, and the document."""
    path: Path = request.param
    truth = json.loads((SHARED / "truth/truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
    document = read(path.read_bytes(), path.name)
    return path.stem, truth, to_json(document), document


def alike(printed: str | None, true: str | None, least: float = 90) -> bool:
    """Whether two texts say the same: spelling of marks, case and a missing 'về' do not count."""
    if printed is None or true is None:
        return printed is true
    return fuzz.partial_ratio(fold(printed), fold(true).removeprefix("ve viec ").removeprefix("ve ")) >= least


def least_for(name: str) -> float:
    # The damaged text has lost half its letters; what was read is compared with what it must have said.
    return 62 if name == DAMAGED else 88


def test_there_are_seeds() -> None:
    assert len(SEEDS) == 5


def test_the_head_is_as_people_read_it(found: Found) -> None:
    _, truth, given, _ = found
    for key in ("kind", "number", "symbol", "place", "date", "period"):
        assert given[key] == truth[key], key
    assert given["subject"] == truth["subject"]
    assert given["issuer"]["unit_kind"] == truth["issuer"]["unit_kind"]
    assert fold(given["issuer"]["unit_name"]) == fold(truth["issuer"]["unit_name"])
    assert fold(given["issuer"]["name"]).replace("uy ban nhan dan", "ubnd") == fold(
        truth["issuer"]["name"]
    ).replace("uy ban nhan dan", "ubnd")


def test_every_reference_is_found_and_no_other(found: Found) -> None:
    name, truth, given, _ = found
    assert len(given["references"]) == len(truth["references"])
    for one, true in zip(given["references"], truth["references"], strict=True):
        assert {key: one[key] for key in ("kind", "number", "symbol", "date")} == {
            key: true[key] for key in ("kind", "number", "symbol", "date")
        }
        # In 001 people gave the line of the number, in the others that of the word before it.
        assert one["span"]["line"] == true["line"] - (name == DAMAGED and true["number"] == "07")
        assert alike(one["issuer"], true["issuer"], least_for(name))
        if not true["subject"].startswith("("):
            assert alike(one["subject"], true["subject"], least_for(name))


def test_every_figure_is_found_and_no_other(found: Found) -> None:
    _, truth, given, _ = found
    keys = ("value", "unit", "qualifier")
    assert [tuple(one[key] for key in keys) for one in given["figures"]] == [
        tuple(one[key] for key in keys) for one in truth["figures"]
    ]
    for one, true in zip(given["figures"], truth["figures"], strict=True):
        assert one["span"]["line"] == one["span"]["end_line"] == true["line"]
        assert true["quote"] in one["quote"]
        assert one["subject"]


def test_the_quote_of_a_figure_stands_in_the_source_where_its_span_says(found: Found) -> None:
    name, _, given, _ = found
    lines = (SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    assert given["figures"]
    for one in given["figures"]:
        span = one["span"]
        assert lines[span["line"] - 1][span["column"] - 1 : span["end_column"] - 1] == one["quote"]


def test_the_figures_speak_of_the_indicators_of_the_ledger() -> None:
    concepts = [
        [one.concept for one in read(path.read_bytes(), path.name).figures if one.unit != "kỳ/tháng"]
        for path in SEEDS
    ]
    assert concepts == [
        ["completion", "articles"],
        ["completion", "articles"],
        ["articles"],
        ["articles", "visits", "guidance"],
        [],
    ]


def test_the_tasks_are_the_rows_of_the_appendix(found: Found) -> None:
    _, truth, given, _ = found
    keys = ("ordinal", "task", "product", "lead", "cooperating", "schedule")
    assert [{key: one[key] for key in keys} for one in given["tasks"]] == [
        {key: one[key] for key in keys} for one in truth["tasks"]
    ]


def test_the_assignments_name_the_units_and_their_duties(found: Found) -> None:
    _, truth, given, _ = found
    assert [one["unit"] for one in given["assignments"]] == [one["unit"] for one in truth["assignments"]]
    for one, true in zip(given["assignments"], truth["assignments"], strict=True):
        # People parted the last unit's one sentence at its commas; the reader keeps sentences whole.
        assert len(one["duties"]) == (1 if one["unit"] == "Các ngành Đoàn thể" else len(true["duties"]))
        for duty, true_duty in zip(one["duties"], true["duties"], strict=False):
            assert fuzz.partial_token_set_ratio(fold(duty), fold(true_duty)) > 90


def test_proposals_and_directions_are_told_apart(found: Found) -> None:
    name, truth, given, _ = found
    for key in ("proposals", "directions"):
        assert [one["span"]["line"] for one in given[key]] == [one["line"] for one in truth[key]]
        for one, true in zip(given[key], truth[key], strict=True):
            assert fuzz.token_set_ratio(fold(one["text"]), fold(true["text"])) > (
                35 if name == DAMAGED else 80
            )
            assert one["number"] == true.get("no", "-")


def test_signature_and_recipients_are_as_printed(found: Found) -> None:
    _, truth, given, _ = found
    assert given["signature"] == truth["signature"]
    assert given["recipients"] == truth["recipients"]


def test_a_damaged_text_is_said_to_be_damaged(found: Found) -> None:
    name, _, given, document = found
    codes = {one["code"] for one in given["problems"]}
    assert ("damaged-text" in codes) == (name == DAMAGED)
    assert (document.source.damage > 0.5) == (name == DAMAGED)


def test_the_appendix_of_the_plan_is_a_table_with_its_title_and_note() -> None:
    path = next(path for path in SEEDS if path.stem.startswith("004"))
    (appendix,) = read(path.read_bytes(), path.name).appendices
    assert appendix.label == "PHỤ LỤC"
    assert appendix.title == "CÁC NHIỆM VỤ TUYÊN TRUYỀN CẢI CÁCH HÀNH CHINH NĂM 2023"
    assert appendix.note == "(Kèm theo Kế hoạch số /KH-UBND của UBND xã, ngày tháng 02 năm 2023)"
    (table,) = appendix.blocks
    assert len(table.header) == 6
    assert [len(row) for row in table.rows] == [6] * 7


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{2,}", fold(text)))


def test_the_text_itself_is_kept_whole(found: Found) -> None:
    """Every word of the source is in the body, an appendix, the head or the foot, as often as it was printed."""
    name, _, given, document = found
    source = (SHARED / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
    kept = [
        given["subject"],
        *(str(part) for part in (given["place"], given["symbol"], given["issuer"]["name"])),
    ]
    for block in (*document.body, *(one for appendix in document.appendices for one in appendix.blocks)):
        kept += (
            [block.text]
            if isinstance(block, Paragraph)
            else [*block.header, *(c for row in block.rows for c in row)]
        )
    for appendix in document.appendices:
        kept += [appendix.label or "", appendix.title or "", appendix.note or ""]
    if document.signature is not None:
        kept += [
            document.signature.on_behalf_of or "",
            document.signature.role or "",
            document.signature.name or "",
        ]
    kept += [one.name for one in document.recipients]
    numbers = [one.number or "" for one in document.body if isinstance(one, Paragraph)]
    missing = words_of(source) - words_of(" ".join(kept + numbers))
    # What the model holds as a fact of its own, or prints anew: the title, the national heading, the labels.
    anew = "bao cao ke hoach cong hoa xa hoi chu nghia viet nam doc lap tu do hanh phuc so ngay thang nam noi nhan tm bc nhen de"
    # The set phrases of a damaged title are written well in the subject, which the truth holds to.
    mended = words_of(source.split("\n")[0]) if name == DAMAGED else Counter()
    assert set(missing) <= {*anew.split(), *mended}


def test_the_sections_keep_the_numbering_as_printed() -> None:
    shapes = {
        path.stem[:3]: [
            (one.number, [child.number for child in one.children])
            for one in read(path.read_bytes(), path.name).sections
        ]
        for path in SEEDS
    }
    assert shapes["000"] == shapes["001"] == [("I", ["1", "2"]), ("II", [])]
    assert shapes["002"] == [("I", ["1", "2", "3"])]
    assert shapes["003"] == [("I", ["1", "2"]), ("II", []), ("III", []), ("IV", [])]
    assert shapes["004"] == [
        ("I", ["1", "2"]),
        ("II", ["1", "2", "3"]),
        ("III", ["1", "2", "3", "4", "5", "6"]),
    ]
