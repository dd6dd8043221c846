"""What somebody suffers from, where somebody is spoken of just before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span

# Without marks. What people say of a body, of a mind, of a child to come, and of what was done to somebody.
_ILLS = r"""
    (?:nhiem |duong tinh (?:voi )?)?(?:hiv(?:/aids)?|aids) | duong tinh(?: voi)? (?:covid|ma tuy) | (?:nhiem )?chat doc (?:mau )?da cam
    ung thu(?: (?:phoi|gan|vu|da day|mau|dai trang|tuyen giap|vom hong|tu cung|xuong|thuc quan|tuy|da|phe quan))? | k (?:vu|phoi|gan|da day) | u (?:nao|phoi|xo(?: tu cung)?|vu|gan|buou) | xo gan(?: co truong)? | buou co
    (?:benh )?tam than(?: phan liet)? | tram cam(?: sau sinh)? | hoang tuong | tu ky | lu lan | sa sut tri tue | thieu nang(?: tri tue)? | roi loan (?:tam than|lo au|luong cuc|tien dinh)
    (?<!cai )nghien (?:(?:ma tuy|ruou)(?: da| nang)?|hut|heroin|hero|da|thuoc phien|bach phien|can sa|hang da) | dong kinh(?! (?:doanh|te|phi)) | hoi chung down | cham phat trien | bai nao | bai liet | parkinson | alzheimer
    khuyet tat (?:nang|dac biet nang|tri tue|van dong) | tat nguyen | cam diec | diec dac | diec(?: hai tai| ca hai tai)? | mu (?:hai|ca hai|mot|ben) mat | mu loa
    loa(?: (?:hai|ca hai|mot|ben))? mat(?: (?:phai|trai))? | liet (?:hai chan|nua nguoi|giuong|toan than|mot chan|ben (?:phai|trai)) | cut (?:(?:mot|hai|ca hai) )?(?:chan|tay)(?: (?:phai|trai))?
    gay (?:xuong(?: (?:dui|suon|chau|don))?|chan|tay|co xuong dui|suon|cot song)(?! (?:thuong|dong)) | chan thuong (?:so nao|cot song) | bong (?:nang|do [0-9])
    suy (?:than|tim|gan|dinh duong|ho hap) | chay than | soi (?:than|mat) | tieu duong(?: thai ky)? | dai thao duong | (?:cao|tang) huyet ap | tai bien | dot quy
    (?:hep |ho )?van tim | tim (?:bam sinh|to) | nhoi mau co tim | ho ham ech | duc thuy tinh the | benh (?:tim|gan|phoi|than|phong|cui|gout|gut|tri|hiem ngheo|hiem|nan y|lao|hen|down|thoai hoa|xuong khop)
    lao (?:phoi|hach|mang nao) | bui phoi(?: silic)? | hen suyen | viem (?:gan [abc](?: man)?|gan|phoi(?: tac nghen man tinh)?|mui di ung|mang nao|ruot thua|cau than|khop|da day|phe quan) | thoat vi(?: dia dem)?
    thoai hoa (?:cot song|khop(?: goi)?) | than kinh toa | giang mai | sui mao ga | sot (?:xuat huyet|ret|phat ban) | quai bi | thuy dau | gut | gout | phong cui | tay chan mieng | ngo doc(?: (?:nam|thuc an|ruou|khi|thuoc))?
    bi hiep dam | bi xam hai(?: tinh duc)? | nhom mau (?:ab|[abo]) | mang (?:thai(?! ho)|bau) | co (?:thai|bau) | say thai | pha thai | vo sinh | hiem muon
    cham noi | di dang | khiem (?:thi|thinh) | ho lao | (?:mac|hoi chung) down | si ?da | bach tang | sut moi | coi xuong
    than kinh (?:khong (?:on dinh|binh thuong)|co van de|yeu) | ngo ngan | mat tri(?: nho)? | xuat huyet nao | (?:gan )?nhiem mo(?: gan)? | mo mau | thieu mau | tan mau(?: bam sinh)? | thalassemia | mau kho dong
    cham nhan thuc | tang dong | benh (?:nen|tam ly|hiem|tim mach|tieu duong|huyet ap|mau) | cuong giap | basedow | co giat | mu mau | ngao da | nghien (?:ngap|da|hut|ruou) | bi (?:khuyet tat|than kinh) | khuyet tat (?:bam sinh|nghe noi|nhin|than kinh|muc do (?:nang|dac biet nang)) | can [0-9]{1,2}(?:[.,][0-9])? do
    nhiem trung mau | da chan thuong | tien dinh | vay nen | zona | lupus | que chan | teo co | roi loan (?:tam ly|tieu dinh) | hoai tu
    hoi chung (?!(?:cuoi|dau|mua|nao|thoi|tat) )[^\W\d_]{2,12} | khoi u(?: (?:o )?(?:phoi|gan|nao|vu|da day|buong trung|co|than))? | loc mau
    can thi(?: nang)?(?: [0-9]{1,2}(?:[.,][0-9])? ?(?:diop|do)) | mo (?:tim|nao) | ghep than
