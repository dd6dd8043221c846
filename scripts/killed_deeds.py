"""What `kill_upward` interrupts: handing in, taking together, approving. Each deed says what must be there before, does
it, and afterwards finds either all of it or nothing, or raises `HalfDone`.

Import it once Django is set up.
"""

from __future__ import annotations

import random
import secrets
from datetime import datetime, timedelta
from typing import Any, Protocol

from dinhlang.org import actions as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports import render
from dinhlang.reports.approval import actions as approval
from dinhlang.reports.approval import queries as approvals
from dinhlang.reports.approval.rules.stages import Stage
from dinhlang.reports.consolidation import actions as consolidation
from dinhlang.reports.consolidation.taking import kept
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import (
    Consolidation,
    Obligation,
    Programme,
    RegisterEntry,
    Report,
    ReportFigure,
    Submission,
    SubmissionStep,
    Upload,
)
from dinhlang.reports.rules import CannotIssue
from dinhlang.reports.submission import actions as submission
from dinhlang.reports.submission import packing
from dinhlang.reports.submission import queries as submissions
from dinhlang.reports.submission.actions import uploads
from dinhlang.reports.submission.rules import package as form
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.tests import children

PART = 64 * 1024
PROGRAMME = "cchc-tuyen-truyen"


class HalfDone(Exception):
    """Something of a deed is there without the rest, is lost, or is there twice."""


class Deed(Protocol):
    """One kind of deed, done again and again; `number` is the round, from 0."""

    def before(self, number: int) -> None:
        """Bring about what must be there."""

    def do(self, number: int) -> object:
        """Do it; give what a person is told (a receipt, a number)."""

    def is_done(self, number: int) -> bool:
        """Whether all of it is there; `False` when nothing is. Raises `HalfDone`."""

    def counted(self, rounds: int) -> dict[str, Any]:
        """What is there in the end, with `well`."""


def deed_of(name: str, now: datetime) -> Deed:
    """The deed of that name, with everything that all its rounds begin with."""
    org.load_demo(at=now, passphrase=secrets.token_hex(12))
    import_shipped(at=now)
    return {"submit": Submitting, "consolidate": Consolidating, "approve": Approving}[name](now)


def _must(is_so: object, said: str) -> None:
    if not is_so:
        raise HalfDone(said)


# --- handing in -----------------------------------------------------------------------------------


class Submitting:
    """A commune's box sends a package, request by request as the API takes them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        unit, above = Unit.objects.get(pk="ben-truc"), Unit.objects.get(pk="tinh-mau")
        period = Period.parse(f"{now.year - 1}")
        programme = Programme.objects.get(pk=PROGRAMME)
        open_period(programme=programme, period=period, at=now, units=["ben-truc"])
        owed = self.owed = Obligation.objects.get(unit=unit, period=str(period), programme=programme)
        draft = reports.draft_report(unit=unit, period=period, by=None, at=now)
        report = reports.issue_report(report=draft, on=now.date(), by=None, at=now)
        self.whole = form.read(packing.pack(owed, report))
        self.secret = submission.make_key(unit=unit, above=above, name="kill", by=None, at=now)[1]

    def package(self, number: int) -> bytes:
        """The round's package: its text differs, so each is a submission that replaces the one before."""
        whole = self.whole
        assert whole.ledger is not None
        parts = {
            form.DOCX: whole.docx,
            form.PDF: whole.pdf,
            form.LEDGER: form.as_json(whole.ledger.told()),
            form.DOCUMENT: form.as_json({**(whole.document or {}), "round": number}),
        }
        return form.packed(whole.manifest, parts)

    def before(self, number: int) -> None:
        """Nothing: the commune has its key."""

    def do(self, number: int) -> str:
        """Begin, parts, complete; give the receipt's number."""
        at, data = self.now + timedelta(seconds=number), self.package(number)
        key = uploads.key_of(self.secret, at)
        begun = uploads.begin_upload(key=key, digest=form.digest_of(data), size=len(data), at=at)
        made = begun.submission
        if begun.upload is not None:
            token, offset = begun.upload.token, begun.upload.offset
            while offset < len(data):
                part = data[offset : offset + PART]
                offset = uploads.add_part(key=key, token=token, offset=offset, data=part, at=at)
            made = uploads.complete_upload(key=key, token=token, at=at)
        assert made is not None
        return str(submissions.receipt_of(made)["number"])

    def is_done(self, number: int) -> bool:
        """The submission with its figures and both steps."""
        found = list(Submission.objects.filter(digest=form.digest_of(self.package(number))))
        if not found:
            return False
        _must(len(found) == 1, "a package is there twice")
        deeds = list(found[0].steps.order_by("number").values_list("deed", flat=True))
        _must(deeds == ["submit", "receive"], f"steps {deeds}")
        assert self.whole.ledger is not None
        _must(found[0].figures.count() == len(self.whole.ledger.figures), "figures are lacking")
        return True

    def counted(self, rounds: int) -> dict[str, Any]:
        """Numbers and receipts from 1 on without a gap, one that waits, no upload left."""
        made = self.owed.submissions
        rows = list(made.order_by("number").values_list("number", "receipt_number", "state"))
        steps = SubmissionStep.objects.filter(deed="receive", submission__obligation=self.owed)
        told = {
            "submissions": len(rows),
            "numbers_without_gaps": [row[0] for row in rows] == list(range(1, rounds + 1)),
            "receipts_without_gaps": [row[1] - rows[0][1] for row in rows] == list(range(rounds)),
            "waiting": sum(row[2] == State.RECEIVED for row in rows),
            "with_figures": made.filter(figures__isnull=False).distinct().count(),
            "receiving_steps": steps.count(),
            "uploads_left": Upload.objects.count(),
        }
        well = told["submissions"] == told["receiving_steps"] == told["with_figures"] == rounds
        gapless = told["numbers_without_gaps"] and told["receipts_without_gaps"]
        return {**told, "well": well and gapless and (told["waiting"], told["uploads_left"]) == (1, 0)}


