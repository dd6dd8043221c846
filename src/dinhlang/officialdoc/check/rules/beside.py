"""A report beside its plan, and beside the report of the period before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dinhlang.officialdoc.check.case import OF_YEAR, Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import BESIDE_PLAN, BESIDE_PREVIOUS, CITING, of_kind
from dinhlang.officialdoc.check.pieces import PROSE, Piece
from dinhlang.officialdoc.check.registry import Hit, Lack, rule, said
from dinhlang.officialdoc.model import (
    Document,
    Figure,
    Kind,
    Paragraph,
    PartialDate,
    Role,
    Run,
    Task,
    TaskSchedule,
)
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods.identifier import BadPeriod, Period

_NOT_FOUND = 0.4
"""A task is taken for reported from this share of its own words on."""
_COPIED = 0.6
_SENTENCE = re.compile(r"[^.;!?\n]+")
_LEAST_WORDS = 8
_LEAST_SENTENCES = 6
# Words that plans and reports share whatever they are about.
_COMMON = frozenset(
    [
        "va",
        "cua",
        "cac",
        "cho",
        "tren",
        "tai",
        "theo",
        "ve",
        "den",
        "trong",
        "voi",
        "la",
        "duoc",
        "co",
        "de",
        "khi",
        "tu",
        "cong",
        "tac",
        "thuc",
        "hien",
        "to",
        "chuc",
        "xay",
        "dung",
        "ban",
        "hanh",
        "tham",
        "muu",
        "tiep",
        "tuc",
        "day",
        "manh",
        "tang",
        "cuong",
        "nang",
        "cao",
        "hanh",
        "chinh",
        "cai",
        "cach",
        "tuyen",
        "truyen",
        "xa",
        "phuong",
        "uy",
        "ban",
        "nhan",
        "dan",
        "ubnd",
        "noi",
        "dung",
        "cchc",
        "nam",
    ]
)


def _plan(*tasks: Task, **given: object) -> Document:
    plan = Document(
        kind=Kind.PLAN,
        number="05",
        symbol="KH-UBND",
        date=PartialDate(10, 1, 2023),
        subject="Tuyên truyền cải cách hành chính năm 2023",
        period="2023",
        tasks=tasks,
    )
    return replace(plan, **given)  # type: ignore[arg-type]


_CONTEST = Task(
    "Tổ chức cuộc thi trực tuyến tìm hiểu pháp luật", schedule=TaskSchedule("Tháng 8", "month", "2023-M08")
)


@rule(
    "DL701",
    FindingKind.OTHER,
    Severity.WARNING,
    "Báo cáo không nói đến nhiệm vụ của kế hoạch",
    needs=BESIDE_PLAN & of_kind(Kind.REPORT),
    bad=[said("I. Kết quả\nĐã đăng 36 tin, bài trên trang thông tin điện tử.", plan=_plan(_CONTEST))],
    good=[
        said(
            "I. Kết quả\nTháng 8, xã đã tổ chức cuộc thi tìm hiểu pháp luật trực tuyến.", plan=_plan(_CONTEST)
        ),
        said(
            "I. Kết quả\nĐã đăng 36 tin.",
            subject="Kết quả 6 tháng đầu năm 2023",
            plan=_plan(_CONTEST),
        ),
        said("I. Kết quả\nĐã đăng 36 tin."),
    ],
)
def task_not_reported(case: Case) -> Iterator[Lack]:
    """Of tasks due within the report's period. A task is known again by the words that are its own."""
    own = case.period
    if case.plan is None or own is None or case.document.kind is not Kind.REPORT:
        return
    told = {word for piece in case.pieces for word in fold(piece.text).split()}
    told = {word.strip(".,;:()“”\"'") for word in told}
    place = next((one for one in case.headings), case.main[0] if case.main else None)
    for task in case.plan.tasks:
        words = {word.strip(".,;:()“”\"'") for word in fold(task.task).split()} - _COMMON
        words = {word for word in words if len(word) > 1}
        if not words or not _is_due(task, own):
            continue
        if len(words & told) / len(words) < _NOT_FOUND:
            yield Lack(
                ("body",),
                f"Kế hoạch giao “{_short(task.task)}” ({_when(task)}) nhưng báo cáo không nói đến: bổ sung kết quả, hoặc nêu lý do chưa làm.",
                place,
            )


