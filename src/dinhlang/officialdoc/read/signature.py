"""The foot of a document: who signs and in what capacity, and who receives it.

NĐ 30/2020/NĐ-CP, Phụ lục I, II.7 and II.9, puts them side by side; text out of a PDF has one after the other, in
either order, or both on the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.officialdoc.model import Recipient, Signature, SignatureMode
from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.words import fold, is_capitalised, pattern

# A signing block longer than this has not been seen; a 'CHỦ TỊCH' further up is a heading.
_FOOT_LINES = 45

_RECEIVERS = r"^\W*«nơi nhận»\s*[:.]?"
_MARK = re.compile(
    r"(?:^|(?<=\s{2}))(?P<mark>TM|KT|TL|TUQ|Q|T[./]\s?M|K[./]\s?T|T[./]\s?L)(?:\s*[./]\s*|\s+)(?=[A-ZĐÀ-Ỹ]{2})"
)
_ROLE = re.compile(
    r"(?:(?:quyen|pho) |p\.\s?)?(?:chu tich|chu tich (?:ubnd|hdnd|uy ban nhan dan)\b.*|(?:pho )?chanh van phong(?: .+)?|(?:pho )?giam doc(?: .+)?|(?:pho )?truong phong(?: .+)?|"
    r"truong ban|pho truong ban|tong giam doc|pho tong giam doc|thong doc|thu tuong|pho thu tuong|bi thu|pho bi thu|thu truong|bo truong|truong cong an|pho chu tich(?: thuong truc)?|"
    r"chu tich hoi dong|hieu truong|pho hieu truong|truong tram|cong chuc .*|chi huy truong|nguoi (?:lap|bao cao|tong hop)(?: bieu| bao cao)?|can bo .*|"
    r"(?:pho )?truong (?:cong an|tram|thon|ban|khu|ap|xom|to dan pho|doan|tieu ban|chi cuc|khoi|ban cong tac mat tran)(?: .{1,50})?|(?:pho )?chu tich .{1,50}|(?:pho )?bi thu .{1,50}|"
    r"(?:pho )?hieu truong .{1,50}|chi cuc truong|cuc truong|chanh thanh tra(?: .{1,30})?|(?:pho )?doi truong.{0,30}|(?:pho )?to truong.{0,30}|(?:pho )?chu nhiem.{0,40}|ke toan truong|"
    r"uy vien(?: .{1,40})?|(?:pho )?chi huy truong.{0,40}|van phong (?:hdnd|ubnd|hoi dong|uy ban).{0,50})"
)
# An officer signs with the rank, a teacher or a doctor with the degree.
_RANK = re.compile(
    r"(?:(?:thieu|trung|thuong|dai) (?:ta|uy|tuong)|(?:ths|ts|bs|ks|cn)\.?|thac si|tien si|bac si|ky su)\s+(?=\S)"
)
# What may go on with the name of a body on the next line: 'TM. ỦY BAN NHÂN DÂN' / 'XÃ TÁI SƠN'.
_PLACE = re.compile(r"(?:xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tinh|dac khu)\b")
_COLLECTIVE = re.compile(
    r"(?:ban chi dao|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|hoi dong|to bien tap|ban bien tap|dang uy|ban thuong vu)\b"
)
_SEALED = re.compile(r"[(\[{]?\s*(?:da ky|ky ten.*|ky, .*|chu ky.*)\s*[)\]}]?", re.IGNORECASE)
# Why they receive it: in brackets, or after a colon or a space. '(Tr)', '(3b)' and '(Phòng Nội vụ)' say no purpose.
_PURPOSE = re.compile(
    r"(?:\(\s*(?:(?P<to>de\s)\s*)?(?P<purpose>[^()]{1,40})\)|(?:\s*:\s*|\s+)(?P<bare>[bpt]/[a-z]{1,3}|de (?:bao cao|b/c|thuc hien|t/h|phoi hop|p/h|biet)))\s*[;.,]*\s*$"
)
_PURPOSES = {"bc": "BC", "b/c": "BC", "bao cao": "BC", "th": "TH", "t/h": "TH", "thuc hien": "TH", "ph": "PH", "p/h": "PH", "phoi hop": "PH",
             "bcao": "BC", "b/cao": "BC", "b.c": "BC", "biet": "biết", "b": "biết", "t/hien": "TH"}  # fmt: skip
_WHAT_FOR = re.compile(
    r"(?:[a-z]{1,2}/[a-z]{1,5}|bao cao|thuc hien|phoi hop|biet|chi dao|theo doi|tham tra|tham dinh|dang tai|dang tin|dang bai|dua tin|niem yet|thong bao|"
    r"tuyen truyen|kiem tra|giam sat|tong hop|trien khai|thi hanh|don doc|huong dan|xin y kien|trinh|ky|cong khai|quan triet|phat thanh)\b"
)
# 'CHỦ TỊCH ỦY BAN NHÂN DÂN …' over the reasons of a decision is no signature.
_IN_BODY = re.compile(r"dieu \d|can cu |xet |theo de nghi |quyet (?:dinh|nghi)\s*:")
# Two columns of the foot on one line, one space between them: '- UBND huyện; CHỦ TỊCH'.
_SQUEEZED = re.compile(r"(?P<left>\s*[-–+]\s.*?[;.])\s+(?P<right>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ. ]{4,})")
_SQUEEZED_LENGTH = 200
_COLUMNS = re.compile(r"\s{3,}|\t+")
_DASH = re.compile(r"^\s*[-–+*•]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot says, and the lines of it that say neither (they belong to the text)."""

    signature: Signature | None = None
    recipients: tuple[Recipient, ...] = ()
    has_recipients: bool = False
    left_over: tuple[Line, ...] = ()


