"""An authority and keys of invented people, made anew for each run of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "mật khẩu thử"
AT = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)
"""08:30 in Việt Nam."""

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


@dataclass(frozen=True)
class Authority:
    """Who vouches for signers."""

    name: x509.Name
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


@cache
def authority(name: str = "CA Thử") -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    named = _name(name, "Tổ chức chứng thực Thử")
    made = _certificate(named, named, key, key, START, datetime(2036, 1, 1, tzinfo=UTC), is_authority=True)
    return Authority(named, key, made)


@cache
def p12(
    common: str = "Trần Văn Mẫu",
    organisation: str = "Ủy ban nhân dân xã Bến Đò Mẫu",
    start: datetime = START,
    end: datetime = END,
    may_sign: bool = True,
) -> bytes:
    """A PKCS#12 file under `PASSPHRASE`, its certificate given by `authority()`."""
    by, key = authority(), ec.generate_private_key(ec.SECP256R1())
    made = _certificate(_name(common, organisation), by.name, key, by.key, start, end, may_sign=may_sign)
    hidden = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    return pkcs12.serialize_key_and_certificates(b"k", key, made, [by.certificate], hidden)


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    start: datetime,
    end: datetime,
    *,
    is_authority: bool = False,
    may_sign: bool = True,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=may_sign and not is_authority,
        content_commitment=may_sign and not is_authority,
        key_encipherment=not may_sign,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(signed_by, hashes.SHA256())
    )
