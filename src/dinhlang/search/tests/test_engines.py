"""What is found, in which order, and what happens while it is written: the same by both engines."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.search import Document, Index, Question
from dinhlang.search.engine import Away, Busy, Engine
from dinhlang.search.opensearch import OpenSearch

if TYPE_CHECKING:
    from osmem_server import OsmemServer

DAY = date(2026, 3, 2)


def _document(name: str, title: str, text: str = "", site: str = "ben-truc", **facets: str) -> Document:
    return Document(name, site, title, text, DAY, facets)


SHELF = [
    _document("catalogue", "Thủ tục hành chính cấp xã", kind="procedure"),
    _document("birth", "Đăng ký khai sinh", "Nộp tờ khai và giấy chứng sinh.", kind="procedure"),
    _document("people", "Ủy ban nhân dân xã Đường Lâm", kind="article"),
    _document("copy", "Chứng thực bản sao điện tử từ bản chính", kind="procedure"),
    _document("marriage", unicodedata.normalize("NFD", "Đăng ký kết hôn"), kind="procedure"),
    _document("books", "Sổ hộ tịch", "Lịch trực hộ tịch trong tuần.", kind="article"),
    _document("land", "Thu hồi đất", "Tích lũy hồ sơ của các hộ.", kind="article", site="cau-mong"),
    _document("skills", "Kỹ thuật số", "UBND xã mở lớp.", kind="article"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[OsmemServer]:
    """What answers as an OpenSearch server does."""
    from osmem_server import OsmemServer

    with OsmemServer.start(japanese=False) as running:
        yield running


@pytest.fixture(params=["tantivy", "opensearch"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Opens one and the same index, empty at first, as a process of its own does."""
    if request.param == "tantivy":
        yield lambda: Index(tmp_path)
        return
    with request.getfixturevalue("server").clone() as clone:
        yield lambda: OpenSearch(f"{clone.url}/dinhlang")


@pytest.fixture(scope="module", params=["tantivy", "opensearch"])
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine: Engine
    if request.param == "tantivy":
        engine = Index(tmp_path_factory.mktemp("search") / "index")
    else:
        engine = OpenSearch(f"{request.getfixturevalue('server').url}/ke-sach")
    engine.rebuild(SHELF)
    return engine


def _ids(index: Engine, typed: str, **asked: object) -> tuple[str, ...]:
    return index.find(Question.of(typed), **asked).ids  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thủ tục", {"catalogue"}),
        ("thu tuc", {"catalogue"}),
        ("THỦ TỤC", {"catalogue"}),
        ("đăng ký", {"birth", "marriage"}),
        ("dang ky", {"birth", "marriage"}),
        ("Đăng kí", {"birth", "marriage"}),
        ("kết hôn", {"marriage"}),
        (unicodedata.normalize("NFD", "khai sinh"), {"birth"}),
        (unicodedata.normalize("NFD", "kết hôn"), {"marriage"}),
        ("duong lam", {"people"}),
        ("ĐƯỜNG LÂM", {"people"}),
        ("uỷ ban", {"people", "skills"}),
        ("ủy ban", {"people", "skills"}),
        ("uy ban nhan dan", {"people", "skills"}),
        ("ubnd", {"people", "skills"}),
        ("kĩ thuật", {"skills"}),
        ("dien tu", {"copy"}),
        ("tích lũy", {"land"}),
        ("tích luỹ", {"land"}),
        ('"hộ tịch"', {"books"}),
    ],
)
def test_finds_whatever_way_it_is_written(shelf: Engine, typed: str, found: set[str]) -> None:
    assert set(_ids(shelf, typed)) == found