def foot_start(lines: Sequence[Line], head_end: int, damaged: bool) -> int:
    """The index of the first line of the foot; the number of lines when there is none."""
    receivers = pattern(_RECEIVERS, damaged)
    counted = 0
    start = len(lines)
    for index in range(len(lines) - 1, head_end - 1, -1):
        line = lines[index]
        if line.is_blank:
            continue
        counted += 1
        if receivers.match(line.folded) and len(line.stripped) < 120:
            start = index
            break
        if counted <= _FOOT_LINES and is_signing(line):
            start = index
    # The signing block may stand just before the recipients.
    for index in range(start - 1, max(head_end, start - 12) - 1, -1):
        if index < len(lines) and _IN_BODY.match(lines[index].folded):
            break
        if index < len(lines) and is_signing(lines[index]):
            start = index
    return start


def is_signing(line: Line) -> bool:
    """Whether a line is the capacity or the role of a signer."""
    text = line.text.strip()
    if not text or len(text) > 90 or text.startswith("-"):
        return False
    return is_capacity(text)


def is_capacity(text: str) -> bool:
    """Whether these words are a capacity ('TM. ỦY BAN NHÂN DÂN') or a role ('CHỦ TỊCH')."""
    if _MARK.match(text):
        return True
    return bool(_ROLE.fullmatch(fold(text))) and (text.isupper() or len(text.split()) <= 3)


def read_foot(lines: Sequence[Line], damaged: bool) -> Foot:
    """The signature and the recipients in these lines."""
    left: list[str] = []
    right: list[str] = []
    unknown: list[Line] = []
    receiving = False
    seen = False
    for line in lines:
        if line.is_blank or line.is_rule:
            continue
        heading = pattern(_RECEIVERS, damaged).match(fold(line.text))
        if heading is not None:
            receiving = seen = True
            rest = line.text[heading.end() :]
            right.extend(_signing_parts(rest) if not rest.strip().startswith("-") else ())
            left.extend([rest.strip()] if rest.strip().startswith("-") else ())
            continue
        receiving = _sort(line, receiving, left, right, unknown)
    return Foot(signature_of(right), tuple(_recipients(left)), seen, tuple(unknown))


def _signing_parts(text: str) -> list[str]:
    if (
        len(text) < _SQUEEZED_LENGTH
        and (squeezed := _SQUEEZED.fullmatch(text.strip()))
        and _ROLE.fullmatch(fold(squeezed["right"]))
    ):
        return [squeezed["left"].strip(), squeezed["right"].strip()]
    return [part.strip() for part in _COLUMNS.split(text.strip()) if part.strip()]


