"""The package a report travels in: one archive of a documented form, made byte for byte alike, read with distrust.

    manifest.json   what it is, of whom, and the SHA-256 of every other part
    report.docx     the Word file as issued, with bookmarks and sidecar
    report.pdf      the PDF as issued
    ledger.json     the figures and the ledger's lines behind each
    document.json   the document as values (`officialdoc.codec`)

A nil report is the manifest alone. A file that answers a letter by itself is the manifest and one part, `answer.docx`,
`answer.xlsx` or `answer.pdf`. Parts are stored in this order with one fixed time, so the same report always gives
the same package and the same digest, by which it is known everywhere.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, cast

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.submission.rules import answers
from dinhlang.reports.submission.rules.ledger import BadLedger, Ledger

SCHEMA = "dinhlang.package/1"
MANIFEST, DOCX, PDF, LEDGER, DOCUMENT = (
    "manifest.json",
    "report.docx",
    "report.pdf",
    "ledger.json",
    "document.json",
)
PARTS = (DOCX, PDF, LEDGER, DOCUMENT)
LARGEST = 50 * 1024 * 1024
"""Of a package, in bytes."""
# A report with fifty thousand lines behind it unpacks to 15 MB; a bomb to gigabytes.
LARGEST_UNPACKED = 160 * 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024
_DEPTH = 40
# Canonical JSON escapes neither; no database keeps a zero byte or half of a character that JSON writes as two.
_UNKEPT = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_TIME = (1980, 1, 1, 0, 0, 0)
_MEGABYTE = 1024 * 1024


class BadPackage(Refused):
    """What came is no package that can be taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The letter that a report answers, as it names itself: by which both sides know it."""

    symbol: str
    dated: date

    def is_letter(self, symbol: str, dated: date | None) -> bool:
        """Whether this is the letter of that number and day, however the number is spaced or cased."""
        return dated == self.dated and _plain(symbol) == _plain(self.symbol)


def _plain(symbol: str) -> str:
    return "".join(symbol.split()).casefold().lstrip("0")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself. `reason` is that of a nil report; `corrects` the number of the report it replaces.

    `regime` is the version of the programme's regime that the report was written under, `outline` names the outline;
    `request` is the letter of a report that no regime asks for; `file` the name of a file that answers it by itself.
    """

    unit: str
    programme: str
    period: str
    regime: str
    outline: str = ""
    number: int | None = None
    symbol: str = ""
    subject: str = ""
    document_on: date | None = None
    report: str = ""
    corrects: str = ""
    reason: str = ""
    request: Asked | None = None
    file: str = ""

    @property
    def is_nil(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was read: its bytes, their digest, the manifest, and its parts unless it is a nil report.

    Of a file that answers a letter `answer` names the part and `file` holds its bytes.
    """

    data: bytes
    digest: str
    manifest: Manifest
    docx: bytes = b""
    pdf: bytes = b""
    document: Mapping[str, Any] | None = None
    ledger: Ledger | None = None
    answer: str = ""
    file: bytes = b""


def digest_of(data: bytes) -> str:
    """What a package, or any file, is known by: SHA-256 in hex."""
    return sha256(data).hexdigest()


def packed(manifest: Manifest, parts: Mapping[str, bytes]) -> bytes:
    """The package. `parts` are all of `PARTS`, none for a nil report, one of `answers.MEDIA_TYPES` for a file."""
    names = [name for name in (*PARTS, *answers.MEDIA_TYPES) if name in parts]
    told: dict[str, Any] = {
        "schema": SCHEMA,
        "kind": _kind(manifest),
        "unit": manifest.unit,
        "programme": manifest.programme,
        "period": manifest.period,
        "regime": manifest.regime,
        "outline": manifest.outline,
        "number": manifest.number,
        "symbol": manifest.symbol,
        "subject": manifest.subject,
        "document_on": manifest.document_on.isoformat() if manifest.document_on else None,
        "report": manifest.report,
        "corrects": manifest.corrects,
        "reason": manifest.reason,
        "parts": {name: {"sha256": digest_of(parts[name]), "size": len(parts[name])} for name in names},
    }
    if manifest.file:
        told["file"] = manifest.file
    if manifest.request is not None:
        told["request"] = {
            "symbol": manifest.request.symbol,
            "dated": manifest.request.dated.isoformat(),
        }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (MANIFEST, as_json(told)),
            *((name, parts[name]) for name in names),
        ):
            member = zipfile.ZipInfo(name, _TIME)
            member.external_attr = 0o644 << 16
            # A Word file and a PDF are packed already.
            member.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".json") else zipfile.ZIP_STORED
            archive.writestr(member, content)
    return out.getvalue()


def _kind(manifest: Manifest) -> str:
    return "nil" if manifest.is_nil else "file" if manifest.file else "report"


def answer_in(data: bytes) -> str:
    """The part that holds the file which answers a letter; empty for any other package. Raises `BadPackage`."""
    return next((name for name in answers.MEDIA_TYPES if name in _unpacked(data)), "")


def as_json(content: Any) -> bytes:
    """Values as the canonical JSON of a package."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_size(size: int) -> None:
    """Refuse a package that nobody would take. Raises `BadPackage`."""
    if size < 1:
        raise BadPackage(_("Gói nộp trống. Lập lại gói rồi gửi lại."))
    if size > LARGEST:
        raise BadPackage(
            _("Gói nộp nặng %(size)s MB, tối đa %(most)s MB. Giảm dung lượng ảnh trong văn bản rồi lập lại.")
            % {"size": -(-size // _MEGABYTE), "most": LARGEST // _MEGABYTE}
        )


def part(data: bytes, name: str) -> bytes:
    """One part of a package that was taken in. Raises `BadPackage` when it is not there."""
    found = _unpacked(data).get(name)
    if found is None:
        raise BadPackage(_("Gói nộp không có phần %(name)s.") % {"name": name})
    return found


def read(data: bytes) -> Package:
    """The package in those bytes, every part checked against the manifest. Raises `BadPackage`."""
    check_size(len(data))
    parts = _unpacked(data)
    told = _object(parts.pop(MANIFEST, None), MANIFEST)
    schema = told.get("schema")
    if schema != SCHEMA:
        raise BadPackage(
            _(
                "Gói nộp theo mẫu “%(schema)s”, máy nhận chỉ đọc mẫu “%(known)s”. Cập nhật phần mềm hai bên cho cùng bản."
            )
            % {"schema": str(schema)[:60], "known": SCHEMA}
        )
    manifest = _manifest(told)
    _check_parts(parts, told.get("parts"), _wanted(manifest))
    digest = digest_of(data)
    if manifest.is_nil:
        return Package(data, digest, manifest)
    if manifest.file:
        answer = answers.part_of(manifest.file)
        wrong = answers.what_is_wrong(answer, parts[answer])
        if wrong:
            raise BadPackage(wrong)
        return Package(data, digest, manifest, answer=answer, file=parts[answer])
    try:
        ledger = Ledger.of(_object(parts[LEDGER], LEDGER))
    except BadLedger as reason:
        raise BadPackage(str(reason)) from None
    return Package(
        data, digest, manifest, parts[DOCX], parts[PDF], _object(parts[DOCUMENT], DOCUMENT), ledger
    )


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts, never more than the limit, whatever the archive says of their sizes."""
    damaged = BadPackage(_("Gói nộp bị hỏng, không mở được. Lập lại gói rồi gửi lại."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        raise damaged from None
    names = [one.filename for one in members]
    if len(set(names)) != len(names) or not set(names) <= {MANIFEST, *PARTS, *answers.MEDIA_TYPES}:
        raise BadPackage(
            _("Gói nộp có tệp lạ hoặc tệp trùng tên. Dùng gói do phần mềm lập, không đóng gói lại bằng tay.")
        )
    left, parts = LARGEST_UNPACKED, {}
    for member in members:
        try:
            with archive.open(member) as part:
                content = part.read(left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ):
            raise damaged from None
        left -= len(content)
        if left < 0:
            raise BadPackage(
                _("Gói nộp bung ra quá %(most)s MB nên không nhận. Giảm dung lượng văn bản rồi lập lại.")
                % {"most": LARGEST_UNPACKED // _MEGABYTE}
            )
        parts[member.filename] = content
    return parts


def _object(content: bytes | None, name: str) -> dict[str, Any]:
    broken = BadPackage(
        _("Phần %(name)s của gói nộp thiếu hoặc hỏng. Lập lại gói rồi gửi lại.") % {"name": name}
    )
    if content is None or (name == MANIFEST and len(content) > _LARGEST_MANIFEST) or _UNKEPT.search(content):
        raise broken
    try:
        found = json.loads(content, parse_constant=_refused)
    except (ValueError, RecursionError):
        raise broken from None
    if not isinstance(found, dict) or _is_deeper(found, _DEPTH):
        raise broken
    return cast("dict[str, Any]", found)


def _refused(name: str) -> None:
    raise ValueError(name)


def _is_deeper(value: Any, most: int) -> bool:
    layer = [value]
    for _level in range(most):
        layer = [
            inner
            for one in layer
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not layer:
            return False
    return True


def _manifest(told: Mapping[str, Any]) -> Manifest:
    wrong = BadPackage(_("Phần manifest.json của gói nộp thiếu hoặc sai giá trị. Lập lại gói rồi gửi lại."))
    kind = told.get("kind")
    lengths = {
        "unit": 60,
        "programme": 40,
        "period": 10,
        "regime": 30,
        "outline": 80,
        "symbol": 40,
        "subject": 500,
        "report": 200,
        "corrects": 60,
        "reason": 500,
        "file": 200,
    }
    said: dict[str, str] = {}
    for name, most in lengths.items():
        value = told.get(name, "")
        if not isinstance(value, str) or len(value) > most or "\0" in value:
            raise wrong
        said[name] = value.strip()
    number, day = told.get("number"), told.get("document_on")
    if not (
        number is None or (isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**6)
    ):
        raise wrong
    try:
        on = date.fromisoformat(day) if day is not None else None
    except (TypeError, ValueError):
        raise wrong from None
    is_nil, is_file = kind == "nil", kind == "file"
    if kind not in ("nil", "report", "file") or not all(
        said[name] for name in ("unit", "programme", "period")
    ):
        raise wrong
    if is_nil != bool(said["reason"]) or is_file != bool(answers.part_of(said["file"])):
        raise wrong
    if not is_nil and (on is None or (number is None and not is_file)):
        raise wrong
    try:
        asked = _asked(told.get("request"))
    except (KeyError, TypeError, ValueError):
        raise wrong from None
    return Manifest(number=number, document_on=on, request=asked, **said)


def _asked(told: Any) -> Asked | None:
    """The letter a manifest names. Raises `KeyError`, `TypeError`, `ValueError` for what is none."""
    if told is None:
        return None
    symbol, dated = told["symbol"], date.fromisoformat(told["dated"])
    if not isinstance(symbol, str) or not symbol.strip() or len(symbol) > 60 or "\0" in symbol:
        raise ValueError(symbol)
    return Asked(symbol.strip(), dated)


def _wanted(manifest: Manifest) -> tuple[str, ...]:
    if manifest.file:
        return (answers.part_of(manifest.file),)
    return () if manifest.is_nil else PARTS


def _check_parts(parts: Mapping[str, bytes], listed: Any, wanted: tuple[str, ...]) -> None:
    if not isinstance(listed, dict) or set(listed) != set(wanted) or set(parts) != set(wanted):
        raise BadPackage(_("Gói nộp thiếu phần so với manifest.json. Lập lại gói rồi gửi lại."))
    for name in wanted:
        told = listed[name]
        if not isinstance(told, dict) or told.get("sha256") != digest_of(parts[name]):
            raise BadPackage(
                _("Phần %(name)s của gói nộp đã bị thay đổi sau khi lập. Lập lại gói rồi gửi lại.")
                % {"name": name}
            )
