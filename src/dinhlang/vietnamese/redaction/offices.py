"""Whether a name is that of an official in office: a title with its body before it, or a title or a body after it."""

from __future__ import annotations

import re

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.line import Line, bare

_TITLE = re.compile(rf"(?<![^\W_])(?:{words.TITLES})(?![^\W_])")
_POST = (
    r"truong thon|truong ap|truong ban|truong xom|to truong|bi thu|chu tich|pho chu tich|pho bi thu|pho ct|pct|ct xa|giam doc|pho giam doc|hieu truong|hieu pho|truong cong an|"
    r"truong ca|cong an|ca xa|ca phuong|can bo|cong chuc|chuyen vien|dia chinh|tu phap|ho tich|mot cua|ke toan(?! (?:cong ty|cty|cua|cho|xuong|quan))|van thu|thu quy|"
    r"xa doi|dan quan|ubnd|uy ban|hoi truong|chi hoi truong|chi hoi|chu nhiem|truong tram|bac si tram|tram truong|y si|truong phong|pho phong|pho truong phong|"
    r"dai bieu|kiem lam|csgt|csvk|van hoa xa|truong ban|pho ban|truong khu|khu pho truong|thanh tra|nhan vien|le tan|bao ve ubnd|dang uy|mat tran|doan thanh nien xa|hoi phu nu|hoi nong dan|hoi cuu chien binh|hoi ccb|hoi lhpn|phu nu xa|nong dan xa|bi thu doan|doan xa|xa doan|van phong(?! pham| pham| nha dat| luat)|"
    r"tham tra vien|thu ky (?:toa|xa|ubnd)|khuyen nong|thu y|dan so xa|y te (?:thon|xa|ban|ap)|giao duc xa|chinh sach|kinh te xa|tai chinh xa|thue|tiep dan|tiep nhan|bo phan (?:mot cua|tiep nhan|ho tich|tra ket qua)|quan ly (?:thi truong|do thi)|to (?:dan van|cong nghe so)"
)
# Who is only called by the body may be somebody to whom it did something: 'ông A công an đã lập biên bản'.
_BODY_ALONE = r"cong an|can bo|cong chuc|nhan vien|thanh tra|dia chinh|tu phap|ho tich|mot cua|ubnd|uy ban|kiem lam|csgt"
_TITLE_AFTER = re.compile(
    rf"\s*(?:[,(\-:]\s*(?:la |hien la |giu chuc |nguoi |thuoc )?|la |giu chuc |lam |dang la )?(?:dong chi |d/c )?"
    rf"(?!(?:{_BODY_ALONE}) (?:goi|bao|den|tra loi|moi|hoi|giai quyet|khong|chua|da|lap|xu|phat|bat|tam)\b)"
    rf"(?:(?:pho |quyen )?(?:{_POST})|(?:ben|phong|o|cua|to) (?:tu phap|dia chinh|mot cua|ubnd|uy ban|van phong|ke toan|cong an|bo phan|xa doi|thue|dien luc)|(?:ben|phong|ben phong) (?:to cong nghe|cong nghe|kinh te|lao dong|van hoa|hanh chinh|tai nguyen|tai chinh|dat dai|nong nghiep|giao duc|y te|hoi|doan|mat tran|tiep dan|noi vu|do thi|xay dung))"
    r"(?![^\W_])(?! (?:huu|nghi huu|cu|ve huu|da nghi)\b)"
)
# With their marks these are deeds and places, not posts: 'thuê' is no 'thuế', 'chuyển viện' no 'chuyên viên'.
_NO_POST = re.compile(r"(?<![^\W_])(?:thuê|chuyển viện|hội trường|vẫn thư|thú ý)$")
_FULL_STOP = re.compile(r"[.;\n!?]")
_BODY_PHRASES = re.compile(words.BODY_PHRASES)
# 'cựu bí thư xã, ông Khuê' holds it no more; 'thưa bà chủ tịch mặt trận, ông Giáp': who is called upon is not who is told of.
_NO_MORE = re.compile(r"(?<![^\W_])(?:cuu|nguyen) $")
_CALLED_UPON = re.compile(
    r"(?<![^\W_])(?:kinh )?(?:thua|chao|gui)(?: (?:cac|quy|ngai|ong|ba|anh|chi|co|chu|dong chi|d/c))* $"
)
_ANOTHER = re.compile(r"[^,.;]{0,30}, (?:ong|ba|anh|chi|co|chu|bac|thang|con)(?![^\W_])")
_CALL_LAST = re.compile(
    r"(?<![^\W_])(?:cac |la |ten(?: la)? |do |boi )*(?:ong|ba|dong chi|d/c|anh|chi|co|chu|bac|thay|em)?(?: ten(?: la)?)?\s*$"
)
_WORD = re.compile(r"[^\W\d_]+")
_BARE_BODY = frozenset(bare(word) for word in words.OF_A_BODY)


def in_office(line: Line, start: int, end: int) -> bool:
    """Whether the person named from `start` to `end` is spoken of in office."""
    post = _TITLE_AFTER.match(line.bare, end)
    if post and not _NO_POST.search(line.small[end : post.end()]):
        return True
    before = line.bare[max(0, start - 120) : start]
    stops = [stop.end() for stop in _FULL_STOP.finditer(before)]
    if stops:
        before = before[stops[-1] :]
    titles = list(_TITLE.finditer(before))
    if not titles:
        return False
    title_ends = titles[-1].end()
    said = before[: titles[-1].start()]
    if _NO_MORE.search(said) or (_CALLED_UPON.search(said) and _ANOTHER.match(before[titles[-1].end() :])):
        return False
    offset = start - len(before)
    between = _BODY_PHRASES.sub(lambda found: " " * len(found[0]), before[title_ends:])
    between = _CALL_LAST.sub("", between)
    for word in _WORD.finditer(between):
        place = offset + title_ends + word.start()
        written = line.text[place : place + len(word[0])]
        known = word[0] in _BARE_BODY if line.is_bare else written.lower() in words.OF_A_BODY
        if not known and not (written[0].isupper() and not line.is_shouted):
            return False
    return True
