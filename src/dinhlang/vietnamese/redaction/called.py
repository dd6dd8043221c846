"""Names after a word that calls somebody ('bà cụ Tý'), or after words that a name follows ('tên em là', 'người gửi:')."""

from __future__ import annotations

import re

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.family import CUES, full_name, goes_on
from dinhlang.vietnamese.redaction.given import NUMBERS
from dinhlang.vietnamese.redaction.line import Line, Token, bare
from dinhlang.vietnamese.redaction.naming import MOST_WORDS, SURE_MIDDLES, capitals, is_given, is_middle
from dinhlang.vietnamese.redaction.pairs import is_common

_SPOKEN_OF = re.compile(
    r"(?<![^\W_])(?:nha|cua|cho|gap|con|vo|chong|me|bo|ho|voi|va|la|hoi|nho|bao|goi|den|thay|ke ca|hs|so|dau|em|chau|tu|do|bi|vi|tren|xom|thon|giup|xin|moi|mang)\s+$"
)


# 'co hoa hang xom', 'ba lien chu tro': somebody who is told apart by what follows.
_TOLD_AFTER = re.compile(
    r"\s*(?:hang xom|lang gieng|o tro|chu (?:tro|quan|tiem|vua|nha)|ban (?:rau|thit|ca|nuoc|banh|bun|pho|ve so|hang)|nha (?:ben|ke|sat|doi dien|bi)|xom (?:tren|duoi|tren|ngoai|trong)|ke (?:ben|nha)|ben canh)(?![^\W_])"
)


def call_at(line: Line, place: int) -> str:
    """The word that calls somebody, without marks; empty when the token is none."""
    token = line.tokens[place]
    before = line.tokens[place - 1] if place else None
    if before is not None and line.joined(before, token) and _is_no_call(line, before, token, place):
        return ""
    if token.small in words.CALLED:
        return token.bare
    if line.is_bare and token.bare in words.BARE_CALLED:
        return "" if place and is_common(line, line.tokens[place - 1], token) else token.bare
    if token.text in ("E", "C") and not line.is_shouted and _begins_a_name(line, place):
        return token.bare
    if token.text in words.SHORT_CALLED or (token.small in words.SHORT_CALLED and _is_dotted(line, place)):
        return token.bare
    return ""


def _begins_a_name(line: Line, place: int) -> bool:
    """'E Linh ở trọ': at the start of a line."""
    row = line.tokens[place + 1 : place + 2]
    return place == 0 and bool(row) and row[0].has_capital and is_given(line, row[0])


def _is_no_call(line: Line, before: Token, token: Token, place: int) -> bool:
    """'Công ty Lan Anh tuyển', 'Hoàng Anh Gia Lai': the end of a name; 'bà con phấn khởi': one word with the one before."""
    if token.has_capital:
        return (
            not line.is_shouted
            and before.has_capital
            and before.small not in words.CALLED
            and is_given(line, before)
        )
    following = line.tokens[place + 1] if place + 1 < len(line.tokens) else None
    if token.small == "bố" and before.small in ("công", "phân", "tuyên", "khủng"):
        return True
    return token.bare == "con" and before.small in ("bà", "ba") and not (following and following.has_capital)


def _is_dotted(line: Line, place: int) -> bool:
    """'a.Tuấn', 'C.Hoa'."""
    row = line.tokens[place : place + 3]
    return (
        len(row) == 3
        and row[1].text == "."
        and row[0].end == row[1].start
        and row[1].end == row[2].start
        and row[2].has_capital
        and len(row[2].text) > 1
    )


def after_call(line: Line, place: int, call: str) -> tuple[int, int] | None:
    """The name after a word that calls somebody: 'bà cụ hàng xóm tên Tý' has words between."""
    tokens, at = line.tokens, place + 1
    if len(call) == 1 and _is_dotted(line, place):
        return place + 2, capitals(line, place + 2, MOST_WORDS)
    for _step in range(3):
        if at >= len(tokens) or not line.joined(tokens[at - 1], tokens[at]) or not tokens[at].is_word:
            return None
        is_between = tokens[at].text in words.BETWEEN or (
            tokens[at].small in words.CALLED and not tokens[at].has_capital
        )
        if not is_between:
            break
        if tokens[at].small in words.CALLED or tokens[at].small in ("tên", "là"):
            # 'bố là', 'cháu Bi con bà Hoa': the nearer word calls.
            return None
        at += 1
    else:
        return None
    first = tokens[at]
    family = full_name(line, at)
    if family and call == "cau" and line.is_bare:
        return None
    if (
        family
        and line.is_bare
        and call not in words.BARE_OF_OTHERS | {"ba"}
        and tokens[at + 1].bare not in SURE_MIDDLES
    ):
        family = 0
    if family:
        return at, family
    if first.has_capital and not line.is_shouted:
        return _capital_after_call(line, at, call)
    return _small_after_call(line, at, call)


