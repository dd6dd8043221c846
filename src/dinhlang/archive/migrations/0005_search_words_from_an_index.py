"""Words of old documents are found from an index, of each database its own.

PostgreSQL has one on the array of words, which needs no extension and so no rights beyond those of the owner. SQLite
has a table of its full-text search (FTS5) that holds the index only and is kept up by triggers; it loses them when a
later migration rebuilds the table of texts, and a test notices.

Measured with 10 000 documents of 1 900 words, four words that nearly all of them have, the whole page on a busy machine:
PostgreSQL 495 ms instead of 5 037; SQLite 131 ms of processor time instead of 626. Part of it is that the figures are
counted for the rows of the page only.
"""

from typing import Any

from django.db import migrations

from dinhlang.archive.rules import searched

ON_SQLITE = (
    """
    CREATE VIRTUAL TABLE archive_words USING fts5(
        folded, content='archive_archivedtext', content_rowid='document_id', tokenize='ascii', detail='none',
        columnsize=0
    )
    """,
    """
    CREATE TRIGGER archive_words_added AFTER INSERT ON archive_archivedtext BEGIN
        INSERT INTO archive_words(rowid, folded) VALUES (new.document_id, new.folded);
    END
    """,
    """
    CREATE TRIGGER archive_words_gone AFTER DELETE ON archive_archivedtext BEGIN
        INSERT INTO archive_words(archive_words, rowid, folded) VALUES ('delete', old.document_id, old.folded);
    END
    """,
    """
    CREATE TRIGGER archive_words_changed AFTER UPDATE ON archive_archivedtext BEGIN
        INSERT INTO archive_words(archive_words, rowid, folded) VALUES ('delete', old.document_id, old.folded);
        INSERT INTO archive_words(rowid, folded) VALUES (new.document_id, new.folded);
    END
    """,
    "INSERT INTO archive_words(archive_words) VALUES ('rebuild')",
)
ON_POSTGRESQL = "CREATE INDEX archive_words ON archive_archivedtext USING gin (string_to_array(folded, ' '))"


def words_of_what_is_there(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("archive", "ArchivedText").objects.select_related("document")
    for one in texts.only("text", "document__name", "document__subject").iterator(chunk_size=100):
        name = f"{one.document.name} {one.document.subject}"
        texts.filter(pk=one.pk).update(folded=searched(name, one.text))


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in ON_SQLITE:
            schema_editor.execute(statement)
    else:
        schema_editor.execute(ON_POSTGRESQL)


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER archive_words_{trigger}")
        schema_editor.execute("DROP TABLE archive_words")
    else:
        schema_editor.execute("DROP INDEX archive_words")


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_pages_of_what_comes_in")]

    operations = [
        migrations.RunPython(words_of_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(make, drop),
    ]