# --- taking together ------------------------------------------------------------------------------

_COMMUNES = 8
_YEARS = 6
_PERIODS = ("", "-H1", "-9M", *(f"-Q{n}" for n in range(1, 5)), *(f"-M{n:02d}" for n in range(1, 13)))


class Consolidating:
    """A province takes a period's reports together: first a new draft, in the next round one with a later version in it."""

    def __init__(self, now: datetime) -> None:
        self.now, self.chance = now, random.Random(6)
        self.province = Unit.objects.get(pk="tinh-mau")
        self.units = [children.commune(f"kill-{n}", f"Thử {n}") for n in range(_COMMUNES)]
        self.stated: dict[str, dict[str, int]] = {}

    def period(self, number: int) -> Period:
        """Two rounds are about one period, of which six years have 114."""
        years, at = divmod(number // 2, len(_PERIODS))
        return Period.parse(f"{self.now.year - 1 - years}{_PERIODS[at]}")

    def before(self, number: int) -> None:
        """All communes hand in; in every second round one of them hands in another version."""
        period = self.period(number)
        window = period.calendar_window()
        for unit in self.units if number % 2 == 0 else self.units[:1]:
            row = children.owed(unit, self.now, period=period, window=(window.start, window.end))
            figures = {
                concept: self.chance.randint(1, 99) for concept in ("articles", "broadcasts", "visits")
            }
            children.handed_in(row, figures, self.now, proposals=["Đề nghị Sở Nội vụ cấp tài liệu cho xã."])
            self.stated[f"{period}/{unit.pk}"] = figures

    def do(self, number: int) -> str:
        """Take together; give the coverage sentence."""
        period = self.period(number)
        report = consolidation.consolidate(
            unit=self.province, programme=PROGRAMME, period=period, by=None, at=self.now
        )
        return str(report.consolidation.coverage)

    def is_done(self, number: int) -> bool:
        """Pins, figures and text speak of one and the same set of versions: that of before, or that of now."""
        period = self.period(number)
        found = list(Report.objects.filter(unit=self.province, period=str(period)))
        if not found:
            _must(
                not Consolidation.objects.filter(report__period=str(period)).exists(), "pins without a report"
            )
            _must(number % 2 == 0, "the draft of the round before is lost")
            return False
        _must(len(found) == 1, "two drafts of a period")
        report = found[0]
        pinned = {one.unit_id: one.submission_id for one in report.consolidation.children.all()}
        now = dict(
            Submission.objects.filter(obligation__period=str(period), state=State.ACCEPTED).values_list(
                "obligation__unit", "pk"
            )
        )
        _must(set(pinned) == set(now), "not every unit is pinned")
        self._check_sums(report)
        return pinned == now

    def _check_sums(self, report: Report) -> None:
        taken = kept(report.consolidation)
        text = str(report.document)
        for figure in ReportFigure.objects.filter(report=report, concept__in=["articles", "broadcasts"]):
            if (figure.window_from, figure.window_to) != (report.window_from, report.window_to):
                continue
            _must(figure.value == taken.value(figure.concept), f"{figure.concept} is not the sum of the pins")
            _must(figure.printed in text, f"{figure.printed} does not stand in the text")

    def counted(self, rounds: int) -> dict[str, Any]:
        """Every draft is the sum of what its communes stated last."""
        wrong = 0
        drafts = Report.objects.filter(unit=self.province)
        for report in drafts:
            said = [self.stated[f"{report.period}/{unit.pk}"]["articles"] for unit in self.units]
            wrong += kept(report.consolidation).value("articles") != sum(said)
        told = {"drafts": drafts.count(), "periods": (rounds + 1) // 2, "wrong_sums": wrong}
        return {**told, "well": told["drafts"] == told["periods"] and not wrong}


# --- approving ------------------------------------------------------------------------------------


class Approving:
    """The chairwoman approves a report that was sent and looked through: step, number, files, register, all at once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.unit = Unit.objects.get(pk="ben-truc")
        self.drafter, self.head, self.chair = (
            Person.objects.get(username=name) for name in ("van-hoa", "van-phong", "chu-tich")
        )
        # What was issued without approval, as by the deed before this one, cannot be approved any more.
        others = Report.objects.filter(unit=self.unit, status=Report.Status.ISSUED).exclude(
            steps__deed="approve"
        )
        issued = set(others.values_list("period", flat=True))
        every = (f"{self.now.year - 1 - years}{period}" for years in range(_YEARS) for period in _PERIODS)
        self.periods = [period for period in every if period not in issued]

    def asked(self, number: int) -> dict[str, Any]:
        """Programme and period: a period of the last six years, which are at most 114."""
        return {"programme": PROGRAMME, "period": self.periods[number]}

    def report(self, number: int) -> Report:
        """The round's report as it is."""
        return Report.objects.select_related("unit").get(unit=self.unit, **self.asked(number))

    def before(self, number: int) -> None:
        """A report that waits for the chairwoman."""
        asked = self.asked(number)
        report = reports.draft_report(
            unit=self.unit,
            period=Period.parse(asked["period"]),
            programme=asked["programme"],
            by=self.drafter,
            at=self.now,
        )
        approval.send(report=report, by=self.drafter, at=self.now)
        seen = approvals.digest_now(report)
        approval.pass_on(report=report, seen=seen, by=self.head, at=self.now)

    def do(self, number: int) -> str:
        """Approve; one that is approved already says with which number."""
        report = self.report(number)
        try:
            issued = approval.approve(
                report=report,
                seen=approvals.digest_now(report),
                on=self.now.date(),
                by=self.chair,
                at=self.now,
            )
        except CannotIssue as reason:
            _must("đã phát hành với số" in str(reason), str(reason))
            issued = report
        return str(issued.number)

    def is_done(self, number: int) -> bool:
        """Issued with step, register and files, or still waiting with none of them."""
        report = self.report(number)
        approved = report.steps.filter(deed="approve").count()
        entries = RegisterEntry.objects.filter(report=report).count()
        if report.status == Report.Status.DRAFT:
            _must((approved, entries) == (0, 0), "a step or a register entry without an issued report")
            _must(approvals.stage_of(approvals.approval_of(report)) == Stage.APPROVER, "it waits no more")
            return False
        _must(
            (approved, entries) == (1, 1), "an issued report without its step or register entry, or with two"
        )
        _must(render.docx(report).startswith(b"PK") and render.pdf(report).startswith(b"%PDF-"), "no files")
        return True

    def counted(self, rounds: int) -> dict[str, Any]:
        """Numbers from the first one on without a gap, one for each report."""
        ours = RegisterEntry.objects.filter(report__steps__deed="approve", unit=self.unit)
        numbers = list(ours.order_by("number").values_list("number", flat=True))
        issued = Report.objects.filter(steps__deed="approve", status=Report.Status.ISSUED).count()
        gapless = [number - numbers[0] for number in numbers] == list(range(rounds))
        return {"issued": issued, "numbers_without_gaps": gapless, "well": gapless and issued == rounds}
