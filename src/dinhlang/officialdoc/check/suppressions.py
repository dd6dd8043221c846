"""A file of findings that somebody has looked at and lets stand, each with the reason (TOML or JSON).

[[suppression]]
rule = "DL411"
quote = "từng từng"            # the words marked, or `hash` as JSON and SARIF give it
reason = "Trích nguyên văn lời người dân"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from dinhlang.officialdoc.check.findings import Suppression, hash_of


class BadSuppressions(ValueError):
    """The file is not in order. The message is Vietnamese and may be shown."""


def loaded(data: bytes, name: str) -> tuple[Suppression, ...]:
    """The suppressions of a file. Raises `BadSuppressions`; a finding is never set aside without a reason."""
    try:
        text = data.decode("utf-8-sig")
        table = json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSuppressions(f"“{name}” không phải tệp TOML hoặc JSON hợp lệ (UTF-8).") from error
    entries = table.get("suppression") if isinstance(table, dict) else table
    if not isinstance(entries, list):
        raise BadSuppressions(f"“{name}” không có mục nào: mỗi điều bỏ qua là một mục [[suppression]].")
    return tuple(_suppression(entry, name, number) for number, entry in enumerate(entries, start=1))


def _suppression(entry: Any, name: str, number: int) -> Suppression:
    if not isinstance(entry, Mapping):
        raise BadSuppressions(f"“{name}”, mục {number}: phải là các dòng rule, quote, reason.")
    said = {key: entry.get(key) for key in ("rule", "quote", "hash", "reason")}
    wrong = [key for key, value in said.items() if value is not None and not isinstance(value, str)]
    if wrong:
        raise BadSuppressions(f"“{name}”, mục {number}: “{wrong[0]}” phải là chữ trong ngoặc kép.")
    rule, quote, given, reason = (said[key] for key in ("rule", "quote", "hash", "reason"))
    if not rule:
        raise BadSuppressions(f"“{name}”, mục {number}: thiếu “rule” (mã quy tắc, ví dụ DL411).")
    if quote is None and not given:
        raise BadSuppressions(f"“{name}”, mục {number}: thiếu “quote” (các chữ bị đánh dấu) hoặc “hash”.")
    if not reason or not reason.strip():
        raise BadSuppressions(f"“{name}”, mục {number}: thiếu “reason” (lý do bỏ qua).")
    return Suppression(rule, given or hash_of(quote or ""), reason.strip())
