"""What only the room of public pages knows: where a procedure stands there, the commune's hotline, its articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from dinhlang.org.desk import Looking
from dinhlang.org.models import Unit


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the newsroom as the desk names it; `address` is that of its page on the desk."""

    address: str
    title: str
    standing: str


@dataclass(frozen=True, slots=True)
class Articles:
    """What the newsroom has about decisions and versions (by their keys), as who looks may see it.

    `begin` is where a form asks for a new article, '' for who may not write one.
    """

    of_decisions: Mapping[int, Sequence[Article]] = field(default_factory=dict)
    of_versions: Mapping[int, Sequence[Article]] = field(default_factory=dict)
    begin: str = ""


AskArticles = Callable[[Looking, Unit, Sequence[int], Sequence[int]], Articles]

_address: list[Callable[[Unit, str], str]] = []
_hotline: list[Callable[[Unit], str]] = []
_articles: list[AskArticles] = []


def tell(address: Callable[[Unit, str], str], hotline: Callable[[Unit], str], articles: AskArticles) -> None:
    """Let the room of public pages say where a unit shows a code ('' for its whole catalogue), and its hotline.

    Both give '' for a unit that has no site. `articles` says what the newsroom has about decisions and versions.
    """
    _address[:], _hotline[:], _articles[:] = [address], [hotline], [articles]


def address(unit: Unit, code: str = "") -> str:
    """The whole address, for a QR code and for machines; that which a site would have where there is none yet."""
    told = _address[0](unit, code) if _address else ""
    rest = f"{code}/" if code else ""
    return told or f"{str(settings.PUBLIC_URL).rstrip('/')}/{unit.pk}/thu-tuc/{rest}"


def hotline(unit: Unit) -> str:
    """Where people say what is wrong with a rule; '' when nobody has said."""
    return _hotline[0](unit) if _hotline else ""


def articles(
    looking: Looking, unit: Unit, *, decisions: Sequence[int] = (), versions: Sequence[int] = ()
) -> Articles:
    """What the unit's newsroom has about these, in one question; nothing where nobody has said."""
    return _articles[0](looking, unit, decisions, versions) if _articles else Articles()
