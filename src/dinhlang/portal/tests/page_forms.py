"""Forms as pages show them: found by looking through the pages of the rooms that hold people's data, so that a new form is found by itself.

A page is told by what shows it: an address and a browser, and, where code and PIN are asked first, what is posted there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from dinhlang.citizens import actions as citizens
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.portal.sites.urls import urlpatterns
from dinhlang.portal.tests import (
    matrix_citizens,
    matrix_contests,
    matrix_digest,
    matrix_onestop,
    matrix_privacy,
    matrix_surveys,
    matrix_training,
)
from dinhlang.portal.tests.test_permission_matrix import patterns
from dinhlang.privacy import actions as privacy
from dinhlang.privacy.rules.states import Kind

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

ROOMS = (
    matrix_citizens,
    matrix_contests,
    matrix_digest,
    matrix_onestop,
    matrix_privacy,
    matrix_surveys,
    matrix_training,
)
CLERKS = ("van-phong", "mot-cua", "van-hoa", "chu-tich")
SITE = "/ben-truc"
_SENDER = Sender("Nguyễn Thị Thử", "0900000001", address="Thôn Thượng")
# What is put where nothing stands.
_USUAL = {"number": "1", "checkbox": "on"}
_CHOSEN = ("hidden", "radio", "checkbox", "submit", "number", "date", "datetime-local", "time")
# These open something, or are a trap: what is typed there is no word of anybody.
_KEYS = ("website", "code", "pin")


@dataclass
class Form:
    """A form as the page shows it: where it goes, what stands in it, what is typed into it and how (`email`, `tel`, `numeric`, `name`, `file`)."""

    action: str
    is_sent: bool
    given: dict[str, Any] = field(default_factory=dict)
    typed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {*self.given, *(name for name, _kind in self.typed)}

    @property
    def is_tried(self) -> bool:
        """Not what signs out or changes the language."""
        return not any(part in self.action for part in ("dang-xuat", "/ngon-ngu", "/nhin/"))


class Forms(HTMLParser):
    """Reads the forms of a page, with what stands in their fields (`held`: name and words)."""

    def __init__(self, there: str, page: str = "") -> None:
        super().__init__()
        self.there, self.found = there, list[Form]()
        self.held: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._select = ""
        self._is_text = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "form":
            self._form = Form(said.get("action") or self.there, said.get("method", "").lower() == "post")
            self.found.append(self._form)
        if self._form is None:
            return
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and said.get("value"):
            self._form.given.setdefault(self._select, said["value"])
        elif tag == "textarea" and name:
            self._form.typed.append((name, "text"))
            self.held.append((name, ""))
            self._is_text = True
        elif tag == "button" and name:
            self._form.given.setdefault(name, said.get("value", ""))
        elif tag == "input" and name:
            self.held.append((name, said.get("value", "")))
            self._input(self._form, name, said)

    def handle_data(self, data: str) -> None:
        if self._is_text:
            name, words = self.held[-1]
            self.held[-1] = name, words + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._is_text = False

    @staticmethod
    def _input(form: Form, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in _CHOSEN:
            form.given.setdefault(name, said.get("value") or _USUAL.get(kind, ""))
        elif kind == "file":
            if ".csv" in said.get("accept", ""):
                form.typed.append((name, "file"))
        elif name not in _KEYS:
            form.typed.append((name, _kind(name, kind, said)))


def _kind(name: str, kind: str, said: dict[str, str]) -> str:
    if kind == "email" or "mail" in name:
        return "email"
    if kind == "tel" or said.get("inputmode") == "tel" or "phone" in name or "contact" in name:
        return "tel"
    if said.get("inputmode") in ("numeric", "decimal"):
        return "numeric"
    return "name" if said.get("autocomplete") == "name" or name in ("name", "guardian") else "text"


@dataclass(frozen=True)
class Page:
    """Where a page is, who looks at it, and what is posted to have it shown."""

    there: str
    client: Client
    given: dict[str, Any] | None = None
    is_public: bool = False

    def shown(self) -> Any:
        if self.given is None:
            return self.client.get(self.there)
        return self.client.post(self.there, self.given)

    def forms(self, shown: Any = None) -> list[Form]:
        """The forms on it that are to be tried, as it is now (`shown`: as it was answered)."""
        answer = shown if shown is not None else self.shown()
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        return [form for form in Forms(self.there, answer.content.decode()).found if form.is_tried]

    def sent(self, form: Form, given: dict[str, Any]) -> Any:
        """The answer to a form; a search leads through its address."""
        return (self.client.post if form.is_sent else self.client.get)(form.action, given)


def pages(world: World) -> Iterator[Page]:
    """Every page of those rooms that a clerk gets, those for people without an account, and those of the commune's site."""
    clients = {who: world.signed_in(who, checks_forms=False) for who in CLERKS}
    for room in ROOMS:
        for name, row in room.MATRIX.items():
            who = next((who for who in CLERKS if row.get(who) == 200), None)
            if who:
                yield Page(_address(room, name, world), clients[who])
    stranger = world.signed_in(None, checks_forms=False)
    for room in ROOMS:
        for name, answer in getattr(room, "PUBLIC", {}).items():
            if answer == 200:
                yield Page(_address(room, name, world), stranger, is_public=True)
    for _name, route, _pattern in patterns(urlpatterns):
        if not any(sign in route for sign in "<^("):
            yield Page(f"{SITE}/{route}", stranger, is_public=True)
    yield from _opened(world, stranger)


def _opened(world: World, stranger: Client) -> Iterator[Page]:
    """What a sender opens by code and PIN: a case at each step at which they write something, and a request about their data."""
    look, by = f"{SITE}/phan-anh/tra-cuu/", {"by": world.people["van-phong"], "at": world.at}
    for number, sender in enumerate((Sender(), _SENDER, _SENDER)):
        receipt = citizens.submit(
            unit=world.commune,
            told=Told("Đèn đường đầu thôn cháy đã hai tuần.", "dien-nuoc"),
            sender=sender,
            way=Way.WEB,
            key=f"khoa-cua-trang-theo-doi-{number}",
            at=world.at,
        )
        if number:
            citizens.accept(case=receipt.case, **by)
        if number == 1:
            citizens.ask(case=receipt.case, question="Đèn ở cột số mấy?", **by)
        if number == 2:
            made = citizens.draft_answer(case=receipt.case, words="Xã đã báo thay bóng.", **by)
            chair = {"by": world.people["chu-tich"], "at": world.at}
            citizens.approve_answer(case=receipt.case, seen=made.digest, **chair)
        yield Page(look, stranger, {"code": receipt.code, "pin": receipt.pin}, is_public=True)
    asked = privacy.Asked(Kind.SEE, "", "Nguyễn Thị Thử", "0900000001")
    told = privacy.submit(unit=world.commune, asked=asked, key="khoa-cua-yeu-cau-theo-doi", at=world.at)
    follow = {"code": told.request.code, "pin": told.pin}
    yield Page(f"{SITE}/du-lieu-cua-toi/theo-doi/", stranger, follow, is_public=True)


def _address(room: Any, name: str, world: World) -> str:
    return reverse(name, args=room.ARGUMENTS[name](world) if name in room.ARGUMENTS else [])
