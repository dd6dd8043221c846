"""Bad input in every form of the rooms that hold people's data: names of 300 letters in NFD, markup and formulas, a child's way of writing.

Whatever is sent, nothing breaks, what was refused says why and keeps what was typed, and what was taken in runs nowhere: in no
page, table, feed or document.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
import zipfile
from contextlib import suppress
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.messages import ERROR
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, models, transaction
from lxml import etree

from dinhlang.citizens.models import Case, Publication, SurveyRemark
from dinhlang.org.sealed import FingerprintField
from dinhlang.portal.tests.page_forms import Form, Forms, Page, pages
from dinhlang.portal.tests.test_canary import filled as usual

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

# What a page does with words is the same over both databases.
pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

# Closes whatever it may stand in, and would be an element of its own wherever it is not escaped. A spreadsheet would count it.
HOSTILE = "=1+1\"'></textarea></script><canh oncanh=1>"
LONG = unicodedata.normalize("NFD", "Nguyễn Thị Dài " * 20)
CHILD = "con ten la bao😭😭 con 8 tuoi!!!! CỨU CON VỚIIIII ở trường có bạn đánh con huhu"
WAYS = {
    "long": {
        "name": LONG,
        "text": LONG * 6,
        "numeric": "9" * 300,
        "tel": "0" * 300,
        "email": f"{'ư' * 300}@x.vn",
    },
    "markup": dict.fromkeys(("name", "text", "numeric", "tel", "email"), HOSTILE),
    "child": {
        "name": "bao 😭",
        "text": CHILD,
        "numeric": "ba muoi",
        "tel": "0 chin mot hai",
        "email": "bao@@bao",
    },
}

# What was taken is told in the answer to the form itself.
DONE = ("Khóa mới, chỉ hiện lần này",)
# Texts that lead somewhere: marks, keys, names of kinds. Nobody writes them.
NOT_WRITTEN = {
    "key_mark",
    "content_mark",
    "pin_hash",
    "category",
    "flags",
    "consent",
    "term",
    "media_type",
    "digest",
    "step",
    "source_digest",
    "seed",
    "commitment",
    "address_mark",
    "pair",
    "code",
    "start",
    "code_key",
    "procedure_code",
    "field",
    "term_unit",
    "calendar",
    "held_at",
    "fingerprint",
    "sha256",
    "kept_as",
    "deed",
    "kind",
    "key",
}
ROOMS_OF_PEOPLE = ("citizens", "onestop", "privacy")
LEADING = {("SurveyRemark", "question"), ("ContestAnswer", "question")}


def filled(form: Form, way: str) -> dict[str, Any]:
    given = dict(form.given)
    for name, kind in form.typed:
        if kind == "file":
            table = f"Mã hồ sơ;Họ tên;Ngày tiếp nhận\nH99.12;{WAYS[way]['name']};{WAYS[way]['text'][:400]}\n"
            given[name] = SimpleUploadedFile(f"{WAYS[way]['name'][:200]}.csv", table.encode(), "text/csv")
        else:
            given[name] = WAYS[way][kind]
    return given


class Injected(HTMLParser):
    """Whether hostile words became an element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= tag == "canh" or any(name == "oncanh" for name, _ in attrs)


def faults(answer: Any) -> list[str]:
    """What is wrong with an answer, whatever it is."""
    if answer.status_code >= 500:
        return [f"{answer.status_code}"]
    kind = answer.headers.get("Content-Type", "")
    body = answer.getvalue()
    if kind.startswith("text/html"):
        return ["an element of theirs"] if Injected(body.decode()).found else []
    if kind.startswith("text/csv"):
        cells = [cell for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for cell in row]
        return [f"a formula {cell[:30]}" for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)]
    if "json" in kind:
        json.loads(body)
    elif "xml" in kind and "openxml" not in kind:
        return ["an element of theirs"] if etree.fromstring(body).xpath("//*[local-name()='canh']") else []
    elif body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            parts = {one: package.read(one) for one in package.namelist() if one.endswith(".xml")}
        trees = {one: etree.fromstring(data) for one, data in parts.items()}
        return [
            f"{one}: a formula"
            for one, tree in trees.items()
            if "sheet" in one and tree.xpath("//*[local-name()='f']")
        ]
    return []


def lost(form: Form, given: dict[str, Any], answer: Any) -> list[str]:
    """The fields whose words are gone from a page that refuses them."""
    told = getattr(getattr(answer.wsgi_request, "_messages", None), "_queued_messages", ())
    refused = [str(one) for one in told if one.level == ERROR]
    if answer.status_code == 302 and not refused:
        return []
    typed = {name: given[name] for name, kind in form.typed if kind != "file"}
    if answer.status_code == 302:
        return [f"{name} (refused with a redirect: {refused[0]})" for name in typed]
    if not answer.headers["Content-Type"].startswith("text/html"):
        return []
    page = answer.content.decode()
    if any(said in page for said in DONE):
        return []
    back = Forms(form.action, page)
    is_there = any(typed.keys() <= one.names and deed_of(one) == deed_of(form) for one in back.found)
    if not is_there and "nên không thể" not in page:
        return []
    if not is_there:
        return [name for name, words in typed.items() if even(words) not in even(html.unescape(page))]
    kept = {(name, even(words)) for name, words in back.held}
    return [name for name, words in typed.items() if (name, even(words)) not in kept]


