"""What has to be done every little while: the worker does it beside its tasks, in a thread of its own."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from itertools import count

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

EVERY_SECONDS = 30.0
FOLLOWED_EVERY_SECONDS = 1.0
SUMMED_EVERY_SECONDS = 1.0
RECEIPTS_EVERY_SECONDS = 1.0
MQTT_EVERY_SECONDS = 0.25
PAGES_EVERY_SECONDS = 2.0
PICTURES_EVERY_SECONDS = 3.0
CHANNELS_EVERY_SECONDS = 5.0
TURNS_OF_AN_HOUR = 120
Deed = Callable[..., object]
_log = logging.getLogger(__name__)


def tick_for_ever() -> None:
    """Do what is due, again and again (for a daemon thread of the worker). A turn that fails does not end the others."""
    for turn in count():
        tick(turn)
        time.sleep(EVERY_SECONDS)


def follow_for_ever() -> None:
    """Index what changed for search, a second after it did (for a daemon thread of the worker)."""
    from dinhlang.portal.search import actions as search

    while True:
        close_old_connections()
        _done(search.follow)
        time.sleep(FOLLOWED_EVERY_SECONDS)


def add_up_for_ever() -> None:
    """Add what changed in any ledger to the sums of the levels above (for a daemon thread of the worker). Apart from
    the rest: whoever looks from above sees a line some seconds after it was written."""
    from dinhlang.work.rollup import actions as rollup

    while True:
        close_old_connections()
        _done(rollup.catch_up)
        time.sleep(SUMMED_EVERY_SECONDS)


def log_receipts_for_ever() -> None:
    """Copy what devices acknowledged of emergencies into the air logs (for a daemon thread of the worker)."""
    from dinhlang.broadcast.emergency import actions as emergency

    while True:
        close_old_connections()
        _done(emergency.log_receipts)
        time.sleep(RECEIPTS_EVERY_SECONDS)


def speak_mqtt_for_ever() -> None:
    """Push emergencies over the broker that the operator named (for a daemon thread of the worker)."""
    from django.conf import settings

    from dinhlang.broadcast.players.mqtt.bridge import Bridge

    bridge = Bridge(settings.MQTT, name=f"dinhlang-{os.getpid()}")
    bridge.start()
    while True:
        close_old_connections()
        _done(bridge.turn)
        bridge.wait(MQTT_EVERY_SECONDS)


def tick(turn: int = 0) -> None:
    """One turn: what is done in each, and in the first of an hour also what can wait that long."""
    from dinhlang.archive import actions as archive
    from dinhlang.broadcast import actions as broadcast
    from dinhlang.broadcast.players import actions as players
    from dinhlang.broadcast.voicing import actions as voicing
    from dinhlang.citizens import actions as citizens
    from dinhlang.onestop import actions as onestop
    from dinhlang.onestop.guidance import counting as guidance
    from dinhlang.onestop.imports import actions as imports
    from dinhlang.onestop.support import counting as support
    from dinhlang.org import actions as org
    from dinhlang.org.changes import actions as changes
    from dinhlang.portal import case_mail, dossier_mail, duty_mail, privacy_mail, training_mail
    from dinhlang.portal.digest import actions as digest
    from dinhlang.portal.listening import actions as listening
    from dinhlang.portal.listening import steps
    from dinhlang.portal.newsroom import actions as newsroom
    from dinhlang.portal.newsroom import heartbeat, visits
    from dinhlang.portal.search import actions as search
    from dinhlang.portal.voices import mailing
    from dinhlang.privacy import reminding as privacy_reminding
    from dinhlang.reports.bundles import actions as bundles
    from dinhlang.reports.duties import actions as duties
    from dinhlang.reports.duties import measuring
    from dinhlang.work import actions as work
    from dinhlang.work.rollup import actions as rollup

    close_old_connections()
    due: list[Deed] = [
        rollup.follow_placements,
        newsroom.publish_due,
        broadcast.count_due,
        players.watch_devices,
        voicing.resume,
        listening.ask_due,
        steps.ask_due,
        heartbeat.beat,
        visits.collect,
        digest.send_due,
        archive.sweep_checks,
        archive.look_into_inbox,
        archive.resume_intakes,
        duties.read_waiting,
        bundles.resume_bundles,
        imports.resume_imports,
        citizens.look_at_files,
        onestop.keep_years,
        training_mail.mail_invitations,
        mailing.mail_senders,
    ]
    if turn % TURNS_OF_AN_HOUR == 0:
        due += [work.sweep_drafts, work.sweep_files, visits.record_days, newsroom.send_digests]
        due += [search.note_days, search.forget_old_questions]
        due += [changes.pass_on_due, duties.open_due, duties.remind_due, duty_mail.mail_reminders]
        due += [measuring.measure_missing, bundles.sweep_bundles, broadcast.check_logs]
        due += [digest.forget_due]
        due += [
            onestop.count_due,
            onestop.remind_due,
            dossier_mail.mail_dossier_reminders,
            onestop.recount_open,
        ]
        due += [guidance.count_guided, support.count_supported]
        due += [
            citizens.take_back,
            citizens.remind_due,
            case_mail.mail_case_reminders,
            citizens.close_due,
            citizens.record_days,
        ]
        due += [citizens.sweep_letters]
        due += [privacy_reminding.remind_due, privacy_mail.mail_privacy_reminders]
        due += [org.erase_again, org.erase_due]
    for do in due:
        _done(do)


def _done(do: Deed) -> None:
    try:
        do(at=timezone.now())
    except (DatabaseError, OSError):
        # The database is busy or restarting, a folder is not there now: the next turn comes soon.
        _log.warning("%s failed", do.__name__, exc_info=True)


def keep_pages_for_ever() -> None:
    """Render public pages that changes touch (for a daemon thread of the worker). Apart from the rest: after an update
    all pages are rendered, and what is due must not wait for them."""
    from dinhlang.portal.kept import refreshing

    while True:
        close_old_connections()
        _done(refreshing.keep_up)
        time.sleep(PAGES_EVERY_SECONDS)


def take_pictures_for_ever() -> None:
    """Get pictures of an old site that an import asked for (for a daemon thread of the worker). Apart from the rest:
    the old site may be slow, and what is due must not wait for it."""
    from dinhlang.portal.newsroom import actions as newsroom

    while True:
        close_old_connections()
        _done(newsroom.take_old_pictures)
        time.sleep(PICTURES_EVERY_SECONDS)


def send_for_ever() -> None:
    """Send what waits for other channels, and ask them what they have (for a daemon thread of the worker). Apart from the
    rest: a service may be slow."""
    from dinhlang.broadcast.channels import actions as channels

    while True:
        close_old_connections()
        for do in (channels.turn, channels.check_channels, channels.read_figures):
            _done(do)
        time.sleep(CHANNELS_EVERY_SECONDS)
