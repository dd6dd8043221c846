"""What to bring: the papers of a dossier as a list to tick off, grouped as they were published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dinhlang.procedures.rules.changes import count_words
from dinhlang.procedures.rules.sheet import Paper, Sheet


@dataclass(frozen=True, slots=True)
class Item:
    """One paper to bring. `count` says how many ('1 bản chính, 2 bản sao'), '' when it was not said."""

    name: str
    count: str
    form: str


@dataclass(frozen=True, slots=True)
class Group:
    """Papers under one heading ('Giấy tờ phải nộp'), '' when they stand under none. `notes` are no papers to bring."""

    title: str
    items: tuple[Item, ...]
    notes: tuple[str, ...]


def checklist(sheet: Sheet) -> list[Group]:
    """The papers in their groups. Rows that ask for no paper ('0 bản chính' and nothing else) are notes beside them."""
    groups: list[Group] = []
    for title, papers in _grouped(sheet.papers):
        notes = [one for one in papers if _is_note(one)]
        items = tuple(
            Item(_clean(one.name), count_words(one), one.form) for one in papers if one not in notes
        )
        groups.append(
            Group(_clean(title).rstrip(":").strip(), items, tuple(_clean(one.name) for one in notes))
        )
    return groups


def _grouped(papers: Iterable[Paper]) -> Iterable[tuple[str, list[Paper]]]:
    found: dict[str, list[Paper]] = {}
    for one in papers:
        found.setdefault(one.group, []).append(one)
    return found.items()


def _is_note(paper: Paper) -> bool:
    return paper.originals == 0 and not paper.copies and not paper.form


def _clean(text: str) -> str:
    """The words without the dash or star that a list was typed with."""
    return text.lstrip("-–+*• ").strip()