def _is_due(task: Task, own: Period) -> bool:
    """Whether something of the task was to be done by the end of the period. Without a time it is always so."""
    name = task.schedule.period if task.schedule else None
    if name is None:
        return True
    try:
        due = Period.parse(name)
    except BadPeriod:
        return True
    if (due.year, due.last_month) <= (own.year, own.last_month):
        return due.year == own.year
    return due.year == own.year and due.first_month <= own.first_month


def _when(task: Task) -> str:
    return task.schedule.text if task.schedule and task.schedule.text else "không ghi thời gian"


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


_ARTICLES_48 = Figure(48, "tin, bài", "tin, bài", "48 tin, bài", concept="articles")


@rule(
    "DL702",
    FindingKind.OTHER,
    Severity.WARNING,
    "Kết quả thấp hơn số kế hoạch đặt ra",
    needs=BESIDE_PLAN & of_kind(Kind.REPORT),
    bad=[
        said(
            "I. Kết quả\nĐã đăng 36 tin, bài trên trang.",
            figures=(Figure(36, "tin, bài", "tin, bài", "đã đăng 36 tin, bài", concept="articles"),),
            plan=_plan(figures=(_ARTICLES_48,)),
        )
    ],
    good=[
        said(
            "I. Kết quả\nĐã đăng 50 tin, bài trên trang.",
            figures=(Figure(50, "tin, bài", "tin, bài", "đã đăng 50 tin, bài", concept="articles"),),
            plan=_plan(figures=(_ARTICLES_48,)),
        ),
        said(
            "I. Kết quả\nĐã đăng 36 tin, bài, chưa đạt kế hoạch.",
            figures=(Figure(36, "tin, bài", "tin, bài", "đã đăng 36 tin, bài", concept="articles"),),
            plan=_plan(figures=(_ARTICLES_48,)),
        ),
    ],
)
def below_plan(case: Case) -> Iterator[Hit]:
    """Of a whole year: the same indicator in the same unit. Who says that the aim was missed is not told so again."""
    own = case.period
    if case.plan is None or own is None or case.document.kind is not Kind.REPORT or str(own) != str(own.year):
        return
    aims = _by_concept(case.plan.figures)
    for name, (figure, value) in _by_concept(case.document.figures).items():
        aim = aims.get(name)
        if aim is None or value >= aim[1]:
            continue
        found = _said(case, figure)
        if found is None or re.search(r"chua dat|khong dat|so voi|ke hoach", found[0].folded):
            continue
        piece, start, end = found
        yield Hit(
            piece,
            start,
            end,
            f"Kế hoạch đặt “{aim[0].quote}”, báo cáo nêu {_number(value)}: nêu lý do chưa đạt, hoặc đối chiếu lại số liệu.",
        )


def _by_concept(figures: Sequence[Figure]) -> Mapping[tuple[str, str], tuple[Figure, float]]:
    """The largest figure of each indicator and unit; rates and figures of each month are left out."""
    found: dict[tuple[str, str], tuple[Figure, float]] = {}
    for one in figures:
        if one.concept is None or one.unit is None or "/" in one.unit or one.unit == "%":
            continue
        key = (one.concept, fold(one.unit))
        if key not in found or one.value > found[key][1]:
            found[key] = (one, float(one.value))
    return found


