"""The one style sheet of public pages, named by its contents so that browsers keep it for good."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files

_PARTS = (
    ("dinhlang.org", "desk/tokens.css"),
    ("dinhlang.portal", "portal/public.css"),
    ("dinhlang.portal", "portal/site.css"),
    ("dinhlang.portal", "portal/search.css"),
    ("dinhlang.portal", "portal/news.css"),
    ("dinhlang.portal", "portal/catalogue.css"),
    ("dinhlang.org", "desk/charts.css"),
)


@cache
def stylesheet() -> bytes:
    """The whole style sheet: ours one after the other, without comments and indentation."""
    text = "\n".join((files(room) / "static" / name).read_text("utf-8") for room, name in _PARTS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip().encode() + b"\n"


@cache
def stylesheet_address() -> str:
    """'/g/0a1b2c3d4e5f.css'."""
    return f"/g/{hashlib.sha256(stylesheet()).hexdigest()[:12]}.css"
