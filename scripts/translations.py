#!/usr/bin/env python3
"""What our translations must say, and what they lack; docs/translation.md says how to work with it.

`.venv/bin/python scripts/translations.py missing` names every message without a translation and every translation
that nobody asks for any more. `… update` writes the catalogues anew in their order: an empty entry for each
message that is missing, none for those that are gone. Both end with 1 when something is to be done by hand.

Vietnamese (`vi`) covers what the packages say in English. English (`en`) covers what we say in Vietnamese.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

OURS = Path(__file__).resolve().parent.parent / "src" / "dinhlang"
LOCALE = OURS / "locale"
CATALOGUES = (("vi", "django"), ("en", "django"))

SHIP_ENGLISH = (
    "django/conf",
    "django/contrib/auth",
    "django/contrib/contenttypes",
    "django/contrib/humanize",
    "django/contrib/sessions",
    "allauth",
)
"""Packages with a catalogue of their English."""

SHIP_NONE = ("axes", "django_tasks", "django_tasks_db")
"""Packages whose words have to be read from their source."""

AS_THEY_ARE = frozenset(
    {
        "…", ":", ", ", ":?.!", "IPv4", "IPv6", "%s KB", "%s MB", "%s GB", "%s TB", "%s PB",
        "%(truncated_text)s…", "%(field_label)s:", "%(time_zone_option)s: %(localized_time_zone_label)s",
    }
)  # fmt: skip
"""The same in Vietnamese."""

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

"""What marks a sentence: Django's names, and those we import them as."""

HEADS = {
    "vi": "# Our Vietnamese for every sentence of the packages. What is here wins over what they ship.",
    "en": "# English for the sentences of our own, which are Vietnamese in the source.",
}
PLURALS = {"vi": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}

Key = tuple[str | None, str]
Said = dict[str, dict[Key, Message]]
"""Who says it → the message by its context and its (singular) text."""


def path_of(language: str, domain: str) -> Path:
    """Where our catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def key_of(message: Message) -> Key:
    """What tells a message from all others of its catalogue."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def read(path: Path) -> list[Message]:
    """The messages of a catalogue without its head; none when there is no such file."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def said(language: str, domain: str) -> Said:
    """All that has to be translated into a language, each message once, under who says it first."""
    found: Said = {}
    seen: dict[Key, Message] = {}
    for who, message in _spoken(language, domain):
        key = key_of(message)
        if key not in seen:
            seen[key] = found.setdefault(who, {})[key] = message
        elif isinstance(seen[key].id, str) and not isinstance(message.id, str):
            seen[key].id = message.id  # one entry serves those who count and those who do not
    return found


def _spoken(language: str, domain: str) -> Iterator[tuple[str, Message]]:
    if language == "en":
        for room in sorted(path for path in OURS.iterdir() if path.is_dir() and path != LOCALE):
            yield from ((room.name, message) for message in _extracted(room))
        return
    for home in SHIP_ENGLISH:
        package, *rest = home.split("/")
        path = _package(package).joinpath(*rest, "locale", "en", "LC_MESSAGES", f"{domain}.po")
        yield from ((home.replace("/", "."), message) for message in read(path))
    if domain == "django":
        for package in SHIP_NONE:
            yield from ((package, message) for message in _extracted(_package(package)))


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise LookupError(f"{name} is not installed")
    return Path(spec.origin).parent


def _extracted(folder: Path) -> Iterator[Message]:
    for path in sorted(folder.rglob("*")):
        if {"tests", "migrations", "locale"} & set(path.relative_to(folder).parts):
            continue
        if path.suffix == ".py":
            source = path.read_text("utf-8")
        elif "templates" in path.parts and path.is_file():
            # What Django's tags say, as Python; the lines around them may be indented in any way.
            lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)
        else:
            continue
        for _, text, _, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
            if text if isinstance(text, str) else all(text):
                yield Message(text, context=context)


def missing(language: str, domain: str) -> list[Key]:
    """What is said and not translated, in order."""
    ours = {key_of(one) for one in read(path_of(language, domain)) if one.string and all(one.string)}
    keys = [key for messages in said(language, domain).values() for key in messages]
    return [key for key in keys if key not in ours and key[1] not in AS_THEY_ARE]


def left_over(language: str, domain: str) -> list[Key]:
    """What is translated and not said by anybody."""
    spoken = {key for messages in said(language, domain).values() for key in messages}
    return [key for one in read(path_of(language, domain)) if (key := key_of(one)) not in spoken]


def update(language: str, domain: str) -> None:
    """Write the catalogue anew: by who says it, then by text, with what was translated before."""
    before = {key_of(one): one for one in read(path_of(language, domain))}
    catalogue = Catalog(language)
    for who, messages in said(language, domain).items():
        head = [f"--- {who}"]
        for key in sorted(messages, key=lambda key: (key[1], key[0] or "")):
            if key[1] in AS_THEY_ARE:
                continue
            text, old = messages[key].id, before.get(key)
            string = old.string if old else ""
            if not isinstance(text, str) and isinstance(string, str):
                string = (string,) * (1 if language == "vi" else 2)
            catalogue.add(text, string, context=key[0], user_comments=head)
            head = []
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True)
    head_lines = [
        HEADS[language],
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: dinhlang\\n"',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {PLURALS[language]}\\n"',
    ]
    path = path_of(language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(head_lines) + "\n\n" + body.getvalue().decode().strip() + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Say or write; 1 when something is left to do by hand."""
    if arguments not in (["missing"], ["update"]):
        print(__doc__)
        return 2
    wanting = 0
    for language, domain in CATALOGUES:
        if arguments == ["update"]:
            update(language, domain)
        for why, keys in (
            ("missing", missing(language, domain)),
            ("left over", left_over(language, domain)),
        ):
            wanting += len(keys)
            for context, text in keys:
                print(f"{language}/{domain}: {why}: {f'[{context}] ' if context else ''}{text!r}")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
