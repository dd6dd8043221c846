"""Digital signatures on a PDF: signing with a PKCS#12 key, and saying in plain words what a signature is worth.

What is shown follows Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7 and II.8: a person's signature stands between post and
name, the seal of an agency over a third of it; the agency's signature on an attached file or on a copy stands at the
top right of the first page, as words of size 10 with the time of signing and its time zone (ISO 8601).

Beside the text the file may hold the digest of the ledger its figures came from (`ledger`), covered by the signature.
Everything works without a network. pyHanko does the cryptography.
"""

from __future__ import annotations

from dinhlang.officialdoc.sign.keys import BadKey, Key, load_key
from dinhlang.officialdoc.sign.rules import CannotSign, Holder, Where
from dinhlang.officialdoc.sign.signing import sign
from dinhlang.officialdoc.sign.verifying import BadTrust, Signed, Verdict, Verification, verify

__all__ = [
    "BadKey",
    "BadTrust",
    "CannotSign",
    "Holder",
    "Key",
    "Signed",
    "Verdict",
    "Verification",
    "Where",
    "load_key",
    "sign",
    "verify",
]