def deed_of(form: Form) -> tuple[str, str]:
    return form.given.get("do", ""), form.given.get("deed", "")


def even(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))


def tried(page: Page) -> list[str]:
    """What went wrong with the forms of a page."""
    shown = page.shown()
    found = [f"{page.there}: {fault}" for fault in faults(shown)]
    for form in page.forms(shown):
        for way in ways_for(form, page):
            given = filled(form, way)
            answer = page.sent(form, given)
            gone = [f"lost {one}" for one in lost(form, given, answer)] if form.is_sent else []
            found += [
                f"{page.there} {sorted(form.names)} {way}: {fault}" for fault in (*faults(answer), *gone)
            ]
    return found


def ways_for(form: Form, page: Page) -> tuple[str, ...]:
    if not form.typed:
        return ()
    return ("markup", "long", *(["child"] if page.is_public else [])) if form.is_sent else ("markup",)


def test_whatever_is_typed_is_taken_or_refused_and_stays(world: World, settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.MAIL = tmp_path, True
    found = []
    for page in list(pages(world)):
        cache.clear()
        found += tried(page)
    assert not found, "\n".join(found)


def test_a_public_form_sent_again_adds_nothing(world: World, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    found, added = [], 0
    for page in [one for one in pages(world) if one.is_public]:
        cache.clear()
        for form in page.forms():
            if form.is_sent:
                before = rows()
                page.sent(form, usual(form, is_nonsense=False))
                first = rows()
                answer = page.sent(form, usual(form, is_nonsense=False))
                added += first != before
                names = [name for name, count in rows().items() if count != first[name]]
                found += [f"{page.there} {sorted(form.names)}: {answer.status_code} {name}" for name in names]
    assert not found, "\n".join(found)
    assert added > 5, "hardly a form was taken"


def rows() -> dict[str, int]:
    """How many rows each table of these rooms has."""
    models_ = [one for label in ROOMS_OF_PEOPLE for one in apps.get_app_config(label).get_models()]
    return {one.__name__: one._base_manager.count() for one in models_}


def test_whatever_is_stored_runs_nowhere(world: World, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    every = list(pages(world))
    made_public(world)
    assert overwritten() > 100
    found, seen = [], set[str]()
    for page in every:
        cache.clear()
        shown = page.shown()
        files = [form for form in page.forms(shown) if re.search(r"[./](csv|xlsx)/?$", form.action)]
        answers = [(page.there, shown), *((form.action, page.sent(form, form.given)) for form in files)]
        if not page.given and shown.headers.get("Content-Type", "").startswith("text/html"):
            leads = set(
                re.findall(
                    r'href="(/[^"]+\.(?:csv|json|rss|atom|xml|docx|xlsx)(?:\?[^"]*)?)"',
                    shown.content.decode(),
                )
            )
            answers += [(one, page.client.get(html.unescape(one))) for one in leads - seen]
            seen.update(leads)
        found += [f"{there}: {fault}" for there, answer in answers for fault in faults(answer)]
    assert not found, "\n".join(found)


def overwritten() -> int:
    """Put hostile words into every text of these rooms, however it came there; how many texts."""
    with connection.cursor() as cursor:
        # What the database keeps append-only is written here all the same: it is of this test, and taken back.
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    count = 0
    for label in ROOMS_OF_PEOPLE:
        for model in apps.get_app_config(label).get_models():
            for name in [one.name for one in model._meta.concrete_fields if is_words(model, one)]:
                # A reason that may only stand beside its moment stays empty.
                with suppress(IntegrityError), transaction.atomic():
                    count += model._base_manager.update(**{name: HOSTILE})
    return count


def is_words(model: type[models.Model], one: models.Field[Any, Any]) -> bool:
    """Whether somebody writes in this field as they like."""
    is_text = isinstance(one, models.CharField | models.TextField) and not isinstance(one, FingerprintField)
    is_leading = one.name in NOT_WRITTEN or (model.__name__, one.name) in LEADING
    return is_text and not (one.choices or one.unique or one.primary_key or is_leading)


def made_public(world: World) -> None:
    """A pair on the public list and a remark beside published results."""
    case = Case.objects.filter(unit=world.commune).first()
    assert case is not None
    Publication.objects.create(
        case=case,
        unit=world.commune,
        state="published",
        title="Rác ở cầu",
        question="Bao giờ dọn?",
        answer="Đã dọn.",
        category="moi-truong",
        received_on=world.today,
        answered_on=world.today,
        published_at=world.at,
        approved_by=world.people["chu-tich"],
    )
    SurveyRemark.objects.update(state=SurveyRemark.State.PUBLIC)
