"""Signing a PDF and judging signed ones: what is shown, what is covered, what is noticed."""

from __future__ import annotations

import io
import socket
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from dinhlang.officialdoc import sign, write
from dinhlang.officialdoc.sign import Holder, Verdict, Where, ledger, rules
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.tests.signers import AT, END, PASSPHRASE, START, authority, p12

DIGEST = "0123456789abcdef" * 4
MM = 72 / 25.4


@cache
def plain() -> bytes:
    return write.pdf(sample.letter())


@cache
def signed() -> bytes:
    """A letter signed by a person, with the digest of a ledger."""
    return sign.sign(plain(), key(), at=AT, ledger_digest=DIGEST)


def key() -> sign.Key:
    return sign.load_key(p12(), PASSPHRASE, at=AT)


def judged(pdf: bytes, *trust: bytes) -> list[sign.Signed]:
    return list(sign.verify(pdf, at=AT, trust=trust).signatures)


def boxes(pdf: bytes) -> list[tuple[int, list[float]]]:
    """The page and the place of each signature."""
    reader = PdfFileReader(io.BytesIO(pdf))
    found = []
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(number)[0].get_object()
        for one in page.get("/Annots", ()):
            found.append((number, [float(side) for side in one.get_object()["/Rect"]]))
    return found


