"""The signer's key: a PKCS#12 file (.p12, .pfx) and its passphrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from dinhlang.officialdoc.sign.rules import shown_time

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers import SimpleSigner

LIMIT = 1024 * 1024
"""No key file is larger: a chain of certificates has some kilobytes each."""


class BadKey(ValueError):
    """The key cannot sign. The message is Vietnamese, says what to do, and may be shown."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that can sign, and whom its certificate names. The key itself is never shown."""

    name: str
    organisation: str | None
    starts_at: datetime
    ends_at: datetime
    signer: SimpleSigner = field(repr=False)


def load_key(data: bytes, passphrase: str, *, at: datetime) -> Key:
    """The key in a PKCS#12 file, if it may sign at `at`. Raises BadKey."""
    from cryptography import x509
    from pyhanko.sign.signers import SimpleSigner

    parts = _opened(data, passphrase)
    if parts.key is None or parts.cert is None:
        raise BadKey(
            "Tệp khóa không có khóa bí mật kèm chứng thư. Hãy xuất lại tệp .p12 và chọn xuất cả khóa bí mật."
        )
    certificate = parts.cert.certificate
    _check_dates(certificate, at)
    _check_usage(certificate)
    try:
        signer = SimpleSigner.load_pkcs12_data(data, [], passphrase.encode())
    except ValueError:
        raise BadKey(
            "Loại khóa trong tệp này chưa dùng để ký PDF được. Hãy dùng khóa RSA hoặc ECDSA."
        ) from None
    subject = certificate.subject

    def said(kind: x509.ObjectIdentifier) -> str | None:
        found = subject.get_attributes_for_oid(kind)
        return str(found[-1].value).strip() or None if found else None

    organisation = said(x509.NameOID.ORGANIZATION_NAME)
    name = said(x509.NameOID.COMMON_NAME) or organisation or subject.rfc4514_string()
    return Key(name, organisation, certificate.not_valid_before_utc, certificate.not_valid_after_utc, signer)


def _opened(data: bytes, passphrase: str) -> PKCS12KeyAndCertificates:
    from asn1crypto import pkcs12 as structure
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        # Tells a file of another kind from a wrong passphrase, which the library does not.
        structure.Pfx.load(data).native  # noqa: B018
    except (ValueError, TypeError, RecursionError):
        raise BadKey("Tệp khóa không phải tệp PKCS#12 (.p12, .pfx). Hãy chọn đúng tệp khóa.") from None
    try:
        return pkcs12.load_pkcs12(data, passphrase.encode())
    except ValueError:
        raise BadKey(
            "Mật khẩu của tệp khóa không đúng, hoặc tệp khóa bị hỏng. Hãy nhập lại mật khẩu."
        ) from None
    except Exception:
        # The library has errors of its own for algorithms it does not know; none may reach a user.
        raise BadKey(
            "Không mở được tệp khóa: kiểu mã hóa của tệp chưa được hỗ trợ. Hãy xuất lại tệp .p12."
        ) from None


def _check_dates(certificate: object, at: datetime) -> None:
    from cryptography.x509 import Certificate

    if not isinstance(certificate, Certificate):
        raise BadKey("Tệp khóa không có chứng thư.")
    if at < certificate.not_valid_before_utc:
        day = shown_time(certificate.not_valid_before_utc)
        raise BadKey(f"Chứng thư chưa có hiệu lực: chỉ dùng được từ {day}. Hãy xem lại ngày giờ của máy.")
    if at > certificate.not_valid_after_utc:
        day = shown_time(certificate.not_valid_after_utc)
        raise BadKey(f"Chứng thư đã hết hạn từ {day}. Hãy xin gia hạn hoặc cấp chứng thư mới rồi ký lại.")


def _check_usage(certificate: object) -> None:
    from cryptography import x509

    if not isinstance(certificate, x509.Certificate):
        return
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise BadKey("Chứng thư này không được cấp để ký văn bản. Hãy dùng chứng thư chữ ký số.")
