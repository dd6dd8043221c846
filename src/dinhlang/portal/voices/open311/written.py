"""The same answer as JSON and as XML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any
from xml.sax.saxutils import XMLGenerator

from django.http import HttpResponse

FORMS = ("json", "xml")
_TYPES = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
# What stands in a list, by the name of the list.
_ONE_OF = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "media_urls": "media_url",
}
# What XML cannot hold, whatever it is escaped to.
_UNWRITABLE = {one: None for one in range(0x20) if one not in (0x9, 0xA, 0xD)} | {0xFFFE: None, 0xFFFF: None}


def answer(form: str, root: str, value: Any, *, status: int = 200) -> HttpResponse:
    """A value under its name in XML (`root`), bare in JSON."""
    text = json.dumps(value, ensure_ascii=False) if form == "json" else as_xml(root, value)
    return HttpResponse(text, content_type=_TYPES[form], status=status)


def as_xml(root: str, value: Any) -> str:
    """The value as a document; what is null is an empty element."""
    sheet = StringIO()
    writer = XMLGenerator(sheet, encoding="utf-8", short_empty_elements=True)
    writer.startDocument()
    _write(writer, root, value)
    writer.endDocument()
    return sheet.getvalue()


def _write(writer: XMLGenerator, name: str, value: Any) -> None:
    writer.startElement(name, {})  # type: ignore[arg-type]  # the library takes any mapping
    if isinstance(value, Mapping):
        for key, one in value.items():
            _write(writer, key, one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            _write(writer, _ONE_OF[name], one)
    elif isinstance(value, bool):
        writer.characters("true" if value else "false")
    elif value is not None:
        writer.characters(str(value).translate(_UNWRITABLE))
    writer.endElement(name)
