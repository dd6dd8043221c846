"""Signs: those that are spoken, those that make a pause, those that say nothing."""

from __future__ import annotations

import re

from dinhlang.vietnamese.speech import amounts, days, figures, letters
from dinhlang.vietnamese.speech.scan import CAPITAL, Answer, Kind, Scan

_STOPS = ".!?…\n"
_PAUSES = ",;:()[]{}|•●▪"
_SPOKEN = {
    "&": "và", "@": "a còng", "%": "phần trăm", "‰": "phần nghìn", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "±": "cộng trừ", "≈": "khoảng",
    "=": "bằng", "×": "nhân", "÷": "chia", "°": "độ", "€": "ơ rô", "$": "đô la", "£": "bảng Anh", "₫": "đồng", "½": "một phần hai",
    "√": "căn", "∞": "vô cùng", "§": "mục", "µ": "mi cờ rô",
}  # fmt: skip
_RANGE_DASH = re.compile(
    r"\s?[-–—~]\s?(?=\d(?!\d*/\d+,)|[IVX]{1,5}(?![\w])|[Tt]hứ |[Tt]háng |[Nn]gày |[Qq]uý |T[2-7](?!\w)|CN(?!\w)|[Cc]hủ nhật|năm \d|giờ|lớp|lần|khóa)"
)
_ARROW = re.compile(r"(?:[-–]{1,3}>|→)\s?")
_WEEKDAY_BEFORE = re.compile(
    r"\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|t[2-7]|tháng (?:\w+|mười \w+)|quý (?:[ivx]+|\w+))\s*$"
)
_BULLET = re.compile(r"[-–—+*•●▪►➢√✓✔→⇒]{1,3}\s*(?=[^\W_]|[\"“(«])")
_MARKED_NUMBER = re.compile(
    rf"\(?(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?P<sign>[.)](?=\s|$|[{CAPITAL}])|/(?=\s)|\s?-(?=\s[{CAPITAL}]))"
)
_SMALL_ROMAN = re.compile(r"\((?P<roman>i{1,3}|iv|vi{0,3}|ix|x)\)")
_BRACKETED = re.compile(r"\((?P<mark>\d{1,2}|[a-zđA-ZĐ])\)(?=\s)")
_HASH = re.compile(r"#(?P<number>\d{1,4})(?![\w])|#(?P<tag>[^\W\d_])")


def list_mark(scan: Scan, place: int) -> Answer:
    """ "1. ", "2.1. ", "1) " where a line opens: the number, then a pause."""
    if not scan.opens_line(place):
        return None
    found = _MARKED_NUMBER.match(scan.text, place)
    if found is None:
        return None
    said = " chấm ".join(figures.whole(part.lstrip("0") or "0") for part in found["number"].split("."))
    return said, found.end(), Kind.PAUSE


def sign(scan: Scan, place: int) -> Answer:
    """What is said for a sign, or the pause it makes."""
    for rule in (
        _list_in_brackets,
        _line_mark,
        amounts.negative,
        _dash,
        _slash,
        _plus,
        _hash,
        _comparison,
        _money_before,
        _between,
    ):
        if answer := rule(scan, place):
            return answer
    written = scan.text[place]
    if said := _SPOKEN.get(written):
        return said, place + 1, Kind.WORD
    if written in _STOPS:
        return _stop(scan, place)
    return "", place + 1, Kind.PAUSE if written in _PAUSES else Kind.WORD


def _between(scan: Scan, place: int) -> Answer:
    """What a sign means between its neighbours: "IV.2" chấm, "4*" sao, "~ 20" khoảng; an arrow says nothing."""
    written, beside = scan.text[place], scan.text[max(0, place - 1) : place + 2]
    if written == "." and re.match(r"\w\.\d", beside):
        return "chấm", place + 1, Kind.FIGURE
    if written == "*" and scan.last is Kind.FIGURE and re.match(r"\d\*(?!\w)", beside):
        return "sao", place + 1, Kind.WORD
    if written == "~" and re.match(r"\s?\d", scan.after(place + 1)):
        return "khoảng", place + 1, Kind.WORD
    if written == "=" and beside.endswith(">"):
        return "", place + 2, Kind.PAUSE
    return None


def _stop(scan: Scan, place: int) -> Answer:
    """The end of a sentence. Before a small letter it is none: "ông D. hiến đất" pauses, a wrapped line goes on."""
    end = _run_end(scan, place, _STOPS + " \t\r")
    goes_on = scan.text[end : end + 1].islower()
    if goes_on and scan.text[place:end] == ". ":
        return "", end, Kind.PAUSE
    if goes_on and not scan.text[place:end].strip() and not re.search(r"[,;:]\s*$", scan.before(place)):
        return "", end, Kind.WORD
    return "", end, Kind.STOP


