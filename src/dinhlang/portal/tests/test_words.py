"""Our translations: whole, compiled, still about words that Wagtail and Django say, and in use."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import django
import pytest
import wagtail
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils import translation

LOCALE = Path(__file__).parents[2] / "locale" / "vi" / "LC_MESSAGES"
HOMES = [Path(wagtail.__file__).parent, Path(django.__file__).parent]


def messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [one for one in read_po(file) if one.id]


OURS = {name: messages(LOCALE / f"{name}.po") for name in ("django", "djangojs")}
EVERY = [one for found in OURS.values() for one in found]


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("message", EVERY, ids=lambda one: forms(one.id)[0][:40])
def test_a_translation_is_whole_and_keeps_its_places(message: Message) -> None:
    said = forms(message.string)
    assert all(said)
    for ours in said:
        theirs = Counter(re.findall(r"%(?:\(\w+\))?[ds]", forms(message.id)[-1]))
        # A name may be left out, a place that is filled in order may not.
        used = Counter(re.findall(r"%(?:\(\w+\))?[ds]", ours))
        assert used <= theirs
        assert {one: n for one, n in theirs.items() if "(" not in one} == {
            one: n for one, n in used.items() if "(" not in one
        }


@pytest.mark.parametrize("name", OURS)
def test_what_we_translate_is_still_said(name: str) -> None:
    said: set[str] = set()
    for home in HOMES:
        for path in home.rglob(f"locale/en/LC_MESSAGES/{name}.po"):
            said.update(forms(one.id)[0] for one in messages(path))
    assert {forms(one.id)[0] for one in OURS[name]} - said == set()


@pytest.mark.parametrize("name", OURS)
def test_the_compiled_translation_is_not_older_than_its_source(name: str) -> None:
    source, made = LOCALE / f"{name}.po", LOCALE / f"{name}.mo"
    assert made.exists(), "run: make setup"
    assert made.stat().st_mtime >= source.stat().st_mtime, "run: make setup"


def test_ours_win_over_those_that_came_with_the_packages() -> None:
    with translation.override("vi"):
        assert translation.gettext("Account") == "Tài khoản"
        assert translation.gettext("Thursday") == "Thứ Năm"
        assert "ít nhất 12" in translation.ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            12,
        ) % (12,)


def test_no_translation_shouts_or_is_without_marks() -> None:
    for message in EVERY:
        for said in forms(message.string):
            assert "!" not in said
            if len(said.split()) > 3:
                assert re.search(r"[^\x00-\x7f]", said), said
