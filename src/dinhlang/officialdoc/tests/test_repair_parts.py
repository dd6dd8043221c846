"""The parts of repair one by one: tokens, the channel, names, places before and after, counting misreadings."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

import count_confusions
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.repair import repair
from dinhlang.officialdoc.repair.channel import Channel, Style, misreadings
from dinhlang.officialdoc.repair.names import names_in
from dinhlang.officialdoc.repair.reading import Columns
from dinhlang.officialdoc.repair.result import Class
from dinhlang.officialdoc.repair.syllables import split
from dinhlang.officialdoc.repair.tokens import Sort, tokens_of
from dinhlang.vietnamese import _grammar


@pytest.mark.parametrize(
    ("text", "numbers", "words"),
    [
        ("Sé 07/KH-UBND ngay 11/3/2022", ["07/KH-UBND", "11/3/2022"], ["Sé", "ngay"]),
        ("dat 86,5% (6.694 lugt), 15h30", ["86,5%", "6.694", "15h30"], ["dat", "lugt"]),
        ("a) x3 d4n s6 16p", ["a)"], ["x3", "d4n", "s6", "16p"]),
        ("khé A4, QL18, 30 m2", ["QL18", "30", "m2"], ["khé", "A4"]),
        ("KH -UBND cta co’ quan", [], ["KH", "UBND", "cta", "co’", "quan"]),
        ("si? dung. Co khong?", [], ["si?", "dung", "Co", "khong"]),
        ("xem www.a.vn, b@c.vn, Mau.doc", [], ["xem"]),
    ],
)
def test_numbers_codes_and_addresses_are_told_from_words(
    text: str, numbers: list[str], words: list[str]
) -> None:
    found = list(tokens_of(text))
    assert [token.text for token in found if token.sort is Sort.NUMBER] == numbers
    assert [token.text for token in found if token.sort is Sort.WORD] == words


@given(st.text())
def test_tokens_stand_where_they_say_and_cover_everything_but_spaces(text: str) -> None:
    found = list(tokens_of(text))
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(first.end <= second.start for first, second in itertools.pairwise(found))
    assert "".join(token.text for token in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("read", "style", "meant"),
    [
        ("ctia", Style.SMALL, "của"),
        ("hién", Style.SMALL, "hiện"),
        ("t6", Style.SMALL, "tổ"),
        ("trj", Style.SMALL, "trị"),
        ("Uy", Style.TITLE, "ủy"),
        ("KET", Style.CAPITALS, "kết"),
    ],
)
def test_what_was_meant_is_among_the_likeliest(read: str, style: Style, meant: str) -> None:
    costs = misreadings().candidates(read, style)
    assert sorted(costs, key=costs.__getitem__).index(meant) < 8


@given(st.sampled_from(sorted(_grammar.spellings())))
def test_a_syllable_is_its_onset_and_its_rime(syllable: str) -> None:
    onset, rime = split(syllable)
    assert onset + rime == syllable
    assert rime
    assert split(syllable.upper()) == (onset.upper(), rime.upper())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("cho xã Sông Mây và huyện Đồi Cỏ.", ["Sông Mây", "Đồi Cỏ"]),
        ("do ông Trần Văn Mẫu ký", ["Trần Văn Mẫu"]),
        ("theo Luật Đất đai, Bộ Nội vụ và Ủy ban nhân dân", []),
        ("XÃ SÔNG MÂY", ["SÔNG MÂY"]),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", []),
    ],
)
def test_names_are_told_from_bodies_and_headings(text: str, names: list[str]) -> None:
    tokens = list(tokens_of(text))
    words = [token.text for token in tokens]
    assert [" ".join(words[first:last]) for first, last in names_in(tokens, words)] == names


LINES = st.lists(
    st.sampled_from(["ctia", "nhan", "dan", "tuyén", "truyén", "48", "Két", "qua", "x3", "KHAITHAC"]),
    min_size=6,
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_every_word_of_the_restored_text_leads_back_to_its_own(words: list[str]) -> None:
    damaged = " ".join(words)
    repaired = repair(damaged)
    columns = Columns(repaired)
    at = 0
    for change in (one for one in repaired.changes if one.applied):
        at = repaired.text.index(change.after, at)
        found = columns.span(Span(1, at + 1, 1, at + 1 + len(change.after)))
        assert (found.column, found.end_column) == (change.span.column, change.span.end_column)
        at += len(change.after)


def test_slips_in_sound_text_are_mended_only_when_impossible() -> None:
    sound = "Ủy ban nhân dân xã đề xuât cấp trên xem xét và giải quyết thủ tục hành chính theo quy định, các cá nhân biết"
    found = repair(sound.replace("dân xã", "dânxã"))
    assert [(change.before, change.after, change.applied) for change in found.changes] == [
        ("dânxã", "dân xã", True),
        ("xuât", "xuất", True),
    ]
    assert all(change.kind is Class.WORD for change in found.changes)


def test_misreadings_are_counted_by_letters_and_by_pieces(tmp_path: Path, monkeypatch) -> None:
    page = {"truth": "Của nhân dân xã. " * 5, "read": "Cta nhan dan xa. " * 5}
    pages = tmp_path / "pages.jsonl"
    pages.write_text("".join(json.dumps(page) + "\n" for _ in range(3)), encoding="utf-8")
    monkeypatch.setattr(count_confusions, "RESULT", tmp_path / "counted.gz")
    monkeypatch.setattr("sys.argv", ["count_confusions.py", str(pages)])
    count_confusions.main()
    table = gzip.decompress((tmp_path / "counted.gz").read_bytes()).decode()
    letters, _, whole = table.partition("\n\n")
    assert "ủ t:15" in letters.splitlines()
    assert "ủa ta:15" in whole.splitlines()
    assert min(Channel(table).candidates("Cta", Style.TITLE).items(), key=lambda one: one[1])[0] == "của"