def _capital_after_call(line: Line, at: int, call: str) -> tuple[int, int] | None:
    tokens = line.tokens
    first = tokens[at]
    if first.small in words.NOT_A_NAME or first.is_shouted or len(first.text) < 2:
        return None
    if f"{call} {first.bare}" in words.NOT_CALLED:
        return None
    is_whole_line_small = len(call) > 1 and tokens[at - 1].is_shouted
    if is_whole_line_small:
        return None
    if call == "cau" and line.is_bare and first.bare in words.BARE_FAMILY:
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_two_words(first, following) or (not line.is_bare and is_common(line, first, following)):
        return None
    return at, capitals(line, at, MOST_WORDS)


def _small_after_call(line: Line, at: int, call: str) -> tuple[int, int] | None:
    tokens = line.tokens
    first = tokens[at]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    is_number = first.small in NUMBERS or (line.is_bare and first.bare in words.BARE_NUMBERS)
    said = f"{call} {first.bare}"
    if said in words.NOT_CALLED or (line.is_bare and said in words.NOT_CALLED_SMALL):
        return None
    if _is_two_words(first, following) or _is_one_with(line, at, call) or is_common(line, first, following):
        return None
    if (
        line.is_bare
        and call in words.NUMBERED | words.BARE_OF_OTHERS
        and first.bare not in words.BARE_NEVER | {"hang", "nguoi"}
        and is_given(line, first)
        and _TOLD_AFTER.match(line.bare, first.end)
    ):
        return at, at + 1
    if is_number:
        if (
            call in words.NUMBERED
            and not _counts(following)
            and (first.small != first.bare or _is_spoken_of(line, at - 1))
        ):
            return at, at + 1
        return None
    if not is_given(line, first) or first.small in words.ALWAYS_VERBS:
        return None
    if (
        line.is_bare
        and first.small == first.bare
        and first.bare in words.BARE_COMMON
        and not _is_spoken_of(line, at - 1)
    ) and (call not in words.BARE_SURELY_CALL or first.bare in words.BARE_NEVER):
        return None
    if _is_said_of_oneself(line, at, call):
        return None
    until = at + 1
    if (
        following is not None
        and following.is_word
        and line.joined(first, following)
        and is_given(line, following)
        and following.small not in words.COMMON
        and not (line.is_bare and following.bare in words.BARE_COMMON)
        and not goes_on(line, at + 1)
    ):
        until += 1
    return at, until


def _is_one_with(line: Line, at: int, call: str) -> bool:
    """Whether the word and the one that calls are rather one: 'có thẩm'; without marks not where somebody is spoken of."""
    if not is_common(line, line.tokens[at - 1], line.tokens[at]):
        return False
    can_be_told = line.is_bare and call in ("anh", "chi", "ong", "ba", "chu", "bac", "di", "chau")
    return not (can_be_told and _is_spoken_of(line, at - 1))


def _is_said_of_oneself(line: Line, at: int, call: str) -> bool:
    """Whether what follows is rather a verb or another common word: 'em định', 'cháu mai', 'co hien' in a line without marks."""
    word, caller = line.tokens[at], line.tokens[at - 1]
    if not line.is_bare or word.small != word.bare:
        return caller.small not in words.OF_OTHERS and word.small in words.MARKED_VERBS
    if call in words.BARE_OF_OTHERS:
        return False
    if call in ("chau", "be", "em", "con", "e"):
        following = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
        goes_on = following is None or following.is_number or following.bare in words.NAMED_BEFORE
        return word.bare in words.VERBS and not (
            call in ("chau", "be") and goes_on and word.bare not in words.BARE_NEVER
        )
    is_told = call in ("ba", "di", "cu") and word.bare not in words.BARE_NEVER and _is_spoken_of(line, at - 1)
    return not is_told and (word.bare in words.VERBS or word.bare in words.BARE_COMMON)


def _counts(following: Token | None) -> bool:
    """Whether a number word counts something: 'năm người', 'ba tháng'."""
    return following is not None and following.bare in words.COUNTED


def _is_spoken_of(line: Line, place: int) -> bool:
    """Whether the word before the one that calls says that somebody is spoken of: 'nhà bà tám'."""
    start = line.tokens[place].start
    return (
        start == 0
        or bool(_SPOKEN_OF.search(line.before(start, 14)))
        or not line.before(start, 3).strip(" ,.;:(-")
    )


