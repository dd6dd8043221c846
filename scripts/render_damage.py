#!/usr/bin/env python3
"""Makes damaged text with known truth: python scripts/render_damage.py FOLDER PAGES [--aside] > pages.jsonl

FOLDER holds *.txt.gz files, UTF-8. Paragraphs are drawn as worn pages and read by tesseract as if they were English, which
is what a scan suffers in an office whose machine knows no Vietnamese. Each line of the result is one page:
{"truth": …, "read": …}. `--aside` takes the documents that the language model leaves out, for measuring.
Needs tesseract with its English data, Pillow, and fonts-liberation2. The pages hold sentences and stay outside the project;
`scripts/count_confusions.py` counts from them what is shipped.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from count_ngrams import documents_of, is_kept_aside
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/truetype/liberation2")
# Offices write in Times; headings are bold, signatures and places italic.
FACES = {"Serif-Regular": 70, "Serif-Bold": 14, "Serif-Italic": 8, "Serif-BoldItalic": 3, "Sans-Regular": 5}
DPI = {110: 15, 130: 20, 150: 30, 200: 30, 300: 5}
WIDTH_INCHES, HEIGHT_INCHES, MARGIN_INCHES = 8.27, 11.69, 0.9
SHARE_OF_CAPITALS = 0.12
LONGEST_IN_CAPITALS = 160
SHARE_BLACK_AND_WHITE = 0.45


def paragraphs_of(folder: Path, aside: bool) -> list[str]:
    """The paragraphs of the documents, in the order of the files."""
    return [
        line
        for document in documents_of(folder)
        if is_kept_aside(document) is aside
        for line in document.splitlines()
        if len(line) > 20
    ]


def one_of(weights: dict, chance: random.Random):
    return chance.choices(list(weights), list(weights.values()))[0]


class Page:
    """A sheet that is filled with paragraphs until it is full."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.dpi = one_of(DPI, chance)
        self.size = round(chance.choice((13, 13, 14, 14, 12)) * self.dpi / 72)
        self.image = Image.new("L", (round(WIDTH_INCHES * self.dpi), round(HEIGHT_INCHES * self.dpi)), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.margin = round(MARGIN_INCHES * self.dpi)
        self.top = self.margin
        self.lines: list[str] = []

    def add(self, paragraph: str) -> bool:
        """Set the paragraph; False when the page is full."""
        if len(paragraph) < LONGEST_IN_CAPITALS and self.chance.random() < SHARE_OF_CAPITALS:
            paragraph = paragraph.upper()
        face = one_of(FACES, self.chance)
        font = ImageFont.truetype(str(FONTS / f"Liberation{face}.ttf"), self.size)
        for line in self._wrapped(paragraph, font):
            if self.top + self.size * 1.4 > self.image.height - self.margin:
                return False
            self.draw.text((self.margin, self.top), line, font=font, fill=20)
            self.lines.append(line)
            self.top += round(self.size * 1.35)
        self.top += round(self.size * 0.5)
        return True

    def _wrapped(self, paragraph: str, font: ImageFont.FreeTypeFont) -> list[str]:
        width = self.image.width - 2 * self.margin
        lines, line = [], ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and font.getlength(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def worn(self) -> Image.Image:
        """The page as a scanner sees it: a little turned, soft, grey."""
        chance = self.chance
        page = self.image.rotate(chance.uniform(-0.4, 0.4), Image.Resampling.BILINEAR, fillcolor=255)
        page = page.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.0) * self.dpi / 200))
        page = ImageChops.add(
            page, Image.effect_noise(page.size, chance.uniform(4, 16)), scale=1, offset=-128
        )
        if chance.random() < SHARE_BLACK_AND_WHITE:
            # Old machines keep one bit; thin strokes and marks are lost or run together.
            limit = chance.uniform(110, 210)
            page = page.point(lambda grey: 255 if grey > limit else 0)
        return page


def read_as_english(image: Image.Image, dpi: int) -> str:
    written = io.BytesIO()
    image.save(written, "png")
    return subprocess.run(
        ["tesseract", "-", "-", "-l", "eng", "--dpi", str(dpi), "--psm", "6"],
        input=written.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    ).stdout.decode()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("pages", type=int)
    arguments.add_argument("--aside", action="store_true")
    given = arguments.parse_args()
    chance = random.Random(f"{given.pages} {given.aside}")
    paragraphs = paragraphs_of(given.folder, given.aside)
    for _ in range(given.pages):
        page = Page(chance)
        while page.add(chance.choice(paragraphs)):
            pass
        read = read_as_english(page.worn(), page.dpi)
        sys.stdout.write(
            json.dumps({"truth": "\n".join(page.lines), "read": read}, ensure_ascii=False) + "\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
