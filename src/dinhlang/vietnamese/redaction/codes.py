"""Mail, social networks, places on the map, codes of cases and parcels, days of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span

_LOCAL = re.compile(r"(?:[\w+-]{1,30} \. ?)?[\w.+-]{1,64} ?$")
_DOMAIN = re.compile(r" ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}")
_PROVIDERS = r"go ?mail|gmail|gmai|gamil|yahoo|hotmail|outlook|icloud|live"
_DOT = r" ?(?:[(\[]?(?:\.|cham|dot)[)\]]?|,) ?"
_SIGN = r"[(\[] ?(?:at|a|@|a ?-?(?:cong|moc)) ?[)\]]"
_BY_WORDS = re.compile(
    rf"(?:{_SIGN}|(?<![^\W_])(?:at|a[ \-]?cong|a moc)) ?(?:{_PROVIDERS})(?:{_DOT}com?n?| ?[(\[]?(?:\.|cham|dot)[)\]]? ?[a-z]{{2,8}})?(?:{_DOT}vn)?"
    rf"|(?:{_SIGN}|(?<![^\W_])a[ \-]?(?:cong|moc)) ?[\w-]{{2,40}}(?:{_DOT}[\w-]{{2,20}}){{1,3}}"
)
_SPACED = re.compile(
    rf" ?(?:{_PROVIDERS})(?: (?:cham|dot) | ?, ?)com?n?(?:{_DOT}vn)?(?![\w.])"
    r"| ?[\w-]{2,40}(?: ?\. ?[\w-]{2,20}){0,2} ?\. ?(?:com|vn|net|org|edu|info|example|test)(?![\w.])"
)
# 'gửi về mail ruộng trên a còng yahoo': what is said between the word for mail and the sign.
_SAID_LOCAL = re.compile(
    r"(?<![^\W_])(?:e?mail|gmail|ve|qua)(?: (?:la|cua (?:em|toi|tui|minh|chau)|em|e|toi|tui|minh|chau|dung|cu|moi)){0,3}:? ((?:(?!(?:e?mail|gmail|ve|qua)(?![^\W_]))[\w.]{1,20} ){1,5})$"
)
# Letters of an office: 'ubnd.bentruc@…gov.vn', 'vanphong@'. A clerk's own address under gov.vn is hers all the same.
_OFFICE_BOX = re.compile(
    r"(?:ubnd|hdnd|vanphong|vanthu|vt_|motcua|cchc|lienhe|hotro|info|contact|bophan|tthc|xa|phuong|so|phong|trungtam)"
    r"[\w.+-]*@[\w.-]*gov\.vn"
)


def mail(line: Line) -> Iterator[Span]:
    """Addresses of mail, also with spaces, without an ending, or with the sign put in words."""
    text = line.bare
    place = text.find("@")
    while place >= 0:
        left = text[max(0, place - 65) : place]
        before = _SAID_LOCAL.search(left) or _LOCAL.search(left)
        after = _SPACED.match(text, place + 1) or _DOMAIN.match(text, place + 1)
        if before and after and (after.re is _SPACED or _is_mail(text, place, after[0])):
            start = place - len(before[before.lastindex or 0])
            end = after.end()
            if not _OFFICE_BOX.fullmatch(text[start:end].replace(" ", "")):
                yield Span(start, end, Kind.EMAIL)
        place = text.find("@", place + 1)
    for match in _BY_WORDS.finditer(text):
        left = text[max(0, match.start() - 65) : match.start()]
        local = _SAID_LOCAL.search(left) or _LOCAL.search(left)
        if local:
            yield Span(match.start() - len(local[local.lastindex or 0]), match.end(), Kind.EMAIL)
    for match in _BOX_ALONE.finditer(text):
        yield Span(match.start(1), match.end(1), Kind.EMAIL)


# 'gmail em là hoangnam1990': what is said to be there, without the sign.
_BOX_ALONE = re.compile(
    r"(?<![\w.@])(?:gmail|e?mail)(?: (?:la|em|e|toi|minh|cua|ten)){0,3} ?:? ?([a-z][a-z_.]{3,24}[0-9]{2,6})(?![\w@]| ?(?:@|\(|\[|at |a cong|a moc))"
)


def _is_mail(text: str, place: int, domain: str) -> bool:
    parted = domain.startswith(" ") or text[place - 1] == " "
    if "." in domain.strip("."):
        return not parted or re.match(rf" ?(?:{_PROVIDERS})", domain) is not None
    return re.fullmatch(rf" ?(?:{_PROVIDERS})", domain) is not None


_SOCIAL = re.compile(
    r"(?:https?://)?(?:www\.|m\.|vi-vn\.|web\.)?(?:facebook\.com|fb\.com|fb\.me|m\.me|zalo\.me|t\.me|tiktok\.com|instagram\.com|youtube\.com)/[^\s,;)]{2,200}"
)
_OF_A_BODY = re.compile(
    r"/(?:[\w.-]*(?:ubnd|uyban|thongtinchinhphu|congan|truyenthanh|doanthanhnien|phuong|xa|cchc))"
)
_MAP = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|maps\.google\.[a-z.]{2,10}|(?:www\.)?google\.[a-z.]{2,10}/maps)[^\s,;)]{0,300}"
)
_HANDLE = re.compile(
    r"(?<![^\W_])(?:fb|facebook|face|nick(?: fb| zalo)?|zalo|tiktok|telegram|insta|user(?:name)?|ten dang nhap|(?:line|zalo|wechat) id|id (?:line|zalo|wechat)|wechat|skype|viber|line(?= ?:))(?![^\W\d_])(?: (?:em|e|toi|minh|cua|la|ten|nick)){0,3} ?[:\-]? ?"
    r"(@?(?=[\w.]{0,30}[a-z])(?=[\w.]{0,30}[._0-9])[a-z0-9][\w.]{2,30})"
)
_AT_HANDLE = re.compile(
    r"(?<![\w.@])@(?!(?:all|moi ?nguoi|tat ?ca)(?![^\W_]))(?=[\w.]{0,29}[a-z]{3})[a-z0-9][\w.]{2,29}(?<!\.)(?![\w@])"
)
_DECIMAL = re.compile(
    r"(?<![\w.])[0-9]{1,2}\.[0-9]{2,8} ?° ?[nsb]?[ ,;]{1,3}[0-9]{2,3}\.[0-9]{2,8} ?° ?[edw]?(?![\w])|(?<![\w.])-?[0-9]{1,2}[.,][0-9]{3,10} ?[,; ] ?-?[0-9]{2,3}[.,][0-9]{3,10}(?![\w])"
)
_DEGREES = re.compile(
    r"[0-9]{1,3} ?[°º] ?[0-9]{1,2}(?:[.,][0-9]{1,4})? ?['′] ?(?:[0-9]{1,2}(?:[.,][0-9]{1,4})? ?[\"″”]? ?)?[nbse]?"
    r"(?:[ ,;]{1,3}[0-9]{1,3} ?[°º] ?[0-9]{1,2}(?:[.,][0-9]{1,4})? ?['′] ?(?:[0-9]{1,2}(?:[.,][0-9]{1,4})? ?[\"″”]? ?)?[edw]?)?"
)
_METRES = re.compile(
    r"\bx ?[=:] ?[0-9]{6,7}(?:[.,][0-9]{1,3})?[ ,;]{1,3}y ?[=:] ?[0-9]{6,7}(?:[.,][0-9]{1,3})?"
)

# A dossier's own code says nothing to who has no paper of it.
_DOSSIER = re.compile(
    r"(?:[a-z][0-9]{2}(?:\.[0-9]{1,3}){1,4}|[0-9]{3}(?:\.[0-9]{2}){1,3}\.[a-z][0-9]{2}|[a-z][0-9]{2})-[0-9]{6}-[0-9]{3,7}"
)
_CODE = re.compile(
    r"(?<![^\W_])(?:ma(?: so)?(?: tra cuu)?(?: (?:ho so|hs|ho gia dinh|ho|bien nhan|tra cuu|benh nhan|bn|khach hang|kh|don hang|giao dich|van don|don|vu viec|hoc sinh|sinh vien|danh bo|dien|cong to|pin))?|"
    r"so (?:ho so|hs|bien nhan|benh an|phat hanh|seri|se ri|vao so|giay hen|phieu|so do|danh bo|cong to|bao danh|hieu)|ho so(?: so)?|hs(?: so)?|seri|"
    r"(?:giay hen|phieu hen|bien nhan|giay bien nhan|benh an|giay chung nhan|gcn(?: ?qsd(?:d| dat)?)?|(?:giay )?cnqsdd?|so do|the thuong binh|the hoc sinh|the sinh vien|so hong|bia do|the (?:thuong binh|benh binh|hoc sinh|sinh vien|dang vien|khuyet tat|nguoi khuyet tat|nguoi cao tuoi|cuu chien binh|ccb|hoi vien)|danh bo|cong to|so (?:linh luong(?: huu)?|ho ngheo|ho can ngheo|luong huu|thuong binh|benh binh|linh luong|tiet kiem|ho khau)|giay (?:bao tu|chung tu|khai sinh|ket hon|xac nhan(?: khuyet tat| thuong binh)?|chung nhan (?:thuong binh|benh binh|gia dinh liet si|khuyet tat)|ra vien|ra trai)|bang to quoc ghi cong)(?: so)?|ma kh|pin)(?![^\W_])"
    r"(?: (?:dien|nuoc|la|so|cua (?:em|toi|minh)|do|nay)){0,3} ?[:\-#]? ?"
    r"((?=[\w.\-]{0,24}[0-9]{4})[a-z0-9][\w.\-]{3,40}(?<=[\w])|[a-z]{1,3}[ \-]?(?:[0-9]{1,3}[ \-]?)?[0-9]{3,8}(?:-[0-9]{2,4}|[a-z])?|[a-z]{1,2} ?[0-9]{5,8}|(?:[0-9] ){3,9}[0-9])(?![\w/])"
)
# 'có thẻ số KT-82-00417': whatever the paper is called.
_GROUPED = re.compile(
    r"(?<![^\W_])ma(?: [^\W\d_]{1,9}){0,5} ?:? ?((?:[a-z]{2} )?[0-9]{2,4}(?: [0-9]{1,4}){2,4})(?![\w/.,]*[0-9])"
)
_PAPER = re.compile(
    r"(?<![^\W_])(?:the|so|bang)(?: [^\W\d_]{1,7}){0,4} so ?:? ?([a-z]{1,3}[\-.](?:[0-9]{1,3}[\-.])?[0-9]{3,8})(?![\w/\-])"
)
# 'giấy chứng tử số 77/2022', 'sổ hộ nghèo của em ghi số HN-0456/NL', 'mã khách hàng điện lực PB0601': the paper, some words, the number.
_NUMBERED = re.compile(
    r"(?<![^\W_])(?:giay (?:chung tu|khai sinh|ket hon|xac nhan|ra vien|bao tu|chung nhan)|the (?:thuong binh|benh binh|hoi vien|dang vien|cu tri|hoc sinh|sinh vien|khuyet tat)|"
    r"so (?:ho khau|ho ngheo|ho can ngheo|vao so|do|hong|dat|linh luong|luong huu|tiet kiem|the)|phieu (?:thu|kham|xet nghiem)|"
    r"ma (?:khach hang|kh|benh nhan|bn|bien lai|hoa don|giao dich|the))(?: [^\W\d_]{1,9}){0,6}?(?: so| ma)?(?: la)? ?[:#]? "
    r"((?:[a-zđ]{1,4}[ /\-.]?)?[0-9][0-9a-z]*(?:[/.\-][0-9a-z]+| [0-9]{2,}){0,4})(?![\w/])"
)
_NO_CODE = re.compile(
    r"[0-9]\.[0-9]{6}(?:\..*)?|(?:19|20)[0-9]{2}|[0-9]{1,2}[.\-][0-9]{1,2}[.\-][0-9]{4}|[0-9]{1,3}(?:\.000)+d?"
)
_SHEET = r"(?:to ban do|tbd|ban do|to bd|to)"
_N = r"(?: dat)?(?: so)? ?:? ?[0-9]{1,5}[a-z]?"
# 'giấy chứng tử số 57, quyển số 01/2020'.
_IN_A_BOOK = re.compile(
    r"(?<![^\W_])(?:chung tu|khai tu|khai sinh|ket hon)(?: [^\W\d_]{1,9}){0,4} so:? ?"
    r"([0-9]{1,5}(?:/(?:19|20)[0-9]{2})?,? quyen(?: so)?:? ?[0-9]{1,4}(?:/(?:19|20)[0-9]{2})?(?:,? nam (?:19|20)[0-9]{2})?)(?![\w/])"
)
_LOAN = re.compile(r"(?<![\w/])([0-9]{3,5}-[a-z]{2,4}-(?:19|20)[0-9]{2}-?[0-9]{3,8})(?![\w/])")
_PARCEL = re.compile(
    rf"(?<![^\W_])(?:thua{_N}(?:[ ,;\-]{{0,3}}(?:thuoc |o )?{_SHEET}(?: so)? ?:? ?[0-9]{{1,4}})?|{_SHEET}(?: so)? ?:? ?[0-9]{{1,4}}[ ,;\-]{{0,3}}thua{_N})(?![\w/])"
)


def machines(line: Line) -> Iterator[Span]:
    """Pages of people in social networks, places on the map."""
    for match in _SOCIAL.finditer(line.bare):
        if not _OF_A_BODY.search(match[0]):
            yield Span(match.start(), match.end(), Kind.OTHER)
    for pattern in (_MAP, _DECIMAL, _DEGREES, _METRES):
        for match in pattern.finditer(line.bare):
            yield Span(match.start(), match.start() + len(match[0].rstrip(" .,")), Kind.OTHER)
    for match in _AT_HANDLE.finditer(line.bare):
        if not _OF_A_BODY.match(f"/{match[0][1:]}"):
            yield Span(match.start(), match.end(), Kind.OTHER)
    for match in _HANDLE.finditer(line.bare):
        if sum(sign.isdigit() for sign in match[1]) < 8:
            yield Span(match.start(1), match.end(1), Kind.OTHER)


# 'mã tham chiếu FT24000112233', 'hợp đồng cấp nước HĐCN-00765/19': letters and digits after a word that says what they number.
_CODED = re.compile(
    r"(?<![\w/.\-@])(?:[A-ZĐ]{1,6}(?:[\-/ ]|\. ?)?[0-9][0-9A-ZĐ]*(?:[./\-][0-9A-ZĐ]+| [0-9]{2,}(?![\w:/.,]?[0-9]*[/:.,]))*|[0-9]{1,6}[/\-](?:[A-ZĐ]{2,6}(?:-[0-9A-ZĐ]{2,6})?|[0-9]{4}(?:-[A-ZĐ]{2,6})?))(?![\w/])"
)
_NUMBERS = re.compile(
    r"(?<![^\W_])(?:ma|so|the|phieu|ve|bien lai|hoa don|hop dong|giay phep|seri|se ri|bang|giay|trich luc)(?![^\W_])[^.;!?0-9]{0,40}$"
)
_OFFICIAL = re.compile(
    r"(?:[0-9]+/)?(?:QĐ|QD|NQ|NĐ|ND|CV|KH|BC|TB|TT|CT|TTR|BB|GM|HD|QH|VB|CP|UBND|HĐND|STT|QL|ĐT|DT|TL|ĐH|PA|PAKN|MST|TTHC|QR|A|B|C|K|KM|HS|LK|H[0-9]{2})(?![A-ZĐ])"
)
_OF_OFFICES = re.compile(
    r"(?<![^\W_])(?:quyet dinh|nghi quyet|nghi dinh|cong van|ke hoach|thong bao|van ban|thong tu|luat|huong dan|thu tuc|phan anh|lo|duong|tuyen|quay|phong|dien thoai|may)(?![^\W_])[^.;]{0,24}$"
)
_BY_PERSON = re.compile(
    r"(?<![^\W_])(?:chung tu|khai tu|khai sinh|ket hon|chung sinh|bao tu|khuyet tat|ket luan|ra vien|ho ngheo|can ngheo|thuong binh|trich luc|(?:so|bia) (?:do|hong|xanh))(?![^\W_])[^.;]{0,20}$"
)
_FEWEST_DIGITS = 3


def coded(line: Line) -> Iterator[Span]:
    """Codes of letters and digits that number a paper, a bill or a thing of somebody, whatever it is called."""
    if line.is_shouted:
        return
    for match in _CODED.finditer(line.text):
        code, before = match[0], line.before(match.start(), 60)
        is_by_person = bool(_BY_PERSON.search(before))
        if (
            _OFFICIAL.match(code)
            or _DOSSIER.match(code.lower())
            or (sum(sign.isdigit() for sign in code) < _FEWEST_DIGITS and not (is_by_person and "/" in code))
        ):
            continue
        if not _NUMBERS.search(before) or _OF_OFFICES.search(before) or _NO_CODE.fullmatch(code):
            continue
        if code[0].isalpha() or is_by_person:
            yield Span(match.start(), match.end(), Kind.OTHER)


def cases(line: Line) -> Iterator[Span]:
    """Codes of receipts, patients, customers; numbers of land titles; parcels."""
    for pattern in (_IN_A_BOOK, _GROUPED, _LOAN):
        for match in pattern.finditer(line.bare):
            yield Span(match.start(1), match.end(1), Kind.OTHER)
    for match in _CODE.finditer(line.bare):
        letters, _, digits = match[1].partition(" ")
        is_words = (
            bool(digits)
            and letters.isalpha()
            and (len(letters) > 2 or not line.text[match.start(1)].isupper())
        )
        if not is_words and not _NO_CODE.fullmatch(match[1]) and not _DOSSIER.fullmatch(match[1]):
            yield Span(match.start(1), match.end(1), Kind.OTHER)
    for match in _NUMBERED.finditer(line.bare):
        if _is_a_number_of_one(line, match.start(1), match[1]):
            yield Span(match.start(1), match.end(1), Kind.OTHER)
    for match in _PAPER.finditer(line.bare):
        if line.text[match.start(1)].isupper():
            yield Span(match.start(1), match.end(1), Kind.OTHER)
    for match in _PARCEL.finditer(line.bare):
        yield Span(match.start(), match.end(), Kind.OTHER)


_MONEY = re.compile(
    r"[0-9]{1,3}(?:[.,][0-9]{3})+ ?(?:d|dong|vnd)?|[0-9]{1,2}[/.\-][0-9]{1,2}(?:[/.\-][0-9]{2,4})?"
)


def _is_a_number_of_one(line: Line, start: int, code: str) -> bool:
    """Whether a code has enough in it to lead to one paper, and is no sum, day or dossier."""
    if sum(sign.isdigit() for sign in code) < 4 or _MONEY.fullmatch(code) or _NO_CODE.fullmatch(code):
        return False
    if code[0].isalpha() and " " in code and not line.text[start].isupper():
        return False
    return (
        _DOSSIER.fullmatch(code) is None
        and re.match(r"\s?(?:d|dong|nghin|trieu|vnd)\b", line.after(start + len(code))) is None
    )


_PAGE = re.compile(
    r"(?<![^\W_])(?:fb|facebook|face|nick(?: fb| zalo| facebook| face)?|tiktok|kenh (?:youtube|yt|tiktok)|fanpage|page|zalo|trang ca nhan)(?: (?:ten|la|cua no))? ?[:\-]? ?[\"“]?"
)
_OF_AN_OFFICE = re.compile(
    r"(?:ubnd|uy ban|xa|phuong|cong an|doan|hoi|so|trung tam|tram|truong|mat tran|bao|dai|thong tin|cong|vneid)(?![^\W\d_])"
)


_QUOTED_PAGE = re.compile(
    r"(?<![^\W_])(?:fb|facebook|face|nick(?:name)?|ten hien thi(?: tren (?:zalo|fb|facebook|face|tiktok))?|(?:nick|ten) (?:fb|zalo|facebook|face|tiktok)|tiktok|fanpage|page|zalo|trang ca nhan)(?: (?:ten|la|cua no))? ?:? ?[\"“]([^\"”]{2,40})[\"”]"
    r"|(?<![^\W_])ten (?:fb|zalo|facebook|face|tiktok) ?: ?([^,;.()\d]{2,40})(?=[,;.(]|$)"
)


def quoted_pages(line: Line) -> Iterator[Span]:
    """The same in quotation marks, or after 'tên zalo:'."""
    for match in _QUOTED_PAGE.finditer(line.bare):
        found = match.lastindex or 0
        if not _OF_AN_OFFICE.match(line.bare, match.start(found)):
            yield Span(match.start(found), match.end(found), Kind.OTHER)


def pages(line: Line) -> Iterator[Span]:
    """What somebody calls himself in a social network: 'fb Shop Mẹ Bắp'."""
    for match in _PAGE.finditer(line.bare):
        start = end = match.end()
        for word in re.finditer(r"([^\W_]{1,12})(?: |(?=[,.;:!?\"”)])|$)", line.text[start : start + 48]):
            if start + word.start() > end + 1 or not (
                word[1][0].isupper() or (end > start and word[1].isdigit())
            ):
                break
            end = start + word.end(1)
        is_said = match[0].rstrip(" :").endswith((" ten", " la", "cua no"))
        if (
            (" " in line.text[start:end] or (is_said and end - start > 2))
            and not line.is_shouted
            and not _OF_AN_OFFICE.match(line.bare, start)
        ):
            yield Span(start, end, Kind.OTHER)


_DAY = (
    r"(?:(?:19|20)[0-9]{2}[/.\-][0-9]{1,2}[/.\-][0-9]{1,2}|2k[0-9]{1,2}|(?:thang |t)[0-9]{1,2} ?[/\-] ?(?:19|20)[0-9]{2}|thang (?:[0-9]{1,2}|gieng|chap) nam (?:19|20)[0-9]{2}|[0-9]{1,2} ?[/.\-] ?[0-9]{1,2} ?[/.\-] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})|(?:mung |mong )?[0-9]{1,2} thang (?:[0-9]{1,2}|gieng|chap)(?:(?: nam|,) (?:(?:19|20)[0-9]{2}|(?<=nam )[0-9]{2}))?"
    r"|[0-9]{1,2} ?[/.\-] ?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}|[0-9]{1,2}/[0-9]{1,2})"
)
# 'Canh Ngọ 1930', '15 tháng Chạp năm Ất Mùi'.
_MOON_YEAR = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|ti|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)(?:,? ?\(?(?:19|20)[0-9]{2}\)?)?"
_MOON_DAY = r"(?:(?:mung |mong |ngay |ram )?(?:[0-9]{1,2} )?thang (?:[0-9]{1,2}|gieng|hai|ba|tu|nam|sau|bay|tam|chin|muoi|mot|chap|muoi mot|muoi hai)(?: am lich| al)?,? )?"
_BORN_BY_MOON = re.compile(
    rf"(?<![^\W_])(?:sinh|sanh|de|sn|tuoi)(?: (?:nam|ngay|vao|khoang|hoi|la|dau|chung|am lich)){{0,3}}:? ((?:{_MOON_DAY}nam )?{_MOON_YEAR})(?![^\W_])"
)
_BORN = re.compile(
    r"(?<![^\W_])(?:(?:ngay,? thang,? nam sinh|ngay sinh|nam sinh|sinh nam|sanh nam|nam sanh|sanh ngay|sinh ngay|sinh nhat|sinh|sanh|sn|s\.n|ns|de(?: con| chau| be| em)? (?:ngay|nam|hom|hoi)|dob|sinh vao|sinh hom|chao doi)"
    r"(?: (?:khoang|chung|tam|do|dau|cua|chau|con|em|toi|la|ngay|be|minh|ong|ba|nam|vao|anh|chi|hoi|tu)){0,4}|sn|ns) ?[:=(\-]? ?(?:trong (?:so|giay|khai sinh|ho khau|cccd|don|giay to)(?: ho khau| cu)?(?: ghi)?(?: la)? )?(?:,? ?(?:(?:sai|dung|thuc te|that|ra|phai|chinh xac|moi) ?){1,3}la )?(?:ngay )?"
    rf"({_DAY}|(?<=nam )[0-9]{{2}}|(?<=sn )[3-9][0-9](?! ?(?:ngo|ngach|duong|pho|to|thon|xom|hem|kiet)))(?![0-9]|/[0-9])"
)
_BORN_BEFORE = re.compile(rf"(?<![\w/])({_DAY}) (?:moi )?(?:la )?(?:ngay|nam) sinh(?! hoat)")
_NOT_BORN = re.compile(r"(?<![^\W_])(?:hy|hi|hoc|khai|ve|thi|tuyen|thuong|phat|sat|moi|phuc|ho|ky|nghi)$")
_AFTER_NAME = re.compile(
    r"[ ,(\-]{1,3}(2k[0-9]{1,2})(?![\w/])|\s?\(?(?:sinh )?((?:19[2-9]|20[0-2])[0-9])\)|[ ,\-/]{1,3}((?:19[2-9]|20[0-2])[0-9])(?=\s?(?:[,;/)\-]|$))|[ ,(\-]{1,3}([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:(?:19|200|201)[0-9]{1,2}|20[0-9]{2}(?=[,)])|[0-9]{2}(?=[,;)]|$)))(?![0-9])"
)
_FULL_AND_YEAR = re.compile(
    r" ((?:19[2-9][0-9]|200[0-9]|201[0-9]))(?![0-9/.\-]| ?(?:ho|nguoi|m2|m|d|dong|k|kg|trieu|den|thi)(?![^\W_]))"
)
# 'ông già tui 12/3/1949, tên Lâm', 'sinh năm hai ngàn không trăm linh tư'.
_BORN_AND_NAMED = re.compile(
    r"(?<![\w/])([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19|20)[0-9]{2}|19[2-9][0-9]|200[0-9]),? ten (?!mien|truong|duong)"
)
_SAID_NUMBER = r"(?:khong|linh|le|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|mung|mong|ngay|thang|gieng|chap)"
_BORN_SAID = re.compile(
    rf"(?<![^\W_])(?:sinh nam|sanh nam|nam sinh|sinh ngay|ngay sinh|sn)(?: (?:dung|that|cua|toi|em|con|chau|la)){{0,4}} ({_SAID_NUMBER}(?: {_SAID_NUMBER}){{1,12}})(?![^\W_])"
)
_AMENDED = re.compile(
    rf"[^.;0-9]{{0,12}}(?:ghi|nhap|sua|thanh|chu khong phai)(?: nham| sai| thanh| la)* ({_DAY})(?![0-9/])"
)


_MENDED = re.compile(
    r"(?:khai sinh|ngay sinh|nam sinh|cccd|can cuoc|ho tich)[^.;0-9]{0,30}(?:dung|sai|that|thanh)[^.;0-9]{0,12} ([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19|20)[0-9]{2})(?![0-9/])"
)


_YEAR_MENDED = re.compile(
    r"(?:khai sinh|ngay sinh|nam sinh|cccd|can cuoc|ho tich)[^.;0-9]{0,30}(?:sai|nham|thanh)[^.;0-9]{0,12} nam ((?:19[2-9]|20[0-2])[0-9])(?![0-9/])"
)
# 'Khánh An 5 tuổi (30/1/2020)', 'ông nội cháu 12 tháng 3 năm 1939'.
_AGED = re.compile(
    r"(?<![\w/])[0-9]{1,3} (?:tuoi|thang tuoi),? ?\(?([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19|20)[0-9]{2})(?![0-9/])"
)
_KIN_BORN = re.compile(
    r"(?<![^\W_])(?:ong|ba|bo|ba|me|ma|cha|tia|vo|chong|anh|chi|con|be)(?: (?:noi|ngoai|gia|ruot|trai|gai|cu))? (?:toi|tui|em|chau|minh|con)(?: la)? "
    r"([0-9]{1,2}(?:[/.\-][0-9]{1,2}[/.\-]| thang [0-9]{1,2} nam )(?:19[2-9][0-9]|200[0-9]|201[0-9]))(?![0-9/])"
)
# 'con trai 1961, cháu đích tôn 1990'.
_KIN_OF_A_YEAR = re.compile(
    r"(?<![^\W_])(?:con|chau|me|bo|ba|ong|cu|vo|chong|anh|chi|em) (?:trai|gai|dau|sau|lon|nho|re|chong|vo|noi|ngoai|ut|ca|dich ton|ruot|nuoi)(?: (?:em|toi|tui|chau|con|minh))? "
    r"((?:t?[0-9]{1,2}/)?(?:19[2-9]|20[0-2])[0-9]|2k[0-9]{1,2})(?![0-9/.\-])|(?<![^\W_])(?:em|e|toi|minh|chau|con) (2k[0-9]{1,2}|[6-9]x)(?![\w/.\-])"
    r"|(?<![^\W_])(?:me|ma|bo|ba|cha|tia|ngoai|noi|cu|vo|chong|vk|ck)(?: (?:em|e|toi|tui|chau|con|minh|no))? ((?:19[2-9]|200)[0-9])(?= ?[,;.)]|$| (?:con|dang|mat|bi|chua|khong|hay|yeu|gia))(?!\.[0-9])"
    r"|(?<![^\W_])(?:em|e|toi|tui|chau|minh) ((?:19[2-9]|200)[0-9])(?= ?[,;)]|[.]?$)"
)
_SOMEBODY_BEFORE = re.compile(
    r"(?<![^\W_])(?:toi|tui|em|e|chau|con|me|ma|cha|bo|ba|ong|vo|chong|anh|chi|be|cu)(?: [^\W\d_]{1,6}){0,3} $"
)


_A_MOON_YEAR = re.compile(_MOON_YEAR)
_SAYS_A_YEAR = re.compile(r"(?<![^\W_])(?:nam|tet|tuoi|xuan|sang|roi|vu|qua|toi|den|ram|gieng|chap) $")


def is_a_moon_year(line: Line, span: Span) -> bool:
    """Whether words that look like a name are a year: 'Tết Bính Ngọ rồi Đinh Mùi'."""
    return (
        _A_MOON_YEAR.fullmatch(line.bare, span.start, span.end) is not None
        and _SAYS_A_YEAR.search(line.before(span.start, 8)) is not None
    )


def moon_births(line: Line) -> Iterator[Span]:
    """Days and years of birth as the old count them: 'sinh 15 tháng Chạp năm Ất Mùi'."""
    for match in _BORN_BY_MOON.finditer(line.bare):
        yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)


def births(line: Line) -> Iterator[Span]:
    """Days and years of birth after a word that says so."""
    for match in _BORN.finditer(line.bare):
        word_before = line.bare[max(0, match.start() - 9) : match.start()].rstrip()
        if not _NOT_BORN.search(word_before):
            yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)
            amended = _AMENDED.match(line.bare, match.end())
            if amended:
                yield Span(amended.start(1), amended.end(1), Kind.BIRTH_DATE)
    for pattern in (_MENDED, _YEAR_MENDED, _AGED, _KIN_BORN, _KIN_OF_A_YEAR):
        for match in pattern.finditer(line.bare):
            date = match.lastindex or 0
            yield Span(match.start(date), match.end(date), Kind.BIRTH_DATE)
    for match in _BORN_AND_NAMED.finditer(line.bare):
        if _SOMEBODY_BEFORE.search(line.before(match.start(), 24)):
            yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)
    for pattern in (_BORN_SAID, _BORN_BEFORE):
        for match in pattern.finditer(line.bare):
            yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)


_CELL = re.compile(r"(?<=[|–]) ?((?:0?[1-9]/|1[0-2]/)?(?:19[2-9]|20[0-2])[0-9])(?= ?(?:[|–]|$))")


def births_after(line: Line, names: list[Span]) -> Iterator[Span]:
    """A year in brackets, or a day, after a name; a year in its own cell of a row in which somebody is named."""
    if names:
        for cell in _CELL.finditer(line.text):
            yield Span(cell.start(1), cell.end(1), Kind.BIRTH_DATE)
    for name in names:
        match = _AFTER_NAME.match(line.bare, name.end)
        if match is None and " " in line.text[name.start : name.end]:
            match = _FULL_AND_YEAR.match(line.bare, name.end)
        if match:
            year = match.lastindex or 0
            yield Span(match.start(year), match.end(year), Kind.BIRTH_DATE)