def _said(case: Case, figure: Figure) -> tuple[Piece, int, int] | None:
    """Where the figure's quote stands."""
    for piece in case.of(*PROSE):
        at = piece.text.lower().find(figure.quote.lower())
        if at >= 0:
            return piece, at, at + len(figure.quote)
    return None


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",") if value % 1 else f"{int(value):,}".replace(",", ".")


@rule(
    "DL703",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Viện dẫn kế hoạch với số hoặc ngày khác bản kế hoạch",
    needs=BESIDE_PLAN & CITING,
    bad=[
        said(
            "Thực hiện Kế hoạch số 05/KH-UBND ngày 11 tháng 01 năm 2023 của UBND xã về tuyên truyền cải cách hành chính năm 2023, UBND xã báo cáo:",
            plan=_plan(),
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 05/KH-UBND ngày 10 tháng 01 năm 2023 của UBND xã về tuyên truyền cải cách hành chính năm 2023, UBND xã báo cáo:",
            plan=_plan(),
        )
    ],
)
def cites_plan_otherwise(case: Case) -> Iterator[Hit]:
    """The same number and symbol with another day; or the same day and subject with another number."""
    plan = case.plan
    if plan is None or plan.number is None or plan.symbol is None:
        return
    day = whole(plan.date)
    for one in case.first_citations:
        cited = one.reference
        if cited.number is None or fold(cited.symbol or "") != fold(plan.symbol):
            continue
        own_day = whole(cited.date)
        same_number = cited.number.lstrip("0") == plan.number.lstrip("0")
        if same_number and day and own_day and own_day != day and own_day.year == day.year:
            message = (
                f"Bản kế hoạch ghi ngày {day:%d/%m/%Y}, ở đây ghi ngày {own_day:%d/%m/%Y}: sửa cho khớp."
            )
            yield Hit(one.piece, one.start, one.end, message)


def _previous(*sentences: str, **given: object) -> Document:
    body = tuple(Paragraph(Role.BODY, (Run(text),)) for text in sentences)
    return replace(
        Document(kind=Kind.REPORT, subject="Kết quả năm 2022", period="2022", body=body),
        **given,  # type: ignore[arg-type]
    )


_SIX = tuple(
    f"Ủy ban nhân dân xã đã tổ chức tuyên truyền tới toàn thể người dân về lĩnh vực {name}"
    for name in ("đất đai", "hộ tịch", "y tế", "giáo dục", "môi trường", "xây dựng", "văn hóa")
)


@rule(
    "DL711",
    FindingKind.REPETITION,
    Severity.WARNING,
    "Phần lớn câu chữ chép lại của báo cáo kỳ trước",
    needs=BESIDE_PREVIOUS,
    bad=[said("I. Kết quả\n" + "\n".join(f"{one}." for one in _SIX), previous=_previous(*_SIX))],
    good=[
        said("I. Kết quả\n" + "\n".join(f"{one}." for one in _SIX), previous=_previous("Một câu khác hẳn.")),
        said("I. Kết quả\nĐã làm.", previous=_previous(*_SIX)),
    ],
)
def copied(case: Case) -> Iterator[Hit]:
    """The share of sentences that the report before has too, numbers aside."""
    if case.previous is None:
        return
    before = {_plain(text) for text in _sentences_of(case.previous)}
    own = [(piece, found) for piece in case.of(*PROSE) for found in _SENTENCE.finditer(piece.text)]
    own = [(piece, found) for piece, found in own if len(found[0].split()) >= _LEAST_WORDS]
    same = [(piece, found) for piece, found in own if _plain(found[0]) in before]
    if len(own) < _LEAST_SENTENCES or len(same) < _COPIED * len(own):
        return
    piece, found = same[0]
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    yield Hit(
        piece,
        start,
        found.end(),
        f"{len(same)} trong {len(own)} câu ({len(same) / len(own):.0%}) giống hệt báo cáo kỳ trước: viết lại theo việc đã làm trong kỳ này.",
    )


