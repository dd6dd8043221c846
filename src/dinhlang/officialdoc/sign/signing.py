"""Signing a PDF: everything is added behind the file as it is, so earlier signatures stay good."""

from __future__ import annotations

import binascii
import io
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dinhlang.officialdoc.sign import appearance, ledger, place
from dinhlang.officialdoc.sign.rules import Box, CannotSign, Holder, Where, digest_of, shown_time

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.stamp import StaticStampStyle

    from dinhlang.officialdoc.sign.keys import Key

LIMIT = 100 * 1024 * 1024


def sign(
    pdf: bytes,
    key: Key,
    *,
    at: datetime,
    holder: Holder = Holder.PERSON,
    where: Where | None = None,
    picture: bytes | None = None,
    about: str | None = None,
    ledger_digest: str | None = None,
) -> bytes:
    """`pdf` with one signature more. Raises CannotSign.

    `at` is the time shown and recorded. `picture` is the .png of a hand or a seal; without one the signature is shown
    as words. `where` is, unless said, between post and name for a person and for a seal, and at the top right of the
    first page for the words of an agency. `about` (number and symbol) stands among those words. `ledger_digest` is
    SHA-256 in hexadecimal and is covered by this signature and those after it.
    """
    digest = digest_of(ledger_digest) if ledger_digest is not None else None
    if picture is not None:
        appearance.check_picture(picture)
    _check(pdf)
    box, where = _box(pdf, holder, where, picture)
    shown = appearance.page(box, [] if picture else _words(key, holder, at, about), picture, where=where)
    try:
        return _signed(pdf, key, at, box, shown, digest)
    except CannotSign:
        raise
    except Exception as error:
        # pyHanko and its helpers raise errors of many kinds for a file that is not as it should be.
        raise CannotSign(
            "Không ký được tệp PDF này: cấu trúc của tệp không cho thêm chữ ký. Hãy xuất lại PDF từ văn bản gốc."
        ) from error


def _check(pdf: bytes) -> None:
    """Refuse what cannot be signed before anything is made."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not pdf.lstrip()[:5].startswith(b"%PDF-"):
        raise CannotSign("Tệp không phải PDF. Hãy xuất văn bản ra PDF rồi ký.")
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        encrypted = reader.encrypted
        pages = int(reader.root["/Pages"]["/Count"])
    except Exception:
        raise CannotSign("Tệp PDF bị hỏng, không mở được. Hãy xuất lại PDF từ văn bản gốc.") from None
    if encrypted:
        raise CannotSign("Tệp PDF có mật khẩu nên không ký được. Hãy bỏ mật khẩu của tệp rồi ký.")
    if pages < 1:
        raise CannotSign("Tệp PDF không có trang nào. Hãy xuất lại PDF từ văn bản gốc.")


def _box(pdf: bytes, holder: Holder, where: Where | None, picture: bytes | None) -> tuple[Box, Where]:
    """Where the signature is shown. What was not asked for may give way: a text without a foot is signed at the top."""
    wanted = where or (Where.FOOT if holder is Holder.PERSON or picture else Where.CORNER)
    try:
        found = place.foot(pdf) if wanted is Where.FOOT else None
        corner = place.corner(pdf)
    except Exception:
        raise CannotSign("Tệp PDF bị hỏng, không mở được. Hãy xuất lại PDF từ văn bản gốc.") from None
    if found:
        return (place.seal_of(found) if holder is Holder.AGENCY and picture else found), Where.FOOT
    if where is Where.FOOT:
        raise CannotSign(
            "Không thấy chỗ ký (chức vụ và họ tên người ký) trong văn bản. Hãy ký ở góc trên bên phải trang đầu."
        )
    return corner, Where.CORNER


def _words(key: Key, holder: Holder, at: datetime, about: str | None) -> list[str]:
    """The lines of a signature shown as words."""
    name = (key.organisation or key.name) if holder is Holder.AGENCY else key.name
    lines = [name if holder is Holder.AGENCY else f"Người ký: {name}"]
    if about:
        lines.append(f"Số: {about}")
    return [*lines, f"Thời gian ký: {shown_time(at)}"]


def _signed(pdf: bytes, key: Key, at: datetime, box: Box, shown: bytes, digest: str | None) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    class _AtTime(signers.PdfSigner):
        """pyHanko reads the clock of the machine; here time is an argument."""

        def init_signing_session(self, *args: Any, **named: Any) -> PdfSigningSession:
            session = super().init_signing_session(*args, **named)
            session.system_time = at
            return session

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    _keep_metadata(writer, digest, at)
    name = f"ChuKy{len(list(writer.prev.embedded_signatures)) + 1}"
    signer = _AtTime(
        signers.PdfSignatureMetadata(
            field_name=name, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, name=key.name
        ),
        signer=key.signer,
        stamp_style=_style(shown),
        new_field_spec=fields.SigFieldSpec(
            name,
            on_page=box.page,
            # The library wants whole points; a place is found to a fraction of one.
            box=(round(box.left), round(box.bottom), round(box.right), round(box.top)),
            readable_field_name=f"Chữ ký số của {key.name}, {shown_time(at)}",
        ),
    )
    out: io.BytesIO = signer.sign_pdf(writer)
    return out.getvalue()


def _keep_metadata(writer: IncrementalPdfFileWriter, digest: str | None, at: datetime) -> None:
    """Put the digest and the time of the change into the metadata the file has, and leave the rest as it is."""
    from pyhanko.pdf_utils.metadata.model import DocumentMetadata
    from pyhanko.pdf_utils.metadata.xmp_xml import MetadataStream

    known = bytes(writer.root["/Metadata"].data) if "/Metadata" in writer.root else None
    if digest is None and known is None:
        return
    earlier = ledger.digest_in(known)
    if digest and earlier not in (None, digest) and list(writer.prev.embedded_signatures):
        raise CannotSign(
            "Tệp đã được ký với một mã băm khác của sổ theo dõi. Hãy ký lại từ bản PDF chưa ký, hoặc bỏ mã băm."
        )

    class _Packet(MetadataStream):
        """pyHanko writes the packet anew in a form that loses what PDF/A wants to see in it."""

        def update_xmp_with_meta(self, meta: DocumentMetadata) -> None:
            pass

    packet = ledger.changed_at(known, at)
    stream = _Packet(stream_data=ledger.with_digest(packet, digest) if digest else packet)
    writer.root["/Metadata"] = writer.add_object(stream)
    writer.update_root()  # type: ignore[no-untyped-call]


def _style(shown: bytes) -> StaticStampStyle:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class _Page(PdfContent):
        """The page typst set, as the content of a stamp. pyHanko's own class takes the name of a file only."""

        def render(self) -> bytes:
            drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(shown)))
            name = "/Import" + binascii.hexlify(uuid.uuid4().bytes).decode()
            self.resources.xobject[name] = drawn
            left, bottom, right, top = (float(side) for side in drawn.get_object()["/BBox"])
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return name.encode() + b" Do"

    return StaticStampStyle(
        background=_Page(),
        border_width=0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
        ),
    )
