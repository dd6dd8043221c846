"""JSON and back: nothing is lost, junk is told by its field."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.codec import BadDocument, from_json, to_json
from dinhlang.officialdoc.model import (
    Assignment,
    Document,
    Figure,
    Kind,
    PartialDate,
    Problem,
    Reference,
    Source,
    Span,
    Statement,
    Task,
    TaskSchedule,
)
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests.strategies import dates, documents

SHARED = Path(__file__).parents[4] / "../shared"
calm = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

some = st.text(min_size=1, max_size=8)
maybe = st.none() | some
spans = st.none() | st.builds(
    Span,
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 9),
    st.none() | st.integers(1, 9),
)
numbers = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9)
facts = st.fixed_dictionaries(
    {
        "references": st.lists(
            st.builds(Reference, st.sampled_from(Kind), maybe, maybe, st.none() | dates, maybe, maybe, spans),
            max_size=3,
        ).map(tuple),
        "figures": st.lists(
            st.builds(Figure, numbers, maybe, maybe, some, maybe, maybe, spans), max_size=3
        ).map(tuple),
        "tasks": st.lists(
            st.builds(
                Task,
                some,
                maybe,
                maybe,
                maybe,
                maybe,
                st.none() | st.builds(TaskSchedule, some, some, maybe, maybe, maybe),
                spans,
            ),
            max_size=3,
        ).map(tuple),
        "assignments": st.lists(
            st.builds(Assignment, some, st.lists(some, max_size=3).map(tuple), spans), max_size=3
        ).map(tuple),
        "proposals": st.lists(st.builds(Statement, some, maybe, spans), max_size=3).map(tuple),
        "directions": st.lists(st.builds(Statement, some, maybe, spans), max_size=3).map(tuple),
        "source": st.builds(Source, maybe, maybe, st.none() | st.integers(0, 99), st.floats(0, 1)),
        "problems": st.lists(st.builds(Problem, some, some), max_size=2).map(tuple),
    }
)


@calm
@given(documents(some), facts)
def test_a_document_comes_back_from_json_as_it_was(document: Document, found: dict[str, object]) -> None:
    document = replace(document, **found)  # type: ignore[arg-type]
    given_back = from_json(json.loads(json.dumps(to_json(document))))
    assert to_json(given_back) == to_json(document) or "NaN" in json.dumps(to_json(document))
    if "NaN" not in json.dumps(to_json(document)):
        assert given_back == document
    assert (given_back.source, given_back.problems) == (document.source, document.problems)


def test_the_keys_are_those_of_the_contract_the_co_signers_and_the_text() -> None:
    keys = (
        "schema source kind issuer number symbol place date subject period references sections figures tasks assignments "
        "proposals directions signature co_signers recipients appendices problems"
    )
    assert list(to_json(Document())) == [*keys.split(), "body"]


@pytest.mark.parametrize("path", sorted((SHARED / "truth/truth").glob("*.json")), ids=lambda path: path.stem)
def test_a_bare_document_of_the_contract_is_taken(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    document = from_json(truth)
    assert document.subject == truth["subject"]
    assert [one.value for one in document.figures] == [one["value"] for one in truth["figures"]]
    assert document.body == ()


def test_an_empty_text_is_unknown() -> None:
    document = from_json(
        {"number": "", "place": "", "date": {}, "references": [{"kind": "ke-hoach", "span": {}}]}
    )
    assert (document.number, document.place, document.date) == (None, None, PartialDate())
    assert document.references == (Reference(Kind.PLAN),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "đối tượng JSON"),
        ("văn bản", "đối tượng JSON"),
        (None, "đối tượng JSON"),
        ({"schema": "khác/1"}, "khác/1"),
        ({"kind": "thơ"}, "“kind” có giá trị lạ"),
        ({"kind": []}, "“kind” phải là chữ"),
        ({"date": "20/7/2023"}, "“date” phải là một đối tượng"),
        ({"date": {"month": 13}}, "“date.month” phải là số nguyên từ 1 đến 12"),
        ({"figures": {}}, "“figures” phải là một danh sách"),
        ({"figures": [{"value": 1}, {"value": "36"}]}, "“figures[1].value” phải là số"),
        ({"figures": [{"value": True}]}, "“figures[0].value” phải là số"),
        ({"figures": [{"value": float("nan")}]}, "“figures[0].value” phải là số"),
        ({"tasks": [{"ordinal": "1"}]}, "Thiếu trường “tasks[0].task”"),
        (
            {"assignments": [{"unit": "A", "duties": [1]}]},
            "“assignments[0].duties” phải là một danh sách chữ",
        ),
        ({"body": [{"role": "lạ"}]}, "“body[0].role” có giá trị lạ"),
        ({"body": [{"type": "table", "rows": ["a"]}]}, "“body[0].rows[0]” phải là một danh sách chữ"),
        (
            {"body": [{"runs": [{"text": "a", "bold": "có"}]}]},
            "“body[0].runs[0].bold” phải là true hoặc false",
        ),
        ({"references": [{"span": {"line": 0}}]}, "“references[0].span.line” phải là số nguyên"),
        ({"recipients": [None]}, "“recipients[0]” phải là một đối tượng"),
    ],
)
def test_junk_is_told_by_its_field(data: object, said: str) -> None:
    with pytest.raises(BadDocument) as told:
        from_json(data)
    assert said in str(told.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@calm
@given(st.data())
def test_a_field_replaced_by_junk_is_taken_or_refused(data: st.DataObject) -> None:
    path = SHARED / "seeds/004_5dacbcb6e866faa1.txt"
    document = to_json(read(path.read_bytes(), path.name))
    key = data.draw(st.sampled_from(sorted(document)))
    value = data.draw(json_values)
    if isinstance(document[key], list) and document[key] and data.draw(st.booleans()):
        inner = data.draw(st.sampled_from(sorted(document[key][0])))
        document[key][0][inner] = value
    else:
        document[key] = value
    with contextlib.suppress(BadDocument):
        from_json(document)
