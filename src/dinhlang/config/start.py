"""Making an installation ready for use: Django set up, database there and up to date, places loaded."""

from __future__ import annotations

import gc
import os
import secrets
import sys

from dinhlang.config import locks, versions
from dinhlang.config.environment import BadSetting, kept
from dinhlang.config.progress import bar

# Held until the process ends: while it is, no restore can swap the data under our feet.
_held: list[locks.Lock] = []


class DataInUse(Exception):
    """The data folder cannot be used now; the message says why and what to do."""


class WrongVersion(Exception):
    """The database was made by another version of the software; the message says what to do."""


def setup() -> None:
    """Set up Django. Raises `BadSetting` when a variable of the environment is malformed."""
    # There is one settings file; a variable left over from another Django project must not choose another.
    os.environ["DJANGO_SETTINGS_MODULE"] = "dinhlang.config.settings"
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def ready() -> None:
    """Set up Django and bring the database up to date, making it when it is not there.

    Quick when nothing is to do, safe when several processes start at once. Raises `BadSetting` when the
    database cannot be reached, `DataInUse` while a restore is going on and `WrongVersion` when the database was
    made by another version of the software.
    """
    setup()
    hold_data()
    from django.conf import settings
    from django.db import DatabaseError
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        # Looking is under the lock too: SQLite refuses two processes that open a new file at the same moment, because the
        # first to open it changes how its journal is kept, and that waits for nobody.
        with locks.held(settings.DATA, locks.MIGRATE, alone=True, wait=True):
            if not is_up_to_date():
                _bring_up_to_date()
    except DatabaseError as error:
        raise BadSetting(_unusable(error)) from error
    except InconsistentMigrationHistory as error:
        raise WrongVersion(
            "Cơ sở dữ liệu không khớp với phiên bản phần mềm này. "
            "Hãy dùng đúng phiên bản đã tạo ra nó, hoặc khôi phục từ một bản sao lưu."
        ) from error


def settle() -> None:
    """Take what is loaded now out of the garbage collector's sight; called once by a process that will serve requests.

    Hundreds of thousands of objects of Django and the templates live as long as the process. Looking through them
    again and again held one request in twenty up by 100 to 200 ms.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # imports what the first request would import
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def has_demo() -> bool:
    """Whether the demo commune is there, at least begun."""
    from dinhlang.org.models import Unit

    return Unit.objects.filter(is_demo=True).exists()


def load_demo() -> tuple[str, list[tuple[str, str]]]:
    """Load the demo commune, room by room, where it is not there. Give its passphrase and the people: username and title.

    The passphrase is made once for this installation and kept in the data folder, for its owner's eyes.
    """
    from django.conf import settings
    from django.utils import timezone

    from dinhlang.archive import actions as archive
    from dinhlang.broadcast import actions as broadcast
    from dinhlang.citizens import demo as citizens
    from dinhlang.citizens.contests import demo as contests
    from dinhlang.citizens.surveys import demo as surveys
    from dinhlang.citizens.training import demo as trainings
    from dinhlang.onestop import actions as onestop
    from dinhlang.onestop.guidance import demo as guidance
    from dinhlang.onestop.support import demo as support
    from dinhlang.org import actions as org
    from dinhlang.org.changes import demo as changes
    from dinhlang.portal.demo import actions as news
    from dinhlang.portal.demo import channels
    from dinhlang.portal.public import actions as portal
    from dinhlang.privacy import demo as privacy
    from dinhlang.procedures import actions as procedures
    from dinhlang.reports.approval import actions as reports
    from dinhlang.reports.demo import notable, upward
    from dinhlang.work import actions as work

    made = "-".join(secrets.token_hex(2) for _ in range(4))
    passphrase = kept(settings.DATA / "demo-passphrase", made)
    at = timezone.now()
    people = org.load_demo(at=at, passphrase=passphrase)
    people += changes.load_demo(at=at, passphrase=passphrase)
    work.load_demo(at=at)
    work.load_demo_beside(at=at)
    procedures.load_demo(at=at)
    broadcast.load_demo(at=at)
    onestop.load_demo(at=at)
    guidance.load_demo(at=at)
    support.load_demo(at=at)
    citizens.load_demo(at=at)
    surveys.load_demo(at=at)
    trainings.load_demo(at=at)
    contests.load_demo(at=at)
    privacy.load_demo(at=at)
    reports.load_demo(at=at)
    portal.load_demo(at=at)
    news.load_demo(at=at)
    channels.load_channels(at=at)
    news.open_demo_plans(at=at)
    archive.load_demo(at=at)
    upward.load_demo(at=at)
    notable.load_demo(at=at)
    news.open_demo_duties(at=at)
    return passphrase, people


def hold_data() -> None:
    """Keep restores away from the data folder until this process ends. Raises `DataInUse` during one."""
    if _held:
        return
    from django.conf import settings

    from dinhlang.config import restore

    lock = locks.Lock(settings.DATA, locks.USE)
    try:
        if restore.is_unfinished(settings.DATA):
            with locks.held(settings.DATA, locks.USE, alone=True):
                restore.finish(settings.DATA)
        lock.take(alone=False)
    except locks.Taken:
        raise DataInUse(
            f"Dữ liệu trong thư mục “{settings.DATA}” đang được khôi phục. Hãy đợi xong rồi chạy lại."
        ) from None
    _held.append(lock)


def is_up_to_date() -> bool:
    """Whether every migration on disk is in the database, the places are loaded, and the indexes of words are kept up.

    Compares file names with the table of applied migrations, without importing any migration: that takes
    milliseconds, where Django's own check takes most of a second. Raises `WrongVersion` for a database that has
    migrations which this version cannot go on from: its rows may mean something else.
    """
    from django.db import connection

    if "django_migrations" not in connection.introspection.table_names():
        return False
    from django.db.migrations.recorder import MigrationRecorder

    from dinhlang.org import word_index

    applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    if reason := versions.unfit(applied):
        raise WrongVersion(f"Cơ sở dữ liệu {reason} chạy lại.")
    # Whoever is killed between the last migration and what follows it (`word_index.mended`) has all of them and no index.
    return versions.on_disk() <= applied and _places_are_loaded() and not word_index.lost("default")


def _places_are_loaded() -> bool:
    from dinhlang.org.models import Unit

    return Unit.objects.exists()


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    sys.stderr.write("Đang chuẩn bị cơ sở dữ liệu…\n")
    call_command("migrate", interactive=False, verbosity=0)
    from dinhlang.org.actions import load_places

    with bar("Đang nạp danh mục đơn vị hành chính") as progress:
        load_places(progress=progress)


def _unusable(error: Exception) -> str:
    from django.db import connection

    from dinhlang.config import complaints

    return (
        f"Không dùng được cơ sở dữ liệu “{connection.settings_dict['NAME']}”: {complaints.explained(error)}"
    )