def _sentences_of(document: Document) -> Iterator[str]:
    for block in document.body:
        if isinstance(block, Paragraph):
            yield from (found[0] for found in _SENTENCE.finditer(block.text))


def _plain(text: str) -> str:
    """A sentence without its numbers, capitals and marks."""
    return re.sub(r"\d[\d./,]*", "0", " ".join(fold(text).split()))


_VISITS = Figure(6694, "lượt", "lượt truy cập", "6.694 lượt truy cập", concept="visits")


@rule(
    "DL712",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số liệu không đổi so với báo cáo kỳ trước",
    needs=BESIDE_PREVIOUS,
    bad=[
        said(
            "I. Kết quả\nTrang có 6.694 lượt truy cập.",
            figures=(_VISITS,),
            previous=_previous(figures=(_VISITS,)),
        )
    ],
    good=[
        said(
            "I. Kết quả\nTrang có 7.120 lượt truy cập.",
            figures=(replace(_VISITS, value=7120, quote="7.120 lượt truy cập"),),
            previous=_previous(figures=(_VISITS,)),
        )
    ],
)
def unchanged_figure(case: Case) -> Iterator[Hit]:
    """The same large count of the same thing in two periods is most often left over."""
    if case.previous is None:
        return
    before = _by_concept(case.previous.figures)
    for name, (figure, value) in _by_concept(case.document.figures).items():
        same = before.get(name)
        if same is None or same[1] != value or value < _LARGE:
            continue
        found = _said(case, figure)
        if found is not None:
            piece, start, end = found
            yield Hit(
                piece,
                start,
                end,
                f"Báo cáo kỳ trước cũng ghi “{same[0].quote}”: kiểm tra số liệu của kỳ này.",
            )


# Small counts may be the same by chance.
_LARGE = 10
_LOOKS_BACK = re.compile(r"so voi|cung ky|tang|giam|giai doan|tu nam|den nam|theo|\bso\s+\d")


@rule(
    "DL713",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Năm của báo cáo kỳ trước còn sót lại",
    needs=BESIDE_PREVIOUS,
    bad=[
        said(
            "I. Kết quả\nXã đã hoàn thành các nhiệm vụ tuyên truyền được giao trong năm 2022.",
            previous=_previous("Xã đã hoàn thành các nhiệm vụ tuyên truyền được giao trong năm 2022."),
        )
    ],
    good=[
        said(
            "I. Kết quả\nXã đã hoàn thành các nhiệm vụ tuyên truyền được giao trong năm 2023.",
            previous=_previous("Xã đã hoàn thành các nhiệm vụ tuyên truyền được giao trong năm 2022."),
        ),
        said(
            "I. Kết quả\nTăng 12% so với năm 2022.",
            previous=_previous("Tăng 12% so với năm 2022."),
        ),
    ],
)
def left_over_year(case: Case) -> Iterator[Hit]:
    """A sentence that was copied with its year."""
    own, previous = case.period, case.previous
    if previous is None or own is None or previous.period is None:
        return
    year = int(previous.period[:4])
    if year >= own.year:
        return
    before = {" ".join(fold(text).split()) for text in _sentences_of(previous)}
    for piece in case.of(*PROSE):
        for found in _SENTENCE.finditer(piece.text):
            folded = " ".join(fold(found[0]).split())
            if folded not in before or _LOOKS_BACK.search(folded):
                continue
            for named in OF_YEAR.finditer(piece.folded, found.start(), found.end()):
                if int(named["year"]) == year:
                    yield Hit(
                        piece,
                        *named.span(),
                        f"Câu này chép từ báo cáo kỳ trước cùng năm {year}: sửa thành năm {own.year}.",
                        f"{piece.text[named.start() : named.end() - 4]}{own.year}",
                    )


RULES = (
    task_not_reported,
    below_plan,
    cites_plan_otherwise,
    copied,
    unchanged_figure,
    left_over_year,
)