"""
_HOW_GRAVE = r"(?: (?:do|giai doan|tip|typ|type) ?(?:[0-9]{1,2}[ab]?|i{1,3}|iv|cuoi)(?![^\W_])| (?:bam sinh|man tinh|giai doan cuoi|nang|nhe)(?![^\W_]))?"
_ANY = "|".join(one.strip() for one in re.split(r" [|] |\n", _ILLS) if one.strip())
_ILL = re.compile(rf"(?<![^\W_])(?:bi |mac )?((?:{_ANY})(?![^\W\d_]){_HOW_GRAVE})")
# What may be wrong, and where: 'viêm đại tràng', 'gãy xương đòn', 'mổ ruột thừa'.
_WHERE = (
    r"phoi|gan|than|tim|da day|bao tu|ruot(?: thua| non| gia)?|dai trang|truc trang|tuyen (?:tuy|giap|tien liet)|tuy|mat|vu|nguc|tu cung|buong trung|co tu cung|tien liet tuyen|bang quang|(?:mang )?nao|"
    r"xuong(?: (?:dui|don|suon|chau|chay|cang chan|banh che|cut|quai xanh))?|khop(?: (?:goi|hang|vai))?|cot song(?: (?:co|lung))?|dia dem|dot song(?: co| lung)?|dui|hong|chan|tay|vai|co chan|co tay|mach (?:vanh|mau)|van tim|mau|hach|da(?: co dia)?|xoang|hong|tai(?: giua)?|vong mac|giac mac|"
    r"duong (?:ruot|ho hap|tiet nieu)|tiet nieu|tinh hoan|thanh quan|thuc quan|phe quan|tuy song|ham|giap|tien dinh|tam than|than kinh"
)
_WRONG = r"viem|ung thu|suy|soi|liet|roi loan|thoai hoa|gay|chan thuong|tran dich(?: mang)?|loet|thung|xo|nhoi mau|xuat huyet|di tat|benh|ghep|u ac(?: tinh)?|nhiem trung|thoat vi|vo giap|polyp|rach"
_WRONG_THERE = re.compile(rf"(?<![^\W_])(?:bi |mac )?((?:{_WRONG}) (?:{_WHERE})(?![^\W\d_]){_HOW_GRAVE})")
# 'dạng tật: mù hai mắt', 'chẩn đoán viêm phổi': a sheet about somebody.
_SHEET = re.compile(r"(?<![^\W_])(?:dang tat|benh|mac benh|chan doan|tinh trang benh)(?: la)? ?:? ?$")
# Short words that are other words without their marks.
_MARKED_ILL = re.compile(
    r"(?<![^\W_])(?:(?:bị|mắc|hơi|đang|vừa) (?=lẫn|down|lao|điếc|câm|mù|liệt|gù|phong|khùng|điên|dại|hen|thần kinh|khuyết tật)|(?=lẫn cẫn|lẫn nặng|lẩn thẩn|lãng tai|nặng tai|nghễnh ngãng|đãng trí|mất ngủ|(?:đau|mổ|vỡ|hở|hẹp|u|cắt) ))(lẫn(?: cẫn| nặng)?|lẩn thẩn|lãng tai|nặng tai|nghễnh ngãng|đãng trí|mất ngủ kinh niên|đau (?:gan|tim|dạ dày|bao tử|đại tràng)|(?:mổ|vỡ|hở|hẹp|u|cắt) (?:tim|phổi|gan|ruột thừa|dạ dày|não|mắt|tử cung|van tim|mạch vành|thận|tuyến giáp|vú)|hen|thần kinh|khuyết tật|down|lao|điếc|câm|mù|liệt|gù|phong|khùng|điên|dại)(?![^\W_])(?! (?:động|công|vào|ra|xe|lộn))"
)
_SOMEBODY = re.compile(
    r"(?<![^\W_])(?:toi|tui|em|e|minh|chau|con|me|ma|cha|bo|ba|ong|vo|vk|ck|(?<!phong )(?<!phong, )chong|anh|chi|co|chu|bac|be|cu|di|cau|mo|ho|thang|no|nguoi nha)"
    r"(?![^\W\d_])[^.;!?]{0,50}$"
)
# 'dịch sốt xuất huyết', 'phòng chống HIV', 'khoa tâm thần': what everybody may have, and where it is treated.
_IN_GENERAL = re.compile(
    r"(?<![^\W_])(?:dịch|dich|phòng|chống|phòng chống|phong chong|ngừa|tiêm|tiem|vắc xin|thuốc|thuoc|khoa|bệnh viện|benh vien|trung tâm|xét nghiệm)(?: bệnh| benh)? $"
)
_NEAR = 50
_SURELY = re.compile(r"(?<![^\W_])mắc (?:bệnh |chứng )?$")


def is_sure(line: Line, ill: Span) -> bool:
    """Whether a word stands before that nothing but an ill follows: 'mắc hội chứng Down'."""
    return _SURELY.search(line.small[max(0, ill.start - 12) : ill.start]) is not None


def health(line: Line, names: list[Span]) -> Iterator[Span]:
    """States of health of somebody who is called, or named, earlier in the sentence."""
    for match in _ills(line):
        before = line.before(match.start(), _NEAR + 10)
        if not _IN_GENERAL.search(line.small[: match.start()][-20:]) and (
            _SOMEBODY.search(before)
            or _named(line, names, match.start())
            or (bool(names) and _SHEET.search(before))
        ):
            yield Span(match.start(1), match.end(1), Kind.OTHER)


# 'tự kỷ' and 'dị dạng' have the letters of these.
_OTHER_WORDS = ("từ ký", "đi đăng", "đi dạng")


def _ills(line: Line) -> Iterator[re.Match[str]]:
    for pattern in (_ILL, _WRONG_THERE):
        for match in pattern.finditer(line.bare):
            if not line.small.startswith(_OTHER_WORDS, match.start(1)):
                yield match
    yield from _MARKED_ILL.finditer(line.small)


def _named(line: Line, names: list[Span], place: int) -> bool:
    """Whether a name stands before a place in the same sentence."""
    return any(
        name.end <= place <= name.end + _NEAR and not re.search(r"[.;!?]", line.text[name.end : place])
        for name in names
    )
