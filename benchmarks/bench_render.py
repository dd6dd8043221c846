"""How fast a report is rendered: our .docx beside docxtpl, our PDF beside a warm LibreOffice.

The same body of six pages with three tables, with different words for every file, in rounds that take turns, so
that a busy moment of the machine strikes both sides. `python benchmarks/bench_render.py` prints a table and as
its last line one JSON object; `measure()` gives the same numbers.
"""

from __future__ import annotations

import gc
import io
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import docx
import docxtpl
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import (
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.officialdoc.write.layout import FONT, LOOKS, PAGE, Element

ROUNDS = 5
FILES = 4
"""Files of each kind in a round. LibreOffice gets one more, as its first also pays for starting."""

_TABLE_ROWS = (12, 25, 20)
_PARAGRAPHS = 24
_HEADER = ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Kết quả", "Thời gian")
_SHARES = (1, 6, 4, 2, 2)
_CELL = "No Spacing"
_WORDS = (
    "xã",
    "thôn",
    "đăng tin",
    "bài",
    "phát thanh",
    "họp dân",
    "hướng dẫn",
    "nộp hồ sơ",
    "trực tuyến",
    "niêm yết",
    "công khai",
)


@dataclass(frozen=True)
class Times:
    """Seconds for one file, each the median of all files of one way."""

    docx: float
    docxtpl: float
    pdf: float
    libreoffice: float

    def ratios(self) -> dict[str, float]:
        """How many times as long the other takes."""
        return {
            "docx_vs_docxtpl": round(self.docxtpl / self.docx, 2),
            "pdf_vs_libreoffice": round(self.libreoffice / self.pdf, 2),
        }


def measure() -> dict[str, float]:
    """The two ratios of the project's goals: `docx_vs_docxtpl` ≥ 1, `pdf_vs_libreoffice` ≥ 4."""
    return times().ratios()


def times() -> Times:
    """Measures all four ways, taking turns."""
    chance = random.Random(2023)
    took: dict[str, list[float]] = {"docx": [], "docxtpl": [], "pdf": [], "libreoffice": []}
    with tempfile.TemporaryDirectory() as folder:
        template = _template(Path(folder))
        _check_equal(template, _document(chance))
        for number in range(ROUNDS):
            documents = [_document(chance) for _ in range(FILES + 1)]
            took["docx"] += [_seconds(write.docx, document) for document in documents[1:]]
            took["docxtpl"] += [_seconds(_by_docxtpl, template, document) for document in documents[1:]]
            took["pdf"] += [_seconds(write.pdf, document) for document in documents[1:]]
            took["libreoffice"] += _libreoffice(Path(folder) / str(number), template, documents)
    return Times(**{way: statistics.median(seconds) for way, seconds in took.items()})


def _seconds(work: Callable[..., object], *arguments: object) -> float:
    gc.collect()
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(words)).capitalize() + "."


