"""Words of very many dossiers are found on other ways than rare ones: each gives the same rows in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.tests.counters import Counter
from dinhlang.org import word_index
from dinhlang.org.models import Unit
from dinhlang.org.views import LongPaginator
from dinhlang.org.word_index import _Asked

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ALWAYS, NEVER = 1, 10**9
# How many of the newest rows must have words that are read along the list, to ask for no keys, and how many keys are many.
WAYS = {
    "along the list": {"COMMON": ALWAYS},
    "as the database likes": {"COMMON": NEVER, "SOME": ALWAYS},
    "gathered first": {"COMMON": NEVER, "SOME": NEVER, "MOST": 0},
    "by keys": {"COMMON": NEVER, "SOME": NEVER},
}
WORDS = ("ho", "tich", "dat", "dai", "chung", "thuc", "chungcu", "moi", "xua")


def filled(units: list[Unit], counter: Counter) -> list[Dossier]:
    dice = Random(8)  # noqa: S311 - for a test
    return Dossier.objects.bulk_create(
        Dossier(
            unit=dice.choice(units),
            key=UUID(int=number),
            folded=f" {' '.join(dice.sample(WORDS[:-1], 3))} {'xua ' if number < 4 else ''}",
            field=dice.choice(("Hộ tịch", "Đất đai")),
            presented_at=counter.now + timedelta(minutes=number // 2),
            entered_at=counter.now,
        )
        for number in range(120)
    )


def slowly(rows: list[Dossier], unit: Unit, asked: queries.Asked) -> list[int]:
    """The same as the desk's search, by reading every row."""
    words = asked.words.split()

    def having(fits: Callable[[set[str]], bool]) -> list[Dossier]:
        return [one for one in rows if fits(set(one.folded.split()))]

    found = having(lambda there: there.issuperset(words))
    if not found:
        found = having(
            lambda there: there.issuperset(words[:-1]) and any(one.startswith(words[-1]) for one in there)
        )
    kept = [one for one in found if one.unit_id == unit.pk and asked.field in ("", one.field)]
    return [one.pk for one in sorted(kept, key=lambda one: (one.presented_at, one.pk), reverse=True)]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_common_words_gives_what_reading_every_row_gives(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name, value in WAYS[way].items():
        monkeypatch.setattr(word_index, name, value)
    monkeypatch.setattr(_Asked, "are_common", lambda _self: way != "by keys")
    monkeypatch.setattr(LongPaginator, "MOST", 9)
    unit, other = counter.cast.commune, counter.cast.neighbour_commune
    rows, some = filled([unit, unit, other], counter), 0
    pairs = [f"{one} {two}" for one, two in product(WORDS, ("tich", "xua", "khongco"))]
    for words, field in product((*WORDS, *pairs, "ho tich dat", "chu", "dat chu"), ("", "Hộ tịch")):
        asked = queries.Asked(words=words, field=field)
        for where in (unit, other):
            wanted = slowly(rows, where, asked)
            found = queries.dossiers([where.pk], asked, at=counter.now)
            assert [one.pk for one in found] == wanted, (words, field)
            pages = LongPaginator(found.all(), 4)
            assert (pages.count, pages.is_cut) == (min(len(wanted), 9), len(wanted) > 9), (words, field)
            last = [one.pk for one in pages.get_page(pages.num_pages)]
            assert last == wanted[:9][4 * (pages.num_pages - 1) :], (words, field)
            some += len(wanted) > 9
        both = queries.dossiers([unit.pk, other.pk], asked, at=counter.now)
        assert {one.pk for one in both} == {
            *slowly(rows, unit, asked), *slowly(rows, other, asked)
        }  # fmt: skip
    assert some > 20
    # A number is that of a dossier too, whatever words it is.
    numbered = counter.receive()
    Dossier.objects.filter(pk__in=[one.pk for one in rows[:3]]).update(folded=f" {numbered.number} ")
    found = queries.dossiers([numbered.unit_id], queries.Asked(words=str(numbered.number)), at=counter.now)
    assert numbered.pk in {one.pk for one in found}
    assert {one.pk for one in found} >= {one.pk for one in rows[:3] if one.unit_id == numbered.unit_id}


# A skipped test counts as a failed one: SQLite, which is never asked, has none.
if connection.vendor == "postgresql":

    def test_postgresql_knows_which_words_are_common_once_it_has_looked(
        counter: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(word_index, "MOST", 10)
        filled([counter.cast.commune], counter)
        asked = _Asked("dossier_words", "onestop_dossier", ["ho", "tich"], is_begun=False)
        assert not asked.are_common()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE onestop_dossier")
        assert asked.are_common()
        assert not replace(asked, words=["ho", "xua"]).are_common()
        assert not replace(asked, words=["ho", "khongco"]).are_common()
