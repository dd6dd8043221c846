"""The .docx around its main part: opened, marked, packed again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dinhlang.officialdoc.check.findings import Finding
from dinhlang.officialdoc.check.marked.comments import Comments
from dinhlang.officialdoc.check.marked.runs import Cuts, closed, has_only_text, struck, with_text
from dinhlang.officialdoc.read.word import Place, Traced, traced
from dinhlang.officialdoc.read.word.names import MC, W

if TYPE_CHECKING:
    from lxml.etree import _Element

# A reviewer reads no more; the file would only grow.
_MOST = 2_000
_STRICT = b"http://purl.oclc.org/ooxml"
_REMEDY = "hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx rồi thử lại."


class Unmarkable(ValueError):
    """The file is no .docx that can be written back. The message is Vietnamese and may be shown."""


def annotated(
    data: bytes,
    findings: Sequence[Finding],
    *,
    accepted: Sequence[Finding] = (),
    author: str,
    at: datetime,
) -> bytes:
    """The .docx `data` with a comment for each of `findings` and a tracked change for each fix of `accepted`.

    All come from one check of these very bytes, of the text that reading gave. A finding in both has comment and
    change. A fix that crosses a picture, a field, a table or another fix stays a comment. Raises `Unmarkable`.
    """
    reading = traced(data)
    if reading.root is None or not data.startswith(b"PK"):
        raise Unmarkable(f"Tệp không phải văn bản Word (.docx) nguyên vẹn: {_REMEDY}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            main = next(name for name in names if name.lower() == reading.part.lower())
            if _STRICT in package.read(main):
                raise Unmarkable(f"Tệp Word lưu theo kiểu “Strict Open XML”, chưa ghi lại được: {_REMEDY}")
            comments = Comments(package, main, author=author, at=at)
            _Marking(reading, comments).mark(findings, accepted)
            return _packed(package, {**comments.parts(), main: _xml(reading.root)})
    except (StopIteration, zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unmarkable(f"Tệp Word bị hỏng: {_REMEDY}") from error


def _xml(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """All parts again, in their order, those changed or new with their new content."""
    out = io.BytesIO()
    written: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in package.infolist():
            if member.is_dir() or member.filename in written:
                continue
            written.add(member.filename)
            content = changed.get(member.filename)
            target.writestr(
                zipfile.ZipInfo(member.filename, member.date_time),
                package.read(member) if content is None else content,
                compress_type=zipfile.ZIP_DEFLATED,
            )
        for name, content in changed.items():
            if name not in written:
                target.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Marking:
    """Marks in the tree of the main part."""

    def __init__(self, reading: Traced, comments: Comments) -> None:
        self.reading = reading
        self.comments = comments
        root = reading.root
        if root is None:
            raise Unmarkable(f"Tệp Word bị hỏng: {_REMEDY}")
        self.root = root
        self.paragraphs = list(root.iter(f"{W}p"))

    def mark(self, findings: Sequence[Finding], accepted: Sequence[Finding]) -> None:
        commented = list(findings)[:_MOST]
        changed = [one for one in accepted if one.fix is not None][:_MOST]
        places = {id(one): self._places(one) for one in (*commented, *changed)}
        cuts = Cuts(place for found in places.values() for place in found)
        runs = {key: cuts.runs(found) for key, found in places.items()}
        struck_runs: set[_Element] = set()
        for one in changed:
            if _is_changeable(runs[id(one)], struck_runs):
                struck_runs.update(runs[id(one)])
                self._change(runs[id(one)], one.fix or "")
        # A later comment stands outside an earlier one that begins at the same letter.
        for one in commented:
            self._comment(one, runs[id(one)])

    def _places(self, finding: Finding) -> list[Place]:
        if finding.span is None:
            return []
        return closed([one for one in self.reading.places(finding.span) if not _is_boxed(one.run)])

    def _change(self, runs: Sequence[_Element], fix: str) -> None:
        """The runs struck out, and the fix put in behind them."""
        made = with_text(runs[0], fix) if fix else None
        for run in runs:
            deleted = run.makeelement(f"{W}del", self.comments.revision())
            _wrap(run, deleted)
            struck(run)
        if made is not None:
            last = runs[-1].getparent()
            if last is not None:
                inserted = last.makeelement(f"{W}ins", self.comments.revision())
                inserted.append(made)
                last.addnext(inserted)

    def _comment(self, finding: Finding, runs: Sequence[_Element]) -> None:
        identifier = self.comments.add(finding)
        start = self.root.makeelement(f"{W}commentRangeStart", {f"{W}id": identifier})
        end = self.root.makeelement(f"{W}commentRangeEnd", {f"{W}id": identifier})
        reference = self.root.makeelement(f"{W}r", {})
        reference.append(reference.makeelement(f"{W}commentReference", {f"{W}id": identifier}))
        if runs:
            _outermost(runs[0]).addprevious(start)
            last = _outermost(runs[-1])
            behind = last.getnext()
            # What replaces the struck letters belongs to the comment too.
            if last.tag == f"{W}del" and behind is not None and behind.tag == f"{W}ins":
                last = behind
            last.addnext(end)
            end.addnext(reference)
            return
        paragraph = self._paragraph(finding)
        if paragraph is None:
            return
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            paragraph.insert(0, start)
        else:
            properties.addnext(start)
        paragraph.append(end)
        paragraph.append(reference)

    def _paragraph(self, finding: Finding) -> _Element | None:
        """Where a comment stands that has no letters of its own: its line's paragraph, else the first."""
        index = self.reading.paragraph(finding.span.line) if finding.span else None
        found = self.paragraphs[index] if index is not None and index < len(self.paragraphs) else None
        if found is None or _is_boxed(found):
            found = next((one for one in self.paragraphs if not _is_boxed(one)), None)
        return found


def _outermost(run: _Element) -> _Element:
    """The run, or the tracked deletion made around it."""
    parent = run.getparent()
    return parent if parent is not None and parent.tag == f"{W}del" else run


def _wrap(run: _Element, around: _Element) -> None:
    tail, run.tail = run.tail, None
    run.addprevious(around)
    around.append(run)
    around.tail = tail


def _is_boxed(element: _Element) -> bool:
    """In text boxes and fallbacks Word takes no comments."""
    return any(one.tag in (f"{W}txbxContent", f"{MC}Fallback") for one in element.iterancestors())


def _is_changeable(runs: Sequence[_Element], taken: Iterable[_Element]) -> bool:
    """Whether these runs are plain text side by side that no other change has taken."""
    if not runs or any(run in taken for run in runs):
        return False
    parents = {run.getparent() for run in runs}
    is_deleted = any(one.tag == f"{W}del" for run in runs for one in run.iterancestors())
    return len(parents) == 1 and not is_deleted and all(has_only_text(run) for run in runs)
