"""What a file changed and where it differs, as rows: for the page and for the sheet that is taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.onestop.imports.comparing import Fate
from dinhlang.onestop.models import ImportRun
from dinhlang.onestop.rules.states import State
from dinhlang.vietnamese.text import collation_key


@dataclass(frozen=True, slots=True)
class Counted:
    """A count before and after; `None` where it is not known yet."""

    name: str
    before: int | None
    after: int | None

    @property
    def more(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


def by_state(run: ImportRun) -> list[Counted]:
    """Dossiers of the register by state around the import."""
    before, after = run.before.get("states", {}), run.after.get("states", {})
    return [
        Counted(str(one.label), before.get(one, 0), after.get(one, 0))
        for one in State
        if one in before or one in after
    ]


def by_field(run: ImportRun) -> list[Counted]:
    """The same by field, in the order of the alphabet; those without a field last."""
    before, after = run.before.get("fields", {}), run.after.get("fields", {})
    names = sorted({*before, *after}, key=lambda one: (not one, collation_key(one)))
    return [Counted(one or _("Chưa ghi lĩnh vực"), before.get(one, 0), after.get(one, 0)) for one in names]


def totals(run: ImportRun) -> list[tuple[str, int, int, bool]]:
    """The system's own sums beside what we count of the same file, and whether they agree."""
    names = {
        "all": _("Tổng số hồ sơ"),
        "solved": _("Đã giải quyết"),
        "early": _("Trước hạn"),
        "on_the_day": _("Đúng hạn"),
        "late": _("Quá hạn"),
        "open": _("Đang giải quyết"),
    }
    theirs, ours = run.found.get("totals", {}), run.found.get("ours", {})
    return [
        (said, theirs[name], ours.get(name, 0), theirs[name] == ours.get(name, 0))
        for name, said in names.items()
        if name in theirs
    ]


def fates(run: ImportRun) -> list[tuple[str, int]]:
    """What became of the rows; before they are written, what would."""
    counted = run.counts.get("written") or run.counts
    return [(str(fate.label), counted[fate]) for fate in Fate if counted.get(fate)]


def header() -> list[str]:
    """The columns of the sheet."""
    return [_("Phần"), _("Dòng"), _("Mã hồ sơ"), _("Nội dung"), _("Hệ thống"), _("Sổ"), _("Quyết định")]


def as_rows(run: ImportRun) -> Iterator[tuple[str | int, ...]]:
    """The whole report as lines of one sheet."""
    for name, count in fates(run):
        yield _("Kết quả"), "", "", name, count, "", ""
    for said, theirs, ours, agrees in totals(run):
        yield _("Tổng của hệ thống"), "", "", said, theirs, ours, "" if agrees else _("khác nhau")
    for title, counted in ((_("Theo trạng thái"), by_state(run)), (_("Theo lĩnh vực"), by_field(run))):
        for one in counted if run.before else ():
            said = _("trước %(before)s, sau %(after)s") % {"before": one.before, "after": one.after}
            yield title, "", "", one.name, "", one.after or 0, said
    for finding in run.findings.order_by("kind", "row", "pk").iterator(chunk_size=2000):
        yield (
            str(finding.get_kind_display()),
            finding.row or "",
            finding.code,
            finding.why,
            "",
            "",
            str(finding.get_decision_display()) if finding.kind in ("contradicts", "twice") else "",
        )
