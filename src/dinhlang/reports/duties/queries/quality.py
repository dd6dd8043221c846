"""Quality beside speed: of reports that are there, how many figures have evidence, how much text was taken over, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q

from dinhlang.reports.duties.queries.standing import Shown
from dinhlang.reports.models import ReportQuality, SubmittedFigure


@dataclass(frozen=True, slots=True)
class Quality:
    """Sums over reports. `measured` are those whose text was looked at: reports that came from outside say only which
    of their figures have evidence."""

    figures: int = 0
    evidenced: int = 0
    measured: int = 0
    letters: int = 0
    copied: int = 0
    findings: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(
            self.figures + other.figures,
            self.evidenced + other.evidenced,
            self.measured + other.measured,
            self.letters + other.letters,
            self.copied + other.copied,
            self.findings + other.findings,
        )

    @property
    def evidence_share(self) -> Decimal | None:
        """Per cent of figures with evidence; unknown without a figure."""
        return _share(self.evidenced, self.figures)

    @property
    def copied_share(self) -> Decimal | None:
        """Per cent of the text that stood in an earlier year's report."""
        return _share(self.copied, self.letters)

    @property
    def findings_each(self) -> Decimal | None:
        """Findings in a report, on average."""
        if not self.measured:
            return None
        return (Decimal(self.findings) / self.measured).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def qualities(rows: Iterable[Shown]) -> dict[int, Quality]:
    """By obligation, of those whose report is there and was measured; two questions however many there are."""
    asked = list(rows)
    issued = {one.issued_id: one.row.pk for one in asked if one.issued_id}
    outside = {one.submission_id: one.row.pk for one in asked if not one.issued_id and one.submission_id}
    found = {
        issued[one.report_id]: Quality(one.figures, one.evidenced, 1, one.letters, one.copied, one.findings)
        for one in ReportQuality.objects.filter(report__in=issued).defer("told")
    }
    counted = (
        SubmittedFigure.objects.filter(submission__in=outside, value__isnull=False)
        .order_by()
        .values("submission")
        .annotate(every=Count("pk"), shown=Count("pk", filter=Q(has_evidence=True)))
    )
    for row in counted:
        found[outside[row["submission"]]] = Quality(row["every"], row["shown"])
    return found


def summed(rows: Iterable[Shown], known: dict[int, Quality]) -> Quality:
    """The sum over some of them."""
    return sum((known[one.row.pk] for one in rows if one.row.pk in known), start=Quality())
