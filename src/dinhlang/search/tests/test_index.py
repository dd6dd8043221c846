"""What happens to the folder of the engine inside the house."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dinhlang.search import Document, Index, Question


def _document(name: str, title: str) -> Document:
    return Document(name, "ben-truc", title, "", date(2026, 3, 2))


def _ids(index: Index, typed: str) -> tuple[str, ...]:
    return index.find(Question.of(typed)).ids


@pytest.mark.parametrize("rubbish", [b"", b"1 g1", b"0 g1", b"\xff\xfe", b"1 ../../etc", b"1 g7 more"])
def test_a_folder_that_cannot_be_read_counts_as_empty(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "current").write_bytes(rubbish)
    index = Index(tmp_path)
    assert not index.is_there
    assert _ids(index, "khai sinh") == ()
    index.write([_document("birth", "Khai sinh")])
    assert _ids(index, "khai sinh") == ("birth",)


def test_a_broken_generation_counts_as_empty_and_is_built_anew(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.write([_document("birth", "Khai sinh")])
    for path in (tmp_path / "g1").glob("*.json"):
        path.write_bytes(b"{")
    fresh = Index(tmp_path)
    assert _ids(fresh, "khai sinh") == ()
    assert fresh.rebuild([_document("birth", "Khai sinh")]) == 1
    assert _ids(fresh, "khai sinh") == ("birth",)