def _document(chance: random.Random) -> Document:
    body: list[Paragraph | Table] = []
    for number in range(_PARAGRAPHS):
        if number % 8 == 0:
            heading = Run(_sentence(chance, 5))
            body.append(Paragraph(Role.HEADING, (heading,), 1, "I" * (number // 8 + 1)))
        figure = Run(str(chance.randrange(1, 900)), fact=f"figure_{number}")
        body.append(Paragraph(Role.BODY, (Run(_sentence(chance, 26) + " Đạt "), figure, Run(" lượt."))))
        if number % 8 == 7:
            rows = tuple(
                (str(row), _sentence(chance, 5), _sentence(chance, 3), str(chance.randrange(900)), "Quý I")
                for row in range(1, _TABLE_ROWS[number // 8] + 1)
            )
            body.append(Table(_HEADER, rows, _SHARES))
    return Document(
        kind=Kind.REPORT,
        issuer=Issuer("Ủy ban nhân dân xã Bến Đò Mẫu"),
        number=str(chance.randrange(10, 99)),
        symbol="BC-UBND",
        place="Bến Đò Mẫu",
        date=PartialDate(20, 6, 2023),
        subject=_sentence(chance, 9).rstrip("."),
        body=tuple(body),
        signature=Signature(SignatureMode.FOR_BODY, "Ủy ban nhân dân", "CHỦ TỊCH", "Trần Văn Mẫu"),
        recipients=(Recipient("Sở Nội vụ", "BC"), Recipient("Lưu: VT")),
    )


def _template(folder: Path) -> Path:
    """The same report as a template that a clerk could make: tags in paragraphs and table rows."""
    made = docx.Document()
    _set_up_page(made)
    head = made.add_table(2, 2)
    for (row, column), text in {
        (0, 0): "{{ issuer }}",
        (0, 1): "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        (1, 0): "{{ number }}",
        (1, 1): "{{ place }}",
    }.items():
        head.rows[row].cells[column].text = text
    made.add_paragraph("BÁO CÁO")
    made.add_paragraph("{{ subject }}")
    for part in range(len(_TABLE_ROWS)):
        made.add_paragraph(f"{{{{ parts[{part}].heading }}}}", style="Heading 1")
        made.add_paragraph(f"{{%p for text in parts[{part}].texts %}}")
        made.add_paragraph("{{ text[0] }}{{ text[1] }}{{ text[2] }}")
        made.add_paragraph("{%p endfor %}")
        table = made.add_table(4, len(_HEADER))
        table.style = "Table Grid"
        cells = [list(row.cells) for row in table.rows]
        table.autofit = False
        for share, track, *column in zip(_SHARES, table.columns, *cells, strict=True):
            track.width = Mm(PAGE.line() * share / sum(_SHARES))
            for cell in column:
                cell.width = track.width
                cell.paragraphs[0].style = _CELL
        for column, title in enumerate(_HEADER):
            cells[0][column].text = title
            cells[2][column].text = f"{{{{ row[{column}] }}}}"
        cells[1][0].text = f"{{%tr for row in parts[{part}].rows %}}"
        cells[3][0].text = "{%tr endfor %}"
    foot = made.add_table(1, 2)
    foot.rows[0].cells[0].text = "Nơi nhận:\n{{ recipients }}"
    foot.rows[0].cells[1].text = "{{ signature }}"
    path = folder / "template.docx"
    made.save(str(path))
    return path


def _set_up_page(made: DocxDocument) -> None:
    """The paper and text of the legal layout, so that both sides fill as many pages."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(PAGE.width), Mm(PAGE.height)
    section.left_margin, section.right_margin = Mm(PAGE.left), Mm(PAGE.right)
    section.top_margin, section.bottom_margin = Mm(PAGE.top), Mm(PAGE.bottom)
    text, cell = LOOKS[Element.BODY], LOOKS[Element.CELL]
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(text.size)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(text.after), text.line
    made.styles[_CELL].font.size = Pt(cell.size)


def _by_docxtpl(template: Path, document: Document) -> bytes:
    paragraphs = [block for block in document.body if isinstance(block, Paragraph)]
    headings = [block for block in paragraphs if block.role is Role.HEADING]
    texts = [tuple(run.text for run in block.runs) for block in paragraphs if block.role is Role.BODY]
    tables = [block for block in document.body if isinstance(block, Table)]
    share = len(texts) // len(tables)
    context = {
        "issuer": "ỦY BAN NHÂN DÂN XÃ BẾN ĐÒ MẪU",
        "number": f"Số: {document.number}/{document.symbol}",
        "place": "Bến Đò Mẫu, ngày 20 tháng 6 năm 2023",
        "subject": document.subject,
        "parts": [
            {
                "heading": f"{heading.number}. {heading.text}",
                "texts": texts[index * share : (index + 1) * share],
                "rows": table.rows,
            }
            for index, (heading, table) in enumerate(zip(headings, tables, strict=True))
        ],
        "recipients": "- Sở Nội vụ (BC);\n- Lưu: VT.",
        "signature": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu",
    }
    made = docxtpl.DocxTemplate(template)
    made.render(context, autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _check_equal(template: Path, document: Document) -> None:
    """Both files must say the same, else the race means nothing."""
    said = []
    for data in (write.docx(document), _by_docxtpl(template, document)):
        words = "".join(
            text.text or "" for text in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:t"))
        )
        said.append("".join(words.split()).casefold())
    if said[0] != said[1]:
        raise AssertionError("docxtpl and our writer do not write the same words")


def _libreoffice(folder: Path, template: Path, documents: list[Document]) -> list[float]:
    """Seconds for each file but the first of one process that converts them in turn.

    It gets what docxtpl rendered, as it would without our writers.
    """
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice is needed for this comparison (Debian: libreoffice-writer-nogui)")
    folder.mkdir()
    sources = []
    for number, document in enumerate(documents):
        source = folder / f"{number}.docx"
        source.write_bytes(_by_docxtpl(template, document))
        sources.append(str(source))
    profile = (folder.parent / "profile").as_uri()
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *sources], check=True, capture_output=True, timeout=300)
    done = sorted(file.stat().st_mtime_ns for file in folder.glob("*.pdf"))
    if len(done) != len(sources):
        raise AssertionError("LibreOffice did not convert every file")
    return [(after - before) / 1e9 for before, after in pairwise(done)]


def main() -> None:
    """Prints the table and the JSON line."""
    found = times()
    ratios = found.ratios()
    print(f"Six pages, three tables; median of {ROUNDS} rounds of {FILES} files")
    for name, ours, peer, other, goal in (
        ("docx", found.docx, "docxtpl", found.docxtpl, "≥ 1"),
        ("PDF", found.pdf, "LibreOffice, warm", found.libreoffice, "≥ 4"),
    ):
        print(
            f"{name:5} {ours * 1000:8.1f} ms   {peer:18} {other * 1000:8.1f} ms   × {other / ours:6.2f}   goal {goal}"
        )
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
