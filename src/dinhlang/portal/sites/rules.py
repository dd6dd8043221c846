"""Where a site may stand, and what is typed about it. No database."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import fold, one_line

SLUG_LENGTH = 80
PATH_LENGTH = 60
# First parts of addresses that belong to the installation: a site cannot stand there. A test holds this to the URLs.
RESERVED = frozenset(
    {
        "_",
        "_util",
        "api",
        "ban-lam-viec",
        "bao-cao",
        "dang-nhap",
        "dang-xuat",
        "documents",
        "duyet-ban-tin",
        "duyet-bao-cao",
        "duyet-tin",
        "en",
        "g",
        "healthz",
        "hien-thi",
        "kiem-tra-tiep-nhan",
        "kiem-tra-van-ban",
        "ks",
        "lich",
        "loi-moi",
        "may-phat",
        "media",
        "phat-khan-cap",
        "rieng-tu",
        "robots",
        "th",
        "thi",
        "thu-phan-anh",
        "thu-tin",
        "sitemap",
        "static",
        "tro-nang",
        "vi",
    }
)
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z][-a-z0-9]*[a-z0-9]")
_PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CannotChangeSite(Refused):
    """The site cannot be changed so; the message says why and what to do."""


def slug(text: str, most: int = SLUG_LENGTH) -> str:
    """The text as a part of an address: 'Đăng ký hộ tịch' is 'dang-ky-ho-tich'.

    Lower case, ASCII, hyphens; cut between words at `most` characters. Empty for a text without Latin letters or
    digits.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(plain) <= most:
        return plain
    cut = plain[: most + 1].rpartition("-")[0]
    return cut or plain[:most]


def free_slug(text: str, taken: set[str], most: int = SLUG_LENGTH, otherwise: str = "muc") -> str:
    """The slug of the text, with a number after it when others have it already."""
    wanted = slug(text, most) or otherwise
    number, found = 1, wanted
    while found in taken:
        number += 1
        tail = f"-{number}"
        found = wanted[: most - len(tail)].rstrip("-") + tail
    return found


def checked_path(path: str) -> str:
    """The first part of a site's addresses. Raises `CannotChangeSite`."""
    path = path.strip().strip("/").lower()
    if not _PATH.fullmatch(path) or len(path) > PATH_LENGTH:
        raise CannotChangeSite(
            _(
                "Địa chỉ “%(path)s” không dùng được. Chỉ dùng chữ không dấu, chữ số và gạch nối, ví dụ: ben-truc."
            )
            % {"path": path[:80]}
        )
    if path in RESERVED:
        raise CannotChangeSite(
            _("Địa chỉ “%(path)s” đã dùng cho phần khác của phần mềm. Chọn địa chỉ khác.") % {"path": path}
        )
    return path


def checked_host(host: str) -> str:
    """A host name as browsers send it: lower case, without a port. Raises `CannotChangeSite`.

    Takes what people paste: a whole address, a name with Vietnamese letters (as browsers write it: xn--…).
    """
    asked = host.strip()
    name = (urlsplit(asked).hostname or "") if "//" in asked else asked.split("/")[0].split(":")[0].lower()
    try:
        name = name.rstrip(".").encode("idna").decode()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise CannotChangeSite(
            _("“%(host)s” không phải là tên miền. Ghi như: bentruc.example.vn.") % {"host": asked[:80]}
        )
    return name


def checked_words(text: str, *, is_long: bool) -> str:
    """What a person typed, in NFC without what cannot be seen; on one line, or with its paragraphs when it is long."""
    if not is_long:
        return one_line(text)
    lines = [one_line(line) for line in text.replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
