"""The pictures of the manual that are kept small: taken on the way through a play, kept with DINHLANG_MANUAL=1."""

from __future__ import annotations

import os
import re
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

MANUAL = ROOT / "docs" / "manual"
ALBUM = MANUAL / "anh"
IS_MANUAL = os.environ.get("DINHLANG_MANUAL") == "1"
MOST_BYTES = 2_200_000


def picture(page: Page, name: str) -> None:
    """Take a picture, small enough to be kept with the source."""
    page.wait_for_load_state()
    # Hiding the caret would put a style into the page, which the policy forbids.
    taken = Image.open(BytesIO(page.screenshot(caret="initial"))).convert("RGB")
    assert len(taken.getcolors(maxcolors=2**24) or ()) > 16, "an empty picture"
    if IS_MANUAL:
        taken.save(ALBUM / f"{name}.webp", quality=72, method=6)


def shown_on(*pages: Path) -> set[str]:
    """The names of the small pictures that these pages of the manual show."""
    found: set[str] = set()
    for page in pages:
        found |= set(re.findall(r"\]\(\.\./anh/([\w-]+\.webp)\)", page.read_text("utf-8")))
    return found


def kept() -> dict[str, int]:
    """The small pictures there are, with their bytes."""
    return {file.name: file.stat().st_size for file in ALBUM.glob("*.webp")}
