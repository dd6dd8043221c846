"""Our translations: complete, compiled, in use, true to their places, and in the voice of the house."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import translations
from babel.messages.catalog import Message
from django.conf import global_settings
from django.utils import translation

from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import house_style

CATALOGUES = translations.CATALOGUES
NAMES = ["/".join(one) for one in CATALOGUES]
EVERY = {one: translations.read(translations.path_of(*one)) for one in CATALOGUES}
VIETNAMESE = [message for one in CATALOGUES for message in EVERY[one] if one[0] == "vi"]

PLACES = re.compile(r"%(?:\(\w+\))?\d*[dsr]|\{\w*\}")
TAGS = re.compile(r"<[^>]*>")
WORDS = re.compile(r"[^\W\d_]+")
NOT_SPOKEN = re.compile(
    # Places and tags; addresses and what else is written for machines; acronyms.
    PLACES.pattern
    + r"|<[^>]*>|\{%.*?%\}|https?://\S*|\S*[\[\]=_@]\S*|\(ENTER\)\w*|--\w+|\w*(?:\.\w+)+|\b[A-ZĐ]{2,}\b"
)
NAMES_OF_THINGS = {
    *(
        "Django",
        "VietQR",
        "VNeID",
        "OpenAPI",
        "Embedly",
        "Python",
        "JavaScript",
        "OAuth",
        "openid",
        "IPv",
        "sha",
        "https",
        "podcast",
    ),
    # Services, and what they call themselves.
    *("Facebook", "Official", "Account", "Mocha"),
    # A standard, and what it calls its parameters.
    *("Open", "description", "hamlet", "lat", "services"),
    # Peoples whose languages are heard on the radio.
    *("Bru", "Hrê", "Khmer", "Mnông", "Raglai", "Xtiêng"),
    *("micrô", "Micrô", "WebM", "Piper", "macro"),
    *("Referer", "Referrer", "referrer", "Policy", "cookie", "Cookie", "token", "web", "byte", "googol"),
    *(
        "Google",
        # A command, and the last part of an address.
        "dinhlang",
        "host",
        "site",
        # Sizes of what is printed.
        "cm",
        "mm",
        "inch",
        # Kinds of sound files: MP3, M4A.
        "MP",
        "M",
        # Kinds of feeds and addresses.
        "Atom",
        "http",
        # Metres.
        "m",
        "truc",
        "Authenticator",
        "Zalo",
        "Android",
        "iPhone",
        "iPad",
        "Outlook",
        "Thunderbird",
        "Word",
        "Excel",
        "PowerPoint",
    ),
    *("Enter", "F", "T", "v", "z", "Z"),
    # What methods of surveys are called, whose interval it is, and words of the file of a form.
    *(
        "B",
        "C",
        "Wilson",
        "QH",
        "likert",
        "single",
        "overall",
        "least",
        "most",
        "correct",
        "true",
        "false",
        "null",
        "format",
        "score",
    ),
    "Atom",
}
"""Not Vietnamese, and right: names, units and what stands on a key."""
LANGUAGES = {name for _, name in global_settings.LANGUAGES}
"""Their names in Vietnamese are often those of countries."""


def forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def called(message: Message) -> str:
    return forms(message.id)[0][:60]


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_every_sentence_has_its_translation(catalogue: tuple[str, str]) -> None:
    assert translations.missing(*catalogue) == [], (
        "scripts/translations.py update, then fill the empty entries"
    )


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_what_is_translated_is_still_said(catalogue: tuple[str, str]) -> None:
    assert translations.left_over(*catalogue) == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_a_translation_is_whole_and_keeps_its_places(catalogue: tuple[str, str]) -> None:
    assert len(EVERY[catalogue]) > 50
    for message in EVERY[catalogue]:
        assert not message.fuzzy, called(message)
        for ours in forms(message.string):
            assert ours, called(message)
            theirs = Counter(PLACES.findall(forms(message.id)[-1]))
            used = Counter(PLACES.findall(ours))
            # A name may be left out, a place that is filled in order may not.
            assert used <= theirs, called(message)
            assert {one: n for one, n in theirs.items() if "(" not in one} == {
                one: n for one, n in used.items() if "(" not in one
            }, called(message)
            # A link may be left out whole.
            assert sorted(TAGS.findall(ours)) in ([], sorted(TAGS.findall(forms(message.id)[-1]))), called(
                message
            )
            assert [ours.startswith("\n"), ours.endswith("\n")] == [
                forms(message.id)[0].startswith("\n"),
                forms(message.id)[0].endswith("\n"),
            ], called(message)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=NAMES)
def test_the_compiled_translation_is_not_older_than_its_source(catalogue: tuple[str, str]) -> None:
    source = translations.path_of(*catalogue)
    made = source.with_suffix(".mo")
    assert made.exists(), "run: make setup"
    assert made.stat().st_mtime >= source.stat().st_mtime, "run: make setup"


def test_ours_win_over_those_that_came_with_the_packages() -> None:
    with translation.override("vi"):
        for message in EVERY["vi", "django"]:
            ours = forms(message.string)[0]
            if isinstance(message.id, str):
                found = {
                    translation.pgettext(message.context, message.id)
                    if message.context
                    else translation.gettext(message.id)
                }
            else:
                found = {
                    translation.npgettext(message.context, *message.id, count)
                    if message.context
                    else translation.ngettext(*message.id, count)
                    for count in (1, 12)
                }
            assert found == {ours}, called(message)


def test_no_vietnamese_stays_english() -> None:
    for message in VIETNAMESE:
        for said in forms(message.string):
            assert said != forms(message.id)[-1] or PLACES.sub("", said).strip() in {"byte"}, said


def our_vietnamese() -> list[str]:
    """What we say for the packages, and what we say ourselves."""
    for_others = [
        said for message in VIETNAMESE if message.id not in LANGUAGES for said in forms(message.string)
    ]
    groups = translations.said("en", "django").values()
    own = [said for messages in groups for message in messages.values() for said in forms(message.id)]
    assert len(own) > 1000
    return [*for_others, *own]


def test_our_vietnamese_is_calm_and_written_as_the_house_writes_it() -> None:
    for said in our_vietnamese():
        assert "!" not in said, said
        assert "chắc chắn" not in said.lower(), said
        assert "..." not in said, said
        assert not re.search(r"\w'\w|'[^\s']", said), said
        assert house_style(said) == said, said


def test_every_word_of_our_vietnamese_is_a_vietnamese_syllable() -> None:
    strange = {
        (word, said)
        for said in our_vietnamese()
        for word in WORDS.findall(NOT_SPOKEN.sub(" ", said))
        if not is_syllable(word) and word not in NAMES_OF_THINGS
    }
    assert not strange, sorted(strange)


def test_every_name_that_marks_a_sentence_is_known_to_the_extraction() -> None:
    names = {
        name
        for path in translations.OURS.rglob("*.py")
        for name in re.findall(r"import n?p?gettext\w*(?: as (\w+))?", path.read_text("utf-8"))
        if name
    }

    assert "_" in names
    assert names <= translations.KEYWORDS.keys()
