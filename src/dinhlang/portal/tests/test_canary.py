"""Words that nobody else writes are sent through every form of the rooms that hold people's data, and stand in no log, mail or counter.

The forms are those the pages show: each is filled in, sent as it is, sent with nonsense, and sent while the database breaks with an error that
quotes what it was given, as PostgreSQL does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, connection

from dinhlang.config.logs import Line
from dinhlang.org import sealed
from dinhlang.portal.tests.page_forms import Form, Page, pages

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

WORD, PHONE = "Chimyenhot", "0987123654"
CANARIES = (WORD, WORD.lower(), PHONE, PHONE[-6:])
NAME = f"Nguyễn Thị {WORD}"
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
    "ContestSitting",
}


def filled(form: Form, *, is_nonsense: bool) -> dict[str, Any]:
    """The form as somebody fills it in."""
    given = dict(form.given)
    for name, kind in form.typed:
        if kind == "file":
            table = f"Mã hồ sơ;Họ tên;Điện thoại\nH99.12;{NAME};{PHONE}\n"
            given[name] = SimpleUploadedFile(f"{WORD}.csv", table.encode(), "text/csv")
        elif kind == "email":
            given[name] = f"{WORD.lower()}@example.vn"
        elif kind == "tel":
            given[name] = PHONE
        elif kind == "numeric" and not is_nonsense:
            given[name] = "12"
        elif kind == "name" and not is_nonsense:
            given[name] = NAME
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


def send(page: Page, forms: list[Form], *, is_nonsense: bool) -> list[int]:
    """Send forms of a page; the answers' numbers."""
    return [page.sent(form, filled(form, is_nonsense=is_nonsense)).status_code for form in forms]


def written_in(forms: list[Form]) -> list[Form]:
    """Those that take words in, as a search does not."""
    return [form for form in forms if form.is_sent and form.typed]


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
    every, sent, taking = list(pages(world)), list[int](), list[Page]()
    for page in every:
        forms = page.forms()
        sent += send(page, forms, is_nonsense=False)
        taking += [page] if written_in(forms) else []
    assert len(sent) > 100
    assert sent.count(302) > 20, "hardly a form was taken"
    assert 500 not in sent
    assert kept() >= TAKEN
    cache.clear()
    assert 500 not in [answer for page in every for answer in send(page, page.forms(), is_nonsense=True)]
    if connection.vendor == "sqlite":
        # What breaks is played, so it breaks in the same way over every database.
        _while_the_database_breaks(taking, written, monkeypatch)
    assert leaks(written) == []
    told = capfd.readouterr()
    assert leaks([told.out, told.err]) == []
    assert leaks([f"{one.subject} {one.body}" for one in mail.outbox]) == []


def _while_the_database_breaks(
    taking: list[Page], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Send once more what is written, to a database that refuses it with an error that quotes what it was given."""
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
    broken = [answer for page in taking for answer in send(page, written_in(page.forms()), is_nonsense=False)]
    monkeypatch.undo()
    assert broken.count(500) > 5, "nothing broke"
    assert any("Error" in line for line in written[seen:])


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
