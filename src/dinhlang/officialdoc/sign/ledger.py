"""The digest of a report's ledger inside the PDF: a property of its XMP metadata, so a signature covers it.

XMP is where PDF/A wants facts about a file; PDF/A also wants the property's schema described in the same place.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:dinhlang:ledger:1"
_PREFIX = "dinhlang"
_PROPERTY = "ledgerDigest"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_FIELD = "http://www.aiim.org/pdfa/ns/property#"
_META = "adobe:ns:meta/"
_XMP = "http://ns.adobe.com/xap/1.0/"
# A packet of metadata has some kilobytes.
_LIMIT = 4 * 1024 * 1024


def with_digest(xmp: bytes | None, digest: str) -> bytes:
    """The XMP packet with the ledger's digest (64 hexadecimal digits) in place of any it had."""
    from lxml import etree

    root, rdf = _opened(xmp)
    _without(rdf)
    described = etree.SubElement(rdf, f"{{{_RDF}}}Description", nsmap={_PREFIX: NAMESPACE})
    described.set(f"{{{_RDF}}}about", "")
    etree.SubElement(described, f"{{{NAMESPACE}}}{_PROPERTY}").text = f"sha256:{digest}"
    _describe_schema(rdf)
    return _packet(root)


def changed_at(xmp: bytes | None, at: datetime) -> bytes:
    """The XMP packet with `at` as the time of the last change, when it states one."""
    root, rdf = _opened(xmp)
    moment = at.isoformat(timespec="seconds")
    for described in rdf.findall(f"{{{_RDF}}}Description"):
        for node in described.findall(f"{{{_XMP}}}ModifyDate"):
            node.text = moment
        if described.get(f"{{{_XMP}}}ModifyDate"):
            described.set(f"{{{_XMP}}}ModifyDate", moment)
    return _packet(root)


def digest_in(xmp: bytes | None) -> str | None:
    """The ledger's digest in an XMP packet, 64 hexadecimal digits; `None` when there is none. Never raises."""
    root = _parsed(xmp)
    if root is None:
        return None
    for node in root.iter(f"{{{NAMESPACE}}}{_PROPERTY}"):
        return _bare(node.text)
    for node in root.iter(f"{{{_RDF}}}Description"):
        found = node.get(f"{{{NAMESPACE}}}{_PROPERTY}")
        if found:
            return _bare(found)
    return None


def _opened(xmp: bytes | None) -> tuple[_Element, _Element]:
    """The packet as a tree, and its RDF; a new one for none or a broken one."""
    from lxml import etree

    root = _parsed(xmp)
    if root is None:
        root = etree.Element(f"{{{_META}}}xmpmeta", nsmap={"x": _META})
    rdf = root if root.tag == f"{{{_RDF}}}RDF" else root.find(f"{{{_RDF}}}RDF")
    if rdf is None:
        rdf = etree.SubElement(root, f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF})
    return root, rdf


def _packet(root: _Element) -> bytes:
    from lxml import etree

    words = etree.tostring(root, encoding="unicode")
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{words}<?xpacket end="w"?>'.encode()


def _bare(text: str | None) -> str | None:
    value = (text or "").strip().removeprefix("sha256:").lower()
    return value if len(value) == 64 and set(value) <= set("0123456789abcdef") else None


def _parsed(xmp: bytes | None) -> _Element | None:
    from lxml import etree

    if not xmp or len(xmp) > _LIMIT:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        return etree.fromstring(xmp.strip(b"\x00 \r\n\t"), parser)
    except etree.XMLSyntaxError:
        return None


def _without(rdf: _Element) -> None:
    """Take an earlier digest out."""
    for described in rdf.findall(f"{{{_RDF}}}Description"):
        for node in described.findall(f"{{{NAMESPACE}}}{_PROPERTY}"):
            described.remove(node)
        described.attrib.pop(f"{{{NAMESPACE}}}{_PROPERTY}", "")
        if not len(described) and set(described.attrib) <= {f"{{{_RDF}}}about"}:
            rdf.remove(described)


def _describe_schema(rdf: _Element) -> None:
    from lxml import etree

    bag = rdf.find(f"{{{_RDF}}}Description/{{{_EXTENSION}}}schemas/{{{_RDF}}}Bag")
    if bag is None:
        described = etree.SubElement(
            rdf,
            f"{{{_RDF}}}Description",
            nsmap={"pdfaExtension": _EXTENSION, "pdfaSchema": _SCHEMA, "pdfaProperty": _FIELD},
        )
        described.set(f"{{{_RDF}}}about", "")
        bag = etree.SubElement(etree.SubElement(described, f"{{{_EXTENSION}}}schemas"), f"{{{_RDF}}}Bag")
    if any(node.text == NAMESPACE for node in bag.iter(f"{{{_SCHEMA}}}namespaceURI")):
        return
    schema = _resource(
        bag,
        _SCHEMA,
        {"schema": "Ledger behind the figures", "namespaceURI": NAMESPACE, "prefix": _PREFIX},
    )
    listed = etree.SubElement(etree.SubElement(schema, f"{{{_SCHEMA}}}property"), f"{{{_RDF}}}Seq")
    _resource(
        listed,
        _FIELD,
        {
            "category": "internal",
            "description": "SHA-256 of the ledger of the figures",
            "name": _PROPERTY,
            "valueType": "Text",
        },
    )


def _resource(within: _Element, namespace: str, fields: dict[str, str]) -> _Element:
    from lxml import etree

    item = etree.SubElement(within, f"{{{_RDF}}}li")
    item.set(f"{{{_RDF}}}parseType", "Resource")
    for name, value in fields.items():
        etree.SubElement(item, f"{{{namespace}}}{name}").text = value
    return item