def png(width: int = 40, height: int = 20) -> bytes:
    """A picture of one colour with a clear background's channel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x10\x20\xc0\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_a_signature_says_who_when_and_who_vouches():
    (one,) = judged(signed(), authority().pem)
    assert (one.verdict, one.intact, one.changes, one.trusted) == (Verdict.GOOD, True, "none", True)
    assert (one.name, one.organisation) == ("Trần Văn Mẫu", "Ủy ban nhân dân xã Bến Đò Mẫu")
    assert (one.issuer, one.at, one.certificate_ends_at) == ("CA Thử", AT, END)
    assert one.ledger_digest == DIGEST


def test_without_anyone_to_trust_the_signer_is_neither_trusted_nor_refused():
    (one,) = judged(signed())
    assert one.trusted is None
    assert one.verdict is Verdict.GOOD


def test_someone_elses_authority_does_not_vouch():
    (one,) = judged(signed(), authority("CA khác").pem)
    assert (one.trusted, one.verdict) == (False, Verdict.UNKNOWN_SIGNER)
    assert one.trust_problem == "không nối được tới chứng thư gốc đã chỉ ra"


def test_the_words_of_a_person_stand_between_post_and_name():
    document = pypdfium2.PdfDocument(signed())
    text = document[0].get_textpage()
    post = text.search("TRƯỞNG PHÒNG").get_next()
    name = text.search("Lê Thị Thử").get_next()
    (number, (left, bottom, right, top)), *_ = boxes(signed())
    above, below = text.get_charbox(post[0]), text.get_charbox(name[0])
    document.close()
    assert number == 0
    assert below[3] <= bottom < top <= above[1] + 1
    assert left < above[0] < right


def test_the_words_of_an_agency_stand_at_the_top_right_of_the_first_page_inside_the_margin():
    made = sign.sign(plain(), key(), at=AT, holder=Holder.AGENCY, about="05/VHXH")
    ((number, (left, bottom, right, top)),) = boxes(made)
    assert number == 0
    assert left > 210 / 2 * MM
    assert right <= (210 - 15) * MM + 1
    assert top < 297 * MM
    assert bottom >= (297 - 20) * MM - 1


def test_a_seal_of_real_size_covers_a_third_of_the_signature_on_its_left():
    person = boxes(signed())[0][1]
    ((_, (left, bottom, right, top)),) = boxes(
        sign.sign(plain(), key(), at=AT, holder=Holder.AGENCY, picture=png(60, 60))
    )
    assert right - left == pytest.approx(36 * MM, abs=1)
    assert top - bottom == pytest.approx(36 * MM, abs=1)
    assert right == pytest.approx(person[0] + (person[2] - person[0]) / 3, abs=1)
    assert left < person[0]


def test_the_time_is_shown_in_the_time_of_viet_nam():
    assert rules.shown_time(AT) == "26-11-2026 08:30:00 +07:00"


def test_what_is_shown_is_drawn_on_the_page():
    before, after = pypdfium2.PdfDocument(plain()), pypdfium2.PdfDocument(signed())
    after.init_forms()
    drawn = [document[0].render(scale=1).to_numpy().copy() for document in (before, after)]
    number, (left, bottom, right, top) = boxes(signed())[0]
    height = drawn[0].shape[0]
    inside = (slice(int(height - top), int(height - bottom)), slice(int(left), int(right)))
    before.close()
    after.close()
    assert number == 0
    assert drawn[0][inside].min() == 255
    assert drawn[1][inside].min() < 80


def test_a_second_signature_leaves_the_first_one_good():
    both = sign.sign(signed(), key(), at=AT + timedelta(hours=1), holder=Holder.AGENCY)
    first, second = judged(both, authority().pem)
    assert (first.verdict, first.changes) == (Verdict.GOOD, "signatures")
    assert (second.verdict, second.changes) == (Verdict.GOOD, "none")
    assert first.ledger_digest == second.ledger_digest == DIGEST


def test_a_second_signature_cannot_bring_another_ledger():
    with pytest.raises(sign.CannotSign, match="mã băm khác"):
        sign.sign(signed(), key(), at=AT, ledger_digest="f" * 64)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_change_within_what_was_signed_is_noticed(data):
    pdf = signed()
    start = pdf.find(b"/Contents <")
    position = data.draw(st.integers(20, start - 1))
    changed = pdf[:position] + bytes([pdf[position] ^ 0x01]) + pdf[position + 1 :]
    try:
        found = sign.verify(changed, at=AT, trust=[authority().pem])
    except sign.CannotSign:
        return
    assert not found.is_good


def test_words_changed_behind_the_signature_are_noticed():
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    page = writer.find_page_for_modification(0)[0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"q Q"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (one,) = judged(out.getvalue(), authority().pem)
    assert one.intact
    assert (one.changes, one.verdict) == ("other", Verdict.CHANGED)
    assert one.ledger_digest == DIGEST


def test_a_digest_changed_behind_the_signature_is_not_the_one_that_is_told():
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    metadata = writer.root["/Metadata"]
    metadata._data = metadata.data.replace(DIGEST.encode(), b"f" * 64)
    metadata._encoded_data = None
    writer.update_container(metadata)
    out = io.BytesIO()
    writer.write(out)
    assert [one.ledger_digest for one in judged(out.getvalue())] == [DIGEST]


def test_a_file_without_signatures_is_not_good():
    assert not sign.verify(plain(), at=AT).is_good


def test_a_certificate_that_was_not_valid_when_it_signed_is_told():
    late = END + timedelta(days=1)
    made = sign.sign(plain(), key(), at=late)
    (one,) = judged(made, authority().pem)
    assert one.intact
    assert not one.certificate_was_valid
    assert one.verdict is Verdict.UNKNOWN_SIGNER


def test_nothing_is_asked_of_a_network(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    made = sign.sign(plain(), key(), at=AT)
    assert sign.verify(made, at=AT, trust=[authority().pem]).is_good


@pytest.mark.parametrize(
    ("data", "passphrase", "said"),
    [
        (p12(), "sai", "Mật khẩu của tệp khóa không đúng"),
        (p12(), "", "Mật khẩu của tệp khóa không đúng"),
        (b"", PASSPHRASE, "không phải tệp PKCS#12"),
        (b"%PDF-1.7", PASSPHRASE, "không phải tệp PKCS#12"),
        (p12()[: len(p12()) // 2], PASSPHRASE, "không phải tệp PKCS#12"),
        (p12(start=START, end=AT - timedelta(days=3)), PASSPHRASE, "hết hạn"),
        (p12(start=AT + timedelta(days=3)), PASSPHRASE, "chưa có hiệu lực"),
        (p12(may_sign=False), PASSPHRASE, "không được cấp để ký"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_in_words(data, passphrase, said):
    with pytest.raises(sign.BadKey, match=said):
        sign.load_key(data, passphrase, at=AT)


def _encrypted() -> bytes:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(plain())))
    writer.encrypt("chủ", "khách")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "said"),
    [
        (b"", "không phải PDF"),
        (b"PK\x03\x04", "không phải PDF"),
        (b"%PDF-1.7\nrubbish", "bị hỏng"),
    ],
)
def test_a_file_that_cannot_be_signed_is_refused_in_words(pdf, said):
    with pytest.raises(sign.CannotSign, match=said):
        sign.sign(pdf, key(), at=AT)


def test_a_file_behind_a_password_is_refused_in_words():
    with pytest.raises(sign.CannotSign, match="có mật khẩu"):
        sign.sign(_encrypted(), key(), at=AT)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 4000))
def test_no_file_makes_verifying_fail(junk, at):
    pdf = signed()
    for data in (b"%PDF-1.7\n" + junk, pdf[:at] + junk + pdf[at + len(junk) :], pdf[: len(pdf) - at]):
        try:
            sign.verify(data, at=AT)
        except sign.CannotSign:
            continue


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ledger_digest": "12"}, "64 chữ số"),
        ({"picture": b"GIF89a"}, "phải là ảnh .png"),
        ({"picture": png()[:60]}, "bị hỏng"),
        ({"picture": png(7000, 1)}, "quá lớn"),
    ],
)
def test_what_is_to_be_shown_or_kept_is_checked_first(changes, said):
    with pytest.raises(sign.CannotSign, match=said):
        sign.sign(plain(), key(), at=AT, **changes)


def test_a_text_without_a_foot_is_signed_at_the_top_unless_the_foot_was_asked_for():
    bare = write.pdf(replace(sample.letter(), signature=None, recipients=()))
    ((_, (_, bottom, _, _)),) = boxes(sign.sign(bare, key(), at=AT))
    assert bottom >= (297 - 20) * MM - 1
    with pytest.raises(sign.CannotSign, match="Không thấy chỗ ký"):
        sign.sign(bare, key(), at=AT, where=Where.FOOT)


@pytest.mark.parametrize(
    "data", [b"", b"-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----", b"\x30\x03abc"]
)
def test_a_file_of_trusted_certificates_that_holds_none_is_refused(data):
    with pytest.raises(sign.BadTrust):
        sign.verify(signed(), at=AT, trust=[data])


@given(
    st.one_of(
        st.none(),
        st.binary(max_size=200),
        st.text(max_size=80).map(lambda text: f"<x:a xmlns:x='y'>{text}</x:a>".encode("utf-8", "replace")),
    )
)
def test_a_digest_put_into_any_metadata_comes_out_again(xmp):
    once = ledger.with_digest(xmp, DIGEST)
    again = ledger.with_digest(once, "a" * 64)
    assert ledger.digest_in(once) == DIGEST
    assert ledger.digest_in(again) == "a" * 64
    assert again.count(b"namespaceURI") == once.count(b"namespaceURI")


def test_metadata_that_would_grow_without_end_is_not_read():
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"</a>"
    assert ledger.digest_in(bomb) is None


def test_the_time_of_signing_is_the_time_that_was_given():
    given_at = datetime(2026, 3, 5, 23, 59, 59, tzinfo=UTC)
    (one,) = judged(sign.sign(plain(), key(), at=given_at))
    assert one.at == given_at
