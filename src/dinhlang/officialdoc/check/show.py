"""Findings for people and machines: lines with a caret, JSON (`dinhlang.findings/1`), SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dinhlang.officialdoc.check.findings import Finding, Place, Severity, Suppression
from dinhlang.officialdoc.check.registry import Rule
from dinhlang.officialdoc.check.rules import RULES

SCHEMA = "dinhlang.findings/1"
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# Wider lines are cut around the quote: a paragraph of Word is one line.
_WIDTH = 96
# Lines of these are lines of the text inside, where another program can change nothing.
_PACKAGED = (".docx", ".doc", ".odt", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The findings of one file. `text` is what was read of it, for the lines shown; `set_aside` and `unused` are what
    a file of suppressions made of it."""

    name: str
    findings: Sequence[Finding]
    text: str = ""
    set_aside: Sequence[tuple[Finding, Suppression]] = ()
    unused: Sequence[Suppression] = ()


def to_json(file: CheckedFile) -> Json:
    """The findings of one file by the contract; beyond it the place in the document, and what was set aside."""
    told: Json = {
        "schema": SCHEMA,
        "source": file.name,
        "findings": [_finding(one) for one in file.findings],
    }
    if file.set_aside:
        told["suppressed"] = [_finding(one) | {"reason": why.reason} for one, why in file.set_aside]
    return told


def _finding(one: Finding) -> Json:
    return {
        "rule": one.rule,
        "kind": one.kind.value,
        "severity": one.severity.value,
        "message": one.message,
        "quote": one.quote,
        "span": asdict(one.span) if one.span else None,
        "fix": one.fix,
        "basis": one.basis,
        "hash": one.quote_hash,
        "place": _place(one.place),
    }


def _place(place: Place) -> Json:
    return {"path": str(place), "start": place.start, "end": place.end}


# --- For people --------------------------------------------------------------------------------------------------


def to_text(file: CheckedFile) -> str:
    """Each finding with its line and a caret under the quote, and a last line that counts them."""
    lines = file.text.split("\n")
    shown = [part for one in file.findings for part in (*_shown(file.name, one, lines), "")]
    for one, why in file.set_aside:
        shown += [f"{_at(file.name, one)}: bỏ qua {one.rule}: {one.message}", f"    lý do: {why.reason}", ""]
    for unused in file.unused:
        shown += [f"{file.name}: điều bỏ qua {unused.rule} ({unused.reason}) không còn ứng với chỗ nào.", ""]
    return "\n".join([*shown, summary(file.name, file.findings)])


def summary(name: str, findings: Sequence[Finding]) -> str:
    """'a.txt: 2 lỗi, 1 cảnh báo.'"""
    counts = [(sum(one.severity is level for one in findings), level.label) for level in Severity]
    told = ", ".join(f"{count} {label}" for count, label in counts if count)
    return f"{name}: {told or 'không thấy điều gì cần sửa'}."


def _shown(name: str, one: Finding, lines: Sequence[str]) -> list[str]:
    told = [f"{_at(name, one)}: {one.severity.label} {one.rule}: {one.message}"]
    told += _caret(one, lines)
    if one.fix is not None and one.fix not in one.message:
        told.append(f"    sửa thành: {one.fix}")
    if one.basis is not None:
        told.append(f"    căn cứ: {one.basis}")
    return told


def _at(name: str, one: Finding) -> str:
    return f"{name}:{one.span.line}:{one.span.column}" if one.span else f"{name}: {one.place}"


def _caret(one: Finding, lines: Sequence[str]) -> list[str]:
    span = one.span
    if span is None or not 0 < span.line <= len(lines):
        return [f"    {one.quote}"] if one.quote else []
    line = lines[span.line - 1].replace("\t", " ").replace("\f", " ")
    start = span.column - 1
    end = min(span.end_column - 1 if span.end_line == span.line else len(line), len(line))
    left = max(0, start - _WIDTH // 2) if len(line) > _WIDTH else 0
    right = min(len(line), left + _WIDTH)
    under = " " * (start - left) + "^" * max(1, min(end, right) - start)
    return [f"    {line[left:right]}", f"    {under}"]


# --- For other programs ------------------------------------------------------------------------------------------


def to_sarif(files: Iterable[CheckedFile], version: str, rules: Sequence[Rule] = RULES) -> Json:
    """One run over all files, in SARIF 2.1.0 (OASIS): regions count characters, lines and columns from 1."""
    index = {one.id: number for number, one in enumerate(rules)}
    driver = {
        "name": "dinhlang",
        "version": version,
        "language": "vi",
        "rules": [_sarif_rule(one) for one in rules],
    }
    results = []
    for file in files:
        results += [_result(one, file.name, index) for one in file.findings]
        results += [_result(one, file.name, index) | _suppressed(why) for one, why in file.set_aside]
    run = {
        "tool": {"driver": driver},
        "language": "vi",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _sarif_rule(one: Rule) -> Json:
    told: Json = {
        "id": one.id,
        "shortDescription": {"text": one.title},
        "defaultConfiguration": {"level": _LEVELS[one.severity]},
        "properties": {"kind": one.kind.value},
    }
    if one.basis:
        told["help"] = {"text": one.basis}
    return told


def _result(one: Finding, name: str, index: dict[str, int]) -> Json:
    told: Json = {
        "ruleId": one.rule,
        "ruleIndex": index[one.rule],
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [_location(one, name)],
        "partialFingerprints": {"quote/v1": f"{one.rule}/{one.quote_hash}"},
        "properties": {"quote": one.quote, "kind": one.kind.value},
    }
    if one.fix is not None and one.span is not None and not name.lower().endswith(_PACKAGED):
        change = {"deletedRegion": _region(one), "insertedContent": {"text": one.fix}}
        artifact = {"artifactLocation": {"uri": _uri(name)}, "replacements": [change]}
        told["fixes"] = [{"description": {"text": one.message}, "artifactChanges": [artifact]}]
    return told


def _suppressed(why: Suppression) -> Json:
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why.reason}]}


def _location(one: Finding, name: str) -> Json:
    physical: Json = {"artifactLocation": {"uri": _uri(name)}}
    if one.span is not None:
        physical["region"] = _region(one)
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": str(one.place)}]}


def _region(one: Finding) -> Json:
    if one.span is None:
        return {}
    span = one.span
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="/-._~")
