"""The indexes of words outlive migrations that alter their tables: SQLite rebuilds a table for that and drops its triggers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from dinhlang.config import start
from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier
from dinhlang.org.word_index import TRIGGERS, Indexed, mended

if TYPE_CHECKING:
    from conftest import Cast


def _names(statement: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
@pytest.mark.integration
def test_every_index_of_words_is_there_and_kept_up_after_all_migrations() -> None:
    steps = (
        step for each in MigrationLoader(connection).disk_migrations.values() for step in each.operations
    )
    made = {step.index for step in steps if isinstance(step, Indexed)}
    assert made >= {"dossier_words", "case_words"}
    if connection.vendor != "sqlite":
        assert made <= _names("SELECT indexname FROM pg_indexes")
        return
    # Whatever keeps its words in another table, also where no operation of ours made it.
    indexes = {
        name
        for name in _names(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%fts5(%content=''%'"
        )
        if re.fullmatch(r"\w+", name)
    }
    assert indexes >= made | {"archive_words"}
    triggers = _names("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {f"{index}_{end}" for index in indexes for end in TRIGGERS} <= triggers


@pytest.mark.django_db(transaction=True)
@pytest.mark.integration
@pytest.mark.one_database
def test_a_constraint_that_rebuilds_the_table_leaves_a_search_that_finds_what_is_new(cast: Cast) -> None:
    def written(words: str) -> Dossier:
        return Dossier.objects.create(
            unit=cast.commune, key=uuid4(), folded=words, presented_at=cast.now, entered_at=cast.now
        )

    def found(words: str) -> set[int]:
        rows = queries.dossiers([cast.commune.pk], queries.Asked(words=words), at=cast.now)
        return set(rows.values_list("pk", flat=True))

    before = written(" dat dai ")
    assert mended("default") == []
    assert start.is_up_to_date()
    try:
        with connection.schema_editor() as editor:
            editor.add_constraint(Dossier, Dossier._meta.constraints[-1])
        unseen = written(" ho tich ")
        assert found("ho tich") == set()
        # Killed here, before what follows the migrations: the next start does it.
        assert not start.is_up_to_date()
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        assert found("ho tich") == {unseen.pk}
        unseen.folded = " chung thuc "
        unseen.save(update_fields=["folded"])
        assert (found("ho tich"), found("chung thuc"), found("dat dai")) == (set(), {unseen.pk}, {before.pk})
    finally:
        mended("default")
