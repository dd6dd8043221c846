"""Forms of the desk sent twice, by an impatient thumb or a line that broke: one row, and the second answer leads where the first did.

Each is tried one after the other and by two at the same moment.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.broadcast.models import IntakeKey
from dinhlang.citizens import actions as cases
from dinhlang.citizens import keeping
from dinhlang.citizens.models import (
    Case,
    CaseFile,
    CaseWords,
    Open311Key,
    PaperBatch,
    PaperEntry,
    StandardReply,
    SurveyRound,
    TrainingCall,
    TrainingClass,
    TrainingGuest,
)
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.templates import templates
from dinhlang.citizens.training import actions as training
from dinhlang.citizens.training.rules.classes import Group, Kind
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.onestop import actions as onestop
from dinhlang.onestop import queries as dossiers
from dinhlang.onestop.models import Book, Dossier, DossierStep, Guidance, Refusal, Support
from dinhlang.onestop.tests.counters import COUNTER, Counter
from dinhlang.org.models import AuditEntry, Position
from dinhlang.org.rules import Role
from dinhlang.privacy.models import Breach, DataRequest
from dinhlang.procedures.actions import load_demo
from dinhlang.reports.models import PortalScore, SubmissionKey
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@dataclass
class Sent:
    """What is posted where, by whom; of which tables rows may come, once."""

    to: str
    given: dict[str, Any]
    rows: tuple[type[models.Model], ...]
    by: str = "one_stop_clerk"
    files: Callable[[], dict[str, Any]] = field(default=dict)


@dataclass
class World:
    """What the forms are about."""

    cast: Cast
    counter: Counter
    round: SurveyRound
    batch: PaperBatch
    training: TrainingClass


@pytest.fixture
def world(cast: Cast, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: False)
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    now = {"by": None, "at": cast.now}
    load_demo(at=cast.now)
    onestop.set_rules(unit=cast.commune, given=COUNTER, starts_on=date(2023, 1, 3), **now)
    [chosen] = dossiers.procedures_to_choose(cast.commune, cast.today, words="1.004873")
    definition = templates()["nam-yeu-to"]
    version = surveys.begin_survey(unit=cast.commune, definition=definition, **now)
    asked = surveys.RoundGiven("Quý III", cast.today, cast.today + timedelta(days=30), Method.A)
    opened = surveys.open_round(version=version, given=asked, **now)
    given = training.ClassGiven(
        Kind.TRAINING, "Nộp hồ sơ", cast.now - timedelta(hours=2), "Hội trường", cast.now
    )
    before = {"by": None, "at": cast.now - timedelta(days=3)}
    held = training.make_class(unit=cast.commune, given=given, **before)
    training.invite_named(training=held, group=Group.CITIZEN, people=[Named("Trần Văn Mẫu")], **before)
    return World(
        cast,
        Counter(cast, cast.now, chosen.version),
        opened,
        surveys.begin_batch(round_=opened, title="Hộp một", sheets=3, **now),
        training.send_invitations(training=held, **before),
    )


def a_call(_world: World, way: str = "phone") -> Sent:
    given = {
        "key": str(uuid4()), "way": way, "words": "Cống tắc, nhờ xã thông.", "category": "", "hamlet": "", "place": "",
        "name": "Lý Thị Thử", "phone": "", "address": "Thôn Đình", "mail": "", "spoken_for": "",
    }  # fmt: skip
    return Sent(reverse("citizens:new"), given, (Case,))


def a_letter(world: World) -> Sent:
    sent = a_call(world, "letter")
    sent.rows = (Case, CaseFile)
    sent.files = lambda: {"files": [SimpleUploadedFile("don.jpg", photo(), "image/jpeg")]}
    return sent


def a_note(world: World) -> Sent:
    case = cases.take_in(
        unit=world.cast.commune, told=Told("Cống tắc, nhờ xã thông.", "khac"), sender=Sender(), way=Way.PHONE,
        key=uuid4().hex, by=world.cast.office_clerk, at=world.cast.now,
    ).case  # fmt: skip
    given = {"key": str(uuid4()), "do": "note", "reason": "Đã gọi lại, chưa gặp."}
    return Sent(reverse("citizens:step", args=[case.pk]), given, (CaseWords,), by="office_clerk")


def a_standard_reply(_world: World) -> Sent:
    words = "Xã đã báo đơn vị quản lý thay bóng đèn."
    given = {"key": str(uuid4()), "title": "Đèn đường hỏng", "category": "", "words": words}
    return Sent(reverse("citizens:replies"), given, (StandardReply,), by="office_clerk")


def a_key_for_an_app(_world: World) -> Sent:
    given = {"form": str(uuid4()), "name": "Ứng dụng thử"}
    return Sent(reverse("citizens:keys"), given, (Open311Key,), by="office_clerk")


def a_key_for_a_station(_world: World) -> Sent:
    given = {"do": "key", "form": str(uuid4()), "sender": "Đài tỉnh Thử"}
    return Sent(reverse("broadcast:intake"), given, (IntakeKey,), by="culture_officer")


def a_key_for_a_unit_below(world: World) -> Sent:
    cast = world.cast
    Position.objects.get_or_create(
        person=cast.administrator, unit=cast.province, role=Role.ADMINISTRATOR, title="Quản trị tỉnh"
    )
    given = {"form": str(uuid4()), "unit": cast.commune.pk, "name": "Máy chủ thử"}
    return Sent(reverse("reports:keys"), given, (SubmissionKey,), by="administrator")


def a_class(world: World) -> Sent:
    given = {
        "key": str(uuid4()), "kind": Kind.TRAINING.value, "subject": "Nộp hồ sơ trực tuyến", "task": "",
        "held_on": f"{world.cast.today + timedelta(days=7):%Y-%m-%d}", "begins": "08:00", "ends": "", "place": "Hội trường",
        "lecturer": "", "contents": "", "expected": "", "signer": "",
    }  # fmt: skip
    return Sent(reverse("training:new"), given, (TrainingClass,), by="culture_officer")


def a_dossier(world: World, **more: Any) -> Sent:
    given = {
        "key": str(uuid4()), "version": world.counter.version, "applicant": "Nguyễn Thị Ví Dụ", "phone": "", "address": "",
        "papers": [], "other_papers": "Tờ khai", "fee": "", "return_way": "counter", "on_behalf_of": "", "email": "",
        "sets": "1", "code": "", "handling": "", "returning": "", "assisted_at": "", "happened_at": "", **more,
    }  # fmt: skip
    return Sent(reverse("onestop:receive", args=[world.counter.version]), given, (Dossier, DossierStep, Book))


def a_dossier_not_complete(world: World) -> Sent:
    sent = a_dossier(world, do="present")
    sent.rows = (Dossier, DossierStep)
    return sent


def a_refusal(world: World) -> Sent:
    made = onestop.present(
        unit=world.cast.commune, given=world.counter.given(), key=uuid4(), presented_at=world.cast.now,
        by=world.cast.one_stop_clerk, at=world.cast.now,
    )  # fmt: skip
    given = {"key": str(uuid4()), "do": "refuse", "reason": "Không thuộc thẩm quyền của xã"}
    return Sent(reverse("onestop:step", args=[made.pk]), given, (DossierStep, Refusal))


def a_tap(_world: World) -> Sent:
    return Sent(
        reverse("onestop:guidance-tap"),
        {"key": str(uuid4()), "tap": "shown:1.004873", "way": "counter"},
        (Guidance,),
    )


def help_online(_world: World) -> Sent:
    given = {"uid": str(uuid4()), "tap": "vneid:done", "place": "house"}
    return Sent(reverse("onestop:support"), given, (Support,), by="culture_officer")


def a_bundle(world: World) -> Sent:
    given = {"tap-key": str(uuid4()), "tap-title": "Hộp hai", "tap-sheets": "20"}
    return Sent(reverse("surveys:batch-new", args=[world.round.pk]), given, (PaperBatch,))


def a_slip(world: World) -> Sent:
    questions = surveys_of(world)
    return Sent(reverse("surveys:batch-sheet", args=[world.batch.pk, 1]), questions, (PaperEntry,))


def surveys_of(world: World) -> dict[str, str]:
    from dinhlang.citizens.surveys.queries import definition_of

    asked = definition_of(world.round.version).questions
    return {one.id: one.options[0].id for one in asked if one.options}


def a_guest(world: World) -> Sent:
    given = {"do": "named", "ten-group": "citizen", "ten-people": "Nguyễn Thị Thử; Thôn Thượng"}
    return Sent(
        reverse("training:guests", args=[world.training.pk]), given, (TrainingGuest,), by="culture_officer"
    )


def a_guest_unannounced(world: World) -> Sent:
    given = {"them-name": "Phạm Khách", "them-place": "Thôn Hạ", "them-group": "citizen"}
    to = reverse("training:unannounced", args=[world.training.pk])
    return Sent(to, given, (TrainingGuest,), by="culture_officer")


def a_call_to_a_guest(world: World) -> Sent:
    guest = world.training.guests.get(number=1)
    given = {"key": str(uuid4()), "answer": "coming", "note": "Đến muộn"}
    return Sent(reverse("training:guest-call", args=[guest.pk]), given, (TrainingCall,), by="culture_officer")


def a_breach(world: World) -> Sent:
    given = {
        "key": str(uuid4()), "discovered_at": f"{world.cast.now:%Y-%m-%dT%H:%M}", "occurred_at": "", "source": "official",
        "nature": "leak", "words": "Gửi nhầm danh sách.", "persons": "", "consequences": "", "measures": "",
    }  # fmt: skip
    return Sent(reverse("breaches:new"), given, (Breach,), by="office_clerk")


def a_request(_world: World) -> Sent:
    given = {"key": str(uuid4()), "kind": "see", "name": "Lý Thị Thử", "contact": "0900000222", "words": ""}
    return Sent(reverse("privacy:new"), given, (DataRequest,), by="office_clerk")


def points_of_the_portal(_world: World) -> Sent:
    groups = {"1": "15.5", "2": "19.75", "3": "12", "4": "18.1", "5": "17"}
    given = {
        "key": str(uuid4()), "first": "2023-06-01", "last": "2023-06-30", "seen_on": "2023-07-03", "source": "Cổng",
        "total": "82,35", "link": "", **{f"group_{code}": points for code, points in groups.items()},
    }  # fmt: skip
    return Sent(reverse("reports:quality-score-new"), given, (PortalScore,))


FORMS = (
    a_call,
    a_letter,
    a_note,
    a_standard_reply,
    a_key_for_an_app,
    a_key_for_a_station,
    a_key_for_a_unit_below,
    a_class,
    a_dossier,
    a_dossier_not_complete,
    a_refusal,
    a_tap,
    help_online,
    a_bundle,
    a_slip,
    a_guest,
    a_guest_unannounced,
    a_call_to_a_guest,
    a_breach,
    a_request,
    points_of_the_portal,
)


def client_of(world: World, sent: Sent) -> Client:
    client = Client()
    client.force_login(getattr(world.cast, sent.by), backend="django.contrib.auth.backends.ModelBackend")
    return client


def counted(sent: Sent) -> list[int]:
    return [one._default_manager.count() for one in sent.rows]


def led_to(answer: Any) -> tuple[int, str]:
    """Where an answer leads: an address, or the codes and the key that the page shows."""
    if answer.status_code == 302:
        return 302, answer.headers["Location"]
    return answer.status_code, " ".join(
        re.findall(
            r"(?:<dd[^>]*>(?:<strong>)?|<code class=\"(?:secret|digest)\">)"
            r"(\w\w-[\w-]+|\d{6}|(?:pa311|dlb|dln)_\w+)<",
            answer.content.decode(),
        )
    )


@pytest.mark.parametrize("made", FORMS, ids=lambda made: made.__name__)
def test_a_form_sent_twice_is_done_once(world: World, made: Callable[[World], Sent]) -> None:
    sent = made(world)
    client, before = client_of(world, sent), counted(sent)
    first = led_to(client.post(sent.to, {**sent.given, **sent.files()}))
    once, files = (
        counted(sent),
        sum(1 for names in keeping.FILES.lain_since(far_off(world)) for _name in names),
    )
    audited = AuditEntry.objects.count()
    assert [now - then for now, then in zip(once, before, strict=True)] == [1] * len(once), first
    assert first[0] in (200, 302)
    assert first[1]
    second = led_to(client.post(sent.to, {**sent.given, **sent.files()}))
    assert counted(sent) == once
    assert second == first
    assert sum(1 for names in keeping.FILES.lain_since(far_off(world)) for _name in names) == files
    # Somebody who typed a slip again, or a list with nobody new, did something; nothing else happened twice.
    assert AuditEntry.objects.count() == audited or made in (a_slip, a_guest)


def far_off(world: World) -> Any:
    return world.cast.now + timedelta(days=9999)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_are_one(world: World) -> None:
    together = connection.vendor == "postgresql"
    for made in FORMS:
        sent = made(world)
        before = counted(sent)
        clients = [client_of(world, sent) for _one in range(2)]
        start, answers = threading.Barrier(2), []

        def send(client: Client, sent: Sent = sent, start: Any = start, answers: Any = answers) -> None:
            try:
                if together:
                    start.wait(30)
                answers.append(led_to(client.post(sent.to, {**sent.given, **sent.files()})))
            finally:
                connection.close()

        senders = [threading.Thread(target=send, args=(client,)) for client in clients]
        # SQLite's database of the tests is in memory and knows one writer; there they take turns.
        for sender in senders:
            sender.start()
            if not together:
                sender.join()
        for sender in senders:
            sender.join()
        done = [now - then for now, then in zip(counted(sent), before, strict=True)]
        assert done == [1] * len(done), (made.__name__, answers)
        assert len(set(answers)) == 1, (made.__name__, answers)
        assert len(answers) == 2
