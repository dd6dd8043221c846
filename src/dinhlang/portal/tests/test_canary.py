"""Words that nobody else writes are sent through every form of the rooms that hold people's data, and stand in no log, mail or counter.

The forms are those the pages show: each is filled in, sent as it is, sent with nonsense, and sent while the database breaks with an error that
quotes what it was given, as PostgreSQL does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection
from django.test import Client
from django.urls import reverse

from dinhlang.config.logs import Line
from dinhlang.org import sealed
from dinhlang.portal.tests import (
    matrix_citizens,
    matrix_contests,
    matrix_onestop,
    matrix_privacy,
    matrix_surveys,
    matrix_training,
)

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

WORD, PHONE = "Chimyenhot", "0987123654"
CANARIES = (WORD, WORD.lower(), PHONE, PHONE[-6:])
NAME = f"Nguyễn Thị {WORD}"
ROOMS = (
    matrix_citizens,
    matrix_contests,
    matrix_onestop,
    matrix_privacy,
    matrix_surveys,
    matrix_training,
)
# A canary was taken in by the room: else its form was only refused, and nothing was tried.
TAKEN = {
    "Case",
    "CaseWords",
    "Dossier",
    "DossierStep",
    "DataRequest",
    "Breach",
    "SurveyRemark",
    "PaperEntry",
    "TrainingGuest",
}
CLERKS = ("van-phong", "mot-cua", "van-hoa")
# What everyone reaches on a commune's site.
PUBLIC = (
    "/phan-anh/gui/",
    "/phan-anh/tra-cuu/",
    "/du-lieu-cua-toi/",
    "/du-lieu-cua-toi/theo-doi/",
    "/tra-cuu-ho-so/",
)


# What is put where nothing stands.
_USUAL = {"number": "1", "checkbox": "on"}


@dataclass
class Form:
    """A form as the page shows it: where it goes, what stands in it, what is typed into it."""

    action: str
    is_sent: bool
    given: dict[str, Any] = field(default_factory=dict)
    typed: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, there: str) -> None:
        super().__init__()
        self.there, self.found = there, list[Form]()
        self._form: Form | None = None
        self._select = ""

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
        elif tag == "button" and name:
            self._form.given.setdefault(name, said.get("value", ""))
        elif tag == "input" and name:
            self._input(self._form, name, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""

    @staticmethod
    def _input(form: Form, name: str, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in ("hidden", "radio", "checkbox", "submit", "number", "date", "datetime-local", "time"):
            form.given.setdefault(name, said.get("value") or _USUAL.get(kind, ""))
        elif name not in ("website", "code", "pin") and (kind != "file" or ".csv" in said.get("accept", "")):
            form.typed.append((name, "email" if "mail" in name else kind))


def filled(form: Form, *, is_nonsense: bool) -> dict[str, Any]:
    """The form as somebody fills it in."""
    given = dict(form.given)
    for name, kind in form.typed:
        if kind == "file":
            table = f"Mã hồ sơ;Họ tên;Điện thoại\nH99.12;{NAME};{PHONE}\n"
            given[name] = SimpleUploadedFile(f"{WORD}.csv", table.encode(), "text/csv")
        elif kind == "email":
            given[name] = f"{WORD.lower()}@example.vn"
        elif kind == "tel" or "phone" in name or "contact" in name:
            given[name] = PHONE
        else:
            given[name] = f"{NAME}, gọi {PHONE}" + ("\0\ud7ff" * 400 if is_nonsense else "")
    if is_nonsense:
        given |= {
            name: f"{WORD} {PHONE}" for name in form.given if name not in ("csrfmiddlewaretoken", "ticket")
        }
    return given


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Every line of every logger, however low, as the installation writes it."""
    lines: list[str] = []
    line = django_settings.LOGGING["formatters"]["line"]
    assert line["class"] == f"{Line.__module__}.{Line.__qualname__}"

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Keeping(), logging.getLogger()
    handler.setFormatter(Line(line["format"]))
    before = {name: logging.getLogger(name).level for name in ("", "django", "django.request")}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def pages(world: World) -> Iterator[tuple[str, Client]]:
    """Every page of those rooms that a clerk gets, and the public ones."""
    clients = {who: world.signed_in(who, checks_forms=False) for who in CLERKS}
    for room in ROOMS:
        for name, row in room.MATRIX.items():
            who = next((who for who in CLERKS if row.get(who) == 200), None)
            if who:
                arguments = room.ARGUMENTS[name](world) if name in room.ARGUMENTS else []
                yield reverse(name, args=arguments), clients[who]
    stranger = world.signed_in(None, checks_forms=False)
    for room in ROOMS:
        for name, answer in getattr(room, "PUBLIC", {}).items():
            if answer == 200:
                arguments = room.ARGUMENTS[name](world) if name in room.ARGUMENTS else []
                yield reverse(name, args=arguments), stranger
    for path in PUBLIC:
        yield f"/ben-truc{path}", stranger


