#!/usr/bin/env python3
"""What our translations must say, and what they lack; docs/translation.md says how to work with it.

`.venv/bin/python scripts/translations.py missing` names every message without a translation and every translation
that nobody asks for any more. `… update` writes the catalogues anew in their order: an empty entry for each
message that is missing, none for those that are gone. Both end with 1 when something is to be done by hand.
`… merge BASE OURS THEIRS` is what Git calls where two branches changed a catalogue; CONTRIBUTING.md says how.

Vietnamese (`vi`) covers what the packages say in English. English (`en`) covers what we say in Vietnamese.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
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

SPEAKER = "--- "
"""Begins the comment before the first message of each package or room."""
FUZZY = "fuzzy"
"""What gettext calls a translation that somebody has to look at: it is kept and not used."""

Key = tuple[str | None, str]
Said = dict[str, dict[Key, Message]]
"""Who says it → the message by its context and its (singular) text."""
Spoken = tuple[str, Message]
"""Who says it, and the message."""


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


@cache
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
    """What is said and not translated, in order. A translation in doubt is none."""
    sure = (one for one in read(path_of(language, domain)) if not one.fuzzy)
    ours = {key_of(one) for one in sure if one.string and all(one.string)}
    keys = [key for messages in said(language, domain).values() for key in messages]
    return [key for key in keys if key not in ours and key[1] not in AS_THEY_ARE]


def left_over(language: str, domain: str) -> list[Key]:
    """What is translated and not said by anybody."""
    spoken = {key for messages in said(language, domain).values() for key in messages}
    return [key for one in read(path_of(language, domain)) if (key := key_of(one)) not in spoken]


def update(language: str, domain: str) -> None:
    """Write the catalogue anew: by who says it, then by text, with what was translated before."""
    path = path_of(language, domain)
    before = _spoken_in(path)
    catalogue = Catalog(language)
    for who, messages in said(language, domain).items():
        entries = []
        for key, message in messages.items():
            if key[1] in AS_THEY_ARE:
                continue
            text, old = message.id, before[key][1] if key in before else None
            string = old.string if old else ""
            if not isinstance(text, str) and isinstance(string, str):
                string = (string,) * (1 if language == "vi" else 2)
            entries.append(Message(text, string, context=key[0]))
            if old and old.fuzzy:
                _doubt(entries[-1], old.user_comments)
        _add(catalogue, who, entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, language, catalogue)


def _spoken_in(path: Path) -> dict[Key, Spoken]:
    """The messages of a catalogue, each with who says it."""
    found, who = {}, ""
    for message in read(path):
        heads = [line for line in message.user_comments if line.startswith(SPEAKER)]
        who = heads[0].removeprefix(SPEAKER) if heads else who
        message.user_comments = [line for line in message.user_comments if line not in heads]
        found[key_of(message)] = who, message
    return found


def _doubt(message: Message, why: list[str]) -> None:
    message.flags.add(FUZZY)
    message.user_comments = why


def _add(catalogue: Catalog, who: str, messages: list[Message]) -> None:
    """Add all that somebody says, by its text."""
    head = [f"{SPEAKER}{who}"]
    for one in sorted(messages, key=lambda one: (key_of(one)[1], one.context or "")):
        comments = [*head, *(one.user_comments if one.fuzzy else ())]
        catalogue.add(one.id, one.string, context=one.context, flags=one.flags, user_comments=comments)
        head = []


def _write(path: Path, language: str, catalogue: Catalog) -> None:
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
    path.write_text("\n".join(head_lines) + "\n\n" + body.getvalue().decode().strip() + "\n", "utf-8")


def merge(base: Path, ours: Path, theirs: Path) -> list[Key]:
    """Write into `ours` what both branches say, message by message; give those that are in doubt.

    That is where both have a new translation and not the same: ours is kept, theirs stands in a comment, none is used,
    and `missing` names the message until somebody chose. Who says what can not be asked of the source amid a merge;
    an `update` does it later.
    """
    with ours.open("rb") as file:
        language = str(read_po(file).locale)
    before, here, there = (_spoken_in(path) for path in (base, ours, theirs))
    stays: dict[str, list[Message]] = {who: [] for who in _in_turn(here, there)}
    for key in {**here, **there}:
        if spoken := _of_both(before.get(key), here.get(key), there.get(key)):
            who, message = spoken
            stays[who].append(message)
    catalogue = Catalog(language)
    for who, messages in stays.items():
        _add(catalogue, who, messages)
    _write(ours, language, catalogue)
    return [key_of(message) for messages in stays.values() for message in messages if message.fuzzy]


def _in_turn(here: dict[Key, Spoken], there: dict[Key, Spoken]) -> list[str]:
    """Who speaks in either, in our order; who is new comes after whom they follow there."""
    turns = list(dict.fromkeys(who for who, _ in here.values()))
    for earlier, who in pairwise(["", *dict.fromkeys(who for who, _ in there.values())]):
        if who not in turns:
            turns.insert(turns.index(earlier) + 1 if earlier else 0, who)
    return turns


def _of_both(before: Spoken | None, ours: Spoken | None, theirs: Spoken | None) -> Spoken | None:
    """What stays of a message. Whoever changed it decides, and a translation goes before none."""
    was, here, there = _text(before), _text(ours), _text(theirs)
    if there in (here, was):
        return ours
    if ours is None or not here or here == was:
        return theirs
    if there:
        _doubt(ours[1], [f"another branch: {' | '.join(there)}"])
    return ours


def _text(spoken: Spoken | None) -> tuple[str, ...]:
    """What a message is in the other language, and whether that is in doubt; nothing when it is not translated."""
    if spoken is None or not spoken[1].string or not any(spoken[1].string):
        return ()
    text = spoken[1].string
    return (*((text,) if isinstance(text, str) else text), *([FUZZY] if spoken[1].fuzzy else []))


def main(arguments: list[str]) -> int:
    """Say or write; 1 when something is left to do by hand."""
    if arguments[:1] == ["merge"] and len(arguments) == 4:
        doubts = merge(*map(Path, arguments[1:]))
        for _, text in doubts:
            print(f"two translations, choose one and take the mark “{FUZZY}” away: {text!r}", file=sys.stderr)
        return 1 if doubts else 0
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
