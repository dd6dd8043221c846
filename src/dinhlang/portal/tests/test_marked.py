"""Every sentence of the desk is marked for translation; what is not, is said here with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import translations

OURS = translations.OURS
VIETNAMESE = re.compile("[ăâđêôơưà-ãè-êìíò-õùúýĩũạ-ỹ]", re.IGNORECASE)

TERMINAL = "read in a terminal"
DOCUMENT = "stands in documents, or is read in them"
KEPT = "stored with the data, in its language"
LEDGER = "the vocabulary of the ledger, that of the documents too"
DATA = "the description of the data, in the language of the data"
FIELDS = "names of stored fields, for those who read the database"
PLACES = "kinds and names of places"

NOT_MARKED = {
    "archive/actions/demo.py": DOCUMENT,
    "archive/models.py": FIELDS,
    "archive/rules/doubts.py": KEPT,
    "broadcast/actions/demo.py": KEPT,
    # Names and pages of servers that play a service, for whoever tries the software.
    "broadcast/channels/standins/": TERMINAL,
    "broadcast/emergency/cap.py": DOCUMENT,
    "broadcast/emergency/rules.py": "what the loudspeakers say",
    "broadcast/intake/api.py": DATA,
    "broadcast/players/api.py": DATA,
    "broadcast/players/csv_folder.py": "columns of files that devices read and write",
    "broadcast/prints/demo.py": KEPT,
    "broadcast/queries/schedule.py": "what the calendar calls days off",
    "broadcast/rules/checking.py": DOCUMENT,
    "broadcast/rules/script.py": DOCUMENT,
    "citizens/contests/demo.py": KEPT,
    "citizens/demo.py": KEPT,
    # The reasons in the explanation of a day, which `periods` writes.
    "citizens/rules/clock.py": DOCUMENT,
    "citizens/rules/publishing.py": KEPT,
    "citizens/rules/states.py": TERMINAL,
    "citizens/rules/terms.py": TERMINAL,
    "citizens/surveys/demo.py": KEPT,
    "citizens/training/demo.py": KEPT,
    "citizens/training/papers/": DOCUMENT,
    "cli/": TERMINAL,
    "config/": TERMINAL,
    "officialdoc/": DOCUMENT,
    "onestop/actions/counting.py": KEPT,
    "onestop/actions/demo.py": KEPT,
    "onestop/actions/receiving.py": KEPT,
    "onestop/actions/working.py": KEPT,
    "onestop/guidance/counting.py": KEPT,
    # Words that they look for in files.
    "onestop/imports/days.py": DOCUMENT,
    "onestop/imports/document.py": DOCUMENT,
    "onestop/imports/table.py": DOCUMENT,
    "onestop/imports/sample.py": DOCUMENT,
    "onestop/imports/writing.py": KEPT,
    "onestop/support/counting.py": KEPT,
    "onestop/support/demo.py": KEPT,
    "onestop/support/guides.py": DOCUMENT,
    "onestop/support/leaflet.py": DOCUMENT,
    "onestop/rules/deciding.py": DOCUMENT,
    "onestop/slips/": DOCUMENT,
    "org/actions/exports.py": TERMINAL,
    "org/changes/demo.py": KEPT,
    "org/changes/files.py": PLACES,
    "org/forms/people.py": PLACES,
    "org/models/": FIELDS,
    "org/places.py": PLACES,
    "org/queries/finding.py": TERMINAL,
    "org/queries/standing.py": DOCUMENT,
    "org/rules/signing.py": DOCUMENT,
    "org/sign_in/sessions.py": "the name of a browser",
    # Words that it looks for in documents.
    "org/unit_findings.py": PLACES,
    "periods/": DOCUMENT,
    "search/opensearch.py": TERMINAL,
    # Letters that it looks for.
    "search/words.py": DOCUMENT,
    "portal/api/beside.py": DATA,
    "portal/api/described.py": DATA,
    "portal/api/files.py": DATA,
    "portal/api/schemas.py": DATA,
    "portal/api/views.py": DATA,
    "portal/catalogue/wording.py": DOCUMENT,
    "portal/counter/opendata.py": DATA,
    "portal/surveys/opendata.py": DATA,
    "portal/demo/": KEPT,
    "portal/newsroom/rules/kept.py": KEPT,
    "portal/opendata/telling.py": DATA,
    "portal/public/queries.py": DOCUMENT,
    "portal/sites/linked.py": "names of bodies, for machines",
    "portal/sites/registry.py": "names of bodies",
    "portal/voices/feeds.py": DATA,
    "portal/voices/guards.py": "numbers in words, as people type them",
    "portal/voices/lists.py": "who asks, for machines",
    "portal/voices/open311/": DATA,
    "portal/voices/opendata.py": DATA,
    # The reasons in the explanation of a day, which `periods` writes.
    "privacy/breaches/papers.py": DOCUMENT,
    "privacy/demo.py": KEPT,
    "privacy/rules/terms.py": DOCUMENT,
    "procedures/actions/demo.py": KEPT,
    "procedures/exchange.py": "for machines, in the language of the data",
    "procedures/news.py": DOCUMENT,
    "procedures/reading/": DOCUMENT,
    "procedures/rules/papers.py": DOCUMENT,
    "procedures/rules/posting.py": KEPT,
    "reports/approval/actions/demo.py": KEPT,
    "reports/consolidation/sheet.py": DOCUMENT,
    "reports/dossiers.py": DOCUMENT,
    "reports/demo/": KEPT,
    "reports/comparison.py": DOCUMENT,
    "reports/consolidation/drawing.py": DOCUMENT,
    "reports/consolidation/proposing.py": DOCUMENT,
    "reports/consolidation/rules/coverage.py": DOCUMENT,
    "reports/consolidation/rules/outlines.py": DOCUMENT,
    "reports/drafting/": DOCUMENT,
    "reports/duties/letter.py": DOCUMENT,
    # Words that it looks for in a table of criteria.
    "reports/index/bands.py": DOCUMENT,
    "reports/index/reading.py": DOCUMENT,
    "reports/models/": FIELDS,
    "reports/outline/": DOCUMENT,
    "reports/queries/standing.py": TERMINAL,
    "reports/reuse.py": DOCUMENT,
    "reports/rules.py": DOCUMENT,
    "reports/samples.py": DOCUMENT,
    "reports/quality/published.py": KEPT,
    "reports/sources.py": DOCUMENT,
    "reports/submission/actions/sending.py": KEPT,
    "reports/submission/api.py": DATA,
    "reports/submission/client.py": TERMINAL,
    "reports/templates/reports/_legal_page.html": DOCUMENT,
    "reports/templates/reports/approval/_paper.html": DOCUMENT,
    "reports/templates/reports/outline.html": DOCUMENT,
    "reports/words.py": DOCUMENT,
    "vietnamese/": DOCUMENT,
    "work/actions/batches.py": KEPT,
    "work/actions/demo.py": KEPT,
    "work/actions/demo_beside.py": KEPT,
    "work/concepts.py": LEDGER,
    "work/models/": LEDGER,
    "work/plan_document.py": DOCUMENT,
    "work/rules/": KEPT,
}

# Not said to anybody: what is cut off a label, how times are typed.
PIECES = {" năm", "%H giờ %M", "%H giờ"}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        without = re.sub(
            r"\{% comment.*?endcomment %\}|\{#.*?#\}|\{% blocktrans.*?%\}.*?\{% endblocktrans\w* %\}"
            r"|\{% trans.*?%\}|_\(\"[^\"]*\"\)|_\('[^']*'\)|<(\w+)[^>]*translate=\"no\".*?</\1>|– Đình Làng",
            lambda found: "\n" * found[0].count("\n"),
            source,
            flags=re.DOTALL,
        )
        yield from enumerate(without.split("\n"), 1)
        return
    tree = ast.parse(source)
    passed_over: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_over.add(id(node.value))  # a docstring
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in translations.KEYWORDS:
            passed_over.update(id(one) for argument in node.args for one in ast.walk(argument))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
            yield node.lineno, node.value


@cache
def files() -> list[Path]:
    return [
        path
        for path in sorted(OURS.rglob("*"))
        if (
            path.suffix == ".py" or (path.is_file() and "templates" in path.parts and path.suffix != ".jinja")
        )
        and not {"tests", "migrations", "locale"} & set(path.relative_to(OURS).parts)
    ]


def is_excepted(path: Path) -> bool:
    name = path.relative_to(OURS).as_posix()
    return any(name == one or (one.endswith("/") and name.startswith(one)) for one in NOT_MARKED)


def test_every_sentence_is_marked_for_translation() -> None:
    looked_at = [path for path in files() if not is_excepted(path)]
    assert len(looked_at) > 100

    assert not [
        f"{path.relative_to(OURS)}:{line}: {text.strip()[:80]}"
        for path in looked_at
        for line, text in sentences(path)
        if VIETNAMESE.search(text) and text not in PIECES
    ]


@pytest.mark.parametrize("name", NOT_MARKED)
def test_an_exception_is_still_needed(name: str) -> None:
    found = [path for path in files() if path.relative_to(OURS).as_posix().startswith(name)]

    assert any(VIETNAMESE.search(text) for path in found for _line, text in sentences(path))