def send(page: tuple[str, Client], *, is_nonsense: bool) -> list[int]:
    """Send every form of a page; the answers' numbers."""
    there, client = page
    shown = client.get(there)
    if not shown.headers["Content-Type"].startswith("text/html"):
        return []
    read = Forms(there)
    read.feed(shown.content.decode())
    # A GET form leads a search through the address.
    answers = [
        client.get(form.action, filled(form, is_nonsense=is_nonsense))
        for form in read.found
        if not form.is_sent
    ]
    for form in read.found:
        if form.is_sent and "dang-xuat" not in form.action and "/ngon-ngu" not in form.action:
            answers.append(client.post(form.action, filled(form, is_nonsense=is_nonsense)))
    return [answer.status_code for answer in answers]


def leaks(lines: list[str]) -> list[str]:
    return [line for line in lines if any(canary in line for canary in CANARIES)]


def test_no_word_of_anybody_reaches_a_log(
    world: World,
    written: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.DATA = tmp_path
    every = list(pages(world))
    assert {client.get(there).status_code for there, client in every[-len(PUBLIC) :]} == {200}
    sent = [answer for page in every for answer in send(page, is_nonsense=False)]
    assert len(sent) > 100
    assert sent.count(302) > 20, "hardly a form was taken"
    assert 500 not in sent
    assert kept() >= TAKEN
    cache.clear()
    assert 500 not in [answer for page in every for answer in send(page, is_nonsense=True)]
    seen = len(written)
    cursor = type(connection.cursor())
    whole = cursor.execute

    def breaks(self: Any, sql: str, params: Any = None) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and any(
            WORD in str(one) or PHONE in str(one) for one in params or ()
        ):
            raise DataError(f"value too long: {params}")
        return whole(self, sql, params)

    monkeypatch.setattr(cursor, "execute", breaks)
    monkeypatch.setattr("dinhlang.org.sealed.SealedTextField.get_prep_value", _quoting)
    cache.clear()
    broken = [answer for page in every for answer in send(page, is_nonsense=False)]
    monkeypatch.undo()
    assert broken.count(500) > 5, "nothing broke"
    assert any("Error" in line for line in written[seen:])
    assert leaks(written) == []
    told = capfd.readouterr()
    assert leaks([told.out, told.err]) == []
    assert leaks([f"{one.subject} {one.body}" for one in mail.outbox]) == []


def kept() -> set[str]:
    """The models that took a canary in."""
    return {
        model.__name__
        for model in sealed.sealed_models()
        for field in sealed.fields(model)
        for secret in model._base_manager.values_list(field.name, flat=True)
        if secret and any(canary in secret.shown() for canary in CANARIES)
    }


def _quoting(self: Any, value: Any) -> Any:
    """A field that fails as a driver does, with the value in its words."""
    text = value.shown() if value else ""
    if any(canary in text for canary in CANARIES):
        raise ValueError(f"cannot store {text!r}")
    return value if value is None or value == "" else self.to_python(value).stored()


def test_an_error_is_written_with_its_places_and_without_its_words() -> None:
    def refuse(words: str) -> None:
        try:
            int(words)
        except ValueError as error:
            raise RuntimeError(f"cannot read {words}") from error

    try:
        refuse(NAME)
    except RuntimeError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "it broke", None, (type(error), error, error.__traceback__)
        )
    told = Line("%(message)s").format(record)
    assert "it broke" in told
    assert "builtins.RuntimeError" in told
    assert "builtins.ValueError" in told
    assert "in refuse" in told
    assert WORD not in told
