"""The tag `lucide` of templates: an icon of the Lucide set, drawn once for each size.

The package's own tag opens its archive for every icon that is not among the last 128 (the pages have more), which takes
fifteen milliseconds of the first page that shows it, and copies and writes a tree for every icon of every page.
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib.resources import files
from xml.etree import ElementTree
from zipfile import ZipFile

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SVG = "{http://www.w3.org/2000/svg}"


@register.simple_tag
def lucide(name: str, *, size: int | None = 24, **given: object) -> SafeString:
    return _drawn(name, size, tuple(given.items()))


@lru_cache(maxsize=2048)
def _drawn(name: str, size: int | None, given: tuple[tuple[str, object], ...]) -> SafeString:
    svg = ElementTree.fromstring(_archive().read(f"{name}.svg"))  # noqa: S314 - the package's own drawing
    for node in svg.iter():
        node.tag = node.tag.removeprefix(_SVG)
    if size is not None:
        svg.attrib["width"] = svg.attrib["height"] = str(size)
    # A word in a template counts as safe HTML; here it is a plain one, and is escaped.
    svg.attrib.update({attribute.replace("_", "-"): f"{value}" for attribute, value in given})
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S308 - written by ElementTree


@cache
def _archive() -> ZipFile:
    return ZipFile(io.BytesIO(files("lucide").joinpath("lucide.zip").read_bytes()))
