"""The colours of the desk: every pair that meets is legible, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "desk"
TOKENS = (STATIC / "tokens.css").read_text("utf-8")

TEXT = [
    (ink, ground)
    for ground in ("paper", "sheet")
    for ink in ("ink", "ink-soft", "indigo", "vermilion", "leaf")
] + [
    ("sophora", "sophora-ground"),
    ("ink", "sophora-ground"),
    ("on-indigo", "indigo"),
    ("ink", "sunk"),
    ("ink", "indigo-ground"),
    ("indigo", "indigo-ground"),
    ("ink", "leaf-ground"),
    ("ink", "vermilion-ground"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("indigo", "sheet"), ("leaf", "sheet"), ("leaf", "line")]


def tokens(block: str) -> dict[str, str]:
    """The colours that a block of the style sheet names."""
    start = TOKENS.index(block) + len(block)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", TOKENS[start : TOKENS.index("}", start)]))


LIGHT = tokens(":root {")
DARK = LIGHT | tokens('\n:root[data-theme="dark"] {')


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), EDGES)
def test_lines_that_mean_something_can_be_seen(theme: dict[str, str], line: str, ground: str) -> None:
    assert contrast(theme[line], theme[ground]) >= 3


def test_the_night_is_the_same_whether_chosen_or_taken_from_the_system() -> None:
    assert tokens('  :root:not([data-theme="light"]) {') == tokens('\n:root[data-theme="dark"] {')


def test_no_colour_is_named_outside_the_tokens() -> None:
    # A page of a document is white paper with black ink, also at night; so is print.
    style = (STATIC / "desk.css").read_text("utf-8")
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", style)) <= {"#ffffff", "#000000"}