def test_what_is_written_as_asked_stands_first(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write(
        [
            _document("far", "Hồ sơ", "Của hộ ông Tích."),
            _document("other", "Hồ tích nước", "Hồ tích nước, hồ tích nước, hồ tích nước."),
            _document("same", "Lịch trực", "Bộ phận tư pháp – hộ tịch làm việc sáng thứ Hai. " * 3),
        ]
    )
    assert _ids(index, "hộ tịch") == ("same", "other", "far")
    assert _ids(index, "hồ tích")[0] == "other"


def test_side_by_side_stands_before_scattered(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write(
        [
            _document(
                "scattered", "Khai báo", "Sinh viên khai báo; học sinh và sinh viên khai báo, sinh hoạt hè."
            ),
            _document("together", "Lịch làm việc của bộ phận tiếp nhận", "Có nhận hồ sơ khai sinh."),
        ]
    )
    assert _ids(index, "khai sinh")[0] == "together"


def test_a_title_weighs_more_than_a_text(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write(
        [
            _document("text", "Lịch làm việc", "Bàn số hai nhận hồ sơ chứng thực chữ ký."),
            _document("title", "Chứng thực chữ ký", "Bàn số hai nhận hồ sơ của người dân."),
        ]
    )
    assert _ids(index, "chung thuc") == ("title", "text")


def test_finds_only_within_the_sites_and_facets_asked_for(shelf: Engine) -> None:
    assert _ids(shelf, "ho", sites=["cau-mong"]) == ("land",)
    assert set(_ids(shelf, "ho", sites=["cau-mong", "ben-truc"])) == {"land", "books"}
    assert set(_ids(shelf, "dang ky", facets={"kind": "article"})) == set()
    assert set(_ids(shelf, "xa", facets={"kind": "article"})) == {"people", "skills"}


def test_counts_all_and_by_facet(shelf: Engine) -> None:
    found = shelf.find(Question.of("xã"), limit=1)
    assert len(found.ids) == 1
    assert found.total == 3
    assert found.facets == {"kind": {"procedure": 1, "article": 2}}


def test_pages_part_the_found_without_gap_or_twin(shelf: Engine) -> None:
    whole = _ids(shelf, "xa", limit=10)
    assert tuple(one for page in range(3) for one in _ids(shelf, "xa", limit=1, offset=page)) == whole


@pytest.mark.parametrize(
    ("typed", "first", "meant"),
    [
        ("dang ky khai sing", "birth", "dang ki khai sinh"),
        ("dangky", "birth marriage", "dang ki"),
        ("chungthuc ban sao", "copy", "chung thuc ban sao"),
        ("thur tuc hanh chinh", "catalogue", "thu tuc hanh chinh"),
    ],
)
def test_understands_a_slip_of_the_keys(shelf: Engine, typed: str, first: str, meant: str) -> None:
    found = shelf.find(Question.of(typed))
    assert found.ids[0] in first.split()
    assert found.meant == meant


def test_says_when_nothing_has_all_the_words(shelf: Engine) -> None:
    found = shelf.find(Question.of("đăng ký khai sinh kết hôn"))
    assert found.loosely
    assert set(found.ids) == {"birth", "marriage"}


@pytest.mark.parametrize("typed", ["", "   ", "!!! ??? --", "()*:^~", "\x00\x01"])
def test_a_question_without_words_finds_nothing(shelf: Engine, typed: str) -> None:
    assert shelf.find(Question.of(typed)).total == 0
    assert shelf.suggest(typed) == ()


@given(st.text(max_size=600))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_question_has_an_answer(shelf: Engine, typed: str) -> None:
    found = shelf.find(Question.of(typed))
    assert len(found.ids) <= max(found.total, 0)
    assert isinstance(shelf.suggest(typed), tuple)


def test_suggests_titles_while_the_last_word_is_typed(shelf: Engine) -> None:
    assert {hit.id for hit in shelf.suggest("dang k")} == {"birth", "marriage"}
    assert [hit.id for hit in shelf.suggest("Đăng ký kế")] == ["marriage"]
    assert shelf.suggest("trực hộ") == ()


def test_what_is_found_is_shown_without_asking_anyone_else(opened: Callable[[], Engine]) -> None:
    index = opened()
    kept = Document(
        "item:1", "ben-truc", "Lịch tiếp dân", "Sáng thứ Hai.", DAY, {"kind": "notice"}, "lich/tiep"
    )
    index.write([kept])
    (hit,) = index.find(Question.of("tiep dan")).hits
    assert (hit.id, hit.site, hit.title, hit.text, hit.on, hit.place, hit.facets) == (
        kept.id, kept.site, kept.title, kept.text, kept.on, kept.place, kept.facets,
    )  # fmt: skip


def test_a_document_written_again_stands_once_in_its_new_words(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write([_document("one", "Lịch tiêm chủng")])
    index.write([_document("one", "Lịch tiếp công dân")])
    assert _ids(index, "tiem chung") == ()
    assert _ids(index, "tiep cong dan") == ("one",)
    index.write(gone=["one"])
    assert _ids(index, "tiep cong dan") == ()


def test_a_reader_opened_before_sees_what_is_written_after(opened: Callable[[], Engine]) -> None:
    reader = opened()
    assert _ids(reader, "khai sinh") == ()
    assert not reader.is_there
    opened().write([_document("birth", "Khai sinh")])
    assert reader.is_there
    assert _ids(reader, "khai sinh") == ("birth",)
    opened().rebuild([_document("anew", "Khai sinh")])
    assert _ids(reader, "khai sinh") == ("anew",)


def test_a_rebuild_that_fails_leaves_what_was_there(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write([_document("birth", "Khai sinh")])

    def broken() -> Iterator[Document]:
        yield _document("anew", "Kết hôn")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        index.rebuild(broken())
    assert _ids(index, "khai sinh") == ("birth",)
    assert index.rebuild([_document("anew", "Kết hôn")]) == 1
    assert _ids(index, "ket hon") == ("anew",)


def test_a_write_that_fails_changes_nothing(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write([_document("birth", "Khai sinh")])

    def broken() -> Iterator[Document]:
        yield _document("anew", "Kết hôn")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        index.write(broken(), gone=["birth"])
    assert _ids(index, "khai sinh") == ("birth",)
    assert _ids(index, "ket hon") == ()


def test_two_writers_do_not_meet(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.write([_document("birth", "Khai sinh")])

    def meanwhile() -> Iterator[Document]:
        with pytest.raises(Busy):
            opened().write([_document("other", "Kết hôn")])
        yield _document("anew", "Chứng thực")

    index.write(meanwhile())
    assert _ids(index, "chung thuc") == ("anew",)


def test_whoever_died_while_writing_does_not_stop_others_for_good(server: OsmemServer) -> None:
    now = [0.0]
    with server.clone() as clone:
        first, second = (OpenSearch(f"{clone.url}/dinhlang", clock=lambda: now[0]) for _ in range(2))

        def dies() -> Iterator[Document]:
            yield _document("one", "Khai sinh")
            with pytest.raises(Busy):
                second.write([_document("two", "Kết hôn")])
            now[0] = 3600
            second.write([_document("two", "Kết hôn")])

        with pytest.raises(Busy):
            first.rebuild(dies())
        assert _ids(second, "ket hon") == ("two",)


def test_a_server_that_is_away_finds_nothing_and_says_so() -> None:
    away = OpenSearch("http://127.0.0.1:9/dinhlang")
    assert not away.is_there
    assert away.find(Question.of("khai sinh")).total == 0
    assert away.suggest("khai") == ()
    with pytest.raises(Away):
        away.write([_document("one", "Khai sinh")])
    with pytest.raises(Away):
        away.rebuild([])


def test_half_a_letter_does_not_stop_the_others(opened: Callable[[], Engine]) -> None:
    index = opened()
    index.rebuild([_document("broken", "Khai sinh \ud83d", "\udc00"), _document("whole", "Khai sinh")])
    assert set(_ids(index, "khai sinh")) == {"broken", "whole"}


def test_what_is_sent_at_once_stays_below_what_a_small_server_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    server = OpenSearch("http://localhost/dinhlang")
    monkeypatch.setattr(server, "_send_batch", lambda _index, batch: sent.append(len(batch)))
    heavy = ({"index": {"_id": "one"}}, {"shown": "ộ" * 1_000_000})
    assert server._send("dinhlang-1", [heavy] * 5, lambda: None) == 5
    assert sent == [2, 2, 1], "three megabytes each, and less than eight at once"