def _sort(line: Line, receiving: bool, left: list[str], right: list[str], unknown: list[Line]) -> bool:
    """Put the parts of one line to the recipients or to the signing block. Gives whether recipients go on."""
    parts = _signing_parts(line.text)
    for part in parts:
        if _DASH.match(part) and (receiving or not right):
            left.append(part)
        elif _belongs_to_signing(part, right):
            right.append(part)
            receiving = receiving and len(parts) > 1
        elif receiving and left and not left[-1].endswith((";", ".")):
            left[-1] = f"{left[-1]} {part}"
        elif receiving and not right:
            left.append(part)
        elif not unknown or unknown[-1] is not line:
            unknown.append(line)
    return receiving or bool(left and parts and _DASH.match(parts[0]))


def _belongs_to_signing(part: str, right: Sequence[str]) -> bool:
    folded = fold(part)
    if _MARK.match(part) or _SEALED.fullmatch(folded):
        return True
    if _ROLE.fullmatch(folded) and (part.isupper() or len(part.split()) <= 4):
        return True
    if not right:
        return False
    if part.isupper() and len(part) < 70 and _name(right) is None:
        return True
    return _is_person(part) and _name(right) is None


def _is_person(part: str) -> bool:
    if rank := _RANK.match(fold(part)):
        part = part[rank.end() :]
    words = part.split()
    return (
        2 <= len(words) <= 6
        and all(is_capitalised(word) and word[0].isalpha() for word in words)
        and not re.search(r"[\d:;/.]", part)
    )


def _name(right: Sequence[str]) -> str | None:
    for part in reversed(right):
        if (
            _is_person(part)
            and not _ROLE.fullmatch(fold(part))
            and not _MARK.match(part)
            and not part.isupper()
        ):
            return part
    return None


def signature_of(right: Sequence[str]) -> Signature | None:
    """The signature that these lines of one signer are; `None` when they name neither capacity nor role."""
    mode: SignatureMode | None = None
    body: str | None = None
    head: str | None = None
    roles: list[str] = []
    for part in right:
        found = _MARK.match(part)
        folded = fold(part)
        if found is not None:
            mark = re.sub(r"[\s./]", "", found["mark"])
            rest = part[found.end() :].strip()
            if mark == "TM":
                body, mode = rest, mode or SignatureMode.FOR_BODY
            else:
                mode = SignatureMode(mark)
                head = rest
        elif _ROLE.fullmatch(folded):
            roles.append(part)
        elif body is not None and not roles and head is None and _PLACE.match(folded):
            body = f"{body} {part}"
    name = _name(right) or next((part for part in reversed(right[1:]) if _is_capital_name(part, roles)), None)
    if not right or (not roles and mode is None):
        return None
    return _assembled(mode, body, head, roles, name)


def _is_capital_name(part: str, roles: Sequence[str]) -> bool:
    """A name in capitals, as some offices print it under the role."""
    folded = fold(part)
    return (
        bool(roles)
        and _is_person(part)
        and not (_ROLE.fullmatch(folded) or _COLLECTIVE.match(folded) or _MARK.match(part))
    )


def _assembled(
    mode: SignatureMode | None, body: str | None, head: str | None, roles: Sequence[str], name: str | None
) -> Signature:
    role = "\n".join(roles) or None
    if mode is SignatureMode.ACTING:
        return Signature(mode, body, head or role, name)
    if mode is SignatureMode.FOR_HEAD and head and role and fold(roles[0]) == f"pho {fold(head)}":
        # 'KT. CHỦ TỊCH' over 'PHÓ CHỦ TỊCH': the deputy's own title says for whom.
        head = None
    return Signature(mode, body or head, role, name)


def _said_purpose(text: str, match: re.Match[str]) -> str | None:
    """The words of the purpose; `None` when the bracket holds something else."""
    group = "purpose" if match["purpose"] else "bare"
    said = text[match.start(group) : match.end(group)].strip()
    folded = fold(said).strip(" .")
    if group == "bare":
        return said.removeprefix("để ")
    if match["to"] or folded in _PURPOSES or _WHAT_FOR.match(folded):
        return said
    return None


def _recipients(left: Sequence[str]) -> list[Recipient]:
    found = []
    for part in left:
        text = _DASH.sub("", part).strip()
        folded = fold(text)
        purpose = None
        if (match := _PURPOSE.search(folded)) and (said := _said_purpose(text, match)):
            purpose = _PURPOSES.get(fold(said).strip(" ."), said.rstrip(". ")) or None
            text = text[: match.start()]
        name = text.strip().rstrip(";.,").strip()
        if name and not re.fullmatch(r"[\W_]+", name):
            found.append(Recipient(name, purpose))
    return found
