"""How a reader looks at pages: size of text, contrast, light or dark. The pages are the same for all; a small style
sheet, chosen by cookie, is not. Plain functions: the file layer answers with them while no database does.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import product

# The first of each is what a newcomer gets.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "text": ("100", "115", "130"),
    "contrast": ("usual", "more"),
    "theme": ("auto", "light", "dark"),
}
ADDRESS = "/hien-thi.css"
A_YEAR = 365 * 24 * 60 * 60


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """What the cookies say; anything unknown is as if it were not said."""
    return {
        name: kept if (kept := cookies.get(name, "")) in choices else choices[0]
        for name, choices in CHOICES.items()
    }


def all_looks() -> list[dict[str, str]]:
    """Every look there is."""
    return [dict(zip(CHOICES, values, strict=True)) for values in product(*CHOICES.values())]


def name_of(look: Mapping[str, str]) -> str:
    """'115-more-dark': under which name a look is kept as a file."""
    return "-".join(look[name] for name in CHOICES)


def style_of(look: Mapping[str, str]) -> str:
    """The style sheet of a look: what differs from the newcomer's, and which switches are on."""
    rules = [_switches(look)]
    if look["text"] != "100":
        rules.append(f":root:root{{font-size:{look['text']}%}}")
    light, dark = dict(_tokens("light")), dict(_tokens("dark"))
    if look["contrast"] == "more":
        light |= _contrast()["light"]
        dark |= _contrast()["dark"]
    if look["theme"] == "light":
        rules.append(_root("light", light))
    elif look["theme"] == "dark":
        rules.append(_root("dark", dark))
    elif look["contrast"] == "more":
        rules.append(_root("light dark", light))
        rules.append(f"@media (prefers-color-scheme: dark){{{_root('light dark', dark)}}}")
    # What is printed is black on white, whatever the screen shows.
    return "".join(f"@media screen{{{rule}}}" for rule in rules) + "\n"


def _switches(look: Mapping[str, str]) -> str:
    """Mark the switch that is on; the pages cannot know."""
    on = ",".join(f'.looks button[name="{name}"][value="{value}"]' for name, value in look.items())
    ticks = ",".join(f"{one}::before" for one in on.split(","))
    return f'{on}{{border-color:var(--indigo);font-weight:700}}{ticks}{{content:"✓ "}}'


def _root(scheme: str, tokens: Mapping[str, str]) -> str:
    said = ";".join(f"--{name}:{value}" for name, value in tokens.items())
    return f":root:root:root{{color-scheme:{scheme};{said}}}"


@cache
def _contrast() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("dinhlang.portal") / "data" / "looks.toml").read_text("utf-8"))


@cache
def _tokens(scheme: str) -> Mapping[str, str]:
    """The colours of one ground as tokens.css has them, so that they stand in one place."""
    text = (files("dinhlang.org") / "static" / "desk" / "tokens.css").read_text("utf-8")
    start = text.index('[data-theme="dark"] {') if scheme == "dark" else text.index(":root {")
    block = text[start : text.index("}", start)]
    return {
        name: value
        for name, value in re.findall(r"--([a-z-]+):\s*([^;]+);", block)
        if name not in ("radius", "interface", "reading")
    }
