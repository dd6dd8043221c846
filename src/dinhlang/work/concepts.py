"""Which figures can be taken from the ledger, declared once.

A concept is counted (its daily totals add up), a stock (how many there are on a day: of a window its last day that is
known holds), or a share of two counted concepts. What a percentage
rests on follows the practice of official reports: on time over resolved, online over received, completion
over planned. Unknown is not zero: a concept without a line has no value, and `missing` says what to bring.
"""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.work.models import ActivityKind as Kind


@dataclass(frozen=True, slots=True)
class Concept:
    """One figure: `unit` is the word printed after it, `kinds` the activities that offer it as a counter.

    A share names its `numerator` and `denominator`; everything else is `additive` over units, and over days unless
    it `is_stock`. `columns` are further
    folded names under which a column of an imported file may stand. A counter of a `scale` keeps so many parts of one
    (points with two decimals are kept as hundredths): it is written from a page of its own, and only a share is made of it.
    """

    id: str
    label: str
    unit: str
    missing: str
    kinds: tuple[Kind, ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    columns: tuple[str, ...] = ()
    is_stock: bool = False
    scale: int = 1

    @property
    def additive(self) -> bool:
        return self.numerator is None

    @property
    def is_counter(self) -> bool:
        """Whether a line of the ledger may carry it."""
        return bool(self.kinds)

    @property
    def is_offered(self) -> bool:
        """Whether people fill it in where lines are recorded."""
        return self.is_counter and self.scale == 1

    def told(self, kept: int) -> int | float:
        """What the kept number means: 8735 hundredths are 87.35."""
        return kept if self.scale == 1 else kept / self.scale


_WRITTEN = (Kind.WEBSITE, Kind.RADIO, Kind.BULLETIN)
_CHANNELS = (Kind.WEBSITE, Kind.SOCIAL, Kind.RADIO, Kind.BULLETIN, Kind.BOARD)

_NO_SCORE = (
    "Chưa ghi điểm chất lượng phục vụ mà Cổng Dịch vụ công quốc gia công bố. "
    "Cần đường dẫn hoặc ảnh chụp trang công bố điểm của đơn vị."
)
_POINTS_OF = "quality_maximum"


def _score(name: str, label: str) -> tuple[Concept, Concept]:
    """Points of the index that the national portal publishes: hundredths in the ledger, points of a hundred in a text.

    As a share of the scale they are a mean over units, never a sum.
    """
    kept = Concept(
        f"quality_points{name}", label, "điểm", _NO_SCORE, (Kind.ONESTOP,), is_stock=True, scale=100
    )
    said = Concept(
        f"service_quality{name}", label, "điểm", _NO_SCORE, numerator=kept.id, denominator=_POINTS_OF
    )
    return kept, said


_PORTAL_SCORES = (
    Concept(
        _POINTS_OF,
        "Thang điểm chất lượng phục vụ",
        "điểm",
        _NO_SCORE,
        (Kind.ONESTOP,),
        is_stock=True,
        scale=100,
    ),
    *_score("", "Điểm chất lượng phục vụ do Cổng Dịch vụ công quốc gia công bố"),
    *_score("_openness", "Điểm nhóm Công khai, minh bạch do Cổng công bố"),
    *_score("_progress", "Điểm nhóm Tiến độ, kết quả giải quyết do Cổng công bố"),
    *_score("_digitising", "Điểm nhóm Số hóa hồ sơ do Cổng công bố"),
    *_score("_online", "Điểm nhóm Cung cấp dịch vụ trực tuyến do Cổng công bố"),
    *_score("_satisfaction", "Điểm nhóm Mức độ hài lòng do Cổng công bố"),
)

_DECLARED = (
    # One article on three channels is one tin bài and three postings: writing and posting never share a counter.
    Concept(
        "articles",
        "Tin, bài về cải cách hành chính",
        "tin, bài",
        "Chưa có tin, bài nào trong sổ theo dõi của kỳ. Cần đường dẫn hoặc ảnh chụp từng tin, bài đã đăng.",
        _WRITTEN,
        columns=("tin bai", "so tin bai", "so tin", "so bai", "bai viet", "so bai viet"),
    ),
    Concept(
        "posts",
        "Lượt đăng trên các kênh",
        "lượt đăng",
        "Chưa có lượt đăng nào trong sổ theo dõi của kỳ. Cần đường dẫn từng lượt đăng trên trang, mạng xã hội.",
        _CHANNELS,
        columns=("luot dang", "so luot dang", "bai dang", "so bai dang", "dang tai"),
    ),
    Concept(
        "visits",
        "Lượt truy cập trang thông tin điện tử",
        "lượt",
        "Chưa có số lượt truy cập của kỳ. Cần bảng thống kê truy cập của trang thông tin điện tử.",
        (Kind.WEBSITE,),
        columns=("luot truy cap", "so luot truy cap", "truy cap"),
    ),
    Concept(
        "reach",
        "Lượt tiếp cận trên mạng xã hội",
        "lượt",
        "Chưa có số lượt tiếp cận của kỳ. Cần ảnh chụp thống kê của trang mạng xã hội.",
        (Kind.SOCIAL,),
        columns=("luot tiep can", "so luot tiep can", "tiep can"),
    ),
    Concept(
        "messages",
        "Tin nhắn đã gửi",
        "tin nhắn",
        "Chưa có tin nhắn nào trong sổ theo dõi của kỳ. Cần bảng kê tin nhắn đã gửi.",
        (Kind.MESSAGE, Kind.SOCIAL),
        columns=("tin nhan", "so tin nhan"),
    ),
    Concept(
        "broadcasts",
        "Lượt phát thanh",
        "lượt phát",
        "Chưa có lượt phát thanh nào trong sổ theo dõi của kỳ. Cần sổ nhật ký phát thanh.",
        (Kind.RADIO,),
        columns=("luot phat", "so luot phat", "luot phat thanh", "so lan phat"),
    ),
    Concept(
        "broadcast_sessions",
        "Buổi phát thanh",
        "buổi",
        "Chưa có buổi phát thanh nào trong sổ theo dõi của kỳ. Cần sổ nhật ký phát thanh.",
        (Kind.RADIO,),
        columns=("so buoi phat", "buoi phat", "so buoi phat thanh"),
    ),
    Concept(
        "broadcast_minutes",
        "Thời lượng phát thanh",
        "phút",
        "Chưa có thời lượng phát thanh của kỳ. Cần sổ nhật ký phát thanh có ghi giờ bắt đầu, kết thúc.",
        (Kind.RADIO,),
        columns=("so phut", "phut", "thoi luong", "so phut phat", "thoi luong phut"),
    ),
    Concept(
        "meetings",
        "Hội nghị, cuộc tuyên truyền trực tiếp",
        "cuộc",
        "Chưa có hội nghị, cuộc tuyên truyền nào trong sổ theo dõi của kỳ. Cần biên bản hoặc ảnh từng cuộc.",
        (Kind.MEETING, Kind.SPEAKER),
        columns=("so cuoc", "cuoc", "hoi nghi", "so hoi nghi", "cuoc hop"),
    ),
    Concept(
        "attendees",
        "Người dự hội nghị, cuộc tuyên truyền",
        "lượt người",
        "Chưa có số người dự của kỳ. Cần danh sách hoặc biên bản có ghi số người dự.",
        (Kind.SPEAKER, Kind.MEETING),
        columns=("nguoi du", "so nguoi du", "luot nguoi du", "so luot nguoi", "luot nguoi", "so nguoi"),
    ),
    Concept(
        "guidance",
        "Lượt người được hướng dẫn trực tiếp",
        "lượt người",
        "Chưa có lượt hướng dẫn nào trong sổ theo dõi của kỳ. Cần sổ hướng dẫn tại nơi tiếp nhận hồ sơ.",
        (Kind.GUIDANCE,),
        columns=(
            "luot huong dan",
            "so luot huong dan",
            "luot nguoi duoc huong dan",
            "so nguoi duoc huong dan",
        ),
    ),
    # Apart from guidance at the counter: other people, other places, and so never the same person in one figure.
    Concept(
        "supported",
        "Lượt người được hỗ trợ dịch vụ công trực tuyến",
        "lượt người",
        "Chưa có lượt hỗ trợ nào trong sổ theo dõi của kỳ. Cần sổ hỗ trợ của tổ công nghệ số cộng đồng.",
        (Kind.SUPPORT,),
        columns=("luot ho tro", "so luot ho tro", "luot nguoi duoc ho tro", "so nguoi duoc ho tro"),
    ),
    Concept(
        "leaflets",
        "Tờ rơi, tờ gấp đã phát",
        "tờ",
        "Chưa có tờ rơi, tờ gấp nào trong sổ theo dõi của kỳ. Cần phiếu giao nhận hoặc ảnh tài liệu đã phát.",
        (Kind.LEAFLET, Kind.SPEAKER, Kind.MEETING, Kind.GUIDANCE),
        columns=("to roi", "so to roi", "to gap", "so to", "so to roi to gap"),
    ),
    Concept(
        "banners",
        "Băng rôn, khẩu hiệu, pa nô",
        "chiếc",
        "Chưa có băng rôn, khẩu hiệu, pa nô nào trong sổ theo dõi của kỳ. Cần ảnh chụp tại nơi treo.",
        (Kind.BOARD,),
        columns=("bang ron", "so bang ron", "khau hieu", "pano", "pa no", "so bang ron khau hieu"),
    ),
    Concept(
        "spots",
        "Điểm treo, điểm phát ấn phẩm",
        "điểm",
        "Chưa có điểm treo, điểm phát nào trong sổ theo dõi của kỳ. Cần sổ ấn phẩm hoặc ảnh chụp từng điểm.",
        (Kind.BOARD, Kind.LEAFLET),
        columns=("so diem", "diem treo", "so diem treo", "diem phat", "so diem phat"),
    ),
    Concept(
        "bulletins",
        "Bản tin thông tin cơ sở",
        "số",
        "Chưa có bản tin nào trong sổ theo dõi của kỳ. Cần tệp hoặc ảnh từng số bản tin đã phát hành.",
        (Kind.BULLETIN,),
        columns=("ban tin", "so ban tin", "so ky ban tin"),
    ),
    Concept(
        "trainings",
        "Lớp tập huấn, bồi dưỡng",
        "lớp",
        "Chưa có lớp tập huấn nào trong sổ theo dõi của kỳ. Cần giấy mời và danh sách tập huấn.",
        (Kind.TRAINING,),
        columns=("so lop", "lop", "lop tap huan", "so lop tap huan", "tap huan"),
    ),
    Concept(
        "training_attendees",
        "Người dự tập huấn, bồi dưỡng",
        "lượt người",
        "Chưa có số người dự tập huấn của kỳ. Cần danh sách tập huấn.",
        (Kind.TRAINING,),
        columns=(
            "hoc vien",
            "so hoc vien",
            "so nguoi",
            "luot nguoi",
            "nguoi du tap huan",
            "so nguoi du tap huan",
        ),
    ),
    Concept(
        "contests",
        "Cuộc thi tìm hiểu cải cách hành chính",
        "cuộc",
        "Chưa có cuộc thi nào trong sổ theo dõi của kỳ. Cần thể lệ hoặc kế hoạch cuộc thi.",
        (Kind.CONTEST,),
        columns=("cuoc thi", "so cuoc thi"),
    ),
    Concept(
        "contest_entries",
        "Bài dự thi tìm hiểu cải cách hành chính",
        "bài dự thi",
        "Chưa có số bài dự thi của kỳ. Cần bảng tổng hợp của ban tổ chức cuộc thi.",
        (Kind.CONTEST,),
        columns=("bai du thi", "so bai du thi", "luot du thi", "so luot du thi"),
    ),
    Concept(
        "procedures_posted",
        "Thủ tục hành chính được niêm yết",
        "thủ tục",
        "Chưa có lần niêm yết nào trong sổ theo dõi của kỳ. Cần ảnh bảng niêm yết hoặc đường dẫn nơi công khai.",
        (Kind.POSTING,),
        columns=("thu tuc", "so thu tuc", "tthc", "so tthc", "so tthc niem yet", "thu tuc niem yet"),
    ),
    Concept(
        "dossiers_received",
        "Hồ sơ tiếp nhận",
        "hồ sơ",
        "Chưa có số hồ sơ tiếp nhận của kỳ. Cần sổ theo dõi hồ sơ hoặc bảng xuất từ hệ thống giải quyết thủ tục hành chính.",
        (Kind.ONESTOP,),
        columns=("ho so tiep nhan", "so ho so tiep nhan", "tiep nhan", "tong so ho so"),
    ),
    Concept(
        "dossiers_online",
        "Hồ sơ tiếp nhận trực tuyến",
        "hồ sơ",
        "Chưa có số hồ sơ trực tuyến của kỳ. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính, tách trực tuyến và trực tiếp.",
        (Kind.ONESTOP,),
        columns=("ho so truc tuyen", "so ho so truc tuyen", "truc tuyen"),
    ),
    Concept(
        "dossiers_resolved",
        "Hồ sơ đã giải quyết",
        "hồ sơ",
        "Chưa có số hồ sơ đã giải quyết của kỳ. Cần sổ theo dõi hồ sơ hoặc bảng xuất từ hệ thống giải quyết thủ tục hành chính.",
        (Kind.ONESTOP,),
        columns=("ho so da giai quyet", "so ho so da giai quyet", "da giai quyet", "ho so giai quyet"),
    ),
    Concept(
        "dossiers_on_time",
        "Hồ sơ giải quyết trước hạn, đúng hạn",
        "hồ sơ",
        "Chưa có số hồ sơ giải quyết đúng hạn của kỳ. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính có cột hạn trả.",
        (Kind.ONESTOP,),
        columns=("ho so dung han", "so ho so dung han", "dung han"),
    ),
    Concept(
        "dossiers_late",
        "Hồ sơ giải quyết quá hạn",
        "hồ sơ",
        "Chưa có số hồ sơ quá hạn của kỳ. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính có cột hạn trả.",
        (Kind.ONESTOP,),
        columns=("ho so qua han", "so ho so qua han", "qua han", "tre han"),
    ),
    Concept(
        "dossiers_early",
        "Hồ sơ giải quyết trước hạn",
        "hồ sơ",
        "Chưa có số hồ sơ giải quyết trước hạn của kỳ. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính, tách trước hạn và đúng hạn.",
        (Kind.ONESTOP,),
        columns=("ho so truoc han", "so ho so truoc han", "truoc han"),
    ),
    Concept(
        "dossiers_open",
        "Hồ sơ đang giải quyết",
        "hồ sơ",
        "Chưa có số hồ sơ đang giải quyết đến ngày chốt. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính đến ngày đó.",
        (Kind.ONESTOP,),
        columns=("ho so dang giai quyet", "so ho so dang giai quyet", "dang giai quyet", "ho so ton"),
        is_stock=True,
    ),
    Concept(
        "dossiers_open_late",
        "Hồ sơ đang giải quyết đã quá hạn",
        "hồ sơ",
        "Chưa có số hồ sơ đang giải quyết đã quá hạn đến ngày chốt. Cần bảng xuất từ hệ thống giải quyết thủ tục hành chính đến ngày đó.",
        (Kind.ONESTOP,),
        columns=("ho so dang giai quyet qua han", "dang giai quyet qua han"),
        is_stock=True,
    ),
    Concept(
        "feedback",
        "Phản ánh, kiến nghị đã tiếp nhận",
        "phản ánh, kiến nghị",
        "Chưa có số phản ánh, kiến nghị của kỳ. Cần sổ tiếp nhận phản ánh, kiến nghị.",
        (Kind.ONESTOP,),
        columns=("pakn", "so pakn", "phan anh kien nghi", "so phan anh kien nghi", "phan anh"),
    ),
    Concept(
        "feedback_answered",
        "Phản ánh, kiến nghị đã trả lời",
        "phản ánh, kiến nghị",
        "Chưa có số phản ánh, kiến nghị đã trả lời của kỳ. Cần sổ tiếp nhận phản ánh, kiến nghị.",
        (Kind.ONESTOP,),
        columns=("phan anh da tra loi", "pakn da tra loi", "pakn da giai quyet"),
    ),
    Concept(
        "feedback_on_time",
        "Phản ánh, kiến nghị trả lời đúng hạn",
        "phản ánh, kiến nghị",
        "Chưa có số phản ánh, kiến nghị trả lời đúng hạn của kỳ. Cần sổ tiếp nhận phản ánh, kiến nghị có ngày hẹn.",
        (Kind.ONESTOP,),
        columns=("phan anh dung han", "pakn dung han"),
    ),
    Concept(
        "feedback_published",
        "Phản ánh, kiến nghị công khai kết quả trả lời",
        "phản ánh, kiến nghị",
        "Chưa có số phản ánh, kiến nghị công khai kết quả trả lời của kỳ. Cần danh sách câu trả lời đã công khai.",
        (Kind.ONESTOP,),
        columns=("phan anh cong khai", "pakn cong khai"),
    ),
    Concept(
        "survey_answers",
        "Phiếu khảo sát hợp lệ",
        "phiếu",
        "Chưa có số phiếu khảo sát của kỳ. Cần bảng tổng hợp phiếu khảo sát.",
        (Kind.ONESTOP,),
        columns=("so phieu", "phieu khao sat", "so phieu khao sat", "phieu hop le"),
    ),
    Concept(
        "survey_satisfied",
        "Phiếu hài lòng, rất hài lòng",
        "phiếu",
        "Chưa có số phiếu hài lòng của kỳ. Cần bảng tổng hợp phiếu khảo sát theo mức độ.",
        (Kind.ONESTOP,),
        columns=("phieu hai long", "so phieu hai long"),
    ),
    Concept(
        "on_time_share",
        "Tỷ lệ hồ sơ giải quyết đúng hạn",
        "%",
        "Chưa tính được tỷ lệ đúng hạn. Cần cả số hồ sơ đã giải quyết và số hồ sơ đúng hạn của kỳ.",
        numerator="dossiers_on_time",
        denominator="dossiers_resolved",
    ),
    Concept(
        "online_share",
        "Tỷ lệ hồ sơ trực tuyến",
        "%",
        "Chưa tính được tỷ lệ hồ sơ trực tuyến. Cần cả số hồ sơ tiếp nhận và số hồ sơ trực tuyến của kỳ.",
        numerator="dossiers_online",
        denominator="dossiers_received",
    ),
    Concept(
        "satisfaction",
        "Tỷ lệ hài lòng",
        "%",
        "Chưa tính được tỷ lệ hài lòng. Cần cả số phiếu hợp lệ và số phiếu hài lòng của kỳ.",
        numerator="survey_satisfied",
        denominator="survey_answers",
    ),
    Concept(
        "feedback_on_time_share",
        "Tỷ lệ phản ánh, kiến nghị trả lời đúng hạn",
        "%",
        "Chưa tính được tỷ lệ phản ánh, kiến nghị trả lời đúng hạn. Cần sổ tiếp nhận phản ánh, kiến nghị có ngày hẹn và ngày trả lời.",
        numerator="feedback_on_time",
        denominator="feedback_answered",
    ),
    *_PORTAL_SCORES,
    Concept(
        "tasks_planned",
        "Nhiệm vụ của kế hoạch đã đến kỳ thực hiện",
        "nhiệm vụ",
        "Chưa có kế hoạch của năm. Cần nhập văn bản kế hoạch.",
    ),
    Concept(
        "tasks_completed",
        "Nhiệm vụ của kế hoạch đã hoàn thành, có minh chứng",
        "nhiệm vụ",
        "Chưa có kế hoạch của năm. Cần nhập văn bản kế hoạch và ghi hoạt động có minh chứng cho từng nhiệm vụ.",
    ),
    Concept(
        "completion",
        "Tỷ lệ hoàn thành kế hoạch",
        "%",
        "Chưa tính được tỷ lệ hoàn thành. Cần kế hoạch của năm và hoạt động có minh chứng cho từng nhiệm vụ.",
        numerator="tasks_completed",
        denominator="tasks_planned",
    ),
)

CONCEPTS: dict[str, Concept] = {concept.id: concept for concept in _DECLARED}

# Folded from the plan's tasks, not from counters.
FROM_PLAN = frozenset({"tasks_planned", "tasks_completed", "completion"})

_STOCKS = frozenset(concept.id for concept in _DECLARED if concept.is_stock)

# How many there are on a day, and shares of such: neither days nor months of them add up.
STOCKS = _STOCKS | {concept.id for concept in _DECLARED if concept.numerator in _STOCKS}

# Counters that only a share is made of: no figure for a text.
PARTS_ONLY = frozenset(concept.id for concept in _DECLARED if concept.scale != 1)

# The counter that one act of a kind is one of: it stands first in the form, filled in with 1.
ONE_ACT: dict[Kind, str] = {
    Kind.RADIO: "broadcasts",
    Kind.BULLETIN: "bulletins",
    Kind.WEBSITE: "articles",
    Kind.SOCIAL: "posts",
    Kind.SPEAKER: "meetings",
    Kind.MEETING: "meetings",
    Kind.TRAINING: "trainings",
    Kind.CONTEST: "contests",
}
COUNTERS: dict[Kind, tuple[Concept, ...]] = {
    kind: tuple(
        sorted(
            (concept for concept in _DECLARED if kind in concept.kinds),
            key=lambda concept: concept.id != ONE_ACT.get(kind),
        )
    )
    for kind in Kind
}


def counters_under(concept_id: str) -> tuple[str, ...]:
    """The counters a concept is folded from: itself, or the two of a share. Empty for figures of the plan."""
    concept = CONCEPTS[concept_id]
    if concept_id in FROM_PLAN:
        return ()
    if concept.numerator is None or concept.denominator is None:
        return (concept.id,)
    return (concept.numerator, concept.denominator)


def offered_for(kind: Kind) -> tuple[Concept, ...]:
    """The counters that whoever records a line of the kind may fill in."""
    return tuple(concept for concept in COUNTERS[kind] if concept.is_offered)
