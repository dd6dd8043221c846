"""Rendering anew what changes touch: a few pages at once, many in the worker, all of them when the software changes.

What is to be rendered is written in the database with the change itself (`KeptChange`) and deleted once it is done:
a process that dies between the two leaves the rest to the worker. A page that cannot be rendered is kept no more: then
it is computed for each reader, and an error is seen; never is something shown that was withdrawn.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

import dinhlang
from dinhlang.portal.kept import catalogue, remembered
from dinhlang.portal.kept.rendering import render
from dinhlang.portal.kept.store import Store, Target, can_be_kept
from dinhlang.portal.models import KeptChange
from dinhlang.portal.sites import assets, looks, registry

# More pages than these are left to the worker: whoever publishes need not wait for them.
MOST_AT_ONCE = 60
_log = logging.getLogger(__name__)


def store() -> Store:
    return Store(Path(settings.KEPT))


def refresh() -> None:
    """Render all that committed changes touch, after whatever others want to see at once. For the worker."""
    changes = list(KeptChange.objects.order_by("pk"))
    if not changes:
        return
    tags = _tags_of(changes)
    kept = store()
    own = list(catalogue.brought_by(tags))
    render_all(kept, [*own, *_in_order(kept.showing(tags).difference(own))], is_patient=True)
    KeptChange.objects.filter(pk__in=[change.pk for change in changes]).delete()


def refresh_at_once(changes: Iterable[int], *, most: int = MOST_AT_ONCE) -> None:
    """Render what these changes (their keys) touch, before anything that nobody waits for.

    Of more pages than `most` only the first that the changes bring about: the rest is left to the worker.
    """
    found = list(KeptChange.objects.filter(pk__in=list(changes)).order_by("pk"))
    if not found:
        return
    tags = _tags_of(found)
    kept = store()
    with kept.first():
        first = catalogue.waited_for(tags)
        if first is not None:
            render_all(kept, first)
        own = list(islice(catalogue.brought_by(tags), most + 1))
        touched = [*own, *_in_order(kept.showing(tags, most=most).difference(own))]
        at_once = [target for target in touched if not _can_wait(target)] if first is None else first
        if first is None:
            render_all(kept, at_once[:most])
    if len(touched) > most:
        return
    with transaction.atomic():
        KeptChange.objects.filter(pk__in=[change.pk for change in found]).delete()
        later = [catalogue.tag_of(target) for target in touched if target not in set(at_once)]
        if later:
            KeptChange.objects.create(tags=later, at=timezone.now())


def _tags_of(changes: Iterable[KeptChange]) -> set[str]:
    tags = {tag for change in changes for tag in change.tags}
    remembered.forget()
    if any(tag == "sites" or tag.startswith("site:") for tag in tags):
        registry.forget()
    return catalogue.widened(tags)


def _can_wait(target: Target) -> bool:
    """Whether nobody looks at it after publishing: a map names everything there is, and is for search engines."""
    return target.address.endswith("/sitemap.xml")


def _in_order(targets: Iterable[Target]) -> list[Target]:
    """What people open first: pages before what machines read, short addresses (home, lists) before long ones."""
    return sorted(targets, key=lambda one: (not one.address.endswith("/"), one.address.count("/"), one))


def render_all(kept: Store, targets: Iterable[Target], *, is_patient: bool = False) -> None:
    """Render these pages, one after the other; each is read after what others rendered before."""
    for target in targets:
        if is_patient:
            kept.let_others_first()
        with kept.alone():
            try:
                rendered = render(target)
            except DatabaseError:
                raise
            except Exception:
                # Whatever a page trips over must not hold up the others, nor leave an old page standing.
                _log.exception("%s could not be rendered", target)
                kept.drop(target)
                continue
            if rendered.body is None:
                kept.drop(target)
            else:
                kept.put(target, rendered.body, rendered.tags)


def rebuild() -> int:
    """Render every page anew and drop what is no page any more. Gives how many pages there are."""
    kept = store()
    done = list(KeptChange.objects.values_list("pk", flat=True))
    registry.forget()
    remembered.forget()
    keep_styles(kept)
    wanted = {target for target in catalogue.everything() if can_be_kept(target)}
    render_all(kept, _in_order(wanted), is_patient=True)
    # What is no page any more is dropped by rendering it; what was published meanwhile is one.
    render_all(kept, _in_order(kept.targets() - wanted), is_patient=True)
    (kept.folder / "version").write_text(version(), "utf-8")
    KeptChange.objects.filter(pk__in=done).delete()
    return len(wanted)


def keep_styles(kept: Store) -> None:
    """The style sheets: the one of all pages, and one for each look."""
    kept.put_file(assets.stylesheet_address().lstrip("/"), assets.stylesheet())
    for look in looks.all_looks():
        kept.put_file(f"looks/{looks.name_of(look)}.css", looks.style_of(look).encode())


def is_of_this_version() -> bool:
    """Whether the kept pages were made by the software as it is now."""
    try:
        return (store().folder / "version").read_text("utf-8") == version()
    except OSError:
        return False


@cache
def version() -> str:
    """A name for all that makes pages look as they do: the code of this package, its templates and words."""
    digest = hashlib.sha256(assets.stylesheet())
    root = Path(str(files(dinhlang)))
    for folder, pattern in (("portal", "*.py"), ("portal/templates", "*.html"), ("locale", "*.po")):
        for path in sorted((root / folder).rglob(pattern)):
            if "tests" not in path.relative_to(root).parts:
                digest.update(path.read_bytes())
    digest.update(str(settings.PUBLIC_URL).encode())
    return digest.hexdigest()


def keep_up(*, at: datetime) -> None:
    """One turn of the worker: changes that nobody finished; all pages after an update and at the start of a day.

    Names, successors and what is in force go by the day, so pages do.
    """
    day = store().folder / "day"
    today = localdate(at).isoformat()
    if not is_of_this_version() or not day.exists() or day.read_text("utf-8") != today:
        rebuild()
        day.write_text(today, "utf-8")
    refresh()
