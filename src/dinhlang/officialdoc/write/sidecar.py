"""A ledger of the figures that travels inside the .docx, and how to get it out again.

It is a custom XML part: Word and LibreOffice keep it when they save the file. What it holds is up to the caller.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib

NAMESPACE = "urn:dinhlang:sidecar:1"
_CONTENT = re.compile(rb'<sidecar xmlns="urn:dinhlang:sidecar:1">([A-Za-z0-9+/=\s]*)</sidecar>')
_LARGEST = 64 * 1024 * 1024


def wrap(content: bytes) -> bytes:
    """`content` as the XML part that holds it."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n<sidecar xmlns="%s">%s</sidecar>' % (
        NAMESPACE.encode(),
        base64.b64encode(content),
    )


def extract(docx: bytes) -> bytes | None:
    """What `wrap` put into a .docx; `None` when there is nothing, or the file is no package. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            for part in archive.infolist():
                if re.fullmatch(r"customXml/item\d+\.xml", part.filename) and part.file_size <= _LARGEST:
                    found = _CONTENT.search(archive.read(part))
                    if found:
                        return base64.b64decode(found[1], validate=False)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        binascii.Error,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
    ):
        return None
    except (NotImplementedError, RuntimeError):  # an encrypted part, or a compression nobody uses
        return None
    return None
