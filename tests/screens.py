"""Looking at every screen: the walk over all links, English words left over, what is too wide, what axe finds."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import allauth
import django
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po

from tests.conftest import ROOT, Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK = "/ban-lam-viec/"
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1366, "height": 768}

# Addresses that give a file, or change something by being asked for. A mail as it is sent is shown where no script runs, so
# that nothing can look at it from inside; its own test reads it.
_NO_PAGE = re.compile(
    r"/(mau|thu-tin/xem-truoc|tai/[\w-]+|ma-qr/\w+|to-niem-yet/\w+|tep-goc|phieu/[\w-]+/[\w-]+|\d+/tep|xuat(/\w+)?|minh-chung/\d+(/nho)?|xem|[\w-]+\.[a-z]\w{1,4})/?$"
)


@dataclass
class Walk:
    """Visits every page of the desk that can be reached by links, each kind of page once."""

    page: Page
    server: Server
    seen: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[str]:
        waiting = [DESK]
        while waiting:
            path = waiting.pop(0)
            kind = self.kind(path)
            if kind in self.seen:
                continue
            self.seen[kind] = path
            self.page.goto(f"{self.server.address}{path}")
            waiting += self._links()
            yield path

    @staticmethod
    def kind(path: str) -> str:
        """The address with its numbers and ids left out: one kind of page."""
        bare = re.sub(r"/(don-vi|de-cuong|thon-bo-phan|cau-mau)/[a-z0-9-]+/", r"/\1/X/", urlsplit(path).path)
        bare = re.sub(r"/(doan|so-lieu|thong-ke)/[\w-]+/", r"/\1/X/", bare)
        bare = re.sub(
            r"/cam-nang/[\w-]+/(?:([\w-]+)/)?$", lambda it: f"/cam-nang/X/{'Y/' * bool(it[1])}", bare
        )
        return re.sub(r"\d+", "N", re.sub(r"(/ghi)/[a-z]+/$", r"\1/K/", bare))

    def _links(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            "a[href]", "all => all.map(one => new URL(one.getAttribute('href'), location).href)"
        )
        paths = [
            one.removeprefix(self.server.address) for one in found if one.startswith(self.server.address)
        ]
        return [path for path in paths if path.startswith(DESK) and not _NO_PAGE.search(urlsplit(path).path)]


_WORDS = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'CODE'].includes(parent.tagName))
      found.add(walker.currentNode.textContent);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    document.querySelectorAll(`[${name}]`).forEach(one => found.add(one.getAttribute(name)));
  found.add(document.title);
  return [...found];
}"""


@cache
def english() -> frozenset[str]:
    """What Django and allauth say in English, but for what is written alike in Vietnamese."""
    said: set[str] = set()
    homes = [Path(package.__file__).parent for package in (django, allauth)]
    for home in homes:
        for catalogue in home.rglob("locale/en/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as file:
                for message in read_po(file):
                    said.update([message.id] if isinstance(message.id, str) else message.id)
    alike = {"English"}  # a language is offered by its own name
    for home in [*homes, ROOT / "src/dinhlang"]:
        for compiled in home.rglob("locale/vi/LC_MESSAGES/*.mo"):
            with compiled.open("rb") as file:
                known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            alike |= {text for text, ours in known.items() if text == ours}
    return frozenset(one.strip().lower() for one in said - alike if re.search(r"[A-Za-z]{3}", one))


def english_on(page: Page) -> set[str]:
    """Sentences of the page that are English as the packages say it."""
    words = {" ".join(str(one).split()) for one in page.evaluate(_WORDS)}
    assert words
    known = english()
    return {one for one in words if one.lower().rstrip(":.…") in known or one.lower() in known}


IMPACTS = {"moderate", "serious", "critical"}
# What sticks out to the right without standing in a box that scrolls by itself.
TOO_WIDE = """() => [...document.querySelectorAll('main *')].filter(one => {
  if (one.closest('thead, iframe, .sr-only')) return false;
  const box = one.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1) return false;
  for (let up = one.parentElement; up && up.id !== 'main'; up = up.parentElement)
    if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return false;
  return true;
}).map(one => one.outerHTML.slice(0, 120))"""


def barriers_on(page: Page, *rules: str) -> list[str]:
    """What axe finds that keeps someone out, in words; of some of its rules only, where they are named."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    # Of what passes one example is enough to see that axe looked; describing each costs as much as looking.
    asked: dict[str, object] = {"resultTypes": ["violations"], "selectors": False}
    found = page.evaluate("asked => axe.run(asked)", {**asked, **({"runOnly": list(rules)} if rules else {})})
    assert rules or found["passes"], page.url
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found["violations"]
        if fault["impact"] in IMPACTS
        for node in fault["nodes"]
    ]


# For each text of the page all colours that decide whether it can be read: its own, whether it is large, and what it stands
# on, down to the page.
_COLOURS = """() => {
  const grounds = new Map([[null, '']]), found = new Set();
  const ground = one => {
    if (!grounds.has(one)) {
      const is = getComputedStyle(one);
      const own = [is.backgroundColor, is.backgroundImage, is.opacity, is.filter, is.mixBlendMode].join();
      const below = ground(one.parentElement);
      grounds.set(one, own === 'rgba(0, 0, 0, 0),none,1,none,normal' ? below : `${own}/${below}`);
    }
    return grounds.get(one);
  };
  for (const one of document.body.querySelectorAll('*')) {
    if (!('value' in one) && ![...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())) continue;
    const is = getComputedStyle(one), size = parseFloat(is.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && is.fontWeight >= 700);
    found.add([is.color, isLarge, is.textShadow, ground(one)].join(' on '));
  }
  return [...found];
}"""
_READ_IN_THE_DARK: set[str] = set()


def barriers_in_the_dark(page: Page) -> list[str]:
    """What cannot be read on this page by night. Colours are all that changes, so nothing else is asked again; and where all
    of them were read on other pages already, axe is not asked either."""
    page.emulate_media(color_scheme="dark")
    colours = set(page.evaluate(_COLOURS))
    found = [] if colours <= _READ_IN_THE_DARK else barriers_on(page, "color-contrast")
    _READ_IN_THE_DARK.update(colours)
    page.emulate_media(color_scheme="light")
    return [f"in the dark: {one}" for one in found]


def too_wide_at_twice_the_text(page: Page) -> list[str]:
    """What no longer fits when every letter is twice as large (WCAG 2.2, 1.4.4)."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = page.evaluate(TOO_WIDE)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return [f"too wide at 200 %: {one}" for one in found]