def after_cue(line: Line, place: int, before: str) -> int:
    """Where the name ends that follows 'tên em là', 'người gửi:', 'ký tên'; 0 when none follows."""
    token = line.tokens[place]
    if not (token.has_capital or is_given(line, token)) or not CUES.search(bare(before)):
        return 0
    if token.small in words.CALLED or token.small in words.NOT_A_NAME:
        return 0
    said = bare(before).split()
    is_plain = not token.has_capital or token.small == token.bare or line.is_shouted
    if is_plain and token.bare in words.NOT_CUED and not (token.has_capital and "ten" in said[-3:]):
        return 0
    if token.has_capital and not line.is_shouted:
        return _capitals_after_cue(line, place, said)
    return _small_after_cue(line, place, said)


# 'người được cấp Giấy chứng nhận'
_PAPERS = frozenset(("giấy", "luật", "khoản", "điều", "nghị", "quyết"))


def _capitals_after_cue(line: Line, place: int, said: list[str]) -> int:
    token = line.tokens[place]
    if token.is_shouted or len(token.text) < 2:
        return 0
    if said[-1] == "ky" and "kỳ" in line.small[max(0, token.start - 4) : token.start]:
        return 0
    until = capitals(line, place, MOST_WORDS)
    if (until - place <= 2 and token.small in _PAPERS) or (said[-1] == "viet" and token.small == "nam"):
        return 0
    following = line.tokens[until] if until < len(line.tokens) else None
    if (
        token.small in words.NOT_CUED_CAPITALS
        and (said[-1] in words.WEAK_CUES or said[-1] == "la")
        and (following is None or following.is_word)
        and until - place == 1
    ):
        return 0
    if _is_two_words(line.tokens[until - 1], following) or is_common(line, line.tokens[until - 1], following):
        return 0
    is_weak = said[-1] in ("la", "ky", "toi", "em", "e", "minh") or said[-1] in words.WEAK_CUES
    run = line.tokens[place:until]
    known = [is_given(line, one) or one.small in words.SURNAMES for one in run]
    # 'của Dũng Cụt': a given name, and what he is called for.
    is_nicknamed = known == [True, False] and run[0].small not in words.SURNAMES and _is_nickname(run)
    if is_weak and not all(known) and not is_nicknamed:
        return 0
    return until


def _is_nickname(run: list[Token]) -> bool:
    pair = f"{run[0].bare} {run[1].bare}"
    return (
        run[0].small not in words.NOT_CUED_CAPITALS | words.COMMON
        and pair not in words.PLACES | words.OF_HISTORY
    )


def _is_two_words(first: Token, following: Token | None) -> bool:
    return following is not None and f"{first.bare} {following.bare}" in words.TWO_WORDS


def _small_after_cue(line: Line, place: int, said: list[str]) -> int:
    token, is_named = line.tokens[place], "ten" in said[-3:]
    following = line.tokens[place + 1] if place + 1 < len(line.tokens) else None
    if following is None or not following.is_word:
        return place + 1 if is_named or said[-1] in ("la", "gap") else 0
    if _is_two_words(token, following) or is_common(line, token, following):
        return 0
    if (is_named or said[-1] == "la") and is_given(line, following) and following.small not in words.COMMON:
        return place + 2
    goes_on = is_named or following.bare in words.GOES_ON
    return place + 1 if goes_on and said[-1] not in words.WEAK_CUES else 0


def after_is(line: Line, place: int) -> int:
    """'bà Sen là Quốc Anh': two given names at least, both with capitals."""
    token = line.tokens[place]
    if (
        not token.has_capital
        or line.is_shouted
        or token.is_shouted
        or not line.before(token.start, 4).endswith((" la ", " la: "))
    ):
        return 0
    until = capitals(line, place, 3)
    return (
        until
        if until - place >= 2
        and all(is_given(line, one) or is_middle(line, one) for one in line.tokens[place:until])
        else 0
    )


_GIVES = re.compile(r"(?<![^\W_])(?:gui|gui cho|gui toi|xin hoi|gap|nho|dua cho|goi cho|keu|chuyen cho)\s+$")


def after_gift(line: Line, place: int) -> int:
    """'gửi lan anh', 'nhờ thu hà': two given names written small after a deed done to somebody; 0 when they are none."""
    row = line.tokens[place : place + 3]
    if line.is_bare or len(row) < 2 or row[0].has_capital or not line.joined(row[0], row[1]):
        return 0
    if not _GIVES.search(line.before(row[0].start, 14)) or not (
        is_given(line, row[0]) and is_given(line, row[1])
    ):
        return 0
    common = words.BARE_COMMON if line.is_bare else words.COMMON
    if row[1].small in common or (line.is_bare and row[0].small in words.BARE_COMMON):
        return 0
    is_one = (
        is_common(line, line.tokens[place - 1], row[0])
        or is_common(line, row[0], row[1])
        or goes_on(line, place + 1)
    )
    return 0 if is_one or _is_two_words(row[0], row[1]) else place + 2
