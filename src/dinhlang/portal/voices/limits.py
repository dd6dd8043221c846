"""How often one address may send and look, as the door of the house limits signing in: counted for a while, then forgotten.

Many in a village share one address of their mobile network, so what looks like a person's may come often; what does not, seldom.
"""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.sign_in.limits import address_of

_HOUR = timedelta(hours=1)
MOST_SENT, MOST_DOUBTFUL = 60, 6
MOST_WRONG, MOST_WRONG_OF_A_CODE = 20, 10
MOST_DEEDS = 30


def may_send(request: HttpRequest, *, is_doubtful: bool) -> bool:
    """Count one form more of whoever sends it; whether it may come."""
    where = address_of(request)
    if is_doubtful and is_too_often(f"voices:doubtful:{where}", most=MOST_DOUBTFUL, within=_HOUR):
        return False
    return not is_too_often(f"voices:sent:{where}", most=MOST_SENT, within=_HOUR)


def may_look(request: HttpRequest, code: str) -> bool:
    """Whether code and PIN may be tried: not after many wrong ones from one address, nor of one code from anywhere."""
    return not (
        was_too_often(f"voices:wrong:{address_of(request)}", most=MOST_WRONG)
        or (code and was_too_often(f"voices:wrong-pin:{code}", most=MOST_WRONG_OF_A_CODE))
    )


def note_wrong(request: HttpRequest, code: str) -> None:
    """Count one wrong try."""
    is_too_often(f"voices:wrong:{address_of(request)}", most=MOST_WRONG, within=_HOUR)
    if code:
        is_too_often(f"voices:wrong-pin:{code}", most=MOST_WRONG_OF_A_CODE, within=_HOUR)


def may_do(request: HttpRequest) -> bool:
    """Count one deed more of a sender (a supplement, a rating); whether it may be done."""
    return not is_too_often(f"voices:deed:{address_of(request)}", most=MOST_DEEDS, within=_HOUR)