def _run_end(scan: Scan, place: int, signs: str) -> int:
    end = place + 1
    while end < len(scan.text) and scan.text[end] in signs:
        end += 1
    return end


def _list_in_brackets(scan: Scan, place: int) -> Answer:
    if found := _SMALL_ROMAN.match(scan.text, place):
        value = figures.roman(found["roman"].upper()) or 0
        return figures.whole(str(value)), found.end(), Kind.PAUSE
    if found := _BRACKETED.match(scan.text, place):
        mark = found["mark"]
        return figures.whole(mark) if mark.isdigit() else letters.name(mark), found.end(), Kind.PAUSE
    return None


def _line_mark(scan: Scan, place: int) -> Answer:
    """The dash or plus of a list is not said."""
    found = _BULLET.match(scan.text, place)
    if (
        found is None
        or not scan.opens_line(place)
        or (found[0] in _MINUS and re.match(r"\d{1,3}(?:[.,]\d+)?\s?(?:°|độ|oC)", scan.after(found.end())))
    ):
        return None
    if found[0] == "+" and re.match(r"84", scan.after(found.end())):
        return None
    return "", found.end(), Kind.PAUSE


_MINUS = ("-", "–", "−")


def _dash(scan: Scan, place: int) -> Answer:
    if scan.text[place] not in "-–—~→":
        return None
    if arrow := _ARROW.match(scan.text, place):
        figures_beside = scan.last is Kind.FIGURE and scan.text[arrow.end() : arrow.end() + 1].isdigit()
        return ("đến", arrow.end(), Kind.WORD) if figures_beside else ("", arrow.end(), Kind.PAUSE)
    before = scan.before(place)
    if (scan.last is Kind.FIGURE or _WEEKDAY_BEFORE.search(before)) and (
        found := _RANGE_DASH.match(scan.text, place)
    ):
        return "đến", found.end(), Kind.WORD
    spaced = before.endswith(" ") and scan.after(place + 1).startswith(" ")
    is_long = scan.text[place] in "–—" and spaced
    return "", place + 1, Kind.PAUSE if is_long or (spaced and scan.last is not Kind.WORD) else Kind.WORD


def _slash(scan: Scan, place: int) -> Answer:
    if scan.text[place] != "/":
        return None
    if scan.last is Kind.FIGURE and (answer := days.YEAR_AFTER_SLASH(scan, place)):
        return answer
    if answer := amounts.rate_of_words(scan, place):
        return answer
    between_figures = scan.last is Kind.FIGURE and re.match(r"/\s?\d", scan.after(place))
    if between_figures:
        return "trên", place + 1, Kind.WORD
    return "", place + 1, Kind.WORD


def _plus(scan: Scan, place: int) -> Answer:
    if scan.text[place] != "+":
        return None
    figure_beside = scan.last in (Kind.FIGURE, Kind.CODE) or re.match(r"\s?\d", scan.after(place + 1))
    word_beside = re.match(r"\s?[^\W_]", scan.after(place + 1)) and re.search(r"\w\s?$", scan.before(place))
    attached = re.search(r"\w\+?$", scan.before(place))
    return ("cộng" if figure_beside or word_beside or attached else ""), place + 1, Kind.WORD


def _hash(scan: Scan, place: int) -> Answer:
    found = _HASH.match(scan.text, place)
    if found is None:
        return None
    if found["number"]:
        return f"số {figures.whole(found['number'])}", found.end(), Kind.FIGURE
    return "thăng", place + 1, Kind.WORD


def _comparison(scan: Scan, place: int) -> Answer:
    """ "<", ">" with a number after it; in code and marked-up text they say nothing."""
    if scan.text[place] not in "<>":
        return None
    found = re.compile(r"[<>]=?\s?(?=\d)").match(scan.text, place)
    if found is None:
        return "", place + 1, Kind.WORD
    said = "nhỏ hơn" if found[0][0] == "<" else "lớn hơn"
    return said + (" hoặc bằng" if "=" in found[0] else ""), found.end(), Kind.WORD


def _money_before(scan: Scan, place: int) -> Answer:
    """ "$5", "€20"."""
    said = {"$": "đô la", "€": "ơ rô", "£": "bảng Anh"}.get(scan.text[place])
    if (
        said is None
        or not scan.text[place + 1 : place + 2].isdigit()
        or scan.text[place - 1 : place].isdigit()
    ):
        return None
    answer = amounts.amount(scan, place + 1)
    return (f"{answer[0]} {said}", answer[1], answer[2]) if answer else None
