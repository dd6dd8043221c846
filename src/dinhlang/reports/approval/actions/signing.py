"""The PDF of a report signed with the key of whoever approves, or of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from dinhlang.org.models import SigningKey
from dinhlang.org.often import forget, is_too_often, was_too_often
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.secrets import unsealed
from dinhlang.reports import render, rules
from dinhlang.reports.models import Report, ReportSignature

if TYPE_CHECKING:
    from dinhlang.officialdoc.sign import Key

MOST_TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)


class WrongPassphrase(Refused):
    """The key does not open."""

    field = "passphrase"


@dataclass
class Signing:
    """Signs one report, and keeps what its signature says. Calling it gives the signed PDF."""

    kept: SigningKey
    key: Key
    at: datetime

    def __call__(self, report: Report, pdf: bytes) -> bytes:
        from dinhlang.officialdoc import sign

        self.digest = ledger_digest(report)
        try:
            return sign.sign(
                pdf,
                self.key,
                at=self.at,
                holder=sign.Holder.AGENCY if self.kept.person is None else sign.Holder.PERSON,
                # A key whose picture cannot be opened any more signs in words.
                picture=(unsealed(self.kept.picture) if self.kept.picture else None) or None,
                about=rules.printed_number_of(report.number or 0, report.symbol),
                ledger_digest=self.digest,
            )
        except sign.CannotSign as reason:
            raise Refused(str(reason)) from None

    def note(self, report: Report) -> None:
        """Keep whose signature it is."""
        ReportSignature.objects.create(
            report=report,
            name=self.key.name[:200],
            organisation=(self.key.organisation or "")[:200],
            is_of_the_unit=self.kept.person is None,
            ledger_digest=self.digest,
            certificate_ends_at=self.key.ends_at,
            at=self.at,
        )


def ledger_digest(report: Report) -> str:
    """SHA-256 of the ledger that travels inside the report's .docx."""
    return sha256(render.sidecar(report, list(report.figures.order_by("pk")))).hexdigest()


def opened(kept: SigningKey, passphrase: str, at: datetime) -> Signing:
    """The key opened with its passphrase, which is used here and nowhere kept.

    Five wrong ones in a quarter of an hour are enough. Raises `WrongPassphrase`, `Refused`.
    """
    from dinhlang.officialdoc.sign import BadKey, load_key

    tries = f"signing-key:{kept.pk}"
    if was_too_often(tries, most=MOST_TRIES):
        raise WrongPassphrase(_("Mật khẩu của khóa sai nhiều lần. Chờ 15 phút rồi nhập lại."))
    data = unsealed(kept.sealed)
    if data is None:
        raise Refused(
            _(
                "Không mở được khóa đã lưu vì khóa bí mật của máy chủ đã đổi. Nhờ người duyệt thêm lại tệp khóa."
            )
        )
    try:
        key = load_key(data, passphrase, at=at)
    except BadKey as reason:
        is_too_often(tries, most=MOST_TRIES, within=TRIES_WITHIN)
        raise WrongPassphrase(str(reason)) from None
    forget(tries)
    return Signing(kept, key, at)
