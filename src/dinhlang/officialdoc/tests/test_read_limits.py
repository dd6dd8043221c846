"""Files made to do harm, and files that broke: always an answer, never an exception, nothing fetched."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.read import archive, convert, html, office, opendocument, read, text_of, word
from dinhlang.officialdoc.tests.test_read_formats import PAGE, plan
from dinhlang.officialdoc.tests.wordml import NAMES, p, package, r, tbl, tc, tr

DEEP = "<w:tbl><w:tr><w:tc>"
DEEP_END = "</w:tc></w:tr></w:tbl>"


def codes(data: bytes, name: str = "a.docx") -> list[str]:
    return [one.code for one in read(data, name).problems]


def test_tables_within_tables_are_read_as_far_as_a_person_would() -> None:
    data = package(p("Đầu") + DEEP * 300 + p("trong cùng") + DEEP_END * 300 + p("Cuối"))
    assert text_of(data, "a.docx").split() == ["Đầu", "trong", "cùng", "Cuối"]
    assert "Đầu" in text_of(package(p("Đầu") + DEEP * 5000 + DEEP_END * 5000), "a.docx")


def test_changes_and_controls_within_each_other_end_somewhere() -> None:
    for name in ("ins", "hyperlink", "smartTag"):
        body = f"<w:p>{r('đầu')}{f'<w:{name}>' * 1500}{r('x')}{f'</w:{name}>' * 1500}</w:p>"
        assert "đầu" in text_of(package(body), "a.docx")


def test_more_than_the_limits_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(tr("1", "Nội dung", "Quý I") for _ in range(400))
    data = package(p("Mở đầu.") + tbl(tr("TT", "Nội dung", "Thời gian"), rows))
    monkeypatch.setattr(word.story, "MOST_CELLS", 300)
    assert "cut-off" in codes(data)
    assert len(read(data, "a.docx").tasks) == 99
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST_TAGS", 900)
    assert "cut-off" in codes(data)
    assert "damaged-file" not in codes(data)
    monkeypatch.undo()
    monkeypatch.setattr(word, "MOST_CHARACTERS", 500)
    assert "cut-off" in codes(data)


def test_a_part_that_unpacks_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    data = package(p("Mở đầu.") + p("dài " * 200_000))
    assert "cut-off" in codes(data)
    assert text_of(data, "a.docx").startswith("Mở đầu.")


def test_a_cell_over_a_million_columns_is_one_cell() -> None:
    wide = tc("x", properties='<w:gridSpan w:val="9999999"/>')
    data = package(tbl(tr("TT", "Nội dung", "Thời gian"), tr(wide), tr("1", "Họp", "Quý I")))
    assert len(text_of(data, "a.docx")) < 2_000


EXTERNAL = (
    '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
)


def test_entities_are_neither_fetched_nor_multiplied() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package_:
        document = f"{EXTERNAL}<w:document {NAMES}><w:body>{p('trước &a;&c; sau')}</w:body></w:document>"
        package_.writestr("word/document.xml", document)
    text = text_of(target.getvalue(), "a.docx")
    assert "haha" not in text
    assert Path("/etc/hostname").read_text().strip() not in text


def test_a_locked_member_says_that_it_has_a_password() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("word/document.xml", b"x" * 40)
    data = target.getvalue().replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )
    assert codes(data) == ["locked"]


def open_text(body: str, styles: str = "", manifest: str = "") -> bytes:
    """An .odt whose text is this."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        packed.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return target.getvalue()


def test_a_locked_open_document_says_that_it_has_a_password() -> None:
    assert codes(open_text("", manifest="<encryption-data/>"), "a.odt") == ["locked"]


def test_what_an_open_document_repeats_is_bounded() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    data = open_text(f'<table:table>{row}{row}</table:table><text:p><text:s text:c="99999999"/>y</text:p>')
    assert len(text_of(data, "a.odt")) < 200_000


@pytest.fixture
def caught() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server that notes who calls, and what came."""
    calls: list[bytes] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)

        def answer() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    calls.append(caller.recv(200))

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.office
def test_a_conversion_fetches_nothing_even_where_it_has_a_network(
    caught: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    address, calls = caught
    monkeypatch.setattr(convert, "_without_network", lambda: ())
    page = f"<html><body><img src='{address}/a.png'><link rel=stylesheet href='{address}/s.css'>chữ</body></html>"
    assert convert.to_docx(page.encode(), "html")
    fields = "".join(
        f'{{\\field{{\\*\\fldinst {word_} "{target}"}}{{\\fldrslt x}}}}'
        for word_, target in (
            ("INCLUDEPICTURE", f"{address}/a.png"),
            ("INCLUDETEXT", f"{address}/b.docx"),
            ("INCLUDETEXT", "/etc/hosts"),
        )
    )
    rich = f"{{\\rtf1\\ansi{{\\*\\template {address}/t.dotm}}{fields} chu\\par}}"
    text = word.text_of(convert.to_docx(rich.encode(), "rtf")).text
    assert "chu" in text
    assert "localhost" not in text
    assert calls == []


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels"))}


PARTS = parts_of(plan())
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(PARTS)), st.integers(0, 200_000), st.integers(0, 40),
        st.sampled_from([b"", b"<", b">", b"<w:p>", b"</w:tbl>", b'w:val="-1"', b'w:val="99999999999999999999"', b"&a;", b"\x00", b"<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", b"w:numId", b"\xff\xfe"]),
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(CHANGES, st.sets(st.sampled_from(sorted(PARTS)), max_size=2))
def test_a_word_file_with_its_parts_changed_is_answered(
    changes: list[tuple[str, int, int, bytes]], gone: set[str]
) -> None:
    parts = dict(PARTS)
    for name, at, length, new in changes:
        content, start = parts[name], at % max(len(parts[name]), 1)
        parts[name] = content[:start] + new + content[start + length :]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts.items():
            if name not in gone:
                packed.writestr(name, content)
    traced = word.traced(target.getvalue())
    assert len(traced.decoded.text.split("\n")) == max(len(traced._printed.lines), 1)
    read(target.getvalue(), "doi.docx")


SMALL = {"docx": package(p("Vĩnh Hòa") + tbl(tr("TT", "Nội dung"), tr("1", "Họp dân"))), "html": PAGE.encode(), "odt": open_text("<text:p>Vĩnh Hòa</text:p>")}  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(SMALL)),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=6)), max_size=6),
    st.integers(0, 5000),
)
def test_a_file_with_bytes_changed_or_cut_off_is_answered(
    form: str, changes: list[tuple[int, bytes]], end: int
) -> None:
    data = SMALL[form]
    for at, new in changes:
        data = data[: at % len(data)] + new + data[at % len(data) + len(new) :]
    data = data[:end] if end % 2 else data
    for reader in (word.text_of, opendocument.text_of, html.text_of):
        reader(data)
    if office.format_of(data, "a") not in ("doc", "rtf", "wordml"):
        read(data, f"a.{form}")
