"""A document of the bare contract, facts without a text, gets a text in which each fact can be found again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dinhlang.officialdoc import write
from dinhlang.officialdoc.codec import BadDocument, from_json, sections_from
from dinhlang.officialdoc.model import Document, Kind, Paragraph, Role, Section
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests import kinds
from dinhlang.officialdoc.write.composed import composed

TRUTH = sorted((Path(__file__).parents[4] / "../shared/truth/truth").glob("*.json"))
BARE = {
    "kind": "ke-hoach",
    "subject": "Tuyên truyền cải cách hành chính năm 2026",
    "references": [{"kind": "quyet-dinh", "number": "12", "symbol": "QĐ-UBND", "date": {"day": 5, "month": 2, "year": 2026}, "issuer": "Ủy ban nhân dân tỉnh Sông Mẫu", "subject": "giao nhiệm vụ năm 2026"}],
    "sections": [
        {"number": "I", "level": 1, "title": "MỤC ĐÍCH", "children": [{"number": "1", "level": 2, "title": "Yêu cầu", "children": []}]},
        {"number": "II", "level": 1, "title": "TỔ CHỨC THỰC HIỆN", "children": []},
    ],
    "assignments": [{"unit": "Văn phòng", "duties": ["theo dõi, đôn đốc"]}],
    "proposals": [{"text": "Cấp thêm loa cho ba thôn."}],
    "tasks": [{"ordinal": "1", "task": "Viết bài", "lead": "Văn phòng", "schedule": {"text": "Quý I/2026"}}],
}  # fmt: skip


def bare() -> Document:
    return composed(from_json(BARE), sections_from(BARE))


def test_facts_stand_under_the_heading_they_belong_to():
    words = [(one.role, one.number, one.text) for one in bare().body if isinstance(one, Paragraph)]
    assert words == [
        (Role.BASIS, None, "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Sông Mẫu giao nhiệm vụ năm 2026."),
        (Role.HEADING, "I", "MỤC ĐÍCH"),
        (Role.HEADING, "1", "Yêu cầu"),
        (Role.HEADING, "II", "TỔ CHỨC THỰC HIỆN"),
        (Role.HEADING, "1", "Văn phòng"),
        (Role.ITEM, "-", "Theo dõi, đôn đốc."),
        (Role.HEADING, "III", "KIẾN NGHỊ, ĐỀ XUẤT"),
        (Role.ITEM, "-", "Cấp thêm loa cho ba thôn."),
    ]  # fmt: skip


def test_tasks_become_a_table_of_the_columns_they_have():
    (appendix,) = bare().appendices
    (table,) = appendix.blocks
    assert table.header == ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian thực hiện")  # type: ignore[union-attr]
    assert table.rows == (("1", "Viết bài", "Văn phòng", "Quý I/2026"),)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", TRUTH, ids=lambda path: path.stem)
def test_facts_of_a_real_document_are_read_again_from_the_pages_made_of_them(path):
    document = from_json(json.loads(path.read_text(encoding="utf-8")))
    reading = read(write.docx(composed(document)), "a.docx")
    assert [(one.number, one.symbol) for one in reading.references] == [
        (one.number, one.symbol) for one in document.references
    ]
    assert [one.task for one in reading.tasks] == [one.task for one in document.tasks]
    assert reading.recipients == document.recipients


@pytest.mark.parametrize("document", [kinds.REPORT, kinds.PLAN])
def test_a_document_with_a_text_keeps_it(document):
    assert composed(document, (Section("I", 1, "KHÁC"),)) is document


def test_a_letter_has_no_bases():
    assert composed(Document(Kind.LETTER, references=bare().references)).body == ()


def test_headings_that_are_none_are_refused_by_name():
    with pytest.raises(BadDocument, match=r"sections\[0\]"):
        sections_from({"sections": ["I"]})
