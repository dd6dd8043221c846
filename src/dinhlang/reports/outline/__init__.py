"""The outline of a report as a commune edits it: prose with places for figures, turned into blocks of a document.

An outline is text in parts ('=== Trích yếu', '=== Nội dung', …). In its parts '# ' begins a heading (numbered by
itself: I, 1, 1.1, a), '- ' and '+ ' an item, '| … |' a row of a table; anything else is a paragraph, closed by
an empty line. `{{ figure("articles") }}` places a figure: never as plain text, always as a run with an anchor.
`{% if %}` and `{% for %}` are all the logic there is; the language is closed on purpose, since a clerk writes it
and the server runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from dinhlang.reports.outline.language import check_concepts, check_language, fill, names, parse
from dinhlang.reports.outline.marks import GAP, MAX_LENGTH, Cell, Mark, Marks, OutlineError
from dinhlang.reports.outline.reading import Part, Rendered, numbers, read, without_empty

__all__ = [
    "GAP",
    "MAX_LENGTH",
    "Cell",
    "Mark",
    "Marks",
    "OutlineError",
    "Part",
    "Rendered",
    "check",
    "names",
    "numbers",
    "render",
    "tidied",
    "without_empty",
]


def tidied(text: str) -> str:
    """The text as it is kept: no spaces at the ends of lines, one line end at the end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def render(text: str, context: Mapping[str, object], marks: Marks) -> Rendered:
    """The outline with its places filled. Raises `OutlineError` naming the line."""
    return read(fill(text, context), marks)


def check(
    text: str, samples: Iterable[Callable[[Marks], Mapping[str, object]]], concepts: Sequence[str]
) -> None:
    """Refuse an outline that could fail later, when the report is due.

    Looks at the language used, the concepts named, and renders it with each sample of a context.
    Raises `OutlineError`.
    """
    if len(text) > MAX_LENGTH:
        raise OutlineError(None, _("dài quá %(most)s ký tự. Hãy rút gọn rồi lưu lại.") % {"most": MAX_LENGTH})
    tree = parse(text)
    check_language(tree)
    check_concepts(tree, concepts)
    for sample in samples:
        marks = Marks()
        render(text, sample(marks), marks)
