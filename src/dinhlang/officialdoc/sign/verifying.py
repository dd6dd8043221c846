"""What a signed PDF is worth: is it whole, who signed and when, was it changed after, who vouches for the signer."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dinhlang.officialdoc.sign import ledger
from dinhlang.officialdoc.sign.rules import CannotSign

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

LIMIT = 100 * 1024 * 1024


class BadTrust(ValueError):
    """The certificates to trust cannot be read. The message is Vietnamese and may be shown."""


class Verdict(StrEnum):
    """What one signature is worth."""

    GOOD = "good"
    UNKNOWN_SIGNER = "unknown-signer"
    CHANGED = "changed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature. `trusted` is `None` when no one was said to be trusted.

    `changes` is 'none', 'signatures' (only signatures came after), or 'other'.
    """

    field: str
    name: str
    organisation: str | None
    issuer: str
    at: datetime | None
    intact: bool
    changes: str
    trusted: bool | None
    trust_problem: str | None
    certificate_ends_at: datetime
    certificate_was_valid: bool
    ledger_digest: str | None

    @property
    def verdict(self) -> Verdict:
        if not self.intact:
            return Verdict.BROKEN
        if self.changes == "other":
            return Verdict.CHANGED
        if self.trusted is False or not self.certificate_was_valid:
            return Verdict.UNKNOWN_SIGNER
        return Verdict.GOOD


@dataclass(frozen=True, slots=True)
class Verification:
    """All signatures of a file, in the order they were given."""

    signatures: tuple[Signed, ...]

    @property
    def is_good(self) -> bool:
        """Whether there is a signature and none has a fault."""
        return bool(self.signatures) and all(one.verdict is Verdict.GOOD for one in self.signatures)


def verify(pdf: bytes, *, at: datetime, trust: Sequence[bytes] = ()) -> Verification:
    """The signatures of `pdf`, judged without a network. Raises CannotSign for a file that is no PDF, and BadTrust.

    `trust` are certificates of authorities (PEM or DER). A chain is judged at the time the signer states, as
    nothing better is known without a time stamp; when none is stated, at `at`. Revocation is not asked for.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    # pyHanko logs what it answers, with tracebacks; the answer here is the return value.
    for library in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    roots = [certificate for data in trust for certificate in _certificates(data)]
    if not pdf.lstrip()[:5].startswith(b"%PDF-"):
        raise CannotSign("Tệp không phải PDF. Hãy chọn tệp PDF đã ký.")
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except Exception:
        raise CannotSign("Tệp PDF bị hỏng, không mở được. Hãy lấy lại tệp gốc từ nơi gửi.") from None
    return Verification(tuple(_judged(pdf, one, roots, at) for one in embedded))


def _certificates(data: bytes) -> list[Certificate]:
    from asn1crypto import pem, x509

    try:
        found = (
            [
                x509.Certificate.load(der)
                for kind, _, der in pem.unarmor(data, multiple=True)
                if kind == "CERTIFICATE"
            ]
            if pem.detect(data)
            else [x509.Certificate.load(data)]
        )
        for one in found:
            one.native  # noqa: B018  parsing is lazy; a broken certificate must show here
    except (ValueError, TypeError):
        found = []
    if not found:
        raise BadTrust(
            "Tệp chứng thư tin cậy không đọc được. Hãy dùng tệp .pem hoặc .cer của tổ chức cấp chứng thư."
        )
    return found


def _judged(pdf: bytes, one: EmbeddedPdfSignature, roots: list[Certificate], at: datetime) -> Signed:
    certificate = one.signer_cert
    stated = one.self_reported_timestamp
    validity = certificate["tbs_certificate"]["validity"].native
    status = _status(one, roots, stated or at)
    when = stated or at
    intact = status is not None and status.intact and status.valid and _covers_its_revision(status)
    # Of words that were not signed nobody can say who stands behind them.
    judged = bool(roots) and intact and status is not None
    return Signed(
        field=one.field_name,
        name=_said(certificate.subject.native, "common_name", "organization_name"),
        organisation=certificate.subject.native.get("organization_name"),
        issuer=_said(certificate.issuer.native, "common_name", "organization_name"),
        at=stated,
        intact=intact,
        changes=_changes(status),
        trusted=status.trusted if judged and status else None,
        trust_problem=_problem(status) if judged else None,
        certificate_ends_at=validity["not_after"],
        certificate_was_valid=validity["not_before"] <= when <= validity["not_after"],
        ledger_digest=_digest(pdf, one),
    )


def _said(names: dict[str, Any], *wanted: str) -> str:
    for one in wanted:
        value = names.get(one)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return "không rõ"


def _status(
    one: EmbeddedPdfSignature, roots: list[Certificate], moment: datetime
) -> PdfSignatureStatus | None:
    from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=roots,
        other_certs=list(one.other_embedded_certs),
        allow_fetching=False,
        moment=moment,
        revocation_mode="soft-fail",
    )
    usage = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    try:
        return validate_pdf_signature(one, context, key_usage_settings=usage)
    except Exception:
        # A signature that cannot even be evaluated is no good one; pyHanko raises errors of many kinds for it.
        return None


def _covers_its_revision(status: PdfSignatureStatus) -> bool:
    from pyhanko.sign.validation import SignatureCoverageLevel

    return status.coverage in (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


def _changes(status: PdfSignatureStatus | None) -> str:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if status is None:
        return "other"
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return "none"
    if status.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    ):
        return "signatures"
    return "other"


def _problem(status: PdfSignatureStatus | None) -> str | None:
    """Why the chain is not trusted, in words."""
    if status is None or status.trusted:
        return None
    return _PROBLEMS.get(
        getattr(status.trust_problem_indic, "name", ""), "không nối được tới chứng thư gốc đã chỉ ra"
    )


_PROBLEMS = {
    "NO_CERTIFICATE_CHAIN_FOUND": "không nối được tới chứng thư gốc đã chỉ ra",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "chuỗi chứng thư có lỗi",
    "CHAIN_CONSTRAINTS_FAILURE": "chứng thư không được cấp để ký văn bản",
    "OUT_OF_BOUNDS_NO_POE": "chứng thư hết hạn hoặc chưa có hiệu lực vào lúc ký",
    "OUT_OF_BOUNDS_NOT_REVOKED": "chứng thư hết hạn hoặc chưa có hiệu lực vào lúc ký",
    "REVOKED_NO_POE": "chứng thư đã bị thu hồi",
    "REVOKED_CA_NO_POE": "chứng thư của tổ chức cấp đã bị thu hồi",
}


def _digest(pdf: bytes, one: EmbeddedPdfSignature) -> str | None:
    """The ledger's digest in the file as it was signed, not as it is now."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        start, length = int(one.byte_range[2]), int(one.byte_range[3])
        root = PdfFileReader(io.BytesIO(pdf[: start + length]), strict=False).root
        return ledger.digest_in(bytes(root["/Metadata"].data)) if "/Metadata" in root else None
    except Exception:
        # The metadata of a file someone tampered with may be anything.
        return None
