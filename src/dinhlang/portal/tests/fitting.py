"""Whether an answer is as the OpenAPI description says: what of JSON Schema it uses, held strictly, without a library for all of it."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip
_KNOWN = {
    "type", "enum", "const", "format", "properties", "required", "items", "title", "description", "default",
}  # fmt: skip


def misfits(api: Any, schema: Any, value: Any, where: str = "") -> Iterator[str]:
    """Where a value is not what a schema says: what of JSON Schema the description uses, and that nothing stands beside it."""
    if "$ref" in schema:
        schema = api["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        if all(list(misfits(api, one, value)) for one in schema["anyOf"]):
            yield f"{where}: {value!r} is none of {schema['anyOf']}"
        return
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if not isinstance(value, _TYPES[schema["type"]]) or isinstance(value, bool) is not (
        schema["type"] == "boolean"
    ):
        yield f"{where}: {value!r} is no {schema['type']}"
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from misfits(api, schema["items"], one, f"{where}[{number}]")
    elif isinstance(value, dict):
        yield from (
            f"{where}.{name} is there or is not" for name in value.keys() ^ schema["properties"].keys()
        )
        for name in value.keys() & schema["properties"].keys():
            yield from misfits(api, schema["properties"][name], value[name], f"{where}.{name}")
    elif not is_written_so(schema, value):
        yield f"{where}: {value!r} is not {schema}"


def is_written_so(schema: Any, value: Any) -> bool:
    """Whether a plain value is one of those that a schema lists, and a day or a moment where it says so."""
    if schema.get("format") == "date":
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))
    if schema.get("format") == "date-time":
        return datetime.fromisoformat(value).utcoffset() is not None
    return value in schema.get("enum", [value]) and value == schema.get("const", value)
