"""Who issued a document: from the letterhead, else from the body that the text itself speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dinhlang.officialdoc.model import Issuer
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.words import BODY, LEVEL, fold, level_of, pattern, words_after

_OWN = r"\s+(?:«đã»\s+)?(?:«báo cáo»|«ban hành»|«xây dựng»|«thông báo»|«đề nghị»|«kính đề nghị»|«trân trọng»|«yêu cầu»)"
# The whole of a long text says no more about its issuer than its first and last pages do.
_PASSAGES = 400


def from_letterhead(bodies: Sequence[str]) -> Issuer | None:
    """The last body of the letterhead issues, the one above it is the parent."""
    if not bodies:
        return None
    name = bodies[-1]
    kind, unit = _placed(name)
    if unit is None and len(bodies) > 1:
        kind, unit = _placed(bodies[-2])
    return Issuer(name, kind, unit, " ".join(bodies[:-1]) or None)


def _placed(name: str) -> tuple[str | None, str | None]:
    """'ỦY BAN NHÂN DÂN XÃ TÁI SƠN' lies in the 'xã' of 'Tái Sơn'."""
    found = pattern(rf"(?<!\w)(?<!- )(?P<level>{LEVEL})\s+(?=\S)").search(fold(name))
    if found is None:
        return None, None
    unit = re.split(r"\s[-–(]|,", name[found.end() :])[0].strip()
    if unit.isupper() and not any(character.isdigit() for character in unit):
        unit = " ".join(word.capitalize() for word in unit.split())
    return level_of(found["level"]), unit or None


def from_text(passages: Sequence[Passage], damaged: bool) -> Issuer | None:
    """The commune-level body that the text names most often, most of all as the one that reports."""
    counted: Counter[tuple[str, str]] = Counter()
    forms: dict[tuple[str, str], list[str]] = {}
    printed: dict[tuple[str, str], str] = {}
    for words in (*passages[:_PASSAGES], *passages[-_PASSAGES:]):
        for found in pattern(rf"(?<!\w)(?P<body>{BODY})\s+(?P<level>{LEVEL})\s+", damaged).finditer(
            words.folded
        ):
            level = level_of(found["level"], damaged)
            name = words_after(words.text, found.end())
            if not name or level not in ("xã", "phường", "thị trấn", "đặc khu"):
                continue
            key = (level, _skeleton(name) if damaged else fold(name))
            after = found.end() + len(name)
            counted[key] += 5 if pattern(_OWN, damaged).match(words.folded, after) else 1
            forms.setdefault(key, []).append(name)
            printed.setdefault(key, _body(words, found, damaged))
    if not counted:
        return None
    key = max(counted, key=lambda one: counted[one])
    name = _best(forms[key])
    body = printed[key].removesuffix(" ")
    return Issuer(f"{body} {key[0]} {name}", key[0], name)


def _body(words: Passage, found: re.Match[str], damaged: bool) -> str:
    """The body as printed; in damaged text it is known well enough to be written well."""
    if not damaged:
        return words.text[found.start("body") : found.end("body")]
    folded = found["body"]
    return "UBND" if folded.startswith("ubnd") else "HĐND" if folded.startswith("hdnd") else "Ủy ban nhân dân"


def _skeleton(name: str) -> str:
    """The consonants of a name: 'T4i Son', 'Téi Son' and 'Tai Son' are one."""
    return re.sub(r"[aeiouy\d&¢€$]+", "*", fold(name))


def _best(forms: Sequence[str]) -> str:
    """The form printed most often, one without digits before one with."""
    counted = Counter(forms)
    return max(counted, key=lambda form: (not any(c.isdigit() for c in form), counted[form], form.isascii()))
